"""Material's vocabulary: the same files look right here and in stock Material, without a script, and on paper."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from textwrap import indent

import material
import pytest
import yaml
from lxml import html as lxml_html
from playwright.sync_api import Browser, expect

from conftest import ROOT, built, configured, real_library, real_markdown, serve
from knowledge.checks.html import MARK, converter_of
from knowledge.core.language import LANGUAGES, Language
from knowledge.core.strings import read_strings
from knowledge.markdown.checklist import ChecklistExtension
from knowledge.markdown.citation import CitationsExtension
from knowledge.markdown.fault import Fault
from knowledge.markdown.github import GitHubExtension
from knowledge.markdown.question import QuestionsExtension
from knowledge.markdown.safe import SafeExtension
from knowledge.markdown.vocabulary import KINDS, VocabularyExtension
from knowledge.outputs.assets import ICONS, icons

LIBRARY = real_library()
STRINGS = read_strings(ROOT / "overrides/strings")
MARKDOWN = real_markdown()
KEY = "vocabulary"
STOCK = """\
site_name: Stock
theme: {name: material}
plugins: []
validation: {links: {not_found: ignore, unrecognized_links: ignore, anchors: ignore}}
"""


def page(site: Path, lang: Language) -> lxml_html.HtmlElement:
    """The page that shows the vocabulary, in a built site."""
    return lxml_html.parse(site / LIBRARY.path(LIBRARY[KEY], lang) / "index.html").getroot()


def converted(text: str) -> tuple[lxml_html.HtmlElement, list[Fault]]:
    """A text as its page shows it, and what was told of it."""
    faults: list[Fault] = []
    markup = converter_of(MARKDOWN, faults.append).convert(text)
    return lxml_html.fragment_fromstring(markup, create_parent="div"), faults


# --- The same as in stock Material ----------------------------------------------------------


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages for editors, built by stock Material with the extensions of our mkdocs.yml, as its manual has them."""
    folder = tmp_path_factory.mktemp("stock")
    (folder / "docs").mkdir()
    for lang in LANGUAGES:
        (folder / f"docs/{lang}.md").write_text(LIBRARY[KEY][lang].body, "utf-8")
    ours = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8").replace("!ENV", ""))["markdown_extensions"]
    config = (
        STOCK
        + yaml.safe_dump({"markdown_extensions": ours})
        + (
            "- pymdownx.emoji:\n"
            "    emoji_index: !!python/name:material.extensions.emoji.twemoji\n"
            "    emoji_generator: !!python/name:material.extensions.emoji.to_svg\n"
        )
    )
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml"), "-d", str(folder / "site")],
        check=True,
        capture_output=True,
        env={"NO_MKDOCS_2_WARNING": "1", "PATH": ""},
    )
    return folder / "site"


OURS = ".//div[@class='table'] | .//label[not(ancestor::*[@class='tabbed-labels'])] | .//span[@lang]"
"""What stands around something here that stands alone in Material: a region for a table, the label of a box to tick."""
ADDED = ("cites", "stale", "term")


