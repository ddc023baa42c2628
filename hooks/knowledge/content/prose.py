"""Prose: the running text of a Markdown source, with everything else blanked and every place kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from .containers import with_fences

ATTRIBUTES = r"\{:?[ ]*(?:[\#.][\w-]|[\w:-]+=)[^{}\n]*+\}"
"""An id, a class, a width: `{#signs}`, `{ width=300 }`."""
NOT_PROSE = re.compile(
    r"""
    `[^`\n]+`                   # code
  | \]\((?:[^)\s\]]|\](?!\())*+(?:\s"[^"]*")?\)  # the target of a link or a picture
  | \[(?:[^\[\]@\n]{0,120}[^\[\]@\w.\n])?@[^\[\]]*\](?!\()  # a citation
  | ATTRIBUTES
  | :(?<![\w:]:)[a-z][a-z0-9]*+(?:[-_][a-z0-9]++)*+:(?!\w)  # an icon or an emoji
  | \[\^[^\]\n]+\]             # a footnote's mark
  | \[(?<=^\[)[^\[\]\n^]{1,200}\]:[ \t]*\S+(?:[ \t]+"[^"\n]*")?  # the address of words in brackets
  | <[^<>\n]+>                 # an address or a tag
  | https?://\S+               # a bare address
  | &\#?\w+;                   # an entity
  | \{\{[^{}\n]*+\}\}          # a placeholder, ours or a plugin's
  | \{%[^%\n]*+%\}            # a plugin's tag
    """.replace("ATTRIBUTES", ATTRIBUTES),
    re.VERBOSE | re.MULTILINE,
)
"""Each kind begins with a mark or letter of its own, so that `re` goes quickly from one to the next."""
SITES = re.compile(r"(?<![\w.-])[\w-]++(?:\.[\w-]++)*?\.(?:dk|org|com|net|eu)\b(?!-)")
EDGES = re.compile(r"^ *(?:(?:!!!|\?\?\?\+?) ?\w+(?: +(?:inline|end)\b)*|///[^\n]*)", re.MULTILINE)
"""The kind of a box, and the edge of a block."""
SPAN = re.compile(r"`[^`\n]+`")
"""Code within a line."""
WORD = re.compile(r"(?<![^\W_])[^\W\d_]+(?:[.’'-][^\W\d_]+)*")
"""A word, with its inner hyphens, apostrophes and full stops (`bl.a`); `th` of `20th` is none."""


class Word(NamedTuple):
    """A word of a text, at its place."""

    text: str
    line: int
    column: int


class Paragraph(NamedTuple):
    """A block between blank lines."""

    text: str
    line: int
    """The line on which it begins."""


@lru_cache(maxsize=8)  # Several rules look at an article's files, one after the other.
def prose(markdown: str) -> str:
    """The source with all but its running text blanked: as long, and line for line the same."""
    text = without_fences(markdown)
    if any(mark in text for mark in ("!!!", "???", "///")):
        text = EDGES.sub(blanked, text)
    text = NOT_PROSE.sub(blanked, text)
    return SITES.sub(blanked, text) if any(end in text for end in (".dk", ".org", ".com", ".net", ".eu")) else text


def without_fences(markdown: str) -> str:
    """The source with its fenced code blanked."""
    if "```" not in markdown and "~~~" not in markdown:
        return markdown
    return "\n".join(blank(line) if is_code else line for line, is_code in with_fences(markdown.split("\n")))


def without_code(markdown: str) -> str:
    """The source with its code blanked, fenced or within a line."""
    return SPAN.sub(blanked, without_fences(markdown))


def blank(text: str) -> str:
    """Spaces in place of a text, which keep the place of all that follows."""
    return re.sub(r"[^\n]", " ", text)


def blanked(found: re.Match[str]) -> str:
    """The same in place of what a pattern has found."""
    return blank(found[0])


def told_apart(text: str) -> tuple[set[str], str]:
    """What stands between spaces in a text, each once: words of letters alone, and all else, for which a pattern must
    look. Most are words, and `str` knows letters sooner than `re`."""
    parts = {*text.split()}
    bare = {*filter(str.isalpha, parts)}
    return bare, " ".join(parts - bare)


@cache
def word_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these words, the longest first, with a genitive behind it or not."""
    return re.compile(rf"\b({any_of(words)})(?=(?:['’]?s)?\b)", re.IGNORECASE)


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of these words, the longest first; one that fits nothing where there are none."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"


def around(ends: re.Pattern[str], text: str, start: int, end: int) -> tuple[int, int]:
    """Where the stretch of a text begins and ends in which something stands, given what parts such stretches."""
    after = ends.search(text, end)
    begins = (found.end() for found in ends.finditer(text, 0, start))
    return max(begins, default=0), after.start() if after else len(text)


def paragraphs(markdown: str, first_line: int = 1) -> Iterator[Paragraph]:
    """The blocks of a text whose first line has this number in its file."""
    line = first_line
    for block in re.split(r"(\n\s*\n)", markdown):
        text = block.lstrip("\n")
        if text.strip():
            yield Paragraph(text, line + len(block) - len(text))
        line += block.count("\n")


def words(text: str, first_line: int = 1) -> Iterator[Word]:
    """The words of a text, each at its line and column."""
    for number, line in enumerate(text.split("\n"), first_line):
        for found in WORD.finditer(line):
            yield Word(found[0], number, found.start() + 1)
