"""A record: what an editor writes as YAML, in a shape that is checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

Line = Annotated[str, Field(min_length=1)]


class Record(BaseModel):
    """Values of known names and types, which nobody changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def lines_of(node: yaml.Node, first_line: int = 1, prefix: str = "") -> Iterator[tuple[str, int]]:
    """Each key and item by its path, such as `concepts.1`, with its line.

    Args:
        first_line: the line of the file on which the YAML begins.
    """
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield f"{prefix}{key.value}", key.start_mark.line + first_line
            yield from lines_of(value, first_line, f"{prefix}{key.value}.")
    elif isinstance(node, yaml.SequenceNode):
        for i, value in enumerate(node.value):
            yield f"{prefix}{i}", value.start_mark.line + first_line
            yield from lines_of(value, first_line, f"{prefix}{i}.")
