"""What editors' programs and the code host are given: schemas, snippets, workflows."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from benchmarks import look

from conftest import ROOT
from knowledge.checks.report import lines
from knowledge.content.front_matter import FrontMatter
from knowledge.core.language import LANGUAGES
from knowledge.core.problems import Problem
from knowledge.tools.schema import FOLDER, SNIPPETS, TODAY, _value, schemas, snippets

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
RUNS = re.compile(r"\bmake (?:--silent )?([a-z-]+)")


def test_the_schemas_are_those_of_the_models() -> None:
    """`make schema` writes them."""
    assert {path.name: path.read_text("utf-8") for path in (ROOT / FOLDER).glob("*.json")} == schemas(LANGUAGES)


def test_vs_code_completes_every_key_of_the_front_matter_and_what_it_may_be() -> None:
    """`make schema` writes the snippets. Nothing of ours draws VS Code's list: its grammar of snippets is held here."""
    text = (ROOT / SNIPPETS).read_text("utf-8")
    assert text == snippets()
    found = {one["prefix"]: one for one in json.loads(text).values()}
    assert found.keys() == FrontMatter.model_fields.keys()
    for one in found.values():
        written = re.sub(r"\$\{\d\|([^,|]+)[^|]*\|\}", r"\1", one["body"])  # the first choice
        written = written.replace(TODAY, "2026-11-28").replace("[$1]", "[]").replace("[$2]", "[]")
        written = re.sub(r"\$\d", "a-b", written)
        value = _with_dates_as_text(yaml.safe_load(written))
        schema = json.loads(schemas(LANGUAGES)["front-matter.da.json"])
        jsonschema.validate(value, {**schema, "required": []})
        assert one["scope"] == "markdown"
    assert found["status"]["body"] == "status: ${1|draft,planned,withdrawn|}"
    assert found["certainty"]["body"] == "certainty: ${1|high,moderate,low,very-low,rule|}"
    assert found["date"]["body"] == f"date: {TODAY}"
    settings = json.loads((ROOT / ".vscode/settings.json").read_text())["[markdown]"]
    assert settings["editor.quickSuggestions"]["other"] == "on"


def test_a_number_is_offered_as_a_choice_where_it_has_bounds() -> None:
    assert _value({"type": "integer", "minimum": 1, "maximum": 3}, {}) == "${1|1,2,3|}"
    assert _value({"type": "integer", "minimum": 1}, {}) == "$1"


def test_a_preview_tells_vs_code_what_is_wrong_after_each_save() -> None:
    """What it prints around a build is what its task waits for."""
    (_, task) = json.loads((ROOT / ".vscode/tasks.json").read_text())["tasks"]
    (matcher,) = task["problemMatcher"]
    printed = (ROOT / "hooks/preview.py").read_text("utf-8")
    for pattern in (matcher["background"]["beginsPattern"], matcher["background"]["endsPattern"]):
        assert re.search(rf'print\(f?"{pattern[1:]}', printed)
    line = str(Problem("docs/a/b.da.md", 12, 7, "front-matter", "“x” is no key", "use: y"))
    found = re.search(matcher["pattern"]["regexp"], line)
    assert found
    assert found.groups() == ("docs/a/b.da.md", "12", "7", "front-matter", "“x” is no key; use: y")


@pytest.mark.parametrize(
    "name", ["concepts", "sources", "strong-words", "foreign-words", "crisis-words", "search.da", "search.en"]
)
def test_the_data_files_fit_their_schemas(name: str) -> None:
    text = (ROOT / f"docs/data/{name}.yml").read_text("utf-8")
    data = _with_dates_as_text(yaml.safe_load(text))
    jsonschema.validate(data, json.loads(schemas(LANGUAGES)[f"{name}.json"]))


