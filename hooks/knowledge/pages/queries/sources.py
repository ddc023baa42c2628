"""Queries on sources: how they are cited, and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from ...content.node import Node, without_gaps
from ...core.language import Language, sort_key
from ...core.once import once
from ...markdown.citation import Mark
from ..parts import Day, Link, Reference
from .links import Links


class Sources(Links):
    """What a page asks of sources."""

    @once
    def reference(self, source: str, lang: Language) -> Reference | None:
        """A source as a page shows it; None where it is not known."""
        found = self._library.sources.get(source)
        if not found:
            return None
        return Reference(
            key=source,
            entry=self.references[lang].entry(source),
            link=found.link,
            accessed=self._accessed(source, lang),
            study=found.study,
            certainty=found.certainty,
            shows=found.shows[lang],
            unverified=found.unverified,
            lang=found.language if found.language != lang else None,
        )

    @once
    def references_of(self, key: str, lang: Language) -> tuple[Reference, ...]:
        """The sources of a page, in the order of their first use, which is that of their numbers."""
        found = ((number, self.reference(source, lang)) for source, number in self._numbers(key, lang).items())
        return tuple(replace(reference, number=number) for number, reference in found if reference)

    @once
    def all_references(self, lang: Language) -> tuple[Reference, ...]:
        """All sources by entry, each with the articles that cite it."""
        found = filter(None, (self.reference(source, lang) for source in self._library.sources))
        listed = (replace(reference, articles=self._citing(reference.key, lang)) for reference in found)
        return tuple(sorted(listed, key=lambda reference: sort_key(reference.entry, lang)))

    @once
    def mark(self, source: str, key: str, lang: Language) -> Mark | None:
        """How the text of a page marks a source; None where it is not known."""
        reference = self.reference(source, lang)
        if not reference or source not in self._numbers(key, lang):
            return None
        number, label = self._numbers(key, lang)[source], self._label(source, lang)
        name = self.strings[lang]["source_number"].format(number=number, label=label)
        return Mark(number, name, f"{label}: {reference.shows}")

    @once
    def citation(self, source: str) -> Node | None:
        """A source, for machines; None where it is not known."""
        found = self._library.sources.get(source)
        return without_gaps(found.node()) if found else None

    @once
    def _numbers(self, key: str, lang: Language) -> Mapping[str, int]:
        """The numbers of a page's sources."""
        known = (source for source in self._library[key][lang].cited if source in self._library.sources)
        return {source: number for number, source in enumerate(known, 1)}

    @once
    def _label(self, source: str, lang: Language) -> str:
        """A source's short form; where no year is known, with the day on which it was read."""
        label, accessed = self.references[lang].label(source), self._accessed(source, lang)
        if self._library.sources[source].issued or not accessed:
            return label
        return f"{label}, {self.strings[lang]['accessed'].format(date=accessed.text)}"

    def _accessed(self, source: str, lang: Language) -> Day | None:
        date = self._library.sources[source].accessed
        return Day.of(date, lang) if date else None

    def _citing(self, source: str, lang: Language) -> tuple[Link, ...]:
        """The articles that cite a source, by title."""
        links = (self.link(key, lang) for key in self._citing_keys.get((source, lang), ()))
        return tuple(sorted(links, key=lambda link: sort_key(link.title, lang)))

    @cached_property
    def _citing_keys(self) -> Mapping[tuple[str, Language], list[str]]:
        found: dict[tuple[str, Language], list[str]] = {}
        for article in self._library.of_kind("article"):
            for lang in article.written:
                for source in article[lang].cited:
                    found.setdefault((source, lang), []).append(article.key)
        return found
