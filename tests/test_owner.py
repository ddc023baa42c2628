"""An owner's day: what docs/owners tells, done in a copy of the project in mkdocs.yml alone, and looked at."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import Browser, Page, expect

from conftest import ROOT, build, built, keep, owned, serve
from knowledge.checks.check import check_site
from knowledge.core.language import LANGUAGES
from knowledge.core.placeholder import PLACEHOLDER
from knowledge.pages.theme.colour import contrast
from test_theme import DRAWING, a_font

NAME = "Roligt"
URL = "https://roligt.example/"
TOPIC = {
    "da": "title: Søvn\ndescription: Hvad du kan gøre, når du sover dårligt, fordi du er presset, og hvornår du skal "
    "tale med din læge om det.\nslug: soevn\nkind: topic\nreviewed: 2026-11-20\n"
    "image_alt: En seng under et vindue med måne, fordi emnet er nattens ro.\n---\nHer finder du artikler om søvn.\n",
    "en": "title: Sleep\ndescription: What you can do when you sleep badly because you’re under strain, and when to "
    "talk to your doctor about it.\nslug: sleep\n"
    "image_alt: A bed below a window with a moon, because the topic is the calm of night.\n---\nHere are articles.\n",
}
MORE = """
  publisher: {email: hej@roligt.example}
  comments:
    isso: https://isso.roligt.example
  newsletter: {provider: kit, lists: {da: "1", en: "2"}, double_opt_in: true, sender: Os, withdraw: nej@roligt.example}
"""
"""Blocks, switched on as the guide's later sections tell."""


def blocks(lang: str) -> list[str]:
    """The lines for mkdocs.yml in the guide, as they stand there, before the newsletter's."""
    guide = (ROOT / f"docs/owners.{lang}.md").read_text("utf-8")
    before = guide[: re.search(r"^## (?:Nyhedsbrevet|The newsletter)$", guide, re.MULTILINE).start()]  # type: ignore[union-attr]
    return re.findall(r"^```yaml\n(.*?)^```$", before, re.MULTILINE | re.DOTALL)


def parts(text: str, indent: int) -> dict[str, str]:
    """The keys at an indent, each with its lines as they are written."""
    found = re.split(rf"^(?= {{{indent}}}[a-z_]+:)", text, flags=re.MULTILINE)
    return {part.lstrip().partition(":")[0]: part for part in found if re.match(rf" {{{indent}}}[a-z_]+:", part)}


def written(text: str, block: str) -> str:
    """The file with a block's keys in place of those that it has; those below `extra` one by one."""
    for key, lines in parts(block, 0).items():
        old = parts(text, 0).get(key)
        if key == "extra" and old:
            new = old.rstrip("\n") + "\n"
            for below, setting in parts(lines, 2).items():
                known = parts(new, 2).get(below)
                new = new.replace(known, setting) if known else new + setting
            text = text.replace(old, new)
        else:
            text = text.replace(old, lines + "\n") if old else f"{text.rstrip()}\n\n{lines}"
    return text


