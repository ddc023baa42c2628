"""Help first: where the help box stands, what it shows, and that each number in it is one that was looked up."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from markupsafe import Markup
from playwright.sync_api import Browser, Page, ViewportSize

from conftest import ROOT, SITE, kept_content, real_library
from knowledge.checks.check import check
from knowledge.checks.rules.help_lines import _to_call
from knowledge.content.help_line import HelpLine, dialled
from knowledge.content.library import Library
from knowledge.core import day
from knowledge.core.language import LANGUAGES, Language
from knowledge.pages.blocks.help_box import tapped
from paper import sheets

LIBRARY = real_library()
WITH_HELP = [article for article in LIBRARY.articles.values() if article.has_help]
GRAVE = [article for article in WITH_HELP if article.is_grave]
REGIONS = {"doctor-capital", "doctor-zealand", "doctor-southern", "doctor-central", "doctor-north"}
DATA = "data/help.yml"


def path(key: str, lang: Language) -> str:
    return "/" + LIBRARY.path(LIBRARY[key], lang)


def line(key: str) -> HelpLine:
    return next(line for line in LIBRARY.help if line.key == key)


SMALL: ViewportSize = {"width": 360, "height": 740}


@pytest.fixture(scope="module", params=[True, False], ids=["with JavaScript", "without JavaScript"])
def window(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """The small phone's page, which the tests use one after another: none of them leaves anything in its storage."""
    page = chromium.new_context(viewport=SMALL, java_script_enabled=request.param).new_page()
    yield page
    page.context.close()


@pytest.fixture
def phone(window: Page) -> Page:
    """A small phone."""
    window.set_viewport_size(SMALL)
    return window


# --- Where it stands ------------------------------------------------------------------------


def test_the_box_stands_where_the_reader_may_need_it() -> None:
    wanted = """help self-check stress-ladder/overheated stress-ladder/meltdown stress-ladder/burnt-out
    alliance/changing-therapist alliance/ethics-and-contract nlp-tools/metaphors stress-ladder/mental-robustness"""
    assert {article.key for article in WITH_HELP} >= set(wanted.split())


BOX = """
() => {
  const shown = (element, selector) => [...element.querySelectorAll(selector)].filter(link => link.checkVisibility());
  const place = element => {
    const { bottom, height, width } = element.getBoundingClientRect();
    return { href: element.getAttribute("href"), bottom, height, width };
  };
  const boxes = [...document.querySelectorAll("aside.help")];
  return {
    boxes: boxes.map(box => box.matches("h1 + aside")),
    width: place(boxes[0]).width,
    calls: shown(boxes[0], "a.call").map(place),
    large: shown(boxes[0], ".help__first > li .call, .who .call").map(place),
  };
}
"""
"""The help boxes of a page, and which calls are shown in the first."""


def test_help_is_in_the_first_screen_of_a_phone(phone: Page, real_url: str) -> None:
    """On every page that has the box: directly under the heading, its buttons large, the first one in sight.

    Each is seen with JavaScript in one language, and without in the other.
    """
    assert len(WITH_HELP) >= 10
    for i, article in enumerate(WITH_HELP, phone.evaluate("matchMedia('(scripting: enabled)').matches")):
        lang = LANGUAGES[i % 2]
        where = f"{article.key} {lang}"
        phone.goto(f"{real_url}/{LIBRARY.path(article, lang)}")
        found = phone.evaluate(BOX)
        assert found["boxes"] == [True], where
        assert [call["href"] for call in found["calls"][:2]] == ["tel:112", "tel:70201201"], where
        assert 0 < found["calls"][0]["bottom"] <= 740, f"{where}: {found}"
        assert len(found["large"]) >= 2, where
        for call in found["large"]:
            assert call["height"] >= 48, f"{where}: {call}"
            assert call["width"] >= found["width"] - 75, f"{where}: {call}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_doctor_of_each_region_is_one_tap_away(phone: Page, real_url: str, lang: Language) -> None:
    phone.goto(real_url + path("stress-ladder/meltdown", lang))
    box = phone.locator("aside.help")
    doctor = box.locator(".help__doctor")
    assert doctor.locator("a.call:visible").count() == 0
    doctor.locator("summary").click()
    shown = [link.get_attribute("href") for link in doctor.locator("a.call:visible").all()]
    assert shown == ["tel:1813", "tel:1818", "tel:70110707", "tel:70113131", "tel:70150300"]
    assert doctor.get_by_text(line("own-gp")[lang].what).is_visible()
    assert not box.locator(".help-line:visible").count()
    box.locator(".help__more > summary").click()
    more = {link.get_attribute("href") for link in box.locator(".help-line a.call:visible").all()}
    assert more >= {"tel:1888", "tel:114", "tel:82121212", "tel:116111", "sms:116111", "tel:97643000"}


