"""What a change means for readers: told page by page, and in what."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import built, configured
from knowledge.impact import AROUND, Impact, differences, impact

PAGE = """<!doctype html><html><head><title>T</title><link rel="stylesheet" href="/a.css">
<script type="application/ld+json">{"a": 1}</script></head><body><header>Menu</header><main><h1>H</h1>
<p>A <a href="/x/">b</a>.</p>
<section class="faq"><details><summary><h3>Q?</h3></summary><div>Yes.</div></details></section>
<section class="related"><ul><li><img src="/i.svg" alt="">R</li></ul></section></main></body></html>"""
CASES = [
    ("nothing", "", "", ()),
    ("a word", ">A <", ">An <", ("text",)),
    ("the title", "<title>T<", "<title>U<", ("text",)),
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
    assert (found.added, found.removed) == ((), ())


def test_the_report_is_markdown_that_a_reader_understands() -> None:
    report = Impact({"a/index.html": ("text", "FAQ"), "b/index.html": (AROUND,)}, ("new/",), ("old/",), ("feed.atom",))
    told = report.markdown()
    assert told.startswith("2 pages change, 1 are new, 1 are gone.\n")
    assert "| `/a/index.html` | text, FAQ |" in told
    assert f"1 pages change only {AROUND}" in told
    assert "- gone: `/old/` (does an `aliases:` line lead on from it?)" in told
    assert Impact({}, (), (), ()).markdown() == "Nothing changes for readers.\n"
