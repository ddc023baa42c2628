"""The rule on ids: an address within a page leads to one place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ...content import urls
from ...content.article import Translation
from ...content.library import Library
from ...content.prose import without_fences
from ..structure import is_faq
from .rule import Finding, rule

OVERRIDES = Path(__file__).parents[4] / "overrides"
"""The site's own templates, where the content has none beside it."""
USED = re.compile(r"""\bid=["']([^"'<>]+)["']""")
INCLUDED = re.compile(r"""{%-?\s*(?:include|extends|from|import)\s+["']([^"']+\.html)["']""")
BLANK = re.compile(r"\{\{[^{}]*\}\}")
WRITTEN = re.compile(r"\{:?[^{}\n]{0,200}?#([\w-]+)[^{}\n]{0,200}\}")
"""An id behind a heading, a paragraph or a word."""
CODE = re.compile(r"`[^`\n]+`")


@rule(
    "id",
    example="## Sources (en overskrift, hvis id skabelonen selv bruger)",
    mend="Write another id behind the heading: {#where-it-comes-from}.",
    da=(
        "Et id er en adresse på siden. Står det to gange, fører et link til det forkerte sted.",
        "Skriv et andet id efter overskriften: {#hvor-det-kommer-fra}.",
    ),
)
def ids(library: Library, docs: Path) -> Iterator[Finding]:
    """An id is an address within the page. Where it stands twice, a link leads to the wrong place."""
    folder = docs.parent / "overrides"
    folder = folder if folder.is_dir() else OVERRIDES
    kinds = {article.kind for article in library.articles.values()}
    of_kind = {kind: reserved_ids(folder, f"{kind}.html") for kind in kinds}
    for article in library.articles.values():
        reserved = of_kind[article.kind]
        longest = max(map(len, reserved), default=0) + 4
        for translation in article.translations.values():
            seen: dict[str, int] = {}
            for id, line in _written(translation):
                if id in seen:
                    message = f"{{#{id}}} stands twice on the page: on line {seen[id]} too"
                    mend = "join the two lists of questions" if id == "faq" else "choose another id"
                    yield Finding(translation, line, message, mend, f"#{id}")
                elif _is_reserved(id, reserved):
                    message = f"{{#{id}}} is an id that the page itself uses"
                    yield Finding(translation, line, message, f"write another, such as {{#{id}-here}}", f"#{id}")
                seen.setdefault(id, line)
            for heading in translation.outline.headings:
                if heading.id or len(heading.text) > longest or heading.level == 1 or is_faq(heading):
                    continue
                if _is_reserved(id := urls.slugify(heading.text), reserved):
                    message = f"the heading's id would be “{id}”, which the page itself uses"
                    mend = f"write an id behind it: {heading.text} {{#about-{id}}}"
                    yield Finding(translation, heading.line, message, mend)


def _written(translation: Translation) -> Iterator[tuple[str, int]]:
    """The ids that stand in braces, with their lines."""
    if "{" not in translation.body:
        return
    body = CODE.sub(lambda code: " " * len(code[0]), without_fences(translation.body))
    for found in WRITTEN.finditer(body):
        yield found[1], translation.body_line + body.count("\n", 0, found.start())


def _is_reserved(id: str, reserved: frozenset[str]) -> bool:
    return id in reserved or any(id.startswith(start[:-1]) for start in reserved if start.endswith("*"))


def reserved_ids(folder: Path, template: str) -> frozenset[str]:
    """The ids of a template and of what it includes; `source-*` where it fills in the rest of one."""
    found: set[str] = set()
    waiting, read = [template], set()
    while waiting:
        name = waiting.pop()
        file = folder / name
        if name in read or not file.is_file():
            continue
        read.add(name)
        source = file.read_text("utf-8")
        waiting += INCLUDED.findall(source)
        used = (BLANK.sub("*", id) for id in USED.findall(source))
        found |= {id for id in used if not id.startswith("*") and "*" not in id[:-1]}
    return frozenset(found)
