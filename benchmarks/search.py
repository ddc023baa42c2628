"""Search, measured in Chromium: what readers find beside stock Material search, how soon, and for how many bytes.

    make search-report

The first argument is the built site. Stock Material search is built here from the same docs/, with its
own plugin for Danish and English. `scale.py` measures sites of many articles.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from conftest import CHROMIUM, FLAGS
from judging import CRISIS, FIND, JUDGED, NOTHING, PARTS, measures, places, queries
from knowledge.content.library import Library
from knowledge.core.language import LANGUAGES

ROOT = Path(__file__).parent.parent
STOCK = """
site_name: stock
site_url: http://127.0.0.1/
docs_dir: docs
theme: {name: material, font: false, language: da}
plugins:
  - search: {lang: [da, en]}
  - i18n:
      docs_structure: suffix
      languages: [{locale: da, name: Dansk, build: true, default: true}, {locale: en, name: English, build: true}]
markdown_extensions: [admonition, attr_list, tables, toc, pymdownx.tasklist, pymdownx.betterem]
"""
ASK_STOCK = """async (queries) => {
  const field = document.querySelector('.md-search__input')
  const list = document.querySelector('.md-search-result__list')
  field.focus()
  const found = []
  for (const query of queries) {
    list.replaceChildren()
    field.value = query
    field.dispatchEvent(new Event('input', { bubbles: true }))
    field.dispatchEvent(new KeyboardEvent('keyup', { bubbles: true }))
    await new Promise((done) => setTimeout(done, 450))
    found.push([...list.querySelectorAll('.md-search-result__item > a')].slice(0, 10).map((a) => a.href))
  }
  return found
}"""
TYPE = """async (queries) => {
  const field = document.querySelector('.finder [name=q]')
  const list = document.querySelector('.finder__results')
  const times = []
  for (const query of queries) {
    list.replaceChildren()
    const shown = new Promise((done) => new MutationObserver((_, watch) => {
      if (list.children.length) { watch.disconnect(); done(performance.now()) }
    }).observe(list, { childList: true }))
    const start = performance.now()
    field.value = query
    field.dispatchEvent(new Event('input', { bubbles: true }))
    const late = new Promise((done) => setTimeout(() => done(NaN), 3000))
    times.push(await Promise.race([shown, late]) - start)
  }
  return times
}"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def compare(browser: Browser, site: Path, library: Library) -> None:
    """Print what readers find, ours beside stock Material search."""
    with tempfile.TemporaryDirectory() as folder:
        stock = Path(folder)
        shutil.copytree(ROOT / "docs", stock / "docs", ignore=shutil.ignore_patterns("data", "404.*"))
        (stock / "mkdocs.yml").write_text(STOCK)
        command = [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--quiet",
            "-f",
            str(stock / "mkdocs.yml"),
            "-d",
            str(stock / "site"),
        ]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
        for lang in LANGUAGES:
            asked = [str(query) for query in queries(lang, *PARTS)]
            with served(site) as url:
                page = browser.new_page()
                page.goto(f"{url}/{library.path(library['search'], lang)}")
                ours = dict(zip(asked, page.evaluate(FIND, asked), strict=True))
                helped = help_first(page, lang)
                page.close()
            with served(stock / "site") as url:
                page = browser.new_page()
                page.goto(f"{url}/{'en/' if lang == 'en' else ''}")
                page.wait_for_timeout(1500)
                answers = [[urlsplit(href).path for href in hrefs] for hrefs in page.evaluate(ASK_STOCK, asked)]
                theirs = dict(zip(asked, answers, strict=True))
                page.close()
            prefix = "en/" if lang == "en" else ""
            own = {key: library.path(article, lang) for key, article in library.articles.items()}
            other = {key: f"{prefix}{key.removesuffix('index')}".strip("/") for key in library.articles}
            print_parts(lang, (ours, own), (theirs, other))
            print(f"{lang} help first: {helped}\n")
    print("success at the first place / among the first three / mean reciprocal rank; of “nothing”: honest noes\n")


def print_parts(lang: str, *searches: tuple[dict[str, list[str]], dict[str, str]]) -> None:
    """Print each kind in each part, for every search; then what both parts differ in."""
    print(f"{'':30}{'ours':>26}{'stock Material':>26}")
    whole: dict[str, list[tuple[float, float, float]]] = {}
    for part in PARTS:
        judged = {kind: {str(q): keys for q, keys in group.items()} for kind, group in JUDGED[lang][part].items()}
        ranks = [places(found, judged, paths) for found, paths in searches]
        for kind in [*(kind for kind in judged if kind != CRISIS), None]:
            rows = [
                [rank for (k, _), rank in found.items() if k == kind or (kind is None and k != NOTHING)]
                for found in ranks
            ]
            measured = [measures(row) for row in rows]
            if kind is None:
                whole[part] = measured
            name = f"{lang} {part} {kind or 'all'} ({len(rows[0])})"
            print(f"{name:30}" + "".join(f"{' / '.join(f'{value:.3f}' for value in one):>26}" for one in measured))
    differences = [
        " / ".join(f"{a - b:+.3f}" for a, b in zip(*pair, strict=True))
        for pair in zip(whole["tune"], whole["test"], strict=True)
    ]
    print(f"{f'{lang} tune less test':30}" + "".join(f"{text:>26}" for text in differences))


