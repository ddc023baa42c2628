"""A rule on lists: where the heading or the line above one says how many things there are, there are as many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...content.article import Translation
from ...content.prose import any_of, without_fences
from ...core.language import Language, known, words_for
from ..numbers.words import number_words
from .rule import Finding, text_rule

ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)]) ")


@cache
def _promise(lang: Language) -> re.Pattern[str]:
    """A number before what lists hold: five steps, 11 short questions; not “the next two steps”, nor “two of the”."""
    small, listed = number_words(lang).small, known(lang).get("listed", "(?!)")
    number = rf"(\d{{1,2}}|{any_of(small)})"
    return re.compile(rf"\b({number}(?: (?!(?:{words_for('of')}) )\w+)? (?:{listed}))\b", re.IGNORECASE)


def _lists(lines: list[str]) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """The place of each heading, and of the lists below it, each with how many items it has."""
    heading, start, count, lists = -1, 0, 0, list[tuple[int, int]]()
    for place, line in enumerate([*lines, "#"]):
        if ITEM.match(line):
            start, count = (start, count + 1) if count else (place, 1)
        elif line[:1].strip():
            lists += [(start, count)] if count else []
            count = 0
        if line[:1] == "#":
            if lists:
                yield heading, lists
            heading, lists = place, []


@text_rule("impossible")
def promises(translation: Translation) -> Iterator[Finding]:
    """More or fewer than were promised: one was added or taken out, and the number was left. Or it is another list."""
    lines, begins = without_fences(translation.body).split("\n"), _promise(translation.lang)
    numbers = number_words(translation.lang)
    for heading, lists in _lists(lines):
        title = lines[heading].lstrip("# ").partition(" {")[0] if heading >= 0 else ""
        said = [] if title.endswith("?") else [(title, heading, [count for _, count in lists])]
        above = ((lines[start - 2].rpartition(". ")[2], start - 2, [count]) for start, count in lists if start > 1)
        said += (one for one in above if one[0].endswith(":"))
        for text, place, held in said:
            found = begins.findall(text) if not {*numbers.lists["each"]} & {*text.lower().split()} else ()
            if len(found) == 1 and int(numbers.values.get(found[0][1].lower(), found[0][1])) not in (*held, sum(held)):
                message = f"“{found[0][0]}” are promised, and the list has {max(held)}"
                fix, line = "write the right number, or what is missing", place + translation.body_line
                yield Finding(translation, line, message, fix, found[0][1], level="warning")
