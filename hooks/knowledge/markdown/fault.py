"""A fault: what cannot stand on a page as it was written, found in the tree that becomes it."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """What is wrong with a text as its page would show it."""

    message: str
    fix: str
    needle: str
    """Words that stand in the source where it was written."""
    rule: str = "html"
    line: int = 0
    """The line of the source, counted from 1; 0: where the words are found."""
