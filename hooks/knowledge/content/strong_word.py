"""Strong words: they promise an effect, and need a source beside them."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from ..core.language import Language
from .record import ByLanguage, NonEmptyStr


class StrongWords(ByLanguage[list[NonEmptyStr]]):
    """`docs/data/strong-words.yml`: for each language the words that promise an effect."""

    unsaid: ClassVar[list[str]] = []
    harmless: dict[Language, list[NonEmptyStr]] = Field(
        {}, description="Phrases in which they mean something else; * stands for letters, … for up to three words."
    )
