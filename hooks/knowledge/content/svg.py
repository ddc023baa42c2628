"""An SVG drawing: what may stand in one, since a drawing is a document that can hold programs.

Elements and attributes are those that draw. Nothing in a drawing runs, moves, or comes from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from ..core.table import table
from .kind import SVG, kind_of

COVER = (640, 360)
"""Width and height of a cover."""
DRAWN = 10_000
"""The most elements that a drawing may show, with what `use` repeats."""
DEPTH = 100
"""The most elements that may stand inside each other."""
SHAPES = frozenset("path rect circle ellipse line polyline polygon text image use".split())
NAMESPACE = "http://www.w3.org/2000/svg"
XLINK, XML = "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"
ALLOWED: dict[str, str] = table(Path(__file__).with_name("svg.yml"))
ELEMENTS, PROPERTIES = (frozenset(ALLOWED[what].split()) for what in ("elements", "properties"))
ATTRIBUTES = PROPERTIES | frozenset(ALLOWED["attributes"].split())
PREFIXED = ("aria-", "data-name")
"""Beginnings of others."""
OTHER_ATTRIBUTES = {XLINK: frozenset("href title type show actuate".split()), XML: frozenset(("space", "lang"))}
INERT = frozenset(
    (
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://purl.org/dc/elements/1.1/",
        "http://creativecommons.org/ns#",
        "http://web.resource.org/cc/",
    )
)
"""Namespaces of what `metadata` says of author and licence: nobody draws or runs it."""
INSIDE = re.compile(r"\A#[^\s#]+\Z")
PICTURE = re.compile(r"\Adata:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]+\Z")
ANY_PICTURE = re.compile(r"\Adata:image/[a-z+]+;base64,[A-Za-z0-9+/=\s]*\Z")
URL = re.compile(r"\burl\(\s*+(['\"]?)([^'\"()\s]*+)\1\s*+\)", re.IGNORECASE)
REMOTE = re.compile(
    r"@(?!media\b|supports\b)|\\|\b(?:url|image|image-set|src|element|expression|paint|cross-fade|attr|env)\(|://|/\*",
    re.IGNORECASE,
)
"""What in a style could fetch something; a backslash or a comment could hide it."""
DECLARED = re.compile(r"""\A<\?xml\b[^>]{0,100}?\bencoding\s*=\s*["']([\w.-]+)""", re.IGNORECASE)
LENGTH = re.compile(r"\A(\d+(?:\.\d+)?|\.\d+)(?:px)?\Z")
NUMBER = re.compile(r"\A[-+]?(?:\d++\.?\d*+|\.\d++)(?:[eE][-+]?\d+)?\Z")
VIEWED = re.compile(r"""<svg\b[^<>]*?\bviewBox\s*=\s*["']([^"'<>]*)["']""")
SAVE_PLAIN = "save it as “Plain SVG” or “optimised SVG” in your drawing program"


class Flaw(NamedTuple):
    """What is wrong with a drawing, a style sheet or a template."""

    line: int
    message: str
    fix: str


