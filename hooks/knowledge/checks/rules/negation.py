"""A rule on the two languages: a “not” that one of them has lost turns the sentence around."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ...content.article import Translation
from ...content.library import Library
from ...core.language import Language, known
from ..structure import Block, answers, paired, sections
from .rule import Finding, rule

SENTENCE = re.compile(r"(?<=[.!?])[)»”’\"*_]*+\s++(?=[^a-zæøå\s])")
KINDS = ("paragraph", "list item")
LONGEST = 1.7
"""So many times as long as the other a sentence may be, and still be its like."""


class Negation(NamedTuple):
    """How a language denies."""

    glance: tuple[str, ...]
    """Of which a text that says “not” holds one, be it within a word."""
    verb: re.Pattern[str]
    """A verb with “not” behind it; the group is the verb, or none where it is `short` for one."""
    short: dict[str, str]
    """How a verb is written with “not”, and the verb."""
    like: dict[str, re.Pattern[str]]
    """The same verb, without “not”, in the other language."""
    hints: re.Pattern[str]
    """Anything by which a sentence may deny, or say the opposite with other words."""

    def may_be_in(self, text: str) -> bool:
        """Whether a text may say “not”: quick, and for many all there is to know."""
        lower = text.lower()
        return any(part in lower for part in self.glance)

    def denied(self, sentence: str) -> str:
        """The one verb that a sentence denies; none where it denies none, or several."""
        found = self.verb.findall(sentence) if self.may_be_in(sentence) else []
        return self.short.get(found[0].lower(), found[0].lower()) if len(found) == 1 else ""


@cache
def _negation(lang: Language, other: Language) -> Negation | None:
    said = known(lang).get("negation")
    if not said or other not in said["like"]:
        return None
    like = {verb: re.compile(rf"\b(?:{words})\b|[’'](?:{words})\b") for verb, words in said["like"][other].items()}
    verb, hints = (re.compile(said[name], re.IGNORECASE) for name in ("verb", "hints"))
    return Negation(tuple(said["glance"].split()), verb, said.get("short", {}), like, hints)


@rule("parity", is_local=True)
def negations(library: Library, docs: Path) -> Iterator[Finding]:
    """Of two sentences that are each other's like, one says that something is not so, and the other that it is.

    Many a sentence denies in one language and not in the other, in other words: told is only where the other has the
    same verb, and nothing at all that may deny.
    """
    for pair in (pair for article in library.articles.values() for pair in article.pairs):
        for here, there in (pair, pair[::-1]):
            ours, theirs = (_negation(a.lang, b.lang) for a, b in ((here, there), (there, here)))
            if ours and theirs and ours.may_be_in(here.body):
                yield from _lost((here, ours), (there, theirs))


def _lost(here: tuple[Translation, Negation], there: tuple[Translation, Negation]) -> Iterator[Finding]:
    (own, ours), (other, theirs) = here, there
    for block, like in _blocks(own, other):
        if not ours.may_be_in(block.text):
            continue
        sides = SENTENCE.split(block.text.strip()), SENTENCE.split(like.text.strip())
        for sentence, its_like in zip(*sides, strict=True) if len(sides[0]) == len(sides[1]) else ():
            verb = ours.like.get(ours.denied(sentence))
            is_as_long = 1 / LONGEST < len(sentence) / (len(its_like) or 1) < LONGEST
            if verb and is_as_long and verb.search(its_like.lower()) and not theirs.hints.search(its_like):
                words = sentence.split()
                said = " ".join(words[:6]) + (" …" if len(words) > 6 else "")
                message = f"“{said}” denies something, and its like in docs/{other.path}, line {like.line}, does not"
                yield Finding(own, block.line, message, "write “not” in both, or in neither", words[0])


def _blocks(one: Translation, other: Translation) -> Iterator[tuple[Block, Block]]:
    """The paragraphs and items that belong together, where both languages have as many."""
    asked = answers(one), answers(other)
    pairs = [*paired(sections(one), sections(other)), *((a, asked[1].get(id)) for id, a in asked[0].items())]
    for kind in KINDS:
        for ours, theirs in pairs:
            blocks = (ours.of_kind(kind), theirs.of_kind(kind)) if ours and theirs else ((), ())
            if len(blocks[0]) == len(blocks[1]):
                yield from zip(*blocks, strict=True)
