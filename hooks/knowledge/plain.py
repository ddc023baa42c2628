"""Plain text: most paragraphs hold no mark-up, and need none of Markdown's inline patterns and block processors.

What comes out is what Python-Markdown makes without this, in two thirds of the time.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import InlineProcessor

MARKS = {
    "backtick": "`",
    "escape": "\\",
    **dict.fromkeys("link reference image_link image_reference short_reference short_image_ref citation".split(), "["),
    **dict.fromkeys("autolink automail html".split(), "<"),
    "entity": "&",
    "delimiter": "*_",
    "linebreak": " ",
}
"""Inline patterns that match nothing without one of these characters."""
MARK = re.compile(r"[\\`\[<&*_]|  \n")
"""What one of them may match."""
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
        patterns = self.inlinePatterns
        self.marks = {patterns[name]: marks for name, marks in MARKS.items() if name in patterns}
        self.knows_all = len(self.marks) == len(patterns)
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data, patternIndex=0):
        if self.knows_all and not MARK.search(data):
            return data
        return super()._InlineProcessor__handleInline(data, patternIndex)

    def _InlineProcessor__applyPattern(self, pattern, data, *places):
        marks = self.marks.get(pattern)
        if marks and not any(mark in data for mark in marks):
            return data, False, 0
        return super()._InlineProcessor__applyPattern(pattern, data, *places)


class _PlainParagraph(ParagraphProcessor):
    def test(self, parent, block):
        return LINES.match(block) and all(item.name in BLOCKS for item in self.parser.blockprocessors._priority)
