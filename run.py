#!/usr/bin/env python3
"""The site's commands for every machine with Python 3.11: `python run.py serve`. `make` calls it too.

It needs nothing but Python: whatever else a command needs is put into `.venv` first.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from ctypes.util import find_library
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
ADDRESS = "127.0.0.1:8000"
OLDEST = (3, 11)
NEEDS = {
    # What is installed, in this order, for: a build, a comment server, the tests. The second is installed without what
    # it names as its needs: requirements-comments.in says which one is left out.
    "site": ["--require-hashes", "-r", "requirements.txt"],
    "comments": ["--no-deps", "--require-hashes", "-r", "requirements-comments.txt"],
    "test": ["--require-hashes", "-r", "requirements-test.txt"],
}
OTHER = ["--require-hashes", "-r", "requirements.txt", "-r", "requirements-properdocs.txt"]
"""What is installed for the other MkDocs, whose pages the tests compare with this one's."""
OTHER_VENV = (ROOT / ".cache/properdocs").resolve()
COMMANDS = {
    # Name: what it needs, what is run, what it is for.
    "serve": ("site", ["mkdocs", "serve", "-q", "--no-strict", "--dev-addr", ADDRESS], "a preview with live reload"),
    "build": ("site", ["mkdocs", "build", "--strict", "--quiet"], "into site/, which stays if anything is wrong"),
    "check": ("test", ["knowledge.checks"], "every problem of the content at its line, then the code"),
    "test": ("test", ["pytest", "-n", "auto"], "everything, in a real Chromium too"),
    "quick": ("test", ["pytest", "-m", "not slow"], "what needs no browser and no built site"),
    "new": ("site", ["knowledge.tools.new"], "begin an article: new alliance/my-title"),
    "translated": ("site", ["knowledge.tools.translated"], "a translation is up to date: translated alliance/my-title"),
    "impact": ("site", ["knowledge.tools.impact"], "what a change means for readers: impact main"),
    "portable": ("site", ["knowledge.tools.portable"], "let the built site open from a folder, without a server"),
    "published": ("site", ["knowledge.tools.published"], "add the addresses of new pages to published/"),
    "format": ("test", ["knowledge.tools.format"], "texts as GitHub and the site read them alike"),
    "schema": ("site", ["knowledge.tools.schema"], "what VS Code completes with"),
    "rules": ("test", ["knowledge.checks.rules"], "write RULES.md"),
    "links": ("test", ["knowledge.tools.external"], "whether links to other sites still lead somewhere"),
    "install": ("", [], "what a command needs, ahead: install site, install comments or install test"),
}
LINTS = (
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["djlint", "--lint", "--quiet", "overrides"],
    ["oxlint", "--deny-warnings", "overrides"],
    ["mypy", "hooks"],
    ["lint-imports", "--no-cache"],
)
"""What looks at the code; each is quiet where it finds nothing."""


def main(arguments: list[str]) -> int:
    """Run a command; its further arguments are handed on."""
    os.chdir(ROOT)
    name, *rest = arguments or ["help"]
    if name not in COMMANDS:
        print("python run.py …", *(f"  {name:<11} {about}" for name, (_, _, about) in COMMANDS.items()), sep="\n")
        return int(name not in ("help", "-h", "--help"))
    needed, command, _ = COMMANDS[name]
    try:
        if name == "install":
            install(rest[0] if rest else "site")
            return 0
        install(needed)
    except (subprocess.CalledProcessError, OSError, KeyError) as error:
        print(f"What is needed could not be installed: {error}", file=sys.stderr)
        return 1
    if name == "serve":
        return serve([*command, *rest])
    code = run([*command, *rest]).returncode
    return lint() or code if name == "check" else code


def run(command: list[str], **more) -> subprocess.CompletedProcess:
    """Run a program of `.venv`, or one of ours."""
    return subprocess.run(line(command), env=environment(), **more)


def line(command: list[str]) -> list[str]:
    """The command line of a program of `.venv`, or of one of ours."""
    name, *rest = command
    if name == "mkdocs" or name.startswith("knowledge."):
        return [str(BIN / "python"), "-m", "knowledge.tools.mkdocs" if name == "mkdocs" else name, *rest]
    return [str(BIN / name), *rest]


def environment(**more: str) -> dict[str, str]:
    """What every command is told."""
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    ours = {**quiet, "PYTHONPATH": "hooks", "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": ""}
    return {**os.environ, **ours, **more}


# --- The preview ----------------------------------------------------------------------------------


def serve(command: list[str]) -> int:
    """Serve the preview, and say where as soon as it answers."""
    address = command[len(command) - command[::-1].index("--dev-addr")]
    if answers(f"http://{address}/"):
        print(f"Something is served at http://{address}/ already. Stop it, or add --dev-addr 127.0.0.1:8001")
        return 1
    print("Building the preview; the first time takes some seconds longer …", flush=True)
    server = subprocess.Popen(line(command), env=environment(PREVIEW="true"))
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        while server.poll() is None and not answers(f"http://{address}/"):
            time.sleep(0.2)
        if server.poll() is None:
            print(f"Danish: http://{address}/   English: http://{address}/en/   (Ctrl+C stops)", flush=True)
        return server.wait()
    except KeyboardInterrupt:
        return server.wait()


def answers(address: str) -> bool:
    """Whether a page is served at an address."""
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=5):
            return True
    except (OSError, urllib.error.URLError):
        return False


# --- The checks of the code -------------------------------------------------------------------------


