"""Rules on what front matter and data say to readers: it's shown as it is written, and no Markdown is made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ...content.library import Library
from ...content.passage import Passage, passages_of
from ...content.prose import blanked
from ...core.decoding import text_of
from ...core.language import english_name
from ...core.placeholder import NAMES, PLACEHOLDER
from ...core.problems import did_you_mean
from .language import LEAST, is_foreign, small_words
from .rule import Finding, rule

MARK = re.compile(
    r"(?P<cite>\[ ?@ ?[\w-]+[^\]\n]{0,40}\])|(?P<brace>\{\{ ?(?P<name>\w*)[^}\n]{0,20}\}?\}?|\{ ?site_name ?\})"
    r"|(?P<entity>&(?:[a-z]{2,8}|#x?[0-9a-f]{1,6});)"
    r"|(?P<html></?(?:b|i|u|a|p|br|em|strong|div|span|font|su[bp]|small|[ou]l|li|h[1-6])(?: [^<>\n]{0,80})?/?>)"
    r"|(?P<link>\]\([^()\s]{1,200}\))|(?P<mark>\*\*(?=\w)|(?<=[\w.!?])\*\*|__(?=\w)|~~(?=\w)|==(?=\w)|`(?=[^\s`]))",
    re.IGNORECASE,
)
"""Markdown, HTML and placeholders; a star alone may be meant."""
FIXES = {
    "cite": "cite the source in the text, and delete it here",
    "entity": "write the character itself",
    "link": "write the words alone, and put the link into the text",
}


@rule("markup-left")
def marks_in_data(library: Library, docs: Path) -> Iterator[Finding]:
    """A star, an address or a key that stands where nothing is made of it is what readers see."""
    data: dict[str, list[Passage]] = {}
    for passage in library.data_passages:
        if isinstance(passage.where, str):
            data.setdefault(passage.where, []).append(passage)
    for path, passages in data.items():
        source = text_of(docs / path)
        if MARK.search(source):
            yield from _marks(passages, source.split("\n"))


@rule("markup-left", is_local=True)
def marks_in_front_matter(library: Library, docs: Path) -> Iterator[Finding]:
    """The same at the top of a page."""
    for translation in library.translations():
        if MARK.search(translation.head):
            yield from _marks(list(passages_of(translation))[:-1], translation.head.split("\n"))


def _marks(passages: list[Passage], lines: list[str]) -> Iterator[Finding]:
    """Each mark in some texts of a file, of each text the first."""
    for passage in passages:
        for number, part in enumerate(passage.lines, passage.line):
            start = passage.column - 1 if number == passage.line else 0
            text = PLACEHOLDER.sub(blanked, lines[number - 1][start : start + len(part)])
            if found := MARK.search(text):
                fix = FIXES.get(found.lastgroup or "", "delete the marks: nothing is made of them here")
                if found["brace"]:
                    fix = did_you_mean(found["name"] or "site_name", NAMES)
                message = f"readers see “{found[0]}”, as it stands here"
                yield Finding(passage.where, number, message, fix, column=start + found.start() + 1)
                break


@rule("language")
def language_of_data(library: Library, docs: Path) -> Iterator[Finding]:
    """What data say below a language's key is in that language."""
    for passage in library.data_passages:
        for other in library.languages.others(passage.lang) if small_words(passage.lang) else ():
            if is_foreign(passage.text, passage.lang, other, LEAST):
                message = f"this is {english_name(other)}; expected {english_name(passage.lang)}"
                yield Finding(passage.where, passage.line, message, "translate it", column=passage.column)
