"""A rule on the small words before a noun: “an therapist”, »et mulighed«, »en terapeuten«."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ...content.library import Library
from ...content.passage import Passage, passages_of
from ...core.language import Language, known
from .rule import Finding, rule


class Slip(NamedTuple):
    """A kind of wrong article."""

    pattern: re.Pattern[str]
    """An article and what it cannot stand before."""
    right: str
    """The article that is right there; nothing where there is one too many."""


@cache
def _slips(lang: Language) -> tuple[Slip, ...]:
    return tuple(Slip(re.compile(said["wrong"]), said.get("right", "")) for said in known(lang).get("articles", ()))


@rule("unfinished", is_local=True)
def articles(library: Library, docs: Path) -> Iterator[Finding]:
    """An edit has changed a noun, and left the article before it: told is only what no noun of the kind allows."""
    for translation in library.translations():
        if any(
            slip.pattern.search(translation.head) or slip.pattern.search(translation.body)
            for slip in _slips(translation.lang)
        ):
            for passage in passages_of(translation):
                yield from _found(passage)


@rule("unfinished")
def articles_in_data(library: Library, docs: Path) -> Iterator[Finding]:
    """The same in the data files."""
    for passage in library.data_passages:
        yield from _found(passage)


def _found(passage: Passage) -> Iterator[Finding]:
    for pattern, right in _slips(passage.lang):
        for found in pattern.finditer(passage.text):
            start = found.start()
            while passage.text[start - 1 : start].isalpha():  # A pattern begins with the last letter of the article.
                start -= 1
            written = passage.text[start : found.end()]
            message, fix = f"“{written}” has an article at both ends", "delete one of them"
            if right:
                article = right.capitalize() if written[0].isupper() else right
                message, fix = f"“{written}” has the wrong article", f"write “{article}” before it"
            yield Finding.at(passage, start, message, fix)
