"""A leaf: a paragraph, a heading, a row of a table or code, in a form in which GitHub's and the page's can be compared.

A text is a row of leaves. Each has a path, the lists and quotations in which it stands, and its words with what they
are (bold, a link). Ways of writing that only a site's Markdown knows, such as citations, attribute lists and icons, are
left out on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from ..content.outline import CITATION
from .vocabulary import KIND_OF

ATTRIBUTE = r"(?:[#.][\w-]+|[\w:-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s}\"']+))"
ATTRIBUTES = re.compile(rf"(?<![ \t\n])[ \t\n]*+\{{:?[ \t]*+{ATTRIBUTE}(?:[ \t]++{ATTRIBUTE})*+[ \t]*+\}}")
"""An attribute list: `{#id}`, `{: .class }`, `{ width="300" }`."""
ICON = re.compile(r":[a-z0-9_+][\w+-]*:", re.IGNORECASE)
OWN_MARKS = re.compile(r"==|\^\^?|~")
"""Marks of Material's vocabulary that GitHub shows as they are."""
CITED = re.compile(rf"(?<![ \t\n])[ \t\n]*+{CITATION.pattern}")
NO_TEXT = "\ufffc"
"""Stands for what is no running text."""


class Leaf(NamedTuple):
    """A paragraph, a heading, a row or the like."""

    kind: str
    """`p`, `h2`, `row`, `pre`, `hr`, `box` (its title) or `dt`."""
    path: tuple[str, ...]
    """What it stands in: `ul`, `ol`, `quote`, `dd`, `note`; with `*` and a number where that begins."""
    content: tuple[str, ...]
    """Its words, each behind what it is; what is no word stands in angle brackets."""
    line: int = 0
    """Where it begins in the source, counted from 1; 0: not known."""
    raw: str = ""
    """Its text with all marks that readers see; what is code, or was escaped, is blotted out."""

    @property
    def shown(self) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        """What is compared."""
        return self.kind, self.path, self.content

    @property
    def words(self) -> str:
        """Its words alone."""
        return "".join(piece.partition("|")[2] or piece for piece in self.content if not piece.startswith("<"))

    @property
    def running(self) -> str:
        """Its words outside code."""
        pieces = (piece.partition("|") for piece in self.content if not piece.startswith("<"))
        return "".join("`" if "code" in marks.split("+") else words or marks for marks, _, words in pieces)


class Box(NamedTuple):
    """A box, details or a tab of a page."""

    title: Leaf
    names: tuple[str, ...]
    """Its classes: its kind, and where it stands."""
    is_empty: bool
    is_mixed: bool = False
    """Whether it is a grid of cards that holds anything but one list."""


class Fence(NamedTuple):
    """Code: fenced, or indented by four spaces."""

    language: str
    is_closed: bool
    line: int
    words: str = ""
    """Of indented code, its first line."""


@dataclass
class Container:
    """A list, a quotation or the like, while its content is read."""

    name: str
    """As a leaf's path has it."""
    number: int = 0
    """Of an ordered list's next item."""
    is_new: bool = True
    """Whether nothing of it, or of its item, was read yet."""


class Reader:
    """Gathers the leaves of a text that is gone through."""

    def __init__(self) -> None:
        self.leaves: list[Leaf] = []
        """What was read; while a note is read, that alone."""
        self.within: list[Container] = []

    def add(self, kind: str, content: tuple[str, ...] = (), line: int = 0, raw: str = "") -> Leaf:
        """Add a leaf; in its path, the names of containers that it opens say so."""
        path = []
        for container in self.within:
            path.append(f"{container.name}*{container.number}" if container.is_new else container.name)
            container.is_new = False
        leaf = Leaf(kind, tuple(path), content, line, raw)
        self.leaves.append(leaf)
        return leaf


class Line:
    """The words of a leaf as they come."""

    def __init__(self) -> None:
        self.pieces: list[tuple[str, str]] = []
        self.raw = ""

    def text(self, marks: Sequence[str], text: str) -> None:
        """Add words."""
        if text:
            self.pieces.append((joined(marks), text))

    def sign(self, name: str) -> None:
        """Add what is no word."""
        self.pieces.append(("<", f"<{name}>"))

    def picture(self, marks: Sequence[str], target: str, alt: str) -> None:
        """Add a picture, as a sign."""
        words = " ".join(re.findall(r"\w+", unescape(alt)))
        self.sign(f"{joined(marks)} img {unquote(unescape(target)).strip()} {words}".strip())

    def folded(self) -> tuple[str, ...]:
        """Its pieces, with spaces folded and neighbours of one kind joined."""
        joined: list[list[str]] = []
        for marks, text in self.pieces:
            if marks != "<" and joined and joined[-1][0] == marks:
                joined[-1][1] += text
            else:
                joined.append([marks, text])
        found: list[str] = []
        is_apart = False  # Whether white space stands before what comes next.
        for marks, text in joined:
            if marks == "<":
                found.append(text)
                is_apart = False
                continue
            text = text if "code" in marks.split("+") else plain(text)
            words = text.split()
            is_apart = is_apart or text[:1].isspace()
            if words:
                if is_apart and found and not found[-1].startswith(("<br", "<cell")):
                    found.append(" ")
                found.append(f"{marks}|{' '.join(words)}")
                is_apart = text[-1:].isspace()
        return tuple(found)


def plain(text: str) -> str:
    """A text without what only a site's Markdown knows."""
    if "{" in text:
        text = ATTRIBUTES.sub("", text)
    if "@" in text:
        text = CITED.sub("", text)
    if ":" in text:
        text = ICON.sub("", text)
    return OWN_MARKS.sub("", text) if "=" in text or "^" in text or "~" in text else text


def title_words(title: str) -> tuple[str, ...]:
    """A box's title, as far as it says more than its kind."""
    words = " ".join(re.sub(r"[*_`]|(?<![^\W_])[^\W_]*+\|", "", plain(title)).split())
    return () if not words or words.lower() in KIND_OF else (f"|{words}",)


def as_link(target: str, title: str | None) -> str:
    """A link as one of the things that words can be."""
    return f"a={unquote(unescape(target)).strip()}" + (f" “{' '.join(title.split())}”" if title else "")


def joined(marks: Sequence[str]) -> str:
    """What words are, in one."""
    return "+".join(sorted(set(marks))) if marks else ""
