"""Denial: whether a sentence says that something is not so, at the place of a word.

»Ingen har bevist, at …« and “nobody has proved that …” promise nothing. A denial reaches as far as its clause, and
into a clause that depends on it; “ikke alene” and “no doubt” deny nothing.
"""

from __future__ import annotations

import re

from ..core.language import Language

NO: dict[Language, re.Pattern[str]] = {
    "da": re.compile(
        r"\b(?:ikke|ingen|intet|ingenting|aldrig|hverken|næppe|uden|umulig\w*|tvivlsom\w*|savner|mangler|mangel på"
        r"|(?:kan|vil|må|skal|bør) man ikke|skeptisk\w*|på vagt|pas på|advar\w*|usandt|løgn|myte\w*)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:not|no|nobody|none|nothing|never|neither|nor|without|cannot|hardly|scarcely|unlikely|impossible|lacks?"
        r"|fails? to|failed to|doubtful|(?:wary|sceptical|suspicious) of|beware|untrue|myths?)\b|n['’]t\b",
        re.IGNORECASE,
    ),
}
YES: dict[Language, re.Pattern[str]] = {
    "da": re.compile(
        r"\bikke (?:alene|kun|bare|blot|mindst|desto mindre|til at tage fejl af)\b|\b(?:ingen|uden) tvivl\b"
        r"|\bikke (?:benægte\w*|nægte\w*|afvise\w*|til at komme uden om)\b|\buden (?:at du|videre|undtagelse)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\bnot (?:only|just|merely|simply|least)\b|\b(?:no|without) (?:doubt|question|exception)\b"
        r"|\b(?:not|cannot|n['’]t) be (?:denied|doubted)\b|\bnone the less\b|\bno less\b",
        re.IGNORECASE,
    ),
}
"""What looks like a denial and is none."""
SENTENCE = re.compile(r"(?<=[.!?])[)»”’\"*_]*\s+|\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)]|#)\s)")
CLAUSE = re.compile(r"[,;:()–—]|\s-\s|\s(?:og|men|and|but)\s", re.IGNORECASE)
DEPENDENT = re.compile(
    r"\s*+(?:[,(]\s*+)?(?:at|om|der|som|hvorvidt|hvis|når|hvor|that|whether|if|who|which|when)\b", re.IGNORECASE
)


def is_denied(text: str, place: int, lang: Language) -> bool:
    """Whether what stands at a place of a text is denied there."""
    begin = max((found.end() for found in SENTENCE.finditer(text, 0, place)), default=0)
    after = SENTENCE.search(text, place)
    clauses = _clauses(text, begin, after.start() if after else len(text))
    here = next(i for i, (start, end) in enumerate(clauses) if start <= place <= end)
    while True:
        start, end = clauses[here]
        clause = YES[lang].sub("", text[start:end])
        if NO[lang].search(clause):
            return True
        if here == 0 or not DEPENDENT.match(text, start):
            return False
        here -= 1


def clause_at(text: str, place: int) -> tuple[int, int]:
    """Where the clause at a place begins and ends."""
    begin = max((found.end() for found in SENTENCE.finditer(text, 0, place)), default=0)
    after = SENTENCE.search(text, place)
    clauses = _clauses(text, begin, after.start() if after else len(text))
    return next((start, end) for start, end in clauses if start <= place <= end)


def _clauses(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    starts = [begin, *(found.end() for found in CLAUSE.finditer(text, begin, end))]
    return [(start, next_) for start, next_ in zip(starts, [*starts[1:], end], strict=True)]
