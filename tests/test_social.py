"""Social pictures: their titles fit, they are the same everywhere, and every page names one that is there."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import resvg_py
from jinja2 import Template
from PIL import Image, ImageChops, ImageStat

from conftest import ROOT, Built
from knowledge.content.library import Library
from knowledge.content.site import LOGO, LOGO_SIZE
from knowledge.core.cache import Cache
from knowledge.outputs.font import LINE_HEIGHT, Font
from knowledge.outputs.layers import Painter, jpeg
from knowledge.outputs.layers import image as opened
from knowledge.outputs.social import HEIGHT, TITLE_HEIGHT, TITLE_SIZES, TITLE_WIDTH, WIDTH
from test_site import classes, graph, pages

LITERATA = ROOT / "overrides/assets/fonts/literata-600.woff2"


@pytest.fixture
def font(tmp_path: Path) -> Font:
    """The font of titles, with a cache of its own."""
    return Font(LITERATA, Cache(tmp_path / "cache"))


def size_of(file: bytes, kind: str) -> tuple[int, int]:
    """Width and height of a file of that kind."""
    with Image.open(BytesIO(file)) as picture:
        assert picture.format == kind
        return picture.size


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


KNOWN = [
    # id, title, what of it is written
    ("emoji", "Ro 🙂 og  æøåÆØÅé", "Ro og æøåÆØÅé"),
    ("accents of their own", "A\u030angst pa\u030a cafe\u0301", "Ångst på café"),
    ("accents that the font lacks", "Nguyễn og Čapek", "Nguyen og Capek"),
    ("two letters as one", "de ﬁre", "de fire"),
    ("hyphens", "e‐mail‑adresse", "e-mail-adresse"),
    ("what shows nothing", "psyko\u00adterapi\u200b", "psykoterapi"),
    ("a number of its own", "½ time", "time"),
    ("Greek", "Ordet ἄγχος betyder angst", "Ordet betyder angst"),
    ("Cyrillic alone", "Тревога и покой", ""),
    ("Arabic alone", "القلق", ""),
    ("Chinese and Danish", "心 er hjerte", "er hjerte"),
    ("letters beyond the first 65,536", "𝒜 og 𐍈", "A og"),
    ("half a letter", "a\ud800b", "a b"),
]


@pytest.mark.parametrize(("title", "expected"), [k[1:] for k in KNOWN], ids=[k[0] for k in KNOWN])
def test_letters_that_the_font_lacks_are_left_out(font: Font, title: str, expected: str) -> None:
    assert font.known(title) == expected


# --- Drawn in layers ------------------------------------------------------------------------

COVER = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360"><rect width="640" height="360" fill="#e9dddd"/>
<circle cx="320" cy="180" r="90" fill="#3f6b5c"/>
<g opacity=".4"><rect x="80" y="60" width="120" height="260"/></g></svg>"""
TEMPLATE = (ROOT / "overrides/social.svg").read_text("utf-8")
SHOWN = {
    "short, Danish": ("alliance", "Alliancen", "Mål og bånd"),
    "long, Danish": (
        "stress-ladder",
        "Stresstrappen",
        "Arbejdsmiljøkonsekvensvurderinger og tilbagevendingsplaner på ét år",
    ),
    "short, English": ("nlp-tools", "The tools of NLP", "Rapport"),
    "long, English": ("", "", "Feeling seen at last: how to tell whether therapy is working for you"),
    "kerned": ("", "Tools", "AVATAR To Ty WAVE Tøj"),
    "none": ("", "", ""),
}


def source(font: Font, topic: str, label: str, title: str, template: str = TEMPLATE) -> str:
    """The SVG of a picture."""
    size, lines = font.fit(font.known(title), TITLE_WIDTH, TITLE_HEIGHT, TITLE_SIZES)
    shown = {"topic": topic, "label": label, "lines": lines, "size": size, "line_height": LINE_HEIGHT * size}
    return Template(template, autoescape=True).render(site="Trinvis", **shown)


