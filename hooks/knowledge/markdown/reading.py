"""One reading: what GitHub shows of a text, and what its page shows, in a form in which both can be compared.

A text is a row of leaves: paragraphs, headings, rows of tables, code. Each has a path, the lists and quotations in
which it stands, and its words with what they are (bold, a link). Ways of writing that only a site's Markdown knows,
such as citations, attribute lists and icons, are left out on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from itertools import repeat
from typing import Any, NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from lxml import html as lxml_html
from markdown import Markdown
from markdown.extensions.footnotes import FN_BACKLINK_TEXT, NBSP_PLACEHOLDER
from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE, STX

from ..content.containers import FENCE_LINE, opened
from ..content.outline import CITATION, PARSER
from .vocabulary import KIND_OF

ESCAPED = re.compile("\x02(\\d+)\x03")
"""A character behind a backslash, as Python-Markdown keeps it until the end."""
ABBREVIATION = re.compile(r"^ {0,3}\*\[[^\]\n]+\] ?:[^\n]*$", re.MULTILINE)
NO_DEFINITION = re.compile(r"^( {0,3}):(?! {1,3}\S|-)", re.MULTILINE)
ATTRIBUTE = r"(?:[#.][\w-]+|[\w:-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s}\"']+))"
ATTRIBUTES = re.compile(rf"(?<![ \t\n])[ \t\n]*+\{{:?[ \t]*+{ATTRIBUTE}(?:[ \t]++{ATTRIBUTE})*+[ \t]*+\}}")
"""An attribute list: `{#id}`, `{: .class }`, `{ width="300" }`."""
ICON = re.compile(r":[a-z0-9_+][\w+-]*:", re.IGNORECASE)
OWN_MARKS = re.compile(r"==|\^\^?|~")
"""Marks of Material's vocabulary that GitHub shows as they are."""
CITED = re.compile(rf"(?<![ \t\n])[ \t\n]*+{CITATION.pattern}")
EDGE = re.compile(r"<!--(.*)-->")
INLINE = frozenset(
    """a abbr b bdi bdo br cite code del dfn em i img input ins kbd label mark q s samp small span strong sub sup time
    u var wbr""".split()
)
MARKS = {"em": "em", "i": "em", "strong": "strong", "b": "strong", "del": "del", "s": "del", "sub": "sub"}
"""What words can be, beside links and code."""
EVENTS = {"Emphasis": "em", "Strong": "strong", "Strikethrough": "del"}
LOWERED = 3
"""Letters that can be lowered, as in H~2~O; GitHub strikes out what stands between single tildes."""
NO_TEXT = "\ufffc"
"""Stands for what is no running text."""
STYLE = re.compile(r"text-align: (\w+);")


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
    """Fenced code."""

    language: str
    is_closed: bool
    line: int


def on_github(markdown: str, is_placed: bool = True) -> tuple[list[Leaf], list[Fence]]:
    """What GitHub shows of a text, and its fences.

    Args:
        is_placed: whether it is said where all of it stands, and what was escaped, which takes longer than all else.
    """
    source = opened(markdown, lambda title: f"<!--{title}-->")
    if NO_DEFINITION.search(source) or ABBREVIATION.search(source):
        source = "\n".join(_in_github_words(source))
    events = _Events(source, is_placed)
    return events.leaves(), events.fences


def _in_github_words(source: str) -> Iterator[str]:
    """The lines without abbreviations; a colon against a word begins no definition, as only our parser has it."""
    fence = ""
    for line in source.split("\n"):
        mark = FENCE_LINE.match(line)
        if fence or mark:
            fence = "" if fence and line.strip().startswith(fence) else fence or (mark[1] if mark else "")
            yield line
        else:
            yield NO_DEFINITION.sub(r"\1\\:", ABBREVIATION.sub("", line))


def on_page(root: Element, md: Markdown) -> tuple[list[Leaf], list[Box]]:
    """What a page shows, and its boxes, taken from its tree once inline patterns and attribute lists are done with."""
    reader = _Tree(md)
    reader.inside(root, [], reader.leaves)
    return reader.leaves + reader.notes, reader.boxes


