"""A field, or a block, is added as ARCHITECTURE.md says, in a copy; everything that should know of it does."""

from __future__ import annotations

import ast
import gzip
import json
import os
import re
import shutil
from pathlib import Path
from textwrap import dedent

import pytest

import programs
from conftest import ROOT, SITE, built, keep
from knowledge.content.concept import Concept, Term
from knowledge.content.data import CorrectionWords
from knowledge.content.front_matter import FrontMatter, Words
from knowledge.content.help_line import HelpWords
from knowledge.content.record import Seen, for_site, seen, seen_texts
from knowledge.core.language import LANGUAGES

TEXT = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
BLOCK = ROOT / "tests/adding/block"
"""The files of a block, where they would stand."""
IMPORTED = "from . import comments, feedback, newsletter, training_client\n"
FENCE = re.compile(r"^( *)```\w+\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
REPAIR = "docs/alliance/repair.{}.md"


def fences(section: str) -> list[str]:
    """The examples of a section, in their order."""
    (part,) = re.findall(rf"^## {section}\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    return [dedent(found[1]) for found in FENCE.findall(part)]


def words(folder: Path, *line: str) -> None:
    """Add a line to each of the strings files."""
    for lang, added in zip(LANGUAGES, line, strict=True):
        file = folder / f"overrides/strings/{lang}.yml"
        file.write_text(f"{file.read_text('utf-8')}{added}\n", "utf-8")


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{file}: {old}"
    file.write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What a copy's checks find before anything is added."""
    return told(copied(tmp_path_factory.mktemp("right")))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of tests/site with code and templates of its own."""
    return copied(tmp_path)


def copied(folder: Path) -> Path:
    """Make such a copy in a folder; what Python compiled of the code comes too."""
    keep(folder)
    for name in ("hooks", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "dictionaries").symlink_to(ROOT / "dictionaries")
    shutil.copytree(SITE / "docs", folder / "docs")
    settings = (ROOT / "mkdocs.yml").read_text("utf-8").replace("footer: [", "footer: [help, articles, privacy]  # [")
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    return folder


def run(folder: Path, *arguments: str) -> str:
    """What a module of the copy says."""
    paths = {**os.environ, "PYTHONPATH": str(folder / "hooks")}
    return programs.run(*arguments, env=paths, cwd=folder).stdout


def told(folder: Path) -> dict[str, list[str]]:
    """What the copy's own checks find, by rule."""
    found: dict[str, list[str]] = {}
    for problem in json.loads(run(folder, "knowledge.checks", "--json"))["problems"]:
        found.setdefault(problem["rule"], []).append(f"{problem['file']}:{problem['line']} {problem['message']}")
    return found


def add_field(folder: Path) -> None:
    """Add a field as ARCHITECTURE.md says."""
    field, shown = fences("Add a field")
    change(
        folder / "hooks/knowledge/content/front_matter.py",
        "    allow: list[Allowance]",
        f"    {field}    allow: list[Allowance]",
    )
    change(folder / "overrides/article.html", "{{ view.body | safe }}\n", f"{{{{ view.body | safe }}}}\n{shown}")
    words(folder, *re.findall(r"in every file of `overrides/strings/`: `(.*?)` and `(.*?)`\.", TEXT)[0])


def say(folder: Path, lang: str, line: str, file: str = REPAIR) -> None:
    """Put a line into the front matter of an article."""
    change(folder / file.format(lang), "\nimage_alt:", f"\n{line}\nimage_alt:")


def test_a_field_that_is_added_is_shown_found_and_in_the_schemas(copy: Path, right: dict[str, list[str]]) -> None:
    add_field(copy)
    say(copy, "da", "not_for: du er bange for at gå hjem i aften.")
    say(copy, "en", "not_for: you are afraid to go home tonight.")
    assert told(copy) == right
    site = built(copy / "mkdocs.yml", copy / "site")
    page = (site / "en/alliance/repair/index.html").read_text("utf-8")
    assert '<p class="not-for"><strong>Not for you if</strong> you are afraid to go home tonight.</p>' in page
    found = [
        f for f in site.glob("pagefind/text/*.gz") if b"afraid to go home tonight" in gzip.decompress(f.read_bytes())
    ]
    records = [json.loads(gzip.decompress((site / "pagefind/asked" / f.name).read_bytes())) for f in found]
    assert [record["path"] for record in records] == ["en/alliance/repair/"]
    run(copy, "knowledge.tools.schema")
    schema = json.loads((copy / ".vscode/schemas/front-matter.en.json").read_text("utf-8"))
    assert schema["properties"]["not_for"]["description"] == "For whom this is not, in a sentence."


FAULTS = [
    # an article of its own for each, the rule, what is wrong, and the language in which it is told
    ("alliance/repair", "spelling", "du er bangge for at gå hjem.", "you are afraid to go home.", "da"),
    ("alliance/escaping", "language", "du er bange for at gå hjem.", "når du er bange for det og ikke kan.", "en"),
    ("nlp-tools/rapport", "figures", "du er under 15 år.", "you are under 18.", "da"),
    ("stress-ladder/heated", "strong-word", "du vil have det, der helbreder.", "you want what helps.", "da"),
    ("stress-ladder/meltdown", "help-text", "du skal ringe til 112.", "you are afraid to go home.", "da"),
    ("nlp-tools/index", "translation-old", "du er bange for natten.", "you are afraid to go home.", "en"),
]


def test_every_check_knows_a_field_that_is_added(copy: Path) -> None:
    add_field(copy)
    for key, *_ in FAULTS:
        say(copy, "da", "not_for: du er bange for at gå hjem.", f"docs/{key}.{{}}.md")
        say(copy, "en", "not_for: you are afraid to go home.", f"docs/{key}.{{}}.md")
    run(copy, "knowledge.tools.translated")
    found = told(copy)
    for key, rule, danish, english, at in FAULTS:
        assert not [line for line in found.get(rule, []) if line.startswith(f"docs/{key}.{at}.md")], rule
        change(copy / f"docs/{key}.da.md", "not_for: du er bange for at gå hjem.", f"not_for: {danish}")
        change(copy / f"docs/{key}.en.md", "not_for: you are afraid to go home.", f"not_for: {english}")
    wrong = told(copy)
    for key, rule, _, _, at in FAULTS:
        assert [line for line in wrong.get(rule, []) if line.startswith(f"docs/{key}.{at}.md")], rule


def add_block(copy: Path) -> tuple[Path, str]:
    """Add a block as ARCHITECTURE.md says; returns its data file and its setting."""
    shutil.copytree(BLOCK, copy, dirs_exist_ok=True)
    init, setting = copy / "hooks/knowledge/pages/blocks/__init__.py", "exercise: {show: true}"
    change(init, IMPORTED, IMPORTED.replace("comments, ", "comments, exercise, "))
    change(init, "(newsletter.BLOCK, ", "(newsletter.BLOCK, exercise.BLOCK, ")
    words(copy, "exercise: Ugens øvelse", "exercise: Exercise of the week")
    change(copy / "mkdocs.yml", "\nextra:\n", f"\nextra:\n  {setting}\n")
    return copy / "docs/data/exercise.yml", setting


def test_a_block_that_is_added_is_shown_where_it_says_and_checked(copy: Path, right: dict[str, list[str]]) -> None:
    file, setting = add_block(copy)
    assert told(copy) == right
    site = built(copy / "mkdocs.yml", copy / "site")
    page = (site / "en/alliance/repair/index.html").read_text("utf-8")
    assert '<h2 id="exercise">Exercise of the week: Say it</h2>' in page
    for elsewhere in ("en/nlp-tools/rapport/index.html", "en/stress-ladder/meltdown/index.html", "en/index.html"):
        assert 'id="exercise"' not in (site / elsewhere).read_text("utf-8")
    assert ".exercise{" in (site / "assets/site.css").read_text("utf-8")

    # The kept site follows the data, and the checks read it.
    change(file, "out loud", "aloud")
    built(copy / "mkdocs.yml", copy / "site")
    assert "aloud today" in (site / "en/alliance/repair/index.html").read_text("utf-8")
    change(file, "aloud", "aloudd")
    change(file, "Sig én ting", "Sig 12 ting")
    change(copy / "mkdocs.yml", setting, "exercise: {show: ja}")
    change(copy / "overrides/partials/blocks/exercise.html", "exercise.text |", "exercise.txt |")
    wrong = told(copy)
    assert any("aloudd" in line and line.startswith("docs/data/exercise.yml:3") for line in wrong["spelling"])
    assert any("extra.exercise" in line for line in wrong["block"])
    assert any("txt" in line and "exercise.html:4" in line for line in wrong["template"])
    assert any(line.startswith("docs/data/exercise.yml:2") and "12" in line for line in wrong["data-figures"])
    change(file, "topic: alliance", "topik: alliance")
    assert any("topik" in line and "not a known key" in line for line in told(copy)["data"])


def test_a_block_may_stand_on_the_home_page_and_on_topics(copy: Path, right: dict[str, list[str]]) -> None:
    add_block(copy)
    module = copy / "hooks/knowledge/pages/blocks/exercise.py"
    change(module, 'article.kind != "article"', 'article.kind not in ("home", "topic")')
    change(module, "if exercise.topic == article.topic]", 'if article.topic in ("", exercise.topic)]')
    assert told(copy) == right
    site = built(copy / "mkdocs.yml", copy / "site")
    for page in ("index.html", "en/index.html", "en/alliance/index.html"):
        assert '<h2 id="exercise">' in (site / page).read_text("utf-8"), page
    for page in ("en/alliance/repair/index.html", "en/nlp-tools/index.html"):
        assert 'id="exercise"' not in (site / page).read_text("utf-8"), page


def named(text: str) -> tuple[set[str], set[str]]:
    """The files and folders that a text names in backticks, and the functions, classes and constants."""
    said = set(re.findall(r"`([^`\n]+)`", re.sub(r"(?ms)^ *```.*?^ *```$", "", text)))
    files = {
        name
        for name in said
        if re.fullmatch(r"[\w./*-]+(?:\.(?:py|md|yml|toml|html|css|sqlite)|/)", name)
        and not re.search(r"NAME|PAGE|\bde\b", name)
    }
    defined = {name for name in said - files if re.fullmatch(r"[A-Z]\w+\.\w+|_?[a-z]+(?:_[a-z]+)+|[A-Z]\w+", name)}
    return files, defined - {"ARTICLE"}


def missing(text: str) -> set[str]:
    """What of it there is not: files as seen from a folder that it speaks of, names in any module."""
    below = ("", "hooks", "hooks/knowledge", "hooks/knowledge/core/languages", "overrides/strings")
    there = {"site/", ".cache/pages.sqlite", "overrides/assets/css/not-for.css", "Page.render"}
    for path in (ROOT / "hooks").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                there |= {f"{node.name}.{part.name}" for part in node.body if isinstance(part, ast.FunctionDef)}
            there |= {getattr(node, "name", "")} | {getattr(node, "id", "")}
    files, defined = named(text)
    lost = {name for name in files if not any(any((ROOT / folder).glob(name.rstrip("/"))) for folder in below)}
    return (lost | defined) - there


def test_what_the_architecture_names_is_there() -> None:
    files, defined = named(TEXT)
    assert {"hooks/main.py", "core/cache.py"} <= files
    assert {"Build.open", "Staging.publish", "on_files", "LISTED"} <= defined
    assert missing(TEXT) == set()
    wrong = "`Build.opens`, `on_filez`, `LISTER`, `core/cash.py` and `tests/adding/blocks/`"
    assert missing(wrong) == set(re.findall("`(.*?)`", wrong))


def test_editors_are_shown_each_key_of_the_front_matter_in_both_languages() -> None:
    danish, english = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("\n## English\n")
    for half in (danish, english):
        assert [key for key in FrontMatter.model_fields if not re.search(rf"(?m)(?:^|`){key}\b", half)] == []


def test_what_readers_see_stands_on_the_fields() -> None:
    """As it was when each check had a list of its own; whoever adds a field adds nothing here."""
    words = "title description label image_alt image_caption evidence signs today seek withdrawn"
    assert set(words.split()) <= {*seen(Words)}
    assert seen(FrontMatter) == seen(Words)
    assert set("name what note open label region how".split()) <= {*seen(HelpWords)}
    assert set("about wrong now".split()) <= {*seen(CorrectionWords)}
    assert (
        seen(Term).items()
        >= {"term": Seen(), "about": Seen(), "definition": Seen(), "synonyms": Seen(is_spelled=False)}.items()
    )
    concept = for_site(Concept, LANGUAGES).model_validate(
        {"topic": "a", **{lang: {"term": "x", "definition": "y", "synonyms": ["z"]} for lang in LANGUAGES}}
    )
    assert [(place, text) for place, text, _ in seen_texts(concept["en"])] == [
        (("term",), "x"),
        (("definition",), "y"),
        (("synonyms", 0), "z"),
    ]
