"""What mkdocs-redirects is told in mkdocs.yml: it would write a former address over the page that is there now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..core.problems import Problem, did_you_mean
from .library import Library
from .settings import ConfigFile

PLUGIN, MAPS = "redirects", "redirect_maps"
HOME = ("index", "README")
"""Names of a folder's own page."""


def redirects(maps: Mapping[Any, Any], file: ConfigFile, library: Library) -> Iterator[Problem]:
    """What is wrong with former addresses and the pages to which they lead.

    Args:
        maps: the page to lead to by the former page's path, such as `{"old.md": "about.en.md"}`.
        library: as readers see it.
    """
    pages = {text.path for article in library.placed for text in article.translations.values()}
    addresses = {library.path(article, lang) for article in library.placed for lang in library.languages}
    former = {
        library.former_path(alias, lang)
        for article in library.placed
        for lang, text in article.translations.items()
        for alias in text.words.aliases
    }
    for old, new in maps.items():
        place = ("plugins", PLUGIN, MAPS, old)
        *folders, name = str(old).removesuffix(".md").split("/")
        address = "/".join([*folders, *([] if name in HOME else [name]), ""])
        if not str(old).endswith(".md") or "\\" in str(old) or {"", ".", ".."} & {*folders, name}:
            message = f"“{old}” is no former page; expected its path below docs/, such as old/page.md"
            yield file.problem("config", place, message, "correct it")
        elif address in addresses:
            message = f"“{old}” has the address of a page that is there, which the redirect would take the place of"
            yield file.problem("config", place, message, "delete the line, or give the page another slug")
        elif address in former:
            message = f"“{old}” is among a page's “aliases” already"
            yield file.problem("config", place, message, "delete the line")
        target = new.partition("#")[0] if isinstance(new, str) else new
        if target not in pages and not str(new).lower().startswith(("https://", "http://")):
            message = f"“{old}” leads to “{new}”, and there is no such page"
            yield file.problem("config", place, message, did_you_mean(str(target), pages, "docs/"))
