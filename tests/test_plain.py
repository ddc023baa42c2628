"""Plain text: what comes out is what Python-Markdown makes without it."""

from __future__ import annotations

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from knowledge.plain import PlainTextExtension
from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension

from conftest import ROOT

MARKS = (
    "# Head\n!!! note\n> quote\n- item\n* item\n1. item\n    deeper\n```\n| a | b |\n|---|---|\na | b\n--- | ---\n===\n---\n"
    "[id]: /address\n[text](to.md)\n**strong**\n_em_\n`code`\n&amp;\n<b>html</b>\n\\*\nto  \nHead\n{: .class}\n- [ ] task\n"
    "ord\nÆble, øl\n2026 år\n»citat«\nTo ord til\n\n\n\n \t"
).split("\n")
LINES = st.lists(st.sampled_from(MARKS), max_size=12).map("\n".join)


def converter(*more: Extension) -> Markdown:
    settings = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), yaml.CBaseLoader)["markdown_extensions"]
    return Markdown(extensions=[*settings, *more])


@settings(max_examples=600)
@given(LINES)
def test_it_changes_nothing(source: str) -> None:
    assert converter(PlainTextExtension()).convert(source) == converter().convert(source)


class _Shouting(Extension):
    """A processor of blocks that begin with a letter."""

    class Shout(BlockProcessor):
        def test(self, parent, block):
            return block.startswith("To ord")

        def run(self, parent, blocks):
            blocks[0] = blocks[0].upper()
            return False

    def extendMarkdown(self, md):
        md.parser.blockprocessors.register(self.Shout(md.parser), "shout", 15)


def test_it_steps_aside_for_a_processor_that_it_does_not_know() -> None:
    assert converter(PlainTextExtension(), _Shouting()).convert("To ord til") == "<p>TO ORD TIL</p>"
