"""Denial: whether a sentence says that something is not so, at the place of a word.

»Ingen har bevist, at …« and “nobody has proved that …” promise nothing. A denial reaches as far as its clause, and
into a clause that depends on it; “ikke alene” and “no doubt” deny nothing.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ..content.prose import around
from ..core.language import Language, pattern_of, words_for

SENTENCE = re.compile(r"(?<=[.!?])[)«»”’\"*_]*\s+|\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)]|#)\s)")
CLAUSE = re.compile(rf"[,;:()–—]|\s-\s|\s(?:{words_for('joins')})\s", re.IGNORECASE)
DEPENDENT = re.compile(rf"\s*+(?:[,(]\s*+)?(?:{words_for('depends')})\b", re.IGNORECASE)


def is_denied(text: str, place: int, lang: Language) -> bool:
    """Whether what stands at a place of a text is denied there."""
    begin, end = around(SENTENCE, text, place, place)
    clauses = list(pairwise((begin, *(found.end() for found in CLAUSE.finditer(text, begin, end)), end)))
    here = next(i for i, (start, end) in enumerate(clauses) if start <= place <= end)
    while True:
        start, end = clauses[here]
        clause = pattern_of(lang, "affirms").sub("", text[start:end])
        if pattern_of(lang, "denies").search(clause):
            return True
        if here == 0 or not DEPENDENT.match(text, start):
            return False
        here -= 1


def is_asked(text: str, place: int) -> bool:
    """Whether what stands at a place of a text is part of a question, which promises nothing."""
    return text[place : around(SENTENCE, text, place, place)[1]].rstrip(' )«»”’"*_\n').endswith("?")
