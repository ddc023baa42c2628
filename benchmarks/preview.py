"""How long an editor waits: from saving a sentence until `mkdocs serve` shows it.

    python benchmarks/preview.py 200 1000

Serves a generated site, appends sentences to one article of it and asks for its page until it
holds the new one; prints the median, and what a saved title costs, which other pages show too.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from articles import ROOT, write_site

EDITS = 7
POLL = 0.02
"""Seconds between two looks."""


def main(numbers: list[int]) -> None:
    """Measure each size."""
    for number in numbers:
        with tempfile.TemporaryDirectory() as folder:
            config = write_site(number, Path(folder) / "site")
            text, title = measure(config)
        print(f"{number:5} articles a language: a sentence {text:.2f} s, a title {title:.2f} s", flush=True)


def measure(config: Path) -> tuple[float, float]:
    """Median seconds until an added sentence, and a changed title, is shown."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PREVIEW": "true", "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "-f", str(config), "--dev-addr", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        page = f"http://127.0.0.1:{port}/alliancen/article-00000-da/"
        file = config.parent / "docs/alliance/article-00000.da.md"
        wait(page, "<h1>", 600)
        time.sleep(2)
        texts = [
            edit(file, lambda s, n=n: f"{s}\nsentence{n} saved now.\n", page, f"sentence{n}") for n in range(EDITS)
        ]
        titles = [
            edit(file, lambda s, n=n: s.replace("title: ", f"title: Heading{n} ", 1), page, f"Heading{n}")
            for n in range(EDITS)
        ]
    finally:
        server.terminate()
        server.wait()
    print("   ", " ".join(f"{t:.2f}" for t in texts), "|", " ".join(f"{t:.2f}" for t in titles))
    return statistics.median(texts), statistics.median(titles)


def edit(file: Path, change, page: str, expected: str) -> float:
    """Save a change; seconds until the page shows it."""
    start = time.monotonic()
    file.write_text(change(file.read_text("utf-8")), "utf-8")
    wait(page, expected, 120)
    passed = time.monotonic() - start
    time.sleep(1)
    return passed


def wait(page: str, expected: str, seconds: float) -> None:
    """Ask for a page until it holds this text."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if expected in urllib.request.urlopen(page, timeout=seconds).read().decode():
                return
        except OSError:
            pass
        time.sleep(POLL)
    raise TimeoutError(f"{page} does not show “{expected}”")


if __name__ == "__main__":
    main([int(n) for n in sys.argv[1:]] or [200, 1000])
