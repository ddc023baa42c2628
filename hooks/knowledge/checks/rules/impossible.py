"""What a text says, in whatever language, that cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ...content.library import Library
from ...content.passage import Passage
from ...content.prose import prose
from ...content.record import seen_texts
from ..numbers.impossible import impossible
from .rule import Finding, rule


@rule("impossible", is_local=True)
def impossible_texts(library: Library, docs: Path) -> Iterator[Finding]:
    """No calendar has the day, no clock shows the time, or it is more than all of the people."""
    for translation in library.translations():
        for place, text, _ in seen_texts(translation.words):
            for found in impossible(text, translation.lang):
                yield Finding(
                    translation, translation.line_of(place), found.message, found.fix, text[found.start :][:9]
                )
        yield from _found([Passage(translation, translation.lang, prose(translation.body), translation.body_line)])


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
