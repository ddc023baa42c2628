"""Numbers that are written as words: twelve, to hundrede, halvanden, three quarters, halv seks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple

from ...content.prose import any_of, told_apart
from ...core.language import Language, known
from .number import MINUTES, MONTHS, PER_CENT, RECENT, SCALES, Number, as_time, clock, of_decade, plain, with_unit

LONGEST = 12
"""So many words make one number at most."""
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:’s)?")
UNITS = frozenset(unit for told in (*MINUTES, *MONTHS) for unit in _LETTERS.findall(told))
"""The words in units of time."""
_STOP = re.compile(r"[.,;:!?\0]|\n\s*\n")


class WordNumber(NamedTuple):
    """Words that make a number."""

    length: int
    """How many they are."""
    value: Decimal | None
    readings: frozenset[str] | set[str] = frozenset()
    """What else they may stand for."""
    is_share: bool = False
    """Whether they are surely a share: two thirds."""


class NumberWords:
    """The words that a language has for numbers, as its file says them; none where it says nothing."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        listed = {key: words.split() for key, words in said.items() if isinstance(words, str)}
        self.said, self.lists = said, defaultdict[str, list[str]](list, listed)
        """What the file says, and the words below each key, such as `articles`."""
        ones, tens = self.lists["ones"], self.lists["tens"]
        self.values = dict(pair.split("=") for pair in self.lists["others"])
        """Words that stand for a number."""
        self.values |= {word: str(i) for i, word in enumerate(ones)}
        self.values |= {word: str(10 * i) for i, word in enumerate(tens, 2)}
        self.nth = {word: i for i, word in enumerate(self.lists["nth"], 1)}
        """Words for a place in a row."""
        from_third = {word: n for word, n in self.nth.items() if n > 2}
        self.parts = {word + said.get("part", ""): n for word, n in from_third.items()}
        """What names a third, a fifth …, and what it is one of."""
        self.small = frozenset(ones[2:11])
        """Numbers from two to ten."""
        ends = {"", said.get("parts", "")}
        self.in_figures = {f"{word}{end}": str(n) for word, n in self.parts.items() for end in ends}
        """Words from two to ten, from “third” on, and for parts, with what they are counted by: third, fjerdedele."""
        self.in_figures |= {word: str(n) for word, n in from_third.items()}
        self.in_figures |= {word: self.values[word] for word in self.small}
        self.decade = {word: 1900 + 10 * i for i, word in enumerate(self.lists["decades"], 2)}
        """Words for decades, with their first year."""
        others = (*SCALES, *self.lists["midnight"], *self.lists["spans"]) if said else ()
        self.starts = frozenset((*self.values, *self.nth, *self.parts, *self.decade, *others))
        """Words with which a number may begin, beside compounds."""
        self.and_a_half = [phrase.split() for phrase in said.get("and_a_half", "").split("|")]
        """What is behind a number to which a half is added, word for word."""
        self.unsure = frozenset((*self.lists["unsure"], *self.lists["midnight"], *SCALES))
        """Words that rather say “many” or “about”, or have no like in the other language."""
        self.claims = frozenset((*ones[11:], *tens))
        """Numbers from eleven on."""
        joint = said.get("ones_and_tens")
        self.tens_with_ones = re.compile(rf"{joint}(?:{'|'.join(tens)})") if joint else None
        """The end of a word such as »enogtyve«, where the language has such."""
        self.compound = re.compile(said.get("compound", "(?!)"))
        """Words that begin with a number: »fireårig«."""

    def may_begin(self, word: str) -> bool:
        """Whether a number may begin with a word."""
        joint, part = self.said.get("ones_and_tens"), self.said.get("part")
        return (
            word in self.starts
            or word.endswith(tuple(SCALES))
            or bool(self.compound.match(word))
            or bool(joint and joint in word)
            or bool(part and word.endswith(part + self.said["parts"]))
        )


@cache
def number_words(lang: Language) -> NumberWords:
    """Those of a language."""
    return NumberWords(known(lang).get("numbers", {}))


def may_hold_words(text: str, lang: Language) -> bool:
    """Whether a text may hold a number from eleven on as a word."""
    known = number_words(lang)
    tens = known.tens_with_ones
    return not known.claims.isdisjoint(words_of(text)) or bool(tens and tens.search(text.lower()))


def small_numbers(text: str, lang: Language) -> frozenset[str]:
    """The numbers from two to ten in a text that are written as words, and the parts and places in a row from three on,
    in figures."""
    known = number_words(lang)
    return frozenset(known.in_figures[word] for word in known.in_figures.keys() & words_of(text))


