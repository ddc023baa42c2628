"""A problem: what is wrong, at which line, and how to fix it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal

from .language import ENGLISH, Language
from .messages import translated

Level = Literal["error", "warning"]
NAMED = 12
"""So many known words at most are named where a file lists them."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that an editor has to fix, or, as a warning, ought to know."""

    file: str
    """Path below the folder of mkdocs.yml, with forward slashes."""
    line: int
    """Counted from 1."""
    column: int
    """Counted from 1."""
    rule: str
    """The rule's id, such as `front-matter`."""
    message: str
    """What was found and what was expected."""
    fix: str
    level: Level = "error"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column} {self.rule} {self.message}; {self.fix}"

    def in_language(self, lang: Language) -> Problem:
        """The same problem, said to an editor who reads this language; the rule's id stays."""
        return replace(self, message=translated(self.message, lang), fix=translated(self.fix, lang))


class ProblemsFound(Exception):
    """All errors of a build at once.

    Attributes:
        problems: the problems, by file and line.
    """

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def told_once(problems: Iterable[Problem]) -> list[Problem]:
    """What several have found, such as two rules that read one file, told once: as the first of them says it."""
    told = {(problem.file, problem.line, problem.message): problem for problem in sorted(problems, reverse=True)}
    return sorted(told.values())


def errors_of(problems: Iterable[Problem]) -> list[Problem]:
    """Those that are more than a warning."""
    return [problem for problem in problems if problem.level == "error"]


def lines(problems: Iterable[Problem], lang: Language = ENGLISH) -> list[str]:
    """One line each: `docs/…:12:1 link …; …`; warnings say so."""
    warning = translated(" (warning)", lang)
    return [f"{problem.in_language(lang)}{warning if problem.level == 'warning' else ''}" for problem in problems]


def stop_on_errors(problems: Iterable[Problem]) -> None:
    """Raise `ProblemsFound` if any of the problems is an error."""
    if errors := errors_of(problems):
        raise ProblemsFound(errors)


def short(text: str, most: int = 40) -> str:
    """A text as a message quotes it: on one line, and cut where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def within_sentence(said: str) -> str:
    """What a program says, as a part of a sentence of ours: with a small letter first, and no full stop."""
    return said[:1].lower() + said[1:].rstrip(".")


def nearest_word(word: str, known: Iterable[str]) -> str:
    """The known word that is most like one; nothing where none is."""
    return next(iter(get_close_matches(word, sorted(known), n=1, cutoff=0.68)), "")


def did_you_mean(word: str, known: Iterable[str], listed: str = "", otherwise: str = "") -> str:
    """A hint at the closest known word, or at what is known: `did you mean “alliance”?`.

    Args:
        listed: where the known ones are listed, such as a file.
        otherwise: what is said where none is close, instead of what is known.
    """
    known = sorted(known)
    if close := nearest_word(word, known):
        return f"did you mean “{close}”?"
    if otherwise:
        return otherwise
    if not known:
        return f"there is none yet{f' in {listed}' if listed else ''}"
    if len(known) <= NAMED or not listed:
        return "use one of: " + ", ".join(known)
    return f"use one of those in {listed}"
