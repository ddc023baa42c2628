"""The cache: a site made with it is the site made without it, byte for byte, whatever was edited."""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import jinja2
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mkdocs.commands.build import build
from mkdocs.config import load_config

from conftest import ROOT, SITE
from knowledge.build import SERVED, Build
from knowledge.core import cache as caches
from knowledge.core.cache import AT_ONCE, DAY, NOTHING_KEPT, Cache
from knowledge.core.fingerprint import digest
from knowledge.outputs.output import Output
from knowledge.outputs.search import index as search
from knowledge.pages.queries import Answers
from page import KeptTemplates


class Project:
    """A copy of tests/site with templates of its own, to edit and to build."""

    def __init__(self, folder: Path, preview: bool = False):
        self.folder, self.docs, self.overrides = folder, folder / "docs", folder / "overrides"
        shutil.copytree(SITE / "docs", self.docs)
        shutil.copytree(ROOT / "overrides", self.overrides)
        self.settings = {
            "INHERIT": str(ROOT / "mkdocs.yml"),
            "site_url": "http://127.0.0.1:8000/",
            "theme": {"custom_dir": str(self.overrides)},
            "hooks": [str(ROOT / "hooks/main.py")],
            "watch": [],
            "extra": {
                "footer": ["help", "articles", "privacy"],
                "preview": SERVED if preview else False,
                "publisher": {"email": "hej@example.org"},
            },
        }

    def build(self, kept: bool, site: Path) -> dict[str, bytes] | str:
        """The site's files by path, or what stopped the build."""
        self.settings["extra"]["cache"] = kept
        config = self.folder / "mkdocs.yml"
        config.write_text(yaml.safe_dump(self.settings), "utf-8")
        loaded = load_config(str(config), site_dir=str(site), strict=False)
        loaded.plugins.on_startup(command="build", dirty=False)
        try:
            build(loaded)
        except SystemExit as stopped:
            return str(stopped)
        return {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}

    def warm(self) -> dict[str, bytes] | str:
        """Built with what earlier builds left."""
        return self.build(True, self.folder / "warm")

    def cold(self) -> dict[str, bytes] | str:
        """Built without."""
        shutil.rmtree(self.folder / "cold", ignore_errors=True)
        return self.build(False, self.folder / "cold")

    def replace(self, file: str, old: str, new: str) -> None:
        """Replace the first of some words, where they still stand."""
        path = self.folder / file
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


# --- What editors do --------------------------------------------------------------------------

NEW = (
    "---\ntitle: {title}\ndescription: {title} er ny.\nslug: {title}\nimage_alt: En ny cirkel.\n"
    "{shared}evidence: Nyt.\n---\n"
)
SHARED = "date: 2026-11-21\nreviewed: 2026-11-21\nconcepts: [alliance]\ncertainty: very-low\n"


def add_or_delete(project: Project, n: int) -> None:
    """A new article appears, or goes again."""
    there = sorted(project.docs.glob("alliance/new-*"))
    for path in there:
        path.unlink()
    if not there:
        for lang, shared in (("da", SHARED), ("en", "")):
            text = NEW.format(title=f"ny{n}-{lang}", shared=shared)
            body = f"{text}Se [rapport](../nlp-tools/rapport.{lang}.md).\n"
            (project.docs / f"alliance/new-{n}.{lang}.md").write_text(body, "utf-8")
        shutil.copy(project.docs / "index.svg", project.docs / f"alliance/new-{n}.svg")


def rename(project: Project, n: int) -> None:
    """The new article gets another key."""
    for path in project.docs.glob("alliance/new-*"):
        path.rename(path.with_name(f"new-renamed-{n}.{path.name.split('.', 1)[1]}"))


def untranslate(project: Project, n: int) -> None:
    """An article loses its English file, or gets it back."""
    file, away = project.docs / "alliance/escaping.en.md", project.folder / "away.md"
    twin = "twin: {title: Soon, description: Soon in English., slug: soon}\n"
    if file.exists():
        file.rename(away)
        project.replace("docs/alliance/escaping.da.md", "certainty:", f"{twin}certainty:")
    else:
        away.rename(file)
        project.replace("docs/alliance/escaping.da.md", twin, "")


def switch(file: str, *values: str) -> Callable[[Project, int], None]:
    """An edit that replaces one of these values by another."""

    def edit(project: Project, n: int) -> None:
        text = (project.folder / file).read_text("utf-8")
        there = next(value for value in values if value in text)
        others = [value for value in values if value != there]
        project.replace(file, there, others[n % len(others)])

    return edit


