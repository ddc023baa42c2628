"""The data files of `docs/data/`: what each holds. A new one is a line here, and a field of the library."""

from __future__ import annotations

from typing import Any

from ..core.language import Language
from .concept import Concept
from .correction import Correction
from .help_line import HelpLine
from .need import Need
from .person import Person
from .record import NonEmptyStr
from .source import Source
from .word_lists import CrisisWords, Group, StrongWords

DATA: dict[str, Any] = {
    "concepts": dict[str, Concept],
    "sources": dict[str, Source],
    "corrections": list[Correction],
    "help": list[HelpLine],
    "needs": list[Need],
    "people": dict[str, Person],
    "strong-words": StrongWords,
    "crisis-words": dict[Language, CrisisWords],
    "grave-words": dict[Language, list[NonEmptyStr]],
    "everyday-words": dict[Language, list[Group]],
    "foreign-words": dict[Language, list[NonEmptyStr]],
}
"""The shape of each file, by its name without ending."""
