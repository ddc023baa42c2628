"""Social pictures: their titles fit, they are the same everywhere, and every page names one that is there."""

from __future__ import annotations

import struct
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from conftest import ROOT, Built
from knowledge.content.library import Library
from knowledge.content.site import LOGO, LOGO_SIZE
from knowledge.core.cache import Cache
from knowledge.outputs.font import LINE_HEIGHT, Font
from knowledge.outputs.social import TITLE_HEIGHT, TITLE_SIZES, TITLE_WIDTH, Picture
from test_site import classes, graph, pages

LITERATA = ROOT / "overrides/assets/fonts/literata-600.woff2"


@pytest.fixture
def font(tmp_path: Path) -> Font:
    """The font of titles, with a cache of its own."""
    return Font(LITERATA, Cache(tmp_path / "cache"))


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height in a PNG's header."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


TITLES = [
    # id, title, lines
    ("one word", "Rapport", ["Rapport"]),
    (
        "even lines",
        "Den terapeutiske alliance: mål, opgaver og bånd",
        ["Den terapeutiske alliance:", "mål, opgaver og bånd"],
    ),
    ("long words keep whole", "Arbejdsmiljøkonsekvensvurderinger og tilbagevendingsplaner", None),
    ("a word wider than the picture", "Psykoterapeutuddannelsesgodkendelsesordningsbekendtgørelsesudkast", None),
    (
        "many words",
        "En titel, der er meget længere, end nogen redaktør burde skrive, og som ikke vil holde op med at gå videre",
        None,
    ),
    ("nothing", "", []),
]


@pytest.mark.parametrize(("title", "expected"), [t[1:] for t in TITLES], ids=[t[0] for t in TITLES])
def test_a_title_fits_and_loses_no_letter(font: Font, title: str, expected: list[str] | None) -> None:
    size, lines = font.fit(title, TITLE_WIDTH, TITLE_HEIGHT, TITLE_SIZES)
    assert expected is None or lines == expected
    assert len(lines) * LINE_HEIGHT * size <= TITLE_HEIGHT
    assert all(font.width(line, size) <= TITLE_WIDTH for line in lines)
    assert " ".join(lines).replace("- ", "").replace(" ", "") == title.replace(" ", "")


def test_every_real_title_fits_in_large_letters_without_a_cut_word(font: Font) -> None:
    library, _ = Library.read(ROOT / "docs")
    for translation in library.translations():
        title = font.known(translation.words.title)
        size, lines = font.fit(title, TITLE_WIDTH, TITLE_HEIGHT, TITLE_SIZES)
        assert size >= 56, title
        assert " ".join(lines) == title


def test_letters_that_the_font_lacks_are_left_out(font: Font) -> None:
    assert font.known("Ro 🙂 og  æøåÆØÅé") == "Ro og æøåÆØÅé"


def test_a_picture_is_the_same_from_any_cache(font: Font, tmp_path: Path) -> None:
    text = '<text y="80" font-size="80" font-family="Literata">å</text>'
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630">{text}</svg>'
    other = Font(LITERATA, Cache(tmp_path / "other"))
    picture = Picture("x.png", "1", lambda template: template(text=text))
    changed = Picture("x.png", "2", lambda template: template(text=text.replace("å", "a")))
    assert picture.png(font, svg.format) == picture.png(other, svg.format)
    assert picture.png(font, svg.format) != changed.png(font, svg.format), "the font was not used"


def test_what_is_cached_is_not_made_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "new")
    assert cache.get("a", lambda: b"first") == cache.get("a", lambda: b"second") == b"first"


def test_every_page_names_a_picture_that_is_there(any_site: Built) -> None:
    named = {}
    for path, page in pages(any_site.folder).items():
        if path.endswith("404.html"):
            continue
        (address,) = page.xpath('//meta[@property="og:image"]/@content')
        named[path] = address
        assert address.startswith(any_site.url)
        png = (any_site.folder / urlsplit(address.removeprefix(any_site.url)).path).read_bytes()
        assert size_of(png) == (1200, 630)
        assert len(png) < 150_000
        images = [node["url"] for node in graph(page).values() if node["@type"] == "ImageObject"]
        assert address in images
        for image in images:
            assert (any_site.folder / urlsplit(image.removeprefix(any_site.url)).path).is_file(), image
        assert page.xpath('//meta[@name="twitter:card"]/@content') == ["summary_large_image"]
        (alternate,) = page.xpath('//meta[@property="og:locale:alternate"]/@content')
        (locale,) = page.xpath('//meta[@property="og:locale"]/@content')
        assert (locale, alternate) == (("en_GB", "da_DK") if page.get("lang") == "en" else ("da_DK", "en_GB"))
    own = {path: a for path, a in named.items() if classes(pages(any_site.folder)[path], "article")}
    assert len(set(own.values())) == len(own), "two articles share a picture"
    assert size_of((any_site.folder / LOGO).read_bytes()) == (LOGO_SIZE, LOGO_SIZE)
