"""Search, measured in Chromium: what readers find beside stock Material search, how soon, and for how many bytes.

    make search-report

The first argument is the built site. Stock Material search is built here from the same docs/, with its
own plugin for Danish and English. The index of many articles is built from generated text: the site's
own sentences, mixed, with rare words that grow with the number of articles.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html
from playwright.sync_api import Browser, Page, sync_playwright

from conftest import CHROMIUM, FLAGS
from judging import CRISIS, FIND, JUDGED, NOTHING, PARTS, measures, places, queries
from knowledge.content.library import Library
from knowledge.core.language import LANGUAGES, Language
from knowledge.core.strings import read_strings
from knowledge.outputs.search import index as search
from knowledge.outputs.search.entry import Entry, Sections, Text, entries
from knowledge.outputs.search.piece import Section, of, sections
from knowledge.pages.references import References

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
        field.press_sequentially(query, delay=BETWEEN_KEYS)
        start = time.perf_counter()
        page.locator(".finder__title").first.wait_for()
        first = (time.perf_counter() - start) * 1000
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
        page.on("response", lambda response: sizes.append(len(response.body())))
        page.get_by_role("searchbox").fill(query)
        page.locator(".finder__title").first.wait_for()
        page.wait_for_timeout(500)
        page.close()
    return sum(sizes)


LONGEST = 6
"""The longest judged queries, which look for the most words in the most files, and fetch the most."""


def most_bytes(browser: Browser, site: Path, library: Library, lang: str) -> int:
    """Bytes that the dearest of the longest first queries fetches."""
    longest = sorted(queries(lang, "earlier", "tune"), key=len)[-LONGEST:]
    return max(count_bytes(browser, site, library, lang, query) for query in longest)


def grow(site: Path, library: Library, articles: int, target: Path) -> None:
    """A copy of the site with an index of so many articles a language; the added ones have no page of their own."""
    shutil.copytree(site, target)
    words = read_strings(ROOT / "overrides/strings")
    chance = random.Random(7)
    found: dict[Language, list[Entry]] = {}
    for lang in LANGUAGES:
        texts = {
            article.key: _text(site / library.path(article, lang) / "index.html")
            for article in library.articles.values()
        }
        real = list(
            entries(library, lang, lambda article, texts=texts: texts[article.key], References(library.sources, lang))
        )
        own = [entry for entry in real if entry.kind == "article"]
        sentences = [
            s
            for entry in own
            for section in entry.text.piece().sections
            for s in re.findall(r"[^.!?\n]{30,200}[.!?]", section.text)
        ]
        rare = sorted(set(re.findall(r"[^\W\d_]{5,}", " ".join(sentences).lower())))
        grown = list(real)
        for i in range(articles - len(own)):
            pattern = own[i % len(own)]
            parts = [
                Section(
                    section.id,
                    section.title,
                    section.is_question,
                    "\n".join(
                        f"{chance.choice(sentences)} {chance.choice(rare)}{chance.choice(rare)}"
                        if chance.random() < 0.2
                        else chance.choice(sentences)
                        for _ in section.text.split("\n")
                    ),
                )
                for section in pattern.text.piece().sections
            ]
            made = of(parts, lang)
            grown.append(replace(pattern, path=f"{pattern.path}{i}/", text=Text(f"{lang}{i}", lambda made=made: made)))
        found[lang] = grown
    skip = {lang: words[lang]["search_skip"].split() for lang in LANGUAGES}
    shutil.rmtree(target / search.FOLDER)
    indexes = [search.Index(lang, of, skip[lang], library.everyday_words.get(lang, [])) for lang, of in found.items()]
    records = {path: make() for index in indexes for path, _, make in index.records()}
    for path, content in (records | search.files(indexes)).items():
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _text(page: Path) -> Sections:
    """A page's text, read back from the built page."""
    if not page.is_file():
        return "", tuple
    (body,) = html.document_fromstring(page.read_text("utf-8")).xpath("//*[@data-pagefind-body]") or [None]
    made = sections(html.tostring(body, encoding="unicode"), frozenset()) if body is not None else ()
    return str(page), lambda: made


def size(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> None:
    """Measure the site."""
    parser = argparse.ArgumentParser()
    parser.add_argument("site", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    given = parser.parse_args()
    library, _ = Library.read(ROOT / "docs")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        compare(browser, given.site, library)
        time_results(browser, given.site, library)
        grow(given.site, library, given.articles, Path(folder, "grown"))
        sites = {len(library.of_kind("article")): given.site, given.articles: Path(folder, "grown")}
        for count, site in sites.items():
            index = size(site / "pagefind") / 1e6
            for lang in LANGUAGES:
                most = most_bytes(browser, site, library, lang) / 1000
                print(f"{count} articles, {lang}: the dearest of the longest first queries fetches {most:.0f} kB")
            for lang, query in (("da", "stresstrappen"), ("en", "therapuetic aliance")):
                kilobytes = count_bytes(browser, site, library, lang, query) / 1000
                first, longest = time_phone(browser, site, library, lang, query)
                phone = (
                    f"first result {first:.0f} ms on slow 4G, longest task while typing {longest:.0f} ms at a quarter"
                )
                print(f"{count} articles a language, “{query}”: {kilobytes:.0f} kB of {index:.1f} MB; {phone}")
        browser.close()


if __name__ == "__main__":
    main()
