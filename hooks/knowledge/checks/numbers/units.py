"""What numbers count, as far as it is the same in all languages: money and measures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache

from ...content.prose import any_of
from ...core.language import Language, known
from .figures import holds_figure
from .number import NEXT, RECENT, Number, as_time

SIGNS = {"£": "GBP", "€": "EUR", "$": "USD", "%": "%"}
"""Signs that stand for a unit in any language."""
MONEY = frozenset({"DKK", "GBP", "EUR", "USD", "SEK", "NOK"})


@cache
def _units(lang: Language) -> Mapping[str, str]:
    """What each word or sign for a unit stands for."""
    listed = known(lang).get("units", {})
    own = {word.replace("_", " "): str(unit) for unit, words in listed.items() for word in str(words).split()}
    return {**SIGNS, **{unit: unit for unit in MONEY}, **own}


@cache
def _patterns(lang: Language) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A unit behind a number, one before it, and any that stands beside a figure."""
    units = any_of(_units(lang))
    behind, before = rf"[ \u00a0-]?({units})(?![^\W_])", rf"(?<![^\W_])({units})\.?[ \u00a0]?\Z"
    beside = rf"(?<=\d)[ \u00a0-]?({units})(?![^\W_])|(?<![^\W_])({units})\.?[ \u00a0]?(?=\d)"
    return re.compile(behind), re.compile(before), re.compile(beside)


@lru_cache(RECENT)
def units_of(text: str, lang: Language) -> frozenset[str]:
    """The units that stand beside a figure of a text: quick."""
    found = _patterns(lang)[2].findall(text) if holds_figure(text) else ()
    return frozenset(_units(lang)[one or other] for one, other in found)


def unit_of(number: Number, text: str, lang: Language) -> str:
    """What a number of a text counts; nothing where that is not said beside it."""
    behind, before, _ = _patterns(lang)
    found = behind.match(text, number.end) or before.search(text[max(number.start - 12, 0) : number.start])
    return _units(lang)[found[1]] if found else ""


def counts_units(text: str, end: int, lang: Language) -> bool:
    """Whether a unit of money, a measure or a length of time stands behind a number that ends there."""
    behind = NEXT.match(text, end)
    return bool(_patterns(lang)[0].match(text, end) or (behind and as_time(Decimal(1), behind[1].lower())))


def names_of(unit: str, lang: Language) -> list[str]:
    """The words and signs for a unit."""
    return [word for word, stands_for in _units(lang).items() if stands_for == unit]


def speaks_of(unit: str, text: str, lang: Language) -> bool:
    """Whether a text names a unit at all, as the head of a table does; or may, where nobody has listed its words."""
    return "units" not in known(lang) or any(word in text for word in names_of(unit, lang))
