"""What schema.org's own vocabulary says of a node."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "vocabulary/schemaorg-29.4.jsonld"
TEXTS = {"Text", "URL", "CssSelectorType", "XPathType", "PronounceableText"}


def problems(node: Mapping[str, Any], types: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a node and with the nodes in it.

    Args:
        types: the `@type` of each node that may be referred to, by `@id`.
    """
    own = _types(node, types)
    for name in own:
        if "rdfs:Class" not in _listed(_terms().get(name, {}), "@type"):
            yield f"{name} is no type"
    for key, value in node.items():
        if key.startswith("@"):
            continue
        name = key.removesuffix("-input")  # <https://schema.org/docs/actions.html#part-4>
        term = _terms().get(name, {})
        if "rdf:Property" not in _listed(term, "@type"):
            yield f"{name} is no property"
            continue
        if _listed(term, "schema:supersededBy"):
            yield f"{name} is superseded by {_listed(term, 'schema:supersededBy')[0]}"
        if not {_bare(d) for d in _listed(term, "schema:domainIncludes")} & {s for t in own for s in _supers(t)}:
            yield f"{name} is no property of {' or '.join(own)}"
        ranges = {_bare(r) for r in _listed(term, "schema:rangeIncludes")}
        if key != name:
            ranges = {"PropertyValueSpecification"}
        for item in value if isinstance(value, list) else [value]:
            if not any(_fits(item, wanted, types) for wanted in ranges):
                yield f"{name} is {item!r}; expected {' or '.join(sorted(ranges))}"
            if isinstance(item, dict) and set(item) != {"@id"}:
                yield from problems(item, types)


def _fits(value: Any, wanted: str, types: Mapping[str, Any]) -> bool:
    match value:
        case dict():
            return any(wanted in _supers(name) for name in _types(value, types))
        case bool():
            return wanted == "Boolean"
        case int():
            return wanted in ("Integer", "Number")
        case str() if wanted == "Date":
            return _is_date(value)
        case str() if wanted in ("URL", "Thing", "EntryPoint") or "Enumeration" in _supers(wanted):
            return value.startswith(("http://", "https://"))
        case str():
            return wanted in TEXTS
    return False


def _is_date(value: str) -> bool:
    if len(value) == 4 and value.isdigit():
        return True  # ISO 8601: a year
    try:
        return bool(dt.date.fromisoformat(value))
    except ValueError:
        return False


def _types(node: Mapping[str, Any], types: Mapping[str, Any]) -> list[str]:
    found = node.get("@type") or types.get(node.get("@id", ""), [])
    return found if isinstance(found, list) else [found]


@cache
def _terms() -> dict[str, dict[str, Any]]:
    return {_bare(term["@id"]): term for term in json.loads(FILE.read_text("utf-8"))["@graph"]}


@cache
def _supers(name: str) -> frozenset[str]:
    """A type with all its supertypes."""
    above = (_supers(_bare(parent)) for parent in _listed(_terms().get(name, {}), "rdfs:subClassOf"))
    return frozenset({name}).union(*above)


def _listed(term: Mapping[str, Any], key: str) -> list[str]:
    values = term.get(key, [])
    values = values if isinstance(values, list) else [values]
    return [value["@id"] if isinstance(value, dict) else value for value in values]


def _bare(name: str) -> str:
    return name.removeprefix("schema:")
