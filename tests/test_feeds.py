"""Feeds: valid, in one language, with absolute links."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree, html

ATOM = {"a": "http://www.w3.org/2005/Atom"}
HOMES = [("da", "", "http://127.0.0.1:8000/"), ("en", "en/", "http://127.0.0.1:8000/en/")]


@pytest.mark.parametrize(("lang", "folder", "home"), HOMES, ids=["da", "en"])
def test_atom_holds_what_the_standard_demands(small_site: Path, lang: str, folder: str, home: str) -> None:
    feed = etree.parse(small_site / folder / "feed.atom").getroot()
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == lang
    assert feed.xpath("string(a:id)", namespaces=ATOM) == home
    assert feed.xpath('a:link[@rel="self"]/@href', namespaces=ATOM) == [f"{home}feed.atom"]
    entries = feed.xpath("a:entry", namespaces=ATOM)
    assert len(entries) == 5
    dates = []
    for entry in entries:
        for name in ("id", "title", "published", "updated", "summary", "content"):
            assert len(entry.xpath(f"a:{name}", namespaces=ATOM)) == 1
        assert entry.xpath("string(a:id)", namespaces=ATOM).startswith(home)
        dates.append(datetime.fromisoformat(entry.xpath("string(a:published)", namespaces=ATOM)))
        content = html.fromstring(entry.xpath("string(a:content)", namespaces=ATOM))
        assert all(href.startswith("http") for href in content.xpath("//@href"))
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize(("lang", "folder", "home"), HOMES, ids=["da", "en"])
def test_json_feed_holds_what_the_standard_demands(small_site: Path, lang: str, folder: str, home: str) -> None:
    feed = json.loads((small_site / folder / "feed.json").read_text("utf-8"))
    assert (feed["version"], feed["language"]) == ("https://jsonfeed.org/version/1.1", lang)
    assert (feed["home_page_url"], feed["feed_url"]) == (home, f"{home}feed.json")
    assert len({item["id"] for item in feed["items"]}) == 5
    for item in feed["items"]:
        assert item["url"].startswith(home)
        assert item["content_html"]
        assert datetime.fromisoformat(item["date_published"]).tzinfo
