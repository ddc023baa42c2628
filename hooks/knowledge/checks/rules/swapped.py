"""A rule on numbers that have changed places in one language: each is in both, so that none seems to differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

from ...content.article import Translation
from ...content.library import Library
from ...core.language import Language, known
from ...markdown.slips import cells
from ..numbers import numbers
from ..numbers.number import Number
from ..structure import sentences_side_by_side
from .rule import Finding, rule

Pair = tuple[Translation, Translation]
"""The original and a translation."""
Line = tuple[int, str]
"""Its number and its text."""
FIGURE = re.compile(r"\d", re.ASCII)
FIGURES = re.compile(r"(?<![\w-])\d[\d.,]*(?<=\d)")
BEHIND = re.compile(r"[ \u00a0](?:(?:af|of) (?:de |the )?)?([^\W\d_]+)")
"""What is counted, right behind a number."""
FIX = "look it up in the source, and write both as it has them"


@rule("figures", is_local=True)
def swapped(library: Library, docs: Path) -> Iterator[Finding]:
    """Two numbers that have changed places: in cells of a table, or before what they count."""
    for pair in library.pairs:
        sides = [text.body.split("\n") for text in pair]
        both = enumerate(zip(*sides, strict=True)) if len(sides[0]) == len(sides[1]) else ()
        for place, (ours, theirs) in both:
            if FIGURE.search(ours) and FIGURE.search(theirs) and _in_order(ours) != _in_order(theirs):
                look = _in_cells if ours[0] == theirs[0] == "|" else _in_sentences
                yield from look(pair, (place + pair[0].body_line, ours), (place + pair[1].body_line, theirs))


def _in_order(line: str) -> list[str]:
    """The figures of a line, without what parts thousands and decimals: alike in most lines, which need no more."""
    return [figure.replace(",", "").replace(".", "") for figure in FIGURES.findall(line)]


def _in_sentences(pair: Pair, ours: Line, theirs: Line) -> Iterator[Finding]:
    """Numbers that have changed places before what they count."""
    original, translation = pair
    for sentence, like in sentences_side_by_side(ours[1], theirs[1]):
        if changed := _changed(sentence, like, original.lang, translation.lang):
            one, other = changed
            message = f"{one.name} and {other.name} stand the other way round in docs/{original.path}, line {ours[0]}"
            yield Finding(translation, theirs[0], message, FIX, one.written)


def _in_cells(pair: Pair, ours: Line, theirs: Line) -> Iterator[Finding]:
    """Cells whose number the like cell has not, where it has another, and both tables have both."""
    original, translation = pair
    rows = cells(ours[1]), cells(theirs[1])
    for own, like in zip(*rows, strict=True) if len(rows[0]) == len(rows[1]) else ():
        found = _figures(own, original.lang), _figures(like, translation.lang)
        lone = [[n for n in side if not _has(other, n)] for side, other in (found, found[::-1])]
        if all(lone):
            here, there = lone[1][0], lone[0][0]
            tables = ("\n".join(row for row in text.body.split("\n") if row[:1] == "|") for text in pair)
            whole = [_figures(some, text.lang) for some, text in zip(tables, pair, strict=True)]
            if _has(whole[0], here) and _has(whole[1], there):  # Otherwise it is told as one that differs.
                message = f"the cell has {here.name}; that of docs/{original.path}, line {ours[0]}, has {there.name}"
                yield Finding(translation, theirs[0], message, FIX, here.written)


def _figures(text: str, lang: Language) -> list[Number]:
    """The numbers of a text that are written in figures."""
    return [n for n in numbers(text, lang) if n.written[:1].isdecimal()] if FIGURES.search(text) else []


def _has(found: list[Number], number: Number) -> bool:
    return any(number.readings & other.readings for other in found)


def _changed(ours: str, theirs: str, lang: Language, other: Language) -> tuple[Number, Number] | None:
    """The first two numbers that have changed places before what they count."""
    found = _figures(ours, lang), _figures(theirs, other)
    if len(found[0]) != len(found[1]) or len(found[0]) < 2:
        return None
    likes = [next((m for m in found[1] if n.readings & m.readings), None) for n in found[0]]
    places = [found[1].index(m) for m in likes if m]
    if sorted(places) != [*range(len(found[0]))]:
        return None
    for i, j in combinations(range(len(places)), 2):
        if places[i] < places[j]:
            continue
        one, two = (_counted(n, ours, lang) for n in (found[0][i], found[0][j]))
        its_one, its_two = (_counted(found[1][places[k]], theirs, other) for k in (i, j))
        if one and two and one != two and one == its_two and two == its_one:
            return found[1][places[j]], found[1][places[i]]
    return None


def _counted(number: Number, text: str, lang: Language) -> str:
    """What a number counts, by a name that is the same in all languages, or by how words begin that are related."""
    behind = BEHIND.match(text, number.start + len(number.written))
    word = behind[1].lower() if behind else ""
    return _names(lang).get(word) or word.replace("th", "t").replace("k", "c").replace("ph", "f")[:4]


@cache
def _names(lang: Language) -> dict[str, str]:
    return {word: name for name, words in known(lang).get("counts", {}).items() for word in words.split()}
