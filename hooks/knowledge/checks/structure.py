"""The structure of a text: its sections, and the paragraphs, list items, rows and boxes in each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pyromark import Markdown, Options

from ..content.article import Translation
from ..content.outline import Heading, dedent_admonitions

BOX = re.compile(r"^(?:!!!|\?\?\?\+?) .*$", re.MULTILINE)
_PARSER = Markdown(options=Options.ENABLE_TABLES)
_KINDS = {"Item": "list item", "TableRow": "row", "TableHead": "row", "CodeBlock": "code"}


class Block(NamedTuple):
    """A paragraph, or what counts as one."""

    kind: str
    """In an editor's words: `paragraph`, `list item`, `row`, `box`, `code`."""
    text: str
    line: int


class Section(NamedTuple):
    """What stands below a heading of level 2, or before the first one."""

    heading: Heading | None
    """None: the opening."""
    line: int
    blocks: tuple[Block, ...]

    @property
    def name(self) -> str:
        """What a message calls it."""
        return f"“{self.heading.text}”" if self.heading else "the opening"

    @property
    def text(self) -> str:
        """All its words."""
        return "\n".join(block.text for block in self.blocks)

    def of_kind(self, kind: str) -> list[Block]:
        """Its blocks of one kind."""
        return [block for block in self.blocks if block.kind == kind]


def sections(translation: Translation) -> list[Section]:
    """The opening, then each section."""
    heads = [heading for heading in translation.outline.headings if heading.level == 2]
    lines = [translation.body_line, *(heading.line for heading in heads)]
    parts: list[list[Block]] = [[] for _ in lines]
    for block in _blocks(translation.body, translation.body_line):
        place = max(i for i, line in enumerate(lines) if line <= block.line)
        parts[place].append(block)
    return [
        Section(heading, line, tuple(blocks))
        for heading, line, blocks in zip((None, *heads), lines, parts, strict=True)
    ]


def _blocks(markdown: str, first_line: int) -> Iterator[Block]:
    """The blocks of a source whose first line has this number in its file, in reading order."""
    source = dedent_admonitions(markdown)
    written = source.encode()  # Places are counted in bytes.
    boxes = [
        Block("box", found[0], first_line + markdown.count("\n", 0, found.start())) for found in BOX.finditer(markdown)
    ]
    found: list[Block] = []
    inside: list[tuple[str, int, list[str]]] = []  # Blocks that have begun: kind, line, words.
    place, line = 0, first_line
    for event, where in _PARSER.events_with_range(source, merge_text=True):
        kind, what = next(iter(event.items())) if isinstance(event, dict) else ("", event)
        tag = next(iter(what)) if isinstance(what, dict) else what
        if kind == "Start" and (tag == "Paragraph" or tag in _KINDS):
            line += written.count(b"\n", place, where["start"])
            place = where["start"]
            inside.append((_KINDS.get(tag, "paragraph"), line, []))
        elif kind == "End" and inside and (tag == "Paragraph" or tag in _KINDS):
            name, begun, words = inside.pop()
            if inside and name == "paragraph":  # Of a list's item.
                inside[-1][2].extend(words)
            elif "".join(words).strip():
                found.append(Block(name, "".join(words).strip(), begun))
        elif kind in ("Text", "Code") and inside:
            inside[-1][2].append(what)
        elif event in ("SoftBreak", "HardBreak") and inside:
            inside[-1][2].append(" ")
    yield from sorted((*found, *boxes), key=lambda block: block.line)
