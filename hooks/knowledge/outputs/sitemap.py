"""The sitemap: every page that search engines may show, with its translations, its picture and its true date.

Sources: <https://www.sitemaps.org/protocol.html>; Google's extensions for languages and pictures.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from lxml import etree
from lxml.etree import SubElement

from ..content import urls
from ..content.article import Article
from ..content.site import Site
from ..core.language import Language

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"


class Page(NamedTuple):
    """A page as search engines are told of it."""

    addresses: dict[Language, str]
    """Full, by language."""
    changed: str | None
    cover: str | None
    """The full address of its picture."""


def listed(site: Site) -> list[Page]:
    """The pages that search engines may show, by key."""
    return [
        Page(
            {lang: site.address(article, lang) for lang in article.written},
            changed.isoformat() if (changed := last_changed(site, article)) else None,
            urls.absolute(site.url, site.library.asset_path(article.cover)) if article.has_cover else None,
        )
        for _, article in sorted(site.library.articles.items())
        if not article.is_hidden
    ]


def sitemap(pages: list[Page]) -> bytes:
    """The file `sitemap.xml`."""
    root = etree.Element(f"{{{SITEMAP}}}urlset", nsmap={None: SITEMAP, "xhtml": XHTML, "image": IMAGE})
    for addresses, changed, cover in pages:
        alternates = {**addresses, "x-default": next(iter(addresses.values()))}
        for address in addresses.values():
            page = SubElement(root, f"{{{SITEMAP}}}url")
            SubElement(page, f"{{{SITEMAP}}}loc").text = address
            if changed:
                SubElement(page, f"{{{SITEMAP}}}lastmod").text = changed
            for code, href in alternates.items():
                SubElement(page, f"{{{XHTML}}}link", rel="alternate", hreflang=code, href=href)
            if cover:
                SubElement(SubElement(page, f"{{{IMAGE}}}image"), f"{{{IMAGE}}}loc").text = cover
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def last_changed(site: Site, article: Article) -> dt.date | None:
    """The date of the page's own content; of a page that gathers articles, the newest of theirs."""
    gathered = {
        "topic": site.library.in_topic(article.topic) if article.topic else [],
        **dict.fromkeys(("home", "faq", "articles", "search"), site.library.latest),
    }.get(article.kind, [])
    return max((a.changed for a in (article, *gathered) if a.changed), default=None)
