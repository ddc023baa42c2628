"""The cache: a site made with it is the site made without it, byte for byte, whatever was edited."""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
import itertools
import os
import pickle
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence, Set
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import jinja2
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import others
import programs
from conftest import ROOT
from knowledge.build import Build
from knowledge.core import cache as caches
from knowledge.core.cache import BATCH, DAY, Cache, Trace
from knowledge.core.fingerprint import digest, libraries
from knowledge.outputs.layers import Painter
from knowledge.outputs.output import Staging
from knowledge.outputs.search import index as search
from knowledge.outputs.search.index import topic_word
from knowledge.outputs.social import Pictures
from knowledge.pages.queries import Queries
from knowledge.render import Renderer
from project import ENVIRONMENT, Project, arguments, built, command, contents, photograph


def assert_the_same(project: Project, after: str) -> None:
    """Both a warm and a cold build of a project end well, with the same files."""
    warm, cold = project.warm(), project.cold()
    assert isinstance(cold, dict), f"after {after}, the cold build {cold}"
    assert isinstance(warm, dict), f"after {after}, the warm build {warm}"
    assert len(cold) > 60, f"after {after}, the site has {len(cold)} files"
    differing = [path for path in sorted(warm.keys() | cold.keys()) if warm.get(path) != cold.get(path)]
    assert differing == [], f"after {after}"


def test_two_cold_builds_are_the_same(tmp_path: Path) -> None:
    """So what one gave may stand for the next of the same state, wherever it lies."""
    one, other = Project(tmp_path / "one"), Project(tmp_path / "another/below")
    assert one.state() == other.state()
    sites = [project.build(False, project.folder / "site") for project in (one, other)]
    assert isinstance(sites[0], dict)
    assert sites[0] == sites[1]
    EDITS["text"].do(one)
    assert one.state() != other.state()


# --- What editors and owners do -----------------------------------------------------------------

Act = Callable[[Project], None]


@dataclass(frozen=True)
class Edit:
    """An edit, and how it is taken back; `fault`: no site can be built meanwhile."""

    do: Act
    undo: Act
    fault: bool = False


def swap(file: str, old: str, new: str, fault: bool = False) -> Edit:
    """Words replaced by others."""
    return Edit(lambda p: p.replace(file, old, new), lambda p: p.replace(file, new, old), fault)


def everywhere(old: str, new: str) -> Edit:
    """A name that stands in many files, replaced by another."""
    return Edit(lambda p: p.replace_everywhere(old, new), lambda p: p.replace_everywhere(new, old))


def set_up(*path: str, value: object, before: object) -> Edit:
    """A line of mkdocs.yml."""

    def put(project: Project, given: object) -> None:
        place = project.settings
        for name in path[:-1]:
            place = place.setdefault(name, {})
        place[path[-1]] = given

    return Edit(lambda p: put(p, value), lambda p: put(p, before))


def both(*edits: Edit) -> Edit:
    """Several edits as one."""

    def undo(project: Project) -> None:
        for edit in reversed(edits):
            edit.undo(project)

    return Edit(lambda p: [edit.do(p) for edit in edits] and None, undo)


HEAD = (
    "---\ntitle: Ny {lang}\ndescription: Den nye artikel på {lang}.\nslug: ny\nimage_alt: En ny cirkel.\n"
    "{common}evidence: Nyt.\n---\n"
)
COMMON = "date: 2026-11-21\nreviewed: 2026-11-21\nconcepts: [alliance, rapport]\ncertainty: very-low\n"
BODY = {
    "da": "Noget nyt [@bordin1979]. Se [rapport](../nlp-tools/rapport.da.md).\n\n## Ofte stillede spørgsmål {#faq}\n\n"
    "### Er det nyt? {#is-it-new}\n\nJa.\n",
    "en": "Something new [@bordin1979]. See [rapport](../nlp-tools/rapport.en.md).\n\n"
    "## Frequently asked questions {#faq}\n\n### Is it new? {#is-it-new}\n\nYes.\n",
}


def add_article(project: Project, key: str = "alliance/new") -> None:
    """A new article, which other pages then show."""
    for lang, common in (("da", COMMON), ("en", "")):
        text = HEAD.format(lang=lang, common=common) + BODY[lang]
        (project.docs / f"{key}.{lang}.md").write_text(text, "utf-8")
    shutil.copy(project.docs / "index.svg", project.docs / f"{key}.svg")


def delete_article(project: Project, key: str = "alliance/new") -> None:
    for path in project.docs.glob(f"{key}.*"):
        path.unlink()


def rename_article(project: Project, old: str, new: str) -> None:
    """The files get another name, and everything that names them follows."""
    for path in project.docs.glob(f"{old}.*"):
        path.rename(project.docs / f"{new}.{path.name.split('.', 1)[1]}")
    for lang in BODY:
        phrases = project.docs / f"data/search.{lang}.yml"
        phrases.write_text(
            phrases.read_text("utf-8").replace(f"{old}:", f"{new}:").replace(f"{old}#", f"{new}#"), "utf-8"
        )
    project.replace_everywhere(f"{old.rpartition('/')[2]}.da.md", f"{new.rpartition('/')[2]}.da.md")
    project.replace_everywhere(f"{old.rpartition('/')[2]}.en.md", f"{new.rpartition('/')[2]}.en.md")


def move_article(project: Project, there: bool) -> None:
    """An article of its own goes to another topic."""
    old, new = ("alliance/new", "nlp-tools/new") if there else ("nlp-tools/new", "alliance/new")
    for path in project.docs.glob(f"{old}.*"):
        path.rename(project.docs / f"{new}.{path.name.split('.', 1)[1]}")


