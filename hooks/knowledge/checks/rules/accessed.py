"""The rule on the day on which a web page or a law was read, which readers see beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...content.library import Library
from .citing import SOURCES
from .front_matter import record_line
from .rule import Finding, rule


@rule("accessed")
def accessed(library: Library, docs: Path) -> Iterator[Finding]:
    """A web page changes, and so does a law: readers must see on which day it was read."""
    for key, source in library.sources.items():
        is_dated = source.accessed or (source.type == "legislation" and source.issued)
        if source.type in ("webpage", "legislation") and not is_dated and not source.unverified:
            message = f"“{key}” does not say when it was read"
            fix = "add “accessed: …”, or “unverified: true” where nobody has seen it"
            yield Finding(SOURCES, record_line(docs / SOURCES, key), message, fix)
