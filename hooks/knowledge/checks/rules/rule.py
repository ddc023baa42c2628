"""A rule: something an editor may get wrong, and how it is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ...content.article import Translation
from ...content.library import Library
from ...content.passage import Passage, passage_below, passages_above
from ...content.record import seen_texts
from ...core.decoding import text_of
from ...core.language import Language
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

    @classmethod
    def at(cls, passage: Passage, start: int, message: str, fix: str) -> Finding:
        """What was found at a character of a text."""
        line, column = passage.place_at(start)
        return cls(passage.where, line, message, fix, column=column)


Find = Callable[["Library", Path], Iterator[Finding | Problem]]


@dataclass(frozen=True)
class Rule:
    """One rule. A build stops at errors; `make check` also prints warnings."""

    id: str
    """By which `overrides/strings/rules.LANG.yml` explains it."""
    level: Level
    find: Find
    is_local: bool = False
    """Whether it looks at one article at a time, without its pictures and today's date."""
    reads: tuple[str, ...] = ()
    """What else such a rule reads of the library, by name: what it has found is kept until that changes."""
    is_firm: bool = True
    """Whether no reason in `allow:` silences it: it is not local, or the page could not be built."""
    find_in_data: Find | None = None
    """Of a local rule: what finds the same in the data files."""

    def problems(self, library: Library, docs: Path) -> Iterator[Problem]:
        """What the rule finds in the content folder."""
        for found in self.find(library, docs):
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
    id: str, level: Level = "error", is_local: bool = False, reads: str = "", is_firm: bool = False
) -> Callable[[Find], Rule]:
    """Make a rule of a function."""
    return lambda find: Rule(id, level, find, is_local, tuple(reads.split()), is_firm or not is_local)


def passage_rule(
    id: str, level: Level = "error", may_hold: Callable[[str, Language], object] = lambda text, lang: True
) -> Callable[[Callable[[Passage], Iterator[Finding]]], Rule]:
    """Make a rule of what finds mistakes in running text, wherever readers see any: in a page's text, above it, and in
    the data files.

    Args:
        may_hold: a glance at what stands above a text, at the text, or at one of a data file; of most it says no.
    """

    def made(found_in: Callable[[Passage], Iterator[Finding]]) -> Rule:
        def find(library: Library, docs: Path) -> Iterator[Finding]:
            for translation in library.translations():
                above = "\n".join(text for _, text, _ in seen_texts(translation.words))
                if may_hold(above, translation.lang):
                    for passage in passages_above(translation):
                        yield from found_in(passage)
                if may_hold(translation.body, translation.lang):
                    yield from found_in(passage_below(translation))

        def find_in_data(library: Library, docs: Path) -> Iterator[Finding]:
            for passage in library.data_passages:
                if may_hold(passage.text, passage.lang):
                    yield from found_in(passage)

        return Rule(id, level, find, is_local=True, is_firm=False, find_in_data=find_in_data)

    return made


def _path(where: Translation | str) -> str:
    return where if isinstance(where, str) else where.path


def _file(where: Translation | str, docs: Path) -> tuple[str, list[str]]:
    text = text_of(docs / where) if isinstance(where, str) else where.head + where.body
    return _path(where), text.split("\n")


def first_words(text: str) -> str:
    """How a text begins, by which a message tells it from others."""
    words = text.split()
    return " ".join(words[:6]) + (" …" if len(words) > 6 else "")
