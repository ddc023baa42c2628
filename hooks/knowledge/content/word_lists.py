"""Word lists of `docs/data/`: what people type, what means much the same, and what promises an effect."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from ..core.language import Language
from .record import ByLanguage, NonEmptyStr, Record

WORD = "[a-z0-9ß-öø-ÿ]+"
Phrase = Annotated[str, Field(pattern=rf"^{WORD}\*?(?:[/ ]{WORD}\*?)*$")]
Words = Annotated[str, Field(pattern=rf"^{WORD}\*?(?: {WORD}\*?)*\n?$")]
Group = Annotated[str, Field(pattern=r"^[a-z0-9ß-öø-ÿ-]+(?: [a-z0-9ß-öø-ÿ-]+)+$")]
"""Two everyday words or more, with spaces between them; each is found where one of the others stands."""


class CrisisWords(Record):
    """One language's part of `docs/data/crisis-words.yml`: what people type into a search who may need help now.

    `overrides/assets/js/crisis.js` matches them.
    """

    anywhere: list[Phrase] = Field(description="Phrases that match wherever they stand in a query.")
    violence: list[Phrase] = Field([], description="The same of violence: its own line stands behind that of danger.")
    alone: list[Phrase] = Field(description="Phrases that match where a query says nothing else.")
    ordinary: list[Phrase] = Field(description="Everyday phrases that hold such words and are no sign of need.")
    same: list[Words] = Field(description="Words that count as one.")
    between: Words = Field(description="Small words that may stand among the words of a phrase.")


class StrongWords(ByLanguage[list[NonEmptyStr]]):
    """`docs/data/strong-words.yml`: for each language the words that promise an effect."""

    unsaid: ClassVar[list[str]] = []
    harmless: dict[Language, list[NonEmptyStr]] = Field(
        {}, description="Phrases in which they mean something else; * stands for letters, … for up to three words."
    )
