"""What readers type: `docs/data/search.LANG.yml`, by page and question; for the search only."""

from __future__ import annotations

import gzip
import json
import unicodedata
from pathlib import Path

import jinja2
import pytest

from conftest import real_library
from knowledge.checks.check import check
from knowledge.content.data import data_of, phrases_of
from knowledge.content.library import Library
from knowledge.core.language import LANGUAGES, Language, Languages
from knowledge.outputs.search.entry import WIDELY
from project import Project, built
from test_cache import EDITS

LIBRARY = real_library()
ABOVE = "alliance/repair:\n"


def written(project: Project, text: str, lang: Language = "da") -> list[str]:
    """What is said of a file of phrases."""
    (project.docs / f"data/search.{lang}.yml").write_text(text, "utf-8")
    told = check(project.docs, with_spelling=True)[1]
    return [f"{p.line}:{p.column} {p.rule} {p.message}; {p.fix}" for p in told if p.file.endswith(f"search.{lang}.yml")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_that_is_found_has_phrases_and_every_phrase_its_page(lang: Language) -> None:
    found = {article.key for article in LIBRARY.of_kind("article")}
    assert found
    assert found <= LIBRARY.phrases[lang].keys()
    pages = {place.partition("#")[0] for place in LIBRARY.phrases[lang]}
    assert all(LIBRARY[page].is_searched for page in pages)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_index_holds_the_phrases_of_a_page_and_of_its_questions(small_site: Path, lang: Language) -> None:
    asked = [json.loads(gzip.decompress(file.read_bytes())) for file in (small_site / "pagefind/asked").iterdir()]
    path = {"da": "alliancen/reparation/", "en": "en/alliance/repair/"}[lang]
    (own,) = (one["asked"] for one in asked if one["path"] == path)
    said = {(text, section) for text, kind, section, _ in own if kind == "search"}
    page, question = {
        "da": ("skifte psykolog", "ny psykolog"),
        "en": ("change psychologist", "new psychologist"),
    }[lang]
    assert {(page, ""), (question, "change-therapist")} <= said


def test_of_a_language_that_many_read_the_first_phrases_are_found_in_others(small_site: Path) -> None:
    asked = [json.loads(gzip.decompress(file.read_bytes())) for file in (small_site / "pagefind/asked").iterdir()]
    by_path = {one["path"]: {text for text, kind, *_ in one["asked"] if kind == "other"} for one in asked}
    assert "change psychologist" in by_path["alliancen/reparation/"]
    assert "skifte psykolog" not in by_path["en/alliance/repair/"]
    assert WIDELY > 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "alliance/repare:\n  - ny\n",
            "1:1 phrase there is no page “alliance/repare”; did you mean “alliance/repair”?",
        ),
        (
            f"{ABOVE}  - ny\n\nalliance/repair#change-therapis:\n  - ny\n",
            "4:1 phrase “alliance/repair” has no question “change-therapis”; did you mean “change-therapist”?",
        ),
        (f"{ABOVE}  - ny psykolog\n  - Ny  psykolog\n", "3:5 phrase “Ny  psykolog” is there twice: on line 2 too"),
        (f"{ABOVE}  - ny psykollog\n", "2:8 spelling “psykollog” is in no Danish dictionary; did you mean “psykolog”?"),
        (f"{ABOVE}  - ny\n{ABOVE}  - god\n", "3:1 data “alliance/repair” is there twice: on line 1 too"),
        (f"{ABOVE}\nalliance/escaping:\n  - ny\n", "1:1 data “alliance/repair” is empty; write it"),
        (f"{ABOVE}  - ''\n", "2:5 data “alliance/repair” (item 1) is empty; write it"),
        (f"{ABOVE}  ny\n", "1:1 data “alliance/repair” is “ny”; expected a list such as [one, two]"),
        (f"{ABOVE}  - a: b\n", "2:5 data"),
        (f"{ABOVE}  - 112\n", "2:5 data “alliance/repair” (item 1) is “112”; expected text; put it in quotation marks"),
        ("404:\n  - ny\n", "1:1 data “404” is no word to YAML, and no key; write another word"),
    ],
)
def test_what_is_wrong_with_phrases_is_told_at_its_line(tmp_path: Path, text: str, told: str) -> None:
    found = written(Project(tmp_path), text)
    assert len(found) == 1, found
    assert found[0].startswith(told)


