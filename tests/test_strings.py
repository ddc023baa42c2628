"""The interface's words: the same keys in both languages, each used, none missing."""

from __future__ import annotations

import re
from typing import get_args

from conftest import ROOT
from knowledge.content.help_line import HelpKind
from knowledge.core.strings import read_strings
from knowledge.markdown.vocabulary import KINDS

STRINGS = read_strings(ROOT / "overrides/strings")
TEMPLATES = "\n".join(path.read_text("utf-8") for path in (ROOT / "overrides").rglob("*.html"))
CODE = "\n".join(path.read_text("utf-8") for path in (ROOT / "hooks").rglob("*.py"))


def test_both_languages_have_the_same_keys_and_blanks() -> None:
    da, en = STRINGS["da"], STRINGS["en"]
    assert list(da) == list(en)
    for key in da:
        assert set(re.findall(r"{(\w+)}", da[key])) == set(re.findall(r"{(\w+)}", en[key])), key


def test_no_string_is_missing_and_none_is_left_over() -> None:
    used = set(re.findall(r"(?:\bt|\.strings)\.(\w+)", TEMPLATES)) | set(
        re.findall(r'(?:strings\[lang\]|words|\bt)\["(\w+)"\]', CODE)
    )
    made = {key for key in STRINGS["da"] if key.startswith(("reason_", "certainty_", "study_", "theme_next_"))}
    made |= {f"box_{kind}" for kind in (*KINDS, "important", "caution")}
    made |= {f"help_kind_{kind}" for kind in get_args(HelpKind)}
    assert made - set(STRINGS["da"]) == set()
    assert used - set(STRINGS["da"]) == set()
    assert set(STRINGS["da"]) - used - made == set()


def test_templates_hold_no_words_of_their_own() -> None:
    """Text between tags comes from the view; names of services are the same in every language."""
    for path in (ROOT / "overrides").rglob("*.html"):
        text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<script.*?</script>|<[^>]*>", " ", path.read_text("utf-8"), flags=re.S)
        words = set(re.findall(r"[A-Za-zæøåÆØÅ]{2,}", text)) - {"Facebook", "LinkedIn"}
        assert not words, f"{path.name}: {words}"