def painter_with(font: Font) -> Painter:
    """A painter for whom a cover's path is the cover itself."""
    painter = Painter(font, font.cache, "1", lambda size, shown: opened(painter.drawn(shown, size)))
    return painter


def painted(font: Font, svg: str, cover: str = COVER) -> Image.Image:
    return painter_with(font).composed(svg, (WIDTH, HEIGHT), cover)


def whole(font: Font, svg: str, folder: Path, cover: str = COVER) -> Image.Image:
    """The same, drawn by resvg alone."""
    href = f"data:image/svg+xml;base64,{base64.b64encode(cover.encode()).decode()}"
    filled = svg.replace('<image id="cover"', f'<image href="{href}"')
    (folder / "font.ttf").write_bytes(font.unpacked)
    drawn = resvg_py.svg_to_bytes(svg_string=filled, skip_system_fonts=True, font_files=[str(folder / "font.ttf")])
    return Image.open(BytesIO(drawn)).convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> float:
    """How far the points of two pictures are from each other, of 255."""
    assert one.size == other.size == (WIDTH, HEIGHT)
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3


@pytest.mark.parametrize("shown", SHOWN.values(), ids=list(SHOWN))
def test_a_picture_in_layers_is_what_the_svg_shows(font: Font, tmp_path: Path, shown: tuple[str, str, str]) -> None:
    svg = source(font, *shown)
    layered, expected = painted(font, svg), whole(font, svg, tmp_path)
    aside = ImageChops.offset(expected, 1, 0)
    assert 6 * difference(layered, expected) < difference(aside, expected), (
        "it differs as if moved by a part of a point"
    )
    assert layered.getpixel((5, 600)) == expected.getpixel((5, 600))
    file = jpeg(layered)
    assert len(file) < 100_000
    stored = Image.open(BytesIO(file))
    assert {tuple(sampling) for _, *sampling, _ in stored.layer} == {(1, 1)}, "letters lose their edges"
    assert difference(stored, layered) < 1


GRADIENT = (
    '<linearGradient id="g"><stop stop-color="#fff"/><stop offset="1" stop-color="#024"/></linearGradient>'
    '<rect y="20" width="1200" height="300" fill="url(#g)"/>'
)
OWNERS = {
    "text in the middle": (
        "</svg>",
        '<text x="600" y="330" text-anchor="middle" font-size="40">På midten</text></svg>',
    ),
    "text in a group": ("</svg>", '<g fill="#a00"><text x="9" y="330" font-size="40">Gruppe</text></g></svg>'),
    "text with a part": ("</svg>", '<text x="9" y="330" font-size="40" fill="#a00">a<tspan>b</tspan></text></svg>'),
    "round cover": (re.search("<path d=.M600[^>]*>", TEMPLATE)[0], '<circle cx="852" cy="480" r="120"/>'),
    "cover without a shape": (' clip-path="url(#frame)"', ""),
    "small cover": ('y="326" width="552" height="310.5"', 'y="340" width="320" height="180"'),
    "more colours": ("<clipPath", f"{GRADIENT}<clipPath"),
}


@pytest.mark.parametrize(("before", "after"), OWNERS.values(), ids=list(OWNERS))
def test_an_owners_template_is_drawn_as_it_says(font: Font, tmp_path: Path, before: str, after: str) -> None:
    template = TEMPLATE.replace(before, after)
    assert template != TEMPLATE
    shown = SHOWN["short, Danish"]
    layered = painted(font, source(font, *shown, template))
    assert difference(layered, whole(font, source(font, *shown, template), tmp_path)) < 0.12
    assert layered != painted(font, source(font, *shown)), "the template was not used"


def test_a_template_may_show_no_cover(font: Font) -> None:
    template = re.sub(r'<image id="cover"[^>]*>', "", TEMPLATE)
    assert painted(font, source(font, "", "", "Ro", template)).getpixel((850, 500)) == (0xE4, 0xEF, 0xE8)


