"""What an owner gets wrong in `overrides/`: templates, words, drawings, style sheets, scripts, fonts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from conftest import ROOT
from knowledge.checks import looks as looks_module
from knowledge.checks.check import check_site
from knowledge.checks.looks import looks, static_files
from knowledge.checks.scripts import _node
from knowledge.checks.styles import flaws
from knowledge.core.cache import Cache
from knowledge.core.language import LANGUAGES
from knowledge.core.strings import read_strings
from knowledge.outputs.assets import Assets
from project import built

CSS, JS = "assets/css/card.css", "assets/js/share.js"


@pytest.fixture
def overrides(tmp_path: Path) -> Path:
    """A copy of the site's looks, to break."""
    return shutil.copytree(ROOT / "overrides", tmp_path / "overrides")


def test_the_site_s_own_looks_have_no_problem() -> None:
    assert looks(ROOT / "overrides", LANGUAGES) == []
    assert static_files(ROOT / "overrides") == []


def add(overrides: Path, file: str, text: str) -> int:
    """Write a line below a file; returns its number."""
    path = overrides / file
    before = path.read_text("utf-8").rstrip("\n") + "\n"
    path.write_text(before + text + "\n", "utf-8")
    return before.count("\n") + 1


def told(overrides: Path) -> list[str]:
    return told_by_a_build(overrides) + told_of_static_files(overrides)


def told_by_a_build(overrides: Path) -> list[str]:
    """Of templates, words, drawings, and files that are missing."""
    return [f"{p.file}:{p.line} {p.rule} {p.message}; {p.fix}" for p in looks(overrides, LANGUAGES)]


def told_of_static_files(overrides: Path) -> list[str]:
    """Of style sheets and scripts."""
    return [f"{p.file}:{p.line} {p.rule} {p.message}; {p.fix}" for p in static_files(overrides)]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("article.html", "{% endif %}", ""),
        ("article.html", "{% block", "{% blok"),
        ("partials/card.html", "{{", "{{ ("),
        ("partials/head.html", None, None),
    ],
)
def test_of_a_broken_template_only_the_cause_is_told(overrides: Path, file: str, old: str, new: str) -> None:
    path = overrides / file
    text = path.read_text("utf-8")
    path.write_text(text.replace(old, new, 1), "utf-8") if old else path.unlink()
    found = told(overrides)
    assert len(found) == 1, found


# --- Templates ----------------------------------------------------------------------------

