"""A rule on paragraphs that end in the middle: a mark was lost, or the words behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from ...content.article import Translation
from ...content.outline import CITATION
from ..structure import TextBlock, answers_of, sections
from .rule import Finding, text_rule

ENDED = re.compile(r"[^\W\d_]{3}[.!?][)«»”’]{0,2} (?=[A-ZÆØÅ»‘“])")
"""The end of a sentence within a paragraph, by which it is running text and no label."""
GOES_ON = ("list item", "code", "quotation", "row", "box")
"""What a paragraph may lead to without a mark."""
SHOWN = 5
"""So many of its last words are shown."""


@text_rule("unfinished")
def endings(translation: Translation) -> Iterator[Finding]:
    """A paragraph of several sentences, of which the last one does not end."""
    lines = translation.body.split("\n")
    for part in (*sections(translation), *answers_of(translation)):
        for block, after in zip_longest(part.blocks, part.blocks[1:]):
            if not _is_cut(block) or (after and after.kind in GOES_ON):
                continue
            begin = end = block.line - translation.body_line
            while end + 1 < len(lines) and lines[end + 1].strip():
                end += 1
            written = " ".join(lines[begin : end + 1])
            if "![" in written or written.endswith("///"):
                continue  # Beside a picture stands whose it is.
            last = CITATION.sub("", written).split()[-SHOWN:]
            message = f"the paragraph ends without a mark: “… {' '.join(last)}”"
            fix = "write a full stop, or the words that are missing"
            yield Finding(translation, end + translation.body_line, message, fix, last[-1], level="warning")


def _is_cut(block: TextBlock) -> bool:
    text = CITATION.sub("", block.text).rstrip()
    return block.kind == "paragraph" and text[-1:].isalpha() and ENDED.search(text) is not None
