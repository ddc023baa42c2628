"""A number: what it may stand for, so that it is the same in whatever way it is written."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple


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
    if year % 100 == 0:  # The 1800s are a century, too.
        return {str(year), str(year // 100 + 1)}
    return {str(year), str(year % 100), str(1900 + year % 100)}


SCALES = {
    **dict.fromkeys("hundrede hundred hundreder hundreds".split(), 100),
    **dict.fromkeys("tusind tusinde thousand".split(), 1000),
    **dict.fromkeys("mio million millioner millions".split(), 10**6),
    **dict.fromkeys("mia milliard milliarder billion".split(), 10**9),
}
"""What a number before them is multiplied by."""
MINUTES = {
    **dict.fromkeys("minut minutter minutters minutes minute min".split(), 1),
    **dict.fromkeys("kvarter kvarters".split(), 15),
    **dict.fromkeys("time timer timers hour hours hour’s hours’".split(), 60),
    **dict.fromkeys("dag dage dages døgn døgns day days day’s days’".split(), 1440),
    **dict.fromkeys("uge uger ugers week weeks week’s weeks’".split(), 10080),
    **dict.fromkeys("fortnight fortnights".split(), 20160),
}
MONTHS = {
    **dict.fromkeys("måned måneder måneders month months month’s months’".split(), 1),
    **dict.fromkeys("år års year years year’s years’".split(), 12),
    **dict.fromkeys("årti årtier decade decades".split(), 120),
    **dict.fromkeys("århundrede århundreder century centuries".split(), 1200),
}
"""Units of time, in minutes and in months: 90 minutes are one and a half hours."""
PER_CENT = re.compile(r"[ \u00a0]?(?:%|procent|percent|per cent|pct)")
NEXT = re.compile(r"[ \u00a0-]*\n?(?:of )?(?:an? )?([^\W\d_]+(?:’s?)?)")


def with_unit(value: Decimal, text: str, end: int) -> set[str]:
    """Further readings of a number by what stands behind it: per cent, thousands, hours."""
    if PER_CENT.match(text, end):
        return {plain(value / 100)}
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
