"""An extension that changes the tree of a text, and nothing else: most of ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import ClassVar, TypeVar
from urllib.parse import unquote, urljoin
from xml.etree.ElementTree import Element

from lxml.html import fragment_fromstring
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import STX

T = TypeVar("T")
GAP = re.compile(r"[ \t\n]+")


class TreeExtension(Extension):
    """Python-Markdown extension whose `run` is given the tree of each text.

    Attributes:
        name: of its tree processor.
        priority: of those with a higher one, each has done its work before.
    """

    name: ClassVar[str]
    priority: ClassVar[float]
    md: Markdown
    """What converts the text."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Take part after those with a higher priority."""
        self.md = md
        md.treeprocessors.register(Run(md, self.run), self.name, self.priority)

    def run(self, root: Element) -> None:
        """Change the tree."""
        raise NotImplementedError


def markup_of(md: Markdown, elements: Iterable[Element]) -> str:
    """Elements as the page will hold them."""
    markup = "".join(map(md.serializer, elements))
    for processor in md.postprocessors:
        markup = processor.run(markup)
    return markup.strip()


def words_of(md: Markdown, element: Element) -> str:
    """The words of an element as they will be read; what may not be parted stays so."""
    text = "".join(element.itertext())
    if STX in text or "&" in text:
        text = fragment_fromstring(markup_of(md, [element]), create_parent="div").text_content()
    return GAP.sub(" ", text).strip()


def file_at(address: str, url: str, known: Callable[[str], T | None]) -> T | None:
    """What is known of the file to which an address of a page leads, by its path below the content folder."""
    path = address.partition("#")[0]
    if not path or path[-1] == "/" or ":" in path.partition("/")[0]:  # A page's address ends like that.
        return None
    return known(unquote(urljoin(url, path)))


class Run(Treeprocessor):
    """Gives a function the tree of each text."""

    def __init__(self, md: Markdown, run: Callable[[Element], Element | None]):
        super().__init__(md)
        self.run = run  # type: ignore[assignment, method-assign]  # its one purpose
