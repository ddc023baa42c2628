"""“Was this page useful?”: two plain links, a prefilled mail and the page's file where it is edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from ...content.publisher import Publisher
from ...content.record import Record
from ...core.problems import Problem
from .block import Block, Context, Place


@dataclass(frozen=True)
class Feedback:
    """The links of one page; each is there only where it leads somewhere."""

    yes: str | None
    change: str


def feedback(
    publisher: Publisher, edit: str | None, title: str, address: str, words: Mapping[str, str]
) -> Feedback | None:
    """The links of a page; None where there is neither a mail address nor a place to edit."""
    yes = publisher.email and _mail(publisher.email, words["feedback_yes_subject"], title, address, "")
    if edit:
        return Feedback(yes, edit)
    if publisher.email:
        subject, ask = words["feedback_change_subject"], words["feedback_change_body"]
        return Feedback(yes, _mail(publisher.email, subject, title, address, ask))
    return None


def _mail(to: str, subject: str, title: str, address: str, ask: str) -> str:
    body = f"{address}\r\n\r\n{ask}"
    return f"mailto:{quote(to, safe='@')}?" + urlencode(
        {"subject": subject.format(title=title), "body": body}, quote_via=quote
    )


def _read(settings: Any, context: Context) -> tuple[Publisher, list[Problem]]:
    """It goes by the publisher's address, and has no settings of its own."""
    return context.publisher, context.section.read(Record, settings)[1]


def _show(place: Place) -> Feedback | None:
    if place.article.kind != "article":
        return None
    title = place.article[place.lang].words.title
    return feedback(place.made, place.edit, title, place.address, place.words)


BLOCK = Block("feedback", Record, Feedback, _read, _show, is_placed=True)
