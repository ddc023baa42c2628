"""A citation in running text: `[@fluckiger2018]` becomes a short reference that opens its note."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from ..content.outline import CITATION


class CitationsExtension(Extension):
    """Python-Markdown extension.

    Args:
        label: gives a source's short form, or None where it is not known.
    """

    def __init__(self, label: Callable[[str], str | None]):
        super().__init__()
        self.label = label

    def extendMarkdown(self, md: Markdown) -> None:
        """Before links (160), whose brackets citations share; their targets after MkDocs (0), which does not
        know that the template puts the sources below the text, and before terms are looked for (-0.5)."""
        md.inlinePatterns.register(_Citations(CITATION.pattern, md, self.label), "citation", 165)
        md.treeprocessors.register(_Links(md), "citation-link", -0.25)


class _Citations(InlineProcessor):
    def __init__(self, pattern: str, md: Markdown, label: Callable[[str], str | None]):
        super().__init__(pattern, md)
        self.label = label

    def handleMatch(self, m, data):  # type: ignore[override]
        keys = [key.strip().lstrip("@") for key in m[1].split(";")]
        known = [(key, self.label(key)) for key in keys]
        if not all(found for _, found in known):
            return None, None, None
        cites = Element("span", {"class": "cites"})
        cites.text = "("
        for i, (key, label) in enumerate(known):
            cite = SubElement(cites, "span", {"class": "cite", "data-source": key})
            cite.text, cite.tail = label, "; " if i < len(known) - 1 else ")"
        return cites, m.start(0), m.end(0)


class _Links(Treeprocessor):
    def run(self, root: Element) -> None:
        for cite in root.iter("span"):
            if source := cite.attrib.pop("data-source", None):
                cite.tag = "a"
                cite.set("href", f"#source-{source}")
