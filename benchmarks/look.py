"""Pictures of every kind of page, narrow and wide, light and dark, in both languages, on one sheet: `make look`.

Usage: look.py SITE [OLD]: built sites. With an old one each picture stands beside its former self. Prints how far down
a phone's page its parts begin.
"""

from __future__ import annotations

import functools
import http.server
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from knowledge.content.library import Library
from knowledge.core.language import LANGUAGES

DOCS, OUT = Path("docs"), Path(".cache/look")
KEYS = (
    "index",
    "alliance/index",
    "stress-ladder/index",
    "alliance/therapeutic-alliance",
    "stress-ladder/meltdown",
    "self-check",
    "help",
    "faq",
    "search",
    "glossary",
    "sources",
    "articles",
    "about",
)
"""A page of each kind."""
SIZES = {360: 740, 1280: 800}
MOST = 1600
"""So many pixels of a long page are shown; the rest is its length."""
SCHEMES = ("light", "dark")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
PLACES = """() => {
  const place = (at, edge) => at && Math.round(at.getBoundingClientRect()[edge] + scrollY);
  const top = (name) => place(document.querySelector(name), "top");
  const body = document.querySelector(".article__body, .topic, .home, main > article");
  return {
    help: top(".help"), figure: top(".figure, .ladder, .who"), cards: top(".cards"),
    text: place(body, "bottom"), page: document.documentElement.scrollHeight,
  };
}"""
SHEET = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Trinvis</title><style>
body {{ margin: 16px; font: 14px system-ui; background: #ddd }}
div {{ display: flex; flex-wrap: wrap; gap: 12px; align-items: start }}
figure {{ margin: 0 }} img {{ display: block; inline-size: {width}px; border: 1px solid #888 }}</style>{rows}</html>"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a built site is served."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def main(sites: list[Path]) -> None:
    """Take the pictures, put them on a sheet, print the places."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    library = Library.load(DOCS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for number, site in enumerate(sites):
            with served(site) as address:
                _pictures(browser, library, address, number)
        _sheet(browser, len(sites))
        browser.close()
    print(f"{OUT}/sheet.png")


def _pictures(browser: Browser, library: Library, address: str, number: int) -> None:
    print(f"{'page':32} {'help':>6} {'figure':>6} {'cards':>6} {'text ends':>9} {'page ends':>9}")
    for lang, scheme, (width, height) in product(LANGUAGES, SCHEMES, SIZES.items()):
        page = browser.new_page(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
        )
        for key in (key for key in KEYS if key in library.articles):
            page.goto(f"{address}/{library.path(library[key], lang)}")
            if (lang, scheme, width) == (LANGUAGES[0], "light", min(SIZES)):
                _print_places(page, key)
            whole = min(page.evaluate("document.documentElement.scrollHeight"), MOST)
            shown = {"x": 0, "y": 0, "width": width, "height": whole}
            page.screenshot(path=OUT / _name(key, lang, scheme, width, number), clip=shown, full_page=True)
        page.close()


def _print_places(page: Page, key: str) -> None:
    places = page.evaluate(PLACES)
    told = ["–" if place is None else str(place) for place in places.values()]
    print(f"{key:32} {told[0]:>6} {told[1]:>6} {told[2]:>6} {told[3]:>9} {told[4]:>9}")


def _name(key: str, lang: str, scheme: str, width: int, number: int) -> str:
    return f"{key.replace('/', '-')}.{lang}.{scheme}.{width}{'.old' if number else ''}.png"


def _sheet(browser: Browser, sites: int) -> None:
    rows = []
    for key in KEYS:
        shown = product(SIZES, LANGUAGES, SCHEMES, range(sites))
        names = [_name(key, lang, scheme, width, number) for width, lang, scheme, number in shown]
        pictures = (f'<figure><img src="{name}" alt="{name}"></figure>' for name in names if (OUT / name).is_file())
        rows.append(f"<h2>{key}</h2><div>{''.join(pictures)}</div>")
    (OUT / "sheet.html").write_text(SHEET.format(width=220, rows="".join(rows)), "utf-8")
    page = browser.new_page(viewport={"width": 220 * 8 + 140, "height": 800})
    page.goto((OUT / "sheet.html").resolve().as_uri())
    page.screenshot(path=OUT / "sheet.png", full_page=True)
    page.close()


if __name__ == "__main__":
    main([Path(site) for site in sys.argv[1:]])
