"""The sitemap: every page that search engines may show, with its twin, its picture and its true date.

Sources: <https://www.sitemaps.org/protocol.html>; Google's extensions for languages and pictures.
"""

from __future__ import annotations

import datetime as dt

from lxml import etree
from lxml.builder import ElementMaker

from . import urls
from .article import LANGUAGES, Article
from .site import Site

XHTML = "http://www.w3.org/1999/xhtml"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
_NAMESPACES = {None: "http://www.sitemaps.org/schemas/sitemap/0.9", "xhtml": XHTML, "image": IMAGE}
_tag = ElementMaker(namespace=_NAMESPACES[None], nsmap=_NAMESPACES)
_xhtml = ElementMaker(namespace=XHTML, nsmap=_NAMESPACES)
_image = ElementMaker(namespace=IMAGE, nsmap=_NAMESPACES)


def sitemap(site: Site) -> bytes:
    """The file `sitemap.xml`."""
    pages = sorted((a for a in site.library.articles.values() if not a.is_hidden), key=lambda a: a.key)
    entries = (_entry(site, article, lang) for article in pages for lang in LANGUAGES if article.is_in(lang))
    return etree.tostring(_tag.urlset(*entries), xml_declaration=True, encoding="utf-8", pretty_print=True)


def _entry(site: Site, article: Article, lang) -> etree._Element:
    addresses = {code: site.address(article, code) for code in LANGUAGES if article.is_in(code)}
    changed = last_changed(site, article)
    return _tag.url(
        _tag.loc(addresses[lang]),
        *([_tag.lastmod(changed.isoformat())] if changed else []),
        *(_alternate(code, href) for code, href in [*addresses.items(), ("x-default", addresses[LANGUAGES[0]])]),
        *([_image.image(_image.loc(urls.absolute(site.url, article.cover)))] if article.has_cover else []),
    )


def _alternate(code: str, href: str) -> etree._Element:
    return _xhtml.link(rel="alternate", hreflang=code, href=href)


def last_changed(site: Site, article: Article) -> dt.date | None:
    """The date of the page's own content; of a page that gathers articles, the newest of theirs."""
    gathered = {
        "topic": site.library.in_topic(article.topic) if article.topic else [],
        **dict.fromkeys(("home", "faq", "articles", "search"), site.library.latest),
    }.get(article.kind, [])
    return max((a.changed for a in (article, *gathered) if a.changed), default=None)
