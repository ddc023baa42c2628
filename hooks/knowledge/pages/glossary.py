"""The glossary: its terms by their first letter, each with the articles that are about it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby

from ..content import urls
from ..core.language import Language, letters
from .parts import GlossaryEntry, Letter

OTHER = "#"
"""Above terms that begin with no letter, such as a number."""


def by_letter(entries: Sequence[GlossaryEntry], lang: Language) -> tuple[Letter, ...]:
    """The entries of an alphabetical list in groups."""
    groups = groupby(entries, lambda entry: first_letter(entry.term.term, lang))
    return tuple(Letter(f"letter-{urls.slugify(name) or 0}", name, tuple(group)) for name, group in groups)


def first_letter(term: str, lang: Language) -> str:
    """The letter under which a term stands: Å is one of its own in Danish; other marks are only that, as in É."""
    first = term[:1].upper()
    if first.lower() not in letters(lang):
        first = unicodedata.normalize("NFD", first)[:1]
    return first if first.isalpha() else OTHER
