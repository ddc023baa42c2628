"""Feeds: the articles of one language, the newest first, as Atom and as JSON Feed.

An entry's id is made of the article's key, so that a new slug or title does not bring it up again
as unread. Sources: RFC 4287 (Atom), RFC 4151 (`tag:` ids), JSON Feed 1.1
<https://www.jsonfeed.org/version/1.1/>.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from lxml.builder import ElementMaker
from lxml.html import fragment_fromstring, tostring

from ..content import urls
from ..content.article import Article
from ..content.site import LOGO, Site
from ..core.decoding import CONTROL
from ..core.language import Language

ATOM = "http://www.w3.org/2005/Atom"
LENGTH = 50
"""Articles in a feed: readers ask for it every hour, so it must not grow with the site."""
SINCE = 2026
"""The year of the first entry. It is part of every id, and must stay."""
PictureAddress = Callable[[Article, Language], str]
"""Gives the address of an article's picture."""
_atom = ElementMaker(namespace=ATOM, nsmap={None: ATOM})


def newest(site: Site, lang: Language) -> list[Article]:
    """The articles of a feed."""
    return list(islice((a for a in site.library.latest if a.is_in(lang)), LENGTH))


def feeds(site: Site, lang: Language, contents: Mapping[str, str], picture: PictureAddress) -> dict[str, bytes]:
    """The feeds of one language, by path below the site's root.

    Args:
        contents: the rendered texts of the newest articles, by key, as `absolute` leaves them.
    """
    articles = [a for a in newest(site, lang) if a.key in contents]
    folder = site.languages.folder(lang)
    return {
        f"{folder}feed.atom": _atom_feed(site, lang, articles, contents),
        f"{folder}feed.json": _json_feed(site, lang, articles, contents, picture),
    }


def absolute(html: str, url: str) -> str:
    """A page's text with full addresses, as it can be read elsewhere."""
    tree = fragment_fromstring(html, create_parent="div")
    tree.make_links_absolute(url)
    for part in tree.xpath(".//picture | .//picture//source"):
        part.drop_tag()  # To the parser, which knows no `source`, the picture itself stands inside of it.
    for sizes in tree.xpath(".//img[@srcset]"):
        del sizes.attrib["srcset"], sizes.attrib["sizes"]  # Whose addresses begin at the host's root.
    for mark in tree.xpath(".//a[@class='cite']"):
        mark.text = f"[{mark.get('data-number')}]"  # On the page its style sheet says this.
    whole = (tree.text or "") + "".join(tostring(child, encoding="unicode") for child in tree)
    return CONTROL.sub("", whole)  # which an entity may have brought in, as in &#27;


def _atom_feed(site: Site, lang: Language, articles: list[Article], contents: Mapping[str, str]) -> bytes:
    home = site.home(lang)
    updated = max((a.changed for a in articles if a.changed), default=dt.date(1970, 1, 1))
    feed = _atom.feed(
        _atom.title(site.name),
        _atom.subtitle(site.description[lang]),
        _atom.id(home),
        _atom.link(href=home, rel="alternate", type="text/html", hreflang=lang),
        _atom.link(href=f"{home}feed.atom", rel="self", type="application/atom+xml"),
        _atom.updated(_instant(updated)),
        _atom.author(_atom.name(site.publisher.name)),
        _atom.logo(urls.absolute(site.url, f"social/{lang}.jpg")),
        {"{http://www.w3.org/XML/1998/namespace}lang": lang},
        *(
            _atom.entry(
                _atom.title(a[lang].words.title),
                _atom.id(_id(site, a, lang)),
                _atom.link(href=site.address(a, lang), rel="alternate", type="text/html", hreflang=lang),
                _atom.published(_instant(a.shared.date)),
                _atom.updated(_instant(a.changed)),
                *(_atom.author(_atom.name(person["name"])) for person in _authors(site, a)),
                *(_atom.category(term=tag) for tag in _tags(site, a, lang)),
                _atom.summary(a[lang].words.description),
                _atom.content(contents[a.key], type="html"),
            )
            for a in articles
        ),
    )
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _json_feed(
    site: Site, lang: Language, articles: list[Article], contents: Mapping[str, str], picture: PictureAddress
) -> bytes:
    home = site.home(lang)
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.name,
        "description": site.description[lang],
        "home_page_url": home,
        "feed_url": f"{home}feed.json",
        "language": lang,
        "icon": urls.absolute(site.url, LOGO),
        "authors": [{"name": site.publisher.name, "url": site.url}],
        "items": [
            {
                "id": _id(site, a, lang),
                "url": site.address(a, lang),
                "title": a[lang].words.title,
                "summary": a[lang].words.description,
                "content_html": contents[a.key],
                "image": picture(a, lang),
                "date_published": _instant(a.shared.date),
                "date_modified": _instant(a.changed),
                "tags": _tags(site, a, lang),
                "language": lang,
                **({"authors": authors} if (authors := _authors(site, a)) else {}),
            }
            for a in articles
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _id(site: Site, article: Article, lang: Language) -> str:
    parts = urlsplit(site.url)
    return f"tag:{parts.hostname},{SINCE}:{parts.path}{lang}/{article.key}"


def _authors(site: Site, article: Article) -> list[dict[str, str]]:
    """Who wrote an article, where a named person did; else its feed says who publishes it."""
    found = site.library.people.get(article.shared.author or "")
    return [{"name": found.name} | ({"url": found.link} if found.link else {})] if found else []


def _tags(site: Site, article: Article, lang: Language) -> list[str]:
    return [site.library.concepts[key][lang].term for key in article.shared.concepts]


def _instant(date: dt.date | None) -> str:
    """RFC 3339; a day without a time is its noon in UTC, which is the same day in Denmark."""
    return f"{date}T12:00:00Z"
