"""A passage: running text of any file that is read, in its language and at its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from ..core.decoding import text_of
from ..core.language import LANGUAGES, Language
from .article import Translation
from .prose import Word, prose, words

TEXTS = frozenset("title label description image_alt evidence signs today seek".split())
"""Front matter that readers see."""
DATA = ("concepts.yml", "sources.yml", "help.yml", "corrections.yml", "needs.yml")
SILENT = frozenset({"never", "synonyms", "search"})
"""Lists in the data of words that need not be right: they are what people write."""


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

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its words, each at its line and column of the file."""
        shift = self.column - 1
        return tuple(
            word._replace(column=word.column + shift) if shift and word.line == self.line else word
            for word in words(self.text, self.line)
        )


def passages_of(translation: Translation) -> Iterator[Passage]:
    """What a page says: its front matter's texts, then its body."""
    lines = translation.head.split("\n")[1:-2]
    root = yaml.compose("\n".join(lines), Loader=yaml.CSafeLoader)
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value in TEXTS:
            for node in _scalars(value):
                yield _passage(translation, translation.lang, node, lines, 2)
    yield Passage(translation, translation.lang, prose(translation.body), translation.body_line)


def data_passages(docs: Path) -> Iterator[Passage]:
    """What the data files say in each language."""
    for name in DATA:
        file = docs / "data" / name
        source = text_of(file) if file.is_file() else ""
        lines = source.split("\n")
        for lang, node in _told(yaml.compose(source, Loader=yaml.CSafeLoader), None):
            yield _passage(f"data/{name}", lang, node, lines, 1)


def _told(node: yaml.Node | None, lang: Language | None) -> Iterator[tuple[Language, yaml.ScalarNode]]:
    """Scalars below a key that is a language."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value not in SILENT:
                yield from _told(value, key.value if key.value in LANGUAGES else lang)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _told(item, lang)
    elif isinstance(node, yaml.ScalarNode) and lang:
        yield lang, node


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item)


def _passage(
    where: Translation | str, lang: Language, node: yaml.ScalarNode, lines: list[str], first_line: int
) -> Passage:
    """The text between a scalar's marks, as it stands in the file."""
    start, end = node.start_mark, node.end_mark
    text = lines[start.line : end.line + 1]
    if len(text) > end.line - start.line:
        text[-1] = text[-1][: end.column]
    text[:1] = [line[start.column :] for line in text[:1]]
    return Passage(where, lang, prose("\n".join(text)), start.line + first_line, start.column + 1)
