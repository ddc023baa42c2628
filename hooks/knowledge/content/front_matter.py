"""Front matter: the YAML at the head of an article's file, in a shape that is checked."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from ..core.document import read_document
from ..core.language import Language, english_name
from ..core.problems import Problem
from .credit import Credit
from .record import Day, NonEmptyStr, Record, Text, validated
from .shape import is_text

Certainty = Literal["high", "moderate", "low", "very-low"]
"""How sure one may be of what research shows: the four levels of GRADE.

Source: Guyatt et al. (2008), doi:10.1136/bmj.39489.470347.AD.
"""
Basis = Literal[Certainty, "rule"]
"""What an article rests on: research, with its certainty, or law and rules."""
Status = Literal["draft", "planned", "withdrawn"]
"""What an article is, if it is not simply out."""
PageKind = Literal[
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
    "booklet",
    "notfound",
]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+([-/][a-z0-9]+)*$")]
Key = Annotated[str, Field(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*$")]


class Related(Record):
    """Manual overrides of the related list."""

    pin: list[Key] = Field([], description="Keys of articles that stand first in the list.")
    exclude: list[Key] = Field([], description="Keys of articles that never stand in the list.")


def _written(value: Any) -> Any:
    """A number or a day as it is written."""
    return str(value) if isinstance(value, int | float | dt.date) and not isinstance(value, bool) else value


class Allowance(Record):
    """What an editor knows better than a rule: one finding, and why it is right."""

    rule: NonEmptyStr = Field(description="The rule's id, which stands in its message: figures, parity, strong-word …")
    text: Annotated[NonEmptyStr, BeforeValidator(_written)] = Field(
        description="Words of the message, or of the line that it names."
    )
    why: NonEmptyStr = Field(description="Why it is right here.")


class Words(Record):
    """Front matter of either language: what is said in that language."""

    title: Text = Field(description="The page's heading, at most 60 characters.")
    description: Text = Field(description="One or two sentences for cards and search engines.")
    label: Text | None = Field(None, description="A shorter name for menus.")
    slug: Slug | None = Field(None, description="The last part of the address: a-z, 0-9 and -.")
    image_alt: Text | None = Field(None, description="What the cover shows, and why.")
    image_caption: Text | None = Field(None, description="What stands below the cover, if anything.")
    evidence: Text | None = Field(None, description="How good the evidence is, in plain words.")
    aliases: list[str] = Field([], description="Former addresses of this page, without /en/.")
    signs: list[Text] = Field([], description="Signs of a step of the ladder, in the first person.")
    today: Text | None = Field(None, description="What to do today on this step, one sentence.")
    seek: Text | None = Field(None, description="When to get help on this step, and from whom.")
    withdrawn: Text | None = Field(None, description="Why the article was withdrawn, in a sentence or two.")
    allow: list[Allowance] = Field([], description="Findings of make check that are right here, each with its reason.")


class Twin(Record):
    """What the other language says of an article that is not translated yet."""

    title: NonEmptyStr = Field(description="The title, translated.")
    description: NonEmptyStr = Field(description="The description, translated.")
    slug: Slug = Field(description="The last part of the address: it stays when the translation comes.")


class FrontMatter(Words):
    """Front matter of the original: its words, and what all languages share."""

    kind: PageKind | None = Field(
        None, description="The kind of page; an article, where none is said and it stands in a topic."
    )
    status: Status | None = Field(
        None,
        description="A draft is in previews only; planned: out from its date on; withdrawn: its page only says why.",
    )
    instead: Key | None = Field(None, description="Of a withdrawn article: the key of the article to read instead.")
    date: Day | None = Field(None, description="First published, as 2026-11-20.")
    reviewed: Day | None = Field(None, description="Content last checked whole.")
    review_by: Day | None = Field(None, description="To be checked again by this day, if that is within 3 years.")
    author: Key | None = Field(None, description="Who wrote it, as a key of docs/data/people.yml; none: the publisher.")
    reviewer: Key | None = Field(None, description="The clinician who checked it, by the key in docs/data/people.yml.")
    image_credit: NonEmptyStr | None = Field(None, description="Who took the photograph that is the cover.")
    image_licence: NonEmptyStr | None = Field(None, description="Its licence: CC BY 4.0; own, or permission.")
    concepts: list[Key] = Field([], description="Keys of docs/data/concepts.yml, weightiest first.")
    step: int | None = Field(None, ge=1, le=5, description="Step of the stress ladder, 1 to 5.")
    help: bool = Field(False, description="Whether the page carries the help box.")
    certainty: Basis | None = Field(None, description="How sure the main claim is: high … very-low, or rule.")
    related: Related = Field(Related(), description="Pins and exclusions of the related list.")
    order: list[Key] = Field([], description="On a topic page: its articles in reading order.")
    comments: bool = Field(True, description="Whether readers may comment, where comments are on.")
    noindex: bool = Field(False, description="Whether search engines are asked to keep away.")
    twin: Twin | None = Field(None, description="While there is no translation yet: its title, description and slug.")

    @property
    def credit(self) -> Credit | None:
        """Who made the cover, where that is said."""
        return Credit(self.image_credit, self.image_licence) if self.image_credit else None


def is_ordinary(key: str, shared: FrontMatter) -> bool:
    """Whether a page is an article below a topic, and no step of the ladder: only such a one may be away, or wait."""
    return shared.kind in (None, "article") and "/" in key and not shared.step


ARTICLE_NEEDS = ("slug", "image_alt", "evidence", "date", "reviewed", "concepts", "certainty")
"""Keys that an article's two files must have between them."""
STEP_NEEDS = ("signs", "today", "seek")
"""Keys that both files of a step of the ladder must have."""
ALWAYS_NEEDED = frozenset((*ARTICLE_NEEDS, *STEP_NEEDS, "title", "description"))
"""Keys of which nobody is told to delete them."""
SHARED = FrontMatter.model_fields.keys() - Words.model_fields.keys()
"""Keys that only the original has."""


