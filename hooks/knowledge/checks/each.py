"""What is found in each article alone, kept until something changes that it was found by."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from ..content.article import Article
from ..content.library import Library
from ..core.cache import Cache
from ..core.fingerprint import digest
from ..core.worker import in_parallel

T = TypeVar("T")


def of_each(library: Library, kept: Cache, shared: str, shape: Any, find: Callable[[Article], T]) -> list[T]:
    """What is found in each article, on all cores where that is much.

    Args:
        kept: what was found in the same articles before.
        shared: the fingerprint of all that is read beside the articles.
        shape: the type of what is found.
    """
    names = {
        key: digest(shared, key, [(t.path, t.digest) for t in article.translations.values()])
        for key, article in library.articles.items()
    }

    def found_in(article: Article) -> T:
        return kept.value(names[article.key], shape, partial(find, article))

    def renew(before: dict[str, T] | None) -> dict[str, T]:
        """By the name of what was read."""
        known = before or {}
        new = [article for article in library.articles.values() if names[article.key] not in known]
        in_parallel(kept, [partial(found_in, article) for article in new])
        found = {article.key: found_in(article) for article in new}
        return {name: found[key] if key in found else known[name] for key, name in names.items()}

    return list(kept.incremental(digest("found", shared), dict[str, shape], renew).values())