def untranslate(project: Project) -> None:
    """An article loses its English file and waits for it."""
    (project.docs / "alliance/escaping.en.md").rename(project.folder / "away.md")
    project.replace("docs/alliance/escaping.da.md", "certainty:", f"{TWIN}certainty:")


def translate(project: Project) -> None:
    (project.folder / "away.md").rename(project.docs / "alliance/escaping.en.md")
    project.replace("docs/alliance/escaping.da.md", TWIN, "")


def add_topic(project: Project) -> None:
    """A topic with one article."""
    (project.docs / "body").mkdir()
    for lang, title in (("da", "Kroppen"), ("en", "The body")):
        head = f"---\ntitle: {title}\ndescription: Om {title} i en prøve.\nslug: {title.split()[-1].lower()}\n"
        shared = "kind: topic\nreviewed: 2026-11-20\n" if lang == "da" else ""
        text = f"{head}{shared}image_alt: En cirkel.\n---\n{title}.\n"
        (project.docs / f"body/index.{lang}.md").write_text(text, "utf-8")
    shutil.copy(project.docs / "index.svg", project.docs / "body/index.svg")
    add_article(project, "body/sleep")
    for lang in BODY:
        project.replace(f"docs/body/sleep.{lang}.md", "{#is-it-new}", "{#is-sleep-new}")
    project.settings["extra"]["topics"] = ["alliance", "stress-ladder", "nlp-tools", "body"]


def delete_topic(project: Project) -> None:
    shutil.rmtree(project.docs / "body")
    del project.settings["extra"]["topics"]


def add_plugin(project: Project) -> None:
    """Another plugin, which changes pages."""
    project.settings["plugins"].append({"minify": {"minify_html": True}})


def delete_plugin(project: Project) -> None:
    project.settings["plugins"].pop()


def add_hook(project: Project) -> None:
    """An owner's hook, which changes pages."""
    hook = project.folder / "owner.py"
    hook.write_text(
        "def on_post_page(output, page, config):\n    return output.replace('</body>', '<!-- x --></body>')\n"
    )
    project.settings["hooks"].append(str(hook))


def delete_hook(project: Project) -> None:
    project.settings["hooks"].pop()


def add_photograph(project: Project) -> None:
    """The drawing of an article gives way to a photograph."""
    (project.docs / "nlp-tools/rapport.svg").rename(project.folder / "away.svg")
    photograph(project, "olive", "nlp-tools/rapport")
    project.replace(RAPPORT, "image_alt: ", f"{WHOSE}image_alt: ")


def delete_photograph(project: Project) -> None:
    (project.docs / "nlp-tools/rapport.jpg").unlink()
    (project.folder / "away.svg").rename(project.docs / "nlp-tools/rapport.svg")
    project.replace(RAPPORT, WHOSE, "")


def add_sound(project: Project) -> None:
    """A sound with its transcript in an article's text, in both languages."""
    (project.docs / "nlp-tools/calm.mp3").write_bytes(b"ID3" + bytes(5000))
    for lang, text in HEARD.items():
        project.replace(f"docs/nlp-tools/rapport.{lang}.md", "\n---\n", f"\n---\n{text}")


def delete_sound(project: Project) -> None:
    (project.docs / "nlp-tools/calm.mp3").unlink()
    for lang, text in HEARD.items():
        project.replace(f"docs/nlp-tools/rapport.{lang}.md", text, "")


WHOSE = "image_credit: Anna Holm\nimage_licence: permission\n"
HEARD = {
    "da": '[Hør en øvelse](calm.mp3)\n\n??? quote "Det bliver sagt"\n    Træk vejret roligt.\n\n',
    "en": '[Listen to it](calm.mp3)\n\n??? quote "What is said"\n    Breathe calmly.\n\n',
}


def set_order() -> Edit:
    """A topic page that names its articles, or does not."""
    file = "docs/alliance/index.da.md"
    lines = {}

    def do(project: Project) -> None:
        text = (project.folder / file).read_text("utf-8")
        lines["order"] = next(line for line in text.splitlines() if line.startswith("order:"))
        project.replace(file, lines["order"] + "\n", "")

    return Edit(do, lambda p: p.replace(file, "kind: topic\n", f"kind: topic\n{lines['order']}\n"))


