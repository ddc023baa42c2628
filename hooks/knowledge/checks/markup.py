"""The HTML of templates: tags that are not closed, and what the pages' security policy lets no browser run or load."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ..core.folder import files_in
from ..core.problems import Problem

KINDS = ("*.html", "partials/**/*.html", "preview/*.html")
JINJA = re.compile(r"\{[#{%]")
ENDS = {"{#": "#}", "{{": "}}", "{%": "%}"}
ATTRIBUTES = r"""(?:"[^"<]*"|'[^'<]*'|[^"'<>])*+"""
TAG = re.compile(rf"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*+)(?P<attributes>{ATTRIBUTES})>")
BEGUN = re.compile(r"</?[a-zA-Z][\w-]*(?=[\s/>\"'<]|\Z)")
"""The beginning of a tag, which may lack its end."""
RAW = re.compile(rf"<(script|style|textarea)\b{ATTRIBUTES}>", re.IGNORECASE)
"""The beginning of an element in which no tags are read."""
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
ATTRIBUTE = re.compile(r"""(?<=[\s"'])(?P<name>[a-zA-Z][\w:-]*)\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^\s"'>]*)""")
DATA = re.compile(r"""type=["']?(?:application/(?:ld\+)?json|text/plain|speculationrules)""")
"""A script that is none: nothing of it is run."""
ADMITTED = re.compile(r"""\s*\{%-? include "partials/first\.js" -?%\}\s*""")
"""The one script within the page whose hash the policy holds."""
BRANCHES = ("if", "elif", "else")
BLOCKS = frozenset("if for block macro call filter with autoescape".split())
OTHERS = re.compile(r"(?:https?:)?//")
LOADED = {"object": "data"} | dict.fromkeys("script iframe img embed audio video".split(), "src")
"""By element, the attribute that makes a browser fetch something."""


class Statement(NamedTuple):
    """What Jinja reads: a comment, an expression or, with a word, a statement."""

    start: int
    end: int
    word: str = ""
    rest: str = ""


class Raw(NamedTuple):
    """An element in which no tags are read."""

    name: str
    tag: str
    start: int
    """Where its content begins."""
    end: int


class Open(NamedTuple):
    """A tag that is open."""

    name: str
    line: int


@dataclass
class Part:
    """What stands between `{% if %}`, `{% for %}` or `{% block %}` and its end."""

    word: str
    condition: str
    begun: list[Open]
    """What was open before it."""
    branches: list[list[Open]] = field(default_factory=list)
    """What was open at the end of each of its branches."""
    has_else: bool = False


def markup(overrides: Path) -> Iterator[Problem]:
    """What is wrong with the HTML of each template."""
    for path in files_in(overrides, *KINDS):
        try:
            source = path.read_text("utf-8")
        except OSError:
            continue  # It is told as a template.
        name = path.relative_to(overrides).as_posix()
        found = _Reader(source).problems(has_policy=not name.startswith("preview/"))
        for line, message, fix in found:
            yield Problem(f"{overrides.name}/{name}", line, 1, "template", message, fix)


