"""The blocks of pages, as mkdocs.yml sets them: newsletter, offer, feedback, comments; and how visits are counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, make_dataclass
from typing import Any

from ...content.library import Library
from ...content.public import unready
from ...content.publisher import Publisher, publisher
from ...content.settings import ConfigFile
from ...core.problems import Problem
from . import comments, feedback, newsletter, training_client
from .analytics import Analytics
from .block import Block, Context

LISTED: tuple[Block, ...] = (newsletter.BLOCK, training_client.BLOCK, feedback.BLOCK, comments.BLOCK)
"""The blocks, in the order in which they stand below articles, but for those that a template places."""
DATA = {block.name: block.data for block in LISTED if block.data}
"""The shapes of their data files, by name."""
Shown = make_dataclass("Shown", [(block.name, block.shown | None, None) for block in LISTED], frozen=True)
"""What they show on one page."""


@dataclass(frozen=True)
class Blocks:
    """What is switched on, and how."""

    publisher: Publisher
    made: Mapping[str, Any] = field(default_factory=dict)
    """What was made of the settings of each block that is switched on, by its name."""
    analytics: Analytics | None = None

    @classmethod
    def read(
        cls,
        extra: Mapping[str, Any],
        file: ConfigFile,
        library: Library,
        site_url: str,
        counted: Analytics | None = None,
    ) -> tuple[Blocks, list[Problem]]:
        """Read and check the settings."""
        section, is_preview = file.section("publisher"), bool(extra.get("preview"))
        known, problems = publisher(extra.get("publisher"), section, library.site_name)
        problems = [*problems, *unready(site_url, known, section, library)]
        made: dict[str, Any] = {}
        for block in LISTED:
            context = Context(file.section(block.name, block.rule), library, known, site_url, is_preview)
            made[block.name], wrong = block.read(extra.get(block.name), context)
            problems += wrong
        return cls(known, {name: one for name, one in made.items() if one}, counted), problems

    @property
    def policy(self) -> dict[str, list[str]]:
        """What pages may load, ask or send to beside the site's own: origins, by the policy's directive."""
        policies = [block.policy(self.made[block.name]) for block in LISTED if block.name in self.made]
        policies += [self.analytics.policy] if self.analytics else []
        found: dict[str, list[str]] = {}
        for directive, origins in (item for policy in policies for item in policy.items()):
            found[directive] = list(dict.fromkeys((*found.get(directive, ()), *origins)))
        return found
