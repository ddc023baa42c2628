"""Decoding: a text file's bytes as text, and what in them no reader should meet.

What can be put right without a guess is put right after it was told (letters in decomposed form, invisible
characters), so that nothing else has to be said of it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path

from .problems import Problem

CONTROL = re.compile(
    r"""[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff&]
    (?: (?<!&)
    | \#0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)
    | \#x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef])(?![0-9a-f]))""",
    re.VERBOSE | re.IGNORECASE,
)
"""Characters that XML or YAML, and so a feed or front matter, cannot hold, and references to them."""
UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff9-\ufffd\ue000-\uf8ff\x85\U000e0000-\U000e007f"
)
INVISIBLE = re.compile(
    f"[{UNSEEN}]|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])"
)
"""Characters that nobody sees or can read, and searches stumble on; U+200D only where it does not join two emoji."""
SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that look like one, and are none to Markdown and YAML."""
FALSE = re.compile(f"[{SPACES}]")
MAY_BE_UNSEEN = re.compile(f"[{UNSEEN}\u200d{SPACES}]")
"""What all of these hold at least, and most texts do not."""
FALSE_SPACE = re.compile(
    rf"^[ \t]*(?:[{SPACES}][ \t{SPACES}]*(?=(?:[#>*+-]|\d+[.)])[ {SPACES}])|(?:#{{1,6}}|[>*+-]|\d+[.)])[{SPACES}])",
    re.MULTILINE,
)
"""One of them before or behind the mark of a heading, a list or a quotation, which it spoils."""
CONFLICT = re.compile(r"^(?:<{7}(?= |$)|\|{7}(?= |$)|={7}$|>{7}(?= |$))", re.MULTILINE)
"""What git writes where it could not merge."""
OPENS = re.compile(r"[][()]|\n[ \t]*\n")
TOO_OPEN = 2_000_000
"""Brackets of one paragraph that are open at once, times its characters: for each of them the converter looks through
the rest of the paragraph, so that 20,000 would take it minutes."""
NAMES = {
    "\u00ad": "a soft hyphen",
    "\u200b": "a zero-width space",
    "\u200c": "a zero-width non-joiner",
    "\u200d": "a zero-width joiner",
    "\u2060": "a word joiner",
    "\ufeff": "a byte-order mark",
    "\ufffc": "what was a picture",
    "\ufffd": "what was a letter in another encoding",
    "\uf0b7": "a bullet of Word",
    "\uf0a7": "a bullet of Word",
}


def decode(data: bytes, file: str, rule: str) -> tuple[str | None, list[Problem]]:
    """A file's text in composed Unicode, with `\\n` between its lines; None where it cannot be read. The rule is
    that of problems with the file as a whole."""
    data = data.removeprefix(BOM_UTF8)  # Programs on Windows write it at the start; GitHub reads over it, too.
    text, problems = stored(data, file, rule)
    if text is None:
        return None, problems
    if found := CONTROL.search(text):
        name = found[0] if len(found[0]) > 1 else f"U+{ord(found[0]):04X}"
        message = f"the file holds an invisible character ({name}), which no page can show"
        return None, [_at(found.start(), text, file, rule, message, "delete it, or type the line again")]
    if text.count("[") * len(text) > TOO_OPEN and (place := _open_brackets(text)) is not None:
        message = "more brackets are open in this paragraph than any page can show"
        fix = "close each “[” with “]” and each “(” with “)”, or delete it"
        return None, [_at(place, text, file, rule, message, fix)]
    if text.isascii() or not MAY_BE_UNSEEN.search(text):
        return text, []
    if problems := list(_invisible(text, file)):
        text = FALSE_SPACE.sub(lambda found: FALSE.sub(" ", found[0]), INVISIBLE.sub("", text))
    return text, problems


def stored(data: bytes, file: str, rule: str) -> tuple[str | None, list[Problem]]:
    """A file's text as `decode` gives it, whatever its characters are; None where a program has saved it in another
    way than others read it, or git has left in it what it could not merge."""
    if data.startswith(BOM_UTF8):
        fix = "save it as “UTF-8”, not as “UTF-8 with BOM”"
        return None, [Problem(file, 1, 1, rule, "the file begins with a byte-order mark", fix)]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = "the file is not UTF-8 (æ, ø and å are stored in another way)"
        return None, [Problem(file, line, 1, rule, message, "save it with the encoding UTF-8")]
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if any(mark * 7 in text for mark in "<|=>") and (found := CONFLICT.search(text)):
        return None, [conflict(found, text, file)]
    return text, []


def text_of(file: Path) -> str:
    """The text of a file whose problems are told elsewhere, as `decode` gives it."""
    return unicodedata.normalize("NFC", file.read_text("utf-8-sig", "replace"))


def conflict(found: re.Match[str], text: str, file: str) -> Problem:
    """The problem with the first mark of a conflict in a text."""
    fix = "keep the lines that are right, of one side or of both, and delete the lines <<<<<<<, ======= and >>>>>>>"
    message = f"“{found[0]}” is the mark of a conflict that git could not merge"
    return _at(found.start(), text, file, "conflict", message, fix)


def _open_brackets(text: str) -> int | None:
    """Where the brackets begin of which so many are open at once in a paragraph that it could not be converted."""
    start = place = depth = deepest = 0
    for found in (*OPENS.finditer(text), None):
        mark = found[0] if found else "\n"
        depth += mark in "[("
        depth -= mark in "])" and depth > 0
        if found and deepest < depth < 3:  # One is open in many a line.
            place = found.start()
        deepest = max(deepest, depth)
        if mark[0] == "\n":
            if deepest * ((found.start() if found else len(text)) - start) > TOO_OPEN:
                return place
            start, depth, deepest = (found.end() if found else 0), 0, 0
    return None


def _invisible(text: str, file: str) -> Iterator[Problem]:
    """One problem for each line, however many stand in it."""
    breaks = [found.start() for found in re.finditer("\n", text)]
    first: dict[int, re.Match[str]] = {}
    for found in (*INVISIBLE.finditer(text), *FALSE_SPACE.finditer(text)):
        first.setdefault(bisect_left(breaks, found.start()), found)
    for row, found in first.items():
        if INVISIBLE.fullmatch(found[0]):
            place, name = found.start(), NAMES.get(found[0], f"U+{ord(found[0]):04X}")
            message = f"the line holds a character that nobody can see ({name})"
            fix = "delete it: put the cursor after it and press Backspace, or type the words around it again"
        else:
            place = next(found.start() + i for i, char in enumerate(found[0]) if FALSE.match(char))
            message = f"the line holds a space (U+{ord(text[place]):04X}) that Markdown does not take for one"
            fix = "write an ordinary space instead"
        yield Problem(file, row + 1, place - (breaks[row - 1] if row else -1), "invisible", message, fix)


def _at(place: int, text: str, file: str, rule: str, message: str, fix: str) -> Problem:
    line = text.count("\n", 0, place) + 1
    return Problem(file, line, place - text.rfind("\n", 0, place), rule, message, fix)
