"""The rules: what an editor may get wrong, each in one place. RULES.md lists them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from ...content.article import Article
from ...content.library import Library
from ...core.cache import NOTHING_KEPT, Cache
from ...core.fingerprint import code, digest
from ...core.problems import Problem
from ...core.worker import together
from . import (
    accessed,
    citing,
    corrections,
    form,
    front_matter,
    language,
    links,
    listing,
    public,
    spelling,
    state,
    text,
    twins,
)
from .rule import Rule

RULES: tuple[Rule, ...] = (
    form.PAIR,
    front_matter.complete,
    front_matter.topic,
    front_matter.names,
    front_matter.addresses,
    front_matter.aliases,
    form.DATA,
    front_matter.concept_topics,
    listing.lengths,
    listing.same_words,
    listing.review_due,
    listing.help_due,
    twins.questions,
    twins.parity,
    twins.figures,
    state.old_translations,
    text.headings,
    text.raw_html,
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
    language.wrong_language,
    language.foreign_words,
    language.unused_foreign_words,
    form.PAGES,
    form.NEWSLETTER,
    form.COMMENTS,
    form.TRAINING_CLIENT,
    public.PUBLIC,
    form.PUBLISHED,
    form.SEARCH,
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
    data = (library.concepts, list(library.sources), library.help, library.strong_words, unread)
    shared = digest("rules", code(), ids, *data)
    local = [rule for rule in rules if rule.is_local]

    def found_in(article: Article) -> list[Problem]:
        alone = replace(library, articles={article.key: article})
        return kept.object(names[article.key], partial(_found, local, alone, docs))

    def renew(before: dict[str, list[Problem]] | None) -> dict[str, list[Problem]]:
        """What the local rules find, by the name of what they have read."""
        known = before or {}
        new = [article for article in library.articles.values() if names[article.key] not in known]
        found = dict(zip((a.key for a in new), together(kept, [partial(found_in, a) for a in new]), strict=True))
        return {name: found[key] if key in found else known[name] for key, name in names.items()}

    names = {
        key: digest(shared, key, [(t.path, t.digest) for t in article.translations.values()])
        for key, article in library.articles.items()
    }
    found = _found((rule for rule in rules if not rule.is_local), library, docs)
    for more in kept.latest(digest("found", shared), renew).values():
        found += more
    return found


def _found(rules: Iterable[Rule], library: Library, docs: Path) -> list[Problem]:
    return [problem for rule in rules for problem in rule.problems(library, docs)]
