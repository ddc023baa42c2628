"""Rules on what was copied and not cut, or not written anew: a sentence in an article, a text of a data file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from operator import itemgetter

from ...content.article import Translation
from ...content.library import Library
from ...content.passage import passage_below
from ...content.record import said_in, seen_texts
from ...core.language import Language
from .rule import Finding, again, first_words, rule

LEAST, LEAST_BESIDE = 40, 15
"""So long a sentence is that nobody writes twice by chance, and one that nobody writes twice in a row."""
SENTENCE = re.compile(r"[^\s.!?][^.!?\n]*+[.!?]*+")
NO_TEXT = re.compile(r"[ >]*(?:[-*+|#!?{:=/\[]|\d+[.)])")
"""How lines begin that are no running text: items, rows and headings may be alike."""


@rule("unfinished", is_local=True)
def twice(library: Library) -> Iterator[Finding]:
    """A sentence that stands twice in one language alone; in both it is meant, as a refrain or a warning is. And what
    stands twice in a list above the text."""
    for translation in library.translations():
        listed = ((place, text) for place, text, _ in seen_texts(translation.words) if len(place) > 1)
        for _, (place, text) in again(listed, key=itemgetter(1)):
            yield Finding(translation, place, f"“{text}” is there twice", "delete one", text)
    for article in library.of_kind("article"):
        repeated = {lang: list(_repeated(text)) for lang, text in article.translations.items()}
        fewest = min(map(len, repeated.values()))
        for findings in repeated.values():
            if len(findings) > fewest or len(repeated) == 1:
                yield from findings


@rule("unfinished")
def copied(library: Library) -> Iterator[Finding]:
    """What a record of a data file says, or a page's alternative text, and another says in the same words in this
    language alone: it was copied as a beginning, and left as it was. A picture may be shown twice, so it warns."""
    said = {lang: _long_texts(library, lang) for lang in library.languages if library.languages.translations}
    for lang, texts in said.items():
        first: dict[str, SaidAt] = {}
        for place, text in texts.items():
            there = first.setdefault(text, place)
            others = [said[other] for other in library.languages if other != lang]
            both = [(other.get(there), other.get(place)) for other in others]  # None where it is not translated yet.
            if there != place and all(one and like and one != like for one, like in both):
                (file, line), (its_file, its_line) = (_line(library, lang, *one) for one in (place, there))
                message = f"“{first_words(text)}” is in docs/{its_file}, line {its_line} already"
                yield Finding(file, line, message, "write what belongs here", first_words(text)[:20], level="warning")


SaidAt = tuple[str, str | int, tuple[str, ...]]
"""A file, or nothing for a page; its record, or the page's key; and the place in that."""


def _long_texts(library: Library, lang: Language) -> dict[SaidAt, str]:
    """What data files and alternative texts say in a language, where that is long."""
    found: dict[SaidAt, str] = {}
    for file, key, record in library.data_records:
        found |= {(file, key, place): text for place, text in said_in(record, lang)}
    for key, article in library.articles.items():
        if lang in article.translations and (alt := article[lang].words.image_alt):
            found["", key, ("image_alt",)] = alt
    return {place: text for place, text in found.items() if len(text) >= LEAST}


def _line(library: Library, lang: Language, file: str, key: str | int, place: tuple[str, ...]) -> tuple[str, int]:
    if file:
        return file, library.line_in(file, key, *(part or lang for part in place))
    page = library.articles[str(key)][lang]
    return page.path, page.line_of(place)


def _repeated(translation: Translation) -> Iterator[Finding]:
    """What stands twice in a text, where it does so for the second time."""
    if not _may_repeat(translation.body):
        return
    whole = passage_below(translation)
    places: dict[str, int] = {}
    last = ""
    for found in SENTENCE.finditer(whole.text):
        sentence = " ".join(found[0].split())
        line = whole.text[whole.text.rfind("\n", 0, found.start()) + 1 :][:20]
        if NO_TEXT.match(line):
            last = ""
            continue
        if sentence in places and (len(sentence) >= LEAST or (sentence == last and len(sentence) >= LEAST_BESIDE)):
            message = f"“{first_words(sentence)}” is in line {whole.place_at(places[sentence])[0]} already"
            yield Finding.at(whole, found.start(), message, "delete one of the two sentences")
        places.setdefault(sentence, found.start())
        last = sentence


def _may_repeat(text: str) -> bool:
    """Whether any sentence may stand twice: quick, and for most texts all there is to know."""
    parts = [part.strip(" .") for part in text.replace("\n", ". ").split(". ")]
    long = [part for part in parts if len(part) >= LEAST - 2]
    return len(set(long)) < len(long) or any(one == other != "" for one, other in pairwise(filter(None, parts)))
