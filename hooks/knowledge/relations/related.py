"""Related articles: one list per article, the same in both languages, each card with its reason.

An editor's pins come first, then on the ladder the neighbouring steps, then what is nearest. What is
of another topic must be nearer than what is of the same; a short list is filled from its own topic.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..content.article import Article
from ..content.library import Library
from .nearness import FLOOR, Nearness, nearest, nearness

LENGTH = 4
"""Cards in a list."""
SAME_SERIES = 2
"""At most so many steps of the ladder in one list, beside an editor's pins."""
ELSEWHERE = 2 / 3
"""How much the nearness of an article of another topic counts."""


@dataclass(frozen=True)
class Reason:
    """Why an article is related; the strings files put it in words."""

    kind: Literal["next", "previous", "concept", "pin", "words", "topic"]
    concept: str | None = None
    """Of the concepts that both share, the one that weighs most in both, where that is the reason."""


@dataclass(frozen=True)
class Suggestion:
    """One card of a related list."""

    key: str
    score: float
    reason: Reason


def related(library: Library, found: Nearness | None = None) -> dict[str, tuple[Suggestion, ...]]:
    """Every article's list, by key: as many as there are in its topic, at most `LENGTH`; pins first as written, then by
    score, ties by key."""
    articles = {a.key: a for a in library.of_kind("article")}
    found = found or nearness(articles)
    concepts = {key: dict(vector.items()) for key, vector in found.parts["concepts"].vectors.items()}

    lists = {key: _choose(key, articles, found.near[key], concepts) for key in articles}
    short = {key for key, suggestions in lists.items() if len(suggestions) < LENGTH}
    topics: dict[str, dict[str, float]] = {articles[key].topic: {} for key in short}
    for key, article in articles.items():
        if article.topic in topics:
            topics[article.topic][key] = 0
    for key, scores in nearest(short, found.parts).items():
        lists[key] = _choose(key, articles, topics[articles[key].topic] | scores, concepts)
    return lists


def _choose(
    own: str, articles: Mapping[str, Article], scores: Mapping[str, float], concepts: Mapping[str, Mapping[str, float]]
) -> tuple[Suggestion, ...]:
    article = articles[own]
    pins = [key for key in article.shared.related.pin if key in articles]
    others = articles.items() if article.shared.step else ()
    neighbours = {key: kind for key, other in others if (kind := _neighbour(article, other))}
    excluded = {own, *article.shared.related.exclude}
    counts = {}
    for key in (scores.keys() | neighbours.keys()) - {*pins} - excluded:
        same, score = articles[key].topic == article.topic, scores.get(key, 0)
        if same or score * ELSEWHERE >= FLOOR:
            counts[key] = score if same else score * ELSEWHERE
    ranked = sorted(counts, key=lambda key: (key not in neighbours, -round(counts[key], 9), key))
    chosen: list[Suggestion] = []
    steps = 0
    for key in [*pins, *ranked]:
        if key in excluded or len(chosen) == LENGTH:
            continue
        if articles[key].shared.step:
            if steps == SAME_SERIES and key not in pins:
                continue
            steps += 1
        score = scores.get(key, 0)
        chosen.append(Suggestion(key, score, _reason(own, key, score, pins, neighbours, concepts)))
    return tuple(chosen)


def _neighbour(article: Article, other: Article) -> Literal["next", "previous"] | None:
    if not article.shared.step or not other.shared.step:
        return None
    return {1: "next", -1: "previous"}.get(other.shared.step - article.shared.step)  # type: ignore[return-value]


def _reason(key, other, score, pins, neighbours, concepts) -> Reason:
    if other in neighbours:
        return Reason(neighbours[other])
    ours, theirs = concepts[key], concepts[other]
    shared = ours.keys() & theirs.keys()
    if shared and (score >= FLOOR or other in pins):
        return Reason("concept", min(shared, key=lambda c: (-ours[c] * theirs[c], c)))
    return Reason("pin" if other in pins else "words" if score >= FLOOR else "topic")