CARD = "{% from 'partials/card.html' import card %}"
TEMPLATES = {
    # what is written into article.html's block, and what is said of it
    "name of the view": ("{{ vew.title }}", "the name “vew” stands for nothing here; did you mean “view”?"),
    "attribute of the view": (
        "{{ view.canonicl }}",
        "“canonicl” is nothing that a template is shown here; did you mea",
    ),
    "attribute of words": ("{{ view.words.titel }}", "“titel” is nothing"),
    "item of the view": ("{{ view['titel'] }}", "nothing has the item “titel”"),
    "attribute in a loop": ("{% for card in view.related %}{{ card.titl }}{% endfor %}", "“titl” is nothing"),
    "attribute in a nested loop": (
        "{% for a in view.contents %}{% for b in a.children %}{{ b.name }}{% endfor %}{% endfor %}",
        "“name” is nothing",
    ),
    "attribute behind a filter": ("{{ (view.related | first).titl }}", "“titl” is nothing"),
    "attribute for a filter": ("{{ view.related | map(attribute='titl') | list }}", "“titl” is nothing"),
    "attribute for a selection": ("{% for a in view.tags | selectattr('hre') %}x{% endfor %}", "“hre” is nothing"),
    "attribute of a set name": ("{% set x = view.home %}{{ x.herf }}", "“herf” is nothing"),
    "attribute of what may be none": ("{{ view.previous.herf }}", "“herf” is nothing"),
    "attribute in a condition": ("{% if view.isdraft %}x{% endif %}", "“isdraft” is nothing"),
    "attribute in a choice": ("{{ view.home.href if view.home else view.hom }}", "“hom” is nothing"),
    "attribute of a pair": (
        "{% for k, lines in view.help.groups %}{{ lines[0].herf }}{% endfor %}",
        "“herf” is nothing",
    ),
    "what another kind of page shows": ("{% for link, asked in view.picks %}{% endfor %}", "“picks” is nothing"),
    "attribute of items": ("{% for k, v in view.places.items() %}{{ v.herf }}{% endfor %}", "“herf” is nothing"),
    "name after its loop": ("{% for a in view.tags %}x{% endfor %}{{ a.href }}", "the name “a” stands for nothing"),
    "word": ("{{ t.serach }}", "there are no words for “serach”"),
    "word in brackets": ("{{ t['saerch'] }}", "there are no words for “saerch”"),
    "beginning of words": ("{{ t['certanty_' ~ view.kind] }}", "there are no words that begin with “certanty_”"),
    "filter": ("{{ view.key | uper }}", "there is no filter “uper”; did you mean “upper”?"),
    "filter in a condition": ("{% if view.key | lenght %}x{% endif %}", "there is no filter “lenght”"),
    "test": ("{% if view.key is emty %}x{% endif %}", "there is no test “emty”"),
    "asset": ("{{ 'assets/js/shar.js' | asset }}", "there is no file “assets/js/shar.js”"),
    "asset in a choice": (
        "{{ ('assets/a.js' if view.shared.step else 'assets/site.js') | asset }}",
        "there is no file “assets/a.j",
    ),
    "template": (
        '{% include "partials/hed.html" %}',
        "there is no template “partials/hed.html”; did you mean “partials",
    ),
    "icon": ('{% include ".icons/material/phoone.svg" %}', "there is no template “.icons/material/phoone.svg”"),
    "macro": ('{% from "partials/card.html" import cart %}', "has no macro “cart”; did you mean “card”?"),
    "macro's value": (f"{CARD}{{{{ card(item=view.related[0]) }}}}", "the macro “card” is not given “t”"),
    "macro's name": (f"{CARD}{{{{ card(view.related[0], t, levl=2) }}}}", "the macro “card” takes no “levl”"),
    "macro with too much": (f"{CARD}{{{{ card(view.related[0], t, 4, 5, 6) }}}}", "the macro “card” is given too much"),
}


