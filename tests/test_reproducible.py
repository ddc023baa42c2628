"""The same sources make the same bytes: again, from an empty cache, and with ProperDocs."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
import run

from conftest import ROOT, SITE, built, shared

CASES = [
    ("small_site", SITE / "mkdocs.yml"),
    ("real_site", ROOT / "mkdocs.yml"),
]
each_site = pytest.mark.parametrize(("fixture", "config"), CASES, ids=["small", "real"])


def files(site: Path) -> dict[str, bytes]:
    """Everything in a built site."""
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}


def different(one: Path, other: Path) -> list[str]:
    """Files that are not the same in both."""
    left, right = files(one), files(other)
    return sorted(name for name in {*left, *right} if left.get(name) != right.get(name))


@each_site
def test_two_builds_are_the_same_byte_for_byte(
    request: pytest.FixtureRequest, tmp_path: Path, fixture: str, config: Path
) -> None:
    assert different(request.getfixturevalue(fixture), built(config, tmp_path / "site")) == []


@pytest.fixture(scope="module")
def properdocs() -> Path:
    """The maintained fork of MkDocs, in a virtual environment of its own that holds what it is to hold today."""
    shared("properdocs", lambda folder: run.install_other())
    return run.OTHER_VENV / "bin/properdocs"


@each_site
def test_properdocs_builds_the_same_pages(
    request: pytest.FixtureRequest, properdocs: Path, tmp_path: Path, fixture: str, config: Path
) -> None:
    result = subprocess.run(
        [properdocs, "build", "--strict", "-f", config, "-d", tmp_path / "site"],
        env={**os.environ, "SITE_URL": "http://127.0.0.1:8000/", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert result.returncode == 0, result.stderr
    assert "WARNING" not in result.stderr
    assert different(request.getfixturevalue(fixture), tmp_path / "site") == []


def test_a_difference_is_found(tmp_path: Path) -> None:
    for name, text in (("one", "a"), ("other", "b")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(text)
        (tmp_path / name / f"{name}.html").write_text("")
    assert different(tmp_path / "one", tmp_path / "other") == ["index.html", "one.html", "other.html"]
