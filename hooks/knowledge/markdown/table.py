"""A table: it scrolls alone where it is wider than its page, and says what it is to those who reach it by keyboard."""

from __future__ import annotations

from collections import Counter
from xml.etree.ElementTree import Element

from .tree import TreeExtension, words_of

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class TablesExtension(TreeExtension):
    """Python-Markdown extension: puts each table into a region that can be focused, and so scrolled by keyboard."""

    name, priority = "table-region", 3
    """After the inline patterns (20) have made the headings' words; before questions are read (−1)."""

    def run(self, root: Element) -> None:
        heading, seen = "", Counter[str]()
        for parent, element in list(_pairs(root)):
            if element.tag in HEADINGS:
                heading = words_of(self.md, element)
            elif element.tag == "table":
                caption = element.find("caption")
                heads = filter(None, (words_of(self.md, head) for head in element.iter("th")))
                name = (words_of(self.md, caption) if caption is not None else heading) or ", ".join(heads)
                seen[name] += 1
                for cell in element.iter("th"):
                    if not len(cell) and not (cell.text or "").strip():
                        cell.tag = "td"  # A corner without words would be read as a heading without a name.
                _wrap(parent, element, f"{name} ({seen[name]})" if seen[name] > 1 else name)


def _pairs(parent: Element):
    """Each element with its parent, in reading order."""
    for child in parent:
        yield parent, child
        yield from _pairs(child)


def _wrap(parent: Element, table: Element, label: str) -> None:
    region = Element("div", {"class": "table", "role": "region", "tabindex": "0", "aria-label": label})
    region.tail, table.tail = table.tail, None
    parent[list(parent).index(table)] = region
    region.append(table)
