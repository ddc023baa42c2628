"""Social pictures: what a page looks like where a link to it is shared, as PNG, one per language.

A template draws the SVG; resvg turns it into pixels with the site's own font and nothing of the
machine's, so every machine makes the same bytes. They are kept by content in the cache.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import resvg_py

from . import urls
from .article import Article, Language
from .cache import Cache
from .font import LINE_HEIGHT, Font
from .site import LOGO, LOGO_SIZE, Site

WIDTH, HEIGHT = 1200, 630
"""Pixels, as Open Graph's readers want them."""
TITLE_WIDTH, TITLE_HEIGHT = 1040, 200
TITLE_SIZES = range(76, 36, -2)
"""Pixels of the title's letters: the largest that fit are taken."""


@dataclass(frozen=True)
class Picture:
    """A social picture before it is drawn."""

    path: str
    """Below the site's root."""
    svg: str
    side: tuple[int, int] = (WIDTH, HEIGHT)

    @cached_property
    def version(self) -> str:
        """Changes when the picture does."""
        return hashlib.sha256(f"{resvg_py.__version__} {self.side} {self.svg}".encode()).hexdigest()

    def png(self, font: Font) -> bytes:
        """The picture, drawn."""
        return resvg_py.svg_to_bytes(
            svg_string=self.svg,
            width=self.side[0],
            height=self.side[1],
            skip_system_fonts=True,
            font_files=[str(font.path)],
        )


@dataclass
class Pictures:
    """The social pictures of a site."""

    site: Site
    strings: Mapping[Language, Mapping[str, str]]
    docs: Path
    icon: Path
    font: Font
    cache: Cache
    template: Callable[..., str] = str
    """Renders the SVG; MkDocs gives it once it has made its Jinja environment."""
    _pictures: dict[tuple[str, Language], Picture] = field(default_factory=dict)

    def of(self, article: Article, lang: Language) -> Picture:
        """The picture of a page; pages outside the topics share one per language, with the home page's cover."""
        key = (article.key if article.topic else "", lang)
        if key not in self._pictures:
            self._pictures[key] = self._of(article, lang)
        return self._pictures[key]

    def _of(self, article: Article, lang: Language) -> Picture:
        if not article.topic:
            cover = self.docs / self.site.library["index"].cover
            return self._draw(f"social/{lang}.png", "", self.strings[lang]["tagline"], "", cover)
        topic = self.site.library.topics[article.topic][lang].words
        return self._draw(
            f"social/{lang}/{article.key}.png",
            article.topic,
            article[lang].words.title,
            (topic.label or topic.title) if article.kind == "article" else "",
            self.docs / article.cover,
        )

    def address(self, article: Article, lang: Language) -> str:
        """The picture's full address, which changes when it does."""
        picture = self.of(article, lang)
        return f"{urls.absolute(self.site.url, picture.path)}?v={picture.version[:8]}"

    def files(self, lang: Language) -> dict[str, bytes]:
        """All pictures of a language, by path, and the logo."""
        pictures = {p.path: p for a in self.site.library.articles.values() if (p := self.of(a, lang))}
        pictures[LOGO] = Picture(LOGO, self.icon.read_text("utf-8"), (LOGO_SIZE, LOGO_SIZE))
        return {path: self._png(picture) for path, picture in sorted(pictures.items())}

    def _png(self, picture: Picture) -> bytes:
        name = f"{picture.version}-{self.font.version}.png"
        return self.cache.get(name, lambda: picture.png(self.font))

    def _draw(self, path: str, topic: str, title: str, label: str, cover: Path) -> Picture:
        size, lines = self.font.fit(self.font.known(title), TITLE_WIDTH, TITLE_HEIGHT, TITLE_SIZES)
        svg = self.template(
            topic=topic,
            label=self.font.known(label),
            lines=lines,
            size=size,
            line_height=LINE_HEIGHT * size,
            site=self.site.name,
            cover=base64.b64encode(cover.read_bytes()).decode(),
        )
        return Picture(path, svg)
