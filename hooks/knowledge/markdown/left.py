"""Marks that are left: what was meant to be Markdown, and stands as it is in the text that readers see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from ..core.placeholder import PLACEHOLDER
from .fault import Fault
from .reading import CITED, NO_TEXT, Box, Leaf
from .vocabulary import KIND_OF, OWN_KINDS, PLACES

RULE = "markup-left"
CITE = "write [@key] in square brackets, and behind the key a comma and the place: [@key, s. 253]"
LINK = "write [words](address), with nothing between the brackets, and close both"
BOLD = "write the marks against the words, two on each side: **words**; for a star that is to be seen, \\*"
CALLOUT = "write > [!NOTE] on a line of its own, and > before its text"
BOX = 'write !!! note "Title" on a line of its own, with straight quotation marks, and four spaces before its text'
ITEMS = "write - or 1. and a space before each item, with a blank line above the list"
ELSEWHERE = "leave it out: other programs know it, and this site does not"
ADDRESS = r"(?:#|[^()\s]*(?:\.(?:md|svg|png|jpe?g|webp|avif|pdf|mp[34])\b|:/|\.\./))[^()\s]*(?:[ ]\"[^\"\n]*\")?"
"""What stands between the brackets of a link."""
ICONS = "(?:material|fontawesome|octicons|simple)-[a-z0-9-]*[a-z0-9]"
CALLOUTS = "NOTE|TIP|IMPORTANT|WARNING|CAUTION"
PATTERNS: tuple[tuple[str, str, str], ...] = (
    (
        r"\[\^[^\]\[\s]+\]|(?<!\[)\^\w+\]|\[\^\w+(?![\w\]])",
        "a footnote without its note",
        "write [^1] in the text, and the note on a line of its own: [^1]: and its text",
    ),
    (r"\[![A-Za-z]+\]", "a box that did not become one", CALLOUT),
    (rf"(?m)^\[!?(?:{CALLOUTS})\b\]?|^!(?:{CALLOUTS})\]", "a box that did not become one", CALLOUT),
    (r"(?m)^[ ]{0,3}(?:!!|!{4,}|\?\?|\?{4,})[ ][^\n]*", "a box that did not become one", BOX),
    (r'(?m)^[ ]{0,3}(?:==|={4,})[ ]"[^\n]*', "a tab that did not become one", BOX.replace("!!! note", "===")),
    (
        r"(?m)^(?:\[[ xX]\](?!\()|[xX]?\][ ]|\[[xX]?[ ])",
        "a box to tick that did not become one",
        "write - [ ] and a space before the words",
    ),
    (r"(?m)^[ ]{0,3}(?:!!!|\?\?\?\+?|:::)(?=[ ]?\w|[ ]*$)[^\n]*", "a box that did not become one", BOX),
    (r"(?m)^[ ]{0,3}===(?=[ !+])[^\n]*", "a tab that did not become one", BOX.replace("!!! note", "===")),
    (
        r"(?m)^[ ]{0,3}///[^\n]*",
        "a block that did not become one",
        "write /// caption, its text, and /// alone below it",
    ),
    (r"\[[^\]\[\n@]*+(?<![\w.])@\{?[\w-]++\}?[^\]\[\n]*+\]", "a citation that did not become one", CITE),
    (r"\((?:see |jf\. |se )?-?@[a-z][\w-]*[^()\n]{0,40}\)", "a citation that did not become one", CITE),
    (r"\[?(?<![\w.@/-])@[a-z][\w-]*(?:19|20)\d\d[a-z]?\b", "a citation that did not become one", CITE),
    (r"\][ \n]*\((?=[^()\s]*[./#:])[^()\n]*\)?", "a link that did not become one", LINK),
    (rf"\[[^\]\[\n()]*\({ADDRESS}\)|\]{ADDRESS}\)|(?m)^\[$", "a link that did not become one", LINK),
    (
        r"(?m)^\[[^\]\[\n]+\]:[ \t]",
        "what did not become an address, an abbreviation or a footnote",
        "write [name]: https://…, *[ABC]: and what it stands for, or [^1]: and the note",
    ),
    (
        r"\[[^\]\[\n]++\]\[[^\]\[\n]*+\]",
        "a link whose address is missing",
        "write the address below: [name]: https://…",
    ),
    (r"\[\[[^\]\[\n]++\]\]|\[TOC\]", "a mark of another program", ELSEWHERE),
    (rf"(?!{PLACEHOLDER.pattern})\{{\{{[^\n]*|\{{%[^\n]*|--8<--[^\n]*", "a mark of another program", ELSEWHERE),
    (r"\[/\w+\]|\[(?:caption|gallery|embed|audio|video|playlist)\b[^\]\n]*\]", "a mark of another program", ELSEWHERE),
    (
        r"\$\$[^\n]*|(?<![\w$])\$[^\s$](?:[^$\n]*[^\s$\d])?\$(?![\w$])",
        "a formula",
        "write it in words: no formulas here",
    ),
    (r"(?<!\w)\*{2,3}(?=\w)|(?<=\S)\*{2,3}|\*{2}(?=\s)", "two stars", BOLD),
    (r"(?<!\w)__(?=\w)|(?<=\w)__(?!\w)", "two underscores", BOLD),
    (r"(?<![\w*])\*(?=[^\W\d_])|(?<=[^\W\d_])\*(?![\w*])", "a star", BOLD),
    (r"~~", "two tildes", "write ~~words~~, against the words on both sides"),
    (r"(?<=\w)~", "a tilde", "write H~2~O, with one on each side; for one that is to be seen, \\~"),
    (r"==(?=[\w])|(?<=[\w.!?])==", "two equals signs", "write ==words==, against the words on both sides"),
    (r"\^\^", "two carets", "write ^^words^^, against the words on both sides"),
    (r"\^(?=\w)|(?<=\w)\^", "a caret", "write m^2^, or ^^words^^; for one that is to be seen, \\^"),
    (r"\+\+\w[\w+]*\+\+", "a mark of another program", ELSEWHERE),
    (
        rf"(?<![\w:]):[a-z][a-z0-9_+-]*[a-z0-9]:(?![\w:])|(?<![\w:-]){ICONS}:(?!\w)|(?<!\w):{ICONS}(?![\w:-])",
        "an icon that is not there",
        "write the name of one: :material-phone:",
    ),
    (
        r"\{[ ]?:?[ ]?(?:[#.][\w-]|\w+=)[^{}\n]*\}?|(?<!\S)[#.][A-Za-z][\w-]*(?:[ ]+[^\s{}]+)*[ ]*\}"
        r"|(?<![\w{-])\w+=(?:\"[^\"\n]*\"|[^\s{}\"]+)(?:[ ]+[^\s{}]+)*[ ]*\}",
        "braces that have no effect",
        "write {#id} behind a heading, { .class } behind a link",
    ),
    (
        r"\*\[[^\]\[\n]++\]:?|(?m)^\*\[\w[^\n]*",
        "an abbreviation",
        "write *[ABC]: and what it stands for, on a line of its own",
    ),
    (
        r"(?m)^:[ \t]+\S[^\n]*|(?<=\w):[ ]{3,}(?=\S)",
        "a definition",
        "write the word on a line of its own, and right below it “:   ” and its meaning",
    ),
    (r"(?m)^#{1,6}(?=[^\W\d_#])[^\n]*|(?m)^#{7,}", "a heading that did not become one", "write a space behind the #"),
    (r"(?m)^[ ]{0,3}[•◦▪‣●○■·][ \t\xa0][^\n]*", "an item of a list", ITEMS),
    (r"(?m)^[ ]{0,3}[-+*][ \t]+\S[^\n]*", "an item of a list", ITEMS),
    (r"(?<=\S)[ ]{2,}[-+*][ ]+(?=\S)|(?<=[^\W\d_][.!?])[-+*][ ]+(?=\S)", "an item of a list", ITEMS),
    (r"(?<=[^\W\d_][.!?])\d{1,2}[.)][ ]+(?=\S)|(?<=\S)-[ ]\[[ xX]\]", "an item of a list", ITEMS),
    (r"(?m)^[ ]{0,3}-(?=[^\W\d_])[^\n]*\n[ ]{0,3}-(?=[^\W\d_])", "an item of a list", ITEMS),
    (r"(?m)^[ ]{0,3}\d{1,3}[.)][ \t]?\S[^\n]*\n[ ]{0,3}\d{1,3}[.)]", "an item of a list", ITEMS),
    (
        r"(?m)^[ ]{0,3}\d{1,3}\)[ \t][^\n]*|(?m)^[ ]{0,3}[a-zæøå]\)[ \t][^\n]*\n[ ]{0,3}[a-zæøå]\)",
        "an item of a list",
        ITEMS,
    ),
    (r"(?m)^[ ]*\|[^\n]*\|[ ]*$", "a row of a table", "write a blank line above, and |---|---| below its first row"),
    (r"\\(?=\s|$)", "a backslash", "delete it; at the end of a line, write a line below it"),
    (r"`+", "a mark of code", "write one ` on each side of what is to be shown as code"),
    (r"(?<=\s)---?(?=\s)", "hyphens in place of a dash", "write – or a comma"),
    (r"(?m)^--$", "hyphens in place of a rule", "write --- with a blank line above and below"),
)
"""What is looked for in the text that readers see: a pattern, what it is called, and how to fix it."""
OWN = frozenset(
    """a box that did not become one|a tab that did not become one|a block that did not become one|a citation that did \
