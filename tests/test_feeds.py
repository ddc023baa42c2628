"""Feeds: valid, in one language, whole, with absolute links and ids that stay."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit

import feedparser
import jsonschema
import pytest
from lxml import etree, html

from conftest import ROOT, SITE, Built
from knowledge.content.library import Library
from knowledge.content.publisher import Publisher
from knowledge.content.site import Site
from knowledge.outputs.feeds import absolute, feeds
from test_site import classes, pages

ATOM = etree.RelaxNG(file=ROOT / "tests/atom.rng")
DATE = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
ADDRESS = {"type": "string", "pattern": "^https?://"}
AUTHORS = {"type": "array", "minItems": 1, "items": {"type": "object", "minProperties": 1}}
JSON_FEED = {
    # JSON Feed 1.1, <https://www.jsonfeed.org/version/1.1/>: what must be there, and nothing that it does not name.
    "type": "object",
    "required": ["version", "title", "home_page_url", "feed_url", "language", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "description": {"type": "string"},
        "home_page_url": ADDRESS,
        "feed_url": ADDRESS,
        "icon": ADDRESS,
        "language": {"enum": ["da", "en"]},
        "authors": AUTHORS,
        "items": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["id", "url", "title", "content_html", "date_published", "date_modified"],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "url": ADDRESS,
                    "title": {"type": "string", "minLength": 1},
                    "summary": {"type": "string"},
                    "content_html": {"type": "string", "minLength": 1},
                    "image": ADDRESS,
                    "date_published": DATE,
                    "date_modified": DATE,
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "language": {"enum": ["da", "en"]},
                    "authors": AUTHORS,
                },
            },
        },
    },
}
FEEDS = "//head/link[@rel='alternate'][@type][not(@type='text/markdown')]"
NUMBERS = re.compile(r"\[\d+\]")
"""A source's number, which a page shows beside the text."""
LANGUAGES = [("da", ""), ("en", "en/")]
each_language = pytest.mark.parametrize(("lang", "folder"), LANGUAGES, ids=["da", "en"])


def read_json(built: Built, folder: str) -> dict[str, Any]:
    """A JSON feed."""
    return json.loads((built.folder / folder / "feed.json").read_text("utf-8"))


@each_language
def test_an_atom_feed_is_valid(any_site: Built, lang: str, folder: str) -> None:
    feed = etree.parse(any_site.folder / folder / "feed.atom")
    assert ATOM.validate(feed), ATOM.error_log
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.xpath("/a:feed/a:link/@rel", namespaces=names) == ["alternate", "self"]
    ids = feed.xpath("//a:id/text()", namespaces=names)
    assert len(ids) == len(set(ids))


@each_language
def test_a_feed_reader_finds_every_article_the_newest_first(any_site: Built, lang: str, folder: str) -> None:
    feed = feedparser.parse((any_site.folder / folder / "feed.atom").read_bytes())
    assert not feed.bozo
    assert feed.feed.language == lang
    assert feed.feed.link == any_site.url + folder
    shown = {
        any_site.url + path
        for path, page in pages(any_site.folder).items()
        if page.get("lang") == lang and classes(page, "article")
    }
    assert {entry.link for entry in feed.entries} == shown
    dates = [entry.published_parsed for entry in feed.entries]
    assert dates == sorted(dates, reverse=True)
    assert all(entry.content[0].type == "text/html" for entry in feed.entries)


@each_language
def test_a_json_feed_is_valid_and_says_the_same(any_site: Built, lang: str, folder: str) -> None:
    feed = read_json(any_site, folder)
    jsonschema.validate(feed, JSON_FEED)
    assert feed["language"] == lang
    assert feed["feed_url"] == f"{any_site.url}{folder}feed.json"
    atom = feedparser.parse((any_site.folder / folder / "feed.atom").read_bytes())
    assert [(i["id"], i["url"], i["title"]) for i in feed["items"]] == [(e.id, e.link, e.title) for e in atom.entries]


@each_language
def test_an_entry_says_who_wrote_it_where_that_is_somebody(small_site: Path, lang: str, folder: str) -> None:
    name = "Prøveforfatter </script> C"
    items = read_json(Built(small_site, ""), folder)["items"]
    assert [item["authors"] for item in items if "authors" in item] == [
        [{"name": name, "url": "https://example.org/c"}]
    ]
    atom = feedparser.parse((small_site / folder / "feed.atom").read_bytes())
    assert [entry.author for entry in atom.entries if "author" in entry] == [name]


@each_language
def test_an_entry_holds_the_whole_text_with_links_that_lead_somewhere(any_site: Built, lang: str, folder: str) -> None:
    found = pages(any_site.folder)
    for item in read_json(any_site, folder)["items"]:
        content = html.fragment_fromstring(item["content_html"], create_parent=True)
        page = found[item["url"].removeprefix(any_site.url)]
        words = " ".join(
            page.xpath('//*[contains(@class, "article__body") or @data-pagefind-body]')[0].text_content().split()
        )
        told = [NUMBERS.sub("", " ".join(p.text_content().split())) for p in content.xpath(".//p")]
        assert told
        for paragraph in told:
            assert paragraph in words
        for target in content.xpath(".//@href | .//@src"):
            assert urlsplit(target).scheme in ("http", "https", "tel", "mailto"), target
            if target.startswith(any_site.url):
                address, fragment = urldefrag(target)
                there = found[address.removeprefix(any_site.url)] if not address.endswith(".svg") else None
                assert there is None or not fragment or there.xpath(f'//*[@id="{fragment}"]'), target


def test_a_picture_is_one_file_elsewhere() -> None:
    sizes = '<source srcset="/a.webp 1x" type="image/webp"><img src="a.jpg" srcset="/a-2.jpg 2x" sizes="9px" alt="A">'
    expected = '<p><img src="https://example.org/x/a.jpg" alt="A"></p>'
    assert absolute(f"<p><picture>{sizes}</picture></p>", "https://example.org/x/") == expected


def test_every_page_offers_the_feeds_of_its_language(any_site: Built) -> None:
    base = urlsplit(any_site.url).path
    for path, page in pages(any_site.folder).items():
        folder = "en/" if page.get("lang") == "en" else ""
        offered = {link.get("type"): link.get("href") for link in page.xpath(FEEDS)}
        assert offered == {
            "application/atom+xml": f"{base}{folder}feed.atom",
            "application/feed+json": f"{base}{folder}feed.json",
        }, path


def test_an_entry_keeps_its_id_when_its_slug_and_title_change(docs: Path) -> None:
    def ids(folder: Path) -> list[str]:
        site = Site(
            "https://a.example/b/", "Trinvis", {"da": "x", "en": "x"}, Library.load(folder), Publisher(name="T")
        )
        files = feeds(site, "en", {"alliance/repair": "<p>x</p>"}, lambda article, lang: "https://a.example/x.png")
        return [item["id"] for item in json.loads(files["en/feed.json"])["items"]]

    file = docs / "alliance/repair.en.md"
    text = file.read_text("utf-8").replace("slug: repair", "slug: mending").replace("title: Repair", "title: Mending")
    file.write_text(text, "utf-8")
    assert ids(docs) == ids(SITE / "docs") == ["tag:a.example,2026:/b/en/alliance/repair"]
    assert Library.load(docs).path(Library.load(docs)["alliance/repair"], "en") == "en/alliance/mending/"
