"""A correction: what was wrong on which pages, and what they say now."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from .front_matter import Key
from .record import ByLanguage, Record, Text


class CorrectionWords(Record):
    """A correction in one language."""

    about: Text = Field(description="What it is about, in a word or two.")
    wrong: Text = Field(description="What was wrong, in a sentence or two.")
    now: Text = Field(description="What it says now, in a sentence or two.")


class Correction(ByLanguage[CorrectionWords]):
    """One record of `docs/data/corrections.yml`."""

    date: dt.date = Field(description="When it was corrected.")
    pages: list[Key] = Field(min_length=1, description="Keys of the pages on which it stood.")
