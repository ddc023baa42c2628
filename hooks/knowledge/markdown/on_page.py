"""What a page shows, leaf by leaf: read from its tree once inline patterns and attribute lists are done with."""

from __future__ import annotations

import re
from html import unescape
from xml.etree.ElementTree import Element

from lxml import html as lxml_html
from markdown import Markdown
from markdown.extensions.footnotes import FN_BACKLINK_TEXT, NBSP_PLACEHOLDER
from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE

from . import safe
from .leaf import NO_TEXT, Box, Container, Leaf, Line, Reader, as_link, title_words

INLINE = safe.INLINE | {"br"}
MARKS = {"em": "em", "i": "em", "strong": "strong", "b": "strong", "del": "del", "s": "del", "sub": "sub"}
"""What words can be, beside links and code."""
LOWERED = 3
"""Letters that can be lowered, as in H~2~O; GitHub strikes out what stands between single tildes."""
STYLE = re.compile(r"text-align: (\w+);")


def on_page(root: Element, md: Markdown) -> tuple[list[Leaf], list[Box]]:
    """What a page shows, and its boxes, taken from its tree once inline patterns and attribute lists are done with."""
    tree = _Tree(md)
    tree.inside(root)
    return tree.leaves + tree.notes, tree.boxes


class _Tree(Reader):
    """Reads the tree of a page."""

    def __init__(self, md: Markdown):
        super().__init__()
        self.md = md
        self.notes: list[Leaf] = []
        self.boxes: list[Box] = []

    def inside(self, parent: Element) -> None:
        """What stands in a block: its own words, then its blocks, in their order."""
        line = Line()
        self._text(line, (), parent.text)
        for child in parent:
            if child.tag in INLINE:
                self._inline(line, (), child)
            else:
                self._say(line)
                line = Line()
                self._block(child)
            self._text(line, (), child.tail)
        self._say(line)

    def _say(self, line: Line) -> None:
        if content := line.folded() if line.pieces else ():
            self.add("p", content, raw=line.raw)

    def _within(self, container: Container, element: Element) -> None:
        self.within.append(container)
        self.inside(element)
        if container.is_new and container.name in ("ul", "ol"):  # An item without words.
            self.add("p")
        self.within.pop()

    def _block(self, element: Element) -> None:
        BLOCKS.get(element.tag, _Tree.inside)(self, element)

    def _paragraph(self, element: Element) -> None:
        found = HTML_PLACEHOLDER_RE.fullmatch((element.text or "").strip()) if not len(element) else None
        if found:
            self._stashed(int(found[1]))
        else:
            self.inside(element)

    def _list(self, element: Element) -> None:
        is_numbered = element.tag == "ol"
        items = Container(element.tag, int(element.get("start", 1)) if is_numbered else 0)
        for item in element:
            items.is_new = True
            self._within(items, item)
            items.number += is_numbered

    def _quotation(self, element: Element) -> None:
        self._within(Container("quote"), element)

    def _definition(self, element: Element) -> None:
        self._within(Container("dd"), element)

    def _heading(self, element: Element) -> None:
        line = self._line(element)
        self.add(element.tag, line.folded(), raw=line.raw)

    def _rule(self, element: Element) -> None:
        self.add("hr")

    def _pre(self, element: Element) -> None:
        self.add("pre", _code(unescape("".join(element.itertext()))))

    def _table(self, element: Element) -> None:
        for row in element.iter("tr"):
            line = Line()
            for cell in row:
                aligned = STYLE.search(cell.get("style", ""))
                line.sign(f"cell {aligned[1] if aligned else cell.get('align', 'none')}")
                self._fill(line, (), cell)
            self.add("row", line.folded(), raw=line.raw)

    def _details(self, element: Element) -> None:
        self._box(element.find("summary"), element)

    def _div(self, element: Element) -> None:
        names = element.get("class", "").split()
        if "footnote" in names:
            self._footnotes(element)
        elif "admonition" in names:
            self._box(element.find("p[@class='admonition-title']"), element)
        elif "tabbed-set" in names:
            labels = element.findall("div[@class='tabbed-labels']/label")
            for label, block in zip(labels, element.findall("div[@class='tabbed-content']/div"), strict=False):
                self._box(label, block)
        elif "highlight" in names:
            for pre in element.iter("pre"):
                self._block(pre)
        elif "grid" in names:
            box = self.add("box")
            if "cards" in names and [child.tag for child in element] not in (["ul"], ["ol"]):
                self.boxes.append(Box(box, (), False, is_mixed=True))
            self.inside(element)
        else:
            self.inside(element)

    def _footnotes(self, element: Element) -> None:
        outside, self.leaves, self.within = (self.leaves, self.within), self.notes, []
        for item in element.iterfind("ol/li"):
            self._within(Container("note"), item)
        self.leaves, self.within = outside

    def _figure(self, element: Element) -> None:
        if element.find("figcaption/p") is None:
            self.add("box")
        self.inside(element)

    def _caption(self, element: Element) -> None:
        if element.find("p") is None:
            self.add("box", title_words("".join(self._line(element).folded())))
        else:
            self.add("box")
            self.inside(element)

    def _box(self, title: Element | None, element: Element) -> None:
        line = self._line(title) if title is not None else Line()
        inner = Element("div")
        inner.text = element.text
        inner.extend(child for child in element if child is not title)
        box = self.add("box", title_words("".join(line.folded())), raw=line.raw)
        place, before = len(self.boxes), len(self.leaves)
        self.inside(inner)
        names = tuple(name for name in element.get("class", "").split() if name != "admonition")
        self.boxes.insert(place, Box(box, names, is_empty=len(self.leaves) == before))

    def _stashed(self, number: int) -> None:
        """A block that an extension has made as HTML."""
        stashed = self.md.htmlStash.rawHtmlBlocks[number]
        markup = stashed if isinstance(stashed, str) else self.md.serializer(stashed)
        tree = lxml_html.fragment_fromstring(markup, create_parent="div")
        self.add("pre" if tree.find(".//pre") is not None else "html", _code(tree.text_content()))

    def _line(self, element: Element) -> Line:
        line = Line()
        self._fill(line, (), element)
        return line

    def _fill(self, line: Line, marks: tuple[str, ...], element: Element) -> None:
        self._text(line, marks, element.text)
        for child in element:
            self._inline(line, marks, child)
            self._text(line, marks, child.tail)

    def _inline(self, line: Line, marks: tuple[str, ...], element: Element) -> None:
        tag, names = element.tag, element.get("class", "").split()
        if tag == "br":
            line.sign("br")
            line.raw += "\n"
        elif tag == "img":
            line.picture(marks, self._read(element.get("src", "")), self._read(element.get("alt", "")))
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
            self._fill(line, (*marks, as_link(address, title)), element)
            if self._read("".join(element.itertext())) == address:
                line.raw = before + NO_TEXT
        else:
            is_lowered = tag == "sub" and len("".join(element.itertext())) <= LOWERED
            what = () if is_lowered or tag not in MARKS else (MARKS[tag],)
            self._fill(line, (*marks, *what), element)

    def _read(self, text: str) -> str:
        """A text as it will stand on the page."""
        text = unescape(text.replace(AMP_SUBSTITUTE, "&")) if "&" in text or AMP_SUBSTITUTE in text else text
        text = text.replace(NBSP_PLACEHOLDER, "").replace(FN_BACKLINK_TEXT, "")
        return safe.ESCAPED.sub(lambda found: chr(int(found[1])), text) if "\x02" in text else text

    def _text(self, line: Line, marks: tuple[str, ...], text: str | None) -> None:
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
                line.raw += safe.ESCAPED.sub(NO_TEXT, part) if "\x02" in part else part


BLOCKS = {
    **{"p": _Tree._paragraph, "ul": _Tree._list, "ol": _Tree._list, "table": _Tree._table, "div": _Tree._div},
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "dt"), _Tree._heading),
    **{"blockquote": _Tree._quotation, "dd": _Tree._definition, "hr": _Tree._rule, "pre": _Tree._pre},
    **{"details": _Tree._details, "figure": _Tree._figure, "figcaption": _Tree._caption},
}
"""How a block is read, by its tag; of all others the content counts alone."""


def _code(text: str) -> tuple[str, ...]:
    """The content of a leaf that is nothing but code."""
    words = " ".join(text.split())
    return (f"code|{words}",) if words else ()
