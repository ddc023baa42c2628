"""The interface's words of each language, and dates in words."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import yaml
from babel import Locale
from babel.dates import DateTimePattern, get_date_format

from .language import LANGUAGES, Language


def in_words(date: dt.date, lang: Language) -> str:
    """A date as a sentence says it: `24. november 2026`."""
    pattern, locale = _form(lang)
    return pattern.apply(date, locale)


@cache
def _form(lang: Language) -> tuple[DateTimePattern, Locale]:
    """Looked up once, which is most of the work."""
    locale = Locale.parse({"da": "da_DK", "en": "en_GB"}[lang])
    return get_date_format("long", locale), locale


def read_strings(folder: Path) -> dict[Language, dict[str, str]]:
    """The interface's words of each language."""
    return {lang: yaml.load((folder / f"{lang}.yml").read_text("utf-8"), yaml.CSafeLoader) for lang in LANGUAGES}
