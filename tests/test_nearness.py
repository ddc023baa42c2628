"""Nearness: the plain definition, whatever an earlier build has left."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from operator import attrgetter
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.relations import nearness as module
from knowledge.relations.nearness import FLOOR, ITSELF, STEPS, TERMS, Nearness, nearest, nearness, shares
from knowledge.relations.stem import bag


@dataclass(frozen=True)
class Words:
    """An article as nearness sees it: what it is about, its stems in each language, and its links."""

    concepts: tuple[str, ...]
    da: str
    en: str
    links: frozenset[str]
    shared: SimpleNamespace = field(init=False, hash=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "shared", SimpleNamespace(concepts=self.concepts))

    @property
    def translations(self) -> dict[str, SimpleNamespace]:
        """Both languages, each with its fingerprint."""
        texts = {"da": self.da, "en": self.en}
        return {lang: SimpleNamespace(stems=bag(Counter(text.split()))) for lang, text in texts.items()}


STEMS = attrgetter("stems")
KEYS = ["a name of three words", *(f"article-{i}" for i in range(12))]
texts = st.lists(st.sampled_from("a b c d e f g h i j".split()), max_size=12).map(" ".join)
articles = st.dictionaries(
    st.sampled_from(KEYS),
    st.builds(
        Words,
        st.lists(st.sampled_from("xyz"), unique=True, max_size=3).map(tuple),
        texts,
        texts,
        st.frozensets(st.sampled_from([*KEYS, "help"]), max_size=3),
    ),
)


def weights(name: str, key: str, given: dict[str, Words]) -> dict[str, float]:
    """What each term of an article weighs, but for its rarity."""
    article = given[key]
    if name == "concepts":
        return {concept: 1 / place for place, concept in enumerate(article.concepts, 1)}
    if name == "links":
        return dict.fromkeys(article.links & given.keys(), 1.0) | {key: 1 + math.log(ITSELF)}
    return {stem: 1 + math.log(n) for stem, n in Counter(getattr(article, name).split()).items()}


def plainly(given: dict[str, Words], floor: float = FLOOR) -> dict[str, dict[str, float]]:
    """The definition, word for word: every pair, every term."""
    near: dict[str, dict[str, float]] = {key: Counter() for key in given}
    for name, share in shares(("da", "en")).items():
        weighed = {key: weights(name, key, given) for key in given}
        holders = Counter(term for terms in weighed.values() for term in terms)
        rarity = {
            t: round(STEPS * math.log(len(given) / n if n > 1 else len(given) + 1)) / STEPS for t, n in holders.items()
        }
        vectors = {}
        for key, terms in weighed.items():
            rare = {term: weight * rarity[term] for term, weight in terms.items()}
            top = dict(sorted(rare.items(), key=lambda item: (-item[1], item[0]))[:TERMS])
            length = math.sqrt(sum(w * w for w in top.values()))
            vectors[key] = {term: w / length for term, w in top.items()} if length else {}
        for one in given:
            for other in given.keys() - {one}:
                near[one][other] += share * sum(w * vectors[other].get(term, 0) for term, w in vectors[one].items())
    return {key: {o: score for o, score in others.items() if score >= floor} for key, others in near.items()}


@settings(deadline=None)
@given(articles)
def test_it_is_the_plain_definition(given: dict[str, Words]) -> None:
    found, plain = nearness(given, stems=STEMS).near, plainly(given)
    for key in given:
        assert found[key] == pytest.approx(plain[key])


@settings(deadline=None)
@given(articles, st.data())
def test_what_is_looked_for_without_a_floor_is_the_plain_definition_too(
    given: dict[str, Words], data: st.DataObject
) -> None:
    keys = data.draw(st.sets(st.sampled_from(sorted(given)))) if given else set()
    plain = plainly(given, floor=1e-9)
    found = nearest(keys, nearness(given, stems=STEMS).parts)
    assert found.keys() == keys
    for key in keys:
        assert {other: score for other, score in found[key].items() if score >= 1e-9} == pytest.approx(plain[key])


@settings(deadline=None)
@given(st.lists(articles, min_size=2, max_size=4), st.sampled_from([2, 5, 40]), st.sampled_from([0, 30]))
def test_what_was_found_before_only_saves_time(states: list[dict[str, Words]], common: int, few: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "COMMON", common)
        patch.setattr(module, "FEW", few)
        before: Nearness | None = None
        for state in states:
            before = nearness(state, before, STEMS)
            assert before == nearness(state, stems=STEMS)
