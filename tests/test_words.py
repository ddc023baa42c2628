"""Words of texts and of queries are read alike: in the build by Python, in the browser by the site's own scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from conftest import ROOT, real_library
from knowledge.core.language import LANGUAGES, Language
from knowledge.outputs.search.right import bloom, right_words
from knowledge.outputs.search.words import fold, lists, stem, words

READ = """async ([bundle, lists, texts]) => {
  const { fold, reader, stem } = await import(bundle)
  const words = reader(lists, stem)
  return texts.map((text) => [fold(text), words.read(text).map(({ word }) => word), words.stems(text)])
}"""
ODD = [
    "Søvnløs? SOEVNLOES, sovnlos! ｓøｖｎ",
    "terapeutens therapist's doesn’t I'm ‘quoted’ naïve café",
    "trin 4, trin fire, fjerde trin, 4. trin, fire trin, step five, the second step, 5 steps, trin 7",
    "to tre 29 % e-mail robusthed.dk 112 NLP'erne 🙂 שלום \u202e ﬁn",
    "skiftede behandlinger behandlede billige billigt billig bil bilen regningen mødre",
    "",
]


@pytest.fixture(scope="module")
def page(chromium: Browser, real_url: str) -> Iterator[Page]:
    """A page of the site, which the tests only take scripts from."""
    page = chromium.new_page()
    page.goto(real_url)
    yield page
    page.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_browser_and_build_read_words_alike(page: Page, lang: Language) -> None:
    """Of every text of the site, every right word, and what is odd."""
    texts = [t.text for t in real_library().translations() if t.lang == lang] + right_words(lang) + ODD
    read = page.evaluate(READ, [f"/assets/finder.{lang}.js", lists(lang), texts])
    assert len(read) == len(texts) > 5000
    for text, found in zip(texts, read, strict=True):
        assert found == [fold(text), words(text, lang), [stem(word, lang) for word in words(text, lang)]]


@pytest.mark.parametrize(
    ("lang", "forms"),
    [
        ("da", "søvnen søvn soevn sovn søvnens SØVN"),
        ("da", "skiftede skifte skifter"),
        ("da", "behandling behandlinger behandle behandler behandlede"),
        ("da", "billig billige billigt"),
        ("da", "følelse følelser følelsen"),
        ("en", "therapist therapists therapist's therapists’"),
        ("en", "sleeping sleep sleeps"),
    ],
)
def test_forms_of_a_word_have_one_stem(lang: Language, forms: str) -> None:
    assert len({stem(word, lang) for word in words(forms, lang)}) == 1


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [("da", "bil", "billig"), ("da", "kontakt", "kontrakt"), ("da", "første", "forskel"), ("en", "therapy", "there")],
)
def test_other_words_have_other_stems(lang: Language, one: str, other: str) -> None:
    assert stem(fold(one), lang) != stem(fold(other), lang)


MEANT = """async ([bundle, vocabulary, lang, queries]) => {
  const { fold, stem, vocabularyOf } = await import(bundle)
  const words = vocabularyOf(vocabulary, lang === "da" ? ["", "s", "e"] : [], fold, stem)
  return queries.map((query) => words.meant(fold(query), false).map(([one]) => one.word))
}"""


@pytest.mark.parametrize(
    ("lang", "known", "right", "query", "meant"),
    [
        ("en", "will quit pacing building whether", "kill quiz racing bullying weather", "kill", []),
        ("en", "will quit pacing building whether", "", "kill", []),
        ("en", "will quit pacing building whether", "", "quiz", []),
        ("en", "will quit pacing building whether", "", "racing", []),
        ("en", "will quit pacing building whether", "kill quiz racing bullying weather", "bullying", []),
        ("en", "will quit pacing building whether", "kill quiz racing bullying weather", "weather", []),
        ("en", "report rapport", "", "raport", ["rapport"]),
        ("en", "insomnia", "", "insomina", ["insomnia"]),
        ("da", "alliance terapeut søvn", "", "terapuet", ["terapeut"]),
        ("da", "alliance terapeut søvn", "", "aliance", ["alliance"]),
        ("da", "psykolog", "", "psykolok", ["psykolog"]),
        ("da", "snart", "sart", "sart", []),
        ("da", "klage", "", "klge", ["klage"]),
    ],
)
def test_a_slip_is_corrected_and_a_right_word_is_not(
    page: Page, lang: str, known: str, right: str, query: str, meant: list[str]
) -> None:
    vocabulary = {"words": known.split(), "right": bloom(right.split())}
    assert page.evaluate(MEANT, [f"/assets/finder.{lang}.js", vocabulary, lang, [query]]) == [meant]


def test_right_words_are_listed_in_order() -> None:
    for lang in LANGUAGES:
        file = ROOT / f"hooks/knowledge/outputs/search/right.{lang}.txt"
        listed = Path(file).read_text("utf-8").split("\n")[:-1]
        assert listed == sorted({*listed})
        assert len(listed) > 5000
