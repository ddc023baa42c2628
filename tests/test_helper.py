"""The helper: it saves time and changes nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

BEGIN = """
import os, sys, threading, time
from functools import partial
from pathlib import Path
from knowledge.core.cache import Cache
from knowledge.core.worker import Helper

kept = Cache(Path(sys.argv[1]))

def piece(n):
    def make():
        time.sleep(0.005)
        return str(os.getpid()).encode()
    return kept.get(f"piece {n}", make)

def work(number):
    helper = Helper(kept, (partial(piece, n) for n in range(number)))
    done = []
    for n in range(number):
        done.append(piece(n))
        helper.begin()
    helper.end()
    kept.close()
    return done
"""


def made_by(code: str, folder: Path) -> int:
    """By how many processes the pieces were made."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "hooks")}
    command = [sys.executable, "-c", f"{BEGIN}\n{code}\nprint(len(set(done)), len(done))", str(folder / "kept.sqlite")]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    makers, pieces = result.stdout.split()
    assert pieces == "100"
    return int(makers)


@pytest.mark.skipif(os.cpu_count() == 1, reason="a second process needs a second core")
def test_two_processes_share_what_has_to_be_made(tmp_path: Path) -> None:
    assert made_by("done = work(100)", tmp_path) == 2


@pytest.mark.skipif(os.cpu_count() == 1, reason="a second process needs a second core")
def test_what_is_there_already_at_the_end_is_passed(tmp_path: Path) -> None:
    assert made_by("piece(99); piece(98); done = work(100)", tmp_path) == 2


def test_what_is_there_already_needs_no_helper(tmp_path: Path) -> None:
    made_by("done = work(100)", tmp_path)
    assert made_by("os.fork = None; done = work(100)", tmp_path) <= 2


@pytest.mark.parametrize(
    "trouble",
    ["threading.Thread(target=time.sleep, args=[3], daemon=True).start()", "del os.fork", "os.cpu_count = lambda: 1"],
    ids=["a thread that would be lost", "no fork", "one core"],
)
def test_where_there_cannot_be_one_the_work_is_done_alone(tmp_path: Path, trouble: str) -> None:
    assert made_by(f"{trouble}; done = work(100)", tmp_path) == 1


def test_a_helper_that_fails_is_not_missed(tmp_path: Path) -> None:
    own = "parent, whole = os.getpid(), piece\ndef piece(n):\n    assert os.getpid() == parent\n    return whole(n)\n"
    assert made_by(f"{own}done = work(100)", tmp_path) == 1