ESCAPING = "docs/alliance/escaping.da.md"
PERSON = "ny:\n  name: Ny Person\n  da: {title: Prøve}\n  en: {title: test}\n"
REPAIR, RAPPORT = "docs/alliance/repair.da.md", "docs/nlp-tools/rapport.da.md"
TWIN = "twin: {title: Soon, description: Soon in English., slug: soon}\n"
CONCEPT = (
    "\nnew-one:\n  topic: alliance\n  da: {term: nyhed, definition: Noget nyt.}\n"
    "  en: {term: novelty, definition: Something new.}\n"
)
SOURCE = (
    "aaa2020:\n  type: book\n  author: [{family: Aa}]\n  title: A\n  study: theory\n"
    "  shows: {da: En ting., en: A thing.}\n"
)
EDITS: dict[str, Edit] = {
    "text": swap(REPAIR, "Skriv en mail.", "Skriv et brev."),
    "text in English": swap("docs/alliance/repair.en.md", "Write an email.", "Write a letter."),
    "title": swap(REPAIR, "title: Reparation", "title: Ny reparation"),
    "description": swap(RAPPORT, "description: ", "description: Her er "),
    "topic's title": swap("docs/alliance/index.da.md", "title: Alliancen", "title: Samarbejdet"),
    "article's concepts": swap(REPAIR, "[repair, alliance]", "[alliance]"),
    "pin": swap(REPAIR, "certainty: low\n", "certainty: low\nrelated: {pin: [stress-ladder/heated]}\n"),
    "exclusion": swap(REPAIR, "certainty: low\n", "certainty: low\nrelated: {exclude: [nlp-tools/rapport]}\n"),
    "slug": swap(RAPPORT, "slug: rapport", "slug: god-kontakt"),
    "topic's slug": swap("docs/alliance/index.en.md", "slug: alliance", "slug: the-alliance"),
    "alias": swap(REPAIR, "certainty: low\n", "certainty: low\naliases: [gammel/reparation/]\n"),
    "order": swap("docs/alliance/index.da.md", "[repair, escaping]", "[escaping, repair]"),
    "date": swap(REPAIR, "date: 2026-11-20\nreviewed: 2026-11-20", "date: 2026-11-22\nreviewed: 2026-11-22"),
    "question": swap(REPAIR, "Kan jeg skifte", "Må jeg skifte"),
    "phrase": swap("docs/data/search.da.yml", "skifte psykolog", "bytte psykolog"),
    "question's phrase": swap("docs/data/search.en.yml", "new psychologist", "somebody else"),
    "question's id": everywhere("change-therapist", "change-somebody"),
    "broken link": swap(REPAIR, "rapport.da.md", "raport.da.md", fault=True),
    "broken front matter": swap(REPAIR, "date: 2026-11-20", "date: soon", fault=True),
    "broken data": swap("docs/data/sources.yml", "study: theory", "study: nonsense", fault=True),
    "new article": Edit(add_article, delete_article),
    "article renamed": both(
        Edit(
            lambda p: rename_article(p, "alliance/repair", "alliance/mending"),
            lambda p: rename_article(p, "alliance/mending", "alliance/repair"),
        ),
        Edit(
            lambda p: p.replace("docs/alliance/index.da.md", "repair", "mending"),
            lambda p: p.replace("docs/alliance/index.da.md", "mending", "repair"),
        ),
    ),
    "article deleted": both(
        Edit(
            lambda p: [shutil.move(path, p.folder) for path in p.docs.glob("alliance/escaping.*")] and None,
            lambda p: [shutil.move(path, p.docs / "alliance") for path in p.folder.glob("escaping.*")] and None,
        ),
        set_order(),
    ),
    "only in Danish": Edit(untranslate, translate),
    "new topic": Edit(add_topic, delete_topic),
    "new concept": both(
        swap("docs/data/concepts.yml", "repair:\n", f"{CONCEPT.lstrip()}repair:\n"),
        swap(ESCAPING, "[alliance]", "[new-one, alliance]"),
    ),
    "concept's key": both(
        swap("docs/data/concepts.yml", "repair:\n", "mending:\n"),
        swap(REPAIR, "[repair, ", "[mending, "),
        swap(RAPPORT, "repair", "mending"),
        swap("docs/stress-ladder/meltdown.da.md", "repair", "mending"),
    ),
    "definition": swap("docs/data/concepts.yml", "At rette op på et brud.", "At gøre det godt igen."),
    "term": swap("docs/data/concepts.yml", "term: reparation", "term: genopretning"),
    "new source": both(
        swap("docs/data/sources.yml", "bordin1979:\n", f"{SOURCE}bordin1979:\n"),
        swap(RAPPORT, "\n---\n", "\n---\nEn ting mere [@aaa2020].\n\n"),
        swap("docs/nlp-tools/rapport.en.md", "\n---\n", "\n---\nOne thing more [@aaa2020].\n\n"),
    ),
    "source's key": everywhere("bordin1979", "bordin1980"),
    "source": swap("docs/data/sources.yml", 'da: "En teori, ikke en måling."', 'da: "En teori."'),
    "source's author": swap("docs/data/sources.yml", "family: Bordin", "family: Bordén"),
    "source's kind": swap("docs/data/sources.yml", "study: theory", "study: practice"),
    "sign": swap("docs/stress-ladder/heated.da.md", "Jeg sover dårligt.", "Jeg sover ikke."),
    "help box": swap(REPAIR, "certainty: low\n", "certainty: low\nhelp: true\n"),
    "picture": swap("docs/alliance/repair.svg", 'r="60"', 'r="61"'),
    "photograph as a cover": Edit(add_photograph, delete_photograph),
    "photograph": Edit(lambda p: photograph(p, "teal"), lambda p: photograph(p, "navy")),
    "photograph's alt text": swap("docs/stress-ladder/heated.da.md", "To mennesker taler.", "To mennesker tier."),
    "sound in a text": Edit(add_sound, delete_sound),
    "strings": swap("overrides/strings/da.yml", "share: Del artiklen", "share: Giv artiklen videre"),
    "template": swap("overrides/partials/card.html", '<li class="card">', '<li class="card card--new">'),
    "style": swap("overrides/assets/css/card.css", ".card", ".new { color: red } .card"),
    "site's name": set_up("site_name", value="Andet navn", before="Trinvis"),
    "address": set_up("site_url", value="https://example.org/under/", before="http://127.0.0.1:8000/"),
    "footer": set_up("extra", "footer", value=["help", "privacy"], before=["help", "articles", "privacy"]),
    "publisher": set_up(
        "extra", "publisher", value={"name": "To", "email": "to@example.org"}, before={"email": "hej@example.org"}
    ),
    "comments": set_up("extra", "comments", value={"isso": "https://a.example.org"}, before={"isso": None}),
    "extension": set_up(
        "markdown_extensions",
        value=["attr_list", "admonition", {"toc": {"permalink": True}}],
        before=["attr_list", "admonition"],
    ),
    "author": swap(REPAIR, "certainty: low\n", "certainty: low\nauthor: proever\n"),
    "new person": both(
        swap("docs/data/people.yml", "proever:\n", f"{PERSON}proever:\n"),
        swap(RAPPORT, "evidence:", "reviewer: ny\nevidence:"),
    ),
    "person's name": swap("docs/data/people.yml", "name: Prøveforfatter", "name: Prøveskriver"),
    "person's title": swap("docs/data/people.yml", "da: {title: Prøve}", "da: {title: Læge}"),
    "plugin": Edit(add_plugin, delete_plugin),
    "hook": Edit(add_hook, delete_hook),
}


