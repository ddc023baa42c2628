"""Queries on single pages, as other pages lead to them and show them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import islice
from typing import Any
from urllib.parse import quote

from ...content import svg, urls
from ...content.article import Article
from ...core.day import today
from ...core.language import Language
from ...core.once import once
from ...core.strings import in_words
from ...markdown.picture import Picture
from ...relations.related import Reason
from ..blocks import LISTED
from ..blocks.block import Place
from ..parts import Alternate, Card, Cover, Crumb, Link, Person, Step
from ..theme.menu import Entry as MenuEntry
from .base import Base

UNQUOTED = "!$()*+,-./:;=@_~"
"""Marks that may stand as they are in an address (RFC 3986, section 3.3) and in HTML."""


class Links(Base):
    """What a page asks of another page."""

    @once
    def link(self, key: str, lang: Language, current: bool = False) -> Link:
        """A link to a page."""
        article = self._library[key]
        words = article[lang].words
        return Link(self.site.path(article, lang), words.label or words.title, current)

    @once
    def alternate(self, key: str, lang: Language) -> Alternate:
        """A page's addresses."""
        article = self._library[key]
        return Alternate(lang, self.site.path(article, lang), self.site.address(article, lang), article.is_in(lang))

    @once
    def crumb(self, key: str, lang: Language) -> Crumb:
        """A page, for those below it."""
        title, address = self._library[key][lang].words.title, self.alternate(key, lang).absolute
        return Crumb(self.link(key, lang), title, address)

    @once
    def topic_key(self, topic: str) -> str:
        """The key of a topic's page."""
        return self._library.topics[topic].key

    @once
    def person(self, key: str | None, lang: Language) -> Person | None:
        """Who wrote or reviewed a page; None where that is nobody of the records."""
        found = self._library.people.get(key or "")
        return Person(found.name, found[lang].title, found.link) if found else None

    @once
    def neighbours(self, key: str, lang: Language) -> tuple[Link | None, Link | None]:
        """The articles before and after an article in its topic."""
        before, after = self._library.neighbours(self._library[key], lang)
        return self.link(before.key, lang) if before else None, self.link(after.key, lang) if after else None

    @once
    def tag(self, concept: str, lang: Language) -> Link:
        """A concept, in the glossary."""
        glossary = self.site.path(self._library["glossary"], lang)
        return Link(f"{glossary}#{concept}", self._library.concepts[concept][lang].term)

    def _is_in(self, key: str, lang: Language) -> bool:
        return key in self._library.articles and self._library[key].is_in(lang)

    @once
    def cover(self, key: str) -> Cover:
        """A page's own picture."""
        path = self._library[key].cover
        address = urls.absolute(self.site.url, self._library.asset_path(path))
        if not path.endswith(".svg"):
            return Cover(self._cover(path), address)
        drawing = " ".join(self.drawing(path).decode().split())
        return Cover(Picture(f"data:image/svg+xml,{quote(drawing, safe=UNQUOTED)}", *svg.COVER), address)

    def _cover(self, path: str) -> Picture:
        """A cover; in a preview also one that cannot be read."""
        return self.shown(path) or Picture(urls.rooted(self.site.url, path), *svg.COVER)

    @once
    def picture(self, key: str, lang: Language) -> str:
        """The full address of a page's social picture."""
        return self.picture_of(self._library[key], lang)

    @once
    def shown(self, path: str) -> Picture | None:
        """A picture below the content folder; None where there is none that can be shown.

        A photograph that is asked for is added to `photographs_shown`, of which sizes are written.
        """
        if photograph := self._library.photographs.get(path):
            self.photographs_shown.add(path)
            width, fallback = photograph.widths[-1], photograph.fallback
            sizes = {
                ending: ", ".join(
                    f"{urls.rooted(self.site.url, photograph.size(width, ending))} {width}w"
                    for width in photograph.widths
                )
                for ending in (fallback, ".webp")
            }
            src = urls.rooted(self.site.url, photograph.size(photograph.column, fallback))
            large = urls.rooted(self.site.url, photograph.largest)
            return Picture(src, width, photograph.height_at(width), sizes[fallback], sizes[".webp"], large)
        size = svg.size_of(self.drawing(path)) if path.endswith(".svg") and path in self._library.media else None
        return Picture(urls.rooted(self.site.url, path), *size) if size else None

    @once
    def card(self, key: str, lang: Language) -> Card:
        """An article, as it is offered elsewhere."""
        article = self._library[key]
        words, image = article[lang].words, self._cover(article.cover)
        path, step = self.site.path(article, lang), article.shared.step
        return Card(key, path, words.title, words.description, image, article.topic, step=step)

    def _cards(self, articles: list[Article], lang: Language) -> tuple[Card, ...]:
        return tuple(self.card(article.key, lang) for article in articles if article.is_in(lang))

    @once
    def menu(self, lang: Language, key: str, topic: str) -> tuple[Link, ...]:
        """The topics, as a page of a topic shows them."""
        topics = [(name, self._library.topics[name].key) for name in self.settings["topics"]]
        return tuple(replace(self.link(page, lang, page == key), here=name == topic) for name, page in topics)

    @once
    def entries(self, lang: Language, key: str) -> tuple[Link, ...]:
        """What the settings add to the menu, as a page shows it."""
        return tuple(self._entry(entry, lang, key) for entry in self.theme.menu)

    def _entry(self, entry: MenuEntry, lang: Language, key: str) -> Link:
        title = (entry.titles or {}).get(lang, "")
        if not entry.key:
            return Link(entry.href, title)
        link = self.link(entry.key, lang, entry.key == key)
        return replace(link, title=title) if entry.titles else link

    @once
    def instead(self, key: str, lang: Language) -> Link:
        """The article to read instead of one that was withdrawn, else its topic."""
        article = self._library[key]
        other = article.shared.instead or ""
        return self.link(other if self._is_in(other, lang) else self.topic_key(article.topic), lang)

    @once
    def unpublished_notice(self, key: str, lang: Language) -> str:
        """What a preview says of a page that readers do not see yet; nothing of one that they do."""
        day, words = self._library[key].out_from, self.strings[lang]
        if day <= today():
            return ""
        return words["draft"] if day == dt.date.max else words["planned"].format(date=in_words(day, lang))

    @once
    def ladder(self, lang: Language, key: str) -> tuple[Step, ...]:
        """The steps of the ladder, as a page shows them."""
        return tuple(
            Step(
                a.shared.step or 0,
                self.site.path(a, lang),
                a[lang].words.label or a[lang].words.title,
                a.key == key,
                tuple(a[lang].words.signs),
                a[lang].words.today or "",
                a[lang].words.seek or "",
            )
            for a in self._library.ladder
        )

    @once
    def booklet(self, topic: str, lang: Language) -> Link | None:
        """The page that holds a topic's articles whole, where there is one."""
        found = self._library.booklets.get(topic)
        return self.link(found.key, lang) if found and found.is_in(lang) else None

    @once
    def related(self, key: str, lang: Language) -> tuple[tuple[str, str], ...]:
        """An article's related list: the others' keys, each with the reason in words."""
        there = (one for one in self.lists.get(key, ()) if self._library[one.key].is_in(lang))
        return tuple((suggestion.key, self._reason(suggestion.reason, lang)) for suggestion in there)

    @once
    def _reason(self, reason: Reason, lang: Language) -> str:
        concept = self._library.concepts[reason.concept][lang] if reason.concept else None
        return self.strings[lang][f"reason_{reason.kind}"].format(concept=concept and (concept.about or concept.term))

    @once
    def latest(self, lang: Language, number: int) -> tuple[str, ...]:
        """The keys of the newest articles; a page asks for the cards of those that it shows."""
        return tuple(islice((article.key for article in self._library.latest if article.is_in(lang)), number))

    @once
    def block(self, name: str, key: str, lang: Language, edit: str | None) -> Any:
        """What a block shows on a page; None where it does not stand there."""
        block, article = next(block for block in LISTED if block.name == name), self._library[key]
        made, records = self.blocks.made[name], self._library.records.get(name)
        address, words = self.site.address(article, lang), self.strings[lang]
        return block.show(Place(article, lang, made, records, today(), address, words, edit))
