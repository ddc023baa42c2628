"""An article: a file for each language, of which the original says what all share."""

from __future__ import annotations

import datetime as dt
import posixpath
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal
from urllib.parse import unquote

from ..core.decoding import decode
from ..core.document import KeyPath
from ..core.fingerprint import checksum, digest
from ..core.language import Language, Languages
from ..core.placeholder import filled
from ..core.problems import Problem
from .containers import open_fence
from .front_matter import FrontMatter, PageKind, Status, Words, is_ordinary, problem_in, read_front_matter
from .given import NOTHING_GIVEN, Given
from .outline import Outline

SEARCHED = frozenset(
    {"article", "topic", "page", "help", "glossary", "sources", "selfcheck", "articles", "faq", "booklet"}
)
"""Kinds of pages that the search finds. The others only lead to them."""
GRAVE_STEPS = (4, 5)
"""Nedsmeltet and Udbrændt: always with the help box, never with the newsletter."""
LONGEST = 30_000
"""Characters without an empty line. For each mark in them a page's converter looks through the rest: 200,000 take it
half a minute, and nobody reads so many."""
REVIEW_YEARS = 3
"""Years within which content is read whole again, as that of NHS is."""


@dataclass(frozen=True)
class Translation:
    """One language of an article: its words and its Markdown."""

    lang: Language
    path: str
    """The file, below `docs/`: `alliance/micro-repair.da.md`."""
    words: Words
    body: str
    """Markdown below the front matter."""
    body_line: int
    """The line of the file on which `body` begins, counted from 1."""
    lines: dict[str, int]
    """The line of each front-matter key."""
    head: str = ""
    """The front matter as it stands in the file, with its two lines “---”."""
    outline: Outline = field(default_factory=Outline)
    """Headings, links, pictures and citations of the body, with their lines."""
    length: int = 0
    """Words of the body."""
    digest: str = ""
    """The fingerprint of the file's content."""
    written: tuple[Words, str] | None = None
    """Words and body as they stand in the file, where placeholders were filled in."""
    untranslated: bool = False
    """Whether there is no such file yet: its page says in which language the article is so far."""

    @property
    def cited(self) -> list[str]:
        """The keys of its sources, as they first come."""
        return list(dict.fromkeys(citation.target for citation in self.outline.citations))

    def line_of(self, place: KeyPath) -> int:
        """The line of a value of the front matter, by its place in it, such as `("signs", 1)`."""
        return self.lines.get(".".join(map(str, place))) or self.lines.get(str(place[0]), 1)

    def line_at(self, place: int) -> int:
        """The line of the file on which a character of the body stands."""
        return self.body_line + self.body.count("\n", 0, place)

    def path_to(self, address: str) -> str:
        """The path below `docs/` of the file to which a link or a picture in it leads."""
        folder = posixpath.dirname(self.path)
        return posixpath.normpath(posixpath.join(folder, unquote(address.partition("#")[0])))

    def page_at(self, address: str) -> str | None:
        """The key of the page to which a link leads, in the file's own language; None where it leads elsewhere."""
        path, ending = self.path_to(address), f".{self.lang}.md"
        return path.removesuffix(ending) if path.endswith(ending) and "://" not in address else None

    @property
    def text(self) -> str:
        """Title, description and body: the words that a reader would say it is about."""
        return f"{self.words.title}\n{self.words.description}\n{self.body}"


