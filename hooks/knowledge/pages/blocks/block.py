"""A block: something below articles that mkdocs.yml switches on. ARCHITECTURE.md says how to add one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic import BaseModel

from ...content.article import Article
from ...content.settings import Section
from ...core.language import Language, Languages
from ...core.problems import Problem


class Place(NamedTuple):
    """Where a block may stand, and what it has to show."""

    article: Article
    lang: Language
    made: Any
    """What was made of its settings."""
    records: Any
    """Those of its data file, if it has one."""
    today: dt.date


@dataclass(frozen=True)
class Block:
    """How a block is read, and what it shows."""

    name: str
    """Of its section below `extra` in mkdocs.yml, of its partial in `overrides/partials/blocks/`, of its data file, and
    of what the partial is shown: `view.blocks.NAME`."""
    settings: type[BaseModel]
    """What that section may say."""
    shown: type
    """What the partial is shown."""
    read: Callable[[Any, Section, Languages], tuple[Any, list[Problem]]]
    """Makes something of the settings as they were read, or of None; nothing where the block is switched off."""
    show: Callable[[Place], Any]
    """What it shows at a place; None: it does not stand there. A page is made anew when that changes."""
    data: Any = None
    """The shape of its file in `docs/data/`, where it has one."""
    rule: str = "block"
    """Of problems with its settings."""
