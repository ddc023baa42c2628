"""Rules on the two languages: a “not” or a “never” that one of them has lost turns the sentence around, and so does the
opposite of a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ...content.passage import Passage
from ...core.language import Language, known, pattern_of
from ..numbers.compared import differing_comparisons, may_differ
from ..structure import Likes, cells_side_by_side, sentences_side_by_side
from .rule import Finding, Pair, first_words, likes_rule, pair_rule, path_of

LONGEST = 1.7
SHORT = 8
"""So many times as long as the other a sentence may be, and still be its like, and letters that do not count there: a
“never” is half of a short one."""


class Negation(NamedTuple):
    """How a language denies."""

    glance: tuple[str, ...]
    """Of which a text that denies holds one, be it within a word."""
    plain: tuple[str, ...]
    """The same where they stand between spaces, or within a word alone: n’t."""
    verb: re.Pattern[str]
    """A verb with “not” behind it; the group is the verb, or none where it is `short` for one."""
    short: dict[str, str]
    """How a verb is written with “not”, and the verb."""
    like: dict[str, re.Pattern[str]]
    """The same verb, without “not”, in the other language."""
    hints: re.Pattern[str]
    """Anything by which a sentence may deny, or say the opposite with other words."""
    words: re.Pattern[str]
    """What denies without “not”: never, without, no."""
    like_words: re.Pattern[str]
    """Anything by which a sentence may say what those words say."""
    affirms: re.Pattern[str]
    """What looks like a denial and is none: “no doubt”."""

    def may_be_in(self, lower: str) -> bool:
        """Whether a text in small letters may deny: quick, and for many all there is to know."""
        return any(part in lower for part in self.glance)

    def denied(self, sentence: str) -> str:
        """The one verb that a sentence denies; none where it denies none, or several."""
        found = self.verb.findall(self.affirms.sub("", sentence))
        return self.short.get(found[0].lower(), found[0].lower()) if len(found) == 1 else ""

    def says(self, sentence: str) -> bool:
        """Whether a sentence denies by a word of its own."""
        return bool(self.words.search(sentence) and self.words.search(self.affirms.sub("", sentence)))

    def surely_denies(self, lower: str) -> bool:
        """Whether a sentence in small letters has such a word between spaces: quick, and true of most that deny."""
        spaced = f" {lower} "
        return any(word in spaced for word in self.plain)


@cache
def _negation(lang: Language, other: Language) -> Negation | None:
    said = known(lang).get("negation")
    if not said or other not in said["like"]:
        return None
    like = {verb: re.compile(rf"\b(?:{words})\b|[’'](?:{words})\b") for verb, words in said["like"][other].items()}
    verb, hints, words, like_words = (
        re.compile(said[name], re.IGNORECASE) for name in ("verb", "hints", "words", "like_words")
    )
    short = said.get("short", {})
    glance = tuple(said["glance"].split())
    plain = tuple(word if not word.isalpha() else f" {word} " for word in glance)
    return Negation(glance, plain, verb, short, like, hints, words, like_words, pattern_of(lang, "affirms"))


@likes_rule("parity")
def contradictions(likes: Likes) -> Iterator[Finding]:
    """Of two sentences that are each other's like, one says that something is so, and the other that it is not, or the
    opposite."""
    for own, other in (likes, likes[::-1]):
        yield from _negations(own, other)
    yield from _opposites(*likes)


@pair_rule("parity")
def opposites_in_cells(pair: Pair) -> Iterator[Finding]:
    """Cells of tables of which one says the opposite of the other."""
    for likes in cells_side_by_side(*pair):
        yield from _opposites(*likes)


def _negations(own: Passage, other: Passage) -> Iterator[Finding]:
    """Many a sentence denies in one language and not in the other, in other words: of a “not” it is told only where the
    other has the same verb, and of each only where the other holds nothing at all that may deny."""
    sides = _sides(own.lang, other.lang)
    for sentence, fix in _lost(own.text, other.text, *sides) if sides else ():
        begin, there, line = first_words(sentence), path_of(other.where), other.line
        message = f"“{begin}” denies something, and its like in docs/{there}, line {line}, does not"
        yield Finding(own.where, own.line, message, fix, sentence.split()[0])


def _opposites(ours: Passage, theirs: Passage) -> Iterator[Finding]:
    """One says after for before, wife for husband. Where one of them denies, it may say the same, so
    nothing is told; nor is it sure elsewhere."""
    if not may_differ({ours.lang: ours.text, theirs.lang: theirs.text}, "opposites"):
        return
    langs, sides = (ours.lang, theirs.lang), _sides(ours.lang, theirs.lang) or ()
    for both in sentences_side_by_side(ours.text, theirs.text):
        found = list(differing_comparisons(dict(zip(langs, both, strict=True)), "opposites"))
        denied = (side.surely_denies(said.lower()) for side, said in zip(sides, both, strict=True) if " " in said)
        if found and not any(denied):
            said = {lang: words for lang, words, _ in reversed(found)}  # the first of each
            here, there = said[theirs.lang], path_of(ours.where)
            message = f"“{here}” stands here, and “{said[ours.lang]}” in docs/{there}, line {ours.line}"
            fix = "look which of the two is right, and write the same in both"
            yield Finding(theirs.where, theirs.line, message, fix, here, level="warning")


def _sides(one: Language, other: Language) -> tuple[Negation, Negation] | None:
    """How each of two languages denies; None where that is not known of both."""
    ours, theirs = _negation(one, other), _negation(other, one)
    return (ours, theirs) if ours and theirs else None


def _lost(text: str, its_like: str, ours: Negation, theirs: Negation) -> Iterator[tuple[str, str]]:
    """The sentences of a text that deny what their likes do not, each with what is to be done."""
    if not its_like or not ours.may_be_in(text.lower()):
        return
    for sentence, like in sentences_side_by_side(text, its_like):
        lower = like.lower()
        if not ours.may_be_in(sentence.lower()) or theirs.surely_denies(lower):
            continue
        if not 1 / LONGEST < (len(sentence) + SHORT) / (len(like) + SHORT) < LONGEST:
            continue
        verb = ours.like.get(ours.denied(sentence))
        if verb and verb.search(lower) and not theirs.hints.search(like):
            yield sentence, "write “not” in both, or in neither"
        elif ours.says(sentence) and not theirs.like_words.search(like):
            yield sentence, "deny it in both, or in neither"
