"""The real articles, all of them, in both languages: what a reader may rely on."""

from __future__ import annotations

import re

import pytest

from conftest import real_library
from knowledge.content.article import GRAVE_STEPS, Article, Translation
from knowledge.content.prose import paragraphs, prose, words
from knowledge.core.language import LANGUAGES

LIBRARY = real_library()
ARTICLES = LIBRARY.of_kind("article")
TRANSLATIONS = [article[lang] for article in ARTICLES for lang in LANGUAGES]
EVIDENCE = {"da": r"evidens|dokumentation|forskning|undersøg|studie", "en": r"evidence|research|stud(y|ies)|tested"}

each_article = pytest.mark.parametrize("article", ARTICLES, ids=[article.key for article in ARTICLES])
each_text = pytest.mark.parametrize("text", TRANSLATIONS, ids=[text.path for text in TRANSLATIONS])


def test_there_are_at_least_thirty_four_articles() -> None:
    assert len(ARTICLES) >= 34


@each_article
def test_an_article_rests_on_three_sources_that_exist(article: Article) -> None:
    cited = [{cite.target for cite in article[lang].outline.citations} for lang in LANGUAGES]
    assert cited[0] == cited[1]
    assert len(cited[0]) >= 3
    assert cited[0] <= set(LIBRARY.sources)


@each_text
def test_a_text_has_two_to_nine_questions(text: Translation) -> None:
    assert 2 <= len(text.outline.questions) <= 9


@each_text
def test_a_text_is_as_long_as_it_should_be(text: Translation) -> None:
    assert 900 <= len(list(words(prose(text.body)))) <= 2400


@each_text
def test_a_text_opens_with_a_short_answer(text: Translation) -> None:
    opening = next(paragraphs(prose(text.body)))
    assert not opening.text.startswith("#")
    # The answer stands within a hundred words; a last sentence may lead on from it.
    assert len(list(words(opening.text))) <= 130


@each_article
def test_the_languages_agree_on_questions_and_sections(article: Article) -> None:
    da, en = (article[lang].outline for lang in LANGUAGES)
    assert [question.id for question in da.questions] == [question.id for question in en.questions]
    assert [heading.level for heading in da.headings] == [heading.level for heading in en.headings]


@each_article
def test_help_stands_where_it_must(article: Article) -> None:
    grave = article.shared.step in GRAVE_STEPS
    suicide = any(re.search("selvmord|suicid", article[lang].text, re.IGNORECASE) for lang in LANGUAGES)
    assert article.has_help or not (grave or suicide)


@each_text
def test_a_picture_is_described_in_a_sentence(text: Translation) -> None:
    alt = text.words.image_alt or ""
    assert alt.endswith(".")
    assert len(alt.split()) >= 8
    assert alt != text.words.title


@pytest.mark.parametrize(
    "text",
    [text for text in TRANSLATIONS if text.path.startswith("nlp-tools/")],
    ids=[text.path for text in TRANSLATIONS if text.path.startswith("nlp-tools/")],
)
def test_an_nlp_article_says_what_the_evidence_is(text: Translation) -> None:
    assert re.search(EVIDENCE[text.lang], f"{text.words.evidence} {text.body}", re.IGNORECASE)
    assert "NLP" in text.body
