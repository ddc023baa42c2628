"""Programs that the tests start often, each in a process of its own that has imported already.

Of a build of tests/site that finds all it has kept, three quarters are imports, and of one that makes all pages anew
two thirds are what a first build loads and compiles: templates, patterns, lists of icons. So one process imports what
the site is built and checked with, builds it once, as a preview does, and forks itself for each program: what runs is
what `python -m` runs, from there on.
A program whose code is not this project's (a copy of hooks/ that a test changes) imports that, and shares the rest.
"""

from __future__ import annotations

import atexit
import functools
import gc
import importlib
import json
import os
import runpy
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).parent.parent
HOOKS, SITE = ROOT / "hooks", ROOT / "tests/site"
IMPORTED = ("mkdocs.commands.build", "mkdocs_static_i18n.plugin", "knowledge.build", "knowledge.checks.check")


def run(module: str, *arguments: str, env: Mapping[str, str], cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """What `python -m module arguments` says, and how it ends."""
    folders = [cwd, *(Path(file).parent for file in arguments if file.endswith("mkdocs.yml"))]
    is_ours = not any((folder / "hooks").is_dir() and not (folder / "hooks").samefile(HOOKS) for folder in folders)
    with tempfile.TemporaryDirectory() as folder:
        told = [str(Path(folder, name)) for name in ("out", "err")]
        server = _server()
        server.stdin.write(json.dumps([is_ours, module, arguments, dict(env), str(cwd), *told]) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        out, err = (Path(name).read_text("utf-8") for name in told)
    return subprocess.CompletedProcess([module, *arguments], code, out, err)


@functools.cache
def _server() -> subprocess.Popen[str]:
    env = {**os.environ, "PYTHONPATH": str(HOOKS), "NO_MKDOCS_2_WARNING": "1"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    server = subprocess.Popen([sys.executable, __file__], env=env, text=True, **pipes)
    atexit.register(server.communicate)  # which closes what it reads, and so ends it
    return server


def _serve() -> None:
    for name in IMPORTED:
        importlib.import_module(name)
    _build()
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _become(*json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


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


def _become(is_ours: bool, module: str, arguments: list[str], env: dict[str, str], cwd: str, *told: str) -> None:
    """Be the program, and end with it."""
    if not is_ours:
        _forget_ours()
        sys.path[1:1] = [path for path in env.get("PYTHONPATH", "").split(os.pathsep) if path]
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    sys.path[0] = cwd
    for file, name in enumerate(told, 1):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT, 0o600), file)
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
    _serve()