def _with_dates_as_text(value: Any) -> Any:
    """What JSON, which has no dates, makes of YAML."""
    if isinstance(value, dict):
        return {key: _with_dates_as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_dates_as_text(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def test_editors_files_can_be_read() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text())
    for schema, file in settings["yaml.schemas"].items():
        assert (ROOT / schema).is_file()
        assert (ROOT / file).is_file()
    for snippet in json.loads((ROOT / ".vscode/trinvis.code-snippets").read_text("utf-8")).values():
        assert snippet["prefix"]
        assert snippet["body"]


def test_what_contributors_are_shown_is_there_and_small() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    text = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    shown = set(re.findall(r"!\[[^]]{20,}\]\(([^)]+)\)", text))
    assert shown == {f".github/pictures/{path.name}" for path in (ROOT / ".github/pictures").iterdir()}
    assert not [name for name in shown if (ROOT / name).stat().st_size > 80_000]
    assert {f"make {name}" for name in RUNS.findall(text)} == {
        "make new",
        "make translated",
        "make serve",
        "make check",
        "make quick",
        "make schema",
    }
    assert {f"python run.py {name}" for name in re.findall(r"python run\.py ([a-z]+)", text)} == {"python run.py serve"}
    places = {
        re.sub(r"[^\w -]", "", line.lstrip("# ")).lower().replace(" ", "-")
        for line in text.splitlines()
        if line.startswith("#")
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= places


@pytest.mark.parametrize("level", ["error", "warning"])
def test_an_editors_program_shows_each_problem_at_its_line_with_its_level(level: str) -> None:
    (task, _) = json.loads((ROOT / ".vscode/tasks.json").read_text())["tasks"]
    (line,) = lines([Problem("docs/a/b.da.md", 12, 7, "front-matter", "“x” is no key", "use: y", level)])
    found = {matcher["severity"]: re.search(matcher["pattern"]["regexp"], line) for matcher in task["problemMatcher"]}
    assert [name for name, match in found.items() if match] == [level]
    assert found[level].groups() == ("docs/a/b.da.md", "12", "7", "front-matter", "“x” is no key; use: y")


def test_a_commit_is_checked_with_what_there_is() -> None:
    (repo,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    (hook,) = repo["hooks"]
    assert set(RUNS.findall(hook["entry"])) <= TARGETS
    assert re.search(hook["files"], "docs/alliance/micro-repair.da.md")
    assert not re.search(hook["files"], "README.md")


def test_the_example_of_an_article_has_every_line_that_it_needs() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    example = yaml.load(text.split("\n---\n")[1], yaml.BaseLoader)
    jsonschema.validate(example, json.loads(schemas(LANGUAGES)["front-matter.da.json"]))
    drafted = (ROOT / "hooks/knowledge/tools/drafts/article.da.md").read_text("utf-8").split("---\n")[1]
    assert list(example) == [line.partition(":")[0] for line in drafted.splitlines()]


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_do_little_and_says_exactly_with_what(file: Path) -> None:
    text = file.read_text("utf-8")
    workflow = yaml.safe_load(text)
    assert "permissions" in workflow
    assert "write" not in str(workflow["permissions"])
    assert "pull_request_target" not in text
    assert "secrets." not in text
    for used in re.findall(r"uses: (\S+)(.*)", text):
        assert re.fullmatch(r"[\w-]+(?:/[\w-]+){1,2}@[0-9a-f]{40}", used[0]), used
        assert re.fullmatch(r" # v[\d.]+", used[1]), used
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"]
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), "a value goes through the environment, or it could be a command"


def test_actionlint_finds_nothing_wrong_with_the_workflows(tmp_path: Path) -> None:
    lint = Path(sys.executable).with_name("actionlint")
    said = subprocess.run([lint, *WORKFLOWS], capture_output=True, text=True)
    assert (said.stdout, said.returncode) == ("", 0)
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(WORKFLOWS[0].read_text("utf-8").replace("github.ref", "github.reff"), "utf-8")
    assert "reff" in subprocess.run([lint, wrong], capture_output=True, text=True).stdout


def attackable(*files: Path) -> subprocess.CompletedProcess[str]:
    """What could be attacked in workflows."""
    lint = Path(sys.executable).with_name("zizmor")
    command = [lint, "--offline", "--no-progress", "--quiet", "--no-config", *files]
    return subprocess.run(command, capture_output=True, text=True)


def test_no_workflow_can_be_attacked_in_a_known_way() -> None:
    said = attackable(*WORKFLOWS, ROOT / ".github/dependabot.yml")
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd", "checkout@v6", "[unpinned-uses]"),
        ("run: make check", 'run: echo "${{ github.event.pull_request.title }}"', "[template-injection]"),
        ("          persist-credentials: false\n", "", "[artipacked]"),
    ],
    ids=["a tag", "a command in a title", "a token on the disk"],
)
def test_a_way_to_attack_a_workflow_is_found(tmp_path: Path, old: str, new: str, told: str) -> None:
    file = tmp_path / ".github/workflows/check.yml"
    file.parent.mkdir(parents=True)
    text = (ROOT / ".github/workflows/check.yml").read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    assert told in attackable(file).stdout


