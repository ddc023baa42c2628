"""Programs that the tests start often, each in a process of its own that has imported already.

Of a build of tests/site that finds all it has kept, three quarters are imports, and of one that makes all pages anew
two thirds are what a first build loads and compiles: templates, patterns, lists of icons. So one process imports what
the site is built and checked with, builds it once, as a preview does, and forks itself for each program: what runs is
what `python -m` runs, from there on.
A program whose code is not this project's (a copy of hooks/ that a test changes) imports that, and shares the rest.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any
from unittest.mock import patch

ROOT = Path(__file__).parent.parent
HOOKS, SITE = ROOT / "hooks", ROOT / "tests/site"
IMPORTED = ("mkdocs.commands.build", "mkdocs_static_i18n.plugin", "knowledge.build", "knowledge.checks.check")


def run(module: str, *arguments: str, env: Mapping[str, str], cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """What `python -m module arguments` says, and how it ends."""
    with tempfile.TemporaryDirectory() as folder:
        told = [Path(folder, name) for name in ("out", "err")]
        with told[0].open("w") as out, told[1].open("w") as err:
            program = Program(module, *arguments, env=env, cwd=cwd, out=out, err=err)
        code = program.wait()
        return subprocess.CompletedProcess([module, *arguments], code, *(file.read_text("utf-8") for file in told))


class Program:
    """`python -m module arguments`, while it runs; it is led like a `Popen`, in a group of processes of its own.

    Args:
        out, err: the open files that it writes to; those of the tests unless given.
    """

    def __init__(
        self,
        module: str,
        *arguments: str,
        env: Mapping[str, str],
        cwd: Path = ROOT,
        out: IO[Any] | int = 1,
        err: IO[Any] | int = 2,
    ) -> None:
        folders = [cwd, *(Path(file).parent for file in arguments if file.endswith("mkdocs.yml"))]
        is_ours = not any((folder / "hooks").is_dir() and not (folder / "hooks").samefile(HOOKS) for folder in folders)
        self.arguments, self.returncode = [module, *arguments], None
        self._server = socket.socket(socket.AF_UNIX)
        self._server.connect(str(_server()))
        asked = json.dumps([is_ours, module, arguments, dict(env), str(cwd)]).encode() + b"\n"
        files = [file if isinstance(file, int) else file.fileno() for file in (out, err)]
        sent = socket.send_fds(self._server, [asked], files)
        self._server.sendall(asked[sent:])
        self._told = self._server.makefile()
        self.pid = int(self._told.readline())

    def wait(self, timeout: float | None = None) -> int:
        """How it has ended, once it has; `TimeoutExpired` where that takes longer than so many seconds."""
        if self.returncode is None:
            if not select.select([self._server], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(self.arguments, timeout or 0)
            self.returncode = int(self._told.readline())
            self._told.close()
            self._server.close()
        return self.returncode

    def poll(self) -> int | None:
        """How it has ended, or None while it runs."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def terminate(self) -> None:
        """Ask it to end."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGTERM)


@functools.cache
def _server() -> Path:
    """Where the process that becomes the programs listens: one for all processes of this run, which ends with it."""
    from conftest import shared

    return shared("programs", _begin) / "socket"


def _begin(folder: Path) -> None:
    folder.mkdir()
    run = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    env = {**os.environ, "PYTHONPATH": str(HOOKS), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, __file__, str(folder / "socket"), str(run)]
    with (folder / "said.txt").open("wb") as said:
        server = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said)
    with server.stdout:  # type: ignore[union-attr]
        assert server.stdout.readline(), (folder / "said.txt").read_text("utf-8")  # type: ignore[union-attr]
    server.returncode = 0  # Nobody waits for it.


def _serve(place: str, run: int) -> None:
    """Listen at a place, until the process of the run is gone."""
    for name in IMPORTED:
        importlib.import_module(name)
    _build()
    gc.freeze()
    begun: dict[int, socket.socket] = {}
    ended, wakes = socket.socketpair()
    wakes.setblocking(False)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(place)
        listening.listen(64)
        print("listens", flush=True)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wakes.fileno())  # A program that has ended wakes the server.
        while is_there(run):
            ready = select.select([listening, ended], [], [], 1)[0]
            if ended in ready:
                ended.recv(4096)
            while begun:
                child, status = os.waitpid(-1, os.WNOHANG)
                if not child:
                    break
                with begun.pop(child) as asker, contextlib.suppress(BrokenPipeError):
                    asker.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
            if listening in ready:
                asker = listening.accept()[0]
                asked, files, _, _ = socket.recv_fds(asker, 1 << 16, 2)
                while not asked.endswith(b"\n"):
                    asked += asker.recv(1 << 16)
                child = os.fork()
                if not child:
                    signal.set_wakeup_fd(-1)
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    for other in (listening, ended, wakes, asker, *begun.values()):
                        other.close()
                    _become(*json.loads(asked), *files)
                for file in files:
                    os.close(file)
                begun[child] = asker
                asker.sendall(f"{child}\n".encode())


def is_there(process: int) -> bool:
    """Whether a process has not ended."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, 0)
        return True
    return False


def _build() -> None:
    """Build tests/site once into a folder that nobody sees."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder, "mkdocs.yml")
        docs, overrides, hook = SITE / "docs", ROOT / "overrides", HOOKS / "main.py"
        settings = {"INHERIT": str(SITE / "mkdocs.yml"), "docs_dir": str(docs), "hooks": [str(hook)], "watch": []}
        config.write_text(json.dumps({**settings, "theme": {"custom_dir": str(overrides)}}), "utf-8")
        loaded = load_config(str(config), site_dir=str(Path(folder, "site")))
        loaded.plugins.on_startup(command="build", dirty=False)
        with patch("knowledge.render.in_parallel"):  # in this process, then, and not in others that end
            build(loaded)
    # What runs beside a build has processes of its own: a fork of threads would stand still.
    assert threading.active_count() == 1


def _become(is_ours: bool, module: str, arguments: list[str], env: dict[str, str], cwd: str, *told: int) -> None:
    """Be the program, and end with it."""
    os.setsid()
    if not is_ours:
        _forget_ours()
        sys.path[1:1] = [path for path in env.get("PYTHONPATH", "").split(os.pathsep) if path]
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    sys.path[0] = cwd
    for number, file in enumerate(told, 1):
        os.dup2(file, number)
        os.close(file)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.argv = [module, *arguments]
    code: object = 0
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
        code = 1
    if isinstance(code, str):
        print(code, file=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


def _forget_ours() -> None:
    """Leave of what is imported only what others wrote."""
    sys.path.remove(str(HOOKS))
    for name, module in [*sys.modules.items()]:
        if HOOKS in Path(getattr(module, "__file__", None) or ".").parents:
            del sys.modules[name]


if __name__ == "__main__":
    _serve(sys.argv[1], int(sys.argv[2]))
