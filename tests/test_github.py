"""What GitHub shows, the page shows, or a rule tells: on the specifications' examples, and on what editors write."""

from __future__ import annotations

import json
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote

import pytest
import yaml
from lxml import html as lxml_html
from markdown import Markdown

from conftest import ROOT, real_library, real_markdown
from knowledge.checks.check import check
from knowledge.checks.html import BASIC, converter_of
from knowledge.checks.rules.text import ADDRESS
from knowledge.content.outline import Outline
from knowledge.markdown.fault import Fault
from knowledge.markdown.github import GitHubExtension
from knowledge.markdown.rewriting import rewritten

SPEC = ROOT / "tests/spec"


class Example(NamedTuple):
    number: str
    section: str
    markdown: str
    html: str


EXAMPLES = [
    Example(*row)
    for name in ("commonmark-0.31.2.json", "gfm-0.29.json")
    for row in json.loads((SPEC / name).read_text("utf-8"))
]
TOLD = {
    str(number): rule
    for rule, sections in yaml.safe_load((SPEC / "told.yml").read_text("utf-8")).items()
    for numbers in sections.values()
    for number in numbers
}
TEXTS = {t.path: t for t in real_library().translations()}


class Converted(NamedTuple):
    html: str
    faults: list[Fault]
    written: str


FAULTS: list[Fault] = []
GITHUB = GitHubExtension(FAULTS.append)


@cache
def converter() -> Markdown:
    return converter_of(real_markdown(), FAULTS.append, GITHUB)


@cache
def converted(text: str) -> Converted:
    """A text as its page shows it, what was told of it, and how it was written for that."""
    FAULTS.clear()
    markup = converter().reset().convert(text)
    return Converted(markup, list(FAULTS), GITHUB.written)


def seen(markup: str) -> list[tuple[str, frozenset[str], tuple[str, ...]]]:
    """What HTML shows, found in another way than the code finds it: each character with what it is and stands in."""
    found: list[tuple[str, frozenset[str], tuple[str, ...]]] = []

    def look(element, marks: frozenset[str], blocks: tuple[str, ...]) -> None:
        tag = element.tag
        if tag in ("em", "strong", "del", "code") and not (tag == "code" and "pre" in blocks):
            marks |= {tag}
        if tag == "a":
            marks |= {f"to {unquote(element.get('href', ''))}"}
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "td", "th"):
            blocks = (*blocks, tag)
        if tag in ("br", "hr"):
            found.append((tag, frozenset(), blocks))
        if tag == "img":
            found.append((f"img {unquote(element.get('src', ''))}", marks, blocks))
        if tag == "input":
            found.append((f"box {'checked' in element.attrib}", frozenset(), blocks))
        found.extend((char, marks, blocks) for char in element.text or "" if not char.isspace())
        number = int(element.get("start", 1))
        for child in element:
            item = f"{number}." if tag == "ol" else "-"
            number += child.tag == "li"
            look(child, marks, (*blocks, item) if child.tag == "li" else blocks)
            found.extend((char, marks, blocks) for char in child.tail or "" if not char.isspace())

    look(lxml_html.fragment_fromstring(markup, create_parent="div"), frozenset(), ())
    return found


def rules_on(text: str) -> set[str]:
    """The rules that speak of a text."""
    bare = {"bare-address"} if ADDRESS.search(text) else set()
    return {fault.rule for fault in converted(text).faults} | bare


# --- The specifications --------------------------------------------------------------------


def test_an_example_looks_as_on_github_or_is_told() -> None:
    wrong = []
    for number, _, markdown, html in EXAMPLES:
        told, rule = rules_on(markdown), TOLD.get(number)
        if not told:
            expected = seen(html)
            assert expected or not html.strip() or "<" in html, number
            if seen(converted(markdown).html) != expected:
                wrong.append(f"{number} looks otherwise")
        if (told and rule is None) or (rule is not None and rule not in told):
            wrong.append(f"of {number} is told {told}, not {rule}")
    assert wrong == []


def test_most_examples_look_as_on_github() -> None:
    assert len(EXAMPLES) > 670
    assert set(TOLD) <= {example.number for example in EXAMPLES}
    assert len([number for number, rule in TOLD.items() if rule == "shows-differently"]) <= 52


# --- What editors write --------------------------------------------------------------------

