"""What editors get right is told by no rule, and where one knows better than a rule, one can say so."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from conftest import ROOT
from knowledge.checks.allowance import Allowed, allowed
from knowledge.checks.check import check
from knowledge.checks.rules import RULES
from knowledge.core.cache import Cache
from knowledge.core.language import LANGUAGES
from test_planted import HARMLESS, _opened

RIGHT = yaml.safe_load((ROOT / "tests/right.yml").read_text("utf-8"))
ARTICLE = "nlp-tools/rapport"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    """A cache, as a build has one."""
    return Cache(tmp_path_factory.mktemp("right") / "kept.sqlite", remembers=True)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A copy of the real content."""
    return shutil.copytree(ROOT / "docs", tmp_path / "docs")


def write(docs: Path, lang: str, *, head: dict[str, str] | None = None, paragraph: str = "") -> None:
    """Give an article's file other keys, and a paragraph before its text."""
    file = docs / f"{ARTICLE}.{lang}.md"
    text = file.read_text("utf-8")
    for key, value in (head or {}).items():
        line = f"{key}: {value}"
        text, count = re.subn(rf"(?m)^{key}:.*$", lambda _, line=line: line, text, count=1)
        text = text if count else text.replace("\n---\n", f"\n{line}\n---\n", 1)
    file.write_text(_opened(text, paragraph) if paragraph else text, "utf-8")


@pytest.mark.parametrize("right", RIGHT, ids=[right["right"] for right in RIGHT])
def test_a_right_text_is_not_told(docs: Path, kept: Cache, right: dict) -> None:
    if "da" in right or "en" in right:
        for lang in LANGUAGES:
            write(docs, lang, paragraph=right.get(lang, HARMLESS[lang]))
    if "set" in right:
        values = {k: f'"{v}"' if right.get("quoted") else v for k, v in right["set"].items()}
        write(docs, "da", head=values)
    if "data" in right:
        name, old, new = right["data"]
        text = (docs / name).read_text("utf-8")
        assert old in text
        (docs / name).write_text(text.replace(old, new, 1), "utf-8")
    library, problems = check(docs, kept, with_spelling=True)
    assert ARTICLE in library.articles
    assert [str(problem) for problem in problems] == []


WRONG = "Der var 4711 mennesker."
REASON = "allow: [{rule: figures, text: 4711, why: Tallet gælder kun Danmark}]"


def test_an_allowance_silences_one_finding_and_is_listed(docs: Path, kept: Cache) -> None:
    write(docs, "da", paragraph=WRONG)
    write(docs, "en", paragraph="There were people.")
    assert [problem.rule for problem in check(docs, kept)[1]] == ["figures"]
    write(docs, "da", head={"allow": REASON.removeprefix("allow: ")})
    library, problems = check(docs, kept)
    assert [str(problem) for problem in problems] == []
    mine = [a for a in allowed(library) if a.rule == "figures"]
    line = (docs / f"{ARTICLE}.da.md").read_text("utf-8").split("\n").index(REASON) + 1
    assert mine == [Allowed(f"docs/{ARTICLE}.da.md", line, "figures", "4711", "Tallet gælder kun Danmark")]


def test_an_allowance_does_not_silence_a_second_finding(docs: Path) -> None:
    write(docs, "da", head={"allow": REASON.removeprefix("allow: ")}, paragraph=f"{WRONG}\n\n{WRONG}")
    write(docs, "en", paragraph="There were people.\n\nThere were people.")
    assert [problem.rule for problem in check(docs)[1]] == ["figures"]


def test_an_allowance_of_another_file_silences_nothing(docs: Path) -> None:
    write(docs, "da", paragraph=WRONG)
    write(docs, "en", head={"allow": REASON.removeprefix("allow: ")}, paragraph="There were people.")
    problems = check(docs)[1]
    assert sorted((problem.file[-5:], problem.rule) for problem in problems) == [
        ("da.md", "figures"),
        ("en.md", "allow"),
    ]


def test_what_a_page_cannot_do_without_no_reason_silences() -> None:
    firm = {rule.id for rule in RULES if rule.is_local and rule.is_firm}
    assert firm == {"front-matter", "source"}
    assert all(rule.is_firm for rule in RULES if not rule.is_local)
