"""A YAML document: its values, where each of them stands, and what its writer did not mean.

Of YAML it takes what editors use: keys, lists and text. Anchors, aliases and tags are refused before anything is made
of them (a few aliases can stand for gigabytes), and so is what is nested too deep.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import yaml

from .problems import Problem

DEPTH = 20
"""More levels than anybody writes; libyaml's own reader dies of many thousands."""
KeyPath = tuple[str | int, ...]
"""The keys and the places in lists that lead to a value, such as `("concepts", 1)`."""
T = TypeVar("T")

SECOND = ("a second document begins here", "delete the line “---” or “...”: it ends the keys")
TAB = ("the line is indented with a tab", "write two spaces for each tab")
"""What is wrong, and how to fix it, where it is found in two ways."""


@dataclass
class Document:
    """A document that was read, with what is wrong with it."""

    file: str
    rule: str
    """Of its problems."""
    source: str
    first_line: int
    """The line of the file on which the source begins."""
    values: Any = None
    root: yaml.Node | None = None
    places: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)
    """Line and column of each key and item."""
    nodes: dict[KeyPath, yaml.Node] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: KeyPath) -> int:
        """The line of a value, or of the closest record around it that is there."""
        return self._closest(path)[0]

    def written(self, path: KeyPath) -> str:
        """A value as it stands in the file, without its quotation marks where it is text."""
        node = self.nodes.get(path)
        if isinstance(node, yaml.ScalarNode) and node.style != "|":
            return node.value
        return self.source[node.start_mark.index : node.end_mark.index].rstrip() if node else ""

    def problem(self, path: KeyPath, message: str, fix: str) -> Problem:
        """What is wrong with a value."""
        return Problem(self.file, *self._closest(path), self.rule, message, fix)

    def place_at(self, mark: yaml.Mark) -> tuple[int, int]:
        """Line and column of a place of the source."""
        return mark.line + self.first_line, mark.column + 1

    def tell(self, mark: yaml.Mark, message: str, fix: str) -> None:
        """Note what is wrong at a place of the source."""
        self.problems.append(Problem(self.file, *self.place_at(mark), self.rule, message, fix))

    def _closest(self, path: KeyPath) -> tuple[int, int]:
        return closest(self.places, path) or (1, 1)


def closest(places: Mapping[KeyPath, T], path: KeyPath) -> T | None:
    """The place of a value, or of the closest record around it that is there."""
    return next((places[path[:length]] for length in range(len(path), 0, -1) if path[:length] in places), None)


def read_document(
    source: str,
    file: str,
    rule: str,
    first_line: int = 1,
    is_text: Callable[[KeyPath], bool] = lambda path: False,
    tags: tuple[str, ...] = (),
) -> Document:
    """Read a document; where it has problems, its values are not to be used.

    Args:
        is_text: whether a value is free text, in which “ #” is hardly meant to begin a comment.
        tags: beginnings of tags that the file may use, such as `!ENV`.
    """
    document = Document(file, rule, source, first_line)
    try:
        _refuse(document, tags)
        document.root = None if document.problems else yaml.compose(source, yaml.CSafeLoader)
        if document.root is not None:
            _note(document, document.root)
        if document.root is not None and not document.problems:
            document.values = _Constructor().construct_document(document.root)
            document.problems += _lost(document, is_text)
    except yaml.MarkedYAMLError as error:
        problem = _explain(error, document)
        if problem.line not in {known.line for known in document.problems}:
            document.problems.append(problem)
    except (yaml.YAMLError, ValueError):  # without a place
        fix = "write each line as “key: text”, and put text that is no plain words in quotation marks"
        document.problems.append(Problem(file, first_line, 1, rule, "the keys cannot be read", fix))
    return document


def in_yaml(value: Any) -> str:
    """A value in a line, as one writes it: `true`, `[a, b]`, `{icon: x}`."""
    return (
        value
        if isinstance(value, str)
        else yaml.dump(value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000).split("\n")[0]
    )


class _Constructor(yaml.constructor.SafeConstructor):
    """Makes values of nodes; a day that is in no calendar stays text, for the field to refuse."""

    def construct_day(self, node: yaml.ScalarNode) -> Any:
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return node.value


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", _Constructor.construct_day)
# A “=” and a “<<” are text. What stands behind a tag that the file may use is checked by whoever knows the tag.
_Constructor.add_constructor("tag:yaml.org,2002:value", lambda self, node: node.value)
_Constructor.add_constructor("tag:yaml.org,2002:merge", lambda self, node: node.value)
_Constructor.add_multi_constructor(
    "", lambda self, tag, node: node.value if isinstance(node, yaml.ScalarNode) else None
)


