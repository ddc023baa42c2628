"""The glossary: its terms by their first letter, each with the articles that are about it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby

from ..content import urls
from .view import Entry, Letter

OTHER = "#"
"""Above terms that begin with no letter, such as a number."""
OWN = frozenset("ÆØÅ")
"""Letters of their own; other marks are only that: É stands under E."""


def by_letter(entries: Sequence[Entry]) -> tuple[Letter, ...]:
    """The entries of an alphabetical list in groups."""
    groups = groupby(entries, lambda entry: first_letter(entry.term.term))
    return tuple(Letter(f"letter-{urls.slugify(name) or 0}", name, tuple(group)) for name, group in groups)


def first_letter(term: str) -> str:
    """The letter under which a term stands."""
    first = term[:1].upper()
    if first not in OWN:
        first = unicodedata.normalize("NFD", first)[:1]
    return first if first.isalpha() else OTHER