def read_front_matter(
    source: str, file: str, model: type[Words], original: Language
) -> tuple[Words | None, dict[str, int], list[Problem]]:
    """Read what stands between the two lines “---”, from the file's second line on.

    Args:
        model: `FrontMatter` for an original, `Words` for a translation.

    Returns:
        The words, or None where they cannot be understood; the file's line of each key and list item
        (`concepts.1`); and the problems.
    """
    document = read_document(source, file, "front-matter", 2, is_text(model))
    values = document.values
    if not document.problems and not isinstance(values, dict):
        return None, {}, [_no_keys(source, file)]
    fix = f"move it to {f'the {english_name(original)} file'}, or delete the line"
    misplaced = {key: (f"“{key}” is shared by both languages", fix) for key in SHARED if model is Words}
    misplaced |= dict.fromkeys(("search", "search_questions"), _phrases_elsewhere(file))
    words = None if document.problems else validated(model, document, needed=ALWAYS_NEEDED, misplaced=misplaced)
    if not words:
        return None, {}, document.problems
    return words, {".".join(map(str, path)): place[0] for path, place in document.places.items()}, []


def problem_in(file: str, line: int, message: str, fix: str) -> Problem:
    """A problem with the head of a file, or with the file as such."""
    return Problem(file, line, 1, "front-matter", message, fix)


def _phrases_elsewhere(file: str) -> tuple[str, str]:
    """What to say of phrases that stand at the head of an article."""
    key, lang, _ = file.removeprefix("docs/").rsplit(".", 2)
    message = "what readers type does not stand in the article"
    return message, f"move it to docs/data/search.{lang}.yml: a page below “{key}:”, a question below “{key}#id:”"


def _no_keys(source: str, file: str) -> Problem:
    """The front matter is one text, or a list."""
    if re.match(r"\s*[\w-]+:\S", source):
        return problem_in(file, 2, "there is no space after the colon", "write “title: …”")
    return problem_in(file, 2, "the front matter has no keys", "write lines such as “title: …”")
