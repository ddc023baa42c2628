"""The self-check, as its reader meets it: on a phone, on paper, without JavaScript, without storage."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise, product
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from conftest import FLAGS, ROOT, WHOLE_CHROMIUM, real_library
from knowledge.core.language import LANGUAGES
from knowledge.core.strings import read_strings
from knowledge.pages.parts import Step
from knowledge.pages.self_check import self_check
from paper import sheets
from test_accessibility import context, violations

DOCS = real_library()
WORDS = read_strings(ROOT / "overrides/strings")
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
BOXES = ".selfcheck__group input"
ANSWER = ".selfcheck__answer"

Opening = Callable[..., Page]
FORGET = "localStorage.clear(); sessionStorage.clear()"
ANSWER_WITH = """
signs => {
  const form = document.querySelector(".selfcheck__form");
  const boxes = [...form.querySelectorAll("[name=sign]")].map((box) => [box, box.labels[0].textContent.trim()]);
  const [back, onward, show] = ["[data-turn='-1']", "[data-turn='1']", "[type=submit]"].map(
    (name) => form.querySelector(name));
  const turn = (button, until) => {
    while (until()) {
      if (!button.checkVisibility()) throw new Error("not shown: " + button.textContent);
      button.click();
    }
  };
  turn(back, () => back.checkVisibility());
  for (const [box, text] of boxes) {
    if (!signs.includes(text)) continue;
    turn(onward, () => !box.checkVisibility());
    if (!box.checked) box.click();
  }
  turn(onward, () => !show.checkVisibility());
  show.click();
  return boxes.filter(([box, text]) => box.checked && signs.includes(text)).length;
}
"""
"""Goes through the screens from the first, ticks signs, and asks for the answer."""


class Windows:
    """A page for each kind of window, which the tests use one after another, and what went wrong on any of them."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.pages: dict[str, Page] = {}
        self.errors: list[str] = []

    def watched(self, context: BrowserContext) -> Page:
        """A new page, on which no script may fail."""
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        return page

    def of(self, settings: dict[str, Any]) -> Page:
        """The page of a window with these settings."""
        kind = repr(sorted(settings.items()))
        if kind not in self.pages:
            self.pages[kind] = self.watched(self.browser.new_context(**settings))
        return self.pages[kind]


@pytest.fixture(scope="module")
def windows(chromium: Browser, real_url: str) -> Iterator[Windows]:
    made = Windows(chromium, real_url)
    yield made
    for page in made.pages.values():
        page.context.close()


@pytest.fixture
def opened(windows: Windows) -> Iterator[Opening]:
    """Opens the self-check, with nothing kept from another test, on a page on which no script may fail."""
    own: list[Page] = []
    windows.errors.clear()

    def open_page(lang: str = "da", init: str = "", context: BrowserContext | None = None, **settings: Any) -> Page:
        settings = {"viewport": PHONE, **settings}
        if init:
            context = windows.browser.new_context(**settings)
        page = windows.watched(context) if context else windows.of(settings)
        if context:
            own.append(page)
        if init:
            page.add_init_script(init)
        if not context and page.url.startswith(windows.url):
            page.evaluate(FORGET)
        page.goto(f"{windows.url}/{DOCS.path(DOCS['self-check'], lang)}", wait_until="load")
        if settings.get("java_script_enabled", True):
            page.wait_for_selector(".selfcheck[data-shows]")
        return page

    yield open_page
    for page in own:
        page.close()
    for page in windows.pages.values():
        page.evaluate("document.title")  # What it says at last is only heard when something is asked of it.
    assert windows.errors == []


def signs(lang: str, *steps: int) -> list[str]:
    """The signs of steps, or of all."""
    return [sign for a in DOCS.ladder if not steps or a.shared.step in steps for sign in a[lang].words.signs]


def label(lang: str, step: int) -> str:
    """A step's name."""
    return next(a[lang].words.label for a in DOCS.ladder if a.shared.step == step)


