"""The worker: it saves time and changes nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

BEGIN = """
import os, sys, threading
from collections import Counter
from functools import partial
from pathlib import Path
from knowledge.core.cache import Cache
from knowledge.core.worker import FEW, in_background, in_parallel

kept = Cache(Path(sys.argv[1]) if sys.argv[1] else None)

def piece(n):
    return kept.get(f"piece {n}", lambda: str(os.getpid()).encode())

def work(number):
    in_parallel(kept, [partial(piece, n) for n in range(number)])
    done = [piece(n) for n in range(number)]
    kept.close()
    return Counter(int(who) for who in done)
"""
CASES = {
    "many pieces are done by others": "found = work(8 * FEW); assert found[os.getpid()] == 1; assert len(found) > 2",
    "few pieces are not handed out": "assert set(work(FEW - 1)) == {os.getpid()}",
    "nothing is handed out without a cache": "kept.file = None; assert set(work(8 * FEW)) == {os.getpid()}",
    "nothing is handed out beside a thread": (
        "stop = threading.Event(); thread = threading.Thread(target=stop.wait); thread.start()\n"
        "found = work(8 * FEW); stop.set(); thread.join(); assert set(found) == {os.getpid()}"
    ),
    "what a piece warns of is heard by the piece, which must not be kept then": (
        "import logging; from knowledge.checks.configuration import logged\n"
        "def warns(n):\n"
        "    with logged(logging.INFO) as heard: logging.getLogger('mkdocs.x').warning('w')\n"
        "    kept.store(f'heard {n}', len(heard))\n"
        "in_parallel(kept, [partial(warns, n) for n in range(8 * FEW)])\n"
        "assert {kept.load(f'heard {n}', int) for n in range(8 * FEW)} == {1}"
    ),
    "scripts that are made small leave no thread behind": (
        "from knowledge.outputs.small import small\n"
        "assert len(small({'a.js': 'let a  =  1 ;  a++;'}, kept)['a.js']) < 12\n"
        "found = work(8 * FEW); assert found[os.getpid()] == 1"
    ),
    "a piece that fails is left to the build": (
        "import signal\n"
        "def fails(n):\n    raise OSError(n)\n"
        "in_parallel(kept, [partial(fails, n) for n in range(4 * FEW)])\n"
        "assert work(8 * FEW)"
    ),
    "a worker that is killed is not waited for": (
        "import signal\n"
        "parent = os.getpid()\n"
        "def dies(n):\n    if os.getpid() != parent: os.kill(os.getpid(), signal.SIGKILL)\n"
        "in_parallel(kept, [partial(dies, n) for n in range(4 * FEW)])\n"
        "assert work(8 * FEW)"
    ),
    "a piece goes on in the background": (
        "wait = in_background(kept, partial(piece, 1)); wait()\n"
        "assert int(piece(1)) != os.getpid(); assert int(piece(2)) == os.getpid()"
    ),
    "nothing goes on in the background without a cache": (
        "place = Path(sys.argv[1]).parent / 'made'; kept.file = None; in_background(kept, place.mkdir)()"
    ),
    "nothing goes on in the background beside a thread": (
        "stop = threading.Event(); thread = threading.Thread(target=stop.wait); thread.start()\n"
        "in_background(kept, partial(piece, 1))(); stop.set(); thread.join(); assert int(piece(1)) == os.getpid()"
    ),
    "what fails in the background is left to the build": (
        "in_background(kept, lambda: 1 / 0)(); assert int(piece(1)) == os.getpid()"
    ),
    "what is killed in the background is not waited for": (
        "import signal\n"
        "in_background(kept, lambda: os.kill(os.getpid(), signal.SIGKILL))(); assert int(piece(1)) == os.getpid()"
    ),
    "what goes on in the background shares nothing out": (
        "in_background(kept, partial(work, 8 * FEW))(); assert len(work(8 * FEW)) == 1"
    ),
    "a build that stops ends what goes on in the background, which clears up": (
        "import multiprocessing, tempfile, time\n"
        "def lasts():\n"
        "    with tempfile.TemporaryDirectory(dir=Path(sys.argv[1]).parent) as folder:\n"
        "        Path(folder, 'begun').touch(); time.sleep(3600)\n"
        "in_background(kept, lasts)\n"
        "while not [*Path(sys.argv[1]).parent.glob('*/begun')]:\n"
        "    assert multiprocessing.active_children(), 'nothing was begun'\n"
        "    time.sleep(.01)"
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="needs two cores")
def test_the_worker(tmp_path: Path, case: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "hooks")}
    run = [sys.executable, "-c", f"{BEGIN}\n{case}", str(tmp_path / "kept.sqlite")]
    result = subprocess.run(run, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert not [path for path in tmp_path.iterdir() if path.is_dir()]


def test_a_library_with_threads_of_its_own_is_never_forked() -> None:
    """Go's runtime, which makes styles small, would wait in the fork for threads that are not there."""
    code = (
        "from knowledge.core.worker import _can_fork; import os; before = _can_fork()\n"
        "import minify; minify.string('text/css', 'a { color: red }')\n"
        "print(before == ((os.cpu_count() or 1) > 1), _can_fork())"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT / "hooks")
    assert said.stdout.split() == ["True", "False"], said.stderr


def test_one_piece_of_the_code_alone_loads_the_minifier() -> None:
    """Its threads would keep whatever comes after it from being shared out."""
    files = [path for path in (ROOT / "hooks").rglob("*.py") if "import minify" in path.read_text("utf-8")]
    assert [path.name for path in files] == ["small.py"]