@pytest.mark.parametrize(
    "text",
    [
        f"{ABOVE}  - ny psykolog\n  - ny\n",
        f'{ABOVE}  - "ny på {{{{ site_name }}}}"\n',
        f"{ABOVE}  [ny psykolog, god]\n",
        f"{ABOVE}  - '112'\n  - 'yes'\n",
        "# Intet endnu.\n",
    ],
)
def test_what_is_right_with_phrases_is_not_told(tmp_path: Path, text: str) -> None:
    project = Project(tmp_path)
    assert written(project, f"{ABOVE}  - xyzzyk\n"), "nothing is told at all"
    assert written(project, text) == []


def test_phrases_at_the_head_of_an_article_are_told_with_their_place(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.replace("docs/alliance/repair.en.md", "evidence:", "search: [new]\nsearch_questions: {a: [b]}\nevidence:")
    told = [p for p in check(project.docs)[1] if p.rule == "front-matter"]
    assert [(p.file, p.line) for p in told] == [("docs/alliance/repair.en.md", 6), ("docs/alliance/repair.en.md", 7)]
    assert {p.message for p in told} == {"what readers type does not stand in the article"}
    assert told[0].fix.startswith("move it to docs/data/search.en.yml: a page below “alliance/repair:”")


def test_letters_in_two_parts_are_read_as_one(tmp_path: Path) -> None:
    project = Project(tmp_path)
    apart = unicodedata.normalize("NFD", f"{ABOVE}  - få søvn på båd\n")
    (project.docs / "data/search.da.yml").write_text(apart, "utf-8")
    assert not unicodedata.is_normalized("NFC", apart)
    assert Library.load(project.docs).phrases["da"] == {"alliance/repair": ["få søvn på båd"]}


def test_a_site_may_have_no_phrases(tmp_path: Path) -> None:
    project = Project(tmp_path)
    for lang in LANGUAGES:
        (project.docs / f"data/search.{lang}.yml").unlink()
    library = Library.load(project.docs)
    assert library.phrases == {"da": {}, "en": {}}
    assert library.question_phrases("alliance/repair", "da") == {}


def test_each_language_of_a_site_has_its_file() -> None:
    assert {phrases_of("de"), phrases_of("da")} <= data_of(Languages(["da", "de"])).keys()


@pytest.mark.parametrize(("name", "pages"), [("phrase", set()), ("question's phrase", {"faq.html"})])
def test_a_phrase_renders_no_page_but_that_of_the_questions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, pages: set[str]
) -> None:
    project, rendered, render = built(tmp_path / "project"), [], jinja2.Template.render
    assert isinstance(project.warm(), dict)
    monkeypatch.setattr(
        jinja2.Template, "render", lambda self, *a, **k: (rendered.append(self.name), render(self, *a, **k))[1]
    )
    before = contents_of_search(project)
    EDITS[name].do(project)
    assert isinstance(project.warm(), dict)
    assert {one for one in rendered if one not in ("redirect.html", "social.svg")} == pages
    assert contents_of_search(project) != before


def contents_of_search(project: Project) -> dict[str, bytes]:
    """The files of the index that say what records are ranked by."""
    return {file.name: file.read_bytes() for file in (project.folder / "warm/pagefind/asked").iterdir()}


def test_a_foreign_word_is_used_where_a_phrase_holds_it(tmp_path: Path) -> None:
    project = Project(tmp_path)
    (project.docs / "data/foreign-words.yml").write_text("en:\n  - dark mode\n", "utf-8")
    told = [f"{p.line} {p.rule}" for p in check(project.docs, with_spelling=True)[1] if p.file.endswith("-words.yml")]
    assert told == ["2 foreign-word-unused"]
    assert written(project, f"{ABOVE}  - dark mode\n") == []
    assert [p for p in check(project.docs)[1] if p.file.endswith("foreign-words.yml")] == []
