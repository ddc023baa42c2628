"""JSON Schemas of front matter and data files, for the completion of editors: `make schema`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from ..content.concept import Concept
from ..content.correction import Correction
from ..content.crisis_words import CrisisWords
from ..content.front_matter import FrontMatter, Words
from ..content.help_line import HelpLine
from ..content.need import Need
from ..content.source import Source
from ..content.strong_word import StrongWords
from ..core.language import Language

FOLDER = Path(".vscode/schemas")
SHAPES: dict[str, tuple[Any, str]] = {
    "front-matter.da": (FrontMatter, "Front matter of a Danish file"),
    "front-matter.en": (Words, "Front matter of an English file"),
    "concepts": (dict[str, Concept], "docs/data/concepts.yml"),
    "sources": (dict[str, Source], "docs/data/sources.yml"),
    "corrections": (list[Correction], "docs/data/corrections.yml"),
    "help": (list[HelpLine], "docs/data/help.yml"),
    "needs": (list[Need], "docs/data/needs.yml"),
    "strong-words": (StrongWords, "docs/data/strong-words.yml"),
    "crisis-words": (dict[Language, CrisisWords], "docs/data/crisis-words.yml"),
    "grave-words": (dict[Language, list[str]], "docs/data/grave-words.yml"),
    "foreign-words": (dict[Language, list[str]], "docs/data/foreign-words.yml"),
}


def schemas() -> dict[str, str]:
    """Each schema's text, by the name of its file."""
    return {f"{name}.json": _text(TypeAdapter(shape).json_schema(), title) for name, (shape, title) in SHAPES.items()}


def _text(schema: dict[str, Any], title: str) -> str:
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": title}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for file, text in schemas().items():
        (FOLDER / file).write_text(text, "utf-8")
