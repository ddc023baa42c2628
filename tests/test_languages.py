"""Languages come from mkdocs.yml: a third one, one alone, and what is told where one is missing."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree, html

from conftest import ROOT, SITE, build, built, configured
from knowledge.checks.check import check, check_site
from knowledge.content.library import Library
from knowledge.content.settings import languages_of
from knowledge.core.language import Languages, letters, locale_name, sort_key, with_numbers_bound
from knowledge.tools.new import make
from knowledge.tools.translated import main as translated

THREE = ROOT / "tests/site-three"
"""What tests/site says in German."""
GERMAN = yaml.safe_load((THREE / "data.yml").read_text("utf-8"))
LANGUAGES = ("da", "en", "de")
ADDRESSES = {"da": "alliancen/reparation/", "en": "en/alliance/repair/", "de": "de/allianz/reparatur/"}
"""Of one article."""
URL = "http://127.0.0.1:8000/"


def site_in(folder: Path, *languages: str) -> Path:
    """A copy of tests/site with its own overrides and these languages; returns its mkdocs.yml."""
    config = configured(folder, {})
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    settings = json.loads(config.read_text("utf-8"))
    named = [{"locale": lang, "name": lang, "default": lang == languages[0]} for lang in languages]
    i18n = {
        "docs_structure": "suffix",
        "fallback_to_default": False,
        "reconfigure_material": False,
        "languages": named,
    }
    settings |= {"theme": {"custom_dir": str(folder / "overrides")}, "plugins": [{"i18n": i18n}]}
    config.write_text(json.dumps(settings), "utf-8")
    return config


def in_german(folder: Path) -> None:
    """Add the German pages, data and words to such a copy."""
    docs = folder / "docs"
    for page in THREE.rglob("*.de.md"):
        shutil.copy(page, docs / page.relative_to(THREE))
    for page in docs.glob("newsletter-*.en.md"):
        (docs / page.name.replace(".en.", ".de.")).write_text(
            page.read_text("utf-8").replace(".en.md", ".de.md"), "utf-8"
        )
    data = {name: yaml.safe_load((docs / f"data/{name}.yml").read_text("utf-8")) for name in ("concepts", "sources")}
    for key, record in data["concepts"].items():
        record["de"] = GERMAN["concepts"][key]
    for key, record in data["sources"].items():
        record["shows"]["de"] = GERMAN["sources"][key]
    data["help"] = yaml.safe_load((docs / "data/help.yml").read_text("utf-8"))
    for line in data["help"]:
        line["de"] = GERMAN["help"][line["key"]]
    data["crisis-words"] = yaml.safe_load((docs / "data/crisis-words.yml").read_text("utf-8"))
    data["crisis-words"]["de"] = GERMAN["crisis-words"]
    data["people"] = yaml.safe_load((docs / "data/people.yml").read_text("utf-8"))
    for person in data["people"].values():
        person["de"] = {**GERMAN["people"]}  # its own, or YAML writes a reference
    for name, records in data.items():
        (docs / f"data/{name}.yml").write_text(yaml.safe_dump(records, allow_unicode=True, sort_keys=False), "utf-8")
    words = yaml.safe_load((folder / "overrides/strings/en.yml").read_text("utf-8")) | GERMAN["strings"]
    text = yaml.safe_dump(words, allow_unicode=True, sort_keys=False, width=10_000)
    (folder / "overrides/strings/de.yml").write_text(text, "utf-8")


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder of a site in three languages, and the site."""
    folder = tmp_path_factory.mktemp("three")
    config = site_in(folder, *LANGUAGES)
    in_german(folder)
    return folder, built(config, folder / "site")


def page(site: Path, address: str) -> Any:
    return html.fromstring((site / address / "index.html").read_text("utf-8"))


