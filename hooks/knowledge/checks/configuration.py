"""The configuration as MkDocs reads it, or as far as it can be understood where MkDocs cannot.

A build is given it by MkDocs; the checks ask for it themselves, so that they see what a build would.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..content.redirects import MAPS, PLUGIN
from ..content.settings import ConfigFile, languages_of
from ..core.language import LANGUAGES, Languages
from ..core.problems import Problem, errors_of
from .essentials import essentials, holds_pages, locales, spoken_in
from .guests import is_ours
from .html import BASIC, MarkdownSettings
from .wrong_setting import ABOUT_THE_CONTENT, unforeseen, wrong_setting

PLAIN = "site_name site_url extra extra_css copyright repo_url repo_name edit_uri edit_uri_template nav".split()
"""Settings whose values are plain."""
LEAVES_OUT = ("exclude_docs", "draft_docs")
"""Settings of what MkDocs builds no page of, or copies not."""


@dataclass(frozen=True)
class Configuration:
    """What the checks need of mkdocs.yml."""

    docs: Path
    overrides: Path | None
    markdown: MarkdownSettings = BASIC
    languages: Languages = LANGUAGES
    values: Mapping[str, Any] = field(default_factory=dict)
    """What `resolved` gives."""
    knows_content: bool = True
    """Whether it says where the content is and in which languages, so that it can be looked through."""
    stops: bool = False
    """Whether `mkdocs build --strict` stops at it, before this site has a say."""


def configuration(file: Path) -> tuple[Configuration, list[Problem]]:
    """Read mkdocs.yml, with all that MkDocs would say of it.

    Returns:
        The configuration; where MkDocs would stop, as far as it can be understood.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    written, failure = ConfigFile.read(file), None
    if errors_of(written.problems):
        return _as_written(file, written, stops=_stops(file)), list(written.problems)
    with logged(logging.WARNING) as records:
        try:
            config = _load(file, records)
        except Exception as error:  # MkDocs' own, or what it did not foresee, such as custom_dir: without a folder.
            failure = error
    problems = list(dict.fromkeys(filter(None, (wrong_setting(written, record) for record in records))))
    if failure:
        known = not any(ABOUT_THE_CONTENT.match(record.getMessage()) for record in records)
        understood = replace(_as_written(file, written, stops=True), knows_content=known)
        return understood, problems or [unforeseen(written, failure)]
    theme, docs = config.theme.custom_dir, Path(config.docs_dir)
    overrides = Path(theme).resolve() if theme and (Path(theme) / "article.html").is_file() else None
    problems += (lacking := essentials(config))
    is_folder_lacking = any(problem.file != written.name for problem in lacking)
    found = Configuration(
        docs,
        overrides,
        markdown_in(config),
        languages_in(config),
        resolved(config),
        holds_pages(docs) and spoken_in(docs) <= {*locales(config)} and not is_folder_lacking,
        stops=bool(records),
    )
    return found, problems


def _load(file: Path, records: list[logging.LogRecord]) -> Any:
    """What MkDocs makes of a file: a warning stops a strict build, and keeps nobody from reading on."""
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort

    try:
        return load_config(str(file))
    except Abort:
        if any(record.levelno >= logging.ERROR for record in records):
            raise
        records.clear()
        return load_config(str(file), strict=False)


def _stops(file: Path) -> bool:
    """Whether MkDocs stops at a file by itself, which has less against one than we do."""
    from mkdocs.config import load_config

    with logged(logging.CRITICAL):
        try:
            load_config(str(file), strict=True)
        except Exception:
            return True
    return False


def resolved(config: Any) -> dict[str, Any]:
    """The settings of the site's looks and content, as MkDocs read them, in plain values."""
    i18n, redirects = (config.plugins.get(name) for name in ("i18n", PLUGIN))
    scripts = [script if isinstance(script, str) else dict(script) for script in config.extra_javascript]
    return {
        **{key: config[key] for key in PLAIN},
        "theme": {key: config.theme[key] for key in config.theme},
        "icons": [Path(folder) / ".icons" for folder in config.theme.dirs],
        "extra_javascript": scripts,
        "languages": languages_in(config),
        "left_out": {key: config[key] for key in LEAVES_OUT},
        "i18n": [dict(language) for language in i18n.config.languages] if i18n else [],
        "redirects": redirects.config.get(MAPS) or {} if redirects else {},
    }


def markdown_in(config: Any) -> MarkdownSettings:
    """How a configuration, as MkDocs has read it, has texts converted."""
    written = ConfigFile.read(Path(config.config_file_path))
    at = written.problem("config", ("markdown_extensions",), "", "")
    options = dict(config.mdx_configs or {})
    return MarkdownSettings(tuple(config.markdown_extensions), options, _fills_in(config), (at.file, at.line))


def _fills_in(config: Any) -> bool:
    """Whether a plugin or hook beside us may replace marks in texts before they are converted."""
    guests = (guest for name, guest in config.plugins.items() if name != "i18n" and not is_ours(name))
    return any(hasattr(guest, "on_page_markdown") for guest in guests)


def languages_in(config: Any) -> Languages:
    """The languages that a configuration names, as MkDocs has read it."""
    plugin = config.plugins.get("i18n")
    return Languages.of(plugin.config.languages if plugin else ()) or LANGUAGES


def _as_written(file: Path, written: ConfigFile, stops: bool) -> Configuration:
    """What can be taken from a file that MkDocs does not read."""
    values, root = written.values, file.resolve().parent
    theme = values.get("theme")
    docs, overrides = values.get("docs_dir"), theme.get("custom_dir") if isinstance(theme, dict) else None
    return Configuration(
        root / (docs if isinstance(docs, str) else "docs"),
        root / (overrides if isinstance(overrides, str) else "overrides"),
        languages=languages_of(file),
        stops=stops,
    )


@contextmanager
def logged(level: int) -> Iterator[list[logging.LogRecord]]:
    """What MkDocs logs meanwhile from a level on, instead of printing it; neither `--quiet` nor a worker, which prints
    nothing, hides any: what is warned of must not be kept as if it were right."""
    records: list[logging.LogRecord] = []
    listener = logging.Handler()
    listener.emit = records.append  # type: ignore[assignment, method-assign]  # its one purpose
    logger = logging.getLogger("mkdocs")
    handlers, before, propagate = logger.handlers, logger.level, logger.propagate
    logger.handlers, logger.propagate = [listener], False
    logger.setLevel(level)
    disabled = logging.root.manager.disable
    logging.disable(logging.NOTSET)
    try:
        yield records
    finally:
        logging.disable(disabled)
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(before)
