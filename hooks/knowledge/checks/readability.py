"""Readability: how hard a text is to read, as one figure per language. A pointer, not a verdict."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..content.article import Translation
from ..content.prose import WORD, paragraphs, prose
from ..core.language import Language

SENTENCE_END = re.compile(r"[.!?:][’»”)]*\s+(?=[‘«»“(*]*[A-ZÆØÅ0-9])|[.!?]\s*$")
LIST_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d+\.)[ \t]+", re.MULTILINE)
VOWELS = re.compile(r"[aeiouy]+")


@dataclass(frozen=True)
class Measure:
    """A figure of readability, and what the project aims at."""

    name: str
    low: int
    high: int
    of: Callable[[list[str]], float]
    """Computes it from the sentences of a text."""


def score(translation: Translation) -> int:
    """A text's figure in the measure of its language."""
    return round(MEASURES[translation.lang].of(sentences(translation.body)))


def sentences(markdown: str) -> list[str]:
    """The sentences of the running text; headings and tables are none, and a list's item ends one."""
    found: list[str] = []
    for paragraph in paragraphs(prose(markdown)):
        if not paragraph.text.lstrip().startswith(("#", "|")):
            for block in LIST_ITEM.split(paragraph.text):
                found += (s.strip() for s in SENTENCE_END.split(" ".join(block.split())) if WORD.search(s))
    return found


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


MEASURES: dict[Language, Measure] = {"da": Measure("LIX", 30, 42, lix), "en": Measure("Flesch", 55, 100, flesch)}
"""What the project measures in each language, and the range that it aims at."""
