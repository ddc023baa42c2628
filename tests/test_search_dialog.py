"""The search dialog and the search page, as readers use them, in Chromium."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Route, expect

from conftest import ADDED, SITE, serve
from knowledge.content.library import Library
from test_accessibility import context, violations


@dataclass
class Watched:
    """A page and what went wrong on it."""

    page: Page
    errors: list[str]


def is_wrong(message: ConsoleMessage) -> bool:
    """Chromium warns of a font asked for beforehand that it still has from the page before."""
    return message.type != "log" and not ("/fonts/" in message.text and "was preloaded" in message.text)


@pytest.fixture(scope="module")
def watched(chromium: Browser) -> Iterator[Watched]:
    """A page that the tests use one after another: the search keeps nothing but what stands in the history."""
    watched = Watched(chromium.new_page(), [])
    page, errors = watched.page, watched.errors
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if is_wrong(message) else None)
    page.on("dialog", lambda dialog: errors.append(dialog.message))
    yield watched
    page.context.close()


@pytest.fixture
def wide(watched: Watched) -> Iterator[Page]:
    """A page on which no script may fail and nothing may break the security policy."""
    watched.errors.clear()
    yield watched.page
    watched.page.evaluate("document.title")  # What it says at last is only heard when something is asked of it.
    assert watched.errors == []


@pytest.fixture(scope="module")
def other(chromium: Browser) -> Iterator[Page]:
    """A page on which requests fail, and errors are to be expected."""
    page = chromium.new_page()
    yield page
    page.context.close()


def results(page: Page):
    """The found pages."""
    return page.locator(".finder__result > .finder__title")


TRANSLATED = """() => {
  document.documentElement.lang = "uk";
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), found = [];
  while (texts.nextNode()) if (!texts.currentNode.parentElement.closest("script, style")) found.push(texts.currentNode);
  for (const text of found) {
    const inner = Object.assign(document.createElement("font"), { textContent: text.data });
    const outer = document.createElement("font");
    outer.append(inner);
    text.replaceWith(outer);
  }
}"""
"""What a browser does that translates a page, but for the words."""


def test_the_dialog_opens_and_closes(wide: Page, small_url: str) -> None:
    wide.goto(f"{small_url}/alliancen/reparation/")
    dialog = wide.get_by_role("dialog", name="Søg på Trinvis")
    for key in ("/", "Control+k", "link"):
        if key == "link":
            wide.locator("[data-search]").click()
        else:
            wide.keyboard.press(key)
        expect(dialog.get_by_role("searchbox"), key).to_be_focused()
        expect(dialog.get_by_role("searchbox")).to_have_value("")
        expect(dialog.get_by_role("link", name="Få hjælp")).to_be_visible()
        wide.keyboard.press("Escape")
        expect(dialog, key).not_to_be_visible()


@pytest.mark.parametrize(("moved", "opened"), [(False, True), (True, False)], ids=["waits", "goes on"])
def test_a_slash_before_the_scripts_are_there_opens_the_search(
    chromium: Browser, real_url: str, moved: bool, opened: bool
) -> None:
    """Unless the reader has gone to a field meanwhile."""
    page = chromium.new_page()
    held: list[Route] = []
    page.route("**/site.js*", lambda route: held.append(route))
    with page.expect_request("**/site.js*"):
        page.goto(f"{real_url}/en/", wait_until="commit")
    page.keyboard.type("/")
    page.keyboard.press("Shift")
    if moved:
        page.locator(".hero [name=q]").click()
        page.keyboard.type("a/b")
    page.wait_for_function("performance.getEntriesByType('navigation')[0].loadEventEnd")
    held.pop().continue_()
    page.evaluate(ADDED)
    assert page.locator("dialog.search").evaluate("dialog => dialog.open") is opened
    if opened:
        expect(page.locator("dialog [name=q]")).to_be_focused()
        expect(page.locator("dialog [name=q]")).to_have_value("")
    page.close()


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
    field = wide.get_by_role("dialog").get_by_role("searchbox")
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


def test_a_found_question_is_a_result_and_opens_its_answer(wide: Page, small_url: str) -> None:
    wide.goto(small_url)
    wide.keyboard.press("/")
    wide.keyboard.type("kan jeg skifte terapeut?")
    first = wide.locator(".finder__result").first
    expect(first.locator(".finder__kind")).to_have_text("Spørgsmål")
    expect(first.locator(".finder__page a")).to_have_attribute("href", "/alliancen/reparation/")
    expect(first.locator(".finder__title")).to_have_text("Kan jeg skifte terapeut?")
    first.locator(".finder__title").click()
    expect(wide).to_have_url(f"{small_url}/alliancen/reparation/#change-therapist")
    expect(wide.locator("details[open] #change-therapist")).to_be_in_viewport()


def test_a_question_of_the_page_one_is_on_opens_too(wide: Page, small_url: str) -> None:
    wide.goto(f"{small_url}/alliancen/reparation/")
    wide.keyboard.press("/")
    wide.keyboard.type("skifte terapeut")
    results(wide).filter(has_text="Kan jeg skifte terapeut?").click()
    expect(wide.get_by_role("dialog")).not_to_be_visible()
    expect(wide.locator("details[open] #change-therapist")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("query", "kind", "place"), [("rapport", "Ordliste", "#rapport"), ("bordin", "Kilde", "#source-")]
)
def test_terms_and_sources_are_results_that_lead_to_their_entry(
    wide: Page, small_url: str, query: str, kind: str, place: str
) -> None:
    wide.goto(f"{small_url}/soeg/?q={query}")
    found = wide.locator(".finder__result", has=wide.locator(".finder__kind", has_text=kind)).first
    found.locator(".finder__title").click()
    expect(wide).to_have_url(re.compile(re.escape(place)))
    expect(wide.locator(":target")).to_be_in_viewport()


def test_a_result_says_why_it_stands_there(wide: Page, small_url: str) -> None:
    """The English title is in the Danish index, and nowhere in the page's text."""
    wide.goto(f"{small_url}/soeg/?q=rupture")
    found = wide.locator(".finder__result", has_text="Reparation efter et brud")
    expect(found.locator(".finder__reason")).to_contain_text("Hedder også")
    expect(found.locator(".finder__reason mark").first).to_have_text("rupture")
    expect(found.locator(".finder__excerpt").first).to_contain_text("Et brud i samarbejdet")


