"""Rules on what front matter and data say to readers: it's shown as it is written, and no Markdown is made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from ...content.article import Translation
from ...content.library import Library
from ...content.passage import Passage, passages_above
from ...content.prose import blanked
from ...core.decoding import text_of
from ...core.placeholder import NAMES, PLACEHOLDER
from ...core.problems import did_you_mean
from .rule import Finding, path_of, rule, text_rule

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
def marks_in_data(library: Library) -> Iterator[Finding]:
    """A star, an address or a key that stands where nothing is made of it is what readers see."""
    for path, passages in groupby(library.data_passages, key=lambda passage: path_of(passage.where)):
        yield from _marks(passages, text_of(library.docs / path))


@text_rule("markup-left")
def marks_in_front_matter(translation: Translation) -> Iterator[Finding]:
    """The same at the top of a page."""
    yield from _marks(passages_above(translation), translation.head)


def _marks(passages: Iterable[Passage], source: str) -> Iterator[Finding]:
    """Each mark in some texts of a file, of each text the first."""
    lines = source.split("\n")
    for passage in passages if MARK.search(source) else ():
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
