"""Ways of speaking of suicide and self-harm are found in both languages, and what only sounds like them is not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from conftest import ROOT
from knowledge.checks.check import check
from knowledge.checks.phrases import spoken
from knowledge.checks.rules.text import grave_phrases
from knowledge.core.cache import Cache
from knowledge.core.language import LANGUAGES

SPOKEN = yaml.safe_load((ROOT / "tests/spoken.yml").read_text("utf-8"))
LISTED = yaml.safe_load((ROOT / "docs/data/grave-words.yml").read_text("utf-8"))
GRAVE = {lang: grave_phrases(LISTED, lang) for lang in LANGUAGES}
CASES = [(lang, kind, text) for lang in LANGUAGES for kind in ("found", "harmless") for text in SPOKEN[lang][kind]]


def test_what_is_said_is_found_and_what_only_sounds_like_it_is_not() -> None:
    assert len(CASES) > 300
    assert [
        f"{lang} {kind}: {written}"
        for lang, kind, text in CASES
        for written in (text, text.upper(), f"»{text}«")
        if bool(list(spoken(written, GRAVE[lang]))) != (kind == "found")
    ] == []


def test_each_phrase_stands_once_in_its_list() -> None:
    for lang in LANGUAGES:
        assert len(LISTED[lang]) == len(set(LISTED[lang])) >= 50


def test_a_page_without_the_box_is_told_at_the_words(docs: Path) -> None:
    (docs / "data/grave-words.yml").write_bytes((ROOT / "docs/data/grave-words.yml").read_bytes())
    file = docs / "alliance/repair.en.md"
    text = file.read_text("utf-8").replace("Nothing under", "Some no longer want to live. Nothing under")
    file.write_text(text, "utf-8")
    (problem,) = check(docs)[1]
    line = text.split("\n")[problem.line - 1]
    assert line[problem.column - 1 :].startswith("no longer want to live")
    assert (problem.rule, problem.fix) == ("help-box", "add “help: true” to docs/alliance/repair.da.md")
    danish = docs / "alliance/repair.da.md"
    danish.write_text(danish.read_text("utf-8").replace("certainty:", "help: true\ncertainty:"), "utf-8")
    assert check(docs)[1] == []


def said(phrase: str) -> str:
    """One way of saying a phrase."""
    tokens = [token for token in phrase.split() if token != "…" and not token.startswith("!")]
    return " ".join(token.split("/")[0].replace("*", "") for token in tokens)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_50_kb_of_half_said_phrases_are_read(lang: str) -> None:
    """To their ends, where the phrases are said: in a text that lacks a word of a phrase nobody looks for the rest."""
    begun: dict[str, list[str]] = {}
    for phrase in GRAVE[lang]:
        begun.setdefault(said(phrase).split()[0], []).append(phrase)
    for first, phrases in begun.items():
        text, places = (f"{first} " * 25_000)[:50_000], []
        for phrase in phrases:
            text += ". "
            places.append(len(text))
            text += said(phrase)
        assert {*places} <= {start for start, _ in spoken(text, phrases)}, phrases


def test_a_phrase_that_is_added_is_seen_in_texts_that_were_looked_through_before(docs: Path, tmp_path: Path) -> None:
    kept = Cache(tmp_path / "kept.sqlite")
    assert check(docs, kept)[1] == []
    kept.close()
    (docs / "data/grave-words.yml").write_text("da: [ved et brud]\nen: [a rupture in the work]\n", "utf-8")
    told = check(docs, Cache(tmp_path / "kept.sqlite"))[1]
    assert [problem.rule for problem in told] == ["help-box"]
