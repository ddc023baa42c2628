"""Feeds: the articles of one language, the newest first, as Atom and as JSON Feed.

Sources: RFC 4287 (Atom), JSON Feed 1.1 <https://www.jsonfeed.org/version/1.1/>.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker
from lxml.html import fragment_fromstring, tostring

from . import urls
from .article import Article, Language
from .graph import Site

ATOM = "http://www.w3.org/2005/Atom"
LENGTH = 50
"""Articles in a feed: readers ask for it every hour, so it must not grow with the site."""
_atom = ElementMaker(namespace=ATOM, nsmap={None: ATOM})


def feeds(site: Site, lang: Language, bodies: Mapping[str, str]) -> dict[str, bytes]:
    """The feeds of one language.

    Args:
        bodies: the rendered text of each article, by key.

    Returns:
        File contents by path below the site's root.
    """
    articles = [a for a in site.library.latest if a.key in bodies][:LENGTH]
    folder = urls.prefix(lang)
    contents = {a.key: _absolute(bodies[a.key], site.address(a, lang)) for a in articles}
    return {
        f"{folder}feed.atom": _atom_feed(site, lang, articles, contents),
        f"{folder}feed.json": _json_feed(site, lang, articles, contents),
    }


def _atom_feed(site: Site, lang: Language, articles: list[Article], contents: Mapping[str, str]) -> bytes:
    home = urls.absolute(site.url, urls.prefix(lang))
    updated = max((_modified(a) for a in articles), default=dt.date(1970, 1, 1))
    feed = _atom.feed(
        _atom.title(site.name),
        _atom.subtitle(site.description[lang]),
        _atom.id(home),
        _atom.link(href=home, rel="alternate", type="text/html", hreflang=lang),
        _atom.link(href=f"{home}feed.atom", rel="self", type="application/atom+xml"),
        _atom.updated(_instant(updated)),
        _atom.author(_atom.name(site.name)),
        {"{http://www.w3.org/XML/1998/namespace}lang": lang},
        *(
            _atom.entry(
                _atom.title(a[lang].words.title),
                _atom.id(site.address(a, lang)),
                _atom.link(href=site.address(a, lang), rel="alternate", type="text/html", hreflang=lang),
                _atom.published(_instant(a.shared.date)),
                _atom.updated(_instant(_modified(a))),
                _atom.summary(a[lang].words.description),
                _atom.content(contents[a.key], type="html"),
            )
            for a in articles
        ),
    )
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _json_feed(site: Site, lang: Language, articles: list[Article], contents: Mapping[str, str]) -> bytes:
    home = urls.absolute(site.url, urls.prefix(lang))
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.name,
        "description": site.description[lang],
        "home_page_url": home,
        "feed_url": f"{home}feed.json",
        "language": lang,
        "authors": [{"name": site.name}],
        "items": [
            {
                "id": site.address(a, lang),
                "url": site.address(a, lang),
                "title": a[lang].words.title,
                "summary": a[lang].words.description,
                "content_html": contents[a.key],
                "image": urls.absolute(site.url, a.cover),
                "date_published": _instant(a.shared.date),
                "date_modified": _instant(_modified(a)),
                "language": lang,
            }
            for a in articles
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _absolute(html: str, url: str) -> str:
    tree = fragment_fromstring(html, create_parent="div")
    tree.make_links_absolute(url)
    return (tree.text or "") + "".join(tostring(child, encoding="unicode") for child in tree)


def _modified(article: Article) -> dt.date:
    return max(d for d in (article.shared.date, article.shared.reviewed) if d)


def _instant(date: dt.date | None) -> str:
    """RFC 3339; a day without a time is its noon in UTC, which is the same day in Denmark."""
    return f"{date}T12:00:00Z"
