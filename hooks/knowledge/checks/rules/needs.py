"""Rules on data files that lead to pages: what readers come with and what they type, and what was corrected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...content.data import Need, phrases_of
from ...content.library import Library
from ...core.problems import did_you_mean
from ..structure import questions_of
from .rule import Finding, rule

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
        fix = did_you_mean(need.question, asked, shown=len(asked))
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


@rule("phrase")
def phrases(library: Library, docs: Path) -> Iterator[Finding]:
    """Phrases of a page that is not there would find nothing, and nobody would see it."""
    for lang, listed in library.phrases.items():
        file = f"data/{phrases_of(lang)}.yml"
        for place, said in listed.items():
            if wrong := _wrong_place(place, library):
                yield Finding(file, library.line_in(file, place), *wrong, place)
            seen: dict[str, int] = {}
            for i, phrase in enumerate(said):
                line = library.line_in(file, place, i)
                before = seen.setdefault(" ".join(phrase.casefold().split()), line)
                if before != line:
                    message = f"“{phrase}” is there twice: on line {before} too"
                    yield Finding(file, line, message, "delete one of them", phrase)


def _wrong_place(place: str, library: Library) -> tuple[str, str] | None:
    """What is wrong with the page and the question that a key names, and how to fix it."""
    key, is_question, id = place.partition("#")
    if key in library.unread:
        return None
    if key not in library.articles:
        return f"there is no page “{key}”", did_you_mean(key, library.articles)
    page = library[key]
    if not (page.is_searched or page.is_withdrawn):  # One that is withdrawn may come back.
        return f"the search leaves out the page “{key}”", "delete what is below it"
    if not is_question:
        return None
    ids = {question.id for text in page.translations.values() for question in questions_of(text)}
    if id in ids:
        return None
    asked = [question for question in ids if question]
    return f"“{key}” has no question “{id}”", did_you_mean(id, asked, shown=len(asked))