def _refuse(document: Document, tags: tuple[str, ...]) -> None:
    """Tell of what an editor cannot have meant: anchors, aliases, tags, a second document.

    Raises:
        MarkedYAMLError: at what cannot be read, or stands too deep.
    """
    depth = documents = 0
    for event in yaml.parse(document.source, yaml.CSafeLoader):
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                document.tell(event.start_mark, *SECOND)
                return
        elif isinstance(event, yaml.NodeEvent):
            tag = getattr(event, "tag", None)
            if event.anchor or (tag and not tag.startswith(tags)):
                document.tell(event.start_mark, *_strange(event, document.source))
        if isinstance(event, yaml.CollectionStartEvent):
            if depth > DEPTH:
                raise yaml.MarkedYAMLError(problem="too deep", problem_mark=event.start_mark)
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _strange(event: yaml.NodeEvent, source: str) -> tuple[str, str]:
    """What an anchor, an alias or a tag is read as, and how to write text instead."""
    start = event.start_mark
    mark = source[start.index : start.index + 80].split()[0]
    what = "a kind of value"
    if event.anchor:
        is_alias = isinstance(event, yaml.AliasEvent)
        what = "a reference to another line" if is_alias else "a mark, and does not belong to the text"
    return f"“{mark}” is read as {what}", in_quotation_marks(source.split("\n")[start.line], start.column)


def _note(document: Document, node: yaml.Node, path: KeyPath = ()) -> None:
    """Note where each value below a node stands, and tell of keys that an editor cannot have meant."""
    if isinstance(node, yaml.SequenceNode):
        for i, item in enumerate(node.value):
            below: KeyPath = (*path, i)
            document.places.setdefault(below, document.place_at(item.start_mark))
            document.nodes.setdefault(below, item)
            _note(document, item, below)
    elif isinstance(node, yaml.MappingNode):
        lines: dict[str, int] = {}
        cut = _cut_off(document.source, node)
        if cut and len(cut) == len(node.value):
            fix = (
                f"write {{{cut[0].value}: {cut[1].value}}}" if len(cut) == 2 else "write “key: text” between the braces"
            )
            document.tell(cut[0].start_mark, f"“{cut[0].value}” has no colon and no text after it", fix)
        elif cut:
            message = f"“{cut[0].value}” is read as a key: between braces a comma ends the text"
            document.tell(cut[0].start_mark, message, 'put the whole text in quotation marks: {da: "…, …"}')
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="no key", problem_mark=key.start_mark)
            below, place = (*path, key.value), document.place_at(key.start_mark)
            if wrong := None if cut else _wrong_key(key, value, lines):
                document.tell(key.start_mark, *wrong)
            else:
                document.places.setdefault(below, place)
            lines.setdefault(key.value, place[0])
            document.nodes.setdefault(below, value)
            _note(document, value, below)


def _cut_off(source: str, node: yaml.MappingNode) -> list[yaml.ScalarNode]:
    """What stands within braces and has no colon: behind a comma, the end of a text that was not meant to end."""
    bare = (key for key, value in node.value if value.start_mark.index == value.end_mark.index == key.end_mark.index)
    return [key for key in bare if source[key.end_mark.index :].lstrip()[:1] in (",", "}")]


def _wrong_key(key: yaml.ScalarNode, value: yaml.Node, lines: Mapping[str, int]) -> tuple[str, str] | None:
    """What is wrong with a key, given the lines of those before it."""
    name = key.value
    if name in lines:
        is_section = isinstance(value, yaml.CollectionNode)
        fix = (
            "write what belongs below it under one of them, and delete the other" if is_section else "keep one of them"
        )
        return f"“{name}” is there twice: on line {lines[name]} too", fix
    if name.strip() != name or re.search(r"[^\S ]", name):
        return f"the key “{name.strip()}” holds a space that nobody can see", "type the key again, without spaces"
    if key.tag != "tag:yaml.org,2002:str":
        return f"“{name}” is no word to YAML, and no key", f'write another word, or "{name}"'
    return None


TYPOGRAPHIC = re.compile("[„“”»«‘].*[“”»«’]")
"""A text in quotation marks that YAML takes for letters."""


def in_quotation_marks(line: str, column: int) -> str:
    """How to write the text that begins at a column of a line, so that YAML takes it for text."""
    text = line[column:].strip()
    if len(text) > 1 and text[0] in "\"'" and text[-1] == text[0]:
        text = text[1:-1]
    if not text or len(text) > 70:
        return 'put the whole text in quotation marks: "…"'
    return f'write "{text}"' if '"' not in text and "\\" not in text else "write '{}'".format(text.replace("'", "''"))


