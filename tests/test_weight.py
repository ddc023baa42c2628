"""What a first visit costs a phone: bytes, requests, movement."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, Response

from conftest import ROOT, Built, real_library
from knowledge.core.language import LANGUAGES

LIBRARY = real_library()
ARTICLES = [article.key for article in LIBRARY.of_kind("article")]
MOST_BYTES = 71_500
"""Of an article with its figure, and of what else a reader meets first."""
MOST_REQUESTS = 9
MOST_SCRIPT = 14_300
"""More than half of them are the crisis words, which must be there offline."""
TYPICAL = "alliance/therapeutic-alliance"
"""An article of the usual length, with two figures, and without the help box."""
SHIFT = """
window.shift = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value; })
  .observe({ type: "layout-shift", buffered: true });
"""


FAR = """() => [...document.querySelectorAll("img[loading=lazy]")]
    .filter((image) => image.getBoundingClientRect().top > 5 * innerHeight).map((image) => image.currentSrc)"""
"""Lazy pictures five screens below, which a browser may fetch all the same when it thinks fit: now and then it does."""
LOADED = "performance.getEntriesByType('resource').map(({ name }) => name)"
SIZES: dict[str, int] = {}
"""Compressed sizes by address: no file of the site changes."""


@pytest.fixture(scope="module")
def newcomer(chromium: Browser) -> Iterator[Page]:
    """A page that keeps nothing of a visit: each is the first, without a window of its own, which costs as much."""
    context = chromium.new_context()
    page = context.new_page()
    page.add_init_script(SHIFT)
    context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    yield page
    context.close()


def visit(page: Page, address: str, width: int = 360, tries: int = 4) -> tuple[dict[str, int], float]:
    """What a first visit loads, on a phone at first, as addresses with compressed sizes, and how far things move; on a
    busy machine a window may take its size, or a font its place, late: what moves each time is told."""
    page.goto("about:blank")
    page.set_viewport_size({"width": width, "height": 800 if width < 500 else 1000})
    responses: list[Response] = []

    def heard(response: Response) -> None:
        responses.append(response)

    page.on("response", heard)
    page.goto(address, wait_until="networkidle")
    for _ in range(1000):  # Scripts come after the first sight of a page; and what it has loaded may be told later.
        loaded = {*page.evaluate(LOADED)}
        if any(".js" in url for url in loaded) and loaded <= {response.url for response in responses}:
            break
        page.wait_for_timeout(20)
    page.remove_listener("response", heard)
    for response in responses:
        if response.url not in SIZES:
            SIZES[response.url] = len(gzip.compress(response.body()))
    far = page.evaluate(FAR)
    moved = page.evaluate("localStorage.clear(), sessionStorage.clear(), window.shift")
    if moved and tries > 1:
        return visit(page, address, width, tries - 1)
    return {response.url: SIZES[response.url] for response in responses if response.url not in far}, moved


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", ["index", TYPICAL, "stress-ladder/meltdown", "alliance/index", "faq", "glossary"])
def test_a_first_visit_is_light_and_still(newcomer: Page, real_url: str, key: str, lang: str) -> None:
    sizes, moved = visit(newcomer, f"{real_url}/{LIBRARY.path(LIBRARY[key], lang)}")
    assert all(url.startswith(real_url) for url in sizes), "something is loaded from elsewhere"
    assert sum(sizes.values()) <= MOST_BYTES, sizes
    scripts = {url: size for url, size in sizes.items() if ".js" in url}
    assert 0 < sum(scripts.values()) <= MOST_SCRIPT, scripts
    assert moved == 0


@pytest.mark.parametrize("width", [412, 768, 1280])
@pytest.mark.parametrize("key", ["alliance/index", "self-check", "alliance/booklet", "translations", "sources"])
def test_what_scripts_add_moves_nothing(newcomer: Page, real_url: str, key: str, width: int) -> None:
    sizes, moved = visit(newcomer, f"{real_url}/{LIBRARY.path(LIBRARY[key], 'da')}", width)
    assert any(".js" in url for url in sizes)
    assert moved == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_article_is_within_its_budget(newcomer: Page, real_url: str, lang: str) -> None:
    """Seventy kilobytes and nine requests, and nothing moves."""
    over: dict[str, object] = {}
    for key in ARTICLES:
        sizes, moved = visit(newcomer, f"{real_url}/{LIBRARY.path(LIBRARY[key], lang)}")
        assert len(sizes) > 4, sizes
        if sum(sizes.values()) > MOST_BYTES or len(sizes) > MOST_REQUESTS or moved:
            over[key] = (sum(sizes.values()), moved, sizes)
    assert len(ARTICLES) > 30
    assert not over


CLASSES = re.compile(r"\.([A-Za-z_][\w-]*)")
CSS = ROOT / "overrides/assets/css"


def styled(folder: Path) -> set[str]:
    """The classes of the style sheets in a folder."""
    sources = (re.sub(r"/\*.*?\*/|url\(.*?\)", "", path.read_text("utf-8")) for path in folder.glob("*.css"))
    return {name for source in sources for name in CLASSES.findall(source)}


@pytest.mark.parametrize("sheet", ["figures", "vocabulary", "tools"])
def test_a_page_loads_the_styles_of_what_it_holds_and_no_others(any_site: Built, sheet: str) -> None:
    """Classes that stand in this sheet alone, as those of `site.css` are on every page."""
    own = styled(CSS / sheet) - styled(CSS)
    assert len(own) > 8
    with_it, without = 0, 0
    for path in any_site.folder.rglob("index.html"):
        page = html.fromstring(path.read_text("utf-8"))
        held = {name for element in page.xpath("//*[@class]") for name in element.get("class").split()} & own
        names = {
            "figures": ("assets/figures.css", "assets/figured.css"),
            "vocabulary": ("assets/vocabulary.css",),
            "tools": ("assets/equipped.css",),
        }[sheet]
        links = page.xpath("//link[@rel='stylesheet']/@href")
        is_loaded = any(name in href for name in names for href in links)
        assert is_loaded or not held, f"{path}: {held}"
        if page.xpath("//article[contains(@class, 'article')]") and not held:
            assert not is_loaded, path
        with_it, without = with_it + is_loaded, without + (not is_loaded)
    assert without > 0
    assert with_it > 0 or sheet != "tools"  # The small site's texts hold none.


@pytest.mark.parametrize("key", ["index", TYPICAL, "alliance/index"])
def test_what_scripts_add_comes_after_the_first_sight(chromium: Browser, real_url: str, key: str) -> None:
    """And comes by itself, which `goto` here does not see to: it brings scripts forward."""
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    with page.expect_response(re.compile(r"\.js")):
        page.goto(f"{real_url}/{LIBRARY.path(LIBRARY[key], 'da')}", wait_until="commit")
    page.wait_for_load_state("networkidle")
    seen, loaded, asked = page.evaluate("""() => [
        performance.getEntriesByName("first-contentful-paint")[0].startTime,
        performance.getEntriesByType("navigation")[0].loadEventStart,
        performance.getEntriesByType("resource").filter(({ name }) => /\\.js/.test(name))
            .map(({ startTime }) => startTime),
    ]""")
    assert min(asked) >= max(seen, loaded) > 0
    context.close()


def test_scripts_come_where_a_browser_does_not_tell_of_its_paint(chromium: Browser, real_url: str) -> None:
    page = chromium.new_page()
    page.add_init_script("Object.defineProperty(PerformanceObserver, 'supportedEntryTypes', { value: undefined })")
    with page.expect_response(re.compile(r"article\.js")):
        page.goto(f"{real_url}/{LIBRARY.path(LIBRARY[TYPICAL], 'da')}", wait_until="commit")
    page.close()
