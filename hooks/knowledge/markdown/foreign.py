"""Foreign words: what stands in the other language on a page says so, and is read aloud rightly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from ..content.prose import word_pattern

SILENT = frozenset("code pre script style".split())
"""Inside these nothing is read as prose."""


class ForeignExtension(Extension):
    """Python-Markdown extension: wraps foreign words in `<span lang="…">`.

    Args:
        words: gives the other language and its words, for the page that is being rendered.
    """

    def __init__(self, words: Callable[[], tuple[str, Iterable[str]]]):
        super().__init__()
        self.words = words

    def extendMarkdown(self, md: Markdown) -> None:
        """After terms (−0.5), whose words must be whole; before questions are read (−1)."""
        md.treeprocessors.register(_Mark(md, self.words), "foreign", -0.75)


def marked(text: str, lang: str, words: Iterable[str]) -> Markup:
    """A plain text as HTML, with the words of the other language marked."""
    return Markup("").join(
        Markup('<span lang="{}">{}</span>').format(lang, part) if foreign else part
        for part, foreign in _parts(text, words)
    )


class _Mark(Treeprocessor):
    def __init__(self, md: Markdown, words: Callable[[], tuple[str, Iterable[str]]]):
        super().__init__(md)
        self.words = words

    def run(self, root: Element) -> None:
        lang, words = self.words()
        if words:
            _mark(root, lang, tuple(words))


def _mark(parent: Element, lang: str, words: tuple[str, ...]) -> None:
    for child in list(parent):
        if child.tag not in SILENT and not child.get("lang"):
            _mark(child, lang, words)
        spans = _spans(child.tail, lang, words)
        if spans:
            child.tail, elements = spans
            place = list(parent).index(child) + 1
            parent[place:place] = elements
    spans = _spans(parent.text, lang, words)
    if spans:
        parent.text, elements = spans
        parent[0:0] = elements


def _spans(text: str | None, lang: str, words: tuple[str, ...]) -> tuple[str, list[Element]] | None:
    """The text before the first foreign word, and the elements that follow it; None where there is none."""
    before, elements = "", []
    for part, foreign in _parts(text or "", words):
        if foreign:
            elements.append(Element("span", {"lang": lang}))
            elements[-1].text, elements[-1].tail = part, ""
        elif elements:
            elements[-1].tail = part
        else:
            before = part
    return (before, elements) if elements else None


def _parts(text: str, words: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """A text in pieces, each with whether it is foreign; the longest words come first."""
    words = tuple(words)
    pieces = word_pattern(words).split(text) if words else [text]
    for i, piece in enumerate(pieces):
        if piece:
            yield piece, i % 2 == 1
