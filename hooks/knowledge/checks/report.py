"""A report: problems as people, GitHub and programs read them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from ..content.article import Article
from ..content.library import Library
from ..core.cache import NO_CACHE, Cache
from ..core.fingerprint import code, digest
from ..core.language import ENGLISH, Language, english_name, known
from ..core.messages import translated
from ..core.problems import Problem, lines
from .allowance import allowed
from .each import of_each
from .readability import RHYTHM_AIMS, SHORT, Rhythm, aim, rhythm, score

FIGURES = list[tuple[Language, int | None, Rhythm | None]]
"""Of each text of an article: its figure in the measure of its language, and its rhythm, where there are such."""


def told(problems: Iterable[Problem], lang: Language = ENGLISH) -> list[str]:
    """Lines, and in a workflow annotations too."""
    problems = [problem.in_language(lang) for problem in problems]
    in_workflow = os.environ.get("GITHUB_ACTIONS") == "true"
    return [*lines(problems, lang), *(as_annotations(problems) if in_workflow else ())]


def as_annotations(problems: Iterable[Problem]) -> list[str]:
    """Workflow commands that GitHub shows at the line of a pull request.

    Source: <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.
    """
    return [
        f"::{p.level} file={_property(p.file)},line={p.line},col={p.column},title={_property(p.rule)}"
        f"::{_data(f'{p.message}; {p.fix}')}"
        for p in problems
    ]


def data(library: Library, problems: Iterable[Problem], kept: Cache = NO_CACHE) -> dict[str, Any]:
    """Everything as one object for programs."""
    readable: dict[str, dict[str, int]] = {}
    rhythms: dict[str, dict[str, float]] = {}
    for article, texts in _figures_in(library, kept):
        for lang, figure, found in texts:
            if figure is not None:
                readable[article[lang].path] = {aim(lang)["measure"]: figure}
            if found:
                rhythms[article[lang].path] = asdict(found)
    return {
        "problems": [asdict(problem) for problem in problems],
        "allowed": [asdict(allowance) for allowance in allowed(library)],
        "readability": readable,
        "rhythm": rhythms,
    }


def readability(library: Library, lang: Language = ENGLISH, kept: Cache = NO_CACHE) -> list[str]:
    """One line per article: the figure of each text in the measure of its language, where there is one, the rhythm of
    its sentences, where the language's are looked at, and whether they are outside the aim."""
    aimed = filter(None, map(aim, library.languages))
    aims = ", ".join(f"{one['measure']} {one['low']}-{one['high']}" for one in aimed)
    least = RHYTHM_AIMS
    table = [translated(f"Readability (a pointer; the aim is {aims}):", lang)] if aims else []
    table += [
        translated(
            f"  {english_name(spoken)} sentences: variation of length at least {least.variation:.2f}, "
            f"{least.short:.0%} of {SHORT} words or fewer, {least.questions:.0%} questions",
            lang,
        )
        for spoken in library.languages
        if known(spoken).get("rhythm")
    ]
    if not table:
        return []
    for article, texts in _figures_in(library, kept):
        figures = []
        for spoken, figure, _ in texts:
            if figure is not None:
                used = aim(spoken)
                outside = "low" if figure < used["low"] else "high" if figure > used["high"] else ""
                figures.append(f"{used['measure']} {figure:>3} {translated(outside, lang):<4}")
        figures += [_figures(rhythm, lang) for _, _, rhythm in texts if rhythm]
        if article.kind == "article":
            table.append(f"  {article.key:<38} {'  '.join(figures)}".rstrip())
    return table


def _figures_in(library: Library, kept: Cache) -> Iterator[tuple[Article, FIGURES]]:
    """Each article with its figures, which are kept: to count syllables takes longer than the rest of a check."""
    found = of_each(library, kept, FIGURES, {digest("readability", code()): _figures_of})
    return zip(library.articles.values(), (figures for (figures,) in found), strict=True)


def _figures_of(article: Article) -> FIGURES:
    """The figure of each text, and its rhythm."""
    found: FIGURES = []
    for text in article.translations.values() if article.kind == "article" else ():
        measure, has_rhythm = aim(text.lang).get("measure"), known(text.lang).get("rhythm")
        found.append((text.lang, score(text, measure) if measure else None, rhythm(text.body) if has_rhythm else None))
    return found


def _figures(found: Rhythm, lang: Language) -> str:
    figures = (
        (f"variation {found.variation:.2f}", found.variation < RHYTHM_AIMS.variation),
        (f"short {found.short:>3.0%}", found.short < RHYTHM_AIMS.short),
        (f"questions {found.questions:>3.0%}", found.questions < RHYTHM_AIMS.questions),
    )
    return "  ".join(
        f"{translated(figure, lang)} {translated('low', lang) if low else '':<3}" for figure, low in figures
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
