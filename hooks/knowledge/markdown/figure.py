"""A figure: a caption with the classes `.figure` and a kind, and the list or table below it, drawn as what they say.

It stays the list or the table that it is, for screen readers, on paper and without style sheets; the style sheet of its
kind draws it, and scripts add to some what can be moved.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown

from ..content.figure import KINDS, MOST, share
from .tree import TreeExtension

TAGS = {"list": ("ol", "ul"), "table": ("table",)}
ROW, WIDE, HIGH = 20, 10, 14
"""Of a crowd: how many stand in a row, and the room that each takes."""


class FiguresExtension(TreeExtension):
    """Python-Markdown extension."""

    name, priority = "figure", 6
    """After what editors write has been looked through (7.9), before headings get their ids (5)."""

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for caption, what in list(pairwise(parent)):
                kind = _kind(caption)
                if kind and what.tag in TAGS[KINDS[kind].needs]:
                    _frame(parent, caption, what, kind)
                    if draw := DRAWN.get(kind):
                        draw(self.md, what)


def _kind(caption: Element) -> str | None:
    classes = caption.get("class", "").split() if caption.tag == "p" else []
    return next((name for name in classes if name in KINDS), None) if "figure" in classes else None


def _frame(parent: Element, caption: Element, what: Element, kind: str) -> None:
    figure = Element("figure", {"class": f"figure figure--{kind}"})
    parent[list(parent).index(caption)] = figure
    parent.remove(what)
    caption.tag, caption.attrib = "figcaption", {}
    caption.tail = what.tail = None
    what.set("class", kind)
    figure.extend((caption, what))


# --- What the style sheet cannot do alone ------------------------------------------------


def _crowd(md: Markdown, items: Element, heights: tuple[float, ...]) -> None:
    """Above each item as many as it says of all of whom it speaks: lines, which the style sheet draws as dots."""
    for item in items:
        number, of = share("".join(item.itertext()).strip()) or (0, 0)
        if not 0 < of <= MOST or number > of:
            continue
        rows = -(-of // ROW)
        box = f"0 0 {min(of, ROW) * WIDE} {rows * HIGH}"
        crowd = Element("svg", {"class": "crowd", "viewBox": box, "aria-hidden": "true"})
        for name, first, end in (("crowd__some", 0, number), ("crowd__rest", number, of)):
            for place, height in enumerate(heights):
                SubElement(crowd, "path", {"class": f"{name} crowd__{place}", "d": _line(first, end, height)})
        crowd.tail, item.text = item.text, None
        item.insert(0, crowd)


def _line(first: int, end: int, height: float) -> str:
    """A path through these places, row by row."""
    parts = []
    while first < end:
        row, column = divmod(first, ROW)
        last = min(end, (row + 1) * ROW) - 1
        across = (last - first) * WIDE or 0.01  # A line without length has no dot in some browsers.
        parts.append(f"M{column * WIDE + WIDE / 2:g} {row * HIGH + height:g}h{across:g}")
        first = last + 1
    return "".join(parts)


def _cards(md: Markdown, items: Element) -> None:
    """Each item folds what stands below its first words."""
    for item in items:
        front = Element("summary")
        front.text, item.text = item.text, None
        for child in list(item):
            if md.is_block_level(child.tag) and (child.tag != "p" or len(front) or (front.text or "").strip()):
                break
            item.remove(child)
            if child.tag == "p":
                front.text, front[:] = child.text, list(child)
                break
            front.append(child)
        card = Element("details")
        card.append(front)
        card.extend(list(item))
        item[:] = [card]


def _dialogue(md: Markdown, items: Element) -> None:
    """Who speaks first stands on one side, who answers on the other."""
    speakers: list[str] = []
    for item in items:
        name = item.find(".//strong")
        who = "".join(name.itertext()).strip(" :.") if name is not None else ""
        if who not in speakers:
            speakers.append(who)
        item.set("class", f"dialogue__line dialogue__line--{'other' if speakers.index(who) % 2 else 'one'}")


def _compare(md: Markdown, table: Element) -> None:
    """Each row is headed by its first cell, and each cell knows its column's name: on a phone a row is a card."""
    heads = ["".join(head.itertext()).strip() for head in table.iterfind("thead/tr/th")]
    table.set("role", "table")
    for group in (*table.iterfind("thead"), *table.iterfind("tbody")):
        group.set("role", "rowgroup")
    for head, words in zip(table.iterfind("thead/tr/th"), heads, strict=True):
        head.set("role", "columnheader" if words else "cell")
    for row in table.iterfind(".//tr"):
        row.set("role", "row")
    for row in table.iterfind("tbody/tr"):
        for place, cell in enumerate(row.findall("td")):
            cell.set("role", "cell" if place else "rowheader")
            if place and heads[place]:
                cell.set("data-label", heads[place] if heads[place][-1] in "?:" else f"{heads[place]}:")
        if len(row):
            row[0].tag = "th"
            row[0].set("scope", "row")


DRAWN: dict[str, Callable[[Markdown, Element], None]] = {
    "people": partial(_crowd, heights=(3.5, 9.5)),
    "dots": partial(_crowd, heights=(7,)),
    "flashcards": _cards,
    "dialogue": _dialogue,
    "compare": _compare,
}
