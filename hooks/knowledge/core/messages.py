"""Messages to editors in their language.

The code says each message in English. `overrides/strings/messages.da.yml` holds the Danish of each, by its English
template, and so any other language's; both have numbered holes: `there is no source “{0}”`.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from .language import ENGLISH, Language

FOLDER = Path(__file__).parents[3] / "overrides" / "strings"
HOLE = re.compile(r"\{(\d+)\}")


class Template(NamedTuple):
    """An English template and its translation."""

    literals: tuple[str, ...]
    """What stands before, between and behind the holes."""
    holes: tuple[str, ...]
    """Their numbers, as the English has them in order."""
    translation: str

    @classmethod
    def of(cls, english: str, translation: str) -> Template:
        """A template as it is written."""
        parts = HOLE.split(english)
        return cls(tuple(parts[::2]), tuple(parts[1::2]), translation)

    def filled(self, text: str) -> list[str] | None:
        """What stands in the holes of a text, or None where it is not made from this template.

        Each literal is taken where it is found first, so that the time grows no faster than the text.
        """
        first, *between, last = self.literals if self.holes else (*self.literals, "")
        if not self.holes:
            return [] if text == first else None
        if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
            return None
        at, end, found = len(first), len(text) - len(last), []
        for literal in between:
            where = text.find(literal, at, end)
            if where < 0:
                return None
            found.append(text[at:where])
            at = where + len(literal)
        return [*found, text[at:end]]

    def quotes(self, hole: int) -> bool:
        """Whether a hole shows what somebody wrote, between quotation marks."""
        return self.literals[hole].endswith("“") and self.literals[hole + 1].startswith("”")


def languages_of_messages() -> tuple[Language, ...]:
    """The languages in which editors can read messages."""
    return (ENGLISH, *(file.name.split(".")[1] for file in sorted(FOLDER.glob("messages.*.yml"))))


def read_messages(lang: Language) -> dict[str, str]:
    """The messages of a language, by their English."""
    file = FOLDER / f"messages.{lang}.yml"
    return yaml.load(file.read_text("utf-8"), yaml.CSafeLoader) if file.is_file() else {}


@cache
def _templates(lang: Language) -> list[Template]:
    """The one that says most first: `{0} is missing` would fit what a longer one fits better."""
    templates = [Template.of(*pair) for pair in read_messages(lang).items()]
    return sorted(templates, key=lambda template: -sum(map(len, template.literals)))


def translated(text: str, lang: Language) -> str:
    """A message in a language; as it is where there is no template for it."""
    for template in _templates(lang):
        found = template.filled(text)
        if found is None:
            continue
        said = {
            number: words if template.quotes(place) or words == text else translated(words, lang)
            for place, (number, words) in enumerate(zip(template.holes, found, strict=True))
        }
        parts = HOLE.split(template.translation)
        return "".join(said[part] if place % 2 else part for place, part in enumerate(parts))
    return text
