"""An article without a translation yet: a short, honest page stands in its place.

The original says what that page is called, as `twin: {title, description, slug}`, in the one language that is missing.
Where it does not, that is told, and a preview shows the article all the same: its stand-ins are called as the original.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..core.fingerprint import digest
from ..core.language import Language, Languages, english_name
from ..core.problems import Problem
from .article import Translation
from .front_matter import FrontMatter, Words

WAITING = ", or let an article wait for it: twin: {title: …, description: …, slug: …} in the original file"
"""How to fix an article that is not in all languages yet."""


def may_wait(key: str, files: Mapping[Language, Translation], languages: Languages) -> bool:
    """Whether a page is an article, and lacks one translation only, so that it may wait for it."""
    shared = _shared(files, languages)
    return bool(shared and _is_article(key, shared) and not shared.step and len(files) == len(languages) - 1)


def _shared(files: Mapping[Language, Translation], languages: Languages) -> FrontMatter | None:
    original = files.get(languages.original)
    return original.words if original and isinstance(original.words, FrontMatter) else None


def _is_article(key: str, shared: FrontMatter) -> bool:
    return shared.kind in (None, "article") and "/" in key


def add_untranslated(key: str, files: dict[Language, Translation], languages: Languages) -> list[Problem]:
    """Add the missing translation to an article whose original announces it.

    Returns:
        A problem where the translation is there already, or where readers cannot do without it.
    """
    shared = _shared(files, languages)
    if not shared or not shared.twin or not languages.translations:
        return []
    original, twin = files[languages.original], shared.twin
    file, line = f"docs/{original.path}", original.lines["twin"]
    missing = [lang for lang in languages if lang not in files]
    if not missing:
        there = f"the {english_name(languages.translations[-1])} file"
        fix = f"delete the key and the lines below it; {there} says its own title"
        return [Problem(file, line, 1, "pair", "the twin is written already", fix)]
    if not _is_article(key, shared) or shared.step:
        fix = f"delete the key, and write docs/{key}.{missing[0]}.md"
        message = "only an article may wait for its twin, and no step of the ladder"
        return [Problem(file, line, 1, "pair", message, fix)]
    if len(missing) > 1:
        names = " or ".join(map(english_name, missing))
        message = f"the article is missing in {len(missing)} languages ({names}); it may wait for one"
        return [Problem(file, line, 1, "pair", message, f"write docs/{key}.{missing[0]}.md")]
    words = Words(title=twin.title, description=twin.description, slug=twin.slug)
    (lang,) = missing
    files[lang] = Translation(lang, f"{key}.{lang}.md", words, "", 1, {}, digest=digest(repr(twin)), untranslated=True)
    return []


def add_stand_ins(key: str, files: dict[Language, Translation], languages: Languages) -> None:
    """Let an article be seen that lacks translations, which is told."""
    said = _shared(files, languages)
    if not said or not _is_article(key, said) or said.step:
        return
    words = Words(title=said.title, description=said.description, slug=said.slug)
    for lang in languages:
        if lang not in files:
            path, name = f"{key}.{lang}.md", digest("stand-in", files[languages.original].digest)
            files[lang] = Translation(lang, path, words, "", 1, {}, digest=name, untranslated=True)
