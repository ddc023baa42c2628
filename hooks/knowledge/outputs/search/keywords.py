"""Keywords: what readers type for a page beside the words that stand on it, for the search index."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from lxml.html import HtmlElement

from ...core.language import Language

HEADING_WEIGHTS = {"h1": 7, "h2": 6, "h3": 5}
"""Pagefind's own weights of headings, which keywords take over."""
HEAVIEST = 10
"""Pagefind's greatest weight."""


def keywords(
    body: HtmlElement, lang: Language, terms: Iterable[tuple[str, int]], parts: Callable[[str], Iterable[str]]
) -> dict[str, int]:
    """Words by which a page is also found, each with its weight from 1 to 10.

    Args:
        parts: gives the parts of a Danish compound.

    Spellings without æ, ø and å and the parts of compounds weigh what their words weigh on the page.
    """
    weights: Counter[str] = Counter()
    for word, weight in _weighted(body):
        weights[word] += weight
    for text, weight in terms:
        for word in words(text):
            weights[word] = max(weights[word], weight)
    added: Counter[str] = Counter()
    for word, weight in weights.items():
        for other in {*_spellings(word), *(parts(word) if lang == "da" else ())}:
            added[other] += weight
            for spelling in _spellings(other):
                added[spelling] += weight
    for text, weight in terms:
        for word in words(text):
            added[word] = max(added[word], weight)
    return {word: min(weight, HEAVIEST) for word, weight in added.items()}


def _weighted(element: HtmlElement, weight: int = 1) -> Iterator[tuple[str, int]]:
    own = HEADING_WEIGHTS.get(element.tag, weight)
    for word in words(element.text or ""):
        yield word, own
    for child in element:
        if isinstance(child.tag, str):  # no comment
            yield from _weighted(child, own)
        for word in words(child.tail or ""):
            yield word, own


_WORD = re.compile(r"[^\W\d_]{3,}")
_LONG = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
_SHORT = str.maketrans({"æ": "ae", "ø": "o"})
"""Pagefind itself reads å as a."""


def words(text: str) -> list[str]:
    """The words of three letters or more, in lower case."""
    return _WORD.findall(text.lower())


def _spellings(word: str) -> set[str]:
    """The word as it is typed without æ, ø and å."""
    if word.isascii():
        return set()
    return {word.translate(_LONG), word.translate(_SHORT)} - {word, word.replace("å", "a")}