ALIKE = {
    "list behind a line": ("Her er en liste:\n- den første\n- den anden", "<li>den anden</li>"),
    "table behind a line": ("Tekst\n| a | b |\n|---|---|\n| 1 | 2 |", "<td>2</td>"),
    "two spaces": ("- a\n  - b\n    - c", "<li>b<ul>\n<li>c</li>"),
    "three spaces": ("1. a\n   - b\n2. c", "<li>a<ul>\n<li>b</li>"),
    "four spaces": ("- a\n    - b", "<li>a<ul>\n<li>b</li>"),
    "an item goes on by two spaces": ("- a\n\n  mere\n- b", "<p>a</p>\n<p>mere</p>"),
    "an item goes on by three spaces": ("1. a\n\n   mere\n2. b", "<p>a</p>\n<p>mere</p>"),
    "round bracket": ("1) en\n2) to", "<ol>\n<li>en</li>"),
    "start": ("3. tre\n4. fire", '<ol start="3">'),
    "start with a bracket behind a line": ("Tekst:\n\n3) tre\n4) fire", '<ol start="3">'),
    "indented heading": ("  ## Overskrift\n\nTekst", '<h2 id="overskrift">'),
    "id without a space": ("### Er det?{#ab}", '<h3 id="ab">Er det?</h3>'),
    "struck out": ("Det er ~~væk~~ nu.", "<del>væk</del>"),
    "footnote": ("En note[^a].\n\n[^a]: Fodnoten.", 'class="footnote-ref"'),
    "footnote with a list": ("Note[^1].\n\n[^1]: En:\n\n    - a\n    - b", "<li>b</li>"),
    "footnote with two paragraphs": ("Note[^1].\n\n[^1]: En.\n\n    To.\n\nMere.", "<p>To."),
    "note": ("> [!NOTE]\n> Husk det.", 'class="admonition note"'),
    "caution": ("> [!CAUTION]\n> Husk det.", 'class="admonition danger"'),
    "callout with a list": ("> [!TIP]\n> Sådan:\n> - a\n> - b", "<li>a</li>"),
    "backslash at the end": ("linje\\\nnæste", "linje<br />"),
    "task": ("- [x] gjort\n- [ ] ikke gjort", '<input type="checkbox" checked/>'),
    "rule behind a line": ("Tekst\n\n***\nmere", "<hr />"),
    "code behind a line": ("Tekst\n```\nkode\n```\nmere", "<code>kode"),
    "two quotations": ("> en\n\n> to", "</blockquote>\n<blockquote>"),
    "list in a box": ("!!! note\n    Sådan:\n    - a\n    - b", "<li>b</li>"),
    "list in details": ('??? note "T"\n    Sådan:\n    - a\n    - b', "<li>b</li>"),
    "box in a list": ('- a\n\n    !!! note "T"\n        tekst', 'class="admonition note"'),
    "quotation in a list": ("- a\n  > citat\n- b", "<blockquote>"),
    "paragraphs in a nested list": ("- a\n  - b\n\n    c\n- d", "<p>c</p>"),
    "list in tabs": ('=== "A"\n    Sådan:\n    - a\n    - b\n\n=== "B"\n    x', "<li>b</li>"),
    "a year at the beginning of a line": ("Det begyndte i\n2020. Så kom", "2020. Så kom"),
    "reference in capitals": ("[Siden][A]\n\n[a]: https://x.example/", 'href="https://x.example/"'),
    "lowered": ("H~2~O", "<sub>2</sub>"),
    "pipe in code in a table": ("| a |\n|---|\n| `x\\|y` |", "<code>x|y</code>"),
}


@pytest.mark.parametrize("name", ALIKE)
def test_what_github_shows_the_page_shows(name: str) -> None:
    text, shown = ALIKE[name]
    found = converted(text)
    assert [fault.message for fault in found.faults] == []
    assert shown in found.html


