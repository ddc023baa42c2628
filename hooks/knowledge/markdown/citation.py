"""A citation in running text: `[@fluckiger2018]` becomes a small raised number that opens its note.

The number is made by the style sheet, so that it is nowhere but on the page: no answer for machines, copied text or
excerpt of the search holds “0,2783” where the text says “0,278” and cites source 3.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from ..content.outline import CITATION, cited_in
from .tree import Run

MARKS = rf"(?:{CITATION.pattern})(?:[ \t\n]*{CITATION.pattern})*"


@dataclass(frozen=True)
class Mark:
    """A source as the text of a page marks it."""

    number: int
    """Its place in the page's list of sources, counted from 1."""
    name: str
    """What a screen reader says: `Kilde 3: Flückiger m.fl., 2018`."""
    title: str
    """What a pointer or the keyboard's focus shows: who, when, and what the source shows."""


@dataclass(eq=False)
class CitationsExtension(Extension):
    """Python-Markdown extension."""

    mark: Callable[[str], Mark | None]
    """Gives the mark of a source on the page that is being rendered, or None where it is not known."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Before links (160), whose brackets citations share; their targets after MkDocs (0), which does not
        know that the template puts the sources below the text, and before terms are looked for (-0.5)."""
        md.inlinePatterns.register(_Citations(MARKS, md, self.mark), "citation", 165)
        md.treeprocessors.register(Run(md, _linked), "citation-link", -0.25)


class _Citations(InlineProcessor):
    def __init__(self, pattern: str, md: Markdown, mark: Callable[[str], Mark | None]):
        super().__init__(pattern, md)
        self.mark = mark

    def handleMatch(self, m, data):  # type: ignore[override]
        cited = [one for group in CITATION.findall(m[0]) for one in cited_in(group)]
        known = {one: mark for one in cited if (mark := self.mark(one.key))}
        if len(known) < len(set(cited)):
            return None, None, None
        cites = Element("sup", {"class": "cites"})
        for one, mark in sorted(known.items(), key=lambda item: (item[1].number, item[0][1:])):
            before, where = f"{one.before} " if one.before else "", f", {one.place}" if one.place else ""
            SubElement(
                cites,
                "span",
                {
                    "class": "cite",
                    "data-source": one.key,
                    "data-number": str(mark.number),
                    "aria-label": f"{before}{mark.name}{where}",
                    "title": mark.title,
                },
            )
        start = len(data[: m.start()].rstrip(" \t\n"))  # The mark stands against the word.
        return cites, start, m.end()


def _linked(root: Element) -> None:
    for cite in root.iter("span"):
        if source := cite.attrib.pop("data-source", None):
            cite.tag = "a"
            cite.set("href", f"#source-{source}")
