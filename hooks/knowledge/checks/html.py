"""Raw HTML: each text is converted as its page will be, and what came of it is held against a list.

That is asked of the result, because what Python-Markdown takes for HTML, for code or for a link cannot be
told from the source.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

from markdown import Markdown

from ..content.article import Translation
from ..content.library import Library
from ..content.prose import without_fences
from ..core.cache import NOTHING_KEPT, Cache
from ..core.fingerprint import code, digest
from ..core.problems import Problem
from ..core.worker import in_parallel
from ..markdown.safe import Fault, SafeExtension

RULE = "html"
SPAN = re.compile(r"`[^`\n]+`")


class MarkdownSettings(NamedTuple):
    """How texts are converted."""

    extensions: tuple[Any, ...]
    """Of Python-Markdown, with those that MkDocs adds."""
    options: Mapping[str, Any] = MappingProxyType({})
    """Of the extensions, by name."""


BASIC = MarkdownSettings(("toc", "tables", "fenced_code", "admonition", "attr_list"))
"""What can lead to HTML, where no configuration says what the site uses."""


def html(library: Library, markdown: MarkdownSettings = BASIC, kept: Cache = NOTHING_KEPT) -> list[Problem]:
    """What cannot stand on the pages.

    Args:
        kept: what was found in the same texts before.
    """
    faults: list[Fault] = []
    safe = SafeExtension(faults.append)
    converter = Markdown(extensions=[*markdown.extensions, safe], extension_configs=dict(markdown.options))

    def found_in(translation: Translation) -> list[Problem]:
        faults.clear()
        converter.reset().convert(translation.body)
        return list(located(faults, translation))

    settings = digest("html", code(), re.sub(r" at 0x[0-9a-f]+", "", repr(markdown)))
    jobs: list[Callable[[], list[Problem]]] = []
    missing = []
    for translation in library.translations():
        name = digest(settings, translation.path, translation.digest)
        jobs.append(partial(kept.value, name, list[Problem], partial(found_in, translation)))
        if not kept.has(name):
            missing.append(jobs[-1])
    in_parallel(kept, missing)
    return [problem for job in jobs for problem in job()]


def located(faults: Iterable[Fault], translation: Translation) -> Iterator[Problem]:
    """Faults as problems, each at the line where its words stand: of several that are alike, one after the other."""
    body = translation.body
    without_code = SPAN.sub(lambda found: " " * len(found[0]), without_fences(body))
    seen: Counter[str] = Counter()
    for fault in faults:
        place = -1
        for source in (without_code, body):
            for needle in (fault.needle, fault.needle.split("\n")[0][:20]):
                if needle and place < 0:
                    place = _nth(source, needle, seen[needle])
        seen[fault.needle] += 1
        line = translation.body_line + body.count("\n", 0, max(place, 0))
        column = place - body.rfind("\n", 0, place) if place >= 0 else 1
        yield Problem(f"docs/{translation.path}", line, column, RULE, fault.message, fault.mend)


def _nth(text: str, needle: str, number: int) -> int:
    """Where some words stand for the nth time, counted from 0, or for the last one."""
    found = place = text.find(needle)
    for _ in range(number):
        place = text.find(needle, place + 1) if place >= 0 else -1
        if place < 0:
            break
        found = place
    return found
