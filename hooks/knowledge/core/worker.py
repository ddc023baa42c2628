"""The worker: processes that do pieces of work ahead and leave what they make in the cache.

A build needs nothing of them: it makes whatever it does not find.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from .cache import Cache

T = TypeVar("T")
FEW = 16
"""So few pieces are quicker done by the build itself than handed out."""


def in_parallel(kept: Cache, jobs: Sequence[Callable[[], Any]], few: int = FEW, shares: bool = True) -> None:
    """Do pieces of work on all cores; each leaves its result in the cache.

    A piece that fails is left to the build, which says why.

    Args:
        few: so few pieces are done by the build itself.
        shares: whether the build does one first, so that all processes have what that loads and compiles.
    """
    if kept.file is None or len(jobs) < few or not _can_fork():
        return
    if shares:
        logging.disable()
        with suppress(Exception):
            jobs[len(jobs) // 2]()  # The first may be of another kind than most.
        logging.disable(logging.NOTSET)
        if not _can_fork():
            return
    kept.close()  # A connection must not be used by two processes.
    cores = os.cpu_count() or 1
    fork = multiprocessing.get_context("fork")
    processes = [fork.Process(target=_work, args=(kept, jobs[i::cores]), daemon=True) for i in range(cores)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def made(
    kept: Cache, shape: type[T], makes: Iterable[tuple[str, Callable[[], T]]], few: int = FEW, shares: bool = True
) -> list[T]:
    """Values by their keys, each made where it is not there yet; what is missing, on all cores."""
    jobs = [(key, partial(kept.value, key, shape, make)) for key, make in makes]
    in_parallel(kept, [job for key, job in jobs if not kept.has(key)], few, shares)
    return [job() for _, job in jobs]


def _work(kept: Cache, jobs: Sequence[Callable[[], Any]]) -> None:
    logging.disable()
    for job in jobs:
        with suppress(Exception):
            job()
    kept.close()


def _can_fork() -> bool:
    """Whether there is another core, and no thread that a fork would lose."""
    return hasattr(os, "fork") and (os.cpu_count() or 1) > 1 and _threads() == 1


def _threads() -> int:
    """How many threads this process has, those of libraries too: Go's runtime never answers in a fork."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return threading.active_count()
