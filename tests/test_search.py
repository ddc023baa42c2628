"""Search: what is built into the index, how the dialog behaves, and what readers find, in Chromium on built sites."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import Browser, Page, expect

from conftest import ROOT, SITE, build, built, serve
from knowledge.article import LANGUAGES
from knowledge.compound import Vocabulary
from knowledge.library import Library
from knowledge.search import WORDS, added_words
from knowledge.view import read_strings

STRINGS = read_strings(ROOT / "overrides/strings")
VOCABULARY = Vocabulary.of(["stress trappe trappen samtale terapi brud alliance arbejde plads være"], ["være"])


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("stresstrappen", ("stress", "trappen")),
        ("arbejdsplads", ("arbejds", "plads")),
        ("alliancebruddet", ("alliance", "bruddet")),
        ("terapisamtale", ("terapi", "samtale")),
        ("stressterapisamtalerne", ("stress", "terapisamtalerne", "terapi", "samtalerne")),
        ("samværet", ()),
        ("trapperne", ()),
        ("terapi", ()),
        ("ukendtsamtale", ()),
        ("", ()),
    ],
)
def test_a_compound_is_split_into_words_of_the_site(word: str, parts: tuple[str, ...]) -> None:
    assert VOCABULARY.parts(word) == parts


def test_added_words_are_spellings_parts_and_terms_with_weights() -> None:
    body = html.fromstring("<article><h1>Søvn</h1><p>Søvn, få hjælp på stresstrappen.</p></article>")
    added = added_words(body, "da", [("rapport, kemi", 6), ("kemi", 4)], VOCABULARY)
    assert added == {
        "soevn": 8,  # 7 in the heading and 1 below it
        "sovn": 8,
        "hjaelp": 1,
        "stress": 1,
        "trappen": 1,
        "rapport": 6,
        "kemi": 6,
    }


def fragments(site: Path) -> dict[str, dict]:
    """What the index holds of each page, by path."""
    found = {}
    for file in (site / "pagefind/fragment").iterdir():
        data = json.loads(gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd"))
        found[data["url"]] = data
    return found


def visible(fragment: dict) -> str:
    """The page's own words, as far as excerpts reach."""
    (end,) = (a["location"] for a in fragment["anchors"] if a["id"] == WORDS)
    return " ".join(fragment["content"].split()[:end])


def test_the_index_holds_articles_and_nothing_around_them(small_site: Path) -> None:
    found = fragments(small_site)
    assert "/alliancen/reparation/" in found
    assert "/en/alliance/repair/" in found
    for lists_only in ("/", "/en/", "/soeg/", "/artikler/", "/spoergsmaal/", "/404.html"):
        assert lists_only not in found
    around = [
        "contents",
        "main_menu",
        "latest",
        "read_more",
        "newsletter_feeds",
        "share",
        "skip",
        "footer_note",
    ]
    for path, fragment in found.items():
        words = STRINGS["en" if path.startswith("/en/") else "da"]
        for key in around:
            assert words[key] not in fragment["content"], f"{path} holds “{words[key]}”"
        assert visible(fragment).startswith(fragment["meta"]["title"]), path


def test_added_words_stand_in_no_page_and_in_no_excerpt(small_site: Path) -> None:
    fragment = fragments(small_site)["/alliancen/reparation/"]
    assert " spoergsmaal " in fragment["content"]
    assert "spoergsmaal" not in visible(fragment)
    page = (small_site / "alliancen/reparation/index.html").read_text("utf-8")
    assert WORDS not in page
    assert "spoergsmaal " not in html.fromstring(page).xpath("string(//body)")


def test_all_pages_have_the_same_fields(small_site: Path) -> None:
    """Pagefind numbers a page's fields by the page and reads them by the site."""
    assert {tuple(sorted(f["meta"])) for f in fragments(small_site).values()} == {
        ("description", "kind", "title", "topic")
    }


def test_the_site_carries_only_what_the_search_needs(small_site: Path) -> None:
    names = {p.name.split(".", 1)[-1] for p in (small_site / "pagefind").rglob("*") if p.is_file()}
    assert {n for n in names if n.endswith((".css", "ui.js"))} == set()
    assert not list((small_site / "pagefind").rglob("*ui*"))


