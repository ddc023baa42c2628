"""Help lines: whom to call, in each language, with the day on which that was last checked."""

from __future__ import annotations

from pydantic import Field

from ..core.language import Language
from .record import Day, Line, Record
from .source import Https


class HelpWords(Record):
    """A help line in one language."""

    name: Line
    what: Line
    note: Line | None = None


class HelpLine(Record):
    """One record of `docs/data/help.yml`."""

    key: Line
    number: str | None = None
    url: Https
    urgent: bool = Field(False, description="Whether it stands in the help box of an article too.")
    verified_on: Day = Field(description="When name, number and address were last checked.")
    da: HelpWords
    en: HelpWords

    def __getitem__(self, lang: Language) -> HelpWords:
        return self.da if lang == "da" else self.en
