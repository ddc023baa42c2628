"""Rules on spelling: each word is one of the language's dictionary or of the project's own list."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import NamedTuple

from ...content.article import Article
from ...content.data import FOREIGN_WORDS
from ...content.library import Library
from ...content.passage import Passage, passages_of
from ...content.prose import WORD, Word, blanked, word_pattern
from ...core.cache import Cache
from ...core.decoding import CONFLICT
from ...core.fingerprint import code, digest
from ...core.language import Language, described, english_name, known, sort_key
from ...core.once import once
from ...core.problems import Problem
from ...core.table import table
from ...core.worker import made
from ..dictionary import Dictionary, word_list, word_list_path
from ..each import of_each
from ..quotation import quotations
from .language import PARTICLE, line_of
from .rule import Finding, path_of, rule

LIKELIEST = 5
"""Of what the dictionary suggests, so much is looked at."""
FEW = 8
"""So few words are looked up by the check itself: one takes about 0.3 s."""
SUGGESTED = 50
"""So many words at most are told with one that was meant; an editor who has more to fix begins with these."""
NAMES = 200
"""So many words at most that are names, or misspelled, are looked up, or one for four texts. This site's texts hold one
in forty; where the dictionary knows little of a site, to look up all would take hours, and the rest count as names."""


BORROWED = tuple(
    phrase for said in table(Path(__file__).with_name("borrowed.yml")).values() for phrase in said.split("|")
)
"""Phrases that a text of any language may hold: per se."""
SURNAME = re.compile(r"(?:Ma?c|[OD]['’])(?=[A-Z])")
"""How a name begins that has a capital within it."""
LED = re.compile(
    r"\b(?:[Vv][ao]n(?: de[mnr]?)?|[A-ZÆØÅ]\w*+ (?:del|della|des|de|di|du|la|le|ten|ter|zu)(?: la| las| los)?) \Z"
)
"""What leads to a name that is in no dictionary: van der, Peter de la."""
BEFORE = re.compile(r"(?<!\w)([^\W\d_]++)(?:(?<=\b\w)\.)?[ ]?\Z")
"""The word or the initial before another one."""


Asked = tuple[Language, str]
"""A word of which a dictionary is asked, behind its language."""


class Unknown(NamedTuple):
    """A word that the dictionary does not have, and that is no abbreviation and no quoted word of another language."""

    file: str
    line: int
    column: int
    word: str
    lang: Language
    near: int
    """It is a name unless a known word lies within so many letters; 0 where it can be none."""
    meant: str = ""
    """What was meant, where that is known already."""

    @property
    def asked(self) -> Asked:
        """The same, wherever it stands."""
        return self.lang, self.word


def misspelled(library: Library, kept: Cache) -> list[Problem]:
    """Every word that is misspelled.

    What was meant is asked of the dictionary once for each word, not for each place, since that is slow.

    Args:
        kept: what was found in the same articles before, and what was meant by the same words.
    """
    if FOREIGN_WORDS in library.unread:
        return []  # They would all be told.
    speller = _Speller(library, kept)
    found = [*speller.unknown_in_data(), *speller.unknown_in_articles()]
    # What stands often is a name rather than a mistake.
    often = Counter(one.asked for one in found if one.near)
    rarest = sorted(often, key=lambda one: (often[one], one))[: max(NAMES, sum(1 for _ in library.translations()) // 4)]
    likely = speller.meant(rarest)
    wrong = sorted(one for one in found if not one.near or _is_near(one, likely.get(one.asked, ())))
    told = speller.meant(islice(dict.fromkeys(one.asked for one in wrong), SUGGESTED))
    return [_problem(one, told.get(one.asked, ())) for one in wrong]


def _is_in_all(name: str, article: Article) -> bool:
    """Whether a name is written alike in all languages of an article, as a name is and a mistake hardly is."""
    texts = [text.head + text.body for text in article.translations.values()]
    return len(texts) > 1 and all(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for text in texts)


def _is_near(one: Unknown, meant: Iterable[str]) -> bool:
    return any(distance(one.word.casefold(), known.casefold()) <= one.near for known in meant)


def _problem(one: Unknown, meant: Sequence[str]) -> Problem:
    said = one.meant or next(iter(meant), "")
    listed = word_list_path(one.lang)
    fix = f"did you mean “{said}”? If it is right, add it to docs/{listed}"
    fix = fix if said else f"if it is right, add it to docs/{listed}"
    message = f"“{one.word}” is in no {english_name(one.lang)} dictionary"
    return Problem(f"docs/{one.file}", one.line, one.column, "spelling", message, fix)


class _Speller:
    """Looks for words that are in no dictionary, and for what was meant by them."""

    def __init__(self, library: Library, kept: Cache) -> None:
        self._library, self._kept, name = library, kept, WORD.findall(library.site_name)
        self.authors = sorted({a.family for one in library.sources.values() for a in one.author or () if a.family})
        # A text may quote a language in which the site says nothing.
        lists = {lang: word_list(library.docs, lang) for lang in dict.fromkeys((*library.languages, *described()))}
        self.dictionaries = {
            lang: Dictionary(lang, frozenset((*listed, *name, *known(lang).get("field", "").split())))
            for lang, listed in lists.items()
        }
        self._versions = {lang: dictionary.version for lang, dictionary in self.dictionaries.items()}
        read = library.site_name, library.foreign_words, self._versions, lists, self.authors
        self._shared = digest("unknown", code(), *read)
        """The fingerprint of all that is read beside a text."""

    def unknown_in_data(self) -> Iterator[Unknown]:
        """The words of data files, and of what readers type, that are not known; kept for each file."""
        phrases = (passage for lang in self._library.languages for passage in self._library.phrase_passages(lang))
        files: dict[object, list[Passage]] = defaultdict(list)
        for passage in (*self._library.data_passages, *phrases):
            files[passage.where].append(passage)
        makes = {
            digest(self._shared, [(p.where, p.lang, p.text, p.line, p.column) for p in file]): partial(
                self._unknown, file
            )
            for file in files.values()
        }
        return chain.from_iterable(made(self._kept, list[Unknown], makes.items()))

    def unknown_in_articles(self) -> Iterator[Unknown]:
        """The words of articles that are not known; kept for each article."""
        rows = of_each(self._library, self._kept, list[Unknown], {self._shared: self._unknown_in})
        return chain.from_iterable(found for (found,) in rows)

    def meant(self, asked: Iterable[Asked]) -> dict[Asked, list[str]]:
        """What each of some words may have been meant for; kept for each word."""
        some = list(asked)
        makes = [(digest("meant", self._versions[one[0]], *one), partial(self._meant, *one)) for one in some]
        return dict(zip(some, made(self._kept, list[str], makes, FEW), strict=True))

    def _meant(self, lang: Language, word: str) -> list[str]:
        return list(self.dictionaries[lang].suggestions(word)[:LIKELIEST])

    def _unknown_in(self, article: Article) -> list[Unknown]:
        found = self._unknown(passage for text in article.translations.values() for passage in passages_of(text))
        return [one for one in found if not one.near or not _is_in_all(one.word, article)]

    def _unknown(self, passages: Iterable[Passage]) -> list[Unknown]:
        """The words of some texts that are not known, at their places."""
        found = []
        for passage in passages:
            if self.dictionaries[passage.lang].missing:
                continue
            for word in _own_words(passage, self._library).words():
                is_word = len(word.text) > 1  # á
                if is_word and not self._knows(passage.lang, word.text) and (near := self._near(passage, word)):
                    place = path_of(passage.where), word.line, word.column
                    found.append(Unknown(*place, word.text, passage.lang, *near))
        return found

    @once
    def _knows(self, lang: Language, word: str) -> bool:
        return self.dictionaries[lang].knows(word)

    def _near(self, passage: Passage, word: Word) -> tuple[int, str] | None:
        """`Unknown.near` and `.meant`; None where a word is right though the dictionary does not have it: an
        abbreviation, a name, or a word of a quotation in another language."""
        line, place = line_of(passage, word)
        if _is_short(line[:place], word.text, line[place + len(word.text) :], self.dictionaries[passage.lang]):
            return None
        others = [lang for lang, other in self.dictionaries.items() if lang != passage.lang and not other.missing]
        known = any(self._knows(lang, word.text) for lang in others)
        name = PARTICLE.sub("", word.text)
        if name[:1].isupper():
            if SURNAME.match(word.text) or LED.search(line[:place]):
                return None
            if known and name[1:].islower():
                return None
            if self._is_behind_name(line[:place], passage.lang):
                meant = self._author(word.text)
                return (0, meant) if meant else None
            return 2 if len(word.text) >= 8 or _begins_sentence(line[:place]) else 1, ""
        return None if known and any(start < place < end for start, end in quotations(line)) else (0, "")

    def _is_behind_name(self, before: str, lang: Language) -> bool:
        """Whether a word stands behind an initial, or a word with a capital that is no word in small letters."""
        found = BEFORE.search(before)
        return bool(
            found
            and found[1][:1].isupper()
            and (len(found[1]) == 1 or not self.dictionaries[lang].has(found[1].lower()))
        )

    def _author(self, name: str) -> str:
        """The author of a source who may have been meant by a surname that is nearly theirs."""
        forms = {name, re.sub(r"(?:['’]s?|s)$", "", name)}
        near = (known for known in self.authors if len(known) > 3 and any(distance(form, known) == 1 for form in forms))
        return "" if forms.intersection(self.authors) else next(near, "")


def _is_short(before: str, word: str, after: str, dictionary: Dictionary) -> bool:
    """Whether it is an abbreviation: with its full stop, or behind a figure, as units are written."""
    short = known(dictionary.lang).get("abbreviations", "").split()
    is_told = after.startswith(".") or bool(re.search(r"\d[ \u00a0]?\Z", before))
    return is_told and (word.lower() in short or dictionary.has(f"{word}."))


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
def missing(library: Library) -> Iterator[Finding]:
    """Without its dictionary a language's spelling is not checked."""
    for lang in library.languages:
        fix = Dictionary(lang).missing
        if fix:
            message = f"there is no {english_name(lang)} dictionary, so spelling is not checked"
            yield Finding(word_list_path(lang), 1, message, fix)


