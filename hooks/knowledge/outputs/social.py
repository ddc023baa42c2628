"""Social pictures: what a page looks like where a link to it is shared, as JPEG, one per language.

A template says what stands where; `layers` and the site's own font make pixels of it, with nothing of the machine's,
so every machine makes the same bytes. They are kept by content in the cache.
"""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from importlib import metadata
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
    _pictures: dict[tuple[str, Language], Picture] = field(default_factory=dict)

    def of(self, article: Article, lang: Language) -> Picture:
        """The picture of a page; pages outside the topics share one per language, with the home page's cover."""
        key = (article.key if article.topic else "", lang)
        if key not in self._pictures:
            self._pictures[key] = self._of(article, lang)
        return self._pictures[key]

    @once
    def drawing(self, path: str) -> bytes:
        """An SVG file below the content folder."""
        return (self.docs / path).read_bytes()

    def address(self, article: Article, lang: Language) -> str:
        """The picture's full address, which changes when it does."""
        picture = self.of(article, lang)
        return f"{urls.absolute(self.site.url, picture.path)}?v={picture.version[:8]}"

    def write(self, template: Callable[..., str], output: Output) -> None:
        """Write all pictures that are not there, from the SVG of a template, and the logo."""
        for article in self.site.library.articles.values():
            for lang in self.site.library.languages:
                self.of(article, lang)
        missing: dict[str, list[Picture]] = defaultdict(list)
        for (article_key, _), picture in self._pictures.items():
            if not output.is_there(picture.path, _key(picture)) and not self.cache.has(_key(picture)):
                missing[article_key].append(picture)
        in_parallel(self.cache, [partial(self._prepare, group, template) for group in missing.values()])
        for _, picture in sorted(self._pictures.items()):
            output.write_once(picture.path, _key(picture), partial(self._file, picture, template))
        icon = digest("logo", self._painter.version, self._icon)
        output.write_once(LOGO, icon, lambda: self._painter.drawn(self._icon, (LOGO_SIZE, LOGO_SIZE)))

    def _of(self, article: Article, lang: Language) -> Picture:
        if not article.topic:
            home = self.site.library["index"]
            return self._picture(f"social/{lang}.jpg", "", self.strings[lang]["tagline"], "", home)
        topic = self.site.library.topics[article.topic][lang].words
        label = (topic.label or topic.title) if article.kind == "article" else ""
        drawn = article if article.has_cover else self.site.library.topics[article.topic]
        path = f"social/{lang}/{article.key}.jpg"
        return self._picture(path, article.topic, article[lang].words.title, label, drawn)

    def _picture(self, path: str, topic: str, title: str, label: str, shown: Article) -> Picture:
        photo = self._photograph(shown.cover)
        made_of = photo.key if photo else self.drawing(shown.cover)
        version = digest(self._look, self.site.name, topic, title, label, made_of)
        return Picture(path, version, topic, title, label, shown.cover)

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


def _key(picture: Picture) -> str:
    return f"{digest(picture.version, DRAWN_BY)}.jpg"