def set_up(*path: str, values: tuple[object, ...]) -> Callable[[Project, int], None]:
    """An edit of mkdocs.yml."""

    def edit(project: Project, n: int) -> None:
        place = project.settings
        for name in path[:-1]:
            place = place.setdefault(name, {})
        place[path[-1]] = values[n % len(values)]

    return edit


REPAIR = "docs/alliance/repair.da.md"
EDITS: dict[str, Callable[[Project, int], None]] = {
    "text": switch(REPAIR, "Skriv en mail.", "Skriv et brev.", "Ring først."),
    "text in English": switch("docs/nlp-tools/rapport.en.md", "\n---\n", "\n---\nMore of the same.\n\n"),
    "title": switch(REPAIR, "title: Reparation", "title: Ny reparation", "title: Den tredje"),
    "description": switch("docs/nlp-tools/rapport.da.md", "description: ", "description: Her er "),
    "topic's title": switch("docs/alliance/index.da.md", "title: Alliancen", "title: Samarbejdet"),
    "concept": switch(REPAIR, "[repair, alliance]", "[alliance]", "[rapport, repair]"),
    "pin": switch(REPAIR, "certainty: low\n", "certainty: low\nrelated: {pin: [stress-ladder/heated]}\n"),
    "exclusion": switch(REPAIR, "certainty: low\n", "certainty: low\nrelated: {exclude: [nlp-tools/rapport]}\n"),
    "slug": switch("docs/nlp-tools/rapport.da.md", "slug: rapport", "slug: god-kontakt"),
    "topic's slug": switch("docs/alliance/index.en.md", "slug: alliance", "slug: the-alliance"),
    "alias": switch(REPAIR, "certainty: low\n", "certainty: low\naliases: [gammel/reparation/]\n"),
    "order": switch("docs/alliance/index.da.md", "[repair, escaping]", "[escaping, repair]"),
    "date": switch(REPAIR, "date: 2026-11-20", "date: 2026-11-22"),
    "question": switch(REPAIR, "Kan jeg skifte", "Må jeg skifte"),
    "broken link": switch(REPAIR, "rapport.da.md", "raport.da.md"),
    "added or deleted": add_or_delete,
    "renamed": rename,
    "strings": switch("overrides/strings/da.yml", "read_more: Læs mere", "read_more: Læs videre"),
    "template": switch("overrides/partials/card.html", '<li class="card">', '<li class="card card--new">'),
    "style": switch("overrides/assets/css/card.css", ".card", "/* new */ .card"),
    "site's name": set_up("site_name", values=("Trinvis", "Andet navn")),
    "address": set_up("site_url", values=("http://127.0.0.1:8000/", "https://example.org/under/")),
    "footer": set_up("extra", "footer", values=(["help", "privacy"], ["help", "articles", "privacy"])),
    "definition": switch("docs/data/concepts.yml", "At rette op på et brud.", "At gøre det godt igen."),
    "term": switch("docs/data/concepts.yml", "term: reparation", "term: genopretning"),
    "source": switch("docs/data/sources.yml", 'da: "En teori, ikke en måling."', 'da: "En teori."'),
    "source's author": switch("docs/data/sources.yml", "family: Bordin", "family: Bordén"),
    "help line": switch("docs/data/help.yml", "70 201 201", "70 20 12 01"),
    "source's kind": switch("docs/data/sources.yml", "study: theory", "study: practice"),
    "sign": switch("docs/stress-ladder/heated.da.md", "Jeg sover dårligt.", "Jeg sover ikke."),
    "help box": switch(REPAIR, "certainty: low\n", "certainty: low\nhelp: true\n"),
    "only in Danish": untranslate,
    "publisher": set_up(
        "extra", "publisher", values=({"email": "et@example.org"}, {"name": "To", "email": "to@example.org"})
    ),
    "comments": set_up("extra", "comments", values=({"isso": "https://a.example.org"}, {"isso": None})),
    "picture": switch("docs/alliance/repair.svg", 'r="60"', 'r="61"'),
}
sequences = st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 3)), min_size=1, max_size=3)


def differing(warm: dict[str, bytes] | str, cold: dict[str, bytes] | str) -> list[str] | str:
    """Paths of files that are not the same; or what only one of the builds said."""
    if isinstance(warm, str) or isinstance(cold, str):
        return "" if warm == cold else f"{warm!s:.200} / {cold!s:.200}"
    return [path for path in sorted(warm.keys() | cold.keys()) if warm.get(path) != cold.get(path)]


# --- Right above all --------------------------------------------------------------------------


