"""The configuration as MkDocs reads it: the one module below `knowledge` that knows MkDocs.

A build is given it by MkDocs; the checks ask for it themselves, so that they see what a build would.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..content.settings import ConfigFile, languages_of
from ..core.language import LANGUAGES, Languages
from ..core.problems import Level, Problem
from .html import BASIC, MarkdownSettings

UNKNOWN = "Unrecognised configuration name"
"""Of a setting without effect, which `knowledge.checks.settings` tells with what has one."""
PLAIN = (
    "site_name",
    "site_url",
    "extra",
    "extra_css",
    "copyright",
    "repo_url",
    "repo_name",
    "edit_uri",
    "edit_uri_template",
    "nav",
)
"""Settings whose values are plain."""
ABOUT_A_KEY = re.compile(r"\AConfig value '([^']{1,80})': (.*)\Z", re.DOTALL)


@dataclass(frozen=True)
class Configuration:
    """What the checks need of mkdocs.yml."""

    docs: Path
    overrides: Path | None
    markdown: MarkdownSettings = BASIC
    languages: Languages = LANGUAGES
    values: Mapping[str, Any] = field(default_factory=dict)
    """What `resolved` gives."""


def configuration(file: Path) -> tuple[Configuration, list[Problem]]:
    """Read mkdocs.yml, with all that MkDocs would say of it.

    Returns:
        The configuration; where MkDocs would stop, as far as it can be understood.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    written = ConfigFile.read(file)
    if any(problem.level == "error" for problem in written.problems):
        return _as_written(file, written), list(written.problems)
    with logged(logging.WARNING) as records:
        try:
            config = load_config(str(file))
        except MkDocsException as error:
            problems = [_problem(written, record) for record in records]
            said = " ".join(str(error).split()).rstrip(".")
            whole = written.problem("config", (), said, "see MkDocs' manual, Configuration")
            return _as_written(file, written), problems or [whole]
    theme = config.theme.custom_dir
    overrides = Path(theme).resolve() if theme else None
    problems = [_problem(written, record) for record in records if UNKNOWN not in record.getMessage()]
    if not overrides:
        message = "“theme.custom_dir” is missing, where the templates are"
        problems.append(written.problem("config", ("theme",), message, "write custom_dir: overrides below theme:"))
    found = Configuration(
        Path(config.docs_dir),
        overrides,
        MarkdownSettings(tuple(config.markdown_extensions), dict(config.mdx_configs or {})),
        languages_in(config),
        resolved(config),
    )
    return found, problems


def resolved(config: Any) -> dict[str, Any]:
    """The settings of the site's looks and content, as MkDocs read them, in plain values."""
    i18n = config.plugins.get("i18n")
    scripts = [script if isinstance(script, str) else dict(script) for script in config.extra_javascript]
    return {
        **{key: config[key] for key in PLAIN},
        "theme": {key: config.theme[key] for key in config.theme},
        "icons": [Path(folder) / ".icons" for folder in config.theme.dirs],
        "extra_javascript": scripts,
        "languages": languages_in(config),
        "i18n": [dict(language) for language in i18n.config.languages] if i18n else [],
    }


def languages_in(config: Any) -> Languages:
    """The languages that a configuration names, as MkDocs has read it."""
    plugin = config.plugins.get("i18n")
    return Languages.of(plugin.config.languages if plugin else ()) or LANGUAGES


def _as_written(file: Path, written: ConfigFile) -> Configuration:
    """What can be taken from a file that MkDocs does not read."""
    values, root = written.values, file.resolve().parent
    theme = values.get("theme")
    docs, overrides = values.get("docs_dir"), theme.get("custom_dir") if isinstance(theme, dict) else None
    return Configuration(
        root / (docs if isinstance(docs, str) else "docs"),
        root / (overrides if isinstance(overrides, str) else "overrides"),
        languages=languages_of(file),
    )


def _problem(written: ConfigFile, record: logging.LogRecord) -> Problem:
    """What MkDocs says of a key, at its line."""
    message = record.getMessage()
    found = ABOUT_A_KEY.match(message)
    path, said = ((found[1],), found[2]) if found else ((), message)
    text = " ".join(said.split()).rstrip(".")
    about = f"“{path[0]}”: " if path else ""
    level: Level = "error" if record.levelno >= logging.ERROR else "warning"
    file, line = written.place(*path)
    return Problem(file, line, 1, "config", f"{about}{text}", "see MkDocs' manual, Configuration", level)


@contextmanager
def logged(level: int) -> Iterator[list[logging.LogRecord]]:
    """What MkDocs logs meanwhile from a level on, instead of printing it; `--quiet` hides none of it."""
    records: list[logging.LogRecord] = []
    listener = logging.Handler()
    listener.emit = records.append  # type: ignore[assignment, method-assign]  # its one purpose
    logger = logging.getLogger("mkdocs")
    handlers, before, propagate = logger.handlers, logger.level, logger.propagate
    logger.handlers, logger.propagate = [listener], False
    logger.setLevel(level)
    try:
        yield records
    finally:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(before)
