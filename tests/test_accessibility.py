"""axe-core over every page, best practices and AAA contrast included, with everything open that opens; and what axe
cannot see: text-spacing, forced colours, what the contents list says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, expect

from conftest import real_library
from knowledge.content.article import Article
from knowledge.core.language import LANGUAGES, Language

LIBRARY = real_library()
PAGES = list(LIBRARY.articles.values())
KINDS = sorted({article.kind for article in PAGES})
LOOKS = list(product((360, 768, 1280), ("light", "dark")))
"""Width of the window and colour scheme."""
FIRSTS = [LIBRARY.of_kind(kind)[0] for kind in KINDS] + [LIBRARY["stress-ladder/meltdown"]]
"""A page of each template, and one with the help box."""
DESPAIR: dict[Language, str] = {"da": "selvmord", "en": "suicide"}
AXE = """
async part => {
  const rules = {
    "target-size": { enabled: true },
    "color-contrast-enhanced": { enabled: true },
    "color-contrast": { enabled: false },
  };
  const { violations, passes } = await axe.run(part, { rules, resultTypes: ["violations"] });
  const told = (id, { target, html }) => `${id}: ${target} ${html.slice(0, 120)}`;
  const found = violations.flatMap(({ id, nodes }) => nodes.map(node => told(id, node)));
  return { found, passed: passes.map(({ id }) => id) };
}
"""
"""axe leaves out the size of touch targets (2.5.8) and the contrast of AAA (1.4.6), which holds that of AA, unless
asked."""
SPACING = """
() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; "
    + "word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }");
  document.adoptedStyleSheets = [sheet];
}
"""
"""What WCAG 1.4.12 lets readers set."""
OPEN = "document.querySelectorAll('details').forEach(details => { details.open = true })"
TICK = """
const form = document.querySelector(".selfcheck__form");
for (const box of form.elements.sign) if (!box.checked) box.click();
form.requestSubmit();
"""


def context(chromium: Browser, width: int, scheme: str) -> BrowserContext:
    """A window with axe in every page of it."""
    made = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    made.add_init_script(AXE_SCRIPT)
    return made


def unfold(page: Page, article: Article, lang: Language) -> None:
    """Open what a page has to open: answers, notes, results, the numbers."""
    page.evaluate(OPEN)
    if article.kind == "article":
        for mark in page.locator(".article__body .cite").first, page.locator(".article__body .term").first:
            if mark.count():
                mark.click()
                expect(page.get_by_role("note").last).to_be_visible()
    if article.kind == "selfcheck":
        expect(page.locator(".selfcheck__mode")).to_be_visible()  # The script has come.
        page.evaluate(TICK)
        expect(page.locator(".selfcheck__profile")).to_be_visible()
    if article.kind in ("search", "notfound"):
        page.locator("main input[type=search]").fill(DESPAIR[lang])
        expect(page.locator("main .crisis").first).to_be_visible()
    if article.kind == "search":
        expect(page.locator("main .finder__result").first).to_be_visible()


def violations(page: Page, part: str = "html") -> list[str]:
    """What axe finds in a part of a page, once it has looked."""
    result = page.evaluate(AXE, part)
    assert "color-contrast-enhanced" in result["passed"], "axe has seen no text"
    return result["found"]


def scrolls(page: Page) -> bool:
    """Whether a page scrolls sideways."""
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing_on_any_page(
    chromium: Browser, real_url: str, width: int, scheme: str, lang: Language
) -> None:
    """Each page once, in turn in each width and scheme; the two languages of a page in different ones.

    Nor does any scroll sideways: as it is, and at 320 pixels with the spacing that readers may set.
    """
    turn = LOOKS.index((width, scheme)) + 3 * LANGUAGES.index(lang)
    window = context(chromium, width, scheme)
    page = window.new_page()
    found: list[str] = []
    pages = PAGES[turn % len(LOOKS) :: len(LOOKS)]
    for article in pages:
        path = LIBRARY.path(article, lang)
        page.goto(f"{real_url}/{path}")
        unfold(page, article, lang)
        found += [f"/{path} {violation}" for violation in violations(page)]
        if scrolls(page):
            found.append(f"/{path} scrolls sideways")
        page.set_viewport_size({"width": 320, "height": 640})
        page.evaluate(SPACING)
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).letterSpacing") != "normal"
        if scrolls(page):
            found.append(f"/{path} scrolls sideways at 320 pixels with wider spacing")
        page.set_viewport_size({"width": width, "height": 800})
    window.close()
    assert len(pages) > 4
    assert found == []


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_axe_finds_nothing_in_either_look_of_a_template(
    chromium: Browser, real_url: str, width: int, scheme: str
) -> None:
    """A page of each template, its languages in turn; and the search dialog, opened on it, with results."""
    window = context(chromium, width, scheme)
    page = window.new_page()
    found: list[str] = []
    for i, article in enumerate(FIRSTS, width):
        lang = LANGUAGES[i % 2]
        path = LIBRARY.path(article, lang)
        page.goto(f"{real_url}/{path}")
        unfold(page, article, lang)
        found += [f"/{path} {violation}" for violation in violations(page)]
        if article.kind in ("article", "home"):
            page.evaluate("document.activeElement.blur()")
            page.keyboard.press("/")
            page.locator("dialog [name=q]").fill(DESPAIR[lang])
            expect(page.locator("dialog .finder__result").first).to_be_visible()
            found += [f"/{path} dialog {violation}" for violation in violations(page, "dialog")]
    window.close()
    assert found == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_template_scrolls_sideways(chromium: Browser, real_url: str, lang: Language) -> None:
    window = context(chromium, 360, "light")
    page = window.new_page()
    found = []
    for article in FIRSTS:
        path = LIBRARY.path(article, lang)
        page.goto(f"{real_url}/{path}")
        unfold(page, article, lang)
        for width in (360, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            if scrolls(page):
                found.append(f"/{path} at {width} pixels")
    window.close()
    assert len(FIRSTS) > 8
    assert found == []


def test_axe_would_find_something(chromium: Browser, real_url: str) -> None:
    """The audit itself: text of 4.54:1, which AA allows, and a field without a name."""
    window = context(chromium, 360, "light")
    page = window.new_page()
    page.goto(real_url)
    assert violations(page) == []
    page.evaluate(
        """() => {
          const [text, field] = [document.createElement("p"), document.createElement("input")];
          Object.assign(text.style, { background: "#fff", color: "#767676" });
          text.append("Trinvis", field);
          document.querySelector("main").append(text);
        }"""
    )
    assert {found.partition(":")[0] for found in violations(page)} == {"color-contrast-enhanced", "label"}
    window.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_search_dialog_does_not_scroll_sideways_at_320_pixels_with_wider_spacing(
    chromium: Browser, real_url: str, lang: Language
) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    page.goto(f"{real_url}/{LIBRARY.path(LIBRARY.of_kind('home')[0], lang)}")
    page.evaluate(SPACING)
    page.keyboard.press("/")
    page.locator("dialog [name=q]").fill(DESPAIR[lang])
    expect(page.locator("dialog .finder__result").first).to_be_visible()
    dialog = page.locator("dialog")
    assert dialog.evaluate("dialog => dialog.scrollWidth <= dialog.clientWidth")
    assert dialog.evaluate("dialog => getComputedStyle(dialog.querySelector('p, a')).letterSpacing") != "normal"
    page.close()


@pytest.fixture
def forced(chromium: Browser) -> Iterator[Page]:
    """A page with the colours of the reader's system."""
    page = chromium.new_page(viewport={"width": 1280, "height": 800}, forced_colors="active")
    yield page
    page.close()


