"""What is found in each article alone, kept until something changes that it was found by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from ..content.article import Article
from ..content.library import Library
from ..core.cache import Cache
from ..core.fingerprint import digest
from ..core.worker import in_parallel

T = TypeVar("T")


def of_each(
    library: Library, kept: Cache, shape: Any, finds: Mapping[str, Callable[[Article], T]]
) -> list[tuple[T, ...]]:
    """What is found in each article, on all cores where that is much.

    Args:
        kept: what was found in the same articles before.
        shape: the type of what is found.
        finds: what finds it, by the fingerprint of all that is read beside the articles.
    """
    articles = library.articles.values()
    texts = {article.key: [(t.path, t.digest) for t in article.translations.values()] for article in articles}
    names = {shared: {key: digest(shared, key, read) for key, read in texts.items()} for shared in finds}
    places = {shared: digest("found", shared) for shared in finds}
    before = {shared: kept.load(place, dict[str, shape]) or {} for shared, place in places.items()}
    found: dict[str, T] = {name: value for known in before.values() for name, value in known.items()}
    new = [article for article in articles if any(names[shared][article.key] not in found for shared in finds)]

    def found_in(article: Article) -> dict[str, T]:
        asked = {names[shared][article.key]: find for shared, find in finds.items()}
        missing = {name: find for name, find in asked.items() if name not in found}
        return {name: kept.value(name, shape, partial(find, article)) for name, find in missing.items()}

    in_parallel(kept, [partial(found_in, article) for article in new])
    for article in new:
        found |= found_in(article)
    for shared, known in before.items():
        now = {name: found[name] for name in names[shared].values()}
        if now != known:
            kept.store(places[shared], now)
    return [tuple(found[names[shared][article.key]] for shared in finds) for article in articles]
