"""The rule on needs: each leads to an article, or to one of its questions, and no two say the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...content.data import Need
from ...content.library import Library
from ...core.problems import did_you_mean
from .rule import Finding, line_with, rule

NEEDS = "data/needs.yml"
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
                    NEEDS, line_with(docs / NEEDS, words, -1), f"“{words}” stands twice", "say it in another way", words
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
