"""A dictionary: which words of a language are spelled as they should be."""

from __future__ import annotations

import importlib.util
import os
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from ..core.decoding import text_of
from ..core.language import Language, locale_name

FOLDER = Path(__file__).parents[3] / "dictionaries"
"""The project's own: those of systems know other words from version to version. `DICPATH` names folders that come
before it, as for Hunspell itself."""


@dataclass(frozen=True)
class Dictionary:
    """Hunspell with one language's dictionary, and the words that the project adds."""

    lang: Language
    extra: frozenset[str] = frozenset()
    """Words that are right here, as they are written; a genitive or a capital may be added to them."""

    @property
    def missing(self) -> str | None:
        """How to get what is missing, or None where nothing is."""
        if not importlib.util.find_spec("hunspell"):
            return "run make check, which installs chunspell"
        if not self._folder:
            name = locale_name(self.lang)
            return f"put {name}.aff and {name}.dic into dictionaries/, whose README.md says where they are"
        return None

    @property
    def version(self) -> str:
        """Changes when the dictionary does."""
        if self.missing or not self._folder:
            return ""
        files = (Path(self._folder, f"{locale_name(self.lang)}.{ending}") for ending in ("aff", "dic"))
        return repr([(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files])

    def knows(self, word: str) -> bool:
        """Whether a word is spelled right; of a compound with hyphens, whether each of its parts is."""
        word = word.replace("’", "'")
        return self._knows(word) or ("-" in word and all(map(self._knows, filter(None, word.split("-")))))

    def has(self, word: str) -> bool:
        """Whether the dictionary itself, without the added words, has a word."""
        return _hunspell(self.lang, self._folder or "").spell(word)

    def suggestions(self, word: str) -> tuple[str, ...]:
        """Words that may have been meant, the likeliest first."""
        return _suggested(self.lang, self._folder or "", word)

    def _knows(self, word: str) -> bool:
        """Whether the word, or its stem without a genitive, is added, in the dictionary or an abbreviation."""
        stems = dict.fromkeys((word, re.sub(r"'s?$", "", word)))
        added = {*stems, *(stem.removesuffix("s") for stem in stems)}
        return (
            any(stem in self.extra or stem[:1].lower() + stem[1:] in self.extra for stem in added)
            or any(stem.isupper() for stem in added)
            or any(self.has(stem) for stem in stems)
            or ("." in word and self.has(f"{word}."))
        )

    @cached_property
    def _folder(self) -> str | None:
        named = os.environ.get("DICPATH", "").split(os.pathsep)
        for path in (*map(Path, filter(None, named)), FOLDER):
            if all((path / f"{locale_name(self.lang)}.{ending}").is_file() for ending in ("aff", "dic")):
                return str(path)
        return None


def word_list(docs: Path, lang: Language) -> list[str]:
    """The words that the project adds to a language's dictionary, as they stand in their file."""
    file = docs / word_list_path(lang)
    return text_of(file).split("\n")[:-1] if file.is_file() else []


def word_list_path(lang: Language) -> str:
    """The file below `docs/` with the words that the project adds."""
    return f"data/words.{lang}.txt"


@cache
def _hunspell(lang: Language, folder: str) -> Any:
    from hunspell import Hunspell

    return Hunspell(locale_name(lang), hunspell_data_dir=folder)


@cache
def _suggested(lang: Language, folder: str, word: str) -> tuple[str, ...]:
    return tuple(_hunspell(lang, folder).suggest(word))
