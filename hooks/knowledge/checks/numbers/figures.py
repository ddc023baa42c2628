"""Numbers that are written in figures: amounts, dates, times of day, decades, centuries, telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache

from ...content.prose import any_of
from ...core.language import Language, decimal_mark, known, months, words_for
from .number import NEXT, PER_CENT, RECENT, SCALES, Number, clock, of_decade, plain, with_unit

FIGURE = re.compile(r"\d", re.ASCII)
"""`re` knows the ten figures twice as quickly as those of all scripts."""
READ = "\0"
"""Stands for each character of a number that was read: no word goes on beyond it."""


@lru_cache(RECENT)
def holds_figure(text: str) -> bool:
    """Whether a text holds a figure at all."""
    return FIGURE.search(text) is not None


def figures(text: str, lang: Language) -> tuple[list[Number], str]:
    """The numbers in figures of a text, and the text without them."""
    found: list[Number] = []
    for pattern, read in _patterns(lang) if holds_figure(text) else ():
        for match in pattern.finditer(text):
            found += read(match, text, lang)
        text = pattern.sub(lambda match: "\n".join(READ * len(line) for line in match[0].split("\n")), text)
    return found, text


def _number(match: re.Match[str], readings: set[str], parts: tuple[str, ...] = (), name: str = "") -> Number:
    written = match[0].strip()
    start, figures = match.start() + match[0].index(written), sum(map(str.isdigit, written))
    is_small = len(written) < 3 and written.isdecimal() and 2 <= int(written) <= 10
    return Number(written, start, frozenset(readings), name or " ".join(written.split()), parts, figures > 1, is_small)


def _date(match: re.Match[str], text: str, lang: Language) -> Iterator[Number]:
    year, day = (match[1], match[3]) if match[1] else (match[6], match[4])
    yield _day(match, int(day), int(match[2] or match[5]), year)


def _named_date(match: re.Match[str], text: str, lang: Language) -> Iterator[Number]:
    yield _day(match, *named_day(match, lang))


def _day(match: re.Match[str], day: int, month: int, year: str) -> Number:
    written = f"{month}-{day}"
    within = (year, written, str(day)) if year else (str(day),)
    return _number(match, {f"{int(year)}-{written}" if year else written})._replace(within=within, is_claim=True)


def _time(match: re.Match[str], text: str, lang: Language) -> Iterator[Number]:
    hours, half = hours_of(match)
    for hour, minute in hours:
        number = _number(match, clock(hour, minute, half))
        # An hour alone may be left out, as small amounts may; opening hours may not.
        is_claim = number.is_claim or bool(UP_TO.match(text, match.end()) or FROM.search(text[: match.start()][-20:]))
        yield number._replace(is_claim=is_claim, is_small=not is_claim)


def hours_of(match: re.Match[str]) -> tuple[list[tuple[int, int]], str]:
    """Hour and minute of a time of day, or of both ends of a range, and which half is meant: a, p or nothing."""
    hours = [(int(match[1]), int(match[2] or 0))]
    if match.re.groups > 3 and match[3]:
        hours.append((int(match[3]), int(match[4] or 0)))
    return hours, (match.groupdict().get("half") or "")[:1].lower()


UP_TO = re.compile(rf"[ \u00a0]?(?:[-–]|{words_for('until')})[ \u00a0]?(?:(?:{words_for('clock')}) )?\d")
FROM = re.compile(rf"\d[ \u00a0]?(?:[ap]\.?m\.?)?[ \u00a0]?(?:[-–]|{words_for('until')})[ \u00a0]?\Z", re.IGNORECASE)
"""What stands behind and before an hour of “9 am to 3 pm”."""


def _decade(match: re.Match[str], text: str, lang: Language) -> Iterator[Number]:
    yield _number(match, of_decade(int(match[1])))


def _century(match: re.Match[str], text: str, lang: Language) -> Iterator[Number]:
    yield _number(match, {match[1], str((int(match[1]) - 1) * 100)})


def _section(match: re.Match[str], text: str, lang: Language) -> Iterator[Number]:
    """“Section 7 a” of a law is another than 7 b."""
    yield _number(match, {f"{match[1]} {match[2]}"})._replace(within=(match[1],), is_claim=True)


def _every_days(match: re.Match[str], text: str, lang: Language) -> Iterator[Number]:
    """»Hver 14. dag« is every two weeks, and every other week."""
    weeks = {plain(Decimal(match[1]) / 7)}
    yield _number(match, {match[1], *weeks})._replace(is_claim=False, is_small=False)


def _phone(match: re.Match[str], text: str, lang: Language) -> Iterator[Number]:
    """Digits in groups, with a country's code or without; two numbers may stand side by side like that, too."""
    groups = re.findall(r"\d+", match["number"])
    whole = "".join(groups)
    code = "".join(re.findall(r"\d+", match["code"] or ""))
    yield _number(
        match,
        {whole, whole.lstrip("0"), *({(code + whole)[-8:]} if code else ())},
        tuple(groups) if len(groups) > 1 else (),
    )


def _fraction(match: re.Match[str], text: str, lang: Language) -> Iterator[Number]:
    if match[0] != "24/7" and int(match[2]):  # Round the clock, in any language.
        day = {f"{int(match[2])}-{int(match[1])}"}  # 31/12 may be one.
        yield _number(match, {plain(Decimal(match[1]) / Decimal(match[2]))} | day, (match[1], match[2]))


