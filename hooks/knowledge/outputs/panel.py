"""The panel: what `make check` says of the content, in the pages of a preview."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Lock, Thread
from typing import Any

from jinja2 import DictLoader, Environment

from ..core.folder import files_in
from ..core.language import Language, Languages
from ..core.problems import Problem, errors_of
from ..core.strings import read_strings

ADDRESS = "preview-problems"
"""Where a page of the preview asks for the panel: a check takes longer than a page."""

MET = re.compile(r"(?:\A|: )(?P<file>[^\s:]++):(?P<line>\d++):1 (?P<rule>[\w-]++) (?P<message>.+); (?P<fix>[^;]++)\Z")
"""A problem, as a build says it; of a page behind that."""


@dataclass(frozen=True)
class Found:
    """What is wrong after a build."""

    problems: tuple[Problem, ...] = ()
    failure: tuple[str, ...] = ()
    """What else stopped the build or the check, by line."""

    @classmethod
    def of(cls, problems: Iterable[Problem], failure: str) -> Found:
        """The problems, also those that only the build met, such as in a hook; and what else it says, unless errors
        explain it."""
        said = tuple(filter(None, failure.splitlines()))
        met = [
            Problem(found["file"], int(found["line"]), 1, found["rule"], found["message"], found["fix"])
            for found in map(MET.search, said)
            if found
        ]
        known = {str(problem): problem for problem in (*met, *problems)}
        return cls(tuple(sorted(known.values())), () if errors_of(known.values()) else said)

    def in_language(self, lang: Language) -> Found:
        """The same, with the problems said in a language."""
        return replace(self, problems=tuple(problem.in_language(lang) for problem in self.problems))

    @property
    def errors(self) -> list[Problem]:
        """What stops a build."""
        return errors_of(self.problems)

    @property
    def warnings(self) -> list[Problem]:
        """What stops nothing."""
        return [problem for problem in self.problems if problem.level == "warning"]


class Check:
    """A check of a site, in a process of its own: no build waits for it."""

    def __init__(self, config_file: Path):
        """Get ready: what a process loads is half of what a check takes."""
        asked = ["--json", "--wait", "--config", str(config_file), "--for", str(os.getpid())]
        paths = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        command = [sys.executable, "-m", "knowledge.checks", *asked]
        self._process = Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, encoding="utf-8", env=paths)
        self._problems: tuple[Problem, ...] = ()
        self._failure = ""
        self._reading: Thread | None = None
        self._is_ended = False

    def begin(self, tell: Callable[[tuple[Problem, ...]], object]) -> None:
        """Look through the site, and tell what was found, unless it was ended."""
        self._reading = Thread(target=self._read, args=(tell,), daemon=True)
        self._reading.start()

    def _read(self, tell: Callable[[tuple[Problem, ...]], object]) -> None:
        said, failure = self._process.communicate("\n")
        try:
            self._problems = tuple(Problem(**values) for values in json.loads(said)["problems"])
        except ValueError:
            self._failure = failure
        if not self._is_ended:
            tell(self._problems)

    def found(self, failure: str) -> Found:
        """What it finds, once it has, beside why the build stopped."""
        assert self._reading
        self._reading.join()
        return Found.of(self._problems, f"{failure}\n{self._failure}")

    def end(self) -> None:
        """End it, whatever it has found by now."""
        self._is_ended = True
        self._process.kill()
        self._reading.join() if self._reading else self._process.communicate()


@dataclass
class Panel:
    """The panel while a preview runs: each save begins a check, each page asks what it found."""

    config_file: Path
    overrides: Path
    languages: Languages
    failure: str = ""
    """Why the last build stopped; empty: it did not."""
    tell: Callable[[tuple[Problem, ...]], object] = print
    """Takes what each check has found."""
    _check: Check | None = field(init=False, default=None)
    _next: Check | None = field(init=False, default=None)
    """The next check, once one has ended: it is ready."""
    _changing: Lock = field(init=False, default_factory=Lock)
    _words: Mapping[Language, Mapping[str, Any]] = field(init=False)
    """What it says, as it could be read last: while a file of strings is broken, the panel must say so."""
    _templates: Mapping[str, str] = field(init=False)
    """What it is made with, as it could be read last: the whole folder may be gone."""

    def __post_init__(self) -> None:
        self._words = read_strings(self.overrides / "strings", self.languages)
        self._templates = _templates(self.overrides)

    def begin(self) -> Check:
        """Begin a check, instead of one that goes on."""
        with self._changing:
            before, self._check, self._next = self._check, self._next or Check(self.config_file), None
            self._check.begin(self._told)
        if before:
            before.end()
        return self._check

    def _told(self, problems: tuple[Problem, ...]) -> None:
        with self._changing:
            self._next = self._next or Check(self.config_file)
        self.tell(problems)

    def end(self) -> None:
        """End the checks: the preview ends."""
        for check in filter(None, (self._check, self._next)):
            check.end()

    def renew(self, failure: str = "") -> None:
        """Take why a build stopped, if it did."""
        with suppress(Exception):  # Whatever is wrong with a file of strings, the checks tell.
            now = read_strings(self.overrides / "strings", self.languages)
            self._words = {lang: {**words, **now[lang]} for lang, words in self._words.items()}
        before = self._templates
        try:
            self._templates = {**before, **_templates(self.overrides)}
            self.loader("/")
            self._shown(Found(failure=("…",)), self.languages.original)
        except Exception:  # The checks tell that too.
            self._templates = before
        self.failure = failure

    def html(self, lang: Language) -> str:
        """The panel: what is wrong, or that nothing is."""
        check = self._check or self.begin()
        found = check.found(self.failure)
        while self._check and check is not self._check:  # A save has begun another meanwhile.
            check = self._check
            found = check.found(self.failure)
        return self._shown(found, lang)

    def _shown(self, found: Found, lang: Language) -> str:
        values = {"found": found.in_language(lang), "kept": bool(self.failure)}
        return _rendered(self._templates, "panel.html", lang, self._words[lang], **values)

    def loader(self, root: str) -> str:
        """What a page below a root asks for the panel with."""
        original, checking = self.languages.original, {lang: t["problems_checking"] for lang, t in self._words.items()}
        values = {"address": root + ADDRESS, "checking": checking}
        return _rendered(self._templates, "loader.html", original, self._words[original], **values)


def render(overrides: Path, template: str, lang: Language, **values: Any) -> str:
    """A template of the preview in a language."""
    words = read_strings(overrides / "strings", Languages([lang]))[lang]
    return _rendered(_templates(overrides), template, lang, words, **values)


def _templates(overrides: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8", "replace") for path in files_in(overrides / "preview", "*.*")}


def _rendered(
    templates: Mapping[str, str], template: str, lang: Language, words: Mapping[str, Any], **values: Any
) -> str:
    env = Environment(loader=DictLoader(templates), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return env.get_template(template).render(t=words, lang=lang, **values)


def unbuilt(overrides: Path, languages: Languages, site: Path, paths: Iterable[str]) -> dict[str, str]:
    """Pages to show the panel in, by path, for those of these that are not there: they could not be made yet."""
    missing = [path for path in paths if not (site / path).exists()]
    folders = {lang: languages.folder(lang) for lang in languages}
    langs = (next(lang for lang in reversed(folders) if path.startswith(folders[lang])) for path in missing)
    return {path: render(overrides, "unbuilt.html", lang) for path, lang in zip(missing, langs, strict=True)}


App = Callable[[Mapping[str, Any], Callable[..., Any]], Iterable[bytes]]


def with_panel(app: App, panel: Panel, root: str) -> App:
    """A WSGI application whose pages show the panel; the site stands below a root, which ends in a slash."""

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
