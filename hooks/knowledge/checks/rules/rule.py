"""A rule: something an editor may get wrong, and how it is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple, TypeVar

from ...content.article import Translation
from ...content.library import Library
from ...content.passage import Passage, passage_below, passages_above
from ...content.record import seen_texts
from ...core.decoding import text_of
from ...core.document import KeyPath
from ...core.language import Language
from ...core.problems import Level, Problem, short
from ..structure import Likes, records_side_by_side, texts_side_by_side


class Finding(NamedTuple):
    """What a rule has found."""

    where: Translation | str
    """The file; a data file by its path below `docs/`."""
    place: int | KeyPath
    """The line, or what leads to a value of the front matter or of the data file: `("signs", 1)`."""
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

    def problem(self, rule: Rule, library: Library) -> Problem:
        """The same, as it is told."""
        path = path_of(self.where)
        if isinstance(self.place, int):
            line = self.place
        elif isinstance(self.where, str):
            line = library.line_in(path, *self.place)
        else:
            line = self.where.line_of(self.place)
        column = self.column
        if self.near:
            column = "".join(text_of(library.docs / path).split("\n")[line - 1 : line]).find(self.near) + 1 or 1
        return Problem(f"docs/{path}", line, column, rule.id, self.message, self.fix, self.level or rule.level)


Find = Callable[[Library], Iterator[Finding | Problem]]
T = TypeVar("T")
FindIn = Callable[[T], Iterator[Finding]]
Pair = tuple[Translation, Translation]
"""An original and one of its translations."""


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

    def problems(self, library: Library) -> Iterator[Problem]:
        """What the rule finds."""
        for found in self.find(library):
            yield found if isinstance(found, Problem) else found.problem(self, library)


def rule(
    id: str, level: Level = "error", is_local: bool = False, reads: str = "", is_firm: bool = False
) -> Callable[[Find], Rule]:
    """Make a rule of a function."""
    return lambda find: Rule(id, level, find, is_local, tuple(reads.split()), is_firm or not is_local)


def text_rule(id: str, is_firm: bool = False) -> Callable[[FindIn[Translation]], Rule]:
    """Make a rule of what finds mistakes in one file of an article, by that file alone."""
    return _rule_on(Library.translations, id, is_firm)


def pair_rule(id: str) -> Callable[[FindIn[Pair]], Rule]:
    """Make a rule of what compares an original with one of its translations."""
    return _rule_on(attrgetter("pairs"), id)


def likes_rule(id: str) -> Callable[[FindIn[Likes]], Rule]:
    """Make a rule of what compares two texts that say the same in two languages, wherever they stand."""

    def likes_of(library: Library) -> Iterator[Likes]:
        return (both for pair in library.pairs for both in texts_side_by_side(*pair))

    return _rule_on(likes_of, id, in_data=records_side_by_side)


def passage_rule(id: str, may_hold: Callable[[str, Language], object]) -> Callable[[FindIn[Passage]], Rule]:
    """Make a rule of what finds mistakes in running text, wherever readers see any: in a page's text, above it, and in
    the data files.

    Args:
        may_hold: a glance at what stands above a text, at the text, or at one of a data file; of most it says no.
    """

    def passages_in(library: Library) -> Iterator[Passage]:
        for translation in library.translations():
            above = "\n".join(text for _, text, _ in seen_texts(translation.words))
            if may_hold(above, translation.lang):
                yield from passages_above(translation)
            if may_hold(translation.body, translation.lang):
                yield passage_below(translation)

    def data_passages(library: Library) -> Iterator[Passage]:
        return (passage for passage in library.data_passages if may_hold(passage.text, passage.lang))

    return _rule_on(passages_in, id, in_data=data_passages)


def _rule_on(
    parts: Callable[[Library], Iterable[T]],
    id: str,
    is_firm: bool = False,
    in_data: Callable[[Library], Iterable[T]] | None = None,
) -> Callable[[FindIn[T]], Rule]:
    """Make a local rule of what finds mistakes in each part of an article, and of the data files."""

    def made(find_in: FindIn[T]) -> Rule:
        def each(of: Callable[[Library], Iterable[T]]) -> Find:
            return lambda library: (found for part in of(library) for found in find_in(part))

        return Rule(id, "error", each(parts), True, (), is_firm, each(in_data) if in_data else None)

    return made


def texts_of(library: Library, kind: str) -> Iterator[Translation]:
    """All files of the pages of a kind, be they written or announced only."""
    return (text for article in library.of_kind(kind) for text in article.translations.values())


def again(things: Iterable[T], key: Callable[[T], object]) -> Iterator[tuple[T, T]]:
    """What has the key of something before it, behind the first that has."""
    first: dict[object, T] = {}
    for thing in things:
        before = first.setdefault(key(thing), thing)
        if before is not thing:
            yield before, thing


def path_of(where: Translation | str) -> str:
    """The path of a file below `docs/`."""
    return where if isinstance(where, str) else where.path


def first_words(text: str) -> str:
    """How a text begins, by which a message tells it from others."""
    words = text.split()
    return short(" ".join(words[:6]), 120) + (" …" if len(words) > 6 else "")
