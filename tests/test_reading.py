"""What cannot be read is told once, at its place and in an editor's words, and nothing that follows from it is."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

import programs
from conftest import ROOT, keep, kept_content
from knowledge.checks.check import check
from knowledge.content.file_name import misnamed
from knowledge.core.cache import Cache
from knowledge.core.decoding import decode
from knowledge.core.document import read_document
from knowledge.core.language import LANGUAGES
from test_planted import FOREIGN


@pytest.fixture(scope="module")
def kept() -> Cache:
    """A cache, as `make check` has one, of the content as it is, which has no problem."""
    cache = kept_content()
    assert [str(problem) for problem in check(ROOT / "docs", cache, with_spelling=True)[1]] == []
    return cache


BROKEN = "---\ntitle: Et: to\n---\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the real content, with the lists of addresses and the state of translations beside it."""
    for name in ("docs", "published"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("translations.lock", "mkdocs.yml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "overrides/strings", tmp_path / "overrides/strings")
    return tmp_path


def broken(name: str) -> Callable[[Path], None]:
    """An edit after which a file cannot be read."""
    return lambda site: (site / name).write_text(BROKEN if name.endswith(".md") else "a: b: c\n", "utf-8") and None


def renamed(old: str, new: str) -> Callable[[Path], None]:
    """An edit that gives a file another name."""
    return lambda site: (site / old).rename(site / new) and None


CONSEQUENCES = [
    # id, edit, the one problem: its file, line and rule
    ("a Danish file", broken("docs/alliance/micro-repair.da.md"), "docs/alliance/micro-repair.da.md", 2),
    ("an English file", broken("docs/alliance/micro-repair.en.md"), "docs/alliance/micro-repair.en.md", 2),
    ("a topic's page", broken("docs/alliance/index.da.md"), "docs/alliance/index.da.md", 2),
    ("the home page", broken("docs/index.en.md"), "docs/index.en.md", 2),
    ("a step of the ladder", broken("docs/stress-ladder/heated.da.md"), "docs/stress-ladder/heated.da.md", 2),
    ("the help page", broken("docs/help.da.md"), "docs/help.da.md", 2),
    *(
        (f"the data file {name}", broken(f"docs/data/{name}.yml"), f"docs/data/{name}.yml", 1)
        for name in ("concepts", "sources", "help", "strong-words", "foreign-words", "grave-words")
    ),
    (
        "an English file that is gone",
        lambda site: (site / "docs/alliance/micro-repair.en.md").unlink(),
        "docs/alliance/micro-repair.da.md",
        1,
    ),
    (
        "a Danish file that is gone",
        lambda site: (site / "docs/alliance/micro-repair.da.md").unlink(),
        "docs/alliance/micro-repair.en.md",
        1,
    ),
    (
        "a file without its language",
        renamed("docs/alliance/micro-repair.en.md", "docs/alliance/micro-repair.md"),
        "docs/alliance/micro-repair.md",
        1,
    ),
    (
        "a file in the letters of another system",
        renamed("docs/alliance/micro-repair.en.md", unicodedata.normalize("NFD", "docs/alliance/é.en.md")),
        unicodedata.normalize("NFD", "docs/alliance/é.en.md"),
        1,
    ),
]


@pytest.mark.parametrize(("edit", "file", "line"), [c[1:] for c in CONSEQUENCES], ids=[c[0] for c in CONSEQUENCES])
def test_what_cannot_be_read_is_the_only_problem(
    site: Path, kept: Cache, edit: Callable[[Path], None], file: str, line: int
) -> None:
    edit(site)
    told = check(site / "docs", kept, with_spelling=True)[1]
    if unicodedata.is_normalized("NFC", file):
        assert [(problem.file, problem.line) for problem in told] == [(file, line)], "\n".join(map(str, told))
    else:  # It was the twin of another, too.
        assert {problem.file for problem in told} == {file, "docs/alliance/micro-repair.da.md"}
    assert not FOREIGN.search("\n".join(map(str, told)))


YAML = [
    # id, source, line, column, what is said, what is to be done
    ("colon", "a: b: c", 1, 5, "only a key may have after it", 'write "b: c"'),
    ("quotation mark", 'a: "b\nc: d', 1, 4, "is not closed", 'write " at the end'),
    ("apostrophe in apostrophes", "a: 'det's'", 1, 9, "after the closing quotation mark", 'write "det\'s"'),
    ("marks in marks", 'a: "x "y" z"', 1, 8, "after the closing quotation mark", "write 'x \"y\" z'"),
    ("bracket", "a: [b\nc: d", 1, 4, "the bracket [ is not closed", "write ]"),
    ("text behind a bracket", "a: [b] c", 1, 8, "after the closing bracket", 'write "[b] c"'),
    ("star", "a: *b*", 1, 4, "", 'write "*b*"'),
    ("two stars", "a: **b**", 1, 4, "cannot begin with “*”", 'write "**b**"'),
    ("and", "a: &b c", 1, 4, "“&b” is read as a mark", 'write "&b c"'),
    ("exclamation mark", "a: !b c", 1, 4, "“!b” is read as a kind of value", 'write "!b c"'),
    ("a Python tag", "a: !!python/name:os.system x", 1, 4, "is read as a kind of value", "quotation marks|write"),
    ("percent", "a: %b", 1, 4, "cannot begin with “%”", 'write "%b"'),
    ("list on the line of its key", "a: - b", 1, 4, "a list begins on the line of its key", "on a line of its own"),
    ("question mark", "a: ? b", 1, 4, "cannot begin with “?”", 'write "? b"'),
    ("bar", "a: | b", 1, 4, "cannot begin with “|”", 'write "| b"'),
    ("tab", "a: b\n\tc: d", 2, 1, "indented with a tab", "two spaces"),
    ("indented", "a: b\n  c: d", 2, 4, "belongs to the text above it", "at the left edge"),
    ("indented in a list", "- a: b\n   c: d", 2, 5, "belongs to the text above it", "begin it with 2 spaces"),
    ("indented below a key", "a:\n  b: c\n     e: f", 3, 7, "belongs to the text above it", "begin it with 2 spaces"),
    ("comma for the first colon", "# x\na, b\n# y\nc: d", 2, 1, "the line has no key", "key: text"),
    ("no space after the first colon", "a:b\nc: d", 1, 1, "no space after the colon", "key: text"),
    ("comma for a colon in braces", "a: {b, c}", 1, 5, "“b” has no colon", "write {b: c}"),
    ("at sign in braces", "a: {b: c, d: @e, f: g}", 1, 14, "cannot begin with “@”", 'write "@e"'),
    (
        "section twice",
        "a:\n  b: c\na:\n  d: e",
        3,
        1,
        "“a” is there twice",
        "below it under one of them, and delete the other",
    ),
    ("no key", "a: b\nc\nd: e", 2, 1, "the line has no key", "key: text"),
    ("no space", "a: b\nc:d\ne: f", 2, 1, "no space after the colon", "key: text"),
    ("uneven list", "a:\n  - b\n - c", 3, 2, "not indented as those around it", "as many spaces"),
    ("swallowed item", "a:\n  - b\n    - c", 3, 1, "belongs to the text above it", "under the one before it"),
    ("swallowed list", "a: b\n  - c", 2, 1, "belongs to the text above it", "below its key"),
    ("second document", "a: b\n---\nc: d", 2, 1, "a second document", "delete the line"),
    ("backslash", 'a: "b\\qc"', 1, 6, "begins a character's code", "'…'"),
    ("key twice", "a: b\nc: d\na: e", 3, 1, "“a” is there twice: on line 1 too", "keep one"),
    ("key twice inside", "a: {b: c, b: d}", 1, 11, "“b” is there twice", "keep one"),
    ("key twice in a list", "- a: b\n  c: d\n  a: e", 3, 3, "“a” is there twice: on line 1 too", "keep one"),
    ("merge", "<<: {a: b}", 1, 1, "is no word to YAML", "another word"),
    ("yes as a key", "yes: a", 1, 1, "is no word to YAML", 'or "yes"'),
    ("list as a key", "? [a]\n: b", 1, 3, "where a key belongs", "a word"),
    ("hard space in a key", "a\u00a0b: c", 1, 1, "a space that nobody can see", "again"),
    (
        "a key too far in, below a comment",
        "a:\n  b: [x]\n  # What else.\n    c: [y]\n",
        4,
        5,
        "the line is not indented as those around it",
        "as many spaces as the line that it belongs beside",
    ),
    (
        "hard spaces before a key",
        "a:\n  # What it is.\n\u00a0\u00a0b: [x]\n  # What else.\n  c: [y]\n",
        3,
        1,
        "a space that YAML does not take",
        "ordinary spaces",
    ),
    ("hard space behind a colon", "a: b\nc:\u00a0d\ne: f", 2, 1, "a space that YAML does not take", "ordinary spaces"),
    ("comment in the middle", "a: b # c", 1, 6, "“# c” is lost", 'write "b # c"'),
    ("comment in a list", "a:\n  - b # c\n  - d", 2, 7, "“# c” is lost", 'write "b # c"'),
    ("nothing but a comment", "a: #b", 1, 4, "“#b” is lost", 'write "#b"'),
    ("text on two lines with a comment", "a: b\n  c # d\n  e", 3, 3, "“#” in the line above", "on one line"),
    ("deep", "a: " + "[" * 30 + "]" * 30, 1, 24, "inside each other", "fewer levels"),
    ("deep enough to kill a parser", "[" * 100_000, 1, 22, "inside each other", "fewer levels"),
    ("a hundred levels of keys", "".join(f"{' ' * i}a:\n" for i in range(100)), 22, 22, "inside each other", "fewer"),
]


@pytest.mark.parametrize(("source", "line", "column", "says", "fix"), [y[1:] for y in YAML], ids=[y[0] for y in YAML])
def test_a_line_of_yaml_is_explained(source: str, line: int, column: int, says: str, fix: str) -> None:
    document = read_document(source, "docs/x.yml", "data", is_text=bool)
    assert document.problems
    problem = document.problems[0]
    assert (problem.line, problem.column) == (line, column), problem
    assert says in problem.message
    assert re.search(fix.replace("(", r"\(") if "|" in fix else re.escape(fix), problem.fix), problem.fix
    assert not FOREIGN.search(str(problem))


RIGHT_YAML = ["a: b#c", "a: b & c", "a: b! c", "a: b*c*", 'a: "b # c"', "a: 'b: c'", "a: >\n  b\n  # c", "a: 12 # b"]


@pytest.mark.parametrize("source", RIGHT_YAML)
def test_what_yaml_reads_as_it_is_meant_is_not_told(source: str) -> None:
    document = read_document(source, "docs/x.yml", "data", is_text=lambda path: "12" not in source)
    assert document.problems == []
    assert list(document.values) == ["a"]


def test_a_billion_laughs_are_refused_before_they_are_made() -> None:
    laughs = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in pairwise("abcdefghijk"))
    document = read_document(laughs, "docs/x.yml", "data")
    assert document.values is None
    assert len(document.problems) == 31
    assert {problem.line for problem in document.problems} == set(range(1, 12))


def test_letters_in_two_parts_are_joined_when_they_are_read(tmp_path: Path, kept: Cache) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    for file in (tmp_path / "docs").rglob("*.*"):
        if file.suffix in (".md", ".yml", ".txt"):
            file.write_text(unicodedata.normalize("NFD", file.read_text("utf-8")), "utf-8")
    library, problems = check(tmp_path / "docs", kept, with_spelling=True)
    assert [str(problem) for problem in problems] == []
    assert unicodedata.is_normalized("NFC", "".join(t.head + t.body for t in library.translations()))
    assert unicodedata.is_normalized("NFC", str(library.concepts) + str(library.sources))


INVISIBLE = "\u00ad\u200b\u200c\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff\u061c\u180e\u2028\u2029\x85\U000e0041"


@pytest.mark.parametrize("character", INVISIBLE, ids=[f"U+{ord(character):04X}" for character in INVISIBLE])
def test_what_nobody_sees_is_told_and_taken_out(character: str) -> None:
    text, (problem,) = decode(f"æ\nto{character}gether\n".encode(), "docs/x.da.md", "front-matter")
    assert text == "æ\ntogether\n"
    assert (problem.rule, problem.line, problem.column) == ("invisible", 2, 3)


NAMES = [
    # name, what it is, what to do; nothing where it is right
    ("repair (1).da.md", "is a copy of “repair.da.md”", "docs/a/repair.da.md"),
    ("repair.da (1).md", "is a copy of “repair.da.md”", "docs/a/repair.da.md"),
    ("repair.da(2).md", "is a copy of “repair.da.md”", "docs/a/repair.da.md"),
    ("repair - Kopi.da.md", "is a copy of “repair.da.md”", ""),
    ("repair.da - Copy.md", "is a copy of “repair.da.md”", ""),
    ("Kopi af repair.da.md", "is a copy of “repair.da.md”", ""),
    ("repair copy.da.md", "is a copy of “repair.da.md”", ""),
    ("repair.da 2.md", "is a copy of “repair.da.md”", ""),
    ("repair-copy.da.md", "is a copy of “repair.da.md”", ""),
    ("repair.da.md~", "earlier copy of “repair.da.md”", "delete it"),
    ("repair.da.md.bak", "earlier copy of “repair.da.md”", "delete it"),
    ("repair.da.md.orig", "earlier copy of “repair.da.md”", "delete it"),
    ("repair.da.md.txt", "does not end in .md", "call it repair.da.md"),
    ("repair.da.markdown", "does not end in .md", "call it repair.da.md"),
    ("repair.md", "the file's language is not in its name", "repair.da.md or repair.en.md"),
    ("repair.de.md", "none of the site's languages: da, en", "repair.da.md or repair.en.md"),
    ("repair.dk.md", "does not say its language", "call it repair.da.md"),
    ("repair-en.md", "does not say its language", "call it repair.en.md"),
    ("repair.DA.md", "does not say its language", "call it repair.da.md"),
    ("repair.da.MD", "does not say its language", "call it repair.da.md"),
    ("repair.da.md", "", ""),
    ("repair-2.da.md", "", ""),
    ("carbon-copy.da.md", "", ""),
    ("step 4.da.md", "", ""),
    ("repair.svg", "", ""),
]


@pytest.mark.parametrize(("name", "says", "fix"), NAMES, ids=[name for name, _, _ in NAMES])
def test_a_file_is_called_what_it_is(name: str, says: str, fix: str) -> None:
    wrong = next(misnamed(f"a/{name}", LANGUAGES, {"a/repair.da.md", f"a/{name}"}), None)
    assert (wrong is not None) == bool(says)
    if wrong:
        assert says in wrong.problem.message
        assert fix in wrong.problem.fix


def test_a_dangling_lock_file_stops_nothing(site: Path, kept: Cache) -> None:
    (site / "docs/alliance/.#micro-repair.da.md").symlink_to("editor@machine.1:2")
    told = check(site / "docs", kept)[1]
    assert [(problem.rule, problem.level) for problem in told] == [("file", "warning")]


BESIDE = [
    # file, old, new, the text at the line, what is said
    ("mkdocs.yml", "strict: true\n", "strict: true\nstrict: true\n", "strict: true", "is there twice"),
    ("mkdocs.yml", "name: Trinvis\n", "name: Trinvis # x\n", "name: Trinvis # x", "is lost"),
    ("mkdocs.yml", "topics: [alliance", "topics: &x [alliance", "topics: &x", "read as a mark"),
    ("mkdocs.yml", "strict: true\n", "<<<<<<< HEAD\nstrict: true\n", "<<<<<<<", "the mark of a conflict"),
    ("overrides/strings/da.yml", "skip:", "tagline: To\nskip:", "tagline: To", "is there twice"),
    ("overrides/strings/en.yml", "tagline: ", "tagline: A # ", "tagline: A", "is lost"),
    ("overrides/strings/en.yml", "skip:", "=======\nskip:", "=======", "the mark of a conflict"),
    ("overrides/strings/da.yml", "skip:", "skip:\u200b", "skip:\u200b", "nobody can see"),
    ("published/da.txt", "/alliancen/ ", "<<<<<<< HEAD\n/alliancen/ ", "<<<<<<<", "the mark of a conflict"),
]


@pytest.mark.parametrize(("file", "old", "new", "at", "says"), BESIDE, ids=[f"{b[0]}: {b[4]}" for b in BESIDE])
def test_a_mistake_beside_the_content_is_told(
    site: Path, kept: Cache, file: str, old: str, new: str, at: str, says: str
) -> None:
    text = (site / file).read_text("utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    (site / file).write_text(text, "utf-8")
    lines = text.split("\n")
    last = max(i for i, line in enumerate(lines, 1) if at in line)
    (problem,) = check(site / "docs", kept)[1]
    assert (problem.file, problem.line) in {(file, last), (file, next(i for i, x in enumerate(lines, 1) if at in x))}
    assert says in problem.message


def test_the_first_words_are_those_of_the_content(site: Path) -> None:
    (site / "docs/alliance/micro-repair.da.md").write_text(BROKEN, "utf-8")
    shutil.copytree(ROOT / "overrides", site / "overrides", dirs_exist_ok=True)
    (site / "hooks").symlink_to(ROOT / "hooks")
    keep(site)
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": "hooks", "LANG": "C.UTF-8"}
    said = programs.run("knowledge.checks", env=env, cwd=site)
    lines = said.stdout.splitlines()
    assert said.returncode == 1
    assert re.match(r"\d+ pages in two languages: 1 error, 0 warnings", lines[0])
    assert lines[1].startswith("docs/alliance/micro-repair.da.md:2:10 front-matter the front matter cannot be read")
    steps = (ROOT / "Makefile").read_text("utf-8").partition("\ncheck:")[2].partition("\n\n")[0]
    assert 0 < steps.index("knowledge.checks") < steps.index("ruff")


@pytest.mark.parametrize("text", ["[" * 20_000, "[a](" * 5_000, "[" * 9_000 + "]" * 9_000])
def test_brackets_that_would_take_the_converter_minutes_are_told(text: str) -> None:
    read, problems = decode(f"Tekst.\n\n{text}\n\nTekst.\n".encode(), "docs/a.da.md", "front-matter")
    assert read is None
    assert [(problem.line, problem.rule) for problem in problems] == [(3, "front-matter")]


def test_many_brackets_that_are_closed_are_right() -> None:
    text = "[a](b.md) [c] (d) " * 9_000
    assert decode(text.encode(), "docs/a.da.md", "front-matter") == (text, [])
