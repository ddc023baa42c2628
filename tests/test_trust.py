"""What readers see of corrections and reviews."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from lxml import html

from conftest import ROOT, built, configured
from knowledge.checks.check import check
from knowledge.content.library import Library

CORRECTIONS = """
- date: 2026-09-01
  pages: [alliance/repair]
  da: {about: Tallet, wrong: Vi skrev 12., now: Nu står der 21.}
  en: {about: The number, wrong: We wrote 12., now: Now it says 21.}
- date: 2026-11-02
  pages: [alliance/repair, nlp-tools/rapport]
  da: {about: Ordet, wrong: Vi skrev »brud« forkert., now: Nu er det rettet.}
  en: {about: The word, wrong: We misspelt ‘rupture’., now: Now it’s right.}
- date: 2026-11-02
  pages: [help]
  da: {about: Nummeret, wrong: Nummeret var gammelt., now: Nu er det nyt.}
  en: {about: The number to call, wrong: The number was old., now: Now it is new.}
"""


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """tests/site with corrections, the oldest first in the file, and with an early review."""
    folder = tmp_path_factory.mktemp("corrected")
    config = configured(folder, {})
    (folder / "docs/data/corrections.yml").write_text(CORRECTIONS, "utf-8")
    page = folder / "docs/alliance/repair.da.md"
    text = page.read_text("utf-8").replace("reviewed: 2026-11-20\n", "reviewed: 2026-11-20\nreview_by: 2027-01-15\n")
    page.write_text(text, "utf-8")
    return built(config, folder / "site")


def said(site: Path, path: str, where: str) -> list[str]:
    """The words of some elements of a page."""
    page = html.fromstring((site / path / "index.html").read_text("utf-8"))
    return [" ".join(element.text_content().split()) for element in page.xpath(where)]


def test_all_corrections_stand_on_one_page_the_newest_first(corrected: Path) -> None:
    assert said(corrected, "om", '//ol[@class="corrections"]/li') == [
        "2. november 2026. Ordet: Vi skrev »brud« forkert. Nu er det rettet. Reparation efter et brud, Rapport",
        "2. november 2026. Nummeret: Nummeret var gammelt. Nu er det nyt. Få hjælp",
        "1. september 2026. Tallet: Vi skrev 12. Nu står der 21. Reparation efter et brud",
    ]
    page = html.fromstring((corrected / "en/about/index.html").read_text("utf-8"))
    assert page.xpath('//h2[@id="corrections"]/following-sibling::*[1]/@class') == ["corrections"]
    assert "/en/alliance/repair/" in page.xpath('//ol[@class="corrections"]//a/@href')


LAST = {
    "alliancen/reparation": "Rettet 2. november 2026. Ordet: Vi skrev »brud« forkert. Nu er det rettet. Alle rettelser",
    "en/alliance/repair": "Corrected 2 November 2026. The word: We misspelt ‘rupture’. Now it’s right. All corrections",
    "stresstrappen/opvarmet": None,
}


@pytest.mark.parametrize("path", LAST)
def test_an_article_says_what_was_last_corrected_in_it(corrected: Path, path: str) -> None:
    assert said(corrected, path, '//p[@class="corrected"]') == [LAST[path]] * bool(LAST[path])
    if LAST[path]:
        page = html.fromstring((corrected / path / "index.html").read_text("utf-8"))
        assert page.xpath('//p[@class="corrected"]/a/@href')[0].endswith("#corrections")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("alliancen/reparation", "Næste gennemgang senest 15. januar 2027."),
        ("en/alliance/repair", "Next review by 15 January 2027."),
        ("stresstrappen/opvarmet", "Næste gennemgang senest 20. november 2029."),
    ],
)
def test_a_page_says_when_it_is_reviewed_again(corrected: Path, path: str, expected: str) -> None:
    (line,) = said(corrected, path, '//p[@class="reviewed"]')
    assert expected in line


DUE = [
    ("three years", "2026-11-20", None, "2029-11-20"),
    ("a leap day", "2028-02-29", None, "2031-02-28"),
    ("earlier", "2026-11-20", "2027-01-15", "2027-01-15"),
    ("not later than three years", "2026-11-20", "2035-01-01", "2029-11-20"),
    ("a day that the last review has passed", "2027-01-16", "2027-01-15", "2030-01-16"),
    ("never reviewed", None, "2027-01-15", None),
]


@pytest.mark.parametrize(("reviewed", "early", "due"), [d[1:] for d in DUE], ids=[d[0] for d in DUE])
def test_when_a_review_is_due(docs: Path, reviewed: str | None, early: str | None, due: str | None) -> None:
    page = docs / "alliance/repair.da.md"
    lines = [f"reviewed: {reviewed}"] * bool(reviewed) + [f"review_by: {early}"] * bool(early)
    page.write_text(page.read_text("utf-8").replace("reviewed: 2026-11-20", "\n".join(lines) or "help: false"), "utf-8")
    library, _ = Library.read(docs)
    assert library["alliance/repair"].review_due == (due and dt.date.fromisoformat(due))


def test_an_early_review_that_is_overdue_is_told_at_its_line(docs: Path) -> None:
    page = docs / "alliance/repair.da.md"
    text = page.read_text("utf-8").replace("reviewed: 2026-11-20", "reviewed: 2026-01-02\nreview_by: 2026-02-01")
    page.write_text(text, "utf-8")
    _, problems = check(docs)
    found = [(p.file, p.line, p.message) for p in problems if p.rule == "review-due"]
    line = text.split("\n").index("review_by: 2026-02-01") + 1
    assert found == [("docs/alliance/repair.da.md", line, "last reviewed 2026-01-02, and due by 2026-02-01")]


def test_every_correction_of_the_site_is_shown(real_site: Path) -> None:
    library = Library.load(ROOT / "docs")
    assert library.corrections
    listed = said(real_site, "om-trinvis", '//ol[@class="corrections"]/li')
    assert len(listed) == len(library.corrections)
    for correction in library.corrections:
        assert any(correction["da"].wrong in line and correction["da"].now in line for line in listed)
