"""Messages to editors in their language.

The code says each message in English. `overrides/strings/messages.da.yml` holds the Danish of each, by its English
template, and so any other language's; both have numbered holes: `there is no source “{0}”`.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .language import ENGLISH, Language
from .table import table

FOLDER = Path(__file__).parents[3] / "overrides" / "strings"
HOLE = re.compile(r"\{(\d+)\}")
PREFIX = re.compile(r"\A(extra\.[\w.]+|“[^“”]*”): ")
"""What a message is about, before what is said of it."""
BROKEN = re.compile(r"[^“”]*”[^“]*“")
"""Two quotations that would be taken for one: `edit_uri”: “repo_url`."""


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
        found.append(text[at:end])
        # What is between quotation marks ends with the first of them that closes.
        return None if any(self.quotes(place) and BROKEN.match(words) for place, words in enumerate(found)) else found

    @property
    def says(self) -> int:
        """How much of a message it says."""
        return sum(map(len, self.literals))

    def quotes(self, hole: int) -> bool:
        """Whether a hole shows what somebody wrote, between quotation marks."""
        return self.literals[hole].endswith("“") and self.literals[hole + 1].startswith("”")


def languages_of_messages() -> tuple[Language, ...]:
    """The languages in which editors can read messages."""
    return (ENGLISH, *(file.name.split(".")[1] for file in sorted(FOLDER.glob("messages.*.yml"))))


def spoken() -> Language:
    """The language of whoever works here, as the system has it, if there are messages in it; or else English."""
    settings = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    set_to = next(filter(None, settings), "").lower()
    return next((lang for lang in languages_of_messages() if set_to.startswith(lang)), ENGLISH)


def said(text: str) -> str:
    """What a command says, line by line in the language of whoever works here."""
    return "\n".join(translated(line, spoken()) for line in text.split("\n"))


def read_messages(lang: Language) -> dict[str, str]:
    """The messages of a language, by their English."""
    file = FOLDER / f"messages.{lang}.yml"
    return table(file) if file.is_file() else {}


@cache
def _templates(lang: Language) -> list[Template]:
    """The one that says most first: `{0} is missing` would fit what a longer one fits better."""
    templates = [Template.of(*pair) for pair in read_messages(lang).items()]
    return sorted(templates, key=lambda template: -template.says)


def _fitting(text: str, lang: Language) -> tuple[Template, list[str]] | None:
    """The template that says most of a text, and what stands in its holes."""
    filled = ((template, template.filled(text)) for template in _templates(lang))
    return next(((template, found) for template, found in filled if found is not None), None)


def translated(text: str, lang: Language) -> str:
    """A message in a language; as it is where there is no template for it."""
    fitting, prefix = _fitting(text, lang), PREFIX.match(text)
    behind = _fitting(text[prefix.end() :], lang) if prefix else None
    if prefix and behind and (not fitting or fitting[0].says < behind[0].says):
        return f"{translated(prefix[1], lang)}: {translated(text[prefix.end() :], lang)}"
    if fitting:
        template, found = fitting
        said = {
            number: words if template.quotes(place) or words == text else translated(words, lang)
            for place, (number, words) in enumerate(zip(template.holes, found, strict=True))
        }
        parts = HOLE.split(template.translation)
        return "".join(said[part] if place % 2 else part for place, part in enumerate(parts))
    return text
