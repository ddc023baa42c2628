"""A copy of tests/site to edit and to build, with a cache and without."""

from __future__ import annotations

import functools
import gc
import itertools
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

import htmlmin
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from PIL import Image

import programs
from conftest import ROOT, SITE, shared
from knowledge.build import SERVED, looks
from knowledge.core.cache import Cache
from knowledge.core.fingerprint import digest
from knowledge.core.language import Languages
from knowledge.core.problems import Problem
from knowledge.outputs.search import index as search

ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
SHOWN = {
    "da": "![To mennesker taler.](talk.jpg)\nEget foto: Anna Holm\n\n",
    "en": "![Two people are talking.](talk.jpg)\nOwn photo: Anna Holm\n\n",
}

BUILDS = itertools.count()
run_pagefind = search._run_pagefind
minified = functools.cache(htmlmin.minify)
"""What the plugin “minify” makes of a page, in Python: of the same page the same, which takes longer than the page."""
Site = dict[str, bytes]
"""A site's files by path."""

COLD: dict[str, Site | str] = {}
"""What cold builds gave, by all that they were made of: a state that is met again is not built again."""
LOOKS: dict[str, list[Problem]] = {}
"""What cold builds say of templates, by all that these are made of: half the work of a build, and none of its files."""
INDEXES: dict[tuple[str, ...], tuple[dict[str, bytes], dict[int, str]]] = {}
"""What Pagefind makes in cold builds, by all that it is given."""
CONTENTS: dict[bytes, bytes] = {}
"""Of files that are alike in many sites one is kept."""


@contextmanager
def waste_left(is_left: bool) -> Iterator[None]:
    """Let a build clear away nothing of the one before: to look through all that tests hold takes a third of it."""
    with ExitStack() as stack:
        for name in ("collect", "unfreeze") if is_left else ():
            stack.enter_context(patch.object(gc, name))
        yield


class Project:
    """A copy of tests/site with templates of its own, to edit and to build."""

    def __init__(self, folder: Path, preview: bool = False):
        self.folder, self.docs, self.overrides = folder, folder / "docs", folder / "overrides"
        shutil.copytree(SITE / "docs", self.docs)
        shutil.copytree(ROOT / "overrides", self.overrides)
        photograph(self, "navy")
        for lang, text in SHOWN.items():
            self.replace(f"docs/stress-ladder/heated.{lang}.md", "\n---\n", f"\n---\n{text}")
        plugins = yaml.safe_load(PLUGINS)
        self.settings = {
            "INHERIT": str(ROOT / "mkdocs.yml"),
            "site_url": "http://127.0.0.1:8000/",
            "theme": {"custom_dir": str(self.overrides)},
            "hooks": [str(ROOT / "hooks/main.py")],
            "watch": [],
            "plugins": plugins,
            "extra": {
                "footer": ["help", "articles", "privacy"],
                "preview": SERVED if preview else False,
                "publisher": {"email": "hej@example.org"},
            },
        }

    def build(self, kept: bool, site: Path) -> Site | str:
        """The site's files by path, or what stopped the build."""
        config = self.configured(kept)
        with waste_left(next(BUILDS) % 24 > 0), patch.object(htmlmin, "minify", minified):
            loaded = load_config(str(config), site_dir=str(site), strict=False)
            loaded.plugins.on_startup(command="build", dirty=False)
            try:
                build(loaded)
            except SystemExit as stopped:
                return f"stopped: {stopped}"
        return contents(site)

    def warm(self) -> Site | str:
        """Built with what earlier builds left."""
        return self.build(True, self.folder / "warm")

    def cold(self) -> Site | str:
        """Built without."""
        state = self.state()
        if state not in COLD:
            for name in ("cold", ".cold-other"):
                shutil.rmtree(self.folder / name, ignore_errors=True)
            with patch("knowledge.build.looks", looks_once), patch.object(search, "_run_pagefind", indexed_once):
                COLD[state] = self.build(False, self.folder / "cold")
        return COLD[state]

    def configured(self, kept: bool) -> Path:
        """The project's mkdocs.yml, written."""
        self.settings["extra"]["cache"] = kept
        config = self.folder / "mkdocs.yml"
        config.write_text(yaml.safe_dump(self.settings), "utf-8")
        return config

    def state(self) -> str:
        """A digest of all that a cold build is made of, wherever the project lies."""
        owned = self.configured(False).read_text("utf-8").replace(str(self.folder), "")
        hooks = [path.read_text("utf-8") for path in self.folder.glob("*.py")]
        day = os.environ.get("SOURCE_DATE_EPOCH", "")
        return digest([owned, *hooks, day, contents(self.docs), contents(self.overrides)])

    def replace(self, file: str, old: str, new: str) -> None:
        """Replace the first of some words, which must stand there."""
        path = self.folder / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} does not hold “{old}”"
        path.write_text(text.replace(old, new, 1), "utf-8")

    def replace_everywhere(self, old: str, new: str) -> None:
        """Replace words in all pages and data files."""
        for path in (*self.docs.rglob("*.md"), *self.docs.rglob("*.yml")):
            path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def looks_once(overrides: Path, languages: Languages, kept: Cache) -> list[Problem]:
    """What is wrong with templates, looked for once for each state of them, and never in what a build has kept."""
    assert kept.file is None
    state = digest([languages, contents(overrides)])
    if state not in LOOKS:
        LOOKS[state] = looks(overrides, languages, kept)
    return LOOKS[state]


def indexed_once(records: Sequence[str]) -> tuple[dict[str, bytes], dict[int, str]]:
    """What Pagefind makes of records, asked once for the same; warm builds ask for themselves."""
    given = (*records,)
    if given not in INDEXES:
        INDEXES[given] = run_pagefind(records)
    made, ids = INDEXES[given]
    return {**made}, {**ids}  # A build adds to them.


def built(folder: Path, preview: bool = False) -> Project:
    """A project whose first build is done."""

    def make(place: Path) -> None:
        programs.run(*arguments(Project(place, preview), place / "warm"), env=ENVIRONMENT).check_returncode()

    kept = shared(f"project-{preview}", make)
    project = Project(folder, preview)
    for part in ("warm", ".cache"):
        shutil.copytree(kept / part, folder / part)
    return project


PLUGINS = """
- i18n:
    docs_structure: suffix
    fallback_to_default: false
    reconfigure_material: false
    languages:
      - {locale: da, name: Dansk, build: true, default: true}
      - {locale: en, name: English, build: true}
"""


def contents(site: Path) -> Site:
    """The files of a folder."""
    files = {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}
    return {path: CONTENTS.setdefault(content, content) for path, content in files.items()}


def photograph(project: Project, colour: str, name: str = "stress-ladder/talk") -> None:
    """A photograph of one colour."""
    Image.new("RGB", (900, 600), colour).save(project.docs / f"{name}.jpg")


def arguments(project: Project, site: Path) -> list[str]:
    """The module that builds a project, and what it is given."""
    return ["mkdocs", "build", "--quiet", "-f", str(project.configured(True)), "-d", str(site)]


def command(project: Project, site: Path) -> list[str]:
    """Builds a project in a process of its own."""
    return [sys.executable, "-m", *arguments(project, site)]
