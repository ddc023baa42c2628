"""What GitHub shows of a text, leaf by leaf: the events of a CommonMark parser that knows what GitHub adds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import repeat
from typing import Any

from ..content.containers import opened, with_fences
from ..content.outline import PARSER, led_to, taken_apart
from .leaf import NO_TEXT, Container, Fence, Leaf, Line, as_link, path_of, title_words

ABBREVIATION = re.compile(r"^ {0,3}\*\[[^\]\n]+\] ?:[^\n]*$", re.MULTILINE)
NO_DEFINITION = re.compile(r"^( {0,3}):(?! {1,3}\S|-)", re.MULTILINE)
COLON = re.compile(r"\n {0,3}:")
"""Where there may be one."""
EDGE = re.compile(r"<!--(.*)-->")
EVENTS = {"Emphasis": "em", "Strong": "strong", "Strikethrough": "del"}


def on_github(markdown: str, is_placed: bool = True) -> tuple[list[Leaf], list[Fence]]:
    """What GitHub shows of a text, and its fences.

    Args:
        is_placed: whether it is said where all of it stands, and what was escaped, which takes longer than all else.
    """
    source = opened(markdown, lambda title: f"<!--{title}-->")
    if "*[" in source or COLON.search(f"\n{source}"):
        source = "\n".join(_in_github_words(source))
    events = _Events(source, is_placed)
    return events.leaves(), events.fences


def _in_github_words(source: str) -> Iterator[str]:
    """The lines without abbreviations; a colon against a word begins no definition, as only our parser has it."""
    for line, is_code in with_fences(source.split("\n")):
        yield line if is_code else NO_DEFINITION.sub(r"\1\\:", ABBREVIATION.sub("", line))


class _Events:
    """Reads the events of a CommonMark parser that knows what GitHub adds."""

    def __init__(self, source: str, is_placed: bool):
        self.source, self.is_placed = source, is_placed
        self.written = source.encode()
        self.stack: list[Container] = []
        self.outside: list[Container] = []
        self.marks: list[str] = []
        self.line: Line | None = None
        self.begun = 0
        self.notes: dict[str, list[Leaf]] = {}
        self.order: list[str] = []
        self.found: list[Leaf] = []
        self.into = self.found
        self.place, self.number = 0, 1
        self.silent = 0
        self.is_address = False
        self.alt: list[str] = []
        self.in_table, self.cell = False, 0
        self.aligned: list[str] = []
        self.html, self.begun_html = "", 0
        self.fences: list[Fence] = []

    def leaves(self) -> list[Leaf]:
        events: Iterable[tuple[Any, Any]] = (
            PARSER.events_with_range(self.source)
            if self.is_placed
            else zip(PARSER.events(self.source, merge_text=True), repeat({"start": 0, "end": 0}))
        )
        for kind, what, of, start, end in taken_apart(events):
            if kind == "Start":
                self.start(what, of, start)
                if what == "CodeBlock":
                    self.fences.append(self.fence(of, self.written[start:end].decode().strip().split("\n")))
            elif kind == "End":
                self.end(what, of)
            else:
                self.inline(kind, what, start)
        self.close()
        for label in self.order:
            self.found += self.notes.get(label, ())
        return self.found

    def fence(self, of, lines: list[str]) -> Fence:
        """Code that has begun, fenced or not."""
        if not isinstance(of, dict):
            return Fence("", True, self.begun, lines[0])
        is_closed = len(lines) > 1 and lines[-1].strip(" >").startswith(lines[0][:3])
        return Fence(of["Fenced"].split(" ")[0].lower(), is_closed, self.begun)

    def at(self, place: int) -> int:
        """The line of a place; places come in order, but for those of notes."""
        if not self.is_placed:
            return 0
        if place < self.place:
            self.place, self.number = 0, 1
        self.number += self.written.count(b"\n", self.place, place)
        self.place = place
        return self.number

    def begin(self, place: int) -> None:
        self.close()
        self.line, self.begun = Line(), self.at(place)

    def close(self, kind: str = "p") -> None:
        """End a leaf."""
        if self.line is not None:
            content = self.line.folded()
            if content or kind != "p":
                self.into.append(Leaf(kind, path_of(self.stack), content, self.begun, self.line.raw))
            self.line = None

    def start(self, tag: str, of, place: int) -> None:
        if tag == "Paragraph":
            self.begin(place)
        elif tag in EVENTS:
            self.ensure(place)
            self.marks.append(EVENTS[tag])
        elif tag == "Link":
            self.ensure(place)
            self.marks.append(as_link(led_to(of), of["title"]))
            self.is_address = of["link_type"] == "Autolink"
        elif tag == "Image":
            self.ensure(place)
            self.silent += 1
            self.alt.append("")
            self.marks.append(of["dest_url"])
        elif tag == "List":
            self.close()
            self.stack.append(Container("ul") if of is None else Container("ol", of))
        elif tag == "Item":
            self.close()
            self.stack[-1].is_new = True
        elif tag == "BlockQuote":
            self.close()
            if of:
                self.into.append(Leaf("box", path_of(self.stack), (), self.at(place)))
                self.stack.append(Container(""))
            else:
                self.stack.append(Container("quote", is_new=True))
        elif tag == "FootnoteDefinition":
            self.close()
            self.into = self.notes.setdefault(of, [])
            self.stack, self.outside = [Container("note", is_new=True)], self.stack
        elif tag == "DefinitionListDefinition":
            self.close()
            self.stack.append(Container("dd", is_new=True))
        elif tag in ("TableHead", "TableRow"):
            self.begin(place)
            self.cell = 0
        elif tag == "Table":
            self.aligned, self.in_table = [str(one).lower() for one in of], True
        elif tag == "TableCell":
            assert self.line is not None  # It has begun with its row.
            side = self.aligned[self.cell] if self.cell < len(self.aligned) else "none"
            self.line.sign(f"cell {side}")
            self.cell += 1
        elif tag == "HtmlBlock":
            self.close()
            self.html, self.begun_html = "", self.at(place)
        elif tag in ("Heading", "CodeBlock", "DefinitionListTitle"):
            self.begin(place)
            if tag == "CodeBlock":
                self.marks.append("code")

    def ensure(self, place: int) -> None:
        """Words of a tight list's item stand in no paragraph."""
        if self.line is None:
            self.begin(place)

    def end(self, tag: str, of) -> None:
        if tag == "Paragraph":
            self.close()
        elif tag in EVENTS or tag == "Link":
            self.marks.pop()
            self.is_address = self.is_address and tag != "Link"
        elif tag == "Image":
            self.silent -= 1
            target, alt = self.marks.pop(), self.alt.pop()
            if self.silent:
                self.alt[-1] += alt
            elif self.line is not None:
                self.line.picture(self.marks, target, alt)
        elif tag == "List":
            self.close()
            self.stack.pop()
        elif tag == "Item":
            self.close()
            if self.stack[-1].is_new:  # An item without words.
                self.into.append(Leaf("p", path_of(self.stack), (), self.number))
            if self.stack[-1].name == "ol":
                self.stack[-1].number += 1
        elif tag in ("BlockQuote", "DefinitionListDefinition"):
            self.close()
            self.stack.pop()
        elif tag == "FootnoteDefinition":
            self.close()
            self.into, self.stack = self.found, self.outside
        elif tag == "Heading":
            self.close(of.lower())
        elif tag == "CodeBlock":
            self.marks.pop()
            self.close("pre")
        elif tag == "Table":
            self.in_table = False
        elif tag == "DefinitionListTitle":
            self.close("dt")
        elif tag in ("TableHead", "TableRow"):
            self.close("row")
        elif tag == "HtmlBlock":
            edge = EDGE.fullmatch(self.html.strip())
            if edge:
                if edge[1]:
                    title = title_words(re.sub(r"[*_`\\]", "", unescape(edge[1])))
                    self.into.append(Leaf("box", path_of(self.stack), title, self.begun_html))
            else:
                self.into.append(Leaf("html", path_of(self.stack), (self.html,), self.begun_html))

    def inline(self, kind: str, what, place: int) -> None:
        if kind == "Html":
            self.html += what
            return
        if kind == "Rule":
            self.close()
            self.into.append(Leaf("hr", path_of(self.stack), (), self.at(place)))
            return
        if self.silent:
            self.alt[-1] += what if kind in ("Text", "Code") else " " if kind in ("SoftBreak", "HardBreak") else ""
            return
        if kind == "Text" and self.line is None and not what.strip():
            return
        self.ensure(place)
        assert self.line is not None
        if kind == "Text":
            self.line.text(self.marks, what)
            shown = NO_TEXT if self.is_address else what  # Marks in an address are its own.
            self.line.raw += NO_TEXT + shown[1:] if self.is_placed and self.is_escaped(place, what) else shown
        elif kind == "Code":
            what = what.replace("\\|", "|") if self.in_table else what
            self.line.text((*self.marks, "code"), what)
            self.line.raw += NO_TEXT
        elif kind == "InlineHtml":
            self.line.text(self.marks, what)
            self.line.raw += what
        elif kind == "SoftBreak":
            self.line.text(self.marks, " ")
            self.line.raw += "\n"
        elif kind == "HardBreak":
            self.line.sign("br")
            self.line.raw += "  \n"
        elif kind == "TaskListMarker":
            self.line.sign(f"task {what}")
        elif kind == "FootnoteReference":
            self.line.sign("note")
            self.line.raw += NO_TEXT
            if what not in self.order:
                self.order.append(what)

    def is_escaped(self, place: int, text: str) -> bool:
        """Whether a text begins with a character behind a backslash, or with one that was written as an entity."""
        return self.written[place - 1 : place] == b"\\" or (self.written[place : place + 1] == b"&" and text[:1] != "&")
