"""The languages of a site, and what is known of each.

mkdocs.yml says which languages a site has, `overrides/strings/` what its pages say in each. What the checks and the
search know of a language (numbers as words, denials, small words, letters of its own …) stands in `languages/`, one
file for each; where a language has none, what rests on it is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import filterfalse
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from .table import table

Language = Annotated[str, "language"]
"""A language's code, as mkdocs.yml has it."""
ENGLISH: Language = "en"
"""The language in which the code says its messages."""
FOLDER = Path(__file__).parent / "languages"


class Languages(tuple[Language, ...]):
    """The languages of a site, in the order in which they are built: the original, then its translations."""

    planned: frozenset[Language] = frozenset()
    """Those that mkdocs.yml names with `build: false`: pages and data may say something in them, and nobody sees it."""

    @classmethod
    def of(cls, settings: Iterable[Mapping[str, Any]]) -> Languages:
        """The languages that static-i18n builds."""
        named = (one for one in settings if isinstance(one, Mapping) and isinstance(one.get("locale"), str))
        settings = sorted(named, key=lambda one: not one.get("default"))
        built = [one["locale"] for one in settings if one.get("build", True) is not False]
        languages = cls(dict.fromkeys(built))
        languages.planned = frozenset(one["locale"] for one in settings) - {*languages}
        return languages

    @property
    def original(self) -> Language:
        """The language in which texts are written first."""
        return self[0]

    @property
    def translations(self) -> tuple[Language, ...]:
        """All others."""
        return self[1:]

    def others(self, lang: Language) -> tuple[Language, ...]:
        """All but one."""
        return tuple(other for other in self if other != lang)

    def folder(self, lang: Language) -> str:
        """The first part of a language's addresses: nothing for the original, `en/` for English."""
        return "" if lang == self[0] else f"{lang}/"

    def files(self, key: str) -> list[str]:
        """The names of a page's files, by its key."""
        return [f"{key}.{lang}.md" for lang in self]


LANGUAGES = Languages(("da", "en"))
"""Those of a content folder beside which no mkdocs.yml names any."""


@cache
def known(lang: Language) -> Mapping[str, Any]:
    """What stands in the language's file; nothing where it has none."""
    file = FOLDER / f"{lang}.yml"
    return MappingProxyType(table(file) if file.is_file() else {})


@cache
def words_for(what: str) -> str:
    """What stands below `words` in the files of all languages, as one pattern: `til|to|until`; one that fits nothing
    where none says it. A text is looked through for all of them: each may quote another language."""
    return "|".join(said for lang in described() if (said := known(lang).get("words", {}).get(what))) or "(?!)"


@cache
def weekdays(lang: Language, width: str = "wide") -> dict[str, int]:
    """The days of the week as they are written within a sentence, Monday is 0; none where that is not known."""
    found = locale(lang)
    return {name: number for number, name in found.days["format"][width].items()} if found else {}


@cache
def months(lang: Language, *widths: str) -> dict[str, int]:
    """The names of the months, January is 1, in Babel's `widths`, or else in full; none where they are not known."""
    found = locale(lang)
    named = [found.months["format"][width] for width in widths or ("wide",)] if found else ()
    return {name.rstrip("."): number for names in named for number, name in names.items()}


@cache
def pattern_of(lang: Language, what: str) -> re.Pattern[str]:
    """What stands below a key of the language's file, in any case of letters; what fits nothing where it has no such
    key."""
    return re.compile(known(lang).get(what, "(?!)"), re.IGNORECASE)


def described() -> tuple[Language, ...]:
    """The languages that have such a file."""
    return tuple(sorted(file.stem for file in FOLDER.glob("*.yml")))


@cache
def locale(lang: Language) -> Locale | None:
    """The language as most write it, or as it is written where its file says; None where nobody knows it."""
    parts = lang.replace("-", "_").split("_")
    likely = get_global("likely_subtags").get(parts[0], "").split("_")
    region = parts[1:] or [known(lang).get("region") or likely[-1]]
    try:
        return Locale.parse("_".join((parts[0], *region)))
    except (UnknownLocaleError, ValueError):
        return None


def locale_name(lang: Language, separator: str = "_") -> str:
    """Its name with the region, such as `da_DK`; the code alone where nobody knows it."""
    found = locale(lang)
    return f"{found.language}{separator}{found.territory}" if found and found.territory else lang


@cache
def english_name(lang: Language) -> str:
    """What a language is called in messages: `Danish`."""
    found = locale(lang)
    return (found and Locale(found.language).english_name) or lang


@cache
def language_name(code: str, lang: Language) -> str:
    """What any language is called in a language: `spansk`; nothing where the code is none."""
    found = locale(lang) or Locale(ENGLISH)
    return found.languages.get(code, "")


def with_numbers_bound(title: str) -> str:
    """A heading in which no line ends between a word and its number: `trin 2`."""
    return re.sub(r"(?<=\w) (?=\d+\b)", "\N{NO-BREAK SPACE}", title)


@cache
def decimal_mark(lang: Language) -> str:
    """What stands before the decimals of a number: a comma, or a full stop where that is not known."""
    found = locale(lang)
    return found.number_symbols["latn"]["decimal"] if found else "."


def sort_key(text: str, lang: Language) -> str:
    """For alphabetical order: small letters, those that a language has of its own behind z, other marks left aside."""
    text = text.lower()
    if text.isascii():
        return text
    marked = unicodedata.normalize("NFD", text.translate(_own_letters(lang)))
    return "".join(filterfalse(unicodedata.combining, marked))


def letters(lang: Language) -> str:
    """The letters that a language has behind z; none where that is not known."""
    return known(lang).get("letters", "")


@cache
def _own_letters(lang: Language) -> dict[int, str]:
    return str.maketrans({letter: chr(ord("{") + place) for place, letter in enumerate(letters(lang))})
