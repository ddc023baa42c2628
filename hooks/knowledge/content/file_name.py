"""A file's name: what language it says, and what a file is that programs leave beside the pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator
from typing import NamedTuple

from ..core.language import ENGLISH, Languages, described, known, language_name, words_for
from ..core.problems import Problem

BACKUP = re.compile(r"^(.+\.md)(?:~|\.(?:bak|orig|old|save|tmp|rej|swp|download|crdownload|part))$", re.IGNORECASE)
"""What programs keep of a page's earlier state."""
OTHER_ENDING = re.compile(r"^(.+?)(?:\.md)?\.(?:txt|markdown|mdown|mkdn?|mdx)$", re.IGNORECASE)
COPY = f"(?:{words_for('copy')})"
SURE = rf"\ ?\(\d+\)|\ -\ {COPY}(?:\ ?\(?\d+\)?)?"
MAY_BE = rf"{SURE}|[ _-]{COPY}(?:[ _-]?\d+)?|[ ]\d+"
COPIES = tuple(
    re.compile(rf"^{before}(.+?)(?:{mark})?(\.[a-z]{{2}})?(?:{mark})?\.md$", re.IGNORECASE)
    for before, mark in ((rf"(?:{COPY}\ (?:\(\d+\)\ )?(?:{words_for('of')})\ )?", SURE), ("", MAY_BE))
)
"""A page's name with what browsers and file managers add to that of a second copy: surely, or if the first is there."""
COUNTRIES = frozenset("ger deu se".split())
"""What people write for languages beside their codes."""


IN_TWO_PARTS = "the name holds letters in two parts (as macOS writes é and å), so that links do not find the file"


class LeftOut(NamedTuple):
    """A file that is left out."""

    problem: Problem
    key: str = ""
    """Of the page that it was meant to be."""


def key_of(path: str, languages: Languages) -> str:
    """The key of a page, without language and ending, in composed letters."""
    path = unicodedata.normalize("NFC", path).removesuffix(".md")
    return next((path.removesuffix(f".{lang}") for lang in languages if path.endswith(f".{lang}")), path)


def misnamed(path: str, languages: Languages, there: Container[str]) -> Iterator[LeftOut]:
    """What is wrong with the name of a file below `docs/`, given all paths there, of which the first counts; nothing
    where it is a page in a language, or no page at all."""
    folder, _, name = unicodedata.normalize("NFC", path).rpartition("/")
    below = f"{folder}/" if folder else ""
    endings = tuple(f".{lang}.md" for lang in languages)

    def told(message: str, fix: str, key: str = "") -> LeftOut:
        problem = Problem(f"docs/{path}", 1, 1, "pair", message, fix)
        return LeftOut(problem, below + key if key else key_of(path, languages))

    if backup := BACKUP.match(name):
        message = f"“{name}” is a program's earlier copy of “{backup[1]}”"
        yield told(message, "delete it: earlier versions are kept in any case")
    other = OTHER_ENDING.match(name)
    if other and not below.startswith("data/"):
        if not other[1].endswith(tuple(f".{lang}" for lang in languages)):
            return  # Some other text, which is no page.
        key = key_of(f"{other[1]}.md", languages)
        yield told(f"“{name}” does not end in .md, so it is no page", f"call it {other[1]}.md", key)
    if not unicodedata.is_normalized("NFC", path):
        yield told(IN_TWO_PARTS, "call it by a name of a-z, 0-9 and -")
    if not name.lower().endswith(".md"):
        return
    if original := _original(name, below, there):
        message = f"“{name}” is a copy of “{original}”, with the name that a browser or a file manager gives it"
        yield told(message, f"if it is the newer one, put its text into docs/{below}{original}; then delete it")
    known = (*endings, *(f".{lang}.md" for lang in languages.planned))
    if name.endswith(known) and name not in known:
        return
    stem = name[: -len(".md")]
    said = re.fullmatch(r"(.+?)[._-]([a-z]{2,7}(?:[-_][a-z]{2})?)", stem, re.IGNORECASE)
    written = said[2].lower().replace("_", "-") if said else ""
    meant = _meant(written)
    if said and meant in languages:
        message = f"“{name}” does not say its language as {' or '.join(endings)}"
        yield told(message, f"call it {said[1]}.{meant}.md", said[1])
    if said and meant and f".{written}" == stem.lower().replace("_", "-")[-len(written) - 1 :]:
        message = f"“{said[2]}” in the file's name is none of the site's languages: {', '.join(languages)}"
        wanted = " or ".join(said[1] + ending for ending in endings)
        words = f"overrides/strings/{meant}.yml"
        yield told(message, f"call it {wanted}, or add “{meant}” to the languages in mkdocs.yml and {words}", said[1])
    wanted = " or ".join(stem + ending for ending in endings)
    yield told("the file's language is not in its name", f"call it {wanted}", stem)


def _meant(written: str) -> str:
    """The language that a word at the end of a name stands for; nothing where it is none."""
    called = (lang for lang in described() if written in known(lang).get("called", "").split())
    code = written.partition("-")[0]
    is_code = (len(code) == 2 and language_name(code, ENGLISH)) or code in COUNTRIES
    return next(called, code if is_code else "")


def _original(name: str, below: str, there: Container[str]) -> str | None:
    """The page of which a file is a second copy."""
    for pattern, is_sure in zip(COPIES, (True, False), strict=True):
        found = pattern.match(name)
        original = f"{found[1]}{found[2] or ''}.md" if found else name
        if original.casefold() != name.casefold() and (is_sure or below + original in there):
            return original
    return None
