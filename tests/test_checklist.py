"""Checklists: every box has a name, can be ticked and stays ticked; a list prints alone on one page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from markdown import Markdown
from playwright.sync_api import Browser, Page, Request, expect

import paper
from conftest import ROOT, real_library
from knowledge.core.language import LANGUAGES, Language
from knowledge.core.strings import read_strings
from knowledge.markdown.checklist import ChecklistExtension
from knowledge.markdown.question import QuestionsExtension
from test_accessibility import context, violations

DOCS = real_library()
WORDS = read_strings(ROOT / "overrides/strings")
EVERY = [
    (lang, article)
    for article in DOCS.articles.values()
    for lang in LANGUAGES
    if article.is_in(lang) and "- [ ]" in article[lang].body
]
PAGES = [(lang, DOCS.path(article, lang)) for lang, article in EVERY if not article.is_hidden]
"""Every page that has one; that for editors shows one box that is ticked from the start."""
BOX = ".task-list-item input"


def test_there_are_pages_with_a_checklist() -> None:
    assert {lang for lang, _ in PAGES} == set(LANGUAGES)


# --- What Markdown becomes

CASES = {
    "tight": ("- [ ] Ring\n- [ ] Skriv", ["Ring", "Skriv"]),
    "loose": ("- [ ] Ring\n\n- [ ] Skriv", ["Ring", "Skriv"]),
    "numbered": ("1. [ ] Ring\n2. [ ] Skriv", ["Ring", "Skriv"]),
    "strong words and a link": ("- [ ] Ring **nu** til [lægen](https://example.org/)", ["Ring nu til lægen"]),
    "begins with strong words": ("- [ ] **Ring** nu", ["Ring nu"]),
    "a list below an item": ("- [ ] Ring\n    - [ ] til lægen\n    - [ ] hjem", ["Ring", "til lægen", "hjem"]),
    "a plain list below an item": ("- [ ] Ring\n    - til lægen", ["Ring"]),
    "two paragraphs": ("- [ ] Ring\n\n    Det haster.\n\n- [ ] Skriv", ["Ring", "Skriv"]),
    "beside plain items": ("- Husk:\n- [ ] Ring", ["Ring"]),
    "in a box": ('!!! checklist "Liste"\n    - [ ] Ring', ["Ring"]),
    "in an answer": ("## Spørgsmål {#faq}\n\n### Hvad nu? {#now}\n\n- [ ] Ring", ["Ring"]),
    "code": ("- [ ] Skriv `x < y`", ["Skriv x < y"]),
    "no list": ("Skriv [ ] her", []),
    "code that shows one": ("    - [ ] Ring", []),
}


@pytest.mark.parametrize(("source", "labels"), CASES.values(), ids=CASES)
def test_each_box_is_labelled_by_its_items_words(source: str, labels: list[str]) -> None:
    extensions = ["admonition", "attr_list", "toc", "pymdownx.betterem", "pymdownx.tasklist"]
    configs = {"pymdownx.tasklist": {"clickable_checkbox": True}}
    md = Markdown(extensions=[*extensions, QuestionsExtension(), ChecklistExtension()], extension_configs=configs)
    page = html.fragment_fromstring(md.convert(source), create_parent="div")
    found = page.xpath("//label[count(.//input) = 1]")
    assert ["".join(label.text_content().split("\n")).strip() for label in found] == labels
    assert len(page.xpath("//input")) == len(labels)
    assert not page.xpath("//input[@disabled] | //label//*[self::ul or self::ol or self::p]")


def test_a_box_may_be_ticked_from_the_start() -> None:
    configs = {"pymdownx.tasklist": {"clickable_checkbox": True}}
    md = Markdown(extensions=["pymdownx.tasklist", ChecklistExtension()], extension_configs=configs)
    page = html.fragment_fromstring(md.convert("- [x] Ring\n- [ ] Skriv"), create_parent="div")
    assert [box.get("checked") is not None for box in page.iter("input")] == [True, False]


# --- What readers do


class Watched:
    """A phone's page, and what goes wrong on it."""

    def __init__(self, browser: Browser) -> None:
        self.page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)


