"""The state of a translation: from which section of the original each of its own was made.

`translations.lock` holds, for each page, the fingerprints of the original's sections when they were translated:
of its front matter's words, of its opening, then of each section. White space does not count.
`make translated ARTICLE=alliance/micro-repair` writes it; without ARTICLE, for all pages. Where a page has several
translations, ARTICLE=alliance/micro-repair.de says it of one, which has a line of its own then.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import yaml

from ..core.decoding import decode
from ..core.language import Language
from ..core.problems import Problem
from .article import Article, Translation
from .front_matter import Words
from .record import seen

FILE = "translations.lock"
"""Beside `docs/`, so that no build writes there."""
HEAD = "# From which section of the original each translated one was made. Written by `make translated`.\n"
ALWAYS = frozenset(("title", "description", "label", "image_alt", "evidence", "signs", "today", "seek"))
"""What has counted from the beginning, also where it is not there. A later field counts where it is used, so that a new
one makes no translation old."""
PAGE = re.compile(r"^([^\s#:-][^:\n]*):", re.MULTILINE)
NOT_OURS = re.compile(r"^[^#\n]*[&*!]|(?:[\[{]\s*){3}", re.MULTILINE)
"""Anchors, aliases, tags and nested brackets, which the file never holds."""


@dataclass(frozen=True)
class Stale:
    """A section of a translation that is older than its original."""

    lang: Language
    place: int
    """0: the words of the front matter; 1: the opening; then the sections, counted from 2."""
    line: int
    """In the translation's file."""
    heading: str
    """The translation's; empty for front matter and opening."""


def read(folder: Path) -> tuple[dict[str, list[str]], list[Problem]]:
    """The fingerprints by page, none where there is no such file, or where it cannot be understood; and what is wrong
    with it, such as the marks of a conflict."""
    file = folder / FILE
    if not file.is_file():
        return {}, []
    text, problems = decode(file.read_bytes(), FILE, "data")
    if text is None:
        return {}, problems
    pages = Counter(PAGE.findall(text))
    if twice := next((page for page, count in pages.items() if count > 1), None):
        line = text[: text.rindex(f"\n{twice}:") + 1].count("\n") + 1
        return {}, [Problem(FILE, line, 1, "data", f"“{twice}” is there twice", "keep one of them, with its lines")]
    try:
        state, line = None if NOT_OURS.search(text) else yaml.load(text, yaml.CSafeLoader) or {}, 1
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        state, line = None, mark.line + 1 if mark else 1
    if isinstance(state, dict) and all(isinstance(stamped, list) for stamped in state.values()):
        return state, []
    fix = "keep the lines of either side of the conflict, or take the file back from main"
    return {}, [Problem(FILE, line, 1, "data", "the file cannot be read; expected a list for each page", fix)]


def stamps(article: Article, lang: Language, state: Mapping[str, Sequence[str]]) -> Sequence[str] | None:
    """The fingerprints from which a translation was made; None where nobody has said yet that it is up to date."""
    return state.get(f"{article.key}.{lang}", state.get(article.key))


def stale(article: Article, state: Mapping[str, Sequence[str]]) -> Iterator[Stale]:
    """The sections whose original has changed since, and has not only moved; a translation that was never stamped has
    none."""
    for original, translation in () if article.is_withdrawn else article.pairs:
        stamped = stamps(article, translation.lang, state)
        if stamped is None:
            continue
        for place, (new, there) in enumerate(zip(fingerprints(original), _starts(translation), strict=False)):
            if new not in stamped:
                yield Stale(translation.lang, place, *there)


def fingerprints(translation: Translation) -> list[str]:
    """Of the front matter's words, of the opening, and of each section."""
    written, body = translation.written or (translation.words, translation.body)
    words = [value for name in seen(Words) if (value := getattr(written, name)) or name in ALWAYS]
    lines = body.split("\n")
    starts = [line - translation.body_line for line, _ in _starts(translation)[1:]]
    texts = ["\n".join(lines[a:b]) for a, b in pairwise((*starts, len(lines)))]
    return [_fingerprint(str(words)), *map(_fingerprint, texts)]


def changed_on(docs: Path, translation: Translation) -> dt.date | None:
    """The day of a file's last commit; None where git cannot know it: not committed yet, or a shallow clone."""
    shallow = _git(docs, "rev-parse", "--is-shallow-repository")
    if shallow != "false" or _git(docs, "status", "--porcelain", "--", translation.path):
        return None
    day = _git(docs, "log", "-1", "--format=%cs", "--", translation.path)
    return dt.date.fromisoformat(day) if day else None


def _git(docs: Path, *arguments: str) -> str:
    try:
        return subprocess.run(["git", *arguments], cwd=docs, capture_output=True, text=True).stdout.strip()
    except OSError:
        return ""


def _starts(translation: Translation) -> list[tuple[int, str]]:
    """Where each part begins in the file, with its heading."""
    sections = [(h.line, h.text) for h in translation.outline.headings if h.level == 2]
    return [(1, ""), (translation.body_line, ""), *sections]


def _fingerprint(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def write(folder: Path, state: Mapping[str, Sequence[str]]) -> None:
    """Write the file, sorted."""
    listed = {key: list(state[key]) for key in sorted(state)}
    (folder / FILE).write_text(HEAD + yaml.safe_dump(listed, sort_keys=False, width=200), "utf-8")