class _Reader:
    """Reads one template from top to bottom."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.open: list[Open] = []
        self.parts: list[Part] = []
        self.kept: dict[str, list[list[Open]]] = {}
        """What the branches of an `{% if %}` leave open, which another with the same condition closes."""
        self.crossed: list[str] = []
        """What was closed by the end of something around it: its own end is told with it."""
        self.told: list[tuple[int, str, str]] = []
        self.statements = list(_statements(source))
        without = _blanked(source, [(one.start, one.end) for one in self.statements])
        without = _blanked(without, _spans(without, "<!--", "-->"))
        self.raw = list(_raw(without))
        self.html = _blanked(without, [(element.start, element.end) for element in self.raw])

    def problems(self, has_policy: bool) -> list[tuple[int, str, str]]:
        if has_policy:
            self._scripts()
        if self._ends_missing():
            return sorted(set(self.told))  # What is a tag and what is text, nobody can say.
        read: list[tuple[int, Statement | re.Match[str]]] = [(one.start, one) for one in self.statements if one.word]
        read += [(found.start(), found) for found in TAG.finditer(self.html)]
        for place, found in sorted(read, key=lambda pair: pair[0]):
            if isinstance(found, Statement):
                self._word(found.word, found.rest)
                continue
            self._tag(found, self._line(place))
            if has_policy and not found["end"]:
                self._attributes(found, self._line(place))
        self._not_closed(self.open)
        for branches in self.kept.values():
            self._not_closed([tag for branch in branches for tag in branch])
        return sorted(set(self.told))

    # --- Tags -------------------------------------------------------------------------------

    def _ends_missing(self) -> bool:
        """Whether a tag has no end, which is told."""
        whole = {found.start() for found in TAG.finditer(self.html)}
        found = [begun for begun in BEGUN.finditer(self.html) if begun.start() not in whole]
        for begun in found:
            fix = "write > at its end, and close its quotation marks; for a plain < write &lt;"
            self._tell(self._line(begun.start()), f"the tag “{begun[0]}” has no end", fix)
        return bool(found)

    def _tag(self, found: re.Match[str], line: int) -> None:
        name = found["name"].lower()
        if not found["end"]:
            if name not in VOID and not found["attributes"].endswith("/"):
                self.open.append(Open(name, line))
            return
        floor = len(self.parts[-1].begun) if self.parts else 0
        place = next((i for i in range(len(self.open) - 1, -1, -1) if self.open[i].name == name), None)
        if place is None or (place < floor and self.parts[-1].word != "if"):
            if name in self.crossed:
                self.crossed.remove(name)
            else:
                self._tell(line, f"</{name}> closes nothing", f"delete it, or write <{name}> before it")
            return
        self.crossed += [tag.name for tag in self.open[place + 1 :]]
        self._not_closed(self.open[place + 1 :], name, line)
        del self.open[place:]

    def _not_closed(self, tags: list[Open], end: str = "", line: int = 0) -> None:
        for tag in tags:
            before = f"<{tag.name}> is not closed before </{end}> on line {line}"
            self._tell(tag.line, before if end else f"<{tag.name}> is not closed", f"write </{tag.name}> where it ends")

    def _tell(self, line: int, message: str, fix: str) -> None:
        self.told.append((line, message, fix))

    def _forbidden(self, line: int, what: str, fix: str) -> None:
        self._tell(line, f"the security policy of the pages forbids {what}", fix)

    def _line(self, place: int) -> int:
        return self.source.count("\n", 0, place) + 1

    # --- Jinja ------------------------------------------------------------------------------

    def _word(self, word: str, rest: str) -> None:
        if word in BLOCKS or (word == "set" and "=" not in rest):
            self.parts.append(Part(word, rest, [*self.open]))
            self._closable()
        elif word in BRANCHES and self.parts:
            part = self.parts[-1]
            part.branches.append(self.open)
            part.has_else = part.has_else or word == "else"
            self.open = [*part.begun]
            self._closable()
        elif word.startswith("end") and self.parts:
            part = self.parts.pop()
            part.branches.append(self.open)
            self.open = self._after(part)

    def _closable(self) -> None:
        """Let a branch close what the same branch of an earlier `{% if %}` has left open."""
        part = self.parts[-1]
        kept = self.kept.get(part.condition) if part.word == "if" else None
        if kept and len(part.branches) < len(kept):
            self.open += kept[len(part.branches)]

    def _after(self, part: Part) -> list[Open]:
        """What is open behind a part, whichever of its branches was taken."""
        count = len(part.begun)
        if part.word != "if":
            for branch in part.branches:
                self._not_closed(branch[count:])
            return part.begun
        branches = part.branches if part.has_else else [*part.branches, part.begun]
        names = [[tag.name for tag in branch] for branch in branches]
        was_kept = self.kept.pop(part.condition, None)
        if all(branch == names[0] for branch in names):
            return branches[0]
        begun = [tag.name for tag in part.begun]
        if not was_kept and all(branch[:count] == begun for branch in names):
            self.kept[part.condition] = [branch[count:] for branch in part.branches]
            return part.begun
        longest = max(branches, key=len)
        shortest = min(branches, key=len)
        self._not_closed(longest[len(shortest) :])
        return shortest

    # --- The security policy ----------------------------------------------------------------

    def _scripts(self) -> None:
        """Scripts and styles that stand within the page itself."""
        for name, tag, start, end in self.raw:
            line, code = self._line(start - len(tag)), self.source[start:end]
            if name == "style":
                self._forbidden(line, "<style>", "put it into a file of overrides/assets/css/")
            elif name == "script" and code.strip() and not DATA.search(tag) and not ADMITTED.fullmatch(code):
                fix = "put it into a file of overrides/assets/js/, and load that as the templates around it do"
                self._forbidden(line, "a script within the page", fix)

    def _attributes(self, found: re.Match[str], line: int) -> None:
        tag = found["name"].lower()
        for attribute in ATTRIBUTE.finditer(found["attributes"]):
            name, value = attribute["name"].lower(), attribute["value"].strip("\"'").strip()
            at = line + found["attributes"].count("\n", 0, attribute.start())
            if name.startswith("on"):
                self._forbidden(at, f"{name}=…", "listen to it in a script of overrides/assets/js/")
            elif name == "style":
                self._forbidden(at, "style=…", "give it a class, and style that in overrides/assets/css/")
            elif name in ("href", "action", "formaction") and value.lower().startswith("javascript:"):
                self._forbidden(at, "javascript:…", "listen to it in a script of overrides/assets/js/")
            elif OTHERS.match(value) and (
                LOADED.get(tag) == name or (tag == "link" and name == "href" and "stylesheet" in found["attributes"])
            ):
                fix = "put the file into overrides/assets/: a page loads nothing from elsewhere"
                self._forbidden(at, f"“{value}”", fix)


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text in which nothing is read in some stretches; its lines stay, and what Jinja writes is a value."""
    pieces, place = [], 0
    for start, end in spans:
        mark = "x" if text.startswith("{{", start) else " "
        pieces += [text[place:start], re.sub(r"[^\n]", mark, text[start:end])]
        place = end
    return "".join((*pieces, text[place:]))


def _statements(source: str) -> Iterator[Statement]:
    place = 0
    while begun := JINJA.search(source, place):
        end = source.find(ENDS[begun[0]], begun.end())
        if end < 0:
            return  # Jinja says so.
        place = end + 2
        said = source[begun.end() : end].strip("-+ \t\n") if begun[0] == "{%" else ""
        word = re.match(r"\w*", said)[0]  # type: ignore[index]  # It matches nothing, too.
        yield Statement(begun.start(), place, word, said[len(word) :].strip())


def _spans(text: str, begins: str, ends: str) -> Iterator[tuple[int, int]]:
    """Where stretches between two marks stand, the marks included."""
    start = text.find(begins)
    while start >= 0 and (end := text.find(ends, start)) >= 0:
        yield start, end + len(ends)
        start = text.find(begins, end + len(ends))


def _raw(html: str) -> Iterator[Raw]:
    """The elements in which no tags are read, and that have an end."""
    small, place, endless = html.lower(), 0, set()
    while begun := RAW.search(html, place):
        name, place = begun[1].lower(), begun.end()
        end = -1 if name in endless else small.find(f"</{name}", place)
        if end < 0:
            endless.add(name)
            continue
        yield Raw(name, begun[0], place, end)
        place = end
