"""Comments: a real Isso on loopback, asked only by readers who want it."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import Browser, Page, expect

from conftest import ROOT, built, configured, serve
from knowledge.content.publisher import Publisher
from knowledge.content.settings import ConfigFile
from knowledge.core.language import LANGUAGES
from knowledge.pages.blocks.block import Context
from knowledge.pages.blocks.comments import BLOCK, CommentServer
from knowledge.tools.comment_server import prepare

PATHS = {"da": "/alliancen/reparation/", "en": "/en/alliance/repair/"}
SHOW = {"da": "Hent kommentarer", "en": "Load comments"}
EVIL = "<img src=x onerror=\"document.title='bad'\"><script>document.title='bad'</script> [her](javascript:alert(1))"


@dataclass
class Isso:
    """A running comment server."""

    url: str
    log: Path

    def moderation(self, action: str) -> list[str]:
        """Links of that action which the server has printed, oldest first."""
        return re.findall(rf"{self.url}/id/\d+/{action}/\S+", self.log.read_text())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def running(folder: Path, port: int, site: str) -> Iterator[Isso]:
    """What `make comments` starts, on another port and for another site."""
    address, log = f"http://127.0.0.1:{port}", folder / "log"
    command = [sys.executable, "-m", "knowledge.tools.comment_server", "--folder", str(folder / "comments")]
    with (
        log.open("wb") as out,
        subprocess.Popen(
            [*command, "--listen", address, "--site", site],
            env={**os.environ, "PYTHONPATH": str(ROOT / "hooks"), "PYTHONUNBUFFERED": "1"},
            stdout=out,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            for _ in range(200):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            else:
                raise AssertionError(log.read_text())
            yield Isso(address, log)
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


def commented(folder: Path, port: int) -> Path:
    """The test site with comments on, and off on one article."""
    config = configured(folder, {"comments": {"isso": f"http://127.0.0.1:{port}/"}})
    quiet = folder / "docs/nlp-tools/rapport.da.md"
    quiet.write_text(quiet.read_text("utf-8").replace("---\n", "---\ncomments: false\n", 1), "utf-8")
    return built(config, folder / "site")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, port: int) -> Path:
    return commented(tmp_path_factory.mktemp("commented"), port)


@pytest.fixture(scope="module")
def url(site: Path) -> Iterator[str]:
    yield from serve(site)


@pytest.fixture(scope="module")
def isso(tmp_path_factory: pytest.TempPathFactory, port: int, url: str) -> Iterator[Isso]:
    with running(tmp_path_factory.mktemp("isso"), port, url) as server:
        yield server


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Page]:
    """A page that notes what breaks the policy or fails in a script."""
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if "Content Security" in message.text else None)
    yield page
    context.close()
    assert wrong == []


@pytest.mark.parametrize("lang", ["da", "en"])
def test_a_comment_is_posted_approved_and_seen_and_its_html_is_harmless(
    reader: Page, chromium: Browser, url: str, isso: Isso, lang: str
) -> None:
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.goto(url + PATHS[lang])
    block = reader.locator(".comments")
    expect(block).to_contain_text(isso.url.removeprefix("http://"))
    expect(block).to_contain_text("Dit helbred er privat" if lang == "da" else "Your health is private")
    reader.wait_for_load_state("networkidle")
    assert [address for address in asked if address.startswith(isso.url)] == []

    title = reader.title()
    before = len(isso.moderation("activate"))
    reader.get_by_role("button", name=SHOW[lang]).click()
    field = block.get_by_role("textbox").first
    expect(field).to_have_accessible_name("Skriv din kommentar her" if lang == "da" else "Write your comment here")
    field.fill(f"Tak for {lang} <b>fed</b> {EVIL}")
    block.locator("[name=author]").fill('Maja "<i>x</i>')
    expect(block.locator("[name=email]")).not_to_be_visible()
    block.get_by_role("button", name="Send" if lang == "da" else "Submit").click()
    expect(block.locator(".isso-note")).to_contain_text("venter" if lang == "da" else "waiting")
    assert {address.split("/")[2] for address in asked} == {url.split("/")[2], isso.url.split("/")[2]}

    other = chromium.new_context().new_page()
    other.goto(url + PATHS[lang])
    other.get_by_role("button", name=SHOW[lang]).click()
    expect(other.locator(".isso-thread-heading")).not_to_be_empty()
    expect(other.locator("#isso-root .isso-comment")).to_have_count(0)

    (link,) = isso.moderation("activate")[before:]
    editor = chromium.new_context().new_page()
    editor.on("dialog", lambda dialog: dialog.accept())
    with editor.expect_response(lambda response: response.request.method == "POST") as activated:
        editor.goto(link, wait_until="commit")
    assert activated.value.ok

    other.reload()
    other.get_by_role("button", name=SHOW[lang]).click()
    comment = other.locator("#isso-root .isso-comment")
    expect(comment).to_have_count(1)
    expect(comment.locator(".isso-text")).to_contain_text(f"Tak for {lang} <b>fed</b> <img src=x")
    expect(comment.locator(".isso-author")).to_have_text('Maja "<i>x</i>')
    expect(other.locator(".isso-thread-heading")).to_have_text("Én kommentar" if lang == "da" else "One comment")
    assert comment.locator("img, script, b, i, [onerror], [href^=javascript]").count() == 0
    assert other.title() == reader.title() == title
    for page in (other, editor):
        page.context.close()


def test_axe_finds_nothing_among_comments(reader: Page, url: str, isso: Isso) -> None:
    reader.goto(url + PATHS["da"])
    reader.get_by_role("button", name=SHOW["da"]).click()
    expect(reader.locator(".isso-thread-heading")).not_to_be_empty()
    found = Axe().run(reader).response["violations"]
    assert [(violation["id"], violation["nodes"][0]["html"]) for violation in found] == []
    assert reader.evaluate("document.documentElement.scrollWidth") <= 360


HURRY = "const real = setTimeout; window.setTimeout = (what, after) => real(what, after / 20)"


def test_with_isso_down_the_article_says_so_and_one_may_try_again(chromium: Browser, tmp_path: Path) -> None:
    """Away at the start, there, away while writing."""
    port = free_port()
    for url in serve(commented(tmp_path, port)):
        context = chromium.new_context()
        page = context.new_page()
        page.add_init_script(HURRY)
        page.goto(url + PATHS["da"])
        button, status = page.get_by_role("button", name=SHOW["da"]), page.locator(".comments__status")
        button.click()
        expect(status).to_contain_text("Kommentarerne kan ikke vises lige nu.")
        expect(page.locator(".article__body")).to_be_visible()
        field = page.locator(".isso-textarea")
        with running(tmp_path, port, url):
            button.click()
            expect(field).to_be_visible()
            expect(status).to_have_text("")
        field.fill("Min tekst")
        page.locator(".isso-postbox [type=submit]").click()
        expect(status).to_contain_text("Kommentaren er ikke sendt.")
        expect(field).to_have_value("Min tekst")
        context.close()


def test_without_javascript_the_block_says_that_it_needs_it(chromium: Browser, url: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url + PATHS["en"])
    expect(page.locator(".comments noscript p")).to_be_visible()
    expect(page.locator(".comments__button")).not_to_be_visible()
    context.close()


def test_only_articles_without_a_help_box_may_be_commented_on(site: Path) -> None:
    with_comments = {
        file.parent.relative_to(site).as_posix()
        for file in site.rglob("index.html")
        if html.fromstring(file.read_text("utf-8")).xpath('//section[@class="comments"]')
    }
    assert with_comments == {
        *("alliancen/reparation", "alliancen/escaping", "stresstrappen/opvarmet"),
        *("en/alliance/repair", "en/alliance/escaping", "en/stress-ladder/heated"),
    }


def test_each_article_has_a_thread_per_language(site: Path) -> None:
    threads = [
        thread
        for file in site.rglob("index.html")
        for thread in html.fromstring(file.read_text("utf-8")).xpath("//@data-isso-id")
    ]
    assert len(threads) == len(set(threads)) == 6
    assert {*PATHS.values()} <= set(threads)


def test_the_policy_admits_exactly_that_server(site: Path, small_site: Path, port: int) -> None:
    def policy(folder: Path) -> dict[str, set[str]]:
        (line,) = [line for line in (folder / "_headers").read_text().splitlines() if "Content-Security-Policy" in line]
        return {name: set(values) for name, *values in map(str.split, line.split(": ", 1)[1].split(";"))}

    on, off = policy(site), policy(small_site)
    assert {name: on[name] - off[name] for name in on if on[name] != off[name]} == {
        "script-src": {f"http://127.0.0.1:{port}"},
        "connect-src": {f"http://127.0.0.1:{port}"},
    }
    assert not list(html.parse(small_site / "alliancen/reparation/index.html").xpath('//section[@class="comments"]'))


LOCAL, PUBLIC = "http://127.0.0.1:8000/", "https://trinvis.example/"
ADDRESSES = [
    ("none", None, PUBLIC, None),
    ("https", "https://isso.example", PUBLIC, CommentServer("https://isso.example")),
    ("below a path", "https://x.example/isso/", PUBLIC, CommentServer("https://x.example/isso")),
    ("loopback", "http://localhost:8080", LOCAL, CommentServer("http://localhost:8080")),
    ("loopback of a published site", "http://127.0.0.1:8080", PUBLIC, "a server that others can reach"),
    ("http", "http://isso.example", LOCAL, "expected https://"),
    ("no scheme", "//isso.example", PUBLIC, "expected https://"),
    ("a script", "javascript:alert(1)", PUBLIC, "expected an address such as"),
    ("another directive", "https://x.example; script-src *", PUBLIC, "expected an address such as"),
    ("a password", "https://me:secret@x.example", PUBLIC, "expected an address such as"),
    ("a port that is none", "https://x.example:port", PUBLIC, "expected an address such as"),
    ("no address", True, PUBLIC, "“isso” is “true”; expected text"),
]


@pytest.mark.parametrize(("address", "site_url", "expected"), [a[1:] for a in ADDRESSES], ids=[a[0] for a in ADDRESSES])
def test_only_a_safe_address_is_taken(
    tmp_path: Path, address: object, site_url: str, expected: CommentServer | str | None
) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text("extra:\n  comments:\n    isso: x\n")
    section = ConfigFile.read(config).section("comments")
    server, problems = BLOCK.read(
        {"isso": address}, Context(section, SimpleNamespace(languages=LANGUAGES), Publisher(), site_url, False)
    )
    if isinstance(expected, str):
        assert server is None
        assert str(problems[0]).startswith("mkdocs.yml:3:3 comments extra.comments: ")
        assert expected in str(problems[0])
    else:
        assert (server, problems) == (expected, [])


def test_the_origin_of_a_server_below_a_path_is_its_host() -> None:
    assert CommentServer("https://x.example/isso").origin == "https://x.example"


def test_the_salt_is_its_own_and_stays(tmp_path: Path) -> None:
    first, second = (prepare(tmp_path / name, "http://127.0.0.1:1", ["http://127.0.0.1:2"]) for name in ("a", "b"))
    text = first.read_text()
    assert f"salt = {(first.parent / 'salt').read_text()}" in text
    assert (first.parent / "salt").read_text() != (second.parent / "salt").read_text()
    assert prepare(tmp_path / "a", "http://127.0.0.1:1", ["http://127.0.0.1:2"]).read_text() == text
    assert [path.stat().st_mode & 0o077 for path in (first, first.parent / "salt", first.parent)] == [0, 0, 0]
    assert subprocess.run(["git", "check-ignore", "-q", ".comments/salt"], cwd=ROOT, check=False).returncode == 0


def test_a_server_that_others_could_reach_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="expected one on loopback"):
        prepare(tmp_path / "a", "http://0.0.0.0:8080", [])
