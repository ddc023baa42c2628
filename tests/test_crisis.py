"""Queries of people who may need help now: the numbers stand above everything else, whatever else works."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import Error as PlaywrightError

from conftest import FLAGS, ROOT, WHOLE_CHROMIUM, Handler, real_library, serve
from judging import FIND
from knowledge.core.language import LANGUAGES
from knowledge.core.strings import read_strings
from test_weight import SHIFT

QUERIES = {lang: yaml.load((ROOT / f"tests/crisis/{lang}.yml").read_bytes(), yaml.CSafeLoader) for lang in LANGUAGES}
HOME = {"da": "/", "en": "/en/"}
SEARCH = {"da": "/soeg/", "en": "/en/search/"}
LIBRARY = real_library()
HELP = {lang: f"/{LIBRARY.path(LIBRARY['help'], lang)}" for lang in LANGUAGES}
STRINGS = read_strings(ROOT / "overrides/strings")
ABOVE, NOTHING, INSTEAD = (
    {lang: STRINGS[lang][key].partition("{")[0] for lang in LANGUAGES}
    for key in ("search_help", "search_none", "search_instead")
)
HELP_LINK = {lang: STRINGS[lang]["help_more_numbers"] for lang in LANGUAGES}
DESPAIR = {"da": "jeg vil ikke leve mere", "en": "kill myself"}
ANSWERS = """
queries => {
  const field = document.querySelector("dialog [name=q]"), panel = document.querySelector("dialog .crisis");
  return queries.map(query => {
    field.value = query;
    field.dispatchEvent(new Event("input"));
    return !panel.hidden;
  });
}
"""
"""Whether each query, as it stands in the dialog's field, opens the panel."""


def answered(page: Page, queries: list[str]) -> dict[str, bool]:
    """Each query with whether it opens the panel."""
    found = page.evaluate(ANSWERS, queries)
    assert len(found) == len(set(queries))
    return dict(zip(queries, found, strict=True))


HINTS = {
    "da": "har samlet piller sammen og ved ikke hvem jeg skal sige det til",
    "en": "my mum has taken a whole box of paracetamol",
}
"""Queries of need that no phrase knows: they are heard by their words (tests/test_need.py)."""
ALONE = 0.98
"""The share of queries that phrases know by themselves, as offline."""


def listen(page: Page) -> None:
    """Open the dialog, and wait for what words weigh."""
    with page.expect_response("**/need.gz"):
        page.keyboard.press("/")
    page.locator("dialog [name=q]").fill(HINTS["da"])
    expect(panel(page, "dialog")).to_be_visible()


@dataclass
class Watched:
    """A page and what its scripts have failed with."""

    page: Page
    errors: list[str]


@pytest.fixture(scope="module")
def watched(chromium: Browser) -> Iterator[Watched]:
    """A phone that the tests use one after another: nothing that they do is kept."""
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    watched = Watched(context.new_page(), [])
    watched.page.on("pageerror", lambda error: watched.errors.append(str(error)))
    yield watched
    context.close()


@pytest.fixture
def phone(watched: Watched) -> Iterator[Page]:
    """A phone on which no script fails."""
    watched.errors.clear()
    yield watched.page
    watched.page.unroute_all()
    watched.page.evaluate("document.title")  # What it says at last is only heard when something is asked of it.
    assert watched.errors == []


def panel(page: Page, inside: str = "main"):
    """The panel, with what is in it."""
    return page.locator(f"{inside} .crisis:not(noscript *)")


def ask(page: Page, url: str, lang: str, place: str, query: str) -> None:
    """Type a query into the dialog of the home page, or open the search page with it."""
    if place == "main":
        page.goto(f"{url}{SEARCH[lang]}?q={query}")
        return
    page.goto(url + HOME[lang])
    page.keyboard.press("/")
    page.keyboard.type(query)


def bottom(element: Locator) -> float:
    """Where an element ends."""
    box = element.bounding_box()
    assert box
    return box["y"] + box["height"]


