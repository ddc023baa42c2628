"""An outline: what stands where in a Markdown source, so that a problem can name its line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

ID = re.compile(r"\s*\{:?\s*#([\w-]+)\s*\}\s*$")
CITATION = re.compile(r"\[(@[\w-]+(?:\s*;\s*@[\w-]+)*)\]")


@dataclass(frozen=True)
class Heading:
    """A heading of the source."""

    level: int
    text: str
    id: str | None
    """The id in braces behind it, if any."""
    line: int


@dataclass(frozen=True)
class Target:
    """A link's or a picture's target, or a citation's key."""

    target: str
    text: str
    line: int


@dataclass(frozen=True)
class Outline:
    """Headings, links, pictures, citations and raw HTML of one source, in reading order."""

    headings: tuple[Heading, ...]
    links: tuple[Target, ...]
    images: tuple[Target, ...]
    citations: tuple[Target, ...]
    html: tuple[Target, ...]
    """Raw HTML, with the tag as target."""

    @classmethod
    def of(cls, markdown: str, first_line: int = 1) -> Outline:
        """Read a source whose first line has this number in its file."""
        headings: list[Heading] = []
        links: list[Target] = []
        images: list[Target] = []
        citations: list[Target] = []
        html: list[Target] = []
        tokens = _PARSER.parse(_dedent_admonitions(markdown))
        for token, line, inline in _inlines(tokens, first_line):
            text = _text(inline)
            if token.type == "heading_open":
                found = ID.search(text)
                level = int(token.tag[1])
                headings.append(Heading(level, ID.sub("", text), found and found[1], line))
            for child, at in _with_lines(inline, line):
                if child.type == "link_open":
                    links.append(Target(str(child.attrs.get("href", "")), text, at))
                elif child.type == "image":
                    images.append(Target(str(child.attrs.get("src", "")), child.content, at))
                elif child.type == "html_inline":
                    html.append(Target(child.content, text, at))
                elif child.type == "text":
                    citations += (
                        Target(key.strip().lstrip("@"), child.content, at)
                        for group in CITATION.findall(child.content)
                        for key in group.split(";")
                    )
        html += (
            Target(token.content.strip().splitlines()[0], "", token.map[0] + first_line)
            for token in tokens
            if token.type == "html_block" and token.map
        )
        return cls(tuple(headings), tuple(links), tuple(images), tuple(citations), tuple(html))

    @property
    def questions(self) -> tuple[Heading, ...]:
        """The headings of level 3 in the section `{#faq}`."""
        found: list[Heading] = []
        inside = False
        for heading in self.headings:
            if heading.level <= 2:
                inside = heading.id == "faq"
            elif heading.level == 3 and inside:
                found.append(heading)
        return tuple(found)


_PARSER = MarkdownIt("commonmark").enable("table")


def _inlines(tokens: list[Token], first_line: int):
    """Each block with inline content: its opening token, its line in the file, and the content."""
    for before, token in pairwise(tokens):
        if token.type == "inline" and token.map:
            yield before, token.map[0] + first_line, token


def _dedent_admonitions(markdown: str) -> str:
    """Admonitions (`!!! example`) indent their body, which CommonMark would take for code."""
    lines, inside = [], False
    for line in markdown.split("\n"):
        if line.startswith("!!! "):
            inside, line = True, ""
        elif inside and line.strip() and not line.startswith("    "):
            inside = False
        lines.append(line[4:] if inside else line)
    return "\n".join(lines)


def _with_lines(inline: Token, line: int):
    for child in inline.children or []:
        yield child, line
        if child.type in ("softbreak", "hardbreak"):
            line += 1


def _text(inline: Token) -> str:
    return "".join(c.content for c in inline.children or [] if c.type in ("text", "code_inline"))
