"""Faults planted into a copy of the real articles: each is told alone, at its line, and the articles have none."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from conftest import ROOT
from knowledge.checks.check import check
from knowledge.checks.rules import CHECKS
from knowledge.checks.rules.__main__ import explanations
from knowledge.content.figure import KINDS
from knowledge.core.cache import Cache
from knowledge.core.messages import read_messages
from knowledge.core.problems import Problem

FAULTS = yaml.safe_load((ROOT / "tests/planted.yml").read_text("utf-8"))
ELSEWHERE = frozenset(
    "translation-old dictionary pages public newsletter comments block training_client published external-link "
    "topic uncited credit poster heavy-file yaml config template strings looks style script".split()
)
"""Rules on the machine, settings, templates or several files: planted in the tests of their modules."""

FOREIGN = re.compile(
    r"[Ii]nput should|[Ff]ield required|validation error|mapping values|line \d+, column|Errno|Traceback"
)
"""Words of pydantic, YAML and Python, which no editor should have to read."""
HARMLESS = {"da": "Det kan du læse mere om her.", "en": "You can read more about it here."}
"""A paragraph with nothing wrong in it."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    """A cache, as a build has one: an article that no fault touches need not be read anew for each."""
    return Cache(tmp_path_factory.mktemp("planted") / "kept.sqlite", remembers=True)


@pytest.fixture
def real_docs(tmp_path: Path) -> Path:
    """A copy of the real content, to break."""
    return shutil.copytree(ROOT / "docs", tmp_path / "docs")


def plant(fault: dict, docs: Path) -> None:
    """Change the files as the fault says.

    `set` gives a front-matter key another value, `open` puts a paragraph before the text (and a harmless one into the
    other language, unless `alone` is true), `end` one behind it, `cut` takes out the first line that matches, `swap`
    replaces the first match of a pattern, `long` adds bytes, `new` is the name of another file to write it into,
    `beside` holds what else lies there.
    """
    file = docs / fault["in"]
    for path, content in fault.get("beside", {}).items():
        (docs / path).write_text(content, "latin-1")
    if "new" in fault:
        (docs / fault["new"]).write_text(fault.get("write", file.read_text("utf-8")), "utf-8")
        return
    if fault.get("delete"):
        file.unlink()
        return
    text = fault["write"] if "write" in fault else file.read_text("utf-8")
    text += " " * fault.get("long", 0)
    for key, value in fault.get("set", {}).items():
        text = _once(rf"(?m)^{key}:.*$", f"{key}: {value}", text)
    if "open" in fault:
        text = _opened(text, fault["open"])
        other = {"da": "en", "en": "da"}[fault["in"][-5:-3]]
        if not fault.get("alone"):
            twin = docs / f"{fault['in'][:-5]}{other}.md"
            twin.write_text(_opened(twin.read_text("utf-8"), HARMLESS[other]), "utf-8")
    if "end" in fault:
        text = f"{text.rstrip()}\n\n{fault['end']}\n"
    if "cut" in fault:
        text = _once(rf"(?m)^.*{fault['cut']}.*\n", "", text)
    if "swap" in fault:
        pattern, new = fault["swap"]
        new = new if new is not None else lambda found: found[2] + found[1]
        text = _once(pattern, new, text, re.DOTALL | re.MULTILINE)
    file.write_text(text, "utf-8")


def _opened(text: str, paragraph: str) -> str:
    return _once(r"\A---\n.*?\n---\n", lambda head: f"{head[0]}{paragraph}\n\n", text, re.DOTALL)


def _once(pattern: str, new: str | Callable[[re.Match[str]], str], text: str, flags: int = 0) -> str:
    changed, count = re.subn(pattern, new if callable(new) else lambda _: new, text, count=1, flags=flags)
    assert count == 1, pattern
    return changed


def line_of(fault: dict, docs: Path) -> int:
    """The line on which the problem must be told: 1, or that of the first line that matches (or the `nth`)."""
    if "at" not in fault:
        return 1
    lines = (docs / fault.get("told", fault["in"])).read_text("utf-8").split("\n")
    found = [number for number, line in enumerate(lines, 1) if re.search(fault["at"], line)]
    assert found, fault["at"]
    return found[fault.get("nth", 1) - 1]


def where(problem: Problem) -> tuple[str, int, str]:
    """What must be exact: the file, the line and the rule."""
    return problem.file, problem.line, problem.rule


WRITTEN = re.compile(
    r"(?:[eé]n af|oversæt det|slet det der): .*|##.*|[»“][^«”]*[«”]|`[^`]*`|\[[^\]]*\]|\{[^}]*\}"
    r"|\S*[/:=_@#<>…][^\s»]*|\b[\w-]+\.\w+\b"
)
"""What a message quotes, or an editor types: it's the same in every language."""
WORD = re.compile(r"\b[a-zæøå]{2,}\b")
SAME = {*KINDS, *"help true false status withdrawn planned make translated published high moderate low very".split()}
"""English words that an editor types in Danish too."""
ENGLISH = {word for text in read_messages("da") for word in WORD.findall(WRITTEN.sub(" ", text))}
ENGLISH |= {"list", "table", "paragraph", "paragraphs", "row", "rows", "box", "boxes"}
DANISH = {word for text in read_messages("da").values() for word in WORD.findall(text)}


