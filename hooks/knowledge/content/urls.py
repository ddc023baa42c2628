"""Addresses: what a part of one is made of, and a path in full or from the host's root."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import SplitResult, urlsplit

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "ð": "d", "þ": "th"})


def slugify(text: str, separator: str = "-") -> str:
    """An address part: lower case, æ ø å as ae oe aa, other marks dropped, words joined.

    The second argument makes it fit the `slugify` option of Python-Markdown's `toc`.
    """
    text = text.lower().translate(_LETTERS)
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", separator, text).strip(separator)


def parts_of(address: str) -> SplitResult:
    """The parts of an address; all are empty in one that cannot be taken apart, such as `https://[x`."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # which is read only now
        return parts
    except ValueError:
        return urlsplit("")


def absolute(site_url: str, path: str) -> str:
    """The full address of a path below the site's root."""
    return f"{site_url.rstrip('/')}/{path.lstrip('/')}"


def rooted(site_url: str, path: str) -> str:
    """The path from the host's root, which works on a page at any depth: `/repo/en/`."""
    return f"{urlsplit(site_url).path.rstrip('/')}/{path.lstrip('/')}"
