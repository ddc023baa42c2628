"""A wrong value: what pydantic's errors mean, in an editor's words, at the place of the value."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import cache
from typing import Any, get_args

from ..core.document import Document, KeyPath
from ..core.language import described, months
from ..core.problems import Problem, did_you_mean, short
from .shape import bare, choices, fields, noted, shape_at

_WORD = "[a-z0-9ß-öø-ÿ]+"
PHRASE = rf"^{_WORD}\*?(?:[/ ]{_WORD}\*?)*$"
PLAIN_WORDS = rf"^{_WORD}\*?(?: {_WORD}\*?)*\n?$"
GROUP = r"^[a-z0-9ß-öø-ÿ-]+(?: [a-z0-9ß-öø-ÿ-]+)+$"
SMALL = "words in small letters, with a space between two"
PATTERNS = {
    r"^[a-z0-9]+([-/][a-z0-9]+)*$": ("a-z, 0-9 and - only", "write æ, ø, å as ae, oe, aa, and spaces as -"),
    r"^[a-z0-9-]+(/[a-z0-9-]+)*$": ("a key of a-z, 0-9 and - only", "write it as it is in the file that it names"),
    r"^https://\S+$": ("an address that begins with https://", "write the whole address, as a browser shows it"),
    r"^10\.\d+/\S+$": ("a DOI such as 10.1037/h0085885", "write what comes after https://doi.org/"),
    r"^[a-z]{2,3}$": ("the short name of a language", "write da for Danish, en for English"),
    PHRASE: (SMALL, "write no other mark than * for more letters and / between two words"),
    PLAIN_WORDS: (SMALL, "write no other mark than * for more letters"),
    GROUP: ("two words or more in small letters", "write spaces between them, and no other mark than a hyphen"),
}
"""What a pattern asks for, in an editor's words, and how to fix it."""
EXPECTED = {
    "string_type": ("text", "put it in quotation marks"),
    "list_type": ("a list such as [one, two]", "put it in square brackets"),
    "bool_type": ("true or false", "write true or false"),
    "int_type": ("a whole number", "write a figure, without quotation marks"),
    "int_from_float": ("a whole number", "write a figure without decimals"),
    "float_type": ("a number", "write a figure, without quotation marks"),
    "dict_type": ("keys below it", "write each as “key: text” on a line of its own, two spaces further in"),
    "model_type": ("keys below it", "write each as “key: text” on a line of its own, two spaces further in"),
}
"""What pydantic's error types ask for, in an editor's words, and how to fix it."""


def explained(details: Any, document: Document, shape: Any, needed: frozenset[str]) -> Problem:
    """Pydantic's error as a problem at the place of the value."""
    path: KeyPath = tuple(part for part in details["loc"] if part != "[key]")
    kind, value, known = details["type"], details["input"], details.get("ctx", {})
    name, key = name_of(path), str(path[-1]) if path else ""
    around, there = shape_at(shape, path[:-1]), shape_at(shape, path)
    if kind == "missing":
        return document.problem(path[:-1], f"{name} is missing", f"add a line “{key}: …”")
    if kind == "extra_forbidden":
        return document.problem(path, f"{name} is not a known key", did_you_mean(key, fields(around)))
    if kind == "invalid_key" or details["loc"][-1:] == ("[key]",):
        known_keys = [*choices(next(iter(get_args(bare(around)[0])), None))]
        otherwise = "write a word; a number or yes and no go in quotation marks"
        fix = did_you_mean(key, known_keys) if known_keys else otherwise
        return document.problem(path, f"“{key}” cannot be a key here", fix)
    if kind == "value_error":
        message = f"{name}: {known['error']}" if path else str(known["error"])
        return document.problem(path, message, "write it like that")
    if value is None or (isinstance(value, str) and not value.strip()) or kind == "too_short":
        field = fields(around).get(key)
        is_optional = bool(path) and key not in needed and not (field and field.is_required())
        return document.problem(path, f"{name} is empty", "write it, or delete the line" if is_optional else "write it")
    if kind.startswith("date"):
        expected, fix = _about_day(value)
    elif kind in ("literal_error", "enum"):
        listed = sorted(choices(there))
        expected = f"one of: {', '.join(listed)}"
        fix = did_you_mean(str(value), listed, otherwise="write one of them")
    elif kind == "string_pattern_mismatch":
        expected, fix = PATTERNS.get(known["pattern"]) or _described(there)
    elif "than" in kind:
        low, high = noted(there, "ge") or 0, noted(there, "le")
        expected, fix = f"a number from {low} to {high}" if high else f"at least {low}", "write another number"
    else:
        expected, fix = EXPECTED.get(kind) or _described(there)
        if kind == "string_type" and isinstance(value, list | dict):
            fix = "write it as one text, without brackets and lists"
    return document.problem(path, f"{name} is {_quoted(document.written(path) or value)}; expected {expected}", fix)


def name_of(path: KeyPath) -> str:
    """What a place is called in a message: “bordin1979.author.family” (item 2)."""
    keys = ".".join(part for part in path if isinstance(part, str))
    items = [part for part in path if isinstance(part, int)]
    item = f"item {items[-1] + 1}" if items else ""
    return f"“{keys}” ({item})" if keys and item else f"“{keys}”" if keys else item or "the file"


def _described(shape: Any) -> tuple[str, str]:
    """What a field's own description says of it, where nothing better is known."""
    text = noted(shape, "description")
    fix = "write it as in the records around it"
    return (f"this: {text[0].lower()}{text[1:].rstrip('.')}" if text else "something else"), fix


@cache
def _months() -> dict[str, int]:
    """The months by their names in small letters, in the languages of which something is known."""
    return {name.lower(): number for lang in described() for name, number in months(lang).items()}


def _about_day(value: Any) -> tuple[str, str]:
    """What is expected of a date, and how it is written, where one can guess which day is meant."""
    text = str(value)
    if isinstance(value, dt.datetime):
        return "a day without a time", f"write {value.date()}"
    year, month, day = _year_month_day(text)
    if year and month > 12:
        return f"a day that is in the calendar: there is no month {month}", "write year, month, day, as 2026-11-20"
    if year and not 1 <= day <= calendar.monthrange(year, month)[1]:
        days = calendar.monthrange(year, month)[1]
        expected = f"a day that is in the calendar: {calendar.month_name[month]} {year} has {days} days"
        return expected, "write year, month, day, as 2026-11-20"
    fix = f"write {year:04}-{month:02}-{day:02}" if year else "write year, month and day in figures"
    return "a date such as 2026-11-20", fix


def _year_month_day(text: str) -> tuple[int, int, int]:
    """Year, month and day of a date in another notation; a year 0 where they are not all there."""
    text = re.sub(r"[^\W\d_]+", lambda word: str(_months().get(word[0].lower(), "")), text)
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if len(numbers) < 3:
        return 0, 0, 0
    first, month, last = numbers[:3]
    year, day = (first, last) if first > 31 else (last, first)
    if not 1000 <= year <= 9999 or not month:
        return 0, 0, 0
    return (year, day, month) if month > 12 >= day and first <= 31 else (year, month, day)


def _quoted(value: Any) -> str:
    return f"“{short(value if isinstance(value, str) else repr(value), 60)}”"