@pytest.fixture(scope="module")
def at_lines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What is told at the line of each of these mistakes, which stand below each other in one template."""
    overrides = shutil.copytree(ROOT / "overrides", tmp_path_factory.mktemp("templates") / "overrides")
    path = overrides / "article.html"
    lines = path.read_text("utf-8").split("\n")
    place = lines.index('{% include "partials/share.html" %}')
    lines[place:place] = [source for source, _ in TEMPLATES.values()]
    path.write_text("\n".join(lines), "utf-8")
    found = told(overrides)
    at = {name: f"overrides/article.html:{number} " for number, name in enumerate(TEMPLATES, place + 1)}
    assert [line for line in found if not line.startswith(tuple(at.values()))] == []
    return {name: [line for line in found if line.startswith(begins)] for name, begins in at.items()}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_that_names_what_is_not_there_is_told(at_lines: dict[str, list[str]], name: str) -> None:
    (line,) = at_lines[name]
    assert TEMPLATES[name][1] in line


SYNTAX = {
    "unclosed if": ("{% if view.step %}", "the template cannot be read"),
    "unclosed name": ("{{ view.step", "the template cannot be read"),
    "unknown tag": ("{% inklude 'x' %}", "encountered unknown tag 'inklude'"),
    "stray end": ("{% endif %}", "encountered unknown tag 'endif'"),
    "half an expression": ("{{ view. }}", "the template cannot be read"),
    "quotation mark": ("{{ 'x }}", "the template cannot be read"),
    "block twice": ("{% block main %}{% endblock %}", "there are two blocks “main”"),
}


@pytest.mark.parametrize("name", SYNTAX)
def test_a_template_that_cannot_be_read_is_told_at_its_line(overrides: Path, name: str) -> None:
    source, says = SYNTAX[name]
    add(overrides, "article.html", source)
    found = [line for line in told_by_a_build(overrides) if says in line]
    assert found, told_by_a_build(overrides)
    assert all(line.startswith("overrides/article.html:") for line in found)


def test_a_mistake_in_a_macro_is_told_where_it_stands(overrides: Path) -> None:
    path = overrides / "partials/card.html"
    path.write_text(path.read_text("utf-8").replace("item.title", "item.titel", 1), "utf-8")
    (line,) = set(told(overrides))
    assert line.startswith("overrides/partials/card.html:")
    assert "“titel” is nothing that a template is shown here; did you mean “title”?" in line


def test_templates_that_are_right_are_not_told(overrides: Path) -> None:
    right = [
        "{% set x = namespace(n=1) %}{% set x.n = 2 %}{{ x.n }}{{ range(3) | list | length }}",
        "{% if page is defined %}{{ page.title }}{{ config.site_name }}{% endif %}{{ nav }}",
        "{% for name, link in view.places | dictsort %}{{ link.href }}{{ loop.index }}{% else %}x{% endfor %}",
        "{{ view.words.title | replace('a', 'b') | upper }}{{ view.topics[:2] | map(attribute='href') | join }}",
        "{% with a = view.home %}{{ a.href }}{% endwith %}{{ (view.help or view.home).href if view.edit }}",
        "{% macro m(a, b=1) %}{{ a.href }}{{ b }}{{ caller() }}{% endmacro %}{% call m(view.home) %}x{% endcall %}",
        '{% include ".icons/material/phone.svg" %}{% include ["x.html", "partials/share.html"] ignore missing %}',
        "{{ view.review_due.year if view.review_due }}{{ view.help[0].number }}",
        "{{ t.minutes.format(minutes=3) }}{{ t['step'].format(number=1) }}{{ t[view.kind] }}{{ t.by.upper() }}",
        "{% filter upper %}{{ view.key }}{% endfilter %}{{ view.key ~ 1 + 2 }}{{ dict(a=1).a }}",
        "{% for a in view.help.groups %}{% for b in a[1] %}{{ b.number }}{% endfor %}{% endfor %}",
    ]
    scopes = ["{% with %}" + source + "{% endwith %}" for source in right]  # None defines a name for another.
    add(overrides, "page.html", "\n".join(["{% block scripts %}", *scopes, "{% endblock %}"]))
    assert told(overrides) == []


# --- Words --------------------------------------------------------------------------------

WORDS = {
    "HTML": ("da", "skip: ", "skip: <b>her</b> ", "overrides/strings/da.yml", "holds “<b>”, which readers see"),
    "English in Danish": (
        "da",
        "skip: ",
        "skip: This is what you will not see and ",
        "overrides/strings/da.yml",
        "English",
    ),
    "a key is missing": (
        "en",
        "skip:",
        None,
        "overrides/strings/en.yml",
        "“skip” of da.yml is missing; write it below",
    ),
    "a key is misspelt": (
        "en",
        "skip:",
        "skipp:",
        "overrides/strings/en.yml",
        "“skipp” is not in da.yml; did you mean",
    ),
    "a key is new": ("da", "skip:", "ny_ting: Ny\nskip:", "overrides/strings/en.yml", "“ny_ting” of da.yml is missing"),
    "a key stands twice": ("da", "skip:", "tagline: x\nskip:", "overrides/strings/da.yml", "“tagline” is there twice"),
    "a colon": ("da", "skip: ", "skip: Gå: nu ", "overrides/strings/da.yml", "only a key may have after it"),
    "a tab": ("da", "skip:", "\tskip:", "overrides/strings/da.yml", "tab"),
    "yes": ("da", "skip: Gå til indholdet", "skip: yes", "overrides/strings/da.yml", "“skip” is “yes”; expected text"),
    "a number": (
        "en",
        "skip: Skip to the content",
        "skip: 12",
        "overrides/strings/en.yml",
        "“skip” is “12”; expected text",
    ),
    "nothing": ("da", "skip: Gå til indholdet", "skip:", "overrides/strings/da.yml", "“skip” is empty; expected text"),
    "a list": ("da", "skip: Gå til indholdet", "skip: [a]", "overrides/strings/da.yml", "expected text"),
    "an alias": ("da", "skip: Gå til indholdet", "skip: &a x", "overrides/strings/da.yml", "“&a” is read as"),
    "a blank is misspelt": (
        "da",
        "{minutes} min",
        "{minuts} min",
        "overrides/strings/da.yml",
        "nothing fills in {minuts}",
    ),
    "another number": (
        "da",
        "Du har valgt tre.",
        "Du har valgt fire.",
        "overrides/strings/da.yml",
        "number fire is in “da”",
    ),
    "a not is lost": ("da", "Svaret er ikke en", "Svaret er en", "overrides/strings/en.yml", "in da.yml does not"),
    "words of another key": (
        "da",
        "certainty_low: Lav sikkerhed",
        "certainty_low: Moderat sikkerhed",
        "overrides/strings/da.yml",
        "“certainty_low” has the words of “certainty_moderate”",
    ),
    "a blank is lost": (
        "en",
        "{minutes} min",
        "some min",
        "overrides/strings/en.yml",
        "holds no blank; da.yml has {minutes}",
    ),
    "a blank is broken": (
        "da",
        "{minutes} min",
        "{minutes min",
        "overrides/strings/da.yml",
        "a blank of “minutes” cannot be",
    ),
    "a blank without a name": (
        "da",
        "{minutes} min",
        "{} min",
        "overrides/strings/da.yml",
        "a blank of “minutes” cannot be",
    ),
    "a blank with a number": (
        "da",
        "{minutes} min",
        "{0} min",
        "overrides/strings/da.yml",
        "a blank of “minutes” cannot be",
    ),
    "a blank with an attribute": (
        "da",
        "{minutes} min",
        "{minutes.x} min",
        "overrides/strings/da.yml",
        "cannot be read",
    ),
    "a blank of a script": ("da", "{count}", "{cuont}", "overrides/strings/da.yml", "nothing fills in {cuont}"),
    "a blank of the code": ("en", "{concept}", "{concpt}", "overrides/strings/en.yml", "nothing fills in {concpt}"),
}


@pytest.mark.parametrize("name", WORDS)
def test_words_that_are_wrong_are_told_at_their_line(overrides: Path, name: str) -> None:
    lang, old, new, file, says = WORDS[name]
    path = overrides / f"strings/{lang}.yml"
    text = path.read_text("utf-8")
    assert old in text
    place = text[: text.index(old)].count("\n")
    if new is None:
        text = "\n".join(line for i, line in enumerate(text.split("\n")) if i != place)
    else:
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    found = [line for line in told_by_a_build(overrides) if says in line]
    assert found, told_by_a_build(overrides)
    assert found[0].startswith(f"{file}:")
    number = int(found[0].split(":")[1].split(" ")[0])
    assert abs(number - place - 1) <= 1, found[0]


@pytest.mark.parametrize("name", ["main", "articles", "article", "withdrawn", "redirect"])
@pytest.mark.parametrize(("is_empty", "says"), [(False, "the file is missing"), (True, "the template is empty")])
def test_a_template_that_makes_no_page_is_told_alone(overrides: Path, name: str, is_empty: bool, says: str) -> None:
    """MkDocs leaves out a page that is empty, and says nothing; of a base that is gone each name would be told."""
    file = overrides / f"{name}.html"
    file.write_text("\n") if is_empty else file.unlink()
    (found,) = told(overrides)
    assert found.startswith(f"overrides/{name}.html:1 looks {says}")


def test_a_base_that_cannot_be_read_is_told_alone(overrides: Path) -> None:
    (overrides / "main.html").write_text("{% if %}", "utf-8")
    (found,) = told(overrides)
    assert found.startswith("overrides/main.html:1 template the template cannot be read")


def test_a_key_that_is_gone_from_all_languages_is_told_where_it_is_used(overrides: Path) -> None:
    for lang in ("da", "en"):
        path = overrides / f"strings/{lang}.yml"
        lines = path.read_text("utf-8").split("\n")
        path.write_text("\n".join(line for line in lines if not line.startswith(("skip:", "stale:"))), "utf-8")
    found = told(overrides)
    assert [line for line in found if line.startswith("overrides/main.html:") and "no words for “skip”" in line]
    assert [line for line in found if "“stale” is missing, which the site's code asks for" in line]


def test_words_in_another_encoding_are_told_and_keep_no_preview_from_its_pages(overrides: Path) -> None:
    file = overrides / "strings/en.yml"
    file.write_bytes(file.read_bytes() + "# æ\n".encode("latin-1"))
    assert [line for line in told(overrides) if "strings the file is not UTF-8" in line]
    assert read_strings(overrides / "strings") == read_strings(ROOT / "overrides/strings")


def test_a_language_without_its_file_is_told(overrides: Path) -> None:
    (overrides / "strings/en.yml").unlink()
    expected = "overrides/strings/en.yml:1 strings mkdocs.yml names the language “en”, and there are no words for it"
    assert [line for line in told(overrides) if line.startswith(expected)]


BLOCKS = '{% for name in view.blocks_on %}{% include "partials/blocks/" ~ name ~ ".html" %}{% endfor %}'


def test_a_block_is_read_with_what_each_template_shows_that_includes_it(overrides: Path) -> None:
    home, faq = overrides / "home.html", overrides / "faq.html"
    assert all(BLOCKS in (overrides / f"{name}.html").read_text("utf-8") for name in ("article", "topic", "home"))
    place = add(overrides, "partials/blocks/training_client.html", "{{ view.minutes }}")
    lines = [line for line in told(overrides) if "“minutes” is nothing" in line]
    assert len(lines) == 1, "an article shows it, and the others do not; the line is told once"
    assert f"training_client.html:{place} template" in lines[0]
    assert "as part of home.html" in lines[0]
    home.write_text(home.read_text("utf-8").replace(BLOCKS, ""), "utf-8")
    assert any("as part of topic.html" in line for line in told(overrides))
    topic = overrides / "topic.html"
    topic.write_text(topic.read_text("utf-8").replace(BLOCKS, ""), "utf-8")
    assert told(overrides) == []
    text = faq.read_text("utf-8")
    faq.write_text(text.replace("{% endblock %}", f"{BLOCKS}\n{{% endblock %}}"), "utf-8")
    assert any("“blocks” is nothing" in line and "as part of faq.html" in line for line in told(overrides))


def test_a_partial_includes_blocks_with_what_its_page_shows(overrides: Path) -> None:
    (overrides / "partials/below.html").write_text(BLOCKS, "utf-8")
    faq = overrides / "faq.html"
    faq.write_text(
        faq.read_text("utf-8").replace("{% endblock %}", '{% include "partials/below.html" %}\n{% endblock %}'), "utf-8"
    )
    assert any("“blocks” is nothing" in line and "as part of faq.html" in line for line in told(overrides))


# --- Style sheets -------------------------------------------------------------------------

STYLES = {
    "lost brace": (".a { color: red;\n.b { color: blue; }", 0, "the brace { of this rule is never closed"),
    "lost brace of a group": ("@media print {\n  .a { color: red; }\n.b { color: blue; }", 0, "is never closed"),
    "lost brace at the end": (".a { color: red;", 0, "is never closed"),
    "brace too many": (".a { color: red; } }", 0, "there is one } too many here"),
    "lost semicolon": (".a { color: red\n  background: blue; }", 1, "the value of “color” holds “:”"),
    "lost colon": (".a { color red; }", 0, "the style sheet cannot be read"),
    "no value": (".a { color: ; }", 0, "“color” has no value"),
    "string": ('.a { content: "x; }\n.b { color: red; }', 0, "the style sheet cannot be read"),
    "selector": (".a..b { color: red; }", 0, "“.” stands without the name of a class"),
    "selectors": (".a,, .b { color: red; }", 0, "a selector is missing beside “,”"),
    "no selector": ("{ color: red; }", 0, "a block stands without a selector"),
    "custom property": (
        ".a { color: var(--akcent); }",
        0,
        "nothing gives “--akcent” a value; did you mean “--accent”?",
    ),
    "font": ('@font-face { font-family: X; src: url("fonts/x.woff2") format("woff2"); }', 0, "no file “fonts/x.woff2”"),
    "font without marks": (
        "@font-face { font-family: X; src: url(fonts/literata.woff2); }",
        0,
        "no file “fonts/literata",
    ),
    "picture": (".a { background: url('bg.png'); }", 0, "there is no file “bg.png”"),
    "elsewhere": (".a { background: url(https://example.org/a.png); }", 0, "is fetched from another site"),
    "elsewhere without scheme": ('.a { background: url("//example.org/a.png"); }', 0, "is fetched from another site"),
    "from the root": (".a { background: url(/a.png); }", 0, "leads out of the folder of assets"),
    "import": ('@import "x.css";', 0, "@import makes readers wait"),
    "open comment": (".a { color: red; }\n/* grey\n.b { color: blue; }", 1, "the comment does not end"),
    "comment within a rule that is open": (".a { color: red; /* grey }", 0, "the comment does not end"),
    "unknown rule": ("@meda print { .a { color: red; } }", 0, "no browser knows “@meda”"),
    "unknown rule inside": ("@media print {\n  @suports (x: y) { .a { color: red; } }\n}", 1, "knows “@suports”"),
    "property": (".a { marign: 3rem; }", 0, "no browser knows “marign”; did you mean “margin”?"),
    "property inside": ("@media print {\n  .a { &:hover { backgroud-color: red; } }\n}", 1, "knows “backgroud-color”"),
    "property of a box on paper": ("@page { @top-left { contnt: 'x'; } }", 0, "no browser knows “contnt”"),
    "unit": (".a { margin: 3rme; }", 0, "no browser knows the unit “rme”"),
    "unit in a function": (".a { width: calc(100% - 2pxx); }", 0, "no browser knows the unit “pxx”"),
    "colour": (".a { color: #26564; }", 0, "“#26564” is no colour"),
    "colour with a letter too far": (".a { border: 1px solid #26564g; }", 0, "“#26564g” is no colour"),
    "selector that goes on": (".a > { color: red; }", 0, "nothing stands behind “>”"),
    "inside a group": ("@media print {\n  .a { color: var(--akcent); }\n}", 1, "nothing gives “--akcent” a value"),
}


@pytest.fixture(scope="module")
def in_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, int, list[str]]]:
    """Each of these style sheets and scripts, at the end of a file of its own: the file, the
    line, and all that is told of it. Of no other file anything is told."""
    overrides = shutil.copytree(ROOT / "overrides", tmp_path_factory.mktemp("files") / "overrides")
    files = iter(sorted(path.relative_to(overrides).as_posix() for path in overrides.glob("assets/css/*.css")))
    places = {}
    for name, (source, *_) in STYLES.items():
        file = next(files)
        places[name] = file, add(overrides, file, source)
    for number, (name, (source, *_)) in enumerate(SCRIPTS.items()):
        file = f"assets/js/filter{number}.js"  # which is no part of a bundle, as filter.js is not
        shutil.copy(overrides / "assets/js/filter.js", overrides / file)
        places[name, JS] = file, add(overrides, file, source)
    found = told_of_static_files(overrides)
    told = {name: (f"overrides/{file}", line, []) for name, (file, line) in places.items()}
    for one in found:
        (own,) = [lines for file, _, lines in told.values() if one.startswith(f"{file}:")]
        own.append(one)
    return told


@pytest.mark.parametrize("name", STYLES)
def test_a_style_sheet_that_is_wrong_is_told_at_its_line(in_files: dict, name: str) -> None:
    _, offset, says = STYLES[name]
    file, line, told = in_files[name]
    found = [told_line for told_line in told if says in told_line]
    assert found, told
    assert found[0].startswith(f"{file}:{line + offset} style ")


def test_what_is_kept_of_style_sheets_follows_them_and_what_they_rest_on(overrides: Path, tmp_path: Path) -> None:
    kept = Cache(tmp_path / "kept.sqlite")

    def told() -> list[tuple[str, str]]:
        return [(p.file, p.rule) for p in static_files(overrides, kept)]

    def swap(file: str, old: str, new: str) -> None:
        text = (overrides / file).read_text("utf-8")
        assert old in text
        (overrides / file).write_text(text.replace(old, new), "utf-8")

    assert told() == told() == []
    add(overrides, CSS, ".a { color: var(--given); }")
    assert told() == told() == [(f"overrides/{CSS}", "style")]
    add(overrides, JS, "document.body.style.setProperty('--given', 'red')")
    assert told() == []
    swap(JS, "'--given'", "'--taken'")
    assert told() == [(f"overrides/{CSS}", "style")]
    swap(CSS, "--given", "--accent")
    assert told() == []
    (overrides / "assets/fonts/literata-600.woff2").unlink()
    assert {rule for _, rule in told()} == {"style"}


def test_style_sheets_that_did_not_change_are_not_looked_through_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Cache(tmp_path / "kept.sqlite")
    assert static_files(ROOT / "overrides", kept) == []
    monkeypatch.setattr(looks_module, "styles", None)
    assert static_files(ROOT / "overrides", kept) == []


def test_style_sheets_that_are_right_are_not_told(overrides: Path) -> None:
    right = """\
