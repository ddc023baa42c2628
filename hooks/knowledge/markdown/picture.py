"""Pictures in a text: each in the size that its place needs, with its proportions, and fetched once it is near.

A photograph leads to its largest size, so that it can be enlarged without a script.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from .tree import TreeExtension, file_at

COLUMN = 640
"""Pixels: the width of a column of text (40 rem)."""
MARGIN = 32
"""Pixels: what stands beside it on a phone."""
WORTH_ENLARGING = 1.25
"""How much wider a picture must be than it is shown."""


@dataclass(frozen=True)
class ShownPicture:
    """A picture as pages show it. All addresses begin at the host's root."""

    src: str
    width: int
    """Pixels, of the largest; a drawing has any."""
    height: int
    srcset: str = ""
    """Sizes that every browser shows; none of a drawing."""
    webp: str = ""
    """The same sizes, lighter."""
    large: str = ""


@dataclass(eq=False)
class PicturesExtension(TreeExtension):
    """Python-Markdown extension."""

    url: str
    """Of the page."""
    shown: Callable[[str], ShownPicture | None]
    """Gives a picture by its path below the content folder; None where it is none that pages show otherwise."""
    words: Callable[[], dict[str, str]]
    name, priority = "pictures", -0.5
    """After MkDocs (0) has looked where links and pictures lead, before answers are read (−1)."""

    def run(self, root: Element) -> None:
        self._inside(root, is_linked=False)

    def _inside(self, parent: Element, is_linked: bool) -> None:
        for place, element in enumerate(list(parent)):
            if element.tag == "img":
                if shown := self._shown(element.get("src", "")):
                    parent[place] = self._picture(element, shown, is_linked)
                continue
            if element.tag == "a" and (shown := self._shown(element.get("href", ""))) and shown.large:
                element.set("href", shown.large)  # The file itself is not published.
            self._inside(element, is_linked or element.tag == "a")

    def _shown(self, address: str) -> ShownPicture | None:
        return file_at(address, self.url, self.shown)

    def _picture(self, img: Element, shown: ShownPicture, is_linked: bool) -> Element:
        """The picture, with all that a browser needs to choose and place it."""
        given = img.get("width")
        width = _pixels(given) or (shown.width if shown.srcset else COLUMN)
        if given is None or _pixels(given):
            img.set("width", str(width))
            img.attrib.setdefault("height", str(max(1, round(width * shown.height / shown.width))))
        img.attrib.setdefault("loading", "lazy")
        if not shown.srcset:
            return img
        seen = min(width, COLUMN)
        sizes = f"(min-width: {seen + MARGIN}px) {seen}px, calc(100vw - {MARGIN}px)"
        img.attrib |= {"src": shown.src, "srcset": shown.srcset, "sizes": sizes}
        picture = Element("picture")
        SubElement(picture, "source", {"type": "image/webp", "srcset": shown.webp, "sizes": sizes})
        picture.append(img)
        whole = picture
        if not is_linked and shown.width >= seen * WORTH_ENLARGING:
            words = self.words()
            name = words["picture_large"].format(alt=img.get("alt", ""))
            whole = Element("a", {"class": "enlarge", "href": shown.large, "aria-label": name})
            whole.append(picture)
        whole.tail, img.tail = img.tail, None
        return whole


def _pixels(value: str | None) -> int:
    """A width in pixels; nothing where it is none, or a share."""
    return int(value) if value and value.isdecimal() else 0