def lint() -> int:
    """Look through the code; whatever is found is printed as what it is: no problem of a text."""
    failed = 0
    for command in LINTS:
        said = run(command, capture_output=True, text=True, encoding="utf-8")
        if said.returncode:
            failed = 1
            print(said.stdout + said.stderr, file=sys.stderr)
    if shutil.which("git"):
        tracked = subprocess.run(["git", "ls-files", ".cache", ".venv", "site"], capture_output=True, text=True).stdout
        if tracked:
            print(f"Built files must not be committed: git rm -r --cached {tracked}", file=sys.stderr)
            failed = 1
    return failed


# --- What is needed -----------------------------------------------------------------------------------


def install(needed: str) -> None:
    """Put into `.venv` what a command needs, where it is not there yet, and say how far that is."""
    steps = list(NEEDS)[: list(NEEDS).index(needed) + 1] if needed in NEEDS else None
    if steps is None:
        raise KeyError(f"{needed} is none of {', '.join(NEEDS)}")
    for step in steps:
        files = [ROOT / name for name in (*NEEDS[step], *OTHER * (step == "test")) if name.endswith(".txt")]
        stamp = VENV / step
        if stamp.exists() and stamp.stat().st_mtime >= max(file.stat().st_mtime for file in files):
            continue
        if not pip_works():
            make_venv()
        pip(BIN / "python", NEEDS[step], f"Installing what {WHAT[step]} needs")
        if step == "test":
            install_for_tests()
        stamp.touch()
    if needed == "test":
        install_other()


WHAT = {"site": "the site", "comments": "the comment server", "test": "the tests"}


def pip_works() -> bool:
    """Whether there is a `.venv` into which can be installed."""
    python = BIN / ("python.exe" if os.name == "nt" else "python")
    return python.exists() and not subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode


def make_venv() -> None:
    """Make `.venv` with a Python that is new enough."""
    print("Making .venv …", flush=True)
    python = new_enough()
    shutil.rmtree(VENV, ignore_errors=True)
    if subprocess.run([python, "-m", "venv", VENV], capture_output=True).returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        debian("python3-venv")
        subprocess.run([python, "-m", "venv", VENV], check=True)


def new_enough() -> str:
    """A Python that the site runs on: this one, or another that is installed."""
    if sys.version_info >= OLDEST:
        return sys.executable
    found = next(filter(None, map(shutil.which, ("python3.14", "python3.13", "python3.12", "python3.11"))), None)
    if not found:
        raise OSError("Python 3.11 or newer is needed: https://www.python.org/downloads/")
    return found


def pip(python, arguments: list[str], about: str) -> None:
    """Install, and print how far it is."""
    files = [name for name in arguments if name.endswith(".txt")]
    lines = [row for name in files for row in (ROOT / name).read_text("utf-8").splitlines()]
    total, number = sum("==" in row and row[:1].isalnum() for row in lines), 0
    print(f"{about}: {total} packages …", flush=True)
    command = [python, "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8")
    said = []
    for row in process.stdout or ():
        said.append(row)
        is_new = row.startswith(("Collecting ", "Processing "))
        number += is_new or row.startswith("Requirement already satisfied")
        if is_new and (sys.stdout.isatty() or number % 10 == 0):
            name = Path(row.split()[1]).name.split("==")[0]
            end = "\r" if sys.stdout.isatty() else "\n"
            print(f"  {min(number, total)} of {total}: {name:<40}", end=end, flush=True)
        elif row.startswith("Installing collected"):
            print(f"  {total} of {total} fetched; putting them in place …{'':<20}", flush=True)
    if process.wait():
        print("".join(said[-20:]), file=sys.stderr)
        raise OSError("pip stopped; see above")


def install_other() -> None:
    """Make the virtual environment of the other MkDocs, anew when what is to be in it is no longer what is."""
    files = [ROOT / name for name in OTHER if name.endswith(".txt")]
    wanted, made_of = b"".join(file.read_bytes() for file in files), OTHER_VENV / "made-of.txt"
    if made_of.is_file() and made_of.read_bytes() == wanted:
        return
    print("Installing the other MkDocs, with which the tests build too …", flush=True)
    subprocess.run([new_enough(), "-m", "venv", "--clear", "--without-pip", OTHER_VENV], check=True)
    quiet = ["--quiet", "--disable-pip-version-check"]
    subprocess.run([BIN / "python", "-m", "pip", "--python", OTHER_VENV, "install", *quiet, *OTHER], check=True)
    made_of.write_bytes(wanted)


def install_for_tests() -> None:
    """What the tests need beside packages: a browser."""
    if os.name == "nt" or sys.platform == "darwin":
        if not shutil.which("chromium"):
            print("The tests in a browser need Chromium, under the name: chromium", file=sys.stderr)
        return
    light = "chromium-headless-shell"  # A page costs half there; a few tests need what only the whole has.
    for packages, is_there, without in (
        (["chromium"], shutil.which("chromium"), "The tests in a browser need: chromium"),
        ([light], shutil.which(light), f"The tests in a browser take longer without: {light}"),
        (["libatomic1"], find_library("atomic"), "Playwright's Node.js needs: libatomic1"),
        (["openssl"], shutil.which("openssl"), "The newsletter's tests need: openssl"),
    ):
        if not is_there and not debian(*packages):
            print(without, file=sys.stderr)


def debian(*packages: str) -> bool:
    """Install packages of Debian, as root."""
    if os.name == "nt" or os.geteuid() or not shutil.which("apt-get"):
        return False
    print(f"Installing {' '.join(packages)} from Debian …", flush=True)
    install = ["apt-get", "install", "-y", "-qq", *packages]
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (install, ["apt-get", "update", "-qq"], install):
        done = subprocess.run(command, stdout=subprocess.DEVNULL, env=quietly).returncode == 0
        if done and command is install:
            return True
    return False


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
