"""Pictures of every kind of page, narrow and wide, light and dark, in both languages, on one sheet: `make look`.

Usage: look.py SITE [OLD]: built sites. With an old one each picture that has changed stands beside its former self.
Prints how far down a phone's page its parts begin, and where they began.
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
from typing import Literal

from benchmarks.pages import KEYS
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from knowledge.content.library import Library
from knowledge.core.language import LANGUAGES

DOCS, OUT = Path("docs"), Path(".cache/look")
SIZES = {360: 740, 1280: 800}
WIDTH = 220
"""So wide is each on the sheet."""
MOST = 1600
"""So many pixels of a long page are shown; the rest is its length."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --font-render-hinting=none"
).split()
PLACES = """() => {
  const all = (names) => [...document.querySelectorAll(names)].filter((each) => each.checkVisibility());
  const top = (names) => {
    const [first] = all(names);
    return first ? Math.round(first.getBoundingClientRect().top + scrollY) : null;
  };
  const text = all(".article__body, .topic__body, .home__about, main > article")[0];
  return {
    help: top(".help, .help-first"), figure: top(".figure, .ladder, .who"), cards: top(".cards"),
    "text ends": text ? Math.round(text.getBoundingClientRect().bottom + scrollY) : null,
    "page ends": document.documentElement.scrollHeight,
  };
}"""
SHEET = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Trinvis</title><style>
body {{ margin: 16px; font: 14px system-ui; background: #ddd }}
div {{ display: flex; flex-wrap: wrap; gap: 12px; align-items: start }}
figure {{ margin: 0 }} h2 {{ margin: 20px 0 4px }}
img {{ display: block; inline-size: {width}px; border: 1px solid #888 }}</style>{rows}</html>"""


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
    places: list[dict[str, dict[str, int | None]]] = []
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for number, site in enumerate(sites):
            with served(site) as address:
                places.append(_pictures(browser, library, address, number))
        _sheet(browser)
        browser.close()
    _print_places(*places)
    print(f"{OUT}/sheet.png")


def _pictures(browser: Browser, library: Library, address: str, number: int) -> dict[str, dict[str, int | None]]:
    """Take the pictures of a site; returns where on a phone's page its parts are."""
    places = {}
    for (lang, (width, height)), scheme in product(product(LANGUAGES, SIZES.items()), SCHEMES):
        size: ViewportSize = {"width": width, "height": height}
        page = browser.new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce")
        for key in (key for key in KEYS if key in library.articles):
            answer = page.goto(f"{address}/{library.path(library[key], lang)}")
            if not answer or not answer.ok:  # The former site had no such page.
                continue
            if (lang, scheme, width) == (LANGUAGES[0], "light", min(SIZES)):
                places[key] = page.evaluate(PLACES)
            whole = min(page.evaluate("document.documentElement.scrollHeight"), MOST)
            file = OUT / name_of(key, lang, scheme, width, number)
            page.screenshot(path=file, clip={"x": 0, "y": 0, "width": width, "height": whole}, full_page=True)
        page.close()
    return places


def _print_places(new: dict[str, dict[str, int | None]], old: dict[str, dict[str, int | None]] | None = None) -> None:
    (width, height), *_ = SIZES.items()
    print(f"Pixels from the top at {width} x {height}" + ", in brackets as before" * (old is not None))
    print(f"{'page':32}" + "".join(f" {name:>13}" for name in next(iter(new.values()))))
    for key, places in new.items():
        told = ["–" if place is None else str(place) for place in places.values()]
        if old is not None:
            former = [old.get(key, {}).get(name) for name in places]
            told = [f"{now} ({'–' if was is None else was})" for now, was in zip(told, former, strict=True)]
        print(f"{key:32}" + "".join(f" {text:>13}" for text in told))


def name_of(key: str, lang: str, scheme: str, width: int, number: int) -> str:
    return f"{key.replace('/', '-')}.{lang}.{scheme}.{width}{'.old' if number else ''}.png"


def _sheet(browser: Browser) -> None:
    rows = "".join(
        f"<h2>{key}{'' if changed else ' – as before'}</h2><div>"
        + "".join(f'<figure><img src="{name}" alt=""><figcaption>{told}</figcaption></figure>' for name, told in shown)
        + "</div>"
        for key, shown, changed in rows_of(OUT)
    )
    (OUT / "sheet.html").write_text(SHEET.format(width=WIDTH, rows=rows), "utf-8")
    page = browser.new_page(viewport={"width": (WIDTH + 14) * 8 + 32, "height": 800})
    page.goto((OUT / "sheet.html").resolve().as_uri())
    page.screenshot(path=OUT / "sheet.png", full_page=True)
    page.close()


def rows_of(folder: Path) -> list[tuple[str, list[tuple[str, str]], bool]]:
    """Each page with its pictures, and whether one of them is new: those first, since they are what is looked at.

    A picture that is the same as its former self is shown once.
    """
    rows = []
    for key in KEYS:
        shown, changed = [], False
        for width, lang, scheme in product(SIZES, LANGUAGES, SCHEMES):
            new, old = (folder / name_of(key, lang, scheme, width, number) for number in range(2))
            if not new.is_file():
                continue
            same = old.is_file() and old.read_bytes() == new.read_bytes()
            told = f"{lang} {width} {scheme}"
            shown.append((new.name, told))
            if old.is_file() and not same:
                shown.append((old.name, f"{told}, before"))
            changed |= not same
        if shown:
            rows.append((key, shown, changed))
    return sorted(rows, key=lambda row: not row[2])


if __name__ == "__main__":
    main([Path(site) for site in sys.argv[1:]])
