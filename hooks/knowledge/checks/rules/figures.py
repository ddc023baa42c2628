"""Rules on figures: a number is the same in both languages, in the text, above it and in the data, and can be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from pathlib import Path

from pydantic import BaseModel

from ...content.article import Translation
from ...content.data import HELP
from ...content.library import Library
from ...content.passage import Passage
from ...content.record import ByLanguage, seen_texts
from ...core.language import Language
from ..numbers import are_bare, differing
from ..numbers.compared import differing_comparisons
from ..numbers.figures import holds_figure
from ..numbers.impossible import impossible
from ..numbers.names import differing_names
from ..numbers.number import Number
from ..structure import side_by_side
from .rule import Finding, passage_rule, rule

FIX = "look it up in the source, and write it in both, as a figure or as a word"


@rule("figures", is_local=True)
def figures(library: Library, docs: Path) -> Iterator[Finding]:
    """A number that differs between the languages is wrong in one of them. Figures and words are alike (12, twelve),
    and so are shares (hver fjerde, 25 per cent) and lengths of time (90 minutes, halvanden time)."""
    for pair in library.pairs:
        for texts in _texts(*pair):
            told = list(differing({lang: text for lang, (text, _) in texts.items()}))
            for lang, number in told:
                (other,) = (translation for translation in pair if translation.lang != lang)
                message = f"the number {number.name} is not in docs/{other.path}"
                (own,) = (translation for translation in pair if translation is not other)
                text, line = texts[lang]
                yield Finding(own, line + text.count("\n", 0, number.start), message, FIX, number.written)
            said = {lang: text for lang, (text, _) in texts.items()}
            for lang, name, start in (*differing_names(said), *differing_comparisons(said)):
                if any(spoken == lang and start <= number.start < start + len(name) for spoken, number in told):
                    continue
                own, other = sorted(pair, key=lambda translation: translation.lang != lang)
                text, line = texts[lang]
                message = f"“{name}” is not in docs/{other.path}, which says another"
                fix = "look it up, and write the same in both"
                yield Finding(own, line + text.count("\n", 0, start), message, fix, name)


@rule("data-figures")
def data_figures(library: Library, docs: Path) -> Iterator[Finding]:
    """What a source shows and what a concept means stands in both languages on many pages: its numbers must agree."""
    original = library.languages.original
    own = (one for one in library.data_records if one[0] != HELP)  # Help lines have a rule of their own.
    for (file, key, record), other in product(own, library.languages.translations):
        for lang, number in _differing(*((spoken, _said(record, spoken)) for spoken in (original, other))):
            line = library.line_in(file, key, *_place(record, lang))
            called = f"item {key + 1}" if isinstance(key, int) else key
            message = f"“{called}”: the number {number.name} is in “{lang}” only"
            yield Finding(file, line, message, FIX, number.written)


@lru_cache(maxsize=2048)
def _differing(*texts: tuple[Language, str]) -> tuple[tuple[Language, Number], ...]:
    """Looked for once in a process: few saves of a preview change a record."""
    return tuple(differing(dict(texts)))


def _place(record: BaseModel, lang: Language) -> tuple[str, ...]:
    """Where a record says something in a language."""
    if isinstance(record, ByLanguage):
        return (lang,)
    return next(((name, lang) for name, value in record if isinstance(value, ByLanguage)), ())


def _said(record: BaseModel, lang: Language) -> str:
    """What a record says to readers in a language."""
    said = [record[lang]] if isinstance(record, ByLanguage) else []
    said += [value for _, value in record if isinstance(value, ByLanguage)]
    texts = (
        [part] if isinstance(part, str) else [_said(part, lang)] if isinstance(part, ByLanguage) else _spelled(part)
        for part in said
    )
    return "\n".join(text for some in texts for text in some)


def _spelled(record: BaseModel) -> list[str]:
    return [text for _, text, mark in seen_texts(record) if mark.is_spelled]


def _texts(original: Translation, translation: Translation) -> Iterator[dict[Language, tuple[str, int]]]:
    """What belongs together in both languages, each text with its line: fields, signs, sections, answers."""
    both = (original, translation)
    said = [{place: text for place, text, _ in seen_texts(t.words)} for t in both]
    for place in dict.fromkeys((*said[0], *said[1])):
        if len(place) == 1 or all(place in texts for texts in said):  # The rule on parity tells a list that is longer.
            yield {t.lang: (texts.get(place, ""), t.line_of(place)) for t, texts in zip(both, said, strict=True)}
    if are_bare({t.lang: t.body for t in both}):
        return
    for one, other in side_by_side(*both):
        if one and other:  # A section that stands alone is told as a whole.
            yield {t.lang: (part.source, part.line) for t, part in zip(both, (one, other), strict=True)}


@passage_rule("impossible", may_hold=lambda text, lang: holds_figure(text))
def impossible_figures(passage: Passage) -> Iterator[Finding]:
    """No calendar has the day, no clock shows the time, or it is more than all of the people."""
    for found in impossible(passage.text, passage.lang):
        yield Finding.at(passage, *found)
