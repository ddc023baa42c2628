"""Views: what each page shows, made of its own two files, its text, and answers."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Set
from dataclasses import fields, replace
from itertools import islice
from typing import Any, get_args
from urllib.parse import urljoin

from ..content.article import Article
from ..content.front_matter import Certainty
from ..content.source import Study
from ..core.language import Language
from ..markdown.checklist import ITEM
from ..markdown.vocabulary import EVERYWHERE, KIND_OF
from ..relations.related import LENGTH
from .blocks import Shown
from .blocks.analytics import is_counted
from .blocks.help_box import tapped
from .graph import page_graph
from .parts import Card, Chapter
from .queries import Recorder
from .self_check import self_check
from .view import (
    ArticlesView,
    ArticleView,
    BookletView,
    Common,
    FaqView,
    GlossaryView,
    HomeView,
    PageText,
    PageView,
    SearchView,
    SelfCheckView,
    SourcesView,
    TopicView,
    TranslationsView,
    View,
    WithdrawnView,
)

LATEST = 3
"""The newest articles at the foot of a page."""
BESIDE = 3
"""An article and its two neighbours, which are among the newest, too."""
MOVED = ("triangle", "breathing")
"""Kinds of figure to which a script adds what can be moved."""
FIGURES = re.compile(r'class="(?:[^"]* )?(?:figure|checklist|task-list)[" ]')
"""What has its style in `overrides/assets/css/figures/`."""
RARE = re.compile(
    r'class="(?:[^"]* )?(?:tabbed-set|grid|md-button|footnote|twemoji|film|player|file)[" ]'
    rf'|<(?:div class="admonition |details class=")(?:{"|".join(KIND_OF.keys() - EVERYWHERE)})[" ]'
)
"""What has its style in `overrides/assets/css/vocabulary/`."""
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


def view(article: Article, lang: Language, text: PageText, query: Recorder, edit: str | None = None) -> View:
    """The view of one page, of its kind's class. What is not in the page's own files it learns by asking."""
    key, kind = article.key, article.kind
    frame, trail = query.frame(lang), _trail(article)
    alternates = tuple(query.alternate(key, code) for code in article.translations)
    address = next(alternate for alternate in alternates if alternate.lang == lang)
    unpublished = query.unpublished_notice(key, lang)
    body = _tapped(_from_anywhere(text.html, address.href) if kind == "notfound" else text.html, lang, query)
    page = {field.name: getattr(frame, field.name) for field in fields(Common)}
    page |= {
        "lang": lang,
        "key": key,
        "kind": kind,
        "words": article[lang].words,
        "shared": article.shared,
        "canonical": address.absolute,
        "href": address.href,
        "alternates": alternates,
        "alone": len(article.written) == 1,
        "trail": tuple(query.link(above, lang) for above in trail),
        "home": query.link("index", lang, key == "index"),
        "topics": query.menu(lang, key if kind == "topic" else "", article.topic),
        "entries": query.entries(lang, key),
        "footer": tuple(query.link(page, lang, page == key) for page in frame.footer),
        "topic": article.topic,
        "review_due": article.review_due,
        "noindex": article.is_hidden or article[lang].untranslated or bool(unpublished),
        "unpublished": unpublished,
        "body": body,
        "contents": text.contents,
        "references": query.all_references(lang) if kind == "sources" else query.references_of(key, lang),
        "figures": tuple(kind for kind in MOVED if f"figure--{kind}" in body),
        "has_checklist": ITEM in body,
        "has_figures": kind == "booklet" or bool(FIGURES.search(body)),
        "has_vocabulary": kind == "booklet" or bool(RARE.search(body)),
        "help": frame.urgent if article.has_help else None,
        "edit": None if article[lang].untranslated or kind == "notfound" else edit,
        "analytics": frame.analytics if is_counted(article) and not frame.preview else None,
        "picture": query.picture(key, lang),
        "graph": page_graph(article, lang, text.questions, trail, query),
    }
    shape, made = VIEWS.get(kind, (View, lambda *_: {}))
    return shape(**page | made(article, lang, page, query))


Page = dict[str, Any]
"""What every page shows, by the names of `View`'s fields."""


def _covered(article: Article, lang: Language, page: Page, query: Recorder) -> Page:
    """What a page with a picture of its own shows besides."""
    shows_ladder = article.topic == "stress-ladder" or article.kind == "home"
    shown = {name: query.block(name, article.key, lang, page["edit"]) for name in query.frame(lang).blocks}
    return {
        "cover": query.cover(article.key) if article.has_cover else None,
        "ladder": query.ladder(lang, article.key if article.shared.step else "") if shows_ladder else (),
        "blocks": Shown(**shown),
    }


def _article(article: Article, lang: Language, page: Page, query: Recorder) -> Page:
    key, covered = article.key, _covered(article, lang, page, query)
    related = tuple(replace(query.card(other, lang), reason=reason) for other, reason in query.related(key, lang))
    before, after = query.neighbours(key, lang)
    shown = {page["href"], *(link.href for link in (before, after, *related) if link)}
    return covered | {
        "edit": None if covered["blocks"].feedback else page["edit"],  # There it is said, too.
        "minutes": max(1, math.ceil(article[lang].length / WORDS_A_MINUTE)),
        "author": query.person(article.shared.author),
        "reviewer": query.person(article.shared.reviewer),
        "grave": article.is_grave,
        "tags": tuple(query.tag(name, lang) for name in article.shared.concepts),
        "corrections": query.corrections_of(key),
        "previous": before,
        "next": after,
        "related": related,
        "latest": _latest(shown, lang, query),
    }