def structure(text: lxml_html.HtmlElement) -> list[tuple[str, tuple[str, ...]]]:
    """Each element of a text with its classes, in reading order."""
    for element in list(text.xpath(OURS)):
        element.drop_tag()
    return [
        (element.tag, tuple(sorted(element.classes)))
        for element in text.iterdescendants()
        if isinstance(element.tag, str)
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_file_has_the_same_structure_in_stock_material(real_site: Path, stock: Path, lang: Language) -> None:
    theirs = lxml_html.parse(stock / lang / "index.html").getroot().xpath("//article")[0]
    for heading in theirs.xpath("./h1 | .//a[@class='headerlink']"):
        heading.drop_tree()
    ours = page(real_site, lang).xpath("//article")[0]
    for element in ours.xpath(
        "./h1 | ./nav | ./aside | ./*[preceding-sibling::div[@class='footnote']] | .//p[@class='reviewed']"
    ):
        element.drop_tree()
    for call in ours.xpath(".//a[@href='tel:112']"):  # Wherever a text says “ring 112”.
        call.drop_tag()
    found, expected = structure(ours), structure(theirs)
    assert len(expected) > 200
    assert {"admonition", "tabbed-set", "grid", "md-button", "twemoji", "footnote", "task-list-item"} <= {
        name for _, names in expected for name in names
    }
    assert found == expected


# --- What it shows ---------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_box_says_in_the_pages_language_what_it_is(real_site: Path, lang: Language) -> None:
    titles = [title.text_content() for title in page(real_site, lang).xpath("//p[@class='admonition-title']")]
    words = STRINGS[lang]
    untitled = [kind for kind in KINDS if kind not in ("note", "example")]
    assert len(untitled) == 10
    assert {words[f"box_{kind}"] for kind in untitled} <= set(titles)
    assert "Warning" not in titles or lang == "en"


@pytest.mark.parametrize("name", [name for kind, others in KINDS.items() for name in (kind, *others)])
def test_every_name_of_a_box_is_known_and_has_an_icon(name: str) -> None:
    tree, faults = converted(f'!!! {name}\n    Tekst.\n\n??? {name} "Titel"\n    Tekst.')
    assert faults == []
    assert tree.xpath(f"//div[@class='admonition {name}']/p[@class='admonition-title']")
    assert tree.xpath(f"//details[@class='{name}']/summary/text()") == ["Titel"]
    sheets = ("admonition.css", "vocabulary/boxes.css")
    sheet = "".join((ROOT / "overrides/assets/css" / name).read_text("utf-8") for name in sheets)
    assert name == "note" or f".{name}" in sheet


def test_each_kind_has_an_icon_of_its_own() -> None:
    assert set(ICONS) == set(KINDS)
    assert len(set(ICONS.values())) == len(ICONS)
    drawn = icons(frozenset(ICONS))
    assert all(f"--md-admonition-icon--{kind}:url('data:image/svg+xml,%3Csvg" in drawn for kind in KINDS)
    assert "Apache License 2.0" in drawn


def test_an_icon_is_drawn_into_the_page_and_an_emoji_is_a_character() -> None:
    tree, faults = converted(":material-phone: Ring. :smile: :fontawesome-brands-creative-commons:")
    assert faults == []
    assert len(tree.xpath("//span[@class='twemoji'][@aria-hidden='true']/svg/path/@d")) == 2
    assert "😄" in tree.text_content()
    assert tree.xpath("//img") == []


def test_icons_are_found_below_a_folder_whose_name_is_a_pattern(tmp_path: Path) -> None:
    """A checkout in `a[b]c`, with its environment in it: Material looks for its icons with the path as a pattern."""
    packages = tmp_path / "a[b]c"
    packages.mkdir()
    (packages / "material").symlink_to(Path(material.__file__).parent)
    script = (
        "from markdown import markdown\n"
        "from knowledge.markdown.vocabulary import VocabularyExtension\n"
        "print(markdown(':material-phone:', extensions=[VocabularyExtension()]))\n"
    )
    paths = {"PYTHONPATH": os.pathsep.join((str(packages), str(ROOT / "hooks")))}
    result = subprocess.run([sys.executable, "-c", script], env=paths, capture_output=True, text=True, check=True)
    assert "<svg" in result.stdout


def test_an_icon_with_a_title_can_be_reached_and_read_aloud() -> None:
    tree, faults = converted('Se :material-information-outline:{ title="Det er gratis" }.')
    assert faults == []
    (icon,) = tree.xpath("//span[@title='Det er gratis']")
    assert (icon.get("role"), icon.get("aria-label"), icon.get("tabindex")) == ("img", "Det er gratis", "0")
    assert icon.get("aria-hidden") is None


@pytest.mark.parametrize(
    "written",
    [
        '<div class="grid" onclick="x" markdown>\n\nTekst\n\n</div>',
        '<div class="grid cards">\n\n- a\n\n</div>',
        '<div markdown style="color:red">\n\nTekst\n\n</div>',
        '<div class="grid cards" markdown>\n\n- a\n',
        "<section markdown>\n\nTekst\n\n</section>",
        '<figure markdown="span">\n![a b](x.svg)\n<figcaption onclick="x">T</figcaption>\n</figure>',
    ],
)
def test_other_html_is_still_told(written: str) -> None:
    _, faults = converted(written)
    assert {fault.rule for fault in faults} & {"html", "shows-differently"}


@pytest.mark.parametrize(
    ("written", "xpath"),
    [
        ('<div class="grid cards" markdown>\n\n- a\n- b\n\n</div>', "//div[@class='grid cards']/ul/li"),
        ('<div class="grid" markdown>\n\nEn\n\nTo\n\n</div>\n\nTre', "//div[@class='grid']/p[2][text()='To']"),
        ("![En trappe](a.svg)\n\n/// caption\nEn *tekst*\n///", "//figure/figcaption/p/em"),
        (
            '<figure markdown="span">\n  ![En trappe](a.svg){ width="300" }\n'
            "  <figcaption>En tekst</figcaption>\n</figure>",
            "//figure[p/img[@width='300']]/figcaption[text()='En tekst']",
        ),
        ("![En trappe](a.svg){ align=left }", "//img[@align='left']"),
        ("[Ring](a.da.md){ .md-button .md-button--primary }", "//a[@class='md-button md-button--primary']"),
        ("Ord\n:   Mening", "//dl/dd[text()='Mening']"),
        ("Vi bruger ORS.\n\n*[ORS]: Outcome Rating Scale", "//abbr[@title='Outcome Rating Scale'][@tabindex='0']"),
        ("==a== ^^b^^ ~~c~~ H~2~O m^2^", "//p[mark][ins][del][sub][sup]"),
        ('!!! note inline end "T"\n    Tekst', "//div[@class='admonition note inline end']"),
        ('???+ tip "T"\n    Tekst', "//details[@class='tip'][@open]"),
        ('!!! note ""\n    Tekst', "//div[@class='admonition note'][not(p[@class='admonition-title'])]"),
    ],
)
def test_what_materials_reference_teaches_works(written: str, xpath: str) -> None:
    tree, faults = converted(written)
    assert [fault.message for fault in faults] == []
    assert tree.xpath(xpath)


BROKEN = {
    "tab without an end quotation mark": '=== "Fane\n    Tekst.',
    "tab with two equals signs": '== "Fane"\n    Tekst.',
    "details with two marks": '?? note "T"\n    Tekst.',
    "box with two marks": '!! note "T"\n    Tekst.',
    "box with three spaces": '!!! note "T"\n   Tekst.',
    "grid that is not closed": '<div class="grid cards" markdown>\n\n- a\n',
    "button with an open brace": "[Ring](a.da.md){ .md-button",
    "icon without its colon": "Ring :material-phone nu, eller :material-fone: her.",
    "caption without its last mark": "![En trappe](a.svg)\n\n/// caption\nTekst\n//",
    "abbreviation without a colon": "Vi bruger ORS.\n\n*[ORS] Outcome Rating Scale",
    "mark with one sign": "Det er ==vigtigt= nu.",
    "footnote with a space": "En note[^1].\n\n[^1] : Tekst.",
    "callout without its exclamation mark": "> [NOTE]\n> Tekst.",
    "table with a row of dashes too short": "| a | b |\n|---|\n| 1 | 2 |",
    "task without a space": "- [x]gjort",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_slip_of_one_character_is_told(name: str) -> None:
    _, faults = converted(BROKEN[name])
    assert {fault.rule for fault in faults} & {"markup-left", "shows-differently", "html"}


def test_tabs_in_details_in_an_answer_are_read_by_machines_too() -> None:
    text = (
        "## FAQ {#faq}\n\n### Hvad gør jeg? {#what}\n\nDet afhænger af dagen.\n\n"
        '??? tip "To måder"\n    Vælg en.\n\n    === "I dag"\n        Gå en tur[^1].\n\n    === "I morgen"\n'
        "        Ring til :material-phone: lægen [@x].\n\n[^1]: Kort.\n"
    )
    questions, faults = QuestionsExtension(), []
    ours = [
        *(questions, CitationsExtension(lambda key: MARK), ChecklistExtension(), VocabularyExtension()),
        *(GitHubExtension(faults.append), SafeExtension(faults.append)),
    ]
    from markdown import Markdown

    md = Markdown(extensions=[*MARKDOWN.extensions, *ours], extension_configs=dict(MARKDOWN.options))
    tree = lxml_html.fragment_fromstring(md.convert(text), create_parent="div")
    assert faults == []
    assert tree.xpath("//section[@class='faq']//div[@class='faq__answer']/details//div[@class='tabbed-block']")
    assert tree.xpath("//div[@class='footnote'][not(ancestor::section)]")
    (question,) = questions.questions
    told = lxml_html.fragment_fromstring(question.answer("https://x.example/"), create_parent="div")
    words = " ".join(told.text_content().split())
    assert words == "Det afhænger af dagen. To måder Vælg en. I dag Gå en tur. I morgen Ring til lægen."
    assert told.xpath("//svg | //input | //label | //sup") == []


# --- In a browser -----------------------------------------------------------------------------


@pytest.fixture
def shown(chromium: Browser, real_url: str):
    """The page for editors on a phone, without JavaScript."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    missing: list[str] = []
    page.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
    page.goto(f"{real_url}/{LIBRARY.path(LIBRARY[KEY], 'en')}", wait_until="networkidle")
    yield page
    context.close()
    assert missing == []


def test_it_works_without_a_script_on_a_phone(shown) -> None:
    assert shown.locator("html").evaluate("e => e.scrollWidth") == 360
    first, second = shown.locator(".tabbed-block").all()
    expect(first).to_be_visible()
    expect(second).to_be_hidden()
    shown.locator(".tabbed-labels label").nth(1).click()
    expect(second).to_be_visible()
    expect(first).to_be_hidden()
    shown.locator(".tabbed-set input").nth(1).focus()
    shown.keyboard.press("ArrowLeft")
    expect(first).to_be_visible()
    answer = shown.locator("details.question > p")
    expect(answer).to_be_hidden()
    shown.locator("details.question > summary").click()
    expect(answer).to_be_visible()
    assert shown.locator(".task-list-item input").evaluate_all("boxes => boxes.map(box => box.checked)") == [
        True,
        False,
    ]
    table = shown.locator("[role=region].table")
    assert table.evaluate("e => e.scrollWidth > e.clientWidth && e.tabIndex === 0")


def test_every_box_can_be_told_without_colour(shown) -> None:
    icon = "e => getComputedStyle(e, '::before').maskImage"
    drawn = [title.evaluate(icon) for title in shown.locator(".admonition-title").all()[: len(KINDS)]]
    assert all(image.startswith("url(") for image in drawn)
    assert len(set(drawn)) == len(KINDS)


def test_paper_shows_everything(shown) -> None:
    shown.emulate_media(media="print")
    for block in shown.locator(".tabbed-block").all():
        expect(block).to_be_visible()
    titles = shown.locator(".tabbed-block").evaluate_all("all => all.map(e => getComputedStyle(e, '::before').content)")
    assert titles == ['"In the session"', '"Afterwards"']
    assert shown.locator("details.question > p").evaluate("e => e.getBoundingClientRect().height") > 0
    expect(shown.locator(".admonition.note").first).to_be_visible()
    meaning = shown.locator("abbr").first.evaluate("e => getComputedStyle(e, '::after').content")
    assert "Outcome Rating Scale" in meaning


def test_forced_colours_keep_edges_and_icons(chromium: Browser, real_url: str) -> None:
    context = chromium.new_context(forced_colors="active", color_scheme="dark")
    page = context.new_page()
    page.goto(f"{real_url}/{LIBRARY.path(LIBRARY[KEY], 'da')}")
    for kind in ("note", "warning", "danger"):
        box = page.locator(f".admonition.{kind}").first
        assert box.evaluate("e => getComputedStyle(e).borderTopWidth") == "1px"
        ink, ground = box.locator(".admonition-title").evaluate(
            "e => [getComputedStyle(e, '::before').backgroundColor, getComputedStyle(document.body).backgroundColor]"
        )
        assert ink == box.evaluate("e => getComputedStyle(e).color") != ground
    context.close()


def test_the_page_for_editors_is_not_indexed(real_site: Path) -> None:
    for lang in LANGUAGES:
        robots = page(real_site, lang).xpath("//meta[@name='robots']/@content")
        assert any("noindex" in value for value in robots)
    path = LIBRARY.path(LIBRARY[KEY], "da")
    assert path not in (real_site / "sitemap.xml").read_text("utf-8")


# --- Deep inside ----------------------------------------------------------------------------

COLUMNS = 30
DEEP = """
??? tip "{more}"

    === "{mail}"

        {write}

    === "{phone}"

{table}
"""


@pytest.fixture(scope="module")
def deep_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a table of many columns, in tabs, in a box that opens, in an answer."""
    folder = tmp_path_factory.mktemp("deep")
    config = configured(folder, {})
    rows = [f"| {' | '.join(str(n) for n in range(COLUMNS))} |", f"|{'---|' * COLUMNS}"]
    table = indent("\n".join([*rows, rows[0]]), " " * 8)
    said = {
        "da": {"more": "Mere om det", "mail": "Mail", "write": "Skriv en kort mail.", "phone": "Telefon"},
        "en": {"more": "More on that", "mail": "Email", "write": "Write a short email.", "phone": "Phone"},
    }
    for lang, words in said.items():
        page = folder / f"docs/alliance/repair.{lang}.md"
        text = page.read_text("utf-8").rstrip() + "\n" + DEEP.format(**words, table=table)
        page.write_text(text, "utf-8")
    return built(config, folder / "site")


def test_tabs_in_details_in_an_answer_are_what_machines_read(deep_site: Path) -> None:
    tree = lxml_html.fromstring((deep_site / "alliancen/reparation/index.html").read_text("utf-8"))
    (answer,) = tree.xpath("//section[@class='faq']/details[last()]/div")
    assert len(answer.xpath(".//details//div[contains(@class, 'tabbed-set')]//label")) == 2
    assert len(answer.xpath(".//details//table//th")) == COLUMNS
    graph = json.loads(tree.xpath("//script[@type='application/ld+json']/text()")[0])
    *_, question = (node for node in graph["@graph"] if node["@type"] == "Question")
    told = lxml_html.fromstring(question["acceptedAnswer"]["text"]).text_content()
    assert Counter("".join(told.split())) == Counter("".join(answer.text_content().split()))
    assert "Mail Skriv en kort mail. Telefon 0 1 2" in " ".join(told.split()), "each tab's words below its name"


def test_a_table_of_many_columns_deep_inside_scrolls_alone(deep_site: Path, chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    for url in serve(deep_site):
        page.goto(f"{url}/alliancen/reparation/")
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
        page.get_by_text("Telefon", exact=True).click()
        region = page.locator(".table").last
        expect(region).to_be_visible()
        assert region.evaluate("element => element.scrollWidth > element.clientWidth")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()
