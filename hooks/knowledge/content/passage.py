"""A passage: running text of any file that is read, in its language and at its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import yaml

from ..core.language import Language, Languages
from .article import Translation
from .prose import Word, prose, words
from .record import seen_nodes


@dataclass(frozen=True)
class Passage:
    """A stretch of text."""

    where: Translation | str
    """The file; a data file by its path below `docs/`."""
    lang: Language
    text: str
    """The running text; all else is blanked."""
    line: int
    column: int = 1
    """Where it begins."""

    @classmethod
    def of(cls, translation: Translation, text: str, line: int = 0) -> Passage:
        """A text of a page that begins on a line; without one the body, or what is left of it where all else is
        blanked."""
        return cls(translation, translation.lang, text, line or translation.body_line)

    def place_at(self, start: int) -> tuple[int, int]:
        """The line and the column of the file at which a character of the text stands."""
        line, column = self.line + self.text.count("\n", 0, start), start - self.text.rfind("\n", 0, start)
        return line, column + (self.column - 1 if line == self.line else 0)

    @cached_property
    def lines(self) -> list[str]:
        """The text, line for line."""
        return self.text.split("\n")

    def words(self, may_hold: Callable[[str], object] = bool) -> Iterator[Word]:
        """The words of the lines that may hold what is looked for, each at its line and column of the file."""
        for number, line in enumerate(self.lines, self.line):
            shift = self.column - 1 if number == self.line else 0
            for word in words(line, number) if may_hold(line) else ():
                yield word._replace(column=word.column + shift) if shift else word


def passages_of(translation: Translation) -> Iterator[Passage]:
    """What a page says: its front matter's texts, then its body."""
    yield from passages_above(translation)
    yield passage_below(translation)


def passages_above(translation: Translation) -> Iterator[Passage]:
    """The texts of a page's front matter."""
    lines = translation.head.split("\n")[1:-2]
    root = _composed("\n".join(lines))
    own = Languages([translation.lang])
    for lang, node, mark in seen_nodes(root, type(translation.words), own, translation.lang):
        if mark.is_spelled:
            yield passage(translation, lang, node, lines, 2)


def passage_below(translation: Translation) -> Passage:
    """The text of a page."""
    return Passage.of(translation, prose(translation.body))


@lru_cache(maxsize=8)  # Several rules look at an article's files, one after the other.
def _composed(head: str) -> yaml.Node | None:
    return yaml.compose(head, Loader=yaml.CSafeLoader)


def passage(
    where: Translation | str,
    lang: Language,
    node: yaml.ScalarNode,
    lines: list[str],
    first_line: int,
    read: Callable[[str], str] = prose,
) -> Passage:
    """The text between a scalar's marks, as it stands in the file; `read` leaves of it what is running text."""
    start, end = node.start_mark, node.end_mark
    text = lines[start.line : end.line + 1]
    if len(text) > end.line - start.line:
        text[-1] = text[-1][: end.column]
    text[:1] = [line[start.column :] for line in text[:1]]
    return Passage(where, lang, read("\n".join(text)), start.line + first_line, start.column + 1)
