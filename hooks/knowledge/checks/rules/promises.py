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


@text_rule("impossible")
def promises(translation: Translation) -> Iterator[Finding]:
    """More or fewer than were promised: one was added or taken out, and the number was left. Or it is another list."""
    lines, begins = [*without_fences(translation.body).split("\n"), "#"], _promise(translation.lang)
    said_of_numbers = number_words(translation.lang)
    values, each = said_of_numbers.values, {*said_of_numbers.lists["each"]}
    heading, count, start, lists = -1, 0, 0, list[tuple[int, int]]()
    for place, line in enumerate(lines):
        if ITEM.match(line):
            start, count = (start, count + 1) if count else (place, 1)
        elif line[:1].strip():
            lists += [(start, count)] if count else []
            count = 0
        if line[:1] == "#":
            said = [(lines[heading].lstrip("# ").partition(" {")[0], heading, [counted for _, counted in lists])]
            said += ((lines[at - 2].rpartition(". ")[2], at - 2, [counted]) for at, counted in lists)
            for text, at, held in said if lists else ():
                promises_any = (at == heading and text[-1:] != "?") or text[-1:] == ":"
                found = begins.findall(text) if promises_any and each.isdisjoint(text.lower().split()) else ()
                if len(found) == 1 and int(values.get(found[0][1].lower(), found[0][1])) not in (*held, sum(held)):
                    message = f"“{found[0][0]}” are promised, and the list has {max(held)}"
                    fix = "write the right number, or what is missing"
                    at_line = at + translation.body_line
                    yield Finding(translation, at_line, message, fix, found[0][1], level="warning")
            heading, lists = place, []
