"""The views of one build: what each page shows, gathered from the library and the settings."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any
from urllib.parse import quote

from . import urls
from .article import LANGUAGES, Article, Language
from .blocks import Blocks
from .comments import has_comments
from .concept import Concept
from .feedback import Feedback, feedback
from .graph import page_graph
from .library import Library
from .newsletter import has_newsletter
from .question import Asked, Question
from .related import Suggestion
from .site import Site
from .social import Pictures
from .strings import in_words
from .training_client import has_offer
from .translation_state import Stale
from .view import Alternate, Card, Day, Link, Reference, Section, Step, View

WORDS_A_MINUTE = 200
"""Reading pace behind the reading time: calm reading of non-fiction on a screen."""
UNQUOTED = "!$()*+,-./:;=@_~"
"""Marks that may stand as they are in an address (RFC 3986, section 3.3) and in HTML."""


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


def _sort_key(text: str) -> str:
    """Danish alphabetical order: æ, ø, å after z; in English they do not occur."""
    return text.lower().translate(str.maketrans({"æ": "{", "ø": "|", "å": "}"}))