def help_first(page: Page, lang: str) -> str:
    """How many queries of somebody in need open the help panel."""
    asked = [str(query) for part in ("tune", "test") for query in JUDGED[lang][part][CRISIS]]
    shown = 0
    for query in asked:
        page.get_by_role("searchbox").fill(query)
        page.wait_for_timeout(50)
        shown += page.locator("main .crisis").is_visible()
    return f"{shown} of {len(asked)}"


def time_results(browser: Browser, site: Path, library: Library) -> None:
    """Print how soon after a keystroke the first result stands on the page, pause after typing included."""
    for lang in LANGUAGES:
        asked = [str(query) for query in queries(lang, "earlier", "tune")]
        with served(site) as url:
            page = browser.new_page()
            page.goto(f"{url}/{library.path(library['search'], lang)}")
            page.evaluate(TYPE, asked)
            times = [t for t in page.evaluate(TYPE, asked) if t == t]
            page.close()
        median, slow = statistics.median(times), statistics.quantiles(times, n=20)[18]
        print(f"{lang}: first result after typing, warm: median {median:.0f} ms, 95 % {slow:.0f} ms")
    print()


SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 204_800, "uploadThroughput": 96_000}
"""What Lighthouse calls slow 4G: milliseconds, and bytes a second."""
WATCH = """() => {
  window.longest = 0;
  const note = ({ duration }) => { longest = Math.max(longest, duration); };
  new PerformanceObserver(list => list.getEntries().forEach(note)).observe({ type: "longtask" });
}"""
"""Notes the longest task from here on, in milliseconds; one below 50 counts as none."""
SHOWN = """() => {
  window.typed = window.shown = 0;
  const list = document.querySelector(".finder__results");
  addEventListener("input", () => { typed = performance.now(); shown = 0; }, true);
  const look = () => { if (list.children.length) shown ||= performance.now(); };
  new MutationObserver(look).observe(list, { childList: true });
}"""
"""Notes when something was typed last, and when the first results stood behind it."""
FIRST = """() => new Promise((done) => {
  const look = () => shown ? done(shown - typed) : setTimeout(look, 20);
  look();
})"""
"""The milliseconds between; Playwright looks only now and then."""
BETWEEN_KEYS = 150
"""Milliseconds."""


def time_phone(browser: Browser, site: Path, library: Library, lang: str, query: str) -> tuple[float, float]:
    """The first search of a visit on slow 4G: milliseconds from the last key, typed at a phone's pace, to the first
    result; then, with all loaded and the processor four times slower, the longest task of typing it again."""
    with served(site) as url:
        page = browser.new_page()
        page.goto(f"{url}/{library.path(library['search'], lang)}")
        page.wait_for_load_state("networkidle")
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", SLOW_4G)
        field = page.get_by_role("searchbox")
        page.evaluate(SHOWN)
        field.press_sequentially(query, delay=BETWEEN_KEYS)
        first = page.evaluate(FIRST)
        page.wait_for_load_state("networkidle")
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.evaluate(WATCH)
        field.press_sequentially(f" {query}", delay=BETWEEN_KEYS)
        page.wait_for_timeout(1500)
        longest = page.evaluate("longest")
        page.close()
    return first, longest


def count_bytes(browser: Browser, site: Path, library: Library, lang: str, query: str) -> int:
    """Bytes of all that the first query of a reader fetches, as a server without compression sends them."""
    with served(site) as url:
        page = browser.new_page()
        page.goto(f"{url}/{library.path(library['search'], lang)}")
        page.wait_for_load_state("networkidle")
        sizes: list[int] = []
        page.on("response", lambda response: sizes.append(int(response.headers["content-length"])))
        page.get_by_role("searchbox").fill(query)
        page.locator(".finder__title").first.wait_for()
        seen = 0
        while seen < len(sizes):
            seen = len(sizes)
            page.wait_for_timeout(700)
        page.close()
    return sum(sizes)


ORDINARY = {"da": "stresstrappen", "en": "therapuetic aliance"}
LONGEST = 6
"""The longest judged queries, which look for the most words in the most files, and fetch the most."""


def dearest(browser: Browser, site: Path, library: Library, lang: str) -> tuple[int, str]:
    """The dearest of the longest first queries, behind the bytes that it fetches."""
    longest = sorted(queries(lang, "earlier", "tune"), key=len)[-LONGEST:]
    return max((count_bytes(browser, site, library, lang, query), query) for query in longest)


def size(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> None:
    """Measure the site."""
    parser = argparse.ArgumentParser()
    parser.add_argument("site", type=Path)
    site = parser.parse_args().site
    library, _ = Library.read(ROOT / "docs")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        compare(browser, site, library)
        time_results(browser, site, library)
        index = size(site / "pagefind") / 1e6
        for lang, query in ORDINARY.items():
            most, kilobytes = dearest(browser, site, library, lang)[0], count_bytes(browser, site, library, lang, query)
            first, longest = time_phone(browser, site, library, lang, query)
            print(f"{lang}: the dearest of the longest first queries fetches {most / 1000:.0f} kB of {index:.1f} MB;")
            phone = f"first result {first:.0f} ms on slow 4G, longest task while typing {longest:.0f} ms at a quarter"
            print(f"{lang}: “{query}” {kilobytes / 1000:.0f} kB; {phone}")
        browser.close()


if __name__ == "__main__":
    main()
