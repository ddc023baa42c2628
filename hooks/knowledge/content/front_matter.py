"""Front matter: the YAML at the head of an article's file, in a shape that is checked."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, ValidationError

from ..core.problems import Problem, did_you_mean
from .record import Line, Record, lines_of

Certainty = Literal["high", "moderate", "low", "very-low"]
"""How sure one may be of what research shows: the four levels of GRADE.

Source: Guyatt et al. (2008), doi:10.1136/bmj.39489.470347.AD.
"""
Basis = Literal[Certainty, "rule"]
"""What an article rests on: research, with its certainty, or law and rules."""
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
    review_by: dt.date | None = Field(None, description="To be checked again by this day, if that is within 3 years.")
    reviewer: Line | None = Field(None, description="The clinician who checked it, by name; no name, no reviewer.")
    concepts: list[Key] = Field([], description="Keys of docs/data/concepts.yml, weightiest first.")
    step: int | None = Field(None, ge=1, le=5, description="Step of the stress ladder, 1 to 5.")
    help: bool = Field(False, description="Whether the page carries the help box.")
    certainty: Basis | None = Field(None, description="How sure the main claim is: high … very-low, or rule.")
    related: Related = Field(Related(), description="Pins and exclusions of the related list.")
    order: list[Key] = Field([], description="On a topic page: its articles in reading order.")
    comments: bool = Field(True, description="Whether readers may comment, where comments are on.")
    noindex: bool = Field(False, description="Whether search engines are asked to keep away.")
    twin: Twin | None = Field(None, description="While there is no English file: its title, description and slug.")


ARTICLE_NEEDS = ("slug", "image_alt", "evidence", "date", "reviewed", "concepts", "certainty")
"""Keys that an article's two files must have between them."""
STEP_NEEDS = ("signs", "today", "seek")
"""Keys that both files of a step of the ladder must have."""
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


def read_front_matter(source: str, file: str, model: type[Words]) -> tuple[Words | None, dict[str, int], list[Problem]]:
    """Read what stands between the two lines “---”, from the file's second line on.

    Args:
        file: the path to print in problems.
        model: `FrontMatter` for a Danish file, `Words` for an English one.

    Returns:
        The words, or None where they cannot be understood; the file's line of each key and list item
        (`concepts.1`); and the problems.
    """
    values, keys, problem = _read_yaml(source, file)
    if problem:
        return None, {}, [problem]
    for key, line in keys.items():
        if CONTROL.search(_text_at(values, key)):
            message = f"“{key}” holds an invisible character, which no page can show"
            return None, {}, [problem_in(file, line, message, "delete it, or write the line anew")]
    try:
        return model.model_validate(values), keys, []
    except ValidationError as error:
        return None, {}, [_explain(details, file, keys, model) for details in error.errors()]


def problem_in(file: str, line: int, message: str, mend: str, column: int = 1) -> Problem:
    """A problem with the head of a file, or with the file as such."""
    return Problem(file, line, column, "front-matter", message, mend)


def _read_yaml(source: str, file: str) -> tuple[dict[str, Any], dict[str, int], Problem | None]:
    """Values and lines."""
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
            problem_in(
                file,
                (mark.line if mark else 0) + 2,
                f"the front matter cannot be read: {what}",
                "put text that holds “: ”, or begins with a quotation mark, in quotation marks",
                column=(mark.column if mark else 0) + 1,
            ),
        )
    if not isinstance(values, dict):
        return {}, {}, problem_in(file, 2, "the front matter has no keys", "write lines such as “title: …”")
    keys: dict[str, int] = {}
    for key, line in lines_of(node, 2):
        if key in keys:
            return {}, {}, problem_in(file, line, f"“{key}” stands twice", "keep one of them")
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


def _explain(details: Any, file: str, keys: dict[str, int], model: type[Words]) -> Problem:
    """Pydantic's error as a problem at the key's line."""
    path = ".".join(str(part) for part in details["loc"])
    key = str(details["loc"][0])
    line = keys.get(path) or keys.get(key) or 1
    if details["type"] == "missing":
        return problem_in(file, 1, f"“{path}” is missing", f"add a line “{path}: …”")
    if details["type"] == "extra_forbidden":
        if model is Words and key in FrontMatter.model_fields:
            return problem_in(
                file, line, f"“{key}” is shared by both languages", "move it to the Danish file, or delete the line"
            )
        return problem_in(file, line, f"“{path}” is not a known key", did_you_mean(key, model.model_fields))
    expected, mend = EXPECTED.get(details["type"], (details["msg"], "write it as expected"))
    return problem_in(file, line, f"“{path}” is {_short(details['input'])}; expected {expected}", mend)


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else repr(value)
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"