@dataclass(frozen=True)
class Owned:
    """The owner's site."""

    folder: Path
    """Of the project's copy."""
    site: Path


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, with the owner's own files and the folder of a new topic."""
    folder = tmp_path_factory.mktemp("owner")
    for name in ("docs", "overrides", "hooks", "dictionaries", "published", "translations.lock", "mkdocs.yml"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy(source, folder)
    keep(folder)
    docs = folder / "docs"
    owned(docs)
    (docs / "assets").mkdir()
    for name in ("logo.svg", "favicon.svg"):
        (docs / "assets" / name).write_text(DRAWING, "utf-8")
    a_font(docs / "assets/fonts/ro.woff2", "Ro Sans")
    (docs / "sleep").mkdir()
    for lang, text in TOPIC.items():
        (docs / f"sleep/index.{lang}.md").write_text(f"---\n{text}", "utf-8")
    shutil.copy(docs / "alliance/index.svg", docs / "sleep")
    return folder


def followed(guide: str) -> str:
    """The file after every step of the guide in a language."""
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    for block in blocks(guide):
        text = written(text, block)
    return written(text, f"extra:{MORE}")


@pytest.fixture(scope="module")
def site(project: Path) -> Owned:
    """The site, built for its public address after every step of the Danish guide; see the test below for the other."""
    config = project / "mkdocs.yml"
    config.write_text(followed("da"), "utf-8")
    return Owned(project, built(config, project / "site", URL))


@pytest.fixture(scope="module")
def url(site: Owned) -> Iterator[str]:
    yield from serve(site.site)


def pages(site: Path) -> dict[str, str]:
    """Every page's source, by path."""
    return {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}


def test_the_guides_give_the_same_settings() -> None:
    da, en = ([yaml.safe_load(block) for block in blocks(lang)] for lang in ("da", "en"))
    assert len(da) == 4
    for block in (*da, *en):
        for key in ("nav", "copyright"):
            block.pop(key, None)
    assert da == en
    ours, theirs = (yaml.load(followed(lang), Loader=yaml.BaseLoader) for lang in ("da", "en"))
    assert {key for key in ours | theirs if ours.get(key) != theirs.get(key)} <= {"nav", "copyright"}
    assert list(ours) == list(theirs)
    assert [where(entry) for entry in ours["nav"]] == [where(entry) for entry in theirs["nav"]]


@pytest.mark.parametrize("provider", ["goatcounter", "plausible", "umami"])
def test_the_checks_find_nothing_in_what_the_guide_says(project: Path, provider: str) -> None:
    """But that nobody has listed the new addresses, nor compared the new translation."""
    settings = followed("da")
    if provider != "goatcounter":
        settings = settings.replace("provider: goatcounter", f"property: roligt.example, provider: {provider}")
    config = project / "mkdocs.yml"
    config.write_text(settings, "utf-8")
    _, problems = check_site(config)
    assert [str(problem) for problem in problems if problem.rule not in ("published", "translation-old")] == []
    assert {problem.file for problem in problems if problem.rule == "published"} == {
        f"published/{lang}.txt" for lang in LANGUAGES
    }


def where(entry: str | dict[str, str]) -> str:
    """Where an entry of the menu leads."""
    return entry if isinstance(entry, str) else next(iter(entry.values()))


def test_the_name_stands_nowhere_but_in_its_setting(site: Owned) -> None:
    found = pages(site.site)
    assert len(found) > 100
    for path, page in found.items():
        assert NAME in page, path
    for path in site.site.rglob("*"):
        if path.suffix in (".html", ".atom", ".json", ".xml", ".js", ".md", ".txt") or path.name.startswith("_"):
            text = path.read_text("utf-8")
            rest = re.sub(r"/om-trinvis/", "", text)
            assert not re.search(r"trinvis", rest, re.IGNORECASE), path
            assert not PLACEHOLDER.search(text), path


def test_the_address_that_was_published_stays(site: Owned) -> None:
    assert (site.site / "om-trinvis/index.html").is_file()


LOOK = """async () => {
  await document.fonts.load('16px "Ro Sans"')
  const link = document.createElement('a')
  link.href = '/'
  document.querySelector('main').append(link)
  const style = (element) => getComputedStyle(element)
  const logo = document.querySelector('.masthead__logo')
  const menu = [...document.querySelectorAll('.masthead__menu a')]
  const found = {
    accent: style(link).color,
    ground: style(document.body).backgroundColor,
    logo: logo.complete && logo.naturalWidth > 0,
    loaded: [...document.fonts].filter((font) => font.status === 'loaded').map((font) => font.family.toLowerCase()),
    fonts: ['body', 'h1'].map((name) => style(document.querySelector(name)).fontFamily),
    menu: menu.map((item) => item.innerText),
    clinic: menu[5].getAttribute('href'),
    width: document.documentElement.scrollWidth,
  }
  link.remove()
  return found
}"""


@pytest.mark.parametrize("path", ["", "en/alliance/micro-repair/", "soevn/", "privatliv/"])
def test_the_page_has_the_owners_look(chromium: Browser, url: str, path: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, color_scheme="light")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda response: asked.append(f"{response.status}") if response.status >= 400 else None)
    page.route("https://visits.roligt.example/**", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{url}/{path}")
    expect(page.locator(".masthead__name")).to_have_text(NAME)
    grounds = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        look = page.evaluate(LOOK)
        assert look["logo"]
        assert any("ro sans" in name for name in look["loaded"])
        assert [font.partition(",")[0] for font in look["fonts"]] == ['"Ro Sans"'] * 2
        accent, ground = (
            "#" + "".join(f"{int(n):02x}" for n in re.findall(r"\d+", look[colour])[:3])
            for colour in ("accent", "ground")
        )
        grounds.add(ground)
        assert accent not in ("#265649", "#93cfb8"), "the site's own"
        assert contrast(accent, ground) >= 7
        red, green, blue = (int(accent[i : i + 2], 16) for i in (1, 3, 5))
        assert blue > red > green, "deep purple"
        names = ("Søvn", "Kontakt") if not path.startswith("en/") else ("Sleep", "Contact")
        assert (look["menu"][0], look["menu"][4], look["clinic"]) == (*names, "https://klinik.example/")
        assert look["width"] <= 360
        options = {"rules": {"color-contrast-enhanced": {"enabled": True}}}
        found = Axe().run(page, options=options).response
        assert "color-contrast-enhanced" in {rule["id"] for rule in found["passes"]}
        assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == [], scheme
    assert len(grounds) == 2
    others = [
        a for a in asked if a.isdigit() or not a.startswith((url, "data:", "https://visits.roligt.example/count.js"))
    ]
    assert others == []
    context.close()


def test_the_switch_leads_from_one_scheme_to_the_other_and_stays(chromium: Browser, url: str) -> None:
    context = chromium.new_context(color_scheme="dark")
    page = context.new_page()
    page.route("https://visits.roligt.example/**", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(url)
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    button = page.locator("[data-scheme-switch]")
    expect(button).to_have_text("Skift til lyst tema", use_inner_text=True)
    button.click()
    expect(button).to_have_text("Skift til mørkt tema", use_inner_text=True)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert light != dark
    page.goto(f"{url}/en/")
    expect(page.locator("[data-scheme-switch]")).to_have_text("Switch to dark theme", use_inner_text=True)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == light
    context.close()


@pytest.mark.parametrize("width", [320, 360])
def test_a_long_name_leaves_the_way_to_the_other_language_on_the_screen(
    chromium: Browser, url: str, width: int
) -> None:
    page = chromium.new_context(viewport={"width": width, "height": 640}).new_page()
    page.goto(url)
    name = "Klinik for psykoterapi og stressbehandling i Sønderjylland"
    page.locator(".masthead__name").evaluate("(link, name) => { link.lastChild.textContent = name }", name)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    box = page.locator(".masthead__language").bounding_box()
    assert box
    assert box["x"] + box["width"] <= width
    page.context.close()


def test_the_foot_shows_what_is_set(site: Owned) -> None:
    page = html.fromstring((site.site / "soevn/index.html").read_text("utf-8"))
    foot = page.xpath('//footer[@class="colophon"]')[0]
    links = {link.get("href"): " ".join(link.text_content().split()) for link in foot.iter("a")}
    assert links["https://github.com/example/roligt/edit/main/docs/sleep/index.da.md"] == "Foreslå en ændring"
    assert links["https://github.com/example/roligt"] == "GitHub"
    assert links["https://social.example/@roligt"] == "Mastodon"
    assert links["https://creativecommons.org/licenses/by/4.0/"] == "CC BY 4.0"
    assert len(foot.xpath('.//a//*[local-name()="svg"]')) == 3
    assert NAME in foot.text_content()


def test_visits_are_counted_where_the_settings_say_and_the_pages_tell_it(site: Owned) -> None:
    found = pages(site.site)
    counted = {path for path, page in found.items() if "https://visits.roligt.example/count.js" in page}
    assert {"index.html", "soevn/index.html", "alliancen/terapeutisk-alliance/index.html"} <= counted
    assert not counted & {"soeg/index.html", "en/search/index.html", "faa-hjaelp-nu/index.html", "404.html"}
    for path in counted:
        assert 'class="help"' not in found[path], path
    policy = html.fromstring(found["index.html"]).xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')[0]
    for directive in ("script-src", "connect-src", "img-src"):
        (line,) = [part for part in policy.split("; ") if part.startswith(directive)]
        assert "https://visits.roligt.example" in line, directive
    assert "https://visits.roligt.example" in (site.site / "_headers").read_text("utf-8")
    for path, says, before in (
        ("privatliv/index.html", "Vi tæller besøg med programmet GoatCounter", "Vi tæller ikke besøg"),
        ("en/privacy/index.html", "We count visits with the program GoatCounter", "We don’t count visits"),
    ):
        text = " ".join(html.fromstring(found[path]).text_content().split())
        assert says in text
        assert before not in text


def test_blocks_are_on(site: Owned) -> None:
    page = html.fromstring((site.site / "alliancen/terapeutisk-alliance/index.html").read_text("utf-8"))
    assert page.xpath('//section[@class="newsletter"]//form')
    assert page.xpath('//section[contains(@class, "comments")]')


def test_without_the_settings_the_pages_say_that_nobody_counts(real_site: Path) -> None:
    found = pages(real_site)
    assert "Vi tæller ikke besøg" in found["privatliv/index.html"]
    assert "We don’t count visits" in found["en/privacy/index.html"]
    for path, page in found.items():
        assert not re.search(
            r"\{\{ (?:site|vis)|count\.js|masthead__logo|colophon__(?:files|social)|data-scheme-mode", page
        ), path


FIXED = {"default": ("dark", "rgb(255, 253, 248)"), "slate": ("light", "rgb(23, 29, 32)")}


@pytest.mark.parametrize("scheme", FIXED)
def test_one_scheme_alone_holds_whatever_the_device_and_an_earlier_choice_say(
    tmp_path: Path, chromium: Browser, scheme: str
) -> None:
    device, ground = FIXED[scheme]
    keep(tmp_path)
    config = tmp_path / "mkdocs.yml"
    config.write_text(
        f"INHERIT: {ROOT}/tests/site/mkdocs.yml\ndocs_dir: {ROOT}/tests/site/docs\nwatch: []\n"
        f"hooks: [{ROOT}/hooks/main.py]\ntheme:\n  custom_dir: {ROOT}/overrides\n  palette: {{scheme: {scheme}}}\n",
        "utf-8",
    )
    for address in serve(built(config, tmp_path / "site")):
        context = chromium.new_context(color_scheme=device)  # type: ignore[arg-type]
        page: Page = context.new_page()
        page.add_init_script(f"localStorage.setItem('scheme', '{device}')")
        page.goto(address)
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ground
        expect(page.locator("[data-scheme-switch]")).to_have_count(0)
        context.close()


def test_a_changed_style_sheet_changes_its_address_on_pages_that_were_kept(tmp_path: Path) -> None:
    keep(tmp_path)
    docs = shutil.copytree(ROOT / "tests/site/docs", tmp_path / "docs")
    config, sheet, site = tmp_path / "mkdocs.yml", docs / "own.css", tmp_path / "site"
    config.write_text(
        f"INHERIT: {ROOT}/tests/site/mkdocs.yml\ndocs_dir: docs\nwatch: []\nhooks: [{ROOT}/hooks/main.py]\n"
        f"theme:\n  custom_dir: {ROOT}/overrides\nextra_css: [own.css]\n",
        "utf-8",
    )
    addresses = []
    for colour in ("red", "blue"):
        sheet.write_text(f"p {{ color: {colour}; }}\n", "utf-8")
        built(config, site)
        page = html.fromstring((site / "index.html").read_text("utf-8"))
        addresses.append(page.xpath('//link[contains(@href, "own.css")]/@href')[0])
        assert (site / "own.css").read_text("utf-8") == sheet.read_text("utf-8")
    assert addresses[0] != addresses[1]
    config.write_text(config.read_text("utf-8").replace("own.css", "onw.css"), "utf-8")
    result = build(config, site)
    assert result.returncode != 0
    assert "did you mean “own.css”?" in result.stdout + result.stderr
