"""The rules: what an editor may get wrong, each in one place. RULES.md lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from ...content.article import Article
from ...content.library import Library
from ...core.cache import NO_CACHE, Cache
from ...core.fingerprint import code, digest
from ...core.problems import Problem
from ..allowance import without_allowed
from ..each import of_each
from . import spelling
from .rule import Rule

MODULES = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__) if found.name != "__main__"]
EVERY = tuple(dict.fromkeys(rule for module in MODULES for rule in vars(module).values() if isinstance(rule, Rule)))
CHECKS = tuple(rule for rule in EVERY if rule in vars(spelling).values())
"""What only `make check` does: it needs the dictionaries of the tests."""
RULES = tuple(rule for rule in EVERY if rule not in CHECKS)
"""What a build checks, beside what is found while files, settings and templates are read."""


GIVEN = ("docs", "articles", "languages")
"""What each rule may read of the library."""


def problems(library: Library, rules: tuple[Rule, ...] = RULES, kept: Cache = NO_CACHE) -> list[Problem]:
    """Everything that the rules find in the content folder."""
    found = _found((rule for rule in rules if not rule.is_local), library)
    found += _found((replace(rule, find=rule.find_in_data) for rule in rules if rule.find_in_data), library)
    local = [rule for rule in rules if rule.is_local]
    may_be_silent = {rule.id for rule in local if not rule.is_firm}
    read = dict.fromkeys(rule.reads for rule in local)
    finds = dict(_kept([rule for rule in local if rule.reads == reads], reads, library) for reads in read)
    for article, parts in zip(library.articles.values(), of_each(library, kept, list[Problem], finds), strict=True):
        more = [problem for part in parts for problem in part]
        found += without_allowed(article, more, may_be_silent) if may_be_silent else more
    return found


def _kept(
    rules: list[Rule], reads: tuple[str, ...], library: Library
) -> tuple[str, Callable[[Article], list[Problem]]]:
    """What finds the problems of an article by rules that read the same, and the fingerprint of that."""
    unread = frozenset(name for name in library.unread if name.startswith("data/"))
    known = {**vars(library), "unread": unread}
    unsaid: dict[str, Any] = {field.name: Unsaid() for field in fields(library)}
    data = replace(library, **unsaid | {name: known[name] for name in (*GIVEN, *reads)})
    said = [sorted(known[name]) if name == "unread" else known[name] for name in reads]

    def found_in(article: Article) -> list[Problem]:
        return _found(rules, replace(data, articles={article.key: article}))

    return digest("rules", code(), [rule.id for rule in rules], library.languages, said), found_in


class Unsaid:
    """In the place of what a rule does not say that it reads: whatever it would do with that fails."""

    def __bool__(self) -> bool:
        raise TypeError("a rule on one article names all that it reads of the library in its `reads`")


def _found(rules: Iterable[Rule], library: Library) -> list[Problem]:
    return [problem for rule in rules for problem in rule.problems(library)]
