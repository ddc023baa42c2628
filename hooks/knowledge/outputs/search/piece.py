"""A piece: what the search says of a page, made of the page's text as the renderer has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement, fragment_fromstring

from ...core.language import Language
from .words import spellings, words

BLOCKS = frozenset(
    """p li td th dd dt div section blockquote pre figcaption summary details table tr ul ol aside h2 h3 h4 h5 h6 br
    hr""".split()
)
"""Elements whose text is not part of the sentence before it."""
SILENT = (
    ".//sup[@class='cites'] | .//svg | .//script | .//input | .//button"
    " | .//p[@class='player__file'] | .//p[@class='film__note']"
)
"""What is no text of the page's: marks of citations, pictures, fields, what stands below every sound and film."""
EDGE = "\0"
"""Between two blocks; no HTML holds it."""


@dataclass(frozen=True)
class Stretch:
    """A stretch of a page below one heading."""

    id: str
    """Where it stands; empty for what stands above the first heading."""
    title: str
    is_question: bool
    text: str
    """Its blocks, one a line."""


@dataclass(frozen=True)
class Piece:
    """A text, taken apart."""

    sections: tuple[Stretch, ...] = ()
    words: Mapping[str, int] = field(default_factory=dict)
    """How often each word stands in it, headings included."""
    spelled: Mapping[str, str] = field(default_factory=dict)
    """How words are spelled that are not folded as they stand."""

    @classmethod
    def of(cls, sections: Sequence[Stretch], lang: Language) -> Piece:
        """The piece of these sections."""
        text = "\n".join(f"{section.title}\n{section.text}" for section in sections)
        return cls(tuple(sections), dict(Counter(words(text, lang))), spellings(text))


def sections(html: str, questions: frozenset[str]) -> tuple[Stretch, ...]:
    """Take the HTML of a text apart, given the ids of its questions."""
    root = fragment_fromstring(html, create_parent="div")
    for element in root.xpath(SILENT):
        element.drop_tree()
    return tuple(_sections(root, questions))


def _sections(root: HtmlElement, questions: frozenset[str]) -> Iterator[Stretch]:
    place = title = ""
    read: list[str] = []
    for met in (*_events(root), None):
        if isinstance(met, str):
            read.append(met)
            continue
        text = "\n".join(filter(None, map(_spaced, "".join(read).split(EDGE))))
        if text or title:
            yield Stretch(place, title, place in questions, text)
        if met is not None:
            place, title, read = met.get("id", ""), _spaced(met.text_content()), []


def _events(element: HtmlElement) -> Iterator[str | HtmlElement]:
    """What happens while one reads: text, the edge of a block, a heading with an id."""
    for child in element:
        if isinstance(child.tag, str):
            if child.tag in ("h2", "h3") and child.get("id"):
                yield child
            else:
                edge = EDGE if child.tag in BLOCKS else ""
                yield edge + (child.text or "")
                yield from _events(child)
                yield edge
        yield child.tail or ""


def _spaced(text: str) -> str:
    return " ".join(text.split())
