"""On paper: what printers leave out is not missed, and no sheet is wasted."""

from __future__ import annotations

import functools
from bisect import bisect_left

import pytest
from playwright.sync_api import Browser, Page

import paper
from conftest import ROOT, real_library
from knowledge.core.language import LANGUAGES, Language
from knowledge.core.strings import read_strings

LIBRARY = real_library()
STRINGS = read_strings(ROOT / "overrides/strings", values={"site_name": "Trinvis"})
PAGES = ("index", "alliance/micro-repair", "stress-ladder/meltdown", "self-check", "help", "faq")
PALE = """
() => {
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(part => part / 255)
      .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const printed = element => {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor, printColorAdjust } = getComputedStyle(at);
      if (printColorAdjust === "exact" && backgroundColor !== "rgba(0, 0, 0, 0)") return backgroundColor;
    }
    return "rgb(255, 255, 255)";
  };
  const hasText = node => node.nodeType === Node.TEXT_NODE && node.textContent.trim();
  const shown = [...document.body.querySelectorAll("*")].filter(element => [...element.childNodes].some(hasText)
    && element.checkVisibility({ visibilityProperty: true }));
  const pale = shown.filter(element => {
    const [dark, bright] = [light(getComputedStyle(element).color), light(printed(element))].sort();
    return (bright + 0.05) / (dark + 0.05) < 4.5;
  });
  return { shown: shown.length, pale: pale.map(element => element.outerHTML.slice(0, 120)) };
}
"""
"""Text that is pale on what it is printed on: on white, as printers leave out grounds unless they must not."""


def sheets(page: Page) -> list[str]:
    """The text of each sheet of A4, once the fonts are there: others break lines, and words, elsewhere."""
    page.wait_for_load_state()
    page.evaluate("document.fonts.ready.then(() => {})")
    return [" ".join(sheet.split()) for sheet in paper.sheets(page)]


@pytest.mark.parametrize("is_chosen", [False, True], ids=["by the system", "chosen dark"])
def test_all_text_is_dark_on_paper(chromium: Browser, real_url: str, is_chosen: bool) -> None:
    page = chromium.new_page(color_scheme="light")
    if is_chosen:
        page.goto(real_url)
        page.locator("[data-scheme-switch]").click()
    for i, key in enumerate(PAGES):
        page.emulate_media(media="screen", color_scheme="light")
        page.goto(f"{real_url}/{LIBRARY.path(LIBRARY[key], LANGUAGES[i % 2])}")
        assert page.evaluate("document.documentElement.dataset.scheme") == ("dark" if is_chosen else None)
        for scheme in ("light",) if is_chosen else ("light", "dark"):
            page.emulate_media(media="print", color_scheme=scheme)
            found = page.evaluate(PALE)
            assert found["shown"] > 20, key
            assert found["pale"] == [], f"{key} {scheme}"
    page.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_ladder_keeps_its_steps_and_shows_which_is_current(
    chromium: Browser, real_url: str, lang: Language
) -> None:
    page = chromium.new_page()
    page.goto(f"{real_url}/{LIBRARY.path(LIBRARY['stress-ladder/meltdown'], lang)}")
    page.emulate_media(media="print")
    steps = page.locator(".ladder a").evaluate_all(
        """steps => steps.map(step => {
          const { borderTopWidth, borderTopStyle, printColorAdjust } = getComputedStyle(step);
          return [borderTopStyle === "none" ? 0 : parseFloat(borderTopWidth), printColorAdjust, step.ariaCurrent];
        })"""
    )
    assert [(width > 0, adjust) for width, adjust, _ in steps] == [(True, "exact")] * 5
    current = [width for width, _, state in steps if state == "step"]
    assert len(current) == 1
    assert current[0] > max(width for width, _, state in steps if not state)
    text = " ".join(sheets(page))
    for step in LIBRARY.ladder:
        assert (step[lang].words.label or step[lang].words.title) in text
    page.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_article_prints_how_sure_it_is(chromium: Browser, real_url: str, lang: Language) -> None:
    article = LIBRARY["alliance/micro-repair"]
    page = chromium.new_page()
    page.goto(f"{real_url}/{LIBRARY.path(article, lang)}")
    text = " ".join(sheets(page))
    page.close()
    assert STRINGS[lang][f"certainty_{article.shared.certainty}"] in text
    assert STRINGS[lang]["footer_note"] in text


@pytest.mark.parametrize("corrections", [0, 3])
def test_no_sheet_holds_the_imprint_alone(chromium: Browser, small_url: str, corrections: int) -> None:
    """However long an article is: here it grows by a line at a time, over more than a sheet."""
    page = chromium.new_page()
    page.goto(f"{small_url}/alliancen/reparation/")
    last = " ".join((page.locator(".source__shows").last.text_content() or "").split()[-3:])
    for number in range(corrections):
        last = f"rettelse nummer {number}."
        page.evaluate(
            """words => {
              const told = Object.assign(document.createElement("p"), { className: "corrected", textContent: words });
              document.querySelector(".article__end").append(told);
            }""",
            f"Rettet: {'Her stod noget andet. ' * 12} Det er {last}",
        )
    assert last
    page.evaluate("document.querySelector('.sources').before(document.createElement('div'))")

    @functools.cache
    def printed(height: int) -> list[str]:
        page.evaluate(f"document.querySelector('.sources').previousElementSibling.style.blockSize = '{height}px'")
        return sheets(page)

    # The end of the text can only come to stand apart where there is a sheet more than before.
    heights = range(0, 1100, 15)
    fewest, most = (len(printed(heights[i])) for i in (0, -1))
    assert fewest < most
    grown = [bisect_left(heights, n + 1, key=lambda height: len(printed(height))) for n in range(fewest, most)]
    for height in {0, *(height for place in grown for height in heights[place - 1 : place + 5])}:
        text = printed(height)[-1]
        assert last in text, f"after {height} pixels more"
        assert STRINGS["da"]["footer_note"] in text
    page.close()


@pytest.mark.parametrize(("topic", "lang"), [("alliance", "da"), ("nlp-tools", "en")])
def test_a_topic_prints_as_a_booklet(chromium: Browser, real_url: str, topic: str, lang: Language) -> None:
    """Numbers to call, then the contents, then each article on a sheet of its own, whole and in order."""
    articles = LIBRARY.in_topic(topic)
    assert len(articles) > 5
    page = chromium.new_page()
    page.goto(f"{real_url}/{LIBRARY.path(LIBRARY[f'{topic}/index'], lang)}")
    page.locator(".topic__booklet a").click()
    printed = sheets(page)
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
    broken = page.evaluate(
        "[...document.querySelectorAll('main a[href^=\"#\"]')].map(a => a.hash.slice(1))"
        ".filter(id => !document.getElementById(decodeURIComponent(id)))"
    )
    page.close()
    assert len(ids) == len(set(ids))
    assert broken == []
    titles = [article[lang].words.title for article in articles]
    assert "112" in printed[0]
    assert all(title in printed[0] for title in titles)
    starts = [next(i for i, sheet in enumerate(printed[1:], 1) if title in sheet[:200]) for title in titles]
    assert starts == sorted(set(starts))
    whole = " ".join(printed)
    for article in articles:
        assert all(question.text in whole for question in article[lang].outline.questions[-1:]), article.key
        assert STRINGS[lang][f"certainty_{article.shared.certainty}"] in whole
    assert min(len(sheet) for sheet in printed) > 200
    assert all(sheet.startswith(str(i)) or sheet.endswith(str(i)) for i, sheet in enumerate(printed, 1))
