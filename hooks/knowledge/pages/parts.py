"""The parts of views: a link, a card, a date and the like, as templates show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from ..content.article import GRAVE_STEPS
from ..content.concept import Term
from ..content.front_matter import Basis, Certainty, Words
from ..content.source import Study, Tongue
from ..core.language import Language
from ..markdown.picture import ShownPicture
from ..markdown.question import Asked


@dataclass(frozen=True)
class Link:
    """A link with its words."""

    href: str
    title: str
    current: bool = False
    here: bool = False
    """Whether the page stands below it."""


@dataclass(frozen=True)
class Card:
    """An article as it is offered elsewhere."""

    href: str
    title: str
    excerpt: str
    image: ShownPicture
    reason: str | None = None
    step: int | None = None


@dataclass(frozen=True)
class Alternate:
    """The same page in a language, for the language switch and the head."""

    lang: Language
    href: str
    absolute: str
    written: bool = True
    """Whether the page is written in it, and not only announced."""


@dataclass(frozen=True)
class SiteLanguage:
    """A language of the site, for links that lead to it."""

    locale: str
    """Its name with the region: `da_DK`."""
    strings: Mapping[str, str]
    """What pages in it say."""
    search: str
    """Where its search stands."""


@dataclass(frozen=True)
class ContentsHeading:
    """A heading of the page's text."""

    id: str
    title: str
    """As HTML."""
    children: tuple[ContentsHeading, ...]


@dataclass(frozen=True)
class Reference:
    """A source as the page shows it."""

    key: str
    entry: str
    link: str | None
    accessed: dt.date | None
    """When a web page or a law was read."""
    study: Study
    certainty: Certainty | None
    shows: str
    unverified: bool = False
    """Whether nobody here has seen the source itself."""
    lang: Tongue | None = None
    """The entry's language, where it is not the page's."""
    articles: tuple[Link, ...] = ()
    """On the page of all sources: who cites it."""


@dataclass(frozen=True)
class GlossaryEntry:
    """A concept as the glossary shows it."""

    key: str
    term: Term
    others: Mapping[Language, str]
    """The term in the other languages."""
    articles: tuple[Link, ...]
    """Those that are about it."""
    questions: tuple[tuple[Link, Asked], ...] = ()
    """Some in which it stands, each with its article."""


@dataclass(frozen=True)
class Letter:
    """A letter, and the terms that begin with it."""

    id: str
    """Its place on the page."""
    letter: str
    entries: tuple[GlossaryEntry, ...]


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

    @property
    def is_grave(self) -> bool:
        """Whether a single sign of it is reason enough to get help."""
        return self.number in GRAVE_STEPS


@dataclass(frozen=True)
class Sign:
    """A sign of the ladder, as the self-check asks about it."""

    id: str
    """The same in all languages, and another once the original's words are."""
    number: int
    """Its place in the list, from 1."""
    text: str
    step: Step


@dataclass(frozen=True)
class SelfCheck:
    """The signs of all steps, mixed."""

    groups: tuple[tuple[Sign, ...], ...]
    """What is asked at a time."""
    key: tuple[tuple[Step, tuple[int, ...]], ...]
    """For paper: each step, the gravest first, with the numbers of its signs."""


@dataclass(frozen=True)
class Chapter:
    """An article whole, in a booklet."""

    id: str
    """Its place in the booklet."""
    words: Words
    alternate: Alternate
    """Where it stands alone."""
    html: str
    certainty: Basis | None
    step: Step | None
    references: tuple[Reference, ...]
