"""Sources and citations: formatted by CSL, in the page's language."""

from __future__ import annotations

import re

import pytest
from markdown import Markdown

from conftest import ROOT, SITE
from knowledge.content.library import Library
from knowledge.content.outline import Outline
from knowledge.content.record import for_site
from knowledge.content.source import Source
from knowledge.core.language import LANGUAGES
from knowledge.markdown.citation import CitationsExtension, Mark
from knowledge.pages.references import References

LIBRARY, _ = Library.read(SITE / "docs")

FORMATTED = [
    (
        "da",
        "kingston2016",
        "Kingston og Friis Andersen, 2016",
        "Kingston, M. og Friis Andersen, M. (2016) Stop stress.",
    ),
    (
        "en",
        "kingston2016",
        "Kingston and Friis Andersen, 2016",
        "Kingston, M. and Friis Andersen, M. (2016) Stop stress.",
    ),
]


@pytest.mark.parametrize(("lang", "key", "label", "entry"), FORMATTED, ids=["da", "en"])
def test_a_source_is_written_in_the_pages_language(lang: str, key: str, label: str, entry: str) -> None:
    assert References(LIBRARY.sources, lang).label(key) == label
    assert References(LIBRARY.sources, lang).entry(key) == entry


def convert(text: str) -> str:
    """A text with citations of two known sources."""
    marks = {"a1": Mark(1, "Source 1: A, 2001", "A, 2001: x"), "b2": Mark(2, "Source 2: B & C", "B & C: <y>")}
    return Markdown(extensions=["attr_list", CitationsExtension(marks.get)]).convert(text)


def cite(key: str, number: int, name: str, title: str) -> str:
    """The link of a mark; its style sheet says the number."""
    return f'<a aria-label="{name}" class="cite" data-number="{number}" href="#source-{key}" title="{title}"></a>'


A1 = cite("a1", 1, "Source 1: A, 2001", "A, 2001: x")
A1_AT = cite("a1", 1, "Source 1: A, 2001, p. 253", "A, 2001: x")
B2 = cite("b2", 2, "Source 2: B &amp; C", "B &amp; C: &lt;y&gt;")
CITATIONS = [
    ("one, against its word", "x [@a1].", f'<p>x<sup class="cites">{A1}</sup>.</p>'),
    ("on the next line", "x\n[@a1], y", f'<p>x<sup class="cites">{A1}</sup>, y</p>'),
    ("two, by number", "x [@b2; @a1] y", f'<p>x<sup class="cites">{A1}{B2}</sup> y</p>'),
    ("two beside each other", "x [@a1] [@b2].", f'<p>x<sup class="cites">{A1}{B2}</sup>.</p>'),
    ("twice the same", "x [@a1; @a1].", f'<p>x<sup class="cites">{A1}</sup>.</p>'),
    ("with its place", "x [@a1, p. 253].", f'<p>x<sup class="cites">{A1_AT}</sup>.</p>'),
    ("with places", "x [@a1,  p. 253; @b2].", f'<p>x<sup class="cites">{A1_AT}{B2}</sup>.</p>'),
    ("behind emphasis", "*x* [@a1].", f'<p><em>x</em><sup class="cites">{A1}</sup>.</p>'),
    ("alone", "[@a1]", f'<p><sup class="cites">{A1}</sup></p>'),
    ("unknown", "x [@c3]", "<p>x [@c3]</p>"),
    ("in code", "`[@a1]`", "<p><code>[@a1]</code></p>"),
]


@pytest.mark.parametrize(("text", "html"), [c[1:] for c in CITATIONS], ids=[c[0] for c in CITATIONS])
def test_a_citation_opens_its_source(text: str, html: str) -> None:
    assert convert(text) == html


def test_the_outline_reads_the_same_citations() -> None:
    found = Outline.of("x [@a1, p. 253; @b2]. `[@c3]` y [@d4, §§ 40-43] [@e5]")
    assert [citation.target for citation in found.citations] == ["a1", "b2", "d4", "e5"]


def references(lang: str, **records: dict) -> References:
    """Some sources in a language."""
    source = for_site(Source, LANGUAGES)
    shows = {"da": "x", "en": "x"}
    given = {"type": "webpage", "study": "rules", "author": [{"literal": "Byen"}], "title": "Priser", "shows": shows}
    return References({key: source.model_validate({**given, **record}) for key, record in records.items()}, lang)


ENTRIES = [
    ("a year", {"issued": 2024}, "Byen, 2024", "Byen (2024) Priser."),
    ("no year", {}, "Byen", "Byen. Priser."),
    ("an initial before no year", {"author": [{"family": "Holm", "given": "Maja"}]}, "Holm", "Holm, M. Priser."),
    ("brackets before no year", {"author": [{"literal": "Byen (BY)"}]}, "Byen (BY)", "Byen (BY). Priser."),
    ("a question", {"title": "Hvad koster det?"}, "Byen", "Byen. Hvad koster det?"),
    ("a call", {"title": "Ring!", "issued": 2024}, "Byen, 2024", "Byen (2024) Ring!"),
    ("a title that fades", {"title": "Og så …"}, "Byen", "Byen. Og så …"),
    ("a title with a stop", {"title": "Priser m.m."}, "Byen", "Byen. Priser m.m."),
]


@pytest.mark.parametrize("lang", ["da", "en"])
@pytest.mark.parametrize(("record", "label", "entry"), [e[1:] for e in ENTRIES], ids=[e[0] for e in ENTRIES])
def test_an_entry_says_no_more_than_is_known(lang: str, record: dict, label: str, entry: str) -> None:
    found = references(lang, x=record)
    assert (found.label("x"), found.entry("x")) == (label, entry)


def test_an_article_without_a_volume_is_no_preprint() -> None:
    journal = {"type": "article-journal", "container-title": "Bladet", "issued": 2024}
    assert references("da", x=journal).entry("x") == "Byen (2024) »Priser«, Bladet."
    assert references("en", x=journal).entry("x") == "Byen (2024) ‘Priser’, Bladet."


@pytest.mark.parametrize("lang", ["da", "en"])
def test_no_source_of_the_site_is_without_a_date_or_stops_twice(lang: str) -> None:
    library, _ = Library.read(ROOT / "docs")
    found = References(library.sources, lang)
    assert len(library.sources) > 100
    texts = [text for key in library.sources for text in (found.label(key), found.entry(key))]
    wrong = re.compile(r"uden år|u\.å\.|no date|n\.d\.|Preprint|[?!…]\.|\(\)|[^ -\u2fff]")
    assert [text for text in texts if wrong.search(text)] == []
