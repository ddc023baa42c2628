"""A character that is missing: whatever an editor writes of the page for editors, each mark left out is told."""

from __future__ import annotations

import re

import pytest

from conftest import ROOT
from knowledge.content.figure import figures_of
from knowledge.content.outline import Outline
from knowledge.markdown.slips import cells, slips_in
from test_github import converted

PAGE = (ROOT / "docs/vocabulary.en.md").read_text("utf-8")
WRITTEN = re.findall(r"^````md\n(.*?)^````$", PAGE, re.DOTALL | re.MULTILINE)
SPAN = re.compile(r"`[^`\n]+`")
UNSEEN = {
    # The words' own punctuation.
    "    What would you say to a friend",
    '!!! example "Example Maria"',
    '??? question "Why three months"',
    "The first talk. Photo NAME, CC BY 4.0",  # The rule `credit` tells that.
    # What is left is written like that by others, who mean it: a paragraph of several lines, two things in one
    # paragraph, and a link to a photograph.
    "     In on four.",
    "     Out on six.",
    " Go for a walk.",
    "   Something breaks between two people who work together. It can be silent.",
    "   Talking about it while it’s still small.",
    "[Get help now](help.en.md){ .md-button .md-button--primary }[All articles](articles.en.md){ .md-button }",
    '![A tear in a piece of cloth is being sewn up](alliance/micro-repair.svg){ align=right width="240" }',
    "Here’s the text beside it. It begins at the top of the picture and runs down past it, if there’s enough of it.",
    "[Two people are talking at a table](talk.jpg)",
}
"""Lines with a character too few of which nobody can say that anything is missing."""


def told_elsewhere(text: str) -> tuple[list[str], list[str]]:
    """Where links and pictures lead, and the kinds of figures: of these the rules `link` and `diagram` tell."""
    outline = Outline.of(text)
    return [t.target for t in (*outline.links, *outline.images)], [figure.kind for figure in figures_of(text)]


def marks(text: str) -> list[int]:
    """The places of all that is neither a letter nor a number, and indents; what stands in code is left as it is."""
    code = {place for found in SPAN.finditer(text) for place in range(found.start() + 1, found.end() - 1)}
    return [
        place
        for place, char in enumerate(text)
        if place not in code
        and not char.isalnum()
        and char not in ".,’"
        and (char != " " or text[:place].rpartition("\n")[2].strip() == "")
    ]


def unseen(text: str) -> list[str]:
    """The lines of which nobody is told, though the page shows something else without one of their characters."""
    found = []
    for place in marks(text):
        slip = text[:place] + text[place + 1 :]
        html, faults, _ = converted(slip)
        if not faults and html != converted(text).html and told_elsewhere(slip) == told_elsewhere(text):
            begin = slip.rfind("\n", 0, place) + 1
            found.append(slip[begin:].split("\n")[0][:110])
        for fault in faults:
            assert fault.message
            assert fault.fix
            assert 0 <= fault.line <= slip.count("\n") + 1
    return found


def test_the_page_for_editors_shows_what_can_be_written() -> None:
    assert len(WRITTEN) > 30
    assert sum(len(marks(text)) for text in WRITTEN) > 480
    assert {fault.message for text in WRITTEN for fault in converted(text).faults} == set()


@pytest.mark.parametrize("text", WRITTEN, ids=lambda text: " ".join(text.split())[:25])
def test_a_mark_that_is_missing_is_told(text: str) -> None:
    assert set(unseen(text)) <= UNSEEN


def test_nothing_is_excused_that_is_told() -> None:
    assert {line for text in WRITTEN for line in unseen(text)} == UNSEEN


def test_what_contributors_are_shown_can_be_written_like_that() -> None:
    """A picture, a table, a box, a figure, a question: in both languages, and nothing is told of them."""
    shown = re.findall(
        r"^```markdown\n(.*?)^```$", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    pages = [converted(text) for text in shown]
    for holds in ("<img", "<figcaption>", "<table>", 'class="admonition warning"', "<ol>", 'id="micro-repair-pause"'):
        assert len([page for page in pages if holds in page.html]) >= 2 - (holds == "<ol>"), holds
    assert [page.faults for page in pages if page.faults] == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 |\n| 3 |", 4, "the row has 1 cells; expected 2"),
        ("- x\n\n  a | b\n  --|--\n  1 | 2 | 3", 5, "the row has 3 cells; expected 2"),
        ("| a | b |\n|---|---|\n\t| 1 | 2 |", 3, "“| 1 | 2 |” is shown as code, because of the spaces before it"),
        ("- x\n\n    | a | b |\n    |---|---|\n        | 1 | 2 |", 5, "is shown as code"),
        ("Ro.\n\n[^a]: Hvil.", 3, "nothing leads to the footnote “a”"),
        ("[Ring](a.md){ .mdbutton }", 1, "there is no class “mdbutton”"),
        ("**Ro**\n{.figur .timeline}\n\n1. a", 2, "there is no class “figur”"),
        ("- Ro\n    ---\n", 2, "makes a heading of the words above it"),
        ("Ro\n:   Hvil.\nUro\n:   Larm.", 3, "the word “Uro” belongs to the meaning"),
    ],
)
def test_it_is_told_at_its_line(text: str, line: int, message: str) -> None:
    (slip,) = slips_in(text)
    assert slip.message.startswith(message) or message in slip.message
    assert slip.line == line


@pytest.mark.parametrize(
    "text",
    [
        "| a \\| b | c |\n|---|---|\n| 1 | 2 \\| 3 |",
        "a | b\n--- | ---\n1 | 2\n\nEn | i en sætning.",
        "> | a |\n> |---|\n> | b |",
        "- x\n\n    | a | b |\n    |---|---|\n      | 1 | 2 |",
        "Ro[^a].\n\n[^a]: Hvil.",
        "Som `[^a]` skrives.",
        "```\n| a | b |\n|---|---|\n| 1 |\n```",
        "[Ring](a.md){ .md-button .own }",
        "Ro\n:   Hvil.\n:   Mere.\n\nUro\nLarm\n:   Støj.",
        "Ro\n:   Hvil,\nog mere.",
    ],
)
def test_what_is_right_is_not_told(text: str) -> None:
    assert list(slips_in(text)) == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [("| a | b |", ["a", "b"]), (r"| a \| b | |", [r"a \| b", ""]), ("||b|", ["", "b"]), ("a | b", ["a", "b"])],
)
def test_a_row_has_the_cells_that_github_makes(row: str, expected: list[str]) -> None:
    assert cells(row) == expected
