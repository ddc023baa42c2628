"""What a change means for readers: told page by page, and in what."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

import programs
import test_status as status
from conftest import ROOT, SITE, built, configured
from knowledge.tools.impact import AROUND, Impact, differences, impact

PAGE = """<!doctype html><html><head><title>T</title><meta name="description" content="Of it">
<link rel="canonical" href="https://e.example/t/"><link rel="stylesheet" href="/a.css">
<script type="application/ld+json">{"a": 1}</script></head><body><header>Menu</header><main><h1>H</h1>
<p>A <a href="/x/">b</a>.</p>
<section class="faq"><details><summary><h3>Q?</h3></summary><div>Yes.</div></details></section>
<section class="related"><ul><li><img src="/i.svg" alt="">R</li></ul></section></main></body></html>"""
CASES = [
    ("nothing", "", "", ()),
    ("a word", ">A <", ">An <", ("text",)),
    ("the title", "<title>T<", "<title>U<", ("title and description",)),
    ("the description", "Of it", "Of that", ("title and description",)),
    ("its address", "https://e.example/t/", "https://e.example/u/", ("addresses",)),
    ("a link alone", "/x/", "/y/", ("text",)),
    ("a term's explanation", '"/x/"', '"/x/" title="more"', ("text",)),
    ("an answer", "Yes.", "No.", ("FAQ",)),
    ("a card's picture", "/i.svg", "/j.svg", ("related list",)),
    ("the graph", '"a": 1', '"a": 2', ("graph",)),
    ("a style sheet", "/a.css", "/a.css?v=2", (AROUND,)),
    ("the menu", "Menu", "Menus", (AROUND,)),
]


@pytest.mark.parametrize(("old", "new", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_each_part_is_told_by_its_name(old: str, new: str, expected: tuple[str, ...]) -> None:
    assert differences(PAGE.encode(), PAGE.replace(old, new, 1).encode()) == expected


@dataclass(frozen=True)
class Edited:
    """A copy of tests/site, built before an edit."""

    config: Path
    before: Path

    def after(self, file: str, old: str, new: str) -> tuple[Path, Impact]:
        """The site after an edit, which is taken back, and what it means."""
        path, site = self.config.parent / file, self.config.parent / "after"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
        built(self.config, site)
        path.write_text(text, "utf-8")
        return site, impact(self.before, site)


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Edited:
    """A copy to edit."""
    folder = tmp_path_factory.mktemp("impact")
    config = configured(folder, {})
    return Edited(config, built(config, folder / "before"))


def test_touching_one_concept_lists_exactly_the_pages_whose_html_changed(edited: Edited) -> None:
    after, found = edited.after("docs/data/concepts.yml", "definition: God kontakt.", "definition: En god kontakt.")
    before = edited.before
    pages = {path.relative_to(before).as_posix() for path in before.rglob("*.html")}
    assert set(found.changed) == {p for p in pages if (before / p).read_bytes() != (after / p).read_bytes()}
    assert found.changed["nlp-vaerktoejer/rapport/index.html"] == ("text",)
    assert "ordliste/index.html" in found.changed
    assert not any(path.startswith("en/") for path in found.changed)
    assert (found.added, found.removed, found.moved) == ((), (), {})
    assert found.files == ("feed.atom", "feed.json")


def test_a_page_with_a_new_address_has_moved(edited: Edited) -> None:
    _, found = edited.after(
        "docs/alliance/repair.da.md", "slug: reparation", "slug: ny\naliases: [alliancen/reparation/]"
    )
    assert found.moved == {"alliancen/reparation/index.html": "/alliancen/ny/"}
    assert (found.added, found.removed) == (("alliancen/ny/index.html",), ())
    assert found.changed["en/alliance/repair/index.html"][0] == "addresses"
    assert "alliancen/reparation/index.html" not in found.changed
    assert found.files == ("_redirects", "feed.atom", "feed.json", "sitemap.xml")


def test_the_report_is_markdown_that_a_reader_understands() -> None:
    changed = {"a/index.html": ("text", "FAQ"), "b/index.html": (AROUND,)}
    told = Impact(changed, ("new/",), ("old/",), ("feed.atom",), {"was/": "/is/"}).markdown()
    assert told.startswith("Pages: 2 changed, 1 new, 1 moved, 1 gone.\n")
    assert "| `/a/index.html` | text, FAQ |" in told
    assert told.endswith(f"\nOnly {AROUND}:\n\n- `/b/index.html`\n")
    assert "- gone: `/old/` (write the address into `aliases:`" in told
    assert "- moved: `/was/` leads to `/is/`" in told
    assert Impact({}, (), (), ()).markdown() == "Nothing changes for readers.\n"


def test_a_new_article_is_told_in_a_dozen_lines(tmp_path: Path) -> None:
    config = status.project(tmp_path, "status: draft\n")
    before = built(config, tmp_path / "before", "http://127.0.0.1:8000/")
    status.replace(tmp_path / f"docs/{status.NEW}.da.md", "status: draft\n", "")
    about = tmp_path / "docs/about.da.md"
    status.replace(about, "Den er kun til prøve.", "Den er kun til en prøve.")
    found = impact(before, built(config, tmp_path / "after", "http://127.0.0.1:8000/"))
    assert len(found.added) == 2
    assert len(found.changed) + len(found.files) > 20
    lines = found.markdown().splitlines()
    assert len(lines) <= 12, "\n".join(lines)
    own = next(i for i, line in enumerate(lines) if "`/om/index.html`" in line)
    (follows,) = [i for i, line in enumerate(lines) if "related list" in line and "latest articles" in line]
    assert own < follows


def test_however_much_changes_what_an_editor_wrote_is_named_first() -> None:
    many = {f"{i}/index.html": ("related list",) for i in range(300)}
    told = Impact({**many, "x/index.html": ("text",)}, (), (), tuple(f"{i}.svg" for i in range(300))).markdown()
    rows = told.splitlines()
    assert rows[-2] == "| `/x/index.html` | text |"
    assert rows[-1].startswith("| `/0/index.html`, `/1/index.html`, ")
    assert rows[-1].endswith(" and 296 more | related list |")
    assert len(told) < 700


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of its own under version control: tests/site with the code of this one."""
    for name in ("hooks", "overrides"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copytree(SITE / "docs", tmp_path / "docs")
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8").replace("!ENV [", "["))
    settings["extra"] |= {"footer": ["help", "articles", "privacy"], "preview": False, "cache": True}
    settings["site_url"] = "http://127.0.0.1:8000/"
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(settings), "utf-8")
    for command in ("init -q -b main", "add -A", "commit -q -m all"):
        git(tmp_path, *command.split())
    return tmp_path


def git(folder: Path, *command: str) -> str:
    names = ("-c", "user.name=n", "-c", "user.email=n@example.org")
    return subprocess.run(["git", *names, *command], cwd=folder, check=True, capture_output=True, text=True).stdout


def run(folder: Path, *given: str) -> subprocess.CompletedProcess[str]:
    """`make impact` of a project."""
    paths = {**os.environ, "PYTHONPATH": str(folder / "hooks"), "NO_MKDOCS_2_WARNING": "1"}
    return programs.run("knowledge.tools.impact", *given, env=paths, cwd=folder)


def rows(project: Path, cache: str) -> set[str]:
    """What a cache of the project keeps."""
    with closing(sqlite3.connect(project / f".cache/{cache}.sqlite")) as table:
        return {name for (name,) in table.execute("SELECT name FROM kept")}


def test_the_command_compares_a_version_with_what_is_saved(project: Path) -> None:
    """Both are built of what is kept and leave what they make, so neither is built from nothing a second time."""
    file = project / "docs/alliance/repair.da.md"
    right = file.read_text("utf-8")
    file.write_text(right.replace("Skriv en mail.", "Skriv et brev."), "utf-8")
    told = run(project, "main", "--old", "before")
    assert "1 changed" in told.stdout, told.stderr
    assert "| `/alliancen/reparation/index.html` | FAQ, graph |" in told.stdout
    # The former site is left for who wants to look at it.
    assert "Skriv en mail." in (project / "before/alliancen/reparation/index.html").read_text("utf-8")
    assert git(project, "worktree", "list").count("\n") == 1
    kept = {cache: rows(project, cache) for cache in ("pages", "social")}
    assert len(kept["pages"]) > 100
    assert len(kept["social"]) > 10

    file.write_text(right, "utf-8")
    nothing = run(project, "main")
    assert (nothing.stdout, nothing.stderr, nothing.returncode) == ("Nothing changes for readers.\n", "", 0)
    new = {cache: rows(project, cache) - kept[cache] for cache in kept}
    assert len(new["pages"]) <= 2, "each of two sites has a list of its files"
    assert new["social"] == set()
    assert not list(project.parent.glob("*/base/.cache"))
    assert (project / ".cache/pages.sqlite").is_file()

    file.write_text(right.replace("rapport.da.md", "raport.da.md", 1), "utf-8")
    broken = run(project, "main")
    assert (broken.stdout, broken.returncode) == ("", 1)
    assert "docs/alliance/repair.da.md:12:" in broken.stderr
    assert "There is no version “mian”" in run(project, "mian").stderr
    assert git(project, "worktree", "list").count("\n") == 1
    assert git(project, "status", "--short", "--", "docs", "hooks").strip() == "M docs/alliance/repair.da.md"