def test_a_template_that_lost_its_marking_stops_the_build(docs: Path, tmp_path: Path) -> None:
    config = {
        "INHERIT": str(SITE / "mkdocs.yml"),
        "docs_dir": str(docs),
        "theme": {"custom_dir": str(tmp_path / "overrides")},
        "hooks": [str(ROOT / "hooks/main.py")],
    }
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(config))
    shutil.copytree(ROOT / "overrides", tmp_path / "overrides")
    template = tmp_path / "overrides/topic.html"
    template.write_text(template.read_text("utf-8").replace(" data-pagefind-body", ""), "utf-8")
    result = build(tmp_path / "mkdocs.yml", tmp_path / "site")
    assert result.returncode
    assert (
        "overrides/topic.html:1:1 search 0 elements of /alliancen/ are marked data-pagefind-body"
        in result.stdout + result.stderr
    )


def test_a_preview_has_no_index_and_says_so(chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREVIEW", "true")
    site = built(SITE / "mkdocs.yml", tmp_path / "site")
    assert not (site / "pagefind").exists()
    for url in serve(site):
        page = chromium.new_page()
        page.goto(url)
        page.keyboard.press("/")
        expect(page.get_by_role("dialog")).to_contain_text("kun på den byggede side")
        expect(page.locator(".finder__failed a")).to_have_attribute("href", "/artikler/")
        page.close()


# --- The dialog and the page ----------------------------------------------------------------


@pytest.fixture
def wide(chromium: Browser) -> Iterator[Page]:
    """A page on which no script may fail and nothing may break the security policy."""
    page = chromium.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type != "log" else None)
    page.on("dialog", lambda dialog: errors.append(dialog.message))
    yield page
    page.close()
    assert errors == []


def results(page: Page):
    """The found pages."""
    return page.locator(".finder__result > .finder__title")


@pytest.mark.parametrize("key", ["/", "Control+k", "link"])
def test_the_dialog_opens_and_closes(wide: Page, small_url: str, key: str) -> None:
    wide.goto(f"{small_url}/alliancen/reparation/")
    if key == "link":
        wide.locator("[data-search]").click()
    else:
        wide.keyboard.press(key)
    dialog = wide.get_by_role("dialog", name="Søg på Trinvis")
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    expect(dialog.get_by_role("searchbox")).to_have_value("")
    expect(dialog.get_by_role("link", name="Få hjælp")).to_be_visible()
    wide.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()


def test_a_slash_in_a_field_is_a_slash(wide: Page, small_url: str) -> None:
    wide.goto(f"{small_url}/spoergsmaal/")
    wide.locator("#filter").press("/")
    expect(wide.locator("#filter")).to_have_value("/")
    expect(wide.get_by_role("dialog")).not_to_be_visible()


def test_arrows_and_enter_lead_to_a_page(wide: Page, small_url: str) -> None:
    wide.goto(small_url)
    wide.keyboard.press("/")
    wide.keyboard.type("reparationen")
    expect(results(wide).first).to_have_text("Reparation efter et brud")
    field = wide.get_by_role("searchbox")
    wide.keyboard.press("ArrowDown")
    expect(results(wide).first).to_be_focused()
    wide.keyboard.press("ArrowDown")
    expect(results(wide).first).not_to_be_focused()
    wide.keyboard.press("ArrowUp")
    wide.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    wide.keyboard.press("ArrowDown")
    wide.keyboard.press("Enter")
    expect(wide).to_have_url(f"{small_url}/alliancen/reparation/")


def test_enter_in_the_field_leads_to_the_search_page(wide: Page, small_url: str) -> None:
    wide.goto(f"{small_url}/en/")
    wide.keyboard.press("/")
    wide.keyboard.type("ruptures")
    wide.keyboard.press("Enter")
    expect(wide).to_have_url(f"{small_url}/en/search/?q=ruptures")
    expect(results(wide).first).to_have_text("Repair after a rupture")


def test_a_found_question_opens_its_answer(wide: Page, small_url: str) -> None:
    wide.goto(small_url)
    wide.keyboard.press("/")
    wide.keyboard.type("kan jeg skifte terapeut?")
    question = wide.locator(".finder__sections li", has_text="Kan jeg skifte terapeut?")
    expect(question.locator(".finder__question")).to_have_text("Spørgsmål")
    question.get_by_role("link").click()
    expect(wide).to_have_url(f"{small_url}/alliancen/reparation/#change-therapist")
    expect(wide.locator("details[open] #change-therapist")).to_be_in_viewport()


def test_a_question_of_the_page_one_is_on_opens_too(wide: Page, small_url: str) -> None:
    wide.goto(f"{small_url}/alliancen/reparation/")
    wide.keyboard.press("/")
    wide.keyboard.type("skifte terapeut")
    wide.locator(".finder__sections a", has_text="Kan jeg skifte terapeut?").click()
    expect(wide.get_by_role("dialog")).not_to_be_visible()
    expect(wide.locator("details[open] #change-therapist")).to_be_in_viewport()