def test_what_a_cover_leaves_open_shows_the_ground(font: Font, tmp_path: Path) -> None:
    cover = COVER.replace('fill="#e9dddd"', 'fill="none"').replace("</svg>", '<text x="300" y="300">Ord</text></svg>')
    svg = source(font, *SHOWN["short, Danish"])
    assert difference(painted(font, svg, cover), whole(font, svg, tmp_path, cover)) < 0.12
    assert painted(font, svg, cover).getpixel((1100, 400)) == (0xE4, 0xEF, 0xE8)


def test_pictures_that_share_their_cover_share_nothing_else(font: Font) -> None:
    svgs = [source(font, *SHOWN[name]) for name in ("short, Danish", "kerned", "short, English")]
    asked = [(svg, cover) for cover in (COVER, COVER.replace("#3f6b5c", "#a33")) for svg in (*svgs, svgs[0])]
    alone = [painted(font, *one).tobytes() for one in asked]
    assert len(set(alone)) == 6
    painter = painter_with(font)
    for order in (asked, asked[::2] + asked[1::2], asked[::-1]):
        made = [painter.composed(svg, (WIDTH, HEIGHT), cover).tobytes() for svg, cover in order]
        assert made == [alone[asked.index(one)] for one in order]


MAKE = """
import sys
from pathlib import Path
from knowledge.core.cache import Cache
from knowledge.outputs.font import Font
from knowledge.outputs.layers import jpeg
from test_social import LITERATA, SHOWN, painted, source
font = Font(LITERATA, Cache(Path(sys.argv[1])))
order = sorted(SHOWN, reverse=sys.argv[2] == "back")
made = {name: jpeg(painted(font, source(font, *SHOWN[name]))).hex() for name in order}
print([made[name] for name in SHOWN])
"""


def test_a_picture_is_the_same_in_any_process_and_order_and_from_any_cache(tmp_path: Path) -> None:
    def made(cache: str, order: str, seed: str, locale: str) -> str:
        path = os.pathsep.join((str(ROOT / "hooks"), str(ROOT / "tests"), str(ROOT)))
        env = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed, "LC_ALL": locale}
        command = [sys.executable, "-c", MAKE, str(tmp_path / cache), order]
        return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout

    first = made("a", "on", "1", "C")
    assert first.count("'ffd8ff") == len(SHOWN)
    assert made("a", "back", "2", "C.UTF-8") == first, "from a warm cache"
    assert made("b", "back", "3", "tr_TR.UTF-8") == first, "from a cold one"


def test_what_is_cached_is_not_made_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "new")
    assert cache.get("a", lambda: b"first") == cache.get("a", lambda: b"second") == b"first"


def test_every_page_names_a_picture_that_is_there(any_site: Built) -> None:
    named, parsed = {}, pages(any_site.folder)
    for path, page in parsed.items():
        if path.endswith("404.html"):
            continue
        (address,) = page.xpath('//meta[@property="og:image"]/@content')
        named[path] = address
        assert address.startswith(any_site.url)
        (kind,) = page.xpath('//meta[@property="og:image:type"]/@content')
        file = (any_site.folder / urlsplit(address.removeprefix(any_site.url)).path).read_bytes()
        assert (kind, size_of(file, "JPEG")) == ("image/jpeg", (1200, 630))
        assert len(file) < 150_000
        images = [node["url"] for node in graph(page).values() if node["@type"] == "ImageObject"]
        assert address in images
        for image in images:
            assert (any_site.folder / urlsplit(image.removeprefix(any_site.url)).path).is_file(), image
        assert page.xpath('//meta[@name="twitter:card"]/@content') == ["summary_large_image"]
        (alternate,) = page.xpath('//meta[@property="og:locale:alternate"]/@content')
        (locale,) = page.xpath('//meta[@property="og:locale"]/@content')
        assert (locale, alternate) == (("en_GB", "da_DK") if page.get("lang") == "en" else ("da_DK", "en_GB"))
    own = {path: a for path, a in named.items() if classes(parsed[path], "article")}
    assert len(set(own.values())) == len(own), "two articles share a picture"
    assert size_of((any_site.folder / LOGO).read_bytes(), "PNG") == (LOGO_SIZE, LOGO_SIZE)
