"""Slips that leave no mark behind: a row with a cell too few, a footnote to which nothing leads, a misspelt class.

The page and GitHub agree on what to make of them, and nobody sees that something is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from ..content.prose import SPAN, without_fences
from ..core.problems import short
from .fault import Fault
from .left import RULE

BELOW_HEAD = re.compile(r"[ >]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+")
"""The line below a table's first row."""
UNDERLINE = re.compile(r"[ ]{2,}-{3,}[ ]*")
NO_HEADING = re.compile(r"(?!\w++:[ ])[^|>#\s-][^|]*+(?<=[.!:;,])")
"""Words that are no heading, since a sentence ends there."""
FLUSH = re.compile(r"(?:-{3,}|={3,})[ ]*")
COUNTED = re.compile(r"[ ]{0,3}(?P<number>[1-9]\d{0,3})\.[ ](?P<word>[^\W\d_]++)")
COUNTS = re.compile(r"^[ ]{0,3}(?:\d{4}\.[ ]|\d{1,3}\.[ ][a-zæøå])", re.MULTILINE)
"""A glance: a date or a year at the beginning of a line."""
QUOTED = re.compile(r">\d")
OTHER_BLOCK = re.compile(
    r"[ >]*(?:#{1,6}[ ]|```|~~~|[-+*][ ]|\d+[.)][ ]|///|!!!|\?\?\?|===|\{|:[ ]|\[[^\]]+\]:|---|\*\*\*|<|[ ]{4})"
)
"""What ends a table on the line below it."""
DEFINED = re.compile(r":[ ]{1,3}\S")
BAR = re.compile(r"(?<!\\)\|")
CODE = 4
"""So many spaces more than above it make code of a line, also within a table on GitHub."""
DOUBLE = re.compile(r"(?<![`!])\[(\[[^\[\]\n]{1,200}\])\]\(")
"""A link between two brackets on each side."""
NOTE = re.compile(r"^[ >]*\[\^([^\]\[\s]+)\]:", re.MULTILINE)
USED = re.compile(r"(?<!`)\[\^([^\]\[\s]+)\](?!:)")
LIST = re.compile(r"\{:?[ \t]*((?:[#.]|[\w-]+=)[^{}\n]*)\}")
NEAR_LIST = re.compile(r"\{[^{}\n]*\.")
"""One that may name a class."""
CLASS = re.compile(r"(?<!\S)\.([\w-]+)")
CLASSES = ("md-button", "md-button--primary", "figure")
"""What editors give to what they write; an owner's style sheet may know others. Kinds of figures are looked at by
`checks/rules/diagrams.py`."""


def slips_in(markdown: str) -> Iterator[Fault]:
    """What is wrong with a text, in its order for each kind."""
    has_table, has_note, has_list = ("|" in markdown, "[^" in markdown, NEAR_LIST.search(markdown))
    for found in DOUBLE.finditer(markdown) if "[[" in markdown else ():
        fix = "write [words](address), with one bracket on each side"
        yield Fault(f"readers see “{found[1]}” with its brackets", fix, found[0], RULE, _at(markdown, found))
    may_be_joined = any(mark in markdown for mark in ("\n:", "  --", "\n---", "\n===", "\n>"))
    may_count = COUNTS.search(markdown)
    if not (has_table or has_note or has_list or may_be_joined or may_count):
        return
    text = without_fences(markdown)
    text = SPAN.sub(lambda found: "`" * len(found[0]), text) if "`" in text else text
    lines = text.split("\n")
    if has_table:
        yield from _rows(lines)
    if may_be_joined:
        yield from _joined(lines)
    if may_count:
        yield from _counted(lines)
    if has_note:
        yield from _notes(text)
    for found in LIST.finditer(text) if has_list else ():
        for name in CLASS.findall(found[1]):
            close = get_close_matches(name, CLASSES, n=1, cutoff=0.8)
            if close and name not in CLASSES:
                yield Fault(f"there is no class “{name}”", f"write .{close[0]}", name, RULE, _at(text, found))