def commands(workflow: str, step: str, folder: Path) -> int:
    """Run a step's commands in a folder, as GitHub does; returns how they ended."""
    jobs = yaml.safe_load((ROOT / f".github/workflows/{workflow}.yml").read_text("utf-8"))["jobs"].values()
    (run,) = [s["run"] for job in jobs for s in job["steps"] if s.get("name") == step]
    return subprocess.run(["bash", "-eo", "pipefail", "-c", run], cwd=folder, capture_output=True).returncode


def test_a_report_that_points_elsewhere_is_not_read(tmp_path: Path) -> None:
    step = "Take the text, and nothing that it may point to"
    (tmp_path / "secret").write_text("secret", "utf-8")
    report = tmp_path / "report"
    report.mkdir()
    (report / "impact.md").symlink_to(tmp_path / "secret")
    assert commands("comment", step, tmp_path) != 0
    (report / "impact.md").unlink()
    (report / "impact.md").write_text("Nothing changes for readers.", "utf-8")
    assert commands("comment", step, tmp_path) == 0


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "INFO x\ndocs/a.da.md:3:1 link it leads nowhere; fix it\n",
            "- docs/a.da.md:3:1 link it leads nowhere; fix it",
        ),
        ("make: *** No rule\n", "make: *** No rule"),
    ],
    ids=["a mistake", "another failure"],
)
def test_a_change_that_cannot_be_built_is_told_why(tmp_path: Path, said: str, told: str) -> None:
    (tmp_path / "build.txt").write_text(said, "utf-8")
    assert commands("check", "Say what is wrong", tmp_path) == 0
    assert (tmp_path / "impact.md").read_text("utf-8").splitlines()[2:] == [told]


def test_what_runs_with_a_right_to_write_takes_no_code_of_a_change() -> None:
    for file in WORKFLOWS:
        workflow = yaml.safe_load(file.read_text("utf-8"))
        starts = workflow[True]  # YAML 1.1 reads `on` as a truth value.
        if "pull_request" in starts:
            assert "write" not in str([job.get("permissions") for job in workflow["jobs"].values()])
        if "workflow_run" in starts:
            used = [step.get("uses", "") for job in workflow["jobs"].values() for step in job["steps"]]
            assert not [name for name in used if name.startswith("actions/checkout@")]
            assert not RUNS.findall(file.read_text("utf-8"))


CACHED = {"path": ".cache/*.sqlite", "restore-keys": "site-${{ hashFiles('requirements.txt') }}-"}
"""What is kept between runs: data alone, of the same libraries."""


