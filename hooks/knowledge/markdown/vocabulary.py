"""Material's vocabulary: what its reference pages teach for articles, where extensions alone do not make it.

Boxes say in the page's language what they are, `:material-phone:` is drawn into the page, and a `div` or `figure`
that says `markdown` holds Markdown. The class names are Material's.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from glob import escape, iglob
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, BlockQuoteProcessor
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from pymdownx.emoji import EmojiExtension

from ..content.containers import with_fences
from .tree import Run

KINDS = {
    "note": (),
    "abstract": ("summary", "tldr"),
    "info": ("todo",),
    "tip": ("hint", "important"),
    "success": ("check", "done"),
    "question": ("help", "faq"),
    "warning": ("caution", "attention"),
    "failure": ("fail", "missing"),
    "danger": ("error",),
    "bug": (),
    "example": (),
    "quote": ("cite",),
}
"""Kinds of boxes, with what else they are called."""
KIND_OF = {name: kind for kind, others in KINDS.items() for name in (kind, *others)}
EVERYWHERE = frozenset(("note", "example"))
"""Kinds that most articles hold: their style is on every page."""
OWN_KINDS = frozenset(("checklist", "parts", "phases"))
"""Kinds that only this site has."""
PLACES = frozenset(("inline", "end"))
TITLE = "admonition-title"
OPENING = re.compile(r'^<(div|figure)((?: +(?:class="[\w -]*"|markdown(?:="[\w-]*")?))+)>$')
CLASS = re.compile(r'class="([\w -]*)"')
CLOSING = re.compile(r"^</(div|figure)>$")
CAPTION = re.compile(r"^[ \t]*+<figcaption>(.*)</figcaption>[ \t]*$", re.MULTILINE)
START, END = "\x03open", "\x03close"
"""Blocks of their own, which no text can hold: Python-Markdown takes such characters out."""


@dataclass(eq=False)
class VocabularyExtension(Extension):
    """Python-Markdown extension."""

    words: Callable[[], Mapping[str, str]] = dict
    """Gives, for the page that is being rendered, what boxes are called in its language, by kind, and what leads from
    a footnote back to the text."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Containers before fenced code (25) is looked for; titles once the text was compared (7.95)."""
        icons = EmojiExtension(emoji_index=_Icons, emoji_generator=_drawn, title="none")
        icons.extendMarkdown(md)
        md.preprocessors.register(_Lines(md), "vocabulary-containers", 26)
        md.parser.blockprocessors.register(_Container(md.parser), "vocabulary-container", 175)
        md.parser.blockprocessors.register(_Quote(md.parser), "quote", 20)
        md.treeprocessors.register(Run(md, self._title), "vocabulary-titles", 7)

    def _title(self, root: Element) -> None:
        for element in root.iter():
            names = element.get("class", "").split()
            if element.tag == "details":
                self._say(element.find("summary"), names)
            elif element.tag == "div" and "admonition" in names:
                self._say(element.find(f"p[@class='{TITLE}']"), names)
            elif element.tag == "a" and "footnote-backref" in names:
                element.attrib.pop("title", None)
                element.set("aria-label", self.words().get("footnote", ""))
            elif element.tag == "div" and "tabbed-set" in names:
                _name_tabs(element)
            elif element.tag == "abbr":
                element.set("tabindex", "0")  # Its words are shown to whoever points, taps or tabs there.
            elif element.tag == "span" and "twemoji" in names and (title := element.get("title")):
                element.attrib.pop("aria-hidden", None)
                element.attrib.update({"role": "img", "aria-label": title, "tabindex": "0"})

    def _say(self, title: Element | None, names: list[str]) -> None:
        """Put a box's title into the page's language, where it only says the kind."""
        if title is not None and not len(title) and is_by_default(title.text or "", names):
            words, name = self.words(), (title.text or "").strip().lower()
            title.text = words.get(name) or words.get(KIND_OF.get(name, "")) or title.text


class _Quote(BlockQuoteProcessor):
    """Two quotations with a blank line between them stay two, as on GitHub."""

    def lastChild(self, parent: Element) -> None:
        """None: a quotation never goes on with the one before it."""


