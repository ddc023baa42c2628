"""The cache: what is slow to make and depends on its name alone, kept between builds.

A name holds a hash of all that the content is made of, so nothing in it is ever out of date, and the
whole folder may be deleted at any time.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile


@dataclass(frozen=True)
class Cache:
    """A folder of files."""

    folder: Path

    def get(self, name: str, make: Callable[[], bytes]) -> bytes:
        """The content of that name, made where it is not there yet."""
        return self.file(name, make).read_bytes()

    def file(self, name: str, make: Callable[[], bytes]) -> Path:
        """The file of that name, for whoever wants a path."""
        path = self.folder / name
        if not path.is_file():
            self.folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self.folder, delete=False) as unfinished:
                unfinished.write(make())
            os.replace(unfinished.name, path)  # Never half a file, whoever else builds at the same time.
        return path
