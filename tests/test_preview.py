"""The preview: a save is seen, and what is wrong is shown in the page, whatever an editor saves."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import ROOT, configured
from knowledge.panel import Panel
from knowledge.problems import Problem

REPAIR, ADDRESS = "alliance/repair.da.md", "alliancen/reparation/"
WRONG = Problem("docs/a.da.md", 3, 1, "link", "the link “<b>” leads nowhere", "mend it")


@dataclass(frozen=True)
class Served:
    """A preview that is running, and the content that it shows."""

    url: str
    docs: Path

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.docs / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Callable[[], Served]]:
    """Starts `mkdocs serve` on a copy of tests/site."""
    config = configured(tmp_path, {"cache": False})
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "-f", str(config), "-a", f"127.0.0.1:{port}"]
    servers: list[subprocess.Popen[bytes]] = []

    def start() -> Served:
        servers.append(subprocess.Popen(command, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, cwd=ROOT))
        return Served(f"http://127.0.0.1:{port}/", tmp_path / "docs")

    yield start
    for server in servers:
        server.terminate()
        server.wait()


@pytest.fixture
def window(chromium: Browser) -> Iterator[Page]:
    """A browser window that nobody reloads."""
    page = chromium.new_page()
    page.set_default_timeout(30_000)
    yield page
    page.close()


def visit(window: Page, address: str) -> None:
    """Wait until the server answers."""
    for _ in range(150):
        try:
            window.goto(address)
            return
        except Exception:
            window.wait_for_timeout(200)
    pytest.fail(f"{address} does not answer")


def test_a_mistake_is_shown_in_the_page_while_the_text_goes_on(preview: Callable[[], Served], window: Page) -> None:
    served = preview()
    visit(window, served.url + ADDRESS)
    panel = window.locator(".panel")
    expect(panel).to_have_count(0)
    served.edit(REPAIR, "rapport.da.md", "raport.da.md")
    expect(panel).to_contain_text("leads to no file; did you mean “../nlp-tools/rapport.da.md”?", timeout=30_000)
    expect(panel).to_contain_text(f"docs/{REPAIR}:12 Denne side")
    expect(panel.locator("details")).to_have_attribute("open", "")
    served.edit(REPAIR, "Terapeuten siger", "Behandleren siger")
    expect(window.locator("main")).to_contain_text("Behandleren siger", timeout=30_000)
    served.edit(REPAIR, "title: ", "titel: ")
    expect(panel).to_contain_text("“titel” is not a known key", timeout=30_000)
    expect(window.locator("main")).to_contain_text("Behandleren siger")
    window.goto(f"{served.url}en/nowhere/")
    expect(panel).to_contain_text("Errors: ")
    window.goto(served.url + ADDRESS)
    served.edit(REPAIR, "titel: ", "title: ")
    served.edit(REPAIR, "raport.da.md", "rapport.da.md")
    expect(panel).to_have_count(0, timeout=30_000)


def test_a_preview_that_begins_with_a_mistake_waits_for_it_to_be_mended(
    preview: Callable[[], Served], window: Page, tmp_path: Path
) -> None:
    help_page = tmp_path / "docs/help.da.md"
    text = help_page.read_text("utf-8")
    help_page.write_text(text.replace("title: ", "titel: ", 1), "utf-8")
    served = preview()
    visit(window, served.url)
    expect(window.locator("h1")).to_have_text("Forhåndsvisning")
    expect(window.locator(".panel")).to_contain_text("docs/help.da.md:1")
    help_page.write_text(text, "utf-8")
    expect(window.locator(".panel")).to_have_count(0, timeout=30_000)
    expect(window.locator("main")).to_be_visible()


PAGES = [
    ("nothing is wrong", Panel(), b"<body>x</body>", b"<body>x</body>"),
    ("no body", Panel(ROOT / "overrides", [WRONG]), b"404", b"404"),
    ("a body", Panel(ROOT / "overrides", [WRONG]), b"<body>x</body></html>", b"<body>x"),
]


@pytest.mark.parametrize(("panel", "page", "start"), [p[1:] for p in PAGES], ids=[p[0] for p in PAGES])
def test_a_page_keeps_its_text(panel: Panel, page: bytes, start: bytes) -> None:
    shown = panel.into(page, "/a/")
    assert shown.startswith(start)
    assert shown.endswith(page.removeprefix(start))
    assert (b"docs/a.da.md:3" in shown) == bool(panel.problems)
    assert b"\xe2\x80\x9c<b>" not in shown


def test_what_is_wrong_with_this_page_comes_first() -> None:
    here = Problem("docs/z.da.md", 1, 1, "length", "long", "shorten it", "warning")
    panel = Panel(ROOT / "overrides", [WRONG, here], files={"/z/": here.file})
    shown = panel.into(b"", "/z/").decode()
    assert "Fejl: 1 · Advarsler: 1" in shown
    assert shown.index(here.file) < shown.index(WRONG.file)
    assert "Errors: 1 · Warnings: 1" in panel.into(b"", "/en/z/").decode()


def test_a_fault_of_the_code_is_told_too() -> None:
    shown = Panel(ROOT / "overrides", failure="UndefinedError: <x>").into(b"", "/").decode()
    assert "UndefinedError: &lt;x&gt;" in shown
    assert "ældre end teksten" in shown
