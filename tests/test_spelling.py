"""Spelling: what the dictionaries know, what the project adds, and what happens without them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import ROOT, kept_content
from knowledge.checks import dictionary as dictionary_module
from knowledge.checks.check import check
from knowledge.checks.dictionary import Dictionary, word_list
from knowledge.checks.rules import CHECKS, problems, spelling
from knowledge.checks.rules.spelling import NAMES, SUGGESTED, _place
from knowledge.content.library import Library
from knowledge.core.language import LANGUAGES, locale_name

WORDS = [
    ("da", "stresstrappen", True),
    ("da", "samtalle", False),
    ("da", "Korzybskis", True),
    ("da", "bl.a", True),
    ("da", "NLP-værktøjer", True),
    ("da", "slut.Næste", False),
    ("en", "colour", True),
    ("en", "color", False),
    ("en", "therapist’s", True),
    ("en", "Bordin's", True),
    ("en", "recieve", False),
]


@pytest.mark.parametrize(("lang", "word", "right"), WORDS, ids=[f"{lang} {word}" for lang, word, _ in WORDS])
def test_a_word_is_known_or_not(lang, word: str, right: bool) -> None:
    dictionary = Dictionary(lang, frozenset(word_list(ROOT / "docs", lang)))
    assert dictionary.missing is None
    assert dictionary.knows(word) is right


@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_word_lists_are_sorted(lang) -> None:
    words = word_list(ROOT / "docs", lang)
    assert words == sorted(set(words), key=lambda word: _place(word, lang))
    assert "" not in words


def test_what_a_system_has_of_dictionaries_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next version of Debian has others, and `make check` found seven mistakes there."""
    monkeypatch.delenv("DICPATH", raising=False)
    for lang in LANGUAGES:
        files = [ROOT / "dictionaries" / f"{locale_name(lang)}.{ending}" for ending in ("aff", "dic")]
        assert all(str(file) in Dictionary(lang).version for file in files)


def test_without_dictionaries_a_warning_says_where_to_put_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dictionary_module, "FOLDER", tmp_path)
    monkeypatch.delenv("DICPATH", raising=False)
    library, _ = Library.read(ROOT / "docs")
    told = problems(library, CHECKS)
    assert [(problem.rule, problem.level) for problem in told] == [("dictionary", "warning")] * 2
    assert "put da_DK.aff and da_DK.dic into dictionaries/" in told[0].fix
    assert "put en_GB.aff and en_GB.dic into dictionaries/" in told[1].fix


def test_dictionaries_of_another_folder_are_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "da_DK.aff").write_text("SET UTF-8\n")
    (tmp_path / "da_DK.dic").write_text("1\nfnugbørste\n")
    monkeypatch.setenv("DICPATH", str(tmp_path))
    assert Dictionary("da").knows("fnugbørste")
    assert not Dictionary("da").knows("samtale")


def test_what_is_kept_of_articles_and_data_follows_the_lists_of_words(tmp_path: Path) -> None:
    docs = shutil.copytree(ROOT / "docs", tmp_path / "docs")

    def told() -> list[str]:
        return [
            p.message for p in check(docs, kept_content(), with_spelling=True)[1] if p.rule in ("spelling", "word-list")
        ]

    article, listed = docs / "alliance/micro-repair.da.md", docs / "data/words.da.txt"
    typed = docs / "data/search.da.yml"
    assert told() == []
    article.write_text(article.read_text("utf-8") + "\nEn blofflik sætning.\n", "utf-8")
    typed.write_text(typed.read_text("utf-8").replace("  - ", "  - blofflik ", 1), "utf-8")
    assert told() == ["“blofflik” is in no Danish dictionary"] * 2
    before = listed.read_text("utf-8")
    words = sorted([*before.split("\n")[:-1], "blofflik"], key=lambda word: _place(word, "da"))
    listed.write_text("\n".join(words) + "\n", "utf-8")
    assert told() == []
    listed.write_text(before, "utf-8")
    assert told() == ["“blofflik” is in no Danish dictionary"] * 2


def test_a_word_is_looked_up_once_and_no_more_words_than_an_editor_can_fix(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for lang in ("da_DK", "en_GB"):
        (tmp_path / f"{lang}.aff").write_text("SET UTF-8\n")
        (tmp_path / f"{lang}.dic").write_text("1\nfnugbørste\n")
    monkeypatch.setenv("DICPATH", str(tmp_path))
    docs = shutil.copytree(ROOT / "tests/site/docs", tmp_path / "docs")
    article = docs / "alliance/repair.da.md"
    text = article.read_text("utf-8")
    names = " ".join(f"B{a}k{b}v" for a in "aeiouyæøå" for b in "bcdfghjklmnprstvxzaeiouyæøå")
    article.write_text(f"{text}\nen fnugbørte, to fnugbørte, tre fnugbørte, {names}\n", "utf-8")
    dictionary_module._suggested.cache_clear()
    told = [p for p in check(docs, with_spelling=True)[1] if p.rule == "spelling"]
    assert len({problem.message for problem in told}) > NAMES + SUGGESTED  # All words but one are in no dictionary.
    assert dictionary_module._suggested.cache_info().misses <= NAMES + SUGGESTED
    monkeypatch.setattr(spelling, "SUGGESTED", 10_000)
    told = [p for p in check(docs, with_spelling=True)[1] if "“fnugbørte”" in p.message]
    assert ["did you mean “fnugbørste”?" in problem.fix for problem in told] == [True] * 3
    looked_up = dictionary_module._suggested.cache_info().misses
    check(docs, with_spelling=True)
    assert dictionary_module._suggested.cache_info().misses == looked_up