DIFFERENT = {
    "one tilde": ("Det er ~også~ væk.", "shows-differently", "“også” is struck out on GitHub"),
    "space in an address": ("Se [siden](en side.md).", "shows-differently", "the address “en side.md” holds spaces"),
    "heading without a space": ("Tekst.\n\n##Overskrift", "shows-differently", "the page a heading"),
    "diagram": ("```mermaid\ngraph TD\n```", "shows-differently", "GitHub draws"),
    "two lists of numbers": ("1. a\n2. b\n3) c", "shows-differently", "“b”"),
    "footnote without a note": ("Tekst[^1].", "markup-left", "[^1]"),
    "stars that are not closed": ("Det er **fed.", "markup-left", "“**”"),
    "stars apart": ("Det er ** fed **.", "markup-left", "“**”"),
    "stars against a word": ("Det er **fed:**ord.", "markup-left", "“**”"),
    "link apart": ("Se [siden] (https://x.example/).", "markup-left", "a link"),
    "link that is not closed": ("Se [siden](../a.da.md og mere.", "markup-left", "a link"),
    "link without its address": ("Se [siden][r].", "markup-left", "a link whose address is missing"),
    "citation in round brackets": ("Det er fundet (@bordin1979).", "markup-left", "a citation"),
    "citation with a place in round brackets": ("Det er fundet (@bordin1979, s. 2).", "markup-left", "a citation"),
    "citation without brackets": ("Det fandt @bordin1979.", "markup-left", "a citation"),
    "citation with a part that is none": ("Fundet [@bordin1979; og andre].", "markup-left", "a citation"),
    "box without indent": ('!!! note "Husk"\n  Tekst.', "markup-left", "is empty"),
    "box with round quotation marks": ("!!! note “Husk”\n    Tekst.", "markup-left", "a box"),
    "unknown box": ('!!! notee "Husk"\n    Tekst.', "markup-left", "there is no kind of box “notee”"),
    "unknown details": ('??? advarsel "Husk"\n    Tekst.', "markup-left", "there is no kind of box “advarsel”"),
    "unknown callout": ("> [!HUSK]\n> Tekst.", "markup-left", "[!HUSK]"),
    "tab without quotation marks": ("=== Fane\n    Tekst.", "markup-left", "a tab"),
    "caption that is not closed": ("![En trappe](a.svg)\n\n/// caption\nTekst", "shows-differently", "/// alone"),
    "bullet": ("• en\n• to", "markup-left", "“• en”"),
    "hyphens against the words": ("-en\n-to", "markup-left", "an item"),
    "numbers against the words": ("1.en\n2.to", "markup-left", "an item"),
    "letters": ("a) en\nb) to", "markup-left", "an item"),
    "dashes of Word": ("– en\n– to", "markup-left", "an item"),
    "long dashes": ("— en\n— to", "markup-left", "an item"),
    "hyphens of another kind": ("‐ en\n‐ to", "markup-left", "an item"),
    "dots against the words": ("·en\n·to", "markup-left", "an item"),
    "arrows of Word": ("➢ en\n➢ to", "markup-left", "an item"),
    "ticks": ("✔ en\n✔ to", "markup-left", "an item"),
    "hollow bullets": ("o en\no to", "markup-left", "an item"),
    "Roman numbers": ("i. en\nii. to", "markup-left", "an item"),
    "capital letters": ("A. en\nB. to", "markup-left", "an item"),
    "numbers in brackets": ("(1) en\n(2) to", "markup-left", "an item"),
    "numbers alone": ("1 en\n2 to", "markup-left", "an item"),
    "numbers with a colon": ("1: en\n2: to", "markup-left", "an item"),
    "numbers with a hyphen": ("1- en\n2- to", "markup-left", "an item"),
    "table of Word": ("Navn\tAlder\nMaja\t12", "markup-left", "a row"),
    "empty box to tick": ("- [ ] en\n- [] to", "markup-left", "a box to tick"),
    "box to tick with spaces": ("- [ ] en\n- [  ] to", "markup-left", "a box to tick"),
    "id in square brackets": ("## Overskrift [#mit-id]", "markup-left", "braces"),
    "link the other way round": ("Se (siden)[https://x.example/].", "markup-left", "a link"),
    "picture the other way round": ("!(a.svg)[En trappe]", "markup-left", "a link"),
    "inline footnote": ("Tekst ^[en note] her.", "markup-left", "a footnote"),
    "footnote by hand": ("Tekst [1] her.", "markup-left", "a footnote"),
    "footnote with a raised number": ("Teksten¹ her.", "markup-left", "a footnote"),
    "underscores apart": ("Det er _vigtigt _.", "markup-left", "an underscore"),
    "text against a table": ("| a | b |\n|---|---|\n| 1 | 2 |\nTekst", "markup-left", "a blank line below the table"),
    "title without quotation marks": ("!!! note Husk\n    Tekst.", "markup-left", "is no title"),
    "box without its kind": ('!!! "Husk"\n    Tekst.', "markup-left", "a box"),
    "table without its line": ("| a | b |\n| 1 | 2 |", "markup-left", "a row"),
    "table of contents": ("[TOC]", "markup-left", "another program"),
    "wiki link": ("Se [[siden]].", "markup-left", "another program"),
    "formula": ("Det er $x + y$ i alt.", "markup-left", "a formula"),
    "variable": ("Det er {{ navn }}.", "markup-left", "another program"),
    "snippet": ('--8<-- "fil.md"', "markup-left", "another program"),
    "shortcode": ("[caption]Tekst[/caption]", "markup-left", "another program"),
    "keys": ("Tryk ++ctrl+c++.", "markup-left", "another program"),
    "highlight apart": ("Det er ==vigtigt nu.", "markup-left", "“==”"),
    "strike that is not closed": ("Det er ~~væk.", "markup-left", "“~~”"),
    "icon that is not there": ("Ring :material-telefon: nu.", "markup-left", "an icon"),
    "braces": ("Et ord {.vigtig her.", "markup-left", "braces"),
    "abbreviation": ("Tekst *[ABC]: Alt", "markup-left", "an abbreviation"),
    "backslash": ("Tekst \\ her.", "markup-left", "a backslash"),
    "code that is not closed": ("Skriv `kode her.", "markup-left", "a mark of code"),
    "code that is not closed before more": ("Skriv `kode her, og `mere` her.", "markup-left", "a mark of code"),
    "fence that is not closed": ("```\nkode", "markup-left", "not closed"),
    "dash": ("Det er -- tror jeg -- sådan.", "markup-left", "“--”"),
    "docusaurus": (":::note\nTekst\n:::", "markup-left", "a box"),
}


