"""axe-core over every page, best practices and AAA contrast included, with everything open that opens; and what axe
cannot see: text-spacing, forced colours, what the contents list says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from conftest import real_library
from knowledge.content.article import Article
from knowledge.core.language import LANGUAGES, Language

LIBRARY = real_library()
PAGES = list(LIBRARY.articles.values())
KINDS = sorted({article.kind for article in PAGES})
WIDTHS = (360, 768, 1280)
LOOKS = list(product(WIDTHS, ("light", "dark")))
"""Width of the window and colour scheme."""
NARROW = ViewportSize(width=320, height=640)
"""The narrowest window that a page has to fit (1.4.10)."""
BOTH = [(360, "dark"), (1280, "light")]
"""The two looks in which each template is seen."""
FIRSTS = [LIBRARY.of_kind(kind)[0] for kind in KINDS] + [LIBRARY["stress-ladder/meltdown"]]
"""A page of each template, and one with the help box."""
DESPAIR: dict[Language, str] = {"da": "selvmord", "en": "suicide"}
AXE = """
async ([part, known]) => {
  const PLAIN = {
    backgroundColor: "rgba(0, 0, 0, 0)", backgroundImage: "none", opacity: "1", filter: "none", mixBlendMode: "normal",
    position: "static",
  };
  const TEXT = [
    "color", "fontFamily", "fontSize", "fontWeight", "fontStyle", "textShadow", "textDecoration", "borderTop",
    "borderBottom", "outline",
  ];
  const contrast = ["color-contrast-enhanced", "link-in-text-block"], off = { enabled: false };
  const none = { minThreshold: null }, contrastRatio = { normal: none, large: none };
  const rules = { "target-size": { enabled: true }, "color-contrast": off, [contrast[0]]: off, [contrast[1]]: off };
  const checks = { [contrast[0]]: { options: { ignorePseudo: true, contrastRatio } } };
  const grounds = new Map(), seen = new Set(known), fresh = [];
  const ground = element => {
    if (!element) return "";
    if (!grounds.has(element)) {
      const style = getComputedStyle(element), own = Object.keys(PLAIN).filter(name => style[name] !== PLAIN[name]);
      grounds.set(element, [ground(element.parentElement), ...own.map(name => style[name])].join(" "));
    }
    return grounds.get(element);
  };
  const look = element => {
    let found = ground(element), at = element;
    do {
      const style = getComputedStyle(at);
      found += TEXT.map(name => style[name]).join();
    } while (at.closest("a") && getComputedStyle(at).display.startsWith("inline") && (at = at.parentElement));
    return found;
  };
  const says = element => element.matches("input, select, textarea")
    || [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
  for (const element of document.querySelectorAll(`:is(${part}) *`)) {
    if (!element.checkVisibility() || !says(element) || seen.has(look(element))) continue;
    seen.add(look(element));
    fresh.push(element);
  }
  axe.configure({ noHtml: true });
  const found = [await axe.run(part, { rules, resultTypes: ["violations"] })];
  if (fresh.length) found.push(await axe.run(fresh, { runOnly: contrast, checks, resultTypes: ["violations"] }));
  const told = (id, { target }) => `${id}: ${target} ${document.querySelector(target).outerHTML.slice(0, 120)}`;
  const wrong = found.flatMap(({ violations }) => violations)
    .flatMap(({ id, nodes }) => nodes.map(node => told(id, node)));
  return { wrong, looks: [...seen] };
}
"""
"""axe leaves out the size of touch targets (2.5.8) and the contrast of AAA (1.4.6) unless asked. The latter holds that
of AA only without its lower bound, below which axe leaves text to the rule for AA; and of text beside a drawn shape it
would decide nothing. It need not keep the HTML of all that is right.

Contrast depends on how a text looks, on what each element around it paints (`PLAIN` is nothing), and in a link on what
sets it off from its block (`TEXT`). Of texts alike in all that the rules see the first, of all pages of a window: they
would take most of the time."""
SCROLLS = """
async ([part, spaced, width]) => {
  const frame = () => new Promise(requestAnimationFrame);
  while (innerWidth !== width) await frame();
  await document.fonts.ready;
  const element = document.querySelector(part), sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; "
    + "word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }");
  document.adoptedStyleSheets = spaced ? [sheet] : [];
  const { letterSpacing } = getComputedStyle(element.querySelector("h1, p, a"));
  const wide = () => element.scrollWidth > element.clientWidth, until = performance.now() + 20000;
  while (wide() && performance.now() < until) await frame();
  const scrolls = wide();
  document.adoptedStyleSheets = [];
  return { scrolls, spaced: letterSpacing !== "normal" };
}
"""
"""Whether a part of a page scrolls sideways in a window of a width, as it is or with what WCAG 1.4.12 lets readers set.
A window that was just made narrower may be laid out a few frames later on a busy machine; what stays wide is told."""
OPEN = """
marks => {
  document.querySelectorAll("details").forEach(details => { details.open = true });
  return marks.map(mark => document.querySelector(mark)).filter(mark => mark).map(mark => {
    mark.click();
    return document.querySelector(".note")?.checkVisibility() ? "a note" : `nothing behind ${mark.className}`;
  });
}
"""
"""Opens all that folds, and the note of the first of each mark."""
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
    marks = [".article__body .cite", ".article__body .term"] if article.kind == "article" else []
    assert {*page.evaluate(OPEN, marks)} <= {"a note"}
    if article.kind == "selfcheck":
        expect(page.locator(".selfcheck__mode")).to_be_visible()  # The script has come.
        page.evaluate(TICK)
        expect(page.locator(".selfcheck__profile")).to_be_visible()
    if article.kind in ("search", "notfound"):
        page.locator("main input[type=search]").fill(DESPAIR[lang])
        expect(page.locator("main .crisis").first).to_be_visible()
    if article.kind == "search":
        expect(page.locator("main .finder__result").first).to_be_visible()


def open_dialog(page: Page, lang: Language) -> None:
    """Open the search dialog, with results."""
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    page.locator("dialog [name=q]").fill(DESPAIR[lang])
    expect(page.locator("dialog .finder__result").first).to_be_visible()


def violations(page: Page, part: str = "html", looks: set[str] | None = None) -> list[str]:
    """What axe finds in a part of a page.

    Args:
        looks: those of texts whose contrast was seen on other pages; this page's are added.
    """
    looks = set() if looks is None else looks
    result = page.evaluate(AXE, [part, [*looks]])
    assert result["looks"], "axe has seen no text"
    looks |= {*result["looks"]}
    return result["wrong"]


def scrolls(page: Page, part: str = "html", *, spaced: bool = False) -> list[str]:
    """That a part of a page scrolls sideways, where it does."""
    assert page.viewport_size
    result = page.evaluate(SCROLLS, [part, spaced, page.viewport_size["width"]])
    assert result["spaced"] is spaced
    return [f"{part} scrolls sideways in {page.viewport_size}"] if result["scrolls"] else []


LARGE = """() => ({
  letters: getComputedStyle(document.documentElement).fontSize,
  width: document.documentElement.scrollWidth,
  name: document.querySelector(".masthead__name").offsetHeight < 100,
  skip: document.querySelector(".skip").getBoundingClientRect().bottom >= 0,
  outside: [...document.querySelectorAll(".call, .call__number")]
    .filter((call) => call.getBoundingClientRect().right > 320).map(({ textContent }) => textContent),
})"""


def look(article: Article, lang: Language) -> tuple[int, str]:
    """In which a page is seen: the first of a template in both, in one of its languages each; the others in turn."""
    i, other = PAGES.index(article), LANGUAGES.index(lang)
    return BOTH[(i + other) % 2] if article in FIRSTS else LOOKS[(i + 3 * other) % len(LOOKS)]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing_on_any_page(chromium: Browser, real_url: str, width: int, scheme: str) -> None:
    """Each page once, and on the home page the search dialog.

    Nor does any scroll sideways: as it is, a page of each template at each width, and all at 320 pixels with the
    spacing that readers may set.
    """
    window = context(chromium, width, scheme)
    page = window.new_page()
    found: list[str] = []
    looks: set[str] = set()
    wide = ViewportSize(width=width, height=800)
    pages = [(a, lang) for a in PAGES for lang in LANGUAGES if look(a, lang) == (width, scheme)]
    for article, lang in pages:
        path = LIBRARY.path(article, lang)
        page.goto(f"{real_url}/{path}")
        unfold(page, article, lang)
        wrong: list[str] = []
        for size in (NARROW, wide) if page.viewport_size == NARROW else (wide, NARROW):  # A change lays out all anew.
            if page.viewport_size != size:
                page.set_viewport_size(size)
            wrong += scrolls(page, spaced=True) if size == NARROW else violations(page, looks=looks) + scrolls(page)
        for other in WIDTHS if article in FIRSTS else ():
            page.set_viewport_size({"width": other, "height": 800})
            wrong += scrolls(page)
        if article.kind == "home":
            open_dialog(page, lang)
            wrong += scrolls(page, "dialog") + violations(page, "dialog", looks)
            page.set_viewport_size(NARROW)
            wrong += scrolls(page, "dialog", spaced=True)
        found += [f"/{path} {what}" for what in wrong]
    window.close()
    assert len(pages) > 10
    assert found == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_letters_twice_as_large_stay_on_a_small_phone(chromium: Browser, real_url: str, lang: Language) -> None:
    """As a reader chooses them in the browser. No page scrolls sideways, no name breaks letter by letter, the skip link
    shows only with focus, and each number is whole on the screen."""
    window = chromium.new_context(viewport=NARROW)
    page = window.new_page()
    window.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    wrong: dict[str, object] = {}
    for article in FIRSTS:
        page.goto(f"{real_url}/{LIBRARY.path(article, lang)}")
        unfold(page, article, lang)
        told = page.evaluate(LARGE)
        if told != {"letters": "32px", "width": 320, "name": True, "skip": False, "outside": []}:
            wrong[article.key] = told
        if squeezed := page.evaluate(SQUEEZED):
            wrong[f"{article.key}: beside pictures"] = squeezed
    window.close()
    assert len(FIRSTS) > 8
    assert wrong == {}


SQUEEZED = """() => [...document.querySelectorAll(".card")]
    .filter((card) => card.querySelector(".card__title").clientWidth < card.clientWidth / 2)
    .map((card) => card.innerText)"""
"""Cards on which a picture leaves a title no room, and its words break letter by letter."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_one_needs_at_a_bad_hour_is_as_large_as_a_finger(chromium: Browser, real_url: str, lang: Language) -> None:
    """Help, the search and the other language at the head of each page, and what its foot leads to."""
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{real_url}/{LIBRARY.path(LIBRARY['help'], lang)}")
    sizes = page.locator(".masthead__tools a, .colophon li a, .colophon button:visible").evaluate_all(
        "all => all.map((one) => [one.innerText, one.offsetWidth, one.offsetHeight])"
    )
    assert len(sizes) > 10
    assert [size for size in sizes if size[2] < 44] == []
    assert [size for size in sizes[:3] if size[1] < 44] == []
    page.close()


