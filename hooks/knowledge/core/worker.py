"""The worker: processes that do pieces of work ahead, or beside the build, and leave what they make in the cache.

A build needs nothing of them: it makes whatever it does not find.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from .cache import Cache

T = TypeVar("T")
FEW = 32
"""So few pieces are quicker done by the build itself: handing out the 21 pages of tests/site costs what it shares."""


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


def in_background(kept: Cache, job: Callable[[], Any]) -> Callable[[], object]:
    """Begin a piece of work on another core, which leaves its result in the cache; one that fails is left to the build.

    Returns:
        Waits for its end; a build that stops before ends it.
    """
    if kept.file is None or not _can_fork():
        return lambda: None
    kept.close()
    process = multiprocessing.get_context("fork").Process(target=_work, args=(kept, [job]), daemon=True)
    process.start()
    return process.join


def made(
    kept: Cache, shape: type[T], makes: Iterable[tuple[str, Callable[[], T]]], few: int = FEW, shares: bool = True
) -> list[T]:
    """Values by their keys, each made where it is not there yet; what is missing, on all cores."""
    makes = list(makes)
    kept.read_ahead(key for key, _ in makes)
    loaded = [kept.load(key, shape) for key, _ in makes]
    jobs = [partial(kept.value, key, shape, make) for key, make in makes]
    in_parallel(kept, [job for job, value in zip(jobs, loaded, strict=True) if value is None], few, shares)
    return [job() if value is None else value for job, value in zip(jobs, loaded, strict=True)]


def _work(kept: Cache, jobs: Sequence[Callable[[], Any]]) -> None:
    logging.disable()
    sys.stderr = open(os.devnull, "w")  # noqa: SIM115  # The build says itself what it does without.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # It takes away what it had laid down meanwhile.
    for job in jobs:
        with suppress(Exception):
            job()
    kept.close()


def _can_fork() -> bool:
    """Whether there is another core that no worker takes already, and no thread that a fork would lose."""
    is_worker = multiprocessing.current_process().daemon
    return hasattr(os, "fork") and (os.cpu_count() or 1) > 1 and not is_worker and _threads() == 1


def _threads() -> int:
    """How many threads this process has, those of libraries too: Go's runtime never answers in a fork."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return threading.active_count()
