"""Addresses that an editor gives a page: none leads out of the site, to a file of it, or to another page."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.checks.check import check

REPAIR, TOPIC, ABOUT = "alliance/repair.da.md", "alliance/index.da.md", "about.da.md"

ALIASES = {
    "../../x": "is no address of this site; write it as x/, without https://",
    "../": "is no address of this site",
    ".": "is no address of this site",
    "./x/": "is no address of this site; write it as x/",
    "a/../b/": "is no address of this site; write it as a/b/",
    "a//b/": "is no address of this site; write it as a/b/",
    "//evil.example/": "is no address of this site",
    "https://evil.example/gammel/": "is no address of this site; write it as gammel/",
    "index.html": "is no address of this site",
    "gammel/index.html": "is no address of this site; write it as gammel/",
    "gammel.html": "is no address of this site; write it as gammel/",
    "gammel.php?id=3": "is no address of this site; write it as gammel/",
    "Gammel/Side/": "is no address of this site; write it as gammel/side/",
    "blå/bær/": "is no address of this site; write it as blaa/baer/",
    "a b/": "is no address of this site; write it as a-b/",
    "a%2e%2e/b/": "is no address of this site",
    "a\\b/": "is no address of this site",
    ".well-known/x/": "is no address of this site",
    "-/": "is no address of this site",
    "a/#b": "is no address of this site; write it as a/",
    "": "is no address of this site",
    "/": "is no address of this site",
    "en/": "is no address of this site",
    "en/alliance/old/": "is no address of this site; write it as alliance/old/",
    "assets/x/": "is a file of the site",
    "pagefind/": "is a file of the site",
    "social/x/": "is a file of the site",
    "robots.txt": "is a file of the site",
    "404.html": "is a file of the site",
    "alliancen/": "is the address of docs/alliance/index.da.md",
    "alliancen/reparation": "is the address of docs/alliance/repair.da.md",
}


def told(docs: Path, rule: str) -> list[str]:
    _, problems = check(docs)
    return [f"{p.file}:{p.line} {p.message}; {p.fix}" for p in problems if p.rule == rule]


def add(docs: Path, file: str, line: str) -> None:
    path = docs / file
    path.write_text(path.read_text("utf-8").replace("---\n", f"---\n{line}\n", 1), "utf-8")


@pytest.mark.parametrize("alias", ALIASES, ids=[repr(alias) for alias in ALIASES])
def test_an_alias_that_is_no_former_address_is_told(docs: Path, alias: str) -> None:
    add(docs, REPAIR, f"aliases: ['{alias}']")
    (line,) = told(docs, "alias")
    assert line.startswith(f"docs/{REPAIR}:2 the alias “{alias}” ")
    assert ALIASES[alias] in line


def test_a_former_address_leads_to_one_page(docs: Path) -> None:
    add(docs, REPAIR, "aliases: [/rapport/kontakt]")
    (line,) = told(docs, "alias")
    assert line.startswith("docs/nlp-tools/rapport.da.md:4 ")
    assert f"is in docs/{REPAIR} too" in line


@pytest.mark.parametrize("alias", ["gammel/", "gammel", "/gammel/side-2/", "2019/06/12/en-lang-adresse/", "enden/"])
def test_an_alias_of_plain_words_is_right(docs: Path, alias: str) -> None:
    add(docs, REPAIR, f"aliases: [{alias}]")
    assert told(docs, "alias") == []


@pytest.mark.parametrize(
    ("file", "slug"), [(ABOUT, "en/om"), (ABOUT, "assets"), (TOPIC, "social"), (TOPIC, "da"), (ABOUT, "pagefind/x")]
)
def test_no_page_lives_where_the_site_keeps_something_else(docs: Path, file: str, slug: str) -> None:
    path = docs / file
    lines = [line for line in path.read_text("utf-8").split("\n") if not line.startswith("slug:")]
    path.write_text("\n".join(lines), "utf-8")
    add(docs, file, f"slug: {slug}")
    (line,) = told(docs, "slug")
    assert line.startswith(f"docs/{file}:2 the address /{slug}/ begins with “{slug.partition('/')[0]}”")


def test_a_link_to_a_file_that_is_not_published_is_told(docs: Path) -> None:
    (docs / "alliance/noter.docx").write_bytes(b"x")
    page = docs / REPAIR
    page.write_text(page.read_text("utf-8").replace("](../nlp-tools/rapport.da.md", "](noter.docx", 1), "utf-8")
    (line,) = told(docs, "link")
    assert "the link “noter.docx” leads to a file that is not published" in line
