"""Texts as their pages show them: each is converted as its page will be, and what came of it is looked at.

That is asked of the result, because what Python-Markdown takes for HTML, for code or for a link cannot be
told from the source; nor can what it shows otherwise than GitHub.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

from markdown import Markdown

from ..content.article import Translation
from ..content.library import Library
from ..content.prose import without_code
from ..core.cache import NO_CACHE, Cache
from ..core.fingerprint import code, digest
from ..core.problems import Problem
from ..core.worker import made
from ..markdown.checklist import ChecklistExtension
from ..markdown.citation import CitationsExtension, Mark
from ..markdown.fault import Fault
from ..markdown.github import GitHubExtension
from ..markdown.left import ELSEWHERE
from ..markdown.needed import NeededExtension
from ..markdown.safe import SafeExtension
from ..markdown.vocabulary import VocabularyExtension


class MarkdownSettings(NamedTuple):
    """How texts are converted."""

    extensions: tuple[Any, ...]
    """Of Python-Markdown, with those that MkDocs adds."""
    options: Mapping[str, Any] = MappingProxyType({})
    """Of the extensions, by name."""
    are_filled_in: bool = False
    """Whether others may replace their marks before, such as `{{ price }}`: only a build sees what comes of it."""
    place: tuple[str, int] = ("mkdocs.yml", 1)
    """The file that says so, and its line."""

    def with_extension(self, name: str) -> MarkdownSettings:
        """The same with one extension more, as the site uses it."""
        return self._replace(extensions=(*self.extensions, name), options={**BASIC.options, **self.options})


BASIC = MarkdownSettings(
    (
        *("abbr", "admonition", "attr_list", "def_list", "footnotes", "github-callouts", "md_in_html", "sane_lists"),
        *("tables", "toc", "pymdownx.betterem", "pymdownx.blocks.caption", "pymdownx.caret", "pymdownx.details"),
        *("pymdownx.highlight", "pymdownx.mark", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist"),
        "pymdownx.tilde",
    ),
    MappingProxyType({"pymdownx.highlight": {"use_pygments": False}, "pymdownx.tabbed": {"alternate_style": True}}),
)
"""What the site uses, where no configuration is at hand that says so."""
NAMED = 3
"""So many of the texts that need an extension are named."""
MARK = Mark(1, "", "")
"""Stands for the mark of a source: whether there is such a source, another rule tells."""


def html(library: Library, markdown: MarkdownSettings = BASIC, kept: Cache = NO_CACHE) -> list[Problem]:
    """What cannot stand on the pages, what they show otherwise than GitHub, and marks that readers would see.

    An extension without which texts would be wrong is told instead, once: no text is to be mended for it.
    """
    texts, lost = list(library.translations()), dict[str, list[str]]()
    found = _problems(texts, markdown, kept)
    for name in (name for name in BASIC.extensions if name not in markdown.extensions):
        wrong = [i for i, problems in enumerate(found) if problems]
        wider = markdown.with_extension(name)
        with_it = dict(zip(wrong, _problems([texts[i] for i in wrong], wider, kept), strict=True))
        needing = [f"docs/{texts[i].path}" for i in wrong if len(with_it[i]) < len(found[i])]
        if needing:
            lost[name], markdown = needing, wider
            found = [with_it.get(i, problems) for i, problems in enumerate(found)]
    told = [] if "attr_list" in lost else [_lost(*one, markdown.place) for one in lost.items()]
    return [*told, *(problem for problems in found for problem in problems)]


def _lost(name: str, needing: list[str], place: tuple[str, int]) -> Problem:
    """What is said of an extension; of attr_list, before all others, the essentials say it."""
    first = ", ".join(needing[:NAMED]) + " …" * (len(needing) > NAMED)
    message = f"the extension “{name}” is missing, which texts need ({len(needing)}): {first}"
    return Problem(*place, 1, "config", message, "add it to “markdown_extensions”")


def _problems(texts: Iterable[Translation], markdown: MarkdownSettings, kept: Cache) -> list[list[Problem]]:
    """What is wrong with each text, where it is converted so."""
    faults: list[Fault] = []
    converter = converter_of(markdown, faults.append)

    def found_in(translation: Translation) -> list[Problem]:
        faults.clear()
        try:
            converter.reset().convert(translation.body)
        except (RecursionError, ValueError) as error:
            message = f"the text cannot be converted: {type(error).__name__}"
            fix = "take out what was written last, and put it back piece by piece"
            return [Problem(f"docs/{translation.path}", translation.body_line, 1, "html", message, fix)]
        told = (fault for fault in faults if not (markdown.are_filled_in and fault.fix == ELSEWHERE))
        return list(located(told, translation))

    settings = digest("html", code(), re.sub(r" at 0x[0-9a-f]+", "", repr(markdown[:3])))  # wherever that is written
    return made(kept, list[Problem], [(digest(settings, t.path, t.digest), partial(found_in, t)) for t in texts])


def converter_of(
    markdown: MarkdownSettings, report: Callable[[Fault], object], github: GitHubExtension | None = None
) -> Markdown:
    """What converts texts as pages are, as far as that can show what is wrong with them; `github`, which compares, says
    after each what it was converted from."""
    ours = [
        CitationsExtension(lambda source: MARK),
        ChecklistExtension(),
        VocabularyExtension(),
        github or GitHubExtension(report),
        SafeExtension(report),
        NeededExtension(),
    ]
    return Markdown(extensions=[*markdown.extensions, *ours], extension_configs=dict(markdown.options))


def located(faults: Iterable[Fault], translation: Translation) -> Iterator[Problem]:
    """Faults as problems, each at the line where its words stand: of several that are alike, one after the other."""
    body, next_place = translation.body, dict[str, int]()
    outside_code = without_code(body)
    breaks = [found.start() for found in re.finditer("\n", body)]
    for fault in faults:
        start = breaks[fault.line - 2] + 1 if 1 < fault.line <= len(breaks) + 1 else 0
        needles = [needle for needle in (fault.needle, fault.needle.split("\n")[0][:20]) if needle]
        tries = ((source, needle) for source in (outside_code, body) for needle in needles)
        found = (source.find(needle, max(start, next_place.get(needle, 0))) for source, needle in tries)
        place = next((at for at in found if at >= 0 and (not fault.line or _is_near(body, start, at))), start)
        next_place.update(dict.fromkeys(needles, place + 1))
        row = bisect_left(breaks, place)
        column = place - (breaks[row - 1] if row else -1)
        file, line = f"docs/{translation.path}", translation.body_line + row
        yield Problem(file, line, column, fault.rule, fault.message, fault.fix)


def _is_near(body: str, start: int, place: int) -> bool:
    """Whether a place stands in the paragraph that begins at another."""
    return not body[start:place].strip("\n").count("\n\n")
