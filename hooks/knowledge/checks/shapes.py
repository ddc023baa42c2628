"""Shapes: what a name in a template stands for, as far as the annotations of our own classes say it."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import is_dataclass
from functools import cache, cached_property
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

Shape = Any
"""A type, as an annotation writes it. `Any`: nothing is known, so nothing can be wrong."""


class Strings:
    """The interface's words of a language, whose keys are known."""


class Macro(NamedTuple):
    """A macro, with the template in which it stands."""

    template: str
    name: str


def plain(shape: Shape) -> tuple[Shape, ...]:
    """The shapes that a value may have, without None."""
    origin = get_origin(shape)
    if origin is Annotated:
        return plain(get_args(shape)[0])
    if origin in (Union, types.UnionType):
        return tuple(part for choice in get_args(shape) for part in plain(choice))
    if origin is Literal:
        return tuple({type(value) for value in get_args(shape)})
    return () if shape in (None, type(None)) else (shape,)


def either(*shapes: Shape) -> Shape:
    """A value of one of these shapes."""
    known = list(dict.fromkeys(part for shape in shapes for part in plain(shape)))
    if not known or Any in known:
        return Any
    return known[0] if len(known) == 1 else Union[tuple(known)]  # noqa: UP007


def attribute(shape: Shape, name: str) -> Shape | None:
    """What an attribute of a value is; None where there is no such attribute."""
    found = [_attribute(part, name) for part in plain(shape)]
    if not found:
        return Any
    there = [part for part in found if part is not None]
    return either(*there) if there else None


def item(shape: Shape, key: object) -> Shape | None:
    """What stands in brackets behind a value; None where it can have no such item."""
    found = []
    for part in plain(shape):
        kind = get_origin(part) or part
        if is_class(kind, Mapping):
            found.append(_argument(part, 1))
        elif is_class(kind, str):
            found.append(str)
        elif isinstance(key, int) and is_class(kind, tuple) and ... not in get_args(part) and get_args(part):
            found.append(get_args(part)[key] if -len(get_args(part)) <= key < len(get_args(part)) else None)
        elif is_class(kind, Sequence):
            found.append(_argument(part, 0))
        elif isinstance(kind, type) and hasattr(kind, "__getitem__"):
            found.append(_returned_by(kind.__getitem__))
        elif isinstance(key, str):
            found.append(_attribute(part, key))
        else:
            found.append(Any)
    there = [part for part in found if part is not None]
    return either(*there) if there or not found else None


def element(shape: Shape) -> Shape:
    """What one meets going through a value."""
    found: list[Shape] = []
    for part in plain(shape):
        kind, arguments = get_origin(part) or part, get_args(part)
        if is_class(kind, tuple) and arguments and ... not in arguments:
            found += arguments
        elif is_class(kind, str):
            found.append(str)
        else:
            found.append(_argument(part, 0) if is_class(kind, Iterable) else Any)
    return either(*found)


def parts(shape: Shape, number: int) -> list[Shape]:
    """A value taken apart into so many."""
    for part in plain(shape):
        arguments = get_args(part)
        if is_class(get_origin(part), tuple) and ... not in arguments and len(arguments) == number:
            return list(arguments)
        if is_class(get_origin(part), tuple | Sequence) and not is_class(part, str):
            return [_argument(part, 0)] * number
    return [Any] * number


def names(shape: Shape) -> list[str]:
    """The attributes of a value."""
    return sorted({name for part in plain(shape) for name in _names(get_origin(part) or part)})


def is_class(kind: object, of: Any) -> bool:
    """Whether something is a class of a kind."""
    return isinstance(kind, type) and issubclass(kind, of)


def _attribute(part: Shape, name: str) -> Shape | None:
    kind = get_origin(part) or part
    if part is Any or kind is Macro or isinstance(part, Macro) or not isinstance(kind, type):
        return Any
    if is_class(kind, Mapping) and not hasattr(kind, name):
        return _argument(part, 1)  # Jinja looks for an item then.
    if is_class(kind, Mapping) and name == "items":
        return _Items[part]
    hints = _hints(kind)
    if name in hints:
        return hints[name]
    if not hasattr(kind, name):
        return None
    found = getattr(kind, name)
    if isinstance(found, property | cached_property):
        return _returned_by(found.fget if isinstance(found, property) else found.func)
    return Any


class _Items:
    """The method `items` of a mapping."""

    def __class_getitem__(cls, mapping: Shape) -> Shape:
        return types.GenericAlias(_Items, (mapping,))


def called(shape: Shape) -> Shape:
    """What comes of calling a value."""
    for part in plain(shape):
        if get_origin(part) is _Items:
            (mapping,) = get_args(part)
            return Iterable[tuple[_argument(mapping, 0), _argument(mapping, 1)]]  # type: ignore[misc]  # found late
    return Any


@cache
def _hints(kind: type) -> dict[str, Shape]:
    if is_dataclass(kind) or is_class(kind, BaseModel) or hasattr(kind, "_fields"):
        try:
            return get_type_hints(kind)
        except (NameError, TypeError):
            return {}
    return {}


@cache
def _names(kind: Shape) -> tuple[str, ...]:
    return tuple(_hints(kind)) if isinstance(kind, type) else ()


def _argument(shape: Shape, place: int) -> Shape:
    arguments = get_args(shape)
    return arguments[place] if place < len(arguments) and arguments[place] is not ... else Any


def _returned_by(function: Any) -> Shape:
    try:
        return get_type_hints(function).get("return", Any)
    except (NameError, TypeError):
        return Any
