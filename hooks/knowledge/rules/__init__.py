"""The rules: what an editor may get wrong, each in one place. RULES.md lists them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..article import Article
from ..cache import NOTHING_KEPT, Cache
from ..fingerprint import code, digest
from ..helper import together
from ..problems import Problem
from . import citing, form, front_matter, language, links, listing, spelling, state, text, twins
from .rule import Rule

if TYPE_CHECKING:
    from ..library import Library

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
    found = _found((rule for rule in rules if not rule.is_local), library, docs)
    local = [rule for rule in rules if rule.is_local]

    def found_in(article: Article) -> list[Problem]:
        alone = replace(library, articles={article.key: article})
        name = digest(shared, article.key, [(t.path, t.digest) for t in article.translations.values()])
        return kept.object(name, partial(_found, local, alone, docs))

    for more in together(kept, (partial(found_in, article) for article in library.articles.values())):
        found += more
    language.forget()
    return found


def _found(rules: Iterable[Rule], library: Library, docs: Path) -> list[Problem]:
    return [problem for rule in rules for problem in rule.problems(library, docs)]
