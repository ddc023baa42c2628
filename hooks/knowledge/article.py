"""An article: a pair of files, of which the Danish one says what both share."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, ValidationError

from .fingerprint import checksum
from .language import LANGUAGES as LANGUAGES
from .language import Language as Language
from .outline import Outline
from .passage import Passage, passages_of
from .problems import Problem, did_you_mean
from .record import Line, Record, lines_of
from .stem import bag, stems

Grade = Literal["A", "B", "C", "D"]
Kind = Literal[
    "article",
    "home",
    "topic",
    "page",
    "faq",
    "glossary",
    "sources",
    "help",
    "search",
    "articles",
    "selfcheck",
    "translations",
    "notfound",
]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+([-/][a-z0-9]+)*$")]
Key = Annotated[str, Field(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*$")]


class Related(Record):
    """What an editor knows better than the engine."""

    pin: list[Key] = Field([], description="Keys of articles that stand first in the list.")
    exclude: list[Key] = Field([], description="Keys of articles that never stand in the list.")


class Words(Record):
    """Front matter of either language: what is said in that language."""

    title: Line = Field(description="The page's heading, at most 60 characters.")
    description: Line = Field(description="One or two sentences for cards and search engines.")
    label: Line | None = Field(None, description="A shorter name for menus.")
    slug: Slug | None = Field(None, description="The last part of the address: a-z, 0-9 and -.")
    image_alt: Line | None = Field(None, description="What the cover shows, and why.")
    evidence: Line | None = Field(None, description="How good the evidence is, in plain words.")
    aliases: list[str] = Field([], description="Former addresses of this page, without /en/.")
    signs: list[Line] = Field([], description="Signs of a step of the ladder, in the first person.")
    today: Line | None = Field(None, description="What to do today on this step, one sentence.")
    seek: Line | None = Field(None, description="When to get help on this step, and from whom.")


class Twin(Record):
    """What the other language says of an article that is not translated yet."""

    title: Line = Field(description="The title, translated.")
    description: Line = Field(description="The description, translated.")
    slug: Slug = Field(description="The last part of the address: it stays when the translation comes.")


class FrontMatter(Words):
    """Front matter of the Danish file: its words, and what both languages share."""

    kind: Kind | None = Field(
        None, description="The kind of page; an article, where none is said and it stands in a topic."
    )
    date: dt.date | None = Field(None, description="First published, as 2026-11-20.")
    reviewed: dt.date | None = Field(None, description="Content last checked whole.")
    reviewer: Line | None = Field(None, description="The clinician who checked it, by name; no name, no reviewer.")
    concepts: list[Key] = Field([], description="Keys of docs/data/concepts.yml, weightiest first.")
    step: int | None = Field(None, ge=1, le=5, description="Step of the stress ladder, 1 to 5.")
    help: bool = Field(False, description="Whether the page carries the help box.")
    grade: Grade | None = Field(None, description="Evidence behind the main claim, A to D.")
    related: Related = Field(Related(), description="Pins and exclusions of the related list.")
    order: list[Key] = Field([], description="On a topic page: its articles in reading order.")
    comments: bool = Field(True, description="Whether readers may comment, where comments are on.")
    noindex: bool = Field(False, description="Whether search engines are asked to keep away.")
    twin: Twin | None = Field(None, description="While there is no English file: its title, description and slug.")


ARTICLE_NEEDS = ("slug", "image_alt", "evidence", "date", "reviewed", "concepts", "grade")
"""Keys that an article's two files must have between them."""
STEP_NEEDS = ("signs", "today", "seek")
"""Keys that both files of a step of the ladder must have."""
GRAVE_STEPS = (4, 5)
"""Nedsmeltet and Udbrændt: always with the help box, never with the newsletter."""


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
    digest: str = ""
    """The fingerprint of the file's content."""
    awaited: bool = False
    """Whether there is no such file yet: its page says that the article is only in Danish so far."""

    @cached_property
    def outline(self) -> Outline:
        """Headings, links, pictures and citations of the body, with their lines."""
        return Outline.of(self.body, self.body_line)

    @property
    def cited(self) -> list[str]:
        """The keys of its sources, as they first come."""
        return list(dict.fromkeys(citation.target for citation in self.outline.citations))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Its running texts, with their places."""
        return tuple(passages_of(self))

    @cached_property
    def length(self) -> int:
        """Words of the body."""
        return len(self.body.split())

    @cached_property
    def stems(self) -> str:
        """The bag of the text's stems."""
        return bag(stems(self.text, self.lang))

    @property
    def text(self) -> str:
        """Title, description and body: the words that a reader would say it is about."""
        return f"{self.words.title}\n{self.words.description}\n{self.body}"


