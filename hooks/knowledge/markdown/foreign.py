"""Foreign words: what stands in another language on a page says so, and is read aloud rightly."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markupsafe import Markup

from ..content.prose import word_pattern
from .tree import TreeExtension

SILENT = frozenset("code pre script style".split())
"""Inside these nothing is read as prose."""


@dataclass(eq=False)
class ForeignExtension(TreeExtension):
    """Python-Markdown extension: wraps foreign words in `<span lang="…">`."""

    words: Callable[[], Mapping[str, str]]
    """Gives the words, in small letters, each with its language, for the page that is being rendered."""
    name, priority = "foreign", -0.75
    """After terms (−0.5), whose words must be whole; before questions are read (−1)."""

    def run(self, root: Element) -> None:
        if words := self.words():
            _mark(root, words)


def marked(text: str, words: Mapping[str, str]) -> Markup:
    """A plain text as HTML, with the words of other languages marked."""
    return Markup("").join(
        Markup('<span lang="{}">{}</span>').format(lang, part) if lang else part for part, lang in _parts(text, words)
    )


def _mark(parent: Element, words: Mapping[str, str]) -> None:
    for child in list(parent):
        if child.tag not in SILENT and not child.get("lang"):
            _mark(child, words)
        spans = _spans(child.tail, words)
        if spans:
            child.tail, elements = spans
            place = list(parent).index(child) + 1
            parent[place:place] = elements
    spans = _spans(parent.text, words)
    if spans:
        parent.text, elements = spans
        parent[0:0] = elements


def _spans(text: str | None, words: Mapping[str, str]) -> tuple[str, list[Element]] | None:
    """The text before the first foreign word, and the elements that follow it; None where there is none."""
    before, elements = "", []
    for part, lang in _parts(text or "", words):
        if lang:
            elements.append(Element("span", {"lang": lang}))
            elements[-1].text, elements[-1].tail = part, ""
        elif elements:
            elements[-1].tail = part
        else:
            before = part
    return (before, elements) if elements else None


def _parts(text: str, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """A text in pieces, each with its language where it is foreign; the longest words come first."""
    pieces = word_pattern(tuple(words)).split(text) if words else [text]
    for i, piece in enumerate(pieces):
        if piece:
            yield piece, words[piece.lower()] if i % 2 else ""
