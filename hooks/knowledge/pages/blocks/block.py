"""A block: something below articles that mkdocs.yml switches on. `tests/adding/block/` holds one to begin with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic import BaseModel

from ...content.article import Article
from ...content.library import Library
from ...content.publisher import Publisher
from ...content.record import for_site
from ...content.settings import ExtraSettings
from ...core.language import Language
from ...core.problems import Problem

Policy = Mapping[str, Sequence[str]]
"""What a page may load, ask or send to beside the site's own: origins, by the directive of its security policy."""
STRANGE = frozenset(" ;,'\"<>\\\t\n")
"""Characters with which an address would say something else in that policy."""


class Context(NamedTuple):
    """What a block's settings are read with."""

    section: ExtraSettings
    """Theirs: it reads them against a model, and says what is wrong with one at its line."""
    library: Library
    publisher: Publisher
    site_url: str
    is_preview: bool


class Place(NamedTuple):
    """Where a block may stand, and what it has to show."""

    article: Article
    lang: Language
    made: Any
    """What was made of its settings."""
    records: Any
    """Those of its data file, if it has one."""
    today: dt.date
    address: str
    """The page's, in full."""
    words: Mapping[str, str]
    """The interface's, in that language."""
    edit: str | None
    """Where the page's file is edited."""


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
    show: Callable[[Place], Any]
    """What it shows at a place; None: it does not stand there. A page is made anew when that changes."""
    make: Callable[[Any, Context], tuple[Any, list[Problem]]] = lambda given, context: (given, [])
    """Makes of the settings, once they are read, what `show` needs; nothing where the block is switched off."""
    data: Any = None
    """The shape of its file in `docs/data/`, where it has one."""
    rule: str = "block"
    """Of problems with its settings."""
    policy: Callable[[Any], Policy] = lambda made: {}
    """What it needs of others, given what was made of its settings."""
    is_placed: bool = False
    """Whether a template says where its partial stands; the others stand one after the other."""

    def read(self, settings: Any, context: Context) -> tuple[Any, list[Problem]]:
        """What is made of the settings, and what is wrong with them."""
        given, problems = context.section.read(for_site(self.settings, context.library.languages), settings)
        return self.make(given, context) if given else (None, problems)
