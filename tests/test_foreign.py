"""Words of the other language carry their language, in the text and in what stands around it."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from markdown import Markdown

from knowledge.markdown.foreign import ForeignExtension, marked

WORDS = dict.fromkeys(("stresstrappen", "psykolog", "klinisk psykolog", "r&d"), "da") | {"ärger": "de"}
MARKED = '<span lang="da">psykolog</span>'
CASES = [
    ("a word", "See Stresstrappen.", '<p>See <span lang="da">Stresstrappen</span>.</p>'),
    ("its genitive", "Stresstrappens", '<p><span lang="da">Stresstrappen</span>s</p>'),
    ("the longest", "A klinisk psykolog.", '<p>A <span lang="da">klinisk psykolog</span>.</p>'),
    ("in emphasis", "*psykolog*: x", '<p><em><span lang="da">psykolog</span></em>: x</p>'),
    ("behind emphasis", "*x* psykolog, x", f"<p><em>x</em> {MARKED}, x</p>"),
    ("twice", "psykolog psykolog", f"<p>{MARKED} {MARKED}</p>"),
    ("in a link", "[psykolog](x)", '<p><a href="x"><span lang="da">psykolog</span></a></p>'),
    ("of another language", "Ärger, psykolog", f'<p><span lang="de">Ärger</span>, {MARKED}</p>'),
    ("not in code", "`psykolog`", "<p><code>psykolog</code></p>"),
    ("not in a word", "psykologi", "<p>psykologi</p>"),
]


@pytest.mark.parametrize(("source", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_foreign_word_is_marked(source: str, expected: str) -> None:
    assert Markdown(extensions=[ForeignExtension(lambda: WORDS)]).convert(source) == expected


def test_a_plain_text_is_escaped_and_marked() -> None:
    assert marked("<b> & psykolog", WORDS) == '&lt;b&gt; &amp; <span lang="da">psykolog</span>'
    assert marked("R&D", WORDS) == '<span lang="da">R&amp;D</span>'
    assert marked("", {}) == ""


PAGES = [
    ("text", "en/alliance/micro-repair/", "Dansk Psykoterapeutforening", "da"),
    ("help lines", "en/get-help-now/", "Livslinien", "da"),
    ("a Danish source", "en/stress-ladder/warming-up/", "Lederne. Fem stress-faser du skal kende.", "da"),
    ("an English word on a Danish page", "stresstrappen/udbraendt/", "burn-out", "en"),
]


@pytest.mark.parametrize(("path", "words", "lang"), [p[1:] for p in PAGES], ids=[p[0] for p in PAGES])
def test_the_site_says_which_language_borrowed_words_are_in(real_site: Path, path: str, words: str, lang: str) -> None:
    page = html.fromstring((real_site / path / "index.html").read_text("utf-8"))
    assert words in [span.text_content() for span in page.xpath(f'//main//span[@lang="{lang}"]')]


def test_machines_get_answers_without_the_marks(real_site: Path) -> None:
    for file in (real_site / "en").rglob("index.html"):
        page = html.fromstring(file.read_text("utf-8"))
        for script in page.xpath('//script[@type="application/ld+json"]/text()'):
            assert "<span" not in script, file


def test_no_mark_stands_in_an_attribute(real_site: Path) -> None:
    for file in real_site.rglob("index.html"):
        page = html.fromstring(file.read_text("utf-8"))
        assert [
            value
            for value in page.xpath("//@aria-label | //@title | //@alt | //@content")
            if "<span" in value or "span>" in value
        ] == []
