"""Plain text: most paragraphs hold no mark-up at all, and need none of Markdown's inline patterns."""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import InlineProcessor

KNOWN = frozenset(
    """backtick escape reference link image_link image_reference short_reference short_image_ref autolink automail
    linebreak html entity delimiter citation""".split()
)
"""Patterns that match nothing without one of the marks below."""
MARK = re.compile(r"[\\`\[<&*_]|  \n")


class PlainTextExtension(Extension):
    """Python-Markdown extension: text without a mark is left as it is, at a quarter of a page's cost."""

    def extendMarkdown(self, md: Markdown) -> None:
        """In the place of the processor of Python-Markdown."""
        md.treeprocessors.register(_PlainFirst(md), "inline", 20)


class _PlainFirst(InlineProcessor):
    def run(self, tree, ancestors=None):
        self.knows_all = all(item.name in KNOWN for item in self.md.inlinePatterns._priority)
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data, patternIndex=0):
        if self.knows_all and not MARK.search(data):
            return data
        return super()._InlineProcessor__handleInline(data, patternIndex)
