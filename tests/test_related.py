"""Related lists: what an editor would choose, the same in both languages, with a reason."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from conftest import ROOT, SITE, real_library
from knowledge.content.article import Article
from knowledge.content.front_matter import Related
from knowledge.content.library import Library
from knowledge.content.outline import Outline
from knowledge.core.language import LANGUAGES, Language
from knowledge.core.strings import read_strings
from knowledge.pages.queries import Queries
from knowledge.pages.theme import Theme
from knowledge.relations.nearness import FLOOR
from knowledge.relations.related import LENGTH, SAME_SERIES, Suggestion, related
from knowledge.relations.stem import counted

JUDGED = yaml.safe_load((ROOT / "tests/related.yml").read_text("utf-8"))

LIBRARY = real_library()
ARTICLES = {article.name: article for article in LIBRARY.of_kind("article")}
STRINGS = read_strings(ROOT / "overrides/strings")


def names(library: Library) -> dict[str, list[str]]:
    """The lists by name, each with the others' names."""
    return {key.rpartition("/")[2]: [s.key.rpartition("/")[2] for s in of] for key, of in related(library).items()}


def changed(*articles: Article) -> Library:
    """The library with other versions of these articles."""
    return replace(LIBRARY, articles={**LIBRARY.articles, **{article.key: article for article in articles}})


def with_shared(article: Article, **values: Any) -> Article:
    """The article with other values in what both languages share."""
    return replace(article, shared=article.shared.model_copy(update=values))


def without_marks(article: Article) -> Article:
    """The article without concepts, step and links: only its texts tell what it is about."""
    texts = {lang: replace(text, outline=Outline()) for lang, text in article.translations.items()}
    return with_shared(replace(article, translations=texts), concepts=[], step=None)


@cache
def lists() -> dict[str, list[str]]:
    """The real ones by name, looked for where they are needed."""
    return names(LIBRARY)


@cache
def suggested() -> Mapping[str, Sequence[Suggestion]]:
    """The real ones by key."""
    return related(LIBRARY)


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


def by_tfidf(lang: Language) -> dict[str, dict[str, float]]:
    """Plain TF-IDF: the cosine of all stems of the texts, by article and other."""
    counts = {name: counted(article[lang].text, lang) for name, article in ARTICLES.items()}
    holders = Counter(stem for count in counts.values() for stem in count)
    vectors = {}
    for name, count in counts.items():
        weights = {stem: number * math.log(len(counts) / holders[stem]) for stem, number in count.items()}
        length = math.hypot(*weights.values())
        vectors[name] = {stem: weight / length for stem, weight in weights.items()}
    return {
        name: {
            other: sum(weight * theirs.get(stem, 0) for stem, weight in ours.items())
            for other, theirs in vectors.items()
            if other != name
        }
        for name, ours in vectors.items()
    }


def test_every_article_is_judged() -> None:
    assert set(JUDGED) == set(ARTICLES)
    for name, judged in JUDGED.items():
        said = [*judged["first"], *judged["fits"], *judged["never"]]
        assert set(said) <= set(ARTICLES) - {name}
        assert len(said) == len(set(said)), name


def test_the_lists_are_nearer_to_an_editors_choice_than_simpler_ones(capsys: pytest.CaptureFixture[str]) -> None:
    ours = ndcg(lists())
    tags, newest = (ndcg({name: choose(name) for name in ARTICLES}) for choose in (by_tags, by_date))
    with capsys.disabled():
        print(f"\nrelated lists, nDCG@4: ours {ours:.3f}, concepts alone {tags:.3f}, newest first {newest:.3f}")
    assert ours > max(tags, newest)
    assert ours > 0.9


@pytest.mark.parametrize("name", JUDGED)
def test_nothing_out_of_place_is_shown(name: str) -> None:
    assert lists()[name]
    assert set(lists()[name]) & set(JUDGED[name]["never"]) == set()


@pytest.mark.parametrize("name", ARTICLES)
def test_there_are_four_cards_wherever_four_of_the_topic_exist(name: str) -> None:
    topic = [a for a in ARTICLES.values() if a.topic == ARTICLES[name].topic and a.name != name]
    steps = sum(a.shared.step is not None for a in topic)
    assert len(topic) - max(0, steps - SAME_SERIES) >= LENGTH
    assert len(lists()[name]) == LENGTH


def test_a_short_list_is_filled_with_the_nearest_of_its_topic() -> None:
    article = without_marks(ARTICLES["choosing-a-therapist"])
    foreign = {
        lang: replace(text, body="kvasar", words=text.words.model_copy(update={"title": "x", "description": "x"}))
        for lang, text in article.translations.items()
    }
    suggestions = related(changed(replace(article, translations=foreign)))[article.key]
    assert [s.reason.kind for s in suggestions] == ["topic"] * LENGTH
    assert {s.key.partition("/")[0] for s in suggestions} == {"alliance"}
    assert all(s.score < FLOOR for s in suggestions)
    assert [s.score for s in suggestions] == sorted((s.score for s in suggestions), reverse=True)


