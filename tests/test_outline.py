"""Outlines: what stands at which line of a Markdown source."""

from __future__ import annotations

import pytest

from knowledge.content.outline import Heading, Outline, Target

SOURCES = [
    ("heading", "\n## A *b* `c`", "headings", [Heading(2, "A b c", None, 12)]),
    ("heading with id", "### A {#x-1}", "headings", [Heading(3, "A", "x-1", 11)]),
    ("no heading in code", "```\n# A\n```", "headings", []),
    ("link on the second line", "a\nb [c](d.md#e)", "links", [Target("d.md#e", "a b c", 12)]),
    ("link in a list", "- a\n- [b](c)", "links", [Target("c", "b", 12)]),
    ("link in an admonition", '!!! note "N"\n    [b](c)', "links", [Target("c", "b", 12)]),
    ("link in details", '??? note "N"\n\n    ## a {#x}\n\n    [b](c)', "links", [Target("c", "b", 15)]),
    ("heading in details", '??? note "N"\n\n    ## a {#x}\n\n    b', "headings", [Heading(2, "a", "x", 13)]),
    (
        "link in tabs in details",
        '???+ n "N"\n    === "A"\n\n        [b](c)\n\n[d](e)',
        "links",
        [Target("c", "b", 14), Target("e", "d", 16)],
    ),
    (
        "citation in a box in a list",
        '- a\n\n    !!! note "N"\n\n        b [@c]',
        "citations",
        [Target("c", "b [@c]", 15)],
    ),
    ("link in a grid", '<div class="grid cards" markdown>\n\n-   [b](c)\n\n</div>', "links", [Target("c", "b", 13)]),
    ("no box in code", '```\n!!! note "N"\n    [b](c)\n```', "links", []),
    ("citation over two lines", "a [see\n@b] c", "citations", [Target("b", "[see @b] c", 12)]),
    ("link in a footnote", "a[^1]\n\n[^1]: [b](c)", "links", [Target("c", "b", 13)]),
    ("link in a table", "|a|\n|-|\n|[b](c)|", "links", [Target("c", "b", 13)]),
    ("picture", "![alt](x.svg)", "images", [Target("x.svg", "alt", 11)]),
    ("citations", "a [@b; @c] d", "citations", [Target("b", "a [@b; @c] d", 11), Target("c", "a [@b; @c] d", 11)]),
    ("no citation in code", "`[@b]`", "citations", []),
    ("no citation in a block of code", "```\n[@b]\n```\n\n    [@c]\n", "citations", []),
    ("link behind code over two lines", "a `b\nc` [d](e)", "links", [Target("e", "", 12)]),
    ("link behind Danish letters", "æøå\n\n[å](ø.md)", "links", [Target("ø.md", "", 13)]),
    ("address of an email", "<a@b.dk>", "links", [Target("mailto:a@b.dk", "", 11)]),
    ("link in a quotation in a list", "- > a\n  > [b](c)", "links", [Target("c", "", 12)]),
    ("link to a script", "[a](javascript:b)", "links", [Target("javascript:b", "", 11)]),
    ("heading with a picture", "# ![a *b*](c.svg) d", "headings", [Heading(1, " d", None, 11)]),
    ("heading over two lines", "a\nb\n---", "headings", [Heading(2, "ab", None, 11)]),
    ("picture with mark-up in its words", "a ![b *c* `d`](e)", "images", [Target("e", "b *c* `d`", 11)]),
    ("picture in a picture", "![a ![b](c) d](e)", "images", [Target("e", "a ![b](c) d", 11)]),
]


@pytest.mark.parametrize(("source", "part", "expected"), [s[1:] for s in SOURCES], ids=[s[0] for s in SOURCES])
def test_everything_has_its_line(source: str, part: str, expected: list[object]) -> None:
    found = list(getattr(Outline.of(source, 11), part))
    if part == "links":
        assert [(t.target, t.line) for t in found] == [(t.target, t.line) for t in expected]
    else:
        assert found == expected
