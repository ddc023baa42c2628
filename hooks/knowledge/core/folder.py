"""A folder: its files without what programs leave beside them, and paths as they are seen from it."""

from __future__ import annotations

import os
from pathlib import Path


def files_in(folder: Path, *patterns: str) -> list[Path]:
    """What fits any of these patterns below a folder, by path; hidden files are locks and copies of programs."""
    found = {path for pattern in patterns for path in folder.glob(pattern)}
    return sorted(path for path in found if not path.name.startswith("."))


def path_from(folder: Path, path: Path | str) -> str:
    """A path as it is seen from a folder, such as `../docs/index.da.md`, on any system."""
    return os.path.relpath(path, folder).replace(os.sep, "/")