def answered(page: Page, lang: str, *chosen: str) -> Locator:
    """Tick signs on all screens, and ask for the answer."""
    assert page.evaluate(ANSWER_WITH, chosen) == len(chosen)
    return page.locator(ANSWER)


def ticked(page: Page) -> list[str]:
    """The signs that are ticked, in the order of the ladder."""
    found = page.locator(f"{BOXES}:checked").evaluate_all("all => all.map(b => b.labels[0].textContent.trim())")
    lang = page.locator("html").get_attribute("lang") or ""
    return [sign for sign in signs(lang) if sign in found]


# --- The questions


@pytest.mark.parametrize("lang", LANGUAGES)
def test_questions_do_not_give_the_answer_away(opened: Opening, lang: str) -> None:
    page = opened(lang, viewport=DESK)
    form = page.locator(".selfcheck__form")
    texts = [text.strip() for text in form.locator("li").all_text_contents()]
    assert sorted(texts) == sorted(signs(lang))
    shown = form.inner_text()
    assert not [step for step in range(1, 6) if label(lang, step).lower() in shown.lower().replace("\n", " ")]
    step_of = {sign: a.shared.step for a in DOCS.ladder for sign in a[lang].words.signs}
    steps = [step_of[text] for text in texts]
    assert all(a != b for a, b in pairwise(steps)), steps
    for group in form.locator("fieldset").all():
        own = [step_of[text.strip()] for text in group.locator("li").all_text_contents()]
        assert own not in (sorted(own), sorted(own, reverse=True)), own


def test_the_order_is_the_same_in_both_languages_and_every_time(opened: Opening) -> None:
    orders = [
        opened(lang).locator(BOXES).evaluate_all("all => all.map(b => [b.value, b.dataset.number])")
        for lang in ("da", "en", "da")
    ]
    assert len(orders[0]) == len(signs("da")) == len({value for value, _ in orders[0]})
    assert orders[0] == orders[1] == orders[2]


def step(number: int, *texts: str) -> Step:
    """A step with these signs."""
    return Step(number, f"/{number}/", f"step {number}", False, texts, "", "")


def test_a_sign_is_known_by_its_danish_words() -> None:
    """So a tick that was kept is not another sign's, once a sign is moved, added or changed."""

    def ids(da: list[Step], en: list[Step]) -> dict[str, str]:
        return {sign.text: sign.id for group in self_check(en, da).groups for sign in group}

    english = [step(1, "a", "b"), step(2, "c")]
    before = ids([step(1, "A", "B"), step(2, "C")], english)
    assert len(set(before.values())) == 3
    moved = ids([step(1, "B", "A"), step(2, "C")], [step(1, "b", "a"), step(2, "c")])
    assert moved == before
    changed = ids([step(1, "A!", "B"), step(2, "C")], english)
    assert {text for text in before if before[text] != changed[text]} == {"a"}
    assert len(set(ids([step(1, "A")], english).values())) == 3, "a preview with fewer Danish signs fails"


