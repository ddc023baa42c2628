"""Right words: common words that no page holds, but that look like words which pages hold.

A search must not correct them: “bullying” is not “building”. They are sent as a Bloom filter (Bloom 1970,
doi:10.1145/362686.362692): one word in three hundred that is not right counts as right too, and is not corrected.
`overrides/assets/js/known.js` reads it.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from ...core.language import Language
from .words import fold

BITS, HASHES = 12, 7
"""Bits for each word, and of these set."""


def right_words(lang: Language) -> list[str]:
    """The words, folded; `right.LANG.txt` holds them, one a line. None where there is no such file."""
    file = Path(__file__).with_name(f"right.{lang}.txt")
    return [fold(word) for word in file.read_text("utf-8").split()] if file.is_file() else []


def bloom(words: Iterable[str]) -> str:
    """The filter, in base64."""
    found = sorted({*words})
    bits = bytearray(max(1, len(found) * BITS // 8))
    for word in found:
        for place in _places(word, len(bits) * 8):
            bits[place // 8] |= 1 << place % 8
    return base64.b64encode(bits).decode()


def _places(word: str, size: int) -> Iterator[int]:
    first, step = _hashes(word)
    return (place % size for place in range(first, first + HASHES * step, step))


@cache
def _hashes(word: str) -> tuple[int, int]:
    """The first place and the step to the next; they are the same in each build of a process."""
    return _fnv(word), _fnv(word[::-1]) | 1


def _fnv(text: str) -> int:
    """FNV-1a, 32 bits."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value
