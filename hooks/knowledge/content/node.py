"""A node of a graph: a dict with schema.org's names, and what all nodes need."""

from __future__ import annotations

from typing import Any

from ..core.language import Language

Node = dict[str, Any]


def ref(node: Node) -> Node:
    """A reference to a node."""
    return {"@id": node["@id"]}


def twin(id: str, lang: Language) -> Node:
    """How a node names the same in the other language: Danish is the original, English its translation."""
    return {"workTranslation" if lang == "da" else "translationOfWork": {"@id": id}}


def other(lang: Language) -> Language:
    """The other language."""
    return "en" if lang == "da" else "da"


def image(id: str, address: str, caption: str | None, lang: Language | None = None) -> Node:
    """A picture."""
    return {
        "@type": "ImageObject",
        "@id": id,
        "url": address,
        "contentUrl": address,
        "caption": caption,
        "inLanguage": lang,
    }


def without_gaps(value: Any) -> Any:
    """The same without the keys that say nothing."""
    if isinstance(value, dict):
        return {key: without_gaps(v) for key, v in value.items() if v not in (None, [], "")}
    return [without_gaps(v) for v in value] if isinstance(value, list) else value
