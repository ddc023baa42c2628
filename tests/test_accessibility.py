"""axe-core, best practices included, over every kind of page, language, scheme and width."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from conftest import ROOT
from knowledge.content.library import Library

LIBRARY, _ = Library.read(ROOT / "docs")
KINDS = sorted({article.kind for article in LIBRARY.articles.values()})
WIDTHS = (320, 768, 1280)
EVERY_RULE = {"rules": {"target-size": {"enabled": True}}}
"""axe leaves the size of touch targets out unless asked (WCAG 2.2, 2.5.8: 24 pixels)."""
EXTRA = ("stress-ladder/meltdown",)
"""Pages whose blocks their kind's first page does not have."""


def paths(lang: str) -> list[str]:
    """One page of each kind, by path."""
    firsts = [LIBRARY.of_kind(kind)[0] for kind in KINDS]
    return [LIBRARY.path(article, lang) for article in [*firsts, *(LIBRARY[key] for key in EXTRA)]]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["da", "en"])
def test_axe_finds_nothing(
    chromium: Browser, real_url: str, real_site: Path, lang: str, scheme: str, width: int
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    found: list[str] = []
    for path in paths(lang):
        page.goto(f"{real_url}/{path}")
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        for violation in Axe().run(page, options=EVERY_RULE).response["violations"]:
            found += [
                f"/{path} {violation['id']}: {node['target']} {node['html'][:120]}" for node in violation["nodes"]
            ]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"/{path} scrolls sideways")
    context.close()
    assert found == []