@pytest.mark.parametrize("name", DIFFERENT)
def test_what_the_page_does_not_show_is_told_alone(name: str) -> None:
    text, rule, says = DIFFERENT[name]
    faults = converted(text).faults
    assert {fault.rule for fault in faults} == {rule}
    assert any(says in f"{fault.message} {fault.fix}" for fault in faults)
    assert all(fault.fix for fault in faults)


RIGHT = (
    "2 * 3 = 6, og a*b er ikke skrevet sådan her: 5 * 3.",
    "Se \\*stjernen\\* og \\[klammen\\](her), \\@navn, \\`mærket\\` og C:\\\\mappe.",
    "Skriv `**fed**` og `[@key]`.",
    "```\n| a |\n- b\n[@c] {{ d }}\n```",
    "Skriv til [os](mailto:hej@trinvis.example).",
    "Kl. 10:30, og så: det er sådan (@ er et tegn).",
    "- [ ] Et punkt\n- [x] Et andet",
    "En – tankestreg, et minus −3, 5-10 minutter.",
    "Det kostede $20 og $30.",
    "Han (f. 1950) sagde det [sic].",
    "Vægten er 10 kg; a = b; 3 == 3 skriver programmører.".replace("3 == 3", "tre lig med tre"),
    "Det hedder NADA_protokol og snake_case_ord.",
    "Ordet *er* __her__ og **der**[@bordin1979].",
    "1. juni kom hun.",
    "Tekst\n: er en forklaring",
    "Tal: 3 ^ 2.",
    "– Er du der?  \n– Ja.",
    "– Er du der?\n\n– Ja.",
    "Det er 5 km², 3 m³ og CO₂.",
    "A. Hansen skrev det.",
    "(1) er det første.",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\nTekst",
    "!!! note inline end\n    Tekst.",
    '!!! note own "Husk"\n    Tekst.',
    "Filen min_plan_2 og _kursiv_ her.",
)


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_not_told(text: str) -> None:
    assert [fault.message for fault in converted(text).faults] == []


# --- Citations ------------------------------------------------------------------------------

CITED = {
    "[@bordin1979]": ["bordin1979"],
    "[@bordin1979, s. 253]": ["bordin1979"],
    "[@bordin1979 s. 253]": ["bordin1979"],
    "[se @bordin1979]": ["bordin1979"],
    "[se fx @bordin1979, s. 3-5; også @x2018]": ["bordin1979", "x2018"],
    "[-@bordin1979]": ["bordin1979"],
    "[@{bordin1979}, s. 3]": ["bordin1979"],
    "[@a1;@b2; @c3]": ["a1", "b2", "c3"],
    "[se\n@bordin1979]": ["bordin1979"],
}


@pytest.mark.parametrize("written", CITED)
def test_every_spelling_of_a_citation_works(written: str) -> None:
    text = f"Det er fundet {written}."
    assert [cite.target for cite in Outline.of(text).citations] == CITED[written]
    found = converted(text)
    assert found.faults == []
    marks = lxml_html.fragment_fromstring(found.html).xpath("//a[@class='cite']/@href")
    assert sorted(marks) == sorted(f"#source-{key}" for key in CITED[written])
    assert "[" not in lxml_html.fragment_fromstring(found.html).text_content()


@pytest.mark.parametrize("text", ["[skriv til @navn](https://x.example/)", "[hej@x.example](mailto:hej@x.example)"])
def test_a_link_is_no_citation(text: str) -> None:
    assert Outline.of(text).citations == ()
    assert "cite" not in converted(text).html


