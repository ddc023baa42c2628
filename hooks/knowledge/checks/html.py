"""Raw HTML: each text is converted as its page will be, and what came of it is held against a list.

That is asked of the result, because what Python-Markdown takes for HTML, for code or for a link cannot be
told from the source.
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
from ..content.prose import without_fences
from ..core.cache import NOTHING_KEPT, Cache
from ..core.fingerprint import code, digest
from ..core.problems import Problem
from ..core.worker import in_parallel
from ..markdown.fault import Fault
from ..markdown.safe import SafeExtension

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
    body, next_place = translation.body, dict[str, int]()
    without_code = SPAN.sub(lambda found: " " * len(found[0]), without_fences(body))
    breaks = [found.start() for found in re.finditer("\n", body)]
    for fault in faults:
        needles = [needle for needle in (fault.needle, fault.needle.split("\n")[0][:20]) if needle]
        tries = ((source, needle) for source in (without_code, body) for needle in needles)
        place = next((at for source, needle in tries if (at := source.find(needle, next_place.get(needle, 0))) >= 0), 0)
        next_place.update(dict.fromkeys(needles, place + 1))
        row = bisect_left(breaks, place)
        column = place - (breaks[row - 1] if row else -1)
        yield Problem(f"docs/{translation.path}", translation.body_line + row, column, RULE, fault.message, fault.fix)
