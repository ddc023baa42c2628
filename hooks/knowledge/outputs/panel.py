"""The panel: what `make check` says of the content, in the pages of a preview."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
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

    def __post_init__(self) -> None:
        self.renew()

    def renew(self, failure: str = "") -> None:
        """Forget what was found: a build has ended."""
        self.failure, self._check = failure, cache(partial(checked, self.config_file, failure))

    def html(self, lang: Language) -> str:
        """The panel: what is wrong, or that nothing is."""
        found = self._check().in_language(lang)
        return render(self.overrides, "panel.html", lang, found=found, kept=bool(self.failure))

    def loader(self, root: str) -> str:
        """What a page below a root asks for the panel with."""
        checking = {
            lang: words["problems_checking"]
            for lang, words in read_strings(self.overrides / "strings", self.languages).items()
        }
        return render(self.overrides, "loader.html", self.languages.original, address=root + ADDRESS, checking=checking)


def render(overrides: Path, template: str, lang: Language, **values: Any) -> str:
    """A template of the preview in a language."""
    templates = Environment(
        loader=FileSystemLoader(overrides / "preview"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    return templates.get_template(template).render(
        t=read_strings(overrides / "strings", Languages([lang]))[lang], lang=lang, **values
    )


def first_pages(overrides: Path, languages: Languages) -> dict[str, str]:
    """What stands in an empty site until it can be built, by path: pages to show the panel in."""
    return {f"{languages.folder(lang)}index.html": render(overrides, "unbuilt.html", lang) for lang in languages}


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
