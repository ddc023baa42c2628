"""The rule on figures that are drawn of a list: the kind is known, the list is there, and both languages have it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from ...content.article import Translation
from ...content.figure import COUNTED, KINDS, MOST, Figure, figures_of, share
from ...content.library import Library
from ...content.prose import without_fences
from ...core.language import words_for
from ...core.problems import did_you_mean
from .rule import Finding, rule, text_rule

BELOW = re.compile(
    rf"\b(?:(?P<table>{words_for('the_table')})|(?:{words_for('the_figure')})) (?:{words_for('below')})\b",
    re.IGNORECASE,
)
PLACES = tuple(words_for("below").split("|"))
TABLE, FIGURE = ("\n|", "  |"), ("\n|", ".figure", "![")
"""Marks of which a page with either holds one."""


@rule("diagram", is_local=True)
def diagrams(library: Library) -> Iterator[Finding]:
    """A figure is a caption, the line {.figure .kind}, and a list or a table."""
    for article in library.articles.values():
        original = article.original
        found = {t.lang: [*figures_of(without_fences(t.body), t.body_line)] for t in article.texts}
        drawn = [(article[lang], figure) for lang, figures in found.items() for figure in figures]
        wrong = [
            Finding(translation, figure.line, *told, f".{figure.kind}")
            for translation, figure in drawn
            if (told := _wrong_figure(figure))
        ]
        yield from wrong
        for _, translation in article.pairs if drawn and not wrong else ():
            yield from _differing(original, translation, found[original.lang], found[translation.lang])


@text_rule("diagram")
def shown(translation: Translation) -> Iterator[Finding]:
    """A table or a figure that stands below or above, as a text says, is on the page."""
    body, lower = translation.body, translation.body.lower()
    for found in BELOW.finditer(body) if any(place in lower for place in PLACES) else ():
        marks = TABLE if found["table"] else FIGURE
        if not any(mark in body for mark in marks):
            message = f"the text says “{found[0]}”, and there is none on the page"
            line, fix = translation.line_at(found.start()), "put it there, or delete the words"
            yield Finding(translation, line, message, fix, found[0])


def _wrong_figure(figure: Figure) -> tuple[str, str] | None:
    """What is wrong with a figure, and how to fix it."""
    kind = KINDS.get(figure.kind)
    if kind is None:
        known = ", ".join(f".{name}" for name in KINDS)
        meant = did_you_mean(figure.kind, KINDS) if figure.kind else f"write one of {known}"
        return f"the figure “.{figure.kind}” is unknown" if figure.kind else "the figure has no kind", meant
    if not figure.has_caption:
        return "the figure has no caption", "write on the line above what it shows, as **The three phases**"
    if figure.below != kind.needs:
        found = f"a {figure.below}" if figure.below else "no list and no table"
        needed = f"a {kind.needs}"
        return f"below “.{figure.kind}” there is {found}; expected {needed}", f"write {needed}: {kind.shown}"
    if kind.items and len(figure.items) != kind.items:
        message = f"the list below “.{figure.kind}” has {len(figure.items)} items; expected {kind.items}"
        return message, f"it shows {kind.shown}"
    for item in figure.items if figure.kind in COUNTED else ():
        number, of = share(item) or (0, 0)
        if not 0 < of <= MOST or number > of:
            message = f"“{item[:30]}” does not begin with so many of at most {MOST}"
            return message, "begin each item as in **59 of 100**"
    return None


def _differing(
    original: Translation, translation: Translation, ours: list[Figure], theirs: list[Figure]
) -> Iterator[Finding]:
    """Figures of either language that the other has not at their place."""
    one, other = ([figure.kind for figure in figures] for figures in (ours, theirs))
    for change, begin, end, other_begin, other_end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        here = theirs[other_begin:other_end] if change != "delete" else ours[begin:end]
        where, there = (original, translation) if change == "delete" else (translation, original)
        for figure in here if change != "equal" else ():
            message = f"the figure “.{figure.kind}” is here, but not in docs/{there.path}"
            yield Finding(where, figure.line, message, "write it in both, or in neither", f".{figure.kind}")
