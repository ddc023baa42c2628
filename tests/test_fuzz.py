"""Whatever an editor saves: problems or a page, never a traceback, and never half a site."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown import Markdown

import programs
from conftest import ROOT, SITE, keep
from knowledge.build import Build
from knowledge.checks.check import check
from knowledge.content.article import read_translation
from knowledge.content.front_matter import FrontMatter
from knowledge.core.cache import Cache
from knowledge.core.decoding import decode
from knowledge.core.language import LANGUAGES
from knowledge.markdown.left import ON_BOTH, ON_PAGE
from knowledge.outputs.output import SIGNS
from knowledge.render import Renderer
from test_planted import FOREIGN

KEYS = st.sampled_from([*FrontMatter.model_fields, "titel", "x"])
SCALARS = st.none() | st.booleans() | st.integers(-9, 9999) | st.text(max_size=30) | st.dates()
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner))
FRONT_MATTER = st.dictionaries(KEYS, VALUES, max_size=8).map(lambda d: yaml.safe_dump(d, allow_unicode=True))
PIECES = st.sampled_from(
    [
        *'# ,## ,### ,#### ,{#faq},{#x},[x](,),![,](y.png),[@bordin1979],[@,],!!! example "X"'.split(","),
        *"- ,1. ,> ,`,```,***,_".split(","),
        *"<b>,</b>,<script>,&amp;,&#x0;,https://x.example/,---,| a | b |,| - | - |,repair,Stresstrappen,../".split(","),
        *".da.md,#anchor,mailto:,{: .x },[^1],*[HTML]: x,[x]: y,burn-out".split(","),
        *("\n", "\n\n", "    ", "\t", "\x0c", "\u2028", "\\"),
    ]
)
MARKDOWN = st.lists(PIECES | st.text(max_size=12), max_size=40).map("".join)
OFTEN = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@OFTEN
@given(st.binary(max_size=200) | FRONT_MATTER.map(lambda y: f"---\n{y}---\nx\n".encode()))
def test_any_file_is_read_or_its_problems_are_told(data: bytes) -> None:
    for path in ("alliance/x.da.md", "alliance/x.en.md"):
        translation, problems = read_translation(data, path, f"docs/{path}", LANGUAGES)
        assert translation or problems
        for problem in problems:
            assert translation is None or problem.rule == "invisible"
            assert problem.line >= 1
            assert problem.fix
            assert not FOREIGN.search(problem.message), problem


@pytest.mark.parametrize("text", ["\u200b", "x\ufeff\n", "-\u00a0x\n"], ids=["in one line", "in each line", "spaces"])
def test_200_kb_of_characters_that_nobody_sees_are_told_line_by_line(text: str) -> None:
    written = (text * 200_000)[: 200_000 // len(text) * len(text)]
    problems = decode(written.encode(), "x.yml", "data")[1]
    assert [problem.line for problem in problems] == list(range(1, max(1, written.count("\n")) + 1))


@pytest.mark.parametrize("text", ["\\", "`a ", ">", "]", "a*", "a ", "x\n", "[a](b) "])
def test_a_paragraph_that_nobody_reads_is_told_and_not_converted(text: str) -> None:
    """A page's converter looks through the rest of a paragraph for each of its marks: 200 kB took half a minute."""
    head = "---\ntitle: x\ndescription: x\nslug: x\n---\nOrd.\n\n"
    short, long = (text * 29_000)[:29_000], (text * 200_000)[:200_000]
    told = [read_translation((head + body).encode(), "x.en.md", "x.en.md", LANGUAGES) for body in (short, long)]
    assert told[0][1] == []
    assert [(problem.rule, problem.line) for problem in told[1][1]] == [("markup-left", 8)]
    assert told[1][0] is None


@pytest.mark.parametrize("text", ["]", "]a", "](", "[a]"])
def test_200_kb_of_marks_that_are_left_are_read(text: str) -> None:
    for pattern, *_ in (*ON_BOTH, *ON_PAGE):
        pattern.search((text * 200_000)[:200_000])


