"""What hosts and crawlers read: headers, redirects, sitemap."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree, html
from playwright.sync_api import Browser

from conftest import SITE, built

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
}
BASE = "http://127.0.0.1:8000/"


def headers(site: Path) -> dict[str, str]:
    """The headers that `_headers` gives to every page."""
    block = (site / "_headers").read_text().split("/assets/*")[0].splitlines()[1:]
    return dict(line.strip().split(": ", 1) for line in block)


@pytest.fixture(scope="module")
def strict_url(small_site: Path) -> Iterator[str]:
    """The test site under its real headers."""
    sent = headers(small_site)

    class Handler(http.server.SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            for name, value in sent.items():
                if name != "Strict-Transport-Security":
                    self.send_header(name, value)
            super().end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(small_site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_no_page_breaks_the_security_policy(chromium: Browser, small_site: Path, strict_url: str) -> None:
    page = chromium.new_page(color_scheme="light")
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url} {message.text}"))
    page.add_init_script("localStorage.setItem('scheme', 'dark')")
    for file in sorted(small_site.rglob("*.html")):
        if 'http-equiv="refresh"' in file.read_text("utf-8"):  # leads away before it can be looked at
            continue
        page.goto(f"{strict_url}/{file.relative_to(small_site).as_posix()}")
    page.goto(strict_url)
    assert page.evaluate("document.documentElement.dataset.scheme") == "dark", "the inline script did not run"
    page.close()
    assert said == []


def test_the_policy_stops_what_is_not_ours(chromium: Browser, strict_url: str) -> None:
    page = chromium.new_page()
    page.goto(strict_url)
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.bad = 1'}))")
    assert page.evaluate("window.bad") is None
    page.close()


def test_the_policy_is_strict(small_site: Path) -> None:
    policy = headers(small_site)["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval'" not in policy.replace("'wasm-unsafe-eval'", "")
    assert {"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(policy.split("; "))
    assert headers(small_site)["X-Content-Type-Options"] == "nosniff"


def test_the_sitemap_holds_each_page_with_its_twin(small_site: Path) -> None:
    tree = etree.parse(small_site / "sitemap.xml")
    listed = {
        url.findtext("s:loc", namespaces=NAMES): {
            link.get("hreflang"): link.get("href") for link in url.iterfind("x:link", NAMES)
        }
        for url in tree.iterfind("s:url", NAMES)
    }
    indexed = {}
    for file in small_site.rglob("*.html"):
        page = html.fromstring(file.read_text("utf-8"))
        if not page.xpath('//meta[@name="robots"]'):
            indexed[page.xpath("string(//link[@rel='canonical']/@href)")] = {
                link.get("hreflang"): link.get("href") for link in page.xpath("//head/link[@hreflang]")
            }
    assert listed == indexed
    assert len(listed) == 36


def test_the_sitemaps_dates_are_the_contents_own(small_site: Path) -> None:
    tree = etree.parse(small_site / "sitemap.xml")
    dates = {
        url.findtext("s:loc", namespaces=NAMES).removeprefix(BASE): url.findtext("s:lastmod", namespaces=NAMES)
        for url in tree.iterfind("s:url", NAMES)
    }
    assert dates["alliancen/escaping/"] == "2026-10-01"
    assert dates["alliancen/"] == dates["en/questions/"] == dates[""] == "2026-11-20"
    assert dates["privatliv/"] is None
    assert len(tree.findall(".//i:image", NAMES)) == 2 * (5 + 3 + 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [("rapport/kontakt/", "nlp-vaerktoejer/rapport/"), ("en/rapport/contact/", "en/nlp-tools/rapport/")],
)
def test_a_former_address_leads_on(small_site: Path, chromium: Browser, small_url: str, old: str, new: str) -> None:
    assert f"/{old} /{new} 301" in (small_site / "_redirects").read_text().splitlines()
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{small_url}/{old}", wait_until="commit")
    link = html.fromstring((small_site / old / "index.html").read_text()).xpath("//link[@rel='canonical']/@href")
    assert link == [BASE + new]
    context.close()


def test_hosts_know_the_sites_own_path(tmp_path: Path) -> None:
    site = built(SITE / "mkdocs.yml", tmp_path / "site", "https://user.example/repo/")
    assert (site / "_headers").read_text().startswith("/repo/*\n")
    assert "/repo/en/* /repo/en/404.html 404" in (site / "_redirects").read_text()
    assert "Sitemap: https://user.example/repo/sitemap.xml" in (site / "robots.txt").read_text()
