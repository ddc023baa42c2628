"""A helper: a second process that does pieces of work from the other end, and leaves what it makes in the cache.

A build needs nothing of it: it does every piece itself, and finds some of them done.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from .cache import Cache

T = TypeVar("T")
PATIENCE = 2
"""Seconds."""
MANY = 16
"""So many pieces that had to be made show that a second core is worth its while."""


def together(kept: Cache, pieces: Iterable[Callable[[], T]]) -> Iterator[T]:
    """What the pieces of work give, in their order, with a helper."""
    pieces = list(pieces)
    helper = Helper(kept, pieces)
    try:
        for piece in pieces:
            yield piece()
            helper.begin()
    finally:
        helper.end()


class Helper:
    """Begins once many pieces had to be made; it stops where it meets what this process has made.

    Args:
        kept: where both processes leave what they make.
        pieces: the work, in the order in which this process does it.
    """

    def __init__(self, kept: Cache, pieces: Iterable[Callable[[], Any]]):
        self._kept, self._pieces, self._made = kept, pieces, kept.made
        self._process: int | None = None

    def begin(self) -> None:
        """Begin, if it is time: to be called after each piece."""
        if self._process is None and self._kept.made - self._made >= MANY and _is_possible():
            pieces, parent = list(self._pieces), os.getpid()
            self._kept.close()  # A connection must not be used by two processes.
            self._process = os.fork()
            if not self._process:
                try:
                    self._work(pieces, parent)
                finally:
                    os._exit(0)

    def end(self) -> None:
        """The work is done: let it end its last piece, but do not wait long."""
        patience = time.monotonic() + PATIENCE
        while self._process and os.waitpid(self._process, os.WNOHANG) == (0, 0):
            if time.monotonic() > patience:
                os.kill(self._process, signal.SIGKILL)  # Nothing in the cache is ever half written.
            time.sleep(0.001)
        self._process = None

    def _work(self, pieces: Sequence[Callable[[], Any]], parent: int) -> None:
        logging.disable()  # The build itself says what there is to say: such a piece is not kept.
        has_made = False
        for piece in reversed(pieces):
            made = self._kept.made
            piece()
            if (has_made and self._kept.made == made) or os.getppid() != parent:
                return  # Here it meets the other.
            has_made = has_made or self._kept.made > made


def _is_possible() -> bool:
    """Whether there is another core, and no thread that would be lost."""
    return hasattr(os, "fork") and (os.cpu_count() or 1) > 1 and threading.active_count() == 1