ORDER = """
() => {
  const one = (selector) => document.querySelectorAll(selector);
  const titles = one(".step .step__title");
  return [
    one("h1")[0], one(".help")[0], titles[0], titles[1], one(".ladder")[0], one(".article__body > p")[0],
    one(".evidence")[0],
  ].map((place) => {
    const { top, width, height } = place.getBoundingClientRect();
    return { top, isShown: place.checkVisibility() && width > 0 && height > 0, text: place.innerText };
  });
}
"""
"""Where what a reader in need must meet stands, in the order in which it must."""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("article", GRAVE, ids=lambda article: article.name)
def test_on_the_gravest_steps_everything_comes_in_the_order_of_need(
    phone: Page, real_url: str, article: object, lang: Language
) -> None:
    assert len(GRAVE) == 2
    phone.goto(f"{real_url}/{LIBRARY.path(article, lang)}")  # type: ignore[arg-type]
    order = phone.evaluate(ORDER)
    assert all(place["isShown"] for place in order), order
    assert [place["top"] for place in order] == sorted(place["top"] for place in order)
    assert order[2]["text"] in ("I dag", "Today")
    assert order[3]["text"] in ("Tegn", "Signs")
    assert not phone.locator(".article__cover").is_visible()
    phone.set_viewport_size({"width": 1280, "height": 900})
    assert phone.locator(".article__cover").is_visible()


def test_no_ladder_stands_before_what_helps_with_something_else(real_site: Path) -> None:
    """Who lies awake or panics needs the next sentence; the ladder comes first only where one has found a step."""
    steps = 0
    for article in LIBRARY.in_topic("stress-ladder"):
        order = read(real_site / LIBRARY.path(article, "da") / "index.html").xpath(
            "//*[contains(@class, 'article__body') or @class = 'ladder']/@class"
        )
        assert order.index("ladder") == (0 if article.shared.step else 1), article.key
        steps += bool(article.shared.step)
    assert steps == 5


