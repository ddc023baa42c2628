"""Nearness: how much articles have to do with each other, by what they share and how rare that is.

An article's nearness to another is

    0.5 · cosine of their concepts  +  0.25 · cosine of their weightiest stems in each language

each weighted by rarity. It is the same from both sides, to the last bit: shares are powers of two,
and sums follow the alphabet. So what an earlier build found is taken over, and only articles whose
weights have changed are compared anew. Rarity comes in steps, so that an edit changes few weights.

An inverted index of 150 stems is as good as full TF-IDF on measured articles, without the import
time of scikit-learn (over a second). A term that more than `COMMON` articles hold tells little, and
is left out of the sums, so that time grows with the number of articles and not with its square; up
to so many articles this is the plain definition.

Source of tf-idf with cosine: Salton & Buckley (1988), doi:10.1016/0306-4573(88)90021-0.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from .article import LANGUAGES, Article

TERMS = 150
"""Stems that stand for an article in one language."""
COMMON = 40
"""A term that more articles hold is left out of the sums."""
FLOOR = 0.08
"""What is less near is not near at all."""
STEPS = 10
"""Steps of rarity for each factor of e."""
SHARES = {"concepts": 0.5, **dict.fromkeys(LANGUAGES, 0.5 / len(LANGUAGES))}

Vector = Mapping[str, float]


@dataclass(frozen=True)
class Part:
    """One of the things that articles may share: their concepts, or stems in a language."""

    rarity: Mapping[str, float] = field(default_factory=dict)
    vectors: Mapping[str, Vector] = field(default_factory=dict)
    """By article, with a length of 1."""
    index: Mapping[str, Set[str]] = field(default_factory=dict)
    """Who holds a term among the weightiest."""


@dataclass(frozen=True)
class Nearness:
    """What is near to what."""

    parts: Mapping[str, Part] = field(default_factory=dict)
    near: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """By article, the others and how near they are, where that is worth a word."""
    made_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By article, the fingerprints of its files."""


def nearness(articles: Mapping[str, Article], before: Nearness | None = None) -> Nearness:
    """How near the articles are to each other.

    Args:
        before: that of any earlier state, or of none; it only saves time.
    """
    before = before or Nearness()
    made_of = {key: tuple(t.digest for t in a.translations.values()) for key, a in articles.items()}
    same = {key for key, made in made_of.items() if made[0] and before.made_of.get(key) == made}
    parts = {name: _part(_counts(articles, name), same, before.parts.get(name, Part())) for name in SHARES}
    changed = articles.keys() - same
    for name, part in parts.items():
        changed |= _changed(part, before.parts.get(name, Part()))
    changed &= articles.keys()
    near = {key: {} if key in changed else dict(before.near[key]) for key in articles}
    for lost in changed | (before.near.keys() - articles.keys()):
        for other in before.near.get(lost, {}).keys() & near.keys():
            near[other].pop(lost, None)
    for one, other, score in _near(changed, parts):
        near[one][other] = near[other][one] = score
    return Nearness(parts, near, made_of)


def _counts(articles: Mapping[str, Article], name: str) -> dict[str, Mapping[str, int]]:
    if name == "concepts":
        return {key: Counter(article.shared.concepts) for key, article in articles.items()}
    return {key: article.translations[name].stems for key, article in articles.items()}  # type: ignore[index]


def _part(counts: Mapping[str, Mapping[str, int]], same: Set[str], before: Part) -> Part:
    holders: Counter[str] = Counter()
    for count in counts.values():
        holders.update(count.keys())
    steps = {number: _rarity(number, len(counts)) for number in set(holders.values())}
    rarity = {term: steps[number] for term, number in holders.items()}
    moved = {term for term, now in rarity.items() if before.rarity.get(term) != now}
    vectors = {
        key: before.vectors[key] if key in same and moved.isdisjoint(count) else _vector(count, rarity)
        for key, count in counts.items()
    }
    return Part(rarity, vectors, _index(vectors, before))


def _index(vectors: Mapping[str, Vector], before: Part) -> dict[str, Set[str]]:
    touched: dict[str, set[str]] = {}
    for key in vectors.keys() | before.vectors.keys():
        was, now = before.vectors.get(key, {}), vectors.get(key, {})
        if was is not now:
            for term in was.keys() ^ now.keys():
                if term not in touched:
                    touched[term] = set(before.index.get(term, ()))
                (touched[term].add if term in now else touched[term].remove)(key)
    return {**before.index, **touched}


def _vector(count: Mapping[str, int], rarity: Mapping[str, float]) -> Vector:
    """The weightiest terms, in the alphabet's order."""
    terms = sorted(count)
    logs = {n: 1 + math.log(n) for n in {*count.values()}}
    weights = [logs[count[term]] * rarity[term] for term in terms]
    top = sorted(sorted(range(len(terms)), key=weights.__getitem__, reverse=True)[:TERMS])
    length = math.sqrt(sum(weights[i] * weights[i] for i in top))
    return {terms[i]: weights[i] / length for i in top} if length else {}


def _changed(part: Part, before: Part) -> set[str]:
    """Articles whose own weights have changed, and all that hold a term which has become common, or ceased to be."""
    changed = {key for key, vector in part.vectors.items() if before.vectors.get(key) != vector}
    for term, holders in part.index.items():
        were = before.index.get(term, frozenset())
        if holders is not were and (len(holders) > COMMON) != (len(were) > COMMON):
            changed |= holders | were
    return changed


def _near(keys: Set[str], parts: Mapping[str, Part]) -> Iterator[tuple[str, str, float]]:
    """How near these articles are to each other and to all others, where that is worth a word: each pair once."""
    shares = [(part.vectors, _holders(keys, part, SHARES[name])) for name, part in parts.items()]
    for key in keys:
        sums: dict[str, float] = defaultdict(float)
        for vectors, holders in shares:
            for term, weight in vectors[key].items():
                if term in holders:
                    others = holders[term]
                    del others[key]  # It has met them all now.
                    for other, theirs in others.items():
                        sums[other] += weight * theirs
        for other, score in sums.items():
            if score >= FLOOR:
                yield key, other, score


def _holders(keys: Set[str], part: Part, share: float) -> dict[str, dict[str, float]]:
    """By each term of these articles that is not too common, all who hold it, and its weight there."""
    terms: set[str] = set().union(*(part.vectors[key] for key in keys))
    return {
        term: {key: share * part.vectors[key][term] for key in holders}
        for term in terms
        if len(holders := part.index[term]) <= COMMON
    }


def _rarity(holders: int, total: int) -> float:
    """Nothing for what all share; the rarer, the more."""
    return round(STEPS * math.log(total / holders if holders > 1 else total + 1)) / STEPS
