"""What hosts and crawlers read: headers, redirects, sitemap."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree, html
from playwright.sync_api import Browser

from conftest import Built, Handler, serve
from knowledge.tools.nginx import configuration
from test_site import pages

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
}
BASE = "http://127.0.0.1:8000/"


def headers(site: Path) -> dict[str, str]:
    """The headers that `_headers` gives to every page."""
    block = takewhile(lambda line: line.startswith(" "), (site / "_headers").read_text().splitlines()[1:])
    return dict(line.strip().split(": ", 1) for line in block)


@pytest.fixture(scope="module")
def strict_url(small_site: Path) -> Iterator[str]:
    """The test site under its real headers."""
    sent = headers(small_site)

    class Strict(Handler):
        def end_headers(self) -> None:
            for name, value in sent.items():
                if name != "Strict-Transport-Security":
                    self.send_header(name, value)
            super().end_headers()

    yield from serve(small_site, Strict)


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


def test_hosts_know_the_sites_own_path(small_site_below_a_path: Path) -> None:
    site = small_site_below_a_path
    assert (site / "_headers").read_text().startswith("/repo/*\n")
    assert "/repo/en/* /repo/en/404.html 404" in (site / "_redirects").read_text()
    assert "Sitemap: https://user.example/repo/sitemap.xml" in (site / "robots.txt").read_text()


def test_headers_keep_within_the_hosts_limits(any_site: Built) -> None:
    """Cloudflare Pages: 100 rules of 2,000 characters a line."""
    lines = (any_site.folder / "_headers").read_text("utf-8").splitlines()
    assert max(map(len, lines)) <= 2000
    assert len([line for line in lines if not line.startswith(" ")]) <= 100


def test_a_host_that_sends_no_headers_gets_the_policy_in_the_page(any_site: Built) -> None:
    """All of it but `frame-ancestors`, which a page cannot say."""
    sent = headers(any_site.folder)["Content-Security-Policy"]
    for path, page in pages(any_site.folder).items():
        (said,) = page.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
        assert f"{said}; frame-ancestors 'none'" == sent, path
        assert page.xpath("//head/*")[1].get("http-equiv"), "it must stand before what it governs"


def test_every_inline_script_is_admitted_by_its_hash(any_site: Built) -> None:
    policy = headers(any_site.folder)["Content-Security-Policy"]
    for path, page in pages(any_site.folder).items():
        assert not page.xpath("//style | //@style | //@*[starts-with(name(), 'on')]"), path
        for script in page.xpath("//script[not(@src)][not(@type) or @type='module']"):
            digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy, path


def test_each_404_page_leads_to_the_other_language(any_site: Built) -> None:
    """Where a host knows one 404 page only, an English reader gets the Danish one."""
    base = urlsplit(any_site.url).path
    for path, other, lang in (("404.html", f"{base}en/404.html", "en"), ("en/404.html", f"{base}404.html", "da")):
        (paragraph,) = pages(any_site.folder)[path].xpath(f'//article//p[@lang="{lang}"]')
        assert paragraph.xpath("a/@href") == [other]


@pytest.fixture(scope="module", params=["small_site", "small_site_below_a_path"], ids=["at the root", "below a path"])
def nginx(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A test site's address behind a real nginx with our own configuration."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not program:
        pytest.skip("nginx is not installed")
    site: Path = request.getfixturevalue(request.param)
    folder = tmp_path_factory.mktemp("nginx")
    base = "" if request.param == "small_site" else "/repo"
    shutil.copytree(site, folder / f"root{base}")
    folder.parent.chmod(0o755)  # nginx's workers are another user.
    for path in (folder, *folder.parents[:3]):
        path.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = configuration(
        (site / "_headers").read_text("utf-8"), (site / "_redirects").read_text("utf-8"), str(folder / "root")
    ).replace("listen 80", f"listen 127.0.0.1:{port}")
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ include /etc/nginx/mime.types; access_log off; client_body_temp_path {folder}/body;\n{server}}}\n"
    )
    process = subprocess.Popen([program, "-c", folder / "nginx.conf", "-e", folder / "error.log"])
    address = f"http://127.0.0.1:{port}{base}"
    for _ in range(100):
        with contextlib.suppress(urllib.error.URLError):
            urllib.request.urlopen(f"{address}/")
            break
        time.sleep(0.05)
    yield address
    process.terminate()
    process.wait()


def ask(url: str) -> tuple[int, Mapping[str, str], str]:
    """Status, headers and text of an answer, whatever it is."""
    opener = urllib.request.build_opener(NoRedirect)
    try:
        with opener.open(url) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.headers, answer.read().decode()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leaves redirects to whoever asks."""

    def redirect_request(self, *args: object) -> None:
        """None: not followed."""


def test_nginx_serves_pages_redirects_and_404s_as_the_site_says(nginx: str) -> None:
    base = urlsplit(nginx).path
    for path, lang in (("/mangler/", "da"), ("/en/missing/", "en"), ("/en/alliance/x.png", "en"), ("/_headers", "da")):
        status, sent, text = ask(nginx + path)
        assert (status, html.fromstring(text).get("lang")) == (404, lang), path
        assert "default-src 'none'" in sent["Content-Security-Policy"]
    status, sent, _ = ask(f"{nginx}/en/rapport/contact/")
    assert (status, sent["Location"]) == (301, f"{base}/en/nlp-tools/rapport/")
    assert ask(f"{nginx}/en/alliance")[1]["Location"] == f"{base}/en/alliance/"
    status, sent, text = ask(f"{nginx}/en/alliance/repair/")
    assert (status, html.fromstring(text).get("lang")) == (200, "en")
    assert sent["X-Content-Type-Options"] == "nosniff"
    status, sent, _ = ask(f"{nginx}/assets/site.css")
    assert status == 200
    assert "immutable" in sent["Cache-Control"]
    assert sent["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("page", ["404.html", "en/404.html"])
def test_the_404_page_leads_on_from_every_address(any_site: Built, page: str) -> None:
    """It is shown at whatever address leads nowhere, so that no link of it may be relative."""
    tree = html.fromstring((any_site.folder / page).read_text("utf-8"))
    links = [link for _, name, link, _ in tree.iterlinks() if name in ("href", "src")]
    assert len(links) > 20
    assert [link for link in links if not link.startswith(("/", "#", "tel:", "data:", "http://", "https://"))] == []
