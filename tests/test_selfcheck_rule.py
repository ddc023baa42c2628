"""The rule of the self-check, as it is shipped, against the same rule written again from its words.

Severity first: the gravest step with a tick, of steps 4 and 5; else the step furthest down the ladder with two; else
the largest share of a step's own signs, and of equal shares the one furthest down.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest
from playwright.sync_api import Browser, Page

from conftest import real_library
from knowledge.content.library import Library
from knowledge.core.language import LANGUAGES

Counts = dict[int, int]
"""Of each step, a number of signs."""
OTHER_LADDERS = [(1, 1, 1, 1, 1), (3, 6, 2, 1, 2), (4, 4, 5, 1, 6)]
"""Numbers of signs that an editor may come to have."""
WEIGH = """async json => {
  const { weigh } = await import(document.querySelector("[data-weigh]").dataset.weigh);
  const step = ([number, of, ticked]) => ({ number, of, ticked, isGrave: number > 3 });
  return JSON.stringify(JSON.parse(json).map(steps => weigh(steps.map(step))));
}"""
"""What the rule says of each list of steps with number, signs and ticks; as text, which is quicker to hand over."""


def signs(docs: Library, lang: str) -> dict[int, list[str]]:
    """The signs of each step, from its article."""
    return {article.shared.step: article[lang].words.signs for article in docs.ladder}


def fullest(ticked: Counts, of: Counts) -> list[int]:
    """The steps with the largest share."""
    shares = {step: Fraction(number, of[step]) for step, number in ticked.items() if number}
    return sorted(step for step, share in shares.items() if share == max(shares.values()))


def named(ticked: Counts, of: Counts) -> int | None:
    """The step that the answer begins with."""
    for step in (5, 4):
        if ticked.get(step):
            return step
    for step in (3, 2, 1):
        if ticked.get(step, 0) > 1:
            return step
    return max(fullest(ticked, of), default=None)


def all_counts(of: Counts) -> list[Counts]:
    """Every combination of how many signs of each step are ticked."""
    return [dict(zip(of, counts, strict=True)) for counts in product(*(range(n + 1) for n in of.values()))]


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """A page on which no script may fail, which the tests use one after another: they untick what they ticked."""
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


REAL = real_library()


@pytest.mark.parametrize(
    "sizes", [tuple(map(len, signs(REAL, "da").values())), *OTHER_LADDERS], ids=lambda sizes: "-".join(map(str, sizes))
)
def test_the_shipped_rule_answers_every_combination(page: Page, real_url: str, sizes: tuple[int, ...]) -> None:
    page.goto(f"{real_url}/{REAL.path(REAL['self-check'], 'da')}")
    of = dict(enumerate(sizes, 1))
    combinations = all_counts(of)
    asked = [[[step, of[step], number] for step, number in ticked.items()] for ticked in combinations]
    answers = json.loads(page.evaluate(WEIGH, json.dumps(asked)))
    assert len(answers) == len(combinations)
    assert sum(answer["step"] is None for answer in answers) == 1
    for ticked, answer in zip(combinations, answers, strict=True):
        assert answer["step"] == named(ticked, of), ticked
        assert answer["most"] == fullest(ticked, of), ticked
        assert answer["grave"] == [step for step in (5, 4) if ticked[step]], ticked


DRIVE = """
(all) => {
  const form = document.querySelector(".selfcheck__form");
  const boxes = new Map([...form.querySelectorAll("[type=checkbox]")].map((b) => [b.labels[0].textContent.trim(), b]));
  const answer = document.querySelector(".selfcheck__answer");
  const seen = (selector) => [...answer.querySelectorAll(selector)].filter((e) => e.checkVisibility());
  form.requestSubmit();
  return all.map((words) => {
    for (const [text, box] of boxes) box.checked = words.includes(text);
    form.dispatchEvent(new Event("change", { bubbles: true }));
    const first = [...answer.querySelectorAll("section")].find((section) => section.checkVisibility());
    return {
      boxes: boxes.size,
      shown: seen(".selfcheck__step").map((e) => e.textContent),
      opens: first?.querySelectorAll("a[href^='tel:']").length ?? 0,
      seek: seen(".selfcheck__help p").map((e) => e.textContent).join(" "),
      counts: seen(".selfcheck__bar").map((e) => e.textContent),
      tie: seen(".selfcheck__profile p").map((e) => e.textContent).join(" "),
      today: seen("[data-today]").map((e) => e.textContent.trim()),
      letter: seen(".selfcheck__letter").map((e) => e.textContent).join(""),
    };
  });
}
"""
SAYS_A_TIE = {
    "da": re.compile(r"Trin [\d, og]+ fylder lige meget"),
    "en": re.compile(r"Steps [\d, and]+ weigh equally"),
}
OF = {"da": "af", "en": "of"}


def test_the_page_answers_every_combination_of_no_sign_one_and_all(page: Page, real_url: str) -> None:
    """And the same number of each step; the rule itself is tried with every combination of numbers above."""
    lang = "da"
    own = signs(REAL, lang)
    of = {step: len(words) for step, words in own.items()}
    combinations = [dict(zip(of, counts, strict=True)) for counts in product(*((0, 1, n) for n in of.values()))]
    combinations += [{step: min(number, n) for step, n in of.items()} for number in range(2, max(of.values()))]
    ticked = [[sign for step, number in counts.items() for sign in own[step][:number]] for counts in combinations]
    compare(page, real_url, REAL, lang, ticked)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_answers_every_single_and_every_pair_of_ticks(page: Page, real_url: str, lang: str) -> None:
    """So each sign counts for its own step, whichever it is."""
    each = [sign for words in signs(REAL, lang).values() for sign in words]
    pairs = [[a, b] for i, a in enumerate(each) for b in each[i + 1 :]]
    compare(page, real_url, REAL, lang, [[sign] for sign in each] + pairs + [each, []])


@pytest.mark.parametrize("grave", [(4,), (5,), (4, 5)], ids=["4", "5", "4 and 5"])
def test_a_grave_tick_is_never_outvoted(page: Page, real_url: str, grave: tuple[int, ...]) -> None:
    own = signs(REAL, "da")
    rest = [sign for step in (1, 2, 3) for sign in own[step]]
    compare(page, real_url, REAL, "da", [[*rest, *(own[step][i] for step in grave)] for i in range(4)])


def compare(page: Page, url: str, docs: Library, lang: str, combinations: list[list[str]]) -> None:
    """What the page says of each combination of ticked signs is what the rule says."""
    page.goto(f"{url}/{docs.path(docs['self-check'], lang)}")
    page.wait_for_selector(".selfcheck[data-shows]")
    own, words = signs(docs, lang), {a.shared.step: a[lang].words for a in docs.ladder}
    of = {step: len(texts) for step, texts in own.items()}
    answers = page.evaluate(DRIVE, combinations)
    assert len(answers) == len(combinations) > 0
    assert {answer["boxes"] for answer in answers} == {sum(of.values())}
    for chosen, answer in zip(combinations, answers, strict=True):
        ticked = {step: len(set(texts) & set(chosen)) for step, texts in own.items()}
        step, grave = named(ticked, of), [step for step in (4, 5) if ticked.get(step)]
        assert len(answer["shown"]) == (step is not None), chosen
        if step is None:
            continue
        assert words[step].label in answer["shown"][0], chosen
        assert answer["today"] == [words[step].today], chosen
        assert words[step].today in answer["shown"][0], chosen
        assert (answer["opens"] > 0) == bool(grave), chosen
        assert {s for s in (4, 5) if s in words and words[s].seek in answer["seek"]} == set(grave), chosen
        said = [f"{ticked[s]} {OF[lang]} {of[s]}" in text for s, text in zip(of, answer["counts"], strict=True)]
        assert all(said), (chosen, answer["counts"])
        most = fullest(ticked, of)
        assert bool(SAYS_A_TIE[lang].search(answer["tie"])) == (len(most) > 1), chosen
        assert all(str(s) in answer["tie"] for s in most), chosen
        told = chosen if any(ticked[s] for s in of if s > 1) else ()  # A doctor is told nothing of balance alone.
        assert all((text in answer["letter"]) == (text in told) for texts in own.values() for text in texts), chosen
