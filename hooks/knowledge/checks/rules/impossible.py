"""What a text says, in whatever language, that cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ...content.library import Library
from ...content.passage import Passage, passages_of
from ..numbers.impossible import impossible
from .rule import Finding, rule


@rule("impossible", is_local=True)
def impossible_texts(library: Library, docs: Path) -> Iterator[Finding]:
    """No calendar has the day, no clock shows the time, or it is more than all of the people."""
    for translation in library.translations():
        yield from _found(passages_of(translation))


@rule("impossible")
def impossible_data(library: Library, docs: Path) -> Iterator[Finding]:
    """The same in the data files."""
    yield from _found(library.data_passages)


def _found(passages: Iterable[Passage]) -> Iterator[Finding]:
    for passage in passages:
        for start, message, fix in impossible(passage.text, passage.lang):
            line = passage.line + passage.text.count("\n", 0, start)
            column = start - passage.text.rfind("\n", 0, start) + (passage.column - 1) * (line == passage.line)
            yield Finding(passage.where, line, message, fix, column=column)
