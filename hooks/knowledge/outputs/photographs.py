"""Photographs in the sizes that pages need: as WebP, and as JPEG or PNG for programs that know no better.

They hold the picture and nothing else: not where it was taken, when, or with what. They are made once and kept
by content in the cache. Nothing is cut off: a cover cut to 16:9 would be a seventh lighter, but cards have no one
shape, so that a phone saved 7 kB of 124 for half as many files again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from ..content import photograph as content
from ..content.photograph import Photograph, decoded
from ..core.cache import Cache
from ..core.fingerprint import digest
from ..core.worker import in_parallel
from .output import Output

WEBP = ".webp"
WRITTEN: dict[str, dict[str, Any]] = {
    ".jpg": {"format": "JPEG", "quality": 80, "optimize": True},
    ".png": {"format": "PNG", "optimize": True},
    WEBP: {"format": "WEBP", "quality": 78, "method": 1},
}
"""How each kind is written. WebP by method 4 takes three times as long, for as many bytes and half a decibel more."""
MADE_BY = digest([Path(module).read_bytes() for module in (__file__, content.__file__)])
"""The fingerprint of the code that makes them."""
MANY = 2
"""From so many on photographs are shared out: each takes about a second."""


class Size(NamedTuple):
    """A photograph in one width, as one kind of file."""

    photograph: Photograph
    width: int
    ending: str

    @property
    def path(self) -> str:
        """Below the site's root."""
        return self.photograph.size(self.width, self.ending)

    @property
    def key(self) -> str:
        """The name of all that it is made of."""
        import PIL

        return digest("photograph", MADE_BY, PIL.__version__, self.photograph.checksum, self.width, self.ending)


@dataclass(frozen=True)
class Photographs:
    """The photographs of a site, and where their sizes are kept."""

    docs: Path
    cache: Cache

    def write(self, photographs: Iterable[Photograph], output: Output) -> None:
        """Write every size of these photographs that is not there."""
        sizes = [size for photograph in photographs for size in _sizes(photograph)]
        new = [size for size in sizes if not output.is_there(size.path, size.key)]
        missing = {size.photograph.path: size.photograph for size in new if not self.cache.has(size.key)}
        in_parallel(self.cache, [partial(self._make, photograph) for photograph in missing.values()], MANY)
        for size in sizes:
            output.write_once(size.path, size.key, partial(self.content, size))

    def content(self, size: Size) -> bytes:
        """The file of a size."""
        kept = self.cache.read(size.key)
        return kept if kept is not None else self._make(size.photograph)[size]

    def _make(self, photograph: Photograph) -> dict[Size, bytes]:
        """All sizes of a photograph, which is read once."""
        from PIL.Image import Resampling

        made: dict[Size, bytes] = {}
        image = decoded(self.docs / photograph.path, photograph.path, photograph.widths[-1])
        for size in reversed(_sizes(photograph)):
            if image.width != size.width:
                image = image.resize((size.width, photograph.height_at(size.width)), Resampling.LANCZOS)
            options: dict[str, Any] = {"lossless": True} if photograph.is_drawn and size.ending == WEBP else {}
            file = BytesIO()
            image.save(file, **WRITTEN[size.ending], **options)
            made[size] = file.getvalue()
            self.cache.write(size.key, file.getvalue())
        return made


def _sizes(photograph: Photograph) -> list[Size]:
    """From the smallest."""
    return [Size(photograph, width, end) for width in photograph.widths for end in (photograph.fallback, WEBP)]
