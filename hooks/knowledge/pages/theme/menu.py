"""The menu: entries that `nav` of mkdocs.yml adds to the topics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ...content.library import Library
from ...content.urls import parts_of
from ...core.language import Language, Languages
from ...core.problems import did_you_mean
from .setting import Setting

FIXED = ("faq", "search", "help", "self-check")
"""Pages that stand in the head of every page."""
SCHEMES = ("https", "http", "mailto", "tel")


@dataclass(frozen=True)
class MenuEntry:
    """One entry of the menu."""

    key: str = ""
    """The page's; empty for an address outside the site."""
    href: str = ""
    """The address outside the site."""
    titles: Mapping[Language, str] | None = None
    """In each language; None: the page's own."""


def menu(nav: Setting, options: Any, library: Library, topics: Iterable[str]) -> tuple[MenuEntry, ...]:
    """The entries that `nav` adds; what is wrong with it is told. `nav_translations`, an option of each of
    static-i18n's languages, gives an entry its name there."""
    if nav.value is not None and not isinstance(nav.value, list):
        nav.tell(f"it is “{nav.written}”; expected a list of pages", "write lines such as - about.md")
        return ()
    there = {*FIXED, *(f"{topic}/index" for topic in topics), "index"}
    entries: list[MenuEntry] = []
    for i, item in enumerate(nav.value or ()):
        place, title, target = nav[i], None, item
        if isinstance(item, Mapping) and len(item) == 1:
            ((title, target),) = item.items()
            place = place[title]
        if not isinstance(target, str):
            fix = "write its pages one below the other; what belongs together can be a topic"
            place.tell(f"“{title or target}” is a menu within the menu, which there is not", fix)
        elif entry := _entry(place, title, target, library, _names(title, options, nav.languages)):
            if entry.key in there:
                place.tell(f"“{target}” is in the menu already", "delete the line")
            else:
                entries.append(entry)
                there |= {entry.key} - {""}
    return tuple(entries)


def _names(title: str | None, options: Any, languages: Languages) -> dict[Language, str] | None:
    """An entry's name in each language."""
    if title is None:
        return None
    known = {option["locale"]: option.get("nav_translations") or {} for option in options or ()}
    return {lang: str(known.get(lang, {}).get(title, title)) for lang in languages}


def _entry(
    place: Setting, title: str | None, target: str, library: Library, titles: dict[Language, str] | None
) -> MenuEntry | None:
    """An entry; None where it is told why there is none."""
    scheme = parts_of(target).scheme
    endings = [*(f".{lang}.md" for lang in place.languages), ".md"]
    key = next((target.removesuffix(ending) for ending in endings if target.endswith(ending)), target)
    if scheme in SCHEMES and title:
        return MenuEntry(href=target, titles=titles)
    if not scheme and key in library.articles:
        return MenuEntry(key, titles=titles)
    if scheme in SCHEMES:
        place.tell(f"“{target}” has no name", f"write - Name: {target}")
    elif scheme:
        place.tell(f"“{target}” is no address", "write https://…, or a page's file")
    elif key in library.unread:
        place.tell(f"“{target}” could not be read", "correct what is said of its file")
    else:
        known = [f"{name}.md" for name in library.articles]
        is_address = "." in target and not target.endswith(".md")
        fix = f"write https://{target}" if is_address else did_you_mean(target, known, "docs/")
        place.tell(f"there is no page “{target}”", fix)
    return None
