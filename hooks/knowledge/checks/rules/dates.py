"""Rules on dates: nothing was done in the future, reviewed before it was there, or too long ago."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ...content.article import Article, Translation
from ...content.data import CORRECTIONS, SOURCES
from ...content.library import Library
from ...content.outline import CITATION
from ...content.passage import Passage
from ...content.prose import paragraphs
from ...core import day
from ...core.language import pattern_of
from ..quotation import without_quotations
from .rule import Finding, rule, text_rule

AHEAD = ("draft", "planned")
"""What an article may be whose date is still to come."""


@rule("date-order", is_local=True)
def date_order(library: Library) -> Iterator[Finding]:
    """A page cannot have been reviewed before it was there."""
    for article in library.articles.values():
        date, reviewed = article.shared.date, article.shared.reviewed
        if article.shared.status in AHEAD:
            continue  # It is read first, and out later.
        if date and reviewed and reviewed < date:
            message = f"“reviewed” is {reviewed}, before the page's date, {date}"
            fix = f"write {date} or later, or fix “date” on line {article.original.lines['date']}"
            yield Finding(article.original, ("reviewed",), message, fix)
        by = article.shared.review_by
        if by and reviewed and by <= reviewed:
            message = f"“review_by” is {by}, and the page was reviewed on {reviewed}"
            fix = "write the day by which it is to be read again, or delete the line"
            yield Finding(article.original, ("review_by",), message, fix, level="warning")


@rule("date-ahead")
def dates_ahead(library: Library) -> Iterator[Finding]:
    """A date in the future is a slip of the hand, if the article is not planned for that day."""
    today, latest = day.today(), day.latest()
    if first := before_all(library):
        message = f"today is {today} by the clock here, and all pages were reviewed later"
        yield Finding(first.original, ("reviewed",), message, "set the clock, or SOURCE_DATE_EPOCH")
        return
    for article in library.articles.values():
        shared = article.shared
        latest_here = max(shared.date or latest, latest) if shared.status in AHEAD else latest
        for key in ("date", "reviewed"):
            found = getattr(shared, key)
            if found and found > latest_here:
                planned = f"add “status: planned”, and the build of {found} publishes it; or write a day up to {today}"
                fix = planned if key == "date" and article.kind == "article" else _fix(today)
                message = f"“{key}” is {found}, which is in the future"
                yield Finding(article.original, (key,), message, fix)
    for key, source in library.sources.items():
        if source.accessed and source.accessed > latest:
            message = f"“{key}” was read on {source.accessed}, which is in the future"
            yield Finding(SOURCES, (key, "accessed"), message, _fix(today))
        if source.issued and source.issued > today.year + 1:  # Journals date an issue ahead.
            message = f"“{key}” was published in {source.issued}, which is in the future"
            yield Finding(SOURCES, (key, "issued"), message, "write the year in which it came out")
    for i, correction in enumerate(library.corrections):
        if correction.date > latest:
            message = f"“date” is {correction.date}, which is in the future"
            yield Finding(CORRECTIONS, (i, "date"), message, _fix(today), str(correction.date))


def before_all(library: Library) -> Article | None:
    """A page, if all of several were reviewed in the future: a clock that has stopped, and no slip of the hand."""
    reviewed = [article for article in library.articles.values() if article.shared.reviewed]
    ahead = [article for article in reviewed if article.shared.reviewed and article.shared.reviewed > day.latest()]
    return ahead[0] if ahead == reviewed and len(ahead) > 1 else None


def _fix(today: dt.date) -> str:
    return f"write the day on which it was; today is {today}"


@rule("review-due", "warning")
def review_due(library: Library) -> Iterator[Finding]:
    """Knowledge ages: each page is read whole again within three years, or by the day in review_by."""
    for article in library.articles.values():
        reviewed, due, lines = article.shared.reviewed, article.review_due, article.original.lines
        if due and due < day.today():
            key = "review_by" if due == article.shared.review_by else "reviewed"
            fix = "read the whole page, check it against its sources, then write today's date in “reviewed”"
            yield Finding(article.original, lines[key], f"last reviewed {reviewed}, and due by {due}", fix)


@text_rule("review-due")
def grows_old(translation: Translation) -> Iterator[Finding]:
    """What a source says of “last year” is wrong a year later, and nobody sees it."""
    ages = pattern_of(translation.lang, "ages")
    for paragraph in paragraphs(translation.body, translation.body_line):
        is_dated = "@" in paragraph.text and ages.search(paragraph.text) and CITATION.search(paragraph.text)
        if is_dated and (found := ages.search(without_quotations(paragraph.text))):
            place = Passage.of(translation, paragraph.text, paragraph.line)
            message, fix = f"“{found[0]}” will not be true for long", "write the year, or the month and the year"
            yield Finding.at(place, found.start(), message, fix)._replace(level="warning")