def _figure(match: re.Match[str], text: str, lang: Language) -> Iterator[Number]:
    written = match[0]
    start, end = match.span()
    if text[start - 1 : start] in ("", "\n") and text.startswith((". ", ") "), end) and written.isdecimal():
        if text[end] != "." or not text.startswith(tuple(month_names(lang)), end + 2):
            return  # It counts an item of a list.
    amount = value(written, lang)
    if amount is None:
        yield _number(match, {written.strip(".,")})
        return
    behind = NEXT.match(text, end)
    is_scaled = behind and behind[1].lower() in SCALES  # 3.5 million is no 3.5.
    name = plain(amount)
    readings = set() if is_scaled else {name}
    time = re.fullmatch(r"(\d{1,2})[.](\d\d)", written)
    if time and int(time[1]) < 25 and int(time[2]) < 60:
        readings |= clock(int(time[1]), int(time[2])) | {plain(Decimal(written))}
    number = _number(match, readings | with_unit(amount, text, end), name=name)
    yield number._replace(is_claim=number.is_claim or bool(PER_CENT.match(text, end)))


@lru_cache(RECENT)
def value(written: str, lang: Language) -> Decimal | None:
    """A figure's value in the notation of a language."""
    thousands, decimal = (".", ",") if decimal_mark(lang) == "," else (",", ".")
    if len(written) > 15:
        return None
    halves = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.3333", "⅔": "0.6667"}
    extra = Decimal(halves.get(written[-1:], "0"))
    number = re.sub("[½¼¾⅓⅔]", "", written)
    if re.fullmatch(rf"\d{{1,3}}(\{thousands}\d{{3}})+(\{decimal}\d+)?", number):
        number = number.replace(thousands, "")
    try:
        return Decimal(number.replace(decimal, ".").rstrip(".") or "0") + extra
    except InvalidOperation:
        return None


_GROUPS = r"\d{1,4}(?:[ \u00a0\u202f]\d{2,4})+(?![\d.,]*\d)"
_SHARED: tuple = (
    (
        re.compile(
            r"(?<![\w.])(?:(\d{4})-(\d\d)-(\d\d)|(\d{1,2})[./](\d{1,2})(?:[./]|(?<=/\d)[ ]|(?<=/\d\d)[ ])(\d{4}))(?!\w)"
        ),
        _date,
    ),
    (
        re.compile(r"(?P<code>\(?(?:\+|\b00)\d{1,3}\)?[ \u00a0]*(?:\(0\)[ ]*)?)(?P<number>\d[\d \u00a0]{4,}\d)"),
        _phone,
    ),
    (re.compile(r"(?<![\w.,:])(\d{1,2}):(\d\d)(?![\d:])"), _time),
)
_END: tuple = (
    (re.compile(r"(?<![\w.,-])(?P<code>)(?P<number>\d\d(?P<mark>[.‑-])\d\d(?:(?P=mark)\d\d){2})(?![\w-])"), _phone),
    (re.compile(rf"(?<![\w.,])(?P<code>)(?P<number>{_GROUPS})"), _phone),
    (re.compile(r"(?<![\w./])(\d{1,3})/(\d{1,3})(?![\w/])"), _fraction),
    (re.compile(r"(?<![\w@])(?:\d[\d.,]*[½¼¾⅓⅔]|\d[\d.,]*\d|\d|(?<![.,])\.\d+)|[½¼¾⅓⅔]"), _figure),
)
RANGE = (
    rf"(?:(?:[ ]?[-–][ ]?|[ ](?:{words_for('until')}|{words_for('and')})[ ])"
    r"(\d{1,2})(?:[.:](\d\d))?)?"
)
"""Up to which hour, behind a time of day."""
_READERS = {"time": _time, "decade": _decade, "century": _century, "every_days": _every_days, "section": _section}
"""By the name that a language's file uses."""


DAY_ENDS, DAY_OF = words_for("day_ends"), words_for("day_of")
"""What stands behind the number of a day, and between it and its month: “20th of”."""


def month_names(lang: Language) -> dict[str, int]:
    """The names of the months in a language, and their abbreviations, as they are written within a sentence."""
    return months(lang, "wide", "abbreviated")


@cache
def named_dates(lang: Language) -> re.Pattern[str]:
    """Days with the name of their month: »20. november 2026«, “20 November”, “November 20, 2026”."""
    names = any_of(month_names(lang))
    day, year = rf"\d{{1,2}})(?:{DAY_ENDS}|\.)?", r"(?:\.?,?[ \u00a0\n](?P<{}>\d{{4}})(?!\w))?"
    first, last = year.format("year"), year.format("last")
    second = day.replace(r"\d{1,2}", r"(?:3[01]|[12]\d|0?[1-9])")  # “In May 40 people” is no day.
    return re.compile(
        rf"(?<![\w.,])(?P<day>{day}[ \u00a0\n](?:(?:{DAY_OF}) )?(?P<month>{names})(?![\w-]){first}"
        rf"|\b(?P<first>{names})[ \u00a0](?P<second>{second}(?![\w:]|[.,]\d){last}"
    )


def named_day(match: re.Match[str], lang: Language) -> tuple[int, int, str]:
    """Day, month and year of such a date; the year may be missing."""
    month = month_names(lang)[match["month"] or match["first"]]
    return int(match["day"] or match["second"]), month, match["year"] or match["last"] or ""


@cache
def _patterns(lang: Language) -> tuple:
    """What a number may look like, the special before the plain, and how it is read."""
    own = known(lang).get("figures", ())
    flags = {"time": re.IGNORECASE}
    return (
        (named_dates(lang), _named_date),
        *_SHARED,
        *((re.compile(p["pattern"].replace("RANGE", RANGE), flags.get(p["is"], 0)), _READERS[p["is"]]) for p in own),
        *_END,
    )
