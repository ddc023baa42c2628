"""What cannot be: a day that is in no calendar, 25 o'clock, 120 per cent of the clients."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from ...content.prose import any_of, around
from ...core.language import Language, known, pattern_of, weekdays, words_for
from .figures import DAY_ENDS, FIGURE, RANGE, holds_figure, hours_of, month_names, named_dates, named_day, value
from .number import MINUTES, MONTHS
from .units import MONEY, names_of

DATE = re.compile(
    r"(?<![\w.,/-])(?:(?P<day>\d{1,2})(?P<mark>[./-])(?P<month>\d{1,2})(?P=mark)(?P<year>[12]\d{3})"
    r"|(?P<year_first>[12]\d{3})-(?P<second>\d\d)-(?P<third>\d\d))(?![\w/-])"
)
"""A day in figures, in the order of any language here; what stands in another order is told."""
YEARS = re.compile(r"(?<![\w.,/-])(?P<first>(?:19|20)\d\d)[ ]?[-–][ ]?(?P<last>(?:19|20)\d\d)(?![\w/-]|[.,]\d)")
"""From one year to another."""
CALENDAR = "look it up, and write a day that is in the calendar"


Impossible = tuple[int, str, str]
"""Where something stands that cannot be, what is said of it, and what to do."""


def impossible(text: str, lang: Language) -> Iterator[Impossible]:
    """What a text says that cannot be, at its place."""
    if not holds_figure(text):
        return
    start = 0
    for line in text.split("\n"):  # Most hold no figure.
        if FIGURE.search(line):
            yield from ((start + place, message, fix) for place, message, fix in _impossible(line, lang))
        start += len(line) + 1


def _impossible(text: str, lang: Language) -> Iterator[Impossible]:
    patterns = _patterns(lang)
    for found in named_dates(lang).finditer(text):
        day, month, year = named_day(found, lang)
        # “In May 40 people” is no day.
        if found["month"] or year or re.search(rf"\d(?:{DAY_ENDS})\b", found[0]):
            yield from _wrong_day(found, lang, day, month, int(year or 0))
    for found in DATE.finditer(text):
        parts = found["day"] or found["third"], found["month"] or found["second"], found["year"] or found["year_first"]
        yield from _wrong_day(found, lang, *map(int, parts))
    for found in patterns.odd_years.finditer(text):
        message = f"“{found['year']}” is hardly the year that is meant"
        yield found.start("year"), message, "look the year up"
    for found in YEARS.finditer(text):
        if found["first"] > found["last"]:
            yield found.start(), f"“{found[0]}” runs backwards", "write the earlier year first"
    yield from _too_many(text, lang)
    if RANGES.search(text):
        yield from _backwards(text, lang)
    for pattern in patterns.times:
        yield from (time for found in pattern.finditer(text) for time in _wrong_time(found))
    for found in patterns.shares.finditer(text):
        part, whole = (value(found[name] or "100", lang) or Decimal() for name in ("part", "whole"))
        if part > whole > 0:
            message = f"“{' '.join(found[0].split())}” is more than all of them"
            yield found.start(), message, "look the number up in the source"


def _wrong_day(found: re.Match[str], lang: Language, day: int, month: int, year: int) -> Iterator[Impossible]:
    """A day that is in no calendar, or is another day of the week than the text says."""
    written, start = " ".join(found[0].split()), found.start()
    if not 1 <= month <= 12:
        fix = "write the day before the month, or the month as a word: 20 November 2026" if day <= 12 else CALENDAR
        yield start, f"“{written}” is no day: there is no month {month}", fix
        return
    days = calendar.monthrange(year or 2000, month)[1]
    if not 1 <= day <= days:
        yield start, f"“{written}” is no day: that month has {days} days", CALENDAR
    elif year and (said := _patterns(lang).weekday.search(found.string[max(start - 20, 0) : start])):
        right = dt.date(year, month, day).weekday()
        name = next(name for name, number in weekdays(lang).items() if number == right)
        if _patterns(lang).weekdays[said[1].lower()] != right:
            whole = " ".join((said[0] + found[0]).split())
            message = f"“{whole}” is another day of the week: it is “{name}”"
            yield start - len(said[0]), message, "look up which of the two is right"


def _wrong_time(found: re.Match[str]) -> Iterator[Impossible]:
    """A time of day that no clock shows."""
    hours, half = hours_of(found)
    latest = 12 if half in ("a", "p") else 24
    if any(hour > latest or minute > 59 or (hour == 24 and minute) for hour, minute in hours):
        message = f"“{' '.join(found[0].split())}” is no time of day"
        yield found.start(), message, "write it as a clock shows it: 17.30, or 5.30 pm"


RANGES = re.compile(rf"\d[ ]?[-–][ ]?\d|[ ](?:{words_for('until')}|{words_for('and')}) \d")
"""A glance at what may be a range."""


def _backwards(text: str, lang: Language) -> Iterator[Impossible]:
    """Ranges that go from much to little, where nothing falls and none of two is chosen; each once."""
    told = set()
    for place, pattern in enumerate(_patterns(lang).ranges):
        for found in pattern.finditer(text):
            first, last = (value(found[name], lang) for name in ("first", "last"))
            if first is None or last is None or first <= last or found.start("first") in told:
                continue
            if place and _patterns(lang).falling.search(_sentence(text, *found.span())):
                continue
            told.add(found.start("first"))
            yield found.start(), f"“{found[0]}” runs backwards", "write the smaller number first"


SENTENCE_ENDS = re.compile(r"[.?!;](?=\s|\Z)")


def _sentence(line: str, start: int, end: int) -> str:
    """The sentence in which something was found."""
    return line[slice(*around(SENTENCE_ENDS, line, start, end))]


AMOUNT = re.compile(r"(?<![\w.,-])(\d[\d.,]*)[ \u00a0-]([^\W\d_]+)\Z")


def _too_many(text: str, lang: Language) -> Iterator[Impossible]:
    """More hours than a day has, more days than a week has."""
    for whole, most in _patterns(lang).amounts:
        end = text.find(whole)
        while end >= 0:
            before, after = text[max(end - 30, 0) : end], end + len(whole)
            found = AMOUNT.search(before) if before.endswith(tuple(most)) else None
            if found and not text[after : after + 1].isalpha():
                start, limit = end - len(found[0]), most.get(found[2].lower())
                amount = value(found[1], lang)
                sentence = _sentence(text, start, after)
                # “If there were 25 hours in a day” is a wish.
                if limit and amount and amount > limit and not pattern_of(lang, "wishes").search(sentence):
                    written = found[0] + whole
                    message = f"“{written}” cannot be: there are {limit} at most"
                    yield start, message, "look the number up in the source"
            end = text.find(whole, after)


class _Patterns:
    """What is looked for in texts of a language."""

    def __init__(self, lang: Language) -> None:
        said, gap = known(lang), r"[ \u00a0]"
        times = [read["pattern"].replace("RANGE", RANGE) for read in said.get("figures", ()) if read["is"] == "time"]
        if before := said.get("times_after"):
            times.append(rf"(?<!\w)(?:{before})[ ](\d{{1,2}}):(\d\d)(?![\d:])")
        self.times = [re.compile(pattern, re.IGNORECASE) for pattern in times]
        self.amounts = [
            (f" {whole}", {unit: number for number, units in listed["most"].items() for unit in units.split()})
            for listed in said.get("amounts", ())
            for whole in listed["of"].split("|")
        ]
        """What may stand behind an amount of a unit, and how many of each unit it may be at most."""
        before = "|".join((said.get("before_year", "(?!)"), *month_names(lang)))
        year, end = r"(?P<year>10\d\d|(?:19|20)\d{3})", r"(?=[.,;:)?!]*(?:$|(?<=[.,;:)?!])[ ]))"
        self.odd_years = re.compile(rf"(?<!\w)(?i:{before})[ \u00a0,]{{1,2}}{year}{end}")
        """Years of which a figure was typed wrongly, where nothing else can be meant: behind a month, or “in 1026.”"""
        short, whole = (weekdays(lang, width) for width in ("abbreviated", "wide"))
        self.weekdays = {name.lower(): number for name, number in (short | whole).items()}
        """The days of the week in full and as they are abbreviated."""
        self.weekday = re.compile(
            rf"\b({any_of(whole)}|(?-i:{any_of(short)})),?\s+(?:(?:{words_for('before_day')})\s+)?\Z", re.IGNORECASE
        )
        """A day of the week right before a date; abbreviated only as it is written: »man« and “sat” are other words."""
        shares, per_cent = said.get("shares", {}), any_of(names_of("%", lang))
        people, out_of, of = (shares.get(what, "(?!)") for what in ("people", "out_of", "of"))
        number = r"\d[\d.,]*(?<=\d)|\d"
        self.shares = re.compile(
            rf"(?<![\w.,–-])(?P<part>{number})(?:{gap}?(?:{per_cent})\.?\s+(?:{of})"
            rf"\s+(?:{'|'.join(people.split())})\b(?!['’])|\s+(?:{out_of})\s+(?P<whole>{number}))"
        )
        """So many per cent of people, or so many out of so many."""
        self.falling = re.compile(said.get("ranges", {}).get("falls", "(?!)"), re.IGNORECASE)
        """Words beside which a range may run backwards: it fell from 10 to 5 years, ten to five years ago."""
        self.ranges = _ranges(lang)


_patterns = cache(_Patterns)


def _ranges(lang: Language) -> list[re.Pattern[str]]:
    """From so many years, weeks, sessions or per cent to so many, first those with a mark between them; so much money;
    people of such ages."""
    said = known(lang).get("ranges", {})
    begins, until, between, ages, people = (
        said.get(name, "(?!)") for name in ("from", "until", "between", "ages", "people")
    )
    money = any_of(word for unit in MONEY for word in names_of(unit, lang))
    counted = (*names_of("%", lang), *MINUTES, *MONTHS, *said.get("counted", "").split())
    number, gap = r"\d(?:[\d.,]*\d)?", r"[ \u00a0]"
    first, last = rf"(?<![\w.,:/–-])(?P<first>{number})", rf"(?P<last>{number})(?![\w%])"
    unit = rf"{gap}?(?:{any_of(counted)}|{money})(?![^\W_])"
    mark, until = rf"{gap}?[-–]{gap}?", rf"(?:{unit})?{gap}(?:{until}){gap}"
    both, aged = rf"(?:{unit})?{gap}(?:{words_for('and')}){gap}", rf"(?:{ages}){gap}(?:(?:{begins}){gap})?"
    last_of = rf"(?P<last>{number}){unit}(?!{gap}(?:{said.get('past', '(?!)')}))"
    return [
        re.compile(rf"{first}{mark}{last_of}"),
        re.compile(rf"{first}{until}{last_of}"),
        re.compile(rf"(?:{money}){gap}?{first}(?:{mark}|{until}){last}"),
        re.compile(rf"\b(?:{between}){gap}{first}{both}{last_of}"),
        re.compile(rf"\b(?i:(?:{between}){gap}{aged}|(?:{people}){gap}(?:{between}){gap}){first}{both}{last}"),
        re.compile(rf"\b(?i:{aged}|(?:{people}){gap}(?:{begins}){gap}){first}(?:{mark}|{until}){last}"),
    ]
