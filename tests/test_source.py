"""Sources and citations: formatted by CSL, in the page's language."""

from __future__ import annotations

import pytest
from markdown import Markdown

from conftest import SITE
from knowledge.content.library import Library
from knowledge.markdown.citation import CitationsExtension
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
    labels = {"a1": "A, 2001", "b2": "B, 2002"}
    return Markdown(extensions=["attr_list", CitationsExtension(labels.get)]).convert(text)


A1 = '<a class="cite" href="#source-a1">A, 2001</a>'
B2 = '<a class="cite" href="#source-b2">B, 2002</a>'
CITATIONS = [
    ("one", "x [@a1].", f'<p>x <span class="cites">({A1})</span>.</p>'),
    ("two", "[@a1; @b2]", f'<p><span class="cites">({A1}; {B2})</span></p>'),
    ("unknown", "[@c3]", "<p>[@c3]</p>"),
    ("in code", "`[@a1]`", "<p><code>[@a1]</code></p>"),
]


@pytest.mark.parametrize(("text", "html"), [c[1:] for c in CITATIONS], ids=[c[0] for c in CITATIONS])
def test_a_citation_opens_its_source(text: str, html: str) -> None:
    assert convert(text) == html
