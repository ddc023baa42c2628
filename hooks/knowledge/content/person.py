"""A person: somebody with a name who writes or reviews articles."""

from __future__ import annotations

from pydantic import Field

from .record import ByLanguage, NonEmptyStr, Record, Text
from .source import Https


class PersonWords(Record):
    """What a person is, in one language."""

    title: Text = Field(description="What stands behind the name: authorised psychologist.")


class Person(ByLanguage[PersonWords]):
    """One record of `docs/data/people.yml`."""

    name: NonEmptyStr = Field(description="The whole name, as the person writes it.")
    link: Https | None = Field(None, description="A page about the person: https://…")
