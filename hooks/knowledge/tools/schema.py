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
from ..content.record import for_site
from ..content.settings import languages_of
from ..content.source import Source
from ..content.strong_word import StrongWords
from ..core.language import Language, Languages, english_name

FOLDER = Path(".vscode/schemas")
DATA: dict[str, Any] = {
    "concepts": dict[str, Concept],
    "sources": dict[str, Source],
    "corrections": list[Correction],
    "help": list[HelpLine],
    "strong-words": StrongWords,
    "crisis-words": dict[Language, CrisisWords],
    "grave-words": dict[Language, list[str]],
    "foreign-words": dict[Language, list[str]],
}


def schemas(languages: Languages) -> dict[str, str]:
    """Each schema's text, by the name of its file."""
    shapes: dict[str, tuple[Any, str]] = {
        f"front-matter.{lang}": (
            FrontMatter if lang == languages.original else Words,
            f"Front matter of a file in {english_name(lang)}",
        )
        for lang in languages
    }
    shapes |= {file: (for_site(shape, languages), f"docs/data/{file}.yml") for file, shape in DATA.items()}
    return {f"{file}.json": _text(TypeAdapter(shape).json_schema(), title) for file, (shape, title) in shapes.items()}


def _text(schema: dict[str, Any], title: str) -> str:
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": title}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for file, text in schemas(languages_of(Path("mkdocs.yml"))).items():
        (FOLDER / file).write_text(text, "utf-8")