def test_every_page_of_the_original_is_there_in_each_language(three: tuple[Path, Path]) -> None:
    folder, site = three
    library = Library.load(folder / "docs")
    assert library.languages == LANGUAGES
    assert all(article.written == LANGUAGES for article in library.articles.values())
    for article in library.articles.values():
        for lang in LANGUAGES:
            path = library.path(article, lang)
            file = site / path / ("index.html" if not path.endswith(".html") else "")
            assert html.parse(str(file)).getroot().get("lang") == lang, path
    assert library.path(library["alliance/repair"], "de") == ADDRESSES["de"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_leads_to_the_others_in_their_own_words(three: tuple[Path, Path], lang: str) -> None:
    shown = page(three[1], ADDRESSES[lang])
    strings = {
        code: yaml.safe_load((three[0] / f"overrides/strings/{code}.yml").read_text("utf-8")) for code in LANGUAGES
    }
    others = [code for code in LANGUAGES if code != lang]
    switch = shown.xpath('//a[@class="masthead__language"]')
    assert [(a.get("hreflang"), a.get("lang"), a.get("href")) for a in switch] == [
        (code, code, f"/{ADDRESSES[code]}") for code in others
    ]
    assert [" ".join(a.text_content().split()) for a in switch] == [strings[code]["read_here"] for code in others]
    assert len({strings[code]["read_here"] for code in LANGUAGES}) == 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_machines_are_told_of_all_languages(three: tuple[Path, Path], lang: str) -> None:
    shown = page(three[1], ADDRESSES[lang])
    alternates = {a.get("hreflang"): a.get("href") for a in shown.xpath('//link[@rel="alternate"][@hreflang]')}
    assert alternates == {code: f"{URL}{path}" for code, path in ADDRESSES.items()} | {
        "x-default": URL + ADDRESSES["da"]
    }
    locales = {code: shown.xpath(f'//meta[@property="og:locale{code}"]/@content') for code in ("", ":alternate")}
    named = {"da": "da_DK", "en": "en_GB", "de": "de_DE"}
    assert locales == {"": [named[lang]], ":alternate": [named[code] for code in LANGUAGES if code != lang]}
    graph = json.loads(shown.xpath('//script[@type="application/ld+json"]/text()')[0])["@graph"]
    (article,) = [node for node in graph if node["@type"] == "Article"]
    ids = {code: {"@id": f"{URL}{path}#article"} for code, path in ADDRESSES.items()}
    if lang == "da":
        assert article["workTranslation"] == [ids["en"], ids["de"]]
    else:
        assert article["translationOfWork"] == ids["da"]


def test_sitemap_feeds_search_and_redirects_know_all_languages(three: tuple[Path, Path]) -> None:
    site = three[1]
    urls = etree.parse(str(site / "sitemap.xml")).getroot()
    found = {
        url[0].text: [link.get("hreflang") for link in url if link.tag.endswith("link")]
        for url in urls
        if url[0].text in {URL + path for path in ADDRESSES.values()}
    }
    assert found == {URL + path: [*LANGUAGES, "x-default"] for path in ADDRESSES.values()}
    for lang, folder in (("da", ""), ("en", "en/"), ("de", "de/")):
        feed = json.loads((site / folder / "feed.json").read_text("utf-8"))
        assert feed["language"] == lang
        assert f"{URL}{ADDRESSES[lang]}" in {item["url"] for item in feed["items"]}
        assert lang in etree.parse(str(site / folder / "feed.atom")).getroot().values()
        assert (site / f"social/{lang}.jpg").is_file()
    entry = json.loads((site / "pagefind/pagefind-entry.json").read_text("utf-8"))
    counts = {lang: about["page_count"] for lang, about in entry["languages"].items()}
    assert set(counts) == set(LANGUAGES)
    assert len(set(counts.values())) == 1
    short = json.loads(gzip.decompress((site / "pagefind/words.de.gz").read_bytes()))["words"]
    known = [""]  # Each is written without what it has in common with the one before.
    for alike, rest in re.findall(r"(\d)(\D*)", short):
        known.append(known[-1][: int(alike)] + rest)
    assert "stresstreppe" in known
    assert len(known) == len({*known})
    redirects = (site / "_redirects").read_text("utf-8").splitlines()
    assert [line.split()[1] for line in redirects[-3:]] == ["/de/404.html", "/en/404.html", "/404.html"]
    assert (site / "de/nlp-werkzeuge").is_dir()
    assert page(site, "de/rapport/kontakt").xpath("//a/@href") == ["/de/nlp-werkzeuge/rapport/"]


def test_search_glossary_and_404_lead_to_each_other_language(three: tuple[Path, Path]) -> None:
    site = three[1]
    others = page(site, "en/search").xpath('//*[@class="finder__other"]/a')
    assert [(a.get("lang"), a.text_content()) for a in others] == [("da", "Søg på dansk"), ("de", "Auf Deutsch suchen")]
    lost = html.parse(str(site / "de/404.html")).getroot()
    assert [p.get("lang") for p in lost.xpath("//main//p[@lang]")] == ["da", "en"]
    terms = page(site, "de/woerter").xpath("//summary[.//dfn='Stresstreppe']//span[@lang]")
    assert [(span.get("lang"), span.text) for span in terms] == [("da", "stresstrappen"), ("en", "stress ladder")]


def test_the_related_lists_are_the_same_in_all_three(three: tuple[Path, Path]) -> None:
    library = Library.load(three[0] / "docs")
    keys = {
        f"/{library.path(article, lang)}": article.key for article in library.articles.values() for lang in LANGUAGES
    }
    lists = [
        [keys[href] for href in page(three[1], ADDRESSES[lang]).xpath('//section[@class="related"]//a/@href')]
        for lang in LANGUAGES
    ]
    assert lists[0]
    assert lists[0] == lists[1] == lists[2]


def test_a_complete_site_in_three_languages_has_no_problem(three: tuple[Path, Path]) -> None:
    """But that there is no list of German words, and so no dictionary to hold them against; and words that the test
    has copied from the English are told."""
    _, problems = check_site(three[0] / "mkdocs.yml")
    copied = [problem for problem in problems if problem.rule == "strings"]
    assert len(copied) > 20
    assert {(p.file, p.level, p.fix) for p in copied} == {("overrides/strings/de.yml", "warning", "translate it")}
    assert not GERMAN["strings"].keys() & {p.message.split("”")[0].removeprefix("“") for p in copied}
    assert {problem.rule for problem in problems} - {"strings"} <= {"dictionary", "spelling", "word-list"}
    assert len([p for p in problems if "no German dictionary" in p.message]) <= 1


CHANGES = [
    ("no question", "alliance/repair.de.md", "### Was kostet ‚Reparatur‘ & Zeit? {#repair-price}\n", "", "question"),
    ("another number", "alliance/repair.de.md", "unter 5 < 6", "unter 15 < 16", "figures"),
    ("a shared key", "alliance/repair.de.md", "slug: reparatur", "slug: reparatur\ndate: 2026-11-20", "front-matter"),
    ("another source", "nlp-tools/rapport.de.md", "[@bordin1979]", "[@kingston2016]", "parity"),
    ("a link to another language", "alliance/repair.de.md", "rapport.de.md)", "rapport.en.md)", "link"),
    ("a help line's number", "data/help.yml", "Telefon 1813", "Telefon 1814", "help-languages"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "rule"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_a_third_language_is_checked_as_the_second_is(
    three: tuple[Path, Path], tmp_path: Path, file: str, old: str, new: str, rule: str
) -> None:
    docs = shutil.copytree(three[0] / "docs", tmp_path / "docs")
    text = (docs / file).read_text("utf-8")
    assert old in text
    (docs / file).write_text(text.replace(old, new), "utf-8")
    _, problems = check(docs, languages=Languages(LANGUAGES))
    assert rule in {p.rule for p in problems if p.file == f"docs/{file}"}, [str(p) for p in problems]


def test_a_record_says_something_in_every_language(three: tuple[Path, Path], tmp_path: Path) -> None:
    docs = shutil.copytree(three[0] / "docs", tmp_path / "docs")
    file = docs / "data/concepts.yml"
    records = yaml.safe_load(file.read_text("utf-8"))
    del records["stress"]["de"]
    records["rapport"]["fr"] = {"term": "rapport", "definition": "Bon contact."}
    file.write_text(yaml.safe_dump(records, allow_unicode=True, sort_keys=False), "utf-8")
    _, problems = Library.read(docs, languages=Languages(LANGUAGES))
    told = [(p.message, p.fix) for p in problems if p.file == "docs/data/concepts.yml"]
    assert told == [
        ("“stress.de” is missing", "add a line “de: …”"),
        ("“rapport.fr” is not a known key", "did you mean “da”?"),
    ] or [message for message, _ in told] == ["“rapport.fr” is not a known key", "“stress.de” is missing"]


def test_each_translation_has_a_state_of_its_own(
    three: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = shutil.copytree(three[0] / "docs", tmp_path / "docs")
    shutil.copy(three[0] / "mkdocs.yml", tmp_path)
    monkeypatch.chdir(tmp_path)
    assert translated("") == 0
    text = (docs / "alliance/repair.da.md").read_text("utf-8")
    (docs / "alliance/repair.da.md").write_text(text.replace("title: ", "title: Om ", 1), "utf-8")

    def old() -> list[str]:
        _, problems = check(docs, languages=Languages(LANGUAGES))
        return [problem.file for problem in problems if problem.rule == "translation-old"]

    both = ["docs/alliance/repair.de.md", "docs/alliance/repair.en.md"]
    assert old() == both
    assert translated("alliance/repair.en") == 0
    assert old() == both[:1]
    assert translated("alliance/repair.fr") == 1
    assert translated("alliance/repair") == 0
    assert old() == []
    assert ".en" not in (tmp_path / "translations.lock").read_text("utf-8")


def test_an_article_may_wait_for_one_language(tmp_path: Path) -> None:
    config = site_in(tmp_path, *LANGUAGES)
    in_german(tmp_path)
    (tmp_path / "docs/alliance/repair.de.md").unlink()
    for file in (tmp_path / "docs").rglob("*.de.md"):
        file.write_text(file.read_text("utf-8").replace("alliance/repair.de.md", "index.de.md"), "utf-8")
    original = tmp_path / "docs/alliance/repair.da.md"
    twin = "twin: {title: Reparatur, description: Wie ein Bruch heilt., slug: reparatur}"
    original.write_text(original.read_text("utf-8").replace("---\n", f"---\n{twin}\n", 1), "utf-8")
    site = built(config, tmp_path / "site")
    waiting = page(site, ADDRESSES["de"])
    assert waiting.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert [a.get("hreflang") for a in waiting.xpath("//main//article//a[@hreflang]")] == ["da", "en"]
    for lang in ("da", "en"):
        alternates = page(site, ADDRESSES[lang]).xpath('//link[@rel="alternate"]/@hreflang')
        assert alternates == ["da", "en", "x-default"]
    assert URL + ADDRESSES["de"] not in (site / "sitemap.xml").read_text("utf-8")


def test_a_language_is_written_a_page_at_a_time(tmp_path: Path) -> None:
    """With `build: false` its pages and what the data says in it may be there, and nobody sees them."""
    config = site_in(tmp_path, "da", "en")
    settings = json.loads(config.read_text("utf-8"))
    german = {"locale": "de", "name": "Deutsch", "build": False}
    settings["plugins"][0]["i18n"]["languages"].append(german)
    config.write_text(json.dumps(settings), "utf-8")
    assert languages_of(config) == ("da", "en")
    before = built(config, tmp_path / "before")
    docs = tmp_path / "docs"
    shutil.copy(THREE / "alliance/repair.de.md", docs / "alliance")
    for name, where in (("concepts", lambda record: record), ("sources", lambda record: record["shows"])):
        file = docs / f"data/{name}.yml"
        records = yaml.safe_load(file.read_text("utf-8"))
        key = next(iter(records))
        where(records[key])["de"] = GERMAN[name][key]
        file.write_text(yaml.safe_dump(records, allow_unicode=True, sort_keys=False), "utf-8")
    _, problems = check_site(config)
    assert [str(problem) for problem in problems if problem.level == "error"] == []
    after = built(config, tmp_path / "after")
    pages = [{path.relative_to(site) for path in site.rglob("*.html")} for site in (before, after)]
    assert len(pages[0]) > 20
    assert pages[0] == pages[1]
    german["build"] = True
    config.write_text(json.dumps(settings), "utf-8")
    _, problems = check_site(config)
    assert [p.file for p in problems if "has no twin" in p.message and p.fix.endswith("alliance/repair.de.md")] == []
    assert len([p for p in problems if "has no twin" in p.message]) > 5


def test_an_article_in_a_third_language_begins_as_the_original_does(tmp_path: Path) -> None:
    config = site_in(tmp_path, *LANGUAGES)
    printed = make("alliance/new-one", config.parent / "docs", dt.date(2026, 11, 24))
    assert "wrote docs/alliance/new-one.de.md, in Danish\n" in printed
    assert "wrote docs/alliance/new-one.en.md\n" in printed
    texts = {lang: (tmp_path / f"docs/alliance/new-one.{lang}.md").read_text("utf-8") for lang in LANGUAGES}
    own = {lang: yaml.safe_load(text.split("---\n")[1]) for lang, text in texts.items()}
    assert own["de"].keys() == own["en"].keys()
    assert own["da"].keys() > own["de"].keys()
    assert texts["de"].split("---\n")[2] == texts["da"].split("---\n")[2]


def test_one_language_alone(tmp_path: Path) -> None:
    """What the data says in the one that was dropped may stay."""
    config = site_in(tmp_path, "da")
    for file in (tmp_path / "docs").rglob("*.en.md"):
        file.unlink()
    site = built(config, tmp_path / "site")
    shown = page(site, ADDRESSES["da"])
    assert not shown.xpath('//link[@rel="alternate"][@hreflang]')
    assert not shown.xpath('//a[@class="masthead__language"]')
    assert not (site / "en").exists()
    assert "suicid" not in "".join(path.read_text("utf-8") for path in (site / "assets").glob("*.js"))
    assert (site / "_redirects").read_text("utf-8").splitlines()[-1] == "/* /404.html 404"
    entry = json.loads((site / "pagefind/pagefind-entry.json").read_text("utf-8"))
    assert list(entry["languages"]) == ["da"]
    _, problems = check_site(config)
    assert [str(problem) for problem in problems if problem.level == "error"] == []


@pytest.mark.parametrize("is_named", [True, False], ids=["not built", "not named"])
def test_the_sites_own_texts_may_stand_in_one_language(tmp_path: Path, is_named: bool) -> None:
    """Their English words are known, be they quoted or listed, and no list is there for nothing."""
    for name in ("docs", "overrides", "hooks", "published"):
        shutil.copytree(ROOT / name, tmp_path / name)
    english = "        - {locale: en, name: English, build: true}\n"
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert english in settings
    kept = english.replace("true", "false") if is_named else ""
    (tmp_path / "mkdocs.yml").write_text(settings.replace(english, kept), "utf-8")
    for file in () if is_named else (tmp_path / "docs").rglob("*.en.md"):
        file.unlink()
    library, problems = check_site(tmp_path / "mkdocs.yml")
    assert library.languages == ("da",)
    assert [str(problem) for problem in problems] == []


def test_another_language_may_be_the_original(tmp_path: Path) -> None:
    """Then the shared lines stand in its files."""
    docs = tmp_path / "docs"
    docs.mkdir()
    for lang, date in (("en", "\ndate: 2026-11-20"), ("da", "")):
        (docs / f"about.{lang}.md").write_text(f"---\ntitle: T\ndescription: D{date}\n---\nX.\n", "utf-8")
    library, problems = Library.read(docs, languages=Languages(("en", "da")))
    assert problems == []
    about = library["about"]
    assert (about.original.lang, library.path(about, "en"), library.path(about, "da")) == ("en", "about/", "da/about/")
    _, problems = Library.read(docs, languages=Languages(("da", "en")))
    assert [(p.file, p.line) for p in problems] == [("docs/about.en.md", 4)]


UNKNOWN = [
    ("x.fr.md", "“fr” in the file's name is none of the site's languages: da, en"),
    ("x.hr.md", "“hr” in the file's name is none of the site's languages: da, en"),
    ("x.pt-br.md", "“pt-br” in the file's name is none of the site's languages: da, en"),
]


@pytest.mark.parametrize(("name", "message"), UNKNOWN, ids=[name for name, _ in UNKNOWN])
def test_a_file_in_an_unknown_language_is_told_at_its_name(docs: Path, name: str, message: str) -> None:
    (docs / f"alliance/{name}").write_text("---\ntitle: T\n---\n", "utf-8")
    _, problems = check(docs)
    (told,) = [p for p in problems if p.file == f"docs/alliance/{name}"]
    assert told.message == message
    for way in ("call it x.da.md or x.en.md", "mkdocs.yml", f"overrides/strings/{name.split('.')[1][:2]}.yml"):
        assert way in told.fix


def test_a_language_without_words_is_told(tmp_path: Path) -> None:
    config = site_in(tmp_path, *LANGUAGES)
    in_german(tmp_path)
    (tmp_path / "overrides/strings/de.yml").unlink()
    result = build(config, tmp_path / "site")
    assert result.returncode == 1
    expected = "overrides/strings/de.yml:1:1 strings mkdocs.yml names the language “de”, and there are no words for it"
    assert expected in result.stdout + result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    assert expected in "\n".join(map(str, check_site(config)[1]))


def test_a_language_without_pages_is_told_at_each(tmp_path: Path) -> None:
    config = site_in(tmp_path, *LANGUAGES)
    in_german(tmp_path)
    for file in (tmp_path / "docs").rglob("*.de.md"):
        file.unlink()
    _, problems = check_site(config)
    told = [p.fix for p in problems if p.rule == "pair"]
    assert len(told) == len(list((tmp_path / "docs").rglob("*.da.md")))
    assert any(fix.startswith("write docs/alliance/repair.de.md") for fix in told)


def test_languages_are_read_from_mkdocs_yml_and_what_it_inherits(tmp_path: Path) -> None:
    assert languages_of(ROOT / "mkdocs.yml") == ("da", "en")
    assert languages_of(SITE / "mkdocs.yml") == ("da", "en")
    assert languages_of(tmp_path / "mkdocs.yml") == ("da", "en")
    child = site_in(tmp_path, "en", "da")
    assert languages_of(child) == ("en", "da")
    listed = [
        {"locale": "da", "build": False},
        {"locale": "de"},
        {"locale": "en", "default": True},
    ]
    assert Languages.of(listed) == ("en", "de")


def test_what_is_known_of_a_language_is_left_out_where_it_is_not() -> None:
    assert [locale_name(lang) for lang in ("da", "en", "de", "pt-BR", "xx")] == [
        "da_DK",
        "en_GB",
        "de_DE",
        "pt_BR",
        "xx",
    ]
    words = "zoo Ähre Apfel øre".split()
    assert sorted(words, key=lambda word: sort_key(word, "de")) == ["Ähre", "Apfel", "zoo", "øre"]
    assert sorted("år zoo æble øre".split(), key=lambda word: sort_key(word, "da")) == "zoo æble øre år".split()
    assert letters("de") == ""


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Opvarmet: trin 2, når presset begynder", "Opvarmet: trin\N{NO-BREAK SPACE}2, når presset begynder"),
        ("Ring 112 nu", "Ring\N{NO-BREAK SPACE}112 nu"),
        ("Uro, 5 ting", "Uro, 5 ting"),
        ("Stress", "Stress"),
    ],
)
def test_no_line_of_a_heading_begins_with_the_number_of_its_last_word(title: str, shown: str) -> None:
    assert with_numbers_bound(title) == shown


def test_a_language_brings_words_of_its_own_to_the_checks(tmp_path: Path) -> None:
    """Those of its file, and none that stand in code: of a Friday, a copy of ours says that it is no Monday."""
    shutil.copytree(ROOT / "hooks/knowledge", tmp_path / "knowledge")
    asked = (
        "from knowledge.checks.numbers.impossible import impossible\n"
        "from knowledge.checks.rules.citing import TYPED\n"
        "told = [*impossible('Am Montag, dem 20. November 2026.', 'de')]\n"
        "print(len(told), bool(TYPED.search('(Horvath und Luborsky, 1993)')))"
    )

    def answer() -> str:
        return subprocess.run([sys.executable, "-c", asked], cwd=tmp_path, capture_output=True, text=True).stdout

    assert answer() == "0 False\n"
    (tmp_path / "knowledge/core/languages/de.yml").write_text("words: {before_day: dem|den, and: und}\n", "utf-8")
    assert answer() == "1 True\n"
