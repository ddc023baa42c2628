"""The exercise of the week: one small thing to do, below articles of its topic."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from ...content.front_matter import Key
from ...content.record import ByLanguage, Record, Text
from ...core.problems import Problem
from .block import Block, Context, Place


class Words(Record):
    """An exercise in one language."""

    title: Text = Field(description="What it is called.")
    text: Text = Field(description="What to do, in one or two sentences.")


class Exercise(ByLanguage[Words]):
    """One record of `docs/data/exercise.yml`."""

    topic: Key = Field(description="The topic below whose articles it stands.")


class Settings(Record):
    """`extra.exercise` of mkdocs.yml."""

    show: bool = Field(False, description="Whether it is shown.")


def _read(settings: Any, context: Context) -> tuple[Settings | None, list[Problem]]:
    given, problems = context.section.read(Settings, settings)
    return (given if given and given.show else None), problems


def _show(place: Place) -> Words | None:
    """That of this week; none beside a help box."""
    article = place.article
    own = [exercise for exercise in place.records or () if exercise.topic == article.topic]
    if article.kind != "article" or article.has_help or not own:
        return None
    return own[place.today.isocalendar().week % len(own)][place.lang]


BLOCK = Block("exercise", Settings, Words, _read, _show, data=list[Exercise])
