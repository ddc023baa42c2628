"""Raw HTML reaches no page, whatever way of writing it is tried, and each try is told at its line."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html as lxml_html
from markdown import Markdown

from conftest import ROOT, SITE, build, real_markdown
from knowledge.checks.check import check
from knowledge.content.library import Library
from knowledge.markdown.safe import ELEMENTS, SafeExtension, wrong_address
from knowledge.markdown.vocabulary import VocabularyExtension

MARKDOWN = real_markdown()
REPAIR = "alliance/repair.da.md"


NEVER = ("style", "srcdoc", "formaction", "ping")


def converted(source: str) -> tuple[str, list[str]]:
    """A text as HTML, and what was told of it."""
    found: list[str] = []
    safe = SafeExtension(lambda fault: found.append(fault.message))
    md = Markdown(
        extensions=[*MARKDOWN.extensions, VocabularyExtension(), safe], extension_configs=dict(MARKDOWN.options)
    )
    return md.convert(source), found


def dangers(markup: str) -> Iterator[str]:
    """What in a page could run, fetch or lead astray, found in another way than the code finds it."""
    for element in lxml_html.fragment_fromstring(f"<div>{markup}</div>").iterdescendants():
        if element.tag not in ELEMENTS or element.tag in ("script", "style", "iframe", "object", "embed", "form"):
            yield f"<{element.tag}>"
        for name, value in element.attrib.items():
            if name.startswith("on") or (name in NEVER and "text-align" not in value):
                yield f"{name}={value}"
            plain = "".join(char for char in value if char > " ").lower().replace("\\", "/")
            if name in ("href", "src", "srcset", "action", "poster"):
                if plain.startswith(("//", "javascript:", "data:", "vbscript:", "file:", "blob:")):
                    yield f"{name}={value}"


TRIES = {
    # faults.md 2.2
    "in a line": ("Det er <b>godt</b>.", 1),
    "script": ("<script>alert(1)</script>", 1),
    "unclosed fence": ("```\n<script src=x.js></script>\n", 2),
    "unclosed fence of tildes": ("~~~ html\ntekst\n<meta http-equiv=refresh content=0>\n", 3),
    "box without a space": ("!!!note\n    <b>x</b>\n", 2),
    "box": ('!!! note "Titel"\n    Tekst\n\n    <img src=x onerror=alert(1)>\n', 4),
    "six spaces in a list": ("- a\n\n      <b>kode</b>\n", 3),
    "code over two lines": ("Her er `kode\n\nog <b>mere</b>` her.", 3),
    "attribute list: handler": ("## Et afsnit {#x onclick=alert(1)}", 1),
    "attribute list: address": ("[a](repair.da.md){#x href=//evil.example}", 1),
    "attribute list: style": ("Et *ord*{#x style=position:fixed}.", 1),
    # others
    "handler in capitals": ('Et *ord*{ ONCLICK="alert(1)" }.', 1),
    "paragraph's list": ("Et afsnit.\n{: onmouseover=alert(1) }", 2),
    "srcdoc": ("Et *ord*{ srcdoc=x }.", 1),
    "formaction": ("Et *ord*{ formaction=javascript:x }.", 1),
    "data for a script": ("Et *ord*{ .finder data-finder=/x.js }.", 1),
    "a name with a tag in it": ('Et *ord*{ a"><script/x=1 }.', 1),
    "fence with a handler": ('``` { .py onclick="alert(1)" }\nx\n```', 1),
    "table's cell": ("| a |\n| - |\n| <i>x</i> |", 3),
    "heading": ("## Et <u>afsnit</u>", 1),
    "quotation": ("> <div>\n> x\n> </div>", 1),
    "comment": ("Før <!-- skjult --> efter.", 1),
    "comment as a block": ("<!--\n<b>x</b>\n-->", 1),
    "processing": ("<?php echo 1 ?>", 1),
    "declaration": ("<!DOCTYPE html>", 1),
    "CDATA": ("<![CDATA[ x ]]>", 1),
    "svg": ("<svg onload=alert(1)><use href=x></svg>", 1),
    "over two lines": ('<a href="x"\n   onclick="alert(1)">x</a>', 1),
    "end alone": ("Tekst</div>", 1),
    "escaped": ("\\<b>", 1),
    "javascript": ("[a](javascript:alert(1))", 1),
    "javascript in capitals": ("[a](JaVaScRiPt:alert(1))", 1),
    "javascript in entities": ("[a](javascript&#58;alert(1))", 1),
    "javascript in hexadecimal entities": ("[a](&#x6a;avascript:alert(1))", 1),
    "javascript by name": ("[a](javascript&colon;alert(1))", 1),
    "javascript over two lines": ("[a](<java\nscript:alert(1)>)", 1),
    "javascript behind a tab": ("[a](<java\tscript:alert(1)>)", 1),
    "javascript behind a space": ("[a](< javascript:alert(1)>)", 1),
    "javascript by reference": ("Tekst\n\n[a][b]\n\n[b]: javascript:alert(1)", 5),
    "javascript by short reference": ("[b]\n\n[b]: <javascript:alert(1)>", 3),
    "javascript in an attribute": ("[a](repair.da.md){ href=javascript:alert(1) }", 1),
    "javascript with a backslash": ("[a](javascript\\:alert(1))", 1),
    "vbscript": ("[a](vbscript:x)", 1),
    "data": ("[a](data:text/html,<script>alert(1)</script>)", 1),
    "data in a picture": ("![a](data:image/svg+xml;base64,AAAA)", 1),
    "file": ("[a](file:///etc/passwd)", 1),
    "host": ("[a](//evil.example)", 1),
    "host with backslashes": ("[a](/\\evil.example)", 1),
    "host with two backslashes": ("[a](<\\\\\\\\evil.example>)", 1),
    "ftp": ("<ftp://evil.example/x>", 1),
    "picture's host": ("![a](//evil.example/x.png)", 1),
    "picture's handler": ("![a](x.png){ onerror=alert(1) }", 1),
    "picture's other source": ("![a](x.png){ srcset='//evil.example/x.png 2x' }", 1),
    "many": ("<b>x</b>\n\n<i>y</i>\n\n<b>z</b>", 1),
}
HARMLESS_THERE = {"javascript with a backslash", "javascript behind a tab"}
"""The backslash or the tab stays in the address, which then leads to a file that there is not: `link` says so."""
SHOWN_AS_CODE = {"unclosed fence", "unclosed fence of tildes", "six spaces in a list"}
"""What GitHub shows as code, the page does too."""
HARMLESS_THERE |= SHOWN_AS_CODE


@pytest.mark.parametrize("name", TRIES)
def test_no_way_of_writing_leads_to_html(name: str) -> None:
    markup, found = converted(TRIES[name][0])
    assert list(dangers(markup)) == []
    assert found or name in HARMLESS_THERE


@pytest.mark.parametrize("name", [name for name in TRIES if name not in HARMLESS_THERE])
def test_each_try_is_told_at_its_line(docs: Path, name: str) -> None:
    source, line = TRIES[name]
    file = docs / REPAIR
    head = file.read_text("utf-8").split("\n---\n")[0]
    file.write_text(f"{head}\n---\n{source}\n", "utf-8")
    _, problems = check(docs)
    first = head.count("\n") + 2
    lines = [p.line - first for p in problems if p.rule == "html" and p.file == f"docs/{REPAIR}"]
    assert lines[:1] == [line], "\n".join(map(str, problems))


def test_without_our_extension_the_tries_succeed() -> None:
    """So the tests above can fail."""
    plain = Markdown(extensions=[*MARKDOWN.extensions, VocabularyExtension()], extension_configs=dict(MARKDOWN.options))
    dangerous = [name for name, (source, _) in TRIES.items() if [*dangers(plain.reset().convert(source))]]
    assert len(dangerous) > 30, dangerous


RIGHT = [
    "Er 3 < 5, og er a<3? Ja, og 5 > 3 & 2 < 3.",
    "Skriv &lt;b&gt; og `<b>`, og &amp; &#230; &euro;.",
    "```html\n<script>alert(1)</script>\n```",
    "    <b>kode</b>",
    "[a](../alliance/repair.da.md#x) [b](https://example.org/?a=1&b=2) [c](mailto:a@b.dk) [d](tel:+4512345678)",
    "<https://example.org/> og <a@b.dk>",
    "## Et afsnit {#et-id .klasse}\n\n![Alt](x.svg){ width=320 height=180 loading=lazy .bred }",
    "| a | b |\n|:--|--:|\n| 1 | 2 |",
    "- [ ] en\n- [x] to",
    '[a](repair.da.md "En <titel>"){ lang=en hreflang=en target=_blank rel=noopener title="x > y" }',
    '!!! tip "Et råd"\n    Tekst',
    "Et *ord*{ aria-label=ord role=note } <3",
    "3. a\n4. b",
]


@pytest.mark.parametrize("source", RIGHT)
def test_markdown_is_not_told(source: str) -> None:
    assert converted(source)[1] == []


def test_the_articles_become_the_same_pages_as_without_it() -> None:
    library, _ = Library.read(ROOT / "docs")
    plain = Markdown(extensions=[*MARKDOWN.extensions, VocabularyExtension()], extension_configs=dict(MARKDOWN.options))
    texts = [translation.body for translation in library.translations()]
    assert len(texts) > 100
    assert [text for text in texts if converted(text) != (plain.reset().convert(text), [])] == []


@pytest.mark.parametrize(
    ("address", "is_right"),
    [
        ("x.da.md", True),
        ("#sources", True),
        ("a:b", False),
        ("./a:b", True),
        ("HTTPS://example.org", True),
        ("\x01javascript:x", False),
        ("java\u200bscript:x", False),
        ("?a=javascript:x", True),
        ("", True),
    ],
)
def test_an_address_is_read_as_browsers_read_it(address: str, is_right: bool) -> None:
    assert (wrong_address(address) is None) == is_right


def test_a_build_publishes_nothing_that_holds_html(tmp_path: Path) -> None:
    """The build converts the text itself, and does not rely on the check."""
    folder = shutil.copytree(SITE, tmp_path / "copy")
    text = (SITE / "mkdocs.yml").read_text("utf-8").replace("../../", f"{ROOT}/")
    (folder / "mkdocs.yml").write_text(text, "utf-8")
    page, tried = folder / "docs/404.da.md", "Se <b>her</b> og *der*{ onclick=x }."
    assert build(folder / "mkdocs.yml", tmp_path / "before").returncode == 0
    addresses = "[a](javascript:x) ![A boat at sea](data:x) [c](https://d.dk){ href=//e.dk }"
    for lang in ("da", "en"):
        text = page.with_name(f"404.{lang}.md").read_text("utf-8").rstrip()
        page.with_name(f"404.{lang}.md").write_text(f"{text}\n{tried}\n{addresses}\n", "utf-8")
    result = build(folder / "mkdocs.yml", tmp_path / "site")
    said = result.stdout + result.stderr
    line = page.read_text("utf-8").split("\n").index(tried) + 1
    assert result.returncode != 0, said
    assert f"docs/404.da.md:{line}:4 html raw HTML: <b>" in said
    assert f"docs/404.da.md:{line}:25 html the attribute “onclick” cannot stand on a page" in said
    for address in ("javascript:x", "data:x", "//e.dk"):  # MkDocs stops at a link or picture that has none
        assert re.search(rf"docs/404.da.md:{line + 1}:\d+ html the address “{address}”", said)
    assert "Traceback" not in said
    assert "Nobody foresaw" not in said
    assert not (tmp_path / "site").exists()
