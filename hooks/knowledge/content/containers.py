"""Containers: boxes, details, tabs, grids and captions, which CommonMark does not know.

They are Material's, and so Python-Markdown's: a line that says what they are, and below it their content, indented by
four spaces or up to a closing line. Here they are opened, so that a CommonMark parser sees their content as what it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

WORDS = r"[\w-]+(?:\ +[\w-]+)*"
BOX_LINE = re.compile(
    rf"""(?P<indent>\ *)(?:
        !!!\ ?{WORDS}(?:\ +"(?P<title>.*?)")?
      | \?\?\?\+?\ ?(?:(?:{WORDS})?\ +"(?P<summary>.*?)"|{WORDS})
      | ===(?:\+!?|!\+?)?\ +"(?P<tab>.*?)"
    )\ *$""",
    re.VERBOSE,
)
"""The line above an indented content, as Python-Markdown, pymdownx.details and pymdownx.tabbed know it."""
OPENING = re.compile(
    r' *(?:<(?P<tag>div|figure)(?P<attributes>(?: +[\w-]+(?:="[^"<>]*")?)*)>|/// (?:[\w-]*caption|html)\b.*)$'
)
CAPTION_LINE = re.compile(r" *<figcaption>(.*)</figcaption> *$")
CLOSING = re.compile(r" *(?:</(?P<tag>div|figure)>|///) *$")
MARKDOWN = re.compile(r"\bmarkdown\b")
"""A `div` or a `figure` holds Markdown if it says so, as Material teaches for grids of cards."""
FENCE_LINE = re.compile(r" *(`{3,}(?=[^`]*$)|~{3,})")
"""The first line of fenced code, or its last; ```code``` within a line is none."""
ITEM_LINE = re.compile(r" *(?:[-*+]|\d{1,9}[.)])(?: |$)")
SIGN = re.compile(r'!!!|\?\?\?|===(?: "|!|\+)|///|<div|<figure')
"""What a container begins with; most texts hold none."""
WIDTH = 4
"""Spaces by which a box's content is indented."""


def with_fences(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it belongs to fenced code."""
    fence = ""
    for line in lines:
        mark = FENCE_LINE.match(line)
        yield line, bool(fence or mark)
        if fence and _ends(line, fence):
            fence = ""
        elif mark and not fence:
            fence = mark[1]


def _ends(line: str, fence: str) -> bool:
    """Whether a line ends the fenced code that these marks have begun."""
    return line.strip().startswith(fence) and not line.strip(" `~")


def open_fence(markdown: str) -> int | None:
    """The line, counted from 0, at which code begins that is never closed, so that all below it is code."""
    if "```" not in markdown and "~~~" not in markdown:
        return None
    begun, fence, edge = 0, "", 0
    for number, line in enumerate(markdown.split("\n")):
        indent = len(line) - len(line.lstrip(" "))
        if fence and line.strip() and indent < edge:
            return begun  # The box or the item around it ends.
        mark = FENCE_LINE.match(line)
        if fence and _ends(line, fence):
            fence = ""
        elif mark and not fence:
            begun, fence, edge = number, mark[1], indent if indent >= WIDTH else 0
    return begun if fence else None


def opened(markdown: str, mark: Callable[[str], str] = lambda title: "") -> str:
    """The text, line for line, with the content of its containers beside the other text; `mark` says what stands in
    place of a container's first line, given its title, and of its end, given nothing."""
    if not SIGN.search(markdown):
        return markdown
    lines: list[str] = []
    edges: list[int] = []  # Where the content of each open box begins, in columns of the source.
    closers: list[str] = []
    fence, in_list = "", False
    source = markdown.expandtabs(WIDTH).split("\n")
    edged = [(i, line) for i, line in enumerate(source) if "</" in line or "///" in line]
    ends = {(found["tag"] or ""): i for i, line in edged if (found := CLOSING.match(line))}
    for place, line in enumerate(source):
        indent = len(line) - len(line.lstrip(" "))
        if line.strip():
            was_open = len(edges)
            while edges and indent < edges[-1]:
                edges.pop()
                fence = ""
            if len(edges) < was_open and lines and not lines[-1].strip():
                lines[-1] = mark("")
        inner = line[WIDTH * len(edges) :] if line.strip() else line
        if fence:
            if _ends(inner, fence):
                fence = ""
            lines.append(inner)
            continue
        if started := FENCE_LINE.match(inner):
            fence = started[1]
        depth = indent - (edges[-1] if edges else 0)
        if ITEM_LINE.match(inner):
            in_list = True
        elif line.strip() and depth == 0:
            in_list = False
        begins = line.lstrip(" ")[:3]
        found = BOX_LINE.match(line) if begins in ("!!!", "???", "===") else None
        if not begins or (found is None and not begins.startswith(("<", "/"))):
            lines.append(inner)
        elif found and (depth < WIDTH or in_list):
            edges.append(indent + WIDTH)
            title = found["title"] or found["summary"] or found["tab"] or " "
            lines.append(inner[: len(inner) - len(inner.lstrip(" "))] + mark(title))
        elif (opening := OPENING.match(inner)) and (not opening["tag"] or MARKDOWN.search(opening["attributes"])):
            if ends.get(opening["tag"] or "", 0) > place:
                closers.append(opening["tag"] or "")
                lines.append(mark(" "))
            else:
                lines.append(inner)
        elif closers and closers[-1] == "figure" and (caption := CAPTION_LINE.match(inner)):
            lines.append(mark(caption[1]))
        elif closers and (closing := CLOSING.match(inner)) and (closing["tag"] or "") == closers[-1]:
            closers.pop()
            lines.append(mark(""))
        else:
            lines.append(inner)
    return "\n".join(lines)
