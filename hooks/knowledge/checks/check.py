"""Everything that is wrong with a site, whoever asks: the build, `make check` or the preview."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from ..content import svg
from ..content.given import Given
from ..content.library import Library
from ..content.published import vanished
from ..content.settings import ConfigFile
from ..core.cache import NO_CACHE, Cache
from ..core.day import today
from ..core.fingerprint import checksum, code, digest
from ..core.language import Languages
from ..core.problems import Problem, errors_of, told_once
from ..pages.blocks import DATA
from ..pages.settings import Beginning, Settings
from . import rules
from .configuration import configuration
from .html import BASIC, MarkdownSettings, html
from .looks import looks, static_files
from .rules.spelling import misspelled
from .settings import without_effect

ALONE = frozenset(
    "diagram faq heading html invisible link markup-left picture question shows-differently source "
    "typed-citation".split()
)
"""Rules on one text: until it is right in itself, comparing it with its translation tells what only follows."""
ON_WORDS = ("figures", "foreign-word", "shows-differently", "spelling", "unfinished")
"""Rules on what words are read, which say little of a line whose marks did not take."""
OF_AN_ID = frozenset({"faq", "question"})
ON_A_HEADING = ("heading", "html", "markup-left")
"""Rules on how a heading is written: of a mistyped {#id}, those on questions say what to write instead."""
CACHE = ".cache/pages.sqlite"
"""What builds keep, beside mkdocs.yml: what they have found is not looked for again."""


def check(
    docs: Path,
    kept: Cache = NO_CACHE,
    with_spelling: bool = False,
    markdown: MarkdownSettings | None = BASIC,
    languages: Languages | None = None,
    given: Given | None = None,
) -> tuple[Library, list[Problem]]:
    """Read the content folder and look through it.

    Args:
        markdown: how texts are converted; None: whoever asks converts them anyway, and tells what came of it.
        languages: of the site; None: those of the mkdocs.yml beside the folder.
        given: what the settings give to the content; None: what mkdocs.yml beside the folder says of it.

    Returns:
        What could be understood of it, and its problems by file and line.
    """
    library, problems = Library.read(docs, kept, languages, DATA, given)
    if not docs.is_dir():
        return library, problems  # All else would be told as gone, which it may not be.
    problems += rules.problems(library, kept=kept) + vanished(library, docs.parent / "published")
    problems += _drawings(library, kept)
    if markdown:
        problems += html(library, markdown, kept)
    if with_spelling:
        problems += rules.problems(library, rules.CHECKS, kept) + misspelled(library, kept)
    # What readers do not see yet may be unfinished, and stops no build.
    drafts = [article for article in library.articles.values() if article.is_draft]
    unfinished = {f"docs/{translation.path}" for article in drafts for translation in article.translations.values()}
    found = (replace(problem, level="warning") if problem.file in unfinished else problem for problem in problems)
    return library, sorted(set(_causes(library, found)))


def _causes(library: Library, problems: Iterable[Problem]) -> list[Problem]:
    """The problems without those that only follow from another, and would be mended at the wrong place."""
    found, told = list(problems), defaultdict[tuple[str, int], set[str]](set)
    for problem in errors_of(found):
        if problem.file.endswith(".md") and problem.rule in ALONE | {"help-text", "language"}:
            told[problem.file, problem.line].add(problem.rule)
    wrong = {file for (file, _), rules_there in told.items() if rules_there & ALONE}
    pairs = ({f"docs/{text.path}" for text in article.translations.values()} for article in library.articles.values())
    files = {file for pair in pairs if pair & wrong for file in pair}
    return [
        problem
        for problem in found
        if not (problem.rule == "parity" and problem.file in files)
        and not (problem.rule in ON_A_HEADING and OF_AN_ID & told.get((problem.file, problem.line), set()))
        and not (problem.rule in ON_WORDS and told.get((problem.file, problem.line), {problem.rule}) - {problem.rule})
    ]


def _drawings(library: Library, kept: Cache) -> list[Problem]:
    """What is wrong with the SVG files below `docs/`."""
    covers = {article.cover for article in library.articles.values() if article.kind in ("article", "topic")}
    found: list[Problem] = []
    for path in sorted(name for name in library.media if name.endswith(".svg")):
        try:
            data = (library.docs / path).read_bytes()
        except OSError:  # It is gone since it was listed.
            continue
        size = svg.COVER if path in covers else None
        name = digest("drawing", code(), path, size, checksum(data))
        flaws = kept.value(name, list[svg.Flaw], partial(svg.flaws, data, size))
        found += (Problem(f"docs/{path}", line, 1, "drawing", message, fix) for line, message, fix in flaws)
    return found


def cache_beside(config_file: Path) -> Cache:
    """What builds of a site keep."""
    return Cache(config_file.resolve().parent / CACHE)


def check_site(config_file: Path, kept: Cache | None = None) -> tuple[Library, list[Problem]]:
    """Look through a site: its configuration, its content and how it looks.

    Args:
        kept: what its builds keep; from here on nothing, where mkdocs.yml wants that.

    Returns:
        What could be understood of the content, and all problems by file and line.
    """
    config, problems = configuration(config_file)
    extra, file = config.values.get("extra"), ConfigFile.read(config_file)
    kept = kept or cache_beside(config_file)
    if isinstance(extra, Mapping) and not extra.get("cache", True):
        kept.file = None
    overrides, languages = config.overrides or Path("overrides"), config.languages
    begun = Beginning.read(config.values, file, config.docs, overrides) if config.values else None
    given, markdown = begun.given if begun else None, config.markdown
    if not config.knows_content:  # All that would be told of it would be of the wrong files.
        kept.close()
        return Library.read(Path(os.devnull), languages=languages, given=Given())[0], told_once(problems)
    library, found = check(config.docs, kept, True, markdown=markdown, languages=languages, given=given)
    problems += found
    if begun:
        problems += Settings.read(begun, library.out_on(today())).problems
    problems += without_effect(file, config_file.parent, overrides)
    if config.overrides and config.overrides.is_dir():
        problems += looks(config.overrides, library.languages, kept) + static_files(config.overrides, kept)
    kept.close()
    return library, told_once(problems)
