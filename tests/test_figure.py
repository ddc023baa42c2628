"""Figures: lists and tables that are drawn, by touch, by keyboard, without JavaScript, and as the checks see them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html
from markdown import Markdown
from playwright.sync_api import Browser, Page, expect

from conftest import ROOT, real_library
from knowledge.checks.rules.diagrams import diagrams
from knowledge.content.figure import KINDS, figures_of
from knowledge.content.library import Library
from knowledge.core.language import LANGUAGES, Language
from knowledge.core.strings import read_strings
from knowledge.markdown.figure import FiguresExtension

LIBRARY = real_library()
STRINGS = read_strings(ROOT / "overrides/strings")
PLACED = {kind: [a.key for a in LIBRARY.articles.values() if f".figure .{kind}}}" in a["da"].body] for kind in KINDS}


def path(key: str, lang: Language = "da") -> str:
    return f"/{LIBRARY.path(LIBRARY[key], lang)}"


def drawn(text: str) -> html.HtmlElement:
    """A text as its page shows it."""
    markdown = Markdown(extensions=["attr_list", "tables", "admonition", FiguresExtension()])
    return html.fragment_fromstring(markdown.convert(text), create_parent="div")


# --- In Markdown --------------------------------------------------------------------------


def test_a_list_below_its_mark_becomes_a_figure_with_its_caption() -> None:
    (figure,) = drawn("**Tre faser**\n{.figure .timeline}\n\n1. **Først.** Det ene\n2. Det andet\n")
    assert figure.tag == "figure"
    assert figure.get("class") == "figure figure--timeline"
    assert figure.xpath("string(figcaption)").strip() == "Tre faser"
    assert [item.text_content() for item in figure.xpath("ol/li")] == ["Først. Det ene", "Det andet"]


@pytest.mark.parametrize(
    "text",
    [
        "Bare tekst\n{.figure .timeline}\n\nOg mere.",
        "Ukendt\n{.figure .tidslinje}\n\n1. Et\n",
        "Uden mærke\n\n1. Et\n",
        "Kun slags\n{.timeline}\n\n1. Et\n",
        "En tabel\n{.figure .timeline}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    ],
)
def test_what_is_no_figure_stays_as_it_was(text: str) -> None:
    assert not drawn(text).xpath("//figure")


def test_a_figure_may_stand_in_a_box_and_more_than_one_on_a_page() -> None:
    page = drawn(
        '!!! example "Eksempel"\n    **Snak**\n    {.figure .dialogue}\n\n'
        "    - **A:** Hej\n    - **B:** Hej\n    - **A:** Farvel\n\n"
        "**To**\n{.figure .circle}\n\n1. Et\n2. To\n"
    )
    box, circle = page.xpath("//figure")
    assert box.getparent().get("class") == "admonition example"
    sides = [item.get("class").rpartition("--")[2] for item in box.xpath(".//li")]
    assert sides == ["one", "other", "one"]
    assert circle.get("class") == "figure figure--circle"


SHARES = [(59, 100), (41, 100), (0, 33), (33, 33), (1, 21), (20, 20), (21, 40)]


@pytest.mark.parametrize(("some", "of"), SHARES)
def test_as_many_are_drawn_as_the_text_says(some: int, of: int) -> None:
    """Each place is a dash every ten units of a line: so many begin within it."""
    (crowd,) = drawn(f"Hvor mange\n{{.figure .dots}}\n\n1. **{some} af {of}** af dem\n").xpath(
        "//*[local-name()='svg']"
    )
    counts = {}
    for line in crowd:
        runs = re.findall(r"M[\d.]+ [\d.]+h([\d.]+)", line.get("d"))
        counts[line.get("class").split()[0]] = sum(int(float(run)) // 10 + 1 for run in runs)
    assert counts == {"crowd__some": some, "crowd__rest": of - some}


def test_a_row_of_a_comparison_is_headed_by_its_first_cell() -> None:
    (table,) = drawn("Side om side\n{.figure .compare}\n\n| | A | B? |\n|---|---|---|\n| Det | et | to |\n").xpath(
        "//table"
    )
    assert table.get("role") == "table"
    (row,) = table.xpath("tbody/tr")
    assert [(cell.tag, cell.get("role"), cell.get("data-label")) for cell in row] == [
        ("th", "rowheader", None),
        ("td", "cell", "A:"),
        ("td", "cell", "B?"),
    ]


# --- As the checks see it -----------------------------------------------------------------


def test_the_checks_read_what_the_pages_draw() -> None:
    """The source's figures are those of the built text, kind by kind, in every text there is."""
    count = 0
    for translation in LIBRARY.translations():
        kinds = [figure.kind for figure in figures_of(translation.body)]
        shown = [re.sub(r"figure figure--", "", f.get("class")) for f in drawn(translation.body).xpath("//figure")]
        assert kinds == shown, translation.path
        count += len(kinds)
    assert count >= 2 * len(KINDS)


