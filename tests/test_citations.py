"""Citations: numbers that weigh little in the text, and say everything to those who want it."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from conftest import built, configured, real_library, serve
from knowledge.core.language import LANGUAGES
from paper import sheets

NUMBER = {"da": "0,278", "en": "0.278"}
QUOTED = {"da": "»ord«", "en": "‘ord’"}
ENDS = "ord {quoted} (ord) {number} ord? ord! §§ ord: *ord* **ord** `ord` [ord](repair.{lang}.md) ord- ord… 7".split(
    " "
)
"""Ends of what is cited, after each of which a browser might break the line."""
SOURCES = """
undated: {type: webpage, author: [{literal: Byen}], title: Hvad koster det?, URL: "https://by.example/", accessed: 2026-11-28, study: rules, language: da, shows: {da: Siden viser priser., en: The page shows prices.}}
dated: {type: webpage, author: [{literal: Byen}], issued: 2024, title: Frister, URL: "https://by.example/f/", accessed: 2026-11-27, study: law, language: da, shows: {da: Siden viser frister., en: The page shows time limits.}}
unseen: {type: book, author: [{family: Ro, given: A.}], issued: 2001, title: A book!, study: review, certainty: low, unverified: true, shows: {da: Bogen samler studier., en: The book gathers studies.}}
"""  # noqa: E501
HEAD = """---
title: {title}
description: {description}
slug: cited
{shared}evidence: {evidence}
---
"""
DESCRIPTION = {
    "da": "Prøveartiklen alliance/cited, som henviser på mange måder. Den er kun til for prøvernes skyld.",
    "en": "The test article alliance/cited, which cites in many ways. It is only there for the tests.",
}
SHARED = """date: 2026-10-02
reviewed: 2026-10-02
concepts: [alliance]
certainty: moderate
"""


SAID = {
    "da": (
        "Først én {}. Så to {}, og så den første igen {}.",
        "I en liste {}. Her er der mere at læse, så linjen bliver længere end én.",
        "I en boks {}, som er længere end én linje, så der er noget under mærket.",
        "i en tabel {}",
        "Hvor sikkert er tallet?",
        "Det er r = 0,278 {}. Og 8 % {}.",
    ),
    "en": (
        "First there is one {}. Then there are two {}, and then the first again {}.",
        "In a list {}. Here there is more to read, so that it takes more than a line.",
        "In a box {}, which is longer than a line, so that there is something below the mark.",
        "in a table {}",
        "How sure is the number?",
        "It is r = 0.278 {}. And 8% {}.",
    ),
}


def text(lang: str) -> str:
    """An article that cites in every place."""
    said = {"lang": lang, "number": NUMBER[lang], "quoted": QUOTED[lang]}
    many = " ".join(f"{end.format(**said)} [@bordin1979; @unseen]." for end in ENDS * 3)
    first, in_list, in_box, in_table, question, answer = SAID[lang]
    return f"""{first.format("[@undated]", "[@unseen; @bordin1979]", "[@undated]")}

{many}

- {in_list.format("[@dated]")}

!!! example "{"Eksempel" if lang == "da" else "Example"}"
    {in_box.format("[@dated]")}

| A | B |
|---|---|
| {in_table.format("[@dated]")} | b |

## {"Ofte stillede spørgsmål" if lang == "da" else "Frequently asked questions"} {{#faq}}

### {question} {{#cited-sure}}

{answer.format("[@bordin1979]", "[@unseen, s. 2; @undated]")}
"""


@pytest.fixture(scope="module")
def cited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with an article that cites in every place."""
    folder = tmp_path_factory.mktemp("cited")
    config = configured(folder, {})
    docs = folder / "docs"
    shutil.copy(docs / "alliance/repair.svg", docs / "alliance/cited.svg")
    for lang, evidence in (("da", "Det er undersøgt."), ("en", "It has been studied.")):
        shared = f"{SHARED if lang == 'da' else ''}image_alt: x y z\n"
        head = HEAD.format(title=f"Cited {lang}", description=DESCRIPTION[lang], shared=shared, evidence=evidence)
        (docs / f"alliance/cited.{lang}.md").write_text(head + text(lang), "utf-8")
    with (docs / "data/sources.yml").open("a", encoding="utf-8") as file:
        file.write(SOURCES)
    return built(config, folder / "site")


