"""The rules: what an editor may get wrong, each in one place. RULES.md lists them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

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


def problems(library: Library, docs: Path, rules: tuple[Rule, ...] = RULES, kept: Cache = NO_CACHE) -> list[Problem]:
    """Everything that the rules find in the content folder."""
    ids = [rule.id for rule in rules]
    unread = sorted(name for name in library.unread if name.startswith("data/"))
    words = library.strong_words, library.grave_words
    data = (library.concepts, list(library.sources), library.help, words, unread)
    local = [rule for rule in rules if rule.is_local]
    may_be_silent = [rule.id for rule in local if not rule.is_firm]

    def found_in(article: Article) -> list[Problem]:
        found = _found(local, replace(library, articles={article.key: article}), docs)
        return without_allowed(article, found, may_be_silent) if may_be_silent else found

    found = _found((rule for rule in rules if not rule.is_local), library, docs)
    shared = digest("rules", code(), ids, *data)
    for more in of_each(library, kept, shared, list[Problem], found_in) if local else ():
        found += more
    return found


def _found(rules: Iterable[Rule], library: Library, docs: Path) -> list[Problem]:
    return [problem for rule in rules for problem in rule.problems(library, docs)]
