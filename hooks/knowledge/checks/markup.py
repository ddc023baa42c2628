"""The HTML of templates: tags that are not closed, and what the pages' security policy lets no browser run or load."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError

from ..content.prose import blank, blanked
from ..content.svg import Flaw
from ..core.folder import files_in
from ..core.problems import Problem

KINDS = ("*.html", "partials/**/*.html", "preview/*.html")
HTML_COMMENT = re.compile(r"<!--(?:(?!-->).)*+", re.DOTALL)
ATTRIBUTES = r"""(?:"[^"<]*"|'[^'<]*'|[^"'<>])*+"""
TAG = re.compile(rf"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*+)(?P<attributes>{ATTRIBUTES})>")
BEGUN = re.compile(r"</?[a-zA-Z][\w-]*(?=[\s/>\"'<]|\Z)")
"""The beginning of a tag, which may lack its end."""
RAW = re.compile(
    rf"(?P<tag><(?P<name>script|style|textarea)\b{ATTRIBUTES}>)(?P<code>(?:(?!</(?P=name)).)*+)",
    re.DOTALL | re.IGNORECASE,
)
"""An element in which no tags are read, up to its end."""
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
ATTRIBUTE = re.compile(r"""(?<=[\s"'])(?P<name>[a-zA-Z][\w:-]*)\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^\s"'>]*)""")
DATA = re.compile(r"""type=["']?(?:application/(?:ld\+)?json|text/plain|speculationrules)""")
"""A script that is none: nothing of it is run."""
ADMITTED = "partials/first.js"
"""The one script within the page whose hash the policy holds."""
QUOTES = str.maketrans("", "", "\"'")
BRANCHES = ("if", "elif", "else")
BLOCKS = frozenset("if for block macro call filter with autoescape".split())
OTHERS = re.compile(r"(?:https?:)?//")
LOADED = {"object": "data"} | dict.fromkeys("script iframe img embed audio video".split(), "src")
"""By element, the attribute that makes a browser fetch something."""


Way = frozenset[tuple[str, int]]
"""A way through a template: the numbers of the branches that are taken, by condition."""


class Tag(NamedTuple):
    """A tag that begins an element, or ends one."""

    name: str
    line: int
    is_end: bool


class Statement(NamedTuple):
    """What stands between `{% if %}`, `{% for %}` or `{% block %}` and its end, by branches; the last may be empty."""

    word: str
    condition: str
    branches: list[list[Tag | Statement]]


def markup(overrides: Path) -> Iterator[Problem]:
    """What is wrong with the HTML of each template."""
    for path in files_in(overrides, *KINDS):
        try:
            reader = _MarkupReader(path.read_text("utf-8"))
        except (OSError, TemplateSyntaxError):
            continue  # It is told as a template.
        name = path.relative_to(overrides).as_posix()
        found = reader.problems(has_policy=not name.startswith("preview/"))
        for line, message, fix in found:
            yield Problem(f"{overrides.name}/{name}", line, 1, "template", message, fix)


