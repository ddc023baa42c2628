"""What readers do, in Chromium, on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import Watched

REPAIR = [
    ("/alliancen/reparation/", "Reparation efter et brud", "Read in English", "/en/alliance/repair/"),
    ("/en/alliance/repair/", "Repair after a rupture", "Læs på dansk", "/alliancen/reparation/"),
]
IN_TURN = ["with JavaScript-da", "without JavaScript-en"]
"""For what neither the language nor a script makes a difference to: each once."""


@pytest.mark.parametrize(
    ("page", "path", "title", "switch", "twin"),
    [(True, *REPAIR[0]), (False, *REPAIR[1])],
    indirect=["page"],
    ids=IN_TURN,
)
def test_an_article_opens_and_leads_to_its_twin(
    page: Page, small_url: str, path: str, title: str, switch: str, twin: str
) -> None:
    page.goto(small_url + path)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.get_by_role("link", name=switch).click()
    expect(page).to_have_url(small_url + twin)
    expect(page.locator("html")).to_have_attribute("lang", "en" if twin.startswith("/en/") else "da")


@pytest.mark.parametrize(
    ("page", "path"), [(True, REPAIR[0][0]), (False, REPAIR[1][0])], indirect=["page"], ids=IN_TURN
)
def test_a_reader_opens_and_closes_an_answer(page: Page, small_url: str, path: str) -> None:
    page.goto(small_url + path)
    question = page.locator("details", has=page.locator("#change-therapist"))
    answer = question.locator(".faq__answer")
    expect(answer).not_to_be_visible()
    question.locator("summary").click()
    expect(answer).to_be_visible()
    question.locator("summary").click()
    expect(answer).not_to_be_visible()


@pytest.mark.parametrize("path", [case[0] for case in REPAIR], ids=["da", "en"])
def test_a_deep_link_opens_its_answer(page: Page, small_url: str, path: str, request: pytest.FixtureRequest) -> None:
    """Without JavaScript the link leads to the question, which the reader opens."""
    page.goto(f"{small_url}{path}#repair-price")
    question = page.locator("details", has=page.locator("#repair-price"))
    expect(question.locator("summary")).to_be_in_viewport()
    if "without" not in request.node.callspec.id:
        expect(question.locator(".faq__answer")).to_be_visible()
        page.goto(f"{small_url}{path}#change-therapist")
        expect(page.locator("details", has=page.locator("#change-therapist")).locator(".faq__answer")).to_be_visible()


def test_the_contents_list_leads_to_a_question(page: Page, small_url: str) -> None:
    page.goto(small_url + REPAIR[0][0])
    page.locator(".contents summary").click()
    page.locator(".contents a", has_text="Kan jeg skifte terapeut?").click()
    expect(page).to_have_url(f"{small_url}{REPAIR[0][0]}#change-therapist")
    expect(page.locator("#change-therapist")).to_be_in_viewport()


def test_printing_shows_every_answer(page: Page, small_url: str) -> None:
    page.goto(small_url + REPAIR[0][0])
    page.emulate_media(media="print")
    for answer in page.locator(".faq__answer").all():
        expect(answer).to_be_visible()


def test_the_faq_page_narrows_while_typing(page: Page, small_url: str, request: pytest.FixtureRequest) -> None:
    page.goto(f"{small_url}/spoergsmaal/")
    links = page.locator(".questions a:visible")
    expect(page.locator(".questions a")).to_have_count(6)
    first = page.locator(".gathered__article[open] .questions a").count()  # Those of each topic's first article.
    assert first > 0
    expect(links).to_have_count(first)
    if "without" in request.node.callspec.id:
        expect(page.locator("#filter")).not_to_be_visible()
        return
    page.locator("#filter").fill("skifte terap")
    expect(links).to_have_text(["Kan jeg skifte terapeut?"])
    expect(page.get_by_role("status")).to_have_text("1 spørgsmål")
    page.locator("#filter").fill("ny psykolog")  # which stands in no question
    expect(links).to_have_text(["Kan jeg skifte terapeut?"])
    page.locator("#filter").fill("<b>zzz")
    expect(page.get_by_role("status")).to_contain_text("Ingen spørgsmål passer")
    expect(page.locator(".filter__search")).to_have_attribute("href", re.compile(r"/soeg/\?q=%3Cb%3Ezzz$"))
    page.locator("#filter").fill("")
    expect(page.locator(".gathered__article:visible")).to_have_count(page.locator(".gathered__article").count())
    expect(links).to_have_count(first)


def test_a_chosen_scheme_stays(page: Page, small_url: str, request: pytest.FixtureRequest) -> None:
    page.goto(small_url)
    button = page.locator("[data-scheme-switch]")
    if "without" in request.node.callspec.id:
        expect(button).not_to_be_visible()
        return
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    button.click()
    assert page.evaluate(background) != light
    page.goto(f"{small_url}/en/")
    expect(button).to_have_text("Light theme")
    assert page.evaluate(background) != light


def test_no_page_scrolls_sideways_at_320_pixels(page: Page, small_url: str) -> None:
    page.set_viewport_size({"width": 320, "height": 600})
    for path in ("/", "/alliancen/escaping/", "/stresstrappen/nedsmeltet/", "/spoergsmaal/", "/find-dit-trin/"):
        page.goto(small_url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_a_source_and_a_term_open_where_they_stand(page: Page, small_url: str, request: pytest.FixtureRequest) -> None:
    """Without JavaScript they lead to the list of sources and to the glossary."""
    page.goto(small_url + REPAIR[0][0])
    cite, term = page.locator("a.cite").first, page.locator("a.term").first
    definition = term.get_attribute("title") or ""
    if "without" in request.node.callspec.id:
        cite.click()
        expect(page.locator(".source:target")).to_be_in_viewport()
        term.click()
        expect(page.locator(".glossary__entry:target")).to_contain_text(definition)
        return
    for link, text in ((cite, "teori"), (term, definition)):
        link.click()
        note = page.get_by_role("note")
        expect(note).to_contain_text(text)
        expect(note).to_be_focused()
        expect(link).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Escape")
        expect(note).to_have_count(0)
        expect(link).to_be_focused()
        link.press("Enter")
        expect(note).to_be_visible()
        page.get_by_role("button", name="Luk").click()
        expect(note).to_have_count(0)
    expect(page).to_have_url(small_url + REPAIR[0][0])


@pytest.mark.parametrize(
    ("page", "path"), [(True, REPAIR[0][0]), (False, REPAIR[1][0])], indirect=["page"], ids=IN_TURN
)
def test_the_keyboard_alone_reaches_everything_in_order(page: Page, small_url: str, path: str) -> None:
    page.goto(small_url + path)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null"), "the skip link does not skip"
    reached, wanted = 0, page.locator("main :is(a[href], button, summary, input):visible").count()
    while page.evaluate("document.activeElement.closest('main') !== null"):
        reached += 1
        style = page.evaluate(
            "(() => { const e = document.activeElement; const s = getComputedStyle(e);"
            " const c = getComputedStyle(e.closest('.card') || e);"
            " return [s.outlineStyle, c.outlineStyle] })()"
        )
        assert style != ["none", "none"], "the focus cannot be seen"
        page.keyboard.press("Tab")
        assert reached <= wanted, "the focus goes in circles"
    assert reached == wanted


def test_the_contents_list_marks_what_is_read(page: Page, small_url: str, request: pytest.FixtureRequest) -> None:
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto(small_url + REPAIR[0][0])
    links = page.locator(".contents a")
    marked = page.locator(".contents [aria-current]")
    if "without" in request.node.callspec.id:
        expect(marked).to_have_count(0)
        return
    page.evaluate("document.body.append(Object.assign(document.createElement('div'), {id: 'room'}))")
    page.evaluate("document.querySelector('#room').style.height = '2000px'")
    for link in (links.nth(0), links.nth(1)):
        name = (link.get_attribute("href") or "")[1:]
        page.evaluate(f"document.getElementById('{name}').scrollIntoView({{behavior: 'instant'}})")
        expect(marked).to_have_count(1)
        expect(link).to_have_attribute("aria-current", "true")
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    expect(marked).to_have_count(0)


def test_far_down_there_is_a_way_back_to_the_top(page: Page, small_url: str, request: pytest.FixtureRequest) -> None:
    page.goto(small_url + REPAIR[0][0])
    top = page.locator(".top a")
    if "without" in request.node.callspec.id:
        expect(top).to_be_visible()
    else:
        expect(top).not_to_be_visible()
        page.evaluate("document.querySelector('.article__body').style.paddingTop = '3000px'")
        page.evaluate("scrollTo({top: 2600, behavior: 'instant'})")
        expect(top).to_be_visible()
    top.click()
    expect(page.locator("h1")).to_be_in_viewport()


KEPT = [
    ("#change-therapist", "#change-therapist"),
    ("?q=søvn og ro", "?q=s%C3%B8vn+og+ro"),
    ("?other=1#nowhere", ""),
    ("", ""),
]


@pytest.mark.parametrize(("here", "there"), KEPT, ids=[case[0] or "nothing" for case in KEPT])
def test_the_language_switch_keeps_the_question_and_the_search(
    page: Page, small_url: str, here: str, there: str, request: pytest.FixtureRequest
) -> None:
    path, _, switch, twin = REPAIR[0]
    page.goto(small_url + path + here)
    page.get_by_role("link", name=switch).click()
    without = "without" in request.node.callspec.id
    expect(page).to_have_url(small_url + twin + ("" if without else there))


@pytest.mark.parametrize(("page", "lang"), [(True, "da"), (False, "en")], indirect=["page"], ids=IN_TURN)
def test_the_header_is_one_row_and_a_row_of_topics_that_scrolls_alone(page: Page, small_url: str, lang: str) -> None:
    page.goto(f"{small_url}/{'en/' if lang == 'en' else ''}")
    for width in (320, 360, 430):
        page.set_viewport_size({"width": width, "height": 740})
        boxes = [link.bounding_box() or {} for link in page.locator(".masthead__row a").all()]
        middles = [box["y"] + box["height"] / 2 for box in boxes]
        assert max(middles) - min(middles) < 8, width
        assert page.locator(".masthead").bounding_box()["height"] <= 96, width  # type: ignore[index]
        last = page.locator(".masthead__menu li:last-child a")
        last.scroll_into_view_if_needed()
        expect(last).to_be_in_viewport(ratio=0.9)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator(".masthead__menu").get_by_role("link", name="Find")).to_have_count(1)


@pytest.mark.parametrize("javascript", [True, False])
def test_the_page_that_tests_share_tells_of_the_last_error_and_keeps_nothing(
    chromium: Browser, small_url: str, javascript: bool
) -> None:
    watched = Watched(chromium, javascript)
    watched.page.goto(small_url)
    watched.page.emulate_media(media="print", color_scheme="dark")
    watched.page.evaluate("localStorage.a = sessionStorage.a = 'b'; console.error('at last'); void fetch('/none')")
    watched.leave()
    assert "at last" in watched.errors
    watched.page.goto(small_url)
    kept = "[localStorage.length, sessionStorage.length, matchMedia('print, (prefers-color-scheme: dark)').matches]"
    assert watched.page.evaluate(kept) == [0, 0, False]
    watched.page.context.close()
