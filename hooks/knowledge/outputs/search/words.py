"""Words as the search knows them: folded, with figures for numbers, and their stems.

What is done here to texts is done in the browser to queries, by `overrides/assets/js/words.js` and
`stem.da.js` or `stem.en.js`; the lists they share are sent along (`lists`). What is known of a language stands in its
file, below `search`; words of a language of which nothing is known are their own stems. tests/test_words.py holds the
two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

import Stemmer

from ...core.language import Language, described, known

_SAID = [known(lang).get("search", {}) for lang in described()]
ALSO = {word: place for said in _SAID for word, place in said.get("also", {}).items()}
"""More ordinals, of all languages; »4.« is read as `4th`."""
STEPS = list(dict.fromkeys(word for said in _SAID for word in said.get("steps", "").split()))
"""Words for a step of the ladder: with its number they are one word, `step4`, in all languages."""
NUMBERS, PLACES = 12, 5
"""Up to these, words for numbers and for places in a row are read as figures."""
_APOSTROPHES = re.compile("['’‘`´ʼ]")
_MARKS = re.compile(r"[\u0300-\u036f]")
_LETTERS = (("æ", "e"), ("ä", "e"), ("ø", "o"), ("ö", "o"), ("å", "a"), ("ß", "ss"))
_PAIRS = (("ae", "e"), ("oe", "o"), ("aa", "a"))
_DOT = re.compile(r"([1-5])(?<=\b.)\.(?=\s?[^\W\d_])")
_WORD = re.compile(r"[^\W_]+|%")
_FOLDED = re.compile(rf"[^\x00-\x7f]|{'|'.join(pair for pair, _ in _PAIRS)}")
"""What is folded in a small word; most words hold none of it."""


def fold(text: str) -> str:
    """A text in small letters, without apostrophes and marks; æ and `ae` are e, ø and `oe` o, å and `aa` a."""
    text = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text).lower())
    for written, letter in (*_LETTERS, *_PAIRS):  # `translate` takes thirty times as long.
        text = text.replace(written, letter)
    return text if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", text))


@cache
def _counted(lang: Language, what: str) -> list[str]:
    """Words that count, folded, in their order: `ones`, from nought, or `nth`, from the first."""
    return [fold(word) for word in known(lang).get("numbers", {}).get(what, "").split()]


CARDINALS = {str(i): i for i in range(1, PLACES + 1)}
CARDINALS |= {word: 1 for said in _SAID for word in said.get("one", "").split()}
CARDINALS |= {
    word: i for i in range(2, PLACES + 1) for lang in described() for word in _counted(lang, "ones")[i : i + 1]
}
"""What is a number behind a word for a step, in any language."""


def words(text: str, lang: Language) -> list[str]:
    """The folded words of a text, in order: numbers as figures, a step of the ladder as one word."""
    numbers, ordinals = _numbers(lang)
    found = [numbers.get(word, word) for word in _WORD.findall(_DOT.sub(r"\1th", fold(text)))]
    if not _STEPS & set(found):
        return found
    joined: list[str] = []
    for word in found:
        if joined and (step := _step(joined[-1], word, ordinals)):
            joined[-1] = step
        else:
            joined.append(word)
    return joined


def spellings(text: str) -> dict[str, str]:
    """How words of a text are spelled that are not folded as they stand: `sovn` as »søvn«."""
    parts = [part for part in dict.fromkeys(reversed(text.split())) if _FOLDED.search(part.lower())]
    found = _WORD.findall(unicodedata.normalize("NFC", " ".join(reversed(parts))).lower())
    last = reversed([word for word in dict.fromkeys(reversed(found)) if _FOLDED.search(word)])
    return {folded: word for word in last if (folded := fold(word)) != word}


def stem(word: str, lang: Language) -> str:
    """What is left of a folded word without its endings."""
    return _stemmer(lang)(word)


def lists(lang: Language) -> dict[str, object]:
    """What the browser needs to do the same."""
    numbers, ordinals = _numbers(lang)
    said = {name: known(lang).get("search", {}).get(name, "").split() for name in ("light", "broad")}
    return {"numbers": numbers, "ordinals": ordinals, "cardinals": CARDINALS, "steps": STEPS, **said}


_STEPS = frozenset(STEPS)


def _step(one: str, two: str, ordinals: dict[str, int]) -> str | None:
    """A step of the ladder as one word: »trin 4«, »fjerde trin«, but not »fire trin«."""
    place = ordinals.get(one, 0) if two in _STEPS else 0
    if one in _STEPS:
        place = ordinals.get(two) or CARDINALS.get(two, 0)
    return f"step{place}" if place else None


@cache
def _numbers(lang: Language) -> tuple[dict[str, str], dict[str, int]]:
    numbers = {word: str(i) for i, word in enumerate(_counted(lang, "ones")[: NUMBERS + 1]) if i > 1}
    if percent := known(lang).get("search", {}).get("percent"):
        numbers["%"] = percent
    return numbers, {word: i for i, word in enumerate(_counted(lang, "nth")[:PLACES], 1)} | ALSO


def step_word(lang: Language) -> str:
    """What a step of the ladder is called."""
    return known(lang).get("search", {}).get("step", "step")


@cache
def _stemmer(lang: Language) -> Callable[[str], str]:
    """Snowball's, but for words that it leaves as they are (»skiftede«) or cuts too short (»billig«), where the
    language's file says with what endings these are."""
    said = known(lang).get("search", {})
    if "stemmer" not in said:
        return str
    stemmer = Stemmer.Stemmer(said["stemmer"], 0).stemWord
    if "endings" not in said:
        return cache(stemmer)
    past, noun, ending = (re.compile(said["endings"][name]) for name in ("past", "noun", "any"))

    @cache
    def stem(word: str) -> str:
        found = noun.sub("", stemmer(past.sub("", word)))
        return ending.sub("", word) if len(found) < SHORT and len(word) - len(found) > 1 else found

    return stem


SHORT = 4
"""Letters of a stem below which too much may have been cut."""
