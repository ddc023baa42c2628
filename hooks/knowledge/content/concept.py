"""A concept: a term in both languages, with its definition and what it is also called."""

from __future__ import annotations

from functools import cached_property

from pydantic import Field

from ..core.language import LANGUAGES, Language
from .front_matter import Key
from .record import Line, Record


class Term(Record):
    """A concept in one language."""

    term: Line = Field(description="The term, as it stands in running text.")
    about: Line | None = Field(
        None, description="What stands after “Begge handler om” or “Both are about”, where the term alone reads oddly."
    )
    definition: Line = Field(description="One plain sentence.")
    synonyms: list[Line] = Field([], description="What it is also called: the glossary shows it.")
    search: list[Line] = Field([], description="Inflections, spellings and phrases that readers type: for search only.")
    never: list[Line] = Field([], description="Words that must not be used for it.")

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that stands for it in texts and queries."""
        return (self.term, *self.synonyms, *self.search)


class Concept(Record):
    """One record of `docs/data/concepts.yml`."""

    topic: Key = Field(description="The topic's folder.")
    da: Term
    en: Term

    def __getitem__(self, lang: Language) -> Term:
        return self.da if lang == "da" else self.en


class Concepts(dict[str, Concept]):
    """All concepts, by key."""

    @cached_property
    def never(self) -> dict[Language, dict[str, str]]:
        """In each language the words that are not used, in lower case, each with the term to write instead."""
        return {
            lang: {word.lower(): concept[lang].term for concept in self.values() for word in concept[lang].never}
            for lang in LANGUAGES
        }
