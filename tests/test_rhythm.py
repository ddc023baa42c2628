"""The rhythm of a text: how its sentences vary, whatever stands around them."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import fmean, pstdev

import pytest

from conftest import ROOT
from knowledge.checks.__main__ import main
from knowledge.checks.readability import Rhythm, rhythm
from knowledge.checks.report import data, readability
from knowledge.content.library import Library
from knowledge.core.cache import Cache

PLAIN = "Sover du? Det gør mange ikke, når de har for meget om ørerne. Vent lidt.\n"
LENGTHS = (2, 11, 2)
AS_PLAIN = Rhythm(pstdev(LENGTHS) / fmean(LENGTHS), 2 / 3, 1 / 3)
SAME = {
    "a heading": f"## Et afsnit om søvn og alt muligt andet\n\n{PLAIN}",
    "a table": f"{PLAIN}\n| Titel | Hvem holder øje, og hvem klager du til? |\n|---|---|\n| Psykolog | Staten. Ja? |\n",
    "a table without outer bars": PLAIN + "\n| A | B |\n| :-- | --: |\n| x? | y. |\n",
    "a box's title": f'!!! example "Et eksempel, der er ret langt?"\n    {PLAIN}',
    "code": f"{PLAIN}\n```\nif x: print()\n```\n",
    "citations": PLAIN.replace("ikke,", "ikke [@a; @b],").replace("lidt.", "lidt [@c, s. 2]."),
    "links and marks": PLAIN.replace("mange", "[mange](x.da.md)").replace("Vent", "**Vent**"),
    "items of a list": "- Sover du?\n- Det gør mange ikke, når de har for meget om ørerne.\n- Vent lidt.\n",
    "items without stops": "1. Sover du?\n2. Det gør mange ikke, når de har for meget om ørerne\n3. Vent lidt\n",
    "items with tasks": PLAIN.replace("? ", "?\n- [x] ").replace(". ", ".\n- [ ] ").replace("Sover", "- [ ] Sover"),
    "a list below a line": "Sover du?\n\n- Det gør mange ikke,\n  når de har for meget om ørerne.\n- Vent lidt.\n",
    "a question of the FAQ": "## F {#faq}\n\n### Sover du? {#x-sleep}\n\n" + PLAIN.partition("? ")[2],
    "speech": PLAIN.replace("Sover du?", "»Sover du?«"),
    "a quotation": "".join(f"> {line}\n" for line in PLAIN.strip().split("\n")),
    "lines": PLAIN.replace("ikke, når", "ikke,\nnår"),
    "an abbreviation": PLAIN.replace("for meget", "fx. meget"),
    "thousands": PLAIN.replace("mange", "1.314"),
}


@pytest.mark.parametrize("text", SAME)
def test_only_sentences_count(text: str) -> None:
    found = rhythm(SAME[text])
    assert found
    assert (found.variation, found.short, found.questions) == pytest.approx(
        (AS_PLAIN.variation, AS_PLAIN.short, AS_PLAIN.questions)
    )


@pytest.mark.parametrize("text", ["", "## Kun en overskrift\n", "| A |\n|---|\n| B. |\n", "!!! note\n"])
def test_a_text_without_a_sentence_has_no_rhythm(text: str) -> None:
    assert rhythm(text) is None


def test_the_report_prints_it_beside_lix_and_says_what_is_low(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = docs / "alliance/repair.da.md"
    even = "Her er en sætning med ni ord i alt.\n\n" * 20
    page.write_text(page.read_text("utf-8").replace("## Et brud", f"{even}## Et brud"), "utf-8")
    main(["--docs", str(docs)])
    (line,) = [line for line in capsys.readouterr().out.split("\n") if line.strip().startswith("alliance/repair ")]
    assert "LIX" in line
    for name in ("variation", "short", "questions"):
        assert f"{name} " in line
    assert line.count("low") >= 3
    main(["--docs", str(docs), "--json"])
    told = json.loads(capsys.readouterr().out)["rhythm"]
    assert set(told["alliance/repair.da.md"]) == {"variation", "short", "questions"}
    assert not [path for path in told if path.endswith(".en.md")]


def test_the_figures_that_are_kept_follow_the_text(docs: Path, tmp_path: Path) -> None:
    kept, page = Cache(tmp_path / "kept.sqlite"), docs / "alliance/repair.da.md"
    before = readability(Library.load(docs), "en", kept)
    assert readability(Library.load(docs), "en", kept) == before
    page.write_text(page.read_text("utf-8") + "\nHer er en sætning med ni ord i alt.\n" * 20, "utf-8")
    after = readability(Library.load(docs), "en", kept)
    assert [line.split()[0] for line in {*before} - {*after}] == ["alliance/repair"]
    assert after == readability(Library.load(docs), "en")


def test_a_preview_asks_for_the_problems_without_counting_syllables_again(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, library = Cache(tmp_path / "kept.sqlite"), Library.load(docs)
    before = data(library, [], kept)
    assert before["readability"]["alliance/repair.da.md"]["LIX"] > 0
    monkeypatch.setattr("knowledge.checks.report.score", lambda *_: pytest.fail("it counted again"))
    assert data(library, [], kept) == before


def test_every_article_has_a_rhythm() -> None:
    found = {a.key: rhythm(a["da"].body) for a in Library.load(ROOT / "docs").of_kind("article")}
    assert len(found) > 20
    assert all(r and 0.2 < r.variation < 1.5 and 0 < r.short < 0.9 and 0 < r.questions < 0.6 for r in found.values())
