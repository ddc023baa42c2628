"""What an editor's commands print: `make check`, `make new`, `make links`, `make rules`."""

from __future__ import annotations

import datetime as dt
import http.server
import json
import os
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import programs
from conftest import ROOT, kept_content
from knowledge.checks import report
from knowledge.checks.__main__ import main
from knowledge.checks.check import check
from knowledge.checks.readability import flesch, lix, sentences, syllables
from knowledge.checks.rules import CHECKS, RULES
from knowledge.checks.rules.__main__ import explanations, page, write
from knowledge.content.library import Library
from knowledge.core.document import read_document
from knowledge.core.problems import Problem
from knowledge.tools import external
from knowledge.tools.external import Answer, addresses, ask
from knowledge.tools.new import NotMade, make

PROBLEM = Problem("docs/a,b.md", 3, 7, "link", "100 % wrong:\nit is", "fix it")


@pytest.fixture
def broken(docs: Path) -> Path:
    """tests/site with a dead link on line 15 of an article."""
    file = docs / "alliance/repair.da.md"
    file.write_text(file.read_text("utf-8").replace("rapport.da.md", "raport.da.md", 1), "utf-8")
    return docs


def test_check_prints_each_problem_with_its_line_and_column(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--docs", str(broken)]) == 1
    printed = capsys.readouterr().out
    assert "\ndocs/alliance/repair.da.md:12:" in printed
    assert "leads to no file; did you mean “../nlp-tools/rapport.da.md”?" in printed
    assert "::error" not in printed


def test_check_ends_well_where_there_are_only_warnings(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = docs / "alliance/repair.da.md"
    file.write_text(file.read_text("utf-8").replace(": 2026-11-20", ": 2019-01-01"), "utf-8")
    _, problems = check(docs, with_spelling=True)
    assert "review-due" in {problem.rule for problem in problems}
    errors = [problem for problem in problems if problem.level == "error" and problem.rule != "spelling"]
    assert errors == []


def test_in_a_workflow_problems_are_annotations_too(
    broken: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert main(["--docs", str(broken)]) == 1
    assert "\n::error file=docs/alliance/repair.da.md,line=12,col=" in capsys.readouterr().out


def test_an_annotation_escapes_what_github_would_read_as_its_own() -> None:
    assert report.as_annotations([PROBLEM]) == [
        "::error file=docs/a%2Cb.md,line=3,col=7,title=link::100 %25 wrong:%0Ait is; fix it"
    ]


def test_check_prints_json_for_programs(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--docs", str(broken), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    (link,) = [problem for problem in told["problems"] if problem["rule"] == "link"]
    assert (link["file"], link["line"], link["level"]) == ("docs/alliance/repair.da.md", 12, "error")
    assert set(told["readability"]["alliance/repair.da.md"]) == {"LIX"}
    assert set(told["readability"]["alliance/repair.en.md"]) == {"Flesch"}


READABILITY = [
    # sentences of 2 and 4 words, of which 1 is long: 6 / 2 + 100 * 1 / 6
    ("lix", lix, "Det regner. Vi bliver hjemme alligevel.", 3 + 100 / 6),
    # 6 words, 1 sentence, 6 syllables
    ("flesch", flesch, "The cat sat on the mat.", 206.835 - 1.015 * 6 - 84.6),
    ("nothing", lix, "## Kun en overskrift", 0),
]


@pytest.mark.parametrize(("measure", "text", "expected"), [r[1:] for r in READABILITY], ids=[r[0] for r in READABILITY])
def test_readability_is_computed_as_its_source_says(measure, text: str, expected: float) -> None:
    assert measure(sentences(text)) == pytest.approx(expected)


@pytest.mark.parametrize(("word", "count"), [("make", 1), ("table", 2), ("walked", 1), ("wanted", 2), ("therapy", 3)])
def test_syllables_leave_a_silent_e_out(word: str, count: int) -> None:
    assert syllables(word) == count


def test_headings_targets_and_citations_are_no_sentences() -> None:
    text = "## Nej\n\nJa, [x](y.da.md) [@z]. Og bl.a. mere\n\n- En\n- To\n"
    assert sentences(text) == ["Ja, [x", "Og bl.a. mere", "En", "To"]


def test_a_new_article_has_only_what_is_left_to_write(tmp_path: Path) -> None:
    docs = shutil.copytree(ROOT / "docs", tmp_path / "docs")
    printed = make("alliance/probe-title", docs, dt.date(2026, 11, 24))
    assert "docs/alliance/probe-title.en.md" in printed
    assert "make check" in printed
    assert "date: 2026-11-24" in (docs / "alliance/probe-title.da.md").read_text("utf-8")
    assert (docs / "alliance/probe-title.svg").read_text("utf-8").startswith("<svg")
    _, problems = check(docs, kept_content(), with_spelling=True)
    assert {problem.file.rpartition("/")[2] for problem in problems} == {"probe-title.da.md", "probe-title.en.md"}
    assert {problem.rule for problem in problems} == {"front-matter"}


def test_what_a_new_article_begins_with_is_told_until_it_is_written(tmp_path: Path) -> None:
    """Else it would be published: a heading and an answer that say what one should say."""
    docs = shutil.copytree(ROOT / "docs", tmp_path / "docs")
    make("alliance/probe-title", docs, dt.date(2026, 11, 24))
    for lang, head in {
        "da": {"description": "Om en prøve.", "image_alt": "En båd.", "evidence": "Nyt.", "concepts": "[rapport]"},
        "en": {"description": "About a test.", "image_alt": "A boat.", "evidence": "New."},
    }.items():
        file = docs / f"alliance/probe-title.{lang}.md"
        text = file.read_text("utf-8")
        for key, value in head.items():
            text = re.sub(rf"^{key}: .*$", f"{key}: {value}", text, flags=re.MULTILINE)
        file.write_text(text, "utf-8")
    _, problems = check(docs, kept_content())
    stays = re.compile(r"\s*$|!!! |## .*(\{#faq\}|i dag|today)")
    for file in docs.glob("alliance/probe-title.*.md"):
        lines = file.read_text("utf-8").split("\n")
        begun = lines.index("---", 1) + 1
        expected = {n + 1 for n in range(begun, len(lines)) if not stays.match(lines[n])}
        told = {p.line for p in problems if p.rule == "unfinished" and p.file.endswith(file.name)}
        assert len(expected) == 6
        assert told == expected


def test_a_new_article_is_begun_in_danish_where_danish_is_spoken(tmp_path: Path) -> None:
    docs = shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    english = make("alliance/probe", shutil.copytree(docs, tmp_path / "other/docs"), dt.date(2026, 11, 24)).split("\n")
    env = {**os.environ, "PYTHONPATH": str(ROOT / "hooks"), "LC_ALL": "da_DK.UTF-8"}
    for stamp in (["alliance/micro-repair"], []):
        said = programs.run("knowledge.tools.translated", *stamp, env=env, cwd=tmp_path).stdout
        assert "stemplet i translations.lock" in said
    begun = programs.run("knowledge.tools.new", "alliance/probe", env=env, cwd=tmp_path)
    danish = begun.stdout.removesuffix("\n").split("\n")
    assert len(danish) == len(english) > 10
    assert [line for line, other in zip(danish, english, strict=True) if line and line == other] == []
    again = programs.run("knowledge.tools.new", "alliance/probe", env=env, cwd=tmp_path)
    assert (again.returncode, "findes allerede" in again.stderr) == (1, True)


REFUSED = [
    ("an article that is there", "alliance/micro-repair", "is there already"),
    ("the topic's own page", "alliance/index", "the topic's own page"),
    ("an unknown topic", "aliance/x", "did you mean “alliance”?"),
    ("no topic", "title", "is no key"),
    ("Danish letters", "alliance/påskøn", "is no key"),
    ("a way out of the folder", "../alliance/x", "is no key"),
    ("nothing", "", "is no key"),
]


@pytest.mark.parametrize(("key", "says"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_what_cannot_be_begun_is_refused_and_nothing_is_written(tmp_path: Path, key: str, says: str) -> None:
    docs = shutil.copytree(ROOT / "docs", tmp_path / "docs")
    before = {path: path.read_bytes() for path in docs.rglob("*") if path.is_file()}
    with pytest.raises(NotMade, match="(?s).*" + says.replace("?", r"\?")):
        make(key, docs, dt.date(2026, 11, 24))
    assert {path: path.read_bytes() for path in docs.rglob("*") if path.is_file()} == before


def test_the_list_of_rules_is_written_from_the_rules() -> None:
    """Fix it with `make rules`."""
    assert (ROOT / "RULES.md").read_text("utf-8") == page()


def test_a_rule_that_nobody_has_explained_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("knowledge.checks.rules.__main__.RULES", (*RULES, replace(RULES[0], id="shouting")))
    with pytest.raises(SystemExit, match=r"explains “shouting”: write why, example and fix into .*rules\.da\.yml"):
        write()
    assert not [*tmp_path.iterdir()]


def test_every_rule_is_explained_in_both_languages() -> None:
    told = {lang: explanations(lang) for lang in ("da", "en")}
    assert list(told["da"]) == list(told["en"])
    assert {rule.id for rule in (*RULES, *CHECKS)} <= told["en"].keys()
    for lang, rules in told.items():
        for id, explained in rules.items():
            assert list(explained) == ["why", "example", "fix"], f"{lang}: {id}"
            assert explained["why"].endswith("."), f"{lang}: {id}"
            assert explained["fix"].endswith("."), f"{lang}: {id}"


def test_what_is_explained_is_found_somewhere() -> None:
    """By a rule, or while files, settings and templates are read."""
    code = "".join(path.read_text("utf-8") for path in (ROOT / "hooks").rglob("*.py"))
    elsewhere = explanations("en").keys() - {rule.id for rule in (*RULES, *CHECKS)}
    assert len(elsewhere) > 10
    assert {id for id in elsewhere if f'"{id}"' not in code} == set()


class _Elsewhere(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status = int(self.path.strip("/").partition("-")[0])
        self.send_response(405 if self.command == "HEAD" and self.path.endswith("-get") else status)
        if status in (301, 302):
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/200")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """Another site, which answers /404 with 404."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


ANSWERS = [
    ("there", "/200", None),
    ("there, but not for HEAD", "/200-get", None),
    ("elsewhere for a while", "/302", None),
    ("moved for good", "/301", ("warning", "has moved; write http://127.0.0.1")),
    ("gone", "/404", ("error", "is gone (404)")),
    ("gone for good", "/410", ("error", "is gone (410)")),
    ("turns programs away", "/403", ("warning", "turns programs away (403)")),
    ("is ill", "/500", ("warning", "did not answer (500)")),
]


@pytest.mark.parametrize(("path", "expected"), [a[1:] for a in ANSWERS], ids=[a[0] for a in ANSWERS])
def test_a_link_to_another_site_is_told_by_its_answer(
    elsewhere: str, path: str, expected: tuple[str, str] | None
) -> None:
    told = external.problems({elsewhere + path: [("docs/x.da.md", 4)]}, ask)
    if expected is None:
        assert told == []
        return
    (problem,) = told
    assert (problem.file, problem.line, problem.level) == ("docs/x.da.md", 4, expected[0])
    assert expected[1] in str(problem)


def test_a_site_that_is_not_there_is_a_warning() -> None:
    told = external.problems({"http://127.0.0.1:9/": [("docs/x.da.md", 4)]}, ask)
    assert [problem.level for problem in told] == ["warning"]


def test_every_address_is_asked_once_and_told_at_each_place() -> None:
    library, _ = Library.read(ROOT / "docs")
    found = addresses(library)
    asked: list[str] = []
    told = external.problems(found, lambda address: asked.append(address) or Answer(404))
    assert sorted(asked) == sorted(found)
    assert len(told) == len({(address, place) for address, places in found.items() for place in places})
    for problem in told:
        line = (ROOT / problem.file).read_text("utf-8").split("\n")[problem.line - 1]
        address = problem.message.split()[0]
        assert address.removeprefix("https://doi.org/") in line


@pytest.mark.parametrize("name", ["rules.da", "rules.en", "messages.da"])
def test_no_text_of_rules_and_messages_is_lost(name: str) -> None:
    """As in any text: behind ` #` YAML reads a comment, and of two texts with one key it keeps the last."""
    source = (ROOT / f"overrides/strings/{name}.yml").read_text("utf-8")
    document = read_document(source, f"{name}.yml", "yaml", is_text=lambda path: True)
    assert document.root
    assert len(document.root.value) > 20
    told = [str(problem) for problem in document.problems]
    assert [one for one in told if "a space that nobody can see" not in one] == []  # Parts of messages begin with one.
