"""References: all sources as a page names them, formatted by CSL."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..content.source import Source
from ..core.cache import NO_CACHE, Cache
from ..core.fingerprint import code, digest
from ..core.language import ENGLISH, Language, known, locale_name

UNDATED = "\ue000"
"""Stands in CSL's data for a year that is not known: the style would write “no date”, which tells readers nothing."""
PREPRINT = " [Preprint]"
"""What the style calls every journal article without a volume, be it a preprint or not."""


@dataclass(frozen=True)
class References:
    """All sources, formatted in one language by the CSL style “Cite Them Right” (Harvard)."""

    sources: dict[str, Source]
    lang: Language
    kept: Cache = NO_CACHE

    @cached_property
    def _formatted(self) -> dict[str, tuple[str, str]]:
        """Key to short form and full entry."""
        name = digest("references", code(), self.lang, self.sources)
        return self.kept.value(name, dict[str, tuple[str, str]], self._format)

    def _format(self) -> dict[str, tuple[str, str]]:
        from citeproc import (  # which only new sources need
            LOCALES_PATH,
            Citation,
            CitationItem,
            CitationStylesBibliography,
            CitationStylesStyle,
            formatter,
        )
        from citeproc.source.json import CiteProcJSON

        locale = locale_name(self.lang, "-")
        if not Path(LOCALES_PATH, f"locales-{locale}.xml").is_file():
            locale = locale_name(ENGLISH, "-")  # CSL does not know the language.
        data = [{"issued": {"literal": UNDATED}, **source.csl(key)} for key, source in self.sources.items()]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            style = CitationStylesStyle("harvard-cite-them-right", locale, validate=False)
            bibliography = CitationStylesBibliography(style, CiteProcJSON(data), formatter.plain)
            citations = {key: Citation([CitationItem(key)]) for key in self.sources}
            for citation in citations.values():
                bibliography.register(citation)
            labels = [str(bibliography.cite(c, lambda item: None)) for c in citations.values()]
            entries = [str(entry) for entry in bibliography.bibliography()]
        quotes = str.maketrans(known(self.lang).get("quotes", {}))
        return {
            key: (_label(label), _entry(entry).translate(quotes))
            for key, label, entry in zip(bibliography.keys, labels, entries, strict=True)
        }

    def entry(self, key: str) -> str:
        """The reference as plain text: `Bordin, E. S. (1979) ‘The generalizability …’`; no year where none is known."""
        return self._formatted[key][1]

    def label(self, key: str) -> str:
        """The short form: `Flückiger m.fl., 2018`; the name alone where no year is known."""
        return self._formatted[key][0]


def _label(label: str) -> str:
    """The style's short form, as running text says it."""
    return re.sub(rf"^\(|\)$|,? {UNDATED}", "", label)


def _entry(entry: str) -> str:
    """The style's entry without what it adds that is wrong: a date that there is not, a full stop after “?” or “!”."""
    entry = re.sub(rf"\.? \({UNDATED}\)", ".", entry).replace(PREPRINT, "")
    return re.sub(r"(?<=[?!…])\.(?=\s|$)|(?<=\.\.\.)\.", "", entry)
