"""A need: what readers come with, in their own words, and the page that meets it."""

from __future__ import annotations

from pydantic import Field

from .front_matter import Key
from .record import ByLanguage, Text


class Need(ByLanguage[Text]):
    """One record of `docs/data/needs.yml`, which says in each language what a reader would say, in a few words."""

    page: Key = Field(description="The key of the article to which it leads.")
    question: Key | None = Field(None, description="The id of the question that answers it, where one does.")
