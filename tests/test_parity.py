"""What one language says and the other does not is found at its place, in every article, and nothing else is."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

from conftest import ROOT, kept_content, real_library
from knowledge.checks.alignment import aligned, displaced, likeness
from knowledge.checks.check import check
from knowledge.checks.structure import Section, alike, paired, sections
from knowledge.content.article import Article

LIBRARY = real_library()
PAIRS = [article for article in LIBRARY.articles.values() if any(article.pairs) and article["da"].body.strip()]


def both(article: Article) -> tuple[list[Section], list[Section]]:
    return sections(article["da"]), sections(article["en"])


def movable(side: list[Section]) -> list[int]:
    """Places of the sections that are neither the opening nor the FAQ."""
    return [i for i, s in enumerate(side) if s.heading and s.heading.id != "faq"]


@pytest.mark.parametrize("article", PAIRS, ids=[article.key for article in PAIRS])
def test_sections_that_change_places_are_noticed_and_those_in_place_are_not(article: Article) -> None:
    da, en = both(article)
    table = alike(da, en)
    assert displaced(table) is None
    for i, j in combinations(movable(en), 2):
        order = list(range(len(en)))
        order[i], order[j] = j, i
        assert displaced([[row[k] for k in order] for row in table]), (en[i].name, en[j].name)


def test_a_section_that_is_gone_is_named() -> None:
    """In all real articles, whichever is deleted, and in whichever language: 98 of 100 are named rightly."""
    right = told = 0
    for article in PAIRS:
        da, en = both(article)
        for i in movable(da):
            for sides, gone in ((([*da[:i], *da[i + 1 :]], en), en[i]), ((da, [*en[:i], *en[i + 1 :]]), da[i])):
                alone = [one or other for one, other in paired(*sides) if not (one and other)]
                assert len(alone) == 1
                told += 1
                right += alone == [gone]
    assert told > 100
    assert right / told > 0.98


def test_a_paragraph_that_is_gone_is_found_at_or_beside_its_place() -> None:
    near = told = 0
    for article in PAIRS:
        for da, en in zip(*both(article), strict=True):
            for kind in ("paragraph", "list item"):
                ours, theirs = ([block.text for block in side.of_kind(kind)] for side in (da, en))
                for i in range(len(ours) if len(ours) == len(theirs) > 1 else 0):
                    pairs = aligned(likeness([*ours[:i], *ours[i + 1 :]], theirs))
                    (alone,) = [j for place, j in pairs if place is None]
                    told += 1
                    near += abs((alone or 0) - i) <= 1
    assert told > 300
    assert near / told > 0.92


def cut(lang: str, pattern: str) -> Callable[[Path], None]:
    """An edit that takes out what a pattern matches first."""

    def edit(docs: Path) -> None:
        file = docs / f"nlp-tools/metaphors.{lang}.md"
        text, count = re.subn(pattern, "", file.read_text("utf-8"), count=1, flags=re.MULTILINE | re.DOTALL)
        assert count == 1
        file.write_text(text, "utf-8")

    return edit


LOST = [
    # id, edit, the file that is told, what is said
    (
        "a Danish section",
        cut("da", r"^## (?!Ofte)[^\n]*\n.*?(?=^## )"),
        "en",
        "is missing in nlp-tools/metaphors.da.md",
    ),
    (
        "an English section",
        cut("en", r"^## (?!Freq)[^\n]*\n.*?(?=^## )"),
        "da",
        "is missing in nlp-tools/metaphors.en.md",
    ),
    (
        "the Danish questions",
        cut("da", r"^## Ofte.*\Z"),
        "en",
        "the section “Frequently asked questions” is missing in",
    ),
    ("a Danish step", cut("da", r"^2\. [^\n]*\n"), "en", "list items"),
    ("an English step", cut("en", r"^2\. [^\n]*\n"), "da", "list items"),
    ("a Danish example", cut("da", r"^!!! example.*?(?=^## )"), "en", "has 1 box"),
    (
        "an answer's second paragraph",
        cut("en", r"(?<=\n)[^\n#]+\n(?=\n### [^\n]*\n\n[^\n]*\n\n[^\n]*\n\Z)"),
        "da",
        "paragraphs",
    ),
]


@pytest.mark.parametrize(("edit", "told", "says"), [lost[1:] for lost in LOST], ids=[lost[0] for lost in LOST])
def test_what_is_lost_is_told_in_the_file_that_still_has_it(
    tmp_path: Path, edit: Callable[[Path], None], told: str, says: str
) -> None:
    docs = shutil.copytree(ROOT / "docs", tmp_path / "docs")
    edit(docs)
    problems = [p for p in check(docs, kept_content())[1] if p.rule not in ("source-unused", "foreign-word-unused")]
    assert {problem.rule for problem in problems} <= {"parity", "figures", "help-text"}, "\n".join(map(str, problems))
    parity = [problem for problem in problems if problem.rule == "parity"]
    assert {problem.file for problem in parity} == {f"docs/nlp-tools/metaphors.{told}.md"}, "\n".join(map(str, parity))
    assert any(says in problem.message for problem in parity), "\n".join(map(str, parity))


def test_questions_in_another_order_are_told(docs: Path) -> None:
    file = docs / "alliance/repair.en.md"
    head, one, two = re.split(r"(?=^### )", file.read_text("utf-8"), flags=re.MULTILINE)
    file.write_text(f"{head}{two}\n{one}", "utf-8")
    (problem,) = check(docs)[1]
    assert (problem.rule, problem.line) == ("parity", file.read_text("utf-8").split("\n").index(two.split("\n")[0]) + 1)
    assert "{#repair-price} is where alliance/repair.da.md has {#change-therapist}" in problem.message


def test_a_text_of_very_many_paragraphs_is_compared(docs: Path) -> None:
    for lang, count in (("da", 3000), ("en", 2999)):
        file = docs / f"alliance/repair.{lang}.md"
        file.write_text(file.read_text("utf-8").replace("\n## ", "\n" + "Ja.\n\n" * count + "## ", 1), "utf-8")
    assert [problem.rule for problem in check(docs)[1]] == ["parity"]
