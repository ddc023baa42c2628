"""A page's view: everything its template shows, in one object, so that a page is a function of it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml
from babel.dates import format_date

from . import urls
from .article import LANGUAGES, Article, Grade, Language, Words
from .blocks import Blocks
from .comments import CommentServer, has_comments
from .concept import Concept
from .feedback import Feedback, feedback
from .graph import page_graph
from .library import HelpLine, Library
from .newsletter import Form, has_newsletter
from .question import Asked, Question
from .related import Suggestion
from .site import Site
from .social import Pictures
from .training_client import Offer, has_offer
from .translation_state import Stale

WORDS_A_MINUTE = 200
"""Reading pace behind the reading time: calm reading of non-fiction on a screen."""


@dataclass(frozen=True)
class Link:
    """A link with its words."""

    href: str
    title: str
    current: bool = False
    here: bool = False
    """Whether the page stands below it."""


@dataclass(frozen=True)
class Day:
    """A date for machines and for people."""

    iso: str
    text: str


@dataclass(frozen=True)
class Card:
    """An article as it is offered elsewhere."""

    key: str
    href: str
    title: str
    excerpt: str
    image: str
    topic: str
    reason: str | None = None
    step: int | None = None


@dataclass(frozen=True)
class Alternate:
    """The same page in a language, for the language switch and the head."""

    lang: str
    href: str
    absolute: str


@dataclass(frozen=True)
class Section:
    """A heading of the page's text."""

    id: str
    title: str
    """As HTML."""
    children: tuple[Section, ...]

    @classmethod
    def of(cls, tokens: Iterable[Mapping[str, Any]]) -> tuple[Section, ...]:
        """Headings as Python-Markdown's `toc` gives them."""
        return tuple(cls(token["id"], token["name"], cls.of(token["children"])) for token in tokens)


@dataclass(frozen=True)
class Reference:
    """A source as the page shows it."""

    key: str
    entry: str
    link: str | None
    grade: Grade
    shows: str
    lang: Language | None = None
    """The entry's language, where it is not the page's."""


@dataclass(frozen=True)
class Step:
    """A step of the ladder."""

    number: int
    href: str
    title: str
    current: bool
    signs: tuple[str, ...]
    today: str
    seek: str


UNQUOTED = "!$()*+,-./:;=@_~"
"""Marks that may stand as they are in an address (RFC 3986, section 3.3) and in HTML."""


@dataclass(frozen=True)
class View:
    """One page in one language."""

    site: str
    lang: Language
    key: str
    kind: str
    strings: Mapping[str, str]
    words: Words
    canonical: str
    href: str
    root: str
    """Path of the site's root, for assets."""
    alternates: tuple[Alternate, ...]
    trail: tuple[Link, ...]
    home: Link
    topics: tuple[Link, ...]
    footer: tuple[Link, ...]
    places: Mapping[str, Link]
    """Pages that blocks point to: help, glossary, privacy …"""
    search_twin: Alternate
    """The search page in the other language."""
    preview: bool
    """Whether this is a preview, which has no search index."""
    publisher: Mapping[str, Any]
    topic: str
    cover: str | None
    """The cover itself, as an address: it is smaller than asking for it is slow."""
    published: Day | None
    reviewed: Day | None
    checked: Day | None
    """When the oldest of the help lines was checked."""
    grade: Grade | None
    minutes: int
    noindex: bool
    alone: bool
    """Whether it is written in one language only."""
    body: str
    contents: tuple[Section, ...]
    """Headings of the second level."""
    questions: tuple[Question, ...]
    tags: tuple[Link, ...]
    """The article's concepts, in the glossary."""
    references: tuple[Reference, ...]
    related: tuple[Card, ...]
    latest: tuple[Card, ...]
    cards: tuple[Card, ...]
    """On a topic page its articles, on the home page the topics, on the A-Z page and the search page all articles."""
    previous: Link | None
    next: Link | None
    """The neighbours in the topic's order."""
    ladder: tuple[Step, ...]
    step: int | None
    help: tuple[HelpLine, ...]
    newsletter: bool
    form: Form | None
    comments: CommentServer | None
    offer: Offer | None
    feedback: Feedback | None
    faq: tuple[tuple[Link, tuple[tuple[Link, tuple[Asked, ...]], ...]], ...]
    """On the FAQ page: each topic, its articles, their questions."""
    picks: tuple[tuple[Link, Asked], ...]
    """On the home page: the first question of each topic's first article."""
    concepts: tuple[tuple[str, Concept], ...]
    policy: str
    """Content-Security-Policy, for hosts that cannot send headers."""
    feeds: Mapping[str, str]
    """Addresses of this language's feeds: `atom`, `json`."""
    stale: tuple[tuple[Link, tuple[str, ...]], ...]
    """On the page for editors: articles whose translation is older, with the headings of what is."""
    reviewer: str | None
    """Who checked the content, where a named person did."""
    picture: str
    """Full address of the picture that goes with a shared link."""
    graph: Mapping[str, Any] = field(repr=False)