def _booklet(article: Article, lang: Language, page: Page, query: Recorder) -> Page:
    chapters = map(_as_chapter, query.chapters(article.topic, lang))
    return {"chapters": tuple(replace(chapter, html=_tapped(chapter.html, lang, query)) for chapter in chapters)}


def _topic(article: Article, lang: Language, page: Page, query: Recorder) -> Page:
    opening, body = _parts(page["body"])
    cards, booklet = query.topic_cards(article.topic, lang), query.booklet(article.topic, lang)
    own = {"opening": opening, "body": body, "cards": cards, "booklet": booklet}
    return _covered(article, lang, page, query) | own


def _home(article: Article, lang: Language, page: Page, query: Recorder) -> Page:
    latest, cards = _latest({page["href"]}, lang, query), query.all_topic_cards(lang)
    covered = _covered(article, lang, page, query)
    return covered | {"needs": query.needs(lang), "cards": cards, "picks": query.picks(lang), "latest": latest}


def _page(article: Article, lang: Language, page: Page, query: Recorder) -> Page:
    return {"corrections": query.corrections(lang) if article.key == CORRECTIONS else ()}


def _articles(article: Article, lang: Language, page: Page, query: Recorder) -> Page:
    latest = _latest({page["href"]}, lang, query)
    return {"cards": query.all_article_cards(lang), "by_topic": query.by_topic(lang), "latest": latest}


def _sources(article: Article, lang: Language, page: Page, query: Recorder) -> Page:
    listed = page["references"]
    studies = _present(Study, {reference.study for reference in listed})
    by_study = tuple((study, tuple(r for r in listed if r.study == study)) for study in studies)
    return {"by_study": by_study, "certainties": _present(Certainty, {r.certainty for r in listed})}


def _selfcheck(article: Article, lang: Language, page: Page, query: Recorder) -> Page:
    ladder, original = query.ladder(lang, ""), query.ladder(article.original.lang, "")
    return {"ladder": ladder, "selfcheck": self_check(ladder, original)}


Made = Callable[[Article, Language, Page, Recorder], Page]
VIEWS: Mapping[str, tuple[type[View], Made]] = {
    "article": (ArticleView, _article),
    "articles": (ArticlesView, _articles),
    "booklet": (BookletView, _booklet),
    "faq": (FaqView, lambda article, lang, page, query: {"faq": query.faq(lang), "faq_words": query.faq_words(lang)}),
    "glossary": (GlossaryView, lambda article, lang, page, query: {"glossary": query.glossary(lang)}),
    "home": (HomeView, _home),
    "page": (PageView, _page),
    "search": (SearchView, lambda article, lang, page, query: {"cards": query.all_article_cards(lang)}),
    "selfcheck": (SelfCheckView, _selfcheck),
    "sources": (SourcesView, _sources),
    "topic": (TopicView, _topic),
    "translations": (TranslationsView, lambda article, lang, page, query: {"stale": query.old_translations(lang)}),
    "withdrawn": (WithdrawnView, lambda article, lang, page, query: {"instead": query.instead(article.key, lang)}),
}
"""Kinds of pages that show more than every page: their class, and what gives the rest of its fields."""


def _from_anywhere(html: str, path: str) -> str:
    """A page's text with links that lead on from every address: the 404 page stands at each that leads nowhere."""
    return RELATIVE.sub(lambda link: link[1] + urljoin(path, link[2]), html)


def _parts(html: str) -> tuple[str, str]:
    """A text up to its first figure, and the rest."""
    before, end, after = html.partition("</figure>")
    return (before + end, after) if end else ("", html)


def _trail(article: Article) -> list[str]:
    """The keys of the pages above a page, from the home page down."""
    above = [] if article.kind == "home" else ["index"]
    if article.kind in ("article", "withdrawn", "booklet") and article.topic:
        above.append(f"{article.topic}/index")
    return above


def _tapped(html: str, lang: Language, query: Recorder) -> str:
    """A text in which “ring 112” is a link, also where its author has not made it one."""
    frame = query.frame(lang)
    return str(tapped(html, frame.urgent.danger if frame.urgent else None, frame.strings["call"]))


def _as_chapter(chapter: Chapter) -> Chapter:
    """An article whole, fit to stand with others on one page: its places have names of their own, it is no landmark
    twice, its links lead on, and its headings stand a level lower."""
    html = NAMED.sub(rf'\1="{chapter.id}-', HERE.sub(f'href="#{chapter.id}-', LANDMARK.sub(r"\1", chapter.html)))
    html = HEADING.sub(lambda tag: f"{tag[1]}{int(tag[2]) + 1}", html)
    return replace(chapter, html=_from_anywhere(html, chapter.alternate.href))


def _latest(shown: Set[str], lang: Language, query: Recorder) -> tuple[Card, ...]:
    """The newest articles to which a page does not lead already."""
    cards = (query.card(key, lang) for key in query.latest(lang, LATEST + LENGTH + BESIDE))
    return tuple(islice((card for card in cards if card.href not in shown), LATEST))


def _present(choices: Any, present: Set[str | None]) -> tuple[Any, ...]:
    """The choices of a type that occur, in its order."""
    return tuple(choice for choice in get_args(choices) if choice in present)
