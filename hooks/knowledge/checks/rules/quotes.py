"""Rules on quotation marks: those of a keyboard, or of another language, among those of a language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...content.article import Translation
from ...content.passage import passage_below, passages_of
from ...core.language import known
from .rule import Finding, text_rule

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


@text_rule("unfinished")
def quotes(translation: Translation) -> Iterator[Finding]:
    """A quotation between straight marks, or between those of another language, in a text that has those of its own;
    within a quotation there may be any."""
    begin, _, end = known(translation.lang).get("quotation", "").partition("…")
    if not begin or begin not in translation.body:
        return
    page = translation.head + translation.body
    if '"' in translation.body:
        whole = passage_below(translation)
        for found in STRAIGHT.finditer(whole.text):
            before = translation.body[: found.start()].rpartition("\n")[2]
            if not before.lstrip(" \t>").startswith(BOXES):
                right = begin + found[0][1:-1] + end
                yield Finding.at(whole, found.start(), "a quotation stands between straight marks", f"write {right}")
    others = any(mark in page for mark in BEGINS if mark not in (begin, end))
    for passage in passages_of(translation) if others or (end == "«" and REVERSED.search(page)) else ():
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
