"""Questions: Markdown in, disclosures out, and the answers that machines get."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from markdown import Markdown

from knowledge.markdown.question import Question, QuestionsExtension

PAGE = "https://trinvis.example/alliancen/x/"


def read(source: str) -> tuple[str, tuple[Question, ...]]:
    """HTML and questions of a Markdown text."""
    extension = QuestionsExtension()
    known = ["attr_list", "toc", "admonition", "tables", "footnotes", "pymdownx.tabbed", extension]
    tabs = {"pymdownx.tabbed": {"alternate_style": True}}
    html = Markdown(extensions=known, extension_configs=tabs).convert(source)
    return html, extension.questions


def answer(markdown: str) -> Question:
    """The one question of a FAQ with this answer."""
    _, (question,) = read(f"## FAQ {{#faq}}\n\n### Why? {{#why}}\n\n{markdown}\n")
    return question


def words_of(question: Question) -> str:
    """The words of an answer that people see."""
    return " ".join(html.fragment_fromstring(question.html, create_parent="div").text_content().split())


ANSWERS = [
    ("a paragraph", "Yes.", "Yes.", "<p>Yes.</p>"),
    ("emphasis", "*So* **so**.", "So so.", "<p><em>So</em> <strong>so</strong>.</p>"),
    ("a relative link", "[x](../y/)", "x", '<p><a href="https://trinvis.example/alliancen/y/">x</a></p>'),
    ("a fragment", "[x](#z)", "x", f'<p><a href="{PAGE}#z">x</a></p>'),
    ("a list", "- a\n- b", "a b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    ("code loses its tag", "`a < b`", "a < b", "<p>a &lt; b</p>"),
    ("attributes go", "Yes.\n{: .x #y style='color:red' }", "Yes.", "<p>Yes.</p>"),
    ("a script written as text", "`</script>` & <b>bold</b>", "</script> & bold",
     "<p>&lt;/script&gt; &amp; <b>bold</b></p>"),
]  # fmt: skip


@pytest.mark.parametrize(("markdown", "text", "html"), [a[1:] for a in ANSWERS], ids=[a[0] for a in ANSWERS])
def test_machines_get_the_words_that_people_read(markdown: str, text: str, html: str) -> None:
    question = answer(markdown)
    assert (question.id, question.name, words_of(question)) == ("why", "Why?", text)
    assert question.answer(PAGE) == html


def test_machines_get_tabs_one_after_the_other_and_no_number_of_a_footnote() -> None:
    found = answer('Try.[^1]\n\n=== "Alone"\n\n    Rest.\n\n=== "Together"\n\n    Talk.\n\n[^1]: A note.\n')
    words = " ".join(html.fromstring(found.answer(PAGE)).text_content().split())
    assert words == "Try. Alone Rest. Together Talk."


SIMPLE = re.compile(r"(?:[^<>&]++|</?(?:p|ul|ol|li|b|strong|i|em)>)*+")
LINES = "Yes.|*So* **so**.|- a|1. b|øl » é|\\*|a & b|  deeper|`x`|[x](y/)|".split("|")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=6))
def test_an_answer_that_needs_no_change_is_given_as_it_is(lines: list[str]) -> None:
    found = answer("\n".join(lines))
    assert not SIMPLE.fullmatch(found.html) or found.answer(PAGE) == found.html


@pytest.mark.parametrize(
    ("markdown", "name"),
    [("Hvad *er* det?", "Hvad er det?"), ("A & B &lt; C?", "A & B < C?"), ("`a` \\*?", "a *?"), ("So  so?", "So so?")],
)
def test_a_question_is_named_by_its_words(markdown: str, name: str) -> None:
    _, (found,) = read(f"## FAQ {{#faq}}\n\n### {markdown} {{#why}}\n\nYes.\n")
    assert found.name == name


def test_only_the_section_faq_holds_questions() -> None:
    html, questions = read(
        "## A\n\n### No\n\n## F {#faq}\n\nIntro.\n\n### Q {#q}\n\n#### Sub\n\nA.\n\n## B\n\n### No\n"
    )
    assert [q.id for q in questions] == ["q"]
    assert words_of(questions[0]) == "Sub A."
    assert html.count("<details>") == 1
    assert html.index("Intro.") < html.index("<details>") < html.index(">B<")


def test_a_text_without_a_faq_stays_as_it_is() -> None:
    assert read("## A\n\nB.") == ('<h2 id="a">A</h2>\n<p>B.</p>', ())


def test_questions_do_not_leak_into_the_next_page() -> None:
    extension = QuestionsExtension()
    for source, count in (("## F {#faq}\n\n### Q {#q}\n\nA.", 1), ("Nothing.", 0)):
        Markdown(extensions=["attr_list", extension]).convert(source)
        assert len(extension.questions) == count
