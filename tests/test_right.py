"""What editors get right is told by no rule, and where one knows better than a rule, one can say so."""

from __future__ import annotations

import functools
import re
import shutil
from pathlib import Path

import pytest
import yaml

from conftest import ROOT, kept_content, real_library
from knowledge.checks.allowance import Allowed, allowed
from knowledge.checks.check import check
from knowledge.checks.numbers import numbers
from knowledge.checks.rules import RULES
from knowledge.core.language import LANGUAGES, Language
from test_planted import HARMLESS, _opened

RIGHT = yaml.load((ROOT / "tests/right.yml").read_bytes(), yaml.CSafeLoader)
ARTICLE = "nlp-tools/rapport"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A copy of the real content."""
    return shutil.copytree(ROOT / "docs", tmp_path / "docs")


def write(
    docs: Path, lang: str, *, head: dict[str, str] | None = None, paragraph: str = "", key: str = ARTICLE
) -> None:
    """Give an article's file other keys, and a paragraph before its text."""
    file = docs / f"{key}.{lang}.md"
    text = file.read_text("utf-8")
    for key, value in (head or {}).items():
        line = f"{key}: {value}"
        text, count = re.subn(rf"(?m)^{key}:.*$", lambda _, line=line: line, text, count=1)
        text = text if count else text.replace("\n---\n", f"\n{line}\n---\n", 1)
    file.write_text(_opened(text, paragraph) if paragraph else text, "utf-8")


def names(texts: dict[Language, str]) -> set[str]:
    """The numbers of a text in any language."""
    return {number.name for lang, text in texts.items() for number in numbers(text, lang)}


TOGETHER = 4
"""Right texts that an article takes: to check an article costs what it costs, however many stand in it."""


@functools.cache
def copies() -> list[dict[str, list[dict]]]:
    """Right texts by the article that each is put into, in as few copies as hold them.

    An article that has the same number already would say it for a text that lost it, so it is taken last.
    """
    articles = real_library().of_kind("article")
    there = {a.key: names({lang: a[lang].body for lang in LANGUAGES}) for a in articles if all(a.pairs)}
    bare = {a.key for a in articles if not numbers(f"{a['en'].words.title} {a['en'].words.evidence}", "en")}
    said: list[dict[str, set[str]]] = []
    found: list[dict[str, list[dict]]] = []
    for right in RIGHT:
        own = names({lang: right.get(lang, "") for lang in LANGUAGES})
        keys = bare if "set" in right else there.keys()  # What is set in Danish has no number that English has.
        free = [
            (len(own & said[place][key]), len(copy[key]), place, key)
            for place, copy in enumerate(found)
            for key in keys
            if len(copy[key]) < TOGETHER and not ("set" in right and any("set" in other for other in copy[key]))
        ]
        if not free:
            said.append({key: {*numbers} for key, numbers in there.items()})
            found.append({key: [] for key in there})
        _, _, place, key = min(free or [(0, 0, len(found) - 1, ARTICLE)])
        found[place][key].append(right)
        said[place][key] |= own
    return found


def put(docs: Path, key: str, right: dict) -> None:
    """Write a right text into an article."""
    if "da" in right or "en" in right:
        for lang in LANGUAGES:
            write(docs, lang, paragraph=right.get(lang, HARMLESS[lang]), key=key)
    if "set" in right:
        values = {k: f'"{v}"' if right.get("quoted") else v for k, v in right["set"].items()}
        write(docs, "da", head=values, key=key)
    if "data" in right:
        name, old, new = right["data"]
        text = (docs / name).read_text("utf-8")
        assert old in text
        (docs / name).write_text(text.replace(old, new, 1), "utf-8")


def test_a_right_text_is_not_told(docs: Path) -> None:
    before, count = {path: path.read_bytes() for path in docs.rglob("*.*")}, 0
    for copy in copies():
        for key, rights in copy.items():
            for right in rights:
                put(docs, key, right)
                count += 1
        library, problems = check(docs, kept_content(), with_spelling=True)
        assert copy.keys() <= library.articles.keys()
        assert [str(problem) for problem in problems] == []
        for path, content in before.items():
            path.write_bytes(content)
    assert count == len(RIGHT) > 50


def test_a_wrong_text_is_told_in_each_article(docs: Path) -> None:
    """So the test above can fail, wherever a text is put."""
    keys = {key for copy in copies() for key in copy}
    for key in keys:
        for lang, text in (("da", "Der var 4711 mennesker."), ("en", "There were 4712 people.")):
            write(docs, lang, paragraph=text, key=key)
    told = {(problem.file, problem.rule) for problem in check(docs, kept_content())[1]}
    assert told == {(f"docs/{key}.{lang}.md", "figures") for key in keys for lang in LANGUAGES}


WRONG = "Der var 4711 mennesker."
REASON = "allow: [{rule: figures, text: 4711, why: Tallet gælder kun Danmark}]"


def test_an_allowance_silences_one_finding_and_is_listed(docs: Path) -> None:
    write(docs, "da", paragraph=WRONG)
    write(docs, "en", paragraph="There were people.")
    assert [problem.rule for problem in check(docs, kept_content())[1]] == ["figures"]
    write(docs, "da", head={"allow": REASON.removeprefix("allow: ")})
    library, problems = check(docs, kept_content())
    assert [str(problem) for problem in problems] == []
    mine = [a for a in allowed(library) if a.rule == "figures"]
    line = (docs / f"{ARTICLE}.da.md").read_text("utf-8").split("\n").index(REASON) + 1
    assert mine == [Allowed(f"docs/{ARTICLE}.da.md", line, "figures", "4711", "Tallet gælder kun Danmark")]


def test_an_allowance_does_not_silence_a_second_finding(docs: Path) -> None:
    write(docs, "da", head={"allow": REASON.removeprefix("allow: ")}, paragraph=f"{WRONG}\n\n{WRONG}")
    write(docs, "en", paragraph="There were people.\n\nThere were people.")
    assert [problem.rule for problem in check(docs, kept_content())[1]] == ["figures"]


def test_an_allowance_of_another_file_silences_nothing(docs: Path) -> None:
    write(docs, "da", paragraph=WRONG)
    write(docs, "en", head={"allow": REASON.removeprefix("allow: ")}, paragraph="There were people.")
    problems = check(docs, kept_content())[1]
    assert sorted((problem.file[-5:], problem.rule) for problem in problems) == [
        ("da.md", "figures"),
        ("en.md", "allow"),
    ]


def test_what_a_page_cannot_do_without_no_reason_silences() -> None:
    firm = {rule.id for rule in RULES if rule.is_local and rule.is_firm}
    assert firm == {"front-matter", "link", "source"}
    assert all(rule.is_firm for rule in RULES if not rule.is_local)
