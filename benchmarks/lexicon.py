"""Words of a language by Zipf's law, out of Hunspell's dictionary: with their forms, and in Danish compounds of them.

A dictionary does not say how often a word is used. Function words come first here, as they do in every text. The others
are ordered by their families, which are large where a word is frequent (Schreuder & Baayen 1997,
doi:10.1006/jmla.1997.2510): by how many words begin with them and how many endings they take, short ones first, and by
chance. So »vand« comes early and »sukat« late, and what this site is about plays no part.
"""

from __future__ import annotations

import random
import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from knowledge.checks.dictionary import FOLDER
from knowledge.core.language import Language, locale_name

INFLECTED = {"en": "SDGdT"}
"""Flags of endings that only inflect; of a language that is not here, all do but the genitive's."""
COMPOUNDED = ("da",)
"""Languages that write compounds as one word."""
BEGINS, UNFINISHED = "32", frozenset({"36", "8"})
"""Flags of the Danish dictionary: of what begins a compound; of what is no word of its own."""
SHORTEST, HEAD, TAIL = 3, 3, 4
"""Letters of a word, and of the parts of one that counts in a family."""
LONG, CHANCE = 1.15, 0.5
"""By how much a letter more makes a word rarer, and by how much chance does: the deviation of a logarithm."""
SHARED = 5000
"""Rank up to which words belong to all speakers of a language (Ferrer i Cancho & Solé 2001,
doi:10.1076/jqul.8.3.165.4101)."""
NEW = 0.01
"""Share of running words that are compounds which no dictionary holds."""


class _Ending(NamedTuple):
    """A rule of an .aff file."""

    strip: str
    add: str
    flags: Collection[str]
    """Of what comes of it."""
    fits: re.Pattern[str]


@dataclass(frozen=True)
class Lexicon:
    """The words of a language, the most frequent first; the same in each run."""

    lang: Language
    function_words: Sequence[str]

    @cached_property
    def words(self) -> list[str]:
        """In their first form."""
        chance = random.Random(f"ranks {self.lang}")
        first = [word for word in self.function_words if len(word) > 1]
        chance.shuffle(first)
        family, flags = self._families, self._flags
        often = {
            word: len(flags[word]) * (family[word] + 1) / LONG ** len(word) * chance.lognormvariate(0, CHANCE)
            for word in sorted(flags.keys() - {*first})
        }
        return first + sorted(often, key=lambda word: -often[word])

    def drawn(self, chance: random.Random, number: int, first: int = 0, last: int | None = None) -> list[str]:
        """Words by Zipf's law, in their first form.

        Args:
            first, last: between which ranks.
        """
        low, high = (self._weights[first - 1] if first else 0.0), self._weights[(last or len(self.words)) - 1]
        return [
            self.words[bisect(self._weights, chance.uniform(low, high), hi=len(self.words) - 1)] for _ in range(number)
        ]

    def text(self, chance: random.Random, number: int) -> list[str]:
        """Running words, inflected."""
        found = [inflected(chance, self.forms(word)) for word in self.drawn(chance, number)]
        if self.has_compounds:
            for i in range(number):
                if chance.random() < NEW:
                    found[i] = chance.choice(self.compound(*self.drawn(chance, 2, len(self.function_words))))
        return found

    def forms(self, word: str) -> list[str]:
        """A word and its other forms."""
        if word not in self._formed:
            made = (form for form, flags in self._made(word) if UNFINISHED.isdisjoint(flags) and form.isalpha())
            others = () if word in self.function_words else (*made, *self._irregular.get(word, ()))
            self._formed[word] = [*dict.fromkeys((word, *others))]
        return self._formed[word]

    @property
    def has_compounds(self) -> bool:
        """Whether compounds are written as one word."""
        return self.lang in COMPOUNDED

    def compound(self, head: str, tail: str) -> list[str]:
        """The forms of two words as one, joined as the dictionary says of the first."""
        joint = next((form for form, flags in self._made(head) if BEGINS in flags), head)
        return [joint + form for form in self.forms(tail)]

    def _made(self, word: str) -> Iterator[tuple[str, Collection[str]]]:
        """What the endings of a word make of it, and further endings of that, each with its flags."""
        made: list[tuple[str, Collection[str]]] = [(word, self._flags.get(word, ()))]
        for _ in range(2):
            made = [
                (form.removesuffix(rule.strip) + rule.add, rule.flags)
                for form, flags in made
                for flag in flags
                for rule in self._endings[flag]
                if rule.fits.search(form)
            ]
            yield from made

    @cached_property
    def _formed(self) -> dict[str, list[str]]:
        return {}

    @cached_property
    def _weights(self) -> list[float]:
        """Zipf's law up to the words that all speakers share; beyond, frequencies fall with the square."""
        ranks = range(1, len(self.words) + 1)
        return list(accumulate(1 / rank if rank <= SHARED else SHARED / rank**2 for rank in ranks))

    @cached_property
    def _families(self) -> Counter[str]:
        """How many words begin with each and end with another."""
        known = self._flags
        return Counter(
            word[:i]
            for word in known
            for i in range(HEAD, len(word) - TAIL + 1)
            if word[:i] in known and (word[i:] in known or word[i + 1 :] in known)
        )

    @cached_property
    def _flags(self) -> dict[str, list[str]]:
        """Each word's flags, without names, abbreviations and irregular forms."""
        found: dict[str, list[str]] = defaultdict(list)
        for line in self._read("dic")[1:]:
            word, _, flags = line.partition(" ")[0].strip().partition("/")
            if " st:" not in line and len(word) >= SHORTEST and word.isalpha() and word.islower():
                found[word] += self._each(flags)
        return dict(found)

    @cached_property
    def _irregular(self) -> dict[str, list[str]]:
        """Further forms of words; what ends in s is a genitive, or as good as one."""
        found: dict[str, list[str]] = defaultdict(list)
        for line in self._read("dic"):
            form, mark, word = line.partition(" st:")
            if mark and form.isalpha() and not form.endswith("s"):
                found[word.strip()].append(form)
        return found

    @cached_property
    def _endings(self) -> dict[str, list[_Ending]]:
        found: dict[str, list[_Ending]] = defaultdict(list)
        for line in self._read("aff"):
            kind, *said = line.split() or [""]
            if kind != "SFX" or len(said) < 4 or "GENITIV" in line or said[0] not in INFLECTED.get(self.lang, said[0]):
                continue
            flag, strip, added, fits = said[:4]
            add, _, flags = added.partition("/")
            found[flag].append(_Ending(strip.strip("0"), add.strip("0"), self._each(flags), re.compile(f"{fits}$")))
        return found

    def _each(self, flags: str) -> list[str]:
        return list(filter(None, flags.split(","))) if self._is_numbered else list(flags)

    @cached_property
    def _is_numbered(self) -> bool:
        """Whether flags are numbers, with commas between them, and not letters."""
        return "FLAG num" in self._read("aff")

    def _read(self, ending: str) -> list[str]:
        return (FOLDER / f"{locale_name(self.lang)}.{ending}").read_text("utf-8").splitlines()


def inflected(chance: random.Random, forms: Sequence[str]) -> str:
    """One of a word's forms, the first as often as all others together."""
    return forms[0] if chance.random() < 0.5 else chance.choice(forms)
