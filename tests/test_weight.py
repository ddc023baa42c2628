"""What a first visit costs a phone: bytes, requests, movement."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Response

from conftest import ROOT, Built, real_library
from knowledge.core.language import LANGUAGES

LIBRARY = real_library()
HEAVIEST = max(LIBRARY.of_kind("article"), key=lambda a: len(a["da"].body)).key
MOST_BYTES = 100_000
MOST_REQUESTS = 9
MOST_SCRIPT = 12_000
"""Five thousand of them are the crisis words, which must be there offline."""
TYPICAL = "alliance/therapeutic-alliance"
"""An article of the usual length, with two figures, and without the help box."""
TYPICAL_BYTES = 70_000
SHIFT = """
window.shift = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value; })
  .observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", ["index", HEAVIEST, TYPICAL, "stress-ladder/meltdown", "faq"])
def test_a_first_visit_is_light_and_still(chromium: Browser, real_url: str, key: str, lang: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.add_init_script(SHIFT)
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(f"{real_url}/{LIBRARY.path(LIBRARY[key], lang)}", wait_until="networkidle")
    sizes = {response.url: len(gzip.compress(response.body())) for response in responses}
    assert all(url.startswith(real_url) for url in sizes), "something is loaded from elsewhere"
    assert sum(sizes.values()) <= (TYPICAL_BYTES if key == TYPICAL else MOST_BYTES), sizes
    assert key == "index" or len(responses) <= MOST_REQUESTS, list(sizes)
    scripts = {url: size for url, size in sizes.items() if ".js" in url}
    assert 0 < sum(scripts.values()) <= MOST_SCRIPT, scripts
    assert page.evaluate("window.shift") == 0
    context.close()


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
        names = (f"assets/{sheet}.css", *(["assets/figured.css"] if sheet == "figures" else []))
        links = page.xpath("//link[@rel='stylesheet']/@href")
        is_loaded = any(name in href for name in names for href in links)
        assert is_loaded or not held, f"{path}: {held}"
        if page.xpath("//article[contains(@class, 'article')]") and not held:
            assert not is_loaded, path
        with_it, without = with_it + is_loaded, without + (not is_loaded)
    assert without > 0
    assert with_it > 0 or sheet != "tools"  # The small site's texts hold none.
