"""The output: the site's folder, in which a file that is right already is not written again."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Output:
    """The folder while a build fills it."""

    folder: Path
    _paths: set[str] = field(default_factory=set)

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

    def keep(self, folder: str) -> None:
        """Take what somebody else has written into a folder of the site for a part of it."""
        self._paths.update(path.relative_to(self.folder).as_posix() for path in (self.folder / folder).rglob("*"))

    def sweep(self) -> None:
        """Remove what an earlier build wrote and this one did not; hidden files of the folder are not ours."""
        start = len(os.path.join(self.folder, ""))
        for folder, names, files in os.walk(self.folder):
            if len(folder) < start:
                names[:] = [name for name in names if not name.startswith(".")]
                files = [name for name in files if not name.startswith(".")]
            gone = [path for name in files if (path := os.path.join(folder, name))[start:] not in self._paths]
            for path in gone:
                os.unlink(path)
            if gone and not os.listdir(folder) and len(folder) > start:
                os.removedirs(folder)
