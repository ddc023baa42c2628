"""The publisher: who answers for the site, and where readers reach them."""

from __future__ import annotations

import re
from typing import Any

from pydantic import Field

from ..core.problems import Problem
from .record import Line, Record, Text
from .settings import Email, Section


class Publisher(Record):
    """`extra.publisher` of mkdocs.yml."""

    name: Text = Field("Trinvis", description="Who publishes the site.")
    email: Email | None = Field(None, description="Where readers write; none: they are not asked to.")
    edit: Line | None = Field(None, description="Where a file is edited: https://…/{path}; none: nowhere.")


def publisher(settings: Any, section: Section) -> tuple[Publisher, list[Problem]]:
    """The publisher, and what is wrong with its settings."""
    given, problems = section.read(Publisher, settings)
    given = given or Publisher()
    if given.edit and not re.fullmatch(r"https://[^\s{}]+\{path\}[^\s{}]*", given.edit):
        message = f"“edit” is “{given.edit}”; expected https://… with {{path}} in it"
        problems.append(section.problem("edit", message, "write it as https://code.example/site/edit/main/docs/{path}"))
    return given, problems
