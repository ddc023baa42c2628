"""The data files of `docs/data/`: what each holds. A new one is a line here, and a field of the library."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, ClassVar

from pydantic import Field

from ..core.language import Language, Languages
from .concept import Concept
from .front_matter import Key
from .help_line import HelpLine
from .record import ByLanguage, NonEmptyStr, Record, Text
from .source import Https, Source, Tongue
from .wrong_value import GROUP, PHRASE, PLAIN_WORDS


class Need(ByLanguage[Text]):
    """One record of `docs/data/needs.yml`, which says in each language what a reader would say, in a few words."""

    page: Key = Field(description="The key of the article to which it leads.")
    question: Key | None = Field(None, description="The id of the question that answers it, where one does.")


class CorrectionWords(Record):
    """A correction in one language."""

    about: Text = Field(description="What it is about, in a word or two.")
    wrong: Text = Field(description="What was wrong, in a sentence or two.")
    now: Text = Field(description="What it says now, in a sentence or two.")


class Correction(ByLanguage[CorrectionWords]):
    """One record of `docs/data/corrections.yml`."""

    date: dt.date = Field(description="When it was corrected.")
    pages: list[Key] = Field(min_length=1, description="Keys of the pages on which it stood.")


class PersonWords(Record):
    """What a person is, in one language."""

    title: Text = Field(description="What stands behind the name: authorised psychologist.")


class Person(ByLanguage[PersonWords]):
    """One record of `docs/data/people.yml`."""

    name: NonEmptyStr = Field(description="The whole name, as the person writes it.")
    link: Https | None = Field(None, description="A page about the person: https://…")


Phrases = dict[str, Annotated[list[NonEmptyStr], Field(min_length=1)]]
"""`docs/data/search.LANG.yml`: what readers type who need a page, by its key, or one of its questions, by `key#id`."""

Phrase = Annotated[str, Field(pattern=PHRASE)]
PlainWords = Annotated[str, Field(pattern=PLAIN_WORDS)]
Group = Annotated[str, Field(pattern=GROUP)]
"""Two everyday words or more, with spaces between them; each is found where one of the others stands."""


Spoken = Annotated[str, Field(pattern=r"^(?:…|!?[\w’'*-]+(?:/[\w’'*-]+)*)(?: (?:…|!?[\w’'*-]+(?:/[\w’'*-]+)*))*$")]
"""A way of saying something, as `knowledge/checks/phrases.py` reads it: anything else in it would match nothing."""


class CrisisWords(Record):
    """One language's part of `docs/data/crisis-words.yml`: what people type into a search who may need help now.

    `overrides/assets/js/crisis.js` matches them.
    """

    anywhere: list[Phrase] = Field(description="Phrases that match wherever they stand in a query.")
    violence: list[Phrase] = Field([], description="The same of violence: its own line stands behind that of danger.")
    alone: list[Phrase] = Field(description="Phrases that match where a query says nothing else.")
    ordinary: list[Phrase] = Field(description="Everyday phrases that hold such words and are no sign of need.")
    same: list[PlainWords] = Field(description="Words that count as one.")
    between: PlainWords = Field(description="Small words that may stand among the words of a phrase.")


class Examples(Record):
    """`docs/data/queries.LANG.yml`: what people type into a search, from whose words others like them are heard.

    `knowledge/outputs/search/need.py` weighs the words.
    """

    need: list[NonEmptyStr] = Field([], description="What people type who need help now, but for violence.")
    violence: list[NonEmptyStr] = Field([], description="The same of violence, threats and control.")
    ordinary: list[NonEmptyStr] = Field([], description="What others type, above all with the same words.")


class StrongWords(ByLanguage[list[NonEmptyStr]]):
    """`docs/data/strong-words.yml`: for each language the words that promise an effect."""

    unsaid: ClassVar[list[str]] = []
    harmless: dict[Language, list[Spoken]] = Field(
        {}, description="Phrases in which they mean something else; * stands for letters, … for up to three words."
    )


CONCEPTS, SOURCES, CORRECTIONS, HELP, NEEDS, PEOPLE, FOREIGN_WORDS = (
    f"data/{name}.yml" for name in ("concepts", "sources", "corrections", "help", "needs", "people", "foreign-words")
)
"""Paths below `docs/` of the files that rules name."""
DATA: dict[str, Any] = {
    "concepts": dict[str, Concept],
    "sources": dict[str, Source],
    "corrections": list[Correction],
    "help": list[HelpLine],
    "needs": list[Need],
    "people": dict[str, Person],
    "strong-words": StrongWords,
    "crisis-words": dict[Language, CrisisWords],
    "grave-words": dict[Language, list[Spoken]],
    "everyday-words": dict[Language, list[Group]],
    "foreign-words": dict[Tongue, list[NonEmptyStr]],
}
"""The shape of each file that holds all languages, by its name without ending."""


def data_of(languages: Languages) -> dict[str, Any]:
    """The shape of each data file of a site in these languages, by its name without ending."""
    own = {phrases_of: Phrases, examples_of: Examples}
    return DATA | {name(lang): shape for name, shape in own.items() for lang in languages}


def examples_of(lang: Language) -> str:
    """The name of the file with what people who need help now type in a language, and others."""
    return f"queries.{lang}"


def phrases_of(lang: Language) -> str:
    """The name of the file with what readers of a language type."""
    return f"search.{lang}"
