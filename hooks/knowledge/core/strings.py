"""The interface's words of each language, and dates in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import yaml
from babel.dates import format_date
from babel.numbers import format_decimal

from .language import ENGLISH, LANGUAGES, Language, Languages, locale
from .placeholder import filled


def in_words(date: dt.date, lang: Language) -> str:
    """A date as a sentence says it: `24. november 2026`."""
    return format_date(date, "long", locale(lang) or locale(ENGLISH))


def file_size(size: int, lang: Language) -> str:
    """A file's size as people say it: `230 kB`, `3,2 MB`."""
    if size < 999_500:
        return f"{max(1, round(size / 1000))} kB"
    form = "0.0" if size < 9_950_000 else "0"
    return f"{format_decimal(size / 1_000_000, form, locale(lang) or locale(ENGLISH))} MB"


def read_strings(
    folder: Path, languages: Languages = LANGUAGES, values: Mapping[str, str] = MappingProxyType({})
) -> dict[Language, dict[str, str]]:
    """The interface's words of each language; in a preview, those of the original where a language has none yet."""
    files = {lang: folder / f"{lang}.yml" for lang in languages}
    there = {lang: file if file.is_file() else files[languages.original] for lang, file in files.items()}
    return filled({lang: _words(file.read_text("utf-8", "replace")) for lang, file in there.items()}, values)


@lru_cache(maxsize=16)
def _words(text: str) -> dict[str, str]:
    """A file of words, read once in a process: it is asked for twice in a build, and in a preview at each save."""
    return yaml.load(text, yaml.CSafeLoader)
