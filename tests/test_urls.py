"""Addresses: slugs, sections, languages, sub-paths."""

from __future__ import annotations

import pytest

from conftest import SITE
from knowledge.content import urls
from knowledge.content.library import Library

SLUGS = [
    ("Søvn og følelser", "soevn-og-foelelser"),
    ("Årsager", "aarsager"),
    ("Ængstelig?", "aengstelig"),
    ("Café »Rapport« 24/7", "cafe-rapport-24-7"),
    ("  --  ", ""),
    ("🙂", ""),
]


@pytest.mark.parametrize(("text", "slug"), SLUGS, ids=[repr(text) for text, _ in SLUGS])
def test_slugs_write_danish_letters_out(text: str, slug: str) -> None:
    assert urls.slugify(text) == slug


PATHS = [
    ("index", "da", ""),
    ("index", "en", "en/"),
    ("stress-ladder/index", "da", "stresstrappen/"),
    ("stress-ladder/heated", "da", "stresstrappen/opvarmet/"),
    ("stress-ladder/heated", "en", "en/stress-ladder/heated/"),
    ("404", "da", "404.html"),
    ("404", "en", "en/404.html"),
    ("search", "da", "soeg/"),
]


@pytest.mark.parametrize(("key", "lang", "path"), PATHS)
def test_each_language_has_its_own_address(key: str, lang: str, path: str) -> None:
    library, _ = Library.read(SITE / "docs")
    assert library.path(library[key], lang) == path


ROOTS = [
    ("https://trinvis.example/", "en/x/", "https://trinvis.example/en/x/", "/en/x/"),
    ("https://user.example/repo/", "en/x/", "https://user.example/repo/en/x/", "/repo/en/x/"),
    ("https://user.example/repo", "", "https://user.example/repo/", "/repo/"),
]


@pytest.mark.parametrize(("site", "path", "absolute", "rooted"), ROOTS)
def test_addresses_hold_the_sites_own_path(site: str, path: str, absolute: str, rooted: str) -> None:
    assert (urls.absolute(site, path), urls.rooted(site, path)) == (absolute, rooted)
