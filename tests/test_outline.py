"""Outlines: what stands at which line of a Markdown source."""

from __future__ import annotations

import pytest

from knowledge.outline import Heading, Outline, Target

SOURCES = [
    ("heading", "\n## A *b* `c`", "headings", [Heading(2, "A b c", None, 12)]),
    ("heading with id", "### A {#x-1}", "headings", [Heading(3, "A", "x-1", 11)]),
    ("no heading in code", "```\n# A\n```", "headings", []),
    ("link on the second line", "a\nb [c](d.md#e)", "links", [Target("d.md#e", "a b c", 12)]),
    ("link in a list", "- a\n- [b](c)", "links", [Target("c", "b", 12)]),
    ("link in an admonition", '!!! note "N"\n    [b](c)', "links", [Target("c", "b", 12)]),
    ("link in a table", "|a|\n|-|\n|[b](c)|", "links", [Target("c", "b", 13)]),
    ("picture", "![alt](x.svg)", "images", [Target("x.svg", "alt", 11)]),
    ("citations", "a [@b; @c] d", "citations", [Target("b", "a [@b; @c] d", 11), Target("c", "a [@b; @c] d", 11)]),
    ("no citation in code", "`[@b]`", "citations", []),
]


@pytest.mark.parametrize(("source", "part", "expected"), [s[1:] for s in SOURCES], ids=[s[0] for s in SOURCES])
def test_everything_has_its_line(source: str, part: str, expected: list[object]) -> None:
    found = list(getattr(Outline.of(source, 11), part))
    if part == "links":
        assert [(t.target, t.line) for t in found] == [(t.target, t.line) for t in expected]
    else:
        assert found == expected
