"""What editors' programs and the code host are given: schemas, snippets, workflows."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from conftest import ROOT
from knowledge.schema import FOLDER, schemas

LINTERS = {"actionlint": [], "zizmor": ["--offline", "--no-progress", "--quiet", "--no-config"]}
"""Programs of requirements-test.in, with what they are called with: nothing that asks the network."""
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
RUNS = re.compile(r"\bmake (?:--silent )?([a-z-]+)")


def test_the_schemas_are_those_of_the_models() -> None:
    """`make schema` writes them."""
    assert {path.name: path.read_text("utf-8") for path in (ROOT / FOLDER).glob("*.json")} == schemas()


@pytest.mark.parametrize("name", ["concepts", "sources", "strong-words", "foreign-words"])
def test_the_data_files_fit_their_schemas(name: str) -> None:
    data = yaml.safe_load((ROOT / f"docs/data/{name}.yml").read_text("utf-8"))
    jsonschema.validate(data, json.loads(schemas()[f"{name}.json"]))


def test_editors_files_can_be_read() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text())
    for schema, file in settings["yaml.schemas"].items():
        assert (ROOT / schema).is_file()
        assert (ROOT / file).is_file()
    for snippet in json.loads((ROOT / ".vscode/trinvis.code-snippets").read_text("utf-8")).values():
        assert snippet["prefix"]
        assert snippet["body"]


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_do_little_and_says_exactly_with_what(file: Path) -> None:
    text = file.read_text("utf-8")
    workflow = yaml.safe_load(text)
    assert "permissions" in workflow
    assert "write" not in str(workflow["permissions"])
    assert "pull_request_target" not in text
    assert "secrets." not in text
    for used in re.findall(r"uses: (\S+)(.*)", text):
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", used[0]), used
        assert re.fullmatch(r" # v[\d.]+", used[1]), used
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"]
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), "a value goes through the environment, or it could be a command"


def lint(linter: str, *files: Path) -> subprocess.CompletedProcess[str]:
    """What a linter has to say."""
    command = [Path(sys.executable).parent / linter, *LINTERS[linter], *files]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT)


@pytest.mark.parametrize("linter", LINTERS)
def test_linters_have_nothing_to_say_of_the_workflows(linter: str) -> None:
    said = lint(linter, *WORKFLOWS, *([ROOT / ".github/dependabot.yml"] if linter == "zizmor" else []))
    assert said.returncode == 0, said.stdout + said.stderr


FAULTS = [
    ("actionlint", "runs-on: ubuntu-24.04", "runs-on: ubuntu-24.4", "[runner-label]"),
    ("actionlint", "if: failure()", "if: failing()", "[expression]"),
    ("zizmor", "checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd", "checkout@v6", "[unpinned-uses]"),
    ("zizmor", "run: make build", 'run: echo "${{ github.event.pull_request.title }}"', "[template-injection]"),
]


@pytest.mark.parametrize(("linter", "old", "new", "told"), FAULTS, ids=[fault[3] for fault in FAULTS])
def test_linters_find_a_fault(tmp_path: Path, linter: str, old: str, new: str, told: str) -> None:
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    text = (ROOT / ".github/workflows/check.yml").read_text("utf-8")
    assert old in text
    (folder / "check.yml").write_text(text.replace(old, new, 1), "utf-8")
    said = lint(linter, folder / "check.yml")
    assert said.returncode != 0
    assert told in said.stdout


def run(workflow: str, step: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a step's commands as GitHub does."""
    jobs = yaml.safe_load((ROOT / f".github/workflows/{workflow}.yml").read_text("utf-8"))["jobs"].values()
    (commands,) = [s["run"] for job in jobs for s in job["steps"] if s.get("name") == step]
    environment = {**os.environ, "RUN": "https://example.org/run"}
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", commands], cwd=folder, env=environment, capture_output=True, text=True
    )


def test_a_comment_says_what_the_report_says_and_calls_nobody(tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    (tmp_path / "report/report.md").write_text("3 pages change. @everyone", "utf-8")
    assert run("comment", "Take the text, and nothing that it may point to", tmp_path).returncode == 0
    text = (tmp_path / "text.md").read_text("utf-8")
    assert text.startswith("3 pages change. @\u200beveryone")
    assert "](https://example.org/run)" in text


def test_a_report_that_points_elsewhere_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    (tmp_path / "secret").write_text("secret", "utf-8")
    (tmp_path / "report/report.md").symlink_to(tmp_path / "secret")
    assert run("comment", "Take the text, and nothing that it may point to", tmp_path).returncode != 0
    assert not (tmp_path / "text.md").exists()


def test_a_report_of_mistakes_names_them(tmp_path: Path) -> None:
    lines = "Readability\ndocs/a.da.md:3:1 link it leads nowhere; mend it\n::error file=docs/a.da.md,line=3::it\n"
    (tmp_path / "check.txt").write_text(lines, "utf-8")
    assert run("check", "Say what is wrong", tmp_path).returncode == 0
    assert "```\ndocs/a.da.md:3:1 link it leads nowhere; mend it\n```" in (tmp_path / "report.md").read_text("utf-8")


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda path: path.stem)
def test_what_a_workflow_runs_can_be_run_here_too(file: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(RUNS.findall(file.read_text("utf-8"))) <= targets
