"""Compounds are split into the words of the site."""

from __future__ import annotations

from collections import Counter

import pytest

from knowledge.outputs.search.compound import Vocabulary

VOCABULARY = Vocabulary.of(
    [Counter("stress trappe trappen samtale terapi brud alliance arbejde plads vere".split())], "da", ["være"]
)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("stresstrappen", ("stress", "trappen")),
        ("arbejdsplads", ("arbejds", "plads")),
        ("alliancebruddet", ("alliance", "bruddet")),
        ("terapisamtale", ("terapi", "samtale")),
        ("stressterapisamtalerne", ("stress", "terapisamtalerne", "terapi", "samtalerne")),
        ("samveret", ()),
        ("trapperne", ()),
        ("terapi", ()),
        ("ukendtsamtale", ()),
        ("", ()),
    ],
)
def test_a_compound_is_split_into_words_of_the_site(word: str, parts: tuple[str, ...]) -> None:
    assert VOCABULARY.parts(word) == parts