@pytest.mark.parametrize("sizes", [(4, 4, 5, 4, 4), (2, 2), (1,), (3, 1, 1), (6, 2, 9, 1, 3), (2, 0, 3), ()], ids=str)
def test_every_sign_is_asked_about_once_in_even_groups(sizes: tuple[int, ...]) -> None:
    ladder = [step(n, *(f"{n}.{i}" for i in range(size))) for n, size in enumerate(sizes, 1)]
    check = self_check(ladder, ladder)
    asked = [sign for group in check.groups for sign in group]
    assert sorted(sign.text for sign in asked) == sorted(text for s in ladder for text in s.signs)
    assert [sign.number for sign in asked] == list(range(1, len(asked) + 1))
    assert len(check.groups) == len(sizes)
    lengths = [len(group) for group in check.groups]
    assert not lengths or max(lengths) - min(lengths) <= 1
    numbers = {s.number: numbers for s, numbers in check.key}
    assert all(sign.number in numbers[sign.step.number] for sign in asked)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_phone_shows_one_group_at_a_time_and_how_far_one_is(opened: Opening, lang: str) -> None:
    """By hand: nothing but what is seen is tapped."""
    page, words = opened(lang), WORDS[lang]
    seen: list[str] = []
    for number in range(1, 6):
        group = page.get_by_role("group", name=words["selfcheck_part"].format(number=number, of=5))
        expect(group).to_be_visible()
        expect(page.locator(".selfcheck__group:visible")).to_have_count(1)
        seen += [text.strip() for text in group.locator("li").all_text_contents()]
        group.get_by_role("checkbox").first.check()
        expect(page.get_by_role("button", name=words["selfcheck_button"])).to_be_visible(visible=number == 5)
        if number < 5:
            page.get_by_role("button", name=words["selfcheck_next"]).click()
            expect(page.locator(".selfcheck__group:visible")).to_be_focused()
            expect(page.locator(".selfcheck__group:visible legend")).to_be_in_viewport()
    assert sorted(seen) == sorted(signs(lang))
    page.get_by_role("button", name=words["selfcheck_back"]).click()
    expect(page.get_by_role("group", name=words["selfcheck_part"].format(number=4, of=5))).to_be_visible()
    page.get_by_role("button", name=words["selfcheck_next"]).click()
    page.get_by_role("button", name=words["selfcheck_button"]).click()
    expect(page.locator(ANSWER)).to_be_focused()
    assert len(ticked(page)) == 5


def test_all_at_once_is_a_choice_and_the_default_of_a_wide_screen(opened: Opening) -> None:
    words = WORDS["da"]
    for settings, count in (({}, 1), ({"viewport": DESK}, 5)):
        page = opened(**settings)
        groups = page.locator(".selfcheck__group:visible")
        expect(groups).to_have_count(count)
        page.get_by_role("button", name=words["selfcheck_all" if count == 1 else "selfcheck_few"]).click()
        expect(groups).to_have_count(6 - count)
        page.reload()
        expect(groups).to_have_count(6 - count)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_it_says_what_it_is_and_where_to_go_instead(opened: Opening, lang: str, script: bool) -> None:
    page, words = opened(lang, java_script_enabled=script), WORDS[lang]
    expect(page.get_by_text(words["selfcheck_note"])).to_be_visible()
    stop = page.locator(".selfcheck__stop")
    expect(stop).to_contain_text(words["selfcheck_stop"])
    help_page = DOCS.path(DOCS["help"], lang)
    assert (stop.get_by_role("link").get_attribute("href") or "").endswith(help_page)
    follows = "(a, b) => Boolean(a.compareDocumentPosition(document.querySelector(b)) & 4)"
    assert stop.evaluate(f"a => ({follows})(a, '.selfcheck__buttons')")
    assert page.locator("h1").evaluate("h => h.nextElementSibling.matches('aside.help')"), "help is not first"


