"""Plain text: most of a text holds no mark-up, and need not be looked through for each kind of it.

What comes out is what Python-Markdown makes without this, in half of the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor
from markdown.util import ETX, STX, AtomicString, Registry

SOURCE = {
    "normalize_whitespace": (("\r", "\t", "\n ", STX, ETX), ("", "")),
    "fenced_code_block": (("```", "~~~"), ()),
    "html_block": (("<", "&"), ()),
}
"""Preprocessors that do nothing to a source without one of these marks, but for the lines that they put at its end."""
INLINE = {
    "backtick": "`",
    "escape": "\\",
    **dict.fromkeys("link reference image_link image_reference short_reference short_image_ref citation".split(), "["),
    **dict.fromkeys("autolink automail html".split(), "<"),
    "entity": "&",
    "delimiter": "*_",
    "linebreak": ("  \n",),
}
"""Inline patterns that match nothing without one of these marks."""
REFERENCES = frozenset("reference image_reference short_reference short_image_ref".split())
"""Those that match nothing in a text that defines no references."""
MARKS = tuple(sorted({mark for marks in INLINE.values() for mark in marks}))
BLOCKS = frozenset(
    """plain heading admonition empty indent code table hashheader setextheader hr olist ulist quote reference
    paragraph""".split()
)
"""Processors that do nothing with a block of lines that all begin with a letter, but for the one that makes it a
paragraph, nor with a heading of one line, but for the one that makes it a heading."""
LINES = re.compile(r"[^\W\d_].*(?:\n[^\W\d_].*)*\n*\Z")
HEADING = re.compile(r"(#{1,6})([^#\\\n]+)\Z")


class PlainTextExtension(Extension):
    """Python-Markdown extension, to be the last one: what holds no mark-up is not looked through for each kind."""

    def extendMarkdown(self, md: Markdown) -> None:
        """In the place of the processors of Python-Markdown, and before all of blocks."""
        for item in list(md.preprocessors._priority):
            if item.name in SOURCE:
                processor = _IfMarked(md.preprocessors[item.name], *SOURCE[item.name])
                md.preprocessors.register(processor, item.name, item.priority)
        md.treeprocessors.register(_PlainFirst(md), "inline", 20)
        md.treeprocessors.register(_UnescapeIfEscaped(md), "unescape", 0)
        md.parser.blockprocessors = _Settled(md.parser.blockprocessors)
        md.parser.blockprocessors.register(_PlainParagraph(md.parser), "plain", 110)
        md.parser.blockprocessors.register(_PlainHeading(md.parser), "heading", 109)
        md.is_block_level = cache(md.is_block_level)  # type: ignore[method-assign]  # It is asked of few tags, often.
        if "toc" in md.treeprocessors and not md.treeprocessors["toc"].marker:
            md.treeprocessors["toc"].build_toc_div = lambda tokens: Element("div")  # A list of them that nobody shows.


class _IfMarked(Preprocessor):
    def __init__(self, processor: Preprocessor, marks: Iterable[str], end: Iterable[str]):
        super().__init__(processor.md)
        self.processor, self.marks, self.end = processor, marks, end

    def run(self, lines):
        source = "\n".join(lines)
        return self.processor.run(lines) if any(mark in source for mark in self.marks) else [*lines, *self.end]


class _PlainFirst(InlineProcessor):
    def run(self, tree, ancestors=None):
        self.patterns = list(self.inlinePatterns)
        known = [name for name in INLINE if name in self.inlinePatterns]
        self.knows_all = len(known) == len(self.patterns)
        wanted = [name for name in known if name not in REFERENCES or self.md.references]
        places = {self.inlinePatterns.get_index_for_name(name): INLINE[name] for name in wanted}
        self.those_of = cache(lambda marks: sorted(i for i, mine in places.items() if not marks.isdisjoint(mine)))
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data, patternIndex=0):
        if not self.knows_all or isinstance(data, AtomicString):
            return super()._InlineProcessor__handleInline(data, patternIndex)
        marks = frozenset(mark for mark in MARKS if mark in data)  # A match only ever takes marks away.
        for place in self.those_of(marks) if marks else ():
            start, found = 0, place >= patternIndex
            while found:
                data, found, start = self._InlineProcessor__applyPattern(self.patterns[place], data, place, start)
        return data


class _Settled(Registry):
    """A registry that lists its items anew only when one was added or taken away."""

    def __init__(self, registry: Registry):
        super().__init__()
        self._listed: list = []
        for item in list(registry._priority):
            self.register(registry[item.name], item.name, item.priority)

    def __iter__(self):
        if not self._is_sorted or len(self._listed) != len(self):
            self._listed = list(super().__iter__())
        return iter(self._listed)


class _UnescapeIfEscaped(UnescapeTreeprocessor):
    def run(self, root):
        if any("\\" in line for line in self.md.lines):
            super().run(root)


class _PlainParagraph(ParagraphProcessor):
    def test(self, parent, block):
        return LINES.match(block) and self.knows_all

    @cached_property
    def knows_all(self) -> bool:
        return all(item.name in BLOCKS for item in self.parser.blockprocessors._priority)


class _PlainHeading(_PlainParagraph):
    def test(self, parent, block):
        return HEADING.match(block) and self.knows_all

    def run(self, parent, blocks):
        marks, text = HEADING.match(blocks.pop(0)).groups()
        SubElement(parent, f"h{len(marks)}").text = text.strip()
