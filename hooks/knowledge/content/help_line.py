"""Help lines: whom to call, in each language, with the day on which that was last checked and how."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field

from .front_matter import Key
from .record import ByLanguage, Day, Record, Text
from .source import Https, Tongue

HelpKind = Literal[
    "danger",
    "suicide",
    "gp",
    "doctor",
    "psychiatry",
    "violence",
    "poison",
    "children",
    "talk",
    "deaf",
    "abroad",
    "complaint",
]
"""What a line is for: the first four stand in the help box as buttons, the rest below them in this order."""
Country = Literal["DK", "GB", "IE", "US"]


class HelpWords(Record):
    """A help line in one language."""

    name: Text
    what: Text = Field(description="When to call, in one or two sentences.")
    note: Text | None = Field(None, description="What to do when nobody answers, and the like.")
    open: Text | None = Field(None, description="Opening hours, only if a source says so.")
    label: Text | None = Field(None, description="A few words for its button, where the name will not do.")
    region: Text | None = Field(None, description="The region whose out-of-hours doctor it is.")
    url: Https | None = Field(None, description="The page in this language, where there is one of its own.")
    how: Text = Field(description="In what it was checked: “stored page of …”.")


class HelpLine(ByLanguage[HelpWords]):
    """One record of `docs/data/help.yml`."""

    key: Key
    kind: HelpKind
    number: str | None = Field(None, description="As it is written: digits and spaces. None: the text says the way.")
    sms: str | None = Field(None, description="The number for text messages.")
    country: Country = Field("DK", description="Where the numbers can be called.")
    languages: list[Tongue] = Field([], description="Languages spoken, only if a source says so.")
    url: Https = Field(description="The very page about this line.")
    checked: Day = Field(description="When name, number and address were last checked.")
    due: Day | None = Field(None, description="From this day on it counts as unchecked, whatever its age.")

    @property
    def tel(self) -> str | None:
        """The address that calls it."""
        return self.number and f"tel:{dialled(self.number)}"

    @property
    def text(self) -> str | None:
        """The address that writes a text message to it."""
        return self.sms and f"sms:{dialled(self.sms)}"

    @property
    def numbers(self) -> tuple[str, ...]:
        """Its numbers, as they are dialled."""
        return tuple(dialled(number) for number in (self.number, self.sms) if number)


def dialled(number: str) -> str:
    """A number as a telephone takes it."""
    return re.sub(r"[\s.‑-]", "", number)
