"""Related lists: what an editor would choose, the same in both languages, with a reason."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
import yaml

from conftest import ROOT, SITE
from knowledge.content.front_matter import Related
from knowledge.content.library import Library
from knowledge.relations.related import SAME_SERIES, related

JUDGED = yaml.safe_load((ROOT / "tests/related.yml").read_text("utf-8"))

LIBRARY, _ = Library.read(ROOT / "docs")
ARTICLES = {article.name: article for article in LIBRARY.of_kind("article")}
LISTS = {name: [s.key.rpartition("/")[2] for s in related(LIBRARY)[a.key]] for name, a in ARTICLES.items()}


def ndcg(chosen: Mapping[str, Sequence[str]]) -> float:
    """Mean nDCG@4 over the judged articles; 2 for what comes first, 1 for what fits.

    Source: Järvelin & Kekäläinen (2002), doi:10.1145/582415.582418.
    """
    scores = []
    for name, judged in JUDGED.items():
        gains = {**dict.fromkeys(judged["fits"], 1), **dict.fromkeys(judged["first"], 2)}
        got = sum(gains.get(other, 0) / math.log2(i + 2) for i, other in enumerate(chosen[name][:4]))
        best = sum(gain / math.log2(i + 2) for i, gain in enumerate(sorted(gains.values(), reverse=True)[:4]))
        scores.append(got / best)
    return sum(scores) / len(scores)


def by_tags(name: str) -> list[str]:
    """The others by Jaccard similarity of their concepts alone."""
    own = set(ARTICLES[name].shared.concepts)

    def jaccard(other: str) -> float:
        theirs = set(ARTICLES[other].shared.concepts)
        return len(own & theirs) / len(own | theirs)

    return sorted(ARTICLES.keys() - {name}, key=lambda other: (-jaccard(other), other))


def by_date(name: str) -> list[str]:
    """The others, the newest first."""
    return [article.name for article in LIBRARY.latest if article.name != name]


def test_every_article_is_judged() -> None:
    assert set(JUDGED) == set(ARTICLES)


def test_the_lists_are_nearer_to_an_editors_choice_than_simpler_ones(capsys: pytest.CaptureFixture[str]) -> None:
    ours = ndcg(LISTS)
    tags, newest = (ndcg({name: choose(name) for name in ARTICLES}) for choose in (by_tags, by_date))
    with capsys.disabled():
        print(f"\nrelated lists, nDCG@4: ours {ours:.3f}, concepts alone {tags:.3f}, newest first {newest:.3f}")
    assert ours > max(tags, newest)
    assert ours > 0.8


@pytest.mark.parametrize("name", JUDGED)
def test_nothing_out_of_place_is_shown(name: str) -> None:
    assert set(LISTS[name]) & set(JUDGED[name]["never"]) == set()


def test_at_most_two_steps_of_the_ladder_stand_in_one_list() -> None:
    for suggestions in LISTS.values():
        assert sum(ARTICLES[name].shared.step is not None for name in suggestions) <= SAME_SERIES


def test_a_step_leads_to_its_neighbours_and_says_so() -> None:
    reasons = {s.key: s.reason.kind for s in related(LIBRARY)["stress-ladder/overheated"]}
    assert reasons["stress-ladder/heated"] == "previous"
    assert reasons["stress-ladder/meltdown"] == "next"


@pytest.mark.parametrize(
    ("given", "expected"),
    [(Related(pin=["alliance/escaping"]), True), (Related(exclude=["alliance/escaping"]), False)],
    ids=["pin", "exclusion"],
)
def test_pins_come_first_and_exclusions_never(given: Related, expected: bool) -> None:
    library = Library.load(SITE / "docs")
    article = library["alliance/repair"]
    changed = replace(article, shared=article.shared.model_copy(update={"related": given}))
    lists = related(replace(library, articles={**library.articles, article.key: changed}))
    keys = [suggestion.key for suggestion in lists[article.key]]
    assert (keys[:1] == ["alliance/escaping"]) == expected
    assert ("alliance/escaping" in keys) == expected
