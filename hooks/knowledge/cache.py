"""The cache: what is slow to make, kept between builds in one folder that may be deleted at any time.

A name is a hash of everything that the content is made of, so nothing in the folder is ever out of
date. Where all of that is known only afterwards (a text's links, a page's related list), what was
asked meanwhile is kept too: the next build asks the same first, and the answers are part of the name.

Source of the second kind: “constructive traces” in Mokhov, Mitchell & Peyton Jones (2018), doi:10.1145/3236774.
"""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from .fingerprint import digest

LIMIT = 1_000_000_000
"""Bytes; above it, what has not been used for longest goes."""
SOME = 0.01
"""Of the limit: what may be written before the folder is looked through again."""
DAY = 24 * 3600
"""Seconds after which a use is noted again, and after which what a killed build left behind goes."""

Question = tuple[Hashable, ...]
"""What is asked, and about what."""
Ask = Callable[..., Any]


@dataclass(eq=False)
class Cache:
    """A folder of files by name, and, while a preview runs, their objects in memory."""

    folder: Path | None
    """None: nothing is kept."""
    limit: int = LIMIT
    remembers: bool = False
    """Whether objects stay in memory for the next build of this process."""
    _objects: dict[str, Any] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)
    _written: int = 0

    def read(self, name: str) -> bytes | None:
        """The content of that name, if it is there."""
        if self.folder is None:
            return None
        try:
            with open(self._path(name), "rb") as file:
                if time.time() - os.fstat(file.fileno()).st_mtime > DAY:
                    os.utime(file.name)
                return file.read()
        except OSError:
            return None

    def write(self, name: str, content: bytes) -> None:
        """Keep a content under its name."""
        if self.folder is None:
            return
        self._written += len(content)
        path = self._path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        unfinished = f"{path}.{os.getpid()}{UNFINISHED}"
        with open(unfinished, "wb") as file:
            file.write(content)
        os.replace(unfinished, path)  # Never half a file, whoever else builds at the same time.

    def get(self, name: str, make: Callable[[], bytes]) -> bytes:
        """The content of that name, made where it is not there yet."""
        content = self.read(name)
        if content is None:
            content = make()
            self.write(name, content)
        return content

    def file(self, name: str, make: Callable[[], bytes]) -> Path:
        """The file of that name, for whoever wants a path."""
        self.get(name, make)
        return Path(self._path(name))

    def object(self, name: str, make: Callable[[], Any]) -> Any:
        """An object that nobody changes, made where it is not there yet."""
        found, value = self._load(name)
        if not found:
            value = make()
            self._store(name, value)
        return value

    def traced(
        self, name: str, ask: Ask, make: Callable[[Ask], tuple[Any, bool]], known_by: Callable[..., Any] | None = None
    ) -> Any:
        """An object that also depends on what `make` asks: it is kept by what was asked, and the answers.

        Args:
            make: is given `ask`, and returns the object and whether it may be kept.
            known_by: gives an answer's fingerprint, where that is quicker to tell apart than the answer.
        """
        known_by = known_by or ask
        found, asked = self._load(name)
        if found:
            found, value = self._load(digest(name, [known_by(*question) for question in asked]))
            if found:
                return value
        noted: dict[Question, None] = {}

        def note(*question: Hashable) -> Any:
            noted[question] = None
            return ask(*question)

        value, may_be_kept = make(note)
        if may_be_kept:
            self._store(name, tuple(noted))
            self._store(digest(name, [known_by(*question) for question in noted]), value)
        return value

    def latest(self, name: str, make: Callable[[Any], Any]) -> Any:
        """An object that is quicker to make from the one of the last build, whatever that was; None at first."""
        _, before = self._load(name)
        value = make(before)
        if value != before:
            self._store(name, value)
        return value

    def trim(self) -> None:
        """At the end of a build: keep the folder below its limit, and in memory what this build used."""
        self._objects = {name: self._objects[name] for name in self._used & self._objects.keys()}
        self._used.clear()
        if self.folder is None or not self.folder.is_dir() or not self._is_due():
            return
        files = []
        for shelf in os.scandir(self.folder):
            if shelf.is_dir():
                files += [
                    (stat.st_mtime, stat.st_size, entry.path) for entry in os.scandir(shelf) if (stat := entry.stat())
                ]
        excess, now = sum(size for _, size, _ in files) - self.limit, time.time()
        for used, size, path in sorted(files):
            if excess > 0 or (path.endswith(UNFINISHED) and now - used > DAY):
                Path(path).unlink(missing_ok=True)
                excess -= size

    def _is_due(self) -> bool:
        """Whether much was written, or the folder was not looked through for a day."""
        looked = self.folder / "trimmed"
        due = self._written > self.limit * SOME or not looked.exists() or time.time() - looked.stat().st_mtime > DAY
        if due:
            looked.touch()
            self._written = 0
        return due

    def _load(self, name: str) -> tuple[bool, Any]:
        if self.folder is None:
            return False, None
        self._used.add(name)
        if name not in self._objects:
            content = self.read(name)
            if content is None:
                return False, None
            try:
                value = pickle.loads(content)
            except Exception:  # Whatever a damaged file makes pickle raise, it is a file to make anew.
                return False, None
            if self.remembers:
                self._objects[name] = value
            return True, value
        return True, self._objects[name]

    def _store(self, name: str, value: Any) -> None:
        if self.folder is None:
            return
        if self.remembers:
            self._objects[name] = value
        self.write(name, pickle.dumps(value, pickle.HIGHEST_PROTOCOL))

    def _path(self, name: str) -> str:
        return f"{self.folder}/{name[:2]}/{name}"


UNFINISHED = ".unfinished"


NOTHING_KEPT = Cache(None)


@lru_cache(maxsize=4)
def cache(folder: Path | None, remembers: bool) -> Cache:
    """The folder's cache, the same one for all builds of a preview."""
    return Cache(folder, remembers=remembers)
