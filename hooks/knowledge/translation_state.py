"""The state of a translation: from which Danish text each English section was made.

`translations.lock` holds, for each article, the fingerprints of its Danish sections when they were translated:
of its front matter's words, of its opening, then of each section. White space does not count.
`make translated ARTICLE=alliance/micro-repair` writes it; without ARTICLE, for all articles.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from .article import LANGUAGES, Article, Translation

FILE = "translations.lock"
"""Beside `docs/`, so that no build writes there."""
HEAD = "# From which Danish sections each English one was made. Written by `make translated`.\n"
WORDS = ("title", "description", "label", "image_alt", "evidence", "signs", "today", "seek")
"""What is translated of the front matter."""


@dataclass(frozen=True)
class Stale:
    """A section of a translation that is older than its original."""

    key: str
    """The article's."""
    place: int
    """0: the words of the front matter; 1: the opening; then the sections, counted from 2."""
    line: int
    """In the English file."""
    heading: str
    """In English; empty for front matter and opening."""


def read(folder: Path) -> dict[str, list[str]]:
    """The fingerprints by article; nothing where there is no such file."""
    file = folder / FILE
    return (yaml.safe_load(file.read_text("utf-8")) or {}) if file.is_file() else {}


def stale(article: Article, stamped: Sequence[str] | None) -> Iterator[Stale]:
    """The sections whose original has changed since; an article that was never stamped has none.

    Args:
        stamped: the article's fingerprints in the file.
    """
    da, en = (article[lang] for lang in LANGUAGES)
    if en.awaited:
        return
    there = _starts(en)
    for place, (old, new) in enumerate(zip(stamped or (), fingerprints(da), strict=False)):
        if old != new and place < len(there):
            yield Stale(article.key, place, *there[place])


def fingerprints(translation: Translation) -> list[str]:
    """Of the front matter's words, of the opening, and of each section."""
    words = [getattr(translation.words, name) for name in WORDS]
    lines = translation.body.split("\n")
    starts = [line - translation.body_line for line, _ in _starts(translation)[1:]]
    texts = ["\n".join(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    return [_fingerprint(str(words)), *map(_fingerprint, texts)]


def changed_on(docs: Path, translation: Translation) -> dt.date | None:
    """The day of the last commit of a file; None where git knows of none."""
    command = ["git", "log", "-1", "--format=%cs", "--", translation.path]
    try:
        found = subprocess.run(command, cwd=docs, capture_output=True, text=True)
    except OSError:
        return None
    return dt.date.fromisoformat(found.stdout.strip()) if found.stdout.strip() else None


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


def main(key: str) -> int:
    """Stamp an article, or all, as translated from the Danish as it is now.

    Returns:
        0; 1 if there is no such article.
    """
    from .library import Library  # whose rules look at this module

    docs = Path("docs")
    library = Library.load(docs)
    articles = {article.key: article for article in library.of_kind("article") if article.is_paired}
    if key and key not in articles:
        print(f"There is no article “{key}”; write it as alliance/micro-repair", file=sys.stderr)
        return 1
    state = {name: stamped for name, stamped in read(docs.parent).items() if name in articles}
    for name in [key] if key else articles:
        state[name] = fingerprints(articles[name]["da"])
    write(docs.parent, state)
    print(f"Stamped {key or f'{len(articles)} articles'} in {FILE}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
