"""The cache: what is slow to make, kept between builds in one file that may be deleted at any time.

A key is a hash of everything that the value is made of, so nothing in the file is ever out of date.
Where all of that is known only afterwards (a text's links, a page's related list), the queries made
meanwhile are recorded with fingerprints of their answers. The next build asks the same queries in
the same order and stops at the first answer that differs: a later query may make sense only under
the earlier answers (a card of an article that a related list named, and that is gone).

The file holds data, never code: values are typed dataclasses in MessagePack, each row with a
checksum. Whatever is wrong with the file or its folder, a build goes on without it and says so.

Source: “verifying” and “constructive traces” in Mokhov, Mitchell & Peyton Jones (2018), doi:10.1145/3236774.
SQLite is quicker to write than thousands of files, is never half written, and lets two builds use one file.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
import zlib
from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import cache as memoize
from functools import cached_property, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar, cast

import msgspec
from pydantic import BaseModel

from .fingerprint import digest

LIMIT = 3_000_000_000
"""Bytes; above it, what has not been used for longest goes. 5,000 articles a language need half as many, and with less
than they need each build would make anew what the one before threw away."""
DAY = 24 * 3600
"""Seconds after which a use is noted again."""
WAIT = 60
"""Seconds that one build waits for another to write."""
BATCH = 8_000_000
"""Bytes that are written together; a build that is killed loses so much. Each time, SQLite writes every page of its
index that names one of the rows: with 32 rows at a time it wrote 1 GB to keep 200 MB."""
TOGETHER = 500
"""Rows that are read at once."""
PAGE = 16_384
"""Bytes of SQLite's pages."""
VERSION = 3
"""Of the file; one of another version is begun anew."""
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

T = TypeVar("T")
Ask = Callable[..., Any]
"""Asks a query: what is asked, and about what; words, numbers and truth values."""


@dataclass(frozen=True)
class Trace:
    """The queries that led to a value, with the fingerprints of their answers, in order, and the value's key."""

    dependencies: tuple[tuple[tuple[Any, ...], str], ...]
    key: str

    def is_verified(self, fingerprint_of: Callable[..., str]) -> bool:
        """Whether every answer is what it was; asking stops at the first that is not."""
        try:
            return all(fingerprint_of(*query) == known for query, known in self.dependencies)
        except LookupError:  # What it asks about is gone.
            return False


