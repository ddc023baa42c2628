"""The interface's words: the same keys and blanks in every language, and all that the templates ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations, permutations
from pathlib import Path
from string import Formatter

from ..content.prose import WORD
from ..core.decoding import decode
from ..core.document import Document, read_document
from ..core.folder import files_in
from ..core.language import Language, Languages, english_name
from ..core.problems import Problem, did_you_mean, nearest_word
from .numbers import differing
from .rules.language import is_foreign, small_words
from .rules.negation import denials
from .rules.rule import first_words
from .templates import Used

RULE = "strings"
COPIED = 3
"""So many words are hardly the same in two languages."""
NAME = re.compile(r"\A[a-z][a-z_]*\Z")
TAG = re.compile(r"</?[a-z][a-z0-9]*[ />]|&[a-z]{2,8};")
IN_SCRIPTS = re.compile(r"[a-z_]+")
"""A word of a script, which may be a blank that it fills in."""
IN_CODE = re.compile(r"\.format\(([^()]*)")
"""What our own code fills in, as far as one can see without running it."""
KEY_IN_CODE = re.compile(r"""(?:strings\[\w{1,20}\]|\bwords)\["([\w-]+)"\]""")


def strings(folder: Path, languages: Languages, used: Used, scripts: Path) -> list[Problem]:
    """What is wrong with the files of a folder, one for each language; the site's scripts fill in blanks too."""
    documents = {lang: _read(folder, lang, languages) for lang in languages}
    found = [problem for document in documents.values() for problem in document.problems]
    texts = {
        lang: {key: text for key, text in document.values.items() if isinstance(text, str)}
        for lang, document in documents.items()
    }
    found += [problem for lang, document in documents.items() for problem in _values(document, texts[lang])]
    if any(document.problems for document in documents.values()):
        return found  # What could not be read would be missed everywhere.
    original = documents[languages.original]
    found += _missing(documents, original)
    found += _asked_for(documents, used, original.file)
    found += _copied(documents, texts)
    found += _unlike(documents, texts)
    filled = _in_code()[1] | _filled_by_scripts(scripts)
    for lang, document in documents.items():
        for key, text in texts[lang].items():
            found += _blanks(document, key, text, texts[languages.original].get(key, text), languages, used, filled)
    return found


def _read(folder: Path, lang: Language, languages: Languages) -> Document:
    file = folder / f"{lang}.yml"
    name = f"{folder.parent.name}/{folder.name}/{file.name}"
    try:
        source, problems = decode(file.read_bytes(), name, RULE)
    except OSError as error:
        message, fix = f"{error.strerror}", "let everybody read it"
        if not file.exists():
            message = f"mkdocs.yml names the language “{lang}”, and there are no words for it"
            fix = f"write the file, with the keys of {languages.original}.yml, or delete the language there"
        return Document(name, RULE, "", 1, {}, problems=[Problem(name, 1, 1, RULE, message, fix)])
    document = read_document(source or "", name, RULE)
    document.problems += problems
    if not isinstance(document.values, dict):
        if not document.problems:
            fix = "write lines such as “key: words”"
            document.problems.append(Problem(name, 1, 1, RULE, "the file has no keys", fix))
        document.values = {}
    return document


def _values(document: Document, texts: dict[str, str]) -> Iterator[Problem]:
    for key in document.values:
        if key not in texts or not texts[key].strip():
            written = document.written((key,))
            message = f"“{key}” is {f'“{written}”' if written else 'empty'}; expected text"
            yield document.problem((key,), message, f'write it in quotation marks: "{written or "…"}"')
        elif found := TAG.search(texts[key]):
            message = f"“{key}” holds “{found[0]}”, which readers see as it stands"
            yield document.problem((key,), message, "delete it: the templates hold all HTML")


def _missing(documents: dict[Language, Document], original: Document) -> Iterator[Problem]:
    """Keys that one language has and another has not."""
    for document in documents.values():
        for other in documents.values():
            absent = [key for key in other.values if key not in document.values]
            surplus = {key for key in document.values if key not in other.values}
            for key in absent:
                if wrong := nearest_word(key, surplus):
                    if other is original:  # The original is right, and it is told once.
                        message = f"“{wrong}” is not in {Path(other.file).name}"
                        yield document.problem((wrong,), message, f"did you mean “{key}”?")
                    continue
                before = list(other.values)[: list(other.values).index(key)]
                near = next((name for name in reversed(before) if name in document.values), None)
                fix = f"write it{f' below “{near}”' if near else ''}, or delete it from {Path(other.file).name}"
                yield document.problem((near,) if near else (), f"“{key}” of {Path(other.file).name} is missing", fix)


def _copied(documents: dict[Language, Document], texts: dict[Language, dict[str, str]]) -> Iterator[Problem]:
    """Words that were copied from another language, and not translated, or are in another."""
    for lang, other in permutations(documents, 2):
        for key, text in texts[lang].items() if small_words(lang) else ():
            if is_foreign(text, lang, other, 2) and text != texts[other].get(key):
                message = f"“{key}” is {english_name(other)}; expected {english_name(lang)}"
                yield replace(documents[lang].problem((key,), message, "translate it"), level="warning")
    for lang, other in combinations(documents, 2):
        for key, text in texts[other].items():
            if text == texts[lang].get(key) and len(WORD.findall(text)) >= COPIED:
                message = f"“{key}” is word for word that of {Path(documents[lang].file).name}"
                yield replace(documents[other].problem((key,), message, "translate it"), level="warning")


