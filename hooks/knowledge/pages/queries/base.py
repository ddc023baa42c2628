"""What all queries rest on: each answer is given once per build, and has a fingerprint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...content.article import Article
from ...content.library import Library
from ...content.site import Site
from ...content.translation_state import Stale
from ...core.fingerprint import digest
from ...core.language import Language, Languages
from ...core.once import once
from ...markdown.question import Asked
from ...relations.related import Suggestion
from ..blocks import Blocks
from ..references import References
from ..theme import Theme


@dataclass
class Base:
    """What the pages of one build may query. All public methods of this class and those below it are queries.

    Attributes:
        lists: the related lists, by article.
        asked: questions of the FAQ, by language and article, filled as texts are rendered.
        stale_sections: of translations that are older than their original, by article.
    """

    site: Site
    docs: Path
    settings: Mapping[str, Any]
    blocks: Blocks
    theme: Theme
    strings: Mapping[Language, Mapping[str, str]]
    lists: Mapping[str, tuple[Suggestion, ...]]
    policy: str
    drawing: Callable[[str], bytes]
    """A drawing below the content folder, by its path."""
    picture_of: Callable[[Article, Language], str]
    """The address of a page's social picture."""
    references: Mapping[Language, References]
    stale_sections: Mapping[str, tuple[Stale, ...]]
    asked: dict[tuple[Language, str], tuple[Asked, ...]] = field(default_factory=dict)
    texts: dict[tuple[Language, str], str] = field(default_factory=dict)
    """The texts of topics that have a booklet, as HTML, filled as they are rendered."""
    photographs_shown: set[str] = field(default_factory=set)
    """Those that pages show, by path, filled as they are asked for."""

    def __call__(self, kind: str, *about: Any) -> Any:
        """The answer to a question."""
        return getattr(self, kind)(*about)

    @once
    def fingerprint(self, kind: str, *about: Any) -> str:
        """An answer's fingerprint."""
        return digest(self(kind, *about))

    @property
    def _library(self) -> Library:
        return self.site.library

    @property
    def _languages(self) -> Languages:
        return self.site.languages
