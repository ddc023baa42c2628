"""A source: what a claim rests on, how much it carries, and how it is cited."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from ..core.language import ENGLISH, language_name
from .front_matter import Certainty
from .node import Node
from .record import ByLanguage, Day, NonEmptyStr, Record, Text

Https = Annotated[str, Field(pattern=r"^https://\S+$")]


def _known(code: str) -> str:
    if not language_name(code, ENGLISH):
        raise ValueError(f"“{code}” is no language's code; expected one such as en")
    return code


Tongue = Annotated[str, Field(pattern=r"^[a-z]{2,3}$"), AfterValidator(_known)]
"""The code of any language."""


TYPES = {
    "article-journal": "ScholarlyArticle",
    "book": "Book",
    "chapter": "Chapter",
    "webpage": "WebPage",
    "legislation": "Legislation",
    "thesis": "Thesis",
    "report": "Report",
}
"""CSL's kinds of source, by schema.org's names."""


Study = Literal[
    "meta-analysis",
    "review",
    "trial",
    "experiment",
    "cohort",
    "survey",
    "experts",
    "theory",
    "practice",
    "instrument",
    "guidance",
    "definition",
    "law",
    "rules",
]
RESEARCH = ("meta-analysis", "review", "trial", "experiment", "cohort", "survey", "experts")
"""Kinds of source whose certainty is judged."""


class Name(Record):
    """A person (family, given) or an organisation (literal)."""

    family: NonEmptyStr | None = None
    given: NonEmptyStr | None = None
    literal: NonEmptyStr | None = None

    def node(self) -> Node:
        """The name for a graph."""
        if self.literal:
            return {"@type": "Organization", "name": self.literal}
        name = " ".join(filter(None, (self.given, self.family)))
        return {"@type": "Person", "name": name}


class Shows(ByLanguage[Text]):
    """One plain sentence per language: what the source shows, and what it does not."""


class Source(Record):
    """One record of `docs/data/sources.yml`, with the names of CSL.

    Source: Citation Style Language 1.0.2, <https://docs.citationstyles.org/>.
    """

    type: Literal["article-journal", "book", "chapter", "webpage", "legislation", "thesis", "report"]
    author: list[Name] = Field(min_length=1)
    issued: int | None = Field(None, ge=1450, description="Year of publication.")
    title: NonEmptyStr
    container_title: NonEmptyStr | None = Field(None, alias="container-title")
    publisher: NonEmptyStr | None = None
    volume: str | None = None
    issue: str | None = None
    page: str | None = None
    DOI: Annotated[str, Field(pattern=r"^10\.\d+/\S+$")] | None = None
    URL: Https | None = None
    study: Study = Field(description="What kind of source it is.")
    certainty: Certainty | None = Field(None, description="How sure one may be of what it shows; research only.")
    shows: Shows
    accessed: Day | None = Field(None, description="The day on which a web page or a law was read.")
    language: Tongue = Field(ENGLISH, description="The language in which the source is written.")
    unverified: bool = Field(False, description="The reference itself has not been seen.")

    @model_validator(mode="after")
    def _judged(self) -> Source:
        if (self.study in RESEARCH) != (self.certainty is not None):
            raise ValueError(
                "research needs “certainty”: high, moderate, low or very-low"
                if self.study in RESEARCH
                else f"“{self.study}” is no research, and has no “certainty”"
            )
        if self.issued and self.accessed and self.accessed.year < self.issued:
            raise ValueError(
                f"“accessed” is {self.accessed}; expected a day in {self.issued} or after, as “issued” says"
            )
        return self

    @property
    def link(self) -> str | None:
        """The address at which the source can be read."""
        return f"https://doi.org/{self.DOI}" if self.DOI else self.URL

    def node(self) -> Node:
        """The record for a graph, with schema.org's names."""
        container = "Periodical" if self.type == "article-journal" else "Book" if self.type == "chapter" else "WebSite"
        return {
            "@type": TYPES[self.type],
            "name": self.title,
            "author": [name.node() for name in self.author],
            "datePublished": self.issued and str(self.issued),
            "isPartOf": self.container_title and {"@type": container, "name": self.container_title},
            "publisher": self.publisher and {"@type": "Organization", "name": self.publisher},
            "url": self.link,
        }

    def csl(self, key: str) -> dict[str, Any]:
        """The record as CSL-JSON; its address is not part of the entry, but a link of its own."""
        data = self.model_dump(
            by_alias=True,
            exclude_none=True,
            exclude={"study", "certainty", "shows", "accessed", "unverified", "issued", "DOI", "URL"},
        )
        if self.issued:
            data["issued"] = {"date-parts": [[self.issued]]}
        return {"id": key, **data}
