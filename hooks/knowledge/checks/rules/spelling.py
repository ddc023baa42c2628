"""Rules on spelling: each word is one of the language's dictionary or of the project's own list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from ...content.article import Translation
from ...content.library import Library
from ...content.passage import Passage, passages_of
from ...content.prose import WORD, Word, word_pattern
from ...core.decoding import CONFLICT
from ...core.language import Language, english_name, sort_key
from ..dictionary import Dictionary, word_list, word_list_path
from ..quotation import quotations
from .language import line_of
from .rule import Finding, rule


@rule("spelling", is_local=True, is_firm=True)
def words(library: Library, docs: Path) -> Iterator[Finding]:
    """A spelling mistake costs trust, and whoever searches for the word does not find it."""
    texts = library.translations()
    yield from _misspelled((passage for text in texts for passage in passages_of(text)), library, docs)


data_words = replace(
    words, find=lambda library, docs: _misspelled(library.data_passages, library, docs), is_local=False
)
"""The same of the data files."""


def read_with(library: Library, docs: Path) -> tuple[object, ...]:
    """What says which words are right, beside the texts."""
    lists = [(Dictionary(lang).version, word_list(docs, lang)) for lang in library.languages]
    return library.site_name, library.foreign_words, lists, "data/foreign-words.yml" in library.unread


def _misspelled(passages: Iterable[Passage], library: Library, docs: Path) -> Iterator[Finding]:
    name, languages = WORD.findall(library.site_name), library.languages
    dictionaries = {lang: Dictionary(lang, frozenset((*word_list(docs, lang), *name))) for lang in languages}
    right: dict[Language, set[str]] = {lang: set() for lang in languages}
    if "data/foreign-words.yml" in library.unread:
        return  # They would all be told.
    for passage in passages:
        dictionary, others = dictionaries[passage.lang], [d for lang, d in dictionaries.items() if lang != passage.lang]
        if dictionary.missing:
            continue
        for word in _own_words(passage, library).words:
            if word.text in right[passage.lang]:
                continue
            if not dictionary.knows(word.text):
                if _is_right_here(passage, word, dictionary, others):
                    continue
                meant = dictionary.suggestions(word.text)[:1]
                fix = f"did you mean “{meant[0]}”? " if meant else ""
                fix += f"If it is right, add it to docs/{word_list_path(passage.lang)}"
                message = f"“{word.text}” is in no {english_name(passage.lang)} dictionary"
                yield Finding(passage.where, word.line, message, fix, column=word.column)
            else:
                right[passage.lang].add(word.text)


def _is_right_here(passage: Passage, word: Word, dictionary: Dictionary, others: list[Dictionary]) -> bool:
    """Whether a word is right though the dictionary does not have it: an abbreviation, a name, or a word of a quotation
    in another language."""
    line, place = line_of(passage, word)
    if line[place + len(word.text) :].startswith(".") and dictionary.has(f"{word.text}."):
        return True
    known = any(not other.missing and other.knows(word.text) for other in others)
    if word.text[:1].isupper():
        if known and word.text[1:].islower():
            return True
        meant = (suggested for suggested in dictionary.suggestions(word.text)[:5])
        most = 2 if len(word.text) >= 8 or _begins_sentence(line[:place]) else 1
        return not any(distance(word.text.casefold(), suggested.casefold()) <= most for suggested in meant)
    return known and any(start < place < end for start, end in quotations(line))


def _begins_sentence(before: str) -> bool:
    return not re.search(r"[\w,]", before[-3:]) or bool(re.search(r"(?<!\W)(?=[^\w.!?:]*+[.!?:])\W*+$", before))


def distance(one: str, other: str) -> int:
    """How many letters must be written, deleted, replaced or swapped to make one word of another.

    Source: Damerau (1964), doi:10.1145/363958.363994, in the restricted form.
    """
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            row.append(min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b)))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                row[j] = min(row[j], rows[-2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]


@rule("dictionary", "warning")
def missing(library: Library, docs: Path) -> Iterator[Finding]:
    """Without its dictionary a language's spelling is not checked."""
    for lang in library.languages:
        fix = Dictionary(lang).missing
        if fix:
            message = f"there is no {english_name(lang)} dictionary, so spelling is not checked"
            yield Finding(word_list_path(lang), 1, message, fix)


@rule("word-list")
def word_lists(library: Library, docs: Path) -> Iterator[Finding]:
    """The project's own word list is of use only while it is tidy."""
    for lang in library.languages:
        used = _Used(library, lang)
        path, dictionary, listed = word_list_path(lang), Dictionary(lang), word_list(docs, lang)
        if any(map(CONFLICT.match, listed)):
            continue
        for line, (before, word) in enumerate(pairwise(listed), 2):
            if word == before:
                yield Finding(path, line, f"“{word}” stands twice", "delete one of them")
            elif _place(word, lang) < _place(before, lang):
                yield Finding(path, line, f"“{word}” stands behind “{before}”", "put it in its alphabetical place")
        for line, word in enumerate(listed, 1):
            if not library.unread and word not in used:
                yield Finding(path, line, f"no {english_name(lang)} text uses “{word}”", "delete it")
            elif not dictionary.missing and dictionary.has(word):
                yield Finding(path, line, f"the {english_name(lang)} dictionary has “{word}” already", "delete it")


def _own_words(passage: Passage, library: Library) -> Passage:
    """The passage without the words of the other language that it may hold."""
    foreign = [word for lang, listed in library.foreign_words.items() if lang != passage.lang for word in listed]
    pattern = word_pattern(tuple(foreign))
    blanked = pattern.sub(lambda found: " " * len(found[0]), passage.text) if foreign else passage.text
    if blanked == passage.text:
        return passage
    return Passage(passage.where, passage.lang, blanked, passage.line, passage.column)


class _Used:
    """The words of the texts in a language, their parts, and both without a genitive. Only texts in which the letters
    stand are read word by word."""

    def __init__(self, library: Library, lang: Language) -> None:
        self._texts = [text for text in library.translations() if text.lang == lang]
        self._forms = {"": _forms(passage for passage in library.data_passages if passage.lang == lang)}

    def __contains__(self, word: str) -> bool:
        spellings = {word, word[:1].upper() + word[1:]}
        if spellings & self._forms[""]:
            return True
        holding = (text for text in self._texts if any(s in text.head or s in text.body for s in spellings))
        return any(spellings & self._forms_of(text) for text in holding)

    def _forms_of(self, text: Translation) -> set[str]:
        if text.path not in self._forms:
            self._forms[text.path] = _forms(passages_of(text))
        return self._forms[text.path]


def _forms(passages: Iterable[Passage]) -> set[str]:
    found = {word.text for passage in passages for word in passage.words}
    parts = {part for word in found for part in (word, *word.split("-"))}
    return parts | {part.removesuffix("s") for part in parts} | {re.sub(r"['’]s?$", "", part) for part in parts}


def _place(word: str, lang: Language) -> tuple[str, str]:
    """Alphabetical place: capitals as small letters."""
    return sort_key(word, lang), word
