"""Translations: a changed Danish section flags exactly its English one, for editors and for readers."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from conftest import ROOT, built, configured
from knowledge.checks.check import check
from knowledge.content.library import Library
from knowledge.content.translation_state import FILE, changed_on, fingerprints, read, stale, write
from knowledge.tools.translated import main

REPAIR = "alliance/repair"
CHANGES: list[tuple[str, Callable[[str], str], list[str]]] = [
    ("nothing", lambda text: text, []),
    ("white space", lambda text: text.replace("Et brud i samarbejdet", "Et  brud i\nsamarbejdet"), []),
    ("a date", lambda text: text.replace("reviewed: 2026-11-20", "reviewed: 2026-11-21"), []),
    ("the title", lambda text: text.replace("title: Reparation", "title: Ny reparation"), [""]),
    ("the opening", lambda text: text.replace("Et brud i samarbejdet", "Brud i samarbejdet"), [""]),
    ("a section", lambda text: text.replace("Terapeuten siger", "Behandleren siger"), ["A rupture is not the end"]),
    ("a heading", lambda text: text.replace("## Et brud er", "## Brud er"), ["A rupture is not the end"]),
    (
        "a new section above it",
        lambda text: text.replace("## Et brud er", "## Nyt\n\nNyt.\n\n## Et brud er"),
        ["A rupture is not the end"],
    ),
    ("the order of lines above the text", lambda text: text.replace("---\n", "---\nhelp: false\n", 1), []),
    ("an answer", lambda text: text.replace("Intet under", "Intet over"), ["Frequently asked questions"]),
]


def stamped(folder: Path) -> Path:
    """A copy of tests/site whose translations are all up to date; returns its mkdocs.yml."""
    config = configured(folder, {})
    library = Library.load(folder / "docs")
    write(folder, {article.key: fingerprints(article["da"]) for article in library.articles.values()})
    return config


@pytest.mark.parametrize(("change", "expected"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_a_changed_section_flags_exactly_its_translation(
    tmp_path: Path, change: Callable[[str], str], expected: list[str]
) -> None:
    stamped(tmp_path)
    file = tmp_path / f"docs/{REPAIR}.da.md"
    file.write_text(change(file.read_text("utf-8")), "utf-8")
    library, problems = check(tmp_path / "docs")
    found = list(stale(library[REPAIR], read(tmp_path)[0]))
    lines = (tmp_path / f"docs/{REPAIR}.en.md").read_text("utf-8").split("\n")
    for old in found:
        assert old.place < 2 or lines[old.line - 1].startswith(f"## {old.heading}")
    assert [old.heading for old in found] == expected
    told = [problem for problem in problems if problem.rule == "translation-old"]
    assert [(problem.file, problem.line) for problem in told] == [(f"docs/{REPAIR}.en.md", old.line) for old in found]
    assert all(problem.level == "warning" for problem in told)


def test_readers_see_a_quiet_line_and_editors_a_list(tmp_path: Path) -> None:
    config = stamped(tmp_path)
    for page in (ROOT / "docs").glob("translations.*.md"):
        (tmp_path / "docs" / page.name).write_text(page.read_text("utf-8"), "utf-8")
    file = tmp_path / f"docs/{REPAIR}.da.md"
    file.write_text(file.read_text("utf-8").replace("Terapeuten siger", "Behandleren siger"), "utf-8")
    site = built(config, tmp_path / "built")
    english = html.fromstring((site / "en/alliance/repair/index.html").read_text("utf-8"))
    (line,) = english.xpath("//div[@class='stale']")
    assert line.text_content() == "The Danish text has been updated. This translation is older."
    assert line.getnext().text_content() == "A rupture is not the end"
    danish = html.fromstring((site / "alliancen/reparation/index.html").read_text("utf-8"))
    assert danish.xpath("//*[@class='stale']") == []
    status = html.fromstring((site / "en/translations/index.html").read_text("utf-8"))
    assert status.xpath("//main//h2/a/text()") == ["Repair after a rupture"]
    assert status.xpath("//main//li[not(ancestor::nav)]/text()") == ["A rupture is not the end"]
    ours = html.fromstring((site / "oversaettelser/index.html").read_text("utf-8"))
    assert ours.xpath("//main//li[@lang='en']/text()") == ["A rupture is not the end"]
    assert status.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "translations" not in (site / "sitemap.xml").read_text("utf-8")


def test_readers_are_told_the_day_that_git_knows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AUTHOR", "COMMITTER"):
        for key, value in {"NAME": "A", "EMAIL": "a@example.org", "DATE": "2026-03-04T12:00:00Z"}.items():
            monkeypatch.setenv(f"GIT_{name}_{key}", value)

    def git(*arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True, capture_output=True)

    stamped(tmp_path)
    danish = Library.load(tmp_path / "docs")[REPAIR]["da"]
    assert changed_on(tmp_path / "docs", danish) is None
    git("init", "--quiet")
    git("add", "docs")
    assert changed_on(tmp_path / "docs", danish) is None
    git("commit", "--quiet", "--message", "One")
    assert changed_on(tmp_path / "docs", danish) == dt.date(2026, 3, 4)
    git("commit", "--quiet", "--message", "Two", "--allow-empty")
    git("clone", "--quiet", "--depth", "1", tmp_path.as_uri(), "shallow")
    assert changed_on(tmp_path / "shallow/docs", danish) is None
    (tmp_path / "docs" / danish.path).write_text("changed", "utf-8")
    assert changed_on(tmp_path / "docs", danish) is None


UNREADABLE = [
    ("marks of a conflict", "index:\n- a\n<<<<<<< HEAD\n- b\n=======\n- c\n>>>>>>> main\n", 3, "conflict"),
    ("another shape", "index: a\n", 1, "data"),
    ("not UTF-8", "index: [\xe6]\n", 1, "data"),
    ("a page twice", "about:\n- a\nindex:\n- a\nabout:\n- b\n", 5, "data"),
    ("an alias", "about: &a\n- a\nindex: *a\n", 1, "data"),
]


@pytest.mark.parametrize(("text", "line", "rule"), [u[1:] for u in UNREADABLE], ids=[u[0] for u in UNREADABLE])
def test_a_file_that_cannot_be_read_is_told_at_its_line(tmp_path: Path, text: str, line: int, rule: str) -> None:
    stamped(tmp_path)
    (tmp_path / FILE).write_bytes(text.encode("latin-1"))
    _, problems = check(tmp_path / "docs")
    assert [(p.file, p.line, p.rule, p.level) for p in problems] == [(FILE, line, rule, "error")]
    assert read(tmp_path)[0] == {}


def test_a_translation_that_nobody_has_stamped_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stamped(tmp_path)
    write(tmp_path, {key: state for key, state in read(tmp_path)[0].items() if key != REPAIR})
    monkeypatch.chdir(tmp_path)
    (told,) = check(Path("docs"))[1]
    assert (told.file, told.line, told.rule) == (f"docs/{REPAIR}.en.md", 1, "translation-old")
    assert told.fix.endswith(f"make translated ARTICLE={REPAIR}, or ask for it in your proposal")
    assert main("alliance/repairs") == 1
    assert f"did you mean “{REPAIR}”?" in capsys.readouterr().err
    assert main(REPAIR) == 0
    assert check(Path("docs"))[1] == []


def test_one_call_stamps_all_pages_but_forgets_none_that_has_a_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamped(tmp_path)
    before = read(tmp_path)[0]
    file = tmp_path / f"docs/{REPAIR}.da.md"
    file.write_text(file.read_text("utf-8").replace("title: ", "titel: ", 1), "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main("") == 0
    assert read(tmp_path)[0][REPAIR] == before[REPAIR]
    assert read(tmp_path)[0].keys() == before.keys()


def test_the_translations_of_the_site_itself_are_stamped() -> None:
    assert read(ROOT)[1] == []
    assert read(ROOT)[0]
