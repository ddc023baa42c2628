"""A need: what readers come with, in their own words, and the page that meets it."""

from __future__ import annotations

from pydantic import Field

from ..core.language import Language
from .front_matter import Key
from .record import Line, Record


class Need(Record):
    """One record of `docs/data/needs.yml`."""

    page: Key = Field(description="The key of the article to which it leads.")
    question: Key | None = Field(None, description="The id of the question that answers it, where one does.")
    da: Line = Field(description="What a reader would say, in a few words.")
    en: Line = Field(description="The same in English.")

    def __getitem__(self, lang: Language) -> str:
        return self.da if lang == "da" else self.en
