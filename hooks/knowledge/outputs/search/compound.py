"""Compounds: Danish writes »stresstrappen« in one word; readers look for »trappe« and »stress«.

A word is split where both parts are words of the site itself, as in Koehn & Knight (2003),
doi:10.3115/1067807.1067833: of several splits the one whose rarer part is the most frequent, then the
one with the longest head. Stems are compared, so »trappen« is known where »trappe« is. Words that only
a query holds are split likewise by `overrides/assets/js/words.js`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ...core.language import Language, known
from ...core.once import once
from .words import fold, stem

HEAD, TAIL = 3, 4
"""Shortest first and last part, in letters: shorter ones are mostly prefixes and endings."""


@cache
def links(lang: Language) -> tuple[str, ...]:
    """Letters that may join two parts, as in arbejd-s-glæde; none where words are not taken apart."""
    return tuple(known(lang).get("compounds", {}).get("links", ()))


@cache
def _endings(lang: Language) -> frozenset[str]:
    """What looks like a last part and is none."""
    return frozenset(known(lang).get("compounds", {}).get("endings", "").split())


@dataclass
class Vocabulary:
    """The stems of a site's words in a language with their frequencies."""

    counts: Counter[str]
    lang: Language

    @classmethod
    def of(cls, counts: Iterable[Mapping[str, int]], lang: Language, without: Iterable[str] = ()) -> Vocabulary:
        """All words of some texts, given how often each folded word stands in each, without function words, which are
        never a part."""
        found: Counter[str] = Counter()
        for count in counts:
            found.update(count)
        total: Counter[str] = Counter()
        for word, number in found.items():
            total[stem(word, lang)] += number
        for word in without:
            del total[stem(fold(word), lang)]
        return cls(total, lang)

    @once
    def parts(self, word: str) -> tuple[str, ...]:
        """The parts of a folded compound, with the parts of those that are compounds, or nothing."""
        split = max(self._splits(word), key=self._worth, default=())
        return tuple(part for whole in split for part in (whole, *self.parts(whole)))

    @once
    def fingerprint(self, word: str) -> str:
        """Changes when the parts of a word do."""
        return " ".join(self.parts(word))

    def _splits(self, word: str) -> Iterable[tuple[str, ...]]:
        for i in range(HEAD, len(word) - TAIL + 1):
            head, rest = word[:i], word[i:]
            if not self._count(head):
                continue
            for link in links(self.lang):
                tail = rest.removeprefix(link)
                if not rest.startswith(link) or len(tail) < TAIL or tail in _endings(self.lang):
                    continue
                if self._count(tail) or any(self._splits(tail)):
                    yield head, tail

    def _worth(self, parts: tuple[str, ...]) -> tuple[int, int]:
        return min(self._count(part) for part in parts), len(parts[0])

    def _count(self, part: str) -> int:
        return self.counts[stem(part, self.lang)]
