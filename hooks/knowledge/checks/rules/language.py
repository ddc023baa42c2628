"""Rules on the language of a text: each file speaks its own, and says so where it borrows from the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from string import ascii_lowercase

from ...content.data import FOREIGN_WORDS
from ...content.library import Library
from ...content.passage import Passage
from ...content.prose import Word, paragraphs, prose
from ...content.record import seen_texts
from ...core.language import Language, english_name, known, letters
from ..quotation import quotations, without_quotations
from .rule import Finding, rule

LEAST = 3
"""So many common words of the other language must be in a paragraph that is said to be in it."""
LETTERS = re.compile(r"[^\W\d_]+")


@rule("language", is_local=True)
def wrong_language(library: Library) -> Iterator[Finding]:
    """A page says which language it is in, so that screen readers and search engines read it rightly."""
    fix = "translate it, or move it to the other file"
    for translation, other in product(library.translations(), library.languages):
        if not _are_told_apart(translation.lang, other):
            continue
        message, follows = f"this is {english_name(other)}; expected {english_name(translation.lang)}", False
        for place, text, _ in seen_texts(translation.words):
            if is_foreign(text, translation.lang, other, 2):
                yield Finding(translation, place, message, fix)
        may_be = _may_be(translation.body, other)
        for paragraph in paragraphs(prose(translation.body), translation.body_line) if may_be else ():
            foreign = is_foreign(paragraph.text, translation.lang, other, LEAST)
            if foreign and not follows:  # one problem for a run of paragraphs
                yield Finding(translation, paragraph.line, message, fix)
            follows = foreign


@rule("language")
def language_of_data(library: Library) -> Iterator[Finding]:
    """What data say below a language's key is in that language."""
    for passage, other in product(library.data_passages, library.languages):
        if _are_told_apart(passage.lang, other) and is_foreign(passage.text, passage.lang, other, LEAST):
            message = f"this is {english_name(other)}; expected {english_name(passage.lang)}"
            yield Finding(passage.where, passage.line, message, "translate it", column=passage.column)


def _are_told_apart(own: Language, other: Language) -> bool:
    """Whether anything can be said of a text that may be in the other language."""
    return other != own and bool(small_words(own))


def is_foreign(text: str, own: Language, other: Language, least: int) -> bool:
    """Whether a text is in the other language; titles and what others have said may be."""
    return _is_rather(text, own, other, least) and _is_rather(without_quotations(text), own, other, least)


def _is_rather(text: str, own: Language, other: Language, least: int) -> bool:
    theirs = _common(text, other)
    return theirs >= least and theirs > 2 * _common(text, own)


def _common(text: str, lang: Language) -> int:
    return sum(map(small_words(lang).__contains__, LETTERS.findall(text.lower())))


@cache
def small_words(lang: Language) -> frozenset[str]:
    """Small words that are common in a language and rare in others; none where that is not known."""
    return frozenset(known(lang).get("small_words", "").split())


def _may_be(text: str, lang: Language) -> bool:
    """Whether a glance finds as many common words as one paragraph must hold: quick, and mostly enough."""
    return sum(map(_glances(lang).__contains__, _glance(text))) >= LEAST


def _glance(text: str) -> list[bytes]:
    """The words of a text, each at least with its letters up to the first æ, ø or å."""
    return text.lower().encode().translate(_SPACES).split()


_SPACES = bytes(byte if chr(byte) in ascii_lowercase else ord(" ") for byte in range(256))


@cache
def _glances(lang: Language) -> frozenset[bytes]:
    return frozenset(_glance(word)[0] for word in small_words(lang))


@rule("foreign-word", "warning")
def foreign_words(library: Library) -> Iterator[Finding]:
    """A Danish word in an English text is read aloud as English, unless the page says that it is Danish."""
    if FOREIGN_WORDS in library.unread:
        return
    for lang in library.languages:
        for other in library.languages.others(lang):
            if own := set(letters(other)) - set(letters(lang)):
                yield from _looking_foreign(library, lang, other, re.compile(f"[{''.join(own)}{''.join(own).upper()}]"))


