"""The blocks of pages, as mkdocs.yml sets them: newsletter, comments, offer, feedback, visits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, make_dataclass
from pathlib import Path
from typing import Any

from ...content import urls
from ...content.library import Library
from ...content.public import unready
from ...content.publisher import Publisher, publisher
from ...content.settings import Section
from ...core.language import Language
from ...core.problems import Problem
from . import training_client
from .analytics import Analytics
from .block import Block
from .comments import CommentServer, comment_server
from .newsletter import PAGES, Form, forms

LISTED: tuple[Block, ...] = (training_client.BLOCK,)
"""The blocks that stand below articles one after the other, in this order."""
DATA = {block.name: block.data for block in LISTED if block.data}
"""The shapes of their data files, by name."""
Shown = make_dataclass("Shown", [(block.name, block.shown | None, None) for block in LISTED], frozen=True)
"""What they show on one page."""


@dataclass(frozen=True)
class Blocks:
    """What is switched on, and how."""

    forms: Mapping[Language, Form]
    """The newsletter's form of each language; empty where feeds are offered."""
    comments: CommentServer | None
    publisher: Publisher
    listed: Mapping[str, Any] = field(default_factory=dict)
    """What was made of the settings of those in `LISTED`, by name; of those that are switched on."""
    analytics: Analytics | None = None

    @classmethod
    def read(
        cls,
        extra: Mapping[str, Any],
        config_file: Path,
        library: Library,
        site_url: str,
        site_name: str,
        counted: Analytics | None = None,
    ) -> tuple[Blocks, list[Problem]]:
        """Read and check the settings.

        Args:
            site_name: who publishes the site and sends its mails, unless the settings name somebody else.
        """
        returns = {}
        if set(PAGES) <= set(library.articles):
            check = library[PAGES[0]]
            returns = {lang: urls.absolute(site_url, library.path(check, lang)) for lang in library.languages}

        def section(name: str) -> tuple[Any, Section]:
            return extra.get(name), Section.of(config_file, name)

        made, wrong_forms = forms(
            *section("newsletter"), library.languages, returns, bool(extra.get("preview")), site_name
        )
        server, wrong_comments = comment_server(*section("comments"), site_url)
        known, wrong_publisher = publisher(*section("publisher"), site_name)
        unwritten = unready(site_url, known, Section.of(config_file, "publisher"), library)
        problems = [*wrong_forms, *wrong_comments, *wrong_publisher, *unwritten]
        listed = {}
        for block in LISTED:
            asked = Section.of(config_file, block.name, block.rule)
            listed[block.name], wrong = block.read(extra.get(block.name), asked, library.languages)
            problems += wrong
        return cls(made, server, known, {name: made for name, made in listed.items() if made}, counted), problems

    @property
    def form_targets(self) -> list[str]:
        """Addresses to which forms of the site are sent."""
        return [form.action for form in self.forms.values() if form.action]

    @property
    def comment_origins(self) -> list[str]:
        """Origins whose scripts a page may load and ask, once its reader wants comments."""
        return [self.comments.origin] if self.comments else []

    @property
    def visit_origins(self) -> list[str]:
        """Origins that count visits."""
        return [self.analytics.origin] if self.analytics else []

    @property
    def picture_origins(self) -> list[str]:
        """Origins that count by a picture."""
        return [self.analytics.origin] if self.analytics and self.analytics.picture else []
