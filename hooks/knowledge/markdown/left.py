"""Marks that are left: what was meant to be Markdown, and stands as it is in the text that readers see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from ..core.placeholder import PLACEHOLDER
from ..core.problems import short
from ..core.table import table
from .fault import Fault
from .leaf import CITED, NO_TEXT, Box, Leaf
from .vocabulary import KIND_OF, OWN_KINDS, PLACES

RULE = "markup-left"
ADDRESS = r"(?:#|[^()\]\s]*(?:\.(?:md|svg|png|jpe?g|webp|avif|pdf|mp[34])\b|:/|\.\./))[^()\]\s]*(?:[ ]\"[^\"\n]*\")?"
"""What stands between the brackets of a link."""
ICONS = "(?:material|fontawesome|octicons|simple)-[a-z0-9-]*[a-z0-9]"
CALLOUTS = "NOTE|TIP|IMPORTANT|WARNING|CAUTION"
PARTS = {"ADDRESS": ADDRESS, "ICONS": ICONS, "CALLOUTS": CALLOUTS, "PLACEHOLDER": PLACEHOLDER.pattern}
"""What stands in patterns as `<<NAME>>`."""
MARKS = table(Path(__file__).with_name("marks.yml"))
BOX, ELSEWHERE = (str(MARKS["fixes"][name]) for name in ("BOX", "ELSEWHERE"))
Known = tuple[re.Pattern[str], str, str]


def _compiled(is_own: bool) -> list[Known]:
    found = (mark for mark in MARKS["marks"] if (mark["what"] in MARKS["on_page_alone"]) == is_own)
    return [(_pattern(mark["pattern"]), mark["what"], MARKS["fixes"].get(mark["fix"], mark["fix"])) for mark in found]


def _pattern(written: str) -> re.Pattern[str]:
    whole = re.sub(r"<<([A-Z]+)>>", lambda name: PARTS[name[1]], written.replace("(?m)", ""))
    return re.compile(whole, re.MULTILINE)


ON_BOTH, ON_PAGE = _compiled(is_own=False), _compiled(is_own=True)
"""What is looked for in what GitHub shows, and in what the page shows."""


class Glance(NamedTuple):
    """Whether a text may hold something. As one pattern it would take ten times as long: `str` finds a mark sooner than
    `re` finds one of several, and `re` is quick where it can look for the first letter of what it seeks."""

    marks: tuple[str, ...]
    inside: tuple[re.Pattern[str], ...]
    at_line: re.Pattern[str]
    """What stands at the beginning of a line."""

    def finds(self, text: str) -> bool:
        """Whether it is in a text."""
        return (
            any(mark in text for mark in self.marks)
            or any(one.search(text) for one in self.inside)
            or any(map(self.at_line.match, text.split("\n")))
        )


MAY_BE_ON_BOTH = Glance(
    (*"[]|\\`*~$_&\t¹²³⁴⁵⁶⁷⁸⁹", "{{", "{%", "--", "++", "  -", "  +", *"ÃÂﬀﬁﬂﬃﬄ", "â€"),
    (*(re.compile(rf"[{end}](?:[-+]|\d\d?[.)])[ ]") for end in ".!?"), re.compile(r"l\d\d"), re.compile(r"\d[OIl]")),
    re.compile(
        r"[ ]{0,3}(?:[#•◦▪‣●○■·+➢➤►▸▶❖◆◇□☐☑✓✔✗✘–—‐‑‒―−→§-]|\d{1,3}(?:[.):-]|[ ])|\(|o[ ]"
        r"|(?:[ivx]{1,4}|[IVX]{1,4}|[^\W\d_])[.):-][ ])"
    ),
)
MAY_BE_ON_PAGE = Glance(
    (*"[{}@^~", "==", ":   "), (re.compile(r":[a-z]"), re.compile(r"-[a-z0-9]+:")), re.compile(r"[ ]{0,3}[!?:/]")
)
"""What one of them holds at least: most texts hold nothing of it."""


def left_in(github: Iterable[Leaf], page: Iterable[Leaf], boxes: Iterable[Box]) -> Iterator[Fault]:
    """The marks that are left on a page, and boxes that are not what they were meant to be.

    Args:
        github: what both show alike, as GitHub shows it.
        page: the same, leaf for leaf, as the page shows it; where its text was rewritten, marks are escaped in it.
    """
    pairs = list(zip(github, page, strict=True))
    lines = {id(theirs): mine.line for mine, theirs in pairs}
    for box in boxes:
        yield from _about_box(box, lines.get(id(box.title), 0))
    shown = [
        (CITED.sub(NO_TEXT, mine.raw) if "@" in mine.raw else mine.raw, theirs.raw, mine.line)
        for mine, theirs in pairs
        if mine.kind not in ("pre", "hr", "html")
    ]
    # First in all of them at once: most pages hold nothing.
    may_be_on_both = MAY_BE_ON_BOTH.finds("\n".join(known for known, _, _ in shown))
    may_be_on_page = MAY_BE_ON_PAGE.finds("\n".join(on_page for _, on_page, _ in shown))
    for known, on_page, line in shown if may_be_on_both or may_be_on_page else ():
        seen: list[str] = []
        if may_be_on_both and MAY_BE_ON_BOTH.finds(known):
            yield from _in_text(known, ON_BOTH, line, seen)
        if may_be_on_page and MAY_BE_ON_PAGE.finds(on_page):
            yield from _in_text(on_page, ON_PAGE, line, seen)


def _in_text(text: str, patterns: Iterable[Known], line: int, seen: list[str]) -> Iterator[Fault]:
    """The marks in a text, each kind of them once.

    Args:
        seen: what was told of it already.
    """
    for pattern, what, fix in patterns:
        for found in pattern.finditer(text):
            needle = found[0].split("\n")[0].strip()
            if any(needle in other for other in seen):
                continue
            seen.append(needle)
            yield Fault(f"readers see “{short(needle)}”: {what}", fix, needle.replace(NO_TEXT, ""), RULE, line)
            break


def _about_box(box: Box, line: int) -> Iterator[Fault]:
    title, name = box.title.raw.strip(), box.names[0] if box.names else ""
    if box.is_empty:
        fix = "write four spaces before each line of its text, with the first one right below"
        yield Fault(f"the box “{title}” is empty", fix, title, RULE, line)
    if box.is_mixed:
        fix = "write each card as an item of one list, with four spaces before all that belongs to it"
        yield Fault("something in the grid of cards is not a card", fix, "", RULE, line)
    unknown = [n for n in box.names if n not in KIND_OF and n not in OWN_KINDS | PLACES]
    # A title of one's own is no class: whoever writes both means the class.
    lost = [other for other in unknown if other != name] if title.lower() == name else []
    if lost:
        fix = f'write !!! {name} "{lost[0].capitalize()}", with straight quotation marks'
        yield Fault(
            f"the word “{lost[0]}” behind the kind of the box is no title, and nobody sees it", fix, name, RULE, line
        )
    if name in unknown and name != "tabbed-block":
        close = get_close_matches(name, [*KIND_OF, *OWN_KINDS], n=1, cutoff=0.6)
        fix = f"write {close[0]}" if close else "write one of: " + ", ".join(k for k in KIND_OF if KIND_OF[k] == k)
        yield Fault(f"there is no kind of box “{name}”", fix, name, RULE, line)
