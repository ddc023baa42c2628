"""A term in running text: its first use on a page leads to the glossary and carries its definition."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ..content.prose import any_of
from .tree import TreeExtension

QUIET = frozenset("a abbr code label pre h1 h2 h3 h4 h5 h6 summary section".split())
"""Inside these a term is left alone: headings, links, what is ticked, and the FAQ."""


@dataclass(frozen=True)
class ExplainedTerm:
    """A term that a page explains."""

    words: tuple[str, ...]
    """The term and what it is also called."""
    definition: str
    href: str
    """Its place in the glossary."""


@dataclass(eq=False)
class TermsExtension(TreeExtension):
    """Python-Markdown extension."""

    terms: Callable[[], Iterable[ExplainedTerm]]
    name, priority = "terms", -0.5
    """After MkDocs (0) has resolved the author's links, before questions are read (−1)."""

    def run(self, root: Element) -> None:
        said = " ".join(root.itertext()).lower()  # which is quicker to look through than each of its elements
        by_word = {word.lower(): term for term in self.terms() for word in term.words if word.lower() in said}
        while by_word:
            pattern = re.compile(rf"\b({any_of(by_word)})\b", re.I)
            found = _first(root, pattern)
            if not found:
                return
            term = _link(*found, by_word)
            by_word = {word: other for word, other in by_word.items() if other is not term}


def _first(parent: Element, pattern: re.Pattern[str]) -> tuple[Element, int, re.Match[str]] | None:
    """The first match in reading order: where its text hangs (parent, index of the child before it), and the match."""
    if parent.text and (match := pattern.search(parent.text)):
        return parent, -1, match
    for i, child in enumerate(parent):
        if child.tag not in QUIET and (found := _first(child, pattern)):
            return found
        if child.tail and (match := pattern.search(child.tail)):
            return parent, i, match
    return None


def _link(parent: Element, before: int, match: re.Match[str], by_word: dict[str, ExplainedTerm]) -> ExplainedTerm:
    term = by_word[match[0].lower()]
    link = Element("a", {"class": "term", "href": term.href, "title": term.definition})
    link.text, link.tail = match[0], match.string[match.end() :]
    if before < 0:
        parent.text = match.string[: match.start()]
    else:
        parent[before].tail = match.string[: match.start()]
    parent.insert(before + 1, link)
    return term
