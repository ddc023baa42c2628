"""Views: what each page shows, made of its own two files, its text, and answers."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Set
from dataclasses import fields, replace
from functools import lru_cache
from itertools import islice
from typing import Any, get_args
from urllib.parse import urljoin

from ..content.article import Article
from ..content.front_matter import Certainty
from ..content.source import Study
from ..core.language import Language
from ..core.strings import in_words
from ..markdown.checklist import ITEM
from ..relations.related import LENGTH
from .blocks import Shown
from .blocks.analytics import is_counted
from .blocks.comments import has_comments
from .blocks.feedback import feedback
from .blocks.help_box import help_box
from .blocks.newsletter import has_newsletter
from .graph import page_graph
from .queries import Recorder
from .self_check import self_check
from .view import Card, Chapter, Corrected, Crumb, Day, Reference, Shared, Text, View

LATEST = 3
"""The newest articles at the foot of a page."""
BESIDE = 3
"""An article and its two neighbours, which are among the newest, too."""
MOVED = ("triangle", "breathing")
"""Kinds of figure to which a script adds what can be moved."""
CORRECTIONS = "about"
"""The page that shows all corrections."""
RELATIVE = re.compile(r'((?:href|src)=")(?![a-z]+:|[/#])([^"]*)')
"""A link of a text that depends on the address at which it is read."""
LANDMARK = re.compile(r'(<section\b[^<>]*?) aria-labelledby="[^"]*"')
NAMED = re.compile(r'\b(id|for|aria-labelledby|aria-describedby)="')
HERE = re.compile(r'href="#')
HEADING = re.compile(r"(</?h)([2-5])\b")
WORDS_A_MINUTE = 200
"""Reading pace behind the reading time: calm reading of non-fiction on a screen."""


def view(article: Article, lang: Language, text: Text, query: Recorder, edit: str | None = None) -> View:
    """The view of one page.

    Args:
        article: the page's own files; of everything else it learns by asking.
        edit: where its file is edited.
    """
    key, kind, translation = article.key, article.kind, article[lang]
    alternates = tuple(query.alternate(key, code) for code in article.translations)
    frame, address = query.frame(lang), next(alternate for alternate in alternates if alternate.lang == lang)
    trail, picture = _trail(article, lang, query), query.picture(key, lang)
    suggested = query.related(key, lang) if kind == "article" else ()
    related = tuple(replace(query.card(other, lang), reason=reason) for other, reason in suggested)
    cover = query.cover(key) if article.has_cover else None
    before, after = query.neighbours(key, lang) if kind == "article" else (None, None)
    references = _references(article, lang, query)
    shows_ladder = article.topic == "stress-ladder" or kind in ("home", "selfcheck")
    ladder = query.ladder(lang, key if article.shared.step else "") if shows_ladder else ()
    opening, body = _parts(text.html) if kind == "topic" else ("", text.html)
    if kind == "notfound":
        body = _from_anywhere(body, address.href)
    shown = {link.href for link in (address, before, after, *related) if link}
    shared = {field.name: getattr(frame, field.name) for field in fields(Shared)}
    return View(
        **shared,
        lang=lang,
        key=key,
        kind=kind,
        words=translation.words,
        canonical=address.absolute,
        href=address.href,
        alternates=alternates,
        alone=len(article.written) == 1,
        trail=tuple(crumb.link for crumb in trail),
        home=query.link("index", lang, key == "index"),
        topics=query.menu(lang, key if kind == "topic" else "", article.topic),
        entries=query.entries(lang, key),
        footer=tuple(query.link(page, lang, page == key) for page in frame.footer),
        topic=article.topic,
        cover=cover and cover.shown,
        credit=article.shared.credit,
        published=_day(article.shared.date, lang),
        reviewed=_day(article.shared.reviewed, lang),
        review_due=_day(article.review_due, lang),
        certainty=article.shared.certainty,
        minutes=max(1, math.ceil(translation.length / WORDS_A_MINUTE)),
        noindex=article.is_hidden or translation.awaited,
        opening=opening,
        body=body,
        contents=text.contents,
        questions=text.questions,
        tags=tuple(query.tag(name, lang) for name in article.shared.concepts),
        references=references,
        studies=_present(Study, {reference.study for reference in references}) if kind == "sources" else (),
        certainties=_present(Certainty, {r.certainty for r in references}) if kind == "sources" else (),
        related=related,
        latest=_latest(shown, lang, query) if kind in ("article", "home", "articles") else (),
        cards=_cards(article, lang, query),
        chapters=_chapters(article.topic, lang, query) if kind == "booklet" else (),
        booklet=query.booklet(article.topic, lang) if kind == "topic" else None,
        by_topic=query.by_topic(lang) if kind == "articles" else (),
        previous=before,
        next=after,
        ladder=ladder,
        step=article.shared.step,
        selfcheck=self_check(ladder, query.ladder(article.original.lang, "")) if kind == "selfcheck" else None,
        figures=tuple(kind for kind in MOVED if f"figure--{kind}" in text.html),
        has_checklist=ITEM in text.html,
        grave=article.is_grave,
        help=help_box(query.help(), lang) if article.has_help else None,
        newsletter=has_newsletter(article),
        comments=frame.comments if has_comments(article) else None,
        blocks=Shown(**{name: query.block(name, key, lang) for name in frame.blocks_on}),
        feedback=feedback(frame.publisher, edit, translation.words.title, address.absolute, frame.strings)
        if kind == "article"
        else None,
        edit=None if translation.awaited or kind == "notfound" else edit,
        analytics=frame.analytics if is_counted(article) and not frame.preview else None,
        faq=query.faq(lang) if kind == "faq" else (),
        faq_words=query.faq_words(lang) if kind == "faq" else {},
        picks=query.picks(lang) if kind == "home" else (),
        needs=query.needs(lang) if kind == "home" else (),
        glossary=query.glossary(lang) if kind == "glossary" else (),
        corrections=_corrections(article, lang, query),
        stale=query.old_translations(lang) if kind == "translations" else (),
        reviewer=article.shared.reviewer,
        picture=picture,
        graph=page_graph(article, lang, text.questions, trail, query),
    )


def _from_anywhere(html: str, path: str) -> str:
    """A page's text with links that lead on from every address, since the 404 page stands at each that leads nowhere.

    Args:
        path: the page's own.
    """
    return RELATIVE.sub(lambda link: link[1] + urljoin(path, link[2]), html)


def _parts(html: str) -> tuple[str, str]:
    """A text up to its first figure, and the rest."""
    before, end, after = html.partition("</figure>")
    return (before + end, after) if end else ("", html)


def _trail(article: Article, lang: Language, query: Recorder) -> list[Crumb]:
    """The pages above a page, from the home page down."""
    above = [] if article.kind == "home" else ["index"]
    if article.kind in ("article", "booklet") and article.topic:
        above.append(query.topic(article.topic))
    return [query.crumb(key, lang) for key in above]


def _chapters(topic: str, lang: Language, query: Recorder) -> tuple[Chapter, ...]:
    """A topic's articles whole, each fit to stand with the others on one page."""
    chapters = (query.chapter(key, lang) for key in query.chapters(topic, lang))
    return tuple(replace(chapter, html=_as_chapter(chapter)) for chapter in chapters)