# --- The real articles ----------------------------------------------------------------------


def test_an_article_is_read_alike() -> None:
    found = {path: converted(text.body) for path, text in TEXTS.items()}
    assert len(found) > 100
    assert {path: one.faults for path, one in found.items() if one.faults} == {}
    assert [path for path, one in found.items() if one.written.strip() != TEXTS[path].body.strip()] == []


def test_nothing_is_lost_when_an_article_is_rewritten() -> None:
    """Attribute lists, ids in braces, citations, numbers and boxes: the page is the same, byte for byte."""
    faults, lost = {}, []
    for path, text in TEXTS.items():
        before, after = converted(text.body), converted(rewritten(text.body))
        assert "<p>" in before.html, path
        faults |= {path: after.faults} if after.faults else {}
        lost += [path] * (seen(after.html) != seen(before.html) or ids(after.html) != ids(before.html))
    assert faults == {}
    assert lost == []


def ids(markup: str) -> list[tuple[str, ...]]:
    tree = lxml_html.fragment_fromstring(markup, create_parent="div")
    return [(e.tag, e.get("id", ""), e.get("class", ""), e.get("width", "")) for e in tree.iterdescendants()]


def test_the_outline_of_an_article_is_that_of_its_page() -> None:
    assert [path for path, text in TEXTS.items() if outlined(text.body) != shown(text.body)] == []


def test_the_outline_of_an_example_is_that_of_its_page_or_a_rule_speaks() -> None:
    differing = [one.number for one in EXAMPLES if outlined(one.markdown) != shown(one.markdown)]
    examples = {one.number: one.markdown for one in EXAMPLES}
    assert [number for number in differing if not rules_on(examples[number])] == []


def outlined(text: str) -> dict[str, list]:
    """What an outline says of a text."""
    outline = Outline.of(text)
    return {
        "headings": [(h.level, "".join(h.text.split())) for h in outline.headings],
        "ids": [h.id for h in outline.headings if h.id],
        "links": [unquote(link.target) for link in outline.links],
        "pictures": [unquote(image.target) for image in outline.images],
        "citations": sorted(cite.target for cite in outline.citations),
    }


def shown(text: str) -> dict[str, list]:
    """The same of its page."""
    tree = lxml_html.fragment_fromstring(converted(text).html, create_parent="div")
    own = [
        link
        for link in tree.xpath("//a[@href]")
        if not {"cite", "footnote-ref", "footnote-backref"} & set(link.classes)
    ]
    written = {h.id for h in Outline.of(text).headings}
    headings = tree.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")
    return {
        "headings": [(int(h.tag[1]), "".join(h.text_content().split())) for h in headings],
        "ids": [h.get("id") for h in headings if h.get("id") in written],
        "links": [unquote(link.get("href")) for link in own],
        "pictures": [unquote(image.get("src")) for image in tree.xpath("//img")],
        "citations": sorted(cite.get("href").removeprefix("#source-") for cite in tree.xpath("//a[@class='cite']")),
    }


def test_the_checks_convert_as_the_site_does() -> None:
    """Where no configuration is at hand, the same extensions take part."""
    assert set(real_markdown().extensions) - {"fenced_code", "toc", "tables", "meta"} <= set(BASIC.extensions)
    text = TEXTS["alliance/micro-repair.da.md"].body
    assert converter_of(BASIC, FAULTS.append).convert(text) == converter().reset().convert(text)


# --- Where it is told -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "rule"),
    [
        ("En.\n\nTo.\n\nTre ~tre fire~ her.", 5, "shows-differently"),
        ("En.\n\n- a\n- b\n- (@bordin1979)", 5, "markup-left"),
        ("En.\nto\ntre **fire", 3, "markup-left"),
        ("En.\n\n1.\nTo.", 3, "shows-differently"),
        ("Samme (@a2000).\n\nSamme (@a2000).", 3, "markup-left"),
        ('!!! note "T"\n    En.\n\n    To **tre.', 4, "markup-left"),
        ("| a |\n|---|\n| b |\n| c ** d |", 4, "markup-left"),
    ],
)
def test_it_is_told_at_its_line(docs, text: str, line: int, rule: str) -> None:
    file = docs / "alliance/repair.da.md"
    head = file.read_text("utf-8").split("\n---\n")[0]
    file.write_text(f"{head}\n---\n{text}\n", "utf-8")
    _, problems = check(docs)
    first = head.count("\n") + 2
    assert line in [p.line - first for p in problems if p.rule == rule and p.file == "docs/alliance/repair.da.md"]
