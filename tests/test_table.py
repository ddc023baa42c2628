"""Tables: each scrolls alone on a narrow screen, by finger and by keyboard, and says what it is."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import indent

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from markdown import Markdown
from playwright.sync_api import Browser, Page, expect

from conftest import built, configured, serve
from knowledge.markdown.question import QuestionsExtension
from knowledge.markdown.table import TablesExtension

TABLE = "| A | B |\n|---|---|\n| 1 | 2 |\n"
NAMES = [
    ("its section", f"## Titlerne\n\n{TABLE}", ["Titlerne"]),
    ("its subsection", f"## Titlerne\n\n### Priser\n\n{TABLE}", ["Priser"]),
    ("its question", f"## F {{#faq}}\n\n### Hvad koster det? {{#q}}\n\n{TABLE}", ["Hvad koster det?"]),
    ("words with marks", f"## »Fem« *faser* & `to` &lt; tre\n\n{TABLE}", ["»Fem« faser & to < tre"]),
    ("two below one heading", f"## X\n\n{TABLE}\nOrd.\n\n{TABLE}", ["X", "X (2)"]),
    ("two headings alike", f"## X\n\n{TABLE}\n## X\n\n{TABLE}", ["X", "X (2)"]),
    ("its columns, above all headings", TABLE, ["A, B"]),
    ("in a box", f"## X\n\n!!! note\n\n{indent(TABLE, '    ')}", ["X"]),
]


def convert(text: str) -> html.HtmlElement:
    extensions = ["attr_list", "toc", "tables", "admonition", TablesExtension(), QuestionsExtension()]
    return html.fragment_fromstring(Markdown(extensions=extensions).convert(text), create_parent="div")


@pytest.mark.parametrize(("text", "names"), [n[1:] for n in NAMES], ids=[n[0] for n in NAMES])
def test_a_table_stands_in_a_region_with_a_name(text: str, names: list[str]) -> None:
    tree = convert(text)
    regions = tree.xpath('//div[@class="table"]')
    assert [region.get("aria-label") for region in regions] == names
    for region in regions:
        assert (region.get("role"), region.get("tabindex")) == ("region", "0")
        assert [child.tag for child in region] == ["table"]
        assert region.xpath("table/thead/tr/th/text()") == ["A", "B"]
    assert len(tree.xpath("//table")) == len(names)


def test_a_corner_without_words_is_no_heading() -> None:
    (row,) = convert("| | A |\n|---|---|\n| 1 | 2 |\n").xpath("//thead/tr")
    assert [(cell.tag, cell.text) for cell in row] == [("td", None), ("th", "A")]


def test_what_stands_around_a_table_stays() -> None:
    assert [(e.tag, (e.text or "").strip()) for e in convert(f"Før.\n\n{TABLE}\nEfter.")] == [
        ("p", "Før."), ("div", ""), ("p", "Efter.")
    ]  # fmt: skip


WIDE = "\n".join(
    ("| " + " | ".join(row) + " |")
    for row in (
        ["Titel", "Uddannelsesinstitution", "Klagemulighed", "Autorisationskrav", "Tilskud", "Henvisning"],
        ["---"] * 6,
        *[["Psykoterapeutforeningen", "Universitetet", "Patientklager", "Autorisation", "Tilskud", "Lægen"]] * 3,
    )
)


@pytest.fixture(scope="module")
def wide_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with a table of six columns in its text, in a box and in an answer."""
    folder = tmp_path_factory.mktemp("wide")
    config = configured(folder, {})
    for lang in ("da", "en"):
        page = folder / f"docs/alliance/repair.{lang}.md"
        head, first, faq = page.read_text("utf-8").split("\n## ")
        boxed = indent(WIDE, "    ")
        page.write_text(f'{head}\n{WIDE}\n\n## {first}\n!!! note "N"\n\n{boxed}\n\n## {faq}\n{WIDE}\n', "utf-8")
    with (folder / "docs/data/foreign-words.yml").open("w", encoding="utf-8") as file:
        file.write("{}\n")
    yield from serve(built(config, folder / "site"))


@pytest.mark.parametrize("width", [320, 360])
def test_a_wide_table_scrolls_alone(wide_url: str, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{wide_url}/alliancen/reparation/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    region = page.get_by_role("region", name="Titel, Uddannelsesinstitution").first
    assert region.evaluate("e => e.scrollWidth > e.clientWidth + 200")
    head = region.get_by_role("columnheader", name="Henvisning")
    first = region.get_by_role("cell").first
    before = head.bounding_box()["x"], first.bounding_box()["x"]
    region.focus()
    for _ in range(500):
        page.keyboard.press("ArrowRight")
        if region.evaluate("e => e.scrollLeft") > 100:
            break
    assert head.bounding_box()["x"] < before[0], "the head goes along"
    assert first.bounding_box()["x"] == pytest.approx(before[1], abs=1), "the first column stays in sight"
    assert page.evaluate("scrollX") == 0


def test_paper_holds_the_whole_table(wide_url: str, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(f"{wide_url}/alliancen/reparation/")
    page.emulate_media(media="print")
    assert page.locator(".table").first.evaluate("e => getComputedStyle(e).overflowX") == "visible"
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_beside_tables(wide_url: str, chromium: Browser, scheme: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{wide_url}/alliancen/reparation/")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    expect(page.locator(".table")).to_have_count(3)
    found = Axe().run(page).response["violations"]
    assert [(violation["id"], violation["nodes"][0]["html"]) for violation in found] == []
    context.close()
