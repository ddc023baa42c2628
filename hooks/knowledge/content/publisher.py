"""The publisher: who answers for the site, and where readers reach them."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from ..core.problems import Problem
from .record import Record, Text
from .settings import Email, ExtraSettings


class Publisher(Record):
    """`extra.publisher` of mkdocs.yml."""

    name: Text | None = Field(None, description="Who publishes the site; none: it goes by the site's name.")
    email: Email | None = Field(None, description="Where readers write; none: they are not asked to.")


def publisher(settings: Any, section: ExtraSettings, site_name: str = "") -> tuple[Publisher, list[Problem]]:
    """The publisher, and what is wrong with its settings."""
    if isinstance(settings, dict) and "edit" in settings:
        fix = "write “repo_url” and “edit_uri” at the top of the file, as MkDocs' manual says"
        problem = section.problem("edit", "“edit” has moved", fix)
        return publisher({k: v for k, v in settings.items() if k != "edit"}, section, site_name)[0], [problem]
    given, problems = section.read(Publisher, settings)
    given = given or Publisher()
    return given.model_copy(update={"name": given.name or site_name}), problems
