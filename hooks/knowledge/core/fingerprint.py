"""Fingerprints: short names of what something is made of, for the cache."""

from __future__ import annotations

import hashlib
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic_core import PydanticSerializationError, to_json


def digest(*values: Any) -> str:
    """The name of these values: of texts, bytes, numbers, dates, lists, mappings, dataclasses and models of them.

    A set has no order: give it sorted, or the next process calls it otherwise.

    Raises:
        TypeError: for a value of any other kind.
    """
    try:
        return hashlib.sha256(to_json(values, bytes_mode="base64")).hexdigest()
    except PydanticSerializationError as error:
        raise TypeError(f"this has no fingerprint: {error}") from None


def checksum(content: bytes) -> str:
    """The name of a file's content; quicker than `digest` for a long one."""
    return hashlib.sha256(content).hexdigest()


def checksum_of(path: str | Path) -> str:
    """The name of what a file holds; empty where it is gone, or no file."""
    try:
        return checksum(Path(path).read_bytes())
    except OSError:
        return ""


@lru_cache(maxsize=1)
def libraries() -> str:
    """The name of this Python and of everything that is installed where it looks, an environment's own or not."""
    return digest(sys.version, sorted({found.name for place in sys.path for found in Path(place).glob("*.*-info")}))


@lru_cache(maxsize=1)
def code() -> str:
    """The name of the hooks as they were when this process began, and of all libraries."""
    return digest(contents(Path(__file__).parents[2]), libraries())


def contents(*folders: Path) -> str:
    """The name of everything that the folders hold."""
    return digest(
        [
            (path.relative_to(folder).as_posix(), path.read_bytes())
            for folder in folders
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.suffix != ".pyc"
        ]
    )