def english_left(problem: Problem) -> set[str]:
    """English words of a message in Danish, outside what it quotes."""
    spoken = problem.in_language("da")
    said = WRITTEN.sub(" ", f"{spoken.message}; {spoken.fix}")
    return set(WORD.findall(said)) & (ENGLISH - DANISH - SAME)


def test_english_that_is_left_in_danish_is_seen() -> None:
    assert {"list", "table"} <= ENGLISH - DANISH - SAME
    assert english_left(
        Problem("docs/a.da.md", 1, 1, "diagram", "nobody wrote this table; expected a list", "write it")
    )


DUE = frozenset({"review-due", "help-due"})
"""Rules that find more as time goes by: on what nobody has planted they say nothing of the code."""


@pytest.mark.parametrize("fault", FAULTS, ids=[fault["fault"] for fault in FAULTS])
def test_a_planted_fault_is_told_alone_and_at_its_line(real_docs: Path, kept: Cache, fault: dict) -> None:
    plant(fault, real_docs)
    # The dictionaries take longer than all else; what is planted elsewhere is spelled right.
    with_spelling = bool({fault["rule"], fault.get("also")} & {"spelling", *(rule.id for rule in CHECKS)})
    _, found = check(real_docs, kept, with_spelling=with_spelling)
    own = f"docs/{fault.get('told', fault['in'])}"
    problems = [problem for problem in found if problem.rule not in DUE or problem.file == own]
    expected = (f"docs/{fault.get('told', fault['in'])}", line_of(fault, real_docs), fault["rule"])
    told = "\n".join(map(str, problems))
    also = {(*expected[:2], fault["also"])} if "also" in fault else set()
    if fault.get("more"):  # Two faults in one, which are both told.
        assert expected in {where(problem) for problem in problems}, told
    else:
        assert {where(problem) for problem in problems} == {expected, *also}, told
    problem = next(problem for problem in problems if where(problem) == expected)
    assert fault["says"] in problem.message, told
    assert fault.get("fix", "") in problem.fix, told
    assert problem.fix
    assert not FOREIGN.search(told), told
    assert {(str(spoken), word) for spoken in problems for word in english_left(spoken)} == set()
    if "column" in fault:
        line = (real_docs / problem.file.removeprefix("docs/")).read_text("utf-8").split("\n")[problem.line - 1]
        assert line[problem.column - 1 :].startswith(fault["column"]), told


def test_the_articles_have_no_problem(real_docs: Path) -> None:
    _, problems = check(real_docs, with_spelling=True)
    assert [str(problem) for problem in problems if problem.rule not in DUE] == []


def test_every_rule_has_a_planted_fault() -> None:
    assert explanations("en").keys() - ELSEWHERE == {fault["rule"] for fault in FAULTS}
    assert len(FAULTS) >= 50
