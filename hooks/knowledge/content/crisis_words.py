"""Crisis words: what people type into a search who may need help now. `overrides/assets/js/crisis.js` matches them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .record import Record

WORD = "[a-z0-9ß-öø-ÿ]+"
Phrase = Annotated[str, Field(pattern=rf"^{WORD}\*?(?:[/ ]{WORD}\*?)*$")]
Words = Annotated[str, Field(pattern=rf"^{WORD}\*?(?: {WORD}\*?)*\n?$")]


class CrisisWords(Record):
    """One language's part of `docs/data/crisis-words.yml`."""

    anywhere: list[Phrase] = Field(description="Phrases that match wherever they stand in a query.")
    alone: list[Phrase] = Field(description="Phrases that match where a query says nothing else.")
    ordinary: list[Phrase] = Field(description="Everyday phrases that hold such words and are no sign of need.")
    same: list[Words] = Field(description="Words that count as one.")
    between: Words = Field(description="Small words that may stand among the words of a phrase.")
