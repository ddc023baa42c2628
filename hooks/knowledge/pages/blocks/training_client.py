"""The training client: an offer to see a therapist in training, shown on articles about the alliance."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from ...content.public import UNFINISHED
from ...content.record import ByLanguage, NonEmptyStr, Record, Text
from ...core.language import Language
from ...core.problems import Problem
from .block import Block, Context, Place

TOPIC = "alliance"
"""The topic whose articles carry the offer."""


class Offer(Record):
    """The offer in one language. What is not set yet is null."""

    title: Text | None = Field(None, description="The heading.")
    text: Text | None = Field(None, description="What it is, in two or three sentences.")
    price: Text | None = Field(None, description="What it costs.")
    terms: Text | None = Field(None, description="Who it is for, how long it lasts, who listens in.")
    link: NonEmptyStr | None = Field(None, description="Where one applies: https://… or mailto:…")
    link_text: Text | None = Field(None, description="The words of the link.")


class TrainingClient(ByLanguage[Offer]):
    """`extra.training_client` of mkdocs.yml."""

    unsaid: ClassVar[Offer] = Offer()
    show: bool = Field(False, description="Whether the offer is shown.")


def _offers(given: TrainingClient, context: Context) -> tuple[Mapping[Language, Offer] | None, list[Problem]]:
    """The offer of each language, or none where it is switched off."""
    problems: list[Problem] = []
    languages = context.library.languages if given.show else ()
    for lang in languages:
        for name, value in given[lang]:
            if value is None or _is_placeholder(value):
                found = "not set" if value is None else f"still a placeholder: “{value}”"
                fix = "write it, or set “show: false”"
                problems.append(context.section.problem(f"{lang}.{name}", f"“{lang}.{name}” is {found}", fix))
        link = given[lang].link or ""
        if link and not _is_placeholder(link) and not re.fullmatch(r"https://\S+\.\S+|mailto:\S+@\S+\.\S+", link):
            message = f"“{lang}.link” is “{link}”; expected https://… or mailto:…"
            problems.append(context.section.problem(f"{lang}.link", message, "write where one applies"))
    return (None if problems else {lang: given[lang] for lang in languages}), problems


def _show(place: Place) -> Offer | None:
    """It stands on articles about the alliance, and never with a help box."""
    article = place.article
    is_here = article.kind == "article" and article.topic == TOPIC and not article.has_help
    return place.made[place.lang] if is_here and not article.shared.noindex else None


BLOCK = Block("training_client", TrainingClient, Offer, _show, _offers, rule="training_client")


def _is_placeholder(value: str) -> bool:
    return bool(UNFINISHED.search(value) or re.fullmatch(r"\W*|\[.*\]|<[^>]*>", value))
