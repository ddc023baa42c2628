"""Once: a method that works each of its results out once, and keeps it with its object."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property, partial
from typing import TypeVar

T = TypeVar("T")


def once(method: Callable[..., T]) -> cached_property[Callable[..., T]]:
    """A method whose results are kept with its object."""
    return cached_property(lambda self: cache(partial(method, self)))
