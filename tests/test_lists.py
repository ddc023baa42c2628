"""Lists that are tools: sources by kind, certainty and who cites them, the glossary by letter and who uses a word."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Page, expect

from conftest import SITE, real_library
from knowledge.content.article import Article
from knowledge.content.library import Library
from knowledge.pages.glossary import by_letter, first_letter
from knowledge.pages.parts import GlossaryEntry

LIBRARY = real_library()
SOURCES = {lang: f"/{LIBRARY.path(LIBRARY['sources'], lang)}" for lang in ("da", "en")}
GLOSSARY = {lang: f"/{LIBRARY.path(LIBRARY['glossary'], lang)}" for lang in ("da", "en")}


def read(site: Path, path: str) -> html.HtmlElement:
    return html.fromstring((site / path.strip("/") / "index.html").read_text("utf-8"))


def without_script(request: pytest.FixtureRequest) -> bool:
    return "without" in request.node.callspec.id


in_turn = pytest.mark.parametrize(
    ("page", "lang"), [(True, "da"), (False, "en")], indirect=["page"], ids=["with JavaScript", "without JavaScript"]
)
"""For what neither the language nor a script makes a difference to: each once."""
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ"


@pytest.mark.parametrize("lang", ["da", "en"])
def test_each_source_names_the_articles_that_cite_it(real_site: Path, lang: str) -> None:
    page = read(real_site, SOURCES[lang])
    told = {
        item.get("id").removeprefix("source-"): set(item.xpath('.//p[@class="source__articles"]/a/@href'))
        for item in page.xpath('//section[@class="sources"]//li')
    }
    cited = {
        key: {f"/{LIBRARY.path(a, lang)}" for a in LIBRARY.of_kind("article") if key in a[lang].cited}
        for key in LIBRARY.sources
    }
    assert len(cited) > 100
    assert told == cited


@pytest.mark.parametrize("lang", ["da", "en"])
def test_each_term_names_the_articles_that_are_about_it(real_site: Path, lang: str) -> None:
    page = read(real_site, GLOSSARY[lang])
    told = {
        entry.get("id"): set(entry.xpath('.//p[@class="glossary__articles"]/a/@href'))
        for entry in page.xpath('//div[@class="glossary__entry"]')
    }
    used = {
        key: {f"/{LIBRARY.path(a, lang)}" for a in LIBRARY.of_kind("article") if key in a.shared.concepts}
        for key in LIBRARY.concepts
    }
    assert sum(map(bool, used.values())) > 40
    assert told == used


@pytest.mark.parametrize("lang", ["da", "en"])
def test_a_term_leads_to_questions_that_use_it(real_site: Path, lang: str) -> None:
    page, seen = read(real_site, GLOSSARY[lang]), 0
    asked = {
        f"/{LIBRARY.path(article, lang)}#{question.id}": question.text.casefold()
        for article in LIBRARY.of_kind("article")
        for question in article[lang].outline.questions
    }
    assert len(asked) > 200
    for entry in page.xpath('//div[@class="glossary__entry"]'):
        term = LIBRARY.concepts[entry.get("id")][lang]
        links = entry.xpath('.//p[@class="glossary__questions"]/a')
        words = [word.casefold() for word in (term.term, *term.synonyms)]
        assert len(links) <= 3
        for link in links:
            assert any(word in asked[link.get("href")] for word in words), link.text
            assert link.text.casefold() == asked[link.get("href")]
        seen += len(links)
    assert seen > 40


@pytest.mark.parametrize("lang", ["da", "en"])
def test_articles_stand_by_newest_by_topic_and_by_title(real_site: Path, lang: str) -> None:
    page = read(real_site, f"/{LIBRARY.path(LIBRARY['articles'], lang)}")
    lists = [
        [link.get("href") for link in part.xpath("./li/a")] for part in page.xpath('//ul[starts-with(@class, "index")]')
    ]

    def paths(articles: list[Article]) -> list[str]:
        return [f"/{LIBRARY.path(article, lang)}" for article in articles]

    newest, *topics, everything = lists
    assert newest == paths(LIBRARY.latest[:3])
    assert topics == [paths(LIBRARY.in_topic(topic)) for topic in ("alliance", "stress-ladder", "nlp-tools")]
    assert sorted(everything) == sorted(paths(LIBRARY.of_kind("article")))
    steps = page.xpath('//span[@class="index__step"]/text()')
    assert [step[-1] for step in steps] == list("12345")
    for link in page.xpath('//nav[@class="jump"]//a/@href'):
        assert page.xpath(f'//h2[@id="{link[1:]}"]')


@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_faq_page_leads_to_its_topics(real_site: Path, lang: str) -> None:
    page = read(real_site, f"/{LIBRARY.path(LIBRARY['faq'], lang)}")
    links = page.xpath('//nav[@class="jump"]//a')
    assert len(links) == 3
    for link in links:
        (heading,) = page.xpath(f'//h2[@id="{link.get("href")[1:]}"]')
        assert heading.text == link.text


@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_glossary_shows_words_and_finds_the_rest(real_site: Path, lang: str) -> None:
    page = read(real_site, GLOSSARY[lang])
    for key, concept in LIBRARY.concepts.items():
        (entry,) = page.xpath(f'//div[@id="{key}"]')
        seen = " ".join(entry.text_content().split())
        assert all(word in seen for word in concept[lang].synonyms), key
        also = entry.xpath('.//p[@class="glossary__synonyms"]')
        assert bool(also) == bool(concept[lang].synonyms)
        shown = " ".join(also[0].text_content().split()).partition(": ")[2].removesuffix(".") if also else ""
        assert not set(shown.split(", ")) & set(concept[lang].search), key


def test_the_letters_lead_to_the_terms_in_the_alphabets_order(real_site: Path) -> None:
    page = read(real_site, GLOSSARY["da"])
    letters = page.xpath('//nav[@class="letters"]//a')
    present = {link.text for link in letters}
    assert [link.text for link in letters] == [letter for letter in ALPHABET if letter in present]
    for link in letters:
        (heading,) = page.xpath(f'//h2[@id="{link.get("href")[1:]}"]')
        terms = heading.getparent().xpath(".//dfn")
        assert heading.text == link.text
        assert terms
        assert all(term.text.upper().startswith(link.text) for term in terms)
    assert len(page.xpath("//dfn")) == len(LIBRARY.concepts)


FIRST = {
    "ankring": "A",
    "ærlighed": "Æ",
    "Øje": "Ø",
    "åndedræt": "Å",
    "évidens": "E",
    "112": "#",
    "»brud«": "#",
    "NLP": "N",
}


@pytest.mark.parametrize("term", FIRST)
def test_a_term_stands_under_its_letter(term: str) -> None:
    assert first_letter(term, "da") == FIRST[term]


def test_letters_have_places_of_their_own() -> None:
    library, _ = Library.read(SITE / "docs")
    term = library.concepts["alliance"]["da"]
    terms = [term.model_copy(update={"term": word}) for word in "112 ave æble øje år".split()]
    letters = by_letter([GlossaryEntry(term.term, term, {"en": "x"}, ()) for term in terms], "da")
    assert [letter.id for letter in letters] == ["letter-0", "letter-a", "letter-ae", "letter-oe", "letter-aa"]


def test_sources_narrow_by_word_kind_and_certainty(page: Page, real_url: str, request: pytest.FixtureRequest) -> None:
    page.goto(real_url + SOURCES["da"])
    shown = page.locator(".source:visible")
    expect(page.locator(".source")).to_have_count(len(LIBRARY.sources))
    expect(shown).to_have_count(0)
    if without_script(request):
        expect(page.locator(".filter")).not_to_be_visible()
        return
    status = page.get_by_role("status").first
    expect(status).to_have_text("")
    page.get_by_label("Slags", exact=True).select_option("meta-analysis")
    meta = [key for key, source in LIBRARY.sources.items() if source.study == "meta-analysis"]
    expect(shown).to_have_count(len(meta))
    expect(status).to_have_text(f"{len(meta)} kilder")
    page.get_by_label("Sikkerhed", exact=True).select_option("high")
    high = [key for key in meta if LIBRARY.sources[key].certainty == "high"]
    assert 1 < len(high) < len(meta)
    expect(shown).to_have_count(len(high))
    page.get_by_label("Find en kilde").fill("flückiger 2018")
    expect(shown).to_have_count(1)
    expect(status).to_have_text("1 kilde")
    page.get_by_label("Find en kilde").fill("<b>zzz")
    expect(status).to_contain_text("Ingen kilder passer")
    page.evaluate("location.hash = 'source-bordin1979'")
    expect(page.locator("#source-bordin1979")).to_be_in_viewport()
    expect(page.locator(".source:not([hidden])")).to_have_count(len(LIBRARY.sources))


@in_turn
def test_sources_are_folded_by_kind_and_a_link_opens_its_own(page: Page, real_url: str, lang: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(real_url + SOURCES[lang])
    assert 1000 < page.evaluate("document.documentElement.scrollHeight") < 8 * 740
    groups = page.locator(".sources__group")
    kinds = {source.study for source in LIBRARY.sources.values()}
    expect(groups).to_have_count(len(kinds))
    numbers = [int(text) for text in page.locator(".sources__count").all_inner_texts()]
    assert sum(numbers) == len(LIBRARY.sources)
    groups.first.locator("summary").click()
    expect(page.locator(".source:visible")).to_have_count(numbers[0])
    page.goto("about:blank")
    page.goto(f"{real_url}{SOURCES[lang]}#source-bordin1979")
    expect(page.locator("#source-bordin1979")).to_be_in_viewport()
    expect(page.locator(".sources__group[open]")).to_have_count(1)
    page.emulate_media(media="print")
    first, last = page.locator(".source").first, page.locator(".source").last
    assert (first.bounding_box() or {}).get("height", 0) > 20
    assert (last.bounding_box() or {}).get("height", 0) > 20


SHORT = 10
"""Screens of a phone: a list of many names is a tool, not a scroll."""


@in_turn
def test_a_word_is_one_row_until_it_is_opened_or_linked_to(page: Page, real_url: str, lang: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(real_url + GLOSSARY[lang])
    assert 1000 < page.evaluate("document.documentElement.scrollHeight") < SHORT * 740
    texts = page.locator(".glossary__entry p:visible")
    expect(page.locator(".glossary__entry dfn:visible")).to_have_count(len(LIBRARY.concepts))
    expect(texts).to_have_count(0)
    alliance = page.locator("#alliance")
    alliance.locator("summary").click()
    expect(alliance.locator(".glossary__articles a").first).to_be_visible()
    page.goto("about:blank")
    page.goto(f"{real_url}{GLOSSARY[lang]}#stress")
    definition = page.locator("#stress p").first
    expect(definition).to_be_in_viewport()
    expect(definition).to_have_text(LIBRARY.concepts["stress"][lang].definition)
    page.emulate_media(media="print")
    assert (page.locator(".glossary__entry p").last.bounding_box() or {}).get("height", 0) > 10


@pytest.mark.parametrize(
    ("page", "lang"),
    [(True, "da"), (True, "en"), (False, "da")],
    indirect=["page"],
    ids=["with JavaScript-da", "with JavaScript-en", "without JavaScript"],
)
def test_questions_are_folded_by_article(page: Page, real_url: str, request: pytest.FixtureRequest, lang: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{real_url}/{LIBRARY.path(LIBRARY['faq'], lang)}")
    assert 1000 < page.evaluate("document.documentElement.scrollHeight") < SHORT * 740
    articles, shown = page.locator(".gathered__article"), page.locator(".questions a:visible")
    asked = [a for a in LIBRARY.of_kind("article") if a[lang].outline.questions]
    expect(articles).to_have_count(len(asked))
    numbers = [int(text.split()[0]) for text in page.locator(".fold__count").all_inner_texts()]
    assert sum(numbers) == sum(len(article[lang].outline.questions) for article in asked)
    first = page.locator("details[open] .questions a").count()  # Those of each topic's first article, a tap away.
    assert 10 < first < sum(numbers) / 4
    expect(shown).to_have_count(first)
    articles.last.locator("summary").click()
    expect(shown).to_have_count(first + numbers[-1])
    page.emulate_media(media="print")
    assert (page.locator(".questions a").last.bounding_box() or {}).get("height", 0) > 10
    page.emulate_media(media="screen")
    if without_script(request):
        return
    field = page.locator("#filter")
    field.fill("skifte terapeut" if lang == "da" else "change therapist")
    expect(page.get_by_role("status").first).not_to_have_text("")
    expect(shown.first).to_be_visible()
    assert 0 < shown.count() < sum(numbers) / 4
    field.fill("")
    expect(shown).to_have_count(first)


def test_only_kinds_and_certainties_that_occur_can_be_chosen(real_site: Path) -> None:
    page = read(real_site, SOURCES["en"])
    studies = page.xpath('//select[@name="study"]/option/@value')
    assert set(studies) == {"", *(source.study for source in LIBRARY.sources.values())}
    certainties = page.xpath('//select[@name="certainty"]/option/@value')
    assert certainties == ["", "high", "moderate", "low", "very-low"]


TYPED = {"anker": "ankring", "aandedr": "åndedrætsøvelse", "burnout": "udbrændthed"}


@pytest.mark.parametrize("typed", TYPED)
def test_the_glossary_narrows_while_typing(
    page: Page, real_url: str, request: pytest.FixtureRequest, typed: str
) -> None:
    page.goto(real_url + GLOSSARY["da"])
    shown = page.locator(".glossary__entry:visible")
    expect(shown).to_have_count(len(LIBRARY.concepts))
    if without_script(request):
        expect(page.locator(".filter")).not_to_be_visible()
        page.locator(".letters a", has_text="T").click()
        expect(page.locator("#letter-t")).to_be_in_viewport()
        return
    page.get_by_label("Find et ord").fill(typed)
    expect(shown.filter(has_text=TYPED[typed]).first).to_be_visible()
    assert shown.count() < len(LIBRARY.concepts) / 4
    letters = {term[0].upper() for term in shown.locator("dfn").all_inner_texts()}
    expect(page.locator(".glossary__letter:visible")).to_have_count(len(letters))
    page.evaluate("location.hash = 'stress'")
    expect(page.locator("#stress")).to_be_visible()
