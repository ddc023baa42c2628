"""Related articles: one list per article, the same in both languages, each card with its reason.

An article's score for another is

    0.5 · shared concepts, weighted by rarity  +  0.5 · cosine of their weightiest stemmed words

over both languages together, plus pins, minus exclusions. Words come from an inverted index of
each article's 150 weightiest stems: as good as full TF-IDF on measured articles, without the import
time of scikit-learn (over a second). A stem or concept that more than `COMMON` articles hold tells
little, and is left out of the sums, so that time grows with the number of articles and not with its
square; up to so many articles the lists are those of the plain definition.

Source of tf-idf with cosine: Salton & Buckley (1988), doi:10.1016/0306-4573(88)90021-0.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from .article import LANGUAGES, Article, Language
from .library import Library

TERMS = 150
"""Stems that stand for an article in one language."""
COMMON = 40
"""A term that more articles hold is left out of the sums."""
FLOOR = 0.08
"""Below this score nothing is shown."""
LENGTH = 4
"""Cards in a list."""
SAME_SERIES = 2
"""At most so many steps of the ladder in one list."""


@dataclass(frozen=True)
class Reason:
    """Why an article is related; the strings files put it in words."""

    kind: Literal["next", "previous", "concept", "pin", "words"]
    concept: str | None = None
    """The rarest concept that both share, in a tie the weightier for the article, where that is the reason."""


@dataclass(frozen=True)
class Suggestion:
    """One card of a related list."""

    key: str
    score: float
    reason: Reason


def related(library: Library, length: int = LENGTH) -> dict[str, tuple[Suggestion, ...]]:
    """Every article's list, by key.

    Returns:
        At most `length` suggestions each: pins first as written, then by score, ties by key.
    """
    articles = {a.key: a for a in library.of_kind("article")}
    concepts = _concepts(articles)
    parts = [(0.5, concepts), *((0.5 / len(LANGUAGES), _vectors(articles, lang)) for lang in LANGUAGES)]
    scores = _scores(parts)
    return {key: _choose(article, articles, scores(key), concepts, length) for key, article in articles.items()}


def _choose(article, articles, scores, concepts, length) -> tuple[Suggestion, ...]:
    pins = [key for key in article.shared.related.pin if key in articles]
    neighbours = (
        {key: kind for key, other in articles.items() if article.shared.step and (kind := _neighbour(article, other))}
        if article.shared.step
        else {}
    )
    excluded = {article.key, *article.shared.related.exclude}
    near = {key for key, score in scores.items() if score >= FLOOR}
    ranked = sorted(
        near.union(neighbours) - {*pins} - excluded,
        key=lambda key: (key not in neighbours, -round(scores[key], 9), key),
    )
    chosen: list[Suggestion] = []
    steps = 0
    for key in [*pins, *ranked]:
        if key in excluded or len(chosen) == length:
            continue
        if articles[key].shared.step:
            if steps == SAME_SERIES and key not in pins:
                continue
            steps += 1
        chosen.append(Suggestion(key, scores[key], _reason(key, article, pins, neighbours, concepts)))
    return tuple(chosen)


def _neighbour(article: Article, other: Article) -> Literal["next", "previous"] | None:
    if not article.shared.step or not other.shared.step:
        return None
    return {1: "next", -1: "previous"}.get(other.shared.step - article.shared.step)  # type: ignore[return-value]


def _reason(key, article, pins, neighbours, concepts) -> Reason:
    if key in neighbours:
        return Reason(neighbours[key])
    shared = set(concepts[article.key]) & set(concepts[key])
    if shared:
        order = article.shared.concepts
        return Reason("concept", max(shared, key=lambda c: (concepts[article.key][c], -order.index(c))))
    return Reason("pin" if key in pins else "words")


def _concepts(articles: Mapping[str, Article]) -> dict[str, dict[str, float]]:
    """Each article's concepts, weighted by rarity and normalised to length 1."""
    holders = Counter(c for a in articles.values() for c in set(a.shared.concepts))
    return {key: _unit({c: _idf(holders[c], len(articles)) for c in a.shared.concepts}) for key, a in articles.items()}


def _vectors(articles: Mapping[str, Article], lang: Language) -> dict[str, dict[str, float]]:
    """Each article's weightiest stems in one language, normalised to length 1."""
    counts = {key: a[lang].stems for key, a in articles.items()}
    holders: Counter[str] = Counter()
    for count in counts.values():
        holders.update(count.keys())
    rarity = {stem: _idf(number, len(articles)) for stem, number in holders.items()}
    vectors = {}
    for key, count in counts.items():
        weights = sorted([(-(1 + math.log(n)) * rarity[s], s) for s, n in count.items()])
        vectors[key] = _unit({s: -weight for weight, s in weights[:TERMS]})
    return vectors


def _scores(parts: Sequence[tuple[float, Mapping[str, Mapping[str, float]]]]):
    """A function from a key to the scores of all others that share anything with it.

    Args:
        parts: of each part of the score its share and its vectors.
    """
    indexes = [(vectors, _index(share, vectors)) for share, vectors in parts]

    def scores(key: str) -> Mapping[str, float]:
        sums: dict[str, float] = defaultdict(float)
        for vectors, index in indexes:
            for term, weight in vectors[key].items():
                for other, theirs in index.get(term, ()):
                    sums[other] += weight * theirs
        return sums

    return scores


def _index(share: float, vectors: Mapping[str, Mapping[str, float]]) -> dict[str, list[tuple[str, float]]]:
    """Of each term that tells something, who holds it and how much it weighs there."""
    index: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for key, vector in vectors.items():
        for term, weight in vector.items():
            index[term].append((key, share * weight))
    return {term: holders for term, holders in index.items() if len(holders) <= COMMON}


def _idf(holders: int, total: int) -> float:
    """Nothing for what all share; the rarer, the more."""
    return math.log(total / holders) if holders > 1 else math.log(total + 1)


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(w * w for w in vector.values()))
    return {key: w / length for key, w in vector.items()} if length else {}