def test_no_card_is_without_a_mark(wide: Page, small_url: str) -> None:
    wide.goto(f"{small_url}/soeg/")
    for query in ("rupture", "kontrakt", "terapeut", "skifte psykolog", "trin 4", "reparatoin", "kemi"):
        wide.get_by_role("searchbox").fill(query)
        expect(wide.get_by_role("status")).to_contain_text(f"»{query}«")
        bare = "all => all.filter(card => !card.querySelector('mark')).map(card => card.innerText)"
        assert wide.locator(".finder__result").evaluate_all(bare) == [], query


def test_a_correction_is_said_and_leads_back(wide: Page, small_url: str) -> None:
    wide.goto(f"{small_url}/soeg/?q=reparatoin")
    expect(results(wide).first).to_have_text("Reparation efter et brud")
    expect(wide.locator(".finder__instead")).to_contain_text("i stedet for »reparatoin«")
    wide.get_by_role("button", name="»reparatoin«").click()
    expect(wide.get_by_role("status")).to_have_text("Vi fandt intet om »reparatoin«.")
    expect(results(wide)).to_have_count(0)
    expect(wide.locator(".finder__instead")).not_to_be_visible()


def test_a_word_that_is_not_found_is_said(wide: Page, small_url: str) -> None:
    wide.goto(f"{small_url}/soeg/?q=alliance+xqzzvw")
    expect(wide.get_by_role("status")).to_contain_text("Ikke fundet: xqzzvw.")
    expect(results(wide).first).to_be_visible()


def test_a_step_is_found_by_its_number(wide: Page, small_url: str) -> None:
    wide.goto(f"{small_url}/soeg/")
    for query in ("trin 4", "trin fire", "fjerde trin", "4. trin", "step four"):
        wide.get_by_role("searchbox").fill(query)
        expect(wide.get_by_role("status")).to_contain_text(f"»{query}«")
        expect(results(wide).first, query).to_have_attribute("href", "/stresstrappen/nedsmeltet/")


def test_back_restores_the_dialog_with_query_and_list(wide: Page, small_url: str) -> None:
    wide.goto(f"{small_url}/en/")
    wide.keyboard.press("/")
    wide.keyboard.type("repair")
    results(wide).first.click()
    expect(wide).to_have_url(re.compile("/repair/"))
    wide.go_back()
    expect(wide.get_by_role("dialog").get_by_role("searchbox")).to_have_value("repair")
    expect(results(wide).first).to_be_visible()
    wide.keyboard.press("Escape")
    wide.reload()
    expect(wide.get_by_role("dialog")).not_to_be_visible()


