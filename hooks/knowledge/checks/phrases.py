"""Phrases: ways of saying something, as an editor lists them in a data file.

`*` stands for any letters, `a/b` for either word, `…` for up to three words, and `!a/b` says which word may not follow:
`tage*/tog … eget liv`, `cutting !down/back`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

BETWEEN = r"[^\w.!?]+"
"""What may stand between two words of one phrase: spaces, line breaks, commas, marks of emphasis."""


WORD = re.compile(r"[\w’-]+")


class PhrasePattern(NamedTuple):
    """One way of saying it."""

    needs: tuple[tuple[str, ...], ...]
    """Of each of these there must be one in the text: a word, or letters where a star follows."""
    pattern: re.Pattern[str]


@cache
def phrase(written: str) -> PhrasePattern:
    """A phrase as it is listed."""
    pattern = ""
    needs: list[tuple[str, ...]] = []
    for token in written.lower().replace("'", "’").split():
        if token == "…":
            pattern += rf"(?:{BETWEEN}[\w’'-]+){{0,3}}?"
        elif token.startswith("!"):
            pattern += rf"(?!{BETWEEN}{_either(token[1:])})"
        else:
            pattern += (BETWEEN if needs else "") + _either(token)
            needs.append(tuple(token.split("/")))
    return PhrasePattern(tuple(needs), re.compile(pattern))


def spoken(text: str, phrases: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where any of the phrases stands in a text."""
    folded = text.lower().replace("'", "’")
    if len(folded) != len(text):  # Some letters of other scripts are two in lower case.
        folded = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)

    @cache
    def words() -> set[str]:
        found = set(WORD.findall(folded))
        return found | {part for word in found if "’" in word for part in word.split("’")}

    def may_hold(needed: tuple[str, ...]) -> bool:
        return any(
            max(word.split("*"), key=len) in folded and ("*" in word or word in words())  # The first is known quickly.
            for word in needed
        )

    for needs, pattern in map(phrase, phrases):
        if all(map(may_hold, needs)):
            places = sorted({place for first in needs[0] for place in _places(folded, first)})
            yield from (found.span() for place in places if (found := pattern.match(folded, place)))


def _places(text: str, first: str) -> Iterator[int]:
    """Where a phrase that begins with a word may begin."""
    letters = first.removeprefix("*").partition("*")[0]
    place = text.find(letters)
    while place >= 0:
        yield place
        place = text.find(letters, place + 1)


def _either(token: str) -> str:
    """A word, or one of several, with its boundaries."""
    words = []
    for word in token.split("/"):
        before = "" if word.startswith("*") else r"(?<![\w-])"
        after = "" if word.endswith("*") else r"(?![\w-])"
        words.append(before + r"\w*".join(map(re.escape, word.removeprefix("*").split("*"))) + after)
    return f"(?:{'|'.join(words)})"
