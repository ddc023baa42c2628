"""A shape: what a type says of a value, and of what stands at each place in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, reduce
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter
from pydantic.fields import FieldInfo

from ..core.document import KeyPath


@cache
def adapter(shape: Any) -> TypeAdapter[Any]:
    """What validates values of a shape."""
    return TypeAdapter(shape)


@cache
def bare(shape: Any) -> tuple[Any, tuple[Any, ...]]:
    """A shape without “or nothing”, and what is noted beside it, the outermost first."""
    if get_origin(shape) in (Union, UnionType):
        return bare(next(part for part in get_args(shape) if part is not type(None)))
    if get_origin(shape) is not Annotated:
        return shape, ()
    inner, noted = bare(get_args(shape)[0])
    own = (note for one in shape.__metadata__ for note in (one, *(one.metadata if isinstance(one, FieldInfo) else ())))
    return inner, (*own, *noted)


@cache
def fields(shape: Any) -> dict[str, FieldInfo]:
    """The keys of a record, as they are written; nothing of any other shape."""
    model = bare(shape)[0]
    is_model = isinstance(model, type) and issubclass(model, BaseModel)
    return {field.alias or name: field for name, field in model.model_fields.items()} if is_model else {}


@cache
def below(shape: Any, part: str | int) -> Any:
    """The shape of what stands at a key or an item; None where nothing may."""
    if field := fields(shape).get(str(part)):
        return Annotated[field.annotation, field]
    inner = bare(shape)[0]
    return get_args(inner)[-1] if get_origin(inner) is (dict if isinstance(part, str) else list) else None


def shape_at(shape: Any, path: KeyPath) -> Any:
    """The shape of what stands at a place; None where nothing may."""
    return reduce(below, path, shape)


def choices(shape: Any) -> Iterator[str]:
    """The values of which one must be chosen; none where there is no such choice."""
    inner = bare(shape)[0]
    return map(str, get_args(inner) if get_origin(inner) is Literal else ())


def noted(shape: Any, name: str) -> Any:
    """What is noted of a shape by a name, such as `ge` or `description`; None where nothing is."""
    return next((found for one in bare(shape)[1] if (found := getattr(one, name, None)) is not None), None)


def is_text(shape: Any) -> Callable[[KeyPath], bool]:
    """Whether what stands at a place of a shape is free text: no key, date or choice."""

    def at(path: KeyPath) -> bool:
        there = shape_at(shape, path)
        return bare(there)[0] is str and not noted(there, "pattern")

    return at
