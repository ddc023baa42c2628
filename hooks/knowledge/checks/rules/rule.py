"""A rule: something an editor may get wrong, with its reason, an example and the way to fix it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ...content.article import Translation
from ...content.library import Library
from ...core.decoding import text_of
from ...core.problems import Level, Problem


class Finding(NamedTuple):
    """What a rule has found."""

    where: Translation | str
    """The file; a data file by its path below `docs/`."""
    line: int
    message: str
    """What was found and what was expected."""
    fix: str
    near: str = ""
    """Text of that line at which the problem stands; its place there is the column."""
    column: int = 1
    """The column, where it is known already."""
    level: Level | None = None
    """How bad it is, where that is not as bad as the rule can be."""


Find = Callable[["Library", Path], Iterator[Finding | Problem]]


class Explanation(NamedTuple):
    """A rule in an editor's language."""

    reason: str
    fix: str


@dataclass(frozen=True)
class Rule:
    """One rule. A build stops at errors; `make check` also prints warnings."""

    id: str
    level: Level
    example: str
    """Markdown or YAML that breaks the rule, as it would stand in a file."""
    da: Explanation
    en: Explanation
    find: Find | None = None
    """None: the problem is found while files are read, before there is a library."""
    is_local: bool = False
    """Whether it looks at one article at a time, without its pictures and today's date."""
    is_firm: bool = True
    """Whether no reason in `allow:` silences it: it is not local, or the page could not be built."""

    def problems(self, library: Library, docs: Path) -> Iterator[Problem]:
        """What the rule finds in the content folder."""
        for found in self.find(library, docs) if self.find else ():
            if isinstance(found, Problem):
                yield found
                continue
            path, lines = _file(found.where, docs) if found.near else (_path(found.where), [])
            column = found.column
            if found.near and found.line <= len(lines):
                column = lines[found.line - 1].find(found.near) + 1 or 1
            yield Problem(
                f"docs/{path}", found.line, column, self.id, found.message, found.fix, found.level or self.level
            )


def rule(
    id: str,
    level: Level = "error",
    *,
    example: str,
    fix: str,
    da: tuple[str, str],
    is_local: bool = False,
    is_firm: bool = False,
) -> Callable[[Find], Rule]:
    """Make a rule of a function; its docstring is the reason.

    Args:
        fix: how to fix it, in English.
        da: reason and fix in Danish.
        is_local: see `Rule.is_local`.
        is_firm: see `Rule.is_firm`; of a local rule.
    """

    def make(find: Find) -> Rule:
        return Rule(
            id,
            level,
            example,
            Explanation(*da),
            Explanation(find.__doc__ or "", fix),
            find,
            is_local,
            is_firm or not is_local,
        )

    return make


def _path(where: Translation | str) -> str:
    return where if isinstance(where, str) else where.path


def _file(where: Translation | str, docs: Path) -> tuple[str, list[str]]:
    text = text_of(docs / where) if isinstance(where, str) else where.head + where.body
    return _path(where), text.split("\n")
