"""What is said without a figure, or beside one: how often, which time, at least or at most, before or after, both; days
of the week and months; and opposites, which a whole section may hold both of, and a sentence seldom."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import TypeVar

from ...content.prose import any_of
from ...core.language import Language, known, months, weekdays, words_for
from .figures import named_dates
from .number import RECENT
from .words import words_of

T = TypeVar("T")
Span = tuple[int, int]
"""Where something begins and ends."""
COMPARES = "compares"


@cache
def _patterns(lang: Language, listed: str, kind: str) -> dict[int, re.Pattern[str]]:
    """What a language may say of a kind that its file lists, by numbers that are the same in all languages."""
    said = known(lang)[listed][kind]
    return {n: re.compile(rf"\b(?:{said[n]})(?:(?<=\s)|(?!\w))".replace(" ", r"\s")) for n in said if n != "at"}


@cache
def _kinds_at(lang: Language, listed: str) -> dict[str, set[str]]:
    """The kinds of which a text may speak that holds a word."""
    found = defaultdict[str, set[str]](set)
    for kind, said in known(lang).get(listed, {}).items():
        for word in said["at"].split():
            found[word].add(kind)
    return dict(found)


@lru_cache(RECENT)
def _held(text: str, lang: Language, listed: str) -> set[str]:
    """The kinds of which a text may say something: a glance at its words."""
    kinds = _kinds_at(lang, listed)
    return {kind for word in kinds.keys() & words_of(text) for kind in kinds[word]}


def _found(text: str, lang: Language, listed: str, kind: str) -> dict[int, list[Span]]:
    """What a text says of a kind, and where."""
    patterns = _patterns(lang, listed, kind)
    return {n: where for n in patterns if (where := [found.span() for found in patterns[n].finditer(text)])}


def may_differ(texts: Mapping[Language, str], listed: str) -> bool:
    """Whether both of two texts may say something of one kind: quick, and most do not."""
    one, other = texts
    held = _held(texts[one], one, listed)
    return bool(held) and not held.isdisjoint(_held(texts[other], other, listed))


def differing_comparisons(texts: Mapping[Language, str], listed: str = COMPARES) -> Iterator[tuple[Language, str, int]]:
    """What each of two texts says and the other does not, where they say different things of one kind, with language
    and place. What only one of them says is a way of saying it.

    Args:
        listed: the key of a language's file below which the kinds stand.
    """
    one, other = texts
    for kind in sorted(_held(texts[one], one, listed) & _held(texts[other], other, listed)):
        said = {one: _found(texts[one].lower(), one, listed, kind)}
        if said[one]:
            said[other] = _found(texts[other].lower(), other, listed, kind)
            yield from ((lang, texts[lang][start:end].rstrip(), start) for lang, (start, end) in alone(said))


def alone(said: Mapping[Language, Mapping[T, list[Span]]]) -> Iterator[tuple[Language, Span]]:
    """What each of two languages says and the other does not, with its place; nothing where only one of them does."""
    one, other = said
    lone = {
        lang: [place for what, places in said[lang].items() if what not in said[rest] for place in places]
        for lang, rest in ((one, other), (other, one))
    }
    if all(lone.values()):
        yield from ((lang, place) for lang, places in lone.items() for place in places)


@cache
def _pattern(lang: Language) -> re.Pattern[str]:
    """The names, with their endings; a month only as it is written within a sentence: “Maj” and “August” are people."""
    days = [*weekdays(lang), *(day[0].swapcase() + day[1:] for day in weekdays(lang))]
    day, month = any_of(days), any_of(months(lang))
    ends = words_for("weekday_ends")
    return re.compile(rf"(?P<day>{day})(?:{ends})?s?(?![^\W_])|(?P<month>{month})s?(?![\w-])")


@cache
def _numbers(lang: Language) -> dict[str, tuple[str, int]]:
    """What each name stands for in all languages: its kind and a number."""
    kinds = {"day": weekdays(lang), "month": months(lang)}
    return {name.lower(): (kind, n) for kind, named in kinds.items() for name, n in named.items()}


@lru_cache(RECENT)
def _names(text: str, lang: Language) -> dict[str, dict[int, list[Span]]]:
    """The days and the months that a text names, by kind, and where; not where in a date, which is compared itself."""
    names: dict[str, dict[int, list[Span]]] = {"day": {}, "month": {}}
    dates: list[Span] | None = None
    for found in _pattern(lang).finditer(text):
        if text[found.start() - 1 : found.start()].isalnum():
            continue
        if dates is None:
            dates = [date.span() for date in named_dates(lang).finditer(text)]
        kind, number = _numbers(lang)[(found["day"] or found["month"]).lower()]
        is_dated = any(start <= found.start() < end for start, end in dates)
        names[kind].setdefault(number, []).extend([] if is_dated else [found.span()])
    return names


def differing_names(texts: Mapping[Language, str]) -> Iterator[tuple[Language, str, int]]:
    """Days and months of two texts of which each says one that the other does not, with language and place.

    One that a text says and the other leaves out is a way of saying it: “on weekdays”.
    """
    for kind in ("day", "month"):
        said = {lang: _names(text, lang)[kind] for lang, text in texts.items()}
        yield from ((lang, texts[lang][start:end], start) for lang, (start, end) in alone(said))
