"""What a change means for readers: told page by page, and in what."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from conftest import built, configured
from knowledge.impact import AROUND, Impact, differences, impact, main

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
    ("an answer", "Yes.", "No.", ("FAQ",)),
    ("a card's picture", "/i.svg", "/j.svg", ("related list",)),
    ("the graph", '"a": 1', '"a": 2', ("graph",)),
    ("a style sheet", "/a.css", "/a.css?v=2", (AROUND,)),
    ("the menu", "Menu", "Menus", (AROUND,)),
]


@pytest.mark.parametrize(("old", "new", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_each_part_is_told_by_its_name(old: str, new: str, expected: tuple[str, ...]) -> None:
    assert differences(PAGE.encode(), PAGE.replace(old, new, 1).encode()) == expected


def test_touching_one_concept_lists_exactly_the_pages_whose_html_changed(tmp_path: Path) -> None:
    config = configured(tmp_path, {})
    before = built(config, tmp_path / "before")
    concepts = tmp_path / "docs/data/concepts.yml"
    text = concepts.read_text("utf-8")
    concepts.write_text(text.replace("definition: God kontakt.", "definition: En god kontakt."), "utf-8")
    after = built(config, tmp_path / "after")
    found = impact(before, after)
    pages = {path.relative_to(before).as_posix() for path in before.rglob("*.html")}
    assert set(found.changed) == {p for p in pages if (before / p).read_bytes() != (after / p).read_bytes()}
    assert "nlp-vaerktoejer/rapport/index.html" in found.changed
    assert "ordliste/index.html" in found.changed
    assert not any(path.startswith("en/") for path in found.changed)
    assert (found.added, found.removed, found.moved) == ((), (), {})
    assert found.files == ("feed.atom", "feed.json")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of tests/site under version control, and the working folder."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@example.org")
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    config = configured(tmp_path, {"cache": False})
    config.write_text(json.dumps(json.loads(config.read_text("utf-8")) | {"docs_dir": "docs"}), "utf-8")
    monkeypatch.chdir(tmp_path)
    for command in ("init --quiet --initial-branch main", "add .", "commit --quiet --message One"):
        subprocess.run(["git", *command.split()], check=True)
    return tmp_path


def test_both_versions_are_built_and_the_project_is_left_as_it_was(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main("main") == 0
    assert capsys.readouterr().out == "Nothing changes for readers.\n"
    file = project / "docs/alliance/repair.da.md"
    text = file.read_text("utf-8").replace("slug: reparation\n", "slug: heling\naliases: [alliancen/reparation/]\n")
    file.write_text(text.replace("Intet under", "Intet over"), "utf-8")
    assert main("main") == 0
    report = capsys.readouterr().out
    assert "- moved: `/alliancen/reparation/index.html` leads on to `/alliancen/heling/`" in report
    assert "- new: `/alliancen/heling/index.html`" in report
    assert "- file: `/feed.atom`" in report
    assert "- file: `/sitemap.xml`" in report
    assert "| `/en/alliance/repair/index.html` | addresses" in report
    assert "gone: 0" in report
    listed = subprocess.run(["git", "worktree", "list"], capture_output=True, text=True).stdout
    assert len(listed.splitlines()) == 1
    assert not (project / "site").exists()


def test_a_version_that_is_not_there_or_cannot_be_built_is_told(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main("nowhere") == 1
    assert "There is no version “nowhere”" in capsys.readouterr().err
    (project / "docs/help.da.md").write_text("broken", "utf-8")
    assert main("main") == 1
    assert "docs/help.da.md:1:1 front-matter" in capsys.readouterr().err


def test_the_report_is_markdown_that_a_reader_understands() -> None:
    changed = {"a/index.html": ("text", "FAQ"), "b/index.html": (AROUND,)}
    told = Impact(changed, ("new/",), ("old/",), {"then/": "/now/"}, ("feed.atom",)).markdown()
    assert told.startswith("Pages changed: 2, new: 1, moved: 1, gone: 1\n")
    assert "| `/a/index.html` | text, FAQ |" in told
    assert f"1 pages change only {AROUND}" in told
    assert "- gone: `/old/` (an `aliases:` line would lead on from it)" in told
    assert Impact({}, (), (), {}, ()).markdown() == "Nothing changes for readers.\n"
