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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html
from playwright.sync_api import Browser, sync_playwright

from conftest import FLAGS
from judging import FIND, JUDGED, measures, places
from knowledge.content.library import Library
from knowledge.core.language import LANGUAGES
from knowledge.core.strings import read_strings
from knowledge.outputs.search import index as search

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
        print(f"{'':28}{'ours':>18}{'stock Material':>18}")
        for lang in LANGUAGES:
            queries = [query for group in JUDGED[lang].values() for query in group]
            with served(site) as url:
                page = browser.new_page()
                page.goto(f"{url}/{library.path(library['search'], lang)}")
                paths = {key: f"/{library.path(a, lang)}" for key, a in library.articles.items()}
                ours = places(dict(zip(queries, page.evaluate(FIND, queries), strict=True)), JUDGED[lang], paths)
                page.close()
            with served(stock / "site") as url:
                page = browser.new_page()
                page.goto(f"{url}/{'en/' if lang == 'en' else ''}")
                page.wait_for_timeout(1500)
                answers = [[urlsplit(href).path for href in hrefs] for hrefs in page.evaluate(ASK_STOCK, queries)]
                prefix = "/en/" if lang == "en" else "/"
                paths = {key: f"{prefix}{key.removesuffix('index')}/".replace("//", "/") for key in library.articles}
                theirs = places(dict(zip(queries, answers, strict=True)), JUDGED[lang], paths)
                page.close()
            for kind in [*JUDGED[lang], None]:
                (s1, r1), (s2, r2) = (
                    measures([p for (k, _), p in found.items() if kind in (None, k)]) for found in (ours, theirs)
                )
                count = sum(1 for k, _ in ours if kind in (None, k))
                name = f"{lang} {kind or 'all'} ({count})"
                print(f"{name:28}{f'{s1:.3f} / {r1:.3f}':>18}{f'{s2:.3f} / {r2:.3f}':>18}")
    print("success among the first three / mean reciprocal rank\n")


def time_results(browser: Browser, site: Path, library: Library) -> None:
    """Print how soon after a keystroke the first result stands on the page, pause after typing included."""
    for lang in LANGUAGES:
        queries = [query for group in JUDGED[lang].values() for query in group]
        with served(site) as url:
            page = browser.new_page()
            page.goto(f"{url}/{library.path(library['search'], lang)}")
            page.evaluate(TYPE, queries)
            times = [t for t in page.evaluate(TYPE, queries) if t == t]
            page.close()
        median, slow = statistics.median(times), statistics.quantiles(times, n=20)[18]
        print(f"{lang}: first result after typing, warm: median {median:.0f} ms, 95 % {slow:.0f} ms")
    print()


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


def grow(site: Path, library: Library, articles: int, target: Path) -> None:
    """A copy of the site with an index of so many articles a language."""
    shutil.copytree(site, target)
    real = list(search.entries(library, site))
    chance = random.Random(7)
    grown = list(real)
    for lang in LANGUAGES:
        own = [entry for entry in real if entry.lang == lang and entry.kind == "article"]
        sentences = [
            s for entry in own for s in re.findall(r"[A-ZÆØÅ][^.!?<>]{30,200}[.!?]", entry.page.read_text("utf-8"))
        ]
        words = sorted(set(re.findall(r"[^\W\d_]{5,}", " ".join(sentences).lower())))
        for i in range(articles - len(own)):
            pattern = own[i % len(own)]
            page = html.document_fromstring(pattern.page.read_text("utf-8"))
            for element in page.xpath("//*[@data-pagefind-body]//p | //*[@data-pagefind-body]//li"):
                rare = f" {chance.choice(words)}{chance.choice(words)}" if chance.random() < 0.2 else ""
                element.text = chance.choice(sentences) + rare
                del element[:]
            path = f"{pattern.path}{i}/"
            file = target / path / "index.html"
            file.parent.mkdir(parents=True)
            file.write_text(html.tostring(page, encoding="unicode"), "utf-8")
            grown.append(
                search.Entry(
                    lang,
                    path,
                    "article",
                    pattern.topic,
                    pattern.description,
                    file,
                    pattern.terms,
                )
            )
    skip = {lang: words["search_skip"].split() for lang, words in read_strings(ROOT / "overrides/strings").items()}
    shutil.rmtree(target / search.FOLDER)
    for path, content in search.index(grown, skip, library).items():
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


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
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        compare(browser, given.site, library)
        time_results(browser, given.site, library)
        grow(given.site, library, given.articles, Path(folder, "grown"))
        sites = {len(library.of_kind("article")): given.site, given.articles: Path(folder, "grown")}
        for count, site in sites.items():
            index = size(site / "pagefind") / 1e6
            for lang, query in (("da", "stresstrappen"), ("en", "therapuetic aliance")):
                kilobytes = count_bytes(browser, site, library, lang, query) / 1000
                print(f"{count} articles a language, “{query}”: {kilobytes:.0f} kB of {index:.1f} MB")
        browser.close()


if __name__ == "__main__":
    main()
