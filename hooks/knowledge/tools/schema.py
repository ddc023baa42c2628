"""JSON Schemas of front matter and data files, for the completion of editors: `make schema`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from ..content.data import DATA
from ..content.front_matter import FrontMatter, Words
from ..content.record import for_site
from ..content.settings import languages_of
from ..core.language import Languages, english_name
from ..pages import blocks

FOLDER = Path(".vscode/schemas")


def schemas(languages: Languages) -> dict[str, str]:
    """Each schema's text, by the name of its file."""
    shapes: dict[str, tuple[Any, str]] = {
        f"front-matter.{lang}": (
            FrontMatter if lang == languages.original else Words,
            f"Front matter of a file in {english_name(lang)}",
        )
        for lang in languages
    }
    data = {**DATA, **blocks.DATA}
    shapes |= {file: (for_site(shape, languages), f"docs/data/{file}.yml") for file, shape in data.items()}
    return {f"{file}.json": _text(TypeAdapter(shape).json_schema(), title) for file, (shape, title) in shapes.items()}


def _text(schema: dict[str, Any], title: str) -> str:
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": title}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for file, text in schemas(languages_of(Path("mkdocs.yml"))).items():
        (FOLDER / file).write_text(text, "utf-8")
