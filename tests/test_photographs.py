"""Photographs: readers get a size that fits and nothing of what the file says, editors a line that says what to do."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from lxml import html as lxml_html
from PIL import Image, ImageCms, ImageStat
from playwright.sync_api import Browser, Page

from conftest import ROOT, SITE, build, built, configured, serve
from knowledge.checks.check import check
from knowledge.content.credit import Credit
from knowledge.content.photograph import WIDTHS, Photograph, decoded, read_photograph
from knowledge.content.svg import size_of
from knowledge.core.cache import Cache
from knowledge.outputs.photographs import Photographs, Size
from test_accessibility import context, violations

SRGB = ImageCms.createProfile("sRGB")
SECRET = b"55.6761N 12.5683E"
"""What a photograph says of where it was taken, in every place where it can."""
ALTS = {"da": "To mennesker taler sammen ved et bord.", "en": "Two people are talking at a table."}
CREDIT = {"da": "Ved bordet. Foto: Anna Holm, CC BY 4.0", "en": "At the table. Photo: Anna Holm, CC BY 4.0"}
HEAD = "image_credit: Anna Holm\nimage_licence: CC BY-SA 4.0\n"


def scene(width: int, height: int) -> Image.Image:
    """A picture as a camera makes it: no two points are alike, red on the left, blue below."""
    noise = Image.effect_noise((max(1, width // 8), max(1, height // 8)), 30).resize((width, height))
    red = Image.linear_gradient("L").rotate(-90).resize((width, height))
    return Image.merge("RGB", (red, noise, Image.linear_gradient("L").resize((width, height))))


def told_of_itself(**options: object) -> dict:
    """Options with which a file is saved that says where it was taken, and that the camera was held upright."""
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = SECRET.decode(), 6
    exif.get_ifd(0x8825)[29] = SECRET.decode()
    return {"exif": exif, "xmp": b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>", **options}


def saved(image: Image.Image, kind: str, **options) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


# --- Sites ----------------------------------------------------------------------------------


def put(docs: Path, key: str, texts: dict[str, str], head: str = "") -> None:
    """Put a paragraph above the text of an article in each language, and keys into its Danish file."""
    for lang, text in texts.items():
        file = docs / f"{key}.{lang}.md"
        before, body = file.read_text("utf-8")[4:].split("\n---\n", 1)
        more = head if lang == "da" else ""
        file.write_text(f"---\n{before}\n{more}---\n{text}\n\n{body}", "utf-8")


def with_photographs(folder: Path) -> Path:
    """A mkdocs.yml for tests/site with a photograph as cover of an article, of a topic and in texts."""
    config = configured(folder, {})
    docs = folder / "docs"
    scene(3000, 2000).save(docs / "alliance/talk.jpg", **told_of_itself(comment=SECRET, quality=85))
    for key in ("alliance/repair", "alliance/index"):
        (docs / f"{key}.svg").unlink()
        scene(1600, 2400).save(docs / f"{key}.jpg", quality=85)
    scene(900, 600).convert("CMYK").save(docs / "nlp-tools/blå-dør.jpg")
    more = {"da": "Et brud kan repareres.", "en": "A rupture can be repaired."}
    put(docs, "alliance/index", more, "image_credit: Per Lund\nimage_licence: permission\n")
    captioned = {lang: f"![{ALTS[lang]}](talk.jpg)\n\n/// caption\n{CREDIT[lang]}\n///" for lang in ALTS}
    put(docs, "alliance/repair", captioned, HEAD)
    door = {"da": "![Et åbent vindue i et rum.]", "en": "![An open window in a room.]"}
    place = '(blå-dør.jpg){ width="240" }\n'
    put(docs, "nlp-tools/rapport", {lang: f"{alt}{place}{CREDIT[lang]}" for lang, alt in door.items()})
    return config


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("photographs")
    return built(with_photographs(folder), folder / "site")


@pytest.fixture(scope="module")
def url(site: Path) -> Iterator[str]:
    yield from serve(site)


def tree(site: Path, path: str) -> lxml_html.HtmlElement:
    return lxml_html.parse(site / path / "index.html").getroot()


def test_nothing_of_a_photograph_is_published_but_its_sizes(site: Path) -> None:
    """Not where it was taken, nor the file itself: the secret stands in the file, and nowhere in the site."""
    assert (site.parent / "docs/alliance/talk.jpg").read_bytes().count(SECRET) >= 3
    files = [path for path in site.rglob("*") if path.is_file()]
    pictures = [path for path in files if path.suffix in (".jpg", ".jpeg", ".webp", ".avif")]
    drawn = [path for path in pictures if path.relative_to(site).parts[0] == "social"]
    assert drawn
    assert len(pictures) - len(drawn) == 3 * 8 + 6
    assert {path.relative_to(site).parts[:2] for path in {*pictures} - {*drawn}} == {("assets", "pictures")}
    assert [path for path in files if SECRET in path.read_bytes()] == []
    for path in pictures:
        with Image.open(path) as image:
            image.load()
            assert not image.getexif(), path
            assert not {"exif", "xmp", "comment", "icc_profile"} & image.info.keys(), path


@pytest.mark.parametrize(("lang", "path"), [("da", "alliancen/reparation"), ("en", "en/alliance/repair")])
def test_a_photograph_in_a_text_has_what_a_browser_needs(site: Path, lang: str, path: str) -> None:
    (img,) = [img for img in tree(site, path).xpath("//figure//img") if img.get("loading") == "lazy"]
    assert img.get("alt") == ALTS[lang]
    assert (img.get("width"), img.get("height")) == ("1600", "2400")  # The camera was held upright.
    (source,) = img.getparent().xpath("./source")
    for srcset, ending in ((img.get("srcset"), ".jpg"), (source.get("srcset"), ".webp")):
        sizes = [one.split() for one in srcset.split(", ")]
        assert [width for _, width in sizes] == [f"{width}w" for width in WIDTHS]
        for address, width in sizes:
            assert address.endswith(ending)
            with Image.open(site / address[1:]) as image:
                assert image.size == (int(width[:-1]), round(int(width[:-1]) * 1.5))
    (link,) = img.xpath("ancestor::a")
    assert link.get("href") == img.get("srcset").split(", ")[-1].split()[0]
    assert ALTS[lang] in link.get("aria-label")
    assert CREDIT[lang].partition(",")[0] in link.xpath("string(ancestor::figure)")


def test_a_photograph_as_cover_is_fetched_at_once_and_says_whose_it_is(site: Path) -> None:
    page = tree(site, "alliancen/reparation")
    (cover,) = page.xpath("//img[@class='article__cover']")
    assert cover.get("loading") is None
    assert cover.get("fetchpriority") == "high"
    caption = cover.xpath("ancestor::figure/figcaption")[0]
    assert " ".join(caption.text_content().split()) == "Foto: Anna Holm, CC BY-SA 4.0"
    assert caption.xpath("a/@href") == ["https://creativecommons.org/licenses/by-sa/4.0/"]
    graph = page.xpath("string(//script[@type='application/ld+json'])")
    assert '"creditText":"Anna Holm","license":"https://creativecommons.org/licenses/by-sa/4.0/"' in graph


@pytest.mark.parametrize(
    ("path", "said"),
    [("alliancen", "Foto: Per Lund, med tilladelse"), ("en/alliance", "Photo: Per Lund, with permission")],
)
def test_leave_to_show_a_photograph_is_said_in_the_page_s_language(site: Path, path: str, said: str) -> None:
    (caption,) = tree(site, path).xpath("//figure[@class='cover']/figcaption")
    assert " ".join(caption.text_content().split()) == said


def test_one_s_own_photograph_needs_no_licence() -> None:
    assert [Credit("Anna", licence).is_own for licence in ("own", "Own", "CC BY 4.0", None)] == [
        True,
        True,
        False,
        False,
    ]
    assert Credit("Anna", "own").address is None


def test_every_address_of_a_picture_leads_to_a_file(site: Path) -> None:
    """In pages, feeds, plain pages and the sitemap."""
    named: set[str] = set()
    for path in (p for kind in ("html", "xml", "atom", "json", "md") for p in site.rglob(f"*.{kind}")):
        named |= set(re.findall(r"/(assets/pictures/[\w/.-]+)", path.read_text("utf-8")))
        assert "talk.jpg" not in path.read_text("utf-8"), path
    assert len(named) > 20
    assert [path for path in named if not (site / path).is_file()] == []
    for feed in ("feed.atom", "feed.json", "alliancen/reparation/index.md", "sitemap.xml"):
        assert "assets/pictures/alliance/" in (site / feed).read_text("utf-8"), feed
    plain = (site / "nlp-vaerktoejer/rapport/index.md").read_text("utf-8")
    assert "![Et åbent vindue i et rum.]" in plain
    assert "width" not in plain, "which is no Markdown elsewhere"


def test_a_social_picture_shows_the_photograph_and_stays_light(site: Path) -> None:
    """The photograph grows redder from one side to the other; a drawing does not."""
    for name, is_photograph in (("repair", True), ("escaping", False)):
        path = site / f"social/da/alliance/{name}.jpg"
        with Image.open(path) as picture:
            assert picture.size == (1200, 630)
            reds = [ImageStat.Stat(picture.convert("RGB").crop((x, 400, x + 60, 600))).mean[0] for x in (620, 1020)]
        assert (abs(reds[0] - reds[1]) > 60) == is_photograph, reds
        assert path.stat().st_size < 200_000


@pytest.mark.parametrize(
    ("width", "density", "text", "cover", "card"),
    [(360, 2, 720, 720, 320), (360, 3, 1080, 1080, 320), (1280, 1, 720, 720, 320), (1280, 2, 1600, 1080, 720)],
)
def test_a_browser_fetches_the_size_that_its_screen_needs(
    chromium: Browser, url: str, width: int, density: int, text: int, cover: int, card: int
) -> None:
    """And nothing from elsewhere; the page does not move when a picture comes."""
    contexts = [
        chromium.new_context(viewport={"width": width, "height": 800}, device_scale_factor=density) for _ in range(2)
    ]  # A browser that has a larger size already takes that.
    asked: list[str] = []
    page, topic = (context.new_page() for context in contexts)
    for one in (page, topic):
        one.on("request", lambda request: asked.append(request.url))
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) moved += one.value })"
        ".observe({type: 'layout-shift', buffered: true})"
    )

    def chosen(page: Page, selector: str) -> int:
        page.locator(selector).first.scroll_into_view_if_needed()
        page.wait_for_function("one => document.querySelector(one).complete", arg=selector)
        return page.evaluate(
            "one => Number(document.querySelector(one).currentSrc.match(/-(\\d+)\\.webp$/)[1])", selector
        )

    page.goto(f"{url}/alliancen/reparation/", wait_until="networkidle")
    assert chosen(page, ".article__cover") == cover
    assert chosen(page, ".article__body figure img") == text
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("moved") == 0
    topic.goto(f"{url}/alliancen/", wait_until="networkidle")
    assert chosen(topic, ".card__image[srcset]") == card
    box = topic.evaluate(
        "(b => [b.width, b.height])(document.querySelector('.card__image[srcset]').getBoundingClientRect())"
    )
    other = topic.evaluate(
        "(b => [b.width, b.height])(document.querySelector('.card__image:not([srcset])').getBoundingClientRect())"
    )
    assert box == pytest.approx(other, abs=2)  # As wide and as high as a drawing, whatever the photograph's shape.
    assert len(asked) > 8
    is_shown = width > 900  # A topic's cover is shown where there is room.
    assert bool([address for address in asked if "/alliance/index-" in address]) == is_shown
    assert [address for address in asked if not address.startswith((url, "data:"))] == []
    for opened in contexts:
        opened.close()


def test_a_page_with_photographs_is_for_everybody(chromium: Browser, url: str) -> None:
    opened = context(chromium, 1280, "light")
    page = opened.new_page()
    page.goto(f"{url}/en/alliance/repair/")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme
    opened.close()


def test_a_photograph_can_be_enlarged_without_a_script(chromium: Browser, url: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{url}/en/alliance/repair/")
    page.get_by_role("link", name="See the picture in full size").click()
    assert page.url.endswith("-1600.jpg")
    context.close()


def test_a_drawing_in_a_text_keeps_its_place(tmp_path: Path) -> None:
    config = configured(tmp_path, {})
    put(tmp_path / "docs", "nlp-tools/rapport", {lang: f"![{alt}](rapport.svg)" for lang, alt in ALTS.items()})
    (img,) = tree(built(config, tmp_path / "site"), "en/nlp-tools/rapport").xpath(
        "//div[contains(@class, 'prose')]//img"
    )
    assert (img.get("width"), img.get("height"), img.get("loading")) == ("640", "360", "lazy")


# --- What is kept ---------------------------------------------------------------------------


def test_a_photograph_is_made_once_and_a_changed_one_anew(tmp_path: Path) -> None:
    config = with_photographs(tmp_path)
    site = built(config, tmp_path / "site")

    def stamps() -> dict[str, int]:
        return {path.name: path.stat().st_ino for path in (site / "assets/pictures").rglob("*.*")}

    first = stamps()
    assert len(first) == 30
    built(config, site)
    built(config, site)
    assert stamps().keys() == first.keys()
    scene(2000, 3000).save(tmp_path / "docs/alliance/talk.jpg")
    built(config, site)
    changed = first.keys() ^ stamps().keys()
    assert len(changed) == 16
    assert all(name.startswith("talk-") for name in changed), changed


def test_what_is_kept_is_what_is_made(tmp_path: Path) -> None:
    scene(500, 400).save(tmp_path / "a.jpg")
    photograph, _ = read_photograph((tmp_path / "a.jpg").read_bytes(), "a.jpg")
    assert photograph
    size = Size(photograph, 320, ".jpg")
    one, two = (Photographs(tmp_path, Cache(tmp_path / name)) for name in ("one", "two"))
    made = one.content(size)
    assert made == one.content(size) == two.content(size)
    assert made.startswith(b"\xff\xd8")


# --- What a photograph is -------------------------------------------------------------------


def read(data: bytes, name: str = "a.jpg") -> Photograph | None:
    photograph, problems = read_photograph(data, name)
    assert (photograph is None) == bool(problems)
    return photograph


@pytest.mark.parametrize(
    ("data", "name", "size", "ending"),
    [
        (saved(scene(300, 200), "JPEG"), "a.jpg", (300, 200), ".jpg"),
        (saved(scene(300, 200), "JPEG", **told_of_itself()), "a.jpg", (200, 300), ".jpg"),
        (saved(scene(300, 200).convert("CMYK"), "JPEG"), "a.jpeg", (300, 200), ".jpg"),
        (saved(scene(300, 200).convert("L"), "JPEG", progressive=True), "a.jpg", (300, 200), ".jpg"),
        (saved(scene(300, 200), "PNG"), "a.png", (300, 200), ".jpg"),
        (saved(scene(300, 200).convert("L"), "PNG"), "a.png", (300, 200), ".jpg"),
        (saved(Image.new("RGB", (300, 200), "white"), "PNG"), "a.png", (300, 200), ".png"),
        (saved(Image.new("P", (300, 200)), "PNG", transparency=0), "a.png", (300, 200), ".png"),
        (saved(Image.new("1", (300, 200)), "PNG"), "a.png", (300, 200), ".png"),
        (saved(scene(300, 200).convert("RGBA"), "PNG"), "a.png", (300, 200), ".jpg"),
        (saved(Image.new("RGBA", (300, 200), (9, 9, 9, 99)), "WEBP"), "a.webp", (300, 200), ".png"),
        (saved(scene(300, 200), "WEBP"), "a.webp", (300, 200), ".jpg"),
        (saved(scene(300, 200), "AVIF"), "a.avif", (300, 200), ".jpg"),
        (saved(scene(3, 1), "JPEG"), "a.jpg", (3, 1), ".jpg"),
    ],
    ids="jpeg upright CMYK grey png grey-png screen palette two-colours opaque clear webp avif tiny".split(),
)
def test_every_kind_of_photograph_can_be_shown(
    tmp_path: Path, data: bytes, name: str, size: tuple[int, int], ending: str
) -> None:
    photograph = read(data, name)
    assert photograph
    assert (photograph.width, photograph.height, photograph.fallback) == (*size, ending)
    (tmp_path / name).write_bytes(data)
    for wanted in (ending, ".webp"):
        made = Photographs(tmp_path, Cache(None)).content(Size(photograph, photograph.widths[-1], wanted))
        with Image.open(BytesIO(made)) as image:
            assert image.size == size
            assert image.mode in ("RGB", "RGBA")


def test_colours_are_those_of_the_profile() -> None:
    """Also where a profile says that the first colour is green: what is shown is what it means."""
    plain = Image.new("RGB", (64, 64), (200, 30, 30))
    same = saved(plain, "PNG", icc_profile=ImageCms.ImageCmsProfile(SRGB).tobytes())
    assert decoded(BytesIO(same), "a.png", 64).getpixel((5, 5)) == pytest.approx((200, 30, 30), abs=2)
    swapped = ImageCms.ImageCmsProfile(SRGB).tobytes().replace(b"rXYZ", b"tXYZ").replace(b"gXYZ", b"rXYZ")
    other = saved(plain, "PNG", icc_profile=swapped.replace(b"tXYZ", b"gXYZ"))  # Its first colour is green.
    red, green, _ = decoded(BytesIO(other), "a.png", 64).getpixel((5, 5))
    assert green > 150 > red
    ink = saved(Image.new("CMYK", (64, 64), (0, 255, 255, 0)), "JPEG")
    red, green, blue = decoded(BytesIO(ink), "a.jpg", 64).getpixel((5, 5))
    assert red > 200 > 60 > max(green, blue)


def test_sixteen_bits_a_point_are_read() -> None:
    deep = saved(Image.new("I;16", (64, 64), 128 * 256), "PNG")
    assert decoded(BytesIO(deep), "a.png", 64).getpixel((5, 5)) == pytest.approx((128,) * 3, abs=1)


WHOLE = {
    "a.jpg": saved(scene(120, 80), "JPEG", **told_of_itself(icc_profile=ImageCms.ImageCmsProfile(SRGB).tobytes())),
    "b.jpg": saved(scene(120, 80).convert("CMYK"), "JPEG"),
    "a.png": saved(scene(120, 80).convert("P"), "PNG", transparency=3),
    "a.webp": saved(scene(120, 80), "WEBP", **told_of_itself()),
    "a.avif": saved(scene(120, 80), "AVIF", exif=told_of_itself()["exif"]),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_damaged_photograph_is_shown_or_told_whatever_is_damaged(name: str) -> None:
    """Cut off anywhere, or with some of its bytes changed: never does a build fall over it, and a PNG, which has
    checksums, is always told."""
    chance, told = Random(name), 0
    for number in range(150):
        data = bytearray(WHOLE[name])
        if number % 3:
            for _ in range(chance.choice((1, 2, 5, 30))):
                data[chance.randrange(min(len(data), 700) if number % 2 else len(data))] = chance.randrange(256)
        else:
            del data[chance.randrange(1, len(data)) :]
        photograph = read(bytes(data), name)
        told += not photograph
        if photograph:
            decoded(BytesIO(bytes(data)), name, photograph.widths[-1])
    assert told > 20
    assert (told == 150) == name.endswith(".png")


MEMORY = """\
import resource, sys
from pathlib import Path
from knowledge.content.photograph import decoded
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
image = decoded(Path(sys.argv[1]), sys.argv[1], 1600)
print(image.width, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize("progressive", [False, True])
def test_forty_megapixels_need_little_memory(tmp_path: Path, progressive: bool) -> None:
    """Whole, they would be 160 MB, and twice that while colours are converted."""
    Image.new("RGB", (8000, 5000), "teal").save(tmp_path / "a.jpg", progressive=progressive)
    result = subprocess.run(
        [sys.executable, "-c", MEMORY, str(tmp_path / "a.jpg")],
        env={"PYTHONPATH": str(ROOT / "hooks")},
        capture_output=True,
        text=True,
        check=True,
    )
    width, megabytes = map(int, result.stdout.split())
    assert width == 2000
    assert megabytes < (150 if progressive else 90)


# --- What is told ---------------------------------------------------------------------------


def huge(mode: str, size: tuple[int, int], kind: str) -> bytes:
    """A picture that is made where it is needed: it takes its time."""
    return saved(Image.new(mode, size), kind)


def with_a_byte_lost(png: bytes) -> bytes:
    """A PNG without one of the bytes of its compressed data, of which Pillow shows the rest empty."""
    place = png.index(b"IDAT") + 100
    return png[:place] + png[place + 1 :]


BAD = {
    "cut off": ("talk.jpg", saved(scene(900, 600), "JPEG")[:20_000], "picture", "the picture is damaged"),
    "cut off PNG": ("talk.png", saved(scene(300, 200), "PNG")[:9_000], "picture", "the picture is damaged"),
    "PNG that has lost a byte": (
        "talk.png",
        with_a_byte_lost(saved(scene(120, 80), "PNG")),
        "picture",
        "the picture is damaged",
    ),
    "only its first bytes": ("talk.jpg", b"\xff\xd8\xff\xe0", "picture", "the picture is damaged"),
    "moving WebP": (
        "talk.webp",
        saved(scene(30, 20), "WEBP", save_all=True, append_images=[scene(31, 20).crop((1, 0, 31, 20))]),
        "picture",
        "the picture moves",
    ),
    "moving PNG": (
        "talk.png",
        saved(scene(30, 20), "PNG", save_all=True, append_images=[Image.new("RGB", (30, 20))]),
        "picture",
        "the picture moves",
    ),
    "moving GIF": (
        "talk.gif",
        saved(scene(30, 20), "GIF", save_all=True, append_images=[Image.new("RGB", (30, 20))]),
        "file",
        "it is a GIF picture",
    ),
    "GIF in disguise": ("talk.png", saved(scene(30, 20), "GIF"), "file", "it is not a PNG picture, but a GIF picture"),
    "PNG in disguise": ("talk.jpg", saved(scene(30, 20), "PNG"), "file", "it is not a JPEG picture, but a PNG picture"),
    "too large PNG": ("talk.png", partial(huge, "1", (8000, 5000), "PNG"), "picture", "has 40 megapixels (8000 by"),
    "too large JPEG": ("talk.jpg", partial(huge, "L", (9000, 9000), "JPEG"), "picture", "has 81 megapixels"),
    "too tall": ("talk.png", partial(huge, "1", (30, 20_000), "PNG"), "picture", "the picture is 20000 pixels high"),
    "HEIC": ("talk.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "file", "it is a picture of an iPhone"),
    "HEIC in disguise": (
        "talk.jpg",
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        "file",
        "but a picture of an iPhone (HEIC)",
    ),
    "space": ("my talk.jpg", saved(scene(30, 20), "JPEG"), "file", "holds what no address can"),
    "capitals": ("talk.JPG", saved(scene(30, 20), "JPEG"), "file", "the ending .JPG is written in capitals"),
    "decomposed": ("bla\u030a.jpg", saved(scene(30, 20), "JPEG"), "file", "holds letters in two parts"),
    "SVG that runs": (
        "talk.svg",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
        "drawing",
        "<script> cannot",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_picture_is_told_in_one_line(docs: Path, name: str) -> None:
    file, data, rule, message = BAD[name]
    (docs / "alliance" / file).write_bytes(data() if callable(data) else data)
    found = [p for p in check(docs)[1] if p.file.endswith(f"alliance/{file}") and p.rule not in ("unused-file",)]
    told = [problem for problem in found if problem.rule == rule and message in problem.message]
    assert len(told) == 1, found
    assert told[0].fix
    assert [problem.rule for problem in found if problem.rule != "drawing"] == [rule] * (rule != "drawing")


def test_a_picture_with_text_in_a_drawing_is_fine(docs: Path) -> None:
    """As before: what a drawing says in letters is drawn."""
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360"><text x="9" y="60">Ro</text></svg>'
    (docs / "alliance/repair.svg").write_text(drawing, "utf-8")
    assert check(docs)[1] == []


@pytest.mark.parametrize(
    ("edit", "line", "rule", "message"),
    [
        ("cover", "image_alt", "credit", "it doesn't say who took docs/alliance/repair.jpg"),
        ("named cover", "image_credit", "credit", "it doesn't say whether docs/alliance/repair.jpg may be shown"),
        ("licence", "image_licence", "credit", "“image_licence” names a licence"),
        ("named", "talk.jpg", "credit", "it doesn't say whether “talk.jpg” may be shown"),
        ("text", "talk.jpg", "credit", "it doesn't say who took “talk.jpg”"),
        ("two covers", "---", "cover", "the page has 2 covers"),
        ("small cover", "---", "cover", "is 300 pixels wide; expected at least 640"),
        ("unused", "", "unused-file", "no page shows this file"),
        ("no alt", "talk.jpg", "alt", "has no alternative text"),
        ("misspelt", "talc.jpg", "link", "leads to no file"),
    ],
)
def test_what_is_missing_is_told_at_its_line(docs: Path, edit: str, line: str, rule: str, message: str) -> None:
    repair = docs / "alliance/repair.da.md"
    if edit in ("cover", "small cover", "named cover"):
        (docs / "alliance/repair.svg").unlink()
    if edit in ("cover", "two covers", "small cover", "named cover"):
        scene(300 if edit == "small cover" else 900, 600).save(docs / "alliance/repair.jpg")
    if edit == "licence":
        put(
            docs,
            "alliance/repair",
            {"da": "Her er en ting mere.", "en": "Here is one more thing."},
            "image_licence: CC0 1.0\n",
        )
    if edit == "named cover":
        texts = {"da": "Her er en ting mere.", "en": "Here is one more thing."}
        put(docs, "alliance/repair", texts, "image_credit: Anna Holm\n")
    if edit in ("text", "no alt", "misspelt", "unused", "named"):
        scene(900, 600).save(docs / "alliance/talk.jpg")
    if edit == "named":
        credit = {"da": "Foto: Anna Holm", "en": "Photo: Anna Holm"}
        put(docs, "alliance/repair", {lang: f"![{ALTS[lang]}](talk.jpg)\n{credit[lang]}" for lang in ALTS})
    if edit in ("text", "no alt", "misspelt"):
        name = "talc.jpg" if edit == "misspelt" else "talk.jpg"
        put(docs, "alliance/repair", {lang: f"![{'' if edit == 'no alt' else ALTS[lang]}]({name})" for lang in ALTS})
    found = [p for p in check(docs)[1] if p.rule == rule and message in p.message and not p.file.endswith(".en.md")]
    assert len(found) == 1, check(docs)[1]
    assert found[0].fix
    assert found[0].level == ("warning" if rule == "unused-file" else "error")
    if line:
        assert found[0].file == "docs/alliance/repair.da.md"
        assert line in repair.read_text("utf-8").split("\n")[found[0].line - 1]


@pytest.mark.parametrize(
    "below",
    [
        "\n/// caption\nEget foto: Anna Holm\n///",
        "Foto: Anna Holm, brugt med hendes tilladelse",
        "Foto: Anna Holm (CC0 1.0)",
        "\n/// caption\nVed bordet.\n\nFotograf: Anna Holm, CC BY 4.0\n///",
    ],
)
def test_a_photograph_that_says_whose_it_is_and_by_what_right_is_fine(docs: Path, below: str) -> None:
    scene(900, 600).save(docs / "alliance/talk.jpg")
    english = below.replace("Eget foto:", "Own photo:").replace("Fotograf:", "Photograph:").replace("Foto:", "Photo:")
    english = english.replace("Ved bordet", "At the table").replace("brugt med hendes", "used with her")
    english = english.replace("tilladelse", "permission")
    put(
        docs,
        "alliance/repair",
        {"da": f"![{ALTS['da']}](talk.jpg)\n{below}", "en": f"![{ALTS['en']}](talk.jpg)\n{english}"},
    )
    assert check(docs)[1] == []


def test_a_picture_of_a_screen_needs_no_name(docs: Path) -> None:
    Image.new("RGB", (900, 600), "white").save(docs / "alliance/talk.png")
    put(docs, "alliance/repair", {lang: f"![{alt}](talk.png)" for lang, alt in ALTS.items()})
    assert check(docs)[1] == []


def test_a_damaged_photograph_stops_a_build_and_leaves_the_site(tmp_path: Path) -> None:
    config = with_photographs(tmp_path)
    (tmp_path / "docs/alliance/talk.jpg").write_bytes(saved(scene(900, 600), "JPEG")[:20_000])
    result = build(config, tmp_path / "site")
    assert result.returncode != 0
    assert "docs/alliance/talk.jpg:1:1 picture the picture is damaged" in result.stdout + result.stderr
    assert "Traceback" not in result.stderr


def test_a_link_may_spell_a_name_as_addresses_do(tmp_path: Path) -> None:
    """`bl%C3%A5.jpg` is what GitHub writes for `blå.jpg`."""
    config = configured(tmp_path, {})
    docs = tmp_path / "docs"
    scene(900, 600).save(docs / "nlp-tools/blå.jpg")
    put(docs, "nlp-tools/rapport", {lang: f"![{ALTS[lang]}](bl%C3%A5.jpg)\n{CREDIT[lang]}" for lang in ALTS})
    site = built(config, tmp_path / "site")
    assert "assets/pictures/nlp-tools/blaa-" in (site / "en/nlp-tools/rapport/index.html").read_text("utf-8")


def test_a_picture_that_a_setting_names_is_published_as_it_is(tmp_path: Path) -> None:
    config = configured(tmp_path, {})
    (tmp_path / "docs/assets").mkdir()
    Image.new("RGB", (64, 64), "teal").save(tmp_path / "docs/assets/logo.png")
    text = config.read_text("utf-8").replace('"custom_dir"', '"logo": "assets/logo.png", "custom_dir"')
    config.write_text(text, "utf-8")
    assert (built(config, tmp_path / "site") / "assets/logo.png").is_file()


def test_the_size_of_a_drawing_is_read() -> None:
    assert size_of((SITE / "docs/alliance/repair.svg").read_bytes()) == (640, 360)
    assert size_of(b'<svg width="3"><g viewBox="0 0 9 9"/></svg>') is None
