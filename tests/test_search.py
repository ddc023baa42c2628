"""Search: what readers type and what they find, in Chromium on the built site."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser

from conftest import ROOT
from knowledge.article import LANGUAGES
from knowledge.library import Library

JUDGED = {
    lang: yaml.safe_load((ROOT / f"tests/search/judged.{lang}.yml").read_text("utf-8")) for lang in LANGUAGES
}
FIND = """async (queries) => {
  const box = document.querySelector('.finder')
  const finder = await import(box.dataset.finder)
  await finder.open(box.dataset.index)
  const skip = new Set(box.dataset.skip.split(' '))
  const found = []
  for (const query of queries) {
    const { results } = await finder.find(query, skip, '')
    found.push(await Promise.all(results.slice(0, 10).map(async (page) => (await page.load()).url)))
  }
  return found
}"""


def ranks(found: dict[str, list[str]], judged: dict[str, dict[str, list[str]]], paths: dict[str, str]) -> dict:
    """The place of the first right page of each query, from 1, or None where it is not among ten."""
    return {
        (kind, query): next((i for i, path in enumerate(found[query], 1) if path in {paths[k] for k in keys}), None)
        for kind, queries in judged.items()
        for query, keys in queries.items()
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_readers_find_what_they_look_for(chromium: Browser, real_url: str, lang: str) -> None:
    library, _ = Library.read(ROOT / "docs")
    paths = {key: "/" + library.path(article, lang) for key, article in library.articles.items()}
    queries = [query for group in JUDGED[lang].values() for query in group]
    assert len(queries) >= 60
    page = chromium.new_page()
    page.goto(f"{real_url}{paths['search']}")
    found = dict(zip(queries, page.evaluate(FIND, queries), strict=True))
    page.close()
    places = ranks(found, JUDGED[lang], paths)
    success = sum(1 for place in places.values() if place and place <= 3) / len(places)
    reciprocal = sum(1 / place for place in places.values() if place) / len(places)
    missed = {query: (place, found[query][:3]) for query, place in places.items() if place != 1}
    assert success >= 0.95, f"success@3 {success:.3f}: {missed}"
    assert reciprocal >= 0.85, f"mean reciprocal rank {reciprocal:.3f}: {missed}"
