"""Scripts: whether a browser can read them, and finds the files that they import.

V8 itself reads them, in the Node.js that comes with Playwright for the tests.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from ..core.folder import files_in, path_from
from ..core.problems import Problem, did_you_mean
from ..outputs.assets import BUNDLES

RULE = "script"
READ = """
import vm from 'node:vm'
const files = JSON.parse(await new Promise((done) => { let text = ''
  process.stdin.on('data', (part) => { text += part }).on('end', () => done(text)) }))
const found = files.map(([source, isModule]) => { try {
  if (!isModule) { new vm.Script(source); return [] }
  const module = new vm.SourceTextModule(source)
  return (module.moduleRequests ?? []).map((request) => request.specifier)
} catch (error) { return String(error.message) } })
console.log(JSON.stringify(found))
"""
"""For each file what it imports, or what is wrong with it."""
PLACE = re.compile(r"^\[stdin\]:(\d+)$", re.MULTILINE)


def scripts(folder: Path) -> list[Problem]:
    """What is wrong with the scripts of `overrides/`; nothing where there is no Node.js to read them with."""
    node = _node()
    files = files_in(folder, "assets/js/**/*.js", "partials/*.js")
    if not node or not files:
        return []
    bundled = {f"{name}.js" for names in BUNDLES.values() for name in names}
    rows = []
    for path in files:
        source, is_module = path.read_text("utf-8", "replace"), path.parent.name != "partials"
        if path.name in bundled and path.parent.name == "js":
            source = f"{{{source}\n}}"  # as it stands in the bundle; on the same lines
        rows.append((source, is_module))
    command = [node, "--experimental-vm-modules", "--no-warnings", "--input-type=module", "--eval", READ]
    asked = json.dumps(rows)
    said = subprocess.run(command, input=asked, capture_output=True, text=True)
    if said.returncode:
        return []
    problems: list[Problem] = []
    for path, (source, is_module), found in zip(files, rows, json.loads(said.stdout), strict=True):
        file = path_from(folder.parent, path)
        if isinstance(found, str):
            problems.append(_broken(node, file, source, is_module, found))
        else:
            problems += _imports(file, path, source, found)
    return problems


def _broken(node: str, file: str, source: str, is_module: bool, message: str) -> Problem:
    """A script that cannot be read, at its line."""
    kind = "module" if is_module else "commonjs"
    said = subprocess.run([node, f"--input-type={kind}", "--check", "-"], input=source, capture_output=True, text=True)
    place = PLACE.search(said.stderr)
    line = min(int(place[1]) if place else 1, source.count("\n") + 1)
    fix = "correct the line, or a bracket, brace or quotation mark before it"
    return Problem(file, line, 1, RULE, f"the script cannot be read: {message[:1].lower()}{message[1:]}", fix)


def _imports(file: str, path: Path, source: str, imported: Iterable[str]) -> Iterator[Problem]:
    for name in imported:
        if name.startswith(".") and not (path.parent / name).is_file():
            place = max(source.find(f'"{name}"'), source.find(f"'{name}'"), 0)
            there = [f"./{other.name}" for other in files_in(path.parent, "*.js")]
            message, line = f"the script imports “{name}”, which is not there", source.count("\n", 0, place) + 1
            yield Problem(file, line, 1, RULE, message, did_you_mean(name, there))


def _node() -> str | None:
    """The program that reads scripts."""
    playwright = find_spec("playwright")
    folders = (playwright and playwright.submodule_search_locations) or ()
    places = (Path(folder, "driver", name) for folder in folders for name in ("node", "node.exe"))
    return next((str(place) for place in places if place.is_file()), None) or shutil.which("node")