COMMENT = re.compile(r"[ \t]*#[^\n]*")
ITEM = re.compile(r"\n[ \t]*- ")


def _lost(document: Document, is_text: Callable[[KeyPath], bool]) -> Iterator[Problem]:
    """Text that YAML took for something else: a comment, or the end of the line above."""
    source = document.source
    for path, node in document.nodes.items():
        if not isinstance(node, yaml.ScalarNode) or node.style in ("'", '"', "|", ">"):
            continue
        start, end = node.start_mark.index, node.end_mark.index
        if node.value != node.value.strip():
            message, fix = "the text begins or ends with a space that nobody can see", "type the line again"
            yield document.problem(path, message, fix)
            continue
        rest = COMMENT.match(source, end)
        if rest and (is_text(path) or (start == end and re.search(r"#\S", rest[0]))):
            line = source.split("\n")[node.end_mark.line]
            behind = source[end : rest.end()].strip()
            fix = in_quotation_marks(line, node.start_mark.column if node.start_mark.line == node.end_mark.line else 0)
            message = f"“{behind}” is lost: “#” after a space begins a comment"
            place = node.end_mark.line + document.first_line, rest.end() - source.rfind("\n", 0, end) - len(behind)
            fix += ", or put the comment on a line of its own"
            yield Problem(document.file, *place, document.rule, message, fix)
        elif "\n" in source[start:end] and (found := ITEM.search(source, start, end)):
            line = source.count("\n", 0, found.end()) + document.first_line
            message = "the line begins with “- ”, but belongs to the text above it"
            fix = "write each item of the list under the one before it, and the first below its key"
            yield Problem(document.file, line, 1, document.rule, message, fix)


# --- What YAML's errors mean -------------------------------------------------------------

QUOTED_WITH_MORE = re.compile(r"""^(\s*(?:- +)?[^\s:]+: +|\s*- +)(["'\[{]).*""")
"""A line whose value begins with a quotation mark or a bracket."""
HARD_SPACE = re.compile(r"[ \t]*(?:- +)?(?:[\w-]+:)?[\u00a0\u2000-\u200a\u202f]")
"""A line that such a space begins, or one with it behind the key: the error may be noticed further down."""


def _explain(error: yaml.MarkedYAMLError, document: Document) -> Problem:
    """An error of YAML as a problem at the line where it was made."""
    said, mark = error.problem or "", error.problem_mark or error.context_mark
    lines = document.source.split("\n")
    known = ((at_context, explain) for words, at_context, explain in ERRORS if re.search(words, said))
    at_context, explain = next(known, (False, UNCLEAR))
    mark = (error.context_mark if at_context else None) or mark
    number, column = (mark.line, mark.column) if mark else (0, 0)
    while number and (number >= len(lines) or not lines[number].strip()):  # It was noticed at the end.
        number, column = number - 1, 0
    if explain in (SECOND, _colon) and (keyless := _keyless(lines, lines[number][:column])) is not None:
        number, column, explain = keyless, 0, _no_colon
    message, fix = explain if isinstance(explain, tuple) else explain(lines, number, column)
    hard = next((n for n in range(number, -1, -1) if HARD_SPACE.match(lines[n])), None)
    if hard is not None or re.match(r"[^\x00-\x7f]*[ \t]*[\w-]*[\u00a0\u2000-\u200a\u202f]", lines[number]):
        number, column = (number, column) if hard is None else (hard, 0)
        message, fix = "the line holds a space that YAML does not take for one", "write ordinary spaces in it"
    if document.rule == "config":
        fix = re.sub(rf'"({TYPOGRAPHIC.pattern})"', lambda found: f'"{found[1][1:-1]}"', fix)
    what = "the front matter" if document.rule == "front-matter" else "the file"
    place = number + document.first_line, column + 1
    return Problem(document.file, *place, document.rule, f"{what} cannot be read: {message}", fix)


