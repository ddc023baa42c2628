"""`make rules`: write RULES.md, the list of the rules in both languages."""

from __future__ import annotations

from pathlib import Path

import yaml

from ...core.language import Language
from ...core.messages import FOLDER
from . import CHECKS, RULES

HEAD = """\
<!-- `make rules` writes this page from overrides/strings/rules.da.yml and rules.en.yml. -->

# Kontrollens regler · What the checks mean

[English below](#english)
"""
WORDS = {
    "da": (
        "Dansk",
        "Hver besked fra kontrollen nævner en regel. Her står, hvorfor reglen er der, hvad der bryder den, og hvordan "
        "du retter det. En advarsel stopper intet.",
        "Bryder reglen",
        "Sådan retter du det",
        " (advarsel)",
    ),
    "en": (
        "English",
        "Each message of the checks names a rule. Here is why the rule is there, what breaks it and how to fix it. A "
        "warning stops nothing.",
        "Breaks it",
        "How to fix it",
        " (warning)",
    ),
}
"""Per language: heading, opening, the words before an example and before the fix, and what marks a warning."""


def explanations(lang: Language) -> dict[str, dict[str, str]]:
    """Why each rule is there, what breaks it and how to fix it, by its id."""
    return yaml.load((FOLDER / f"rules.{lang}.yml").read_text("utf-8"), yaml.CSafeLoader)


def page() -> str:
    """The page as Markdown."""
    return HEAD + "".join(map(_part, WORDS))


def _part(lang: Language) -> str:
    heading, opening, breaks, fix, warning = WORDS[lang]
    warnings = {rule.id for rule in (*RULES, *CHECKS) if rule.level == "warning"}
    sections = [
        f"\n### {id}{warning if id in warnings else ''}\n\n{told['why']}\n\n"
        f"- {breaks}: `{told['example']}`\n- {fix}: {told['fix']}\n"
        for id, told in explanations(lang).items()
    ]
    return f"\n## {heading}\n\n{opening}\n{''.join(sections)}"


if __name__ == "__main__":
    Path("RULES.md").write_text(page(), "utf-8")