@pytest.mark.parametrize("key", ["self-check", "faq"])
def test_the_menu_shows_where_one_is(chromium: Browser, real_url: str, key: str) -> None:
    """On a phone, too, where its last entries are out of sight until it is scrolled."""
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{real_url}/{LIBRARY.path(LIBRARY[key], 'da')}")
    expect(page.locator(".masthead__menu [aria-current]")).to_be_in_viewport(ratio=0.99)
    page.close()


def test_a_long_term_stands_beside_its_sign(chromium: Browser, real_url: str) -> None:
    """And the lines below it, and what it is called in the other language, under its first letter."""
    page = chromium.new_page(viewport={"width": 320, "height": 740})
    page.goto(f"{real_url}/{LIBRARY.path(LIBRARY['glossary'], 'da')}")
    lefts = page.locator(".glossary summary").evaluate_all("""all => all.flatMap((row) => [...row.querySelectorAll("*")]
        .flatMap((one) => [...one.getClientRects()]).map(({ left }) => left - row.getBoundingClientRect().left))""")
    assert len(lefts) > 100
    assert min(lefts) >= 24
    page.close()


def test_each_page_is_seen_once_and_each_template_in_both_looks() -> None:
    assert {(article.kind, look(article, lang)) for article in FIRSTS for lang in LANGUAGES} == {*product(KINDS, BOTH)}
    assert {look(article, lang) for article in PAGES for lang in LANGUAGES} == {*LOOKS}


