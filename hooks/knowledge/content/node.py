"""A node of a graph: a dict with schema.org's names, and what all nodes need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..core.language import Language, Languages

Node = dict[str, Any]


def ref(node: Node) -> Node:
    """A reference to a node."""
    return {"@id": node["@id"]}


def translations(
    lang: Language, languages: Languages, written: Iterable[Language], id: Callable[[Language], str]
) -> Node:
    """How a node names the same in other languages, where it is written in them: the original its translations, a
    translation its original."""
    if lang != languages.original:
        return {"translationOfWork": {"@id": id(languages.original)}} if languages.original in written else {}
    others = [{"@id": id(other)} for other in written if other != lang]
    return {"workTranslation": others if len(others) > 1 else others[0]} if others else {}


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
