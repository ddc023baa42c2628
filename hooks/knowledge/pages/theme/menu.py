"""The menu: entries that `nav` of mkdocs.yml adds to the topics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ...content.library import Library
from ...content.urls import parts_of
from ...core.language import Language, Languages
from ...core.problems import Problem, did_you_mean
from .setting import Setting

FIXED = ("faq", "search", "help", "self-check")
"""Pages that stand in the head of every page."""
SCHEMES = ("https", "http", "mailto", "tel")


@dataclass(frozen=True)
class Entry:
    """One entry of the menu."""

    key: str = ""
    """The page's; empty for an address outside the site."""
    href: str = ""
    """The address outside the site."""
    titles: Mapping[Language, str] | None = None
    """In each language; None: the page's own."""


def menu(
    nav: Setting, options: Any, library: Library, topics: Iterable[str]
) -> tuple[tuple[Entry, ...], list[Problem]]:
    """The entries that `nav` adds, and what is wrong with it. `nav_translations`, an option of each of static-i18n's
    languages, gives an entry its name there."""
    if nav.value is None:
        return (), []
    if not isinstance(nav.value, list):
        return (), [nav.problem(f"it is “{nav.value}”; expected a list of pages", "write lines such as - about.md")]
    there = {*FIXED, *(f"{topic}/index" for topic in topics), "index"}
    entries: list[Entry] = []
    problems: list[Problem] = []
    for i, item in enumerate(nav.value):
        place = nav[i]
        if isinstance(item, Mapping) and len(item) == 1:
            ((title, target),) = item.items()
            place = place[title]
        else:
            title, target = None, item
        if not isinstance(target, str):
            fix = "write its pages one below the other; what belongs together can be a topic"
            problems.append(place.problem(f"“{title or target}” is a menu within the menu, which there is not", fix))
            continue
        entry, found = _entry(place, title, target, library, _names(title, options, nav.languages))
        if found:
            problems.append(found)
        elif entry.key in there:
            problems.append(place.problem(f"“{target}” is in the menu already", "delete the line"))
        else:
            entries.append(entry)
            there |= {entry.key} if entry.key else set()
    return tuple(entries), problems


def _names(title: str | None, options: Any, languages: Languages) -> dict[Language, str] | None:
    """An entry's name in each language."""
    if title is None:
        return None
    known = {option["locale"]: option.get("nav_translations") or {} for option in options or ()}
    return {lang: str(known.get(lang, {}).get(title, title)) for lang in languages}


def _entry(
    place: Setting, title: str | None, target: str, library: Library, titles: dict[Language, str] | None
) -> tuple[Entry, Problem | None]:
    scheme = parts_of(target).scheme
    if scheme:
        if scheme not in SCHEMES:
            return Entry(), place.problem(f"“{target}” is no address", "write https://…, or a page's file")
        if not title:
            return Entry(), place.problem(f"“{target}” has no name", f"write - Name: {target}")
        return Entry(href=target, titles=titles), None
    endings = [*(f".{lang}.md" for lang in place.languages), ".md"]
    key = next((target.removesuffix(ending) for ending in endings if target.endswith(ending)), target)
    if key in library.articles:
        return Entry(key, titles=titles), None
    if key in library.unread:
        return Entry(), place.problem(f"“{target}” could not be read", "correct what is said of its file")
    known = [f"{name}.md" for name in library.articles]
    is_address = "." in target and not target.endswith(".md")
    fix = f"write https://{target}" if is_address else did_you_mean(target, known, "docs/")
    return Entry(), place.problem(f"there is no page “{target}”", fix)
