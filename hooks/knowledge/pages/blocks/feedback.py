"""“Was this page useful?”: two plain links, a prefilled mail and the page's file where it is edited."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from ...content.record import Record
from .block import Block, Place


@dataclass(frozen=True)
class Feedback:
    """The links of one page; each is there only where it leads somewhere."""

    yes: str | None
    change: str


def _show(place: Place) -> Feedback | None:
    """It stands below articles, where there is a mail address or a place to edit."""
    if place.article.kind != "article":
        return None
    title, address, words, email = place.article[place.lang].words.title, place.address, place.words, place.made.email
    yes = email and _mail(email, words["feedback_yes_subject"], title, address, "")
    change = place.edit
    if email and not change:
        change = _mail(email, words["feedback_change_subject"], title, address, words["feedback_change_body"])
    return Feedback(yes, change) if change else None


def _mail(to: str, subject: str, title: str, address: str, ask: str) -> str:
    body = f"{address}\r\n\r\n{ask}"
    return f"mailto:{quote(to, safe='@')}?" + urlencode(
        {"subject": subject.format(title=title), "body": body}, quote_via=quote
    )


# It goes by the publisher's address, and has no settings of its own.
BLOCK = Block("feedback", Record, Feedback, _show, lambda given, context: (context.publisher, []), is_placed=True)
