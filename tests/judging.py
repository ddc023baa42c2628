"""The judged queries: what readers type, the pages that answer it, and how well a search does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from knowledge.core.language import LANGUAGES

JUDGED: dict[str, dict[str, dict[str, list[str]]]] = {
    lang: yaml.safe_load((Path(__file__).parent / f"search/judged.{lang}.yml").read_text("utf-8")) for lang in LANGUAGES
}
"""By language and kind: each query with the keys of its right pages."""
FIND = """async (queries) => {
  const box = document.querySelector('.finder')
  const finder = await import(box.dataset.finder)
  await finder.open(box.dataset.index, 0)
  const skip = new Set(box.dataset.skip.split(' '))
  const found = []
  for (const query of queries) {
    const { results } = await finder.find(query, skip, '')
    found.push(await Promise.all(results.slice(0, 10).map(async (page) => (await page.load()).url)))
  }
  return found
}"""
"""Run on a page of the site: for each query the paths of the first ten pages."""


def places(
    found: Mapping[str, Sequence[str]], judged: Mapping[str, Mapping[str, Sequence[str]]], paths: Mapping[str, str]
) -> dict[tuple[str, str], int | None]:
    """The place of the first right page by kind and query, from 1, or None where it is not among those found."""
    return {
        (kind, query): next((i for i, path in enumerate(found[query], 1) if path in {paths[k] for k in keys}), None)
        for kind, queries in judged.items()
        for query, keys in queries.items()
    }


def measures(places: Sequence[int | None]) -> tuple[float, float]:
    """Success among the first three, and the mean reciprocal rank."""
    success = sum(1 for place in places if place and place <= 3)
    return success / len(places), sum(1 / place for place in places if place) / len(places)
