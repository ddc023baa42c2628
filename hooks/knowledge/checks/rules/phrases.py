"""The rule on what readers type: each phrase belongs to a page or a question that is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

from ...content.data import phrases_of
from ...content.library import Library
from ...core.problems import did_you_mean
from ..structure import questions_of
from .rule import Finding, rule


@rule("phrase")
def phrases(library: Library, docs: Path) -> Iterator[Finding]:
    """Phrases of a page that is not there would find nothing, and nobody would see it."""
    questions = cache(partial(_questions, library))
    for lang, listed in library.phrases.items():
        file = f"data/{phrases_of(lang)}.yml"
        for place, said in listed.items():
            if wrong := _wrong_place(place, library, questions):
                yield Finding(file, library.line_in(file, place), *wrong, place)
            seen: dict[str, int] = {}
            for i, phrase in enumerate(said):
                first = seen.setdefault(" ".join(phrase.casefold().split()), i)
                before, line = (library.line_in(file, place, one) for one in (first, i)) if first < i else (0, 0)
                if before < line:
                    message = f"“{phrase}” is there twice: on line {before} too"
                    yield Finding(file, line, message, "delete one of them", phrase)


def _questions(library: Library, key: str) -> set[str | None]:
    """The ids of a page's questions."""
    return {question.id for text in library[key].translations.values() for question in questions_of(text)}


def _wrong_place(place: str, library: Library, questions: Callable[[str], set[str | None]]) -> tuple[str, str] | None:
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
    ids = questions(key)
    if id in ids:
        return None
    asked = [question for question in ids if question]
    return f"“{key}” has no question “{id}”", did_you_mean(id, asked)