@dataclass(frozen=True)
class Article:
    """A pair of files. Pages of other kinds are articles too; `kind` tells them apart."""

    key: str
    """Path without language and ending: `alliance/micro-repair`."""
    shared: FrontMatter
    translations: dict[Language, Translation]

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
    def kind(self) -> Kind:
        """Which kind of page this is."""
        return self.shared.kind or ("article" if self.topic else "page")

    @property
    def is_grave(self) -> bool:
        """Whether it is one of the two gravest steps of the ladder."""
        return self.shared.step in GRAVE_STEPS

    @property
    def has_help(self) -> bool:
        """Whether the page carries the help box."""
        return self.shared.help or self.is_grave

    @property
    def is_hidden(self) -> bool:
        """Whether search engines are asked to keep away."""
        return self.shared.noindex or self.kind == "notfound"

    def is_in(self, lang: Language) -> bool:
        """Whether it is written in a language, and not only announced there."""
        return not self.translations[lang].awaited

    @property
    def is_paired(self) -> bool:
        """Whether it is written in every language."""
        return all(self.is_in(lang) for lang in LANGUAGES)

    @cached_property
    def changed(self) -> dt.date | None:
        """The newest of the content's own dates."""
        return max((d for d in (self.shared.date, self.shared.reviewed) if d), default=None)

    @property
    def has_cover(self) -> bool:
        """Whether the page has a picture of its own."""
        return self.kind in ("article", "topic", "home")

    @property
    def cover(self) -> str:
        """The cover's path below `docs/`."""
        return f"{self.key}.svg"


def read_translation(data: bytes, path: str, file: str) -> tuple[Translation | None, list[Problem]]:
    """Read one file of a pair.

    Args:
        data: the file's bytes.
        path: below `docs/`, ending in `.da.md` or `.en.md`.
        file: the path to print in problems.

    Returns:
        The translation, or None where its front matter cannot be understood, and the problems.
    """
    lang: Language = "en" if path.endswith(".en.md") else "da"
    text, problem = _decode(data, file)
    if problem:
        return None, [problem]
    lines = text.split("\n")
    if not text.strip():
        return None, [_problem(file, 1, "the file is empty", "write it, or delete both files of the pair")]
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if lines[0].rstrip() != "---" or end is None:
        return None, [
            _problem(
                file,
                1,
                "there is no front matter; expected a first line “---”, keys, and a line “---”",
                "copy the first lines of another article",
            )
        ]
    values, keys, problem = _read_yaml("\n".join(lines[1:end]), file)
    if problem:
        return None, [problem]
    for key, line in keys.items():
        if CONTROL.search(_text_at(values, key)):
            message = f"“{key}” holds an invisible character, which no page can show"
            return None, [_problem(file, line, message, "delete it, or write the line anew")]
    model = FrontMatter if lang == "da" else Words
    try:
        words = model.model_validate(values)
    except ValidationError as error:
        return None, [_explain(details, file, keys, model) for details in error.errors()]
    body = "\n".join(lines[end + 1 :]).rstrip("\n") + "\n"
    head = "\n".join(lines[: end + 1]) + "\n"
    return Translation(lang, path, words, body, end + 2, keys, head, checksum(data)), []


