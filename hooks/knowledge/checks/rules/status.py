"""Rules on what is not out yet, or not any more: it is said completely, and nothing that readers see leads to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ...content.article import Article
from ...content.data import CORRECTIONS, NEEDS
from ...content.library import Library
from ...core import day
from ...core.document import KeyPath
from ...core.problems import did_you_mean
from .rule import Finding, rule


@rule("status")
def statuses(library: Library) -> Iterator[Finding]:
    """A draft, a planned article and one that was withdrawn are each shown in a way of their own."""
    articles = {article.key for article in library.of_kind("article")}
    for article in library.articles.values():
        shared, original, key = article.shared, article.original, article.shared.instead
        if shared.status and shared.step:
            message = f"a step of the ladder is always there; only an article can be “{shared.status}”"
            yield Finding(original, ("status",), message, "delete the line")
        elif shared.status and article.kind not in ("article", "withdrawn"):
            message = f"this page is always there; only an article can be “{shared.status}”"
            yield Finding(original, ("status",), message, "delete the line")
        elif shared.status == "planned" and not shared.date:
            fix = "add a line “date: …” with the day on which it comes out"
            yield Finding(original, ("status",), "it is planned, and “date” is missing", fix)
        for translation in article.texts:
            if article.is_withdrawn and not translation.words.withdrawn:
                fix = "add a line “withdrawn: …” with a sentence or two for readers"
                yield Finding(translation, ("status",), "it is withdrawn, and does not say why", fix)
            elif translation.words.withdrawn and not article.is_withdrawn:
                fix = "add “status: withdrawn” to the original, or delete the line"
                yield Finding(translation, ("withdrawn",), "it says why it was withdrawn, and is not", fix)
        if key and not article.is_withdrawn:
            message = "only a withdrawn article says what to read instead"
            yield Finding(original, ("instead",), message, "add “status: withdrawn”, or delete the line")
        elif key and key not in articles | library.unread:
            fix = did_you_mean(key, articles, "docs/, without language and ending")
            yield Finding(original, ("instead",), f"there is no article “{key}” to read instead", fix, key)


@rule("unpublished")
def unpublished(library: Library) -> Iterator[Finding]:
    """A link to a draft leads readers to a page that is not there."""
    today = day.today()
    hidden = {key: article for key, article in library.articles.items() if article.out_from > today}
    told = {**hidden, **{article.key: article for article in library.of_kind("withdrawn")}}
    if not told:
        return
    for article in library.articles.values():
        for translation in article.translations.values():
            for link in translation.outline.links:
                target = told.get(translation.page_at(link.target) or "")
                if target and target.is_withdrawn and target is not article:
                    message = f"the link “{link.target}” leads to an article that was withdrawn"
                    there = library.articles.get(target.shared.instead or "")
                    fix = f"link to docs/{there[translation.lang].path}" if there else "take the link out"
                    yield Finding(translation, link.line, message, fix, link.target, level="warning")
                elif target and not target.is_withdrawn and article.out_from < target.out_from:
                    yield Finding(translation, link.line, *_told(target, link.target), link.target)
        instead = hidden.get(article.shared.instead or "")
        if instead and article.is_withdrawn:
            yield Finding(article.original, ("instead",), *_told(instead), instead.key)
    pages: list[tuple[str, str, KeyPath]]
    pages = [(NEEDS, need.page, (place, "page")) for place, need in enumerate(library.needs)]
    for place, correction in enumerate(library.corrections):
        pages += [(CORRECTIONS, key, (place, "pages", i)) for i, key in enumerate(correction.pages)]
    for file, key, path in pages:
        if key in hidden:
            yield Finding(file, path, *_told(hidden[key]), key)


def _told(article: Article, link: str = "") -> tuple[str, str]:
    """What is wrong with leading to an article that readers do not see yet, and how to fix it."""
    file, day = article.original.path, article.out_from
    if day == dt.date.max:
        message = f"“{article.key}” is a draft, which readers cannot see"
        if link:
            message = f"the link “{link}” leads to a draft, which readers cannot see"
        return message, f"take it out until then, or delete “status” in docs/{file}"
    message = f"“{article.key}” comes out on {day}"
    if link:
        message = f"the link “{link}” leads to an article that comes out on {day}"
    return message, f"take it out until then, or change “date” in docs/{file}"