def _unlike(documents: dict[Language, Document], texts: dict[Language, dict[str, str]]) -> Iterator[Problem]:
    """What one language says otherwise: another number, a “not” that is lost, and of a family such as `certainty_…`
    the words of another key. Of the last two one cannot be sure: words are few here."""
    for lang, other in permutations(documents, 2):
        first: dict[tuple[str, str], str] = {}
        for key, text in texts[lang].items():
            like, own = texts[other].get(key, ""), documents[lang]
            same = first.setdefault((key.rpartition("_")[0], text), key)
            if same != key and texts[other].get(same) != like:
                message = f"“{key}” has the words of “{same}”"
                yield replace(own.problem((key,), message, "write what belongs here"), level="warning")
            for spoken, number in differing({lang: text, other: like}) if like else ():
                if spoken == lang:
                    message = f"“{key}”: the number {number.name} is in “{lang}” only"
                    yield own.problem((key,), message, "look it up, and write the same in both")
            for sentence, fix in denials(text, like, lang, other):
                there = Path(documents[other].file).name
                message = f"“{first_words(sentence)}” denies something, and its like in {there} does not"
                yield replace(own.problem((key,), message, fix), level="warning")


def _asked_for(documents: dict[Language, Document], used: Used, original: str) -> Iterator[Problem]:
    """Words that templates and code ask for, and no language has."""
    known = {key for document in documents.values() for key in document.values}
    for key, place in used.keys.items():
        if key not in known:
            file, _, line = place.rpartition(":")
            fix = did_you_mean(key, known, original)
            yield Problem(file, int(line), 1, RULE, f"there are no words for “{key}”", fix)
    for beginning, place in used.beginnings.items():
        if not any(key.startswith(beginning) for key in known):
            file, _, line = place.rpartition(":")
            message = f"there are no words that begin with “{beginning}”"
            yield Problem(file, int(line), 1, RULE, message, f"write them in {original}")
    for key in sorted(_in_code()[0] - known):
        yield Problem(original, 1, 1, RULE, f"“{key}” is missing, which the site's code asks for", "write it")


def _blanks(
    document: Document, key: str, text: str, original: str, languages: Languages, used: Used, filled: frozenset[str]
) -> Iterator[Problem]:
    """Blanks that nothing fills in, that differ from the original's, or that are broken."""
    try:
        own = blanks(text)
    except ValueError as error:
        message = f"a blank of “{key}” cannot be read: {error}"
        yield document.problem((key,), message, "write each blank as {name}, with both braces")
        return
    for place, given in used.blanks.get(key, ()):
        for name in sorted(own - given):
            fix = f"write {' or '.join(f'{{{blank}}}' for blank in sorted(given))}"
            yield document.problem((key,), f"nothing fills in {{{name}}} of “{key}” ({place})", fix)
            return
    if used.is_whole and key not in used.blanks:
        for name in sorted(own - filled):
            wanted = blanks_of(original) or filled
            meant = did_you_mean(name, wanted, "the scripts and templates")
            yield document.problem((key,), f"nothing fills in {{{name}}} of “{key}”", meant)
            return
    expected = blanks_of(original)
    if own != expected:
        listed = ", ".join(f"{{{name}}}" for name in sorted(expected)) or "no blank"
        message = f"“{key}” holds {', '.join(f'{{{name}}}' for name in sorted(own)) or 'no blank'}"
        message = f"{message}; {languages.original}.yml has {listed}"
        yield document.problem((key,), message, "write the same blanks in both")


def blanks_of(text: str) -> frozenset[str]:
    """The blanks of a text that may be broken, which is told where it stands."""
    try:
        return blanks(text)
    except ValueError:
        return frozenset()


def blanks(text: str) -> frozenset[str]:
    """The names of what is filled in: `{number}`.

    Raises:
        ValueError: where a brace is lost, or a blank has no plain name.
    """
    found = set()
    for _, name, form, conversion in Formatter().parse(text):
        if name is not None and (form or conversion or not NAME.match(name)):
            raise ValueError(f"“{{{name}}}” is no name of a-z and _")
        found |= {name} if name else set()
    return frozenset(found)


def _filled_by_scripts(folder: Path) -> frozenset[str]:
    sources = (path.read_text("utf-8", "replace") for path in files_in(folder, "*.js"))
    return frozenset(name for source in sources for name in IN_SCRIPTS.findall(source))


@cache
def _in_code() -> tuple[frozenset[str], frozenset[str]]:
    """The keys that our modules ask for which say something to readers, and the blanks that they fill in."""
    files = files_in(Path(__file__).parents[1], *(f"{package}/**/*.py" for package in ("markdown", "pages", "outputs")))
    source = "\n".join(path.read_text("utf-8") for path in files)
    filled = (name for call in IN_CODE.findall(source) for name in re.findall(r"\b([a-z_]+)=", call))
    return frozenset(KEY_IN_CODE.findall(source)), frozenset(filled)
