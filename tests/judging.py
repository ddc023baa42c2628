"""The judged queries: what readers type, the pages that answer it, and how well a search does.

Each query stands in one of two parts, which its checksum decides, so that nobody chooses: with `tune` the
search is made better, with `test` it is judged; `earlier` was tuned with before there were parts. Whoever
tunes looks at the totals of `test` alone.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from knowledge.core.language import LANGUAGES

PARTS = ("earlier", "tune", "test")
Judged = dict[str, dict[str, list[str]]]
"""By kind: each query with the keys of its right pages; of a question, with its id behind the page's."""
JUDGED: dict[str, dict[str, Judged]] = {
    lang: {
        part: yaml.load((Path(__file__).parent / f"search/{part}.{lang}.yml").read_bytes(), yaml.CSafeLoader)
        for part in PARTS
    }
    for lang in LANGUAGES
}
"""By language and part."""
NOTHING, CRISIS = "nothing", "crisis"
"""Kinds that have no page: the first is to find none, the second the help panel."""
FIND = """async (queries) => {
  const box = document.querySelector('.finder')
  const [field, panel] = [box.querySelector('[name=q]'), box.querySelector('.crisis')]
  const finder = await import(box.dataset.finder)
  await finder.open(box.dataset.index)
  const found = []
  for (const query of queries) {
    field.value = query
    field.dispatchEvent(new Event('input'))
    const { results, slots } = await finder.find(query, '', { isNeed: !panel.hidden })
    const [first, ...others] = results.slice(0, 10)
    found.push(first ? [(await finder.shown(first, slots)).path, ...others.map(({ text }) => text.path)] : [])
  }
  return found
}"""
"""Run on a page of the site: for each query the addresses of the first ten results, below the site's root; of the first
where it leads, of the others their page."""


def part_of(query: str) -> str:
    """The part in which a new query stands."""
    return "test" if zlib.crc32(query.encode()) % 2 else "tune"


def queries(lang: str, *parts: str) -> list[str]:
    """All queries of some parts, in order."""
    return [query for part in parts for group in JUDGED[lang][part].values() for query in group]


def places(
    found: Mapping[str, Sequence[str]], judged: Judged, paths: Mapping[str, str]
) -> dict[tuple[str, str], int | None]:
    """The place of the first right page by kind and query, from 1, or None where it is not among those found; of a
    query for which there is nothing, 1 where nothing was found.

    Args:
        found: addresses of results; several places of a page count as one.
        paths: each page's address, by key.
    """
    ranks: dict[tuple[str, str], int | None] = {}
    for kind, queries in judged.items():
        if kind == CRISIS:
            continue
        for query, keys in queries.items():
            pages = list(dict.fromkeys(path.partition("#")[0].strip("/") for path in found[query]))
            right = {paths[key.partition("#")[0]].strip("/") for key in keys}
            place = next((i for i, page in enumerate(pages, 1) if page in right), None)
            ranks[kind, query] = (None if pages else 1) if kind == NOTHING else place
    return ranks


def measures(places: Sequence[int | None]) -> tuple[float, float, float]:
    """Success at the first place, success among the first three, and the mean reciprocal rank."""
    count = len(places)
    first, three = (sum(1 for place in places if place and place <= most) / count for most in (1, 3))
    return first, three, sum(1 / place for place in places if place) / count
