"""Stems: what is left of a word without its endings, so that its forms count as one.

Stems are Snowball's, in C (PyStemmer), and memoised: stemming is otherwise most of the cost.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import Stemmer

if TYPE_CHECKING:
    from .article import Language

_WORD = re.compile(r"[^\W\d_]{3,}")


def stems(text: str, lang: Language) -> list[str]:
    """The stems of a text's words of three letters or more."""
    return [_stem(word, lang) for word in _WORD.findall(text.lower())]


@lru_cache(maxsize=200_000)
def _stem(word: str, lang: Language) -> str:
    return _stemmer(lang).stemWord(word)


@lru_cache(maxsize=2)
def _stemmer(lang: Language) -> Stemmer.Stemmer:
    return Stemmer.Stemmer({"da": "danish", "en": "english"}[lang], 0)
