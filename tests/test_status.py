"""Drafts, planned and withdrawn articles: what readers see on which day, and what a preview shows before."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import html

import programs
from conftest import PUBLIC, ROOT, configured
from knowledge.checks.check import check
from knowledge.content.library import Library
from knowledge.content.published import extend, vanished
from knowledge.core.problems import Problem

URL = "https://user.example/repo/"
NOON = dt.time(12, tzinfo=dt.UTC)
DAY = dt.date(2026, 12, 5)
"""On which the planned article comes out."""
NEW, WORD = "alliance/new", "Zoroasterprøven"
"""An article of its own, and a word that stands nowhere else."""
HEAD = {
    "da": "---\ntitle: Om Zoroasterprøven\ndescription: Zoroasterprøven er en ny artikel.\nslug: zoroaster-da\n"
    "image_alt: En ny cirkel om Zoroasterprøven.\n{own}evidence: Nyt om Zoroasterprøven.\n---\n",
    "en": "---\ntitle: The Zoroasterprøven\ndescription: What the new Zoroasterprøven is about.\nslug: zoroaster-en\n"
    "image_alt: A new circle, for this is about it.\nevidence: There is nothing known about it.\n---\n",
}
SHARED = (
    "date: {date}\nreviewed: 2026-11-21\nconcepts: [alliance, rapport]\ncertainty: very-low\n"
    "aliases: [zoroaster/gammel/]\n{status}"
)
BODY = {
    "da": "Noget nyt [@zoroaster2020]. Se [rapport](../nlp-tools/rapport.da.md) og ![et billede her](zoro.png).\n\n"
    "## Ofte stillede spørgsmål {#faq}\n\n### Er Zoroasterprøven ny? {#is-zoroaster-new}\n\nJa.\n",
    "en": "Something new [@zoroaster2020]. See [rapport](../nlp-tools/rapport.en.md) and ![a picture](zoro.png).\n\n"
    "## Frequently asked questions {#faq}\n\n### Is Zoroasterprøven new? {#is-zoroaster-new}\n\nYes.\n",
}
SOURCE = (
    "zoroaster2020:\n  type: book\n  author: [{family: Zoroaster}]\n  title: Zoroasterprøven\n  study: theory\n"
    "  shows: {da: En ting., en: A thing.}\n\n"
)


def project(folder: Path, status: str, date: str = "2026-11-20", languages: tuple[str, ...] = ("da", "en")) -> Path:
    """A copy of tests/site with one more article, which cites a source and shows a picture of its own."""
    config = configured(folder, PUBLIC)
    docs = folder / "docs"
    for lang in languages:
        own = SHARED.format(date=date, status=status) if lang == "da" else ""
        head = HEAD[lang].format(own=own)
        (docs / f"{NEW}.{lang}.md").write_text(head + BODY[lang], "utf-8")
    with (docs / "data/search.da.yml").open("a", encoding="utf-8") as phrases:
        phrases.write(f"\n{NEW}:\n  - zoroaster\n")
    shutil.copy(docs / "index.svg", docs / f"{NEW}.svg")
    shutil.copy(ROOT / ".github/pictures/change.da.png", docs / "alliance/zoro.png")
    sources = docs / "data/sources.yml"
    sources.write_text(SOURCE + sources.read_text("utf-8"), "utf-8")
    return config


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def build(config: Path, url: str = URL, day: dt.date = DAY, **env: str) -> subprocess.CompletedProcess[str]:
    """Build a site on a day, as `make build` does."""
    seconds = str(int(dt.datetime.combine(day, NOON).timestamp()))
    env = {**os.environ, "SITE_URL": url, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": seconds, **env}
    site = config.parent / "site"
    return programs.run("mkdocs", "build", "--strict", "-f", str(config), "-d", str(site), env=env)


def built(config: Path, url: str = URL, day: dt.date = DAY, **env: str) -> Path:
    result = build(config, url, day, **env)
    assert result.returncode == 0, result.stdout + result.stderr
    return config.parent / "site"


def holding(site: Path) -> list[str]:
    """The files that tell of the new article, by name or by content."""
    files = [path for path in site.rglob("*") if path.is_file()]
    assert len(files) > 60
    found = [path for path in files if "zoro" in path.as_posix().removeprefix(site.as_posix())]
    for path in set(files) - {*found}:
        content = path.read_bytes()
        if path.parent.name == "text" and path.suffix in (".gz", ".pf_fragment"):
            content = gzip.decompress(content)
        if b"oroaster" in content:
            found.append(path)
    return sorted(path.relative_to(site).as_posix() for path in found)


PAGE = "alliancen/zoroaster-da/index.html"


def test_a_published_article_is_everywhere(tmp_path: Path) -> None:
    """What the tests below look for is there when it is to be."""
    found = holding(built(project(tmp_path, "")))
    assert {PAGE, "alliancen/zoroaster-da/index.md", "en/alliance/zoroaster-en/index.html"} <= {*found}
    for name in "feed.atom feed.json sitemap.xml llms.txt _redirects index.html kilder/index.html".split():
        assert name in found, name
    assert {"alliance/new.svg"} <= {str(p.relative_to(tmp_path / "site")) for p in (tmp_path / "site").rglob("*.svg")}
    assert any(name.startswith("assets/pictures/alliance/zoro") for name in found)
    assert any(name.startswith("pagefind/") for name in found)


@pytest.mark.parametrize(
    ("status", "date", "day"),
    [
        ("status: draft\n", "2026-11-20", DAY),
        ("status: draft\n", "2027-01-01", DAY),
        ("status: planned\n", DAY.isoformat(), DAY - dt.timedelta(1)),
    ],
    ids=["a draft", "a draft with a day", "planned, the day before"],
)
def test_what_is_not_out_is_nowhere(tmp_path: Path, status: str, date: str, day: dt.date) -> None:
    config = project(tmp_path, status, date)
    site = built(config, day=day)
    assert holding(site) == []
    assert not (site / "alliance/new.svg").exists()
    assert "/alliancen/zoroaster-da/" not in "".join(str(p) for p in check(tmp_path / "docs")[1])


def test_the_build_of_the_day_publishes_what_is_planned(tmp_path: Path) -> None:
    config = project(tmp_path, "status: planned\n", DAY.isoformat())
    before = built(config, day=DAY - dt.timedelta(1))
    assert holding(before) == []
    site = built(config)  # with what the build of the day before has kept
    assert PAGE in holding(site)
    page = html.fromstring((site / PAGE).read_text("utf-8"))
    assert page.xpath("//*[@class='draft']") == page.xpath("//meta[@name='robots']") == []


@pytest.mark.parametrize(
    ("status", "date", "words"),
    [("draft", "2026-11-20", "Kladde."), ("planned", "2027-01-31", "31. januar 2027")],
)
def test_a_pull_requests_preview_shows_it_and_says_so(tmp_path: Path, status: str, date: str, words: str) -> None:
    config = project(tmp_path, f"status: {status}\n", date)
    site = built(config, "http://127.0.0.1:8000/", DRAFTS="true")
    page = html.fromstring((site / PAGE).read_text("utf-8"))
    (banner,) = page.xpath("//main/p[@class='draft']")
    assert words in banner.text
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "alliancen/zoroaster-da" in (site / "alliancen/index.html").read_text("utf-8")
    others = [path for path in site.rglob("*.html") if "zoroaster" not in str(path)]
    assert [path for path in others if 'class="draft"' in path.read_text("utf-8")] == []


def test_no_build_for_a_public_address_shows_drafts(tmp_path: Path) -> None:
    config = project(tmp_path, "status: draft\n")
    result = build(config, DRAFTS="true")
    assert result.returncode == 1
    assert "drafts are to be shown, and the site is built for https://user.example/repo/" in result.stdout
    assert not (tmp_path / "site").exists()


def test_an_unfinished_draft_stops_no_build_and_is_told(tmp_path: Path) -> None:
    config = project(tmp_path, "status: draft\n", languages=("da",))
    file = tmp_path / f"docs/{NEW}.da.md"
    replace(file, "evidence:", "certainty_:")
    assert [p.level for p in check(tmp_path / "docs")[1]].count("error") == 1  # The first lines cannot be read.
    replace(file, "certainty_: Nyt om Zoroasterprøven.\n", "")
    replace(file, "concepts: [alliance, rapport]", "concepts: [alliance, nothing]")
    replace(file, "[rapport](../nlp-tools/rapport.da.md)", "[rapport](../nlp-tools/raport.da.md)")
    (tmp_path / f"docs/{NEW}.svg").unlink()
    problems = [p for p in check(tmp_path / "docs")[1] if p.file.startswith(f"docs/{NEW}")]
    assert {"pair", "name", "front-matter", "link", "cover"} <= {p.rule for p in problems}
    assert {p.level for p in problems} == {"warning"}
    assert holding(built(config)) == []
    site = built(config, "http://127.0.0.1:8000/", DRAFTS="true")
    assert WORD in (site / PAGE).read_text("utf-8")
    english = html.fromstring((site / "en/alliance/zoroaster-da/index.html").read_text("utf-8"))
    assert "This article is only in Danish so far." in english.text_content()


# --- Links to it ---------------------------------------------------------------------------------


def told(docs: Path, rule: str) -> list[Problem]:
    return [problem for problem in check(docs)[1] if problem.rule == rule]


@pytest.mark.parametrize(
    ("status", "date", "says"),
    [("draft", "2026-11-20", "leads to a draft"), ("planned", "2126-01-31", "comes out on 2126-01-31")],
)
def test_a_link_to_it_is_told_at_its_line(tmp_path: Path, status: str, date: str, says: str) -> None:
    project(tmp_path, f"status: {status}\n", date)
    docs = tmp_path / "docs"
    for lang, words in (("da", "Se [det nye](../alliance/new.da.md)."), ("en", "See [it](../alliance/new.en.md).")):
        file = docs / f"nlp-tools/rapport.{lang}.md"
        file.write_text(file.read_text("utf-8").replace("\n---\n", f"\n---\n{words}\n\n", 1), "utf-8")
    problems = told(docs, "unpublished")
    assert [p.file for p in problems] == [f"docs/nlp-tools/rapport.{lang}.md" for lang in ("da", "en")]
    for problem in problems:
        assert (problem.level, says in problem.message) == ("error", True)
        line = (tmp_path / problem.file).read_text("utf-8").split("\n")[problem.line - 1]
        assert line[problem.column - 1 :].startswith("../alliance/new.")
        assert f"docs/{NEW}.da.md" in problem.fix


def test_drafts_may_lead_to_each_other_and_to_what_is_out(tmp_path: Path) -> None:
    project(tmp_path, "status: draft\n")
    docs = tmp_path / "docs"
    for lang in ("da", "en"):
        other = docs / f"alliance/other.{lang}.md"
        text = (docs / f"{NEW}.{lang}.md").read_text("utf-8").replace("is-zoroaster-new", "is-other-new")
        other.write_text(text.replace("../nlp-tools/rapport", "new").replace("zoroaster-", "other-"), "utf-8")
    replace(docs / "alliance/other.da.md", "aliases: [zoroaster/gammel/]\n", "")
    shutil.copy(docs / "index.svg", docs / "alliance/other.svg")
    assert told(docs, "unpublished") == []
    replace(docs / "alliance/other.da.md", "status: draft\n", "")
    assert {p.file for p in told(docs, "unpublished")} == {f"docs/alliance/other.{lang}.md" for lang in ("da", "en")}


def test_a_planned_article_may_lead_only_to_what_is_out_by_then(tmp_path: Path) -> None:
    project(tmp_path, "status: planned\n", "2126-02-01")
    docs = tmp_path / "docs"
    for lang in ("da", "en"):
        text = (docs / f"{NEW}.{lang}.md").read_text("utf-8").replace("is-zoroaster-new", "is-other-new")
        text = text.replace("../nlp-tools/rapport", "new").replace("zoroaster-", "other-")
        (docs / f"alliance/other.{lang}.md").write_text(text.replace("aliases: [zoroaster/gammel/]\n", ""), "utf-8")
    shutil.copy(docs / "index.svg", docs / "alliance/other.svg")
    for date, problems in (("2126-01-31", 2), ("2126-02-01", 0), ("2126-02-02", 0)):
        text = (docs / "alliance/other.da.md").read_text("utf-8")
        (docs / "alliance/other.da.md").write_text(
            "".join(f"date: {date}\n" if row.startswith("date:") else row for row in text.splitlines(keepends=True)),
            "utf-8",
        )
        assert len(told(docs, "unpublished")) == problems, date


def test_what_the_home_page_and_corrections_name_is_out(tmp_path: Path) -> None:
    project(tmp_path, "status: draft\n")
    docs = tmp_path / "docs"
    (docs / "data/needs.yml").write_text(f"- page: {NEW}\n  da: Noget\n  en: Something\n", "utf-8")
    words = "{about: x, wrong: Det var galt., now: Det er ret.}"
    (docs / "data/corrections.yml").write_text(
        f"- date: 2026-11-20\n  pages: [{NEW}]\n  da: {words}\n  en: {words}\n", "utf-8"
    )
    assert {(p.file, p.line) for p in told(docs, "unpublished")} == {
        ("docs/data/needs.yml", 1),
        ("docs/data/corrections.yml", 2),
    }


# --- Withdrawn -----------------------------------------------------------------------------------

WHY = {"da": "Loven er en anden i dag.", "en": "The law has changed."}


def withdraw(folder: Path, instead: str = "instead: nlp-tools/rapport\n") -> None:
    """Let the article be one that was withdrawn."""
    for lang, why in WHY.items():
        status = f"status: withdrawn\n{instead}" if lang == "da" else ""
        replace(folder / f"docs/{NEW}.{lang}.md", "evidence:", f"withdrawn: {why}\n{status}evidence:")


@pytest.fixture(scope="module")
def withdrawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site, with the content that it was built of beside it, where the article is withdrawn."""
    folder = tmp_path_factory.mktemp("withdrawn")
    config = project(folder, "")
    withdraw(folder)
    return built(config)


