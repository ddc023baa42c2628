"""What extensions such as Snippets, or an owner's, read while they convert a text, which is made of those files too."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from others import LIBRARIES

_place: ContextVar[set[str] | None] = ContextVar("place", default=None)
"""Where what is read is noted; None where it is asked for by a query."""


@contextmanager
def noted(ask: Callable[..., Any]) -> Iterator[None]:
    """Ask `read` of every file that is opened meanwhile, so that its trace names the file."""
    _listen()
    found: set[str] = set()
    with _note_in(found):
        yield
    for path in sorted(found):
        if os.path.isfile(path):
            ask("read", path)


def unnoted(ask: Callable[..., Any]) -> Callable[..., Any]:
    """Queries have fingerprints of their own, which are quicker than those of the files that they read."""

    def asked(*query: Hashable) -> Any:
        with _note_in(None):
            return ask(*query)

    return asked


@contextmanager
def _note_in(place: set[str] | None) -> Iterator[None]:
    before = _place.set(place)
    try:
        yield
    finally:
        _place.reset(before)


@cache
def _listen() -> None:
    """Be told by Python of what is opened, from now on."""
    folders = {sysconfig.get_path(name) for name in LIBRARIES} | {os.path.dirname(__file__)}
    known = tuple(f"{path}{os.sep}" for folder in folders for path in (folder, os.path.realpath(folder)))

    def opened(event: str, about: tuple[Any, ...]) -> None:
        if event == "open" and (place := _place.get()) is not None and isinstance(about[0], str | bytes | os.PathLike):
            path = os.path.abspath(os.fsdecode(about[0]))
            if not path.startswith(known) and not path.endswith(".pyc"):
                place.add(path)

    sys.addaudithook(opened)
