"""Every message to editors is there in Danish too."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from lxml import html

import programs
from conftest import ROOT
from knowledge.checks.check import check
from knowledge.checks.report import readability
from knowledge.content.library import Library
from knowledge.core.language import LANGUAGES, Language
from knowledge.core.messages import HOLE, read_messages, spoken, translated
from knowledge.core.problems import Problem, did_you_mean, lines
from knowledge.outputs.panel import Found, Panel

CODE = ROOT / "hooks/knowledge"
TELLING = (
    "checks/**/*.py",
    "content/*.py",
    "pages/blocks/*.py",
    "pages/settings.py",
    "pages/theme/*.py",
    "core/*.py",
    "markdown/safe.py",
    "markdown/github.py",
    "markdown/left.py",
    "outputs/panel.py",
    "markdown/slips.py",
)
"""The modules that make messages."""
SILENT = {
    *("__main__.py", "messages.py", "cache.py", "fingerprint.py", "command.py", "readability.py"),
    *("words.py", "number.py"),
}
"""What these say, or hold, is no message to an editor."""
DANISH = read_messages("da")

OTHER = {
    "provider: mailchip",
    "server: comments.example",
    "address: klinik.example",
    "date: 20. november",
    "it relative to this file: ../topic/article.{0}.md",
    "{0}, and delete or move `due`",
    "did you mean “",
    "light dark",
}
"""Prose that is no message: examples, and what is only said behind other words."""
APART = {"ERRORS", "ATTRIBUTES", "EXAMPLES", "SYSTEM", "CODE", "FAQ"}
"""Names for what holds words of programs or of the calendar."""

PROSE = re.compile(r"[a-z]{2,},? |[”}] [a-z]{2,}|“")
NO_PROSE = re.compile(r"\\[\w(]|\n|^[A-ZÆØÅ<!]|^::|^[:.@][a-z]|; \}$")


def template(node: ast.AST) -> str | None:
    """A text of the code as a template; None where the node is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        parts = node.value.split("{}")
    elif isinstance(node, ast.JoinedStr):
        parts = [""]
        for value in node.values:
            if isinstance(value, ast.Constant):
                parts[-1] += value.value
            else:
                parts.append("")
    else:
        return None
    return "".join(f"{{{place - 1}}}{part}" if place else part for place, part in enumerate(parts))