@pytest.mark.parametrize("lang", ["da", "en"])
def test_a_withdrawn_article_says_why_and_where_to_go(withdrawn: Path, lang: str) -> None:
    site = withdrawn
    place = {"da": PAGE, "en": "en/alliance/zoroaster-en/index.html"}[lang]
    page = html.fromstring((site / place).read_text("utf-8"))
    main = " ".join(page.xpath("string(//main)").split())
    assert WHY[lang] in main
    assert {"da": "Noget nyt", "en": "Something new"}[lang] not in main
    (link,) = page.xpath("//main/article//a")
    assert link.get("href") == {"da": "/repo/nlp-vaerktoejer/rapport/", "en": "/repo/en/nlp-tools/rapport/"}[lang]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//link[@hreflang]") == page.xpath("//link[@rel='canonical']") == []
    graph = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))["@graph"]
    assert {node["@type"] for node in graph} == {"Organization", "ImageObject", "WebSite"}
    left = {name.rpartition("/")[0] for name in holding(site)}
    # Its page and its social picture, its former address, and what an editor is told to delete: its source.
    own = {"alliancen/zoroaster-da", "en/alliance/zoroaster-en", "social/da/alliance", "social/en/alliance"}
    assert left <= own | {"zoroaster/gammel", "kilder", "en/sources", "pagefind/asked", "pagefind/text", ""}
    assert {name for name in holding(site) if "/" not in name} == {"_redirects"}
    assert [p.rule for p in check(site.parent / "docs")[1] if "zoroaster2020" in p.message] == ["source-unused"]


