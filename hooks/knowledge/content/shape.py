"""A shape: what a type says of a value, as JSON Schema tells it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from ..core.document import KeyPath


@cache
def adapter(shape: Any) -> TypeAdapter[Any]:
    """What validates values of a shape."""
    return TypeAdapter(shape)


@cache
def _schema(shape: Any) -> dict[str, Any]:
    return adapter(shape).json_schema()


def is_text(shape: Any) -> Callable[[KeyPath], bool]:
    """Whether what stands at a place of a shape is free text: no key, date or choice."""

    def at(path: KeyPath) -> bool:
        free = {"string"} | ({"null"} if path else set())
        kinds = schemas_at(shape, path)
        return any(kind.get("type") == "string" for kind in kinds) and all(
            kind.get("type") in free and not {"pattern", "enum", "const", "format"} & kind.keys() for kind in kinds
        )

    return at


def schemas_at(shape: Any, path: KeyPath) -> list[dict[str, Any]]:
    """What may stand at a place of a shape, as JSON Schema."""
    root = _schema(shape)
    kinds = _kinds(root, root)
    for part in path:
        parts = (below(kind, part) for kind in kinds)
        kinds = [kind for schema in parts if schema for kind in _kinds(schema, root)]
    return kinds


def below(schema: dict[str, Any], part: str | int) -> dict[str, Any] | None:
    """What may stand at a key or an item of what a schema describes."""
    if not isinstance(part, str):
        return schema.get("items")
    other = schema.get("additionalProperties")
    return schema.get("properties", {}).get(part) or (other if isinstance(other, dict) else None)


def _kinds(schema: dict[str, Any], root: dict[str, Any]) -> list[dict[str, Any]]:
    """The kinds of value that a schema allows, without references."""
    if reference := schema.get("$ref"):
        return _kinds(root["$defs"][reference.rpartition("/")[2]], root)
    if "anyOf" in schema:
        return [kind for option in schema["anyOf"] for kind in _kinds(option, root)]
    return [schema]
