"""Compounds: Danish writes »stresstrappen« in one word; readers look for »trappe« and »stress«.

A word is split where both parts are words of the site itself, as in Koehn & Knight (2003),
doi:10.3115/1067807.1067833: of several splits the one whose rarer part is the most frequent, then the
one with the longest head. Stems are compared, so »trappen« is known where »trappe« is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ...core.language import Language, known
from ...relations.stem import stems

HEAD, TAIL = 3, 4
"""Shortest first and last part, in letters: shorter ones are mostly prefixes and endings."""


def has_compounds(lang: Language) -> bool:
    """Whether a language's words are taken apart."""
    return "compounds" in known(lang)


@dataclass
class Vocabulary:
    """The stems of a site's words in a language with their frequencies.

    What is known of the language's compounds stands in its file: which letters may join two parts (arbejd-s-glæde,
    barn-e-alder), and what looks like a last part and is none.
    """

    counts: Counter[str]
    lang: Language
    links: tuple[str, ...] = ()
    endings: frozenset[str] = frozenset()
    _split: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    """What has been split before: many pages hold the same words."""

    @classmethod
    def of(cls, counts: Iterable[Mapping[str, int]], lang: Language, without: Iterable[str] = ()) -> Vocabulary:
        """All words of some texts.

        Args:
            counts: how often each stem stands in each of the texts.
            without: function words, which are never a part.
        """
        total: Counter[str] = Counter()
        for count in counts:
            total.update(count)
        for stem in stems(" ".join(without), lang):
            del total[stem]
        said = known(lang).get("compounds", {})
        return cls(total, lang, tuple(said.get("links", ())), frozenset(said.get("endings", "").split()))

    def parts(self, word: str) -> tuple[str, ...]:
        """The parts of a compound, with the parts of those that are compounds, or nothing.

        Args:
            word: in lower case.
        """
        if not self.links:
            return ()
        if word not in self._split:
            split = max(self._splits(word), key=self._worth, default=())
            self._split[word] = tuple(part for whole in split for part in (whole, *self.parts(whole)))
        return self._split[word]

    def _splits(self, word: str) -> Iterable[tuple[str, ...]]:
        for i in range(HEAD, len(word) - TAIL + 1):
            head, rest = word[:i], word[i:]
            if not self._count(head):
                continue
            for link in self.links:
                tail = rest.removeprefix(link)
                if not rest.startswith(link) or len(tail) < TAIL or tail in self.endings:
                    continue
                if self._count(tail) or any(self._splits(tail)):
                    yield head, tail

    def _worth(self, parts: tuple[str, ...]) -> tuple[int, int]:
        return min(self._count(part) for part in parts), len(parts[0])

    def _count(self, part: str) -> int:
        return self.counts[stem[0]] if (stem := stems(part, self.lang)) else 0
