"""What of Markdown a text needs: an extension or a pattern takes part only where the text holds what it looks for.

Each costs every text a walk through its tree, or a search in each of its pieces, whether it finds anything or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import TypeVar

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import LINK_RE
from markdown.preprocessors import Preprocessor
from markdown.util import Registry

Mark = tuple[str, ...] | re.Pattern[str]
T = TypeVar("T", bound=str | Extension)
CODE = ("```", "~~~", "    ", "\t")
"""Indented code too: mdformat (`rewriting.py`) makes fenced code of it."""
TASK = ("[ ]", "[x]", "[X]")
SPACE = ("\\ ", "\\\t")
"""A space behind a backslash, which some let be escaped."""
EXTENSIONS: dict[str, Mark] = {
    "abbr": ("*[",),
    "admonition": ("!!!",),
    "def_list": re.compile(r"\n[ \t>]*:"),
    "fenced_code": CODE,
    "footnotes": ("[^",),
    "github-callouts": ("[!",),
    "md_in_html": ("<",),
    "tables": ("|",),
    "pymdownx.blocks.caption": ("///",),
    "pymdownx.caret": ("^", *SPACE),
    "pymdownx.details": ("???",),
    "pymdownx.highlight": CODE,
    "pymdownx.mark": ("==",),
    "pymdownx.superfences": CODE,
    "pymdownx.tabbed": ("===",),
    "pymdownx.tasklist": TASK,
    "pymdownx.tilde": ("~", *SPACE),
    "ChecklistExtension": TASK,
    "CitationsExtension": ("@",),
    "FiguresExtension": (".figure",),
    "TablesExtension": ("|",),
}
"""What each looks for; one that is not named here always takes part."""
PATTERNS: dict[str, Mark] = {
    "backtick": ("`",),
    "escape": ("\\",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "backslash-break": ("\\\n",),
    "emoji": re.compile(r":[\w+-]+:"),
}
"""The same for what is looked for in running text."""
BLOCKS: dict[str, Mark] = {
    "hashheader": ("#",),
    "hr": re.compile(r"[-_*][ ]*(?:\n|\Z)"),
    "quote": (">",),
    "reference": ("]:",),
    "setextheader": re.compile(r"[-=][ ]*(?:\n|\Z)"),
}
"""And for what makes a block of its own."""
LINK = re.compile(r"\[(?<!!\[)")
"""LINK_RE, beginning with the mark that `re` can look for: it's found thirty times as quickly."""


def needed(extensions: Iterable[T], text: str) -> list[T]:
    """Those of the extensions that find something in a text."""
    is_in = cache(partial(_is_in, text))  # Several look for the same.
    named = ((one, one if isinstance(one, str) else type(one).__name__) for one in extensions)
    return [one for one, name in named if is_in(EXTENSIONS.get(name))]


def _is_in(text: str, mark: Mark | None) -> bool:
    """Whether a text may hold what is looked for."""
    if isinstance(mark, tuple):
        return any(part[0] in text and part in text for part in mark)  # One letter is looked for in no time.
    return mark is None or mark.search(text) is not None


class NeededExtension(Extension):
    """Python-Markdown extension: looks for patterns and blocks only where they can be."""

    def extendMarkdown(self, md: Markdown) -> None:
        """After all other preprocessors: what they leave is what is looked through."""
        md.preprocessors.register(_Choose(md), "needed", -1000)
        for pattern in md.inlinePatterns:
            if pattern.pattern == LINK_RE:
                pattern.compiled_re = LINK


class _Choose(Preprocessor):
    def __init__(self, md: Markdown):
        super().__init__(md)
        self.blocks = md.parser.blockprocessors

    def run(self, lines: list[str]) -> list[str]:
        is_in = cache(partial(_is_in, "\n".join(lines)))
        patterns = self.md.inlinePatterns
        idle = {id(patterns[name]) for name, mark in PATTERNS.items() if name in patterns and not is_in(mark)}
        self.md.treeprocessors["inline"].inlinePatterns = [one for one in patterns if id(one) not in idle]
        idle = {id(self.blocks[name]) for name, mark in BLOCKS.items() if not is_in(mark)}
        chosen = [one for one in self.blocks if id(one) not in idle]
        self.md.parser.blockprocessors = _Chosen(self.blocks, chosen)
        return lines


class _Chosen(Registry[BlockProcessor]):
    """A registry, of which only what was chosen is gone through; all of it is there for whoever knows its name."""

    def __init__(self, whole: Registry[BlockProcessor], chosen: list[BlockProcessor]):
        self.__dict__.update(whole.__dict__)
        self.chosen = chosen

    def __iter__(self) -> Iterator[BlockProcessor]:
        return iter(self.chosen)
