"""The interface's words of each language, and dates in words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import yaml
from babel.dates import format_date

from .language import LANGUAGES, Language


def in_words(date: dt.date, lang: Language) -> str:
    """A date as a sentence says it: `24. november 2026`."""
    return format_date(date, "long", {"da": "da_DK", "en": "en_GB"}[lang])


def read_strings(folder: Path) -> dict[Language, dict[str, str]]:
    """The interface's words of each language."""
    return {lang: yaml.load((folder / f"{lang}.yml").read_text("utf-8"), yaml.CSafeLoader) for lang in LANGUAGES}
