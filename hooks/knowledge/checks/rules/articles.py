"""A rule on the small words before a noun: “an therapist”, »et mulighed«, »en terapeuten«."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ...content.passage import Passage
from ...core.language import Language, known
from .rule import Finding, passage_rule


class Slip(NamedTuple):
    """A kind of wrong article."""

    pattern: re.Pattern[str]
    """An article and what it cannot stand before."""
    right: str
    """The article that is right there; nothing where there is one too many."""


@cache
def _slips(lang: Language) -> tuple[Slip, ...]:
    return tuple(Slip(re.compile(said["wrong"]), said.get("right", "")) for said in known(lang).get("articles", ()))


def _may_slip(text: str, lang: Language) -> bool:
    return any(slip.pattern.search(text) for slip in _slips(lang))


@passage_rule("unfinished", may_hold=_may_slip)
def articles(passage: Passage) -> Iterator[Finding]:
    """An edit has changed a noun, and left the article before it: told is only what no noun of the kind allows."""
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
