"""Days of the week and months: one that is another in the other language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from ...content.prose import any_of, blanked
from ...core.language import Language, months, weekdays, words_for
from .figures import named_dates
from .number import RECENT

Name = tuple[str, int]
"""What a name stands for in all languages: its kind and a number."""


@cache
def _pattern(lang: Language) -> re.Pattern[str]:
    """The names, with their endings; a month only as it is written within a sentence: “Maj” and “August” are people."""
    days = [*weekdays(lang), *(day[0].swapcase() + day[1:] for day in weekdays(lang))]
    day, month = any_of(days), any_of(months(lang))
    ends = words_for("weekday_ends")
    return re.compile(rf"(?P<day>{day})(?:{ends})?s?(?![^\W_])|(?P<month>{month})s?(?![\w-])")


@cache
def _numbers(lang: Language) -> dict[str, Name]:
    kinds = {"day": weekdays(lang), "month": months(lang)}
    return {name.lower(): (kind, n) for kind, named in kinds.items() for name, n in named.items()}


@lru_cache(RECENT)
def _names(text: str, lang: Language) -> tuple[tuple[Name, int, int], ...]:
    """What each name stands for, with its place and its end."""
    return tuple(
        (_numbers(lang)[(found["day"] or found["month"]).lower()], *found.span())
        for found in _pattern(lang).finditer(text)
        if not text[found.start() - 1 : found.start()].isalnum()
    )


def differing_names(texts: Mapping[Language, str]) -> Iterator[tuple[Language, str, int]]:
    """Days and months of two texts of which each says one that the other does not, with language and place.

    One that a text says and the other leaves out is a way of saying it: “on weekdays”.
    """
    if len({frozenset(name for name, *_ in _names(text, lang)) for lang, text in texts.items()}) == 1:
        return
    plain = {lang: named_dates(lang).sub(blanked, text) for lang, text in texts.items()}
    said = {lang: {name for name, *_ in _names(text, lang)} for lang, text in texts.items()}
    for kind in dict.fromkeys(kind for names in said.values() for kind, _ in names):
        lone = {
            lang: [found for found in _names(text, lang) if found[0][0] == kind and found[0] not in said[other]]
            for (lang, text), other in zip(plain.items(), tuple(plain)[::-1], strict=True)
        }
        if all(lone.values()):
            for lang, names in lone.items():
                for _, start, end in names:
                    yield lang, texts[lang][start:end], start
