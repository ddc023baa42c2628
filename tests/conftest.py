"""Real sites, a real server and a real Chromium for the tests."""

from __future__ import annotations

import datetime as dt
import fcntl
import functools
import gc
import http.server
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import programs
from garbage_collection import quieten
from knowledge.checks.configuration import configuration
from knowledge.checks.html import MarkdownSettings
from knowledge.content.library import Library
from knowledge.core.cache import Cache
from knowledge.core.problems import stop_on_errors

ROOT = Path(__file__).parent.parent
SITE = ROOT / "tests/site"
MEMORY, ROOM = Path("/dev/shm"), 6 << 30
"""Linux's folder in memory, and the room that the tests may need at a time."""
IN_MEMORY = (
    "TMPDIR" not in os.environ
    and MEMORY.is_dir()
    and shutil.disk_usage(MEMORY).free > ROOM
    and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
)
if IN_MEMORY:
    tempfile.tempdir = str(MEMORY)  # A file costs a tenth there, and nobody waits for a disk.
quieten()  # Little of what tests make is waste, as in a build.
SHARED = Path(os.environ.get("SHARED_BY_TESTS") or tempfile.mkdtemp(prefix="tests-"))
"""A folder for all processes of this run. The first of them makes it, and takes it away."""
os.environ["SHARED_BY_TESTS"] = str(SHARED)
if IN_MEMORY:
    os.environ["TMPDIR"] = str(SHARED)  # Of what programs leave behind nothing stays in memory.
LOOKED_AT = re.compile(r"^ *(?:date|reviewed|checked): (\d{4}-\d\d-\d\d)$", re.MULTILINE)
TEXTS = [file.read_text("utf-8") for file in (ROOT / "docs").rglob("*.[my][dm]*")]
DAY = max(day for text in TEXTS if "\nstatus: planned" not in text for day in LOOKED_AT.findall(text))
"""The day that tests take for today: the last one on which somebody looked at the content. So nothing of it falls due
while nobody changes it, and no test fails by the calendar or over midnight; of what is due `make check` tells."""
os.environ.setdefault("SOURCE_DATE_EPOCH", str(int(dt.datetime.fromisoformat(f"{DAY}T12:00:00+00:00").timestamp())))
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --font-render-hinting=none"
).split()
"""Letters as wide as on a reader's phone, too: without windows Chromium fits them to the pixels unless told."""
SPARING = (
    "--js-flags=--single-threaded --min-semi-space-size=64 --max-semi-space-size=64 --no-opt",
    "--in-process-gpu",
)
"""Scripts as they are, but for the compilers and collectors beside them, and the compiler that takes longest: a page is
seen once, and they cost more than they save. And one process less to draw in."""
WHOLE_CHROMIUM = shutil.which("chromium")
"""Debian's; where there is none, Playwright's own."""
CHROMIUM = shutil.which("chromium-headless-shell") or WHOLE_CHROMIUM
"""Chromium without windows, if it is there, where a page costs half. It lacks the back/forward cache and settings."""

expect.set_options(timeout=30_000)  # milliseconds: on a busy machine all takes longer


