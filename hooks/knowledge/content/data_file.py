"""A data file: its records, where each value stands, and what it says to readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..core.decoding import decode
from ..core.document import Document, read_document
from ..core.language import Languages
from ..core.placeholder import filled
from ..core.problems import Problem
from .files import A_FOLDER
from .passage import Passage, passage
from .record import for_site, seen_nodes, validated
from .shape import is_text


@dataclass(frozen=True)
class DataFile:
    """A data file as it was read."""

    records: Any = None
    """None where there are none, or they cannot be understood."""
    problems: tuple[Problem, ...] = ()
    document: Document | None = None
    passages: tuple[Passage, ...] = ()
    """What it says to readers."""

    def line(self, *path: str | int) -> int:
        """The line of a value, or of the closest record around it that is there."""
        return self.document.line(path) if self.document else 1


def read_data_file(docs: Path, name: str, shape: Any, languages: Languages, values: Mapping[str, str]) -> DataFile:
    """Read a file of records of a shape below the content folder, which may be missing; placeholders have values."""
    path, file = docs / name, f"docs/{name}"
    if not path.exists():
        return DataFile()
    try:
        data = path.read_bytes()
    except OSError as error:
        message, fix = f"it cannot be read: {error.strerror}", "let everybody read it"
        if path.is_dir():
            message, fix = A_FOLDER
        return DataFile(problems=(Problem(file, 1, 1, "data", message, fix),))
    source, problems = decode(data, file, "data")
    if source is None:
        return DataFile(problems=tuple(problems))
    read = _read(source, name, for_site(shape, languages), languages, tuple(values.items()))
    return replace(read, problems=(*problems, *read.problems))


@lru_cache(maxsize=64)
def _read(source: str, name: str, shape: Any, languages: Languages, values: tuple[tuple[str, str], ...]) -> DataFile:
    """Once for each state of a file, as a preview reads all of them at every save."""
    document = read_document(source, f"docs/{name}", "data", is_text=is_text(shape))
    document.values = filled(document.values, dict(values))
    records = validated(shape, document, shape()) if not document.problems else None
    lines = source.split("\n")
    seen = seen_nodes(document.root, shape, languages) if not document.problems else ()
    passages = tuple(passage(name, lang, node, lines, 1) for lang, node, mark in seen if mark.is_spelled)
    return DataFile(records, tuple(document.problems), document, passages)
