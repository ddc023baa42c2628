"""Terms: the first use on a page is explained, and nothing else is touched."""

from __future__ import annotations

import pytest
from markdown import Markdown

from knowledge.markdown.question import QuestionsExtension
from knowledge.markdown.term import ExplainedTerm, TermsExtension

TERMS = [
    ExplainedTerm(("therapeutic alliance", "alliance", "the alliance"), "Working together.", "/glossary/#alliance"),
    ExplainedTerm(("bond",), "Trust & respect.", "/glossary/#bond"),
]


def alliance(word: str) -> str:
    """The marked term."""
    return f'<a class="term" href="/glossary/#alliance" title="Working together.">{word}</a>'


BOND = '<a class="term" href="/glossary/#bond" title="Trust &amp; respect.">bond</a>'
CASES = [
    ("the longest name wins", "A therapeutic alliance.", f"<p>A {alliance('therapeutic alliance')}.</p>"),
    ("only the first use", "Alliance, alliance.", f"<p>{alliance('Alliance')}, alliance.</p>"),
    ("any of its names counts", "The alliance. A therapeutic alliance.",
     f"<p>{alliance('The alliance')}. A therapeutic alliance.</p>"),
    ("whole words only", "Bonding, dalliance.", "<p>Bonding, dalliance.</p>"),
    ("two terms in one text", "bond alliance", f"<p>{BOND} {alliance('alliance')}</p>"),
    ("behind emphasis", "*So* a bond", f"<p><em>So</em> a {BOND}</p>"),
    ("inside emphasis", "**bond**", f"<p><strong>{BOND}</strong></p>"),
    ("not in a heading", "## Bond\n\nA bond.", f'<h2 id="bond">Bond</h2>\n<p>A {BOND}.</p>'),
    ("not in a link", "[bond](x) bond", f'<p><a href="x">bond</a> {BOND}</p>'),
    ("not in code", "`bond`", "<p><code>bond</code></p>"),
]  # fmt: skip


def convert(text: str) -> str:
    """A page's HTML."""
    return Markdown(extensions=["toc", "attr_list", QuestionsExtension(), TermsExtension(lambda: TERMS)]).convert(text)


@pytest.mark.parametrize(("text", "html"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_terms_first_use_is_explained(text: str, html: str) -> None:
    assert convert(text) == html


def test_answers_stay_as_they_are_written() -> None:
    assert "term" not in convert("## FAQ {#faq}\n\n### A bond? {#q}\n\nA bond.")