# --- The figure -----------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_figure_leads_from_the_question_to_the_number(phone: Page, real_url: str, lang: Language) -> None:
    phone.goto(real_url + path("help", lang))
    steps = phone.locator("figure.who .who__step")
    assert steps.count() == 3
    calls = [[a.get_attribute("href") for a in step.locator("a.call:visible").all()] for step in steps.all()]
    assert calls[:2] == [["tel:112"], ["tel:70201201"]]
    assert {line(key).tel for key in REGIONS} == set(calls[2])
    assert phone.get_by_role("figure", name={"da": "Hvem skal jeg ringe til?", "en": "Who do I call?"}[lang]).count()
    heard = steps.nth(0).locator("a").inner_text()
    assert heard.split()[:2] == [{"da": "Ring", "en": "Call"}[lang], "112"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_region_without_a_number_says_so_and_gives_the_way(small_site: Path, lang: Language) -> None:
    prefix = "" if lang == "da" else "en/"
    for page in (f"{prefix}{'stresstrappen/nedsmeltet' if lang == 'da' else 'stress-ladder/meltdown'}/",):
        (box,) = read(small_site / page / "index.html").xpath('//aside[@class="help"]')
        (west,) = box.xpath('.//ul[@class="help__doctors"]/li[2]')
        said = {"da": "Region Vest: Vi har ikke et bekræftet", "en": "Western Denmark: We don’t have a confirmed"}
        assert said[lang] in west.text_content()
        assert west.xpath(".//a/@href") == [
            {"da": "https://laegevagten.dk/", "en": "https://laegevagten.dk/en/map"}[lang]
        ]


# --- The numbers ----------------------------------------------------------------------------


def read(file: Path) -> html.HtmlElement:
    return html.fromstring(file.read_text("utf-8"))


@pytest.mark.parametrize(("site", "docs"), [("real_site", ROOT / "docs"), ("small_site", SITE / "docs")])
def test_every_number_that_can_be_called_comes_from_the_data(
    request: pytest.FixtureRequest, site: str, docs: Path
) -> None:
    lines = Library.load(docs).help
    known = {address for line in lines for address in (line.tel, line.text) if address}
    found: set[str] = set()
    for file in request.getfixturevalue(site).rglob("*.html"):
        found |= set(read(file).xpath('//a[starts-with(@href, "tel:") or starts-with(@href, "sms:")]/@href'))
    assert found == known


PLACED = " or ".join(
    f"contains(concat(' ', @class, ' '), ' {name} ')"
    for name in ("help", "step", "selfcheck", "ladder__panel", "help-line")
)


def test_wherever_a_step_or_a_line_names_112_it_can_be_tapped(real_site: Path) -> None:
    """And on the page of numbers in its text, too, but for what is told of how they were checked."""
    named = 0
    for file in real_site.rglob("index.html"):
        page = read(file)
        texts = page.xpath(f"//*[{PLACED}]//text()[contains(., '112')]")
        if file.parent.name in ("faa-hjaelp-nu", "get-help-now"):
            texts += page.xpath("//main//p[not(ancestor::details)]//text()[contains(., '112')]")
        named += len(texts)
        assert [text for text in texts if not text.getparent().xpath("ancestor-or-self::a")] == [], file
    assert named > 100


def test_a_number_within_another_is_not_tapped() -> None:
    danger = line("emergency")
    assert danger.number == "112"
    said = "Ring 112, 70 112 113, 116 112, +45 112 24, 1124 eller 2112. Så 112!"
    assert tapped(Markup(said), None) == said
    link = '<a href="tel:112">112</a>'
    assert tapped(Markup(said), danger) == f"Ring {link}, 70 112 113, 116 112, +45 112 24, 1124 eller 2112. Så {link}!"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<p>Så ring 112.</p>", "<p>Så <tap>ring 112</tap>.</p>"),
        ("<p>Ring straks 112, og <strong>ring 112</strong></p>",
         "<p><tap>Ring straks 112</tap>, og <strong><tap>ring 112</tap></strong></p>"),
        ("<li>Ring\n112</li>", "<li><tap>Ring\n112</tap></li>"),
        *((text, text) for text in (
            "<p>I 112 samtaler ringede de.</p>",
            "<p>Omring 112, ring 112 24, ring 70 112 og ring 1124.</p>",
            '<p><a href="tel:112">ring <b>112</b></a> og <a href="#x" title="ring 112">her</a></p>',
            "<h2>Ring 112</h2><summary><h3>Ring 112?</h3></summary><code>ring 112</code>",
        )),
    ],
)  # fmt: skip
def test_a_text_that_says_call_112_can_be_tapped_there(text: str, shown: str) -> None:
    """With the word for it, and no other 112, of which an article may tell, too."""
    assert tapped(text, line("emergency"), "Ring") == re.sub("<(/?)tap>", r"<\1a>", shown).replace(
        "<a>", '<a href="tel:112">'
    )


SAYS_CALL = re.compile(r"\b(ring|call)(\s[^\W\d]+)? 112\b", re.IGNORECASE)
SAYS_MORE = frozenset({"source", "fold", "evidence", "topic__lead", "card__excerpt", "corrected", "corrections"})
"""Where it is only told that somebody says so, by their classes."""


def test_wherever_a_text_says_call_112_it_can_be_tapped(real_site: Path) -> None:
    said = 0
    for file in real_site.rglob("index.html"):
        for text in read(file).xpath("//main//*[self::p or self::li or self::td]//text()[contains(., '112')]"):
            within = [text.getparent(), *text.getparent().iterancestors()]
            names = {name for element in within for name in element.get("class", "").split()}
            if SAYS_CALL.search(text) and not names & SAYS_MORE:
                said += 1
                assert text.getparent().xpath("ancestor-or-self::a"), f"{file}: {text}"
    assert said > 120


def test_every_region_has_a_doctor_and_the_lines_are_complete() -> None:
    doctors = {line.key: line for line in LIBRARY.help if line.kind == "doctor" and line["da"].region}
    assert doctors.keys() == REGIONS
    assert all(line.number for line in doctors.values())
    kinds = "danger suicide gp doctor psychiatry violence poison children talk deaf abroad complaint"
    assert {line.kind for line in LIBRARY.help} == set(kinds.split())


def test_the_merging_regions_are_due_before_they_merge() -> None:
    for key in ("doctor-capital", "doctor-zealand"):
        due = line(key).due
        assert due
        assert due < dt.date(2027, 1, 1)


def test_it_is_said_how_each_number_was_checked_and_never_that_it_was_called(real_site: Path) -> None:
    for lang in LANGUAGES:
        page = read(real_site / path("help", lang).strip("/") / "index.html").text_content()
        for line in LIBRARY.help:
            how = line[lang].how
            assert ("gemt" if lang == "da" else "stored") in how.lower() or "list" in how, line.key
            assert not re.search(r"ringet|called", how), line.key
            assert " ".join(how.split()) in " ".join(page.split()), line.key
        assert ("i gemte kopier" if lang == "da" else "in stored copies") in page


