"""The rule on corrections: each names pages that are there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...content.library import Library
from ...core.problems import did_you_mean
from .rule import Finding, line_with, rule

CORRECTIONS = "data/corrections.yml"


@rule("correction")
def corrections(library: Library, docs: Path) -> Iterator[Finding]:
    """A correction also stands on the page where the mistake was, which must be there."""
    known = set(library.articles) | library.unread
    for correction in library.corrections:
        for key in correction.pages:
            if key not in known:
                line = line_with(docs / CORRECTIONS, key)
                yield Finding(CORRECTIONS, line, f"there is no page “{key}”", did_you_mean(key, known), key)
