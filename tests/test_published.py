"""Published addresses: none vanishes without an alias, and the list says what to add."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, SITE, build
from knowledge.content.library import Library
from knowledge.content.published import extend, vanished
from test_rules import delete, replace

REPAIR = "alliance/repair.da.md"


@pytest.fixture
def folder(docs: Path) -> Path:
    """The lists of tests/site, beside its copied content."""
    folder = docs.parent / "published"
    extend(Library.load(docs), folder)
    return folder


def told(docs: Path, folder: Path) -> list[str]:
    """Every problem with the lists, as it is printed."""
    return [str(problem) for problem in vanished(Library.read(docs)[0], folder)]


def both(*edits: Callable[[Path], None]) -> Callable[[Path], None]:
    """Several edits."""

    def edit(docs: Path) -> None:
        for one in edits:
            one(docs)

    return edit


MOVES = [
    # id, edit, what the first problem says
    (
        "a new slug",
        replace(REPAIR, "slug: reparation", "slug: genopret"),
        "published the address /alliancen/reparation/ was published, and leads nowhere now; "
        "add “aliases: [alliancen/reparation/]” to docs/alliance/repair.da.md",
    ),
    (
        "a new slug in English",
        replace("alliance/repair.en.md", "slug: repair", "slug: mending"),
        "published the address /en/alliance/repair/ was published, and leads nowhere now; "
        "add “aliases: [alliance/repair/]” to docs/alliance/repair.en.md",
    ),
    (
        "a page that has aliases already",
        replace("nlp-tools/rapport.da.md", "slug: rapport", "slug: kontakt"),
        "add “aliases: [rapport/kontakt/, nlp-vaerktoejer/rapport/]” to docs/nlp-tools/rapport.da.md",
    ),
    (
        "an alias that is taken away",
        replace("nlp-tools/rapport.da.md", "aliases: [rapport/kontakt/]", "aliases: []"),
        "the address /rapport/kontakt/ was published, and leads nowhere now; "
        "add “aliases: [rapport/kontakt/]” to docs/nlp-tools/rapport.da.md",
    ),
    (
        "a deleted article",
        both(delete(REPAIR), delete("alliance/repair.en.md")),
        "add “alliancen/reparation/” to “aliases:” of the page that answers instead; did you mean “/alliancen/",
    ),
    (
        "a topic's new slug",
        replace("alliance/index.da.md", "slug: alliancen", "slug: samarbejdet"),
        "add “aliases: [alliancen/]” to docs/alliance/index.da.md",
    ),
]


@pytest.mark.parametrize(("edit", "message"), [m[1:] for m in MOVES], ids=[m[0] for m in MOVES])
def test_an_address_that_vanishes_is_told_with_what_to_add(
    docs: Path, folder: Path, edit: Callable[[Path], None], message: str
) -> None:
    assert told(docs, folder) == []
    edit(docs)
    assert message in told(docs, folder)[0]


def test_adding_what_is_told_mends_it(docs: Path, folder: Path) -> None:
    replace(REPAIR, "slug: reparation", "slug: genopret\naliases: [alliancen/reparation/]")(docs)
    assert [problem.level for problem in vanished(Library.load(docs), folder)] == ["warning"]
    assert extend(Library.load(docs), folder) == 1
    assert told(docs, folder) == []
    assert "/alliancen/reparation/ alliance/repair\n" in (folder / "da.txt").read_text("utf-8")


def test_a_new_page_is_told_with_its_line(docs: Path, folder: Path) -> None:
    lines = (folder / "da.txt").read_text("utf-8").splitlines(keepends=True)
    (folder / "da.txt").write_text("".join(line for line in lines if "alliance/repair" not in line), "utf-8")
    (problem,) = vanished(Library.load(docs), folder)
    assert problem.level == "warning"
    assert problem.fix.endswith("add the line “/alliancen/reparation/ alliance/repair”")


def test_a_line_that_is_none_is_told(docs: Path, folder: Path) -> None:
    with (folder / "en.txt").open("a", encoding="utf-8") as file:
        file.write("alliance/repair\n")
    (problem,) = told(docs, folder)
    assert "the line is not an address and a key" in problem


def test_a_build_stops_where_an_address_has_vanished(docs: Path, folder: Path, tmp_path: Path) -> None:
    replace(REPAIR, "slug: reparation", "slug: genopret")(docs)
    config = docs.parent / "mkdocs.yml"
    overrides, hook = ROOT / "overrides", ROOT / "hooks/main.py"
    config.write_text(
        f"INHERIT: {SITE / 'mkdocs.yml'}\ndocs_dir: docs\ntheme: {{custom_dir: {overrides}}}\nhooks: [{hook}]\n"
    )
    result = build(config, tmp_path / "site")
    assert result.returncode == 1
    assert "published/da.txt:" in result.stdout + result.stderr
    assert "add “aliases: [alliancen/reparation/]” to docs/alliance/repair.da.md" in result.stdout + result.stderr


def test_no_published_address_of_the_site_itself_has_vanished() -> None:
    library, _ = Library.read(ROOT / "docs")
    errors = [str(problem) for problem in vanished(library, ROOT / "published") if problem.level == "error"]
    assert errors == []
    assert (ROOT / "published/da.txt").is_file()
    assert (ROOT / "published/en.txt").is_file()