def flaws(data: bytes, size: tuple[int, int] | None = None, pictures: re.Pattern[str] = PICTURE) -> list[Flaw]:
    """What is wrong with a drawing that must have a width and height, each kind of thing once; `pictures` says what an
    `image` may hold."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        kind = kind_of(data[:64])
        if kind and kind != SVG:
            return [Flaw(1, f"it is not {SVG.name}, but {kind.name}", "save it as SVG, or give it its own ending")]
        return [Flaw(1, "the drawing is not UTF-8", "save it with the encoding UTF-8")]
    if not text.strip():
        return [Flaw(1, "the file is empty", "save the drawing again")]
    if declared := re.search(r"<!\s*(?:DOCTYPE|ENTITY)", text, re.IGNORECASE):
        line = text.count("\n", 0, declared.start()) + 1
        return [Flaw(line, "a drawing cannot define names of its own (<!DOCTYPE …>)", "delete the definition")]
    said = DECLARED.match(text)
    if said and said[1].lower() not in ("utf-8", "utf8", "us-ascii", "ascii"):
        return [Flaw(1, f"the drawing says that it is {said[1]}, and is UTF-8", 'write encoding="UTF-8"')]
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(text.strip().encode(), parser)
    except etree.XMLSyntaxError as error:
        before = text[: len(text) - len(text.lstrip())].count("\n")
        reason = str(error.msg).partition(", line ")[0]
        message = f"the drawing cannot be read: {reason[0].lower()}{reason[1:]}"
        return [Flaw((error.lineno or 1) + before, message, "correct the line, or save the drawing again")]
    found = {flaw.message: flaw for flaw in reversed([*_drawn(root, pictures), *_size(root, size)])}
    if size and not found and not any(etree.QName(node).localname in SHAPES for node in root.iter(etree.Element)):
        return [Flaw(1, "nothing is drawn in it", "draw the cover")]
    return sorted(found.values())


def size_of(data: bytes) -> tuple[int, int] | None:
    """The width and height of a drawing that `flaws` has passed; None of another."""
    found = VIEWED.search(data.decode("utf-8", "replace"))
    numbers = found[1].replace(",", " ").split() if found else []
    if len(numbers) != 4 or not all(map(NUMBER.match, numbers)) or min(map(float, numbers[2:])) < 1:
        return None
    return round(float(numbers[2])), round(float(numbers[3]))


def _drawn(root: etree._Element, pictures: re.Pattern[str]) -> Iterator[Flaw]:
    """What stands in the drawing and may not."""
    if root.tag != f"{{{NAMESPACE}}}svg":
        fix = f'begin it with <svg xmlns="{NAMESPACE}" viewBox="0 0 640 360">'
        yield Flaw(root.sourceline, f"the drawing begins with <{_name(root)}>, not with <svg> of SVG", fix)
        return
    for node in (*root.itersiblings(preceding=True), *root.itersiblings(), *root.iter()):
        line = node.sourceline or 1
        if isinstance(node, etree._ProcessingInstruction):
            yield Flaw(line, f"a drawing cannot call other files (<?{node.target} …?>)", "delete the line")
        elif not isinstance(node.tag, str):
            yield Flaw(line, "a drawing cannot hold names that stand for text (&name;)", "write the text itself")
        else:
            name = etree.QName(node)
            if name.namespace in INERT:
                continue
            if name.namespace != NAMESPACE:
                yield Flaw(line, f"<{_name(node)}> is nothing that SVG draws", SAVE_PLAIN)
            elif name.localname not in ELEMENTS:
                fix = "delete it: a drawing here runs nothing, moves nothing and leads nowhere"
                yield Flaw(line, f"<{name.localname}> cannot stand in a drawing", fix)
            elif name.localname == "style":
                yield from _styles(line, "<style>", node.text or "")
            for attribute, value in node.attrib.items():
                yield from _attribute(line, etree.QName(attribute), value, name.localname, pictures)
    yield from _repeated(root)


def _attribute(line: int, name: etree.QName, value: str, element: str, pictures: re.Pattern[str]) -> Iterator[Flaw]:
    known = OTHER_ATTRIBUTES.get(name.namespace, frozenset()) if name.namespace else ATTRIBUTES
    if name.localname not in known and (name.namespace or not name.localname.startswith(PREFIXED)):
        if name.namespace and name.namespace not in OTHER_ATTRIBUTES:
            yield Flaw(line, f"the drawing holds what only a drawing program needs ({name.namespace})", SAVE_PLAIN)
        elif name.localname.lower().startswith("on"):
            yield Flaw(line, f"“{name.localname}” runs a program", "delete the attribute")
        else:
            yield Flaw(line, f"“{name.localname}” is no attribute of a drawing here", SAVE_PLAIN)
    elif name.localname == "href":
        if not INSIDE.match(value) and not (element == "image" and pictures.match(value)):
            fix = "put it into the drawing: href leads to an id (#…), or holds a PNG or JPEG picture (data:…)"
            yield Flaw(line, f"the drawing fetches “{value[:60]}”", fix)
    elif name.localname == "style":
        yield from _styles(line, "style=…", value)
    elif name.localname in PROPERTIES and ("(" in value or "\\" in value):
        yield from _styles(line, f"“{name.localname}”", value)


def _styles(line: int, where: str, text: str) -> Iterator[Flaw]:
    """Styles may refer to what stands in the drawing, and to nothing else."""
    inside = URL.sub(lambda found: "" if INSIDE.match(found[2]) else found[0], text)
    if where == "<style>":
        first, *rest = inside.split("/*")
        inside = first + "".join(piece.partition("*/")[2] if "*/" in piece else "/*" for piece in rest)
    if found := REMOTE.search(inside):
        fix = "delete it: a style names colours and lines, and an id of the drawing as url(#…)"
        yield Flaw(line, f"{where} holds “{inside[found.start() : found.start() + 20].strip()}”", fix)


def _repeated(root: etree._Element) -> Iterator[Flaw]:
    """Drawings that repeat themselves without end, or so often that a phone stops."""
    by_id = {id: element for element in root.iter() if (id := element.get("id"))}
    for element in root.iter(etree.Element):
        for id in (id for id in _named(element) if id not in by_id):
            fix = f'write id="{id}" where it is drawn or defined, or take “#{id}” out'
            yield Flaw(element.sourceline, f"“#{id}” is nowhere in the drawing, so that nothing is shown there", fix)
    counts: dict[etree._Element, int] = {}
    inside: set[etree._Element] = set()

    def drawn(element: etree._Element, depth: int) -> int:
        """The number of elements that an element shows."""
        if element in inside or depth > DEPTH:
            raise RecursionError
        if element not in counts:
            inside.add(element)
            shown = [*element.iterchildren(tag=etree.Element), *(by_id[id] for id in _named(element) if id in by_id)]
            counts[element] = 1 + sum(drawn(part, depth + 1) for part in shown)
            inside.discard(element)
        return counts[element]

    try:
        total = drawn(root, 0)
    except RecursionError:
        yield Flaw(root.sourceline, "the drawing holds itself, or parts inside each other without end", SAVE_PLAIN)
    else:
        if total > DRAWN:
            fix = "simplify it: leave out parts that repeat others"
            yield Flaw(root.sourceline, f"the drawing shows {total} shapes; expected at most {DRAWN}", fix)


def _named(element: etree._Element) -> Iterator[str]:
    """The ids to which an element refers."""
    for attribute, value in element.attrib.items():
        if etree.QName(attribute).localname == "href" and value.startswith("#"):
            yield value[1:]
        elif "url(" in value.lower():
            yield from (found[2][1:] for found in URL.finditer(value))


def _size(root: etree._Element, size: tuple[int, int] | None) -> Iterator[Flaw]:
    """Without a `viewBox` a drawing does not grow and shrink with its place."""
    line, box = root.sourceline, (root.get("viewBox") or "").replace(",", " ").split()
    wanted = f'viewBox="0 0 {size[0]} {size[1]}"' if size else 'viewBox="0 0 width height"'
    if len(box) != 4 or not all(NUMBER.match(part) for part in box) or min(map(float, box[2:])) <= 0:
        yield Flaw(line, "the drawing has no viewBox of four numbers, and so no size", f"write {wanted} in <svg>")
        return
    if size and [float(part) for part in box] != [0, 0, *size]:
        fix = f"draw it so, or move what is drawn and write {wanted}"
        yield Flaw(line, f"the drawing's viewBox is “{' '.join(box)}”; expected “0 0 {size[0]} {size[1]}”", fix)
        return
    given = (root.get(side) for side in ("width", "height"))
    sides = [LENGTH.match(side.strip()) for side in given if side not in (None, "100%")]
    if sides and (not all(sides) or (len(sides) == 2 and not _fits([float(s[1]) for s in sides if s], box))):
        fix = "delete width and height of <svg>: viewBox says enough"
        yield Flaw(line, "width and height of the drawing do not fit its viewBox", fix)


def _fits(sides: list[float], box: list[str]) -> bool:
    return abs(sides[0] * float(box[3]) - sides[1] * float(box[2])) < 0.01 * sides[1] * float(box[2])


def _name(element: etree._Element) -> str:
    return f"{element.prefix}:{etree.QName(element).localname}" if element.prefix else etree.QName(element).localname
