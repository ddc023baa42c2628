"""An outline: what stands where in a Markdown source, so that a problem can name its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from pyromark import Markdown, Options

from .containers import opened

ID = re.compile(r"(?<!\s)\s*+\{:?\s*#([\w-]+)\s*\}\s*$")
KEY = r"(?<![\w.])-?@(?:[\w-]++|\{[\w-]++\})"
CITED = rf"(?>[^\[\]@;]{{0,120}}?{KEY}[^\]\[;@]{{0,300}}+)"
"""A source's key, and what stands around it, as pandoc knows it: `@bordin1979, s. 253`, `see -@bordin1979`."""
CITATION = re.compile(rf"\[({CITED}(?:;{CITED})*+)\](?!\()")
"""One source or several."""
UNCLOSED = re.compile(r"\[[^\[\]]{0,300}$")
PARTS = re.compile(r"(?P<before>.*?)-?@\{?(?P<key>[\w-]+)\}?(?P<place>.*)", re.DOTALL)


class Cited(NamedTuple):
    """A source between the brackets of a citation."""

    key: str
    place: str
    """The place in it, such as a page; or an empty string."""
    before: str
    """What is said before it, such as `see`; or an empty string."""


class Heading(NamedTuple):
    """A heading of the source."""

    level: int
    text: str
    id: str | None
    """The id in braces behind it, if any."""
    line: int


class Target(NamedTuple):
    """A link's or a picture's target, or a citation's key."""

    target: str
    text: str
    """A picture's alternative text, as written; what stands around a citation; else nothing."""
    line: int


@dataclass(frozen=True)
class Outline:
    """Headings, links, pictures and citations of one source, in reading order."""

    headings: tuple[Heading, ...] = ()
    links: tuple[Target, ...] = ()
    images: tuple[Target, ...] = ()
    citations: tuple[Target, ...] = ()

    @classmethod
    def of(cls, markdown: str, first_line: int = 1) -> Outline:
        """Read a source whose first line has this number in its file."""
        headings: list[Heading] = []
        links: list[Target] = []
        images: list[Target] = []
        citations: list[Target] = []
        source = opened(markdown)
        written = source.encode()  # Places are counted in bytes.

        def line(place: int) -> int:
            return first_line + written.count(b"\n", 0, place)

        said, picture, alt_end, silent = "", "", 0, 0
        last, waiting = "", ""  # A citation may go on in the next line.
        for kind, what, of, start, end in taken_apart(PARSER.events_with_range(source, merge_text=True)):
            if end < silent:  # Code, or the words of a picture.
                alt_end = end
                continue
            if kind == "SoftBreak" and (begun := UNCLOSED.search(last)):
                last, waiting = "", f"{begun[0]} "
            elif kind == "Text":
                said += what
                last = what = waiting + what
                waiting = ""
                cited = (one for group in CITATION.findall(what) for one in cited_in(group)) if "@" in what else ()
                citations += (Target(one.key, what, line(start)) for one in cited)
            elif kind == "Code":
                said += what
            elif kind == "Start":
                if what == "Heading":
                    said = ""
                elif what == "Link":
                    links.append(Target(led_to(of), "", line(start)))
                elif what == "Image":
                    picture, alt_end, silent = of["dest_url"], start + 2, end
                elif what == "CodeBlock":
                    silent = end + 1
            elif kind == "End" and what == "Image":
                images.append(Target(picture, written[start + 2 : alt_end].decode(), line(start)))
            elif kind == "End" and what == "Heading":
                found = ID.search(said)
                headings.append(Heading(int(of[1]), ID.sub("", said), found and found[1], line(start)))
        return cls(tuple(headings), tuple(links), tuple(images), tuple(citations))

    @property
    def targets(self) -> tuple[Target, ...]:
        """Links, then pictures."""
        return self.links + self.images

    @property
    def questions(self) -> tuple[Heading, ...]:
        """The headings of level 3 in the section `{#faq}`."""
        found: list[Heading] = []
        inside = False
        for heading in self.headings:
            if heading.level <= 2:
                inside = heading.id == "faq"
            elif heading.level == 3 and inside:
                found.append(heading)
        return tuple(found)


def taken_apart(events: Iterable[tuple[Any, Any]]) -> Iterator[tuple[str, Any, Any, int, int]]:
    """The parser's events: what happens (`Start`, `End`, `Text` …); to which element, or with which words; what else is
    known of the element; and from where to where, in bytes of the source."""
    for event, place in events:
        kind, what = next(iter(event.items())) if isinstance(event, dict) else (event, None)
        what, of = next(iter(what.items())) if isinstance(what, dict) else (what, None)
        yield kind, what, of, place["start"], place["end"]


def led_to(link: Mapping[str, str]) -> str:
    """Where a link leads, as the parser knows it; an address of email may stand alone."""
    return f"mailto:{link['dest_url']}" if link["link_type"] == "Email" else link["dest_url"]


def cited_in(group: str) -> list[Cited]:
    """Each source between the brackets of a citation."""
    parts = filter(None, map(PARTS.fullmatch, group.split(";")))
    folded = ([" ".join(part[name].strip(" ,\n").split()) for name in ("key", "place", "before")] for part in parts)
    return [Cited(*part) for part in folded]


OPTIONS = (
    Options.ENABLE_TABLES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_GFM
    | Options.ENABLE_DEFINITION_LIST
)
"""What GitHub shows, and the definition lists of Material's vocabulary."""
PARSER = Markdown(options=OPTIONS)
