"""What a first visit costs a phone: bytes, requests, movement."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Browser, Response

from conftest import ROOT
from knowledge.content.library import Library
from knowledge.core.language import LANGUAGES

LIBRARY = Library.load(ROOT / "docs")
HEAVIEST = max(LIBRARY.of_kind("article"), key=lambda a: len(a["da"].body)).key
MOST_BYTES = 100_000
MOST_REQUESTS = 9
MOST_SCRIPT = 13_000
"""Wanted are 12,000; five thousand of them are the crisis words, which must be there offline."""
TYPICAL = "alliance/therapeutic-alliance"
"""An article of the usual length, with two figures, and without the help box."""
TYPICAL_BYTES = 74_500
"""Wanted are 70,000, as before the styles of Material's vocabulary, which each page carries."""
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
