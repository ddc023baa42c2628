"""The output: the site's folder, in which a file that is right already is not written again."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ..core.cache import Cache
from ..core.fingerprint import digest

Stamp = tuple[str, int, int]
"""A page's name in the cache, and its file's size in bytes and time of change in nanoseconds."""


@dataclass
class Output:
    """The folder while a build fills it."""

    folder: Path
    kept: Cache
    _paths: set[str] = field(default_factory=set)
    _stamps: dict[str, Stamp] = field(default_factory=dict)
    """Of pages that stand."""
    names: dict[str, str] = field(default_factory=dict)
    """Each page's name in the cache, which says what it was made of."""

    def stands(self, path: str, name: str) -> bool:
        """Whether a page is there already, and nobody has touched it since: then nothing needs to read it."""
        self._paths.add(path)
        self.names[path] = name
        stamp = self._stamp(path)
        if stamp is None or self._before.get(path) != stamp:
            return False
        self._stamps[path] = stamp
        return True

    def name(self, path: str, name: str) -> None:
        """Take a page's name, which is known once it is made."""
        self.names[path] = name

    @cached_property
    def _before(self) -> dict[str, Stamp]:
        """How the last build left the pages."""
        return self.kept.object(self._place, dict)

    def _stamp(self, path: str) -> Stamp | None:
        try:
            found = os.stat(f"{self.folder}/{path}")
        except OSError:
            return None
        return self.names[path], found.st_size, found.st_mtime_ns

    @cached_property
    def _place(self) -> str:
        """The folder by its number in the file system, which stays when it is renamed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        found = os.stat(self.folder)
        return digest("output", found.st_dev, found.st_ino)

    def __contains__(self, path: str) -> bool:
        """Whether this build has seen to the file already."""
        return path in self._paths

    def has(self, path: str, content: bytes) -> bool:
        """Whether the file, which is part of the site, is right already."""
        self._paths.add(path)
        try:
            with open(f"{self.folder}/{path}", "rb") as file:
                return os.fstat(file.fileno()).st_size == len(content) and file.read() == content
        except OSError:
            return False

    def write(self, path: str, content: bytes) -> None:
        """Write a file of the site, unless it is right already."""
        if not self.has(path, content):
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def close(self) -> None:
        """Note how the pages were left."""
        self.kept.store(self._place, {path: self._stamps.get(path) or self._stamp(path) for path in self.names})

    def sweep(self) -> None:
        """Remove what an earlier build wrote and this one did not; hidden files of the folder are not ours."""
        start = len(os.path.join(self.folder, ""))
        for folder, names, files in os.walk(self.folder):
            if len(folder) < start:
                names[:] = [name for name in names if not name.startswith(".")]
                files = [name for name in files if not name.startswith(".")]
            below = folder[start:].replace(os.sep, "/")
            gone = [name for name in files if (f"{below}/{name}" if below else name) not in self._paths]
            for name in gone:
                os.unlink(os.path.join(folder, name))
            if gone and not os.listdir(folder) and len(folder) > start:
                os.removedirs(folder)