not become one|an icon that is not there|braces that have no effect|an abbreviation|a definition|two equals signs|two \
carets|a caret|a tilde""".split("|")
)
"""What GitHub always shows as it is, so that only the page shows what is left."""
Known = tuple[re.Pattern[str], str, str]


def _compiled(is_own: bool) -> list[Known]:
    found = ((pattern.replace("(?m)", ""), what, fix) for pattern, what, fix in PATTERNS if (what in OWN) == is_own)
    return [(re.compile(pattern, re.MULTILINE), what, fix) for pattern, what, fix in found]


ON_BOTH, ON_PAGE = _compiled(is_own=False), _compiled(is_own=True)
"""What is looked for in what GitHub shows, and in what the page shows."""
MAY_BE_ON_BOTH = re.compile(
    r"[\[\]|\\`*~$_]|\{[{%]|--|\+\+|[.!?](?:[-+]|\d\d?[.)]) |[ ]{2}[-+]"
    r"|^[ ]{0,3}(?:[#•◦▪‣●○■·+-]|\d{1,3}[.)]|[a-zæøå]\))",
    re.MULTILINE,
)
MAY_BE_ON_PAGE = re.compile(r"[\[{}@^~]|==|:[a-z]|-[a-z0-9]+:|:[ ]{3}|^[ ]{0,3}[!?:/]", re.MULTILINE)
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
    for mine, theirs in pairs:
        if mine.kind in ("pre", "hr", "html"):
            continue
        known = CITED.sub(NO_TEXT, mine.raw) if "@" in mine.raw else mine.raw
        seen: list[str] = []
        if MAY_BE_ON_BOTH.search(known):
            yield from _in_text(known, ON_BOTH, mine.line, seen)
        if MAY_BE_ON_PAGE.search(theirs.raw):
            yield from _in_text(theirs.raw, ON_PAGE, mine.line, seen)


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
            shown = " ".join(needle.split())
            message = f"readers see “{shown if len(shown) <= 40 else f'{shown[:39]}…'}”: {what}"
            yield Fault(message, fix, needle.replace(NO_TEXT, ""), RULE, line)
            break


def _about_box(box: Box, line: int) -> Iterator[Fault]:
    title, name = box.title.raw.strip(), box.names[0] if box.names else ""
    if box.is_empty:
        fix = "write four spaces before each line of its text, with the first one right below"
        yield Fault(f"the box “{title}” is empty", fix, title, RULE, line)
    if box.is_mixed:
        fix = "write each card as an item of one list, with four spaces before all that belongs to it"
        yield Fault("something stands in the grid of cards that is no card", fix, "", RULE, line)
    unknown = [n for n in box.names if n not in KIND_OF and n not in OWN_KINDS | PLACES]
    if name in unknown and name != "tabbed-block":
        close = get_close_matches(name, [*KIND_OF, *OWN_KINDS], n=1, cutoff=0.6)
        fix = f"write {close[0]}" if close else "write one of: " + ", ".join(k for k in KIND_OF if KIND_OF[k] == k)
        yield Fault(f"there is no kind of box “{name}”", fix, name, RULE, line)
