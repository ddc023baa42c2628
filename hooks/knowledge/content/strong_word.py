"""Strong words: they promise an effect, and need a source beside them."""

from __future__ import annotations

from pydantic import Field

from ..core.language import Language
from .record import Line, Record


class StrongWords(Record):
    """`docs/data/strong-words.yml`."""

    da: list[Line] = Field([], description="Danish words that promise an effect.")
    en: list[Line] = Field([], description="English words that promise an effect.")
    harmless: dict[Language, list[Line]] = Field(
        {}, description="Phrases in which they mean something else; * stands for letters, … for up to three words."
    )

    def of(self, lang: Language) -> tuple[str, ...]:
        """The words of a language."""
        return tuple(self.da if lang == "da" else self.en)