@dataclass(frozen=True)
class Article:
    """A file for each language. Pages of other kinds are articles too; `kind` tells them apart."""

    key: str
    """Path without language and ending: `alliance/micro-repair`."""
    shared: FrontMatter
    translations: dict[Language, Translation]
    """By language: the original, then all others."""
    photograph: str = ""
    """Its cover below `docs/`, where that is no drawing."""

    def __getitem__(self, lang: Language) -> Translation:
        return self.translations[lang]

    @cached_property
    def topic(self) -> str:
        """The folder, or an empty string for pages outside the topics."""
        return self.key.rpartition("/")[0]

    @cached_property
    def name(self) -> str:
        """The last part of the key."""
        return self.key.rpartition("/")[2]

    @cached_property
    def status(self) -> Status | None:
        """What it is, if it is not simply out."""
        return self.shared.status if is_ordinary(self.key, self.shared) else None

    @cached_property
    def kind(self) -> PageKind | Literal["withdrawn"]:
        """Which kind of page this is."""
        return "withdrawn" if self.status == "withdrawn" else self.shared.kind or ("article" if self.topic else "page")

    @property
    def is_withdrawn(self) -> bool:
        """Whether its page only says that it is here no more, and why."""
        return self.kind == "withdrawn"

    @property
    def out_from(self) -> dt.date:
        """The first day on which readers may see it; the last of all days where nobody knows it yet."""
        return {"draft": dt.date.max, "planned": self.shared.date or dt.date.max}.get(self.status or "", dt.date.min)

    @property
    def is_draft(self) -> bool:
        """Whether it may be unfinished."""
        return self.status == "draft"

    @property
    def original(self) -> Translation:
        """Its file in the first language of the site."""
        return next(iter(self.translations.values()))

    @property
    def texts(self) -> Iterator[Translation]:
        """Its files that are written."""
        return (text for text in self.translations.values() if not text.untranslated)

    @property
    def pairs(self) -> Iterator[tuple[Translation, Translation]]:
        """The original with each of its translations that is written."""
        return ((self.original, text) for text in self.texts if text is not self.original)

    @cached_property
    def links(self) -> frozenset[str]:
        """The keys of the pages to which the original links, whether they are there or not."""
        found = (self.original.page_at(link.target) for link in self.original.outline.links)
        return frozenset(key for key in found if key)

    @cached_property
    def files(self) -> frozenset[str]:
        """The paths below `docs/` of its cover, and of all to which its texts lead or which they show."""
        texts = self.translations.values()
        found = (text.path_to(one.target) for text in texts for one in text.outline.targets)
        return frozenset((self.cover, *found))

    @cached_property
    def cited(self) -> frozenset[str]:
        """The keys of its sources, in all languages."""
        return frozenset(source for text in self.translations.values() for source in text.cited)

    @property
    def is_grave(self) -> bool:
        """Whether it is one of the two gravest steps of the ladder."""
        return self.shared.step in GRAVE_STEPS

    @property
    def has_help(self) -> bool:
        """Whether the page carries the help box."""
        return self.shared.help or self.is_grave or self.kind in ("help", "selfcheck")

    @property
    def is_hidden(self) -> bool:
        """Whether search engines are asked to keep away."""
        return self.shared.noindex or self.kind in ("notfound", "withdrawn")

    @property
    def is_searched(self) -> bool:
        """Whether the site's own search finds it: also a booklet, which search engines know as its articles."""
        return self.kind in SEARCHED and (not self.is_hidden or self.kind == "booklet")

    def is_in(self, lang: Language) -> bool:
        """Whether it is written in a language, and not only announced there."""
        return not self.translations[lang].untranslated

    @property
    def written(self) -> tuple[Language, ...]:
        """The languages in which it is written."""
        return tuple(filter(self.is_in, self.translations))

    @cached_property
    def changed(self) -> dt.date | None:
        """The newest of the content's own dates."""
        return max((d for d in (self.shared.date, self.shared.reviewed) if d), default=None)

    @property
    def review_due(self) -> dt.date | None:
        """By when it is to be read whole again: within three years, or by an earlier day that its front matter names,
        unless the last review has reached that."""
        reviewed, early = self.shared.reviewed, self.shared.review_by
        if not reviewed:
            return None
        year, month = reviewed.year + REVIEW_YEARS, reviewed.month
        latest = dt.date(year, month, min(reviewed.day, monthrange(year, month)[1]))
        return min(early, latest) if early and early > reviewed else latest

    @property
    def has_cover(self) -> bool:
        """Whether the page has a picture of its own."""
        return self.kind in ("article", "topic", "home")

    @property
    def cover(self) -> str:
        """The cover's path below `docs/`."""
        return self.photograph or f"{self.key}.svg"


def read_translation(
    data: bytes, path: str, file: str, languages: Languages, given: Given = NOTHING_GIVEN
) -> tuple[Translation | None, list[Problem]]:
    """Read one file of an article, whose path ends in a language of the site and `.md`.

    Returns:
        The translation, or None where the file cannot be understood, and the problems.
    """
    lang = path.split(".")[-2]
    text, told = decode(data, file, "front-matter")
    if text is None:
        return None, told
    lines = text.split("\n")
    if not text.strip():
        return None, [*told, problem_in(file, 1, "the file is empty", "write it, or delete both files of the pair")]
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if lines[0].rstrip() != "---" or end is None:
        message = "there is no front matter; expected a first line “---”, keys, and a line “---”"
        fix = "copy the first lines of another article"
        if text.lstrip().startswith("---\n") and lines[0].rstrip() != "---":
            message, fix = "there is something above the first “---”", "delete the empty lines above it"
        elif lines[0].rstrip() == "---":
            message, fix = "the front matter has no end", "write --- on a line of its own below its last key"
        return None, [*told, problem_in(file, 1, message, fix)]
    shape = FrontMatter if lang == languages.original else Words
    words, keys, problems = read_front_matter("\n".join(lines[1:end]), file, shape, languages.original)
    if not words:
        return None, told + problems
    body = "\n".join(lines[end + 1 :]).rstrip("\n") + "\n"
    if (fence := open_fence(body)) is not None:  # Nobody knows what of it is text.
        message = "the code goes on to the end of the page: its mark is not closed"
        fix = "write ``` on a line of its own below the code"
        return None, [*told, Problem(file, end + 2 + fence, 1, "markup-left", message, fix)]
    long = next((part for part in body.split("\n\n") if len(part) > LONGEST), None) if len(body) > LONGEST else None
    if long:
        line = end + 2 + body.count("\n", 0, body.find(long))
        message, fix = "this paragraph is too long for a page", "divide it with empty lines, or delete it"
        return None, [*told, Problem(file, line, 1, "markup-left", message, fix)]
    head = "\n".join(lines[: end + 1]) + "\n"
    written, key, known = (words, body), checksum(data), given.words(lang)
    if "{{" in text and known:
        words = words.model_validate(filled(words.model_dump(exclude_unset=True), known))
        body = filled(body, known)
    is_filled = written != (words, body)
    key = digest(key, words, body) if is_filled else key
    outline, length = Outline.of(body, end + 2), len(body.split())
    as_written = written if is_filled else None
    return Translation(lang, path, words, body, end + 2, keys, head, outline, length, key, as_written), told
