"""Alignment: which stretch of a translation belongs to which of the original, by what languages have in common.

Names, figures, sources, links and the beginnings of related words (alliance, stress, terapi and therapy) stand in both.
Each counts the more, the fewer stretches hold it (inverse document frequency); a stretch much longer or shorter than
the other counts less. Source of the idea of lengths: Gale & Church (1993), A program for aligning sentences in
bilingual corpora, <https://aclanthology.org/J93-1004/>.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from ..content.prose import told_apart

SAME = 2.0
"""More alike than any two texts are."""
MOST = 40_000
"""So many pairs are compared; of longer texts, the stretches are taken in their order."""
DISPLACED = 0.03
"""So much more alike two stretches are the other way round that they have changed places. Of 5,000 pairs of made-up
texts, which have only chance in common, one reached 0.02; any two sections of the site's own that change, 0.034."""
RECENT = 256
"""Texts whose features are remembered: several rules compare those of one article."""
FEATURE = re.compile(r"@[\w-]+|(?<![\w/-])[\w/-]++(?=\.[a-z]{2}\.md)|\d+|[^\W\d_]{4,}")
MARK = re.compile(r"^(?:###|[-*]|\d+\.|\|) ?", re.MULTILINE)


def likeness(ours: Sequence[str], theirs: Sequence[str]) -> list[list[float]]:
    """How alike each of our texts is to each of theirs: about 0 to 1, below 0 where the lengths forbid it."""
    if len(ours) * len(theirs) > MOST:
        return [[-abs(i - j) / MOST for j in range(len(theirs))] for i in range(len(ours))]
    features = [[_features(text) for text in side] for side in (ours, theirs)]
    held = Counter(feature for side in features for found in side for feature in found)
    weight = {feature: math.log(1 + (len(ours) + len(theirs)) / count) for feature, count in held.items()}

    def mass(found: frozenset[str]) -> float:
        return sum(map(weight.__getitem__, found)) or 1

    masses = [[mass(found) for found in side] for side in features]
    return [
        [
            mass(a & b) / math.sqrt(m * n) - 0.25 * abs(math.log((len(x) + 30) / (len(y) + 30)))
            for b, n, y in zip(features[1], masses[1], theirs, strict=True)
        ]
        for a, m, x in zip(features[0], masses[0], ours, strict=True)
    ]


def aligned(table: list[list[float]]) -> list[tuple[int | None, int | None]]:
    """The pairs that are most alike in all, in order; each of the shorter side has one, the rest stand with None."""
    rows, columns = len(table), len(table[0]) if table else 0
    if rows * columns > MOST:
        length = max(rows, columns)
        return [(i if i < rows else None, i if i < columns else None) for i in range(length)]
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(rows + 1):
        for j in range(columns + 1):
            steps = []
            if i and j:
                steps.append((best[i - 1, j - 1][0] + table[i - 1][j - 1] + SAME * 2, (i - 1, j - 1)))
            steps += [(best[p][0], p) for p in ((i - 1, j), (i, j - 1)) if min(p) >= 0]
            if steps:
                best[i, j] = max(steps)
    pairs: list[tuple[int | None, int | None]] = []
    place = rows, columns
    while place != (0, 0):
        before = best[place][1]
        pairs.append((before[0] if before[0] < place[0] else None, before[1] if before[1] < place[1] else None))
        place = before
    return pairs[::-1]


def displaced(table: list[list[float]]) -> tuple[int, int] | None:
    """The first two places that have changed with each other in the second text, of two equally long ones."""
    places = range(len(table))
    for i in places:
        for j in places[i + 1 :]:
            if table[i][j] + table[j][i] - table[i][i] - table[j][j] > DISPLACED:
                return i, j
    return None


@lru_cache(RECENT)
def _features(text: str) -> frozenset[str]:
    """What a text may have in common with its translation."""
    bare, rest = told_apart(text)
    found = {word[:4].lower() for word in bare if len(word) > 3}
    found |= {word[:4].lower() if word[0].isalpha() and "/" not in word else word for word in FEATURE.findall(rest)}
    shape = Counter(mark.strip().rstrip("0123456789.") or "1" for mark in MARK.findall(text))
    return frozenset(found | {f"{mark}{n}" for mark, count in shape.items() for n in range(count)})
