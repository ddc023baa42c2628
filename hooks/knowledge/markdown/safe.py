"""Safe HTML: the converter knows no raw HTML, and what an editor's marks have made is held against a list.

It is the result that is looked at: whatever way of writing led there, an element, an attribute or an
address that is not on the lists is told, and taken out of the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from xml.etree.ElementTree import Element

from lxml import etree
from lxml import html as lxml_html
from lxml.etree import LxmlError
from markdown import Markdown
from markdown.util import AMP_SUBSTITUTE

from ..content import svg
from ..core.table import table
from .fault import Fault
from .tree import TreeExtension

ALLOWED = table(Path(__file__).with_name("allowed.yml"))
ELEMENTS, EVERYWHERE = (frozenset(ALLOWED[what].split()) for what in ("elements", "everywhere"))
OWN = {name: frozenset(attributes.split()) for name, attributes in ALLOWED["attributes"].items()}
"""What each element may have beside what all may."""
ARIA = "aria-"
ALIGNED = re.compile(r"\Atext-align: (?:left|center|right);\Z")
"""The only style: that of a table's column."""
ADDRESSES = frozenset(("href", "src", "poster", "cite"))
LED_BY = frozenset((("a", "href"), ("img", "src")))
"""Elements that MkDocs takes to have their address: without it they go."""
SCHEMES = frozenset(("https", "http", "mailto", "tel"))
SCHEME = re.compile(r"\A([A-Za-z][A-Za-z0-9+.-]*):")
DROPPED = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
"""What browsers leave out of an address, and what nobody sees in one."""
ESCAPED = re.compile(r"\x02(\d+)\x03")
"""A character behind a backslash, as Python-Markdown keeps it until the end."""
TAG = re.compile(r"<(?:/?[A-Za-z][^<>]*>|!--|![A-Za-z\[]|\?)")
"""What looks like raw HTML where it is only text."""
FILM = "write a link to the film, alone on a line: [what it shows](https://…)"
INSTEAD = {
    **dict.fromkeys(("iframe", "embed", "object", "video"), FILM),
    **dict.fromkeys(("b", "strong"), "write **words**"),
    **dict.fromkeys(("i", "em"), "write *words*"),
    "a": "write [words](address)",
    "br": "write two spaces at the end of the line, or a blank line",
    "img": "write ![what it shows](picture.jpg)",
}
"""What an editor writes who knows an element from elsewhere."""
SILENT = frozenset(("code", "pre"))
INLINE = frozenset(
    """a abbr b bdi bdo button cite code del dfn em i img input ins kbd label mark q s samp small span strong sub sup
    time tt u var wbr""".split()
)


@dataclass(eq=False)
class SafeExtension(TreeExtension):
    """Python-Markdown extension, to be among the last."""

    report: Callable[[Fault], object]
    name, priority = "safe", 7.9
    """Behind attribute lists (8), the last of what an editor writes; what comes later is the site's own."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Take out what would read raw HTML."""
        md.preprocessors.deregister("html_block", strict=False)
        for name in ("html", "entity"):
            md.inlinePatterns.deregister(name, strict=False)
        super().extendMarkdown(md)

    def run(self, root: Element) -> None:
        for text in _running_texts(root):
            opened = set()
            for found in TAG.finditer(text):
                name = re.match(r"</?(\w*)", found[0])[1].lower()  # type: ignore[index]
                if found[0].startswith("</") and name in opened:
                    continue
                opened.add(name)
                tag = found[0] if len(found[0]) < 60 else f"{found[0][:59]}…"
                fix = INSTEAD.get(name, "delete it, and leave the words; for a plain < write &lt;")
                fix = "delete it, and what it hides" if found[0].startswith("<!") else fix
                self.report(Fault(f"raw HTML: {ESCAPED.sub('', tag)}", fix, re.split(r"[\s\x02]", found[0])[0]))
        for element in root.iter():
            if element.attrib or element.tag not in ELEMENTS:
                self._check(element)
        stash = self.md.htmlStash.rawHtmlBlocks
        for place, stashed in enumerate(stash):
            if isinstance(stashed, Element):
                for element in stashed.iter():
                    self._check(element)
            elif self._is_bad(str(stashed)):
                stash[place] = escape(str(stashed))

    def _is_bad(self, markup: str) -> bool:
        """Whether HTML that an extension has made holds what it may not."""
        if "<" not in markup:
            return False
        try:
            if markup.startswith("<svg"):  # An icon: what counts there is XML, with its capitals.
                elements = etree.fromstring(markup).iter(etree.Element)
            else:
                elements = lxml_html.fragment_fromstring(f"<div>{markup}</div>").iterdescendants()
        except (ValueError, LxmlError):
            self.report(Fault("HTML that no browser could read", "write Markdown", markup[:20]))
            return True
        return bool([fault for element in elements if (fault := self._told(element.tag, element.attrib))])

    def _told(self, tag: object, attributes) -> list[str]:
        found = list(faults(tag, attributes))
        for _, fault in found:
            self.report(fault)
        return [name for name, _ in found]

    def _check(self, element: Element) -> None:
        for name in self._told(element.tag, element.attrib):
            if name and (element.tag, name) not in LED_BY:
                del element.attrib[name]
            else:
                element.tag = "span"
                element.attrib.clear()
                break