def test_a_topic_narrows_the_results(wide: Page, small_url: str) -> None:
    wide.goto(f"{small_url}/soeg/?q=kilder+brud+rapport")
    expect(results(wide).filter(has_text="Rapport")).to_have_count(1)
    wide.get_by_label("Emne").select_option("Alliancen")
    expect(results(wide).filter(has_text="Rapport")).to_have_count(0)
    expect(results(wide).filter(has_text="Reparation")).to_have_count(1)
    expect(wide).to_have_url(f"{small_url}/soeg/?q=kilder+brud+rapport&topic=Alliancen")
    wide.reload()
    expect(wide.get_by_label("Emne")).to_have_value("Alliancen")
    expect(results(wide).filter(has_text="Rapport")).to_have_count(0)


def test_nothing_found_offers_topics_and_the_glossary(wide: Page, small_url: str) -> None:
    wide.goto(f"{small_url}/soeg/?q=xqzzvw")
    expect(wide.get_by_role("status")).to_have_text("Ingen sider passer til din søgning.")
    offered = wide.locator(".finder__none a")
    expect(offered.filter(has_text="Alliancen")).to_be_visible()
    expect(offered.filter(has_text="Ordliste")).to_be_visible()


def test_only_the_readers_language_is_searched_with_a_way_to_the_other(wide: Page, small_url: str) -> None:
    wide.goto(f"{small_url}/en/search/?q=rapport")
    expect(results(wide).first).to_be_visible()
    for link in wide.locator(".finder__results a").all():
        assert link.get_attribute("href").startswith("/en/")
    wide.get_by_role("link", name="Søg på dansk").click()
    expect(wide).to_have_url(f"{small_url}/soeg/?q=rapport")
    expect(results(wide).first).to_be_visible()
    for link in wide.locator(".finder__results a").all():
        assert not link.get_attribute("href").startswith("/en/")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", ""),
        ("   ", ""),
        ("a", "Skriv mindst to bogstaver."),
        ("ø", "Skriv mindst to bogstaver."),
        ("reparation " * 1000, "sider?."),
        ("q" * 10_000, "Ingen sider"),
        ("<img src=x onerror=alert(1)><script>alert(1)</script>", ""),
        ('"reparation"', "sider?."),
        ("\"'`\\", "Ingen sider"),
        ("🙂🙂", "Ingen sider"),
        ("reparation 🙂", "sider?."),
        ("og det er så", ""),
        ("__proto__ constructor", ""),
        ("100 % & ?q=#", ""),
    ],
    ids=(
        "empty,blanks,one letter,one ø,10000 letters,one long word,HTML,in quotes,quotes only,emoji only,"
        "word and emoji,function words,names of JavaScript,signs of addresses"
    ).split(","),
)
def test_whatever_is_typed_is_answered_in_words(wide: Page, small_url: str, query: str, said: str) -> None:
    wide.goto(f"{small_url}/soeg/")
    wide.get_by_role("searchbox").fill("stress")
    expect(results(wide).first).to_be_visible()
    wide.get_by_role("searchbox").fill(query)
    if said:
        expect(wide.get_by_role("status")).to_have_text(re.compile(said))
    if len(query.strip()) < 2:
        expect(results(wide)).to_have_count(0)
        expect(wide.get_by_role("status")).to_have_text(said)
    wide.wait_for_timeout(300)
    expect(wide.locator(".finder img, .finder script")).to_have_count(0)
    assert len(wide.url) < 3000


@pytest.mark.parametrize("broken", ["**/pagefind.js", "**/*.pf_meta", "**/*.pf_fragment"])
def test_without_its_index_the_search_offers_the_list(chromium: Browser, small_url: str, broken: str) -> None:
    page = chromium.new_page()
    page.route(broken, lambda route: route.abort())
    page.goto(f"{small_url}/en/")
    page.keyboard.press("/")
    page.keyboard.type("repair")
    expect(page.locator(".finder__failed")).to_be_visible()
    page.locator(".finder__failed a").click()
    expect(page).to_have_url(f"{small_url}/en/articles/")
    page.close()


def test_offline_the_search_says_so_and_works_again_online(chromium: Browser, small_url: str) -> None:
    page = chromium.new_page()
    page.goto(small_url)
    page.context.set_offline(True)
    page.keyboard.press("/")
    page.keyboard.type("repa")
    expect(page.locator(".finder__failed")).to_be_visible()
    page.context.set_offline(False)
    page.keyboard.type("ration")
    expect(results(page).first).to_have_text("Reparation efter et brud")
    expect(page.locator(".finder__failed")).not_to_be_visible()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_dialog(chromium: Browser, small_url: str, scheme: str) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    page.goto(f"{small_url}/en/alliance/repair/")
    page.keyboard.press("/")
    for query, shown in (("rupture repair", ".finder__results mark"), ("xqzzvw", ".finder__none a")):
        page.get_by_role("searchbox").fill(query)
        expect(page.locator(shown).first).to_be_visible()
        assert Axe().run(page, context="dialog").response["violations"] == []
        assert page.evaluate("document.querySelector('dialog').scrollWidth") <= 320
    page.close()


