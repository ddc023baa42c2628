"""The interface's words of each language, and dates in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml
from babel import Locale
from babel.dates import DateTimePattern, get_date_format

from .language import LANGUAGES, Language
from .placeholder import filled


def in_words(date: dt.date, lang: Language) -> str:
    """A date as a sentence says it: `24. november 2026`."""
    pattern, locale = _form(lang)
    return pattern.apply(date, locale)


@cache
def _form(lang: Language) -> tuple[DateTimePattern, Locale]:
    """Looked up once, which is most of the work."""
    locale = Locale.parse({"da": "da_DK", "en": "en_GB"}[lang])
    return get_date_format("long", locale), locale


def read_strings(folder: Path, values: Mapping[str, str] = MappingProxyType({})) -> dict[Language, dict[str, str]]:
    """The interface's words of each language.

    Args:
        values: what placeholders stand for.
    """
    words = {lang: yaml.load((folder / f"{lang}.yml").read_text("utf-8"), yaml.CSafeLoader) for lang in LANGUAGES}
    return filled(words, values)
