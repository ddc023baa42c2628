"""Faults planted into copies of the real articles: each is told alone, at its line, and the articles have none.

Many stand in one copy, each in files of its own: what is told there is what was planted, and nothing else.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT, kept_content
from knowledge.checks.check import check
from knowledge.checks.rules import CHECKS
from knowledge.checks.rules.__main__ import explanations
from knowledge.content.figure import KINDS
from knowledge.core.messages import read_messages
from knowledge.core.problems import Problem

FAULTS = yaml.load((ROOT / "tests/planted.yml").read_bytes(), yaml.CSafeLoader)
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


@pytest.fixture
def real_docs(tmp_path: Path) -> Path:
    """A copy of the real content, to break."""
    return shutil.copytree(ROOT / "docs", tmp_path / "docs")


def plant(fault: dict, docs: Path) -> None:
    """Change the files as the fault says.

    `set` gives a front-matter key another value, `open` puts a paragraph before the text (and `other`, or a harmless
    one, into the other language, unless `alone` is true), `end` one behind it, `cut` takes out the first line that
    matches, `swap` replaces the first match of a pattern, `long` adds bytes, `new` is the name of another file to write
    it into, `beside` holds what else lies there. Of a file that is `unread` for its fault nothing else is told.
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
    if "rename" in fault:
        file.rename(file.parent / fault["rename"])
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
            twin.write_text(_opened(twin.read_text("utf-8"), fault.get("other", HARMLESS[other])), "utf-8")
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


Fault = dict[str, Any]


def is_spelled(fault: Fault) -> bool:
    """Whether a fault is one of those that only a check with dictionaries tells, which take longer than all else."""
    return bool({fault["rule"], fault.get("also")} & {"spelling", *(rule.id for rule in CHECKS)})


def is_unread(fault: Fault) -> bool:
    """Whether the site may not hold what a file says because of a fault: others then say less."""
    return fault["rule"] in UNREADABLE or fault.get("unread", False)


def touched(fault: Fault) -> set[str]:
    """What a fault changes, names or is told in: articles, whatever their language, and files that are broken."""
    named = [fault["in"], fault.get("told", ""), fault.get("new", ""), *fault.get("beside", {})]
    named += re.findall(r"\b(?:alliance|nlp-tools|stress-ladder)/[a-z-]+", str(fault))
    is_a_place = "write" in fault or is_unread(fault)  # Elsewhere several stand in one list.
    places = {re.sub(r"(\.\w\w)?\.\w+$", "", name) for name in named if name and (is_a_place or name[:5] != "data/")}
    if is_a_place:
        return places
    swapped = fault.get("swap", [""])[0]
    return {*places, *(f"{fault['in']}: {text}" for text in re.findall(r'".+"', swapped) or [swapped])}


UNREADABLE = ("front-matter", "data", "pair", "slug", "conflict", "invisible")
"""Rules that tell of files of which the site may not hold what they say."""


def batches() -> list[list[Fault]]:
    """Faults that can stand in one copy: no two in the same files, and none by a file that cannot be read."""
    found: list[tuple[tuple[bool, ...], set[str], list[Fault]]] = []
    for fault in FAULTS:
        # Which numbers there are is not said while one of them is wrong.
        kind = (is_spelled(fault), "more" in fault, is_unread(fault), fault["rule"] == "help-text")
        for known, files, batch in found:
            if known == kind and not files & touched(fault):
                files |= touched(fault)
                batch.append(fault)
                break
        else:
            found.append((kind, touched(fault), [fault]))
    return [batch for _, _, batch in found]


@pytest.mark.parametrize("batch", batches(), ids=lambda batch: batch[0]["fault"])
def test_a_planted_fault_is_told_alone_and_at_its_line(real_docs: Path, batch: list[Fault]) -> None:
    for fault in batch:
        plant(fault, real_docs)
    _, found = check(real_docs, kept_content(), with_spelling=is_spelled(batch[0]))
    places = [(f"docs/{fault.get('told', fault['in'])}", line_of(fault, real_docs)) for fault in batch]
    files = {file for file, _ in places}
    problems = [problem for problem in found if problem.rule not in DUE or problem.file in files]
    told, faults, expected = "\n".join(map(str, problems)), [], set()
    for fault, (file, line) in zip(batch, places, strict=True):
        expected |= {(file, line, rule) for rule in (fault["rule"], fault.get("also")) if rule}
        problem = next((problem for problem in problems if where(problem) == (file, line, fault["rule"])), None)
        if not problem:
            faults.append(f"“{fault['fault']}” is not told at {file}:{line}")
            continue
        text = (real_docs / file.removeprefix("docs/")).read_text("utf-8").split("\n")[line - 1 : line]
        if fault["says"] not in problem.message or fault.get("fix", "") not in problem.fix or not problem.fix:
            faults.append(f"“{fault['fault']}” is told in other words: {problem}")
        if "column" in fault and not text[0][problem.column - 1 :].startswith(fault["column"]):
            faults.append(f"“{fault['fault']}” is told at another column: {problem}")
    if not batch[0].get("more"):  # Two faults in one, of which the other is told too.
        differing = sorted({where(problem) for problem in problems} ^ expected)
        faults += [f"told and not planted, or planted and not told: {place}" for place in differing]
    assert not FOREIGN.search(told), told
    assert {(str(spoken), word) for spoken in problems for word in english_left(spoken)} == set()
    assert not faults, "\n".join([*faults, "", told])


def test_the_articles_have_no_problem() -> None:
    _, problems = check(ROOT / "docs", kept_content(), with_spelling=True)
    assert [str(problem) for problem in problems if problem.rule not in DUE] == []


def test_every_rule_has_a_planted_fault() -> None:
    assert explanations("en").keys() - ELSEWHERE == {fault["rule"] for fault in FAULTS}
    assert len(FAULTS) >= 50
