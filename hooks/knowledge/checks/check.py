"""Everything that is wrong with the content, whoever asks: the build, `make check` or the preview."""

from __future__ import annotations

from pathlib import Path

from ..content.library import Library
from ..content.published import vanished
from ..core.cache import NOTHING_KEPT, Cache
from ..core.problems import Problem
from . import rules


def check(docs: Path, kept: Cache = NOTHING_KEPT, with_spelling: bool = False) -> tuple[Library, list[Problem]]:
    """Read the content folder and look through it.

    Args:
        kept: what was read and found in the same files before.
        with_spelling: whether to look for what needs the dictionaries, too.

    Returns:
        What could be understood of it, and its problems by file and line.
    """
    library, problems = Library.read(docs, kept)
    problems += rules.problems(library, docs, kept=kept) + vanished(library, docs.parent / "published")
    if with_spelling:
        problems += rules.problems(library, docs, rules.CHECKS)
    return library, sorted(set(problems))
