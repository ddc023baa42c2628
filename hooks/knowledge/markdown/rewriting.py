"""Rewriting: what GitHub reads, written so that Python-Markdown reads the same, by mdformat.

Both know the same Markdown, but not the same liberties with it: a list right after a line, levels of two spaces,
`1)`, headings that are not at the left edge. mdformat writes all of it in one way, which both understand.
"""

from __future__ import annotations

import re
from typing import Any

from ..content.containers import ITEM_LINE, with_fences
from ..content.outline import CITATION

EXTENSIONS = frozenset(("mkdocs", "gfm", "footnote"))
OPTIONS: dict[str, Any] = {
    "number": True,
    "wrap": "keep",
    "plugin": {
        "mkdocs": {"ignore_missing_references": True, "no_mkdocs_math": True},
        "tables": {"compact_tables": True},
    },
}
ATTRIBUTES = re.compile(r"\{:?[ \t]*[#.\w][^{}\n]*\}")
ICON = re.compile(r":[a-z0-9]+(?:[-_][a-z0-9]+)*:")
OWN = re.compile(rf"{CITATION.pattern}|{ATTRIBUTES.pattern}|{ICON.pattern}|(?<!=)==(?!=)|\^\^|\[TOC\]|\[!\w+\]")
"""What mdformat does not know, and would write otherwise."""
FIRST, LAST = "⦃", "⦄"
"""Brackets, to Markdown, that no text holds; mdformat takes out what is no character at all."""
PLACEHOLDER = re.compile(f"{FIRST}(\\d+){LAST}")


def rewritten(markdown: str) -> str | None:
    """The text as mdformat writes it; what only this site knows stays as it is. None where it cannot be done."""
    if FIRST in markdown:
        return None
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"{FIRST}{len(kept) - 1}{LAST}"

    import mdformat  # which only texts need that are to be rewritten

    try:
        text = _loose(mdformat.text(OWN.sub(keep, markdown) + "\n", options=OPTIONS, extensions=EXTENSIONS))
    except Exception:  # Of what nobody would write, mdformat makes nothing, in ways that it does not foresee.
        return None
    return PLACEHOLDER.sub(lambda found: kept[int(found[1])], text)


def _loose(markdown: str) -> str:
    """A blank line above an item that follows one of several paragraphs, or Python-Markdown joins both."""
    lines: list[str] = []
    is_loose = False
    for line, is_code in with_fences(markdown.split("\n")):
        if not is_code and ITEM_LINE.match(line):
            if is_loose and lines[-1].strip():
                lines.append("")
            is_loose = False
        elif not is_code and not line.strip():
            is_loose = True
        lines.append(line)
    return "\n".join(lines)