def _keyless(lines: list[str], before: str) -> int | None:
    """The first line, where it has no key and all before the place of an error is one text to YAML."""
    first = next(i for i, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
    return first if re.fullmatch(r"[\w-]*", before) and not re.match(r"\S+:(\s|$)", lines[first]) else None


def _colon(lines: list[str], number: int, column: int) -> tuple[str, str]:
    line, before = lines[number], lines[number][:column]
    if re.fullmatch(r"\s+[\w-]+", before):
        return "the line is indented, and so belongs to the text above it", _beside(lines[:number])
    start = re.match(r"\s*(?:- +)?[^\s:]+: +|\s*- +|", line)
    fix = in_quotation_marks(line, start.end() if start else 0)
    return "the text holds “: ”, which only a key may have after it", fix


def _beside(above: list[str]) -> str:
    """Where a key begins that stands beside the last one above it."""
    keys = [found for line in above if (found := re.match(r"(\s*+(?:- ++)*+)[\w-]+:(?:\s|$)", line))]
    spaces = len(keys[-1][1]) if keys else 0
    return f"begin it with {spaces} spaces" if spaces else "begin it at the left edge"


def _quote(lines: list[str], number: int, column: int) -> tuple[str, str]:
    mark = lines[number][column : column + 1]
    return f"the quotation mark {mark} is not closed", f"write {mark} at the end of the text too"


def _bracket(lines: list[str], number: int, column: int) -> tuple[str, str]:
    opened = lines[number][column : column + 1]
    closing = {"[": "]", "{": "}"}.get(opened, "]")
    return f"the bracket {opened} is not closed", f"write {closing} at its end, or put text in quotation marks"


def _key(lines: list[str], number: int, column: int) -> tuple[str, str]:
    if number and re.match(r"\s*[^\s#].*\s#", lines[number - 1]) and re.match(r"\s+\S", lines[number]):
        return "“#” in the line above begins a comment", "put the text in quotation marks, on one line"
    found = QUOTED_WITH_MORE.match(lines[number])
    if found and column > found.end(1):
        what = "bracket" if found[2] in "[{" else "quotation mark"
        return f"there is text after the closing {what}", in_quotation_marks(lines[number], found.end(1))
    return "the line is not indented as those around it", "give it as many spaces as the line that it belongs beside"


def _begins(lines: list[str], number: int, column: int) -> tuple[str, str]:
    mark = lines[number][column : column + 1]
    if mark == "\t":
        return TAB
    opened = max(lines[number].rfind("["), lines[number].rfind("{"))
    if opened > 0 and not column and lines[number].lstrip()[:1].isalnum():  # It was noticed at the end.
        return _bracket(lines, number, opened)
    found = QUOTED_WITH_MORE.match(lines[number])
    if found and found[2] == "{" and re.search(r"[:,] *$", lines[number][:column]):
        return f"text cannot begin with “{mark}”", in_quotation_marks(re.split("[,}]", lines[number][column:])[0], 0)
    if found and found[2] in "[{" and column > found.end(1):
        fix = in_quotation_marks(lines[number], found.end(1))
        return f"“{found[2]}” at its beginning makes a list of the text", fix
    message = f"text cannot begin with “{mark}”" if mark.strip() else "the text cannot be read"
    return message, in_quotation_marks(lines[number], column)


def _no_colon(lines: list[str], number: int, column: int) -> tuple[str, str]:
    if re.match(r"\s*[\w-]+:\S", lines[number]):
        return "there is no space after the colon", "write “key: text”"
    fix = "write “key: text”, or two spaces before it if it goes on with the line above"
    return "the line has no key", fix


def _list(lines: list[str], number: int, column: int) -> tuple[str, str]:
    fix = "put each “- …” on a line of its own, below the key"
    return "a list begins on the line of its key", f"{fix}; if it is text, {in_quotation_marks(lines[number], column)}"


UNCLEAR = (
    "the line cannot be read",
    "write it as “key: text”; text with : # [ ] { } & * ! at its beginning goes in quotation marks",
)
ESCAPE = ('“\\” inside "…" begins a character\'s code', "write \\\\, or put the text in '…' instead")
TOO_DEEP = ("lists or keys are inside each other, more than anything here needs", "write fewer levels")
NO_KEY = ("a list or brackets are where a key belongs", "write a word as the key; put text in quotation marks")
Explain = Callable[[list[str], int, int], tuple[str, str]]
ERRORS: tuple[tuple[str, bool, Explain | tuple[str, str]], ...] = (
    ("mapping values are not allowed", False, _colon),
    ("unexpected end of stream", True, _quote),
    ("expected ',' or", True, _bracket),
    ("expected key|expected '-' indicator|block end", False, _key),
    ("tab character", False, TAB),
    ("non-alphabetical|alphabetic or numeric|comment or line break", True, _begins),
    ("cannot start any token|undefined alias|expected node content|mapping keys are not allowed", False, _begins),
    ("block sequence entries", False, _list),
    ("could not find expected ':'", True, _no_colon),
    ("unknown escape|hexadecimal", False, ESCAPE),
    ("another document|document start|document indicator", False, SECOND),
    ("too deep", False, TOO_DEEP),
    ("no key", False, NO_KEY),
)
"""Words of libyaml's errors, whether they are told at the place where what failed began, and what is said of them."""
