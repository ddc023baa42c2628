"""Every regular expression of ours reads 200,000 characters of what is hardest for it in time that grows as they do.

No clock judges: a pattern whose time grows with the square needs hours, and the system ends its process
after seconds of the processor, however busy the machine is.
"""

from __future__ import annotations

import functools
import re

import pytest

import patterns

SHARDS = 4


@functools.cache
def found() -> list[tuple[str, re.Pattern[str], frozenset[str]]]:
    """All patterns, with their names and how they are used."""
    return list(patterns.patterns())


@pytest.mark.slow
@pytest.mark.parametrize("shard", range(SHARDS))
def test_patterns_are_linear(shard: int) -> None:
    different = {(one.pattern, one.flags, methods): (name, one, methods) for name, one, methods in found()}
    rows = [*different.values()][shard::SHARDS]
    assert len(rows) > 20
    assert [rows[i][:2] for i in patterns.not_linear([(one, methods) for _, one, methods in rows])] == []


KNOWN = [
    (r"^```.*?^```\s*?$", "sub", False),
    (r"<[^>\n]+>", "sub", False),
    (r"\s*$", "sub", False),
    (r"<[^<>\n]+>", "sub", True),
    (r"(?:a+)+b", "match", False),
    (r"(?:[\w-]+\.)+dk", "search", False),
    (r"(?<!\s)\s*+$", "sub", True),
    (r"\s*$", "match", True),
]
"""Patterns, and whether they are linear."""


@pytest.mark.slow
def test_a_pattern_that_is_not_linear_is_found() -> None:
    """So the test above can fail, for each pattern and whichever stand before it."""
    rows = [(re.compile(p, re.DOTALL | re.MULTILINE if "```" in p else 0), frozenset({how})) for p, how, _ in KNOWN]
    expected = [i for i, (_, _, is_linear) in enumerate(KNOWN) if not is_linear]
    assert patterns.not_linear(rows, seconds=1) == expected


def test_all_kinds_of_patterns_are_found() -> None:
    names = {name for name, _, _ in found()}
    assert {"knowledge.content.prose.NOT_PROSE", "knowledge.markdown.safe.TAG", "others.NAVIGATION"} <= names
    assert [name for name in names if re.search(r":\d+$", name)], "patterns written where they are used"
    assert len(names) > 120