@pytest.mark.parametrize("preview", [False, True], ids=["build", "preview"])
def test_after_each_kind_of_edit_the_warm_site_is_the_cold_one(tmp_path: Path, preview: bool) -> None:
    project = Project(tmp_path / "project", preview)
    assert differing(project.warm(), project.cold()) == []
    kinds = sorted(EDITS) if preview else ["slug", "added or deleted", "renamed", "template", "address"]
    for i, kind in enumerate(kinds):
        EDITS[kind](project, 1)
        if i % 3 == 2 or kind == kinds[-1]:
            assert not differing(project.warm(), project.cold()), kinds[: i + 1]
            if kind == "broken link" or i == 2:
                caches.cache.cache_clear()  # The next build begins in a process of its own.


numbers = itertools.count()


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequence=sequences, preview=st.booleans(), alone=st.booleans())
def test_after_any_edits_the_warm_site_is_the_cold_one(
    tmp_path: Path, sequence: list[tuple[str, int]], preview: bool, alone: bool
) -> None:
    project = Project(tmp_path / str(next(numbers)), preview)
    project.warm()
    for kind, n in sequence:
        EDITS[kind](project, n)
        if alone:
            caches.cache.cache_clear()
        assert not differing(project.warm(), project.cold())


def forget_related(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(self, kind: str, *about: object) -> str:
        return "never another" if kind in ("related", "card") else digest(self(kind, *about))

    monkeypatch.setattr(Answers, "known_by", answer)


def forget_links(monkeypatch: pytest.MonkeyPatch) -> None:
    traced = Cache.traced

    def untraced(self, name, ask, make, *more, is_small=False, **others):
        if is_small:
            return self.object(name, lambda: make(ask)[0]), name
        return traced(self, name, ask, make, *more, **others)

    monkeypatch.setattr(Cache, "traced", untraced)


def forget_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Build, "looks", "always the same")


def forget_what_jinja_works_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KeptTemplates, "_name", lambda self, bucket: digest(bucket.key, bucket.checksum))


@pytest.mark.parametrize(
    ("plant", "kind"),
    [
        (forget_related, "description"),
        (forget_links, "slug"),
        (forget_templates, "template"),
        (forget_what_jinja_works_out, "style"),
    ],
    ids=["related lists", "addresses of links", "templates", "addresses in compiled templates"],
)
def test_a_forgotten_dependency_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plant: Callable[[pytest.MonkeyPatch], None], kind: str
) -> None:
    plant(monkeypatch)
    project = Project(tmp_path / "project")
    project.warm()
    EDITS[kind](project, 0)
    assert differing(project.warm(), project.cold())


# --- How --------------------------------------------------------------------------------------


def test_only_what_an_edit_changes_is_rendered_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, rendered, render = Project(tmp_path / "project", preview=True), [], jinja2.Template.render
    project.warm()
    site = project.folder / "warm"
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    monkeypatch.setattr(
        jinja2.Template, "render", lambda self, *a, **k: (rendered.append(self.name), render(self, *a, **k))[1]
    )
    EDITS["text"](project, 0)
    project.warm()
    written = {p.relative_to(site).as_posix() for p, when in before.items() if p.stat().st_mtime_ns != when}
    assert [name for name in rendered if name not in ("redirect.html", "social.svg")] == ["article.html"]
    assert written == {"alliancen/reparation/index.html", "feed.atom", "feed.json"}


def test_an_edit_leaves_the_other_languages_index_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, run, indexed = Project(tmp_path / "project"), search._run_pagefind, []
    project.warm()

    def noted(documents):
        documents = list(documents)
        indexed.append({path.startswith("en/") for path, _ in documents})
        return run(documents)

    monkeypatch.setattr(search, "_run_pagefind", noted)
    EDITS["text"](project, 0)
    assert not differing(project.warm(), project.cold())
    assert indexed == [{False}, {False}, {True}]  # Of the warm build the Danish one, of the cold one both.