def test_the_help_page_shows_every_line(real_site: Path) -> None:
    for lang in LANGUAGES:
        (numbers,) = read(real_site / path("help", lang).strip("/") / "index.html").xpath('//section[@class="numbers"]')
        shown = [name.text_content() for name in numbers.xpath('.//a[@class="help-line__name"]')]
        assert sorted(shown) == sorted(line[lang].name for line in LIBRARY.help)


# --- Other ways of reading ------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_is_legible_on_paper(chromium: Browser, real_url: str, lang: Language) -> None:
    page = chromium.new_page()
    page.goto(real_url + path("stress-ladder/meltdown", lang))
    digits = re.sub(r"\s", "", " ".join(sheets(page)))
    for help_line in LIBRARY.help:
        if help_line.number and help_line.kind != "complaint":
            assert dialled(help_line.number) in digits, help_line.key
    page.emulate_media(media="print")
    style = "e => { const s = getComputedStyle(e); return [s.color, s.backgroundColor] }"
    calls = page.locator("a.call").evaluate_all(f"calls => calls.map({style})")
    assert calls
    assert [call for call in calls if call != ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]] == []
    page.close()


def test_forced_colours_leave_the_buttons_their_shape(chromium: Browser, real_url: str) -> None:
    context = chromium.new_context(forced_colors="active", viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(real_url + path("help", "da"))
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    names = ["borderTopStyle", "borderTopWidth", "borderTopColor", "backgroundColor"]
    style = f"e => {{ const s = getComputedStyle(e); return {names}.map(name => s[name]) }}"
    calls = page.locator(".who a.call").evaluate_all(f"calls => calls.map({style})")
    assert calls
    for kind, width, border, ground in calls:
        assert (kind, width) == ("solid", "2px")
        assert border != ground
    context.close()


def test_crisis_help_is_never_marked_up_as_a_faq(real_site: Path) -> None:
    """Neither the help page nor the self-check is a FAQPage, and no answer anywhere holds the box."""
    seen = 0
    for article in LIBRARY.articles.values():
        for lang in LANGUAGES:
            file = real_site / path(article.key, lang).strip("/")
            page = read(file if file.suffix else file / "index.html")
            graph = json.loads(page.xpath('//script[@type="application/ld+json"]/text()')[0])["@graph"]
            questions = [node for node in graph if node.get("@type") == "Question"]
            faq = [node for node in graph if "FAQPage" in node.get("@type", "")]
            seen += len(faq)
            if article.kind != "article":
                assert not faq, article.key
            for question in questions:
                assert question["@id"].rpartition("#")[2] in [
                    heading.get("id") for heading in page.xpath('//section[@class="faq"]//h3')
                ]
                assert "tel:" not in question["acceptedAnswer"]["text"]
    assert seen > 10


# --- The checks -----------------------------------------------------------------------------


def told(docs: Path) -> list[tuple[str, str]]:
    _, problems = check(docs, kept_content())
    return [(problem.rule, problem.level) for problem in problems if problem.rule.startswith("help-")]


def change(docs: Path, old: str, new: str) -> None:
    file = docs / DATA
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_the_test_sites_help_lines_are_in_order(docs: Path) -> None:
    assert told(docs) == []


def days(number: int) -> str:
    return (day.today() + dt.timedelta(number)).isoformat()


AGES = [
    ("checked today", f"checked: {days(0)}", []),
    ("checked a year ago", f"checked: {days(-365)}", []),
    ("checked longer ago", f"checked: {days(-366)}", [("help-due", "warning")]),
    ("checked tomorrow, as it is east of here", f"checked: {days(1)}", []),
    ("checked the day after tomorrow", f"checked: {days(2)}", [("help-due", "error")]),
    ("due tomorrow", f"checked: {days(-99)}\n  due: {days(1)}", [("help-due", "warning")]),
    ("due tomorrow and checked lately", f"checked: {days(-9)}\n  due: {days(1)}", []),
    ("due in a month", f"checked: {days(-99)}\n  due: {days(30)}", []),
    ("due today", f"checked: {days(-9)}\n  due: {days(0)}", [("help-due", "error")]),
    ("due long ago", f"checked: {days(-99)}\n  due: {days(-9)}", [("help-due", "error")]),
    ("checked since it was due", f"checked: {days(-1)}\n  due: {days(-9)}", []),
]


@pytest.mark.parametrize(("new", "expected"), [case[1:] for case in AGES], ids=[case[0] for case in AGES])
def test_a_line_falls_due(docs: Path, new: str, expected: list[tuple[str, str]]) -> None:
    change(docs, "checked: 2026-11-23", new)
    assert told(docs) == expected


NUMBERS = [
    ("113 for 112", '"112"', '"113"', ["is not the emergency number; expected 112"]),
    ("114 for 112", '"112"', '"114"', ["is not the emergency number; expected 112"]),
    ("a letter", '"70 201 201"', '"70 2O1 201"', ["holds “O”"]),
    ("a small l", '"70 201 201"', '"70 20l 201"', ["holds “l”"]),
    ("a digit lost", '"70 201 201"', '"70 201 20"', ["has 7 digits; a number of DK has 8"]),
    ("two digits lost", '"70 201 201"', '"70 201 2"', ["is no short number of DK"]),
    ("a digit too many", '"70 201 201"', '"70 201 2011"', ["has 9 digits"]),
    ("no number", '"70 201 201"', '""', ["is not written as digits"]),
    ("a hyphen", '"70 201 201"', '"70-201-201"', ["holds “-”"]),
    ("a space behind it", '"70 201 201"', '"70 201 201 "', ["is not written as digits"]),
    ("a first digit that Denmark has not", '"70 201 201"', '"10 201 201"', ["does not begin as a number of DK does"]),
    ("figures of another alphabet", '"70 201 201"', '"７0 201 201"', ["holds “７”"]),
    ("a short number of nobody", '"1813"', '"1831"', ["is no short number of DK"]),
    ("a wrong number for messages", 'sms: "116 111"', 'sms: "116 11"', ["is no short number of DK"]),
    ("the same number twice", '"1813"', '"116 111"', ["is in the record at line"] * 2),
    ("the same number, written otherwise", '"1813"', '"7020 1201"', ["is in the record at line"]),
    ("with the code of Denmark", '"70 201 201"', '"+45 70 201 201"', []),
    ("another number", '"70 201 201"', '"70 20 12 02"', []),
]


@pytest.mark.parametrize(("old", "new", "said"), [case[1:] for case in NUMBERS], ids=[case[0] for case in NUMBERS])
def test_a_number_that_cannot_be_right_is_told(docs: Path, old: str, new: str, said: list[str]) -> None:
    change(docs, old, new)
    _, problems = check(docs, kept_content())
    found = [str(problem) for problem in problems if problem.rule in ("help-number", "help-twice")]
    assert len(found) == len(said), found
    for message, expected in zip(found, said, strict=True):
        number = 1 + (docs / DATA).read_text("utf-8").split(new)[0].count("\n")
        assert message.startswith(f"docs/{DATA}:")
        assert expected in message
        assert number == int(message.split(":")[1]) or "is in the record" in message


TEXTS = [
    ("Ring 112.", ["112"]),
    ("Ring 113, hvis der er fare for liv.", ["113"]),
    ("Ring til Lev Uden Vold på 1888.", ["1888"]),
    ("Du kan ringe til lægevagten på 70 11 07 07 hele natten.", ["70 11 07 07"]),
    ("Livslinien har 70 201 201 og 7020 1201.", ["70 201 201", "7020 1201"]),
    ("Ring 70 201 20 nu.", ["70 201 20"]),
    ("Ring 7O 201 201 nu.", ["7O 201 201"]),
    ("Call 999 or 112.", ["999", "112"]),
    ("You can call or text them on 116 111.", ["116 111"]),
    ("Call 1888 24 hours a day.", ["1888"]),
    ("In the Capital Region the number is 1813.", ["1813"]),
    ("Nummeret er 1818.", ["1818"]),
    ("Call +45 33 92 11 12.", ["+45 33 92 11 12"]),
    ("William James wrote in 1890, and we call it so since 2019.", []),
    ("They call it resilience. In 1890 nobody did.", []),
    ("People call, as James said in 1890.", []),
    ("Kun 1 ud af 10 ringer igennem.", []),
    ("The number of studies was 1.234 (2,991 clients).", []),
    ("Af 295 studier, 30.000 klienter, er r = 0,278.", []),
    ("The years 2018 2019 and 1999.", []),
    ("Ring inden 24 timer. Det tager 120 minutter.", []),
    ("I 1984 1985 blev 45 klienter spurgt, og 12 sagde nej.", []),
    ("Klokken ringer 8 gange.", []),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[text for text, _ in TEXTS])
def test_a_number_to_call_is_known_from_other_figures(text: str, expected: list[str]) -> None:
    assert [number for _, number in _to_call(text)] == expected