@pytest.fixture(scope="module")
def watched(chromium: Browser) -> Iterator[Watched]:
    """A page that tests use one after another."""
    made = Watched(chromium)
    yield made
    made.page.context.close()


@pytest.fixture
def page(watched: Watched, real_url: str) -> Iterator[Page]:
    """A phone on which no script may fail, with nothing left of another test."""
    watched.errors.clear()
    yield watched.page
    if watched.page.url.startswith(real_url):
        watched.page.evaluate("localStorage.clear(); sessionStorage.clear()")
    assert watched.errors == []


@pytest.fixture
def own(chromium: Browser) -> Iterator[Page]:
    """Such a page for one test alone, which changes what its scripts find."""
    watched = Watched(chromium)
    yield watched.page
    watched.page.context.close()
    assert watched.errors == []


ITEMS = """() => [...document.querySelectorAll(".admonition:has(.task-list)")].map(
    (list) => [...list.querySelectorAll(".task-list-item label")].map((label) => label.textContent))"""
"""The texts of the boxes of each checklist that stands in a frame."""


def opened(page: Page, url: str, path: str) -> list[str]:
    """The texts of the boxes of a page with checklists."""
    page.goto(f"{url}/{path}")
    page.wait_for_selector(".checklist__tools")
    texts = page.locator(BOX).evaluate_all("all => all.map(b => b.labels[0].textContent.trim())")
    assert texts
    assert all(texts)
    return texts


def state(page: Page) -> list[bool]:
    """Which boxes are ticked."""
    return page.locator(BOX).evaluate_all("all => all.map(b => b.checked)")


def folded(text: str) -> str:
    """A text without white space, which a PDF puts where it likes."""
    return "".join(text.split())


def sheets(page: Page) -> list[str]:
    """The text of each printed page, folded."""
    return [folded(sheet) for sheet in paper.sheets(page)]


@pytest.mark.parametrize(("lang", "path"), PAGES, ids=[path for _, path in PAGES])
def test_boxes_have_names_and_ticks_stay_on_the_device(page: Page, real_url: str, lang: Language, path: str) -> None:
    texts = opened(page, real_url, path)
    page.evaluate("for (const picture of document.images) picture.loading = 'eager'")  # or a scroll fetches them
    page.wait_for_load_state("networkidle")
    sent: list[str] = []

    def hear(request: Request) -> None:
        sent.append(request.url)

    page.on("request", hear)
    for text in set(texts):
        expect(page.get_by_role("checkbox", name=text, exact=True)).to_have_count(texts.count(text))
    assert state(page) == [False] * len(texts)
    page.locator(".task-list-item label").first.click()
    page.get_by_role("checkbox", name=texts[-1], exact=True).last.check()
    assert sent == []
    wanted = [i in (0, len(texts) - 1) for i in range(len(texts))]
    assert state(page) == wanted
    expect(page.get_by_text(WORDS[lang]["checklist_kept"]).last).to_be_visible()
    page.reload()
    page.remove_listener("request", hear)
    assert sent, "requests are not seen"
    page.wait_for_selector(".checklist__tools")
    assert state(page) == wanted
    for clear in page.get_by_role("button", name=WORDS[lang]["checklist_clear"]).all():
        clear.click()
    assert state(page) == [False] * len(texts)
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    page.wait_for_selector(".checklist__tools")
    assert state(page) == [False] * len(texts)


@pytest.mark.parametrize(("lang", "path"), PAGES, ids=[path for _, path in PAGES])
def test_each_list_prints_untorn_and_alone_on_one_page(page: Page, real_url: str, lang: Language, path: str) -> None:
    opened(page, real_url, path)
    printed = sheets(page)
    for items in page.evaluate(ITEMS):
        assert any(all(folded(item) in sheet for item in items) for sheet in printed), "the checklist is torn apart"
    page.evaluate("window.print = () => { window.printed = true }")
    paragraph = page.locator("main .evidence").inner_text()
    buttons = page.get_by_role("button", name=WORDS[lang]["checklist_print"])
    assert buttons.count() > 0
    for button in buttons.all():
        own = button.evaluate("""(button) => {
          const tools = button.closest(".checklist__tools");
          const list = tools.closest(".admonition") ?? tools.previousElementSibling;
          return [...list.querySelectorAll(".task-list-item label")].map((label) => label.textContent.trim());
        }""")
        assert own
        button.click()
        assert page.evaluate("window.printed")
        pages = sheets(page)
        assert len(pages) == 1
        assert [text for text in own if folded(text) not in pages[0]] == []
        title = page.locator("h1").inner_text()
        assert folded(title) not in pages[0]
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        printed = "".join(sheets(page))
        assert folded(title) in printed
        assert folded(paragraph) in printed


