"""Views: what each page shows, made of its own two files, its text, and answers."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Set
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any, get_args

from ..content.article import Article
from ..content.front_matter import Certainty
from ..content.source import Study
from ..core.language import LANGUAGES, Language
from ..core.strings import in_words
from ..relations.related import LENGTH
from .blocks.comments import has_comments
from .blocks.feedback import feedback
from .blocks.newsletter import has_newsletter
from .blocks.training_client import has_offer
from .graph import page_graph
from .queries import Asking
from .view import Card, Corrected, Crumb, Day, Reference, Shared, Text, View

LATEST = 3
"""The newest articles at the foot of a page."""
CORRECTIONS = "about"
"""The page that shows all corrections."""
WORDS_A_MINUTE = 200
"""Reading pace behind the reading time: calm reading of non-fiction on a screen."""


def view(article: Article, lang: Language, text: Text, ask: Asking) -> View:
    """The view of one page.

    Args:
        article: the page's own files; of everything else it learns by asking.
    """
    key, kind, translation = article.key, article.kind, article[lang]
    frame, address = ask.frame(lang), ask.alternate(key, lang)
    trail, picture = _trail(article, lang, ask), ask.picture(key, lang)
    suggested = ask.related(key, lang) if kind == "article" else ()
    related = tuple(replace(ask.card(other, lang), reason=reason) for other, reason in suggested)
    cover = ask.cover(key) if article.has_cover else None
    before, after = ask.neighbours(key, lang) if kind == "article" else (None, None)
    references = _references(article, lang, ask)
    help_lines = ask.help(kind != "help") if kind == "help" or article.has_help else ()
    shows_ladder = article.topic == "stress-ladder" or kind in ("home", "selfcheck")
    shared = {field.name: getattr(frame, field.name) for field in fields(Shared)}
    return View(
        **shared,
        lang=lang,
        key=key,
        kind=kind,
        words=translation.words,
        canonical=address.absolute,
        href=address.href,
        alternates=tuple(ask.alternate(key, code) for code in LANGUAGES),
        alone=not article.is_paired,
        trail=tuple(crumb.link for crumb in trail),
        home=ask.link("index", lang, key == "index"),
        topics=ask.menu(lang, key if kind == "topic" else "", article.topic),
        footer=tuple(ask.link(page, lang, page == key) for page in frame.footer),
        topic=article.topic,
        cover=cover and cover.inline,
        published=_day(article.shared.date, lang),
        reviewed=_day(article.shared.reviewed, lang),
        review_due=_day(article.review_due, lang),
        checked=_day(min((line.verified_on for line in help_lines), default=None), lang),
        certainty=article.shared.certainty,
        minutes=max(1, math.ceil(translation.length / WORDS_A_MINUTE)),
        noindex=article.is_hidden or translation.awaited,
        body=text.html,
        contents=text.contents,
        questions=text.questions,
        tags=tuple(ask.tag(name, lang) for name in article.shared.concepts),
        references=references,
        studies=_present(Study, {reference.study for reference in references}) if kind == "sources" else (),
        certainties=_present(Certainty, {r.certainty for r in references}) if kind == "sources" else (),
        related=related,
        latest=_latest({key, *(card.key for card in related)}, lang, ask) if kind in ("article", "home") else (),
        cards=_cards(article, lang, ask),
        previous=before,
        next=after,
        ladder=ask.ladder(lang, key if article.shared.step else "") if shows_ladder else (),
        step=article.shared.step,
        help=help_lines,
        newsletter=has_newsletter(article),
        comments=frame.comments if has_comments(article) else None,
        offer=frame.offer if has_offer(article) else None,
        feedback=feedback(frame.publisher, translation.path, translation.words.title, address.absolute, frame.strings)
        if kind == "article"
        else None,
        faq=ask.faq(lang) if kind == "faq" else (),
        picks=ask.picks(lang) if kind == "home" else (),
        glossary=ask.glossary(lang) if kind == "glossary" else (),
        corrections=_corrections(article, lang, ask),
        stale=ask.old_translations(lang) if kind == "translations" else (),
        reviewer=article.shared.reviewer,
        picture=picture,
        graph=page_graph(article, lang, text.questions, trail, ask),
    )


def _trail(article: Article, lang: Language, ask: Asking) -> list[Crumb]:
    """The pages above a page, from the home page down."""
    above = [] if article.kind == "home" else ["index"]
    if article.kind == "article":
        above.append(ask.topic(article.topic))
    return [ask.crumb(key, lang) for key in above]


def _latest(shown: Set[str], lang: Language, ask: Asking) -> tuple[Card, ...]:
    """The newest articles that a page does not show already."""
    new = [key for key in ask.latest(lang, LATEST + LENGTH + 1) if key not in shown]
    return tuple(ask.card(key, lang) for key in new[:LATEST])


def _references(article: Article, lang: Language, ask: Asking) -> tuple[Reference, ...]:
    return ask.all_references(lang) if article.kind == "sources" else ask.references_of(article.key, lang)


def _present(choices: Any, present: Set[str | None]) -> tuple[Any, ...]:
    """The choices of a type that occur, in its order."""
    return tuple(choice for choice in get_args(choices) if choice in present)


def _corrections(article: Article, lang: Language, ask: Asking) -> tuple[Corrected, ...]:
    if article.key == CORRECTIONS:
        return ask.corrections(lang)
    return ask.corrections_of(article.key, lang) if article.kind == "article" else ()


def _cards(article: Article, lang: Language, ask: Asking) -> tuple[Card, ...]:
    if article.kind == "topic":
        return ask.topic_cards(article.topic, lang)
    if article.kind == "home":
        return ask.topics(lang)
    return ask.articles(lang) if article.kind in ("articles", "search") else ()


@lru_cache(maxsize=1 << 14)
def _day(date: dt.date | None, lang: Language) -> Day | None:
    if not date:
        return None
    return Day(date.isoformat(), in_words(date, lang))
