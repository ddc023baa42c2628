"""Rules on data files that lead to pages: what readers come with, what they type, and what was corrected; and
on examples of what is typed in need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from ...content.data import CORRECTIONS, NEEDS, examples_of, phrases_of
from ...content.library import Library
from ...core.problems import did_you_mean
from ..structure import questions_of
from .rule import Finding, rule

MOST = 6
"""So many entries fit on the first screen of a phone."""


@rule("need")
def needs(library: Library) -> Iterator[Finding]:
    """The home page begins with what readers come with."""
    seen: set[tuple[str, str]] = set()
    articles = {article.key for article in library.of_kind("article")}
    for place, need in enumerate(library.needs):
        for lang in library.languages:
            words = need[lang]
            if (lang, words.casefold()) in seen:
                yield Finding(NEEDS, (place, lang), f"“{words}” is there twice", "say it in another way", words)
            seen.add((lang, words.casefold()))
        if need.page in articles:
            asked = {question.id for question in library[need.page].original.outline.questions if question.id}
            if need.question and need.question not in asked:
                yield Finding(NEEDS, (place, "question"), *_no_question(need.page, need.question, asked), need.question)
        elif need.page not in library.unread:
            message, fix = f"there is no article “{need.page}”", did_you_mean(need.page, articles)
            yield Finding(NEEDS, (place, "page"), message, fix, need.page)
        if place == MOST:
            original = library.languages.original
            message = f"there are {len(library.needs)} needs; expected at most {MOST}"
            fix = "delete those that fewest readers come with"
            yield Finding(NEEDS, (place, original), message, fix, need[original])


@rule("correction")
def corrections(library: Library) -> Iterator[Finding]:
    """A correction also stands on the page where the mistake was, which must be there."""
    known = set(library.articles) | library.unread
    for place, correction in enumerate(library.corrections):
        for i, key in enumerate(correction.pages):
            if key not in known:
                message = f"there is no page “{key}”"
                yield Finding(CORRECTIONS, (place, "pages", i), message, did_you_mean(key, known), key)


@rule("phrase")
def phrases(library: Library) -> Iterator[Finding]:
    """Phrases of a page that is not there would find nothing, and nobody would see it."""

    @cache
    def asked(key: str) -> set[str]:
        texts = library[key].translations.values()
        return {question.id for text in texts for question in questions_of(text) if question.id}

    for lang, listed in library.phrases.items():
        file = f"data/{phrases_of(lang)}.yml"
        for place, said in listed.items():
            if wrong := _wrong_place(place, library, asked):
                yield Finding(file, (place,), *wrong, place)
            seen: dict[str, int] = {}
            for i, phrase in enumerate(said):
                first = seen.setdefault(" ".join(phrase.casefold().split()), i)
                before, line = (library.line_in(file, place, one) for one in (first, i)) if first < i else (0, 0)
                if before < line:
                    message = f"“{phrase}” is there twice: on line {before} too"
                    yield Finding(file, line, message, "delete one of them", phrase)


@rule("data")
def examples(library: Library) -> Iterator[Finding]:
    """What is need below one heading and ordinary below another teaches the search nothing."""
    for lang, given in library.examples.items():
        file = f"data/{examples_of(lang)}.yml"
        seen: dict[str, tuple[str, int]] = {}
        for kind, queries in given:
            for i, query in enumerate(queries):
                first = seen.setdefault(query.casefold(), (kind, i))
                if first[0] != kind:
                    message = f"“{query}” is there twice: on line {library.line_in(file, *first)} too"
                    yield Finding(file, (kind, i), message, "delete the one that is wrong", query)


def _wrong_place(place: str, library: Library, asked: Callable[[str], set[str]]) -> tuple[str, str] | None:
    """What is wrong with the page and the question that a key names, and how to fix it."""
    key, is_question, id = place.partition("#")
    if key in library.unread:
        return None
    if key not in library.articles:
        return f"there is no page “{key}”", did_you_mean(key, library.articles)
    page = library[key]
    if not (page.is_searched or page.is_withdrawn):  # One that is withdrawn may come back.
        return f"the search leaves out the page “{key}”", "delete what is below it"
    return _no_question(key, id, asked(key)) if is_question and id not in asked(key) else None


def _no_question(key: str, id: str, asked: set[str]) -> tuple[str, str]:
    return f"“{key}” has no question “{id}”", did_you_mean(id, asked)