@pytest.fixture(scope="module")
def cited_url(cited: Path) -> Iterator[str]:
    yield from serve(cited)


@pytest.fixture(scope="module")
def visits(cited_url: str, chromium: Browser) -> Iterator[dict[str, Page]]:
    """The article in each language, visited once: tests look at it one after another, in windows of other sizes."""
    made = {lang: chromium.new_page(viewport={"width": 360, "height": 800}) for lang in LANGUAGES}
    for lang, page in made.items():
        page.goto(cited_url + PATHS[lang])
    yield made
    for page in made.values():
        page.close()


@pytest.fixture
def visited(visits: dict[str, Page]) -> Iterator[Callable[..., Page]]:
    """Gives the article in a language in a window so wide; what a test has opened there is closed after it."""

    def visit(lang: str, width: int = 360) -> Page:
        visits[lang].set_viewport_size({"width": width, "height": 800})
        return visits[lang]

    yield visit
    for page in visits.values():
        page.mouse.move(0, 0)
        page.keyboard.press("Escape")
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = false })")
        expect(page.get_by_role("note")).to_have_count(0)


PATHS = {"da": "/alliancen/cited/", "en": "/en/alliance/cited/"}
NAMES = {
    "da": ["Kilde 1: Byen, hentet 28. november 2026", "Kilde 2: Ro, 2001", "Kilde 3: Bordin, 1979",
           "Kilde 4: Byen, 2024"],
    "en": ["Source 1: Byen, accessed 28 November 2026", "Source 2: Ro, 2001", "Source 3: Bordin, 1979",
           "Source 4: Byen, 2024"],
}  # fmt: skip
MARKS = """
() => {
  const walker = document.createTreeWalker(document.querySelector(".article__body"), NodeFilter.SHOW_TEXT), texts = [];
  while (walker.nextNode()) if (walker.currentNode.data.trim()) texts.push(walker.currentNode);
  const at = (node, place) => {
    const range = document.createRange();
    range.setStart(node, place); range.setEnd(node, place + 1);
    const box = range.getBoundingClientRect();
    return { character: node.data[place], left: box.left, right: box.right, middle: (box.top + box.bottom) / 2 };
  };
  let next = 0;  // Marks and texts are both in the order of the page.
  return [...document.querySelectorAll(".article__body .cites")].map((mark) => {
    while (!(mark.compareDocumentPosition(texts[next]) & Node.DOCUMENT_POSITION_FOLLOWING)) next += 1;
    while (mark.contains(texts[next])) next += 1;
    const before = texts.slice(0, next).findLast((text) => !mark.contains(text)), after = texts[next];
    const cites = [...mark.querySelectorAll(".cite")], boxes = cites.map((cite) => cite.getBoundingClientRect());
    return {
      hidden: boxes[0].width === 0, own: cites.every((cite) => cite.getClientRects().length === 1),
      text: before.data.slice(-20),
      middles: boxes.map((box) => (box.top + box.bottom) / 2), left: boxes[0].left, right: boxes.at(-1).right,
      before: at(before, before.data.trimEnd().length - 1), after: at(after, 0),
    };
  });
}
"""
"""Of each mark: where it is, and where the character before and the one after it are."""


