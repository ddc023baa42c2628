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
    rows = found()[shard::SHARDS]
    assert len(rows) > 20
    assert [(name, one.pattern) for name, one, methods in rows if not patterns.is_linear(one, methods)] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pattern", "method", "expected"),
    [
        (r"^```.*?^```\s*?$", "sub", False),
        (r"<[^>\n]+>", "sub", False),
        (r"\s*$", "sub", False),
        (r"(?:a+)+b", "match", False),
        (r"(?:[\w-]+\.)+dk", "search", False),
        (r"<[^<>\n]+>", "sub", True),
        (r"(?<!\s)\s*+$", "sub", True),
        (r"\s*$", "match", True),
    ],
)
def test_a_pattern_that_is_not_linear_is_found(pattern: str, method: str, expected: bool) -> None:
    """So the test above can fail."""
    flags = re.DOTALL | re.MULTILINE if "```" in pattern else 0
    assert patterns.is_linear(re.compile(pattern, flags), frozenset((method,)), seconds=1) == expected


def test_all_kinds_of_patterns_are_found() -> None:
    names = {name for name, _, _ in found()}
    assert {"knowledge.content.prose.NOT_PROSE", "knowledge.markdown.safe.TAG", "others.NAVIGATION"} <= names
    assert [name for name in names if re.search(r":\d+$", name)], "patterns written where they are used"
    assert len(names) > 120
