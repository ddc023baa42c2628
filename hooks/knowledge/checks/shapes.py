"""Shapes: what a name in a template stands for, as far as the annotations of our own classes say it."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

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
    return _joined([_attribute(part, name) for part in plain(shape)])


def item(shape: Shape, key: object) -> Shape | None:
    """What stands in brackets behind a value; None where it can have no such item."""
    return _joined([_item(part, key) for part in plain(shape)])


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


def names(shape: Shape) -> list[str]:
    """The attributes of a value."""
    kinds = (get_origin(part) or part for part in plain(shape))
    return sorted({name for kind in kinds if isinstance(kind, type) for name in _hints(kind)})


def is_class(kind: object, of: Any) -> bool:
    """Whether something is a class of a kind."""
    return isinstance(kind, type) and issubclass(kind, of)


def called(shape: Shape) -> Shape:
    """What comes of calling a value."""
    return either(*(_argument(part, 1) if is_class(get_origin(part), Callable) else Any for part in plain(shape)))


def _joined(found: list[Shape | None]) -> Shape | None:
    """What is found in any of the shapes that a value may have; None where it is in none of them."""
    there = [part for part in found if part is not None]
    return either(*there) if there or not found else None


def _attribute(part: Shape, name: str) -> Shape | None:
    kind = get_origin(part) or part
    if part is Any or not isinstance(kind, type):
        return Any
    if is_class(kind, Mapping) and not hasattr(kind, name):
        return _argument(part, 1)  # Jinja looks for an item then.
    if is_class(kind, Mapping) and name == "items":
        return Callable[[], Iterable[tuple[_argument(part, 0), _argument(part, 1)]]]  # type: ignore[misc]  # found late
    if name in (hints := _hints(kind)):
        return hints[name]
    found = getattr(kind, name, None)
    if isinstance(found, property | cached_property):
        return _returned_by(found.fget if isinstance(found, property) else found.func)
    return Any if hasattr(kind, name) else None


def _item(part: Shape, key: object) -> Shape | None:
    kind, arguments = get_origin(part) or part, get_args(part)
    if is_class(kind, Mapping):
        return _argument(part, 1)
    if is_class(kind, str):
        return str
    if isinstance(key, int) and is_class(kind, tuple) and arguments and ... not in arguments:
        return arguments[key] if -len(arguments) <= key < len(arguments) else None
    if is_class(kind, Sequence):
        return _argument(part, 0)
    if isinstance(kind, type) and hasattr(kind, "__getitem__"):
        return _returned_by(kind.__getitem__)
    return _attribute(part, key) if isinstance(key, str) else Any


@cache
def _hints(of: Any) -> dict[str, Shape]:
    """The annotations of a class or function, as far as they can be resolved."""
    try:
        return get_type_hints(of)
    except (NameError, TypeError):
        return {}


def _argument(shape: Shape, place: int) -> Shape:
    arguments = get_args(shape)
    return arguments[place] if place < len(arguments) and arguments[place] is not ... else Any


def _returned_by(function: Any) -> Shape:
    return _hints(function).get("return", Any)
