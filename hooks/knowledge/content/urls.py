"""Addresses: where a page lives, in which language, and what it was called before."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

from ..core.language import Language
from .article import Article

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "ð": "d", "þ": "th"})


def slugify(text: str, separator: str = "-") -> str:
    """An address part: lower case, æ ø å as ae oe aa, other marks dropped, words joined.

    The second argument makes it fit the `slugify` option of Python-Markdown's `toc`.
    """
    text = text.lower().translate(_LETTERS)
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", separator, text).strip(separator)


def prefix(lang: Language) -> str:
    """The language's first path segment: nothing for Danish, `en/` for English."""
    return "" if lang == "da" else f"{lang}/"


def path(article: Article, lang: Language, sections: dict[str, dict[Language, str]]) -> str:
    """The page's path below the site's root: `en/stress-ladder/heated/`.

    Args:
        sections: the slug of each topic per language.
    """
    section = sections[article.topic][lang] + "/" if article.topic else ""
    if article.kind in ("home", "topic"):
        return f"{prefix(lang)}{section}"
    if article.kind == "notfound":
        return f"{prefix(lang)}404.html"
    slug = article[lang].words.slug or slugify(article.name)
    return f"{prefix(lang)}{section}{slug}/"


def former(alias: str, lang: Language) -> str:
    """The path of a former address below the site's root, with the language before it and a slash at its end."""
    return f"{prefix(lang)}{alias.strip('/')}/"


def absolute(site_url: str, path: str) -> str:
    """The full address of a path below the site's root."""
    return f"{site_url.rstrip('/')}/{path.lstrip('/')}"


def rooted(site_url: str, path: str) -> str:
    """The path from the host's root, which works on a page at any depth: `/repo/en/`."""
    return f"{_root(site_url)}/{path.lstrip('/')}"


@lru_cache(maxsize=4)
def _root(site_url: str) -> str:
    return urlsplit(site_url).path.rstrip("/")