@pytest.fixture(scope="module")
def library_docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of tests/site, in which one file is written again and again."""
    return shutil.copytree(SITE / "docs", tmp_path_factory.mktemp("fuzz") / "docs")


@pytest.fixture(scope="module")
def kept(library_docs: Path) -> Cache:
    """What was found in the other files, as a preview has it."""
    return Cache(library_docs.parent / "kept.sqlite", remembers=True)


@OFTEN
@given(MARKDOWN)
def test_any_text_is_checked_at_lines_that_are_there(library_docs: Path, kept: Cache, markdown: str) -> None:
    file = library_docs / "alliance/repair.da.md"
    head = (SITE / "docs/alliance/repair.da.md").read_text("utf-8").split("\n---\n")[0]
    text = f"{head}\n---\n{markdown}"
    file.write_text(text, "utf-8", newline="")
    _, problems = check(library_docs, kept)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for problem in problems:
        if problem.file == "docs/alliance/repair.da.md":
            assert 1 <= problem.line <= lines, problem


@pytest.fixture(scope="module")
def small_build() -> Build:
    """tests/site, read."""
    extra = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8").replace("!ENV", ""))["extra"]
    extra |= {"preview": False, "footer": ["help"]}
    values = {"site_url": "http://127.0.0.1:8000/", "site_name": "Trinvis", "extra": extra, "languages": LANGUAGES}
    return Build.open(SITE / "mkdocs.yml", SITE / "docs", ROOT / "overrides", values)


@OFTEN
@given(MARKDOWN)
def test_any_text_becomes_html(small_build: Build, markdown: str) -> None:
    """With the extensions of the site, in the order in which MkDocs uses them."""
    renderer = Renderer(small_build, "en", "")
    questions, extensions = renderer.extensions(
        "alliance/repair", "alliancen/reparation/", small_build.queries.ask, lambda fault: None
    )
    named = ["admonition", "attr_list", "tables", "toc", "pymdownx.tasklist", "pymdownx.betterem"]
    converter = Markdown(extensions=[*named, *extensions])
    assert isinstance(converter.convert(markdown), str)
    for question in questions.questions:
        assert isinstance(question.answer("http://127.0.0.1:8000/x/"), str)


@settings(OFTEN, max_examples=6)
@given(MARKDOWN)
@example("")
@example("<script>")
@example("\x08")
@example("&#8; &#x1f; &#xffff;")
def test_make_build_leaves_a_whole_site(tmp_path_factory: pytest.TempPathFactory, markdown: str) -> None:
    """The old site or the new one, and never a traceback: run by the Makefile once, and then as it runs it."""
    folder = tmp_path_factory.mktemp("whole")
    keep(folder)
    docs = shutil.copytree(SITE / "docs", folder / "docs")
    (docs / "alliance/repair.en.md").write_text(
        (docs / "alliance/repair.en.md").read_text("utf-8") + "\n" + markdown, "utf-8", newline=""
    )
    for name in ("hooks", "overrides", "Makefile", "requirements.txt", ".venv"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "mkdocs.yml").write_text(
        f"INHERIT: {ROOT}/mkdocs.yml\ndocs_dir: docs\ntheme: {{custom_dir: overrides}}\nhooks: [hooks/main.py]\n"
        "watch: []\nextra: {footer: [help, articles, privacy]}\n"
    )
    (folder / "site").mkdir()
    for name in ("index.html", *SIGNS):
        (folder / "site" / name).write_text("the last good site")
    if markdown:
        env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": "hooks"}
        result = programs.run("mkdocs", "build", "--strict", "--quiet", env=env, cwd=folder)
    else:
        make = ["make", "-o", ".venv/site", "build"]
        result = subprocess.run(make, cwd=folder, capture_output=True, text=True)
    assert not re.search("Traceback|Nobody foresaw|ingen forudset", result.stdout + result.stderr)
    assert result.returncode == 0 or markdown, result.stderr
    pages = sorted(path.relative_to(folder / "site").as_posix() for path in (folder / "site").rglob("*.html"))
    if result.returncode:
        assert pages == ["index.html"]
        assert (folder / "site/index.html").read_text() == "the last good site"
    else:
        assert {"index.html", "404.html", "en/index.html", "en/alliance/repair/index.html"} <= set(pages)
