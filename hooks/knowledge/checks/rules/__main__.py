"""`make rules`: write RULES.md, the list of the rules in both languages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from ...core.language import Language
from ...core.messages import FOLDER
from ...core.table import table
from . import CHECKS, RULES

PAGE: dict[str, Any] = table(Path(__file__).with_name("page.yml"))
"""What the page says beside the explanations."""


def explanations(lang: Language) -> dict[str, dict[str, str]]:
    """Why each rule is there, what breaks it and how to fix it, by its id."""
    return table(FOLDER / f"rules.{lang}.yml")


def page() -> str:
    """The page as Markdown."""
    return PAGE["head"] + "".join(map(_part, PAGE["languages"]))


def _part(lang: Language) -> str:
    words = PAGE["languages"][lang]
    warnings = {rule.id for rule in (*RULES, *CHECKS) if rule.level == "warning"}
    sections = [
        f"\n### {id}{words['warning'] if id in warnings else ''}\n\n{told['why']}\n\n"
        f"- {words['breaks']}: `{told['example']}`\n- {words['fix']}: {told['fix']}\n"
        for id, told in explanations(lang).items()
    ]
    return f"\n## {words['heading']}\n\n{words['opening']}\n{''.join(sections)}"


def write() -> None:
    """Write the page, once every rule is explained."""
    for lang in PAGE["languages"]:
        if left := sorted({rule.id for rule in (*RULES, *CHECKS)} - explanations(lang).keys()):
            file = f"overrides/strings/rules.{lang}.yml"
            sys.exit(f"nothing explains “{', '.join(left)}”: write why, example and fix into {file}")
    Path("RULES.md").write_text(page(), "utf-8")


if __name__ == "__main__":
    write()
