"""Nearness: how much articles have to do with each other, by what they share and how rare that is.

An article's nearness to another is

    0.25 · cosine of their concepts  +  0.25 · cosine of their weightiest stems in each of two languages
    +  0.125 · cosine of their links

each weighted by rarity. Concepts also weigh by their place, for the weightiest stands first; and an
article counts among its own links, so that a link brings both ends together.

It is the same from both sides, to the last bit: shares are powers of two, and sums follow the
alphabet. So what an earlier build found is taken over, and only articles whose weights have changed
are compared anew. Rarity comes in steps, so that an edit changes few weights.

An inverted index of 150 stems is as good as full TF-IDF on measured articles, without the import
time of scikit-learn (over a second). A term that more than `COMMON` articles hold tells little, and
is left out of the sums, so that time grows with the number of articles and not with its square; up
to so many articles this is the plain definition.

Source of tf-idf with cosine: Salton & Buckley (1988), doi:10.1016/0306-4573(88)90021-0.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache, partial
from operator import mul

from ..content.article import Article, Translation
from ..core.language import Language
from .stem import bag, counted, parts_of, terms_of

TERMS = 150
"""Stems that stand for an article in one language."""
COMMON = 100
"""A term that more articles hold is left out of the sums. Of a thousand manual pages, 100 finds as much of what their
authors name under “see also” as TF-IDF does (.55 to .54 of the pages get a hit among four); 40 finds less (.53)."""
FLOOR = 0.08
"""What is less near is not near enough to be kept."""
STEPS = 10
"""Steps of inverse document frequency for each factor of e."""
LITTLE = 20
"""So many changed bags are compared anew in each build, rather than that all is written down again."""
FEW = 30
"""So many terms are looked for in a bag as it is; for more it is taken apart."""
ITSELF = 2
"""An article counts among its links like so many of them."""


@dataclass(frozen=True)
class Vector:
    """The weights of an article's weightiest terms, with a length of 1, packed: thousands of them are kept."""

    terms: str = ""
    """By the alphabet, with spaces between them."""
    weights: bytes = b""
    """As many doubles."""

    def items(self) -> Iterator[tuple[str, float]]:
        """Each term and its weight."""
        return zip(self.terms.split(), array("d", self.weights), strict=True)


@dataclass(frozen=True)
class Part:
    """One of the things that articles may share: their concepts, stems in a language, or links."""

    bags: Mapping[str, str] = field(default_factory=dict)
    """By article, how often each term occurs in it; of concepts, at which place."""
    document_frequency: Mapping[str, int] = field(default_factory=dict)
    """How many articles hold a term."""
    vectors: Mapping[str, Vector] = field(default_factory=dict)
    """By article."""
    common: Set[str] = frozenset()
    """Terms that more than `COMMON` articles hold among the weightiest."""


@dataclass(frozen=True)
class Nearness:
    """What is near to what."""

    parts: Mapping[str, Part] = field(default_factory=dict)
    near: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """By article, the others and how near they are, where that is worth a word."""


def stems_of(translation: Translation) -> str:
    """The term counts of a text: how often each stem occurs in it."""
    return bag(counted(translation.text, translation.lang))


def nearness(
    articles: Mapping[str, Article],
    before: Nearness | None = None,
    stems: Callable[[Translation], str] = stems_of,
) -> Nearness:
    """How near the articles are to each other; what was found before, of any earlier state, only saves time."""
    before = before or Nearness()
    parts, changed = {}, articles.keys() - before.near.keys()
    for name in shares(next((article.translations for article in articles.values()), ())):
        parts[name], moved = _part(
            _bags(articles, name, stems),
            before.parts.get(name, Part()),
            (lambda place: 1 / place) if name == "concepts" else (lambda number: 1 + math.log(number)),
        )
        changed |= moved
    near = {key: {} if key in changed else dict(before.near[key]) for key in articles}
    for lost in changed | (before.near.keys() - articles.keys()):
        for other in before.near.get(lost, {}).keys() & near.keys():
            near[other].pop(lost, None)
    for one, other, score in _near(changed, parts, FLOOR):
        near[one][other] = near[other][one] = score
    return Nearness(parts, near)


def nearest(keys: Set[str], parts: Mapping[str, Part]) -> dict[str, dict[str, float]]:
    """How near these articles are to all others with which they share anything, however little."""
    near: dict[str, dict[str, float]] = {key: {} for key in keys}
    for one, other, score in _near(keys, parts, 0):
        near[one][other] = score
        if other in near:
            near[other][one] = score
    return near


def shares(languages: Collection[Language]) -> dict[str, float]:
    """How much each thing counts that articles may share."""
    each = 0.5 / 2 ** (max(len(languages), 1) - 1).bit_length()
    return {"concepts": SHARES["concepts"], **dict.fromkeys(languages, each), "links": SHARES["links"]}


SHARES = {"concepts": 0.25, "links": 0.125}
"""Beside the languages, which have half of one together, or what a power of two leaves of it."""


def is_worth_keeping(now: Nearness, before: Nearness | None) -> bool:
    """Whether so much is new that the next build would lose more than it takes to write it down."""
    if before is None or now.near.keys() != before.near.keys():
        return True
    parts = ((now.parts[name].bags, before.parts[name].bags) for name in now.parts.keys() & before.parts.keys())
    return sum(bag != old[key] for bags, old in parts for key, bag in bags.items()) > LITTLE


