"""An article without a translation yet: a short, honest page, which nothing that crawlers read leads to."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from lxml import html

from conftest import SITE, built, configured
from knowledge.checks.check import check
from knowledge.content.library import Library
from knowledge.core.problems import Problem

REPAIR = "alliance/repair"
DANISH, ENGLISH = "alliancen/reparation/", "en/alliance/mending/"
TWIN = "twin: {title: Mending a rupture, description: How a rupture is fixed., slug: mending}\n"


def alone(folder: Path, twin: str) -> Path:
    """A copy of tests/site in which one article has no English file; returns its mkdocs.yml."""
    config = configured(folder, {})
    (folder / f"docs/{REPAIR}.en.md").unlink()
    for page in (folder / "docs").rglob("*.en.md"):
        page.write_text(page.read_text("utf-8").replace("alliance/repair.en.md", "index.en.md"), "utf-8")
    file = folder / f"docs/{REPAIR}.da.md"
    file.write_text(file.read_text("utf-8").replace("---\n", f"---\n{twin}", 1), "utf-8")
    return config


@pytest.mark.parametrize(("twin", "missing"), [("", 1), (TWIN, 0)], ids=["says nothing", "is announced"])
def test_a_missing_twin_is_an_error_unless_it_is_announced(tmp_path: Path, twin: str, missing: int) -> None:
    alone(tmp_path, twin)
    _, problems = check(tmp_path / "docs")
    assert len([p for p in problems if p.message == "the article has no twin"]) == missing


def test_an_english_text_may_link_to_a_page_that_waits(tmp_path: Path) -> None:
    config = alone(tmp_path, TWIN)
    page = tmp_path / "docs/about.en.md"
    page.write_text(page.read_text("utf-8") + "\n[Mending](alliance/repair.en.md)\n", "utf-8")
    twin = tmp_path / "docs/about.da.md"
    twin.write_text(twin.read_text("utf-8") + "\n[Reparation](alliance/repair.da.md)\n", "utf-8")
    site = built(config, tmp_path / "built")
    about = html.fromstring((site / "en/about/index.html").read_text("utf-8"))
    assert about.xpath("//main//a[text()='Mending']/@href") == ["../alliance/mending/"]


def test_an_announced_twin_that_is_written_is_an_error_at_its_line(tmp_path: Path) -> None:
    configured(tmp_path, {})
    file = tmp_path / f"docs/{REPAIR}.da.md"
    file.write_text(file.read_text("utf-8").replace("---\n", f"---\n{TWIN}", 1), "utf-8")
    _, problems = check(tmp_path / "docs")
    (told,) = [p for p in problems if p.message == "the twin is written already"]
    assert (told.file, told.line, told.rule) == (f"docs/{REPAIR}.da.md", 2, "pair")


@pytest.mark.parametrize("page", ["stress-ladder/meltdown", "about"], ids=["a step of the ladder", "no article"])
def test_what_readers_cannot_do_without_does_not_wait(tmp_path: Path, page: str) -> None:
    configured(tmp_path, {})
    (tmp_path / f"docs/{page}.en.md").unlink()
    file = tmp_path / f"docs/{page}.da.md"
    file.write_text(file.read_text("utf-8").replace("---\n", f"---\n{TWIN}", 1), "utf-8")
    _, problems = check(tmp_path / "docs")
    assert (file.name, 2) in {(Path(p.file).name, p.line) for p in problems if "may wait" in p.message}


PAGES = sorted(file.relative_to(SITE / "docs").as_posix()[:-6] for file in (SITE / "docs").rglob("*.da.md"))


def pair_problems(folder: Path, page: str) -> list[Problem]:
    """What is told of a page's missing translation."""
    found = [p for p in Library.read(folder / "docs")[1] if p.rule == "pair" and p.file == f"docs/{page}.da.md"]
    return sorted(found)


def test_what_the_advice_says_of_waiting_ends_the_error(tmp_path: Path) -> None:
    """Of every page, whichever its kind: where it may wait it's told so, and where it may not it isn't."""
    configured(tmp_path, {})
    may_wait = set()
    for page in PAGES:
        english, danish = (tmp_path / f"docs/{page}.{lang}.md" for lang in ("en", "da"))
        written, original = english.read_text("utf-8"), danish.read_text("utf-8")
        english.unlink()
        (problem,) = pair_problems(tmp_path, page)
        assert problem.fix.startswith(f"write docs/{page}.en.md")
        danish.write_text(original.replace("---\n", f"---\n{TWIN}", 1), "utf-8")
        obeyed = pair_problems(tmp_path, page)
        assert ("twin:" in problem.fix) == (obeyed == []), page
        assert not any("twin: {" in told.fix for told in obeyed), page
        may_wait |= {page} if not obeyed else set()
        danish.write_text(original, "utf-8")
        english.write_text(written, "utf-8")
    assert REPAIR in may_wait
    assert not {"about", "index", "alliance/index", "stress-ladder/meltdown"} & may_wait


def test_an_article_that_says_it_is_one_may_wait(tmp_path: Path) -> None:
    alone(tmp_path, TWIN + "kind: article\n")
    assert pair_problems(tmp_path, REPAIR) == []


def test_the_page_says_so_and_crawlers_are_not_led_to_it(tmp_path: Path) -> None:
    site = built(alone(tmp_path, TWIN), tmp_path / "built")
    page = html.fromstring((site / ENGLISH / "index.html").read_text("utf-8"))
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//main//h1/text()") == ["Mending a rupture"]
    assert "This article is only in Danish so far." in page.xpath("//main")[0].text_content()
    (link,) = page.xpath("//main//article//a[@lang='da'][@hreflang='da']")
    assert link.get("href").endswith(DANISH)
    danish = html.fromstring((site / DANISH / "index.html").read_text("utf-8"))
    for one in (page, danish):
        assert one.xpath("//link[@rel='alternate'][@hreflang]") == []
    assert danish.xpath("//link[@rel='canonical']")
    assert ENGLISH not in danish.xpath("string(//script[@type='application/ld+json'])")
    for name in ("sitemap.xml", "en/feed.atom", "en/feed.json"):
        assert ENGLISH not in (site / name).read_text("utf-8"), name
    assert DANISH in (site / "sitemap.xml").read_text("utf-8")
    found = {json.loads(gzip.decompress(file.read_bytes()))["path"] for file in (site / "pagefind/asked").iterdir()}
    assert DANISH in found
    assert ENGLISH not in found
    leading = [
        str(other.relative_to(site))
        for other in (site / "en").rglob("*.html")
        if ENGLISH in other.read_text("utf-8") and other != site / ENGLISH / "index.html"
    ]
    assert leading == []
