"""Links: no page, feed, list or style sheet of the built site leads to what is not there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import etree, html

from conftest import Built
from test_graph import nodes
from test_site import graph

ADDRESSES = "//@href | //@src | //@action | //meta[@property='og:url' or @property='og:image']/@content"


def links(built: Built) -> Iterator[tuple[str, str]]:
    """Every address that a file of the site names, absolute, with the file."""
    for file in sorted(built.folder.rglob("*.*")):
        name = file.relative_to(built.folder).as_posix()
        here = built.url + name.removesuffix("index.html")
        for target in targets(file):
            yield name, urljoin(here, target)
    base = "/".join(built.url.split("/")[:3])
    for line in (built.folder / "_redirects").read_text("utf-8").splitlines():
        yield "_redirects", base + line.split()[1]


def targets(file: Path) -> Iterator[str]:
    """The addresses in one file, as written."""
    match file.suffix:
        case ".html":
            page = html.fromstring(file.read_text("utf-8"))
            yield from page.xpath(ADDRESSES)
            for value in page.xpath("//@srcset"):
                yield from (part.split()[0] for part in value.split(","))
            if page.xpath('//script[@type="application/ld+json"]'):
                for node in nodes(list(graph(page).values())):
                    yield from (v for k, v in node.items() if k in ("@id", "url", "contentUrl") and isinstance(v, str))
        case ".xml" | ".atom":
            tree = etree.parse(file)
            yield from tree.xpath("//@href | //*[local-name()='loc']/text() | //*[local-name()='logo']/text()")
        case ".json" if file.name == "feed.json":
            feed = json.loads(file.read_text("utf-8"))
            yield from (feed["home_page_url"], feed["feed_url"], feed["icon"])
            yield from (item[key] for item in feed["items"] for key in ("url", "image"))
        case ".css":
            yield from re.findall(r'url\("([^"]+)"\)', file.read_text("utf-8"))
        case ".txt":
            yield from re.findall(r"https?://[^\s()]+", file.read_text("utf-8"))


def dead(built: Built) -> list[str]:
    """What leads nowhere: `file: address`."""
    return sorted({f"{name}: {url}" for name, url in links(built) if not leads_somewhere(built, url)})


def leads_somewhere(built: Built, url: str) -> bool:
    """Whether an address of this site is there; other sites are not asked."""
    parts = urlsplit(url)
    if f"{parts.scheme}://{parts.netloc}/" != "/".join([*built.url.split("/")[:3], ""]):
        return True
    if not url.startswith(built.url):
        return False
    file = built.folder / unquote(parts.path[len(urlsplit(built.url).path) :])
    file = file / "index.html" if file.is_dir() else file
    if not file.is_file() or (file.name == "index.html" and not parts.path.endswith(("/", ".html"))):
        return False
    if not parts.fragment or file.suffix != ".html":
        return True
    return parts.fragment in anchors(file)


@cache
def anchors(file: Path) -> frozenset[str]:
    """Ids of a page's elements and fragments of its graph's nodes."""
    page = html.fromstring(file.read_text("utf-8"))
    if not page.xpath('//script[@type="application/ld+json"]'):
        return frozenset(page.xpath("//@id"))
    return frozenset([*page.xpath("//@id"), *(id.partition("#")[2] for id in graph(page))])


def test_no_link_is_dead(any_site: Built) -> None:
    assert dead(any_site) == []
    assert len({url for _, url in links(any_site)}) > 100


BROKEN = [
    ("a page", '<a href="/mangler/">', "index.html: http://127.0.0.1:8000/mangler/"),
    ("an anchor", '<a href="/en/#nowhere">', "index.html: http://127.0.0.1:8000/en/#nowhere"),
    ("a picture", '<img src="x.svg">', "index.html: http://127.0.0.1:8000/x.svg"),
    ("a folder without its slash", '<a href="/en">', "index.html: http://127.0.0.1:8000/en"),
]


@pytest.mark.parametrize(("markup", "found"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN])
def test_a_dead_link_is_found(tmp_path: Path, markup: str, found: str) -> None:
    for name, text in {"index.html": markup, "en/index.html": "<p id='here'>", "_redirects": ""}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"<html><body>{text}")
    (tmp_path / "_redirects").write_text("/old/ /en/ 301\n")
    assert dead(Built(tmp_path, "http://127.0.0.1:8000/")) == [found]
