"""What GitHub shows, the page shows: Python-Markdown is taught what it can be, the rest is rewritten, or told.

Editors write where GitHub shows them what they write. The tree that becomes the page is compared with what GitHub
shows. Where they differ, the text is rewritten by mdformat and converted anew; what differs even then is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import SubstituteTagInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import AtomicString

from ..content.containers import with_fences
from ..content.film import service_of
from ..core.problems import short
from .fault import Fault
from .leaf import Fence, Leaf
from .left import BOX, left_in
from .left import RULE as LEFT
from .on_github import on_github
from .on_page import on_page
from .rewriting import rewritten
from .safe import TAG
from .slips import slips_in
from .tree import Run

RULE = "shows-differently"
ESCAPABLE = "\"$%',/:;=?@^|~"
"""What a backslash takes the meaning from, beside what Python-Markdown knows; “<” and “&” would become HTML."""
HEADING_ID = re.compile(r"^( {0,3}#{1,6}[ \t][^\n]*?[^\s{])(\{:?[ \t]*#[\w-]+[ \t]*\}[ \t]*)$")
SPACED = re.compile(r"\[[^\[\]\n]{0,200}\]\(([^\s()<>\"']+(?: [^\s()<>\"']+)+)\)")
"""What would be a link or a picture, but for spaces in its address."""
DRAWN = frozenset(("mermaid", "math", "geojson", "topojson", "stl"))
"""Code that GitHub shows as a picture or a formula."""
FIRST, LAST = 1000, 7.95
"""Priorities: before all others, and once attribute lists (8) are done with, before what is unsafe is taken out."""


@dataclass(eq=False)
class GitHubExtension(Extension):
    """Python-Markdown extension."""

    report: Callable[[Fault], object]
    """Is told what the page shows otherwise than GitHub, and marks that are left in readers' text."""
    written: str = ""
    """After a conversion, the text as it was converted."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Beside the comparison: all marks can be escaped, and a backslash ends a line."""
        self.md, self.source = md, _Source(md)
        md.preprocessors.register(self.source, "github-source", FIRST)
        md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "backslash-break", 185)
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, *(char for char in ESCAPABLE if char not in md.ESCAPED_CHARS)]
        md.treeprocessors.register(Run(md, _unescape_cells), "github-cells", 19)
        md.treeprocessors.register(Run(md, self._compare), "github", LAST)

    def _compare(self, root: Element) -> Element | None:
        text, adopted = self.source.text, None
        root.attrib.clear()  # Braces without a text before them would belong to the whole page.
        self.written = text
        for slip in slips_in(text):
            self.report(slip)
        page, boxes = on_page(root, self.md)
        github, fences = on_github(text)
        differ = list(_differences(github, page))
        if differ and (other := rewritten(text)) is not None:
            again = self._converted(other)
            found, there = on_page(again, self.md)
            fewer = list(_differences(github, found))
            if len(fewer) < len(differ):
                adopted, page, boxes, differ, self.written = again, found, there, fewer, other
            else:
                adopted = self._converted(text)  # What extensions remember belongs to the tree that stays.
        for mine, theirs, line in differ:
            if not any(TAG.search(leaf.running) for leaf in theirs):  # Raw HTML is told as such.
                self.report(_fault(mine, theirs, line))
        told = {id(leaf) for mine, theirs, _ in differ for leaf in (*mine, *theirs)}
        same_there, same_here = ([leaf for leaf in leaves if id(leaf) not in told] for leaves in (github, page))
        for fault in (*_about_fences(fences), *left_in(same_there, same_here, boxes)):
            self.report(fault)
        return adopted

    def _converted(self, text: str) -> Element:
        """The tree of another text, as far as it has come here."""
        md = self.md
        md.reset()
        lines = text.split("\n")
        for preprocessor in md.preprocessors:
            lines = preprocessor.run(lines)
        root = md.parser.parseDocument(lines).getroot()
        for processor in md.treeprocessors:
            if processor is md.treeprocessors["github"]:
                break
            changed = processor.run(root)
            root = root if changed is None else changed
        root.attrib.clear()
        return root


