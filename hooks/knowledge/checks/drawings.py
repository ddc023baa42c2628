"""The drawings beside the pages: each is read whole, since a drawing can hold programs."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ..content import svg
from ..content.library import Library
from ..core.cache import NO_CACHE, Cache
from ..core.fingerprint import checksum, code, digest
from ..core.problems import Problem

RULE = "drawing"


def drawings(library: Library, docs: Path, kept: Cache = NO_CACHE) -> list[Problem]:
    """What is wrong with the SVG files below `docs/`."""
    covers = {article.cover for article in library.articles.values() if article.kind in ("article", "topic")}
    found: list[Problem] = []
    for path in sorted(name for name in library.media if name.endswith(".svg")):
        try:
            data = (docs / path).read_bytes()
        except OSError:  # It is gone since it was listed.
            continue
        size = svg.COVER if path in covers else None
        name = digest("drawing", code(), path, size, checksum(data))
        found += kept.value(name, list[Problem], partial(_problems, data, path, size))
    return found


def _problems(data: bytes, path: str, size: tuple[int, int] | None) -> list[Problem]:
    return [Problem(f"docs/{path}", line, 1, RULE, message, fix) for line, message, fix in svg.faults(data, size)]