def _decode(data: bytes, file: str) -> tuple[str, Problem | None]:
    if data.startswith(b"\xef\xbb\xbf"):
        return "", _problem(
            file, 1, "the file begins with a byte-order mark", "save it as “UTF-8”, not as “UTF-8 with BOM”"
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", _problem(
            file,
            line,
            "the file is not UTF-8 (æ, ø and å are stored in another way)",
            "save it with the encoding UTF-8",
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        name = found[0] if len(found[0]) > 1 else f"U+{ord(found[0]):04X}"
        message = f"the file holds an invisible character ({name}), which no page can show"
        return "", _problem(file, line, message, "delete it, or write the line anew", column)
    return text, None


def _read_yaml(source: str, file: str) -> tuple[dict[str, Any], dict[str, int], Problem | None]:
    """Values of the front matter, and the file's line of each key and list item (`concepts.1`)."""
    try:
        loader = yaml.CSafeLoader(source)
        node = loader.get_single_node()
        values = loader.construct_document(node) if node else None
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error)
        return (
            {},
            {},
            _problem(
                file,
                (mark.line if mark else 0) + 2,
                f"the front matter cannot be read: {what}",
                "put text that holds “: ”, or begins with a quotation mark, in quotation marks",
                column=(mark.column if mark else 0) + 1,
            ),
        )
    if not isinstance(values, dict):
        return {}, {}, _problem(file, 2, "the front matter has no keys", "write lines such as “title: …”")
    keys: dict[str, int] = {}
    for key, line in lines_of(node, 2):
        if key in keys:
            return {}, {}, _problem(file, line, f"“{key}” stands twice", "keep one of them")
        keys[key] = line
    return values, keys, None


def _text_at(values: Any, path: str) -> str:
    """The text at a path such as `concepts.1`, or an empty string where something else is there."""
    for part in path.split("."):
        try:
            values = values[int(part)] if isinstance(values, list) else values[part]
        except (KeyError, IndexError, TypeError, ValueError):
            return ""
    return values if isinstance(values, str) else ""


CONTROL = re.compile(
    r"""[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff&]
    (?: (?<!&)
    | \#0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)
    | \#x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef])(?![0-9a-f]))""",
    re.VERBOSE | re.IGNORECASE,
)
"""Characters that XML, and so a feed, cannot hold, and references to them."""
EXPECTED = {
    "date_type": ("a date such as 2026-11-20", "write year, month and day in figures"),
    "date_from_datetime_parsing": ("a date such as 2026-11-20", "write year, month and day in figures"),
    "string_type": ("text", "put it in quotation marks"),
    "list_type": ("a list such as [one, two]", "put it in square brackets"),
    "bool_type": ("true or false", "write true or false"),
    "int_type": ("a whole number", "write a figure"),
    "string_pattern_mismatch": ("a-z, 0-9 and - only", "write æ, ø, å as ae, oe, aa, and spaces as -"),
    "string_too_short": ("some text", "write it, or delete the line"),
}
"""What pydantic's error types ask for, in an editor's words, and how to mend it."""


def _explain(details: Any, file: str, keys: dict[str, int], model: type[Words]) -> Problem:
    """Pydantic's error as a problem at the key's line."""
    path = ".".join(str(part) for part in details["loc"])
    key = str(details["loc"][0])
    line = keys.get(path) or keys.get(key) or 1
    if details["type"] == "missing":
        return _problem(file, 1, f"“{path}” is missing", f"add a line “{path}: …”")
    if details["type"] == "extra_forbidden":
        if model is Words and key in FrontMatter.model_fields:
            return _problem(
                file, line, f"“{key}” is shared by both languages", "move it to the Danish file, or delete the line"
            )
        return _problem(file, line, f"“{path}” is not a known key", did_you_mean(key, model.model_fields))
    expected, mend = EXPECTED.get(details["type"], (details["msg"], "write it as expected"))
    return _problem(file, line, f"“{path}” is {_short(details['input'])}; expected {expected}", mend)


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else repr(value)
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"


def _problem(file: str, line: int, message: str, mend: str, column: int = 1) -> Problem:
    return Problem(file, line, column, "front-matter", message, mend)