def stranded(page: Page) -> tuple[int, list[str]]:
    """How many marks are in sight, and those that do not stand between their word and its full stop."""
    seen = [mark for mark in page.evaluate(MARKS) if not mark["hidden"]]
    wrong = []
    for mark in seen:
        neighbours = [mark["before"]] + (
            [mark["after"]] if re.match(r"[.,;:!?)»«’”]", mark["after"]["character"]) else []
        )
        far = any(abs(n["middle"] - middle) > 14 for n in neighbours for middle in mark["middles"])
        apart = abs(mark["left"] - mark["before"]["right"]) > 6
        if far or apart or not mark["own"]:
            wrong.append(mark["text"])
    return len(seen), wrong


SHOWN = """
() => {
  const marks = [...document.querySelectorAll(".article__body .cite")];
  return {
    items: [...document.querySelectorAll(".sources ol > li")].map((item) => `#${item.id}`),
    hrefs: marks.map((mark) => mark.getAttribute("href")),
    numbers: marks.map((mark) => getComputedStyle(mark, "::before").content),
    copied: marks.map((mark) => mark.innerText).join(""),
  };
}
"""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_marks_are_numbered_as_the_list_is(visited: Callable[..., Page], lang: str) -> None:
    page = visited(lang)
    shown = page.evaluate(SHOWN)
    first = list(dict.fromkeys(shown["hrefs"]))
    assert shown["items"] == first
    for name, href in zip(NAMES[lang], first, strict=True):
        assert page.get_by_role("link", name=name, exact=True).first.get_attribute("href") == href
    wrong = [(href, said) for href, said in zip(shown["hrefs"], shown["numbers"], strict=True)
             if re.findall(r"\d+", said) != [str(first.index(href) + 1)]]  # fmt: skip
    assert wrong == []
    assert shown["copied"] == ""  # The style sheet says the number, and copied text does not hold it.


OPEN = "document.querySelectorAll('details').forEach(d => { d.open = true })"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_mark_is_stranded_at_any_width(visited: Callable[..., Page], lang: str) -> None:
    page = visited(lang, 300)
    page.evaluate(OPEN)
    for width in range(300, 420, 3):
        page.set_viewport_size({"width": width, "height": 800})
        count, wrong = stranded(page)
        assert count > 3 * len(ENDS)
        assert wrong == [], width