def no_messages(tree: ast.AST) -> Iterator[ast.AST]:
    """What holds texts that are no messages: docstrings, patterns and lists of words."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and template(node.value) is not None:
            yield node.value
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            names = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(getattr(name, "id", "") in APART for name in names):
                yield node
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in {"compile", "sub", "replace", "join", "split", "ValueError", "TypeError"}:
                yield node
        elif isinstance(node, ast.keyword) and node.arg == "reads":  # names of fields
            yield node
        elif isinstance(node, ast.JoinedStr):
            yield from (part for part in node.values if isinstance(part, ast.Constant))


def made_by(code: str) -> Iterator[str]:
    """The templates of the messages that a module makes, or parts of messages, as far as they are prose."""
    tree = ast.parse(code)
    left_out = {id(inner) for node in no_messages(tree) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        text = template(node)
        if text is not None and id(node) not in left_out and PROSE.search(text) and not NO_PROSE.search(text):
            yield text


def collected() -> dict[str, str]:
    """The template of each message of the code, and the module that makes it."""
    files = [file for pattern in TELLING for file in sorted(CODE.glob(pattern)) if file.name not in SILENT]
    kinds = yaml.load((CODE / "content/other-kinds.yml").read_text("utf-8"), yaml.CSafeLoader)
    of_kinds = {kind[key]: "other-kinds.yml" for kind in kinds for key in ("what", "fix") if " " in kind[key]}
    marks = yaml.load((CODE / "markdown/marks.yml").read_text("utf-8"), yaml.CSafeLoader)
    said = {mark[key] for mark in marks["marks"] for key in ("what", "fix")} - marks["fixes"].keys()
    of_marks = dict.fromkeys((*said, *marks["fixes"].values()), "marks.yml")
    return {text: file.name for file in files for text in made_by(file.read_text("utf-8"))} | of_kinds | of_marks


def has_danish(text: str) -> bool:
    """Whether a template is there, alone or with what the code adds behind it."""
    return {text, text.strip(), f"{text}{{{len(HOLE.findall(text))}}}"} & (DANISH.keys() | OTHER) != set()


def test_each_message_of_the_code_has_its_danish() -> None:
    messages = collected()
    assert {"the article cites no source", "there is no source “{0}”", "did you mean “{0}”?"} <= set(messages)
    assert len(messages) > 150
    assert {text: file for text, file in messages.items() if not has_danish(text)} == {}


@pytest.mark.parametrize("text", ["write æ as ae", "write “\\\\” as it is", "der mangler et ord i brødteksten"])
def test_a_message_with_danish_letters_or_a_backslash_is_one(text: str) -> None:
    assert [*made_by(f"def found(): yield Finding(1, {text!r})")] == [text]


def test_a_message_and_its_danish_have_the_same_holes() -> None:
    assert len(DANISH) > 1000
    wrong = []
    for english, danish in DANISH.items():
        filled, expected = (HOLE.sub(lambda hole: f"x{hole[1]}y", text) for text in (english, danish))
        are_alike = sorted(HOLE.findall(danish)) == sorted(HOLE.findall(english))
        if not are_alike or re.search("[“”]", danish) or translated(filled, "da") != expected:
            wrong.append((english, danish))
    assert wrong == []


@pytest.mark.parametrize(
    ("english", "danish"),
    [
        ("there is no source “fluck”", "der er ingen kilde »fluck«"),
        ("“a table” is empty", "»a table« er tom"),
        ("this is English; expected Danish", "teksten er på engelsk, men skal være på dansk"),
        ("add “x/” to “aliases:” of the page that answers instead; did you mean “y/”?",
         "skriv »x/« under »aliases:« på den side, der svarer i stedet; mente du »y/«?"),
        ("“date” is “soon”; expected a date such as 2026-11-20",
         "»date« er »soon«; her skal stå: en dato som 2026-11-20"),
        (
            "5 pages in two languages: 1 error, 0 warnings (RULES.md explains them)",
            "5 sider på to sprog: 1 fejl, 0 advarsler (RULES.md forklarer dem)",
        ),
        ("something that nobody translated", "something that nobody translated"),
    ],
)  # fmt: skip
def test_holes_are_filled_and_what_somebody_wrote_stays(english: str, danish: str) -> None:
    assert translated(english, "da") == danish
    assert translated(english, "en") == english


def test_a_hint_is_danish_too() -> None:
    assert translated(did_you_mean("alianse", ["alliance"]), "da") == "mente du »alliance«?"
    assert translated(did_you_mean("x", ["b", "a"]), "da") == "brug én af: a, b"


def broken(docs: Path) -> list[Problem]:
    """What is found where a date and a key are wrong."""
    file = docs / "alliance/repair.da.md"
    text = file.read_text("utf-8")
    assert re.search(r"(?m)^date: .*$", text)
    file.write_text(re.sub(r"(?m)^date: .*$", "date: snart\nfarve: blå", text, count=1), "utf-8")
    _, problems = check(docs)
    return [problem for problem in problems if problem.file.endswith("repair.da.md")]


def test_what_is_not_set_is_not_what_nobody_has_seen() -> None:
    assert translated("“da.price” is not set", "da") == "»da.price« er ikke udfyldt"


def test_a_broken_file_is_told_of_in_danish(docs: Path) -> None:
    problems = broken(docs)
    told = "\n".join(lines(problems, "da"))
    assert "»date« er »snart«; her skal stå: " in told
    assert "»farve« er ikke en nøgle, der findes; " in told
    assert "expected" not in told
    assert "“" not in told
    assert [problem.in_language("da").rule for problem in problems] == [problem.rule for problem in problems]
    assert [problem.in_language("en") for problem in problems] == problems


def test_the_command_speaks_danish_by_option_and_by_lang(docs: Path) -> None:
    broken(docs)
    for option, lang in ((("--lang", "da"), "en_GB.UTF-8"), ((), "da_DK.UTF-8")):
        env = {"PYTHONPATH": str(ROOT / "hooks"), "LANG": lang, "PATH": "/usr/bin:/bin"}
        said = programs.run("knowledge.checks", "--docs", str(docs), *option, env=env).stdout
        assert "»date« er »snart«" in said, option
        assert "sider på to sprog: " in said, option


def test_the_table_below_the_findings_is_danish_too() -> None:
    library = Library.load(ROOT / "tests/site/docs")
    english, danish = (" ".join(readability(library, lang)) for lang in ("en", "da"))
    said = set("pointer sentences variation length least words fewer short questions low high".split())
    assert said <= set(re.findall(r"\w+", english))
    assert said & set(re.findall(r"\w+", danish)) == {"variation"}  # which is Danish too
    for words in ("Sætninger på dansk: ", " korte ", " lav", " høj"):
        assert words in danish


@pytest.mark.parametrize(
    ("settings", "lang"),
    [({}, "en"), ({"LANG": "da_DK.UTF-8"}, "da"), ({"LANG": "de_DE"}, "en"), ({"LC_ALL": "C", "LANG": "da"}, "en")],
)
def test_the_system_says_the_language(
    settings: dict[str, str], lang: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert spoken() == lang


@pytest.mark.parametrize(
    ("lang", "message"), [("da", "artiklen henviser ikke til nogen kilde"), ("en", "the article cites no source")]
)
def test_the_panel_speaks_the_language_of_the_page(lang: Language, message: str) -> None:
    panel = Panel(ROOT / "docs", ROOT / "overrides", LANGUAGES)
    problem = Problem("docs/a.da.md", 1, 1, "sources", "the article cites no source", "correct it")
    panel._check = SimpleNamespace(found=lambda failure: Found((problem,)))
    assert message in html.fromstring(panel.html(lang)).text_content()