# --- The answer


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("grave", [4, 5])
def test_a_grave_tick_opens_the_answer_with_help(opened: Opening, lang: str, grave: int) -> None:
    """The case of the review: every sign of step 1 and 3, and one grave one."""
    page = opened(lang)
    answer = answered(page, lang, *signs(lang, 1, 3), signs(lang, grave)[2])
    expect(answer).to_be_focused()
    first = [next(line for line in DOCS.help if line.kind == kind) for kind in ("danger", "suicide")]
    doctor = answer.locator("summary.call")
    for call, href in ((answer.locator("a.call").nth(i), line.tel) for i, line in enumerate(first)):
        expect(call).to_have_attribute("href", href)
    for button in (answer.locator("a.call").nth(0), answer.locator("a.call").nth(1), doctor):
        expect(button).to_be_in_viewport()
        box = button.bounding_box()
        assert box
        assert box["height"] >= 48
    doctor.click()
    gp = next(line for line in DOCS.help if line.kind == "gp")
    expect(answer.get_by_text(gp[lang].what)).to_be_visible()
    expect(answer.get_by_text(next(a[lang].words.seek for a in DOCS.ladder if a.shared.step == grave))).to_be_visible()
    heading = WORDS[lang]["selfcheck_begin"].format(number=grave, title=label(lang, grave))
    expect(answer.get_by_role("heading", name=heading)).to_be_visible()
    href = answer.locator(".selfcheck__more a:visible").get_attribute("href") or ""
    assert href.endswith(DOCS.path(next(a for a in DOCS.ladder if a.shared.step == grave), lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_step_means_takes_three_sentences(lang: str) -> None:
    for number in range(1, 6):
        assert len(re.findall(r"[.!?](?: |$)", WORDS[lang][f"selfcheck_means_{number}"])) == 3, number


def test_the_answer_follows_the_ticks_and_is_said(opened: Opening) -> None:
    page = opened(viewport=DESK)
    answer = answered(page, "da")
    expect(answer).to_contain_text(WORDS["da"]["selfcheck_none"])
    expect(answer.locator(".selfcheck__some")).not_to_be_visible()
    news = page.locator(".selfcheck__news")
    page.get_by_role("checkbox", name=signs("da", 4)[0]).check()
    expect(answer.locator(".selfcheck__help")).to_be_visible()
    expect(news).to_contain_text("trin 4")
    page.get_by_role("checkbox", name=signs("da", 4)[0]).uncheck()
    expect(answer.locator(".selfcheck__help")).not_to_be_visible()
    expect(news).to_have_text(WORDS["da"]["selfcheck_none"])
    page.get_by_role("checkbox", name=signs("da", 1)[0]).check()
    expect(news).to_contain_text("trin 1")
    page.get_by_role("button", name=WORDS["da"]["selfcheck_reset"]).click()
    expect(answer).not_to_be_visible()
    assert ticked(page) == []
    page.reload()
    assert ticked(page) == []
    expect(answer).not_to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_text_for_the_doctor_holds_the_ticks_and_is_copied(opened: Opening, lang: str) -> None:
    page = opened(lang, viewport=DESK)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chosen = [signs(lang, 1)[0], signs(lang, 5)[1], signs(lang, 3)[4]]
    answer = answered(page, lang, *chosen)
    answer.get_by_role("button", name=WORDS[lang]["selfcheck_copy"]).click()
    expect(answer.get_by_text(WORDS[lang]["selfcheck_copied"])).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(WORDS[lang]["selfcheck_letter_grave"])
    assert [line[2:] for line in text.splitlines() if line.startswith("– ")] == [chosen[1], chosen[2], chosen[0]]
    assert not re.search(r"[{}]|undefined", text)


def test_balance_makes_no_words_for_the_doctor(opened: Opening) -> None:
    """Who has ticked nothing but what goes well does not ask for “an appointment to talk about stress”."""
    page = opened(viewport=DESK)
    answer = answered(page, "da", *signs("da", 1))
    expect(answer.locator(".selfcheck__plan")).to_be_visible()
    expect(answer.locator(".selfcheck__doctor")).not_to_be_visible()
    page.get_by_role("checkbox", name=signs("da", 2)[0]).check()
    expect(answer.locator(".selfcheck__doctor")).to_be_visible()


def test_a_text_that_cannot_be_copied_is_selected(opened: Opening) -> None:
    page = opened(viewport=DESK, init="Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    answer = answered(page, "da", signs("da", 2)[0])
    answer.get_by_role("button", name=WORDS["da"]["selfcheck_copy"]).click()
    expect(answer.get_by_text(WORDS["da"]["selfcheck_selected"])).to_be_visible()
    assert signs("da", 2)[0] in page.evaluate("getSelection().toString()")


# --- The plan, and paper


def folded(text: str) -> str:
    """A text without white space, which a PDF puts where it likes."""
    return "".join(text.split())


def test_a_plan_takes_three_actions_a_person_and_a_number(opened: Opening) -> None:
    page = opened(viewport=DESK)
    answer = answered(page, "da", signs("da", 3)[0], signs("da", 3)[1])
    actions = answer.locator("[name=action]:visible")
    assert actions.count() > 3
    for i in range(3):
        actions.nth(i).check()
    actions.nth(3).click()
    expect(actions.nth(3)).not_to_be_checked()
    expect(answer.get_by_text(WORDS["da"]["selfcheck_limit"])).to_be_visible()
    actions.nth(0).uncheck()
    actions.nth(3).check()
    expect(answer.locator("[name=action]:checked")).to_have_count(3)
    expect(answer.get_by_text(WORDS["da"]["selfcheck_limit"])).not_to_be_visible()
    answer.get_by_label(WORDS["da"]["selfcheck_person"]).fill("Anna")
    answer.get_by_label(WORDS["da"]["selfcheck_number"]).fill("12 34 56 78")
    page.reload()
    expect(answer.locator("[name=action]:checked")).to_have_count(3)
    expect(answer.get_by_label(WORDS["da"]["selfcheck_person"])).to_have_value("Anna")
    expect(answer.get_by_label(WORDS["da"]["selfcheck_number"])).to_have_value("12 34 56 78")


def test_todays_action_is_that_of_the_step_that_is_named(opened: Opening) -> None:
    """One that was chosen does not stay in the plan, unseen, when the answer is another."""
    page = opened(viewport=DESK)
    answer = answered(page, "da", signs("da", 2)[0])
    answer.locator("[name=action]:visible").first.check()
    page.get_by_role("checkbox", name=signs("da", 5)[0]).check()
    expect(answer.locator("[name=action]:checked")).to_have_count(0)
    page.reload()
    expect(answer.locator("[name=action]:checked")).to_have_count(0)


ALL = (1, 2, 3, 4, 5)
PRINTED = {
    "every sign, Danish, phone": ("da", ALL, PHONE),
    "every sign, English, desk": ("en", ALL, DESK),
    "none grave, Danish, desk": ("da", (1, 2, 3), DESK),
    "step 4, English, phone": ("en", (4,), PHONE),
}


@pytest.mark.parametrize(("lang", "steps", "viewport"), PRINTED.values(), ids=PRINTED.keys())
def test_answer_and_plan_print_on_one_page(
    opened: Opening, lang: str, steps: tuple[int, ...], viewport: dict[str, int]
) -> None:
    page = opened(lang, viewport=viewport)
    page.evaluate("window.print = () => { window.printed = true }")
    chosen = signs(lang, *steps)
    answer = answered(page, lang, *chosen)
    for i in range(3):
        answer.locator("[name=action]:visible").nth(i).check()
    actions = answer.locator("li:has([name=action]:checked)").all_text_contents()
    left = answer.locator("li:has([name=action]:not(:checked))").all_text_contents()
    answer.get_by_label(WORDS[lang]["selfcheck_person"]).fill("W" * 30)
    answer.get_by_label(WORDS[lang]["selfcheck_number"]).fill("+45 12 34 56 78")
    answer.get_by_role("button", name=WORDS[lang]["selfcheck_print"]).click()
    assert page.evaluate("window.printed")
    pages = sheets(page)
    assert len(pages) == 1
    sheet = folded(pages[0])
    own = next(a[lang].words for a in DOCS.ladder if a.shared.step == max(steps))
    wanted = [*chosen, *actions, "W" * 30, "+45 12 34 56 78", own.today, own.seek, own.label]
    assert [text for text in wanted if folded(text) not in sheet] == []
    assert [text for text in left if folded(text) in sheet] == []
    assert ("70201201" in sheet) == (max(steps) > 3)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_javascript_it_is_a_list_for_paper_with_its_key(opened: Opening, lang: str) -> None:
    page = opened(lang, java_script_enabled=False)
    with_script = opened(lang, viewport=DESK)
    order = [text.strip() for text in page.locator(".selfcheck__form li").all_text_contents()]
    assert order == [text.strip() for text in with_script.locator(".selfcheck__form li").all_text_contents()]
    for box in page.locator(BOXES).all():
        expect(box).to_be_visible()
    for hidden in (".selfcheck__buttons", ".selfcheck__mode", ANSWER, ".selfcheck__saved"):
        expect(page.locator(hidden)).not_to_be_visible()
    key = page.locator(".selfcheck__key li")
    expect(with_script.locator(".selfcheck__key")).not_to_be_visible()
    steps = sorted(DOCS.ladder, key=lambda article: -article.shared.step)
    for item, article in zip(key.all(), steps, strict=True):
        expect(item).to_be_visible()
        said = item.inner_text()
        numbers = [int(number) for number in said.partition(":")[0].split(", ")]
        assert sorted(order[number - 1] for number in numbers) == sorted(article[lang].words.signs)
        assert article[lang].words.seek in said
        assert (WORDS[lang]["selfcheck_key_grave"] in said) == (article.shared.step in (4, 5))
    pages = sheets(page)
    assert len(pages) == 1
    assert [text for text in order if folded(text) not in folded(pages[0])] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unanswered_list_prints_whole_on_one_page(opened: Opening, lang: str) -> None:
    pages = sheets(opened(lang))
    assert len(pages) == 1
    assert [sign for sign in signs(lang) if folded(sign) not in folded(pages[0])] == []


# --- What is kept, and what is not


def test_ticks_and_answer_are_kept_through_reload_back_and_the_other_language(opened: Opening) -> None:
    page = opened()
    chosen = [signs("da", 2)[0], signs("da", 4)[1]]
    answer = answered(page, "da", *chosen)
    page.reload()
    expect(answer).to_be_visible()
    expect(answer.locator(".selfcheck__help")).to_be_visible()
    assert ticked(page) == chosen
    answer.locator(".selfcheck__more a:visible").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nedsmeltet")
    page.go_back()
    expect(answer.locator(".selfcheck__help")).to_be_visible()
    assert ticked(page) == chosen
    page.go_forward()
    page.go_back()
    expect(answer.locator(".selfcheck__help")).to_be_visible()
    page.get_by_role("link", name="Read in English").click()
    expect(page.locator(ANSWER)).to_contain_text("Begin with step 4")
    assert ticked(page) == [signs("en", 2)[0], signs("en", 4)[1]]


def test_ticks_and_answer_are_kept_where_the_browser_keeps_the_whole_page(chromium: Browser, real_url: str) -> None:
    """Chromium's back/forward cache, which Playwright switches off, and which one without windows does not have."""
    browser = chromium.browser_type.launch(
        executable_path=WHOLE_CHROMIUM, args=FLAGS, ignore_default_args=["--disable-back-forward-cache"]
    )
    page = browser.new_page()
    page.goto(f"{real_url}/{DOCS.path(DOCS['self-check'], 'da')}")
    page.wait_for_selector(".selfcheck[data-shows]")
    page.evaluate("addEventListener('pageshow', (event) => { window.persisted = event.persisted })")
    chosen = [signs("da", 1)[0], signs("da", 5)[1]]
    answered(page, "da", *chosen)
    page.goto(real_url)
    page.go_back(wait_until="commit")
    page.wait_for_function("() => window.persisted")
    expect(page.locator(".selfcheck__help")).to_be_visible()
    assert ticked(page) == chosen
    browser.close()


def test_nothing_is_kept_on_the_device_unless_asked_for_and_it_is_deleted(opened: Opening) -> None:
    page, words = opened(viewport=DESK), WORDS["da"]
    answer = answered(page, "da", signs("da", 3)[0], signs("da", 3)[1])
    other = opened(context=page.context)
    assert ticked(other) == []
    assert page.evaluate("localStorage.length + document.cookie.length") == 0
    expect(page.locator(".selfcheck__saved")).not_to_be_visible()
    remember = answer.get_by_role("checkbox", name=words["selfcheck_remember"])
    expect(remember).not_to_be_checked()
    remember.check()
    today = page.evaluate("new Date().toLocaleDateString('da', { dateStyle: 'long' })")
    expect(answer.locator(".selfcheck__keep")).to_contain_text(f"{words['selfcheck_saved']} {today}")
    page.get_by_role("checkbox", name=signs("da", 3)[2]).check()
    answer.get_by_label(words["selfcheck_person"]).fill("Anna")

    later = opened(context=page.context)
    assert ticked(later) == signs("da", 3)[:3]
    expect(later.locator(ANSWER)).to_contain_text("Begynd med trin 3")
    expect(later.get_by_label(words["selfcheck_person"])).to_have_value("Anna")
    expect(later.locator(".selfcheck__saved")).to_contain_text(today)
    later.get_by_role("button", name=words["selfcheck_forget"]).click()
    expect(later.locator(".selfcheck__saved")).not_to_be_visible()
    assert later.evaluate("localStorage.length") == 0
    assert ticked(later) == signs("da", 3)[:3]
    assert ticked(opened(context=page.context)) == []


@pytest.mark.parametrize("way", ["the box", "clear all"])
def test_unticking_and_clearing_delete_what_was_remembered(opened: Opening, way: str) -> None:
    page, words = opened(viewport=DESK), WORDS["da"]
    answer = answered(page, "da", signs("da", 5)[0])
    remember = answer.get_by_role("checkbox", name=words["selfcheck_remember"])
    remember.check()
    assert page.evaluate("localStorage.length") == 1
    if way == "the box":
        remember.uncheck()
        expect(answer.get_by_text(words["selfcheck_forgotten"])).to_be_visible()
    else:
        page.get_by_role("button", name=words["selfcheck_reset"]).click()
        assert page.evaluate("sessionStorage.length") == 0
    assert page.evaluate("localStorage.length") == 0
    assert ticked(opened(context=page.context)) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_leaves_the_device(opened: Opening, lang: str) -> None:
    page = opened(lang, viewport=DESK)
    page.wait_for_load_state("networkidle")
    sent: list[str] = []
    page.context.on("request", lambda request: sent.append(request.url))
    page.evaluate("window.print = () => {}")
    answer = answered(page, lang, *signs(lang))
    answer.locator("[name=action]:visible").first.check()
    answer.get_by_label(WORDS[lang]["selfcheck_person"]).fill("Anna")
    answer.get_by_label(WORDS[lang]["selfcheck_person"]).press("Enter")
    for name in ("selfcheck_copy", "selfcheck_print"):
        answer.get_by_role("button", name=WORDS[lang][name]).click()
    answer.get_by_role("checkbox", name=WORDS[lang]["selfcheck_remember"]).check()
    page.get_by_role("button", name=WORDS[lang]["selfcheck_forget"]).click()
    page.get_by_role("button", name=WORDS[lang]["selfcheck_reset"]).click()
    with page.expect_request("**/?last"):  # Whatever was asked for before is heard before it.
        page.evaluate("fetch('/?last')")
    assert [url for url in sent if not url.endswith("/?last")] == []
    assert page.evaluate("document.cookie") == ""
    assert not re.search("[?#]", page.url)
    assert sent, "requests are not seen"


def test_nothing_is_sent_before_the_script_has_come(chromium: Browser, real_url: str) -> None:
    """Whoever is quick, or has no JavaScript, must not send ticks to the server in an address."""
    window = chromium.new_context(java_script_enabled=False)
    page = window.new_page()
    page.goto(f"{real_url}/find-dit-trin/")
    page.wait_for_load_state("networkidle")
    sent: list[str] = []
    window.on("request", lambda request: sent.append(request.url))
    for form in page.locator("main form").all():
        form.evaluate("form => { form.querySelector('input').checked = true; form.requestSubmit() }")
    page.locator("[name=sign]").first.check()
    page.locator("[name=sign]").first.press("Enter")
    page.wait_for_timeout(300)
    assert page.locator("main form").count() == 2
    assert (sent, page.url) == ([], f"{real_url}/find-dit-trin/")
    page.reload()
    assert sent, "requests are not seen"
    window.close()


BLOCKED = """
for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError") } });
"""
MISSING = """
for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { value: null });
"""
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') };"


@pytest.mark.parametrize("storage", [BLOCKED, MISSING, FULL], ids=["blocked", "missing", "full"])
def test_it_works_without_storage(opened: Opening, storage: str) -> None:
    page, words = opened(init=storage), WORDS["da"]
    answer = answered(page, "da", signs("da", 1)[0], signs("da", 4)[0])
    expect(answer.locator(".selfcheck__help")).to_be_visible()
    answer.locator("[name=action]:visible").first.check()
    remember = answer.get_by_role("checkbox", name=words["selfcheck_remember"])
    remember.click()
    expect(remember).not_to_be_checked()
    expect(answer.get_by_text(words["selfcheck_full"])).to_be_visible()
    page.get_by_role("button", name=words["selfcheck_reset"]).click()
    expect(answer).not_to_be_visible()
    assert ticked(page) == []


def test_a_device_that_fills_up_later_is_told_of(opened: Opening) -> None:
    """What was remembered is not left behind as if it were today's."""
    page, words = opened(viewport=DESK), WORDS["da"]
    answer = answered(page, "da", signs("da", 1)[0])
    answer.get_by_role("checkbox", name=words["selfcheck_remember"]).check()
    page.evaluate(f"() => {{ {FULL} }}")
    page.get_by_role("checkbox", name=signs("da", 4)[0]).check()
    expect(answer.locator(".selfcheck__help")).to_be_visible()
    expect(answer.get_by_text(words["selfcheck_full"])).to_be_visible()
    assert page.evaluate("localStorage.length") == 0


STATE = """() => {
  const seen = (selector) => [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility());
  return {
    ticks: document.querySelectorAll("[name=sign]:checked").length,
    groups: seen(".selfcheck__group").length,
    hasHelp: seen(".selfcheck__answer .selfcheck__help").length === 1,
    text: document.querySelector("main").innerText,
  };
}"""
DAMAGED = [
    "{",
    "null",
    "[]",
    "7",
    '"text"',
    '{"ticks": 3, "chosen": []}',
    '{"ticks": [null, {}, "gone"], "chosen": ["gone", 1]}',
    '{"ticks": [], "chosen": [], "group": 99, "mode": "x", "isShown": "yes", "saved": "never"}',
    '{"ticks": [], "chosen": [], "group": -1.5, "person": {}, "number": []}',
]


def test_damaged_storage_breaks_nothing(opened: Opening) -> None:
    page, found = opened(), []
    for storage, kept in product(("localStorage", "sessionStorage"), DAMAGED):
        page.evaluate(
            f"([storage, kept]) => {{ {FORGET}; window[storage].setItem('selfcheck', kept) }}", [storage, kept]
        )
        page.reload()
        page.wait_for_selector(".selfcheck[data-shows]")
        before = page.evaluate(STATE)
        answered(page, "da", signs("da", 5)[0])
        after = page.evaluate(STATE)
        odd = re.findall("undefined|NaN|Invalid|object", after["text"])
        if (before["ticks"], before["groups"], after["ticks"], after["hasHelp"], odd) != (0, 1, 1, True, []):
            found.append((storage, kept, before, after))
    assert found == []


# --- Everybody


@pytest.mark.parametrize(("lang", "scheme"), [("da", "light"), ("en", "dark")])
def test_axe_finds_nothing_in_an_answer(chromium: Browser, real_url: str, lang: str, scheme: str) -> None:
    """To no sign, and to one; test_accessibility looks at the answer to all of them."""
    window = context(chromium, 320, scheme)
    page = window.new_page()
    page.goto(f"{real_url}/{DOCS.path(DOCS['self-check'], lang)}")
    page.wait_for_selector(".selfcheck[data-shows]")
    for chosen in ([], signs(lang)[:1]):
        answer = answered(page, lang, *chosen)
        if chosen:
            answer.locator("[data-remember]").check()
        assert violations(page, ".selfcheck") == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    window.close()


def test_the_keyboard_alone_finds_the_answer(opened: Opening) -> None:
    page = opened()
    page.locator(".selfcheck__mode button:visible").focus()
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.selfcheck__group')"):
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        while not page.evaluate("document.activeElement.matches('[data-turn=\"1\"], [type=submit]')"):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    expect(page.locator(ANSWER)).to_be_focused()
    assert len(ticked(page)) == 5
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.selfcheck__answer') !== null")
