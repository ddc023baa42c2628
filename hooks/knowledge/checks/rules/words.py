"""Rules on the words of a language: a wrong one before a noun (“an therapist”, »en terapeuten«), a compound as two."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from ...content.library import Library
from ...content.passage import Passage, passage_below
from ...core.language import Language, known
from .rule import Finding, passage_rule, rule, texts_of

LEAST = 4
"""Letters of a compound's parts: shorter ones are small words that stand side by side."""
SIDE_BY_SIDE = re.compile(r"(?<![\w-])(?=(?P<first>[^\W\d_]{4,}+) (?P<second>[^\W\d_]{4,}+)(?!-))")
WORD = re.compile(r"[^\W\d_]+")


@cache
def _slips(lang: Language) -> list[tuple[re.Pattern[str], str]]:
    """Articles with what they cannot stand before, and the one that is right there; nothing where one is too many."""
    return [(re.compile(said["wrong"]), said.get("right", "")) for said in known(lang).get("articles", ())]


def _may_slip(text: str, lang: Language) -> bool:
    return any(wrong.search(text) for wrong, _ in _slips(lang))


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


@rule("term", is_local=True, reads="concepts")
def apart(library: Library) -> Iterator[Finding]:
    """A compound as two words, which the same text or a concept has as one."""
    for translation in texts_of(library, "article"):
        lang, said = translation.lang, known(translation.lang).get("apart")
        if not said:
            continue
        whole, terms = passage_below(translation), " ".join(concept[lang].term for concept in library.concepts.values())
        words = WORD.findall(whole.text)
        long = sorted({word.lower() for word in {*words, *WORD.findall(terms)} if len(word) >= 2 * LEAST})
        heads = {word for word in {*words} if len(word) >= LEAST and _begins_one_of(long, word)}
        pairs = {one + other for one, other in pairwise(words) if one in heads and len(other) >= LEAST}
        begun = {pair[:LEAST] for pair in pairs}
        stems = {_stem(word, lang) for word in long if word[:LEAST] in begun}
        if stems.isdisjoint(_stem(pair, lang) for pair in pairs):
            continue
        stay = {*said["not_behind"].split(), *known(lang)["numbers"]["nth"].split()}
        for found in SIDE_BY_SIDE.finditer(whole.text):
            first, second = found["first"], found["second"]
            is_word = first in heads and first not in stay and _stem(first + second, lang) in stems
            if is_word and second.islower():  # Names are no words.
                message, fix = f"“{first} {second}” is one word", f"write “{first}{second}”"
                yield Finding.at(whole, found.start(), message, fix)


def _begins_one_of(long: Sequence[str], word: str) -> bool:
    """Whether a word begins a longer one of these, which stand in order."""
    place = bisect_right(long, word)
    return place < len(long) and long[place].startswith(word)


def _stem(word: str, lang: Language) -> str:
    """A word without what is put behind its kind."""
    return next((word[: -len(end)] for end in _ends(lang) if word.endswith(end)), word)


@cache
def _ends(lang: Language) -> tuple[str, ...]:
    """What is put behind a word, the longest first."""
    return tuple(sorted(known(lang)["apart"]["ends"].split("|"), key=len, reverse=True))
