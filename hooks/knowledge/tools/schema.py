"""JSON Schemas of front matter and data files, and snippets of front matter, for editors' programs: `make schema`.

No extension of VS Code that is maintained completes the front matter of Markdown from a schema: the one for YAML reads
YAML files alone (<https://github.com/redhat-developer/vscode-yaml/issues/207>). VS Code itself completes snippets, so
each key is one, made of its schema.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from ..content.data import data_of
from ..content.front_matter import FrontMatter, Words
from ..content.record import for_site
from ..content.settings import languages_of
from ..core.language import Languages, english_name
from ..pages import blocks

FOLDER = Path(".vscode/schemas")
SNIPPETS = Path(".vscode/front-matter.code-snippets")
TODAY = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"


def schemas(languages: Languages) -> dict[str, str]:
    """Each schema's text, by the name of its file."""
    shapes: dict[str, tuple[Any, str]] = {
        f"front-matter.{lang}": (
            FrontMatter if lang == languages.original else Words,
            f"Front matter of a file in {english_name(lang)}",
        )
        for lang in languages
    }
    data = {**data_of(languages), **blocks.DATA}
    shapes |= {file: (for_site(shape, languages), f"docs/data/{file}.yml") for file, shape in data.items()}
    return {f"{file}.json": _text(TypeAdapter(shape).json_schema(), title) for file, (shape, title) in shapes.items()}


def snippets() -> str:
    """What VS Code completes each key of the front matter with."""
    schema = TypeAdapter(FrontMatter).json_schema()
    found = {
        f"Front matter: {key}": {
            "scope": "markdown",
            "prefix": key,
            "description": shape.get("description", ""),
            "body": f"{key}: {_value(shape, schema)}",
        }
        for key, shape in schema["properties"].items()
    }
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _value(shape: dict[str, Any], root: dict[str, Any], place: int = 1) -> str:
    """What may be written for a value, as a snippet says it."""
    if "$ref" in shape:
        shape = root["$defs"][shape["$ref"].rpartition("/")[2]]
    for option in shape.get("anyOf") or shape.get("allOf") or ():
        if option.get("type") != "null":
            return _value(option, root, place)
    if "properties" in shape:
        parts = (f"{key}: {_value(one, root, i)}" for i, (key, one) in enumerate(shape["properties"].items(), place))
        return f"{{{', '.join(parts)}}}"
    if shape.get("type") == "object":
        return f"{{${place}: [${place + 1}]}}"
    if "const" in shape or "enum" in shape:
        return f"${{{place}|{','.join(map(str, shape.get('enum') or [shape['const']]))}|}}"
    if shape.get("type") == "boolean":
        return f"${{{place}|true,false|}}"
    if shape.get("type") == "integer" and "minimum" in shape and "maximum" in shape:
        return f"${{{place}|{','.join(map(str, range(shape['minimum'], shape['maximum'] + 1)))}|}}"
    if shape.get("type") == "array":
        return f"[${place}]"
    return TODAY if shape.get("format") == "date" else f"${place}"


def _text(schema: dict[str, Any], title: str) -> str:
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": title}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for file, text in schemas(languages_of(Path("mkdocs.yml"))).items():
        (FOLDER / file).write_text(text, "utf-8")
    SNIPPETS.write_text(snippets(), "utf-8")
