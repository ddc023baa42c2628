"""Rules on figures: a number is the same in both languages, and stands at its place, and can be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations, product

from pydantic import BaseModel

from ...content.article import Translation
from ...content.data import HELP
from ...content.library import Library
from ...content.passage import Passage
from ...content.record import ByLanguage, seen_texts
from ...core.language import Language, decimal_mark, known
from ...core.problems import Level
from ...markdown.slips import cells
from ..numbers import are_bare, differing, in_order, in_words, numbers
from ..numbers.compared import differing_comparisons, differing_names
from ..numbers.figures import FIGURE, holds_figure
from ..numbers.impossible import impossible
from ..numbers.number import Number
from ..numbers.units import counts_units
from ..structure import (
    Likes,
    blocks_side_by_side,
    cells_side_by_side,
    fields_side_by_side,
    sentences_side_by_side,
    side_by_side,
)
from .rule import Finding, Pair, first_words, pair_rule, passage_rule, path_of, rule

FIX = "look it up in the source, and write it in both, as a figure or as a word"
AS_THERE = "look it up in the source, and write both as it has them"
BEHIND = re.compile(r"[ \u00a0](?:(?:af|of) (?:de |the )?)?([^\W\d_]+)")
"""What is counted, right behind a number."""
DECIMAL = re.compile(
    r"(?<![\w.,:/§-])(?<!kl\. )(?<!klokken )(?:0|\d{1,7}(?=[.,]\d\d?(?!\d)))(?P<mark>[.,])\d{1,3}(?![\w:]|[.,]\d)"
)
"""What may be a decimal."""
MARKED = re.compile(r"[.,]\d", re.ASCII)
"""A glance."""
BELOW_ONE = re.compile(r"0\.(?!00|15|30|45)\d{1,3}")
"""One as English writes it; quarters of an hour may be a time of day."""


@pair_rule("figures")
def figures(pair: Pair) -> Iterator[Finding]:
    """A number that differs between the languages is wrong in one of them. Figures and words are alike (12, twelve),
    and so are shares (hver fjerde, 25 per cent) and lengths of time (90 minutes, halvanden time)."""
    said: set[tuple[Language, str]] = set()
    for likes in _likes(*pair):
        texts = {passage.lang: passage.text for passage in likes}
        own_first = {likes[0].lang: likes, likes[1].lang: likes[::-1]}
        told = list(differing(texts))
        said.update((lang, number.written) for lang, number in told)
        for lang, number in told:
            own, other = own_first[lang]
            message = f"the number {number.name} is not in docs/{path_of(other.where)}"
            yield Finding(own.where, own.place_at(number.start)[0], message, FIX, number.written)
        for lang, name, start in (*differing_names(texts), *differing_comparisons(texts)):
            if not any(spoken == lang and start <= number.start < start + len(name) for spoken, number in told):
                own, other = own_first[lang]
                message = f"“{name}” is not in docs/{path_of(other.where)}, which says another"
                line, fix = own.place_at(start)[0], "look it up, and write the same in both"
                yield Finding(own.where, line, message, fix, name)
    for likes in (*blocks_side_by_side(*pair), *cells_side_by_side(*pair)):
        yield from _other_numbers(likes, said)


def _other_numbers(likes: Likes, told: set[tuple[Language, str]]) -> Iterator[Finding]:
    """A sentence has one number, and its like another, though both stand somewhere around. Where the paragraphs hold
    the same, sentences may only stand in another order, so that it is not sure."""
    own, other = likes
    if in_order(own.text) == in_order(other.text) and in_words(own.text, own.lang) == in_words(other.text, other.lang):
        return
    texts = {own.lang: own.text, other.lang: other.text}
    for sentence, its_like in sentences_side_by_side(own.text, other.text):
        found = dict(differing({own.lang: sentence, other.lang: its_like}))
        if len(found) == len(likes) and told.isdisjoint((lang, number.written) for lang, number in found.items()):
            here, expected = found[other.lang], found[own.lang]
            path = path_of(own.where)
            message = (
                f"“{first_words(its_like)}” has “{here.name}”; "
                f"its like in docs/{path}, line {own.line}, has “{expected.name}”"
            )
            level: Level = "error" if any(differing(texts)) else "warning"
            yield Finding(other.where, other.line, message, AS_THERE, here.written, level=level)


def _likes(original: Translation, translation: Translation) -> Iterator[Likes]:
    """What belongs together in both languages: fields, signs, sections, answers."""
    yield from fields_side_by_side(original, translation)
    if are_bare({text.lang: text.body for text in (original, translation)}):
        return  # Quick: in a site of many short texts that is most of them.
    for one, other in side_by_side(original, translation):
        if one and other:  # A section that stands alone is told as a whole.
            yield Passage.of(original, one.source, one.line), Passage.of(translation, other.source, other.line)


@pair_rule("figures")
def swapped(pair: Pair) -> Iterator[Finding]:
    """Two numbers that have changed places: in cells of a table, or before what they count."""
    sides = [text.body.split("\n") for text in pair]
    for place, lines in enumerate(zip(*sides, strict=True)) if len(sides[0]) == len(sides[1]) else ():
        if _may_be(*lines):
            at = pair[0].body_line + place, pair[1].body_line + place
            look = _in_cells if lines[0][0] == lines[1][0] == "|" else _in_sentences
            yield from look(pair, lines, at)


def _in_sentences(pair: Pair, lines: tuple[str, str], at: tuple[int, int]) -> Iterator[Finding]:
    for both in sentences_side_by_side(*lines):
        if changed := _changed(*both, pair[0].lang, pair[1].lang):
            one, other = changed
            message = f"{one.name} and {other.name} stand the other way round in docs/{pair[0].path}, line {at[0]}"
            yield Finding(pair[1], at[1], message, AS_THERE, one.written)


def _in_cells(pair: Pair, lines: tuple[str, str], at: tuple[int, int]) -> Iterator[Finding]:
    """Cells whose number the like cell has not, where it has another, and both tables have both."""
    rows = cells(lines[0]), cells(lines[1])
    for both in zip(*rows, strict=True) if len(rows[0]) == len(rows[1]) else ():
        ours, theirs = (_figures(cell, text.lang) for cell, text in zip(both, pair, strict=True))
        there = next((number for number in ours if not _has(theirs, number)), None)
        here = next((number for number in theirs if not _has(ours, number)), None)
        if here and there:
            tables = ("\n".join(row for row in text.body.split("\n") if row[:1] == "|") for text in pair)
            whole = [_figures(table, text.lang) for table, text in zip(tables, pair, strict=True)]
            if _has(whole[0], here) and _has(whole[1], there):  # Otherwise it is told as one that differs.
                path = pair[0].path
                message = f"the cell has {here.name}; that of docs/{path}, line {at[0]}, has {there.name}"
                yield Finding(pair[1], at[1], message, AS_THERE, here.written)


def _may_be(ours: str, theirs: str) -> bool:
    """Whether two lines hold figures, and not the same in one order: most lines need no more."""
    return bool(FIGURE.search(ours) and FIGURE.search(theirs)) and in_order(ours) != in_order(theirs)


def _figures(text: str, lang: Language) -> list[Number]:
    """The numbers of a text that are written in figures."""
    return [n for n in numbers(text, lang) if n.written[:1].isdecimal()] if FIGURE.search(text) else []


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
    behind = BEHIND.match(text, number.end)
    word = behind[1].lower() if behind else ""
    return _counted_names(lang).get(word) or word.replace("th", "t").replace("k", "c").replace("ph", "f")[:4]


@cache
def _counted_names(lang: Language) -> dict[str, str]:
    return {word: name for name, words in known(lang).get("counts", {}).items() for word in words.split()}


@rule("data-figures")
def data_figures(library: Library) -> Iterator[Finding]:
    """What a source shows and what a concept means stands in both languages on many pages: its numbers must agree."""
    original = library.languages.original
    own = (one for one in library.data_records if one[0] != HELP)  # Help lines have a rule of their own.
    for (file, key, record), other in product(own, library.languages.translations):
        for lang, number in differing({spoken: _shown_to_readers(record, spoken) for spoken in (original, other)}):
            called = f"item {key + 1}" if isinstance(key, int) else key
            message = f"“{called}”: the number {number.name} is in “{lang}” only"
            yield Finding(file, (key, *_place(record, lang)), message, FIX, number.written)


def _place(record: BaseModel, lang: Language) -> tuple[str, ...]:
    """Where a record says something in a language."""
    if isinstance(record, ByLanguage):
        return (lang,)
    return next(((name, lang) for name, value in record if isinstance(value, ByLanguage)), ())


def _shown_to_readers(record: BaseModel, lang: Language) -> str:
    """What a record says to readers in a language."""
    said = [value[lang] for value in (record, *dict(record).values()) if isinstance(value, ByLanguage)]
    whole = [part for part in said if isinstance(part, str)]
    parts = (seen_texts(part) for part in said if not isinstance(part, str))
    return "\n".join((*whole, *(text for part in parts for _, text, mark in part if mark.is_spelled)))


@passage_rule("impossible", may_hold=lambda text, lang: holds_figure(text))
def impossible_figures(passage: Passage) -> Iterator[Finding]:
    """No calendar has the day, no clock shows the time, or it is more than all of the people."""
    for found in impossible(passage.text, passage.lang):
        yield Finding.at(passage, *found)


@passage_rule("figures", may_hold=lambda text, lang: MARKED.search(text) and DECIMAL.search(text))
def decimals(passage: Passage) -> Iterator[Finding]:
    """A decimal in the notation of another language: one below one, or one before what is measured."""
    right = decimal_mark(passage.lang)
    for found in DECIMAL.finditer(passage.text):
        written, mark = found[0], found["mark"]
        is_measured = BELOW_ONE.fullmatch(written) or counts_units(passage.text, found.end(), passage.lang)
        if mark != right and is_measured:
            message = f"“{written}” is written as in another language"
            yield Finding.at(passage, found.start(), message, f"write {written.replace(mark, right)}")
