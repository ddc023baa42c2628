"""Readability: how hard a text is to read, as one figure per language, and how its sentences vary: pointers alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import Any

from ..content.article import Translation
from ..content.prose import WORD, paragraphs, prose
from ..core.language import Language, known, words_for

SENTENCE_END = re.compile(r"[.!?:][’»”)]*\s+(?=[‘«»“(*]*[A-ZÀ-ÖØ-Þ0-9])|[.!?]\s*$")
LIST_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d+\.)[ \t]+", re.MULTILINE)
VOWELS = re.compile(r"[aeiouy]+")
SHORT = 6
"""Words of a short sentence, at most."""
NO_BLOCK = re.compile(r"^[ \t]*+(?:#{1,2}[ \t].*|(?:!!!|\?\?\?)\+?[ \t].*|[^|\n]*+\|.*|[-*_]{3,}[ \t]*)$", re.MULTILINE)
"""Lines that hold no sentence: headings of sections, titles of boxes, tables, rules."""
MARKUP = re.compile(r"^[ \t]*(?:#{3,6}[ \t]+|>[ \t]?)|\{[^{}\n]*\}|[*_`]{1,3}", re.MULTILINE)
TASK = re.compile(r"^\s*\[[ xX]\]\s+")
ABBREVIATED = re.compile(rf"\b({words_for('abbreviated')})\.(?=\s+\S)", re.IGNORECASE)
STOP = re.compile(r"(?<=[.!?:…])[»«’”\")\]]*\s+")
ENDS = '»«’”")]* '


def score(translation: Translation, measure: str) -> int:
    """A text's figure in a measure of `FORMULAS`."""
    return round(FORMULAS[measure](sentences(translation.body)))


def sentences(markdown: str) -> list[str]:
    """The sentences of the running text; headings and tables are none, and a list's item ends one."""
    found: list[str] = []
    for paragraph in paragraphs(prose(markdown)):
        if not paragraph.text.lstrip().startswith(("#", "|")):
            for block in LIST_ITEM.split(paragraph.text):
                found += (s.strip() for s in SENTENCE_END.split(" ".join(block.split())) if WORD.search(s))
    return found


@dataclass(frozen=True)
class Rhythm:
    """How the sentences of a text vary."""

    variation: float
    """The coefficient of variation of their length in words: the standard deviation over the mean."""
    short: float
    """The share of those with `SHORT` words or fewer."""
    questions: float


RHYTHM_AIMS = Rhythm(0.50, 0.15, 0.10)
"""What a Danish article has at least; texts that people like to read have more."""


def rhythm(markdown: str) -> Rhythm | None:
    """The rhythm of a text, its questions' headings and its lists included; None where it has no sentence.

    Tables, code, headings of sections and titles of boxes are no sentences; an item of a list ends one.
    """
    lengths, asked = [], 0
    for sentence in _spoken(markdown):
        lengths.append(sum(any(map(str.isalnum, word)) for word in sentence.split()))
        asked += sentence.rstrip(ENDS).endswith("?")
    if not lengths:
        return None
    short = sum(length <= SHORT for length in lengths)
    return Rhythm(pstdev(lengths) / fmean(lengths), short / len(lengths), asked / len(lengths))


def _spoken(markdown: str) -> Iterator[str]:
    """The sentences as they are read aloud: those of running text, of lists, and the questions above answers."""
    text = MARKUP.sub("", prose(NO_BLOCK.sub("\n", markdown)))
    text = re.sub(r"(?<=\d)\.(?=\d)", "", ABBREVIATED.sub(r"\1", text))
    for paragraph in re.split(r"\n\s*\n", text):
        for block in LIST_ITEM.split(paragraph):
            yield from (s for s in STOP.split(" ".join(TASK.sub("", block).split())) if WORD.search(s))


def lix(sentences: list[str]) -> float:
    """Läsbarhetsindex: words per sentence, plus words of more than six letters per hundred.

    Source: C. H. Björnsson, Läsbarhet, Stockholm 1968.
    """
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    if not words:
        return 0
    return len(words) / len(sentences) + 100 * sum(len(word) > 6 for word in words) / len(words)


def flesch(sentences: list[str]) -> float:
    """Reading ease of an English text, from about 0 (hard) to 100 (easy).

    Source: R. Flesch, A new readability yardstick, Journal of Applied Psychology 32 (1948).
    """
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    if not words:
        return 0
    return 206.835 - 1.015 * len(words) / len(sentences) - 84.6 * sum(map(syllables, words)) / len(words)


def syllables(word: str) -> int:
    """Groups of vowels in an English word, without a silent e: near enough for a mean over a text."""
    word = word.lower()
    count = len(VOWELS.findall(word))
    if re.search(r"[^aeiouyl]e$|[^aeiouytd]ed$|[^aeiouysxzhcg]es$", word):
        count -= 1
    return max(1, count)


def aim(lang: Language) -> Mapping[str, Any]:
    """The `measure` of a language's texts, from `low` to `high` the project's aim; empty where nothing is measured."""
    return known(lang).get("readability", {})


FORMULAS = {"LIX": lix, "Flesch": flesch}
"""How each measure is computed, by the name that a language's file uses."""
