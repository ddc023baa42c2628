"""Hosting: what static hosts and crawlers read beside the pages. `_headers` and `_redirects` are
the files of Netlify and Cloudflare Pages; hosts that cannot send headers get the policy in the page.

Sources of the sitemap: <https://www.sitemaps.org/protocol.html>; Google's extensions for languages and pictures.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from functools import partial
from typing import NamedTuple

from lxml import etree
from lxml.etree import SubElement

from ..content import urls
from ..content.article import Article
from ..content.library import Library
from ..content.site import Site
from ..core.language import Language

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""Sent with every page."""


def policy(inline_scripts: Iterable[str], admitted: Mapping[str, Iterable[str]]) -> str:
    """The Content-Security-Policy: nothing but the site's own files, inline scripts by their hashes, and the origins of
    others that mkdocs.yml admits, by directive."""
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in inline_scripts]
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'", *hashes],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "media-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join((*own, *admitted.get(name, ())))}" for name, own in directives.items())


def headers(site: Site, policy: str) -> str:
    """The file `_headers`."""
    lines = [f"{urls.rooted(site.url, '')}*"]
    lines += [f"  {name}: {value}" for name, value in HEADERS.items()]
    lines += [f"  Content-Security-Policy: {policy}; frame-ancestors 'none'"]
    lines += [f"{urls.rooted(site.url, 'assets/')}*", "  Cache-Control: public, max-age=31536000, immutable"]
    return "\n".join(lines) + "\n"


def redirects(site: Site, moved: Mapping[str, str]) -> str:
    """The file `_redirects`.

    Netlify follows a rule over a page that is there, as a redirect page is, only with `!`; Cloudflare
    does so always, and skips lines with `!` or 404. There the nearest 404.html is served anyway.
    """
    rooted = partial(urls.rooted, site.url)
    rules = [f"{rooted(old)} {rooted(new)} 301" for old, new in sorted(moved.items())]
    lines = [line for rule in rules for line in (f"{rule}!", rule)]
    folders = (site.languages.folder(lang) for lang in reversed(site.languages))
    lines += [f"{rooted(f'{folder}*')} {rooted(f'{folder}404.html')} 404" for folder in folders]
    return "\n".join(lines) + "\n"


def robots(site: Site) -> str:
    """The file `robots.txt`."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {urls.absolute(site.url, 'sitemap.xml')}\n"


def moved(library: Library, languages: Iterable[Language]) -> dict[str, str]:
    """Every former address of these languages with the present one, below the site's root."""
    return {
        library.former_path(alias, lang): library.path(article, lang)
        for article in library.placed
        for lang in languages
        for alias in article[lang].words.aliases
    }


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
    """The file `sitemap.xml`: each page with its translations, its picture and its true date."""
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
