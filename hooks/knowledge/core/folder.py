"""A folder's files, without what programs leave beside them."""

from __future__ import annotations

from pathlib import Path


def files_in(folder: Path, *patterns: str) -> list[Path]:
    """What fits any of these patterns below a folder, by path; hidden files are locks and copies of programs."""
    found = {path for pattern in patterns for path in folder.glob(pattern)}
    return sorted(path for path in found if not path.name.startswith("."))
