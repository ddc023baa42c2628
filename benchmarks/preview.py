"""How long an editor waits: from saving a sentence until Chromium shows it, and until the panel says what is wrong.

    python benchmarks/preview.py 200 1000

Serves a generated site, looks at an article of it in Chromium as an editor does, and adds sentences to its file; prints
the median until the page that reloads itself shows each, and from there until the panel has said what the checks find.
The same for a changed title, which other pages show too.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path

from articles import ROOT, write_dictionaries, write_site
from playwright.sync_api import Page, sync_playwright

EDITS = 7
POLL = 0.2
"""Seconds between two looks whether the server answers."""
PATIENCE = 120_000
"""Milliseconds within which a save must be shown."""
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()

TELL = """
addEventListener("DOMContentLoaded", () => {
  const { title, body } = document;
  requestAnimationFrame(() => setTimeout(() => console.debug(Date.now(), title, body.textContent)));
  const look = () => document.querySelector(".problems:not(.problems--checking)") && console.debug("told");
  new MutationObserver(look).observe(body, { childList: true });
});
"""
"""Lets a page say, once it is painted, when that was and what it shows; and when the panel says what is wrong."""

Waits = tuple[float, float]
"""Seconds until a save is shown, and then until its verdict is."""


def main(numbers: list[int]) -> None:
    """Measure each size."""
    for number in numbers:
        with tempfile.TemporaryDirectory() as folder:
            config = write_site(number, Path(folder) / "site")
            write_dictionaries(config.parent / "docs", Path(folder) / "dictionaries")
            for name, waits in measure(config).items():
                each = " ".join(f"{shown:.2f}+{told:.2f}" for shown, told in waits)
                shown, told = (statistics.median(seconds) for seconds in zip(*waits, strict=True))
                print(
                    f"{number:5} articles a language: {name} {shown:.2f} s, verdict {told:.2f} s more ({each})",
                    flush=True,
                )


def measure(config: Path) -> dict[str, list[Waits]]:
    """The waits for added sentences and for changed titles."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "DICPATH": str(config.parent.parent / "dictionaries"),
    }
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "-f", str(config), "--dev-addr", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    try:
        address = f"http://127.0.0.1:{port}/alliancen/article-00000-da/"
        wait(address, 600)
        with sync_playwright() as playwright:
            page = playwright.chromium.launch(executable_path=chromium, args=FLAGS).new_page()
            page.add_init_script(TELL)
            with page.expect_console_message(lambda said: said.text == "told", timeout=PATIENCE):
                page.goto(address)
            file = config.parent / "docs/alliance/article-00000.da.md"
            return {
                "a sentence": [edit(file, page, partial(added, n), f"Sentence{n}") for n in range(EDITS)],
                "a title": [edit(file, page, partial(titled, n), f"Heading{n}") for n in range(EDITS)],
            }
    finally:
        server.terminate()
        server.wait()


def added(number: int, text: str) -> str:
    """A text with a sentence more."""
    return f"{text}\nSentence{number} saved.\n"


def titled(number: int, text: str) -> str:
    """A text with another title."""
    return text.replace("title: ", f"title: Heading{number} ", 1)


def edit(file: Path, page: Page, change: Callable[[str], str], words: str) -> Waits:
    """Save a change of a file; the waits until the page shows words of it."""
    text = change(file.read_text("utf-8"))
    with page.expect_console_message(lambda said: said.text == "told", timeout=PATIENCE) as verdict:
        with page.expect_console_message(lambda said: words in said.text, timeout=PATIENCE) as seen:
            start = time.time()
            file.write_text(text, "utf-8")
        shown = float(seen.value.text.split()[0]) / 1000
    verdict.value  # noqa: B018  # It has come.
    told = time.time()
    time.sleep(1)
    return shown - start, told - shown


def wait(address: str, seconds: float) -> None:
    """Wait until the preview answers."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=seconds).close()
            return
        except OSError:
            time.sleep(POLL)
    raise TimeoutError(f"{address} does not answer")


if __name__ == "__main__":
    main([int(n) for n in sys.argv[1:]] or [200, 1000])