def test_back_restores_the_list_as_far_as_it_was_shown(chromium: Browser, real_url: str) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{real_url}/soeg/?q=stress")
    expect(results(page)).to_have_count(6)
    page.locator(".finder__more").click()
    expect(results(page).nth(7)).to_be_visible()
    shown = results(page).count()
    results(page).nth(7).click()
    page.wait_for_url(lambda url: "/soeg/" not in url)
    page.go_back()
    expect(results(page)).to_have_count(shown)
    expect(results(page).nth(7)).to_be_in_viewport()
    page.close()


def test_a_topic_narrows_the_results(wide: Page, small_url: str) -> None:
    wide.goto(f"{small_url}/soeg/?q=alliance")
    expect(results(wide).filter(has_text="Rapport")).to_have_count(1)
    wide.get_by_label("Emne").select_option("Alliancen")
    expect(results(wide).filter(has_text="Rapport")).to_have_count(0)
    expect(results(wide).filter(has_text="Reparation")).to_have_count(1)
    expect(wide).to_have_url(f"{small_url}/soeg/?q=alliance&topic=Alliancen")
    wide.reload()
    expect(wide.get_by_label("Emne")).to_have_value("Alliancen")
    expect(results(wide).filter(has_text="Rapport")).to_have_count(0)


def test_nothing_found_offers_topics_and_the_glossary(wide: Page, small_url: str) -> None:
    wide.goto(f"{small_url}/soeg/?q=xqzzvw")
    expect(wide.get_by_role("status")).to_have_text("Vi fandt intet om »xqzzvw«.")
    offered = wide.locator(".finder__none a")
    expect(offered.filter(has_text="Alliancen")).to_be_visible()
    expect(offered.filter(has_text="Ordliste")).to_be_visible()
    expect(offered.filter(has_text="Få hjælp")).to_be_visible()
    expect(wide.get_by_role("link", name="Search in English")).to_be_visible()


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


ANYTHING = {
    "empty": ("", ""),
    "blanks": ("   ", ""),
    "one letter": ("a", "Skriv mindst to bogstaver."),
    "one ø": ("ø", "Skriv mindst to bogstaver."),
    "10000 letters": ("reparation " * 1000, "resultat"),
    "one long word": ("q" * 10_000, "Vi fandt intet"),
    "HTML": ("<img src=x onerror=alert(1)><script>alert(1)</script>", "»<img"),
    "in quotes": ('"reparation"', "resultat"),
    "quotes only": ("\"'`\\", "Vi fandt intet"),
    "emoji only": ("🙂🙂", "Vi fandt intet"),
    "word and emoji": ("reparation 🙂", "resultat"),
    "function words": ("og det er så", "»og det er så«"),
    "names of JavaScript": ("__proto__ constructor", "»__proto__ constructor«"),
    "signs of addresses": ("100 % & ?q=#", "»100 % & \\?q=#«"),
    "right to left": ("שלום עולם \u202e", "Vi fandt intet"),
    "figures only": ("12345 67", "Vi fandt intet"),
    "40 words": ("reparation " + "af et brud i samarbejdet med min terapeut " * 6, "resultat"),
    "wide letters": ("ｒｅｐａｒａｔｉｏｎ", "resultat"),
}
"""What is typed, and what the status says of it."""


def test_whatever_is_typed_is_answered_in_words(wide: Page, small_url: str) -> None:
    wide.goto(f"{small_url}/soeg/")
    field, status = wide.get_by_role("searchbox"), wide.get_by_role("status")
    for name, (query, said) in ANYTHING.items():
        field.fill("stress")
        expect(status).to_contain_text("»stress«")
        field.fill(query)
        if len(query.strip()) < 2:
            expect(status, name).to_have_text(said)
            expect(results(wide), name).to_have_count(0)
        else:
            expect(status, name).to_have_text(re.compile(said))
        assert wide.locator(".finder img, .finder script").count() == 0, name
    field.fill("reparation " * 1000)
    expect(wide).to_have_url(re.compile("q=reparation"))  # The address follows a little later.
    assert len(wide.url) < 3000