def test_a_small_topic_is_not_filled_from_others() -> None:
    lists = related(Library.load(SITE / "docs"))
    assert [s.key for s in lists["stress-ladder/meltdown"]] == ["stress-ladder/heated"]


def test_an_article_of_another_topic_is_shown_only_where_it_is_much_nearer() -> None:
    elsewhere = 0
    for key, suggestions in suggested().items():
        topic, counts = LIBRARY[key].topic, []
        for s in suggestions:
            if s.reason.kind not in ("next", "previous"):
                other = LIBRARY[s.key].topic != topic
                elsewhere += other
                counts.append(round(s.score * 2 / 3 if other else s.score, 9))
                assert not other or counts[-1] >= FLOOR, (key, s.key)
        assert counts == sorted(counts, reverse=True), key
    assert elsewhere


def test_articles_without_concepts_do_as_well_as_tfidf(capsys: pytest.CaptureFixture[str]) -> None:
    texts = changed(*map(without_marks, ARTICLES.values()))
    ours, cosines = names(texts), [by_tfidf(lang) for lang in LANGUAGES]
    plain = {
        name: sorted(ARTICLES.keys() - {name}, key=lambda o: (-sum(c[name][o] for c in cosines), o))
        for name in ARTICLES
    }
    with capsys.disabled():
        print(f"\nwithout concepts, nDCG@4: ours {ndcg(ours):.3f}, TF-IDF {ndcg(plain):.3f}")
    assert {len(of) for of in ours.values()} == {LENGTH}
    assert ndcg(ours) >= ndcg(plain) > 0.5


def test_at_most_two_steps_of_the_ladder_stand_in_one_list() -> None:
    for suggestions in lists().values():
        assert sum(ARTICLES[name].shared.step is not None for name in suggestions) <= SAME_SERIES


def test_a_step_leads_to_its_neighbours_and_says_so() -> None:
    reasons = {s.key: s.reason.kind for s in suggested()["stress-ladder/overheated"]}
    assert reasons["stress-ladder/heated"] == "previous"
    assert reasons["stress-ladder/meltdown"] == "next"


@pytest.mark.parametrize(
    ("given", "expected"),
    [(Related(pin=["alliance/escaping"]), True), (Related(exclude=["alliance/escaping"]), False)],
    ids=["pin", "exclusion"],
)
def test_pins_come_first_and_exclusions_never(given: Related, expected: bool) -> None:
    library = Library.load(SITE / "docs")
    article = with_shared(library["alliance/repair"], related=given)
    lists = related(replace(library, articles={**library.articles, article.key: article}))
    keys = [suggestion.key for suggestion in lists[article.key]]
    assert (keys[:1] == ["alliance/escaping"]) == expected
    assert ("alliance/escaping" in keys) == expected


def test_an_exclusion_holds_where_a_list_is_filled() -> None:
    article = ARTICLES["more-tools"]
    filled = [s.key for s in suggested()[article.key] if s.reason.kind == "topic"]
    assert filled
    suggestions = related(changed(with_shared(article, related=Related(exclude=filled))))[article.key]
    assert len(suggestions) == LENGTH
    assert not {s.key for s in suggestions} & set(filled)


def test_two_articles_name_the_same_concept_for_each_other() -> None:
    named = {(key, s.key): s.reason.concept for key, of in suggested().items() for s in of if s.reason.concept}
    both = [(one, other) for one, other in named if (other, one) in named]
    assert both
    for one, other in both:
        assert named[one, other] == named[other, one]


def answers(library: Library) -> Queries:
    """What pages may ask about related lists."""
    nothing: Any = None
    site: Any = SimpleNamespace(library=library)
    return Queries(site, ROOT, {}, nothing, Theme(), STRINGS, related(library), "", nothing, nothing, nothing, {})


def reason(key: str, other: str, lang: Language) -> str:
    """Why the one leads to the other, in words."""
    return dict(answers(LIBRARY).related(key, lang))[other]


def test_a_reason_reads_as_a_sentence_in_both_languages() -> None:
    pair = "nlp-tools/rapport", "alliance/therapeutic-alliance"
    assert reason(*pair, "da") == "Begge handler om båndet mellem dig og terapeuten"
    assert reason(*pair, "en") == "Both are about the bond between you and your therapist"
    pair = "stress-ladder/stress-anxiety-depression", "stress-ladder/signs-of-stress"
    assert reason(*pair, "da") == "Begge handler om stress"
    assert reason(*pair, "en") == "Both are about stress"


def test_a_filled_card_says_that_it_is_of_the_same_topic() -> None:
    key, (first, *_) = (
        "nlp-tools/more-tools",
        [s.key for s in suggested()["nlp-tools/more-tools"] if s.reason.kind == "topic"],
    )
    assert reason(key, first, "da") == "Fra samme emne"
    assert reason(key, first, "en") == "From the same topic"


def test_the_lists_of_both_languages_are_the_same() -> None:
    queries = answers(LIBRARY)
    for key in suggested():
        da, en = ([other for other, _ in queries.related(key, lang)] for lang in LANGUAGES)
        assert da == en != []
