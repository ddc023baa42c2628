"""A page's view: everything its template shows, in one object, so that a page is a function of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..content.data import Correction, Person
from ..content.front_matter import Certainty, FrontMatter, Words
from ..content.node import Node
from ..content.publisher import Publisher
from ..content.source import Study
from ..content.translation_state import Stale
from ..core.language import Language
from ..markdown.picture import ShownPicture
from ..markdown.question import Asked, Question
from .blocks import Shown
from .blocks.analytics import Analytics
from .blocks.help_box import HelpBox
from .parts import (
    Alternate,
    Card,
    Chapter,
    ContentsHeading,
    Letter,
    Link,
    Reference,
    SelfCheck,
    SiteLanguage,
    Step,
)
from .theme import Theme


@dataclass(frozen=True)
class Common:
    """What is the same on all pages of a language."""

    site: str
    strings: Mapping[str, str]
    root: str
    """Path of the site's root, for assets."""
    places: Mapping[str, Link]
    """Pages that blocks point to: help, glossary, privacy …"""
    languages: Mapping[Language, SiteLanguage]
    urgent: HelpBox | None
    """Whom to call, on every page: its search may sound as if somebody needs help now."""
    preview: bool
    """Whether this is a preview, which has no search index."""
    publisher: Publisher
    theme: Theme
    """What the settings say of looks and frame."""
    blocks_on: tuple[str, ...]
    """The names of the blocks that are switched on and stand one after the other."""
    policy: str
    """Content-Security-Policy, for hosts that cannot send headers."""
    feeds: Mapping[str, str]
    """Addresses of this language's feeds: `atom`, `json`."""


@dataclass(frozen=True)
class Frame(Common):
    """What a page asks of the language it is in."""

    url: str
    home: str
    """The full address of the language's home page."""
    footer: tuple[str, ...]
    """Keys of pages."""
    blocks: tuple[str, ...]
    """The names of all blocks that are switched on."""
    analytics: Analytics | None
    nodes: list[Node]
    """What the graph says of the site."""


@dataclass(frozen=True)
class PageText:
    """A page's text, rendered."""

    html: str
    contents: tuple[ContentsHeading, ...]
    """Headings of the second level."""
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Rendered:
    """What everybody but its own page needs to know of a text."""

    digest: str
    """The text's fingerprint, and its name in the cache."""
    asked: tuple[Asked, ...]
    anchors: frozenset[str]
    """Ids that links may lead to."""
    links: dict[str, dict[str, str]]
    """Links to places in pages, by the page's file, as MkDocs checks them: the place, and the link as written."""


@dataclass(frozen=True, kw_only=True)
class View(Common):
    """One page in one language: what every page shows."""

    lang: Language
    key: str
    kind: str
    words: Words
    """The lines at the top of its file."""
    shared: FrontMatter
    """Those of the original, which say what is the same in all languages."""
    canonical: str
    href: str
    alternates: tuple[Alternate, ...]
    trail: tuple[Link, ...]
    home: Link
    topics: tuple[Link, ...]
    entries: tuple[Link, ...]
    """What the settings add to the menu."""
    footer: tuple[Link, ...]
    topic: str
    review_due: dt.date | None
    noindex: bool
    unpublished: str
    """In a preview: that readers do not see the page yet, and when they will."""
    alone: bool
    """Whether it is written in one language only."""
    body: str
    contents: tuple[ContentsHeading, ...]
    references: tuple[Reference, ...]
    """The sources that it cites; on the page of all sources, all."""
    figures: tuple[str, ...]
    """The kinds of figure in its text that can be moved."""
    has_checklist: bool
    """Whether its text holds a list to tick."""
    has_figures: bool
    """Whether its text holds a figure or a list to tick."""
    has_vocabulary: bool
    """Whether its text holds what few texts do: tabs, a button, a footnote, a rare kind of box …"""
    help: HelpBox | None
    edit: str | None
    """Where the page's file is edited, where the foot of the page says so."""
    analytics: Analytics | None
    """How a visit is counted, where it is."""
    picture: str
    """Full address of the picture that goes with a shared link."""
    graph: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class CoveredView(View):
    """A page with a picture of its own, which leads on: an article, a topic, the home page."""

    cover: ShownPicture | None
    ladder: tuple[Step, ...]
    blocks: Shown  # type: ignore[valid-type]  # made of the list of blocks
    """What each block shows that is switched on."""


