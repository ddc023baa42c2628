"""A table: it scrolls alone where it is wider than its page, and says what it is to those who reach it by keyboard."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree.ElementTree import Element

from lxml.html import fragment_fromstring
from markdown.util import STX

from .tree import TreeExtension, markup_of

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class TablesExtension(TreeExtension):
    """Python-Markdown extension: puts each table into a region that can be focused, and so scrolled by keyboard."""

    name, priority = "table-region", 3
    """After the inline patterns (20) have made the headings' words; before questions are read (−1)."""

    def run(self, root: Element) -> None:
        heading, seen = "", Counter[str]()
        for parent, element in list(_pairs(root)):
            if element.tag in HEADINGS:
                heading = self._words(element)
            elif element.tag == "table":
                caption = element.find("caption")
                heads = filter(None, map(self._words, element.iter("th")))
                name = (self._words(caption) if caption is not None else heading) or ", ".join(heads)
                seen[name] += 1
                label = f"{name} ({seen[name]})" if seen[name] > 1 else name
                _unname(element)
                _wrap(parent, element, label)

    def _words(self, element: Element) -> str:
        """The words of an element as they will be read."""
        text = "".join(element.itertext())
        if STX in text or "&" in text:
            text = fragment_fromstring(markup_of(self.md, [element]), create_parent="div").text_content()
        return re.sub(r"\s+", " ", text).strip()


def _pairs(parent: Element):
    """Each element with its parent, in reading order."""
    for child in parent:
        yield parent, child
        yield from _pairs(child)


def _unname(table: Element) -> None:
    """Let a corner without words be no heading: it would be read as one without a name."""
    for cell in table.iter("th"):
        if not len(cell) and not (cell.text or "").strip():
            cell.tag = "td"


def _wrap(parent: Element, table: Element, label: str) -> None:
    region = Element("div", {"class": "table", "role": "region", "tabindex": "0", "aria-label": label})
    region.tail, table.tail = table.tail, None
    parent[list(parent).index(table)] = region
    region.append(table)
