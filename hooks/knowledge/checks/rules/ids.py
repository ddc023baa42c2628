"""Rules on ids: an address within a page leads to one place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial
from pathlib import Path

from ...content import urls
from ...content.article import Translation
from ...content.library import Library
from ...content.prose import without_code
from ...core.folder import files_in
from ..structure import is_faq
from .rule import Finding, rule

OVERRIDES = Path(__file__).parents[4] / "overrides"
"""The site's own templates, where the content has none beside it."""
USED = re.compile(r"""\bid=["']([^"'<>]+)["']""")
INCLUDED = re.compile(r"""{%-?\s*(?:include|extends|from|import)\s+["']([^"']+\.html)["']""")
BLOCKS = "partials/blocks/"
BY_NAME = re.compile(rf"""include\s+["']{BLOCKS}["']\s*~""")
"""Where a template includes all partials of that folder that it is told."""
BLANK = re.compile(r"\{\{[^{}]*\}\}")
WRITTEN = re.compile(r"\{:?[^{}\n]{0,200}?#([\w-]+)[^{}\n]{0,200}\}")
"""An id behind a heading, a paragraph or a word."""


@rule("id", is_local=True)
def ids(library: Library, docs: Path) -> Iterator[Finding]:
    """An id is an address within the page. Where it stands twice, a link leads to the wrong place."""
    for translation in library.translations():
        seen: dict[str, int] = {}
        for id, line in _written(translation):
            if id in seen:
                message = f"{{#{id}}} is on the page twice: on line {seen[id]} too"
                fix = "join the two lists of questions" if id == "faq" else "choose another id"
                yield Finding(translation, line, message, fix, f"#{id}")
            seen.setdefault(id, line)


@rule("id-taken")
def taken_ids(library: Library, docs: Path) -> Iterator[Finding]:
    """The page itself uses some ids, for its sources and related articles. A link there must not end in the text."""
    folder = docs.parent / "overrides"
    folder = folder if folder.is_dir() else OVERRIDES
    read = cache(partial(_template, folder))
    of_kind = {kind: reserved_ids(f"{kind}.html", read) for kind in {a.kind for a in library.articles.values()}}
    for article in library.articles.values():
        reserved = of_kind[article.kind]
        starts = {id[:1] for id in reserved}
        longest = max(map(len, reserved), default=0) + 4
        for translation in article.translations.values():
            for id, line in _loose(translation):
                if _is_reserved(id, reserved):
                    yield Finding(translation, line, *_told(id), f"#{id}")
            for heading in translation.outline.headings:
                text = heading.text
                if heading.id and _is_reserved(heading.id, reserved):
                    yield Finding(translation, heading.line, *_told(heading.id), f"#{heading.id}")
                elif heading.id or len(text) > longest or text[:1].lower() not in starts or is_faq(heading):
                    continue  # Quick: most headings are long.
                elif _is_reserved(id := urls.slugify(text), reserved):
                    message = f"the heading's id would be “{id}”, which the page itself uses"
                    yield Finding(translation, heading.line, message, f"write an id after it: {text} {{#about-{id}}}")


def _told(id: str) -> tuple[str, str]:
    return f"{{#{id}}} is an id that the page itself uses", f"write another, such as {{#{id}-here}}"


def _loose(translation: Translation) -> Iterator[tuple[str, int]]:
    """Ids in braces that stand behind no heading."""
    if "{:" in translation.body or "{ #" in translation.body:
        known = {heading.id for heading in translation.outline.headings}
        yield from ((id, line) for id, line in _written(translation) if id not in known)


def _written(translation: Translation) -> Iterator[tuple[str, int]]:
    """The ids that stand in braces, with their lines."""
    if "{" not in translation.body:
        return
    body = without_code(translation.body)
    for found in WRITTEN.finditer(body):
        yield found[1], translation.line_at(found.start())


@lru_cache
def _beginnings(reserved: frozenset[str]) -> tuple[str, ...]:
    """With which every id is the page's own."""
    return tuple(start[:-1] for start in reserved if start.endswith("*"))


def _is_reserved(id: str, reserved: frozenset[str]) -> bool:
    return id in reserved or id.startswith(_beginnings(reserved))


def reserved_ids(template: str, read: Callable[[str], tuple[frozenset[str], list[str]]]) -> frozenset[str]:
    """The ids of a template and of what it includes; `source-*` where it fills in the rest of one.

    Args:
        read: gives a template's own ids, and the names of what it includes.
    """
    found: set[str] = set()
    waiting, done = [template], set()
    while waiting:
        name = waiting.pop()
        if name not in done:
            done.add(name)
            ids, included = read(name)
            found |= ids
            waiting += included
    return frozenset(found)


def _template(folder: Path, name: str) -> tuple[frozenset[str], list[str]]:
    file = folder / name
    source = file.read_text("utf-8") if file.is_file() else ""
    used = (BLANK.sub("*", id) for id in USED.findall(source))
    blocks = files_in(folder / BLOCKS, "*.html") if BY_NAME.search(source) else ()
    included = [*INCLUDED.findall(source), *(f"{BLOCKS}{path.name}" for path in blocks)]
    return frozenset(id for id in used if "*" not in id[:-1] and id != "*"), included