INSTEAD = (
    """async (url) => {
  const came = await fetch(url);
  const page = new DOMParser().parseFromString(await came.text(), "text/html");
  document.replaceChild(document.adoptNode(page.documentElement), document.documentElement);
  for (const sheet of document.querySelectorAll("link[rel=stylesheet]")) {
    if (!sheet.sheet) await new Promise((come) => { sheet.onload = come; });
  }
  """
    + OPEN
    + """;
  await document.fonts.ready;
  return [came.status, document.querySelector("h1").innerText];
}"""
)
"""Shows another page of the site in the place of this one, without its scripts: none of them moves a mark, and a visit
would cost twice as much."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_mark_of_the_articles_is_stranded(real_url: str, chromium: Browser, lang: str) -> None:
    library = real_library()
    page = chromium.new_page(viewport={"width": 360, "height": 800})
    total, found = 0, []
    articles = library.of_kind("article")
    page.goto(f"{real_url}/{library.path(articles[0], lang)}")
    for article in articles:
        came = page.evaluate(INSTEAD, f"{real_url}/{library.path(article, lang)}")
        assert [came[0], came[1].replace("\xa0", " ")] == [200, article[lang].words.title]
        assert page.viewport_size
        for width in sorted((360, 1280), key=lambda width: width != page.viewport_size["width"]):  # One change a page.
            page.set_viewport_size({"width": width, "height": 800})
            count, wrong = stranded(page)
            total += count
            found += [f"{article.key} {lang} at {width}: {text}" for text in wrong]
    page.close()
    assert total > 300
    assert found == []


PLACES = [
    ("a paragraph", ".article__body > p .cite", 2),
    ("a list", "li .cite", 0),
    ("a box", ".admonition p .cite", 0),
]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(("selector", "place"), [p[1:] for p in PLACES], ids=[p[0] for p in PLACES])
def test_a_note_opens_below_the_line_and_leaves_the_line_whole(
    visited: Callable[..., Page], width: int, selector: str, place: int
) -> None:
    page = visited("da", width)
    mark = page.locator(selector).nth(place)
    after = """e => { const r = document.createRange(); const t = e.closest(".cites").nextSibling.nodeType === 3
      ? e.closest(".cites").nextSibling : e.closest(".cites").nextElementSibling.nextSibling;
      r.setStart(t, 0); r.setEnd(t, 1); return r.getBoundingClientRect().top + scrollY }"""
    top = "e => e.getBoundingClientRect().top + scrollY"
    before = mark.evaluate(after)
    at = mark.evaluate(top)
    mark.click()
    note = page.get_by_role("note")
    expect(note).to_be_focused()
    assert mark.evaluate(after) == pytest.approx(before, abs=1), "the full stop has left its line"
    assert mark.evaluate(top) == pytest.approx(at, abs=1)
    assert 0 < note.evaluate(top) - at < 60, "the note is not below the line of its mark"
    inside = note.evaluate("e => e.parentElement.getBoundingClientRect().bottom - e.getBoundingClientRect().bottom")
    assert inside >= 0, "the note hangs out of its block"


def test_one_note_at_a_time_says_what_was_asked(visited: Callable[..., Page]) -> None:
    page = visited("da")
    page.locator(".cite").nth(0).click()
    note = page.get_by_role("note")
    expect(note).to_contain_text("Kilde 1: Byen, hentet 28. november 2026")
    expect(note).to_contain_text("Hvad koster det? Læs kilden (hentet 28. november 2026)")
    expect(note).to_contain_text("Siden viser priser.")
    page.locator(".cite").nth(1).click()
    expect(note).to_have_count(1)
    expect(note).to_contain_text("Kilde 2: Ro, 2001")
    expect(note).to_contain_text("Vi har ikke set kilden selv.")
    expect(page.locator('.cite[aria-expanded="true"]')).to_have_count(1)
    page.locator("td .cite").click()
    expect(note).to_contain_text("Siden viser frister.")
    assert note.bounding_box()["width"] > 250, "the note is squeezed into a cell"


def test_pointer_and_keyboard_are_told_without_a_request(visited: Callable[..., Page]) -> None:
    page = visited("en")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    mark = page.locator(".cite").nth(1)
    assert mark.get_attribute("title") == "Ro, 2001: The book gathers studies."
    told = "e => getComputedStyle(e, '::after').content"
    assert "Ro, 2001" not in mark.evaluate(told)
    page.locator(".cite").nth(0).focus()
    page.keyboard.press("Tab")
    expect(mark).to_be_focused()
    assert "Ro, 2001: The book gathers studies." in mark.evaluate(told)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.keyboard.press("Escape")
    assert "Ro, 2001" not in mark.evaluate(told)
    mark.hover()
    assert asked == []
    page.evaluate("fetch(location.href)")
    assert asked, "requests are not seen"


def test_the_list_is_folded_and_opens_where_it_is_linked_to(
    page: Page, cited_url: str, request: pytest.FixtureRequest
) -> None:
    page.goto(cited_url + PATHS["da"])
    expect(page.locator(".sources summary")).to_have_text("4 kilder")
    expect(page.locator("#source-unseen")).not_to_be_visible()
    page.goto(f"{cited_url}{PATHS['da']}#source-unseen")
    expect(page.locator("#source-unseen")).to_be_in_viewport()
    if "without" in request.node.callspec.id:
        page.locator(".cite").first.click()
        expect(page.locator("#source-undated")).to_be_in_viewport()


def test_one_source_is_said_as_one(small_site: Path) -> None:
    for path, said in (("alliancen/reparation", "1 kilde"), ("en/alliance/repair", "1 source")):
        page = html.fromstring((small_site / path / "index.html").read_text("utf-8"))
        (told,) = page.xpath('//*[contains(concat(" ", @class, " "), " sources ")]//summary')
        assert told.text_content().strip() == said


def test_each_item_says_what_it_is_and_when_it_was_read(cited: Path) -> None:
    page = html.fromstring((cited / "alliancen/cited/index.html").read_text("utf-8"))
    items = [" ".join(item.text_content().split()) for item in page.xpath('//section[@class="sources"]//li')]
    assert items == [
        "Byen. Hvad koster det? Læs kilden (hentet 28. november 2026) Regler Siden viser priser.",
        "Ro, A. (2001) A book! Vi har ikke set kilden selv. Samlet gennemgang · lav sikkerhed Bogen samler studier.",
        "Bordin, E.S. (1979) »The generalizability of the psychoanalytic concept of the working alliance«, "
        "Psychotherapy: Theory, Research & Practice, 16(3), s. 252–260. Læs kilden Teori En teori, ikke en måling.",
        "Byen (2024) Frister. Læs kilden (hentet 27. november 2026) Lov Siden viser frister.",
    ]


def test_paper_shows_the_numbers_and_the_whole_list(visited: Callable[..., Page]) -> None:
    told = " ".join(" ".join(sheets(visited("da"))).split())
    told = told.replace("\u2060", "")
    assert re.search(r"Først én ?1 ?\. Så to ?2 ?,3 ?, og så den første igen ?1 ?\.", told), told[:400]
    for number, words in enumerate(("Byen. Hvad koster det", "Ro, A. (2001)", "Bordin, E.S. (1979)", "Byen (2024)"), 1):
        assert re.search(rf"\b{number}\. ?{re.escape(words)}", told), told


@pytest.mark.parametrize("lang", ["da", "en"])
def test_an_answer_for_machines_has_the_words_and_no_marks(cited: Path, lang: str) -> None:
    page = html.fromstring((cited / PATHS[lang].strip("/") / "index.html").read_text("utf-8"))
    graph = json.loads(page.xpath('//script[@type="application/ld+json"]')[0].text)["@graph"]
    (question,) = [node for node in graph if node["@type"] == "Question"]
    said = SAID[lang][-1].replace(" {}", "")
    assert question["acceptedAnswer"]["text"] == f"<p>{said}</p>"
    (answer,) = page.xpath('//div[@class="faq__answer"]')
    assert " ".join(answer.text_content().split()) == said
    assert len(answer.xpath(".//a[@class='cite']")) == 3


def test_a_feed_says_the_numbers_itself_and_only_in_the_text(cited: Path) -> None:
    items = json.loads((cited / "feed.json").read_text("utf-8"))["items"]
    (item,) = [item for item in items if item["title"] == "Cited da"]
    told = " ".join(html.fromstring(item["content_html"]).text_content().split())
    assert told.startswith("Først én[1]. Så to[2][3], og så den første igen[1].")
    assert html.fromstring(item["content_html"]).xpath("//a[@class='cite']/@href")[0].endswith("cited/#source-undated")
    assert "Kilde" not in item["summary"]
    assert "[" not in item["summary"]


def test_the_search_reads_no_mark(cited: Path) -> None:
    files = (cited / "pagefind/text").iterdir()
    texts = [" ".join(json.loads(gzip.decompress(file.read_bytes()))) for file in files]
    (told,) = [text for text in texts if "Først én" in text]
    assert "Først én. Så to, og så den første igen." in told
    assert "r = 0,278. Og 8 %." in told
    assert "Kilde 1" not in told
    assert "hentet" not in told


def test_the_evidence_line_says_what_it_answers(cited: Path) -> None:
    page = html.fromstring((cited / "alliancen/cited/index.html").read_text("utf-8"))
    (line,) = page.xpath('//p[@class="evidence"]')
    assert " ".join(line.text_content().split()) == (
        "Hvor sikkert er det? Moderat sikkerhed. Det er undersøgt. Sådan vurderer vi sikkerheden"
    )
    assert line.xpath(".//a/@href")[0].endswith("#certainty")
