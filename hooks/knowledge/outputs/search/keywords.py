"""Keywords: what readers type for a page beside the words that stand on it, for the search index."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from lxml.html import HtmlElement

from ...core.language import Language, described, known

HEADING_WEIGHTS = {"h1": 7, "h2": 6, "h3": 5}
"""Pagefind's own weights of headings, which keywords take over."""
HEAVIEST = 10
"""Pagefind's greatest weight."""


def keywords(
    body: HtmlElement, lang: Language, terms: Iterable[tuple[str, int]], parts: Callable[[str], Iterable[str]]
) -> dict[str, int]:
    """Words by which a page is also found, each with its weight from 1 to 10.

    Args:
        parts: gives the parts of a compound.

    Spellings without letters of the language's own and the parts of compounds weigh what their words weigh on the page.
    """
    weights: Counter[str] = Counter()
    for word, weight in _weighted(body):
        weights[word] += weight
    for text, weight in terms:
        for word in words(text):
            weights[word] = max(weights[word], weight)
    added: Counter[str] = Counter()
    for word, weight in weights.items():
        for other in {*_spellings(word), *parts(word)}:
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


def words(text: str) -> list[str]:
    """The words of three letters or more, in lower case."""
    return _WORD.findall(text.lower())


def _spellings(word: str) -> set[str]:
    """The word as it is typed without the letters that some language has of its own; Pagefind itself reads å as a."""
    if word.isascii():
        return set()
    return {word.translate(letters) for letters in _typed()} - {word, word.replace("å", "a")}


@cache
def _typed() -> tuple[dict[int, str], ...]:
    """Of all languages: a page is also found by the words that others have for it."""
    return tuple(str.maketrans(letters) for lang in described() for letters in known(lang).get("spellings", ()))
