"""Related articles: one list per article, the same in both languages, each card with its reason.

An editor's pins come first, then on the ladder the neighbouring steps, then what is nearest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..content.article import Article
from ..content.library import Library
from .nearness import Nearness, nearness

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


def related(library: Library, length: int = LENGTH, found: Nearness | None = None) -> dict[str, tuple[Suggestion, ...]]:
    """Every article's list, by key.

    Args:
        found: the nearness of these articles, where it is known already.

    Returns:
        At most `length` suggestions each: pins first as written, then by score, ties by key.
    """
    articles = {a.key: a for a in library.of_kind("article")}
    found = found or nearness(articles)
    concepts = {key: dict(vector.items()) for key, vector in found.parts["concepts"].vectors.items()}
    return {key: _choose(article, articles, found.near[key], concepts, length) for key, article in articles.items()}


def _choose(article, articles, scores, concepts, length) -> tuple[Suggestion, ...]:
    pins = [key for key in article.shared.related.pin if key in articles]
    neighbours = (
        {key: kind for key, other in articles.items() if article.shared.step and (kind := _neighbour(article, other))}
        if article.shared.step
        else {}
    )
    excluded = {article.key, *article.shared.related.exclude}
    ranked = sorted(
        (scores.keys() | neighbours.keys()) - {*pins} - excluded,
        key=lambda key: (key not in neighbours, -round(scores.get(key, 0), 9), key),
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
        chosen.append(Suggestion(key, scores.get(key, 0), _reason(key, article, pins, neighbours, concepts)))
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