def test_an_older_search_never_overtakes_a_newer(wide: Page, small_url: str) -> None:
    wide.goto(f"{small_url}/soeg/?q=reparation")
    expect(results(wide).first).to_have_text("Reparation efter et brud")
    wide.evaluate(
        """() => { const field = document.querySelector('.finder [name=q]')
        for (const text of ['reparation', 'brud', '']) {
          field.value = text
          field.dispatchEvent(new Event('input'))
        } }"""
    )
    expect(results(wide)).to_have_count(0)
    expect(wide.get_by_role("status")).to_have_text("")


def test_without_javascript_the_list_leads_to_every_article(page: Page, small_url: str, request) -> None:
    page.goto(small_url)
    if "without" not in request.node.callspec.id:
        return
    page.locator("[data-search]").click()
    expect(page).to_have_url(f"{small_url}/soeg/")
    expect(page.get_by_role("searchbox")).not_to_be_visible()
    library, _ = Library.read(SITE / "docs")
    expect(page.locator(".index a")).to_have_count(len(library.of_kind("article")))


def test_the_search_works_below_a_path(chromium: Browser, tmp_path: Path) -> None:
    site = built(SITE / "mkdocs.yml", tmp_path / "host/repo", "https://user.example/repo/")
    for url in serve(site.parent):
        page = chromium.new_page()
        page.goto(f"{url}/repo/en/")
        page.keyboard.press("/")
        page.keyboard.type("rupture")
        expect(results(page).first).to_have_attribute("href", "/repo/en/alliance/repair/")
        page.close()


def test_the_graph_names_the_search(small_site: Path) -> None:
    for path, address in (("", "soeg/"), ("en/", "en/search/")):
        page = html.fromstring((small_site / path / "index.html").read_text("utf-8"))
        graph = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))["@graph"]
        (action,) = (node["potentialAction"] for node in graph if node["@type"] == "WebSite")
        assert action["@type"] == "SearchAction"
        assert action["target"]["urlTemplate"] == f"http://127.0.0.1:8000/{address}?q={{search_term_string}}"


# --- What readers find ----------------------------------------------------------------------

JUDGED = {lang: yaml.safe_load((ROOT / f"tests/search/judged.{lang}.yml").read_text("utf-8")) for lang in LANGUAGES}
FIND = """async (queries) => {
  const box = document.querySelector('.finder')
  const finder = await import(box.dataset.finder)
  await finder.open(box.dataset.index, 0)
  const skip = new Set(box.dataset.skip.split(' '))
  const found = []
  for (const query of queries) {
    const { results } = await finder.find(query, skip, '')
    found.push(await Promise.all(results.slice(0, 10).map(async (page) => (await page.load()).url)))
  }
  return found
}"""


def ranks(found: dict[str, list[str]], judged: dict[str, dict[str, list[str]]], paths: dict[str, str]) -> dict:
    """The place of the first right page of each query, from 1, or None where it is not among ten."""
    return {
        (kind, query): next((i for i, path in enumerate(found[query], 1) if path in {paths[k] for k in keys}), None)
        for kind, queries in judged.items()
        for query, keys in queries.items()
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_readers_find_what_they_look_for(chromium: Browser, real_url: str, lang: str) -> None:
    library, _ = Library.read(ROOT / "docs")
    paths = {key: "/" + library.path(article, lang) for key, article in library.articles.items()}
    queries = [query for group in JUDGED[lang].values() for query in group]
    assert len(queries) >= 60
    page = chromium.new_page()
    page.goto(f"{real_url}{paths['search']}")
    found = dict(zip(queries, page.evaluate(FIND, queries), strict=True))
    page.close()
    places = ranks(found, JUDGED[lang], paths)
    success = sum(1 for place in places.values() if place and place <= 3) / len(places)
    reciprocal = sum(1 / place for place in places.values() if place) / len(places)
    missed = {query: (place, found[query][:3]) for (_, query), place in places.items() if place != 1}
    assert success >= 0.95, f"success@3 {success:.3f}: {missed}"
    assert reciprocal >= 0.85, f"mean reciprocal rank {reciprocal:.3f}: {missed}"
