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
from .readability import MEASURES, RHYTHM_AIMS, SHORT, rhythm, score


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
        f"::{_data(f'{p.message}; {p.fix}')}"
        for p in problems
    ]


def data(library: Library, problems: Iterable[Problem]) -> dict[str, Any]:
    """Everything as one object for programs."""
    return {
        "problems": [asdict(problem) for problem in problems],
        "allowed": [asdict(allowance) for allowance in allowed(library)],
        "readability": {t.path: {MEASURES[t.lang].name: score(t)} for t in _texts(library)},
        "rhythm": {t.path: asdict(found) for t in _texts(library) if t.lang == "da" and (found := rhythm(t.body))},
    }


def readability(library: Library, lang: Language = "en") -> list[str]:
    """One line per article: LIX of its Danish text and Flesch of its English one, the rhythm of the Danish one, and
    whether they are outside the aim."""
    aims = ", ".join(f"{m.name} {m.low}-{m.high}" for m in MEASURES.values())
    least = RHYTHM_AIMS
    table = [
        translated(f"Readability (a pointer; the aim is {aims}):", lang),
        f"  Danish sentences: variation of length at least {least.variation:.2f}, {least.short:.0%} of {SHORT} words "
        f"or fewer, {least.questions:.0%} questions",
    ]
    for article in library.of_kind("article"):
        figures = []
        for translation in article.translations.values():
            measure, figure = MEASURES[translation.lang], score(translation)
            outside = "low" if figure < measure.low else "high" if figure > measure.high else ""
            figures.append(f"{measure.name} {figure:>3} {outside:<4}")
        table.append(f"  {article.key:<38} {'  '.join([*figures, _rhythm(article['da'].body)])}".rstrip())
    return table


def _rhythm(markdown: str) -> str:
    found = rhythm(markdown)
    if not found:
        return ""
    figures = (
        (f"variation {found.variation:.2f}", found.variation < RHYTHM_AIMS.variation),
        (f"short {found.short:>3.0%}", found.short < RHYTHM_AIMS.short),
        (f"questions {found.questions:>3.0%}", found.questions < RHYTHM_AIMS.questions),
    )
    return "  ".join(f"{figure} {'low' if is_low else '':<3}" for figure, is_low in figures)


def _texts(library: Library):
    return (t for article in library.of_kind("article") for t in article.translations.values())


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