PARTS = 4
"""In which the edits are tried, so that several processes can share them."""
FAULTS = {name for name, edit in EDITS.items() if edit.fault}
ALONE = ("article renamed", "article deleted", "only in Danish")
"""Edits after which others do not find their files."""
SEARCHED = {"phrase"}
"""Edits of what the search index alone holds, which a preview does not make."""


@pytest.mark.parametrize("part", range(PARTS))
def test_after_each_edit_and_after_taking_all_back_the_warm_site_is_the_cold_one(tmp_path: Path, part: int) -> None:
    names = sorted(EDITS.keys() - {*ALONE} - SEARCHED)[part::PARTS] + list(ALONE[part : part + 1])
    follow(built(tmp_path, preview=True), names)


def follow(project: Project, names: Sequence[str]) -> None:
    """Do edits one after the other, then take all back; faults are taken back at once."""
    assert_the_same(project, "nothing")
    done = []
    for name in names:
        edit, before = EDITS[name], contents(project.folder / "warm")
        edit.do(project)
        if edit.fault:
            stopped = project.warm()
            assert isinstance(stopped, str), name
            assert project.cold() == stopped
            assert contents(project.folder / "warm") == before  # It stands as it did.
            edit.undo(project)
        else:
            done.append(name)
        assert_the_same(project, name)
        assert edit.fault or contents(project.folder / "warm") != before, f"“{name}” changes nothing"
    caches.cache.cache_clear()  # The next build begins in a process of its own.
    for name in reversed(done):
        EDITS[name].undo(project)
    assert_the_same(project, "taking all back")


def test_a_whole_build_follows_deletions_and_renames_too(tmp_path: Path) -> None:
    project = built(tmp_path)  # with search index and social pictures
    assert_the_same(project, "nothing")
    for names in ((*SEARCHED, "new article", "slug"), ("article renamed", "new topic")):
        for name in names:
            EDITS[name].do(project)
        assert_the_same(project, " and ".join(names))
        for name in reversed(names):
            EDITS[name].undo(project)
    assert_the_same(project, "all taken back")


VERSIONED = re.compile(rb'"/(assets/[^"?]+)\?v=([0-9a-f]{8})"')


def test_a_page_names_the_version_of_each_file_as_it_is_now(tmp_path: Path) -> None:
    """Cold and warm builds of one process share compiled templates, so that to compare them would not show this."""
    project = built(tmp_path, preview=True)
    style, template = EDITS["style"], EDITS["template"]
    seen = []
    for edit in (style.do, template.do, style.undo, template.undo):
        edit(project)
        site = project.warm()
        assert isinstance(site, dict)
        named = dict(VERSIONED.findall(site["index.html"]))
        assert named == {p: hashlib.sha256(site[p.decode()]).hexdigest()[:8].encode() for p in named}
        seen.append((named[b"assets/equipped.css"], b"card--new" in site["alliancen/index.html"]))
    (new, old) = (seen[0][0], seen[2][0])
    assert new != old
    assert seen == [(new, False), (new, True), (old, True), (old, False)]


def test_an_owners_filter_says_what_it_says_now(tmp_path: Path) -> None:
    """Of a text that stands in a template, Jinja works it out when it compiles that."""
    project = built(tmp_path, preview=True)
    add_hook(project)
    project.replace("overrides/topic.html", "</h1>", "</h1><i>{{ 'x' | upper }}</i>")
    file = project.folder / "said.txt"
    reads = f"__import__('pathlib').Path({str(file)!r}).read_text()"
    (project.folder / "owner.py").write_text(
        f"def on_env(env, config, files):\n    env.filters['upper'] = lambda text: {reads}\n", "utf-8"
    )
    for said in ("one", "two"):
        file.write_text(said, "utf-8")
        site = project.build(False, project.folder / "cold")
        assert isinstance(site, dict)
        assert f"<i>{said}</i>".encode() in site["alliancen/index.html"]


@pytest.mark.parametrize("preview", [True, False], ids=["preview", "whole"])
def test_the_day_is_a_part_of_what_a_build_is_made_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, preview: bool
) -> None:
    """What is planned comes out with the build of its day, whatever the builds of other days have kept."""
    project = built(tmp_path, preview)
    add_article(project)
    project.replace("docs/alliance/new.da.md", "date: 2026-11-21", "status: planned\ndate: 2026-12-05")
    sites = {}
    for day in ("2026-12-04", "2026-12-05", "2026-12-04", "2026-12-06"):
        noon = dt.datetime.fromisoformat(f"{day}T12:00:00+00:00")
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(noon.timestamp())))
        assert_the_same(project, day)
        site = contents(project.folder / "warm")
        assert sites.setdefault(day, site) == site
    assert sites["2026-12-04"] != sites["2026-12-05"] == sites["2026-12-06"]
    page = "alliancen/ny/index.html"
    assert (page in sites["2026-12-04"]) == preview
    assert page in sites["2026-12-05"]


