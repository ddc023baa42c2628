"""The real articles, all of them, in both languages: what a reader may rely on."""

from __future__ import annotations

import re

from conftest import real_library
from knowledge.content.article import GRAVE_STEPS
from knowledge.content.prose import paragraphs, prose, words
from knowledge.core.language import LANGUAGES

LIBRARY = real_library()
ARTICLES = LIBRARY.of_kind("article")
TRANSLATIONS = [article[lang] for article in ARTICLES for lang in LANGUAGES]
EVIDENCE = {"da": r"evidens|dokumentation|forskning|undersøg|studie", "en": r"evidence|research|stud(y|ies)|tested"}


def test_there_are_at_least_thirty_four_articles() -> None:
    assert len(ARTICLES) >= 34


def test_an_article_rests_on_three_sources_that_exist() -> None:
    for article in ARTICLES:
        cited = [{cite.target for cite in article[lang].outline.citations} for lang in LANGUAGES]
        assert cited[0] == cited[1], article.key
        assert len(cited[0]) >= 3, article.key
        assert cited[0] <= set(LIBRARY.sources), article.key


def test_a_text_has_two_to_nine_questions() -> None:
    assert [text.path for text in TRANSLATIONS if not 2 <= len(text.outline.questions) <= 9] == []


def test_a_text_is_as_long_as_it_should_be() -> None:
    lengths = {text.path: len(list(words(prose(text.body)))) for text in TRANSLATIONS}
    assert {path: length for path, length in lengths.items() if not 900 <= length <= 2400} == {}


def test_a_text_opens_with_a_short_answer() -> None:
    openings = {text.path: next(paragraphs(prose(text.body))).text for text in TRANSLATIONS}
    assert [path for path, text in openings.items() if text.startswith("#")] == []
    # The answer stands within a hundred words; a last sentence may lead on from it.
    assert [path for path, text in openings.items() if len(list(words(text))) > 130] == []


def test_the_languages_agree_on_questions_and_sections() -> None:
    for article in ARTICLES:
        da, en = (article[lang].outline for lang in LANGUAGES)
        assert [question.id for question in da.questions] == [question.id for question in en.questions], article.key
        assert [heading.level for heading in da.headings] == [heading.level for heading in en.headings], article.key


def test_help_stands_where_it_must() -> None:
    suicide = re.compile("selvmord|suicid", re.IGNORECASE)
    without = [article for article in ARTICLES if not article.has_help]
    assert 0 < len(without) < len(ARTICLES)
    assert [article.key for article in without if article.shared.step in GRAVE_STEPS] == []
    assert [text.path for a in without for text in (a[lang] for lang in LANGUAGES) if suicide.search(text.text)] == []


def test_a_picture_is_described_in_a_sentence() -> None:
    described = {text.path: (text.words.image_alt or "", text.words.title) for text in TRANSLATIONS}
    assert {
        path: alt
        for path, (alt, title) in described.items()
        if not alt.endswith(".") or len(alt.split()) < 8 or alt == title
    } == {}


def test_an_nlp_article_says_what_the_evidence_is() -> None:
    texts = [text for text in TRANSLATIONS if text.path.startswith("nlp-tools/")]
    assert len(texts) > 10
    for text in texts:
        assert re.search(EVIDENCE[text.lang], f"{text.words.evidence} {text.body}", re.IGNORECASE), text.path
        assert "NLP" in text.body, text.path