def test_without_another_article_it_leads_to_its_topic(tmp_path: Path) -> None:
    config = project(tmp_path, "")
    withdraw(tmp_path, instead="")
    page = html.fromstring((built(config) / PAGE).read_text("utf-8"))
    assert page.xpath("//main/article//a/@href") == ["/repo/alliancen/"]


def test_withdrawing_keeps_the_address_that_deleting_would_lose(tmp_path: Path) -> None:
    project(tmp_path, "")
    docs, lists = tmp_path / "docs", tmp_path / "published"
    extend(Library.load(docs), lists)
    assert vanished(Library.load(docs), lists) == []
    away = {path: path.read_text("utf-8") for path in docs.glob(f"{NEW}.*.md")}
    for path in away:
        path.unlink()
    lost = vanished(Library.read(docs)[0], lists)
    assert {problem.message.split()[2] for problem in lost} == {
        "/alliancen/zoroaster-da/",
        "/zoroaster/gammel/",
        "/en/alliance/zoroaster-en/",
    }
    assert all("bring its files back with “status: withdrawn”" in problem.fix for problem in lost)
    for path, text in away.items():
        path.write_text(text, "utf-8")
    replace(docs / f"{NEW}.da.md", "evidence:", "status: draft\nevidence:")
    hidden = vanished(Library.read(docs)[0], lists)
    assert len(hidden) == 3
    assert all(p.fix.startswith(f"delete “status” in docs/{NEW}.da.md") for p in hidden)
    replace(docs / f"{NEW}.da.md", "status: draft\n", "")
    withdraw(tmp_path)
    assert vanished(Library.load(docs), lists) == []
    assert [p for p in check(docs)[1] if p.level == "error"] == []