@pytest.mark.parametrize(
    "broken",
    [
        "**/pagefind.js",
        "**/pagefind-entry.json*",
        "**/*.pf_meta",
        "**/*.pf_index",
        "**/lists.*.gz",
        "**/asked/*.gz",
        "**/text/*.gz",
    ],
)
def test_without_its_index_the_search_offers_the_list(other: Page, small_url: str, broken: str) -> None:
    other.route(broken, lambda route: route.abort())
    other.goto(f"{small_url}/en/")
    other.keyboard.press("/")
    other.keyboard.type("repair")
    expect(other.locator(".finder__failed")).to_be_visible()
    expect(other.locator(".finder__failed a")).to_have_attribute("href", "/en/articles/")
    other.unroute(broken)


def test_the_list_that_is_offered_is_there(other: Page, small_url: str) -> None:
    other.route("**/pagefind.js", lambda route: route.abort())
    other.goto(f"{small_url}/en/")
    other.keyboard.press("/")
    other.keyboard.type("repair")
    other.locator(".finder__failed a").click()
    expect(other).to_have_url(f"{small_url}/en/articles/")
    other.unroute("**/pagefind.js")


@pytest.mark.parametrize("pattern", ["**/*.pf_meta", "**/*.pf_index"])
@pytest.mark.parametrize(
    "body", [gzip.compress(b"pagefind_2\x80"), b"<!doctype html>", None], ids=["marked", "page", "gone"]
)
def test_an_index_of_another_version_is_said_to_be_none(
    other: Page, small_url: str, pattern: str, body: bytes | None
) -> None:
    other.route(pattern, lambda route: route.fulfill(status=200 if body else 404, body=body or b""))
    other.goto(f"{small_url}/en/search/?q=repair")
    expect(other.locator(".finder__failed")).to_be_visible()
    expect(results(other)).to_have_count(0)
    other.unroute(pattern)
    other.get_by_role("searchbox").fill("repair a")
    expect(results(other).first).to_be_visible()


def test_the_search_works_where_storage_is_blocked(chromium: Browser, small_url: str) -> None:
    page = chromium.new_page()
    blocked = "{ get() { throw new DOMException('blocked', 'SecurityError') } }"
    for name in ("localStorage", "sessionStorage", "caches", "indexedDB"):
        page.add_init_script(f"Object.defineProperty(window, '{name}', {blocked})")
    page.goto(f"{small_url}/en/search/")
    with pytest.raises(Error, match="blocked"):
        page.evaluate("localStorage.length")
    page.get_by_role("searchbox").fill("repair")
    expect(results(page).first).to_be_visible()
    page.close()


def test_the_search_works_on_a_page_that_the_browser_has_translated(wide: Page, small_url: str) -> None:
    """It says that the page is in another language then, and each text stands in elements of its own."""
    wide.goto(f"{small_url}/en/search/")
    wide.evaluate(TRANSLATED)
    wide.get_by_role("searchbox").fill("repair")
    expect(results(wide).first).to_be_visible()
    expect(wide.locator(".finder__failed")).not_to_be_visible()


def test_a_search_that_takes_long_says_that_it_goes_on(chromium: Browser, small_url: str) -> None:
    """And not, below what was typed, what can be typed; the numbers' line stays."""
    page = chromium.new_page()
    held: list[Route] = []
    page.route("**/lists.*.gz", lambda route: held.append(route))
    page.goto(f"{small_url}/soeg/")
    page.get_by_role("searchbox").fill("reparation")
    expect(page.get_by_role("status")).to_have_text("Søger …")
    expect(page.locator(".finder__hint")).not_to_be_visible()
    page.get_by_role("searchbox").fill("selvmord")
    page.wait_for_timeout(1500)
    expect(page.get_by_role("status")).to_have_text(re.compile("^Du kan ringe til numrene"))
    page.get_by_role("searchbox").fill("reparation")
    expect(page.get_by_role("status")).to_have_text("Søger …")
    for route in held:
        route.continue_()
    expect(page.get_by_role("status")).to_contain_text("»reparation«")
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


def test_axe_finds_nothing_in_the_dialog(chromium: Browser, small_url: str) -> None:
    window = context(chromium, 320, "light")
    page = window.new_page()
    page.goto(f"{small_url}/en/alliance/repair/")
    page.keyboard.press("/")
    for query, shown in (("rupture repair", ".finder__results mark"), ("xqzzvw", ".finder__none a")):
        page.get_by_role("searchbox").fill(query)
        expect(page.locator(shown).first).to_be_visible()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert violations(page, "dialog") == [], scheme
        assert page.evaluate("document.querySelector('dialog').scrollWidth") <= 320
    window.close()


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


