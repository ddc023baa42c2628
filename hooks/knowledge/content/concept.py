"""A concept: a term in each language, with its definition and what it is also called."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..core.language import Language
from ..core.once import once
from .front_matter import Key
from .record import ByLanguage, NonEmptyStr, Record, Seen, Text


class Term(Record):
    """A concept in one language."""

    term: Text = Field(description="The term, as it stands in running text.")
    about: Text | None = Field(
        None, description="What stands after “Begge handler om” or “Both are about”, where the term alone reads oddly."
    )
    definition: Text = Field(description="One plain sentence.")
    synonyms: list[Annotated[NonEmptyStr, Seen(is_spelled=False)]] = Field(
        [], description="What it is also called: the glossary shows it."
    )
    search: list[NonEmptyStr] = Field(
        [], description="Inflections, spellings and phrases that readers type: for search only."
    )
    never: list[NonEmptyStr] = Field([], description="Words that must not be used for it.")

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that stands for it in texts and queries."""
        return (self.term, *self.synonyms, *self.search)


class Concept(ByLanguage[Term]):
    """One record of `docs/data/concepts.yml`."""

    topic: Key = Field(description="The topic's folder.")


class Concepts(dict[str, Concept]):
    """All concepts, by key."""

    @once
    def never(self, lang: Language) -> dict[str, str]:
        """The words that a language does not use, in lower case, each with the term to write instead."""
        return {word.lower(): concept[lang].term for concept in self.values() for word in concept[lang].never}