@dataclass(eq=False)
class Cache:
    """Values by key in a file, and, while a preview runs, in memory too."""

    file: Path | None
    """None: nothing is kept."""
    limit: int = LIMIT
    remembers: bool = False
    """Whether values stay in memory for the next build of this process."""
    _pending: dict[str, bytes] = field(default_factory=dict)
    """Rows that are not written yet."""
    _waiting: int = 0
    """Bytes of them."""
    _ahead: dict[str, tuple[int, int, bytes]] = field(default_factory=dict)
    """Rows that were read ahead, until they are asked for."""
    _values: dict[str, Any] = field(default_factory=dict)
    _same: dict[str, Any] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)
    _used_again: set[str] = field(default_factory=set)

    # --- Bytes ------------------------------------------------------------------------------

    def read(self, key: str) -> bytes | None:
        """The row of that key, if it is there and whole."""
        if self.file is None or key in self._pending:
            return self._pending.get(key)
        if key not in self._ahead:
            self._read_ahead([key])
        used, check, content = self._ahead.pop(key, (None, None, None))
        if not (isinstance(content, bytes) and isinstance(used, int) and check == _checksum(key, content)):
            return None
        if abs(time.time() - used) > DAY:  # or of a clock that was ahead: nothing would be newer
            self._used_again.add(key)
        return content

    def read_ahead(self, keys: Iterable[str]) -> None:
        """Read many rows at once, which will be asked for one by one."""
        wanted = [key for key in keys if key not in self._values and key not in self._pending]
        for i in range(0, len(wanted), TOGETHER):
            self._read_ahead(wanted[i : i + TOGETHER])

    def _read_ahead(self, keys: Sequence[str]) -> None:
        marks = ",".join("?" * len(keys))
        rows = self._run(f"SELECT name, used, checked, content FROM kept WHERE name IN ({marks})", *keys)
        self._ahead |= {name: tuple(row) for name, *row in rows}

    def write(self, key: str, content: bytes) -> None:
        """Keep a row under its key, in place of another."""
        self._ahead.pop(key, None)
        if self.file is not None:
            self._pending[key] = content
            self._waiting += len(content)
            if self._waiting >= BATCH:
                self._flush()

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The row of that key, made where it is not there yet."""
        content = self.read(key)
        if content is None:
            content = make()
            self.write(key, content)
        return content

    # --- Values -----------------------------------------------------------------------------

    def value(self, key: str, shape: type[T], make: Callable[[], T]) -> T:
        """A value that nobody changes, made where it is not there yet."""
        value = self.load(key, shape)
        if value is None:
            value = make()
            self.store(key, value)
        return value

    def has(self, key: str) -> bool:
        """Whether there is a row of that key."""
        return key in self._values or self.read(key) is not None

    def load(self, key: str, shape: type[T]) -> T | None:
        """The value of that key and type, if there is one."""
        if self.file is None:
            return None
        self._used.add(key)
        if key in self._values:
            return self._values[key]
        content = self.read(key)
        if content is None:
            return None
        try:
            value = _decoder(shape).decode(content)  # type: ignore[arg-type]  # A type can be hashed.
        except (msgspec.MsgspecError, ValueError):  # Another version of us wrote it.
            return None
        if self.remembers:
            self._values[key] = value
        return value

    def same(self, name: str, value: T) -> T:
        """In a preview the value of that name of the build before, if it was equal, with what it has worked out."""
        if not self.remembers:
            return value
        if self._same.get(name) != value:
            self._same[name] = value
        return cast(T, self._same[name])

    def store(self, key: str, value: Any) -> None:
        """Keep a value under its key, in place of another."""
        if self.file is not None:
            if self.remembers:
                self._values[key] = value
            self.write(key, _ENCODER.encode(value))

    def traced(
        self,
        name: str,
        shape: type[T],
        ask: Ask,
        make: Callable[[Ask], tuple[T, bool]],
        fingerprint_of: Callable[..., str],
        is_up_to_date: Callable[[str], bool] = lambda key: False,
        key: str | None = None,
    ) -> tuple[T | None, str | None]:
        """A value that also depends on the queries that making it asks.

        Args:
            name: of everything else that it depends on.
            make: is given `ask`, and returns the value and whether it may be kept.
            fingerprint_of: the fingerprint of a query's answer.
            is_up_to_date: whether the output already holds the value with this key.
            key: what `traced_key` has said, where it was asked.

        Returns:
            The value, or None where the output holds it; and its key, if it is kept.
        """
        key = key or self.traced_key(name, fingerprint_of)
        if key:
            if is_up_to_date(key):
                return None, key
            if (kept := self.load(key, shape)) is not None:
                return kept, key
        queries: dict[tuple[Hashable, ...], None] = {}

        def record(*query: Hashable) -> Any:
            queries[query] = None
            return ask(*query)

        value, may_be_kept = make(record)
        if not may_be_kept:
            return value, None
        dependencies = tuple((query, fingerprint_of(*query)) for query in queries)
        key = digest(name, [known for _, known in dependencies])
        self.store(name, Trace(dependencies, key))
        self.store(key, value)
        return value, key

    def traced_key(self, name: str, fingerprint_of: Callable[..., str]) -> str | None:
        """The key of a traced value whose dependencies are as they were, or None."""
        trace = self.load(name, Trace)
        return trace.key if trace and trace.is_verified(fingerprint_of) else None

    # --- The file ---------------------------------------------------------------------------

    def trim(self, most: int = LIMIT) -> None:
        """At the end of a build: keep the file below its limit, and in memory what this build used.

        Args:
            most: bytes that it may hold, if fewer than its limit.
        """
        self._values = {key: self._values[key] for key in self._used & self._values.keys()}
        self._used.clear()
        self._flush()
        for key in self._used_again:
            self._run("UPDATE kept SET used = ? WHERE name = ?", int(time.time()), key)
        self._used_again.clear()
        while self._size() > min(self.limit, most):
            self._run(OLDEST_GO, int(time.time()) + DAY)
        self.close()

    def close(self) -> None:
        """Write what is pending, and leave the file to others until it is used again."""
        self._flush()
        self._ahead.clear()
        self._disconnect()

    def __del__(self) -> None:
        """Leave the file when nobody knows of the cache any more; Python 3.13 warns of an open connection."""
        self._disconnect()

    def _disconnect(self) -> None:
        if table := self.__dict__.pop("_connection", None):
            table.close()

    def _size(self) -> int:
        """Bytes of the file that are in use; what is deleted leaves room for what comes."""
        names = ("page_count", "freelist_count", "page_size")
        pages, free, size = ((self._run(f"PRAGMA {name}") or [(0,)])[0][0] for name in names)
        return (pages - free) * size

    @cached_property
    def _connection(self) -> sqlite3.Connection:
        assert self.file is not None  # Who has none does not come here.
        if not self.file.exists():
            self._begin()
        # The threads of a preview take turns.
        table = sqlite3.connect(self.file, isolation_level=None, timeout=WAIT, check_same_thread=False)
        try:
            table.execute("PRAGMA synchronous = NORMAL")
            ((version,),) = table.execute("PRAGMA user_version").fetchall()
            if version != VERSION:
                raise sqlite3.DatabaseError(f"it is of version {version}, not {VERSION}")
        except sqlite3.Error:
            table.close()
            raise
        return table

    def _begin(self) -> None:
        """Put a file in its place whole: SQLite does not wait for others while it changes a file's kind of journal."""
        assert self.file is not None
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=self.file.parent) as folder:
            new = Path(folder, self.file.name)
            with closing(sqlite3.connect(new, isolation_level=None)) as table:
                table.execute(f"PRAGMA page_size = {PAGE}")
                with suppress(sqlite3.OperationalError):  # Some file systems of networks have no write-ahead log.
                    table.execute("PRAGMA journal_mode = WAL")
                table.execute(f"PRAGMA user_version = {VERSION}")
                table.execute(TABLE)
            try:
                os.link(new, self.file)
            except FileExistsError:
                pass
            except OSError:  # no hard links here
                os.replace(new, self.file)

    def _flush(self) -> None:
        pending, self._pending, self._waiting = self._pending, {}, 0
        if pending and self.file is not None:
            now = int(time.time())
            rows = [(key, now, _checksum(key, content), content) for key, content in pending.items()]
            self._try(lambda table: _replace(table, rows))

    def _run(self, command: str, *values: Any) -> list[tuple]:
        return self._try(lambda table: table.execute(command, values).fetchall()) or []

    def _try(self, act: Callable[[sqlite3.Connection], Any]) -> Any:
        """Use the file; one that is damaged or of another version is begun anew, once."""
        if self.file is None:
            return None
        try:
            return act(self._connection)
        except (sqlite3.Error, OSError) as error:
            if not _is_damaged(error):
                return self._give_up(error)
            print(f"The cache {self.file.name} is begun anew: {error}", file=sys.stderr)
        try:
            self._disconnect()
            for end in ("", "-wal", "-shm"):
                Path(f"{self.file}{end}").unlink(missing_ok=True)
            return act(self._connection)
        except (sqlite3.Error, OSError) as error:
            return self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        """Go on without the file."""
        assert self.file is not None
        print(f"This build goes on without its cache {self.file.name}: {error}", file=sys.stderr)
        with suppress(sqlite3.Error):
            self._disconnect()
        self.file, self._pending = None, {}


