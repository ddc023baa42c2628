"""Numbers that are written as words: twelve, to hundrede, halvanden, three quarters, halv seks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ...core.language import Language
from .number import MINUTES, SCALES, Number, as_time, clock, of_decade, plain, with_unit

_ONES = {
    "da": "nul en to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
}
_TENS = {
    "da": "tyve tredive fyrre halvtreds tres halvfjerds firs halvfems",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
}
_ORDINALS = {
    "da": "første anden tredje fjerde femte sjette syvende ottende niende tiende ellevte tolvte trettende fjortende "
    "femtende sekstende syttende attende nittende",
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth",
}
_OTHERS = {
    "da": "én=1 ét=1 et=1 begge=2 par=2 dobbelt=2 dusin=12 snes=20 tyvende=20 tredivte=30 fyrretyve=40 treds=60 "
    "halvanden=1.5 halvandet=1.5 halv=0.5 halvt=0.5 halve=0.5 halvdel=0.5 halvdelen=0.5 kvart=0.25",
    "en": "a=1 an=1 once=1 both=2 couple=2 pair=2 twice=2 double=2 dozen=12 fortnight=14 twentieth=20 thirtieth=30 "
    "half=0.5 halves=0.5 quarter=0.25 noon=12 midday=12 midnight=24",
}
_DECADES = {
    "da": "tyverne trediverne fyrrerne halvtredserne tresserne halvfjerdserne firserne halvfemserne",
    "en": "twenties thirties forties fifties sixties seventies eighties nineties",
}
_VALUES: dict[Language, dict[str, str]] = {lang: dict(p.split("=") for p in s.split()) for lang, s in _OTHERS.items()}
for _lang, _names in _ONES.items():
    _VALUES[_lang] |= {word: str(i) for i, word in enumerate(_names.split())}
    _VALUES[_lang] |= {word: str(10 * i) for i, word in enumerate(_TENS[_lang].split(), 2)}
_NTH = {lang: {word: i for i, word in enumerate(names.split(), 1)} for lang, names in _ORDINALS.items()}
_PARTS = {
    "da": {f"{word}del": n for word, n in _NTH["da"].items() if n > 2},
    "en": {word: n for word, n in _NTH["en"].items() if n > 2},
}
"""What names a third, a fifth …, and what it is one of."""
_DECADE = {lang: {word: 1900 + 10 * i for i, word in enumerate(s.split(), 2)} for lang, s in _DECADES.items()}
_STARTS = {
    lang: frozenset(
        (*_VALUES[lang], *_NTH[lang], *_PARTS[lang], *_DECADE[lang], *SCALES, "midnat", "midnight", "kvarter", "døgn")
    )
    for lang in _ONES
}
"""Words with which a number may begin, beside Danish compounds."""
_CLAIMS = {lang: frozenset((*_ONES[lang].split()[11:], *_TENS[lang].split())) for lang in _ONES}
_TENS_WITH_ONES = re.compile(rf"og(?:{'|'.join(_TENS['da'].split())})")
_ARTICLES = frozenset("a an en et".split())
_HALF = frozenset("half halv halvt halve".split())
_AND_A_HALF = (["and", "a", "half"], ["og", "en", "halv"], ["og", "et", "halvt"])
_UNSURE = frozenset(("dozen", "dusin", "snes", "fortnight", "noon", "midday", "midnight", *SCALES))
"""Words that rather say “many” or “about”, or have no like in the other language."""
_COMPOUND = re.compile(
    r"(.{1,40}?)(?:årig|dages|ugers|timers|måneders|minutters|års|trins|personers|cifret|delt|sidet)\w*"
)
"""Danish words that begin with a number: “fireårig”."""
LONGEST = 12
"""So many words make one number at most."""
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:’s)?")
_STOP = re.compile(r"[.,;:!?\0]|\n\s*\n")


class Spoken(NamedTuple):
    """Words that make a number."""

    length: int
    """How many they are."""
    value: Decimal | None
    readings: frozenset[str] | set[str] = frozenset()
    """What else they may stand for."""


def may_hold_words(text: str, lang: Language) -> bool:
    """Whether a text may hold a number from eleven on as a word."""
    folded = text.lower()
    return not _CLAIMS[lang].isdisjoint(_LETTERS.findall(folded)) or (
        lang == "da" and bool(_TENS_WITH_ONES.search(folded))
    )


def words(text: str, lang: Language) -> Iterator[Number]:
    """Numbers that are written as words: single ones, and what several of them make together."""
    said = _Words(text, lang)
    i = 0
    starts, is_danish = _STARTS[lang], lang == "da"
    while i < len(said.words):
        word = said.words[i][0]
        if word not in starts and not (is_danish and (_COMPOUND.match(word) or "og" in word or word.endswith("dele"))):
            i += 1
            continue
        spoken = next(filter(None, (read(i) for read in said.readers)), None)
        if not spoken:
            i += 1
            continue
        start, end = said.words[i][1], said.words[i + spoken.length - 1][2]
        readings, value = set(spoken.readings), spoken.value
        if value is not None:
            readings |= {plain(value)} | with_unit(value, text, end)
        unsure = any(word in _UNSURE for word, _, _ in said.words[i : i + spoken.length])
        is_claim = value is not None and value >= 11 and value == value.to_integral() and not unsure
        yield Number(text[start:end], start, frozenset(readings), text[start:end], is_claim=is_claim)
        i += spoken.length


class _Words:
    """The words of a text, and what those from a place on may mean."""

    def __init__(self, text: str, lang: Language):
        self.words = [(found[0].lower(), found.start(), found.end()) for found in _WORD.finditer(text)]
        self.readers = (self._time, self._ordinal, self._decade, self._half, self._amount, self._compound)
        self._text, self._lang = text, lang
        self._values, self._nth, self._parts = _VALUES[lang], _NTH[lang], _PARTS[lang]

    def _at(self, place: int) -> str:
        """A word that no full stop or comma parts from the one before it."""
        if place >= len(self.words):
            return ""
        between = self._text[self.words[place - 1][2] : self.words[place][1]] if place else ""
        return "" if _STOP.search(between) else self.words[place][0]

    def _hour(self, place: int) -> int:
        value = self._values.get(self._at(place), "")
        return int(value) if value.isdecimal() and 1 <= int(value) <= 12 else 0

    def _time(self, i: int) -> Spoken | None:
        """Times of day such as “half past five” and “halv seks”."""
        word, after = self.words[i][0], self._at(i + 1)
        past, to = ("over", "i") if self._lang == "da" else ("past", "to")
        if self._lang == "da" and word == "halv" and self._hour(i + 1) and after not in _ARTICLES:
            return Spoken(2, None, clock(self._hour(i + 1) - 1 or 12, 30) | {"0.5"})
        if self._lang == "en" and word == "half" and after == past and self._hour(i + 2):
            return Spoken(3, None, clock(self._hour(i + 2), 30))
        if word in ("kvart", "quarter") and after in (past, to) and self._hour(i + 2):
            hour = self._hour(i + 2)
            return Spoken(3, None, clock(hour, 15) if after == past else clock(hour - 1 or 12, 45))
        if word in ("midnat", "midnight"):
            return Spoken(1, None, {"0:00", "24", "12:00"})
        return None

    def _ordinal(self, i: int) -> Spoken | None:
        """“Nineteenth”, and what it is a part of: a third."""
        word = self.words[i][0]
        if word in self._nth:
            whole = Decimal(self._nth[word])
            readings = {plain(whole * 100 - 100)} if self._at(i + 1).startswith(("århundred", "centur")) else set()
            if word in self._parts:
                readings |= self._share(1, word) | as_time(1 / whole, self._at(i + 1))
            return Spoken(1, whole, readings)
        part = word.removesuffix("e")
        return Spoken(1, Decimal(1) / self._parts[part], self._share(1, part)) if part in self._parts else None

    def _decade(self, i: int) -> Spoken | None:
        year = _DECADE[self._lang].get(self.words[i][0])
        return Spoken(1, None, of_decade(year)) if year else None

    def _half(self, i: int) -> Spoken | None:
        """“An hour”, “half an hour”, “an hour and a half”: no number alone, but a length of time."""
        word, after = self.words[i][0], self._at(i + 1)
        if word not in _HALF and (word not in _ARTICLES or after in SCALES):
            return None
        value = Decimal("0.5") if word in _HALF else Decimal(1)
        unit = self._at(i + 2) if after in _ARTICLES else after
        if [self._at(i + n) for n in (2, 3, 4)] in _AND_A_HALF:
            return Spoken(5, None, as_time(value + Decimal("0.5"), unit) | {"1.5"})
        return Spoken(1, None, as_time(value, unit) | ({"0.5"} if word in _HALF else set()))

    def _amount(self, i: int) -> Spoken | None:
        """“Two hundred and twelve”, “two and a half”, “two thirds”, “three quarters”."""
        total, length = self._count(i)
        if not length:
            return None
        after = [self._at(i + length + n) for n in range(3)]
        if after in _AND_A_HALF:
            return Spoken(length + 3, total + Decimal("0.5"))
        if after[:2] in (["en", "halv"], ["et", "halvt"]):
            return Spoken(length + 2, total + Decimal("0.5"))
        part = after[0].removesuffix("s" if self._lang == "en" else "e")
        if part in self._parts and total < self._parts[part]:
            return Spoken(length + 1, total / self._parts[part], {plain(total)} | self._share(total, part))
        if part == "quarter":
            return Spoken(length + 1, total / 4, {plain(total)} | as_time(total / 4, "hour"))
        return Spoken(length, total)

    def _compound(self, i: int) -> Spoken | None:
        """Danish “enogtyve” and “fireårig”, and words that are a length of time."""
        word = self.words[i][0]
        if word in ("kvarter", "fortnight", "døgn"):
            return Spoken(1, None, {f"{MINUTES[word]} min"})
        if self._lang != "da":
            return None
        begins = _COMPOUND.fullmatch(word)
        if begins and begins[1] in self._values:
            return Spoken(1, None, {self._values[begins[1]]})
        ones, _, tens = word.partition("og")
        if ones in self._values and tens in self._values:
            return Spoken(1, Decimal(self._values[ones]) + Decimal(self._values[tens]))
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
                part, grown = ((part or 1) * 100, 0) if hundreds else (Decimal(0), (part or 1) * SCALES[word])
                total += grown
            elif value and not read and value != int(value):
                return value, 1
            elif value and value == int(value) and not (read and word in _ARTICLES) and _fits(part, value):
                part += value
            elif word in ("and", "og") and part and part % 100 == 0 and self._at(i + read + 1) in self._values:
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