WITHDRAWN = "status: withdrawn\nwithdrawn: Det var galt.\n"
STATUSES: dict[str, Edit] = {
    "draft": swap(ESCAPING, "certainty:", "status: draft\ncertainty:"),
    "withdrawn": both(
        swap(ESCAPING, "evidence:", f"{WITHDRAWN}evidence:"),
        swap("docs/alliance/escaping.en.md", "evidence:", "withdrawn: It was wrong.\nevidence:"),
    ),
    "article to read instead": both(
        swap(
            ESCAPING, "image_alt:", "status: withdrawn\nwithdrawn: Det var galt.\ninstead: alliance/repair\nimage_alt:"
        ),
        swap("docs/alliance/escaping.en.md", "image_alt:", "withdrawn: It was wrong.\nimage_alt:"),
    ),
}


@pytest.mark.parametrize("preview", [True, False], ids=["preview", "whole"])
def test_an_article_goes_and_comes_back(tmp_path: Path, preview: bool) -> None:
    project, page = built(tmp_path, preview), "alliancen/escaping/index.html"
    assert_the_same(project, "nothing")
    before = contents(project.folder / "warm")
    assert page in before
    for name, status in STATUSES.items():
        status.do(project)
        assert_the_same(project, name)
        after = contents(project.folder / "warm")
        assert after.get(page) != before[page], name
        assert ("alliancen/escaping/index.md" in after) == (preview and name == "draft"), name
        status.undo(project)
        assert_the_same(project, f"taking “{name}” back")
        assert contents(project.folder / "warm") == before, name


def test_an_article_moves_to_another_topic(tmp_path: Path) -> None:
    project = built(tmp_path, preview=True)
    add_article(project)
    assert_the_same(project, "a new article")
    move_article(project, there=True)
    assert_the_same(project, "moving it")
    move_article(project, there=False)
    assert_the_same(project, "moving it back")


def test_a_branch_with_many_edits_is_visited_and_left(tmp_path: Path) -> None:
    project = built(tmp_path / "project", preview=True)
    main = tmp_path / "main"
    assert_the_same(project, "nothing")
    shutil.copytree(project.folder, main)
    for name in ("new article", "article deleted", "definition", "title", "strings", "picture", "question's id"):
        EDITS[name].do(project)
    assert_the_same(project, "going to the branch")
    for part in ("docs", "overrides"):
        shutil.rmtree(project.folder / part)
        shutil.copytree(main / part, project.folder / part)
    assert_the_same(project, "coming back")


numbers = itertools.count()
# Edits of the same words are left out. In this order each finds what it looks for, whichever of the others are done.
APART = ["title", "slug", "new article", "only in Danish", "question's id", "source's key", "template", "strings"]
APART += ["definition", "broken link", "alias", "plugin", "topic's slug", "text in English", "article deleted"]


def edited(project: Project, folder: Path, names: Set[str]) -> None:
    """Let a project be what it was at first but for some edits, whatever it is now; only what differs is written."""
    wanted = Project(folder, preview=True)
    for name in APART:
        if name in names:
            EDITS[name].do(wanted)
    for part in ("docs", "overrides"):
        there, here = wanted.folder / part, project.folder / part
        before, after = contents(here), contents(there)
        for path in before.keys() - after.keys():
            (here / path).unlink()
        for path, content in after.items():
            if before.get(path) != content:
                shutil.copy(there / path, here / path)
    project.settings["plugins"] = wanted.settings["plugins"]
    shutil.rmtree(folder)


@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.sampled_from(APART), min_size=6, max_size=12), st.booleans())
def test_after_any_edits_the_warm_site_is_the_cold_one(tmp_path: Path, names: list[str], alone: bool) -> None:
    folder, done = tmp_path / str(next(numbers)), set()
    project = built(folder, preview=True)
    for number, name in enumerate(names, 1):
        done ^= {name}
        edited(project, folder / "wanted", done)
        if alone:
            caches.cache.cache_clear()
        if done & FAULTS:
            assert isinstance(project.warm(), str)
        else:
            assert_the_same(project, ", ".join(names[:number]))


def forget_related(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(self, kind: str, *about: object) -> str:
        return "never another" if kind in ("related", "card") else digest(self.ask(kind, *about))

    monkeypatch.setattr(Queries, "fingerprint", answer)


def forget_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Renderer, "_fingerprint", lambda self, source, *query: "never another")


def forget_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Build, "looks", "always the same")


def forget_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(others, "configured", lambda config: "always the same")


