"""A report: problems as people, GitHub and programs read them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from ..content.library import Library
from ..core.language import Language
from ..core.messages import translated
from ..core.problems import Problem, lines
from .allowance import allowed
from .readability import MEASURES, score


def told(problems: Iterable[Problem], lang: Language = "en") -> list[str]:
    """Lines, and in a workflow annotations too."""
    problems = [problem.in_language(lang) for problem in problems]
    in_workflow = os.environ.get("GITHUB_ACTIONS") == "true"
    return [*lines(problems, lang), *(annotations(problems) if in_workflow else ())]


def annotations(problems: Iterable[Problem]) -> list[str]:
    """Workflow commands that GitHub shows at the line of a pull request.

    Source: <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.
    """
    return [
        f"::{p.level} file={_property(p.file)},line={p.line},col={p.column},title={_property(p.rule)}"
        f"::{_data(f'{p.message}; {p.mend}')}"
        for p in problems
    ]


def data(library: Library, problems: Iterable[Problem]) -> dict[str, Any]:
    """Everything as one object for programs."""
    return {
        "problems": [asdict(problem) for problem in problems],
        "allowed": [asdict(allowance) for allowance in allowed(library)],
        "readability": {t.path: {MEASURES[t.lang].name: score(t)} for t in _texts(library)},
    }


def readability(library: Library, lang: Language = "en") -> list[str]:
    """One line per article: LIX of its Danish text and Flesch of its English one, and whether it is outside the aim."""
    aims = ", ".join(f"{m.name} {m.low}-{m.high}" for m in MEASURES.values())
    table = [translated(f"Readability (a pointer; the aim is {aims}):", lang)]
    for article in library.of_kind("article"):
        figures = []
        for translation in article.translations.values():
            measure, figure = MEASURES[translation.lang], score(translation)
            outside = "low" if figure < measure.low else "high" if figure > measure.high else ""
            figures.append(f"{measure.name} {figure:>3} {outside:<4}")
        table.append(f"  {article.key:<38} {'  '.join(figures)}".rstrip())
    return table


def _texts(library: Library):
    return (t for article in library.of_kind("article") for t in article.translations.values())


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