def _path(stack: list[list]) -> tuple[str, ...]:
    """The path of a leaf; of containers that it opens, the name says so."""
    path = []
    for container in stack:
        name, number, is_new = container
        if name:
            path.append(f"{name}*{number}" if is_new else name)
        container[2] = False
    return tuple(path)


class _Line:
    """The words of a leaf as they come."""

    def __init__(self) -> None:
        self.pieces: list[tuple[str, str]] = []
        self.raw = ""

    def text(self, marks: Sequence[str], text: str) -> None:
        if text:
            self.pieces.append(("+".join(sorted(set(marks))) if marks else "", text))

    def sign(self, name: str) -> None:
        self.pieces.append(("<", f"<{name}>"))

    @property
    def is_empty(self) -> bool:
        return not any(text.strip() for _, text in self.pieces)

    def folded(self) -> tuple[str, ...]:
        """Its pieces, with spaces folded and neighbours of one kind joined."""
        if len(self.pieces) == 1 and not self.pieces[0][0]:  # Most are nothing but words.
            shown = " ".join(_plain(self.pieces[0][1]).split())
            return (f"|{shown}",) if shown else ()
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
            text = text if "code" in marks.split("+") else _plain(text)
            words = text.split()
            is_apart = is_apart or text[:1].isspace()
            if words:
                if is_apart and found and not found[-1].startswith(("<br", "<cell")):
                    found.append(" ")
                found.append(f"{marks}|{' '.join(words)}")
                is_apart = text[-1:].isspace()
        return tuple(found)


def _plain(text: str) -> str:
    """A text without what only a site's Markdown knows."""
    if "{" in text:
        text = ATTRIBUTES.sub("", text)
    if "@" in text:
        text = CITED.sub("", text)
    if ":" in text:
        text = ICON.sub("", text)
    return OWN_MARKS.sub("", text) if "=" in text or "^" in text or "~" in text else text


def _title(title: str) -> tuple[str, ...]:
    """A box's title, as far as it says more than its kind."""
    words = " ".join(re.sub(r"[*_`]|(?<![^\W_])[^\W_]*+\|", "", _plain(title)).split())
    return () if not words or words.lower() in KIND_OF else (f"|{words}",)


def _address(target: str, title: str | None) -> str:
    """A link as one of the things that words can be."""
    return f"a={unquote(unescape(target)).strip()}" + (f" “{' '.join(title.split())}”" if title else "")


def _picture(target: str, alt: str) -> str:
    words = " ".join(re.findall(r"\w+", unescape(alt)))
    return f"img {unquote(unescape(target)).strip()} {words}"


# --- GitHub -------------------------------------------------------------------------------