class _Source(Preprocessor):
    """Remembers the text, and gives what Python-Markdown wants to small things."""

    text = ""

    def run(self, lines: list[str]) -> list[str]:
        lines = list(_with_links(lines)) if any("https://" in line for line in lines) else lines
        self.text = "\n".join(lines)
        return [HEADING_ID.sub(r"\1 \2", line) if "{" in line and "#" in line else line for line in lines]


def _with_links(lines: list[str]) -> Iterator[str]:
    """The lines with the address of a film alone in its paragraph as a link, as on GitHub: its “_” mark nothing."""
    for place, (line, is_code) in enumerate(with_fences(lines)):
        address, around = line.strip(), lines[max(0, place - 1) : place + 2]
        if not is_code and service_of(address) and not any(near.strip() for near in around if near != line):
            yield f"{line[: line.index(address)]}<{address}>"
        else:
            yield line


def _unescape_cells(root: Element) -> None:
    """In a table's cell a backslash keeps “|” from ending it, in code too."""
    for row in root.iter("tr"):
        for code in row.iter("code"):
            if code.text and "\\|" in code.text:
                code.text = AtomicString(code.text.replace("\\|", "|"))


def _differences(github: list[Leaf], page: list[Leaf]) -> Iterator[tuple[list[Leaf], list[Leaf], int]]:
    """Stretches in which both differ: what GitHub shows, what the page shows, and the line."""
    own, other = [leaf.shown for leaf in github], [leaf.shown for leaf in page]
    if own == other:
        return
    for kind, i, j, x, y in SequenceMatcher(None, own, other, autojunk=False).get_opcodes():
        if kind != "equal":
            near = github[i] if i < len(github) else github[-1] if github else None
            yield github[i:j], page[x:y], near.line if near else 1


# --- What is said ----------------------------------------------------------------------------

NAMES = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "a heading"),
    **{"row": "a row of a table", "pre": "code", "hr": "a rule", "html": "raw HTML", "box": "a box"},
    **{"ul": "a list item", "ol": "a list item", "quote": "a quotation", "note": "a footnote"},
    **dict.fromkeys(("dt", "dd"), "a definition"),
}
"""What leaves are, and what they stand in, in an editor's words."""
MARK_NAMES = {"em": "in italics", "strong": "bold", "del": "struck out", "sub": "lowered", "code": "code"}
ITEM = "write a blank line above the list, each item on a line of its own, and four spaces before what belongs to one"
CAPTION = "write /// caption, its text, and /// alone below it"
FIXES = {
    "a list item": ITEM,
    "a quotation": "write > before each of its lines, with a blank line above and below",
    "a row of a table": "write a blank line above the table, and a line of | and - below its first row",
    "code": "write ``` on a line of its own above the code and below it; indented text is no code",
    "a heading": "write # to #### at the left edge, with a space after it and a blank line above",
    "a rule": "write --- with a blank line above and below",
    "a footnote": "write [^1]: and the note on a line of its own",
    "a definition": "write the word on a line of its own, and below it “:   ” with its meaning",
    "a box": BOX,
    "raw HTML": "write Markdown, without HTML",
}


def _fault(github: list[Leaf], page: list[Leaf], line: int) -> Fault:
    mine, theirs = github[0] if github else None, page[0] if page else None
    if mine and (spaced := SPACED.search(mine.running)):
        message = f"the address “{spaced[1]}” holds spaces, at the first of which it ends"
        is_called = spaced[1].startswith(("tel:", "sms:", "mailto:"))
        fix = "delete the spaces" if is_called else "give the file a name without spaces, and write that"
        return Fault(message, fix, spaced[1], RULE, line)
    if mine and theirs and (mine.kind, mine.path) == (theirs.kind, theirs.path):
        return _about_words(mine, theirs, line)
    shown, instead = _name(mine), _name(theirs)
    leaf = mine or theirs
    said = short(leaf.words) or "…" if leaf else "…"
    if shown == instead:
        message = f"GitHub shows {shown} differently from the page: “{said}”"
    elif mine is None:
        message = f"the page shows {instead} that GitHub does not show: “{said}”"
    elif theirs is None:
        message = f"GitHub shows {shown} that the page does not show: “{said}”"
    else:
        message = f"GitHub shows {shown} here, the page {instead}: “{said}”"
    fix = CAPTION if said.startswith("///") else ""
    fix = fix or FIXES.get(shown) or FIXES.get(instead) or "write a blank line above it and below it"
    return Fault(message, fix, "", RULE, line)


