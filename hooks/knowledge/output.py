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
        file = self.folder / path
        try:
            return os.path.getsize(file) == len(content) and file.read_bytes() == content
        except OSError:
            return False

    def write(self, path: str, content: bytes) -> None:
        """Write a file of the site, unless it is right already."""
        if not self.has(path, content):
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def sweep(self) -> None:
        """Remove what an earlier build wrote and this one did not."""
        for folder, _, names in os.walk(self.folder, topdown=False):
            for name in names:
                file = Path(folder, name)
                if file.relative_to(self.folder).as_posix() not in self._paths:
                    file.unlink()
            if not os.listdir(folder) and Path(folder) != self.folder:
                os.rmdir(folder)
