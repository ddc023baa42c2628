"""Rules on data files that lead to pages: what readers come with, and what was corrected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...content.data import Need
from ...content.library import Library
from ...core.problems import did_you_mean
from .rule import Finding, line_with, rule

NEEDS, CORRECTIONS = "data/needs.yml", "data/corrections.yml"
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
                yield Finding(
                    NEEDS,
                    line_with(docs / NEEDS, words, -1),
                    f"“{words}” is there twice",
                    "say it in another way",
                    words,
                )
            seen.add(f"{lang} {words.casefold()}")
        yield from _target(need, library, docs)
        if place == MOST:
            message = f"there are {len(library.needs)} needs; expected at most {MOST}"
            words = need[library.languages.original]
            yield Finding(
                NEEDS, line_with(docs / NEEDS, words), message, "delete those that fewest readers come with", words
            )


def _target(need: Need, library: Library, docs: Path) -> Iterator[Finding]:
    """Whether the article and its question are there."""
    articles = {article.key for article in library.of_kind("article")}
    if need.page not in articles:
        if need.page not in library.unread:
            message, fix = f"there is no article “{need.page}”", did_you_mean(need.page, articles)
            yield Finding(NEEDS, line_with(docs / NEEDS, f"page: {need.page}"), message, fix, need.page)
        return
    asked = {question.id for question in library[need.page].original.outline.questions if question.id}
    if need.question and need.question not in asked:
        message = f"“{need.page}” has no question “{need.question}”"
        fix = did_you_mean(need.question, asked, shown=len(asked))
        yield Finding(NEEDS, line_with(docs / NEEDS, f"question: {need.question}"), message, fix, need.question)


@rule("correction")
def corrections(library: Library, docs: Path) -> Iterator[Finding]:
    """A correction also stands on the page where the mistake was, which must be there."""
    known = set(library.articles) | library.unread
    for correction in library.corrections:
        for key in correction.pages:
            if key not in known:
                line = line_with(docs / CORRECTIONS, key)
                yield Finding(CORRECTIONS, line, f"there is no page “{key}”", did_you_mean(key, known), key)
