"""Rules on data files that lead to pages: what readers come with, and what was corrected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...content.data import CORRECTIONS, NEEDS, Need
from ...content.library import Library
from ...core.problems import did_you_mean
from .rule import Finding, rule

MOST = 6
"""So many entries fit on the first screen of a phone."""


@rule("need")
def needs(library: Library, docs: Path) -> Iterator[Finding]:
    """The home page begins with what readers come with."""
    seen: set[str] = set()
    for place, need in enumerate(library.needs):
        for lang in library.languages:
            words = need[lang]
            if f"{lang} {words.casefold()}" in seen:
                line = library.line_in(NEEDS, place, lang)
                yield Finding(NEEDS, line, f"“{words}” is there twice", "say it in another way", words)
            seen.add(f"{lang} {words.casefold()}")
        yield from _target(place, need, library)
        if place == MOST:
            message = f"there are {len(library.needs)} needs; expected at most {MOST}"
            original = library.languages.original
            line, fix = library.line_in(NEEDS, place, original), "delete those that fewest readers come with"
            yield Finding(NEEDS, line, message, fix, need[original])


def _target(place: int, need: Need, library: Library) -> Iterator[Finding]:
    """Whether the article and its question are there."""
    articles = {article.key for article in library.of_kind("article")}
    if need.page not in articles:
        if need.page not in library.unread:
            message, fix = f"there is no article “{need.page}”", did_you_mean(need.page, articles)
            yield Finding(NEEDS, library.line_in(NEEDS, place, "page"), message, fix, need.page)
        return
    asked = {question.id for question in library[need.page].original.outline.questions if question.id}
    if need.question and need.question not in asked:
        message = f"“{need.page}” has no question “{need.question}”"
        fix = did_you_mean(need.question, asked)
        yield Finding(NEEDS, library.line_in(NEEDS, place, "question"), message, fix, need.question)


@rule("correction")
def corrections(library: Library, docs: Path) -> Iterator[Finding]:
    """A correction also stands on the page where the mistake was, which must be there."""
    known = set(library.articles) | library.unread
    for place, correction in enumerate(library.corrections):
        for i, key in enumerate(correction.pages):
            if key not in known:
                line = library.line_in(CORRECTIONS, place, "pages", i)
                yield Finding(CORRECTIONS, line, f"there is no page “{key}”", did_you_mean(key, known), key)