def test_a_link_to_a_withdrawn_article_is_a_warning(tmp_path: Path) -> None:
    config = project(tmp_path, "")
    withdraw(tmp_path)
    for lang in WHY:
        file = tmp_path / f"docs/nlp-tools/rapport.{lang}.md"
        replace(file, "\n---\n", f"\n---\n[x y](../alliance/new.{lang}.md).\n\n")
    problems = told(tmp_path / "docs", "unpublished")
    assert [(p.level, p.fix) for p in problems] == [
        ("warning", f"link to docs/nlp-tools/rapport.{lang}.md") for lang in ("da", "en")
    ]
    assert built(config)


def test_a_pin_of_a_withdrawn_article_is_a_warning(tmp_path: Path) -> None:
    config = project(tmp_path, "")
    withdraw(tmp_path)
    replace(tmp_path / "docs/nlp-tools/rapport.da.md", "certainty:", f"related: {{pin: [{NEW}]}}\ncertainty:")
    (problem,) = told(tmp_path / "docs", "name")
    assert (problem.level, problem.file) == ("warning", "docs/nlp-tools/rapport.da.md")
    assert "was withdrawn" in problem.message
    assert built(config)


# --- The Danish file alone -------------------------------------------------------------------------


def test_a_danish_article_is_seen_before_there_is_an_english_one(tmp_path: Path) -> None:
    """In a preview, whatever its status is; a build for readers still asks for the other file."""
    config = project(tmp_path, "", languages=("da",))
    (problem,) = told(tmp_path / "docs", "pair")
    assert (problem.level, problem.file) == ("error", f"docs/{NEW}.da.md")
    refused = build(config)
    assert "has no twin" in refused.stderr + refused.stdout
    docs, site = tmp_path / "docs", tmp_path / "served"
    code = (
        "import sys; from mkdocs.config import load_config; from mkdocs.commands import build, serve\n"
        "import preview\n"
        "config = load_config(sys.argv[1], site_dir=sys.argv[2])\n"
        "config.plugins.on_startup(command='serve', dirty=False)\n"
        "serve.build(config)\n"
        "for make in serve.build.waiting.values():  # as if somebody looked at every page\n"
        "    make()\n"
    )
    (tmp_path / "late.py").write_text(code, "utf-8")
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    run = programs.run("late", str(config), str(site), env=env, cwd=tmp_path)
    assert "has no twin" in run.stderr
    assert WORD in (site / PAGE).read_text("utf-8"), run.stderr
    assert "only in Danish" in (site / "en/alliance/zoroaster-da/index.html").read_text("utf-8")
    assert docs.exists()


def test_what_to_read_instead_is_there_for_readers(tmp_path: Path) -> None:
    project(tmp_path, "")
    withdraw(tmp_path)
    docs = tmp_path / "docs"
    assert [p for p in check(docs)[1] if p.rule == "unpublished"] == []
    replace(docs / "nlp-tools/rapport.da.md", "evidence:", "status: draft\nevidence:")
    told = [(p.file, p.message) for p in check(docs)[1] if p.rule == "unpublished"]
    assert (f"docs/{NEW}.da.md", "“nlp-tools/rapport” is a draft, which readers cannot see") in told
