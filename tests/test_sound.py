"""Sound, films and files to which texts lead: they play here, can be read by whoever cannot hear, and ask no one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html as lxml_html
from PIL import Image
from playwright.sync_api import Browser

from conftest import built, configured, serve
from knowledge.checks.check import check
from knowledge.content.film import service_of
from knowledge.core.strings import file_size
from test_accessibility import OPEN, context, violations
from test_photographs import put, saved, scene

MP3 = b"ID3\x04\0\0\0\0\0\0" + b"\xff\xfb\x90\0" + bytes(3_200_000)
MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(500_000)
PDF = b"%PDF-1.4\n" + bytes(229_991)
VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\n"
TUBE, VIMEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=10", "https://vimeo.com/76979871"
ODD = "https://www.youtube.com/watch?v=_a_b-c-_d__&list=PL_1_-&t=10"
SAID = {
    "da": '\n\n??? quote "Det bliver sagt"\n    Træk vejret roligt.',
    "en": '\n\n??? quote "What is said"\n    Breathe.',
}
SEEN = {
    "da": "[![Et møde ved et bord](door.jpg)](talk.mp4)",
    "en": "[![A meeting at a table](door.jpg)](talk.mp4)",
}
DOOR = saved(scene(900, 600), "JPEG")
TEXT = {
    "da": "[Hør en øvelse](calm.mp3){said}\n\n[![Et møde på film](door.jpg)](talk.mp4)\n\n"
    "Brug [et arbejdsark](sheet.pdf).\n\n[En samtale om brud]({tube})\n\n{vimeo}\n\n"
    "[![To mennesker taler](door.jpg)]({tube})\n\n/// caption\nFoto: Anna Holm, CC BY 4.0\n///\n\n{odd}\n\n<{odd}>",
    "en": "[Listen to it](calm.mp3){said}\n\n[![A meeting on film](door.jpg)](talk.mp4)\n\n"
    "Use [a worksheet](sheet.pdf).\n\n[A talk about ruptures]({tube})\n\n{vimeo}\n\n"
    "[![Two people are talking](door.jpg)]({tube})\n\n/// caption\nPhoto: Anna Holm, CC BY 4.0\n///\n\n"
    "{odd}\n\n<{odd}>",
}
PAGES = {"da": "nlp-vaerktoejer/rapport", "en": "en/nlp-tools/rapport"}


def with_sound(folder: Path) -> Path:
    """A mkdocs.yml for tests/site with sound, films and a worksheet in an article."""
    config = configured(folder, {})
    there = folder / "docs/nlp-tools"
    for name, content in (("calm.mp3", MP3), ("talk.mp4", MP4), ("sheet.pdf", PDF)):
        (there / name).write_bytes(content)
    for lang, words in (("da", "Goddag."), ("en", "Hello.")):
        (there / f"talk-{lang}.vtt").write_text(f"{VTT}{words}\n", "utf-8")
    scene(900, 600).save(there / "door.jpg")
    texts = {lang: text.format(said=SAID[lang], tube=TUBE, vimeo=VIMEO, odd=ODD) for lang, text in TEXT.items()}
    put(folder / "docs", "nlp-tools/rapport", texts)
    return config


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    return built(with_sound(folder), folder / "site")


@pytest.fixture(scope="module")
def url(site: Path) -> Iterator[str]:
    yield from serve(site)


@pytest.fixture(params=PAGES)
def lang(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def text(site: Path, lang: str) -> lxml_html.HtmlElement:
    return lxml_html.parse(site / PAGES[lang] / "index.html").xpath("//div[contains(@class, 'article__body')]")[0]


def test_a_link_to_sound_becomes_a_player_that_waits(text: lxml_html.HtmlElement, lang: str) -> None:
    (sound,) = text.xpath(".//audio")
    assert (sound.get("preload"), "controls" in sound.attrib, "autoplay" in sound.attrib) == ("none", True, False)
    assert sound.get("aria-label") == {"da": "Hør en øvelse", "en": "Listen to it"}[lang]
    (link,) = sound.xpath("..//a[@download]")
    assert {"da": "3,2 MB", "en": "3.2 MB"}[lang] in link.text_content()
    assert link.get("href") == sound.get("src")
    assert text.xpath(".//audio/../following-sibling::*[1][self::details]"), "the transcript"


def test_a_film_has_its_captions_in_the_language_of_the_page(
    site: Path, text: lxml_html.HtmlElement, lang: str
) -> None:
    (film,) = text.xpath(".//video")
    assert (film.get("preload"), "controls" in film.attrib) == ("none", True)
    assert (
        film.get("aria-label")
        == film.xpath("string(../p)")
        == {"da": "Et møde på film", "en": "A meeting on film"}[lang]
    )
    with Image.open(site / film.get("poster")[1:]) as still:
        assert still.size == (720, 480)  # As wide as a column, not the photograph itself.
    (track,) = film.xpath("track")
    assert (track.get("kind"), track.get("srclang")) == ("captions", lang)
    assert {"da": "Goddag.", "en": "Hello."}[lang] in (site / track.get("src")[1:]).read_text("utf-8")


def test_a_link_to_a_worksheet_says_what_it_is_and_how_large(text: lxml_html.HtmlElement) -> None:
    (link,) = text.xpath(".//a[contains(@href, 'sheet.pdf')]")
    assert link.text_content().endswith(" (PDF, 230 kB)")


def test_a_film_elsewhere_is_a_link_that_says_what_is_sent_where(text: lxml_html.HtmlElement, lang: str) -> None:
    cards = text.xpath(".//div[@class='film']")
    assert [card.xpath("string(a/@href)") for card in cards] == [TUBE, VIMEO, TUBE, ODD, ODD]
    titles = {
        "da": ["En samtale om brud", "Se filmen på Vimeo", "To mennesker taler", *2 * ["Se filmen på YouTube"]],
        "en": [
            "A talk about ruptures",
            "Watch the film on Vimeo",
            "Two people are talking",
            *2 * ["Watch the film on YouTube"],
        ],
    }
    assert [card.xpath("string(.//*[@class='film__title'])") for card in cards] == titles[lang]
    for card, service in zip(cards, ("YouTube", "Vimeo", *3 * ["YouTube"]), strict=True):
        assert service in card.xpath("string(p)")
        assert "IP" in card.xpath("string(p)")
    assert not text.xpath(".//iframe | .//script[not(@type='application/ld+json')] | .//img[contains(@src, '//')]")


def test_nothing_is_fetched_before_somebody_asks(chromium: Browser, url: str) -> None:
    """No sound, no film, and nothing at all from other sites; then the sound is, and the policy allows it."""
    page, asked, wrong = chromium.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(f"{url}/{PAGES['da']}/", wait_until="networkidle")
    page.mouse.wheel(0, 9000)
    page.wait_for_load_state("networkidle")
    assert len(asked) > 3
    assert [address for address in asked if not address.startswith((url, "data:"))] == []
    assert [address for address in asked if address.endswith((".mp3", ".mp4"))] == []  # Captions are small, and ours.
    page.bring_to_front()  # Chromium puts off what a page in the background plays.
    with page.expect_request(lambda request: request.url.endswith("calm.mp3")):
        page.evaluate("document.querySelector('audio').load(); document.querySelector('audio').play().catch(() => 0)")
    assert [text for text in wrong if "Content Security Policy" in text] == []
    page.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_players_and_cards_fit_the_screen(chromium: Browser, url: str, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{url}/{PAGES['en']}/")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    for selector in ("audio", "video", ".film", ".film__play", ".film img"):
        box = page.locator(selector).first.bounding_box()
        assert box
        assert 0 <= box["x"] <= box["x"] + box["width"] <= width
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_players_and_cards_are_for_everybody(chromium: Browser, url: str, scheme: str) -> None:
    opened = context(chromium, 360, scheme)
    page = opened.new_page()
    page.goto(f"{url}/{PAGES['en']}/")
    page.evaluate(OPEN, [])
    assert violations(page) == []
    opened.close()


# --- What is told ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "files", "message"),
    [
        ("[{}](calm.mp3)", {"calm.mp3": b"ID3"}, "the sound “calm.mp3” has no transcript"),
        ("![{}](calm.mp3)\n\nNoget andet.", {"calm.mp3": b"ID3"}, "the sound “calm.mp3” has no transcript"),
        ("Hør [{}](calm.mp3) her.", {"calm.mp3": b"ID3"}, "the sound “calm.mp3” has no transcript"),
        ("[{}](talk.mp4)", {"talk.mp4": MP4[:40]}, "the film “talk.mp4” has no captions in Danish"),
        ("[{}](talk.mp4)", {"talk.mp4": MP4[:40], "talk-en.vtt": b"WEBVTT"}, "has no captions in Danish"),
        ("[{}](talk.mp4){{said}}", {"talk.mp4": MP4[:40]}, "the film “talk.mp4” has no picture"),
        ("![{}](talk.mp4){{said}}", {"talk.mp4": MP4[:40]}, "the film “talk.mp4” has no picture"),
        ("[{}](calm.mp3){{said}}", {"calm.mp3": b"ID3", "calm.vtt": b"WEBVTT"}, "no page shows this file"),
        ("[{}](talk.mp4)", {"talk.mp4": MP4[:40], "talk.vtt": b"1\n00:00 hej"}, "it is not WebVTT captions"),
        ("[{}](calm.wav)", {"calm.wav": b"RIFF\0\0\0\0WAVE"}, "it is sound"),
        ("[{}](calm.mp3)", {}, "leads to no file"),
        ("Se {tube} her.", {}, "the bare address"),
        ("{tube}\n{tube}", {}, "the bare address"),
        ("https://www.youtube.com/@somebody", {}, "the bare address"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_sound_and_films_is_told(
    docs: Path, text: str, files: dict[str, bytes], message: str
) -> None:
    for name, content in files.items():
        (docs / f"nlp-tools/{name}").write_bytes(content)
    texts = {
        lang: text.replace("{}", "Hør en øvelse").replace("{tube}", TUBE).replace("{{said}}", SAID[lang])
        for lang in SAID
    }
    put(docs, "nlp-tools/rapport", texts)
    found = [p for p in check(docs)[1] if message in p.message and not p.file.endswith(".en.md")]
    assert found, check(docs)[1]
    assert all(problem.fix for problem in found)
    if found[0].file.endswith(".md"):
        line = (docs / "nlp-tools/rapport.da.md").read_text("utf-8").split("\n")[found[0].line - 1]
        assert line in texts["da"]


@pytest.mark.parametrize(
    ("da", "en", "files"),
    [
        ("[Hør en øvelse](calm.mp3)" + SAID["da"], "[Listen to it](calm.mp3)" + SAID["en"], {"calm.mp3": b"ID3"}),
        (SEEN["da"], SEEN["en"], {"talk.mp4": MP4[:40], "talk.vtt": b"WEBVTT", "door.jpg": DOOR}),
        (SEEN["da"] + SAID["da"], SEEN["en"] + SAID["en"], {"talk.mp4": MP4[:40], "door.jpg": DOOR}),
        ("Se [et møde](talk.mp4) her.", "See [it](talk.mp4) here.", {"talk.mp4": MP4[:40], "talk.vtt": b"WEBVTT"}),
        (TUBE, TUBE, {}),
        (f"<{VIMEO}>", f"<{VIMEO}>", {}),
        (f"[Se et møde]({TUBE})", f"[See a meeting]({TUBE})", {}),
    ],
    ids="transcript captions film-with-transcript running bare angle link".split(),
)  # fmt: skip
def test_what_is_right_is_not_told(docs: Path, da: str, en: str, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (docs / f"nlp-tools/{name}").write_bytes(content)
    put(docs, "nlp-tools/rapport", {"da": da, "en": en})
    assert check(docs)[1] == []


def test_a_file_that_is_too_heavy_is_told(docs: Path) -> None:
    with (docs / "nlp-tools/talk.mp4").open("wb") as file:
        file.write(MP4[:40])
        file.truncate(26_000_000)
    put(docs, "nlp-tools/rapport", {lang: f"[Film](talk.mp4){said}" for lang, said in SAID.items()})
    found = [problem for problem in check(docs)[1] if problem.rule == "heavy-file"]
    assert [(problem.file, problem.message) for problem in found] == [
        ("docs/nlp-tools/talk.mp4", "the file has 26 MB; expected at most 25")
    ]


@pytest.mark.parametrize(
    ("address", "service"),
    [
        (TUBE, "YouTube"),
        ("https://youtu.be/dQw4w9WgXcQ?si=a_b-c", "YouTube"),
        ("https://www.youtube.com/watch?list=PL1&v=dQw4w9WgXcQ", "YouTube"),
        ("https://www.youtube.com/shorts/dQw4w9WgXcQ", "YouTube"),
        ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", "YouTube"),
        (VIMEO, "Vimeo"),
        ("https://player.vimeo.com/video/76979871", "Vimeo"),
        ("https://vimeo.com/about", None),
        ("https://www.youtube.com/@somebody", None),
        ("https://evil.example/?https://youtu.be/dQw4w9WgXcQ", None),
        ("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", None),
        ("http://youtu.be/dQw4w9WgXcQ", None),
    ],
)
def test_the_address_of_a_film_is_known(address: str, service: str | None) -> None:
    assert service_of(address) == service


@pytest.mark.parametrize(
    ("size", "da", "en"),
    [
        (0, "1 kB", "1 kB"),
        (229_700, "230 kB", "230 kB"),
        (999_499, "999 kB", "999 kB"),
        (999_500, "1,0 MB", "1.0 MB"),
        (9_940_000, "9,9 MB", "9.9 MB"),
        (9_960_000, "10 MB", "10 MB"),
    ],
)
def test_a_size_is_said_as_people_do(size: int, da: str, en: str) -> None:
    assert (file_size(size, "da"), file_size(size, "en")) == (da, en)
