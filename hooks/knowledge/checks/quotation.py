"""Quotations: what a text gives in someone else's words, or as a title, and so perhaps in another language."""

from __future__ import annotations

import re

from ..content.prose import blanked

QUOTED = re.compile(
    r"""
    »[^«»\n]{1,600}« | «[^«»\n]{1,600}» | “[^“”\n]{1,600}” | „[^„“”\n]{1,600}[“”]
  | ‘[^‘\n]{1,600}?’(?!\w) | "[^"\n]{1,600}"
  | (?<![\w*])\*{1,3}(?=\S)[^*\n]{1,600}(?<=\S)\*{1,3}(?![\w*]) | (?<![\w_])_(?=\S)[^_\n]{1,600}(?<=\S)_(?![\w_])
  | ^[ ]{0,3}>[^\n]*$
    """,
    re.VERBOSE | re.MULTILINE,
)
"""Words in quotation marks or set off with * or _, and lines that are quoted as a whole."""


def without_quotations(text: str) -> str:
    """A text in which they are blanked: as long, and line for line the same."""
    return QUOTED.sub(blanked, text)


def quotations(text: str) -> list[tuple[int, int]]:
    """Where each begins and ends."""
    return [found.span() for found in QUOTED.finditer(text)]
