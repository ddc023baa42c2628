"""What a text does not need takes no part in its conversion, and nobody sees a difference."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from markdown import Markdown
from markdown.extensions import Extension

from conftest import real_markdown
from knowledge.markdown.checklist import ChecklistExtension
from knowledge.markdown.citation import CitationsExtension, Mark
from knowledge.markdown.fault import Fault
from knowledge.markdown.figure import FiguresExtension
from knowledge.markdown.github import GitHubExtension
from knowledge.markdown.needed import BLOCKS, EXTENSIONS, PATTERNS, NeededExtension, needed
from knowledge.markdown.question import QuestionsExtension
from knowledge.markdown.safe import SafeExtension
from knowledge.markdown.table import TablesExtension
from knowledge.markdown.vocabulary import VocabularyExtension
from test_github import EXAMPLES, TEXTS

MARK = Mark(1, "Kilde 1", "")
MARKDOWN = real_markdown()


def extensions(faults: list[Fault]) -> tuple[GitHubExtension, list[str | Extension]]:
    """All that take part in a conversion, but for `NeededExtension`; the first of them also alone."""
    github = GitHubExtension(faults.append)
    return github, [
        *MARKDOWN.extensions,
        *(QuestionsExtension(), ChecklistExtension(), FiguresExtension(), CitationsExtension(lambda key: MARK)),
        *(TablesExtension(), VocabularyExtension(), github, SafeExtension(faults.append)),
    ]


def converter(chosen: list[str | Extension]) -> Markdown:
    options = {name: of for name, of in MARKDOWN.options.items() if name in chosen}
    return Markdown(extensions=chosen, extension_configs=options)


FAULTS: list[Fault] = []
GITHUB, ALL = extensions(FAULTS)
WHOLE = converter(ALL)


class Converted(NamedTuple):
    html: str
    written: str
    """The text as it was converted: rewritten where the page would have shown it otherwise than GitHub."""
    faults: list[Fault]


def by_both(text: str) -> tuple[Converted, Converted]:
    """A text converted by all extensions, and by those that it needs."""
    FAULTS.clear()
    whole = Converted(WHOLE.reset().convert(text), GITHUB.written, list(FAULTS))
    faults: list[Fault] = []
    github, found = extensions(faults)
    html = converter([*needed(found, text), NeededExtension()]).convert(text)
    return whole, Converted(html, github.written, faults)


def different(texts: list[str]) -> list[str]:
    return [text for text in texts if (pair := by_both(text))[0] != pair[1]]


def test_every_text_of_the_site_is_the_same() -> None:
    bodies = [text.body for text in TEXTS.values()]
    assert len(bodies) > 100
    assert different(bodies) == []


def test_every_example_of_the_specifications_is_the_same() -> None:
    assert len(EXAMPLES) > 600
    assert different([example.markdown for example in EXAMPLES]) == []


SHOWN = {
    "abbr": ("En ORS\n\n*[ORS]: fire spørgsmål", "<abbr"),
    "admonition": ('!!! note "Husk"\n    Hvil.', "admonition"),
    "def_list": ("Brud\n:   Noget går i stykker.", "<dd>"),
    "footnotes": ("Ro[^1].\n\n[^1]: Hvil.", "fnref"),
    "github-callouts": ("> [!NOTE]\n> Hvil.", "admonition"),
    "tables": ("a | b\n---|---\n1 | 2", "<td>"),
    "pymdownx.blocks.caption": ("![Ro](ro.svg)\n\n/// caption\nRo\n///", "<figcaption>"),
    "pymdownx.caret": ("m^2^", "<sup>"),
    "pymdownx.details": ('??? note "Husk"\n    Hvil.', "<details"),
    "pymdownx.highlight": ("```\nx\n```", "highlight"),
    "pymdownx.mark": ("==ro==", "<mark>"),
    "pymdownx.superfences": ("- a\n\n    ```\n    x\n    ```", "<code>"),
    "pymdownx.tabbed": ('=== "A"\n    x', "tabbed-set"),
    "pymdownx.tasklist": ("- [ ] Ro", "checkbox"),
    "pymdownx.tilde": ("~~ro~~", "<del>"),
    "ChecklistExtension": ("- [X] Ro", "<label>"),
    "CitationsExtension": ("Ro [@bordin1979].", "cites"),
    "FiguresExtension": ("**Ro**\n{.figure .timeline}\n\n1. a\n2. b", "<figure"),
    "TablesExtension": ("a | b\n---|---\n1 | 2", 'class="table"'),
    "backtick": ("`x`", "<code>"),
    "escape": ("\\*x\\*", "*x*"),
    "reference": ("[ro][a]\n\n[a]: https://a.dk", "https://a.dk"),
    "link": ("[ro](https://a.dk)", "https://a.dk"),
    "image_link": ("![ro](ro.svg)", "<img"),
    "image_reference": ("![ro][a]\n\n[a]: ro.svg", "<img"),
    "short_reference": ("[ro]\n\n[ro]: https://a.dk", "https://a.dk"),
    "short_image_ref": ("![ro]\n\n[ro]: ro.svg", "<img"),
    "autolink": ("<https://a.dk>", "https://a.dk"),
    "automail": ("<a@b.dk>", "&#109;"),
    "linebreak": ("ro  \nro", "<br"),
    "backslash-break": ("ro\\\nro", "<br"),
    "emoji": (":material-phone:", "<svg"),
    "hashheader": ("## Ro", "<h2"),
    "hr": ("Ro\n\n* * *", "<hr"),
    "quote": ("> Ro", "<blockquote>"),
    "setextheader": ("Ro\n-", "<h2"),
}


REPLACED = frozenset(("fenced_code", "md_in_html"))
"""What others do here: pymdownx.superfences, and our `div` and `figure`."""


def test_each_is_tried() -> None:
    assert SHOWN.keys() | REPLACED == EXTENSIONS.keys() | PATTERNS.keys() | BLOCKS.keys()


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_needed_takes_part(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And without it the page would be another: a name that a library no longer knows is noticed here."""
    text, shown = SHOWN[name]
    whole, chosen = by_both(text)
    assert shown in whole.html
    assert whole == chosen
    for table in (EXTENSIONS, PATTERNS, BLOCKS):
        if name in table:
            with monkeypatch.context() as without:
                without.setitem(table, name, ("nothing that a text holds",))
                assert by_both(text)[1] != whole


def test_a_plain_text_needs_little() -> None:
    chosen = [one if isinstance(one, str) else type(one).__name__ for one in needed(extensions([])[1], "Kun *ord*.")]
    assert not set(chosen) & EXTENSIONS.keys()
    assert {"toc", "attr_list", "pymdownx.betterem", "SafeExtension"} <= set(chosen)
