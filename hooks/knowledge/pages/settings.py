"""The settings of a site: its blocks, menu and footer, with everything in mkdocs.yml that would stop a build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..content.library import Library
from ..content.settings import ConfigFile
from ..core.problems import Problem, did_you_mean
from .blocks import Blocks

PAGES = ("index", "help", "faq", "search", "articles", "privacy", "self-check", "glossary", "sources", "about")
"""Pages outside the topics to which the templates link."""
LISTS = ("topics", "footer")


@dataclass(frozen=True)
class Settings:
    """What mkdocs.yml says of the pages, as far as it can be used."""

    blocks: Blocks
    extra: Mapping[str, Any]
    """Its section `extra`, with lists of pages that are there."""
    problems: tuple[Problem, ...]

    @classmethod
    def read(cls, extra: Any, config_file: Path, library: Library, site_url: str | None) -> Settings:
        """Read and check the settings.

        Args:
            extra: the section `extra` of mkdocs.yml as MkDocs read it.
            config_file: mkdocs.yml, whose lines problems name.
        """
        file = ConfigFile.read(config_file)
        problems = list(file.problems)
        if not isinstance(extra, Mapping):
            problems.append(file.problem("config", ("extra",), "“extra” holds no keys", "write them below it"))
            extra = {}
        if not site_url or not urlsplit(site_url).netloc:
            message = "“site_url” is missing, on which all addresses rest"
            problems.append(file.problem("config", ("site_url",), message, "write site_url: https://your.example/"))
        blocks, found = Blocks.read(extra, config_file, library, site_url or "")
        lists, wrong = {}, []
        for name in LISTS:
            wrong += _wrong_list(file, name, extra.get(name))
            lists[name] = [key for key in _words(extra.get(name)) if _page(name, key) in library.articles]
        wrong += [
            *_missing(file, library, [(key, ()) for key in PAGES]),
            *_missing(
                file,
                library,
                [(_page(name, key), ("extra", name, i)) for name in LISTS for i, key in _listed(extra.get(name))],
            ),
        ]
        return cls(blocks, {**extra, **lists}, tuple(sorted({*problems, *found, *wrong})))


def _page(name: str, key: str) -> str:
    return f"{key}/index" if name == "topics" else key


def _listed(value: Any) -> list[tuple[int, str]]:
    found = enumerate(value) if isinstance(value, list) else ()
    return [(i, key) for i, key in found if isinstance(key, str)]


def _words(value: Any) -> list[str]:
    return list(dict.fromkeys(key for _, key in _listed(value)))


def _wrong_list(file: ConfigFile, name: str, value: Any) -> Iterator[Problem]:
    """What is wrong with a list as such."""
    expected = "expected a list such as [alliance]" if name == "topics" else "expected a list such as [help, about]"
    if value is not None and not isinstance(value, list):
        yield file.problem(
            "pages", ("extra", name), f"extra.{name} is “{value}”; {expected}", "put it in square brackets"
        )
        return
    for i, key in enumerate(value or ()):
        if not isinstance(key, str):
            yield file.problem("pages", ("extra", name, i), f"“{key}” is no page; {expected}", "write a page's key")
        elif key in value[:i]:
            yield file.problem("pages", ("extra", name, i), f"“{key}” stands twice in extra.{name}", "delete one")


def _missing(file: ConfigFile, library: Library, pages: list[tuple[str, tuple[str | int, ...]]]) -> Iterator[Problem]:
    """Pages that are named and not there, but those that could not be read, which is told."""
    for key, path in pages:
        if key not in library.articles and key not in library.unread:
            name = key.removesuffix("/index") if path[1:2] == ("topics",) else key
            known = library.topics if path[1:2] == ("topics",) else [a for a in library.articles if "/" not in a]
            meant = did_you_mean(name, known) if path else ""
            files = " and ".join(library.languages.files(key))
            fix = meant if meant.startswith("did") else f"write docs/{files}"
            yield file.problem("pages", path, f"the page “{key}” is missing", fix)
