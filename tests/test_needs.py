"""The home page by need: what readers come with, a search, the ladder, all on the first screen of a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from conftest import ROOT, real_library
from knowledge.checks.rules.needs import MOST, needs
from knowledge.content.library import Library
from knowledge.core.language import LANGUAGES, Language

LIBRARY = real_library()
HOME = {lang: f"/{LIBRARY.path(LIBRARY['index'], lang)}" for lang in LANGUAGES}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_need_leads_where_the_data_says(real_site: Path, lang: Language) -> None:
    page = html.fromstring((real_site / HOME[lang].strip("/") / "index.html").read_text("utf-8"))
    shown = [(link.text, link.get("href")) for link in page.xpath('//nav[@class="needs"]//a')]
    assert len(shown) == MOST
    assert shown == [(need[lang], f"/{LIBRARY.path(LIBRARY[need.page], lang)}") for need in LIBRARY.needs]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_phones_first_screen_holds_what_one_needs(chromium: Browser, real_url: str, lang: Language) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.goto(real_url + HOME[lang])
    parts = [".masthead__help", "h1", ".hero__lead", ".hero__search input", ".hero__search button"]
    parts += [".needs li:last-child a", ".ladder li:last-child a", ".today .button"]
    for part in parts:
        box = page.locator(part).bounding_box()
        assert box, part
        assert box["y"] >= 0 and box["y"] + box["height"] <= 740, f"{part}: {box}"  # noqa: PT018
    page.close()


def test_the_search_field_leads_to_the_search_page(page: Page, real_url: str) -> None:
    page.goto(real_url + HOME["da"])
    page.locator("#hero-query").fill("vågen om natten")
    page.locator(".hero__search button").click()
    expect(page).to_have_url(f"{real_url}/{LIBRARY.path(LIBRARY['search'], 'da')}?q=v%C3%A5gen+om+natten")


def written(folder: Path, text: str) -> list[str]:
    """What the rule says of a file of needs."""
    docs = folder / "docs"
    (docs / "data").mkdir(parents=True)
    for file in (ROOT / "docs").rglob("*.md"):
        to = docs / file.relative_to(ROOT / "docs")
        to.parent.mkdir(exist_ok=True)
        to.write_text(file.read_text("utf-8"), "utf-8")
    for file in (ROOT / "docs/data").glob("*.yml"):
        (docs / "data" / file.name).write_text(file.read_text("utf-8"), "utf-8")
    (docs / "data/needs.yml").write_text(text, "utf-8")
    library, problems = Library.read(docs)
    told = [f"{p.line} {p.message}; {p.fix}" for p in problems if p.file == "docs/data/needs.yml"]
    return told + [f"{found.line} {found.message}; {found.fix}" for found in needs.problems(library)]


ONE = "- {page: alliance/micro-repair, da: Jeg er ked af det, en: I am sad}\n"
WRONG = {
    "no such article": (ONE.replace("repair", "repare"), "1 there is no article “alliance/micro-repare”; did you mean"),
    "no article": ("- {page: about, da: Hvem er I, en: Who are you}\n", "1 there is no article “about”"),
    "no such question": (
        ONE.replace("repair,", "repair, question: repair-whn,"),
        "1 “alliance/micro-repair” has no question “repair-whn”",
    ),
    "twice": (ONE + ONE, "2 “Jeg er ked af det” is there twice; say it in another way"),
    "one language": ("- {page: alliance/micro-repair, da: Jeg er ked af det}\n", "1 item 1 “en” is missing"),
    "too many": (
        "".join(ONE.replace("ked", f"ked {i}").replace("sad", f"sad {i}") for i in range(7)),
        "7 there are 7 needs; expected at most 6; delete those",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_need_that_leads_nowhere_is_told(tmp_path: Path, case: str) -> None:
    text, expected = WRONG[case]
    told = written(tmp_path, text)
    if case == "one language":
        assert len(told) == 1
        assert "“en” (item 1) is missing" in told[0] or "“en” is missing" in told[0]
        return
    assert told
    assert told[0].startswith(expected), told


def test_the_needs_as_they_are_are_right(tmp_path: Path) -> None:
    assert written(tmp_path, (ROOT / "docs/data/needs.yml").read_text("utf-8")) == []
