"""Stems: what is left of a word without its endings, so that its forms count as one.

Stems are Snowball's, in C (PyStemmer), and memoised: stemming is otherwise most of the cost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache

import Stemmer

from ..core.language import Language

_WORD = re.compile(r"[^\W\d_]{3,}")


def counted(text: str, lang: Language) -> dict[str, int]:
    """How often each of the stems of a text's words of three letters or more occurs."""
    found: dict[str, int] = {}
    stems = _stemmer(lang)
    for piece, number in Counter(text.split()).items():
        for stem in stems(piece):
            found[stem] = found.get(stem, 0) + number
    return found


def bag(terms: Mapping[str, int]) -> str:
    """How often each term occurs, as one string, which is quick to keep and to compare: the terms
    by the alphabet, each with a space before and behind it; then, after another space, their numbers."""
    names = sorted(terms)
    return f" {' '.join(names)}  {' '.join(map(str, map(terms.__getitem__, names)))}"


def parts_of(bag: str) -> tuple[list[str], list[str]]:
    """The terms of a bag, and the number of each."""
    terms, _, numbers = bag.partition("  ")
    return terms.split(), numbers.split()


def terms_of(bag: str) -> list[str]:
    """The terms of a bag, in its order."""
    return bag.partition("  ")[0].split()


def forget() -> None:
    """Give back the memory that all words of a large site take."""
    _stemmer.cache_clear()


@cache
def _stemmer(lang: Language) -> Callable[[str], tuple[str, ...]]:
    """Gives the stems of what stands between two spaces; texts repeat that, so it remembers."""
    try:
        stem = Stemmer.Stemmer(re.split("[-_]", lang)[0], 0).stemWord
    except KeyError:  # Snowball does not know the language: words stay as they are.
        stem = str
    return cache(lambda piece: tuple(map(stem, _WORD.findall(piece.lower()))))