@rule("word-list")
def word_lists(library: Library) -> Iterator[Finding]:
    """The project's own word list is of use only while it is tidy."""
    for lang in library.languages:
        path, dictionary, listed = word_list_path(lang), Dictionary(lang), word_list(library.docs, lang)
        if any(map(CONFLICT.match, listed)):
            continue
        unused = _unused(listed, library, lang) if not library.unread else set()
        for line, (before, word) in enumerate(pairwise(listed), 2):
            if word == before:
                yield Finding(path, line, f"“{word}” is there twice", "delete one of them")
            elif _place(word, lang) < _place(before, lang):
                yield Finding(path, line, f"“{word}” comes after “{before}”", "put it in its alphabetical place")
        for line, word in enumerate(listed, 1):
            if word in unused:
                yield Finding(path, line, f"no {english_name(lang)} text uses “{word}”", "delete it")
            elif not dictionary.missing and dictionary.has(word):
                yield Finding(path, line, f"the {english_name(lang)} dictionary has “{word}” already", "delete it")


def _own_words(passage: Passage, library: Library) -> Passage:
    """The passage without the words of other languages that it may hold."""
    foreign = [word for lang, listed in library.foreign_words.items() if lang != passage.lang for word in listed]
    pattern = word_pattern((*foreign, *BORROWED))
    text = pattern.sub(blanked, passage.text)
    return passage if text == passage.text else replace(passage, text=text)


def _unused(listed: Iterable[str], library: Library, lang: Language) -> set[str]:
    """The words of a list that no text of a language uses, alone or as a part, with a genitive or without."""
    left = {*listed}

    def may_hold(source: str) -> bool:
        return any(word in source or word[:1].upper() + word[1:] in source for word in left)

    typed = "\n".join(phrase.text for phrase in library.phrase_passages(lang))
    for text in (typed, *(passage.text for passage in library.passages(lang, may_hold))):
        forms = _forms(text)
        left -= forms | {form[:1].lower() + form[1:] for form in forms}
    return left


def _forms(text: str) -> set[str]:
    parts = {part for word in WORD.findall(text) for part in (word, *word.split("-"))}
    return parts | {part.removesuffix("s") for part in parts} | {re.sub(r"['’]s?$", "", part) for part in parts}


def _place(word: str, lang: Language) -> tuple[str, str]:
    """Alphabetical place: capitals as small letters."""
    return sort_key(word, lang), word
