"""Faults planted into a copy of the real articles: each is told alone, at its line, and the articles have none."""

from __future__ import annotations

import functools
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from conftest import ROOT
from knowledge.checks.check import check
from knowledge.checks.rules import CHECKS, RULES
from knowledge.content import library as library_module
from knowledge.core.problems import Problem

FAULTS = yaml.safe_load((ROOT / "tests/planted.yml").read_text("utf-8"))
ELSEWHERE = frozenset(
    "translation-old dictionary pages public newsletter comments training_client published search external-link topic "
    "uncited picture".split()
)
"""Rules on the machine, settings, templates or several files: planted in the tests of their modules."""


@pytest.fixture(autouse=True, scope="module")
def _read_each_file_once() -> None:
    """An article that no fault touches need not be parsed anew for each."""
    once = functools.cache(library_module.read_translation)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library_module, "read_translation", once)
        yield


@pytest.fixture
def real_docs(tmp_path: Path) -> Path:
    """A copy of the real content, to break."""
    return shutil.copytree(ROOT / "docs", tmp_path / "docs")


def plant(fault: dict, docs: Path) -> None:
    """Change the files as the fault says.

    `set` gives a front-matter key another value, `open` puts a paragraph before the text, `end` one behind it,
    `cut` takes out the first line that matches, `swap` replaces the first match of a pattern, `long` adds bytes.
    """
    file = docs / fault["in"]
    if fault.get("delete"):
        file.unlink()
        return
    text = fault["write"] if "write" in fault else file.read_text("utf-8")
    text += " " * fault.get("long", 0)
    for key, value in fault.get("set", {}).items():
        text = _once(rf"(?m)^{key}:.*$", f"{key}: {value}", text)
    if "open" in fault:
        text = _once(r"\A---\n.*?\n---\n", lambda head: f"{head[0]}{fault['open']}\n\n", text, re.DOTALL)
    if "end" in fault:
        text = f"{text.rstrip()}\n\n{fault['end']}\n"
    if "cut" in fault:
        text = _once(rf"(?m)^.*{fault['cut']}.*\n", "", text)
    if "swap" in fault:
        pattern, new = fault["swap"]
        text = _once(pattern, new, text, re.DOTALL | re.MULTILINE)
    file.write_text(text, "utf-8")


def _once(pattern: str, new: str | Callable[[re.Match[str]], str], text: str, flags: int = 0) -> str:
    changed, count = re.subn(pattern, new if callable(new) else lambda _: new, text, count=1, flags=flags)
    assert count == 1, pattern
    return changed


def line_of(fault: dict, docs: Path) -> int:
    """The line on which the problem must be told: 1, or that of the first line that matches."""
    if "at" not in fault:
        return 1
    lines = (docs / fault.get("told", fault["in"])).read_text("utf-8").split("\n")
    found = [number for number, line in enumerate(lines, 1) if re.search(fault["at"], line)]
    assert found, fault["at"]
    return found[0]


def where(problem: Problem) -> tuple[str, int, str]:
    """What must be exact: the file, the line and the rule."""
    return problem.file, problem.line, problem.rule


DUE = frozenset({"review-due", "help-due"})
"""Rules that find more as time goes by: on what nobody has planted they say nothing of the code."""


@pytest.mark.parametrize("fault", FAULTS, ids=[fault["fault"] for fault in FAULTS])
def test_a_planted_fault_is_told_alone_and_at_its_line(real_docs: Path, fault: dict) -> None:
    plant(fault, real_docs)
    _, found = check(real_docs, with_spelling=True)
    own = f"docs/{fault.get('told', fault['in'])}"
    problems = [problem for problem in found if problem.rule not in DUE or problem.file == own]
    expected = (f"docs/{fault.get('told', fault['in'])}", line_of(fault, real_docs), fault["rule"])
    told = "\n".join(map(str, problems))
    also = {(*expected[:2], fault["also"])} if "also" in fault else set()
    assert {where(problem) for problem in problems} == {expected, *also}, told
    problem = next(problem for problem in problems if problem.rule == fault["rule"])
    assert fault["says"] in problem.message, told
    assert problem.mend
    if "column" in fault:
        line = (real_docs / problem.file.removeprefix("docs/")).read_text("utf-8").split("\n")[problem.line - 1]
        assert line[problem.column - 1 :].startswith(fault["column"]), told


def test_the_articles_have_no_problem(real_docs: Path) -> None:
    _, problems = check(real_docs, with_spelling=True)
    assert [str(problem) for problem in problems if problem.rule not in DUE] == []


def test_every_rule_has_a_planted_fault() -> None:
    assert {rule.id for rule in (*RULES, *CHECKS)} - ELSEWHERE == {fault["rule"] for fault in FAULTS}
    assert len(FAULTS) >= 50