def told_lengths(text: str, lang: Language) -> frozenset[tuple[str, frozenset[str]]]:
    """The figures and numbers from two to ten that stand before a unit of time, each with one of those units."""
    if UNITS.isdisjoint(words_of(text)):
        return frozenset()
    values = number_words(lang).values
    found = {(said.lower(), unit.lower()) for said, unit in _lengths(lang).findall(text)}
    return frozenset((values.get(said, said), frozenset(as_time(Decimal(1), unit))) for said, unit in found)


@cache
def _lengths(lang: Language) -> re.Pattern[str]:
    """A number and a unit of time behind it."""
    small, units = any_of(number_words(lang).small), any_of((*MINUTES, *MONTHS))
    return re.compile(rf"(?<![\w.,])(\d[\d.,]{{0,12}}|{small})[ \u00a0-]\n?({units})\b", re.IGNORECASE)


@lru_cache(RECENT)
def words_of(text: str) -> frozenset[str]:
    """The words of a text, in small letters."""
    bare, rest = told_apart(text.lower())
    return frozenset((*bare, *_LETTERS.findall(rest)))


def words(text: str, lang: Language) -> Iterator[Number]:
    """Numbers that are written as words: single ones, and what several of them make together."""
    said, i = _Words(text, number_words(lang)), 0
    while i < len(said.words):
        first, start, _ = said.words[i]
        found = (read(i) for read in said.readers) if said.known.may_begin(first) else ()
        spoken = next(filter(None, found), None)
        if not spoken:
            i += 1
            continue
        end = said.words[i + spoken.length - 1][2]
        readings, value = set(spoken.readings), spoken.value
        if value is not None:
            readings |= {plain(value)} | with_unit(value, text, end)
        unsure = any(word in said.known.unsure for word, _, _ in said.words[i : i + spoken.length])
        is_claim = value is not None and value >= 11 and value == value.to_integral() and not unsure
        is_claim |= spoken.is_share or bool(PER_CENT.match(text, end) and value is not None)
        is_time = value is None and any(":" in reading for reading in readings)  # half past five
        is_small = first in said.known.small if spoken.length == 1 else is_time
        written = text[start:end]
        yield Number(written, start, frozenset(readings), written, is_claim=is_claim, is_small=is_small)
        i += spoken.length