def test_every_kind_is_placed_somewhere() -> None:
    assert [kind for kind, keys in PLACED.items() if not keys] == []


LIST = "1. **59 af 100** af dem\n2. **41 af 100** af de andre\n"
WRONG = {
    "an unknown kind": ("Hvor mange\n{.figure .peoples}\n\n" + LIST, "unknown; did you mean “people”?"),
    "no kind": ("Hvor mange\n{.figure}\n\n" + LIST, "the figure has no kind; write one of .triangle"),
    "no caption": ("\n{.figure .people}\n\n" + LIST, "has no caption"),
    "no list": ("Hvor mange\n{.figure .people}\n\nTekst.\n", "there is no list and no table; expected a list"),
    "a table": ("Hvor mange\n{.figure .people}\n\n| a |\n|---|\n| b |\n", "there is a table; expected a list"),
    "a list for a table": ("Side om side\n{.figure .compare}\n\n" + LIST, "there is a list; expected a table"),
    "two of three parts": ("Tre\n{.figure .triangle}\n\n1. Et\n2. To\n", "has 2 items; expected 3"),
    "no share": ("Hvor mange\n{.figure .people}\n\n1. Mange\n", "“Mange” does not begin with so many of at most 100"),
    "more than all": ("Hvor mange\n{.figure .people}\n\n1. 101 af 100\n", "does not begin with so many"),
    "too many": ("Hvor mange\n{.figure .people}\n\n1. 5 af 1000\n", "does not begin with so many of at most 100"),
}


def told(docs: Path, text: str, lang: str = "da") -> list[str]:
    file = docs / f"alliance/repair.{lang}.md"
    file.write_text(file.read_text("utf-8").replace("\n## ", f"\n{text}\n## ", 1), "utf-8")
    library, _ = Library.read(docs)
    return [f"{p.file.removeprefix('docs/')}:{p.line} {p.message}; {p.fix}" for p in diagrams.problems(library)]


@pytest.mark.parametrize("case", WRONG)
def test_a_figure_that_cannot_be_drawn_is_told(docs: Path, case: str) -> None:
    text, expected = WRONG[case]
    found = told(docs, text)
    line = (docs / "alliance/repair.da.md").read_text("utf-8").split("\n").index(
        text.strip("\n").split("\n")[-0 if text[0] == "\n" else 1]
    ) + 1
    assert found
    assert expected in found[0]
    assert found[0].startswith(f"alliance/repair.da.md:{line} ")


def test_a_figure_in_one_language_only_is_told(docs: Path) -> None:
    found = told(docs, "How many\n{.figure .people}\n\n1. **59 of 100** of them\n", "en")
    assert len(found) == 1
    assert "the figure “.people” is here, but not in docs/alliance/repair.da.md" in found[0]


def test_a_figure_in_code_is_none(docs: Path) -> None:
    assert told(docs, "```\nHvor mange\n{.figure .peoples}\n```\n") == []


