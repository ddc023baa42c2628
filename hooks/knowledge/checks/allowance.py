"""Allowances: where an editor knows better than a rule, and has said so above the text, as `allow:`.

An allowance silences one finding of one rule in its own file. One that silences nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..content.article import Article, Translation
from ..content.library import Library
from ..core.problems import Problem, did_you_mean

ID = "allow"


@dataclass(frozen=True, order=True)
class Allowed:
    """One allowance, where it stands, for lists of them."""

    file: str
    line: int
    rule: str
    text: str
    why: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.rule} “{self.text}”: {self.why}"


def allowed(library: Library) -> list[Allowed]:
    """Every allowance of the content, by file and line."""
    return sorted(
        Allowed(f"docs/{translation.path}", translation.line_of(("allow", i)), given.rule, given.text, given.why)
        for translation in library.translations()
        for i, given in enumerate(translation.words.allow)
    )


def without_allowed(article: Article, problems: Iterable[Problem], rules: Iterable[str]) -> list[Problem]:
    """What is left of an article's problems, and what is wrong with its allowances."""
    left, silent = sorted(problems), sorted(rules)
    for translation in article.translations.values():
        lines = (translation.head + translation.body).split("\n") if translation.words.allow else []
        for i, given in enumerate(translation.words.allow):
            line = translation.line_of(("allow", i))
            if given.rule not in silent:
                message = f"no reason can silence a rule “{given.rule}”"
                fix = did_you_mean(given.rule, silent)
                left.append(Problem(f"docs/{translation.path}", line, 1, ID, message, fix))
                continue
            found = next((p for p in left if p.rule == given.rule and _fits(p, given.text, translation, lines)), None)
            if found:
                left.remove(found)
            elif article.shared.status != "withdrawn":  # Of one that is, only the first lines are read.
                message = f"the rule “{given.rule}” finds nothing at “{given.text}” in this file"
                fix = "delete the item, or write words of the message or of the line that it names"
                left.append(Problem(f"docs/{translation.path}", line, 1, ID, message, fix))
    return left


def _fits(problem: Problem, text: str, translation: Translation, lines: list[str]) -> bool:
    """Whether a problem is the one that these words name."""
    if problem.file != f"docs/{translation.path}":
        return False
    at = lines[problem.line - 1] if problem.line <= len(lines) else ""
    return text in problem.message or text in at