def faults(tag: object, attributes) -> Iterator[tuple[str, Fault]]:
    """What is wrong with an element: the attributes, each with its fault; without a name, the element itself."""
    if not isinstance(tag, str):
        yield "", Fault("raw HTML: a comment", "delete it", "<!--")
        return
    name = tag.removeprefix(f"{{{svg.NAMESPACE}}}")
    is_drawing = name in svg.ELEMENTS and name not in ELEMENTS and name not in ("style", "image")
    if name not in ELEMENTS and not is_drawing:
        yield "", Fault(f"the element <{name}> cannot stand on a page", "write Markdown, without HTML", name)
        return
    own = OWN.get(name, frozenset())
    for attribute, value in list(attributes.items()):
        value = "" if value is None else _plain(str(value))
        key = attribute.lower()
        if key in ADDRESSES and key in own:
            if wrong := wrong_address(value):
                fix = "write https://…, mailto:…, tel:… or the path of a file of the site"
                yield attribute, Fault(f"the address “{value.strip()[:60]}” {wrong}", fix, value)
        elif key == "style" and ALIGNED.match(value):
            continue
        elif key == "style" or (key not in own | EVERYWHERE and not key.startswith(ARIA)):
            if not (is_drawing and attribute in svg.ATTRIBUTES and key not in ("style", "href")):
                fix = "delete it, or write {#…} for an id, {.…} for a class; a picture has a width too"
                yield attribute, Fault(f"the attribute “{attribute[:60]}” cannot stand on a page", fix, attribute)
        elif key == "srcset":
            for address in value.split(","):
                if wrong := wrong_address(address):
                    yield attribute, Fault(f"the address “{address.strip()[:60]}” {wrong}", "write a path", value)


def wrong_address(address: str) -> str | None:
    """What is wrong with where an address leads, as a browser reads it."""
    plain = DROPPED.sub("", unescape(address)).replace("\\", "/")
    if plain.startswith("//"):
        return "leads to another site without saying how"
    scheme = SCHEME.match(plain)
    if scheme and scheme[1].lower() not in SCHEMES:
        return f"begins with {scheme[1]}:, which no page here leads to"
    return None


def _plain(value: str) -> str:
    """An attribute's value as it will stand in the page."""
    return ESCAPED.sub(lambda found: chr(int(found[1])), value.replace(AMP_SUBSTITUTE, "&"))


def _running_texts(root: Element) -> Iterator[str]:
    """The running text of each block that holds a “<” outside code."""
    for block in root.iter():
        if block.tag not in INLINE and block.tag not in SILENT:
            text = "".join(_running(block))
            if "<" in text:
                yield text


def _running(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in INLINE and child.tag not in SILENT:
            yield from _running(child)
        yield child.tail or ""
