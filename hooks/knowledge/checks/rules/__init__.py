"""The rules: what an editor may get wrong, each in one place. RULES.md lists them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ...content.article import Article
from ...content.library import Library
from ...core.cache import NOTHING_KEPT, Cache
from ...core.fingerprint import code, digest
from ...core.problems import Problem
from ..allowance import without_allowed
from ..each import of_each
from . import (
    accessed,
    beside,
    citing,
    corrections,
    dates,
    diagrams,
    figures,
    form,
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
    public,
    questions,
    spelling,
    state,
    status,
    text,
)
from .rule import Rule

RULES: tuple[Rule, ...] = (
    form.PAIR,
    form.FILE,
    form.DRAWING,
    form.HTML,
    form.SHOWS_DIFFERENTLY,
    form.MARKUP_LEFT,
    form.CONFLICT,
    form.INVISIBLE,
    beside.YAML,
    front_matter.complete,
    front_matter.topic,
    front_matter.names,
    front_matter.addresses,
    front_matter.aliases,
    form.DATA,
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
    form.ALLOW,
    state.old_translations,
    text.headings,
    text.bare_addresses,
    text.strong_words,
    text.terms,
    text.help_box,
    citing.sources,
    citing.uncited,
    citing.unused,
    accessed.accessed,
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
    form.CONFIG,
    form.TEMPLATE,
    form.STRINGS,
    form.LOOKS,
    form.STYLE,
    form.SCRIPT,
    form.PAGES,
    form.NEWSLETTER,
    form.COMMENTS,
    form.BLOCK,
    form.TRAINING_CLIENT,
    public.PUBLIC,
    form.PUBLISHED,
    form.EXTERNAL,
)
"""What a build checks."""
CHECKS: tuple[Rule, ...] = (spelling.words, spelling.word_lists, spelling.missing)
"""What only `make check` does: it needs the dictionaries of the tests."""


def problems(
    library: Library, docs: Path, rules: tuple[Rule, ...] = RULES, kept: Cache = NOTHING_KEPT
) -> list[Problem]:
    """Everything that the rules find in the content folder.

    Args:
        kept: what the local ones found in the same articles before.
    """
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
