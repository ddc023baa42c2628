"""A rule on what stands twice in an article: a sentence or a paragraph that was copied and not cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from ...content.article import Translation
from ...content.library import Library
from ...content.passage import Passage
from ...content.prose import prose
from .rule import Finding, first_words, rule

LEAST, LEAST_BESIDE = 40, 15
"""So long a sentence is that nobody writes twice by chance, and one that nobody writes twice in a row."""
SENTENCE = re.compile(r"[^\s.!?][^.!?\n]*+[.!?]*+")
NO_TEXT = re.compile(r"[ >]*(?:[-*+|#!?{:=/\[]|\d+[.)])")
"""How lines begin that are no running text: items, rows and headings may be alike."""


@rule("unfinished", is_local=True)
def twice(library: Library, docs: Path) -> Iterator[Finding]:
    """A sentence that stands twice in one language alone; in both it is meant, as a refrain or a warning is."""
    for article in library.of_kind("article"):
        repeated = {lang: list(_repeated(text)) for lang, text in article.translations.items()}
        fewest = min(map(len, repeated.values()))
        for findings in repeated.values():
            if len(findings) > fewest or len(repeated) == 1:
                yield from findings


def _repeated(translation: Translation) -> Iterator[Finding]:
    """What stands twice in a text, where it does so for the second time."""
    if not _may_repeat(translation.body):
        return
    whole = Passage.of_body(translation, prose(translation.body))
    places: dict[str, int] = {}
    last = ""
    for found in SENTENCE.finditer(whole.text):
        sentence = " ".join(found[0].split())
        line = whole.text[whole.text.rfind("\n", 0, found.start()) + 1 :][:20]
        if NO_TEXT.match(line):
            last = ""
            continue
        if sentence in places and (len(sentence) >= LEAST or (sentence == last and len(sentence) >= LEAST_BESIDE)):
            message = f"“{first_words(sentence)}” is in line {whole.place_at(places[sentence])[0]} already"
            yield Finding.at(whole, found.start(), message, "delete one of the two sentences")
        places.setdefault(sentence, found.start())
        last = sentence


def _may_repeat(text: str) -> bool:
    """Whether any sentence may stand twice: quick, and for most texts all there is to know."""
    parts = [part.strip(" .") for part in text.replace("\n", ". ").split(". ")]
    long = [part for part in parts if len(part) >= LEAST - 2]
    return len(set(long)) < len(long) or any(one == other != "" for one, other in pairwise(filter(None, parts)))