def _notes(text: str) -> Iterator[Fault]:
    """Footnotes to which nothing leads."""
    used = set(USED.findall(text))
    for found in NOTE.finditer(text):
        if found[1] not in used:
            message = f"nothing leads to the footnote “{found[1]}”, and nobody sees it"
            fix = f"write [^{found[1]}] where it belongs, or delete it"
            yield Fault(message, fix, f"[^{found[1]}]", RULE, _at(text, found))


def _rows(lines: list[str]) -> Iterator[Fault]:
    """Rows of tables that have other cells than the first one."""
    wanted = 0
    for place, line in enumerate(lines):
        number = len(cells(line)) if wanted else 0
        message = f"the row has {number} cells; expected {wanted}, as in the table's first row"
        if "|" not in line:
            if wanted and line.strip(" \t>") and not OTHER_BLOCK.match(line):
                yield Fault(message, "write a blank line below the table", "", RULE, place + 1)
            wanted = 0
        elif wanted:
            if _indent(line) >= _indent(lines[place - 1]) + CODE:
                message = f"“{short(line.strip())}” is shown as code, because of the spaces before it"
                yield Fault(message, "delete the spaces", "", RULE, place + 1)
            elif number != wanted:
                fix = "write a | between all cells, and nothing between two of them for an empty one"
                yield Fault(message, fix, "", RULE, place + 1)
        elif place and BELOW_HEAD.fullmatch(line) and len(cells(lines[place - 1])) == len(cells(line)):
            wanted = len(cells(line))


def _indent(line: str) -> int:
    """The columns before a line's first letter."""
    line = line.expandtabs(4)
    return len(line) - len(line.lstrip())


def _joined(lines: list[str]) -> Iterator[Fault]:
    """Lines that belong to what stands above them, because the blank line between them is missing."""
    in_definition = False
    for place, line in enumerate(lines):
        above = lines[place - 1] if place else ""
        if QUOTED.match(line) and above.strip(" \t>") and not above.startswith(">"):
            message = "the > at the beginning of the line makes a quotation of it"
            yield Fault(message, "write \\>, or move it to the line above", ">", RULE, place + 1)
        is_underline = FLUSH.fullmatch(line) and NO_HEADING.fullmatch(above.rstrip())
        if is_underline or (UNDERLINE.fullmatch(line) and above.strip() and "|" not in above):
            message = f"the line {line.strip()} makes a heading of the words above it"
            yield Fault(message, "write a blank line above it", "", RULE, place + 1)
        if not line.strip():
            in_definition = False
        elif DEFINED.match(line):
            if in_definition and above and not above[0].isspace() and not DEFINED.match(above):
                message = f"the word “{above.strip()}” belongs to the meaning of the one above it"
                yield Fault(message, "write a blank line above it", "", RULE, place)
            in_definition = True


def _counted(lines: list[str]) -> Iterator[Fault]:
    """A date or a year that begins a paragraph, and so becomes the only item of a list."""
    for place, line in enumerate(lines):
        found = COUNTED.match(line) if not (place and lines[place - 1].strip()) else None
        number = int(found["number"]) if found else 0
        if not found or not (1800 < number < 2100 or (1 < number < 32 and found["word"].islower())):
            continue
        if not any(other.lstrip().startswith((f"{number - 1}.", f"{number + 1}.")) for other in lines):
            message = f"“{number}.” at the beginning of a paragraph makes an item of a list"
            yield Fault(message, f"write {number}\\. with a backslash, or begin with another word", "", RULE, place + 1)


def cells(line: str) -> list[str]:
    """The cells of a table's row; a bar behind a backslash is a letter."""
    inner = line.strip(" \t>").removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [cell.strip() for cell in BAR.split(inner)]


def _at(text: str, found: re.Match[str]) -> int:
    return text.count("\n", 0, found.end()) + 1