class _MarkupReader:
    """Reads one template from top to bottom."""

    def __init__(self, source: str) -> None:
        self.open: list[Tag] = []
        self.crossed: list[str] = []
        """What was closed by the end of something around it: its own end is told with it."""
        self.told: list[Flaw] = []
        html, self.statements = _without_jinja(source)
        html = HTML_COMMENT.sub(blanked, html)
        self.raw = list(RAW.finditer(html))
        self.html = RAW.sub(lambda found: found["tag"] + blank(found["code"]), html)

    def problems(self, has_policy: bool) -> list[Flaw]:
        if has_policy:
            self._scripts()
        if self._ends_missing():
            return sorted(set(self.told))  # What is a tag and what is text, nobody can say.
        read: list[tuple[int, str | Tag]] = [*self.statements]
        for found in TAG.finditer(self.html):
            line, name = self._line(found.start()), found["name"].lower()
            if found["end"] or (name not in VOID and not found["attributes"].endswith("/")):
                read.append((found.start(), Tag(name, line, bool(found["end"]))))
            if has_policy and not found["end"]:
                self._attributes(found, line)
        whole, _ = _branch(one for _, one in sorted(read, key=itemgetter(0)))
        for way in {frozenset(), *_ways(whole, frozenset())}:
            self.open, self.crossed = [], []
            self._walk([Statement("block", "", [whole])], dict(way))
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

    def _walk(self, branch: list[Tag | Statement], way: dict[str, int], first: int = 0) -> None:
        """Go one way through a branch, which may close what is open from the first element on."""
        for one in branch:
            if isinstance(one, Tag):
                self._tag(one, first)
            elif one.word == "if":
                last = len(one.branches) - 1
                self._walk(one.branches[min(way.get(one.condition, last), last)], way, first)
            else:
                for own in one.branches:
                    begun = len(self.open)
                    self._walk(own, way, begun)
                    self._not_closed(self.open[begun:])
                    del self.open[begun:]

    def _tag(self, tag: Tag, first: int) -> None:
        if not tag.is_end:
            self.open.append(tag)
            return
        place = next((i for i in range(len(self.open) - 1, first - 1, -1) if self.open[i].name == tag.name), None)
        if place is not None:
            self.crossed += [inside.name for inside in self.open[place + 1 :]]
            self._not_closed(self.open[place + 1 :], tag)
            del self.open[place:]
        elif tag.name in self.crossed:
            self.crossed.remove(tag.name)
        else:
            self._tell(tag.line, f"</{tag.name}> closes nothing", f"delete it, or write <{tag.name}> before it")

    def _not_closed(self, tags: list[Tag], end: Tag | None = None) -> None:
        for tag in tags:
            message = f"<{tag.name}> is not closed"
            if end:
                message = f"<{tag.name}> is not closed before </{end.name}> on line {end.line}"
            self._tell(tag.line, message, f"write </{tag.name}> where it ends")

    def _tell(self, line: int, message: str, fix: str) -> None:
        self.told.append(Flaw(line, message, fix))

    def _forbidden(self, line: int, what: str, fix: str) -> None:
        self._tell(line, f"the security policy of the pages forbids {what}", fix)

    def _line(self, place: int) -> int:
        return self.html.count("\n", 0, place) + 1

    # --- The security policy ----------------------------------------------------------------

    def _scripts(self) -> None:
        """Scripts and styles that stand within the page itself."""
        for found in self.raw:
            if found.end() == len(self.html):
                return  # It is not closed, which is told.
            line, name, code = self._line(found.start()), found["name"].lower(), found["code"].strip()
            if name == "style":
                self._forbidden(line, "<style>", "put it into a file of overrides/assets/css/")
            elif name == "script" and code not in ("", ADMITTED) and not DATA.search(found["tag"].lower()):
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


def _branch(read: Iterator[str | Tag]) -> tuple[list[Tag | Statement], str]:
    """What stands up to the end of a branch, and the word that ends it."""
    found: list[Tag | Statement] = []
    for one in read:
        if isinstance(one, Tag):
            found.append(one)
            continue
        word = re.match(r"\w*", one)[0]  # type: ignore[index]  # It matches nothing, too.
        rest = one[len(word) :].strip()
        if word in BLOCKS or (word == "set" and "=" not in rest):
            branches, end, following = list[list[Tag | Statement]](), "", BRANCHES[0]
            while following in BRANCHES:
                end, (branch, following) = following, _branch(read)
                branches.append(branch)
            found.append(Statement(word, rest, branches if end == "else" else [*branches, []]))
        elif word in BRANCHES or word.startswith("end"):
            return found, word
    return found, ""


def _ways(branch: list[Tag | Statement], way: Way) -> Iterator[Way]:
    """The ways on which each branch is taken; where nothing is said of a condition, its last one is."""
    for part in branch:
        if isinstance(part, Statement):
            for number, own in enumerate(part.branches):
                here = frozenset({**dict(way), part.condition: number}.items()) if part.word == "if" else way
                yield here
                yield from _ways(own, here)


def _without_jinja(source: str) -> tuple[str, list[tuple[int, str]]]:
    """A template's HTML, line for line, with a letter for each value that Jinja writes into it; and Jinja's statements,
    each behind its place there."""
    html, lines, statements, words = "", 1, list[tuple[int, str]](), list[str]()
    for line, kind, text in Environment().lex(source):
        html, lines = html + "\n" * (line - lines), line
        if kind == "data":
            html, lines = html + text, line + text.count("\n")
        elif kind == "variable_begin":
            html += "x"
        elif kind == "block_begin":
            words.clear()
        elif kind == "block_end":
            statement = "".join(words).strip()
            statements.append((len(html), statement))
            word, _, named = statement.partition(" ")
            html += f" {named.translate(QUOTES)}" if word == "include" else " "
        else:
            words.append(text)
    return html, statements
