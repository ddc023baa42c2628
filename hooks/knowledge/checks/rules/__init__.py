"""The rules: what an editor may get wrong, each in one place. RULES.md lists them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from ...content.article import Article
from ...content.library import Library
from ...core.cache import NO_CACHE, Cache
from ...core.fingerprint import code, digest
from ...core.problems import Problem
from ...core.worker import in_parallel
from ..allowance import without_allowed
from . import (
    beside,
    citing,
    corrections,
    dates,
    diagrams,
    figures,
    front_matter,
    help_lines,
    ids,
    ladder,
    language,
    links,
    listing,
    media,
    needs,
    parity,
    questions,
    spelling,
    state,
    status,
    text,
)
from .rule import Rule

RULES: tuple[Rule, ...] = (
    beside.yaml,
    front_matter.complete,
    front_matter.topic,
    front_matter.names,
    front_matter.addresses,
    front_matter.aliases,
    front_matter.concept_topics,
    needs.needs,
    listing.lengths,
    listing.same_words,
    listing.review_due,
    help_lines.numbers,
    help_lines.twice,
    help_lines.due,
    help_lines.both_languages,
    help_lines.pages,
    help_lines.in_texts,
    status.statuses,
    status.unpublished,
    dates.date_order,
    dates.dates_ahead,
    ladder.ladder,
    questions.faq,
    questions.questions,
    ids.ids,
    ids.taken_ids,
    parity.parity,
    diagrams.diagrams,
    figures.figures,
    figures.data_figures,
    state.old_translations,
    text.headings,
    text.bare_addresses,
    text.strong_words,
    text.terms,
    text.help_box,
    citing.sources,
    citing.uncited,
    citing.unused,
    citing.accessed,
    corrections.corrections,
    links.links,
    links.alternatives,
    links.covers,
    links.pictures,
    media.credits,
    media.unused,
    media.transcripts,
    media.posters,
    media.heavy,
    language.wrong_language,
    language.foreign_words,
    language.unused_foreign_words,
)
"""What a build checks, beside what is found while files, settings and templates are read."""
CHECKS: tuple[Rule, ...] = (spelling.words, spelling.data_words, spelling.word_lists, spelling.missing)
"""What only `make check` does: it needs the dictionaries of the tests."""


def problems(library: Library, docs: Path, rules: tuple[Rule, ...] = RULES, kept: Cache = NO_CACHE) -> list[Problem]:
    """Everything that the rules find in the content folder."""
    ids = [rule.id for rule in rules]
    unread = sorted(name for name in library.unread if name.startswith("data/"))
    words = library.strong_words, library.grave_words
    data = (library.concepts, list(library.sources), library.help, words, unread)
    lists = spelling.read_with(library, docs) if spelling.words in rules else ()
    shared = digest("rules", code(), ids, lists, *data)
    local = [rule for rule in rules if rule.is_local]
    may_be_silent = [rule.id for rule in local if not rule.is_firm]

    def found_in(article: Article) -> list[Problem]:
        alone = replace(library, articles={article.key: article})

        def find() -> list[Problem]:
            found = _found(local, alone, docs)
            return without_allowed(article, found, may_be_silent) if may_be_silent else found

        return kept.value(names[article.key], list[Problem], find)

    def renew(before: dict[str, list[Problem]] | None) -> dict[str, list[Problem]]:
        """What the local rules find, by the name of what they have read."""
        known = before or {}
        new = [article for article in library.articles.values() if names[article.key] not in known] if local else []
        in_parallel(kept, [partial(found_in, article) for article in new])
        found = {article.key: found_in(article) for article in new}
        return {name: found[key] if key in found else known[name] for key, name in names.items()} if local else {}

    names = {
        key: digest(shared, key, [(t.path, t.digest) for t in article.translations.values()])
        for key, article in library.articles.items()
    }
    found = _found((rule for rule in rules if not rule.is_local), library, docs)
    for more in kept.incremental(digest("found", shared), dict[str, list[Problem]], renew).values():
        found += more
    return found


def _found(rules: Iterable[Rule], library: Library, docs: Path) -> list[Problem]:
    return [problem for rule in rules for problem in rule.problems(library, docs)]
