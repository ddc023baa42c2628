"""Plain text: what comes out is what Python-Markdown makes without it."""

from __future__ import annotations

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension

from conftest import ROOT
from knowledge.markdown.plain import PlainTextExtension

MARKS = (
    "# Head\n!!! note\n> quote\n- item\n* item\n1. item\n    deeper\n```\n| a | b |\n|---|---|\na | b\n--- | ---\n===\n"
    "---\n[id]: /address\n[text](to.md)\n[text][id]\n![a](b.png)\n<https://a.example>\n**strong**\n_em_\n`code`\n"
    "&amp;\n<b>html</b>\n\\*\nto  \nHead\n{: .class}\n- [ ] task\nord\nÆble, øl\n2026 år\n»citat«\nTo ord\n\n\n\n \t\n"
    "##Head {#id}\n## Head # of ##\n#\n####### Head\n## \\# **Head**\n~~~\n[id]\n![a][id]\n"
    "**a *b* [c](d.md)** `e`\n   \n  ord"
).split("\n")
LINES = st.lists(st.sampled_from(MARKS), max_size=12).map("\n".join)


def converter(*more: Extension) -> Markdown:
    listed = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), yaml.CBaseLoader)["markdown_extensions"]
    configured = {name: given for one in listed if isinstance(one, dict) for name, given in one.items()}
    names = [name for one in listed for name in ([one] if isinstance(one, str) else one)]
    return Markdown(extensions=[*names, *more], extension_configs=configured)


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
    assert converter(PlainTextExtension(), _Shouting()).convert("To ord") == "<p>TO ORD</p>"