class _Events:
    """Reads the events of a CommonMark parser that knows what GitHub adds."""

    def __init__(self, source: str, is_placed: bool):
        self.source, self.is_placed = source, is_placed
        self.written = source.encode()
        self.stack: list[list] = []
        self.marks: list[str] = []
        self.line: _Line | None = None
        self.begun = 0
        self.notes: dict[str, list[Leaf]] = {}
        self.order: list[str] = []
        self.found: list[Leaf] = []
        self.into = self.found
        self.place, self.number = 0, 1
        self.silent = 0
        self.is_address = False
        self.alt: list[str] = []
        self.in_table = False
        self.fences: list[Fence] = []

    def leaves(self) -> list[Leaf]:
        what: Any  # Each kind of event has its own.
        events: Iterable[tuple[Any, Any]] = (
            PARSER.events_with_range(self.source)
            if self.is_placed
            else zip(PARSER.events(self.source, merge_text=True), repeat({"start": 0, "end": 0}))
        )
        for event, place in events:
            kind, what = next(iter(event.items())) if isinstance(event, dict) else (event, None)
            if kind == "Start":
                tag, of = next(iter(what.items())) if isinstance(what, dict) else (what, None)
                self.start(tag, of, place["start"])
                if tag == "CodeBlock" and isinstance(of, dict):
                    lines = self.written[place["start"] : place["end"]].decode().strip().split("\n")
                    is_closed = len(lines) > 1 and lines[-1].strip(" >").startswith(lines[0][:3])
                    self.fences.append(Fence(of["Fenced"].split(" ")[0].lower(), is_closed, self.begun))
            elif kind == "End":
                self.end(*next(iter(what.items())) if isinstance(what, dict) else (what, None))
            else:
                self.inline(kind, what, place["start"])
        self.close()
        for label in self.order:
            self.found += self.notes.get(label, ())
        return self.found

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
        self.line, self.begun = _Line(), self.at(place)

    def close(self, kind: str = "p") -> None:
        """End a leaf."""
        if self.line is not None:
            content = self.line.folded()
            if content or kind != "p":
                self.into.append(Leaf(kind, _path(self.stack), content, self.begun, self.line.raw))
            self.line = None

    def start(self, tag: str, of, place: int) -> None:
        if tag == "Paragraph":
            self.begin(place)
        elif tag in EVENTS:
            self.ensure(place)
            self.marks.append(EVENTS[tag])
        elif tag == "Link":
            self.ensure(place)
            scheme = "mailto:" if of["link_type"] == "Email" else ""
            self.marks.append(_address(scheme + of["dest_url"], of["title"]))
            self.is_address = of["link_type"] == "Autolink"
        elif tag == "Image":
            self.ensure(place)
            self.silent += 1
            self.alt.append("")
            self.marks.append(of["dest_url"])
        elif tag == "List":
            self.close()
            self.stack.append(["ul" if of is None else "ol", "" if of is None else of, False])
        elif tag == "Item":
            self.close()
            self.stack[-1][2] = True
        elif tag == "BlockQuote":
            self.close()
            if of:
                self.into.append(Leaf("box", _path(self.stack), (), self.at(place)))
                self.stack.append(["", "", False])
            else:
                self.stack.append(["quote", "", True])
        elif tag == "FootnoteDefinition":
            self.close()
            self.into = self.notes.setdefault(of, [])
            self.stack, self.outside = [["note", "", True]], self.stack
        elif tag == "DefinitionListDefinition":
            self.close()
            self.stack.append(["dd", "", True])
        elif tag in ("TableHead", "TableRow"):
            self.begin(place)
            self.cell = 0
        elif tag == "Table":
            self.aligned, self.in_table = [str(one).lower() for one in of], True
        elif tag == "TableCell":
            if self.line is None:
                self.begin(place)
            assert self.line is not None  # It has just begun.
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
                marks = "+".join(sorted(set(self.marks)))
                self.line.sign(f"{marks} {_picture(target, alt)}".strip())
        elif tag == "List":
            self.close()
            self.stack.pop()
        elif tag == "Item":
            self.close()
            if self.stack[-1][2]:  # An item without words.
                self.into.append(Leaf("p", _path(self.stack), (), self.number))
            if self.stack[-1][0] == "ol":
                self.stack[-1][1] += 1
        elif tag in ("BlockQuote", "DefinitionListDefinition"):
            self.close()
            self.stack.pop()
        elif tag == "FootnoteDefinition":
            self.close()
            self.into, self.stack = self.found, self.outside
        elif tag == "Heading":
            level = of if isinstance(of, str) else of[0]
            self.close(f"h{str(level)[-1]}")
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
                    title = _title(re.sub(r"[*_`\\]", "", unescape(edge[1])))
                    self.into.append(Leaf("box", _path(self.stack), title, self.begun_html))
            else:
                self.into.append(Leaf("html", _path(self.stack), (self.html,), self.begun_html))

    def inline(self, kind: str, what, place: int) -> None:
        if kind == "Html":
            self.html += what
            return
        if kind == "Rule":
            self.close()
            self.into.append(Leaf("hr", _path(self.stack), (), self.at(place)))
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
            self.line.raw += "\n"
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


