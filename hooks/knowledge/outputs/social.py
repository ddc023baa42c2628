"""Social pictures: what a page looks like where a link to it is shared, as PNG, one per language.

A template draws the SVG; resvg turns it into pixels with the site's own font and nothing of the
machine's, so every machine makes the same bytes. They are kept by content in the cache.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

import resvg_py

from ..content import urls
from ..content.article import Article
from ..content.site import LOGO, LOGO_SIZE, Site
from ..core.cache import Cache
from ..core.fingerprint import digest
from ..core.language import Language
from ..core.worker import in_parallel
from . import font
from .font import LINE_HEIGHT, Font
from .photographs import Photographs, Size

WIDTH, HEIGHT = 1200, 630
"""Pixels, as Open Graph's readers want them."""
TITLE_WIDTH, TITLE_HEIGHT = 1040, 200
TITLE_SIZES = range(76, 36, -2)
"""Pixels of the title's letters: the largest that fit are taken."""
DRAWN_BY = digest([Path(module).read_bytes() for module in (__file__, font.__file__)])
"""The fingerprint of the code that draws."""


@dataclass(frozen=True)
class Picture:
    """A social picture before it is drawn."""

    path: str
    """Below the site's root."""
    version: str
    """Changes when the picture does."""
    svg: Callable[[Callable[..., str]], str]
    """Its source, given the template that renders it."""
    side: tuple[int, int] = (WIDTH, HEIGHT)
    has_photograph: bool = False
    """Whether there are more colours in it than programs that show links like to fetch."""

    def png(self, font: Font, template: Callable[..., str]) -> bytes:
        """The picture, drawn."""
        with NamedTemporaryFile(suffix=".ttf") as file:
            file.write(font.unpacked)
            file.flush()
            drawn = resvg_py.svg_to_bytes(
                svg_string=self.svg(template),
                width=self.side[0],
                height=self.side[1],
                skip_system_fonts=True,
                font_files=[file.name],
            )
        return _lighter(drawn) if self.has_photograph else drawn


@dataclass
class Pictures:
    """The social pictures of a site."""

    site: Site
    strings: Mapping[Language, Mapping[str, str]]
    docs: Path
    icon: Path
    """The publisher's logo."""
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
    _drawings: dict[str, bytes] = field(default_factory=dict)

    def of(self, article: Article, lang: Language) -> Picture:
        """The picture of a page; pages outside the topics share one per language, with the home page's cover."""
        key = (article.key if article.topic else "", lang)
        if key not in self._pictures:
            self._pictures[key] = self._of(article, lang)
        return self._pictures[key]

    def drawing(self, path: str) -> bytes:
        """An SVG file below the content folder."""
        if path not in self._drawings:
            with open(f"{self.docs}/{path}", "rb") as file:
                self._drawings[path] = file.read()
        return self._drawings[path]

    def address(self, article: Article, lang: Language) -> str:
        """The picture's full address, which changes when it does."""
        picture = self.of(article, lang)
        return f"{urls.absolute(self.site.url, picture.path)}?v={picture.version[:8]}"

    def files(self, lang: Language, template: Callable[..., str]) -> dict[str, bytes]:
        """All pictures of a language, by path, and the logo.

        Args:
            template: renders the SVG.
        """
        pictures = {p.path: p for a in self.site.library.articles.values() if (p := self.of(a, lang))}
        icon = self._icon
        pictures[LOGO] = Picture(LOGO, digest(icon, LOGO_SIZE), lambda _: icon, (LOGO_SIZE, LOGO_SIZE))
        missing = [picture for picture in pictures.values() if not self.cache.has(_key(picture))]
        in_parallel(self.cache, [partial(self._png, picture, template) for picture in missing])
        return {path: self._png(pictures[path], template) for path in sorted(pictures)}

    def _of(self, article: Article, lang: Language) -> Picture:
        if not article.topic:
            home = self.site.library["index"]
            return self._picture(f"social/{lang}.png", "", self.strings[lang]["tagline"], "", home)
        topic = self.site.library.topics[article.topic][lang].words
        label = (topic.label or topic.title) if article.kind == "article" else ""
        drawn = article if article.has_cover else self.site.library.topics[article.topic]
        path = f"social/{lang}/{article.key}.png"
        return self._picture(path, article.topic, article[lang].words.title, label, drawn)

    def _picture(self, path: str, topic: str, title: str, label: str, shown: Article) -> Picture:
        photograph = self.site.library.photographs.get(shown.cover)
        photo = photograph and Size(photograph, photograph.column, photograph.fallback)

        def svg(template: Callable[..., str]) -> str:
            size, lines = self.font.fit(self.font.known(title), TITLE_WIDTH, TITLE_HEIGHT, TITLE_SIZES)
            return template(
                topic=topic,
                label=self.font.known(label),
                lines=lines,
                size=size,
                line_height=LINE_HEIGHT * size,
                site=self.site.name,
                logo=self.logo and _inline(self.logo),
                accent=self.colours[0],
                ground=self.colours[1],
                cover=base64.b64encode(
                    self.photographs.content(photo) if photo else self.drawing(shown.cover)
                ).decode(),
                kind=photo.ending[1:] if photo else "svg",
            )

        made_of = photo.key if photo else self.drawing(shown.cover)
        version = digest(self._look, self.site.name, topic, title, label, made_of)
        return Picture(path, version, svg, has_photograph=bool(photo))

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
        return digest(resvg_py.__version__, self.look.read_text("utf-8"), self.font.version, sizes, owners)

    def _png(self, picture: Picture, template: Callable[..., str]) -> bytes:
        return self.cache.get(_key(picture), lambda: picture.png(self.font, template))


def _lighter(png: bytes) -> bytes:
    """A picture in 256 colours: a third of the bytes."""
    from PIL import Image

    with Image.open(BytesIO(png)) as image:
        file = BytesIO()
        image.convert("RGB").quantize(256).save(file, "PNG", optimize=True)
        return file.getvalue()


def _inline(picture: Path) -> str:
    """A picture as an address that holds it."""
    kind = {".svg": "svg+xml", ".jpg": "jpeg"}.get(picture.suffix, picture.suffix[1:])
    return f"data:image/{kind};base64,{base64.b64encode(picture.read_bytes()).decode()}"


def _key(picture: Picture) -> str:
    return f"{digest(picture.version, DRAWN_BY)}.png"