def test_a_fingerprint_is_the_same_in_the_next_process(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    project.warm()  # which also writes its settings
    file, names = project.folder / ".cache/pages.sqlite", []
    for seed in "12":  # in which a set has another order
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-d", str(project.folder / "warm")]
        subprocess.run(command, cwd=project.folder, env={**os.environ, "PYTHONHASHSEED": seed}, check=True)
        with closing(sqlite3.connect(file)) as table:
            names.append({name for (name,) in table.execute("SELECT name FROM kept")})
    assert names[0] == names[1]


@pytest.mark.parametrize("third", range(3))
def test_whatever_is_lost_from_the_cache_is_made_anew(tmp_path: Path, third: int) -> None:
    project = Project(tmp_path / "project")
    project.warm()
    EDITS["template"](project, third)  # so that all pages are made of kept texts
    with closing(sqlite3.connect(project.folder / ".cache/pages.sqlite")) as table, table:
        assert table.execute("DELETE FROM kept WHERE rowid % 3 = ?", [third]).rowcount > 20
    assert not differing(project.warm(), project.cold())


def test_a_page_that_somebody_touched_is_written_again(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    project.warm()
    (project.folder / "warm/index.html").write_text("touched", "utf-8")
    (project.folder / "warm/en/index.html").unlink()
    (project.folder / "warm/left-over.html").touch()
    assert not differing(project.warm(), project.cold())


def test_off_means_off(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    project.cold()
    assert not (project.folder / ".cache/pages.sqlite").exists()


def test_two_builds_at_once_make_the_same_site(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    expected = project.cold()
    project.settings["extra"]["cache"] = True
    (project.folder / "mkdocs.yml").write_text(yaml.safe_dump(project.settings), "utf-8")
    sites = [project.folder / "one", project.folder / "two"]
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "-f", str(project.folder / "mkdocs.yml")]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    builds = [subprocess.Popen([*command, "-d", str(site)], env=environment) for site in sites]
    assert [process.wait() for process in builds] == [0, 0]
    for site in sites:
        made = {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}
        assert made == expected


@pytest.mark.parametrize("after", [0.4, 0.8, 1.2])
def test_a_build_that_is_killed_leaves_nothing_wrong(tmp_path: Path, after: float) -> None:
    project = Project(tmp_path / "project")
    expected = project.cold()
    project.settings["extra"]["cache"] = True
    config, site = project.folder / "mkdocs.yml", project.folder / "warm"
    config.write_text(yaml.safe_dump(project.settings), "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(config), "-d", str(site)]
    killed = subprocess.Popen(command, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    time.sleep(after)
    killed.kill()
    killed.wait()
    assert not differing(project.warm(), expected)


def test_several_processes_may_begin_one_cache_at_once(tmp_path: Path) -> None:
    code = "from knowledge.core.cache import Cache; from pathlib import Path; import sys\n"
    code += "for i in range(200): Cache(Path(sys.argv[1])).get(f'{sys.argv[2]}-{i % 40}', lambda: b'x' * 9000)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "hooks")}
    command = [sys.executable, "-c", code, str(tmp_path / "kept.sqlite")]
    processes = [subprocess.Popen([*command, str(n % 2)], env=environment) for n in range(6)]
    assert [process.wait() for process in processes] == [0] * 6


@pytest.mark.parametrize("damage", [b"", b"\x80half a file", b"SQLite format 3\0" + b"\xff" * 9000])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    kept = Cache(tmp_path / "kept.sqlite")
    kept.object("name", lambda: "right")
    kept.close()
    kept.file.write_bytes(damage)
    assert kept.object("name", lambda: "made anew") == "made anew"
    kept.close()
    assert Cache(kept.file).object("name", lambda: "again") == "made anew"


def test_a_damaged_content_is_made_anew(tmp_path: Path) -> None:
    kept = Cache(tmp_path / "kept.sqlite")
    kept.write("name", b"\x80half a pick")
    assert kept.object("name", lambda: "made anew") == "made anew"
    kept.close()
    assert Cache(kept.file).object("name", lambda: "again") == "made anew"


def test_the_file_may_be_deleted_at_any_time(tmp_path: Path) -> None:
    kept = Cache(tmp_path / "below/kept.sqlite")
    for number in range(AT_ONCE):
        kept.write(f"{number}", b"1")
    shutil.rmtree(tmp_path / "below")
    assert kept.get("two", lambda: b"2") == b"2"
    kept.close()
    assert Cache(kept.file).get("two", lambda: b"anew") == b"anew"


def test_what_has_not_been_used_for_longest_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    for day in range(20):
        monkeypatch.setattr(time, "time", lambda day=day: now + day * 2 * DAY)
        today = Cache(tmp_path / "kept.sqlite")
        today.write(f"day {day}", b"x" * 10_000)
        today.close()
    kept = Cache(tmp_path / "kept.sqlite", limit=200_000)
    kept.read("day 0")
    kept.trim()
    there = {day for day in range(20) if kept.read(f"day {day}")}
    assert there == {0, *range(min(there - {0}), 20)}
    assert 5 < len(there) < 15


def test_what_has_no_fingerprint_is_refused() -> None:
    with pytest.raises(TypeError, match=r"no fingerprint: .*object"):
        digest([object()])


def test_a_sweep_leaves_what_was_written_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "old/deep").mkdir(parents=True)
    (tmp_path / "old/deep/page.html").touch()
    output = Output(tmp_path, NOTHING_KEPT)
    output.write("new/page.html", b"new")
    output.sweep()
    assert [path.name for path in sorted(tmp_path.rglob("*"))] == ["new", "page.html"]
