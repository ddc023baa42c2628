"""The rule on the YAML beside the content: mkdocs.yml and the interface's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from ...content.library import Library
from ...content.publisher import Publisher
from ...content.record import Record, said_by, seen
from ...core.decoding import decode
from ...core.document import KeyPath, read_document
from ...core.problems import Problem
from ...pages.blocks import LISTED
from ..dictionary import word_list_path
from .rule import rule

TAGS = ("!ENV", "!relative", "tag:yaml.org,2002:python/")
"""What MkDocs knows beyond plain YAML."""
ANY = object()
"""Stands for any key, or any place in a list."""
LANGUAGE = ("plugins", ANY, "i18n", "languages", ANY)
TEXTS: tuple[tuple[object, ...], ...] = (
    ("site_name",),
    ("site_description",),
    ("copyright",),
    *(("extra", "publisher", name) for name in seen(Publisher)),
    ("extra", "social", ANY, "name"),
    *((*LANGUAGE, name) for name in ("name", "copyright")),
    (*LANGUAGE, "nav_translations", ANY),
    *(("extra", block.name, name) for block in LISTED for name in seen(block.settings)),
    *(("extra", block.name, ANY, name) for block in LISTED for name in seen(said_by(block.settings) or Record)),
)
"""Settings that readers see: of a block, those that it says once and those that it says in each language."""


@rule("yaml")
def yaml(library: Library) -> Iterator[Problem]:
    """In YAML the last of two keys wins, and text behind a # is lost, without a word."""
    folder = library.docs.parent
    yield from _problems(folder / "mkdocs.yml", "mkdocs.yml", _is_text, TAGS)
    for lang in library.languages:
        name = f"overrides/strings/{lang}.yml"
        yield from _problems(folder / name, name, bool)
        for name in (f"published/{lang}.txt", f"docs/{word_list_path(lang)}"):
            file = folder / name
            yield from decode(file.read_bytes(), name, "yaml")[1] if file.is_file() else ()


def _is_text(place: KeyPath) -> bool:
    """Whether readers see a setting."""
    return any(
        len(text) == len(place) and all(part in (ANY, key) for part, key in zip(text, place, strict=True))
        for text in TEXTS
    )


def _problems(path: Path, file: str, is_text: Callable[[KeyPath], bool], tags: tuple[str, ...] = ()) -> list[Problem]:
    """What is wrong with a file as YAML, given which of its values are free text."""
    if not path.is_file():
        return []
    source, problems = decode(path.read_bytes(), file, "yaml")
    return problems if source is None else problems + read_document(source, file, "yaml", 1, is_text, tags).problems
