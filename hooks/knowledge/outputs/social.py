"""Social pictures: what a page looks like where a link to it is shared, as JPEG, one per language.

A template says what stands where; `layers` and the site's own font make pixels of it, with nothing of the machine's,
so every machine makes the same bytes. They are kept by content in the cache.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from importlib import metadata
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from ..content import urls
from ..content.article import Article
from ..content.site import LOGO, LOGO_SIZE, Site
from ..core.cache import Cache
from ..core.fingerprint import digest
from ..core.language import Language
from ..core.once import once
from ..core.worker import in_parallel
from . import font, layers
from .font import LINE_HEIGHT, Font
from .layers import Painter, image, jpeg
from .output import Output
from .photographs import Photographs, Size

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH, HEIGHT = 1200, 630
"""Pixels, as Open Graph's readers want them."""
TITLE_WIDTH, TITLE_HEIGHT = 1040, 200
TITLE_SIZES = range(76, 36, -2)
"""Pixels of the title's letters: the largest that fit are taken."""
DRAWN_BY = digest([Path(module).read_bytes() for module in (__file__, font.__file__, layers.__file__)])
"""The fingerprint of the code that draws."""
PROGRAMS = ("resvg-py", "uharfbuzz", "pillow")


@dataclass(frozen=True)
class Picture:
    """A social picture before it is drawn."""

    path: str
    """Below the site's root."""
    version: str
    """Changes when the picture does."""
    topic: str
    title: str
    label: str
    """What stands above the title."""
    cover: str
    """The path of a drawing or a photograph, below the content folder."""


@dataclass(eq=False)
class Pictures:
    """The social pictures of a site."""

    site: Site
    strings: Mapping[Language, Mapping[str, str]]
    docs: Path
    icon: Path
    look: Path
    """The template of the SVG."""
    font: Font
    cache: Cache
    photographs: Photographs
    logo: Path | None = None
    """The picture that stands before the site's name, where it is not drawn."""
    colours: tuple[str, str] = ("", "")
    """Those of a page without a topic's own: of text, and of the ground; empty: the template's."""

    @once
    def drawing(self, path: str) -> bytes:
        """An SVG file below the content folder."""
        return (self.docs / path).read_bytes()

    def address(self, article: Article, lang: Language) -> str:
        """The picture's full address, which changes when it does."""
        picture = self._of(_named(article), lang)
        return f"{urls.absolute(self.site.url, picture.path)}?v={picture.version[:8]}"

    def write(self, template: Callable[..., str], output: Output) -> None:
        """Write all pictures that are not there, from the SVG of a template, and the logo."""
        library = self.site.library
        keys = dict.fromkeys(map(_named, library.articles.values()))
        groups = [[self._of(key, lang) for lang in library.languages] for key in keys]
        missing = [
            [one for one in group if not output.is_there(one.path, _key(one)) and not self.cache.has(_key(one))]
            for group in groups
        ]
        in_parallel(self.cache, [partial(self._prepare, group, template) for group in missing if group])
        for picture in chain(*groups):
            output.write_once(picture.path, _key(picture), partial(self._file, picture, template))
        icon = digest("logo", self._painter.version, self._icon)
        output.write_once(LOGO, icon, lambda: self._painter.drawn(self._icon, (LOGO_SIZE, LOGO_SIZE)))

    @once
    def _of(self, key: str, lang: Language) -> Picture:
        """The picture of a page by its key; pages outside the topics share one per language, with the home page's
        cover."""
        article, label = self.site.library[key or "index"], ""
        path, title = f"social/{lang}.jpg", self.strings[lang]["tagline"]
        if key:
            topic = self.site.library.topics[article.topic]
            path, title = f"social/{lang}/{key}.jpg", article[lang].words.title
            label = (topic[lang].words.label or topic[lang].words.title) if article.kind == "article" else ""
            article = article if article.has_cover else topic
        photo = self._photograph(article.cover)
        made_of = photo.key if photo else self.drawing(article.cover)
        version = digest(self._look, self.site.name, article.topic, title, label, made_of)
        return Picture(path, version, article.topic, title, label, article.cover)

    def _photograph(self, cover: str) -> Size | None:
        photograph = self.site.library.photographs.get(cover)
        return Size(photograph, photograph.column, photograph.fallback) if photograph else None

    def _prepare(self, pictures: Sequence[Picture], template: Callable[..., str]) -> None:
        """Draw those of an article one after the other: they share their cover."""
        for picture in pictures:
            self._file(picture, template)

    def _file(self, picture: Picture, template: Callable[..., str]) -> bytes:
        return self.cache.get(_key(picture), lambda: self._draw(picture, template))

    def _draw(self, picture: Picture, template: Callable[..., str]) -> bytes:
        size, lines = self.font.fit(self.font.known(picture.title), TITLE_WIDTH, TITLE_HEIGHT, TITLE_SIZES)
        svg = template(
            topic=picture.topic,
            label=picture.label,
            lines=lines,
            size=size,
            line_height=LINE_HEIGHT * size,
            site=self.site.name,
            logo=self.logo and _inline(self.logo),
            accent=self.colours[0],
            ground=self.colours[1],
        )
        return jpeg(self._painter.composed(svg, (WIDTH, HEIGHT), picture.cover))

    def _cover(self, size: tuple[int, int], path: str) -> Image:
        """A cover, as large as fits into a size; a photograph fills it."""
        from PIL import ImageOps

        if photo := self._photograph(path):
            return ImageOps.fit(image(self.photographs.content(photo)), size)
        return image(self._painter.drawn(self.drawing(path).decode("utf-8-sig"), size))

    @cached_property
    def _painter(self) -> Painter:
        return Painter(self.font, self.cache, digest([metadata.version(name) for name in PROGRAMS]), self._cover)

    @cached_property
    def _icon(self) -> str:
        """The logo, as a drawing."""
        if self.icon.suffix == ".svg":
            return self.icon.read_text("utf-8")
        side = f'width="{LOGO_SIZE}" height="{LOGO_SIZE}"'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {side}><image {side} href="{_inline(self.icon)}"/></svg>'

    @cached_property
    def _look(self) -> str:
        """The fingerprint of what all pictures are drawn with."""
        owners = self.colours, self.logo and self.logo.read_bytes()
        sizes = (TITLE_WIDTH, TITLE_HEIGHT, list(TITLE_SIZES), LINE_HEIGHT)
        return digest(self._painter.version, self.look.read_text("utf-8"), self.font.version, sizes, owners)


def _inline(picture: Path) -> str:
    """A picture as an address that holds it."""
    kind = {".svg": "svg+xml", ".jpg": "jpeg"}.get(picture.suffix, picture.suffix[1:])
    return f"data:image/{kind};base64,{base64.b64encode(picture.read_bytes()).decode()}"


def _named(article: Article) -> str:
    """The key by which a page's picture is known; empty where it shares one."""
    return article.key if article.topic else ""


def _key(picture: Picture) -> str:
    return f"{digest(picture.version, DRAWN_BY)}.jpg"
