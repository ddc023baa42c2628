"""The settings of a site: its blocks, menu and footer, with everything in mkdocs.yml that would stop a build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlunsplit

import yaml

from ..content.given import Given
from ..content.library import Library
from ..content.public import is_public
from ..content.redirects import redirects
from ..content.settings import ConfigFile
from ..content.urls import parts_of
from ..core.document import KeyPath
from ..core.language import LANGUAGES, Languages
from ..core.problems import Problem, did_you_mean
from ..core.strings import read_strings
from .blocks import Blocks
from .blocks.analytics import Analytics, analytics
from .theme import Theme

PAGES = ("index", "help", "faq", "search", "articles", "privacy", "self-check", "glossary", "sources", "about")
"""Pages outside the topics to which the templates link."""
LISTS = ("topics", "footer")
SWITCHES = ("cache", "drafts")
"""Settings of `extra` that are true or false."""


@dataclass(frozen=True)
class Beginning:
    """What of mkdocs.yml must be known before the content is read."""

    values: Mapping[str, Any]
    """mkdocs.yml as MkDocs resolved it."""
    file: ConfigFile
    theme: Theme
    analytics: Analytics | None
    given: Given
    problems: tuple[Problem, ...]

    @classmethod
    def read(cls, values: Mapping[str, Any], file: ConfigFile, docs: Path, overrides: Path) -> Beginning:
        """Read and check the settings that need no content."""
        site_url, extra = values.get("site_url") or "", values.get("extra")
        theme, problems = Theme.read(values, file, docs, overrides, site_url)
        asked = extra.get("analytics") if isinstance(extra, Mapping) else None
        counted, wrong = analytics(asked, file.section("analytics"), site_url)
        visits = _visits(overrides, values.get("languages", LANGUAGES), counted)
        given = Given(str(values.get("site_name") or ""), visits, frozenset(theme.files))
        if not given.site_name.strip() and values:
            message = "“site_name” is empty, and stands on every page"
            wrong.append(file.problem("config", ("site_name",), message, "write what the site is called"))
        if set("{}") & set(given.site_name):
            message = "“site_name” holds a curly bracket, which texts keep for what is filled in"
            wrong.append(file.problem("config", ("site_name",), message, "write it without"))
        return cls(values, file, theme, counted, given, (*problems, *wrong))


def _visits(overrides: Path, languages: Languages, counted: Analytics | None) -> dict[str, str]:
    """Whether visits are counted, as the page on privacy says it."""
    try:
        strings = read_strings(overrides / "strings", languages)
        if not counted:
            return {lang: strings[lang]["visits_none"] for lang in languages}
        said = {lang: strings[lang]["visits_counted"] for lang in languages}
        return {lang: text.format(program=counted.title, host=counted.host) for lang, text in said.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, yaml.YAMLError):
        return {}  # It is told as words of the interface.


@dataclass(frozen=True)
class Settings:
    """What mkdocs.yml says of the pages, as far as it can be used."""

    blocks: Blocks
    theme: Theme
    extra: Mapping[str, Any]
    """Its section `extra`, with lists of pages that are there."""
    problems: tuple[Problem, ...]

    @classmethod
    def read(cls, begun: Beginning, library: Library) -> Settings:
        """Read and check the settings."""
        extra, site_url, file = begun.values.get("extra"), begun.values.get("site_url"), begun.file
        problems = [*file.problems, *begun.problems]
        if not isinstance(extra, Mapping):
            problems.append(file.problem("config", ("extra",), "“extra” holds no keys", "write them below it"))
            extra = {}
        if wrong_address := _wrong_address(site_url or ""):
            problems.append(file.problem("config", ("site_url",), *wrong_address))
        for name in SWITCHES:
            if isinstance(extra.get(name), str):
                message = f"“extra.{name}” is “{extra[name]}”; expected true or false"
                problems.append(file.problem("config", ("extra", name), message, "write true or false"))
        problems += _left_out(begun, library)
        problems += redirects(begun.values.get("redirects", {}), file, library)
        if extra.get("drafts") and is_public(site_url or ""):
            message = f"drafts are to be shown, and the site is built for {site_url}, where readers would see them"
            problems.append(file.problem("public", ("extra", "drafts"), message, "build without DRAFTS=true"))
        blocks, found = Blocks.read(extra, file, library, site_url or "", begun.analytics)
        pages: list[tuple[str, KeyPath]] = [(key, ()) for key in PAGES]
        lists: dict[str, list[str]] = {}
        for name in LISTS:
            listed, wrong = _pages(file, name, extra.get(name))
            problems += wrong
            pages += [(page, ("extra", name, i)) for i, page in listed]
            there = dict.fromkeys(page for _, page in listed if page in library.articles)
            lists[name] = [page.removesuffix("/index") if name == "topics" else page for page in there]
        problems += _missing(file, library, pages)
        if lists["topics"]:
            for key in library.topics.keys() - lists["topics"]:
                message = f"the topic “{key}” is not in extra.topics, and so not in the menu"
                fix = f"add it: topics: [{', '.join((*lists['topics'], key))}]"
                problems.append(file.problem("pages", ("extra", "topics"), message, fix))
        theme, wrong_menu = begun.theme.with_menu(begun.values, file, library, lists["topics"])
        return cls(blocks, theme, {**extra, **lists}, tuple(sorted({*problems, *found, *wrong_menu})))


def _wrong_address(site_url: str) -> tuple[str, str] | None:
    """What is wrong with the site's address, and how to fix it."""
    fix, parts = "write site_url: https://your.example/", parts_of(site_url)
    if not site_url:
        return "“site_url” is missing, on which all addresses rest", fix
    host = parts.hostname or ""
    is_roundabout = {"", ".", ".."} & {*parts.path.split("/")[1:-1]}
    surplus = parts.username or parts.password or parts.query or parts.fragment or set(site_url) & set(" \t\n\"'<>\\")
    if is_roundabout or parts.scheme not in ("https", "http") or not host or surplus:
        return f"“site_url” is “{site_url}”; expected the address of the site's first page, and no more", fix
    if not site_url.isascii():
        try:
            written = parts.netloc.replace(host, host.encode("idna").decode()), quote(parts.path, safe="/%")
        except UnicodeError:
            return f"“site_url” is “{site_url}”; expected the address of the site's first page, and no more", fix
        right = urlunsplit((parts.scheme, *written, "", ""))
        return "“site_url” holds letters that machines write otherwise in addresses", f"write site_url: {right}"
    return None


