"""What GitHub shows of a text, leaf by leaf: the events of a CommonMark parser that knows what GitHub adds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

from ..content.containers import opened, with_fences
from ..content.outline import PARSER, led_to, taken_apart
from .leaf import NO_TEXT, Container, Fence, Leaf, Line, Reader, as_link, title_words

ABBREVIATION = re.compile(r"^ {0,3}\*\[[^\]\n]+\] ?:[^\n]*$", re.MULTILINE)
NO_DEFINITION = re.compile(r"^( {0,3}):(?! {1,3}\S|-)", re.MULTILINE)
COLON = re.compile(r"\n {0,3}:")
"""Where there may be one."""
EDGE = re.compile(r"<!--(.*)-->")
KINDS = {"Paragraph": "p", "CodeBlock": "pre", "DefinitionListTitle": "dt", "TableHead": "row", "TableRow": "row"}
"""What words stand in; a heading says of which level it is."""
BREAKS = ("SoftBreak", "HardBreak")
MARKS = {"Emphasis": "em", "Strong": "strong", "Strikethrough": "del"}


def on_github(markdown: str) -> tuple[list[Leaf], list[Fence]]:
    """What GitHub shows of a text, and its fences."""
    source = opened(markdown, lambda title: f"<!--{title}-->")
    if "*[" in source or COLON.search(f"\n{source}"):
        source = "\n".join(_in_github_words(source))
    events = _Events(source.encode())
    events.read(source)
    return events.leaves, events.fences


def _in_github_words(source: str) -> Iterator[str]:
    """The lines without abbreviations; a colon against a word begins no definition, as only our parser has it."""
    for line, is_code in with_fences(source.split("\n")):
        yield line if is_code else NO_DEFINITION.sub(r"\1\\:", ABBREVIATION.sub("", line))


class _Events(Reader):
    """Reads the events of a CommonMark parser that knows what GitHub adds."""

    def __init__(self, written: bytes):
        super().__init__()
        self.written = written
        self.outside = self.leaves, self.within
        """While a note is read, what it does not belong to."""
        self.notes: dict[str, list[Leaf]] = {}
        self.led_to: dict[str, None] = {}
        """The labels of notes, as the text leads to them."""
        self.marks: list[str] = []
        self.line: Line | None = None
        self.begun = 0
        self.place, self.number = 0, 1
        self.pictures: list[tuple[str, list[str]]] = []
        """Targets and words of those that are read."""
        self.is_address = False
        self.aligned: Sequence[object] = ()
        """The sides of the columns of the last table."""
        self.sides: Iterator[object] = iter(())
        self.html = ""
        self.fences: list[Fence] = []

    def read(self, source: str) -> None:
        for kind, what, of, start, end in taken_apart(PARSER.events_with_range(source)):
            if what == "Image":
                self.picture(of, start)
            elif self.pictures:
                self.pictures[-1][1].append(what if kind in ("Text", "Code") else " " if kind in BREAKS else "")
            elif kind == "Start":
                self.start(what, of, start)
                if what == "CodeBlock":
                    self.fences.append(self.fence(of, self.written[start:end].decode().strip().split("\n")))
            elif kind == "End":
                self.end(what, of, start)
            else:
                self.inline(kind, what, start)
        self.close()
        self.leaves += (leaf for label in self.led_to for leaf in self.notes.get(label, ()))

    def fence(self, of: Any, lines: list[str]) -> Fence:
        """Code that has begun, fenced or not."""
        if not isinstance(of, dict):
            return Fence("", True, self.begun, lines[0])
        is_closed = len(lines) > 1 and lines[-1].strip(" >").startswith(lines[0][:3])
        return Fence(of["Fenced"].split(" ")[0].lower(), is_closed, self.begun)

    def at(self, place: int) -> int:
        """The line of a place; places come in order, but for those of notes."""
        if place < self.place:
            self.place, self.number = 0, 1
        self.number += self.written.count(b"\n", self.place, place)
        self.place = place
        return self.number

    def words(self, place: int) -> Line:
        """What words are added to; those of a tight list's item stand in no paragraph."""
        if self.line is None:
            self.line, self.begun = Line(), self.at(place)
        return self.line

    def close(self, kind: str = "p") -> None:
        """End a leaf."""
        if self.line is not None:
            content = self.line.folded()
            if content or kind != "p":
                self.add(kind, content, self.begun, self.line.raw)
            self.line = None

    def start(self, tag: str, of: Any, place: int) -> None:
        if tag in MARKS:
            self.words(place)
            self.marks.append(MARKS[tag])
        elif tag == "Link":
            self.words(place)
            self.marks.append(as_link(led_to(of), of["title"]))
            self.is_address = of["link_type"] == "Autolink"
        elif tag == "TableCell":
            self.words(place).sign(f"cell {str(next(self.sides, 'none')).lower()}")
        else:
            self.close()
            self.begin(tag, of, place)

    def begin(self, tag: str, of: Any, place: int) -> None:
        """Begin a block."""
        if tag in KINDS or tag == "Heading":
            self.words(place)
            if tag == "CodeBlock":
                self.marks.append("code")
            self.sides = iter(self.aligned)
        elif tag == "List":
            self.within.append(Container("ul") if of is None else Container("ol", of))
        elif tag == "Item":
            self.within[-1].is_new = True
        elif tag == "BlockQuote" and of:
            self.add("box", line=self.at(place))
        elif tag == "BlockQuote":
            self.within.append(Container("quote"))
        elif tag == "DefinitionListDefinition":
            self.within.append(Container("dd"))
        elif tag == "FootnoteDefinition":
            self.outside = self.leaves, self.within
            self.leaves, self.within = self.notes.setdefault(of, []), [Container("note")]
        elif tag == "Table":
            self.aligned = of
        elif tag == "HtmlBlock":
            self.html = ""

    def end(self, tag: str, of: Any, place: int) -> None:
        if tag in KINDS:
            self.close(KINDS[tag])
            if tag == "CodeBlock":
                self.marks.pop()
            return
        if tag in MARKS or tag == "Link":
            self.marks.pop()
            self.is_address = self.is_address and tag != "Link"
            return
        if tag == "TableCell":
            return
        self.close(of.lower() if tag == "Heading" else "p")
        if tag == "Item":
            if self.within[-1].is_new:  # An item without words.
                self.add("p", line=self.at(place))
            self.within[-1].number += self.within[-1].name == "ol"
        elif tag in ("List", "DefinitionListDefinition") or (tag == "BlockQuote" and not of):
            self.within.pop()
        elif tag == "FootnoteDefinition":
            self.leaves, self.within = self.outside
        elif tag == "HtmlBlock":
            edge = EDGE.fullmatch(self.html.strip())
            if edge and edge[1]:
                self.add("box", title_words(re.sub(r"[*_`\\]", "", unescape(edge[1]))), self.at(place))
            elif not edge:
                self.add("html", (self.html,), self.at(place))

    def picture(self, of: Any, place: int) -> None:
        """Begin a picture, or end it; what others in its words say belongs to it."""
        if of:
            self.words(place)
            self.pictures.append((of["dest_url"], []))
            return
        target, words = self.pictures.pop()
        if self.pictures:
            self.pictures[-1][1].extend(words)
        else:
            self.words(place).picture(self.marks, target, "".join(words))

    def inline(self, kind: str, what: Any, place: int) -> None:
        if kind == "Html":
            self.html += what
            return
        if kind == "Rule":
            self.close()
            self.add("hr", line=self.at(place))
            return
        if kind == "Text" and self.line is None and not what.strip():
            return
        line = self.words(place)
        if kind == "Text":
            line.text(self.marks, what)
            shown = NO_TEXT if self.is_address else what  # Marks in an address are its own.
            line.raw += NO_TEXT + shown[1:] if self.is_escaped(place, what) else shown
        elif kind == "Code":
            line.text((*self.marks, "code"), what)
            line.raw += NO_TEXT
        elif kind == "InlineHtml":
            line.text(self.marks, what)
            line.raw += what
        elif kind == "SoftBreak":
            line.text(self.marks, " ")
            line.raw += "\n"
        elif kind == "HardBreak":
            line.sign("br")
            line.raw += "  \n"
        elif kind == "TaskListMarker":
            line.sign(f"task {what}")
        elif kind == "FootnoteReference":
            line.sign("note")
            line.raw += NO_TEXT
            self.led_to[what] = None

    def is_escaped(self, place: int, text: str) -> bool:
        """Whether a text begins with a character behind a backslash, or with one that was written as an entity."""
        return self.written[place - 1 : place] == b"\\" or (self.written[place : place + 1] == b"&" and text[:1] != "&")