# --- Boxes --------------------------------------------------------------------------------


def is_by_default(title: str, names: list[str]) -> bool:
    """Whether a box's title only says its kind, as Python-Markdown says it where none was written."""
    word, kinds = title.strip().lower(), {KIND_OF[name] for name in names if name in KIND_OF}
    return word in names or KIND_OF.get(word) in kinds or (word == "caution" and "danger" in names)


def _name_tabs(tabs: Element) -> None:
    """Give each tab's content its title, which paper shows above it."""
    labels, blocks = tabs.findall("div[@class='tabbed-labels']/label"), tabs.findall("div[@class='tabbed-content']/div")
    for label, block in zip(labels, blocks, strict=True):
        block.set("data-tab", " ".join("".join(label.itertext()).split()))


# --- Icons --------------------------------------------------------------------------------


class _Icons(dict[str, Any]):
    """Material's icons and all emojis, as `material.extensions.emoji` lists them, whatever folder it lies in: 14,000
    files, looked for when the first text may hold one."""

    def __init__(self, options: dict, md: Markdown):
        pass

    def __missing__(self, key: str) -> Any:
        self.update(_icons())
        return self[key]


@cache
def _icons() -> dict[str, Any]:
    import material
    from pymdownx import twemoji_db

    folder = str(Path(material.__file__).parent / "templates/.icons")
    files = iglob(f"{escape(folder)}/**/*.svg", recursive=True)
    found = {f":{file[len(folder) + 1 : -4].replace(os.sep, '-')}:": {"path": file} for file in files}
    return {"name": "twemoji", "emoji": found | twemoji_db.emoji, "aliases": twemoji_db.aliases}


def _drawn(index, shortname, alias, uc, alt, title, category, options, md) -> Element:
    """An icon as Material draws it; an emoji as the character that it is, so that nothing is fetched."""
    from material.extensions.emoji import to_svg

    if uc:
        character = Element("span", {"class": index})
        character.text = alt
        return character
    element = to_svg(index, shortname, alias, uc, alt, title, category, options, md)
    element.set("aria-hidden", "true")
    return element


# --- Containers ---------------------------------------------------------------------------


class _Lines(Preprocessor):
    """Puts the lines that open and close a container on their own."""

    def run(self, lines: list[str]) -> list[str]:
        if not any(line.startswith(("<div", "<figure")) for line in lines):
            return lines
        found: list[str] = []
        waiting: list[str] = []
        for line, is_code in with_fences(lines):
            opening, closing = OPENING.match(line.rstrip()), CLOSING.match(line.rstrip())
            if opening and "markdown" in CLASS.sub("", opening[2]) and not is_code:
                names = CLASS.search(opening[2])
                waiting.append(opening[1])
                found += ["", f"{START} {opening[1]} {names[1] if names else ''}", ""]
            elif closing and waiting and waiting[-1] == closing[1] and not is_code:
                waiting.pop()
                found += ["", END, ""]
            else:
                found.append(line)
        return found


class _Container(BlockProcessor):
    def test(self, parent: Element, block: str) -> bool:
        return block.lstrip("\n").startswith(START)

    def run(self, parent: Element, blocks: list[str]) -> None:
        _, tag, names = blocks.pop(0).lstrip("\n").partition("\n")[0].split(" ", 2)
        inner: list[str] = []
        depth = 1
        while blocks:
            block = blocks.pop(0)
            begins = block.lstrip("\n")
            depth += begins.startswith(START) - begins.startswith(END)
            if not depth:
                break
            inner.append(block)
        element = SubElement(parent, tag, {"class": names.strip()} if names.strip() else {})
        captions = [words for block in inner for words in CAPTION.findall(block)] if tag == "figure" else []
        if tag == "figure":
            inner = [CAPTION.sub("", block).strip("\n") for block in inner]
        self.parser.parseBlocks(element, [block for block in inner if block.strip()])
        for caption in captions:
            SubElement(element, "figcaption").text = caption
