"""Translations: a changed Danish section flags exactly its English one, for editors and for readers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from conftest import ROOT, built, configured
from knowledge.library import Library
from knowledge.translation_state import fingerprints, read, stale, write

REPAIR = "alliance/repair"
CHANGES: list[tuple[str, Callable[[str], str], list[str]]] = [
    ("nothing", lambda text: text, []),
    ("white space", lambda text: text.replace("Et brud i samarbejdet", "Et  brud i\nsamarbejdet"), []),
    ("a date", lambda text: text.replace("reviewed: 2026-11-20", "reviewed: 2026-11-21"), []),
    ("the title", lambda text: text.replace("title: Reparation", "title: Ny reparation"), [""]),
    ("the opening", lambda text: text.replace("Et brud i samarbejdet", "Brud i samarbejdet"), [""]),
    ("a section", lambda text: text.replace("Terapeuten siger", "Behandleren siger"), ["A rupture is not the end"]),
    ("a heading", lambda text: text.replace("## Et brud er", "## Brud er"), ["A rupture is not the end"]),
    ("an answer", lambda text: text.replace("Intet under", "Intet over"), ["Frequently asked questions"]),
]


def stamped(folder: Path) -> Path:
    """A copy of tests/site whose translations are all up to date; returns its mkdocs.yml."""
    config = configured(folder, {})
    library = Library.load(folder / "docs")
    write(folder, {article.key: fingerprints(article["da"]) for article in library.of_kind("article")})
    return config


@pytest.mark.parametrize(("change", "expected"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_a_changed_section_flags_exactly_its_translation(
    tmp_path: Path, change: Callable[[str], str], expected: list[str]
) -> None:
    stamped(tmp_path)
    file = tmp_path / f"docs/{REPAIR}.da.md"
    file.write_text(change(file.read_text("utf-8")), "utf-8")
    library, problems = Library.read(tmp_path / "docs")
    found = list(stale(library[REPAIR], read(tmp_path)[REPAIR]))
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
    (line,) = english.xpath("//p[@class='stale']")
    assert line.text_content() == "The Danish text has been updated. This translation is older."
    assert line.getnext().text_content() == "A rupture is not the end"
    danish = html.fromstring((site / "alliancen/reparation/index.html").read_text("utf-8"))
    assert danish.xpath("//p[@class='stale']") == []
    status = html.fromstring((site / "en/translations/index.html").read_text("utf-8"))
    assert status.xpath("//main//h2/a/text()") == ["Repair after a rupture"]
    assert status.xpath("//main//li[not(ancestor::nav)]/text()") == ["A rupture is not the end"]
    assert status.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "translations" not in (site / "sitemap.xml").read_text("utf-8")


def test_every_article_is_stamped() -> None:
    state = read(ROOT)
    assert list(state) == sorted(article.key for article in Library.load(ROOT / "docs").of_kind("article"))
