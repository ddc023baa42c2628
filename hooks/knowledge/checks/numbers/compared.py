"""What is said without a figure, or beside one: how often, which time, at least or at most, before or after, both; and
opposites, which a whole section may hold both of, and a sentence seldom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from ...content.prose import told_apart
from ...core.language import Language, known
from .number import RECENT

Place = tuple[int, int]
COMPARES = "compares"
WORD = re.compile(r"[^\W\d_]+")


@cache
def _kinds(lang: Language, listed: str = COMPARES) -> dict[str, tuple[frozenset[str], dict[int, re.Pattern[str]]]]:
    """The kinds that a language's file lists, each with the words of which it needs one, and its patterns."""
    return {
        kind: (
            frozenset(said["at"].split()),
            {n: re.compile(rf"\b(?:{said[n]})(?:(?<=\s)|(?!\w))".replace(" ", r"\s")) for n in said if n != "at"},
        )
        for kind, said in known(lang).get(listed, {}).items()
    }


@lru_cache(RECENT)
def _held(text: str, lang: Language, listed: str = COMPARES) -> frozenset[str]:
    """The kinds of which a text may say something: a glance at its words."""
    bare, rest = told_apart(text.lower())
    words = bare.union(WORD.findall(rest))
    return frozenset(kind for kind, (some, _) in _kinds(lang, listed).items() if not some.isdisjoint(words))


def _found(text: str, lang: Language, listed: str, kind: str) -> dict[int, list[Place]]:
    """What a text says of a kind, and where."""
    return {n: [one.span() for one in pattern.finditer(text)] for n, pattern in _kinds(lang, listed)[kind][1].items()}


def may_differ(texts: Mapping[Language, str], listed: str = COMPARES) -> bool:
    """Whether both of two texts may say something of one kind: quick, and most do not."""
    one, other = texts
    held = _held(texts[one], one, listed)
    return bool(held) and not held.isdisjoint(_held(texts[other], other, listed))


def differing_comparisons(texts: Mapping[Language, str], listed: str = COMPARES) -> Iterator[tuple[Language, str, int]]:
    """What each of two texts says and the other does not, where they say different things of one kind, with language
    and place. What only one of them says is a way of saying it.

    Args:
        listed: the key of a language's file below which the kinds stand.
    """
    (one, other), lower = texts, {lang: text.lower() for lang, text in texts.items()}
    for kind in sorted(_held(texts[one], one, listed) & _held(texts[other], other, listed)):
        said = {one: _found(lower[one], one, listed, kind)}
        if any(said[one].values()):
            said[other] = _found(lower[other], other, listed, kind)
        lone = {
            lang: [place for n, places in said[lang].items() if not said[rest].get(n) for place in places]
            for lang, rest in ((one, other), (other, one))
            if other in said
        }
        if lone and all(lone.values()):
            for lang, places in lone.items():
                yield from ((lang, texts[lang][start:end].rstrip(), start) for start, end in places)