def test_only_builds_of_main_keep_what_they_made_and_all_builds_take_it() -> None:
    """A fork's proposal takes what main kept, and leaves nothing for others."""
    keeps, takes = set(), set()
    for file in WORKFLOWS:
        workflow = yaml.safe_load(file.read_text("utf-8"))
        for job, steps in ((name, job["steps"]) for name, job in workflow["jobs"].items()):
            caching = [step for step in steps if step.get("uses", "").startswith("actions/cache")]
            for step in caching:
                saves = not step["uses"].startswith("actions/cache/restore@")
                (keeps if saves else takes).add((file.stem, job))
                given = dict(step["with"])
                assert given.pop("key") == CACHED["restore-keys"] + "${{ github.sha }}"
                assert given == CACHED
            built = [i for i, step in enumerate(steps) if {"build", "impact"} & {*RUNS.findall(step.get("run", ""))}]
            assert not built or (caching and steps.index(caching[0]) < built[0]), f"{job} builds from nothing"
        if keeps & {(file.stem, job) for job in workflow["jobs"]}:
            starts = workflow[True]
            assert set(starts) <= {"push", "schedule", "workflow_dispatch"}
            assert starts["push"] == {"branches": ["main"]}
    assert keeps == {("pages", "build")}
    assert takes == {("check", "check"), ("check", "preview")}


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("| `/a/index.html` | text, FAQ |\n", "| `/a/index.html` | text, FAQ |\n"),
        ("@everyone ![x](https://evil.example)", "everyone x(https: //evil.example)"),
        ("<img src=x> www.evil.example", "img src=x www evil.example"),
        ("&#64;everyone closes #123, GH-123", "64;everyone closes 123, 123"),
    ],
    ids=["a report", "a mention and a picture", "markup", "an entity and an issue"],
)
def test_a_comment_holds_no_mention_and_no_link_of_a_change(said: str, left: str) -> None:
    (line,) = [x for x in (ROOT / ".github/workflows/comment.yml").read_text("utf-8").splitlines() if "| sed" in x]
    command = line.strip().replace("report/impact.md", "")
    assert subprocess.run(["bash", "-c", command], input=said, capture_output=True, text=True).stdout == left


def test_a_report_leads_to_pictures_of_old_and_new_side_by_side() -> None:
    """The former site is left where `make look` finds it; the sheet has the name under which it is looked for."""
    steps = yaml.safe_load((ROOT / ".github/workflows/check.yml").read_text("utf-8"))["jobs"]["preview"]["steps"]
    (kept,), (shown,) = (
        [i for i, step in enumerate(steps) if f"make {name}" in step.get("run", "").replace("--silent ", "")]
        for name in ("impact", "look")
    )
    (folder,) = {found for i in (kept, shown) for found in re.findall(r"OLD=(\S+)", steps[i]["run"])}
    assert kept < shown
    assert steps[shown]["continue-on-error"], "without pictures a report is still one"
    (sheet,) = [step["with"] for step in steps if step.get("id") == "sheet"]
    assert sheet["path"] == (look.OUT / "sheet.png").as_posix()
    assert sheet["archive"] is False, "a browser shows it"
    assert folder.startswith(".cache/")
    comment = (ROOT / ".github/workflows/comment.yml").read_text("utf-8")
    assert f"-f name={Path(sheet['path']).name} " in comment


def test_what_changed_is_first_on_the_sheet_and_stands_beside_what_it_was(tmp_path: Path) -> None:
    same, other = look.KEYS[:2]
    for key in (same, other):
        for number in range(2):
            name = look.name_of(key, "da", "light", 360, number)
            (tmp_path / name).write_bytes(b"same" if key == same else b"%d" % number)
    (first, both, is_new), (second, one, is_old) = look.rows_of(tmp_path)
    assert (first, is_new, second, is_old) == (other, True, same, False)
    assert [told for _, told in both] == ["da 360 light", "da 360 light, before"]
    assert [told for _, told in one] == ["da 360 light"]


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda path: path.stem)
def test_what_a_workflow_runs_can_be_run_here_too(file: Path) -> None:
    assert set(RUNS.findall(file.read_text("utf-8"))) <= TARGETS
