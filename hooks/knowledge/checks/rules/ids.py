"""Rules on ids: an address within a page leads to one place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path

from ...content import urls
from ...content.article import Translation
from ...content.library import Library
from ...content.prose import without_code
from ...core.folder import files_in
from ..structure import is_faq
from .rule import Finding, again, rule, text_rule, texts_of

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


@text_rule("id")
def ids(translation: Translation) -> Iterator[Finding]:
    """An id is an address within the page. Where it stands twice, a link leads to the wrong place."""
    for (_, first), (id, line) in again(_written(translation), key=itemgetter(0)):
        message = f"{{#{id}}} is on the page twice: on line {first} too"
        fix = "join the two lists of questions" if id == "faq" else "choose another id"
        yield Finding(translation, line, message, fix, f"#{id}")


@rule("id-taken")
def taken_ids(library: Library) -> Iterator[Finding]:
    """The page itself uses some ids, for its sources and related articles. A link there must not end in the text."""
    folder = library.docs.parent / "overrides"
    folder = folder if folder.is_dir() else OVERRIDES
    for kind in {article.kind for article in library.articles.values()}:
        reserved = reserved_ids(folder, f"{kind}.html")
        begin = tuple(id.removesuffix("*") for id in reserved if id.endswith("*"))
        starts, longest = {id[:1] for id in reserved}, max(map(len, reserved), default=0) + 4
        for translation in texts_of(library, kind):
            headings = translation.outline.headings
            named = [(heading.id, heading.line) for heading in headings if heading.id]
            if "{:" in translation.body or "{ #" in translation.body:
                ids = {id for id, _ in named}
                named += [(id, line) for id, line in _written(translation) if id not in ids]
            for id, line in named:
                if id in reserved or id.startswith(begin):
                    message = f"{{#{id}}} is an id that the page itself uses"
                    yield Finding(translation, line, message, f"write another, such as {{#{id}-here}}", f"#{id}")
            for heading in headings:
                text = heading.text
                if heading.id or len(text) > longest or text[:1].lower() not in starts or is_faq(heading):
                    continue  # Quick: most headings are long.
                if (id := urls.slugify(text)) in reserved or id.startswith(begin):
                    message = f"the heading's id would be “{id}”, which the page itself uses"
                    yield Finding(translation, heading.line, message, f"write an id after it: {text} {{#about-{id}}}")


def _written(translation: Translation) -> Iterator[tuple[str, int]]:
    """The ids that stand in braces, with their lines."""
    for found in WRITTEN.finditer(without_code(translation.body)) if "{" in translation.body else ():
        yield found[1], translation.line_at(found.start())


def reserved_ids(folder: Path, template: str) -> set[str]:
    """The ids of a template and of what it includes; `source-*` where it fills in the rest of one."""
    found, waiting, done = set[str](), [template], set[str]()
    while waiting:
        name = waiting.pop()
        file = folder / name
        if name in done or not file.is_file():
            continue
        done.add(name)
        source = file.read_text("utf-8")
        ids = (BLANK.sub("*", id) for id in USED.findall(source))
        found.update(id for id in ids if "*" not in id[:-1] and id != "*")
        blocks = files_in(folder / BLOCKS, "*.html") if BY_NAME.search(source) else ()
        waiting += [*INCLUDED.findall(source), *(f"{BLOCKS}{path.name}" for path in blocks)]
    return found
