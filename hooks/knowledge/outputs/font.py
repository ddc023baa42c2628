"""A font: how wide words are in it, and how a title breaks into lines."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from fontTools.ttLib import TTFont

from ..core.cache import Cache

LINE_HEIGHT = 1.14
"""From one line of a title to the next, in parts of the size."""


@dataclass(frozen=True)
class Font:
    """A font of the site."""

    woff2: Path
    """As browsers load it."""
    cache: Cache

    @cached_property
    def version(self) -> str:
        """Changes when the font does."""
        return hashlib.sha256(self.woff2.read_bytes()).hexdigest()[:16]

    @cached_property
    def unpacked(self) -> bytes:
        """The font as renderers load it."""
        return self.cache.get(f"{self.version}.ttf", self._unpack)

    def known(self, text: str) -> str:
        """The text without what the font has no letter for."""
        return " ".join("".join(c if ord(c) in self._advances else " " for c in text).split())

    def width(self, text: str, size: float) -> float:
        """The text's width in pixels, before kerning."""
        return sum(self._advances.get(ord(c), 1) for c in text) * size

    def fit(self, text: str, width: float, height: float, sizes: Sequence[int]) -> tuple[int, list[str]]:
        """The largest of these sizes at which the text fits, and its lines, as even as can be.

        A word that is too wide even at the smallest size is cut with a hyphen.

        Args:
            width: of the space for the text, in pixels.
            height: of that space; a line needs `LINE_HEIGHT` times the size.
        """
        for size in sizes:
            broken = self._break(text.split(), width, size)
            if len(broken) * LINE_HEIGHT * size <= height and all(self.width(line, size) <= width for line in broken):
                return size, self._even(text.split(), width, size, len(broken))
        size = sizes[-1]
        words = [part for word in text.split() for part in self._cut(word, width, size)]
        return size, self._break(words, width, size)

    def _break(self, words: Sequence[str], width: float, size: float) -> list[str]:
        lines: list[str] = []
        for word in words:
            if lines and self.width(f"{lines[-1]} {word}", size) <= width:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
        return lines

    def _even(self, words: Sequence[str], width: float, size: float, count: int) -> list[str]:
        """As many lines, the longest as short as can be."""
        best = self._break(words, width, size)
        while len(words) > count:
            narrower = max(self.width(line, size) for line in best) - 1
            tighter = self._break(words, narrower, size)
            if len(tighter) > count or any(self.width(line, size) > narrower for line in tighter):
                return best
            best = tighter
        return best

    def _cut(self, word: str, width: float, size: float) -> list[str]:
        parts = []
        while self.width(word, size) > width:
            end = next(i for i in range(len(word) - 1, 0, -1) if self.width(f"{word[:i]}-", size) <= width)
            parts.append(f"{word[:end]}-")
            word = word[end:]
        return [*parts, word]

    @cached_property
    def _advances(self) -> dict[int, float]:
        """The width of each character, in parts of the size."""
        font = self._opened()
        em, metrics = font["head"].unitsPerEm, font["hmtx"]
        return {code: metrics[glyph][0] / em for code, glyph in font.getBestCmap().items()}

    def _unpack(self) -> bytes:
        font, unpacked = self._opened(), io.BytesIO()
        font.flavor = None
        font.save(unpacked)
        return unpacked.getvalue()

    def _opened(self) -> TTFont:
        from fontTools.ttLib import TTFont  # which only drawing needs

        return TTFont(self.woff2)
