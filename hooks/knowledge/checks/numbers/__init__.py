"""Numbers of a text, however they are written: 12, twelve, tolv; 0,5 and a half; kl. 17.30 and 5.30 pm; 1990'erne.

A number may be read in several ways, and is the same as another if any reading is: `17.30` is a time of day or a
decimal, `1 546` one number or two. What is lenient here keeps editors from being told of what is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest

from ...content.prose import blank
from ...core.language import Language
from .figures import FIGURE, figures, named_dates, value
from .number import Number, plain
from .words import RECENT, may_hold_words, small_words, words

UNSAID = re.compile(
    r"\[(?:[^][@\n]{0,120}[^][@\w.\n])?@[^]\n]{0,300}\](?!\()"
    r"|\]\([^)\n]{0,2000}\)|\{:?[ ]?[#.][^}\n]{0,200}\}|\[(?<=^\[)[^]\n]{1,200}\]:[^\n]*"
    r"|<https?://[^\s>)]+>?|https?://[^\s>)]+>?|www\.(?<!\wwww\.)[^\s>)]+",
    re.MULTILINE,
)
"""Keys of sources, addresses, ids. Each kind begins with a letter or mark of its own: `re` looks for these quickly."""
OUT_OF = re.compile(r"\s+(?:ud af|af|in|out of|of)\s+(?:de |the )?")
"""What stands between the two numbers of a share."""


def numbers(text: str, lang: Language) -> list[Number]:
    """The numbers of a text, as it stands in the file, in its order."""
    found, rest = figures(UNSAID.sub(lambda unsaid: blank(unsaid[0]), text), lang)
    return list(_with_shares(sorted((*found, *words(rest, lang)), key=lambda number: number.start), text))


def known(found: Iterable[Number]) -> frozenset[str]:
    """Everything that numbers may stand for."""
    return frozenset(reading for number in found for reading in (*number.readings, *number.parts, *number.within))


def may_hold(text: str, lang: Language) -> bool:
    """Whether a text may hold a number that the other language must have: quick, and for most texts all there is to
    know."""
    return bool(FIGURES.search(said(text))) or _may_say(text, lang)


def are_alike(texts: Mapping[Language, str]) -> bool:
    """Whether texts hold the same figures and no number as a word: quick, and for most texts all there is to know."""
    if any(_may_say(text, lang) for lang, text in texts.items()):
        return False
    one, other = ({value(f, lang) for f in FIGURES.findall(said(text))} for lang, text in texts.items())
    return one == other and None not in one


def may_hold_others(texts: Mapping[Language, str]) -> bool:
    """Whether each of two texts may hold a small number that the other has not: quick, too."""
    one, other = (_small(said(text), lang) for lang, text in texts.items())
    return bool(one or other) and one != other


def _may_say(text: str, lang: Language) -> bool:
    """Whether a text may hold a number that is no figure alone."""
    shown = said(text)
    return may_hold_words(shown, lang) or bool(FIGURE.search(shown) and named_dates(lang).search(shown))


def _small(text: str, lang: Language) -> set[str]:
    return {*(SMALL.findall(text) if FIGURE.search(text) else ()), *small_words(text, lang)}


@lru_cache(RECENT)
def said(text: str) -> str:
    """A text without what nobody reads in it."""
    return UNSAID.sub(" ", text)


FIGURES = re.compile(r"\d[\d.,]*\d")
SMALL = re.compile(r"(?<![\w.,])(?:[2-9]|10)(?![.,]?\d)")


def _with_shares(found: list[Number], text: str) -> Iterator[Number]:
    """Let “three out of four” be 75 per cent, too."""
    for number, after in zip_longest(found, found[1:]):
        if after and OUT_OF.fullmatch(text, number.start + len(number.written), after.start):
            values = [[Decimal(r) for r in n.readings if r.isdecimal()] for n in (number, after)]
            shares = {plain(a / b) for a in values[0] for b in values[1] if 0 < a < b}
            number = number._replace(readings=number.readings | shares | {share[:4] for share in shares})
        yield number
