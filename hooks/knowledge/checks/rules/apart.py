"""Rules on what is written in the way of another language: a compound as two words, a decimal behind a full stop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ...content.library import Library
from ...content.passage import Passage
from ...content.prose import prose
from ...core.language import decimal_mark, known
from .rule import Finding, passage_rule, rule

LEAST = 4
"""Letters of a compound's parts: shorter ones are small words that stand side by side."""
SIDE_BY_SIDE = re.compile(r"(?<![\w-])(?=(?P<first>[^\W\d_]{4,}+) (?P<second>[^\W\d_]{4,}+)(?!-))")
WORD = re.compile(r"[^\W\d_]+")
DECIMAL = re.compile(r"(?<![\w.,:/§-])(?<!kl\. )(?<!klokken )0\.(?!00|15|30|45)\d{1,3}(?![\w:]|[.,]\d)")
"""A figure below one, as English writes it; quarters of an hour may be a time of day."""


@rule("term", is_local=True, reads="concepts")
def apart(library: Library, docs: Path) -> Iterator[Finding]:
    """A compound as two words, which the same text or a concept has as one."""
    for article in library.of_kind("article"):
        for lang, translation in article.translations.items():
            said = known(lang).get("apart")
            if not said:
                continue
            ends = _ends(said["ends"])
            whole = Passage.of_body(translation, prose(translation.body))
            terms = (concept[lang].term for concept in library.concepts.values())
            words = {word.lower() for text in (whole.text, *terms) for word in WORD.findall(text)}
            stems = {ends.sub("", word) for word in words if len(word) >= 2 * LEAST}
            heads = {stem[:i] for stem in stems for i in range(LEAST, len(stem) + 1)} & words
            heads -= {*said["not_behind"].split(), *known(lang)["numbers"]["nth"].split()}
            for found in SIDE_BY_SIDE.finditer(whole.text) if heads else ():
                first, second = found["first"], found["second"]
                if first in heads and second.islower() and ends.sub("", first + second) in stems:  # Names are no words.
                    two, one = f"{first} {second}", f"{first}{second}"
                    yield Finding.at(whole, found.start(), f"“{two}” is one word", f"write “{one}”")


@cache
def _ends(written: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{written})\Z")


@passage_rule("figures", may_hold=lambda text, lang: "0." in text and decimal_mark(lang) == ",")
def decimals(passage: Passage) -> Iterator[Finding]:
    """A decimal in the notation of another language."""
    for found in DECIMAL.finditer(passage.text):
        message = f"“{found[0]}” is written as in another language"
        yield Finding.at(passage, found.start(), message, f"write {found[0].replace('.', ',')}")