BORDERS = """
([selector, edge]) => [...document.querySelectorAll(selector)].map(element => {
  const style = getComputedStyle(element), probe = document.createElement("i");
  const ground = (probe.style.color = "Canvas", document.body.append(probe), getComputedStyle(probe).color);
  probe.remove();
  const width = style[`border-${edge}-style`] === "none" ? 0 : parseFloat(style[`border-${edge}-width`]);
  return { current: element.hasAttribute("aria-current"), seen: style[`border-${edge}-color`] === ground ? 0 : width };
})
"""
"""The width of one border of each element, nothing where it has the colour of the ground."""


@pytest.mark.parametrize("width", [360, 1280])
def test_forced_colours_show_what_is_current_and_where_a_step_is(forced: Page, real_url: str, width: int) -> None:
    forced.set_viewport_size({"width": width, "height": 800})
    forced.goto(f"{real_url}/{LIBRARY.path(LIBRARY['stress-ladder/meltdown'], 'da')}")
    assert forced.evaluate("matchMedia('(forced-colors: active)').matches")
    menu = forced.evaluate(BORDERS, [".masthead__menu a", "bottom"])
    assert [item["seen"] > 0 for item in menu] == [item["current"] for item in menu]
    assert sum(item["current"] for item in menu) == 1
    for edge in ("top", "right", "bottom", "left"):
        steps = forced.evaluate(BORDERS, [".ladder a", edge])
        assert len(steps) == 5
        assert all(step["seen"] > 0 for step in steps), edge
        current = [step["seen"] for step in steps if step["current"]]
        assert len(current) == 1
        assert current[0] > max(step["seen"] for step in steps if not step["current"])


@pytest.mark.parametrize(("width", "is_open"), [(360, False), (1280, True)])
def test_the_contents_list_says_what_it_is(chromium: Browser, real_url: str, width: int, is_open: bool) -> None:
    """What is shown is said to be open, and what is said to be closed is not shown."""
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{real_url}/{LIBRARY.path(LIBRARY['alliance/micro-repair'], 'da')}")
    contents = page.get_by_role("navigation", name="På denne side")
    expect(contents.get_by_role("heading", level=2, name="På denne side")).to_be_visible()
    for now in (is_open, not is_open, is_open):
        assert contents.locator("details").evaluate("details => details.open") is now
        expect(contents.locator("a").first).to_be_visible(visible=now)
        contents.locator("summary").click()
    page.set_viewport_size({"width": 1640 - width, "height": 800})
    expect(contents.locator("a").first).to_be_visible(visible=not is_open)
    page.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_contents_list_works_without_javascript(chromium: Browser, real_url: str, width: int) -> None:
    window = chromium.new_context(viewport={"width": width, "height": 800}, java_script_enabled=False)
    page = window.new_page()
    page.goto(f"{real_url}/{LIBRARY.path(LIBRARY['alliance/micro-repair'], 'en')}")
    contents = page.get_by_role("navigation", name="On this page")
    expect(contents.locator("a").first).not_to_be_visible()
    contents.locator("summary").click()
    contents.locator("a").first.click()
    target = page.url.partition("#")[2]
    assert target
    expect(page.locator(f"[id='{target}']")).to_be_in_viewport()
    window.close()
