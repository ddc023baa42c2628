"""Right words: common words that no page holds, but that look like words which pages hold.

A search must not correct them: “bullying” is not “building”. They are sent as a Bloom filter (Bloom 1970,
doi:10.1145/362686.362692): one word in three hundred that is not right counts as right too, and is not corrected.
`overrides/assets/js/known.js` reads it.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
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
    found = {*words}
    bits = bytearray(max(1, len(found) * BITS // 8))
    for word in found:
        first, step = _fnv(word), _fnv(word[::-1]) | 1
        for place in range(first, first + HASHES * step, step):
            bits[place // 8 % len(bits)] |= 1 << place % 8
    return base64.b64encode(bits).decode()


def _fnv(text: str) -> int:
    """FNV-1a, 32 bits."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value