def forget_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask all queries before any answer is compared, and let one that makes no sense any more stop the build."""
    monkeypatch.setattr(
        Trace,
        "is_verified",
        lambda self, fingerprint_of: (
            [fingerprint_of(*query) for query, _ in self.dependencies] == [known for _, known in self.dependencies]
        ),
    )


@pytest.mark.parametrize(
    ("plant", "name"),
    [
        (forget_related, "article's concepts"),
        (forget_links, "slug"),
        (forget_templates, "template"),
        (forget_settings, "extension"),
        (forget_the_order, "new article"),
    ],
    ids=["related lists", "addresses of links", "templates", "configuration", "the order of queries"],
)
def test_a_forgotten_dependency_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plant: Callable[[pytest.MonkeyPatch], None], name: str
) -> None:
    plant(monkeypatch)
    with pytest.raises((AssertionError, KeyError)):
        follow(built(tmp_path, preview=True), [name])


# --- How --------------------------------------------------------------------------------------


def test_only_what_an_edit_changes_is_rendered_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, rendered, render = built(tmp_path / "project", preview=True), [], jinja2.Template.render
    assert isinstance(project.warm(), dict)  # A copied folder is another one: its files are written again.
    site = project.folder / "warm"
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    monkeypatch.setattr(
        jinja2.Template, "render", lambda self, *a, **k: (rendered.append(self.name), render(self, *a, **k))[1]
    )
    EDITS["text"].do(project)
    assert isinstance(project.warm(), dict)
    written = {p.relative_to(site).as_posix() for p, when in before.items() if p.stat().st_mtime_ns != when}
    assert [name for name in rendered if name not in ("redirect.html", "social.svg")] == ["article.html"]
    assert written == {
        "alliancen/reparation/index.html",
        "alliancen/reparation/index.md",
        "feed.atom",
        "feed.json",
    }


def test_a_social_picture_is_drawn_when_it_changes_and_what_it_shares_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, pictures, drawings = Project(tmp_path / "project"), [], []
    draw, draw_part = Pictures._draw, Painter._draw
    monkeypatch.setattr(
        Pictures, "_draw", lambda self, picture, *a: (pictures.append(picture.path), draw(self, picture, *a))[1]
    )
    monkeypatch.setattr(Painter, "_draw", lambda self, svg, *a: (drawings.append(svg), draw_part(self, svg, *a))[1])
    project.warm()
    covers = [svg for svg in drawings if 'viewBox="0 0 640 360"' in svg]
    assert len(pictures) == len(set(pictures)) > len(covers) > 0
    assert len(drawings) == len(set(drawings)), "something is drawn once for each language"
    pictures.clear(), drawings.clear()
    project.warm()
    assert (pictures, drawings) == ([], [])
    EDITS["title"].do(project)
    project.warm()
    assert (pictures, drawings) == (["social/da/alliance/repair.jpg"], [])
    EDITS["picture"].do(project)
    project.warm()
    assert pictures[1:] == [f"social/{lang}/alliance/repair.jpg" for lang in ("da", "en")]
    assert len(drawings) == 1


def test_an_edit_leaves_the_other_languages_index_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, run, indexed = built(tmp_path / "project"), search._run_pagefind, []

    def noted(records):
        indexed.append({topic_word("Stresstrappen") not in " ".join(records)})  # which is Danish
        return run(records)

    monkeypatch.setattr(search, "_run_pagefind", noted)
    EDITS["text"].do(project)
    assert isinstance(project.warm(), dict)
    assert indexed == [{False}]  # the Danish one
    assert_the_same(project, "an edit")


def test_the_index_is_made_beside_the_build(tmp_path: Path) -> None:
    """In a process of its own, for this one has threads, and so begins no other."""
    project = Project(tmp_path / "project")
    code = (
        "import runpy\n"
        "from knowledge.outputs.search.index import Index\n"
        "begin = Index.begin\n"
        "def begun(index):\n"
        "    begin(index)\n"
        "    index._make = None  # The build itself cannot.\n"
        "Index.begin = begun\n"
        "runpy.run_module('mkdocs', run_name='__main__')"
    )
    (tmp_path / "beside.py").write_text(code, "utf-8")
    for edit in ("text", "title"):
        EDITS[edit].do(project)
        _, *given = arguments(project, project.folder / "warm")
        made = programs.run("beside", *given, env=ENVIRONMENT, cwd=tmp_path)
        assert made.returncode == 0, made.stderr
        assert contents(project.folder / "warm") == project.cold()


def test_a_fingerprint_is_the_same_in_the_next_process(tmp_path: Path) -> None:
    project, names = Project(tmp_path / "project"), []
    run, file = command(project, project.folder / "warm"), project.folder / ".cache/pages.sqlite"
    for seed in "123":  # in which a set has another order; the third fills the folder of the first
        subprocess.run(run, env={**ENVIRONMENT, "PYTHONHASHSEED": seed}, check=True)
        with closing(sqlite3.connect(file)) as table:
            names.append({name for (name,) in table.execute("SELECT name FROM kept")})
    assert len(names[0]) > 100
    assert names[1] == names[2]


@pytest.mark.parametrize("kind", ["dist-info", "egg-info"])
def test_a_library_that_lies_elsewhere_is_named_by_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Such as Debian's own, which an environment shares, or what `pip install --user` has put beside."""
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    names = {libraries.__wrapped__()}
    for version in ("1.0", "1.1"):
        file = tmp_path / f"markdown-{version}.{kind}"
        file.mkdir()
        names.add(libraries.__wrapped__())
        file.rmdir()
    assert len(names) == 3


def test_whatever_is_lost_from_the_cache_is_made_anew(tmp_path: Path) -> None:
    project = built(tmp_path / "project")
    for third in range(3):
        # A template that never was, so that all pages are made of kept texts.
        project.replace("overrides/partials/card.html", '<li class="card', f'<li class="card card--{third}')
        with closing(sqlite3.connect(project.folder / ".cache/pages.sqlite")) as table, table:
            assert table.execute("DELETE FROM kept WHERE rowid % 3 = ?", [third]).rowcount > 20
        assert_the_same(project, f"the loss of third {third}")


