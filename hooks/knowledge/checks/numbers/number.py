"""A number: what it may stand for, so that it is the same in whatever way it is written."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from ...core.language import described, known, words_for

RECENT = 64
"""Texts of which is remembered what they hold: each is asked about several times."""


class Number(NamedTuple):
    """A number at its place."""

    written: str
    start: int
    readings: frozenset[str]
    """What it may stand for."""
    name: str
    """What a message calls it."""
    parts: tuple[str, ...] = ()
    """What its parts stand for, where it may be several numbers."""
    is_claim: bool = True
    """Whether the other language must have it: from two figures on, or as a word from eleven on."""
    is_small: bool = False
    """Whether it is an amount from two to ten, which languages say or leave out as they like."""
    within: tuple[str, ...] = ()
    """What others may find in it: a day and a year in a date, which is itself only where its month is right, too."""

    @property
    def end(self) -> int:
        """The place behind it."""
        return self.start + len(self.written)

    def is_in(self, known: frozenset[str]) -> bool:
        """Whether another text, of which this is known, holds it too."""
        return bool(self.readings & known) or (bool(self.parts) and known.issuperset(self.parts))


def plain(value: Decimal) -> str:
    """A value in one notation: `1.5`, `12`."""
    text = f"{round(value, 3):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def clock(hour: int, minute: int, half: str = "") -> set[str]:
    """The readings of a time of day; without `a` or `p` an hour up to 12 may be either."""
    day = {hour % 12 + (12 if half == "p" else 0)} if half else {hour} if hour > 12 else {hour, (hour + 12) % 24}
    whole = {str(h) for h in (*day, hour)} if not minute else set()
    return {f"{h % 24}:{minute:02}" for h in day} | whole


def of_decade(year: int) -> set[str]:
    """The readings of “the 1990s”, “the 90s” or “the 1800s”."""
    year = year or 2000  # »00'erne«
    if year % 100 == 0:  # The 1800s are a century, too.
        return {str(year), str(year // 100 + 1)}
    return {str(year), str(year % 100), str(1900 + year % 100)}


def _worth(what: str) -> dict[str, int]:
    """Words for amounts, with what each is worth, in all languages whose words are known."""
    said = (known(lang).get("numbers", {}).get(what, {}) for lang in described())
    return {word: worth for listed in said for worth, words in listed.items() for word in words.split()}


SCALES, MINUTES, MONTHS = _worth("scales"), _worth("minutes"), _worth("months")
"""What a number before a word is multiplied by; units of time, in minutes and in months: 90 minutes are one and a half
hours."""
_PER_CENT = (word for lang in described() for word in known(lang).get("units", {}).get("%", "").split())
PER_CENT = re.compile(rf"[ \u00a0]?(?:%|{'|'.join(_PER_CENT).replace('_', ' ')})")
PER_MILLE = re.compile(rf"[ \u00a0]?(?:‰|{words_for('per_mille')})")
NEXT = re.compile(rf"[ \u00a0-]*\n?(?:(?:{words_for('of_a')}) )?([^\W\d_]+(?:’s?)?)")


def with_unit(value: Decimal, text: str, end: int) -> set[str]:
    """Further readings of a number by what stands behind it: per cent, thousands, hours."""
    if PER_CENT.match(text, end):
        return {plain(value / 100)}
    if PER_MILLE.match(text, end):
        return {plain(value / 1000)}
    behind = NEXT.match(text, end)
    unit = behind[1].lower() if behind else ""
    if behind and unit in SCALES:
        value *= SCALES[unit]
        behind = NEXT.match(text, behind.end())
        return {plain(value)} | (as_time(value, behind[1].lower()) if behind else set())
    return as_time(value, unit)


def as_time(value: Decimal, unit: str) -> set[str]:
    """A length of time, in minutes or in months."""
    if unit in MINUTES:
        return {f"{plain(value * MINUTES[unit])} min"}
    return {f"{plain(value * MONTHS[unit])} months"} if unit in MONTHS else set()


def lengths(number: Number) -> frozenset[str]:
    """The lengths of time that a number may stand for."""
    return frozenset(reading for reading in number.readings if reading.endswith((" min", " months")))
