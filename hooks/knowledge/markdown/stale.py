"""A quiet line above each section of a translation that is older than its original."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from .tree import TreeExtension


@dataclass(eq=False)
class StaleExtension(TreeExtension):
    """Python-Markdown extension."""

    lines: Callable[[], tuple[str, Iterable[int]]]
    """Gives, for the page that is being rendered, the line's words and the places of old sections: 0 and 1 are the
    page's beginning, 2 its first section."""
    name, priority = "stale", 4.5
    """Before questions are folded (4), while all sections still stand beside each other."""

    def run(self, root: Element) -> None:
        words, places = self.lines()
        sections = [element for element in root if element.tag == "h2"]
        for place in sorted({max(place, 1) for place in places}, reverse=True):
            line = Element("div", {"class": "stale"})  # no `p`: the first of those is the lead
            line.text = words
            root.insert(list(root).index(sections[place - 2]) if place > 1 else 0, line)