def test_rows_that_were_changed_inside_a_whole_file_are_not_believed(tmp_path: Path) -> None:
    project = built(tmp_path / "project", preview=True)
    caches.cache.cache_clear()
    file = project.folder / ".cache/pages.sqlite"
    with closing(sqlite3.connect(file)) as table, table:
        rows = table.execute("SELECT rowid, content FROM kept").fetchall()
        for row, content in rows:
            changed = content.replace(b"reparation", b"rxparation").replace(b"Alliancen", b"Alliancxn")
            table.execute("UPDATE kept SET content = ? WHERE rowid = ?", [changed, row])
    shutil.rmtree(project.folder / "warm")
    assert_the_same(project, "changed rows")


def test_a_page_that_somebody_touched_is_written_again(tmp_path: Path) -> None:
    project = built(tmp_path / "project", preview=True)
    (project.folder / "warm/index.html").write_text("touched", "utf-8")
    (project.folder / "warm/en/index.html").unlink()
    assert_the_same(project, "a touch")


def test_off_means_off(tmp_path: Path) -> None:
    project = Project(tmp_path / "project", preview=True)
    # Not `cold`, which builds nothing where this state was met before.
    assert isinstance(project.build(False, project.folder / "cold"), dict)
    assert not (project.folder / ".cache/pages.sqlite").exists()


def test_several_processes_may_begin_one_cache_at_once(tmp_path: Path) -> None:
    code = "from knowledge.core.cache import Cache; from pathlib import Path; import sys\n"
    code += "for i in range(200): Cache(Path(sys.argv[1])).get(f'{sys.argv[2]}-{i % 40}', lambda: b'x' * 9000)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "hooks")}
    run = [sys.executable, "-c", code, str(tmp_path / "kept.sqlite")]
    processes = [subprocess.Popen([*run, str(n % 2)], env=environment) for n in range(6)]
    assert [process.wait() for process in processes] == [0] * 6


