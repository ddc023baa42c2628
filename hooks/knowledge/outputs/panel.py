"""The panel: what `make check` says of the content, in the pages of a preview."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from ..core.language import Language, Languages
from ..core.problems import Problem
from ..core.strings import read_strings

ADDRESS = "preview-problems"
"""Where a page of the preview asks for the panel: a check takes longer than a page."""


@dataclass(frozen=True)
class Found:
    """What is wrong after a build."""

    problems: tuple[Problem, ...] = ()
    failure: tuple[str, ...] = ()
    """What else stopped the build or the check, by line."""

    @classmethod
    def of(cls, problems: Iterable[Problem], failure: str) -> Found:
        """The problems; and the build's message, unless errors in the content explain it."""
        problems = tuple(problems)
        is_explained = any(problem.level == "error" for problem in problems)
        return cls(problems, () if is_explained else tuple(filter(None, failure.splitlines())))

    def in_language(self, lang: Language) -> Found:
        """The same, with the problems said in a language."""
        return replace(self, problems=tuple(problem.in_language(lang) for problem in self.problems))

    @property
    def errors(self) -> list[Problem]:
        """What stops a build."""
        return [problem for problem in self.problems if problem.level == "error"]

    @property
    def warnings(self) -> list[Problem]:
        """What stops nothing."""
        return [problem for problem in self.problems if problem.level == "warning"]


@dataclass
class Panel:
    """The panel while a preview runs: each build renews it, each page asks for it."""

    config_file: Path
    overrides: Path
    languages: Languages
    failure: str = ""
    """Why the last build stopped; empty: it did not."""
    _check: Callable[[], Found] = field(init=False)
    _words: Mapping[Language, Mapping[str, Any]] = field(init=False)
    """What it says, as it could be read last: while a file of strings is broken, the panel must say so."""

    def __post_init__(self) -> None:
        self._words = read_strings(self.overrides / "strings", self.languages)
        self.renew()

    def renew(self, failure: str = "") -> None:
        """Forget what was found: a build has ended."""
        with suppress(Exception):  # Whatever is wrong with a file of strings, the checks tell.
            now = read_strings(self.overrides / "strings", self.languages)
            self._words = {lang: {**words, **now[lang]} for lang, words in self._words.items()}
        self.failure, self._check = failure, cache(partial(checked, self.config_file, failure))

    def html(self, lang: Language) -> str:
        """The panel: what is wrong, or that nothing is."""
        found = self._check().in_language(lang)
        return _rendered(self.overrides, "panel.html", lang, self._words[lang], found=found, kept=bool(self.failure))

    def loader(self, root: str) -> str:
        """What a page below a root asks for the panel with."""
        original, checking = self.languages.original, {lang: t["problems_checking"] for lang, t in self._words.items()}
        values = {"address": root + ADDRESS, "checking": checking}
        return _rendered(self.overrides, "loader.html", original, self._words[original], **values)


def render(overrides: Path, template: str, lang: Language, **values: Any) -> str:
    """A template of the preview in a language."""
    words = read_strings(overrides / "strings", Languages([lang]))[lang]
    return _rendered(overrides, template, lang, words, **values)


def _rendered(overrides: Path, template: str, lang: Language, words: Mapping[str, Any], **values: Any) -> str:
    templates = Environment(
        loader=FileSystemLoader(overrides / "preview"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    return templates.get_template(template).render(t=words, lang=lang, **values)


def first_pages(overrides: Path, languages: Languages, site: Path) -> dict[str, str]:
    """What is missing of a site that cannot be built yet, by path: pages to show the panel in."""
    missing = {
        path: lang for lang in languages if not (site / (path := f"{languages.folder(lang)}index.html")).exists()
    }
    return {path: render(overrides, "unbuilt.html", lang) for path, lang in missing.items()}


def checked(config_file: Path, failure: str = "") -> Found:
    """What the checks find, in a process of their own: the next build need not wait for them."""
    command = [sys.executable, "-m", "knowledge.checks", "--json", "--config", str(config_file)]
    paths = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    said = subprocess.run(command, capture_output=True, text=True, env=paths)
    try:
        problems = [Problem(**values) for values in json.loads(said.stdout)["problems"]]
    except ValueError:
        return Found.of((), f"{failure}\n{said.stderr}")
    return Found.of(problems, failure)


App = Callable[[Mapping[str, Any], Callable[..., Any]], Iterable[bytes]]


def with_panel(app: App, panel: Panel, root: str) -> App:
    """A WSGI application whose pages show the panel.

    Args:
        root: the path below which the site stands, with a slash at its end.
    """

    def answer(environ: Mapping[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == root + ADDRESS:
            asked = environ.get("QUERY_STRING", "")
            lang = asked if asked in panel.languages else panel.languages.original
            return _send(start, "200 OK", [("Content-Type", "text/html; charset=utf-8")], panel.html(lang).encode())
        begun: list[Any] = []
        body = app(environ, lambda status, headers, *error: begun.extend((status, headers)))
        status, headers = begun
        if not dict(headers).get("Content-Type", "").startswith("text/html"):
            start(status, headers)
            return body
        page = b"".join(body)
        before, end, after = page.rpartition(b"</body>")
        return _send(start, status, headers, before + panel.loader(root).encode() + end + after if end else page)

    return answer


def _send(start: Callable[..., Any], status: str, headers: list[tuple[str, str]], body: bytes) -> list[bytes]:
    others = [(name, value) for name, value in headers if name != "Content-Length"]
    start(status, [*others, ("Content-Length", str(len(body)))])
    return [body]
