"""A figure: a list or a table that is drawn as what it says, marked with one line of Markdown.

    **What they call it**
    {.figure .timeline}

    1. **First.** …
    2. **Then.** …

Whoever does not draw it, as the preview of a code host, shows the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

MARK = re.compile(r"^[ ]*\{:?[ ]*\.figure\b([^{}\n]*)\}[ ]*$", re.MULTILINE)
"""The line that makes a figure of the list below it."""
CLASS = re.compile(r"\.([\w-]+)")
ITEM = re.compile(r"^(?:\d+\.|[-*+])[ ]+")
SHARE = re.compile(r"(\d+)\s+(?:[^\W\d]+\s+){1,2}(\d+)\b")
"""So many of so many, as every language says it: 59 of 100, 59 af 100, 59 out of 100."""
MOST = 100
"""So many can be drawn, and told apart."""


class FigureKind(NamedTuple):
    """What a figure is drawn from."""

    shown: str
    """What it shows, for a message."""
    needs: str = "list"
    """`list` or `table`."""
    items: int | None = None
    """How many the list has, where that is fixed."""


KINDS: dict[str, FigureKind] = {
    "triangle": FigureKind("three parts that hold each other", items=3),
    "people": FigureKind("so many of a hundred people"),
    "dots": FigureKind("so many of so many things"),
    "circle": FigureKind("steps that begin again"),
    "timeline": FigureKind("one thing after the other"),
    "decision": FigureKind("questions, each with its answers below it"),
    "claims": FigureKind("what speaks for claims: something, both for and against, nothing", items=3),
    "breathing": FigureKind("in, and out", items=2),
    "flashcards": FigureKind("cards to turn over: what is below an item is its back"),
    "dialogue": FigureKind("who says what"),
    "compare": FigureKind("things side by side", needs="table"),
}
"""The kinds of figure, by the class that an editor writes behind `.figure`."""
COUNTED = ("people", "dots")
"""Kinds each of whose items begins with a share, as “59 of 100”."""


class Figure(NamedTuple):
    """A figure of a source, as its line says."""

    kind: str
    """The class behind `.figure`, or nothing."""
    line: int
    has_caption: bool
    below: str
    """`list`, `table` or nothing."""
    items: tuple[str, ...]
    """The first lines of the list's items."""


def figures_of(markdown: str, first_line: int = 1) -> Iterator[Figure]:
    """The figures of a source whose first line has this number in its file."""
    lines = markdown.split("\n") if ".figure" in markdown else []
    for number, text in enumerate(lines):
        if mark := MARK.match(text):
            kinds = CLASS.findall(mark[1])
            has_caption = number > 0 and bool(lines[number - 1].strip())
            indent = len(text) - len(text.lstrip())
            below, items = _below([line[indent:] if line.strip() else "" for line in lines[number + 1 :]])
            yield Figure(kinds[0] if kinds else "", first_line + number, has_caption, below, items)


def _below(lines: list[str]) -> tuple[str, tuple[str, ...]]:
    """What stands below the mark, and its items."""
    first = next((line for line in lines if line), "")
    if first.startswith("|"):
        return "table", ()
    if not ITEM.match(first):
        return "", ()
    items = []
    for line in lines:
        if ITEM.match(line):
            items.append(ITEM.sub("", line))
        elif line and not line.startswith(" "):
            break  # What stands at the edge again is no part of the list.
    return "list", tuple(items)


def share(text: str) -> tuple[int, int] | None:
    """So many of so many, where a text begins with that."""
    found = SHARE.match(text.lstrip("* "))
    return (int(found[1]), int(found[2])) if found else None
