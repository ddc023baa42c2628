"""References: all sources as a page names them, formatted by CSL."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cached_property

from ..content.source import Source
from ..core.cache import NOTHING_KEPT, Cache
from ..core.fingerprint import code, digest
from ..core.language import Language

LOCALES: dict[Language, str] = {"da": "da-DK", "en": "en-GB"}


@dataclass(frozen=True)
class References:
    """All sources, formatted in one language by the CSL style “Cite Them Right” (Harvard)."""

    sources: dict[str, Source]
    lang: Language
    kept: Cache = NOTHING_KEPT

    @cached_property
    def _formatted(self) -> dict[str, tuple[str, str]]:
        """Key to short form and full entry."""
        return self.kept.value(
            digest("references", code(), self.lang, self.sources), dict[str, tuple[str, str]], self._format
        )

    def _format(self) -> dict[str, tuple[str, str]]:
        from citeproc import (  # which only new sources need
            Citation,
            CitationItem,
            CitationStylesBibliography,
            CitationStylesStyle,
            formatter,
        )
        from citeproc.source.json import CiteProcJSON

        data = [source.csl(key) for key, source in self.sources.items()]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            style = CitationStylesStyle("harvard-cite-them-right", LOCALES[self.lang], validate=False)
            bibliography = CitationStylesBibliography(style, CiteProcJSON(data), formatter.plain)
            citations = {key: Citation([CitationItem(key)]) for key in self.sources}
            for citation in citations.values():
                bibliography.register(citation)
            labels = [str(bibliography.cite(c, lambda item: None)) for c in citations.values()]
            entries = [str(entry) for entry in bibliography.bibliography()]
        return {
            key: (label.strip("()"), entry)
            for key, label, entry in zip(bibliography.keys, labels, entries, strict=True)
        }

    def entry(self, key: str) -> str:
        """The reference as plain text: `Bordin, E. S. (1979) ‘The generalizability …’`."""
        return self._formatted[key][1]

    def label(self, key: str) -> str:
        """The short form of running text: `Flückiger m.fl., 2018`."""
        return self._formatted[key][0]