def _about_fences(fences: Iterable[Fence]) -> Iterator[Fault]:
    for fence in fences:
        if not fence.is_closed:
            message = "the code goes on to the end of the page: its mark is not closed"
            yield Fault(message, "write ``` on a line of its own below the code", "", LEFT, fence.line)
        elif fence.words:
            message = f"“{short(fence.words)}” is shown as code, because of the spaces before it"
            fix = "delete the spaces; in a box, lines below the title begin with four; code stands between lines of ```"
            yield Fault(message, fix, _first_word(fence.words), LEFT, fence.line)
        elif fence.language in DRAWN:
            message = f"GitHub draws what “{fence.language}” says, the page shows the code"
            yield Fault(message, "put a picture there, or say it in words", fence.language, RULE, fence.line)


def _about_words(mine: Leaf, theirs: Leaf, line: int) -> Fault:
    """Of two leaves of one kind whose words differ."""
    pairs = zip_longest(_each_word(mine), _each_word(theirs), fillvalue="")
    own, other = next(((a, b) for a, b in pairs if a != b), ("", ""))
    marks, words = own.partition("|")[::2]
    others, instead = other.partition("|")[::2]
    names = [_mark(mark) for mark in marks.split("+") if mark and mark not in others.split("+")]
    lost = [_mark(mark) for mark in others.split("+") if mark and mark not in marks.split("+")]
    if own.startswith("<note") or other.startswith("<note"):
        message, fix = "a footnote is shown in only one of the two, GitHub and the page", FIXES["a footnote"]
    elif own.startswith("<br") or other.startswith("<br"):
        message = f"lines end after other words on GitHub than on the page: “{short(mine.words)}”"
        fix = "write two spaces at the end of the line, or a blank line"
    elif own.startswith("<task") or other.startswith("<task"):
        message = "a box to tick is shown in only one of the two, GitHub and the page"
        fix = "write - [ ] and a space before the words"
    elif names and words:
        message, fix = f"“{short(words)}” is {names[0]} on GitHub, and not on the page", _mark_fix(names[0])
    elif lost and instead:
        message, fix = f"“{short(instead)}” is {lost[0]} on the page, and not on GitHub", _mark_fix(lost[0])
    elif left := next(left_in([mine], [theirs], []), None):
        return left  # Such as a backtick alone, for which both take other words as code.
    else:
        shown, there = short(words or mine.words), short(instead or theirs.words)
        message = f"GitHub shows “{shown}” here, the page “{there}”"
        fix = "write a backslash before a mark that should be shown, such as \\*, and a space where words end"
    return Fault(message, fix, _first_word(words or instead), RULE, line)


def _each_word(leaf: Leaf) -> Iterator[str]:
    """The words of a leaf, each behind what it is."""
    for piece in leaf.content:
        marks, mark, words = piece.partition("|")
        if piece.startswith("<"):
            yield piece
        elif mark:
            yield from (f"{marks}|{word}" for word in words.split(" "))


def _mark(mark: str) -> str:
    return "a link" if mark.startswith("a=") else MARK_NAMES.get(mark, "marked")


def _mark_fix(name: str) -> str:
    if name == "a link":
        return "write [words](address), with no space in the address and none between the brackets"
    if name == "code":
        return "write one ` on each side of the code, on one line"
    if name in ("lowered", "struck out"):
        return "write ~~words~~ to strike out; to show the mark, put a backslash before it: \\~"
    return "write the marks against the words, as **words** or *words*; to show a star, write \\*"


def _first_word(text: str) -> str:
    return text.split()[0] if text.split() else ""


def _name(leaf: Leaf | None) -> str:
    """What a leaf is, in an editor's words."""
    if leaf is None:
        return "nothing"
    innermost = leaf.path[-1].partition("*")[0] if leaf.path else ""
    return NAMES.get(leaf.kind) or NAMES.get(innermost, "running text")