@dataclass
class Views:
    """Makes the views of one build.

    Attributes:
        questions: by language and key, filled as pages are rendered.
    """

    site: Site
    settings: Mapping[str, Any]
    blocks: Blocks
    strings: Mapping[Language, Mapping[str, str]]
    lists: Mapping[str, tuple[Suggestion, ...]]
    policy: str
    pictures: Pictures
    questions: dict[tuple[Language, str], tuple[Question, ...]] = field(default_factory=dict)
    stale: Mapping[str, tuple[Stale, ...]] = field(default_factory=dict)
    """Sections of translations that are older than their original, by article."""

    @property
    def library(self) -> Library:
        """The content."""
        return self.site.library

    def view(self, article: Article, lang: Language, body: str, contents: tuple[Section, ...]) -> View:
        """The view of one page, whose Markdown has been rendered."""
        key = article.key
        translation = article[lang]
        trail = self._trail(article)
        questions = self.questions.get((lang, key), ())
        cards = tuple(
            self._suggestion(article, s, lang) for s in self.lists.get(key, ()) if self.library[s.key].is_in(lang)
        )
        shown = {key, *(card.key for card in cards)}
        if article.kind == "topic":
            shown |= {a.key for a in self.library.in_topic(article.topic)}
        latest = list(islice((a for a in self.library.latest if a.key not in shown and a.is_in(lang)), 3))
        before, after = self._neighbours(article, lang)
        picture = self.pictures.address(article, lang)
        help_lines = tuple(h for h in self.library.help if article.kind == "help" or (article.has_help and h.urgent))
        return View(
            site=self.site.name,
            lang=lang,
            key=key,
            kind=article.kind,
            strings=self.strings[lang],
            words=translation.words,
            canonical=self.site.address(article, lang),
            href=self.site.path(article, lang),
            root=urls.rooted(self.site.url, ""),
            alternates=tuple(self._alternate(article, code) for code in LANGUAGES),
            alone=not article.is_paired,
            trail=tuple(self._link(page, lang) for page in trail),
            home=self._link(self.library["index"], lang, article.key == "index"),
            topics=tuple(self._menu(self.library.topics[t], article, lang) for t in self.settings["topics"]),
            footer=tuple(self._link(self.library[k], lang, k == key) for k in self.settings["footer"]),
            places=self._places[lang],
            preview=bool(self.settings.get("preview")),
            search_twin=self._alternate(self.library["search"], "en" if lang == "da" else "da"),
            publisher=self.settings["publisher"],
            topic=article.topic,
            cover=self._cover(article) if article.has_cover else None,
            published=_day(article.shared.date, lang),
            reviewed=_day(article.shared.reviewed, lang),
            checked=_day(min((line.verified_on for line in help_lines), default=None), lang),
            grade=article.shared.grade,
            minutes=max(1, math.ceil(translation.length / WORDS_A_MINUTE)),
            noindex=article.is_hidden or translation.awaited,
            body=body,
            contents=contents,
            questions=questions,
            tags=self._tags(article, lang),
            references=self._references(article, lang),
            related=cards,
            latest=tuple(self._card(a, lang) for a in latest) if article.kind in ("article", "home") else (),
            cards=self._cards(article, lang),
            previous=before and self._link(before, lang),
            next=after and self._link(after, lang),
            ladder=self._ladder(article, lang),
            step=article.shared.step,
            help=help_lines,
            newsletter=has_newsletter(article),
            form=self.blocks.forms.get(lang),
            comments=self.blocks.comments if has_comments(article) else None,
            offer=self.blocks.offers.get(lang) if has_offer(article) else None,
            feedback=self._feedback(article, lang) if article.kind == "article" else None,
            faq=self._faq(lang) if article.kind == "faq" else (),
            picks=self._picks(lang) if article.kind == "home" else (),
            concepts=self._concepts(lang) if article.kind == "glossary" else (),
            policy=self.policy,
            feeds={kind: self._file(f"{urls.prefix(lang)}feed.{kind}") for kind in ("atom", "json")},
            stale=self._stale(lang) if article.kind == "translations" else (),
            reviewer=article.shared.reviewer,
            picture=picture,
            graph=page_graph(self.site, article, lang, questions, trail, picture),
        )

    @property
    def shared(self) -> list[Any]:
        """What many views hold, as the same objects."""
        return [self.settings["publisher"], self.library.help, *self.strings.values(), *self._places.values()]

    @cached_property
    def _places(self) -> dict[Language, dict[str, Link]]:
        pages = [a for a in self.library.articles.values() if not a.topic]
        return {lang: {a.key: self._link(a, lang) for a in pages} for lang in LANGUAGES}

    def _menu(self, topic: Article, article: Article, lang: Language) -> Link:
        words = topic[lang].words
        return Link(
            self.site.path(topic, lang),
            words.label or words.title,
            topic.key == article.key,
            topic.topic == article.topic,
        )

    def _neighbours(self, article: Article, lang: Language) -> tuple[Article | None, Article | None]:
        if article.kind != "article":
            return None, None
        return self.library.neighbours(article, lang)

    def _picks(self, lang: Language) -> tuple[tuple[Link, Asked], ...]:
        firsts = (
            next(
                (
                    (self._link(a, lang), q[0].asked)
                    for a in self.library.in_topic(topic)
                    if (q := self.questions.get((lang, a.key)))
                ),
                None,
            )
            for topic in self.settings["topics"]
        )
        return tuple(first for first in firsts if first)

    def _trail(self, article: Article) -> list[Article]:
        trail = [] if article.key == "index" else [self.library["index"]]
        if article.kind == "article":
            trail.append(self.library.topics[article.topic])
        return trail

    def _link(self, article: Article, lang: Language, current: bool = False) -> Link:
        words = article[lang].words
        return Link(self.site.path(article, lang), words.label or words.title, current)

    def _alternate(self, article: Article, lang: Language) -> Alternate:
        return Alternate(lang, self.site.path(article, lang), self.site.address(article, lang))

    def _cover(self, article: Article) -> str:
        drawing = " ".join(self.pictures.cover(article).decode().split())
        return f"data:image/svg+xml,{quote(drawing, safe=UNQUOTED)}"

    def _file(self, path: str) -> str:
        return urls.rooted(self.site.url, path)

    def _feedback(self, article: Article, lang: Language) -> Feedback | None:
        page = article[lang]
        address, words = self.site.address(article, lang), self.strings[lang]
        return feedback(self.blocks.publisher, page.path, page.words.title, address, words)

    def _card(self, article: Article, lang: Language) -> Card:
        return self._cards_by_page[lang, article.key]

    @cached_property
    def _cards_by_page(self) -> dict[tuple[Language, str], Card]:
        return {
            (lang, a.key): Card(
                a.key,
                self.site.path(a, lang),
                a[lang].words.title,
                a[lang].words.description,
                self._file(a.cover),
                a.topic,
                step=a.shared.step,
            )
            for a in self.library.articles.values()
            if a.has_cover
            for lang in LANGUAGES
        }

    def _suggestion(self, article: Article, suggestion: Suggestion, lang: Language) -> Card:
        reason, strings = suggestion.reason, self.strings[lang]
        concept = reason.concept and self.library.concepts[reason.concept][lang].term
        card = self._card(self.library[suggestion.key], lang)
        return replace(card, reason=strings[f"reason_{reason.kind}"].format(concept=concept))

    def _references(self, article: Article, lang: Language) -> tuple[Reference, ...]:
        library = self.library
        if article.kind == "sources":
            keys = list(library.sources)
        else:
            keys = list(dict.fromkeys(c.target for c in article[lang].outline.citations))
        found = [
            Reference(
                key,
                library.references[lang].entry(key),
                s.link,
                s.grade,
                getattr(s.shows, lang),
                s.language if s.language != lang else None,
            )
            for key in keys
            if (s := library.sources.get(key))
        ]
        return tuple(sorted(found, key=lambda r: r.entry.lower()))

    def _cards(self, article: Article, lang: Language) -> tuple[Card, ...]:
        library = self.library
        if article.kind == "topic":
            chosen = library.in_topic(article.topic)
        elif article.kind == "home":
            chosen = [library.topics[topic] for topic in self.settings["topics"]]
        elif article.kind in ("articles", "search"):
            chosen = sorted(library.of_kind("article"), key=lambda a: _sort_key(a[lang].words.title))
        else:
            chosen = []
        return tuple(self._card(a, lang) for a in chosen if a.is_in(lang))

    def _ladder(self, article: Article, lang: Language) -> tuple[Step, ...]:
        if article.topic != "stress-ladder" and article.kind not in ("home", "selfcheck"):
            return ()
        return tuple(
            Step(
                a.shared.step or 0,
                self.site.path(a, lang),
                a[lang].words.label or a[lang].words.title,
                a.key == article.key,
                tuple(a[lang].words.signs),
                a[lang].words.today or "",
                a[lang].words.seek or "",
            )
            for a in self.library.ladder
        )

    def _tags(self, article: Article, lang: Language) -> tuple[Link, ...]:
        glossary = self.site.path(self.library["glossary"], lang)
        terms = ((key, self.library.concepts[key][lang].term) for key in article.shared.concepts)
        return tuple(Link(f"{glossary}#{key}", term) for key, term in terms)

    def _faq(self, lang: Language):
        return tuple(
            (
                self._link(self.library.topics[topic], lang),
                tuple(
                    (self._link(a, lang), tuple(question.asked for question in questions))
                    for a in self.library.in_topic(topic)
                    if (questions := self.questions.get((lang, a.key), ()))
                ),
            )
            for topic in self.settings["topics"]
        )

    def _stale(self, lang: Language) -> tuple[tuple[Link, tuple[str, ...]], ...]:
        return tuple(
            (self._link(self.library[key], lang), tuple(old.heading for old in sections))
            for key, sections in sorted(self.stale.items())
            if sections
        )

    def _concepts(self, lang: Language) -> tuple[tuple[str, Concept], ...]:
        return tuple(sorted(self.library.concepts.items(), key=lambda item: _sort_key(item[1][lang].term)))


@lru_cache(maxsize=1 << 14)
def _day(date: dt.date | None, lang: Language) -> Day | None:
    if not date:
        return None
    return Day(date.isoformat(), in_words(date, lang))


def in_words(date: dt.date, lang: Language) -> str:
    """A date as a sentence says it: `24. november 2026`."""
    return format_date(date, "long", {"da": "da_DK", "en": "en_GB"}[lang])


def read_strings(folder: Path) -> dict[Language, dict[str, str]]:
    """The interface's words of each language."""
    return {lang: yaml.load((folder / f"{lang}.yml").read_text("utf-8"), yaml.CSafeLoader) for lang in LANGUAGES}


def _sort_key(text: str) -> str:
    """Danish alphabetical order: æ, ø, å after z; in English they do not occur."""
    return text.lower().translate(str.maketrans({"æ": "{", "ø": "|", "å": "}"}))
