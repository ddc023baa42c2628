"""Stems: what is left of a word without its endings, so that its forms count as one.

Stems are Snowball's, in C (PyStemmer), and memoised: stemming is otherwise most of the cost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

import Stemmer

if TYPE_CHECKING:
    from .language import Language

_WORD = re.compile(r"[^\W\d_]{3,}")


def stems(text: str, lang: Language) -> list[str]:
    """The stems of a text's words of three letters or more."""
    return list(chain.from_iterable(map(_stemmer(lang), text.split())))


def bag(terms: Iterable[str]) -> str:
    """How often each term occurs, as one string of ` term:number`, by the alphabet: quick to keep and to compare."""
    return "".join(f" {term}:{number}" for term, number in sorted(Counter(terms).items()))


def counts(bag: str) -> dict[str, int]:
    """What a bag holds, in its order."""
    pairs = (pair.rpartition(":") for pair in bag.split())
    return {term: int(number) for term, _, number in pairs}


def forget() -> None:
    """Give back the memory that all words of a large site take."""
    _stemmer.cache_clear()


@cache
def _stemmer(lang: Language) -> Callable[[str], tuple[str, ...]]:
    """Gives the stems of what stands between two spaces; texts repeat that, so it remembers."""
    stem = Stemmer.Stemmer({"da": "danish", "en": "english"}[lang], 0).stemWord
    return cache(lambda piece: tuple(map(stem, _WORD.findall(piece.lower()))))
