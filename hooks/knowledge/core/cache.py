"""The cache: what is slow to make, kept between builds in one file that may be deleted at any time.

A name is a hash of everything that the content is made of, so nothing in the file is ever out of
date. Where all of that is known only afterwards (a text's links, a page's related list), what was
asked meanwhile is kept too: the next build asks the same first, and the answers are part of the name.

Source of the second kind: “constructive traces” in Mokhov, Mitchell & Peyton Jones (2018), doi:10.1145/3236774.
SQLite is quicker to write than thousands of files, is never half written, and lets two builds use one file. It is
quickest where several contents are written at once, in pages that hold one each.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
import time
from collections.abc import Callable, Hashable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import ne
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from .fingerprint import digest

LIMIT = 1_000_000_000
"""Bytes; above it, what has not been used for longest goes."""
DAY = 24 * 3600
"""Seconds after which a use is noted again."""
WAIT = 60
"""Seconds that one build waits for another to write."""
AT_ONCE = 32
"""Contents that are written together; a build that is killed loses so many."""
PAGE = 16_384
"""Bytes of SQLite's pages."""
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

Question = tuple[Hashable, ...]
"""What is asked, and about what."""
Ask = Callable[..., Any]


@dataclass(eq=False)
class Cache:
    """Contents by name in a file, and, while a preview runs, their objects in memory."""

    file: Path | None
    """None: nothing is kept."""
    limit: int = LIMIT
    remembers: bool = False
    """Whether objects stay in memory for the next build of this process."""
    made: int = 0
    """How often something was kept that had not been there."""
    _waiting: dict[str, bytes] = field(default_factory=dict)
    """Contents that are not written yet."""
    _objects: dict[str, Any] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)
    _used_again: set[str] = field(default_factory=set)

    def read(self, name: str) -> bytes | None:
        """The content of that name, if it is there."""
        if self.file is None or name in self._waiting:
            return self._waiting.get(name)
        for used, content in self._run("SELECT used, content FROM kept WHERE name = ?", name):
            if time.time() - used > DAY:
                self._used_again.add(name)
            return content
        return None

    def write(self, name: str, content: bytes) -> None:
        """Keep a content under its name."""
        if self.file is not None:
            self.made += 1
            self._waiting[name] = content
            if len(self._waiting) >= AT_ONCE:
                self._write()

    def get(self, name: str, make: Callable[[], bytes]) -> bytes:
        """The content of that name, made where it is not there yet."""
        content = self.read(name)
        if content is None:
            content = make()
            self.write(name, content)
        return content

    def object(self, name: str, make: Callable[[], Any]) -> Any:
        """An object that nobody changes, made where it is not there yet."""
        found, value = self._load(name)
        if not found:
            value = make()
            self.store(name, value)
        return value

    def traced(
        self,
        name: str,
        ask: Ask,
        make: Callable[[Ask], tuple[Any, bool]],
        known_by: Callable[..., Any] | None = None,
        is_small: bool = False,
        stands: Callable[[str], bool] = lambda known: False,
    ) -> tuple[Any, str | None]:
        """An object that also depends on what `make` asks: it is kept by what was asked, and the answers.

        Args:
            make: is given `ask`, and returns the object and whether it may be kept.
            known_by: gives an answer's fingerprint, where that is quicker to tell apart than the answer.
            is_small: whether the last object stands beside what was asked, so that one look finds both.
            stands: whether nobody needs the object that is kept under a name.

        Returns:
            The object, or None where nobody needs it, and the name under which it is kept, if it is.
        """
        known_by = known_by or ask
        known, beside = self._trace(name, known_by)
        if known and stands(known):
            return None, known
        if known in beside:
            return beside[known], known
        if known and not is_small:
            found, value = self._load(known)
            if found:
                return value, known
        noted: dict[Question, None] = {}

        def note(*question: Hashable) -> Any:
            noted[question] = None
            return ask(*question)

        known = None
        value, may_be_kept = make(note)
        if may_be_kept:
            known = digest(name, [known_by(*question) for question in noted])
            self.store(name, (tuple(noted), {known: value} if is_small else {}))
            if not is_small:
                self.store(known, value)
        return value, known

    def known(self, name: str, known_by: Callable[..., Any]) -> str | None:
        """The name under which a traced object is kept, if it is; None if nobody knows what it asks."""
        return self._trace(name, known_by)[0]

    def _trace(self, name: str, known_by: Callable[..., Any]) -> tuple[str | None, dict[str, Any]]:
        """The name under which a traced object is kept, and small ones themselves by their names."""
        found, trace = self._load(name)
        if not found:
            return None, {}
        asked, beside = trace
        return digest(name, [known_by(*question) for question in asked]), beside

    def latest(self, name: str, make: Callable[[Any], Any], is_worth: Callable[[Any, Any], bool] = ne) -> Any:
        """An object that is quicker to make from one of an earlier build, whatever that was; None at first.

        Args:
            is_worth: whether the new one is to be kept in place of the one before.
        """
        _, before = self._load(name)
        value = make(before)
        if is_worth(value, before):
            self.store(name, value)
        return value

    def trim(self) -> None:
        """At the end of a build: keep the file below its limit, and in memory what this build used."""
        self._objects = {name: self._objects[name] for name in self._used & self._objects.keys()}
        self._used.clear()
        if self.file is None:
            return
        self._write()
        for name in self._used_again:
            self._run("UPDATE kept SET used = ? WHERE name = ?", int(time.time()), name)
        self._used_again.clear()
        while self._size() > self.limit:
            self._run(OLDEST_GO)
        self.close()

    def close(self) -> None:
        """Write what waits, and leave the file to others until it is used again."""
        self._write()
        self._leave()

    def _leave(self) -> None:
        if table := self.__dict__.pop("_table", None):
            table.close()

    def _size(self) -> int:
        """Bytes of the file that are in use; what is deleted leaves room for what comes."""
        names = ("page_count", "freelist_count", "page_size")
        pages, free, size = (self._run(f"PRAGMA {name}")[0][0] for name in names)
        return (pages - free) * size

    @cached_property
    def _table(self) -> sqlite3.Connection:
        if not self.file.exists():
            self._begin()
        table = sqlite3.connect(self.file, isolation_level=None, timeout=WAIT)
        table.execute("PRAGMA synchronous = NORMAL")
        table.execute(TABLE)
        return table

    def _begin(self) -> None:
        """Put a file in its place whole: SQLite does not wait for others while it changes a file's kind of journal."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=self.file.parent) as folder:
            new = Path(folder, self.file.name)
            with closing(sqlite3.connect(new, isolation_level=None)) as table:
                table.execute(f"PRAGMA page_size = {PAGE}")
                with suppress(sqlite3.OperationalError):  # Some file systems of networks have no write-ahead log.
                    table.execute("PRAGMA journal_mode = WAL")
                table.execute(TABLE)
            try:
                os.link(new, self.file)
            except FileExistsError:
                pass
            except OSError:  # no hard links here
                os.replace(new, self.file)

    def _write(self) -> None:
        waiting, self._waiting = self._waiting, {}
        now = int(time.time())
        if waiting:
            self._try(lambda table: _replace(table, [(name, now, content) for name, content in waiting.items()]))

    def _run(self, command: str, *values: Any) -> list[tuple]:
        return self._try(lambda table: table.execute(command, values).fetchall())

    def _try(self, act: Callable[[sqlite3.Connection], Any]) -> Any:
        try:
            return act(self._table)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", None) not in DAMAGED:
                raise
        self._leave()
        for end in ("", "-wal", "-shm"):
            Path(f"{self.file}{end}").unlink(missing_ok=True)
        return act(self._table)

    def _load(self, name: str) -> tuple[bool, Any]:
        if self.file is None:
            return False, None
        self._used.add(name)
        if name not in self._objects:
            content = self.read(name)
            if content is None:
                return False, None
            try:
                value = pickle.loads(content)
            except Exception:  # Whatever damaged content makes pickle raise, it is to be made anew.
                return False, None
            if self.remembers:
                self._objects[name] = value
            return True, value
        return True, self._objects[name]

    def store(self, name: str, value: Any) -> None:
        """Keep an object under its name, in place of another."""
        if self.file is None:
            return
        if self.remembers:
            self._objects[name] = value
        self.write(name, pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


def _replace(table: sqlite3.Connection, rows: list[tuple[str, int, bytes]]) -> None:
    with table:
        table.execute("BEGIN IMMEDIATE")
        table.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)


TABLE = "CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, used INTEGER, content BLOB)"
OLDEST_GO = """
DELETE FROM kept WHERE name IN
(SELECT name FROM kept ORDER BY used LIMIT max(1, (SELECT count(*) FROM kept) / 10))
"""
NOTHING_KEPT = Cache(None)


@lru_cache(maxsize=4)
def cache(file: Path | None, remembers: bool) -> Cache:
    """The file's cache, the same one for all builds of a preview."""
    return Cache(file, remembers=remembers)