def _as_chapter(chapter: Chapter) -> str:
    """A text whose places have names of their own, that is no landmark twice, whose links lead on, and whose headings
    stand a level lower."""
    html = NAMED.sub(rf'\1="{chapter.id}-', HERE.sub(f'href="#{chapter.id}-', LANDMARK.sub(r"\1", chapter.html)))
    html = HEADING.sub(lambda tag: f"{tag[1]}{int(tag[2]) + 1}", html)
    return _from_anywhere(html, chapter.alternate.href)


def _latest(shown: Set[str], lang: Language, query: Recorder) -> tuple[Card, ...]:
    """The newest articles to which a page does not lead already."""
    cards = (query.card(key, lang) for key in query.latest(lang, LATEST + LENGTH + BESIDE))
    return tuple(islice((card for card in cards if card.href not in shown), LATEST))


def _references(article: Article, lang: Language, query: Recorder) -> tuple[Reference, ...]:
    return query.all_references(lang) if article.kind == "sources" else query.references_of(article.key, lang)


def _present(choices: Any, present: Set[str | None]) -> tuple[Any, ...]:
    """The choices of a type that occur, in its order."""
    return tuple(choice for choice in get_args(choices) if choice in present)


def _corrections(article: Article, lang: Language, query: Recorder) -> tuple[Corrected, ...]:
    if article.key == CORRECTIONS:
        return query.corrections(lang)
    return query.corrections_of(article.key, lang) if article.kind == "article" else ()


def _cards(article: Article, lang: Language, query: Recorder) -> tuple[Card, ...]:
    if article.kind == "topic":
        return query.topic_cards(article.topic, lang)
    if article.kind == "home":
        return query.topics(lang)
    return query.articles(lang) if article.kind in ("articles", "search") else ()


@lru_cache(maxsize=1 << 14)
def _day(date: dt.date | None, lang: Language) -> Day | None:
    if not date:
        return None
    return Day(date.isoformat(), in_words(date, lang))