# --- In Chromium --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_fits_a_phone_and_is_whole_without_javascript(page: Page, real_url: str, kind: str) -> None:
    key = PLACED[kind][0]
    page.goto(real_url + path(key))
    figure = page.locator(f".figure--{kind}").first
    expect(figure).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for item in figure.locator(f".{kind} > li, .{kind} tbody tr").all():
        expect(item).to_be_visible()
    caption = figure.locator("figcaption").inner_text()
    expect(page.get_by_role("figure", name=caption)).to_have_count(1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_lowest_part_is_what_to_talk_about(chromium: Browser, real_url: str, lang: Language) -> None:
    """By keyboard; nothing is kept."""
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(real_url + path("alliance/therapeutic-alliance", lang))
    figure = page.locator(".figure--triangle")
    figure.locator("summary").press("Enter")
    sliders = figure.get_by_role("slider")
    names = ["Målet", "Opgaverne", "Båndet"] if lang == "da" else ["The goal", "The tasks", "The bond"]
    expect(sliders).to_have_count(3)
    for slider, name in zip(sliders.all(), names, strict=True):
        expect(slider).to_have_accessible_name(name)
    drawing = figure.locator(".balance__own")
    before = drawing.get_attribute("d")
    said = figure.get_by_role("status")
    sliders.nth(1).press("ArrowLeft")
    expect(said).to_have_text(STRINGS[lang]["triangle_lowest"].replace("{parts}", names[1]))
    assert drawing.get_attribute("d") != before
    sliders.nth(2).press("ArrowLeft")
    expect(said).to_have_text(STRINGS[lang]["triangle_lowest"].replace("{parts}", f"{names[1]}, {names[2]}"))
    sliders.nth(0).press("ArrowLeft")
    expect(said).to_have_text(STRINGS[lang]["triangle_even"])
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    context.close()


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_breath_goes_along_for_ten_and_stands_still_where_that_is_wanted(
    chromium: Browser, real_url: str, motion: str
) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 740}, reduced_motion=motion)
    page.clock.install()
    page.goto(real_url + path("stress-ladder/unease-now"))
    figure = page.locator(".figure--breathing")
    expect(figure.locator(".breath__drawing")).to_be_visible(visible=motion == "no-preference")
    figure.get_by_role("button", name=STRINGS["da"]["breath_begin"]).click()
    word = figure.get_by_role("status")
    moves = "document.querySelector('.breath__own').getAnimations().length"
    for _ in range(10):
        expect(word).to_have_text("Ind")
        assert (page.evaluate(moves) > 0) == (motion == "no-preference")
        page.clock.run_for(4000)
        expect(word).to_have_text("Ud")
        page.clock.run_for(6000)
    expect(word).to_have_text(STRINGS["da"]["breath_done"])
    expect(figure.get_by_role("button", name=STRINGS["da"]["breath_begin"])).to_be_focused()
    assert page.evaluate(moves) == 0
    page.close()


def test_a_card_turns_by_touch_and_by_keyboard(page: Page, real_url: str) -> None:
    page.goto(real_url + path("nlp-tools/meta-model"))
    cards = page.locator(".figure--flashcards details")
    assert cards.count() >= 6
    for card, turn in ((cards.nth(0), "click"), (cards.nth(1), "press")):
        back = card.locator("ul")
        expect(back).not_to_be_visible()
        summary = card.locator("summary")
        summary.click() if turn == "click" else summary.press("Enter")
        expect(back).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_step_opens_in_place(page: Page, real_url: str, width: int, request: pytest.FixtureRequest) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(real_url)
    steps = page.locator(".ladder li a")
    if "without" in request.node.callspec.id:
        steps.nth(3).click()
        expect(page).to_have_url(real_url + path("stress-ladder/meltdown"))
        return
    meltdown = LIBRARY["stress-ladder/meltdown"]["da"].words
    steps.nth(3).click()
    panel = page.locator(".ladder__panel")
    expect(page).to_have_url(f"{real_url}/")
    expect(panel).to_be_focused()
    expect(panel).to_be_in_viewport()
    expect(steps.nth(3)).to_have_attribute("aria-expanded", "true")
    for words in (*meltdown.signs, meltdown.today, meltdown.seek):
        expect(panel).to_contain_text(words)
    text = panel.inner_text()
    assert text.index(STRINGS["da"]["help_title"]) < text.index(meltdown.seek) < text.index(meltdown.signs[0])
    steps.nth(1).click()
    expect(panel).to_have_count(1)
    expect(panel).to_contain_text(LIBRARY["stress-ladder/heated"]["da"].words.signs[0])
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(steps.nth(1)).to_be_focused()
    steps.nth(1).press("Enter")
    panel.get_by_role("button", name=STRINGS["da"]["note_close"]).click()
    expect(panel).to_have_count(0)
