"""The search index: what is built into it, and what readers find with it, in Chromium on the built site."""

from __future__ import annotations

import gzip
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
import yaml
from lxml import html
from playwright.sync_api import Browser

from conftest import ROOT, SITE, build
from judging import FIND, JUDGED, measures, places
from knowledge.content.library import Library
from knowledge.core.language import LANGUAGES
from knowledge.core.strings import read_strings
from knowledge.outputs.search.compound import Vocabulary
from knowledge.outputs.search.index import WORDS
from knowledge.outputs.search.keywords import keywords
from knowledge.relations.stem import stems

STRINGS = read_strings(ROOT / "overrides/strings")
VOCABULARY = Vocabulary.of(
    [Counter(stems("stress trappe trappen samtale terapi brud alliance arbejde plads være", "da"))], "da", ["være"]
)


def test_keywords_are_spellings_parts_and_terms_with_weights() -> None:
    body = html.fromstring("<article><h1>Søvn</h1><p>Søvn, få hjælp på stresstrappen.</p></article>")
    added = keywords(body, "da", [("rapport, kemi", 6), ("kemi", 4)], VOCABULARY.parts)
    assert added == {
        "soevn": 8,  # 7 in the heading and 1 below it
        "sovn": 8,
        "hjaelp": 1,
        "stress": 1,
        "trappen": 1,
        "rapport": 6,
        "kemi": 6,
    }


def fragments(site: Path) -> dict[str, dict]:
    """What the index holds of each page, by path."""
    found = {}
    for file in (site / "pagefind/fragment").iterdir():
        data = json.loads(gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd"))
        found[data["url"]] = data
    return found


def visible(fragment: dict) -> str:
    """The page's own words, as far as excerpts reach."""
    (end,) = (a["location"] for a in fragment["anchors"] if a["id"] == WORDS)
    return " ".join(fragment["content"].split()[:end])


def test_the_index_holds_articles_and_nothing_around_them(small_site: Path) -> None:
    found = fragments(small_site)
    assert "/alliancen/reparation/" in found
    assert "/en/alliance/repair/" in found
    for lists_only in ("/", "/en/", "/soeg/", "/artikler/", "/spoergsmaal/", "/404.html"):
        assert lists_only not in found
    around = [
        "contents",
        "main_menu",
        "latest",
        "newsletter_follow",
        "newsletter_feeds",
        "share",
        "skip",
        "footer_note",
    ]
    for path, fragment in found.items():
        words = STRINGS["en" if path.startswith("/en/") else "da"]
        for key in around:
            assert words[key] not in fragment["content"], f"{path} holds “{words[key]}”"
        assert visible(fragment).startswith(fragment["meta"]["title"]), path


def test_keywords_stand_in_no_page_and_in_no_excerpt(small_site: Path) -> None:
    fragment = fragments(small_site)["/alliancen/reparation/"]
    assert " spoergsmaal " in fragment["content"]
    assert "spoergsmaal" not in visible(fragment)
    page = (small_site / "alliancen/reparation/index.html").read_text("utf-8")
    assert WORDS not in page
    assert "spoergsmaal " not in html.fromstring(page).xpath("string(//body)")


def test_all_pages_have_the_same_fields(small_site: Path) -> None:
    """Pagefind numbers a page's fields by the page and reads them by the site."""
    assert {tuple(sorted(f["meta"])) for f in fragments(small_site).values()} == {
        ("description", "kind", "title", "topic")
    }


def test_the_site_carries_only_what_the_search_needs(small_site: Path) -> None:
    names = {p.name.split(".", 1)[-1] for p in (small_site / "pagefind").rglob("*") if p.is_file()}
    assert {n for n in names if n.endswith((".css", "ui.js"))} == set()
    assert not list((small_site / "pagefind").rglob("*ui*"))


def test_a_template_that_lost_its_marking_stops_the_build(docs: Path, tmp_path: Path) -> None:
    config = {
        "INHERIT": str(SITE / "mkdocs.yml"),
        "docs_dir": str(docs),
        "theme": {"custom_dir": str(tmp_path / "overrides")},
        "hooks": [str(ROOT / "hooks/main.py")],
    }
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(config))
    shutil.copytree(ROOT / "overrides", tmp_path / "overrides")
    template = tmp_path / "overrides/topic.html"
    template.write_text(template.read_text("utf-8").replace(" data-pagefind-body", ""), "utf-8")
    result = build(tmp_path / "mkdocs.yml", tmp_path / "site")
    assert result.returncode
    assert (
        "overrides/topic.html:1:1 search 0 elements of /alliancen/ are marked data-pagefind-body"
        in result.stdout + result.stderr
    )


def test_the_graph_names_the_search(small_site: Path) -> None:
    for path, address in (("", "soeg/"), ("en/", "en/search/")):
        page = html.fromstring((small_site / path / "index.html").read_text("utf-8"))
        graph = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))["@graph"]
        (action,) = (node["potentialAction"] for node in graph if node["@type"] == "WebSite")
        assert action["@type"] == "SearchAction"
        assert action["target"]["urlTemplate"] == f"http://127.0.0.1:8000/{address}?q={{search_term_string}}"


# --- What readers find ----------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_readers_find_what_they_look_for(chromium: Browser, real_url: str, lang: str) -> None:
    library, _ = Library.read(ROOT / "docs")
    paths = {key: "/" + library.path(article, lang) for key, article in library.articles.items()}
    queries = [query for group in JUDGED[lang].values() for query in group]
    assert len(queries) >= 60
    page = chromium.new_page()
    page.goto(f"{real_url}{paths['search']}")
    found = dict(zip(queries, page.evaluate(FIND, queries), strict=True))
    page.close()
    ranks = places(found, JUDGED[lang], paths)
    success, reciprocal = measures(list(ranks.values()))
    missed = {query: (rank, found[query][:3]) for (_, query), rank in ranks.items() if rank != 1}
    assert success >= 0.95, f"success@3 {success:.3f}: {missed}"
    assert reciprocal >= 0.85, f"mean reciprocal rank {reciprocal:.3f}: {missed}"
