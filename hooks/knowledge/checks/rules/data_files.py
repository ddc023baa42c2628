"""Rules on the data files as a whole: each is read, is there where readers need it, and says each thing once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

import yaml

from ...content import urls
from ...content.data import CONCEPTS, FOREIGN_WORDS, HELP, PEOPLE, SOURCES, phrases_of
from ...content.library import Library
from ...core import day
from ...core.document import KeyPath
from ...core.folder import files_in
from ...core.language import described, known, locale
from ...core.problems import did_you_mean
from .links import wrong_site
from .rule import Finding, again, rule

SAFETY = {
    "crisis-words": "without it, the search shows no help to whoever types that they want to die",
    "grave-words": "without it, a text on self-harm may stand without the help box",
}
"""The lists that protect readers, beside help lines."""


RANGE = re.compile(r"(\d+)[-–](\d+)")
KEY = re.compile(r"(?<![a-z])(?P<name>[a-z]++)(?P<year>(?:19|20)\d\d)[a-z]*+")
"""A key of a source as most are: who wrote it first, and when."""
DOUBLED = re.compile(r"(a)[ae]|(?<=o)e")
"""How æ, ø and å are written with a letter less: `ostergard` is Østergård."""
SHORT, NEAR = 3, 0.75
"""Letters of a name in which a slip is none, and how alike two are of which one is a slip."""


@rule("data")
def files(library: Library) -> Iterator[Finding]:
    """A file that nothing reads, or that is gone, is missed by nobody until it is needed. One of a language that the
    site does not have yet, or not any more, waits."""
    for file in files_in(library.docs / "data", "*.y*ml"):
        path = f"data/{file.name}"
        stem, _, lang = file.stem.rpartition(".")
        is_of_another = stem and path.replace(f".{lang}.", f".{library.languages.original}.") in library.data_files
        if path not in library.data_files and not (is_of_another and locale(lang)):
            names = [name.removeprefix("data/") for name in library.data_files]
            yield Finding(path, 1, "nothing reads this file", did_you_mean(file.name, names))
    for name, what in SAFETY.items():
        path, words = f"data/{name}.yml", getattr(library, name.replace("-", "_"))
        if library.help and path not in library.unread and not words:
            yield Finding(HELP, 1, f"docs/{path} is missing or empty: {what}", "put it back: git has it")
        for lang in library.languages if words else ():
            if known(lang) and not words.get(lang):
                yield Finding(path, 1, f"there is no “{lang}” here: {what}", "put it back: git has it")


OTHER_RULES = (FOREIGN_WORDS, *(f"data/{phrases_of(lang)}.yml" for lang in described()))
"""Files whose own rules tell what stands twice."""


@rule("data")
def said_twice(library: Library) -> Iterator[Finding]:
    """What stands twice in a list is mended once only, the next time."""
    for path, file in library.data_files.items():
        nodes = file.document.nodes if file.document and path not in OTHER_RULES else {}
        for node in nodes.values():
            items = filter(_written, node.value if isinstance(node, yaml.SequenceNode) else ())
            for _, item in again(items, key=lambda item: _written(item).casefold()):
                mark, message = item.start_mark, f"“{_written(item)}” is there twice"
                yield Finding(path, mark.line + 1, message, "delete one", column=mark.column + 1)


def _written(item: yaml.Node) -> str:
    """What an item says, where it is a text or a record of texts, such as a person's name."""
    if isinstance(item, yaml.ScalarNode):
        return item.value
    values = [value for _, value in item.value] if isinstance(item, yaml.MappingNode) else []
    return ", ".join(v.value for v in values) if all(isinstance(v, yaml.ScalarNode) for v in values) else ""


@rule("data")
def records_of_sources(library: Library) -> Iterator[Finding]:
    """Pages that run backwards; a year, or the first author's name, that nearly is what the key says."""
    same = "look it up, and write the same in both"
    for key, source in library.sources.items():
        pages = RANGE.fullmatch(source.page or "")
        if pages and len(pages[1]) == len(pages[2]) and int(pages[1]) > int(pages[2]):
            message = f"“{key}”: the pages {source.page} run backwards"
            yield Finding(SOURCES, (key, "page"), message, "look it up, and write the first page first")
        said, family = KEY.fullmatch(key), source.author[0].family
        if not said or not family:
            continue
        name, called = (DOUBLED.sub(r"\1", text) for text in (urls.slugify(family).replace("-", ""), said["name"]))
        is_other = not name.startswith(called) and not name.endswith(called) and len(name) > SHORT
        if is_other and get_close_matches(called, [name], cutoff=NEAR):
            message = f"“{key}” is by “{family}”: the key has the name otherwise"
            yield Finding(SOURCES, (key, "author", 0), message, same, family, level="warning")
        if source.issued and int(said["year"]) != source.issued <= day.today().year:  # Else its rule tells.
            message = f"“{key}” was published in {source.issued}: the key has another year"
            yield Finding(SOURCES, (key, "issued"), message, same, level="warning")


@rule("data")
def addresses(library: Library) -> Iterator[Finding]:
    """An address that cannot be right."""
    found: list[tuple[str, KeyPath, str | None]] = []
    found += ((SOURCES, (key, "URL"), source.URL) for key, source in library.sources.items())
    found += ((HELP, (i, "url"), line.url) for i, line in enumerate(library.help))
    found += (
        (HELP, (i, lang, "url"), line[lang].url) for i, line in enumerate(library.help) for lang in library.languages
    )
    found += ((PEOPLE, (key, "link"), person.link) for key, person in library.people.items())
    for path, place, url in found:
        if wrong := wrong_site(url or ""):
            yield Finding(path, place, *wrong, url or "")


@rule("data")
def sources_twice(library: Library) -> Iterator[Finding]:
    """One source in two records, of which only one is corrected next time."""
    named = ((key, source.DOI) for key, source in library.sources.items() if source.DOI)
    for (first, _), (key, doi) in again(named, key=lambda one: one[1].lower()):
        message = f"“{key}” and “{first}” are one source: both have the DOI {doi}"
        yield Finding(SOURCES, (key, "DOI"), message, f"keep one of them, and cite it as [@{first}]")


@rule("data")
def names_of_concepts(library: Library) -> Iterator[Finding]:
    """One name of two concepts, and one that must not be written."""
    for lang in library.languages:
        seen: dict[str, str] = {}
        for key, concept in library.concepts.items():
            for name in (concept[lang].term, *concept[lang].synonyms):
                if (first := seen.setdefault(name.casefold(), key)) != key:
                    message = f"“{name}” is a name of both “{first}” and “{key}”"
                    yield Finding(CONCEPTS, (key, lang), message, "keep it at one of them")
        for name in seen.keys() & library.concepts.never(lang).keys():
            message = f"“{name}” is a name of “{seen[name]}”, and a word that must never be written"
            yield Finding(CONCEPTS, (seen[name], lang), message, "delete it from “never”, or from the names")