def _looking_foreign(library: Library, lang: Language, other: Language, pattern: re.Pattern[str]) -> Iterator[Finding]:
    """Words of texts in a language that hold letters of another, and are not listed."""
    listed = " ".join(library.foreign_words.get(other, ())).casefold()

    def may_hold(text: str) -> bool:
        return not text.isascii() and bool(pattern.search(text))  # The first is known without a look.

    for passage in library.passages(lang, may_hold):
        for word in passage.words(may_hold) if may_hold(passage.text) else ():
            if (
                pattern.search(word.text)
                and word.text.casefold() not in listed
                and not _is_name(passage, word, other)
                and not _is_quoted(passage, word)
            ):
                fix = f"add it to the list “{other}” of docs/data/foreign-words.yml, or translate it"
                message = f"“{word.text}” looks {english_name(other)}"
                yield Finding(passage.where, word.line, message, fix, column=word.column)


def line_of(passage: Passage, word: Word) -> tuple[str, int]:
    """The line of a passage on which a word stands, and its place there."""
    line = passage.lines[word.line - passage.line]
    return line, word.column - 1 - (passage.column - 1 if word.line == passage.line else 0)


PARTICLE = re.compile(r"^[dl]['’](?=\w)")
"""With which a name may begin: d’Angelo."""


OFFICE = re.compile(r"(?=.{9}).*(?:e[nt]|erne|ing|hed)s?")
"""A long noun with its article is an office or a law, which a text has to say in its own language: Psykolognævnet."""


def _is_name(passage: Passage, word: Word, other: Language) -> bool:
    """Whether a word is a name or part of one: it begins with a capital, and so does the word beside it, or it is no
    office and no small word: Østerbro, Søren."""
    line, place = line_of(passage, word)
    if word.text[0].isupper() and not OFFICE.fullmatch(word.text) and word.text.lower() not in small_words(other):
        return True
    around = (
        re.search(r"(?<!\w)(\w*+)(?:(?<=\b\w)\.)?[ ]?$", line[:place]),
        re.match(r"[ ](\w*)", line[place + len(word.text) :]),
    )
    return PARTICLE.sub("", word.text)[:1].isupper() and any(beside and beside[1][:1].isupper() for beside in around)


def _is_quoted(passage: Passage, word: Word) -> bool:
    """Whether a word stands in a quotation or a title of several words."""
    line, place = line_of(passage, word)
    return any(start < place < end and " " in line[start:end].strip() for start, end in quotations(line))


@rule("foreign-word-unused", "warning")
def unused_foreign_words(library: Library) -> Iterator[Finding]:
    """A list that nobody tidies cannot be read: each word in it is used at least once."""
    if library.unread:
        return
    for lang, listed in library.foreign_words.items():
        folded = [word.casefold() for word in listed]
        for place, word in enumerate(listed):
            if word.casefold() in folded[:place]:
                message = f"“{word}” is there twice"
                yield Finding(FOREIGN_WORDS, (lang, place), message, "delete one of the two lines", word)
        left = {word.casefold() for word in listed}

        def may_hold(source: str, left: set[str] = left) -> bool:
            folded = source.casefold()
            return any(word in folded for word in left)

        others = library.languages.others(lang)
        if not others:
            continue
        phrases = (phrase for other in others for phrase in library.phrase_passages(other))
        for passage in (*phrases, *(p for other in others for p in library.passages(other, may_hold))):
            text = passage.text.casefold()
            left -= {word for word in left if word in text}
        for place, word in enumerate(listed):
            if word.casefold() in left:
                said = " or ".join(map(english_name, others))
                yield Finding(FOREIGN_WORDS, (lang, place), f"no {said} text holds “{word}”", "delete the line", word)
