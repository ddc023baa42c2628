"""The exercise of the week: one small thing to do, below articles of its topic."""

from __future__ import annotations

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


class Shown(Record):
    """`extra.exercise` of mkdocs.yml."""

    show: bool = Field(False, description="Whether it is shown.")


def _show(place: Place) -> Words | None:
    """That of this week; none beside a help box."""
    article = place.article
    own = [exercise for exercise in place.records or () if exercise.topic == article.topic]
    if article.kind != "article" or article.has_help or not own:
        return None
    return own[place.today.isocalendar().week % len(own)][place.lang]


def _made(given: Shown, context: Context) -> tuple[Shown | None, list[Problem]]:
    return given if given.show else None, []


BLOCK = Block("exercise", Shown, Words, _show, _made, data=list[Exercise])
