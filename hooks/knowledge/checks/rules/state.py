"""The rule on translations that have grown older than their original."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...content.library import Library
from ...content.translation_state import read, stale, stamps
from ...core.language import english_name
from .rule import Finding, rule


@rule("translation-old", "warning")
def old_translations(library: Library, docs: Path) -> Iterator[Finding]:
    """The Danish text is the original."""
    state = read(docs.parent)
    for article in library.articles.values() if state else ():
        of = f"the {english_name(library.languages.original)} text"
        said = f"make translated ARTICLE={article.key}, or ask for it in your proposal"
        for _, translation in article.pairs:
            if stamps(article, translation.lang, state) is not None:
                continue
            fix = f"compare it with {of}, then run {said}"
            yield Finding(translation, 1, "nobody has said yet that this translation is up to date", fix)
        for old in stale(article, state):
            what = f"“{old.heading}”" if old.heading else ("the opening" if old.place else "the front matter")
            fix = f"translate what has changed, then run {said}"
            yield Finding(article[old.lang], old.line, f"{what} is older than {of}", fix, old.heading)