BLOCKED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"


@pytest.mark.parametrize("storage", [BLOCKED, FULL], ids=["blocked", "full"])
def test_boxes_can_be_ticked_without_storage(own: Page, real_url: str, storage: str) -> None:
    own.add_init_script(storage)
    opened(own, real_url, PAGES[0][1])
    own.locator(BOX).first.check()
    assert state(own)[0]
    expect(own.get_by_text(WORDS[PAGES[0][0]]["checklist_unkept"])).to_be_visible()


DAMAGED = ["{", "7", "null", '{"a": 1}', '[1, null, "1 gone"]']


def test_damaged_storage_ticks_nothing(page: Page, real_url: str) -> None:
    opened(page, real_url, PAGES[0][1])
    for kept in DAMAGED:
        page.evaluate("(kept) => localStorage.setItem(`checklist ${location.pathname}`, kept)", kept)
        page.reload()
        page.wait_for_selector(".checklist__tools")
        assert page.evaluate("localStorage.length") == 1
        assert not any(state(page)), kept


def test_equal_boxes_are_told_apart_and_lists_have_buttons_of_their_own(chromium: Browser, real_url: str) -> None:
    """A page with two lists that say the same, one of them without a box round it and with a list below an item."""
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    item = '<li class="task-list-item"><label><input type="checkbox"> Ring</label>{}</li>'
    nested = f'<ul class="task-list">{item.format("")}</ul>'
    lists = f'<h2>Andet</h2><ul class="task-list">{item.format(nested)}{item.format("")}</ul>'

    def with_more(route) -> None:
        response = route.fetch()
        body = response.text().replace('<p class="evidence">', f'{lists}<p class="evidence">')
        assert "<h2>Andet</h2>" in body
        route.fulfill(response=response, body=body)

    page.route(f"**/{PAGES[0][1]}", with_more)
    page.add_init_script("window.print = () => {}")
    texts = opened(page, real_url, PAGES[0][1])
    assert texts[-3:] == ["Ring"] * 3
    expect(page.locator(".checklist__tools")).to_have_count(2)
    page.locator(BOX).nth(len(texts) - 2).check()
    page.locator(BOX).first.check()
    page.reload()
    page.wait_for_selector(".checklist__tools")
    assert [i for i, on in enumerate(state(page)) if on] == [0, len(texts) - 2]
    page.locator("[data-print-list]").last.click()
    assert sheets(page) == ["AndetRingRingRing"]
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.locator("[data-clear-list]").last.click()
    assert [i for i, on in enumerate(state(page)) if on] == [0]
    context.close()


@pytest.mark.parametrize(("lang", "path"), PAGES, ids=[path for _, path in PAGES])
def test_axe_finds_nothing(chromium: Browser, real_url: str, lang: Language, path: str) -> None:
    """In what holds the boxes, one of them ticked; it has looked at the whole page already."""
    window = context(chromium, 320, "light")
    page = window.new_page()
    opened(page, real_url, path)
    page.locator(BOX).first.check()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(f"matchMedia('(prefers-color-scheme: {scheme})').matches")
        assert violations(page, ".admonition:has(.task-list)") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    window.close()


def test_only_pages_with_a_checklist_load_its_script(real_site: Path) -> None:
    """What is listed above is what is built."""
    built = {
        path.relative_to(real_site).as_posix().removesuffix("index.html")
        for path in real_site.rglob("*.html")
        if "js/checklist.js" in path.read_text("utf-8")
    }
    assert built == {DOCS.path(article, lang) for lang, article in EVERY}