def _left_out(begun: Beginning, library: Library) -> Iterator[Problem]:
    """Pages and pictures that a setting of MkDocs leaves out of the site, in which others show them."""
    shown = {text.path for article in library.articles.values() for text in article.translations.values()}
    for key, patterns in begun.values.get("left_out", {}).items():
        for path in sorted(shown | library.media) if patterns else ():
            if patterns.match_file(path):
                message = f"“{key}” leaves out docs/{path}, which other pages show"
                fix = "take it out of there; what readers do not see yet says “status: draft”"
                yield begun.file.problem("setting", (key,), message, fix)


def _pages(file: ConfigFile, name: str, value: Any) -> tuple[list[tuple[int, str]], list[Problem]]:
    """The pages that a list names, each with its place there, and what is wrong with the list as such."""
    expected = "expected a list such as [alliance]" if name == "topics" else "expected a list such as [help, about]"
    if value is not None and not isinstance(value, list):
        message = f"extra.{name} is “{value}”; {expected}"
        return [], [file.problem("pages", ("extra", name), message, "put it in square brackets")]
    pages, problems, items = [], [], value or []
    for i, key in enumerate(items):
        if not isinstance(key, str):
            message, fix = f"“{key}” is no page; {expected}", "write a page's key"
            problems.append(file.problem("pages", ("extra", name, i), message, fix))
            continue
        pages.append((i, f"{key}/index" if name == "topics" else key))
        if key in items[:i]:
            message = f"“{key}” is there twice in extra.{name}"
            problems.append(file.problem("pages", ("extra", name, i), message, "delete one"))
    return pages, problems


def _missing(file: ConfigFile, library: Library, pages: list[tuple[str, KeyPath]]) -> Iterator[Problem]:
    """Pages that are named and not there, but those that could not be read, which is told."""
    for key, path in pages:
        if key not in library.articles and key not in library.unread:
            name = key.removesuffix("/index") if path[1:2] == ("topics",) else key
            known = library.topics if path[1:2] == ("topics",) else [a for a in library.articles if "/" not in a]
            write = f"write {' and '.join(f'docs/{name}' for name in library.languages.files(key))}"
            fix = did_you_mean(name, known, otherwise=write) if path else write
            yield file.problem("pages", path, f"the page “{key}” is missing", fix)