DAMAGE = {
    "empty": b"",
    "no database": b"\x80half a file",
    "half a database": b"SQLite format 3\0" + b"\xff" * 9000,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_file_is_begun_anew_and_said(tmp_path: Path, damage: bytes, capsys: pytest.CaptureFixture) -> None:
    kept = Cache(tmp_path / "kept.sqlite")
    kept.value("name", str, lambda: "right")
    kept.close()
    kept.file.write_bytes(damage)
    assert kept.value("name", str, lambda: "made anew") == "made anew"
    kept.close()
    assert Cache(kept.file).value("name", str, lambda: "again") == "made anew"
    assert capsys.readouterr().err.count("\n") == 1


def test_a_cache_that_nobody_knows_of_leaves_its_file(tmp_path: Path) -> None:
    """Python 3.13 warns of each connection that is still open then, and a test fails at the next warning."""
    kept = Cache(tmp_path / "kept.sqlite")
    kept.value("name", str, lambda: "right")
    assert kept.has("name")
    table = kept._connection
    assert table.execute("SELECT 1").fetchall() == [(1,)]
    del kept
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        table.execute("SELECT 1")


@pytest.mark.parametrize("damage", ["content = 'text'", "content = NULL", "used = 'x'", "checked = NULL", "name = 5"])
def test_a_row_of_another_kind_is_made_anew(tmp_path: Path, damage: str) -> None:
    kept = Cache(tmp_path / "kept.sqlite")
    kept.value("name", str, lambda: "right")
    kept.close()
    with closing(sqlite3.connect(kept.file)) as table, table:
        table.execute(f"UPDATE kept SET {damage}")
    for is_ahead in (False, True):
        again = Cache(kept.file)
        again.read_ahead(["name"] if is_ahead else [])
        assert again.value("name", str, lambda: "made anew") == "made anew"


def test_a_file_of_another_version_is_begun_anew(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    file = tmp_path / "kept.sqlite"
    with closing(sqlite3.connect(file)) as table:
        table.execute("CREATE TABLE kept (name TEXT PRIMARY KEY, used INTEGER, content BLOB)")
        table.execute("INSERT INTO kept VALUES ('name', 1, ?)", [pickle.dumps("planted")])
        table.commit()
    assert Cache(file).value("name", str, lambda: "made anew") == "made anew"
    assert "begun anew" in capsys.readouterr().err


def broken_by_a_folder(file: Path) -> None:
    file.mkdir(parents=True)


def broken_by_a_file(file: Path) -> None:
    file.parent.write_text("in the way")


@pytest.mark.parametrize("hinder", [broken_by_a_folder, broken_by_a_file])
def test_a_build_goes_on_without_a_cache_and_says_so_once(tmp_path: Path, hinder: Callable[[Path], None]) -> None:
    project = Project(tmp_path / "project")
    expected = project.cold()
    assert isinstance(expected, dict)
    for name in ("pages", "social"):
        file = project.folder / f".cache/{name}.sqlite"
        shutil.rmtree(file.parent, ignore_errors=True) if name == "pages" else None
        if not file.parent.is_file():
            hinder(file)
    run = programs.run(*arguments(project, project.folder / "warm"), env=ENVIRONMENT)
    said = [line for line in run.stderr.splitlines() if "goes on without its cache" in line]
    without = 3 if hinder is broken_by_a_file else 2  # The folder of all, or the two named above.
    assert (run.returncode, len(said), "Traceback" in run.stderr) == (0, without, False), run.stderr
    assert contents(project.folder / "warm") == expected


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux")
def test_a_full_disk_does_not_stop_a_cache(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    kept = Cache(tmp_path / "kept.sqlite")
    kept.write("one", b"1")
    kept.close()
    kept._connection.execute("PRAGMA max_page_count = 2")
    for number in range(2 * BATCH // 90_000):
        assert kept.value(f"{number}", bytes, lambda: b"x" * 90_000) == b"x" * 90_000
    kept.close()
    assert "goes on without its cache" in capsys.readouterr().err


class Planted:
    """What runs when a pickle of it is read."""

    def __reduce__(self) -> tuple:
        return os.mkdir, ("planted",)


def test_nothing_in_a_cache_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    kept = Cache(tmp_path / "kept.sqlite")
    kept.write("name", pickle.dumps(Planted()))
    assert kept.value("name", str, lambda: "made anew") == "made anew"
    pickle.loads(pickle.dumps(Planted()))  # It would have been seen.
    assert (tmp_path / "planted").exists()


def test_a_value_of_another_shape_is_made_anew(tmp_path: Path) -> None:
    kept = Cache(tmp_path / "kept.sqlite")
    kept.store("name", {"a": 1})
    assert kept.value("name", str, lambda: "made anew") == "made anew"


def test_the_file_may_be_deleted_at_any_time(tmp_path: Path) -> None:
    kept = Cache(tmp_path / "below/kept.sqlite")
    for number in range(2):
        kept.write(f"{number}", b"1" * BATCH)
    shutil.rmtree(tmp_path / "below")
    assert kept.get("two", lambda: b"2") == b"2"
    kept.close()
    assert Cache(kept.file or tmp_path / "x").get("two", lambda: b"anew") in (b"2", b"anew")


@pytest.mark.parametrize(("limit", "most"), [(200_000, 1_000_000), (1_000_000, 200_000)])
def test_what_has_not_been_used_for_longest_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int, most: int
) -> None:
    """What was kept while the clock was ahead is no newer than what has been since, and had stayed for ever."""
    now = time.time()
    for day in (*range(100, 103), *range(20)):
        monkeypatch.setattr(time, "time", lambda day=day: now + day * 2 * DAY)
        today = Cache(tmp_path / "kept.sqlite")
        today.write(f"day {day}", b"x" * 10_000)
        today.close()
    kept = Cache(tmp_path / "kept.sqlite", limit=limit)
    kept.read("day 0")
    kept.read("day 100")
    kept.trim(most)
    there = {day for day in range(103) if kept.read(f"day {day}")}
    assert there == {0, 100, *range(min(there - {0}), 20)}
    assert 5 < len(there) < 15


def test_a_build_keeps_no_more_than_so_many_pages_need(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the file would hold what each version of the code has made, and each run of a workflow would fetch all."""
    project = built(tmp_path, preview=True)
    file = project.folder / ".cache/pages.sqlite"
    kept = Cache(file)
    with monkeypatch.context() as before:
        before.setattr(time, "time", lambda: 0.0)
        for number in range(30):
            kept.write(f"old {number}", bytes(1_000_000))
        kept.close()
    assert isinstance(project.warm(), dict)
    assert all(kept.has(f"old {number}") for number in range(30))
    kept.close()
    monkeypatch.setattr("knowledge.build.KEPT", 1_000_000)
    monkeypatch.setattr("knowledge.build.KEPT_OF_A_PAGE", 200_000)
    assert isinstance(project.warm(), dict)
    assert sum(kept.has(f"old {number}") for number in range(30)) < 20
    kept.close()


def test_a_trace_stops_at_the_first_answer_that_differs() -> None:
    asked = []

    def fingerprint_of(kind: str, about: str) -> str:
        asked.append(about)
        if about == "gone":
            raise KeyError(about)
        return {"a": "1", "b": "2"}[about]

    def trace(*pairs: tuple[str, str]) -> Trace:
        return Trace(tuple((("card", about), known) for about, known in pairs), "key")

    assert trace(("a", "1"), ("b", "2")).is_verified(fingerprint_of)
    asked.clear()
    assert not trace(("a", "other"), ("b", "2")).is_verified(fingerprint_of)
    assert asked == ["a"]
    assert not trace(("a", "1"), ("gone", "3")).is_verified(fingerprint_of)


def test_what_has_no_fingerprint_is_refused() -> None:
    with pytest.raises(TypeError, match=r"no fingerprint: .*object"):
        digest([object()])


def test_a_new_folder_takes_pages_from_the_site_and_never_writes_into_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = built(tmp_path / "project")
    site, other = project.folder / "warm", project.folder / ".warm-other"
    before = project.warm()
    assert isinstance(before, dict)
    shutil.rmtree(other)
    monkeypatch.setattr(Staging, "publish", lambda *a: None)  # as if it were killed just before
    EDITS["title"].do(project)
    assert project.warm() == before, "the site was written into"
    made = contents(other)
    edited = "alliancen/reparation/index.html"
    assert made[edited] != before[edited]
    shared = {path for path in before.keys() & made.keys() if (site / path).samefile(other / path)}
    assert {"en/about/index.html", "social/en/alliance/repair.jpg"} <= shared
    monkeypatch.undo()
    assert project.warm() == project.cold()
    (site / "en/about/index.html").write_text("by hand", "utf-8")
    assert project.warm() == project.cold()
    assert project.warm() == project.cold(), "of the folder that was the site's before"