.a:is(.b, .c):not(:has(> .d))::before { content: "a: b; }"; color: var(--accent, red); }
.e { & .f { color: red; } &:hover { color: var(--ink); } }
@media (min-width: 40rem) and (prefers-color-scheme: dark) { .g { --own: 3px; width: calc(100% - var(--own)); } }
@supports (display: grid) { @container x (width > 3rem) { .h { inset: 0 auto auto 0 !important; } } }
@keyframes turn { from { opacity: 0; } 50.5% { opacity: .5; } to { opacity: 1; } }
.i { background: url("data:image/svg+xml,%3Csvg/%3E") no-repeat; filter: drop-shadow(0 0 1px #000); }
@page :first { margin: 1cm; }
.j[data-x="a:b"], .k > .l + .m ~ .n, .o .p, :root { grid-template-areas: "a b" "c d"; aspect-ratio: 16/9; }
@layer base; @page { @top-left { content: "x"; } } @property --own { syntax: "*"; inherits: false; }
.r:nth-child(2n+1) { min-height: 100DVH; rotate: .5turn; transition: all 1e2ms; color: #FFFa; } /* a /* b */
.s { -webkit-hypens: auto; zoom: 2; mix-blend-mode: normal; brand-new: 1; Text-Wrap: balance; d: path("M0 0"); }
.t { view-transition-name: a; anchor-name: --b; transition-behavior: allow-discrete; @media print { color: red; } }
@page { size: a4; marks: none; } @font-face { font-family: Z; src: local(Z); font-display: swap; size-adjust: 90%; }
.q { --empty: ; --json: { a: b }; color: red } /* { */
"""
    add(overrides, CSS, right)
    assert told(overrides) == []


PROPERTIES = """() => Object.keys(Object.getOwnPropertyDescriptors(document.body.style)).concat(
    Array.from(getComputedStyle(document.body))).filter((name) => CSS.supports(name, "inherit"))"""


def test_no_property_of_a_browser_is_told(chromium: Browser) -> None:
    page = chromium.new_page()
    names = page.evaluate(PROPERTIES)
    page.close()
    assert len(names) > 300
    assert [str(name) for name in names for _ in flaws(f".a {{ {name}: inherit; }}", set(), bool)] == []


# --- Scripts ------------------------------------------------------------------------------

SCRIPTS = {
    "lost brace": ("function a() {\n  b();", None, "the script cannot be read"),
    "brace too many": ("function a() { b(); } }", 0, "the script cannot be read"),
    "lost bracket": ("const a = (1;", 0, "the script cannot be read"),
    "string": ("const a = 'x;", 0, "the script cannot be read: invalid or unexpected token"),
    "misspelt word": ("retrun 3", 0, "the script cannot be read"),
    "no value": ("const a;", 0, "missing initializer in const declaration"),
    "twice": ("let aa = 1;\nlet aa = 2;", 1, "identifier 'aa' has already been declared"),
    "wait outside": ("function a() { await b(); }", 0, "the script cannot be read"),
    "pattern": ("const a = /(/;", 0, "invalid regular expression"),
    "import of what is not there": ('import { a } from "./nothing.js";', 0, "the script imports “./nothing.js”"),
}


@pytest.mark.skipif(not _node(), reason="Playwright brings Node.js, which reads scripts")
@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_that_is_wrong_is_told_at_its_line(in_files: dict, name: str) -> None:
    _, offset, says = SCRIPTS[name]
    file, line, told = in_files[name, JS]
    found = [told_line for told_line in told if says in told_line]
    assert found, told
    assert found[0].startswith(f"{file}:{line + offset if offset is not None else ''}")


@pytest.mark.skipif(not _node(), reason="Playwright brings Node.js, which reads scripts")
def test_scripts_that_are_right_are_not_told(overrides: Path) -> None:
    right = """\
export const a = async (b = {}) => { const { c, ...d } = await b?.e ?? {}; for await (const f of d) yield_(f); };
const yield_ = function* () { yield* [1n, /(?<n>\\p{L})/v, `${"x"}`]; };
class G { #h = 1; static { this.i ??= 2; } get j() { return this.#h; } }
try { await import("./finder.js"); } catch { /* nothing */ }
import { k as l } from "./passages.js";
"""
    path = overrides / "assets/js/new.js"
    path.write_text(right, "utf-8")
    assert told(overrides) == []


@pytest.mark.skipif(not _node(), reason="Playwright brings Node.js, which reads scripts")
def test_a_script_of_a_bundle_cannot_import(overrides: Path) -> None:
    """It stands in a function there, where a browser refuses it."""
    path = overrides / "assets/js/share.js"
    path.write_text('import "./filter.js";\n' + path.read_text("utf-8"), "utf-8")
    assert [line for line in told(overrides) if line.startswith("overrides/assets/js/share.js:1 script ")]


# --- Files --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "file",
    ["assets/fonts/literata-600.woff2", "assets/icon.svg", "social.svg", "redirect.html", "partials/first.js", JS],
)
def test_a_file_that_the_site_is_made_with_is_missed(overrides: Path, file: str) -> None:
    (overrides / file).unlink()
    assert [line for line in told_by_a_build(overrides) if f"overrides/{file}:1 looks the file is missing" in line]


SAVED = {
    # how a program saved a file, and what is said of it
    "Latin-1": (lambda text: f"{text}æ".encode("latin-1", "replace"), "the file is not UTF-8"),
    "with a mark": (lambda text: text.encode("utf-8-sig"), "the file begins with a byte-order mark"),
    "merged by halves": (lambda text: f"<<<<<<< HEAD\n{text}".encode(), "“<<<<<<<” is the mark of a conflict"),
}


@pytest.mark.parametrize(
    "file", ["partials/colophon.html", "social.svg", "partials/first.js", JS, CSS, "preview/panel.css"]
)
@pytest.mark.parametrize("name", SAVED)
def test_a_file_that_others_cannot_read_is_told_by_a_build_and_nothing_else(
    overrides: Path, name: str, file: str
) -> None:
    """A byte-order mark would stand in front of the page, which browsers then show as in 1998."""
    saved, says = SAVED[name]
    path = overrides / file
    path.write_bytes(saved(path.read_text("utf-8")))
    found = told_by_a_build(overrides)
    assert len(found) == 1, found
    assert found[0].startswith(f"overrides/{file}:"), found
    assert says in found[0], found
    assert Assets(overrides / "assets", "https://trinvis.example/", {}).made, "a preview goes on"


def test_what_programs_keep_beside_files_is_none_of_the_site(tmp_path: Path) -> None:
    """An editor's lock leads nowhere, and a Mac's notes are no text: both stand beside files of every kind."""
    project = built(tmp_path / "project")
    before = project.warm()
    for path in [p for p in project.folder.rglob("*") if p.is_file() and not {"warm", ".cache"} & {*p.parts}]:
        path.with_name(f".#{path.name}").symlink_to("nina@machine.4711")
        path.with_name(f"._{path.name}").write_bytes(b"\0\5\x16\7\xff")
    assert project.warm() == before
    _, found = check_site(project.folder / "mkdocs.yml")
    assert {(problem.level, problem.rule) for problem in found} == {("warning", "file")}, found


DRAWINGS = {
    "icon": ("assets/icon.svg", "<svg ", '<svg onload="x()" ', "“onload” runs a program"),
    "icon that cannot be read": ("assets/icon.svg", "</svg>", "", "the drawing cannot be read"),
    "shared picture": ("social.svg", "</svg>", "<script>x</script></svg>", "<script> cannot stand in a drawing"),
    "shared picture that fetches": ("social.svg", "</svg>", '<image href="//x"/></svg>', "the drawing fetches “//x”"),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_icon_and_the_shared_picture_are_drawings_too(overrides: Path, name: str) -> None:
    file, old, new, says = DRAWINGS[name]
    path = overrides / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert [line for line in told_by_a_build(overrides) if line.startswith(f"overrides/{file}:") and says in line], (
        told_by_a_build(overrides)
    )


def test_what_lies_among_the_assets_is_what_pages_use(overrides: Path) -> None:
    for name in ("notes.docx", "js/share.js~", "fonts/x.ttf.bak"):
        (overrides / "assets" / name).write_bytes(b"x")
    (overrides / "assets/link.js").symlink_to("/etc/hostname")
    (overrides / "assets/.DS_Store").write_bytes(b"x")
    (overrides / "assets/fonts/broken.woff2").write_bytes(b"<!doctype html>")
    found = told(overrides)
    for name in ("notes.docx", "js/share.js~", "fonts/x.ttf.bak"):
        assert [line for line in found if line.startswith(f"overrides/assets/{name}:1 looks no page uses")], found
    assert [line for line in found if line.startswith("overrides/assets/link.js:1 looks it is a link")]
    assert [line for line in found if line.startswith("overrides/assets/fonts/broken.woff2:1 looks it is no font")]
    assert not [line for line in found if "DS_Store" in line]