def shared(name: str, make: Callable[[Path], object]) -> Path:
    """A folder that is made once in a run, by the process that needs it first; nobody may change it."""
    folder, done = SHARED / name, SHARED / f"{name}.done"
    with (SHARED / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make(folder)
            done.touch()
    return folder


def build(config: Path, site: Path, url: str = "http://127.0.0.1:8000/") -> subprocess.CompletedProcess[str]:
    """Build a site as `make build` does; the result is not checked."""
    env = {**os.environ, "SITE_URL": url, "NO_MKDOCS_2_WARNING": "1"}
    return programs.run("mkdocs", "build", "--strict", "-f", str(config), "-d", str(site), env=env)


def built(config: Path, site: Path, url: str = "http://127.0.0.1:8000/") -> Path:
    """A site that built without a warning."""
    result = build(config, site, url)
    said = (result.stdout + result.stderr).splitlines()
    assert (result.returncode, [line for line in said if not line.startswith("INFO ")]) == (0, [])
    return site


def keep(folder: Path) -> None:
    """Let what is built and checked in a folder find what this run has kept, as an editor's own folder does."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".cache").symlink_to(shared("cache", _begin_cache))


def _begin_cache(folder: Path) -> None:
    """A cache that holds what was kept of the site's own content."""
    folder.mkdir()
    file = ROOT / ".cache/pages.sqlite"
    if file.is_file():
        with closing(sqlite3.connect(file)) as kept, closing(sqlite3.connect(folder / file.name)) as copy:
            kept.backup(copy)


def configured(folder: Path, extra: dict[str, Any], source: Path = SITE) -> Path:
    """A mkdocs.yml for a copy of a site with other settings, and pages for a newsletter's provider to return to."""
    keep(folder)
    docs = shutil.copytree(source / "docs", folder / "docs")
    for page in (ROOT / "docs").glob("newsletter-*.md"):
        shutil.copy(page, docs)
    owned(docs)
    settings = {
        "INHERIT": str(source / "mkdocs.yml"),
        "docs_dir": str(docs),
        "theme": {"custom_dir": str(ROOT / "overrides")},
        "hooks": [str(ROOT / "hooks/main.py")],
        "watch": [],
        "extra": extra,
    }
    config = folder / "mkdocs.yml"
    config.write_text(json.dumps(settings, indent=2, ensure_ascii=False), "utf-8")
    return config


@functools.cache
def kept_content() -> Cache:
    """What this run has found in the site's own content: a copy in which a test plants a fault is not read anew."""
    return Cache(shared("cache", _begin_cache) / "pages.sqlite", remembers=True)


@functools.cache
def real_library() -> Library:
    """The site's own content, read once; nobody may change it."""
    library, problems = Library.read(ROOT / "docs", kept_content())
    stop_on_errors(problems)
    return library


@functools.cache
def real_markdown() -> MarkdownSettings:
    """How the site's own mkdocs.yml has texts converted."""
    markdown = configuration(ROOT / "mkdocs.yml")[0].markdown
    assert markdown
    return markdown


OWNERS_BOX = re.compile(
    r'^!!! note "(?:Her skriver ejeren|The owner writes here)"\n(?:    .*\n|\n(?=    ))+', re.MULTILINE
)


def owned(docs: Path) -> None:
    """Let the owner have written what a site for a public address must say."""
    for page in docs.glob("about.*.md"):
        page.write_text(OWNERS_BOX.sub("Maja Holm, Sparkærvej 1, Viborg.\n", page.read_text("utf-8")), "utf-8")


PUBLIC = {"publisher": {"email": "hej@trinvis.example"}}
"""Settings without which a site is not built for a public address."""


@pytest.fixture(scope="session")
def small_site() -> Path:
    """tests/site, built."""
    return shared("small", lambda folder: built(SITE / "mkdocs.yml", folder))


@pytest.fixture(scope="session")
def preview_site() -> Path:
    """tests/site as `mkdocs serve` shows it, built."""

    def make(folder: Path) -> None:
        result = build(configured(folder, {"preview": True}), folder / "site")
        assert result.returncode == 0, result.stdout

    return shared("preview", make) / "site"


@pytest.fixture(scope="session")
def real_site() -> Path:
    """The site itself, built."""
    return shared("real", lambda folder: built(ROOT / "mkdocs.yml", folder))


@dataclass(frozen=True)
class Built:
    """A built site and the address that it was built for."""

    folder: Path
    url: str


@pytest.fixture(scope="session")
def small_site_below_a_path() -> Path:
    """tests/site, built for https://user.example/repo/."""
    url = "https://user.example/repo/"
    return shared("below", lambda folder: built(configured(folder, PUBLIC), folder / "site", url)) / "site"


@pytest.fixture(
    scope="session",
    params=[
        ("small_site", "http://127.0.0.1:8000/"),
        ("small_site_below_a_path", "https://user.example/repo/"),
        ("real_site", "http://127.0.0.1:8000/"),
    ],
    ids=["small", "below a path", "real"],
)
def any_site(request: pytest.FixtureRequest) -> Built:
    """tests/site at a root domain and below a path, and the site itself."""
    fixture, url = request.param
    return Built(request.getfixturevalue(fixture), url)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A copy of the content of tests/site, to break."""
    return shutil.copytree(SITE / "docs", tmp_path / "docs")


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves as a host does: several files on one connection, and what `_headers` lets browsers keep is kept. A page
    costs a fifth less then."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def end_headers(self) -> None:
        if self.path.startswith("/assets/"):
            self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        super().end_headers()

    def log_message(self, *args: object) -> None:
        pass


def serve(folder: Path, handler: type[Handler] = Handler) -> Iterator[str]:
    """The address at which a folder is served."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def small_url(small_site: Path) -> Iterator[str]:
    """The address at which tests/site is served."""
    yield from serve(small_site)


@pytest.fixture(scope="session")
def real_url(real_site: Path) -> Iterator[str]:
    """The address at which the site itself is served."""
    yield from serve(real_site)


ADDED = """() => matchMedia("(scripting: enabled)").matches && Promise.allSettled(
    [...document.querySelectorAll("[data-script]")].map(({ dataset }) => import(dataset.script)))"""
"""Comes to an end when all that a page loads after the first sight of it has run."""


def then_added(go: Callable[..., Any]) -> Callable[..., Any]:
    """A way to a page at whose end its scripts have run, so that a test that clicks at once is not before them."""

    @functools.wraps(go)
    def went(page: Page, *args: Any, **options: Any) -> Any:
        answer = go(page, *args, **options)
        if options.get("wait_until") not in ("commit", "domcontentloaded"):
            page.evaluate(ADDED)
        return answer

    return went


for _name in ("goto", "reload", "go_back", "go_forward"):
    setattr(Page, _name, then_added(getattr(Page, _name)))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *SPARING])
        yield browser
        browser.close()


