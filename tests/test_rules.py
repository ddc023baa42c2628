"""What editors get wrong is told at its line, with the way to fix it."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import SITE, build
from knowledge.checks.check import check
from knowledge.checks.rules import problems
from knowledge.checks.rules.rule import Finding, rule
from knowledge.checks.rules.words import apart
from knowledge.content.library import Library
from knowledge.core.cache import Cache
from knowledge.outputs.output import SIGNS

REPAIR = "alliance/repair.da.md"
REPAIR_EN = "alliance/repair.en.md"


def replace(path: str, old: str, new: str) -> Callable[[Path], None]:
    """An edit that replaces text, which must be there."""

    def edit(docs: Path) -> None:
        file = docs / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    return edit


def write(path: str, content: bytes) -> Callable[[Path], None]:
    """An edit that writes a file."""

    def edit(docs: Path) -> None:
        (docs / path).write_bytes(content)

    return edit


def recode(path: str, encoding: str) -> Callable[[Path], None]:
    """An edit that saves a file in another encoding."""

    def edit(docs: Path) -> None:
        (docs / path).write_bytes((docs / path).read_text("utf-8").encode(encoding))

    return edit


def rename(path: str, name: str) -> Callable[[Path], None]:
    """An edit that gives a file another name."""
    return lambda docs: [(docs / path).rename((docs / path).with_name(name))]


def delete(path: str) -> Callable[[Path], None]:
    """An edit that deletes a file."""
    return lambda docs: (docs / path).unlink()


FAULTS = [
    # id, edit, what is printed: file:line:column rule message
    ("no front matter", write(REPAIR, b"Bare tekst.\n"), f"{REPAIR}:1:1 front-matter there is no front matter"),
    ("no end", write(REPAIR, b"---\ntitle: x\n"), f"{REPAIR}:1:1 front-matter the front matter has no end"),
    ("empty file", write(REPAIR, b""), f"{REPAIR}:1:1 front-matter the file is empty"),
    ("Latin-1", recode(REPAIR, "latin-1"), f"{REPAIR}:3:1 front-matter the file is not UTF-8"),
    (
        "control character",
        replace(REPAIR, "Intet under", "Intet\x08under"),
        f"{REPAIR}:32:6 front-matter the file holds an invisible character (U+0008)",
    ),
    (
        "reference to a control character",
        replace(REPAIR, "Intet under", "Intet &#x1f; &#13; &#9;under"),
        f"{REPAIR}:32:7 front-matter the file holds an invisible character (&#x1f)",
    ),
    (
        "control character written as an escape",
        replace(REPAIR, "title: Reparation efter et brud", 'title: "Reparation\\b efter et brud"'),
        f"{REPAIR}:2:1 front-matter “title” holds an invisible character",
    ),
    (
        "YAML that does not parse",
        replace(REPAIR, "title: ", "title: [: "),
        f"{REPAIR}:2:9 front-matter the front matter cannot be read: “[” at its beginning makes a list of the text",
    ),
    (
        "a key twice",
        replace(REPAIR, "certainty: low", "certainty: low\ncertainty: moderate"),
        f"{REPAIR}:10:1 front-matter “certainty” is there twice",
    ),
    (
        "unknown key",
        replace(REPAIR, "slug:", "slugg:"),
        f"{REPAIR}:4:1 front-matter “slugg” is not a known key; did you mean “slug”?",
    ),
    (
        "shared key in English",
        replace(REPAIR_EN, "slug:", "date: 2026-11-20\nslug:"),
        f"{REPAIR_EN}:4:1 front-matter “date” is shared by both languages; move it to the Danish file",
    ),
    (
        "wrong type",
        replace(REPAIR, "concepts: [repair, alliance]", "concepts: repair"),
        f"{REPAIR}:8:1 front-matter “concepts” is “repair”; expected a list",
    ),
    (
        "date in words",
        replace(REPAIR, "date: 2026-11-20", "date: 20. november"),
        f"{REPAIR}:6:1 front-matter “date” is “20. november”; expected a date such as 2026-11-20",
    ),
    (
        "missing key",
        replace(REPAIR, "title: Reparation efter et brud\n", ""),
        f"{REPAIR}:1:1 front-matter “title” is missing; add a line “title: …”",
    ),
    (
        "article without evidence",
        replace(REPAIR, "evidence: Det er svagt undersøgt.\n", ""),
        f"{REPAIR}:1:1 front-matter “evidence” is missing",
    ),
    (
        "slug with Danish letters",
        replace(REPAIR, "slug: reparation", "slug: påskønnelse"),
        f"{REPAIR}:4:1 front-matter “slug” is “påskønnelse”; expected a-z, 0-9 and - only",
    ),
    (
        "step out of range",
        replace(REPAIR, "certainty: low", "step: 6\ncertainty: low"),
        f"{REPAIR}:9:1 front-matter “step” is “6”; expected",
    ),
    ("missing twin", delete(REPAIR_EN), f"{REPAIR}:1:1 pair the article has no twin; write docs/{REPAIR_EN}"),
    ("missing original", delete(REPAIR), f"{REPAIR_EN}:1:1 pair the article has no twin; write docs/{REPAIR}"),
    (
        "twin by a name of its own",
        rename(REPAIR_EN, "putting-right.en.md"),
        "alliance/putting-right.en.md:1:1 pair the article has no twin; "
        f"call it docs/{REPAIR_EN}, if it belongs to docs/{REPAIR}",
    ),
    (
        "original with a capital",
        rename(REPAIR, "Repair.da.md"),
        "alliance/Repair.da.md:1:1 file “alliance/Repair” is no name for a page; "
        f"expected a-z, 0-9 and - only; call it docs/{REPAIR}",
    ),
    ("no language in the name", write("alliance/x.md", b"x"), "alliance/x.md:1:1 pair the file's language is not"),
    (
        "folder without topic page",
        lambda docs: [(docs / f"nlp-tools/index.{lang}.md").unlink() for lang in ("da", "en")],
        "nlp-tools/rapport.da.md:1:1 topic the folder “nlp-tools” has no topic page",
    ),
    (
        "duplicate slug",
        replace("alliance/escaping.da.md", "slug: escaping", "slug: reparation"),
        f"{REPAIR}:4:1 slug the address /alliancen/reparation/ belongs to docs/alliance/escaping.da.md",
    ),
    (
        "alias of a live page",
        replace(REPAIR, "certainty: low", "aliases: [nlp-vaerktoejer/rapport/]\ncertainty: low"),
        f"{REPAIR}:9:11 alias the alias “nlp-vaerktoejer/rapport/” is the address of docs/nlp-tools/rapport.da.md",
    ),
    (
        "alias of the page itself",
        replace(REPAIR, "certainty: low", "aliases: [alliancen/reparation/]\ncertainty: low"),
        f"{REPAIR}:9:11 alias the alias “alliancen/reparation/” is the address of docs/{REPAIR}",
    ),
    (
        "alias of two pages",
        replace(REPAIR, "certainty: low", "aliases: [rapport/kontakt/]\ncertainty: low"),
        "nlp-tools/rapport.da.md:4:11 alias the alias “rapport/kontakt/” is in docs/alliance/repair.da.md too",
    ),
    (
        "alias with the language in it",
        replace(REPAIR, "certainty: low", "aliases: [en/alliance/old/]\ncertainty: low"),
        f"{REPAIR}:9:11 alias the alias “en/alliance/old/” is no address of this site; write it as alliance/old/",
    ),
    (
        "alias of a file of the site",
        replace(REPAIR, "certainty: low", "aliases: [feed.atom]\ncertainty: low"),
        f"{REPAIR}:9:11 alias the alias “feed.atom” is a file of the site",
    ),
    (
        "alias with a host",
        replace(REPAIR, "certainty: low", "aliases: ['https://x.example/y']\ncertainty: low"),
        f"{REPAIR}:9:12 alias the alias “https://x.example/y” is no address of this site",
    ),
    (
        "unknown concept",
        replace(REPAIR, "[repair, alliance]", "[repair, aliance]"),
        f"{REPAIR}:8:20 name there is no concept “aliance”; did you mean “alliance”?",
    ),
    (
        "unknown pinned article",
        replace(REPAIR, "certainty: low", "related: {pin: [nlp-tools/raport]}\ncertainty: low"),
        f"{REPAIR}:9:27 name there is no article “nlp-tools/raport”; did you mean “nlp-tools/rapport”?",
    ),
    (
        "unknown article in the order",
        replace("alliance/index.da.md", "[repair, escaping]", "[repair, escape]"),
        "alliance/index.da.md:7:17 name there is no article “alliance/escape”; did you mean “alliance/escaping”?",
    ),
    (
        "unknown source",
        replace(REPAIR, "[@bordin1979]", "[@bordin1997]"),
        f"{REPAIR}:12:39 source there is no source “bordin1997”; did you mean “bordin1979”?",
    ),
    (
        "question ids that differ",
        replace(REPAIR_EN, "{#repair-price}", "{#repair-cost}"),
        f"{REPAIR_EN}:28:39 question {{#repair-cost}} is {{#repair-price}} in docs/{REPAIR}, line 30",
    ),
    (
        "question without id",
        replace(REPAIR, " {#repair-price}", ""),
        f"{REPAIR}:30:1 question the question “Hvad koster »reparation« & tid?” has no id",
    ),
    (
        "question id of another article",
        replace("stress-ladder/heated.da.md", "{#heated-danger}", "{#change-therapist}"),
        "stress-ladder/heated.da.md:22:28 question {#change-therapist} is in docs/alliance/repair.da.md too",
    ),
    (
        "section not translated",
        replace(REPAIR_EN, "## A rupture is not the end\n", ""),
        f"{REPAIR}:14:1 parity the section “Et brud er ikke slutningen” is missing in {REPAIR_EN}",
    ),
    (
        "sign not translated",
        replace("stress-ladder/heated.en.md", "  - I forget appointments.\n", ""),
        "stress-ladder/heated.en.md:7:1 parity 1 signs; the Danish file has 2",
    ),
    (
        "source in one language only",
        replace("nlp-tools/rapport.en.md", "Good contact.\n", "Good contact [@kingston2016].\n"),
        "nlp-tools/rapport.en.md:15:16 parity [@kingston2016] is cited here, but not in docs/nlp-tools/rapport.da.md",
    ),
    (
        "number that differs",
        replace(REPAIR, "Ja. Sig", "Ja, 12 gange. Sig"),
        f"{REPAIR}:23:5 figures the number 12 is not in docs/{REPAIR_EN}",
    ),
    (
        "dead link",
        replace(REPAIR, "../nlp-tools/rapport.da.md", "../nlp-tools/raport.da.md"),
        f"{REPAIR}:12:74 link the link “../nlp-tools/raport.da.md” leads to no file; did you mean “../nlp-tools/",
    ),
    (
        "link to the other language",
        replace(REPAIR, "../nlp-tools/rapport.da.md", "../nlp-tools/rapport.en.md"),
        f"{REPAIR}:12:74 link the link “../nlp-tools/rapport.en.md” leads to the other language",
    ),
    (
        "absolute link",
        replace(REPAIR, "../nlp-tools/rapport.da.md", "/nlp-vaerktoejer/rapport/"),
        f"{REPAIR}:12:74 link the link “/nlp-vaerktoejer/rapport/” begins with /",
    ),
    (
        "dead anchor",
        replace(REPAIR, "rapport.da.md)", "rapport.da.md#rapport-wat)"),
        f"{REPAIR}:12:74 link the link “../nlp-tools/rapport.da.md#rapport-wat” leads to no heading; did you mean",
    ),
    (
        "dead link in an answer",
        replace(REPAIR, "om [rapport](../nlp-tools/rapport.da.md).\n\n- Skriv", "om [x](x.da.md).\n\n- Skriv"),
        f"{REPAIR}:23:36 link the link “x.da.md” leads to no file",
    ),
    (
        "picture without alt",
        replace(REPAIR, "## Et brud", "![](repair.svg)\n\n## Et brud"),
        f"{REPAIR}:14:3 alt the picture “repair.svg” has no alternative text",
    ),
    (
        "alt is the title",
        replace(REPAIR, "image_alt: En cirkel på grøn bund, fordi den står for en artikel.", "image_alt: cirkel.svg"),
        f"{REPAIR}:5:1 alt “image_alt” is “cirkel.svg”; expected a sentence",
    ),
    (
        "a word never used",
        replace("data/concepts.yml", "definition: At rette", "never: [undskyld], definition: At rette"),
        f"{REPAIR}:17:22 term “undskyld” is not used here; write “reparation”",
    ),
    (
        "article without sources",
        lambda docs: [replace(f"nlp-tools/rapport.{lang}.md", " [@bordin1979]", "")(docs) for lang in ("da", "en")],
        "nlp-tools/rapport.da.md:13:1 uncited the article cites no source",
    ),
    (
        "heavy drawing",
        lambda docs: [
            (docs / "alliance/big.svg").write_bytes((docs / "alliance/repair.svg").read_bytes() + b" " * 150_001),
            replace(REPAIR, "## Et brud", "![En stor trappe](big.svg)\n\n## Et brud")(docs),
        ],
        f"{REPAIR}:14:19 picture “big.svg” has 15",
    ),
    (
        "picture of another site",
        replace(REPAIR, "## Et brud", "![En stor trappe](https://x.example/y.png)\n\n## Et brud"),
        f"{REPAIR}:14:19 picture the picture “https://x.example/y.png” is on another site",
    ),
    ("no cover", delete("alliance/repair.svg"), f"{REPAIR}:1:1 cover the cover docs/alliance/repair.svg is missing"),
    (
        "heavy cover",
        write("alliance/repair.svg", b"<svg>" + b" " * 15_000),
        f"{REPAIR}:1:1 cover docs/alliance/repair.svg has 15005 bytes",
    ),
    (
        "second title",
        replace(REPAIR, "## Et brud", "# Et brud"),
        f"{REPAIR}:14:1 heading “Et brud er ikke slutningen” is a second title",
    ),
    (
        "heading that jumps",
        replace(REPAIR, "## Et brud", "### Et brud"),
        f"{REPAIR}:14:1 heading “Et brud er ikke slutningen” is level 3 below level 1; write ##",
    ),
    (
        "raw HTML in a line",
        replace(REPAIR, "- Skriv en mail.", "- Skriv <b>nu</b>."),
        f"{REPAIR}:25:9 html raw HTML: <b>",
    ),
    (
        "raw HTML as a block",
        replace(REPAIR, "## Et brud", "<script>alert(1)</script>\n\n## Et brud"),
        f"{REPAIR}:14:1 html raw HTML: <script>",
    ),
    (
        "bare address",
        replace(REPAIR, "- Skriv en mail.", "- Se https://example.org/"),
        f"{REPAIR}:25:6 bare-address the bare address https://example.org/",
    ),
    (
        "strong word",
        replace("nlp-tools/rapport.da.md", "God kontakt.\n", "Det beviser alt.\n"),
        "nlp-tools/rapport.da.md:19:5 strong-word “beviser” without a source",
    ),
    (
        "suicide without help",
        replace(REPAIR, "Intet under", "Ved selvmordstanker: intet under"),
        f"{REPAIR}:32:5 help-box “selvmordstanker” without the help box; add “help: true” to docs/{REPAIR}",
    ),
    (
        "broken data",
        replace("data/sources.yml", "study: theory", "study: E"),
        "data/sources.yml:11:3 data “bordin1979.study” is “E”; expected one of: cohort, ",
    ),
    (
        "data that does not parse",
        replace("data/concepts.yml", "alliance:\n", "alliance: [\n"),
        "data/concepts.yml:",
    ),
]


@pytest.mark.parametrize(("edit", "expected"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_a_fault_is_told_at_its_line(docs: Path, edit: Callable[[Path], None], expected: str) -> None:
    edit(docs)
    _, problems = check(docs)
    assert [str(p) for p in problems if str(p).startswith(f"docs/{expected}")], "\n".join(map(str, problems))


WARNINGS = [
    ("long title", "title: Reparation efter et brud", f"title: {'x' * 61}", f"{REPAIR}:2:1 length the title has 61"),
    (
        "short description",
        "description: Prøveartiklen",
        "description: x\nlabel: Prøve",
        f"{REPAIR}:3:1 length the description has 1 ",
    ),
    (
        "review overdue",
        "date: 2026-11-20\nreviewed: 2026-11-20",
        "date: 2018-01-01\nreviewed: 2019-01-01",
        f"{REPAIR}:7:1 review-due last reviewed 2019",
    ),
    (
        "the title of another page",
        "title: Reparation efter et brud",
        "title: Rapport",
        "nlp-tools/rapport.da.md:2:1 same-words the title is the same as in docs/alliance/repair.da.md",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), [w[1:] for w in WARNINGS], ids=[w[0] for w in WARNINGS])
def test_a_warning_stops_nothing(docs: Path, old: str, new: str, expected: str) -> None:
    replace(REPAIR, old, new)(docs)
    _, problems = check(docs)
    assert {p.level for p in problems if str(p).startswith(f"docs/{expected}")} == {"warning"}
    assert not [p for p in problems if p.level == "error"]


def test_the_test_site_has_no_errors() -> None:
    _, problems = check(SITE / "docs")
    assert [str(p) for p in problems] == []


def test_all_problems_come_at_once(docs: Path) -> None:
    """Three files wrong in three ways: three problems, in the order of the files."""
    replace(REPAIR, "slug:", "slugg:")(docs)
    write("nlp-tools/rapport.en.md", b"")(docs)
    delete("alliance/escaping.svg")(docs)
    _, problems = check(docs)
    assert [p.file for p in problems if p.level == "error"] == [
        "docs/alliance/escaping.da.md",
        "docs/alliance/repair.da.md",
        "docs/nlp-tools/rapport.en.md",
    ]


def test_windows_line_ends_work(docs: Path) -> None:
    for path in docs.rglob("*.md"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    _, problems = check(docs)
    assert [str(p) for p in problems if p.level == "error"] == []


def test_a_byte_order_mark_at_the_start_of_a_file_is_read_over(docs: Path) -> None:
    """Programs on Windows write one, and GitHub reads over it too."""
    before = Library.load(docs)
    marked = [path for kind in ("md", "yml", "txt") for path in docs.rglob(f"*.{kind}")]
    for path in marked:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    library, problems = check(docs, with_spelling=True)
    assert [str(p) for p in problems if p.level == "error"] == []
    assert len(marked) > 40
    texts = {(t.path, t.head, t.body) for t in before.translations()}
    assert {(t.path, t.head, t.body) for t in library.translations()} == texts
    assert (library.help, library.sources) == (before.help, before.sources)


def test_a_build_stops_with_all_problems_and_without_a_traceback(tmp_path: Path, docs: Path) -> None:
    replace(REPAIR, "slug:", "slugg:")(docs)
    config = tmp_path / "mkdocs.yml"
    repo = SITE.parent.parent
    config.write_text(
        f"INHERIT: {repo}/mkdocs.yml\ndocs_dir: {docs}\ntheme: {{custom_dir: {repo}/overrides}}\n"
        f"hooks: [{repo}/hooks/main.py]\nwatch: []\nextra: {{footer: []}}\n"
    )
    site = tmp_path / "site"
    site.mkdir()
    for name in ("index.html", *SIGNS):
        (site / name).write_text("the last good site")
    result = build(config, site)
    assert result.returncode == 1
    assert "docs/alliance/repair.da.md:4:1 front-matter “slugg” is not a known key" in result.stdout
    assert "Traceback" not in result.stdout + result.stderr
    assert (site / "index.html").read_text() == "the last good site"


DATA = [
    # what a text says, and an edit of a data file after which other things are told of it
    ("Det er målt [@aaa2020].", replace("data/sources.yml", "kingston2016:", "aaa2020:")),
    ("Det siger Bordén (1979).", replace("data/sources.yml", "family: Bordin", "family: Bordén")),
    ("Det siger Kingston (2015).", replace("data/sources.yml", "issued: 2016", "issued: 2015")),
    ("Det er målt [@aaa2020].", write("data/sources.yml", b"[")),
    ("Ring 70 201 201.", replace("data/help.yml", "70 201 201", "70 201 202")),
    ("Ring 70 201 202.", write("data/help.yml", b"[")),
    ("Det lover ro.", replace("data/strong-words.yml", "da: [", "da: [lover, ")),
    ("Det beviser alt.", replace("data/strong-words.yml", "da: [", "harmless: {da: [beviser alt]}\nda: [")),
    ("Det er en ting.", replace("data/concepts.yml", "God kontakt.", "God kontakt., never: [en ting]")),
    ("Det er en sorg.", replace("data/grave-words.yml", "da:", "da:\n  - sorg")),
]


@pytest.mark.parametrize(("text", "edit"), DATA, ids=lambda given: given if isinstance(given, str) else "")
def test_what_a_data_file_says_anew_is_seen_in_texts_that_are_as_they_were(
    docs: Path, tmp_path: Path, text: str, edit: Callable[[Path], None]
) -> None:
    replace(REPAIR, "\n---\n", f"\n---\n{text}\n\n")(docs)
    kept = Cache(tmp_path / "kept.sqlite")
    before = check(docs, kept)[1]
    edit(docs)
    warm, cold = check(docs, kept)[1], check(docs)[1]
    assert warm == cold
    file = f"docs/{REPAIR}"
    assert [problem for problem in before if problem.file == file] != [p for p in cold if p.file == file]


def test_a_rule_on_one_article_reads_no_more_than_it_says(docs: Path) -> None:
    """Else what it has found would be kept when that changes."""
    library = Library.load(docs)
    for read in (iter, bool, lambda sources: "x" in sources, lambda sources: sources["x"], lambda sources: sources.get):

        @rule("id", is_local=True)
        def wrong(library: Library, docs: Path, read: Callable = read) -> Iterator[Finding]:
            read(library.sources)
            return iter(())

        with pytest.raises((TypeError, AttributeError)):
            problems(library, (wrong,))


def test_a_word_of_20_kb_takes_no_more_memory_than_a_few_copies_of_it(docs: Path) -> None:
    """As of a file that was pasted as letters: all beginnings of one word of 200 kB would be 20 GB."""
    page = docs / "alliance/repair.da.md"
    page.write_text(page.read_text("utf-8") + "\n" + "a" * 20_000 + "\n", "utf-8")
    library, _ = Library.read(docs)
    tracemalloc.start()
    try:
        assert "term" not in {problem.rule for problem in problems(library, (apart,))}
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()