@dataclass(frozen=True, kw_only=True)
class ArticleView(CoveredView):
    """An article."""

    minutes: int
    author: Person | None
    """Who wrote it, where a named person did."""
    reviewer: Person | None
    """Who checked the content, where a named person did."""
    grave: bool
    """Whether it is one of the two gravest steps of the ladder."""
    tags: tuple[Link, ...]
    """Its concepts, in the glossary."""
    corrections: tuple[Correction, ...]
    """Its last ones."""
    previous: Link | None
    next: Link | None
    """The neighbours in the topic's order."""
    related: tuple[Card, ...]
    latest: tuple[Card, ...]


@dataclass(frozen=True, kw_only=True)
class WithdrawnView(View):
    """An article that was withdrawn."""

    instead: Link
    """Where to go."""


@dataclass(frozen=True, kw_only=True)
class TopicView(CoveredView):
    """A topic's page."""

    opening: str
    """Its text up to its first figure, which comes above the list of articles; `body` is the rest."""
    cards: tuple[Card, ...]
    """Its articles."""
    booklet: Link | None


@dataclass(frozen=True, kw_only=True)
class HomeView(CoveredView):
    """The home page."""

    needs: tuple[Link, ...]
    """What readers come with, in their own words."""
    cards: tuple[Card, ...]
    """The topics."""
    picks: tuple[tuple[Link, Asked], ...]
    """The first question of each topic's first article."""
    latest: tuple[Card, ...]


@dataclass(frozen=True, kw_only=True)
class PageView(View):
    """A page about the site."""

    corrections: tuple[tuple[Correction, tuple[Link, ...]], ...]
    """On the page about the site: all, each with the pages on which it was."""


@dataclass(frozen=True, kw_only=True)
class ArticlesView(View):
    """All articles."""

    cards: tuple[Card, ...]
    by_topic: tuple[tuple[Link, tuple[Card, ...]], ...]
    """Each topic with its articles, in their order."""
    latest: tuple[Card, ...]


@dataclass(frozen=True, kw_only=True)
class SearchView(View):
    """The search."""

    cards: tuple[Card, ...]
    """All articles."""


@dataclass(frozen=True, kw_only=True)
class BookletView(View):
    """A topic's articles on one page, for paper."""

    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, kw_only=True)
class FaqView(View):
    """All questions."""

    faq: tuple[tuple[Link, tuple[tuple[Link, tuple[Asked, ...]], ...]], ...]
    """Each topic, its articles, their questions."""
    faq_words: Mapping[str, str]
    """Words by which an article or a question is also found, by its address."""


@dataclass(frozen=True, kw_only=True)
class GlossaryView(View):
    """The glossary."""

    glossary: tuple[Letter, ...]


@dataclass(frozen=True, kw_only=True)
class SourcesView(View):
    """All sources."""

    by_study: tuple[tuple[Study, tuple[Reference, ...]], ...]
    """Each kind with its sources."""
    certainties: tuple[Certainty, ...]


@dataclass(frozen=True, kw_only=True)
class SelfCheckView(View):
    """Find your step."""

    ladder: tuple[Step, ...]
    selfcheck: SelfCheck


@dataclass(frozen=True, kw_only=True)
class TranslationsView(View):
    """The state of translations, for editors."""

    stale: tuple[tuple[Link, tuple[Stale, ...]], ...]
    """Articles whose translation is older, with what of it is."""