def _is_damaged(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, sqlite3.DatabaseError) and (code in DAMAGED or code is None or "no such" in str(error))


def _replace(table: sqlite3.Connection, rows: list[tuple[str, int, int, bytes]]) -> None:
    with table:
        table.execute("BEGIN IMMEDIATE")
        table.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", rows)


def _checksum(key: str, content: bytes) -> int:
    return zlib.crc32(content, zlib.crc32(key.encode()))


def _encoded(value: Any) -> Any:
    """A Pydantic model, with its class's name, since a field may hold a subclass."""
    if isinstance(value, BaseModel):
        return type(value).__name__, value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    raise NotImplementedError(f"{type(value).__name__} is no data")


def _decoded(shape: type, value: Any) -> Any:
    if not issubclass(shape, BaseModel):
        raise NotImplementedError(f"{shape.__name__} is no data")
    name, data = value
    return _models(shape)[name].model_validate(data)


@memoize
def _models(shape: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """A model and its subclasses, by name."""
    below = (model for sub in shape.__subclasses__() for model in _models(sub).values())
    return {model.__name__: model for model in (shape, *below)}


@memoize
def _decoder(shape: Any) -> msgspec.msgpack.Decoder:
    return msgspec.msgpack.Decoder(shape, dec_hook=_decoded)


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_encoded)
TABLE = "CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, used INTEGER, checked INTEGER, content BLOB)"
OLDEST_GO = """
DELETE FROM kept WHERE name IN
(SELECT name FROM kept ORDER BY used < ?, used LIMIT max(1, (SELECT count(*) FROM kept) / 10))
"""
NO_CACHE = Cache(None)


@lru_cache(maxsize=4)
def cache(file: Path | None, remembers: bool) -> Cache:
    """The file's cache, the same one for all builds of a preview."""
    return Cache(file, remembers=remembers)