def _bags(articles: Mapping[str, Article], name: str, stems: Callable[[Translation], str]) -> dict[str, str]:
    if name == "concepts":
        return {
            key: bag({concept: place for place, concept in enumerate(article.shared.concepts, 1)})
            for key, article in articles.items()
        }
    if name == "links":
        terms = {key: "_".join(key.split()) for key in articles}  # A file's name may hold spaces; a term may not.
        return {
            key: bag({**{terms[other]: 1 for other in article.links & terms.keys()}, terms[key]: ITSELF})
            for key, article in articles.items()
        }
    return {key: stems(article.translations[name]) for key, article in articles.items()}  # type: ignore[index]


def _part(bags: Mapping[str, str], before: Part, weigh: Callable[[int], float]) -> tuple[Part, Set[str]]:
    """The part, and the articles whose weights have changed, or lost or won a term that is left out."""
    new = {key for key, terms in bags.items() if before.bags.get(key) != terms}
    frequency = Counter(before.document_frequency)
    for key in before.bags.keys() - bags.keys() | new:
        frequency.subtract(terms_of(before.bags.get(key, "")))
    for key in new:
        frequency.update(terms_of(bags[key]))
    frequency = +frequency
    now, then = (cache(partial(_idf, total)) for total in (len(bags), len(before.bags)))
    idf = {term: now(number) for term, number in frequency.items()}
    moved = {term for term, its in idf.items() if its != then(before.document_frequency.get(term, 0))}
    vectors = {
        key: _vector(terms, idf, weigh) if key in new or _holds(terms, moved) else before.vectors[key]
        for key, terms in bags.items()
    }
    changed = {key for key, vector in vectors.items() if before.vectors.get(key) != vector}
    gone = changed | (before.vectors.keys() - vectors.keys())
    touched = {
        term for key in gone for one in (vectors, before.vectors) for term in one.get(key, Vector()).terms.split()
    }
    those = _those_with(vectors, touched)
    common = {term for term, keys in those.items() if len(keys) > COMMON}
    for term in common ^ (before.common & touched):
        changed.update(those[term])
    return Part(bags, frequency, vectors, before.common - touched | common), changed


def _holds(bag: str, terms: Set[str]) -> bool:
    """Whether a bag holds one of these terms."""
    if len(terms) > FEW:
        return not terms.isdisjoint(terms_of(bag))
    return any(f" {term} " in bag for term in terms)


def _vector(bag: str, idf: Mapping[str, float], weigh: Callable[[int], float]) -> Vector:
    """The weightiest terms, in the alphabet's order."""
    terms, numbers = parts_of(bag)
    weighed = {number: weigh(int(number)) for number in {*numbers}}
    weights = list(map(mul, map(weighed.__getitem__, numbers), map(idf.__getitem__, terms)))
    top = sorted(sorted(range(len(terms)), key=weights.__getitem__, reverse=True)[:TERMS])
    length = math.sqrt(sum(weights[i] * weights[i] for i in top))
    if not length:
        return Vector()
    return Vector(" ".join(terms[i] for i in top), array("d", [weights[i] / length for i in top]).tobytes())


def _those_with(vectors: Mapping[str, Vector], terms: Set[str]) -> dict[str, list[str]]:
    """By each of these terms, who holds it among the weightiest."""
    those: dict[str, list[str]] = {term: [] for term in terms}
    for key, vector in vectors.items() if terms else ():
        for term in terms & {*vector.terms.split()}:
            those[term].append(key)
    return those


def _index(
    vectors: Mapping[str, Vector], terms: Set[str], order: Sequence[str]
) -> dict[str, tuple[array[int], array[float]]]:
    """By each of these terms, the places of those that hold it among the weightiest, the last first, and its weight
    there; packed, for most of the time of comparing is the way to memory."""
    index: dict[str, tuple[array[int], array[float]]] = defaultdict(lambda: (array("l"), array("d")))
    for place in reversed(range(len(order))) if terms else ():
        for term, weight in vectors[order[place]].items():
            if term in terms:
                places, weights = index[term]
                places.append(place)
                weights.append(weight)
    return index


def _near(keys: Set[str], parts: Mapping[str, Part], floor: float) -> Iterator[tuple[str, str, float]]:
    """How near these articles are to each other and to all others, from a floor on: each pair once."""
    everyone = next(iter(parts.values())).vectors
    order = [*(key for key in everyone if key in keys), *(key for key in everyone if key not in keys)]
    indexes, each = [], shares(parts.keys() - SHARES.keys())
    for name, part in parts.items():
        terms = {term for key in keys for term in part.vectors[key].terms.split()} - part.common
        indexes.append((each[name], part.vectors, _index(part.vectors, terms, order)))
    for key in order[: len(keys)]:
        sums = [0.0] * len(order)
        for share, vectors, index in indexes:
            for term, weight in vectors[key].items():
                if term in index:
                    others, weights = index[term]
                    others.pop(), weights.pop()  # Itself, the first of those that are left: it has met them all now.
                    weight *= share
                    for other, theirs in zip(others, weights, strict=True):
                        sums[other] += weight * theirs
        for other, score in enumerate(sums):
            if score >= floor and score:
                yield key, order[other], score


def _idf(total: int, frequency: int) -> float:
    """A term's inverse document frequency: 0 for what all articles hold; the rarer, the more; less than 0 for
    what nobody holds."""
    idf = math.log(total / frequency if frequency > 1 else total + 1) if frequency else -1
    return round(STEPS * idf) / STEPS
