"""An article without a translation yet: a short, honest page stands in its place.

The original says what that page is called, as `twin: {title, description, slug}`, in the one language that is missing.
Where it does not, that is told, and a preview shows the article all the same: its stand-ins are called as the original.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from ..core.fingerprint import digest
from ..core.language import Language, Languages, english_name
from ..core.problems import Level, Problem
from .article import Translation
from .front_matter import FrontMatter, Words, is_ordinary

WAITING = ", or let an article wait for it: twin: {title: …, description: …, slug: …} in the original file"
"""How to fix an article that lacks one language."""


def original_of(files: Mapping[Language, Translation], languages: Languages) -> FrontMatter | None:
    """What the original says that all languages share; None where it is missing."""
    original = files.get(languages.original)
    return original.words if original and isinstance(original.words, FrontMatter) else None


def misspelt(pairs: Mapping[str, Mapping[Language, Translation]], languages: Languages) -> dict[str, str]:
    """Keys of translations without an original, each with that of the page they belong to, which lacks them: of the
    same name in another folder, or by another in the same."""
    found = {}
    for key in (key for key, files in pairs.items() if languages.original not in files):
        folder, _, name = key.rpartition("/")
        lacking = [
            other
            for other, there in pairs.items()
            if languages.original in there and not there.keys() & pairs[key].keys()
        ]
        moved = [other for other in lacking if other.rpartition("/")[2] == name]
        beside = [other for other in lacking if other.rpartition("/")[0] == folder]
        meant = moved or (beside if len(beside) == 1 else get_close_matches(key, beside, n=1))
        if len(meant) == 1:
            found[key] = meant[0]
    return found


def complete(
    key: str,
    files: dict[Language, Translation],
    languages: Languages,
    is_read: bool,
    other_names: Mapping[str, str],
) -> tuple[list[Problem], bool]:
    """Add the translations that a page lacks, as far as it may be shown without them.

    Args:
        is_read: whether all of its files could be.
        other_names: what `misspelt` gives: there it is told.

    Returns:
        What is wrong, and whether a translation is missing that nobody has announced.
    """
    shared = original_of(files, languages)
    ordinary = shared if shared and is_ordinary(key, shared) else None
    missing = [lang for lang in languages if lang not in files]
    problems = []
    if shared and (twin := shared.twin) and languages.translations:
        original = files[languages.original]
        if told := _wrongly_announced(key, bool(ordinary), missing, languages):
            problems.append(Problem(f"docs/{original.path}", original.lines["twin"], 1, "pair", *told))
        else:
            words = Words(title=twin.title, description=twin.description, slug=twin.slug)
            lang = missing.pop()
            files[lang] = _stand_in(key, lang, words, digest(repr(twin)))
    if not missing or not is_read:
        return problems, bool(missing)
    level: Level = "warning" if ordinary and ordinary.status == "draft" else "error"
    there = next(iter(files.values()))
    for lang in missing if key not in other_names.values() else ():
        fix = f"write docs/{key}.{lang}.md{WAITING if ordinary and len(missing) == 1 else ''}"
        if meant := other_names.get(key):
            belongs_to = f"docs/{meant}.{languages.original}.md"
            fix = f"call it docs/{meant}.{there.lang}.md, if it belongs to {belongs_to}; else {fix}"
        problems.append(Problem(f"docs/{there.path}", 1, 1, "pair", "the article has no twin", fix, level))
    if ordinary:
        words = Words(title=ordinary.title, description=ordinary.description, slug=ordinary.slug)
        name = digest("stand-in", files[languages.original].digest)
        files |= {lang: _stand_in(key, lang, words, name) for lang in missing}
    return problems, True


def _wrongly_announced(
    key: str, is_ordinary: bool, missing: Sequence[Language], languages: Languages
) -> tuple[str, str] | None:
    """Why a translation that the original announces may not be missing, and what to do; None where it may."""
    if not missing:
        there = f"the {english_name(languages.translations[-1])} file"
        return "the twin is written already", f"delete the key and the lines below it; {there} says its own title"
    if not is_ordinary:
        fix = f"delete the key, and write docs/{key}.{missing[0]}.md"
        return "only an article may wait for its twin, and no step of the ladder", fix
    if len(missing) > 1:
        names = " or ".join(map(english_name, missing))
        message = f"the article is missing in {len(missing)} languages ({names}); it may wait for one"
        return message, f"write docs/{key}.{missing[0]}.md"
    return None


def _stand_in(key: str, lang: Language, words: Words, name: str) -> Translation:
    return Translation(lang, f"{key}.{lang}.md", words, "", 1, {}, digest=name, untranslated=True)
