"""A picture in layers: a drawing, a cover over it, and texts over both.

A template renders the whole as one SVG. What of it is neither cover nor text is drawn once for all pictures in which it
is the same, and a cover once for all languages: resvg takes five times as long for each picture as a whole.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

import resvg_py
from lxml import etree

from ..content.svg import NAMESPACE, NUMBER
from ..core.cache import Cache
from ..core.fingerprint import digest
from .font import Font

if TYPE_CHECKING:
    from PIL.Image import Image

Size = tuple[int, int]
"""Width and height in pixels."""
Box = tuple[float, float, float, float]
"""X, y, width and height."""
SVG = f"{{{NAMESPACE}}}"
COVER = f"{SVG}image[@id='cover']"
"""The cover's place in a template: an image without address."""
PLAIN = ("fill", "font-size", "x", "y")
"""What is said of a text that needs no SVG renderer; resvg draws any other."""
DEFINING = {f"{SVG}{name}" for name in "defs clipPath mask filter style linearGradient radialGradient".split()}
"""Elements that are seen only where others name them."""
IN_MEMORY = 8
"""Drawings, of 2 megabytes each: those of the topics, and the cover's shape."""
QUALITY, WHOLE = 85, 0
"""Of a JPEG in which letters are as sharp as in a PNG: colours are kept at every point. It holds 74 kB; a PNG with a
palette holds 30 and takes twice as long to make."""


Line = tuple[str, float, float, float, str]
"""A text: its words, x, the y of its base line, its size and its colour."""


@dataclass(frozen=True)
class Layers:
    """A picture, taken apart."""

    drawing: str
    """Its SVG without cover and texts."""
    texts: list[Line]
    box: Box | None = None
    """Where the cover stands; None where the template shows none."""
    shape: str = ""
    """The SVG of what is seen of that box, in white."""

    @classmethod
    def of(cls, svg: str) -> Layers:
        """Take a picture apart."""
        root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
        plain = [node for node in root.iterchildren(f"{SVG}text") if _is_plain(node)]
        texts = [_text(node) for node in plain]
        for node in plain:
            root.remove(node)
        cover = root.find(COVER)
        if cover is None:
            return cls(etree.tostring(root, encoding="unicode"), texts)
        x, y, width, height = _numbers(cover, "x", "y", "width", "height")
        shape = _shape(root, cover)
        root.remove(cover)
        return cls(etree.tostring(root, encoding="unicode"), texts, (x, y, width, height), shape)


def _is_plain(node: etree._Element) -> bool:
    colour, *numbers = (node.get(name, "") for name in PLAIN)
    return not len(node) and len(node.attrib) == len(PLAIN) and all(map(NUMBER.match, numbers)) and colour[:1] == "#"


def _text(node: etree._Element) -> Line:
    x, y, size = _numbers(node, "x", "y", "font-size")
    return " ".join((node.text or "").split()), x, y, size, node.get("fill", "")


def _numbers(node: etree._Element, *names: str) -> list[float]:
    return [float(node.get(name, 0)) for name in names]


def _shape(root: etree._Element, cover: etree._Element) -> str:
    shape = etree.Element(root.tag, root.attrib, root.nsmap)
    shape.extend(copy.deepcopy(node) for node in root if node.tag in DEFINING)
    etree.SubElement(shape, f"{SVG}rect", cover.attrib, fill="#fff")
    return etree.tostring(shape, encoding="unicode")


@dataclass(frozen=True)
class Painter:
    """Draws pictures with the site's own font and nothing of the machine's."""

    font: Font
    cache: Cache
    """Keeps what several pictures share."""
    version: str
    """Changes with the programs that draw."""
    cover: Callable[[Size, str], Image]
    """Gives the cover at a path, as large as fits into a size."""

    def composed(self, svg: str, size: Size, cover: str) -> Image:
        """A picture of an SVG, with the cover at a path."""
        layers = Layers.of(svg)
        picture = self._covered(layers.drawing, layers.box, layers.shape, size, cover).copy()
        for words, x, y, points, colour in layers.texts:
            self.font.set(picture, self.font.known(words), x, y, points, colour)
        return picture

    @lru_cache(1)  # noqa: B019  # There is one painter, and an article's pictures are drawn one after the other.
    def _covered(self, drawing: str, box: Box | None, shape: str, size: Size, cover: str) -> Image:
        """A picture without its texts: the same in all languages."""
        from PIL import ImageChops

        ground = self._layer(drawing, size, "RGB")
        if not box:
            return ground
        picture, (x, y, *sides) = ground.copy(), box
        shown = self.cover((math.ceil(sides[0]), math.ceil(sides[1])), cover)
        left = round(x) + (math.ceil(sides[0]) - shown.width) // 2
        top = round(y) + (math.ceil(sides[1]) - shown.height) // 2
        seen = self._layer(shape, size, "L").crop((left, top, left + shown.width, top + shown.height))
        picture.paste(shown, (left, top), ImageChops.multiply(seen, shown.getchannel("A")))
        return picture

    def drawn(self, svg: str, size: Size) -> bytes:
        """A drawing as PNG, as large as fits into a size."""
        font = self.font.version if "<text" in svg else ""
        return self.cache.get(digest("drawn", self.version, font, svg, size), lambda: self._draw(svg, size, bool(font)))

    def _draw(self, svg: str, size: Size, needs_font: bool) -> bytes:
        with NamedTemporaryFile(suffix=".ttf") as file:
            if needs_font:
                file.write(self.font.unpacked)
                file.flush()
            return resvg_py.svg_to_bytes(
                svg_string=svg,
                width=size[0],
                height=size[1],
                skip_system_fonts=True,
                font_files=[file.name] if needs_font else None,
            )

    @lru_cache(IN_MEMORY)  # noqa: B019  # There is one painter, and not many drawings.
    def _layer(self, svg: str, size: Size, mode: str) -> Image:
        """A drawing on white, or (in mode L) how much of it is seen."""
        from PIL import Image

        drawn = image(self.drawn(svg, size))
        if mode == "L":
            return drawn.getchannel("A")
        return Image.alpha_composite(Image.new("RGBA", drawn.size, "#fff"), drawn).convert(mode)


def image(content: bytes) -> Image:
    """A picture's pixels, with how much is seen of each."""
    from PIL import Image

    with Image.open(BytesIO(content)) as opened:
        opened.load()
        return opened if opened.mode == "RGBA" else opened.convert("RGBA")


def jpeg(picture: Image) -> bytes:
    """The file of a picture."""
    file = BytesIO()
    picture.save(file, "JPEG", quality=QUALITY, subsampling=WHOLE)
    return file.getvalue()