PHONE = {"width": 360, "height": 800}


class Watched:
    """A page that tests use one after another, and what went wrong on it."""

    def __init__(self, browser: Browser, javascript: bool) -> None:
        self.page = browser.new_context(viewport=PHONE, java_script_enabled=javascript).new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("response", lambda r: self.errors.append(f"{r.status} {r.url}") if r.status >= 400 else None)

    def leave(self) -> None:
        """Let nothing of a test be left for the next."""
        self.page.unroute_all()
        if self.page.url.startswith("http"):
            self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self.page.goto("about:blank")
        self.page.set_viewport_size(PHONE)
        self.page.emulate_media(media="null", color_scheme="null", reduced_motion="null", forced_colors="null")


@pytest.fixture(scope="session")
def phones(chromium: Browser) -> Iterator[dict[bool, Watched]]:
    """A phone with JavaScript and one without."""
    made = {javascript: Watched(chromium, javascript) for javascript in (True, False)}
    yield made
    for watched in made.values():
        watched.page.context.close()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(request: pytest.FixtureRequest, phones: dict[bool, Watched]) -> Iterator[Page]:
    """A phone-sized page on which nothing may go wrong unnoticed, with nothing left of another test."""
    watched = phones[request.param]
    watched.errors.clear()
    yield watched.page
    watched.leave()  # What the page says at last is only heard when something is asked of it.
    assert watched.errors == []


