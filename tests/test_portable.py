"""A pull request's preview: a folder whose pages open by a click, without a server."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser

from knowledge.tools.portable import _relative, main, portable


@pytest.mark.parametrize(
    ("address", "folder", "there"),
    [
        ("/", "alliancen/ny", "../../index.html"),
        ("/en/", "", "en/index.html"),
        ("/alliancen/ny/#spoergsmaal", "alliancen/gammel", "../ny/index.html#spoergsmaal"),
        ("/assets/site.css?v=1", "alliancen", "../assets/site.css?v=1"),
        ("../ny/", "alliancen/gammel", "../ny/index.html"),
        ("billede.svg", "alliancen", "billede.svg"),
        ("#her", "alliancen", "#her"),
        ("https://example.org/", "alliancen", "https://example.org/"),
        ("//example.org/", "alliancen", "//example.org/"),
        ("tel:112", "", "tel:112"),
        ("data:image/svg+xml,x/", "", "data:image/svg+xml,x/"),
    ],
)
def test_an_address_leads_to_the_same_from_the_disk(address: str, folder: str, there: str) -> None:
    assert _relative(address, folder) == there


@pytest.fixture(scope="module")
def folder(small_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """tests/site, built, in a folder with a space in its name."""
    copy = shutil.copytree(small_site, tmp_path_factory.mktemp("portable") / "my site")
    assert portable(copy) > 30
    return copy


def test_where_nothing_is_built_it_says_what_comes_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 1
    assert "run make build first" in capsys.readouterr().err


def test_every_link_leads_to_a_file(folder: Path) -> None:
    checked = 0
    for page in folder.rglob("*.html"):
        for address in html.fromstring(page.read_text("utf-8")).xpath("//body//@href | //body//@src | //link/@href"):
            parts = urlsplit(address)
            if not parts.scheme and not parts.netloc and parts.path:
                assert (page.parent / unquote(parts.path)).is_file(), f"{page.relative_to(folder)}: {address}"
                checked += 1
    assert checked > 1000


def test_it_looks_as_the_site_does_and_leads_on(folder: Path, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto((folder / "index.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").startswith("Literata")
    page.locator("nav a").filter(has_text="Alliancen").first.click()
    page.wait_for_url("**/alliancen/index.html")
    page.locator("main a[href*='reparation']").first.click()
    page.wait_for_url("**/reparation/index.html")
    picture = page.locator("img.article__cover")
    assert picture.evaluate("(one) => one.complete && one.naturalWidth > 0")
    page.locator("a[hreflang='en']").first.click()
    page.wait_for_url("**/en/alliance/repair/index.html")
    context.close()
    assert errors == []