# --- The page ------------------------------------------------------------------------------


class _Tree:
    """Reads the tree of a page."""

    def __init__(self, md: Markdown):
        self.md = md
        self.leaves: list[Leaf] = []
        self.notes: list[Leaf] = []
        self.boxes: list[Box] = []

    def inside(self, parent: Element, stack: list[list], into: list[Leaf]) -> None:
        """What stands in a block: its own words, then its blocks, in their order."""
        line = _Line()
        self._text(line, (), parent.text)
        for child in parent:
            if child.tag in INLINE:
                self._inline(line, (), child)
            else:
                self._say(line, stack, into)
                line = _Line()
                self._block(child, stack, into)
            self._text(line, (), child.tail)
        self._say(line, stack, into)

    def _say(self, line: _Line, stack: list[list], into: list[Leaf]) -> None:
        content = line.folded() if line.pieces else ()
        if content:
            into.append(Leaf("p", _path(stack), content, raw=line.raw))

    def _block(self, element: Element, stack: list[list], into: list[Leaf]) -> None:
        tag, names = element.tag, element.get("class", "").split()
        if tag == "p" and not names and not (element.text or "").startswith(STX):
            self.inside(element, stack, into)  # Most are.
        elif tag in ("ul", "ol"):
            number = int(element.get("start", 1)) if tag == "ol" else ""
            stack.append([tag, number, False])
            for item in element:
                stack[-1][2] = True
                self.inside(item, stack, into)
                if stack[-1][2]:
                    into.append(Leaf("p", _path(stack), ()))
                if tag == "ol":
                    stack[-1][1] += 1
            stack.pop()
        elif tag in ("blockquote", "dd"):
            stack.append(["quote" if tag == "blockquote" else tag, "", True])
            self.inside(element, stack, into)
            stack.pop()
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6", "dt"):
            line = self._line(element)
            into.append(Leaf(tag, _path(stack), line.folded(), raw=line.raw))
        elif tag == "hr":
            into.append(Leaf("hr", _path(stack), ()))
        elif tag == "pre":
            line = _Line()
            line.text(("code",), unescape("".join(element.itertext())))
            into.append(Leaf("pre", _path(stack), line.folded()))
        elif tag == "table":
            for row in element.iter("tr"):
                line = _Line()
                for cell in row:
                    aligned = STYLE.search(cell.get("style", ""))
                    line.sign(f"cell {aligned[1] if aligned else cell.get('align', 'none')}")
                    self._fill(line, (), cell)
                into.append(Leaf("row", _path(stack), line.folded(), raw=line.raw))
        elif tag == "div" and "footnote" in names:
            for item in element.iter("li"):
                self.inside(item, [["note", "", True]], self.notes)
        elif tag in ("div", "details") and ("admonition" in names or tag == "details"):
            title = element.find("p[@class='admonition-title']") if tag == "div" else element.find("summary")
            self._box(title, element, stack, into)
        elif tag == "div" and "tabbed-set" in names:
            labels = element.findall("div[@class='tabbed-labels']/label")
            for label, block in zip(labels, element.findall("div[@class='tabbed-content']/div"), strict=False):
                self._box(label, block, stack, into)
        elif tag == "div" and "highlight" in names:
            for pre in element.iter("pre"):
                self._block(pre, stack, into)
        elif tag == "p" and (found := HTML_PLACEHOLDER_RE.fullmatch((element.text or "").strip())) and not len(element):
            into.append(self._stashed(int(found[1]), stack))
        elif tag == "figcaption" and element.find("p") is None:
            into.append(Leaf("box", _path(stack), _title("".join(self._line(element).folded()))))
        else:
            is_caption = tag == "figcaption" or (tag == "figure" and element.find("figcaption/p") is None)
            if is_caption or (tag == "div" and "grid" in names):
                into.append(Leaf("box", _path(stack), ()))
                if "cards" in names and [child.tag for child in element] not in (["ul"], ["ol"]):
                    self.boxes.append(Box(into[-1], (), False, is_mixed=True))
            self.inside(element, stack, into)

    def _box(self, title: Element | None, element: Element, stack: list[list], into: list[Leaf]) -> None:
        names = element.get("class", "").split()
        line = self._line(title) if title is not None else _Line()
        inner = Element("div")
        inner.text = element.text
        inner.extend(child for child in element if child is not title)
        box = Leaf("box", _path(stack), _title("".join(line.folded())), raw=line.raw)
        place, before = len(self.boxes), len(into)
        into.append(box)
        self.inside(inner, stack, into)
        is_empty = len(into) == before + 1
        self.boxes.insert(place, Box(box, tuple(name for name in names if name != "admonition"), is_empty))

    def _stashed(self, number: int, stack: list[list]) -> Leaf:
        """A block that an extension has made as HTML."""
        stashed = self.md.htmlStash.rawHtmlBlocks[number]
        markup = stashed if isinstance(stashed, str) else self.md.serializer(stashed)
        tree = lxml_html.fragment_fromstring(markup, create_parent="div")
        line = _Line()
        line.text(("code",), tree.text_content())
        return Leaf("pre" if tree.find(".//pre") is not None else "html", _path(stack), line.folded())

    def _line(self, element: Element) -> _Line:
        line = _Line()
        self._fill(line, (), element)
        return line

    def _fill(self, line: _Line, marks: tuple[str, ...], element: Element) -> None:
        self._text(line, marks, element.text)
        for child in element:
            self._inline(line, marks, child)
            self._text(line, marks, child.tail)

    def _inline(self, line: _Line, marks: tuple[str, ...], element: Element) -> None:
        tag, names = element.tag, element.get("class", "").split()
        if tag == "br":
            line.sign("br")
            line.raw += "\n"
        elif tag == "img":
            own = "+".join(sorted(set(marks)))
            alt = self._read(element.get("alt", ""))
            line.sign(f"{own} {_picture(self._read(element.get('src', '')), alt)}".strip())
        elif tag == "code":
            line.text((*marks, "code"), unescape("".join(element.itertext())))
            line.raw += NO_TEXT
        elif tag == "input":
            line.sign(f"task {'checked' in element.attrib}")
        elif "cites" in names or "footnote-backref" in names or {"twemoji", "emojione", "gemoji"} & set(names):
            pass
        elif tag == "sup" and element.get("id", "").startswith("fnref"):
            line.sign("note")
        elif tag == "a":
            title, address, before = self._read(element.get("title", "")), self._read(element.get("href", "")), line.raw
            self._fill(line, (*marks, _address(address, title)), element)
            if self._read("".join(element.itertext())) == address:
                line.raw = before + NO_TEXT
        elif tag == "sub" and len("".join(element.itertext())) <= LOWERED:
            self._fill(line, marks, element)
        elif tag in MARKS:
            self._fill(line, (*marks, MARKS[tag]), element)
        else:
            self._fill(line, marks, element)

    def _read(self, text: str) -> str:
        """A text as it will stand on the page."""
        text = unescape(text.replace(AMP_SUBSTITUTE, "&")) if "&" in text or AMP_SUBSTITUTE in text else text
        text = text.replace(NBSP_PLACEHOLDER, "").replace(FN_BACKLINK_TEXT, "")
        return ESCAPED.sub(lambda found: chr(int(found[1])), text) if "\x02" in text else text

    def _text(self, line: _Line, marks: tuple[str, ...], text: str | None) -> None:
        if not text:
            return
        parts = HTML_PLACEHOLDER_RE.split(text) if "\x02" in text else [text]
        for i, part in enumerate(parts):
            if i % 2:
                stashed = str(self.md.htmlStash.rawHtmlBlocks[int(part)])
                if "checkbox" in stashed:
                    line.sign(f"task {'checked' in stashed}")
            else:
                line.text(marks, self._read(part))
                line.raw += ESCAPED.sub(NO_TEXT, part) if "\x02" in part else part
