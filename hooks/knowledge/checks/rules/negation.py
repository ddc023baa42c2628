"""Rules on the two languages: a “not” or a “never” that one of them has lost turns the sentence around, and so does the
opposite of a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from ...content.passage import Passage
from ...core.language import Language, known, pattern_of
from ..numbers.compared import differing_comparisons, may_differ
from ..structure import Likes, cells_side_by_side, sentences_side_by_side
from .rule import Finding, Pair, first_words, likes_rule, pair_rule, path_of

LONGEST = 1.8
SHORT = 8
"""So many times as long as the other a sentence may be, and still be its like, and letters that do not count there: a
“never” is half of a short one."""


OPPOSITES, CONTRARIES = "opposites", "contraries"
"""Below which keys of a language's file stand opposites: those that a denial turns around, and others."""


class Negation:
    """How a language denies."""

    def __init__(self, said: Mapping[str, Any], lang: Language, other: Language) -> None:
        self.glance = tuple(said["glance"].split())
        """Of which a text that denies holds one, be it within a word."""
        self.plain = tuple(f" {word} " if word.isalpha() else word for word in self.glance)
        """The same where they stand between spaces, or within a word alone: n’t."""
        self.verb = re.compile(said["verb"], re.IGNORECASE)
        """A verb with “not” behind it; the group is the verb, or none where it is `short` for one."""
        self.short = said.get("short", {})
        """How a verb is written with “not”, and the verb."""
        like = said["like"][other].items()
        self.like = {verb: re.compile(rf"\b(?:{words})\b|[’'](?:{words})\b") for verb, words in like}
        """The same verb, without “not”, in the other language."""
        self.hints = re.compile(said["hints"], re.IGNORECASE)
        """Anything by which a sentence may deny, or say the opposite with other words."""
        self.words = re.compile(said["words"], re.IGNORECASE)
        """What denies without “not”: never, without, no."""
        self.like_words = re.compile(said["like_words"], re.IGNORECASE)
        """Anything by which a sentence may say what those words say."""
        self.affirms = pattern_of(lang, "affirms")
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
    return Negation(said, lang, other) if said and other in said["like"] else None


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
    for sentence, fix in denials(own.text, other.text, own.lang, other.lang):
        begin, there, line = first_words(sentence), path_of(other.where), other.line
        message = f"“{begin}” denies something, and its like in docs/{there}, line {line}, does not"
        yield Finding(own.where, own.line, message, fix, sentence.split()[0])


def _opposites(ours: Passage, theirs: Passage) -> Iterator[Finding]:
    """One says after for before, wife for husband. Of most, nothing is told where one of them denies: it may say the
    same. Nor is it sure elsewhere."""
    langs, sides = (ours.lang, theirs.lang), _sides(ours.lang, theirs.lang) or ()
    texts = {ours.lang: ours.text, theirs.lang: theirs.text}
    for listed in (CONTRARIES, OPPOSITES):
        for both in sentences_side_by_side(ours.text, theirs.text) if may_differ(texts, listed) else ():
            found = list(differing_comparisons(dict(zip(langs, both, strict=True)), listed))
            denied = (side.surely_denies(said.lower()) for side, said in zip(sides, both, strict=True) if " " in said)
            if found and (listed == CONTRARIES or not any(denied)):
                said = {lang: words for lang, words, _ in reversed(found)}  # the first of each
                here, there = said[theirs.lang], path_of(ours.where)
                message = f"“{here}” stands here, and “{said[ours.lang]}” in docs/{there}, line {ours.line}"
                fix = "look which of the two is right, and write the same in both"
                yield Finding(theirs.where, theirs.line, message, fix, here, level="warning")


def _sides(one: Language, other: Language) -> tuple[Negation, Negation] | None:
    """How each of two languages denies; None where that is not known of both."""
    ours, theirs = _negation(one, other), _negation(other, one)
    return (ours, theirs) if ours and theirs else None


def denials(text: str, its_like: str, lang: Language, other: Language) -> Iterator[tuple[str, str]]:
    """The sentences of a text that deny what their likes in another language do not, each with what is to be done."""
    sides = _sides(lang, other)
    if not sides or not its_like or not sides[0].may_be_in(text.lower()):
        return
    ours, theirs = sides
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
