"""A helper: a second process that does pieces of work from the other end, and leaves what it makes in the cache.

A build needs nothing of it: it does every piece itself, and finds some of them done.
"""

from __future__ import annotations

import logging
import mmap
import os
import signal
import sys
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
    """Begins once many pieces had to be made, and stops where the two meet.

    Args:
        kept: where both processes leave what they make.
        pieces: the work, in the order in which this process does it.
    """

    def __init__(self, kept: Cache, pieces: Iterable[Callable[[], Any]]):
        self._kept, self._pieces, self._made, self._done = kept, pieces, kept.made, 0
        self._process: int | None = None

    def begin(self) -> None:
        """Begin, if it is time: to be called after each piece."""
        self._done += 1
        if self._process:
            self._places[0] = self._done
            if self._done >= self._places[1]:
                self.end()
        elif self._process is None and self._kept.made - self._made >= MANY and _is_possible():
            pieces, parent = list(self._pieces), os.getpid()
            self._places = memoryview(mmap.mmap(-1, 16)).cast("q")  # This process has come so far, and the helper.
            self._places[0], self._places[1] = self._done, len(pieces)
            self._kept.close()  # A connection must not be used by two processes.
            self._process = os.fork()
            if not self._process:
                try:
                    self._work(pieces, parent)
                finally:
                    os._exit(0)

    def end(self) -> None:
        """The work is done: let it end its last piece, but do not wait long."""
        if self._process:
            self._places[0] = sys.maxsize
        patience = time.monotonic() + PATIENCE
        while self._process and os.waitpid(self._process, os.WNOHANG) == (0, 0):
            if time.monotonic() > patience:
                os.kill(self._process, signal.SIGKILL)  # Nothing in the cache is ever half written.
            time.sleep(0.001)
        self._process = 0

    def _work(self, pieces: Sequence[Callable[[], Any]], parent: int) -> None:
        logging.disable()  # The build itself says what there is to say: such a piece is not kept.
        for place in range(len(pieces) - 1, -1, -1):
            if place <= self._places[0] or os.getppid() != parent:
                break
            self._places[1] = place
            pieces[place]()
        self._kept.close()


def _is_possible() -> bool:
    """Whether there is another core, and no thread that would be lost."""
    return hasattr(os, "fork") and (os.cpu_count() or 1) > 1 and threading.active_count() == 1
