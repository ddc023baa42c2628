"""A photograph: a picture of pixels. The site publishes sizes of it that it makes, and never the file itself,
which says where and when it was taken.
"""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.fingerprint import checksum
from ..core.problems import Problem
from .kind import AVIF, JPEG, MEDIA, PNG, WEBP
from .urls import slugify

if TYPE_CHECKING:  # Pillow takes as long to import as a small site to build.
    from PIL.Image import Image

RULE = "picture"
FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP", AVIF: "AVIF"}
WIDTHS = (320, 720, 1080, 1600)
"""Pixels: a card, a column of text (40 rem), the same on a phone's fine screen, and all that anybody sees."""
MEGAPIXELS = {JPEG: 80, PNG: 24, WEBP: 24, AVIF: 24}
"""The largest that are read. A JPEG is read at a fraction of its size, others whole, in four bytes a pixel."""
FLAT = 0.4
"""The share of points that are as those beside them, from which on a PNG is drawn, such as a picture of a screen."""
GLANCE = 320
"""Pixels at which that is looked at."""
TALLEST = 16_383
"""Pixels that a WebP can be high, such as a picture of a whole page of a phone."""
TURNED = (5, 6, 7, 8)
"""What a camera says that was held upright (EXIF's orientation)."""
BROKEN = (OSError, SyntaxError, ValueError, EOFError, LookupError, OverflowError, RuntimeError, struct.error)
"""What Pillow raises at a file that is damaged."""


@dataclass(frozen=True)
class Photograph:
    """A photograph, as far as pages need to know it."""

    path: str
    """Below `docs/`."""
    checksum: str
    """Of the file."""
    width: int
    """Pixels, as it is seen: a camera may have been held upright."""
    height: int
    is_drawn: bool
    """Whether much of it is flat, such as a picture of a screen, which would look dirty as a JPEG."""
    is_clear: bool
    """Whether something shines through it."""

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths that are made, from the smallest."""
        most = min(self.width, WIDTHS[-1])
        return (*(width for width in WIDTHS if width < most), most)

    @property
    def column(self) -> int:
        """The width for a column of text, or all there is."""
        return self.widths[:2][-1]

    @property
    def fallback(self) -> str:
        """The ending of what is made beside WebP."""
        return ".png" if self.is_drawn or self.is_clear else ".jpg"

    def height_at(self, width: int) -> int:
        """The height of a size."""
        return max(1, round(width * self.height / self.width))

    def size(self, width: int, ending: str) -> str:
        """The path of a size below the site's root: it changes when the photograph does."""
        name = "/".join(slugify(part) or "picture" for part in self.path.rpartition(".")[0].split("/"))
        return f"assets/pictures/{name}-{self.checksum[:8]}-{width}{ending}"

    @property
    def largest(self) -> str:
        """The path of the largest size that every browser shows."""
        return self.size(self.widths[-1], self.fallback)


def read_photograph(data: bytes, path: str) -> tuple[Photograph | None, list[Problem]]:
    """A photograph by its path below `docs/`, or None where no page can show it, and why not."""

    def told(message: str, fix: str) -> tuple[None, list[Problem]]:
        return None, [Problem(f"docs/{path}", 1, 1, RULE, message, fix)]

    kind = MEDIA[path[path.rfind(".") :]]
    most = MEGAPIXELS[kind]
    try:
        with _opened(BytesIO(data), path) as image:
            if kind != JPEG and getattr(image, "is_animated", False):  # A JPEG may hold its preview as a second one.
                return told("the picture moves", "save it as an MP4 film, or a single picture of it")
            if (pixels := image.width * image.height) > most * 1_000_000:
                size = f"{image.width} by {image.height}"
                fix = f"save it smaller: 2000 pixels are wide enough, and at most {most} megapixels are read"
                return told(f"the picture has {pixels // 1_000_000} megapixels ({size})", fix)
            width, height = _seen(image)
        with _opened(BytesIO(data), path) as image:
            image.verify()  # A PNG's checksums: decoding ends without an error where its data does.
        with decoded(BytesIO(data), path, GLANCE) as small:
            is_drawn = kind == PNG and _flat(small) > FLAT
            is_clear = small.mode == "RGBA"
    except (*BROKEN, MemoryError):
        return told("the picture is damaged, and cannot be read", "save it again, or take it from the camera again")
    photograph = Photograph(path, checksum(data), width, height, is_drawn, is_clear)
    if (high := photograph.height_at(photograph.widths[-1])) > TALLEST:
        return told(f"the picture is {high} pixels high, and no browser shows so many", "cut it into several pictures")
    return photograph, []


def decoded(file: BytesIO | Path, path: str, width: int) -> Image:
    """A photograph as it is seen, in sRGB: without all that the file says of it, and at least so wide if it is.

    Args:
        path: below `docs/`; its ending says the kind.
        width: pixels. It is read in no more memory than needed.

    Raises:
        BROKEN: where it is damaged.
    """
    from PIL import Image as pillow
    from PIL import ImageOps

    with _opened(file, path) as image:
        share = min(1, width / _seen(image)[0])
        image.draft(None, (max(1, int(image.width * share)), max(1, int(image.height * share))))
        image.load()
        with suppress(*BROKEN):  # What it says of how the camera was held may be damaged alone.
            ImageOps.exif_transpose(image, in_place=True)
        profile = image.info.get("icc_profile")
        has_alpha = image.has_transparency_data
        if image.mode.startswith("I") or image.mode == "F":  # 16 bits a pixel
            image = image.convert("F").point(lambda value: value / 256).convert("L")
        if image.mode in ("1", "P", "PA", "LA") or (has_alpha and image.mode != "RGBA"):
            image = image.convert("RGBA" if has_alpha else "RGB")
        if image.width >= 2 * width:
            image = image.reduce(image.width // width)
        image = _in_srgb(image, profile)
        if image.mode == "RGBA" and image.getchannel("A").getextrema()[0] == 255:
            image = image.convert("RGB")
        alone = pillow.new(image.mode, image.size)  # It knows nothing of the file.
        alone.paste(image)
        return alone


@contextmanager
def _opened(file: BytesIO | Path, path: str) -> Iterator[Image]:
    """A picture of the kind that its ending says, of which no more than the first bytes are read."""
    from PIL import Image as pillow

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # It is looked at here how large it is.
        limit, pillow.MAX_IMAGE_PIXELS = pillow.MAX_IMAGE_PIXELS, None
        try:
            with pillow.open(file, formats=(FORMATS[MEDIA[path[path.rfind(".") :]]],)) as image:
                yield image
        finally:
            pillow.MAX_IMAGE_PIXELS = limit


def _seen(image: Image) -> tuple[int, int]:
    """Width and height as it is seen."""
    with suppress(*BROKEN):
        if image.getexif().get(0x0112) in TURNED:
            return image.height, image.width
    return image.width, image.height


def _in_srgb(image: Image, profile: bytes | None) -> Image:
    """The same colours, as browsers understand them without being told."""
    from PIL import ImageCms

    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        with suppress(ImageCms.PyCMSError, *BROKEN):
            source, srgb = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, source, srgb, outputMode=mode) or image
    return image.convert(mode)


def _flat(image: Image) -> float:
    """The share of points that are as those beside them."""
    from PIL import ImageChops

    apart = ImageChops.difference(image, ImageChops.offset(image, 1, 0)).convert("RGB").split()
    most = ImageChops.lighter(ImageChops.lighter(apart[0], apart[1]), apart[2])
    return most.histogram()[0] / (image.width * image.height)