class _Lost(Handler):
    """A host that answers with the nearest 404 page."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        file = "en/404.html" if self.path.startswith("/en/") else "404.html"
        page = Path(self.directory, file).read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


@pytest.fixture(scope="module")
def lost(real_site: Path) -> Iterator[str]:
    """The site on a host that has a page for addresses that lead nowhere."""
    yield from serve(real_site, _Lost)


@pytest.mark.parametrize("site", LANGUAGES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_of_either_language_open_the_panel_on_either_site(
    phone: Page, real_url: str, site: str, lang: str
) -> None:
    phone.goto(real_url + HOME[site])
    crisis, ordinary = QUERIES[lang]["crisis"], QUERIES[lang]["ordinary"]
    assert (len(crisis) >= 60, len(ordinary) >= 40) == (True, True)
    assert [query for query, shown in answered(phone, ordinary).items() if shown] == [], "false alarm"
    alone = answered(phone, crisis)
    assert ALONE * len(crisis) <= sum(alone.values()) < len(crisis)
    listen(phone)
    assert [query for query, shown in answered(phone, crisis).items() if not shown] == [], "missed"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_of_violence_its_line_stands_behind_that_of_danger(phone: Page, real_url: str, lang: str) -> None:
    (line,) = (line for line in LIBRARY.help if line.key == "lev-uden-vold")
    violence = {"da": "min kæreste slår mig", "en": "my boyfriend hits me"}
    for query, numbers in ((violence[lang], ["112", "1888"]), (DESPAIR[lang], ["112", "70 201 201"])):
        ask(phone, real_url, lang, "dialog", query)
        shown = panel(phone, "dialog").locator(".call__number:visible")
        expect(shown.nth(0)).to_have_text(numbers[0])
        expect(shown.nth(1)).to_have_text(numbers[1])
    assert line.number == "1888"


WAYS = {
    "capitals": "JEG VIL DØ",
    "ae oe aa": "slaa mig selv ihjel, jeg vil doe",
    "without æøå": "jeg har brug for hjalp",
    "decomposed å": "sla\u030a mig ihjel",
    "typographic apostrophe": "I don’t want to live",
    "straight apostrophe": "I don't want to live",
    "acute accent as apostrophe": "I don´t want to live",
    "full width": "ｓｅｌｖｍｏｒｄ",
    "soft hyphen": "selv\u00admord",
    "zero width": "sui\u200bcide",
    "stretched": "hjæææælp",
    "marks": "»selvmord«!?",
    "emoji": "🙁 selvmord 🙁",
    "in a sentence": "hej, min ven siger at han har tænkt på selvmord siden i går, hvad gør jeg så",
    "letter missing": "selmord",
    "letter too many": "selvmoerd",
    "letters swapped": "selvmrod",
    "letter wrong": "suicode",
    "other order": "leve vil jeg ikke",
    "small words between": "jeg vil altså bare ikke leve sådan her mere",
    "blanks": "  jeg vil   ikke\tleve\u00a0mere ",
    "after much else": "træt " * 150 + "vil dø",
    "as one word": "jegvilikkeleve",
    "as one word, stretched": "jegvilikkeleeeve",
    "half as one word": "jeg vilikke leve",
}
MASHED = [
    "jegvil" + 33 * "i" + "z",
    "kan" + 18 * "in" + "q",
    9 * "mig " + 39 * "i" + "k",
    24 * (39 * "i" + "x ") + "ikk",
]
"""Of whose letters many are words, so that there are more ways to part them than anybody can wait for."""


def test_however_it_is_written(phone: Page, real_url: str) -> None:
    phone.goto(real_url)
    found = answered(phone, [*WAYS.values(), "stress"])
    assert not found.pop("stress")
    assert [name for name, query in WAYS.items() if not found[query]] == []


def test_keys_that_somebody_mashes_are_answered(phone: Page, real_url: str) -> None:
    phone.goto(real_url)
    assert answered(phone, [*MASHED, "selvmord"]) == {**dict.fromkeys(MASHED, 0), "selvmord": 1}


def test_the_sites_own_titles_and_terms_are_no_false_alarm(phone: Page, real_url: str) -> None:
    """What the site is about is what people look for every day; pages with the help box may well speak of need."""
    pages = [article for article in LIBRARY.articles.values() if not article.has_help and article.kind != "help"]
    texts = {article[lang].words.title for article in pages for lang in LANGUAGES}
    terms = [concept[lang] for concept in LIBRARY.concepts.values() for lang in LANGUAGES]
    texts |= {text for term in terms for text in (term.term, *term.synonyms)}
    assert len(texts) > 200
    phone.goto(real_url)
    assert [text for text, shown in answered(phone, sorted(texts)).items() if shown] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", ["dialog", "main"])
def test_the_numbers_stand_above_all_results_in_the_first_screen(
    phone: Page, real_url: str, lang: str, place: str
) -> None:
    ask(phone, real_url, lang, place, DESPAIR[lang])
    result = phone.locator(f"{place} .finder__result").first
    expect(result.locator("> .finder__excerpt")).to_have_text(LIBRARY["help"].translations[lang].words.description)
    calls = panel(phone, place).locator("a[href^='tel:']:visible")
    hrefs = [call.get_attribute("href") for call in calls.all()]
    assert hrefs[:2] == ["tel:112", "tel:70201201"]
    expect(panel(phone, place).get_by_role("link", name=HELP_LINK[lang])).to_have_attribute("href", HELP[lang])
    last, first = bottom(panel(phone, place)), result.bounding_box()
    assert first
    assert last <= first["y"]
    for call in calls.all():
        box = call.bounding_box()
        assert box
        assert box["height"] >= 48
    for number in ("112", "70201201"):
        expect(panel(phone, place).locator(f"a[href='tel:{number}']")).to_be_in_viewport(ratio=1)
    status = phone.locator(f"{place} .finder__status")
    expect(status).to_contain_text(ABOVE[lang])
    expect(status).not_to_contain_text(INSTEAD[lang])


@pytest.mark.parametrize(
    ("lang", "query", "shown"),
    [("da", "har taget for mange piller", "mange piller"), ("en", "my husband hits me", "hits")],
)
def test_the_first_result_of_need_shows_what_answers_by_a_word_as_it_was_typed(
    phone: Page, real_url: str, lang: str, query: str, shown: str
) -> None:
    """And by no other: to the despair above it would show the line against violence, “Lev Uden Vold” for “leve”."""
    ask(phone, real_url, lang, "main", query)
    expect(phone.locator("main .finder__result").first.locator("> .finder__excerpt")).to_contain_text(shown)
    ask(phone, real_url, lang, "main", DESPAIR[lang])
    expect(phone.locator("main .finder__result").first).not_to_contain_text("1888")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_with_all_numbers_is_the_first_result(phone: Page, real_url: str, lang: str) -> None:
    """Whatever the words: of what the index holds, nothing else may stand first. Which words open the panel is asked
    of all queries above; what the search then does is the same for each, and asked of every fourth."""
    phone.goto(real_url + HOME[lang])
    listen(phone)
    asked = [query for other in LANGUAGES for query in QUERIES[other]["crisis"]][::4]
    found = phone.evaluate(FIND, asked)
    assert len(found) == len(asked) >= 120
    assert [query for query, paths in zip(asked, found, strict=True) if f"/{paths[0]}" != HELP[lang]] == []


SAID = """() => {
  const part = (name) => document.querySelector(`dialog .finder__${name}`);
  window.said = [];
  const look = () => window.said.push([part("status").textContent, part("none").checkVisibility()]);
  new MutationObserver(look).observe(part("status"), { childList: true, characterData: true, subtree: true });
  new MutationObserver(look).observe(part("none"), { attributes: true });
}"""
"""Notes whatever the dialog says from now on."""


@pytest.mark.parametrize("answers", [False, True], ids=["without the index", "with the index"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_never_says_that_nothing_was_found(phone: Page, real_url: str, lang: str, answers: bool) -> None:
    """Neither at last nor on the way."""
    if not answers:
        phone.route("**/pagefind/**", lambda route: route.abort())
    phone.goto(real_url + HOME[lang])
    phone.keyboard.press("/")
    for query in ("selvmord", "kill myself", "xqzzvw selvmord", "kms", "112"):
        field = phone.locator("dialog [name=q]")
        field.fill("xqzzvw")
        expect(phone.locator(f"dialog .finder__{'none' if answers else 'failed'}")).to_be_visible()
        expect(phone.locator("dialog .finder__status")).not_to_contain_text(ABOVE[lang])
        expect(panel(phone, "dialog")).not_to_be_visible()
        phone.evaluate(SAID)
        field.fill(query)
        expect(panel(phone, "dialog")).to_be_visible()
        expect(phone.locator("dialog .finder__status")).to_contain_text(ABOVE[lang])
        found = phone.locator(f"dialog .finder__{'result' if answers else 'failed'}:visible")
        expect(found.first, query).to_be_visible()
        said = phone.evaluate("window.said")
        assert [text for text, _ in said if ABOVE[lang] in text], query
        assert [text for text, is_none in said if NOTHING[lang] in text or is_none] == [], query


def test_a_query_in_the_other_language_gets_the_pages_own(phone: Page, real_url: str) -> None:
    ask(phone, real_url, "en", "dialog", DESPAIR["da"])
    expect(panel(phone, "dialog").get_by_role("heading")).to_have_text("Get help now")
    ask(phone, real_url, "da", "dialog", DESPAIR["en"])
    expect(panel(phone, "dialog").get_by_role("heading")).to_have_text("Få hjælp nu")


def test_it_comes_and_goes_with_the_words(phone: Page, real_url: str) -> None:
    ask(phone, real_url, "da", "dialog", "selvmord")
    expect(panel(phone, "dialog")).to_be_visible()
    phone.locator("dialog [name=q]").fill("selvværd")
    expect(panel(phone, "dialog")).not_to_be_visible()
    expect(phone.locator("dialog .finder__status")).not_to_contain_text(ABOVE["da"])


def test_the_numbers_are_still_there_after_the_call(phone: Page, real_url: str) -> None:
    ask(phone, real_url, "da", "dialog", "selvmord")
    panel(phone, "dialog").locator("a[href='tel:70201201']").click()
    expect(panel(phone, "dialog").locator("a[href='tel:112']")).to_be_visible()
    assert phone.url == f"{real_url}/"


def test_what_was_said_of_a_query_before_is_gone_at_once(chromium: Browser, real_url: str) -> None:
    """While the index is still asked about the words that sound like need, nothing says that there is nothing."""
    page = chromium.new_page()
    ask(page, real_url, "da", "dialog", "xqzzvw")
    expect(page.locator("dialog .finder__none")).to_be_visible()
    held = []
    page.route("**/pagefind/**", lambda route: held.append(route))
    page.locator("dialog [name=q]").fill("xqzzvw selvmord")
    expect(page.locator("dialog .finder__status")).to_have_text(ABOVE["da"])
    expect(page.locator("dialog .finder__none")).not_to_be_visible()
    page.close()


def test_it_waits_for_nothing(chromium: Browser, real_url: str) -> None:
    """The index never answers, nor do the modules that read it."""
    page = chromium.new_page()
    held = []
    for pattern in ("**/pagefind/**", "**/finder.*.js*"):
        page.route(pattern, lambda route: held.append(route))
    ask(page, real_url, "da", "dialog", "selvmord")
    expect(panel(page, "dialog")).to_be_visible()
    expect(page.locator("dialog .finder__status")).to_have_text(ABOVE["da"])
    assert held, "nothing was asked for, so nothing was waited for"
    for route in held:
        route.abort()
    page.close()


def test_offline_the_numbers_open_and_stay(chromium: Browser, real_url: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(real_url)
    context.set_offline(True)
    page.keyboard.press("/")
    page.keyboard.type("kan ikke mere")
    expect(panel(page, "dialog")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    expect(panel(page, "dialog").locator("a[href='tel:112']")).to_be_visible()
    assert page.url == f"{real_url}/"
    context.close()


def test_online_enter_leads_to_the_search_page(phone: Page, real_url: str) -> None:
    ask(phone, real_url, "da", "dialog", "vil dø")
    phone.keyboard.press("Enter")
    expect(phone).to_have_url(f"{real_url}/soeg/?q=vil+d%C3%B8&topic=")
    expect(panel(phone)).to_be_visible()


def test_arrows_lead_through_the_numbers_to_the_results(phone: Page, real_url: str) -> None:
    ask(phone, real_url, "da", "dialog", "selvmord")
    expect(phone.locator("dialog .finder__result").first).to_be_visible()
    phone.keyboard.press("ArrowDown")
    expect(panel(phone, "dialog").locator("a[href='tel:112']")).to_be_focused()
    for _ in range(20):
        phone.keyboard.press("ArrowDown")
    assert phone.evaluate("document.activeElement.closest('.finder__result, .finder__more') !== null")


def test_with_storage_blocked_it_works(tmp_path: Path, chromium: Browser, real_url: str) -> None:
    """As with all cookies blocked in the settings, which only the whole Chromium has: then even to look at the storage
    is an error."""
    preferences = tmp_path / "Default/Preferences"
    preferences.parent.mkdir()
    preferences.write_text(json.dumps({"profile": {"default_content_setting_values": {"cookies": 2}}}))
    context = chromium.browser_type.launch_persistent_context(tmp_path, executable_path=WHOLE_CHROMIUM, args=FLAGS)
    page = context.new_page()
    page.goto(real_url)
    with pytest.raises(PlaywrightError, match="denied"):
        page.evaluate("localStorage.length")
    page.keyboard.press("/")
    page.keyboard.type("selvmord")
    expect(panel(page, "dialog").locator("a[href='tel:112']")).to_be_visible()
    context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_javascript_the_search_page_says_where_help_is(chromium: Browser, real_url: str, lang: str) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{real_url}{SEARCH[lang]}?q={DESPAIR[lang]}")
    expect(page.locator("main a[href='tel:112']:visible")).to_be_in_viewport(ratio=1)
    expect(page.locator(f"main a[href='{HELP[lang]}']:visible").first).to_be_visible()
    context.close()


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/selvmord/", True),
        ("/jeg-vil-ikke-leve-mere", True),
        ("/hjaelp/", True),
        ("/hj%C3%A6lp.html", True),
        ("/hj%E6lp/", True),
        ("/en/suicide/", True),
        ("/en/help.html", True),
        ("/soeg/vil+d%C3%B8?q=kill+myself", True),
        ("/alliancen/findes-ikke/", False),
        ("/en/stress/", False),
        ("/%E0%A4%A/", False),
    ],
)
def test_an_address_that_leads_nowhere_shows_numbers_where_it_sounds_like_need(
    lost: str, phone: Page, path: str, shown: bool
) -> None:
    phone.goto(lost + path)
    expect(phone.get_by_role("heading", level=1)).to_have_text(re.compile("findes ikke|doesn’t exist"))
    lang = "en" if path.startswith("/en/") else "da"
    expect(panel(phone)).to_be_visible(visible=shown)
    if shown:
        expect(panel(phone).locator("a[href='tel:112']")).to_be_in_viewport(ratio=1)
    expect(phone.locator(f"main > article > p a[href='{HELP[lang]}']")).to_be_visible()
    phone.locator("main [name=q]").fill("vil dø")
    expect(panel(phone)).to_be_visible()


def test_on_a_dead_link_that_sounds_like_need_nothing_moves(chromium: Browser, lost: str) -> None:
    """What is first seen has the numbers, however late the script comes."""
    page = chromium.new_page()
    page.add_init_script(SHIFT)
    page.route("**/site.js*", lambda route: (page.wait_for_timeout(500), route.continue_()))
    page.goto(f"{lost}/en/i-want-to-die/")
    expect(panel(page)).to_be_visible()
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    seen, came, moved = page.evaluate("""() => [
        performance.getEntriesByName("first-contentful-paint")[0].startTime,
        performance.getEntriesByType("resource").find(({ name }) => name.includes("/site.js")).responseEnd,
        window.shift,
    ]""")
    assert seen > came > 500
    assert moved == 0
    page.close()


def test_a_dead_link_that_was_followed_from_a_search_shows_numbers(lost: str, phone: Page) -> None:
    phone.goto(f"{lost}/soeg/?q=selvmord")
    phone.evaluate("location.assign('/dead/')")
    expect(phone).to_have_url(f"{lost}/dead/")
    expect(panel(phone)).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_questions_filter_shows_the_numbers_too(phone: Page, real_url: str, lang: str) -> None:
    phone.goto(f"{real_url}/{LIBRARY.path(LIBRARY['faq'], lang)}")
    expect(panel(phone)).not_to_be_visible()
    phone.locator("#filter").fill("kms")
    expect(panel(phone).locator("a[href='tel:112']")).to_be_visible()
    expect(phone.locator(".filter__status")).to_have_text("")
    phone.locator("#filter").fill("xqzzvw")
    expect(panel(phone)).not_to_be_visible()
    expect(phone.locator(".filter__status")).not_to_have_text("")