class _Words:
    """The words of a text, and what those from a place on may mean."""

    def __init__(self, text: str, known: NumberWords):
        self.words = [(found[0].lower(), found.start(), found.end()) for found in _WORD.finditer(text)]
        self.readers = (self._time, self._ordinal, self._decade, self._half, self._amount, self._compound)
        self._text, self.known, self._said = text, known, known.said
        self._values, self._nth, self._parts = known.values, known.nth, known.parts

    def _at(self, place: int) -> str:
        """A word that no full stop or comma parts from the one before it."""
        if place >= len(self.words):
            return ""
        between = self._text[self.words[place - 1][2] : self.words[place][1]] if place else ""
        return "" if _STOP.search(between) else self.words[place][0]

    def _hour(self, place: int) -> int:
        value = self._values.get(self._at(place), "")
        return int(value) if value.isdecimal() and 1 <= int(value) <= 12 else 0

    def _time(self, i: int) -> WordNumber | None:
        """Times of day such as “half past five” and “halv seks”."""
        word, after = self.words[i][0], self._at(i + 1)
        past, to = self._said.get("past"), self._said.get("to")
        if word == self._said.get("half_to") and self._hour(i + 1) and after not in self.known.lists["articles"]:
            return WordNumber(2, None, clock(self._hour(i + 1) - 1 or 12, 30) | {"0.5"})
        if word == self._said.get("half_past") and after == past and self._hour(i + 2):
            return WordNumber(3, None, clock(self._hour(i + 2), 30))
        if word == self._said.get("quarter") and after in (past, to) and self._hour(i + 2):
            hour = self._hour(i + 2)
            return WordNumber(3, None, clock(hour, 15) if after == past else clock(hour - 1 or 12, 45))
        if word in self.known.lists["midnight"]:
            return WordNumber(1, None, {"0:00", "24", "12:00"})
        return None

    def _ordinal(self, i: int) -> WordNumber | None:
        """“Nineteenth”, and what it is a part of: a third."""
        word = self.words[i][0]
        if word in self._nth:
            whole = Decimal(self._nth[word])
            if whole > 2 and i and self.words[i - 1][0] in self.known.lists["each"]:
                return WordNumber(1, whole, {plain(1 / whole), plain(round(1 / whole, 2))}, is_share=True)
            century = self._at(i + 1).startswith(self._said.get("century", "\0"))
            readings = {plain(whole * 100 - 100)} if century else set()
            if word in self._parts:
                readings |= self._share(1, word) | as_time(1 / whole, self._at(i + 1))
            return WordNumber(1, whole, readings)
        part = word.removesuffix(self._said.get("parts", ""))
        if part not in self._parts:
            return None
        return WordNumber(1, Decimal(1) / self._parts[part], self._share(1, part), is_share=True)

    def _decade(self, i: int) -> WordNumber | None:
        year = self.known.decade.get(self.words[i][0])
        return WordNumber(1, None, of_decade(year)) if year else None

    def _half(self, i: int) -> WordNumber | None:
        """“An hour”, “half an hour”, “an hour and a half”: no number alone, but a length of time."""
        word, after = self.words[i][0], self._at(i + 1)
        articles, halves = self.known.lists["articles"], self.known.lists["half"]
        if word not in halves and (word not in articles or after in SCALES):
            return None
        value = Decimal("0.5") if word in halves else Decimal(1)
        unit = self._at(i + 2) if after in articles else after
        if [self._at(i + n) for n in (2, 3, 4)] in self.known.and_a_half:
            return WordNumber(5, None, as_time(value + Decimal("0.5"), unit) | {"1.5"})
        scaled = {plain(value * SCALES[unit])} if unit in SCALES else set()  # half a million
        return WordNumber(1, None, as_time(value, unit) | scaled | ({"0.5"} if word in halves else set()))

    def _amount(self, i: int) -> WordNumber | None:
        """“Two hundred and twelve”, “two and a half”, “two thirds”, “three quarters”."""
        total, length = self._count(i)
        if not length:
            return None
        after = [self._at(i + length + n) for n in range(3)]
        if half := next((half for half in self.known.and_a_half if after[: len(half)] == half), None):
            return WordNumber(length + len(half), total + Decimal("0.5"))
        part = after[0].removesuffix(self._said.get("parts", ""))
        if part in self._parts and total < self._parts[part]:
            is_share = after[0] != part or after[0] not in self._nth
            return WordNumber(length + 1, total / self._parts[part], self._share(total, part), is_share)
        if part == self._said.get("quarters"):
            return WordNumber(length + 1, total / 4, {plain(total)} | as_time(total / 4, "hour"))
        return WordNumber(length, total, is_share=self.words[i][0] in self.known.lists["halves"])

    def _compound(self, i: int) -> WordNumber | None:
        """Words such as »enogtyve« and »fireårig«, and words that are a length of time."""
        word = self.words[i][0]
        if word in self.known.lists["spans"]:
            return WordNumber(1, None, {f"{MINUTES[word]} min"})
        begins = self.known.compound.fullmatch(word)
        if begins and begins[1] in self._values:
            return WordNumber(1, None, {self._values[begins[1]]})
        scale = next((scale for scale in SCALES if word.endswith(scale)), "")
        if scale and (times := self._values.get(word.removesuffix(scale))):
            return WordNumber(1, Decimal(times) * SCALES[scale])
        ones, _, tens = word.partition(self._said.get("ones_and_tens") or word)
        if ones in self._values and tens in self._values:
            return WordNumber(1, Decimal(self._values[ones]) + Decimal(self._values[tens]))
        return None

    def _share(self, count: Decimal | int, part: str) -> set[str]:
        """A share, and in whole per cent, as people round it."""
        share = Decimal(count) / self._parts[part]
        return {plain(share), plain(round(share, 2))}

    def _count(self, i: int) -> tuple[Decimal, int]:
        """The value of the words from a place on, and how many of them count."""
        total, part = Decimal(0), Decimal(0)
        length = read = 0
        while read < LONGEST and (word := self.words[i][0] if not read else self._at(i + read)):
            value = Decimal(self._values.get(word, 0))
            if word in SCALES and (part or total or not read):
                hundreds = SCALES[word] == 100
                times = part or Decimal(1)
                part, grown = (times * 100, Decimal(0)) if hundreds else (Decimal(0), times * SCALES[word])
                total += grown
            elif value and not read and value != int(value):
                return value, 1
            elif (
                value
                and value == int(value)
                and not (read and word in self.known.lists["articles"])
                and _fits(part, value)
            ):
                part += value
            elif word == self._said.get("and") and part and part % 100 == 0 and self._at(i + read + 1) in self._values:
                read += 1
                continue
            else:
                break
            read += 1
            length = read
        return total + part, length


def _fits(before: Decimal, value: Decimal) -> bool:
    """Whether a number goes on with another: a hundred, twelve; twenty, one."""
    return not before or (before % 100 == 0 and value < 100) or (before % 10 == 0 and before % 100 >= 20 and value < 10)
