"""Fingerprints: short names of what something is made of, for the cache."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sys
import sysconfig
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel


def digest(*values: Any) -> str:
    """The name of these values: of texts, bytes, numbers, dates, lists, mappings, dataclasses and models of them.

    Raises:
        TypeError: for a value of any other kind; two different ones might look the same.
    """
    return hashlib.sha256(json.dumps(values, default=_plain, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()


@lru_cache(maxsize=1)
def libraries() -> str:
    """The name of this Python and of everything that is installed beside it."""
    places = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    return digest(sys.version, sorted(p.name for place in places for p in Path(place).glob("*.dist-info")))


@lru_cache(maxsize=1)
def code() -> str:
    """The name of the hooks as they were when this process began, and of all libraries."""
    return digest(files(Path(__file__).parent.parent), libraries())


def files(*folders: Path) -> str:
    """The name of everything that the folders hold."""
    return digest(
        [
            (path.relative_to(folder).as_posix(), path.read_bytes())
            for folder in folders
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.suffix != ".pyc"
        ]
    )


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return [type(value).__name__, value.__dict__]
    if is_dataclass(type(value)):
        return [type(value).__name__, _parts(value)]
    if isinstance(value, bytes):
        return ["bytes", hashlib.sha256(value).hexdigest()]
    if isinstance(value, (frozenset, set)):
        return ["set", sorted(value)]
    if isinstance(value, (dt.date, Path)):
        return [type(value).__name__, str(value)]
    if hasattr(value, "keys"):
        return ["mapping", dict(value)]
    raise TypeError(f"a {type(value).__name__} has no fingerprint: keep it out of the view, or teach it to `_plain`")


def _parts(value: Any) -> list[Any]:
    return [getattr(value, name) for name in _names(type(value))]


@lru_cache(maxsize=256)
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