TYPE = """async ([texts, pause]) => {
  const field = document.querySelector('.finder [name=q]')
  const after = (time) => new Promise((done) => setTimeout(done, time))
  for (const text of texts) {
    field.value = text
    field.dispatchEvent(new Event('input'))
    if (pause) await after(pause)
  }
  await after(60)
  const fetched = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/pagefind/asked/'))
  return { asked: document.querySelector('.finder__other a').search, fetched: fetched.length }
}"""
"""Type, with so many milliseconds behind each key; and wait less than the pause that the search makes."""


def test_a_key_after_a_pause_is_searched_at_once_and_one_close_behind_waits(wide: Page, small_url: str) -> None:
    wide.goto(f"{small_url}/soeg/")
    other = wide.locator(".finder__other a").first
    assert wide.evaluate(TYPE, [["ro"], 0])["asked"] == "?q=ro"
    assert wide.evaluate(TYPE, [["ro i", "ro i hu"], 0])["asked"] == "?q=ro"
    expect(other).to_have_attribute("href", re.compile("ro.i.hu"))
    wide.wait_for_timeout(100)
    assert "hu" in wide.evaluate(TYPE, [["x"], 0])["asked"], "a first letter waits: it asks for more of them"
    expect(wide.locator(".finder__status")).to_have_text("Skriv mindst to bogstaver.")


def test_of_a_query_to_which_more_is_typed_nothing_is_fetched_from_the_next_key_on(wide: Page, real_url: str) -> None:
    wide.goto(f"{real_url}/soeg/?q=anker")
    expect(results(wide).first).to_be_visible()
    before = wide.evaluate(TYPE, [["anker"], 300])["fetched"]
    assert before
    assert wide.evaluate(TYPE, [["skænderi", ""], 1])["fetched"] == before
    assert wide.evaluate(TYPE, [["skænderi"], 300])["fetched"] > before


def test_what_the_search_needs_first_is_asked_for_once_and_together(other: Page, small_url: str) -> None:
    """Not what Pagefind asks for behind its own script."""
    asked: list[str] = []
    held: list[Route] = []
    other.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    other.route("**/pagefind.js", lambda route: held.append(route))
    other.goto(f"{small_url}/soeg/")
    first = ("lists.da.gz", "pagefind.zxx_", "wasm.unknown.pagefind")
    with other.expect_request("**/*.pf_meta"):
        other.locator(".finder [name=q]").focus()
    assert held
    held[0].continue_()
    other.locator(".finder [name=q]").fill("reparation")
    expect(results(other).first).to_have_text("Reparation efter et brud")
    other.unroute("**/pagefind.js")
    assert [sum(name.startswith(one) for name in asked) for one in first] == [1, 1, 1]


@pytest.mark.parametrize("page", [False], indirect=True, ids=["without JavaScript"])
def test_without_javascript_the_list_leads_to_every_article(page: Page, small_url: str) -> None:
    page.goto(small_url)
    page.locator("[data-search]").click()
    expect(page).to_have_url(f"{small_url}/soeg/")
    expect(page.get_by_role("searchbox")).not_to_be_visible()
    expect(page.locator("main noscript > p")).to_be_visible()
    library, _ = Library.read(SITE / "docs")
    expect(page.locator(".index a")).to_have_count(len(library.of_kind("article")))


def test_the_search_works_below_a_path(wide: Page, tmp_path: Path, small_site_below_a_path: Path) -> None:
    (tmp_path / "repo").symlink_to(small_site_below_a_path)
    for url in serve(tmp_path):
        wide.goto(f"{url}/repo/en/")
        wide.keyboard.press("/")
        wide.keyboard.type("rupture")
        expect(results(wide).first).to_have_attribute("href", "/repo/en/alliance/repair/")
        wide.goto("about:blank")


def test_a_preview_has_no_index_and_says_so(chromium: Browser, preview_site: Path) -> None:
    assert not (preview_site / "pagefind").exists()
    for url in serve(preview_site):
        page = chromium.new_page()
        page.goto(url)
        page.keyboard.press("/")
        expect(page.get_by_role("dialog")).to_contain_text("kun på den byggede side")
        expect(page.locator(".finder__failed a")).to_have_attribute("href", "/artikler/")
        page.close()
