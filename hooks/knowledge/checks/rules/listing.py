"""Rules on what stands in lists of results: titles, descriptions, and when a page was last reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...content.article import Translation
from ...content.library import Library
from ...core import day
from .rule import Finding, rule

TITLE_LIMITS = (3, 60)
DESCRIPTION_LIMITS = (50, 160)
"""Characters that search engines show in full, more or less."""


@rule("length", "warning")
def lengths(library: Library, docs: Path) -> Iterator[Finding]:
    """Search engines cut long titles and descriptions, and write their own where they are too short."""
    for translation in library.translations():
        for key, (low, high) in (("title", TITLE_LIMITS), ("description", DESCRIPTION_LIMITS)):
            size = len(getattr(translation.words, key))
            if not low <= size <= high:
                message = f"the {key} has {size} characters; expected {low} to {high}"
                fix = "shorten it" if size > high else "write more"
                yield Finding(translation, translation.lines[key], message, fix)


@rule("same-words", "warning")
def same_words(library: Library, docs: Path) -> Iterator[Finding]:
    """Two pages with one title or one description cannot be told apart in a list of results."""
    for key in ("title", "description"):
        seen: dict[tuple[str, str], Translation] = {}
        for translation in library.translations():
            text = (translation.lang, getattr(translation.words, key))
            if text in seen:
                message = f"the {key} is the same as in docs/{seen[text].path}"
                yield Finding(translation, translation.lines[key], message, f"give it a {key} of its own")
            seen.setdefault(text, translation)


@rule("review-due", "warning")
def review_due(library: Library, docs: Path) -> Iterator[Finding]:
    """Knowledge ages: each page is read whole again within three years, or by the day in review_by."""
    for article in library.articles.values():
        reviewed, due, lines = article.shared.reviewed, article.review_due, article.original.lines
        if due and due < day.today():
            key = "review_by" if due == article.shared.review_by else "reviewed"
            fix = "read the whole page, check it against its sources, then write today's date in “reviewed”"
            yield Finding(article.original, lines[key], f"last reviewed {reviewed}, and due by {due}", fix)
