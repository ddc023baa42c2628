"""Rules on sources: a claim rests on one, and each that is kept is cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ...content.library import Library
from ...content.prose import prose
from ...core.problems import did_you_mean
from .rule import Finding, rule

SOURCES = "data/sources.yml"
TYPED = re.compile(
    r"\((?P<name>[A-ZÆØÅÖÄ][\w’'-]+)"
    r"(?: et al\.?,?| m\.fl\.,?|,(?= \d)|(?:,? [A-ZÆØÅÖÄ][\w’'-]+){0,3},? (?:og|and|&) [A-ZÆØÅÖÄ][\w’'-]+,?)"
    r" (?P<year>(?:19|20)\d\d)[a-z]?(?:[,:;] ?(?:s\.|pp?\.)? ?[\d–-]+)?\)"
)
"""A source as books name it: (Bordin, 1979), (Horvath & Luborsky, 1993)."""


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


@rule("typed-citation", is_local=True)
def typed_citations(library: Library, docs: Path) -> Iterator[Finding]:
    """A source that is typed by hand is in no list: readers cannot look it up."""
    for translation in library.translations():
        if not TYPED.search(translation.body):
            continue  # Nor is there one without code and addresses, where spaces stand in their place.
        for found in TYPED.finditer(prose(translation.body)):
            line = translation.body_line + found.string.count("\n", 0, found.start())
            name, year = found["name"], int(found["year"])
            keys = [
                key for key, kept in library.sources.items() if kept.issued == year and kept.author[0].is_called(name)
            ]
            fix = f"write [@{keys[0]}]" if keys else f"add it to docs/{SOURCES}, and write [@its-key]"
            yield Finding(translation, line, f"“{found[0]}” is not in the list of sources", fix, found[0])


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