SLOW_FIXTURES = {
    "chromium",
    "deep_site",
    "page",
    "small_site",
    "real_site",
    "any_site",
    "small_url",
    "real_url",
    "preview",
    "preview_site",
}
SLOW_FILES = {
    "test_accessibility",
    "test_adding",
    "test_articles",
    "test_untranslated",
    "test_blocks",
    "test_browser",
    "test_cache",
    "test_checks",
    "test_citations",
    "test_comments",
    "test_crisis",
    "test_drawings",
    "test_feedback",
    "test_feeds",
    "test_figure",
    "test_fuzz",
    "test_github",
    "test_help",
    "test_help_box",
    "test_hosting",
    "test_impact",
    "test_languages",
    "test_links",
    "test_looks",
    "test_needed",
    "test_needs",
    "test_newsletter",
    "test_newsletter_form",
    "test_numbers",
    "test_one_command",
    "test_others",
    "test_output",
    "test_owner",
    "test_parity",
    "test_patterns",
    "test_photographs",
    "test_phrases",
    "test_plain",
    "test_planted",
    "test_portable",
    "test_preview",
    "test_print",
    "test_public",
    "test_published_kinds",
    "test_reading",
    "test_reproducible",
    "test_rhythm",
    "test_right",
    "test_rules",
    "test_run",
    "test_safe_html",
    "test_search_dialog",
    "test_selfcheck_rule",
    "test_site",
    "test_social",
    "test_sound",
    "test_spelling",
    "test_status",
    "test_strings",
    "test_theme",
    "test_translation_state",
    "test_trust",
    "test_weight",
    "test_workshop",
}
"""Files whose tests use a browser or a built site, start programs or take long: `make quick` does not read them."""


def pytest_xdist_auto_num_workers() -> int:
    """So many processes share the tests: one in a browser waits about as long as it works."""
    return 2 * (os.cpu_count() or 1)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take away what the processes of this run have shared."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(SHARED, ignore_errors=True)


def pytest_collection_finish() -> None:
    """Let what is imported and collected, which stays to the end, out of later looks for waste."""
    gc.collect()
    gc.freeze()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Read no file of which `make quick` would run nothing."""
    is_quick = config.option.markexpr == "not slow"
    return True if is_quick and collection_path.stem in SLOW_FILES else None


LONGEST = (
    "test_after_any_edits_the_warm_site_is_the_cold_one",
    "test_axe_finds_nothing_on_any_page",
    "test_properdocs_builds_the_same_pages",
    "test_a_right_text_is_not_told",
    "test_it_installs_once_and_says_how_far_it_is_and_the_other_mkdocs_anew_where_its_needs_changed",
    "test_a_mistake_is_told_while_the_pages_follow_the_text",
    "test_after_each_edit_and_after_taking_all_back_the_warm_site_is_the_cold_one",
    "test_what_cannot_be_built_stays_as_it_was",
    "test_every_article_is_within_its_budget",
    "test_a_whole_build_follows_deletions_and_renames_too",
    "test_no_mark_of_the_articles_is_stranded",
    "test_what_is_kept_of_articles_and_data_follows_the_lists_of_words",
    "test_each_block_stands_where_the_design_lets_it_and_nowhere_else",
    "test_the_page_with_all_numbers_is_the_first_result",
    "test_help_is_in_the_first_screen_of_a_phone",
    "test_a_mkdocs_yml_that_cannot_be_read_leaves_the_pages_and_is_told",
    "test_memory_does_not_grow_while_saves_come_quicker_than_checks_end",
    "test_the_command_compares_a_version_with_what_is_saved",
    "test_a_topic_prints_as_a_booklet",
)
"""Tests that begin first, so that none of them runs alone at the end while other processes have nothing to do."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, a built site or a long look: `make quick` leaves it out. Begin with what is long."""
    for item in items:
        if SLOW_FIXTURES & {*item.fixturenames} or item.path.stem in SLOW_FILES:
            item.add_marker("slow")
    names = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: names.get(getattr(item, "originalname", ""), len(names)))
    number = sum(getattr(item, "originalname", "") in names for item in items)
    items[:] = shared_out(items[:number], items[number:], int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def shared_out(long: list[pytest.Item], others: list[pytest.Item], processes: int) -> list[pytest.Item]:
    """All tests, so that each process, which takes one piece of the row, begins with some of the long ones."""
    row: list[pytest.Item] = []
    number = len(others)
    for turn in range(processes):
        mine = long[turn::processes]
        size = (len(long) + number - len(row)) // (processes - turn)
        taken = max(size - len(mine), 0)
        row += mine + others[:taken]
        others = others[taken:]
    return row + others