def test_axe_would_find_something(chromium: Browser, real_url: str) -> None:
    """The audit itself: text of 4.54:1, which AA allows, and paler, and much paler, each like one that is right but for
    its colour; text like one that is right but for what it stands on; a link like one that is right but for its line,
    and one but for the colour of the text around it; a field without a name; a button too low."""
    window = context(chromium, 360, "light")
    page = window.new_page()
    page.goto(real_url)
    looks: set[str] = set()
    assert violations(page, looks=looks) == []
    page.evaluate(
        """() => {
          const add = (name, style, ...inside) => {
            const made = document.createElement(name);
            Object.assign(made.style, style);
            made.append(...inside);
            document.querySelector("main").append(made);
          };
          const low = { blockSize: "12px", minBlockSize: 0, padding: 0, margin: 0, background: "#fff", color: "#000" };
          for (const color of ["#000", "#767676", "#8a8a8a", "#eee"])
            add("p", { background: "#fff", color }, "Trinvis");
          for (const background of ["#fff", "#444"])
            add("div", { background }, Object.assign(document.createElement("p"), { style: "color: #000" }));
          for (const text of document.querySelectorAll("main > div > p:empty")) text.append("Trinvis");
          const links = [["#000", "underline"], ["#333", "none"], ["#000", "none"]];
          for (const [color, textDecoration] of links) {
            const link = Object.assign(document.createElement("a"), { href: "/", textContent: "Trinvis" });
            Object.assign(link.style, { color: "#333", textDecoration });
            add("p", { background: "#fff", color }, "Trin for ", link, " og videre igen");
          }
          add("input", {});
          for (const words of ["Trin et", "Trin to"]) add("button", { ...low, display: "block" }, words);
        }"""
    )
    found = [told.partition(":")[0] for told in violations(page, looks=looks)]
    assert found.count("color-contrast-enhanced") == 4
    assert found.count("link-in-text-block") == 1
    assert {*found} == {"color-contrast-enhanced", "link-in-text-block", "label", "target-size"}
    window.close()


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
