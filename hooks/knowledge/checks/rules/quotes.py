"""Rules on quotation marks: those of a keyboard, or of another language, among those of a language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ...content.library import Library
from ...content.passage import Passage, passages_of
from ...content.prose import prose
from ...core.language import known
from .rule import Finding, rule

STRAIGHT = re.compile(r'(?<![\w"=(])"(?=[^\W\d_])[^"\n]{1,300}(?<=[\w.,!?…])"(?![\w"])')
BOXES = ("!!!", "???", "===", "///")
"""How lines begin whose titles stand between such marks."""

CURLY = re.compile(
    r"“(?<!\w.)[^\s“”„][^“”„\n]{0,300}[”“](?!\w)|„(?<!\w.)[^\s“”„][^“”„\n]{0,300}[“”](?!\w)"
    r"|”(?<!\w.)(?=\w)[^”\n]{1,300}”(?!\w)|»(?<!\w.)(?=\w)[^«»\n]{1,300}«(?!\w)|«(?<!\w.)(?=\w)[^«»\n]{1,300}»(?!\w)"
    r"|‘(?<!\w.)(?=\w)[^‘’\n]{1,300}’(?!\w)"
)
"""Quotations as any language writes them; an apostrophe within one of the last kind ends it."""
BEGINS = tuple(kind[0] for kind in CURLY.pattern.split("|"))
REVERSED = re.compile(r"«(?=\w)(?<!\w«)")
"""The end of a quotation where one begins."""
ENDED = re.compile(r"’(?<=[\w.,!?…]’)(?!\w)")
"""What may be the end of ‘…’, or a genitive: clients’."""


@rule("unfinished", is_local=True)
def straight_quotes(library: Library, docs: Path) -> Iterator[Finding]:
    """A quotation between straight marks in a text whose other quotations have the marks of its language."""
    for translation in library.translations():
        begin, _, end = known(translation.lang).get("quotation", "").partition("…")
        if not begin or '"' not in translation.body or begin not in translation.body:
            continue
        body, text = translation.body, prose(translation.body)
        whole = Passage.of_body(translation, text)
        for found in STRAIGHT.finditer(text):
            line = body[body.rfind("\n", 0, found.start()) + 1 : found.start()]
            if line.lstrip(" \t>").startswith(BOXES):
                continue
            right = begin + found[0][1:-1] + end
            yield Finding.at(whole, found.start(), "a quotation stands between straight marks", f"write {right}")


@rule("unfinished", is_local=True)
def other_quotes(library: Library, docs: Path) -> Iterator[Finding]:
    """A quotation between the marks of another language; within a quotation there may be any."""
    for translation in library.translations():
        begin, _, end = known(translation.lang).get("quotation", "").partition("…")
        page = translation.head + translation.body
        others = [mark for mark in BEGINS if mark not in (begin, end)]
        may_be = any(mark in page for mark in others) or (end == "«" and REVERSED.search(page))
        if not begin or begin not in translation.body or not may_be:
            continue
        for passage in passages_of(translation):
            for found in CURLY.finditer(passage.text):
                if found[0][0] != begin and not _is_within(passage.text, found, begin, end):
                    message = f"{found[0]} has the quotation marks of another language"
                    right = begin + found[0][1:-1] + end
                    yield Finding.at(passage, found.start(), message, f"write {right}")


def _is_within(text: str, found: re.Match[str], begin: str, end: str) -> bool:
    """Whether what was found may stand in a quotation between the right marks, of its paragraph."""
    first, last = text.rfind("\n\n", 0, found.start()) + 1, text.find("\n\n", found.end())
    before, after = text[first : found.start()], text[found.end() : last if last >= 0 else len(text)]
    opened = before.rfind(begin)
    if opened < 0:
        return False
    ends = ENDED if end == "’" else re.compile(end)
    closes = ends.search(after)
    return not ends.search(before, opened) or bool(closes and begin not in after[: closes.start()])
