"""`run.py`: what make does, on a machine with Python and nothing else."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import run

from conftest import ROOT

PYTHON = Path(sys.executable).resolve()
ALONE = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """An environment in which no other program is found: no make, no shell, no git."""
    folder = tmp_path / "bin"
    folder.mkdir()
    assert not [name for name in ("make", "bash", "sh", "git") if shutil.which(name, path=str(folder))]
    return {**ALONE, "PATH": str(folder)}


def test_it_says_what_it_can_do(bare: dict[str, str]) -> None:
    said = subprocess.run([PYTHON, ROOT / "run.py"], env=bare, capture_output=True, text=True)
    assert said.returncode == 0
    assert {line.split()[0] for line in said.stdout.splitlines()[1:]} == {*run.COMMANDS}
    assert subprocess.run([PYTHON, ROOT / "run.py", "biuld"], env=bare, capture_output=True).returncode == 1


def test_make_and_it_do_the_same() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    recipes = dict(re.findall(r"^([a-z]+):[^\n]*\n((?:\t[^\n]*\n)+)", makefile, re.MULTILINE))
    assert "run.py serve" in recipes["serve"]
    for step in run.NEEDS:
        assert f".venv/{step}: requirements.txt" in makefile
        assert f"run.py install {step}" in makefile
    for name, (_, command, _) in run.COMMANDS.items():
        if name not in ("serve", "install"):
            recipe = recipes[name].replace('"', "")
            run_by = r"\$\(BIN\)/(python -m (knowledge\.tools\.)?)?"
            assert re.search(run_by + re.escape(" ".join(command)), recipe), name
    for lint in run.LINTS:
        assert " ".join(lint) in recipes["check"]
    assert "git ls-files .cache .venv site" in recipes["check"]


def test_it_needs_the_standard_library_alone() -> None:
    imported = re.findall(r"^(?:import|from) (\w+)", (ROOT / "run.py").read_text("utf-8"), re.MULTILINE)
    assert {*imported} <= {*sys.stdlib_module_names}


def test_what_the_tests_need_is_found_by_whoever_may_not_see_the_programs_of_root(bare: dict[str, str]) -> None:
    """Debian's own users have no `ldconfig` in their path."""
    look = [PYTHON, "-c", "import run; run.install_for_tests()"]
    said = subprocess.run(look, env=bare, cwd=ROOT, capture_output=True, text=True)
    assert (said.returncode, said.stdout) == (0, "")
    assert "The tests in a browser need: chromium" in said.stderr.splitlines()
    assert "libatomic1" not in said.stderr  # Playwright runs here.


def test_the_preview_is_announced_when_it_answers(bare: dict[str, str]) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{one.getsockname()[1]}"
    command = [PYTHON, ROOT / "run.py", "serve", "--dev-addr", address]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=bare, stdout=subprocess.PIPE, stderr=quiet, text=True) as server:
        try:
            said: Iterator[str] = iter(server.stdout or ())
            assert next(said).startswith("Building the preview")
            assert next(said).startswith(f"Danish: http://{address}/   English: http://{address}/en/")
            for path in ("", "en/"):
                with urllib.request.urlopen(f"http://{address}/{path}") as page:
                    assert b"Trinvis" in page.read()
            again = subprocess.run(command, env=bare, capture_output=True, text=True)
            assert (again.returncode, "is served at" in again.stdout) == (1, True)
        finally:
            server.terminate()
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"http://{address}/")


def wheel(folder: Path, name: str) -> str:
    """A package to install; returns its hash."""
    file, info = folder / f"{name}-1.0-py3-none-any.whl", f"{name}-1.0.dist-info"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(f"{name}.py", "")
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_it_installs_once_and_says_how_far_it_is_and_the_other_mkdocs_anew_where_its_needs_changed(
    tmp_path: Path, bare: dict[str, str]
) -> None:
    shutil.copy(ROOT / "run.py", tmp_path)
    names = [f"package{i}" for i in range(12)]
    lines = [f"{name}==1.0 --hash=sha256:{wheel(tmp_path, name)}" for name in names]
    (tmp_path / "requirements.txt").write_text("\n".join(["--no-index", f"--find-links {tmp_path}", *lines]), "utf-8")
    command = [PYTHON, tmp_path / "run.py", "install", "site"]
    first, second = (subprocess.run(command, env=bare, capture_output=True, text=True) for _ in range(2))
    assert first.stdout.splitlines() == [
        "Making .venv …",
        "Installing what the site needs: 12 packages …",
        f"  10 of 12: {'package9-1.0-py3-none-any.whl':<40}",
        f"  12 of 12 fetched; putting them in place …{'':<20}",
    ], first.stderr
    assert (second.stdout, second.returncode) == ("", 0)
    other, found = [PYTHON, "-c", "import run; run.install_other()"], []
    for line in (*lines[:2], lines[1]):  # The last time there is nothing to do.
        (tmp_path / "requirements-properdocs.txt").write_text(line, "utf-8")
        (tmp_path / "requirements.txt").write_text(f"--no-index\n--find-links {tmp_path}\n{lines[2]}", "utf-8")
        made = subprocess.run(other, env=bare, cwd=tmp_path, capture_output=True, text=True)
        assert made.returncode == 0, made.stderr
        there = (tmp_path / ".cache/properdocs").glob("lib/*/site-packages/package*.py")
        found.append((made.stdout.count("Installing"), sorted(path.stem for path in there)))
    assert found == [(1, [names[0], names[2]]), (1, [names[1], names[2]]), (0, [names[1], names[2]])]
    (tmp_path / "requirements.txt").write_text("\n".join(["--no-index", *lines, "nothing==1"]), "utf-8")
    os.utime(tmp_path / "requirements.txt", (2**31, 2**31))
    third = subprocess.run(command, env=bare, capture_output=True, text=True)
    assert (third.returncode, "could not be installed" in third.stderr) == (1, True)


def test_a_machine_for_editors_has_what_it_needs() -> None:
    text = (ROOT / ".devcontainer/devcontainer.json").read_text("utf-8")
    machine = json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))
    docker = (ROOT / ".devcontainer" / machine["build"]["dockerfile"]).read_text("utf-8")
    assert machine["postCreateCommand"] == "python3 run.py install site"
    assert machine["forwardPorts"] == [int(run.ADDRESS.partition(":")[2])]
    assert re.search(r"^FROM debian:\d+$", docker, re.MULTILINE)  # a name, and the address of no registry
    assert {"git", "make", "python3", "python3-venv"} <= {*docker.split()}
    listed = json.loads((ROOT / ".vscode/extensions.json").read_text("utf-8"))["recommendations"]
    assert machine["customizations"]["vscode"]["extensions"] == listed
