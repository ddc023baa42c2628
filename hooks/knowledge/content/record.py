"""A record: what an editor writes as YAML, in a shape that is checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from ..core.problems import Problem

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


def read_records(docs: Path, name: str, shape: Any, problems: list[Problem]) -> Any:
    """A data file's records, or None where there are none or they cannot be understood.

    Args:
        name: the file's path below `docs/`.
        shape: what they should be, such as `dict[str, Source]`.
        problems: is added to.
    """
    path, file = docs / name, f"docs/{name}"
    if not path.is_file():
        return None
    try:
        source = path.read_text("utf-8")
        node, values = yaml.compose(source, Loader=yaml.CSafeLoader), yaml.load(source, yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        problems.append(
            Problem(
                file,
                mark.line + 1 if mark else 1,
                1,
                "data",
                f"the file cannot be read: {error}",
                "see the line above it for a missing quotation mark",
            )
        )
        return None
    lines = dict(lines_of(node))
    try:
        return TypeAdapter(shape).validate_python(values or shape())
    except ValidationError as error:
        for details in error.errors():
            loc = [str(part) for part in details["loc"] if part != "[key]"]
            line = next((lines[".".join(loc[:n])] for n in range(len(loc), 0, -1) if ".".join(loc[:n]) in lines), 1)
            problems.append(
                Problem(
                    file,
                    line,
                    1,
                    "data",
                    f"“{'.'.join(loc)}”: {details['msg']}",
                    "write it as the records around it do",
                )
            )
        return None
