"""A font: how wide words are in it, how a title breaks into lines, and its letters as pixels."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.cache import Cache
from ..core.fingerprint import checksum

if TYPE_CHECKING:
    import uharfbuzz
    from PIL.Image import Image

LINE_HEIGHT = 1.14
"""From one line of a title to the next, in parts of the size."""
LINES = 32
"""So many lines are remembered: what all pictures say, and those of a topic, are set once."""


@dataclass(frozen=True)
class Font:
    """A font of the site."""

    woff2: Path
    """As browsers load it."""
    cache: Cache

    @cached_property
    def version(self) -> str:
        """Changes when the font does."""
        return checksum(self.woff2.read_bytes())[:16]

    @cached_property
    def unpacked(self) -> bytes:
        """The font as renderers load it."""
        return self.cache.get(f"{self.version}.ttf", self._unpack)

    def known(self, text: str) -> str:
        """The text without what the font has no letter for; without an accent where it has the letter alone."""
        text = unicodedata.normalize("NFC", text)
        if not self._advances.keys() >= {*map(ord, text)}:
            text = "".join(map(self._known, text))
        return " ".join(text.split())

    def _known(self, letter: str) -> str:
        if ord(letter) in self._advances:
            return letter
        kind = unicodedata.category(letter)
        if kind == "Pd":
            return "-"
        if kind in ("Mn", "Cf"):  # accents, and what shows nothing
            return ""
        parts = unicodedata.normalize("NFKD", letter) if kind[0] == "L" else ""  # ½ would become 12.
        return "".join(part for part in parts if ord(part) in self._advances) or " "

    def width(self, text: str, size: float) -> float:
        """The text's width in pixels, before kerning."""
        return sum(self._advances.get(ord(c), 1) for c in text) * size

    def fit(self, text: str, width: float, height: float, sizes: Sequence[int]) -> tuple[int, list[str]]:
        """The largest of these sizes at which the text fits, and its lines, as even as can be.

        A word that is too wide even at the smallest size is cut with a hyphen.

        Args:
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

    def set(self, picture: Image, text: str, x: float, y: float, size: float, colour: str) -> None:
        """Write a line, whose base line is at y, into a picture."""
        if shape := self._shape(text, x, y, size):
            picture.paste(colour, *shape)

    @lru_cache(LINES)  # noqa: B019  # There is one font.
    def _shape(self, text: str, x: float, y: float, size: float) -> tuple[tuple[int, int], Image] | None:
        """Where the letters of a line stand and how much of each point they cover; None where nothing is seen."""
        import uharfbuzz
        from PIL import Image

        line, pen = uharfbuzz.Buffer(), uharfbuzz.RasterDraw()
        line.add_str(text)
        line.language = "und"  # or the machine's would choose among forms of letters
        line.guess_segment_properties()
        uharfbuzz.shape(self._opened, line)
        scale, at = size / self._em, 0
        for glyph, place in zip(line.glyph_infos, line.glyph_positions, strict=True):
            pen.transform = (scale, 0, 0, scale, x + (at + place.x_offset) * scale, place.y_offset * scale - y)
            pen.draw_glyph(self._opened, glyph.codepoint)
            at += place.x_advance
        drawn = pen.render()
        if not drawn or not drawn.extents.width or not drawn.extents.height:
            return None
        found = drawn.extents  # Its rows begin at the bottom.
        shape = Image.frombytes("L", (found.width, found.height), drawn.buffer, "raw", "L", found.stride, -1)
        return (found.x_origin, -found.y_origin - found.height), shape

    @cached_property
    def _advances(self) -> dict[int, float]:
        """The width of each character, in parts of the size."""
        font = self._opened
        glyphs = {code: font.get_nominal_glyph(code) for code in font.face.unicodes}
        return {code: font.get_glyph_h_advance(glyph) / self._em for code, glyph in glyphs.items()}

    @cached_property
    def _em(self) -> int:
        return self._opened.face.upem

    @cached_property
    def _opened(self) -> uharfbuzz.Font:
        import uharfbuzz  # which only drawing needs

        return uharfbuzz.Font(uharfbuzz.Face(self.unpacked))

    def _unpack(self) -> bytes:
        from fontTools.ttLib import TTFont  # HarfBuzz reads no WOFF2.

        font, unpacked = TTFont(self.woff2), io.BytesIO()
        font.flavor = None
        font.save(unpacked)
        return unpacked.getvalue()
