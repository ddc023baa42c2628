"""Rules on sources: a claim rests on one, and each that is kept is cited."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...content.library import Library
from ...core.problems import did_you_mean
from .rule import Finding, rule

SOURCES = "data/sources.yml"


@rule("source", is_local=True, is_firm=True)
def sources(library: Library, docs: Path) -> Iterator[Finding]:
    """A claim rests on a source that a reader can look up."""
    if SOURCES in library.unread:
        return
    for translation in library.translations():
        for cite in translation.outline.citations:
            if cite.target not in library.sources:
                message = f"there is no source “{cite.target}”"
                fix = did_you_mean(cite.target, library.sources, f"docs/{SOURCES}")
                yield Finding(translation, cite.line, message, fix, cite.target)


@rule("uncited", is_local=True)
def uncited(library: Library, docs: Path) -> Iterator[Finding]:
    """Nobody can check an article without sources."""
    for article in library.of_kind("article"):
        if library.sources and not any(t.outline.citations for t in article.translations.values()):
            fix = "cite the sources on which it rests: [@key] just before the full stop"
            yield Finding(article.original, article.original.body_line, "the article cites no source", fix)


@rule("source-unused", "warning")
def unused(library: Library, docs: Path) -> Iterator[Finding]:
    """The sources page shows what the articles rest on: a source that none of them uses does not belong there."""
    if library.unread:
        return
    cited = {cite.target for translation in library.translations() for cite in translation.outline.citations}
    for key in library.sources:
        if key not in cited:
            message = f"no article cites “{key}”"
            yield Finding(SOURCES, library.line_in(SOURCES, key), message, "cite it, or delete the record")


@rule("accessed")
def accessed(library: Library, docs: Path) -> Iterator[Finding]:
    """A web page changes, and so does a law: readers must see on which day it was read."""
    for key, source in library.sources.items():
        is_dated = source.accessed or (source.type == "legislation" and source.issued)
        if source.type in ("webpage", "legislation") and not is_dated and not source.unverified:
            message = f"“{key}” does not say when it was read"
            fix = "add “accessed: …”, or “unverified: true” where nobody has seen it"
            yield Finding(SOURCES, library.line_in(SOURCES, key), message, fix)
