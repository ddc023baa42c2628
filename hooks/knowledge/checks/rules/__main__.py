"""`make rules`: write RULES.md, the list of the rules in both languages, from the rules themselves."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from . import CHECKS, RULES
from .rule import Explanation, Rule

HEAD = """\
<!-- `make rules` writes this page from hooks/knowledge/checks/rules/. -->

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


def page(rules: Iterable[Rule]) -> str:
    """The page as Markdown."""
    rules = tuple({rule.id: rule for rule in reversed((*rules,))}.values())[::-1]
    return HEAD + "".join(_part(lang, rules) for lang in WORDS)


def _part(lang: str, rules: tuple[Rule, ...]) -> str:
    heading, opening, breaks, fix, warning = WORDS[lang]
    sections = []
    for rule in rules:
        told: Explanation = getattr(rule, lang)
        mark = warning if rule.level == "warning" else ""
        sections.append(
            f"\n### {rule.id}{mark}\n\n{' '.join(told.reason.split())}\n\n"
            f"- {breaks}: `{rule.example}`\n- {fix}: {' '.join(told.fix.split())}\n"
        )
    return f"\n## {heading}\n\n{opening}\n{''.join(sections)}"


if __name__ == "__main__":
    Path("RULES.md").write_text(page((*RULES, *CHECKS)), "utf-8")
