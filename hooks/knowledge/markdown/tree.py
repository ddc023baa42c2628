"""An extension that changes the tree of a text, and nothing else: most of ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor


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
        md.treeprocessors.register(_Run(md, self.run), self.name, self.priority)

    def run(self, root: Element) -> None:
        """Change the tree."""
        raise NotImplementedError


class _Run(Treeprocessor):
    def __init__(self, md: Markdown, run: Callable[[Element], None]):
        super().__init__(md)
        self.run = run  # type: ignore[assignment, method-assign]  # its one purpose
