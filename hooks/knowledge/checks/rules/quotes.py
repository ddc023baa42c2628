"""A rule on quotation marks: those of a keyboard among those of a language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ...content.library import Library
from ...content.passage import Passage
from ...content.prose import prose
from ...core.language import known
from .rule import Finding, rule

STRAIGHT = re.compile(r'(?<![\w"=(])"(?=[^\W\d_])[^"\n]{1,300}(?<=[\w.,!?…])"(?![\w"])')
BOXES = ("!!!", "???", "===", "///")
"""How lines begin whose titles stand between such marks."""


@rule("unfinished", is_local=True)
def straight_quotes(library: Library, docs: Path) -> Iterator[Finding]:
    """A quotation between straight marks in a text whose other quotations have the marks of its language."""
    for translation in library.translations():
        begin, _, end = known(translation.lang).get("quotation", "").partition("…")
        if not begin or '"' not in translation.body or begin not in translation.body:
            continue
        body, text = translation.body, prose(translation.body)
        whole = Passage(translation, translation.lang, text, translation.body_line)
        for found in STRAIGHT.finditer(text):
            line = body[body.rfind("\n", 0, found.start()) + 1 : found.start()]
            if line.lstrip(" \t>").startswith(BOXES):
                continue
            right = begin + found[0][1:-1] + end
            yield Finding.at(whole, found.start(), "a quotation stands between straight marks", f"write {right}")
