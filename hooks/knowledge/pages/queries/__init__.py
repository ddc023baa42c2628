"""The answers: what a page may query of everything outside its own two files.

A page is a function of its files and of the answers to what it asks; so it is made again only
when one of these answers is another than last time. Each answer is given once per build.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ...content import urls
from ...content.node import Node, without_gaps
from ...core.cache import Ask
from ...core.language import Language, locale_name
from ...core.once import once
from ..blocks import LISTED
from ..blocks.help_box import help_box
from ..collection import collections, term
from ..parts import Spoken
from ..view import Frame
from .gathered import Gathered
from .texts import Texts


class Queries(Texts, Gathered):
    """All queries of a build."""

    @once
    def frame(self, lang: Language) -> Frame:
        """What all pages of a language show."""
        pages = [article.key for article in self._library.articles.values() if not article.topic]
        feed = urls.rooted(self.site.url, f"{self._languages.folder(lang)}feed.")
        return Frame(
            site=self.site.name,
            url=self.site.url,
            home=self.site.home(lang),
            strings=self.strings[lang],
            root=urls.rooted(self.site.url, ""),
            footer=tuple(self.settings["footer"]),
            places={key: self.link(key, lang) for key in pages},
            languages={code: Spoken(locale_name(code), words) for code, words in self.strings.items()},
            search_elsewhere=tuple(self.alternate("search", other) for other in self._languages.others(lang)),
            urgent=help_box(self._library.help, lang),
            preview=bool(self.settings.get("preview")),
            publisher=self.blocks.publisher,
            theme=self.theme,
            analytics=self.blocks.analytics,
            blocks=tuple(self.blocks.made),
            blocks_on=tuple(b.name for b in LISTED if b.name in self.blocks.made and not b.is_placed),
            policy=self.policy,
            feeds={kind: f"{feed}{kind}" for kind in ("atom", "json")},
            nodes=[without_gaps(node) for node in self.site.nodes(lang)],
        )

    @once
    def term(self, concept: str, lang: Language) -> Node:
        """A concept, for machines."""
        return term(self.site, concept, lang)

    @once
    def collections(self, key: str, lang: Language) -> list[tuple[Node, list[Node]]]:
        """The collections that stand on a page, for machines."""
        return list(collections(self.site, self._library[key], lang))


class Recorder:
    """The answers, to somebody whose questions are noted: `query.link(key, lang)`."""

    def __init__(self, query: Ask):
        self._ask = query

    def __getattr__(self, kind: str) -> Callable[..., Any]:
        question = partial(self._ask, kind)
        setattr(self, kind, question)  # It is asked again.
        return question
