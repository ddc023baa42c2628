"""Which queries sound like need by their words alone, where no phrase of `crisis-words.yml` says so.

`docs/data/queries.LANG.yml` holds examples. A word weighs the logarithm of how much more often it stands in those of
need than in the others (naive Bayes; Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008,
chapter 13), and a query what its words weigh. What readers type for an article is an example of what is ordinary. So
queries that nobody has thought of are heard, if people in need use such words; and an example that its words do not
tell is heard as it is. `crisis.js` fetches the weights once
somebody goes to a field of the search, and folds words as `words` does; tests/test_need.py holds the two together.

    need.gz    for each language words by their weight, what a query must weigh, and the examples that weigh less
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from math import log
from typing import TypedDict

from ...content.data import Examples
from ...content.library import Library
from ...core.language import Language
from .. import small

FILE = "need.gz"
"""Not among the assets, whose addresses hold a version: no page changes with an example."""
CHOSEN = 6
"""An ordinary example counts as much as so many of what readers type for articles: it was chosen because it sounds
like need."""
PARTS = 4
"""Weights are sent as whole numbers: so many of them are one power of e."""
SLIGHT = {"need": 3, "violence": 6}
"""What weighs less, more or less, is not sent."""
LEAST = 3
"""Words of an example that is heard as it is: two are said in passing."""
MISTAKEN = 0.025
"""Of ordinary examples, the share that may sound like need: better one time too often than one too seldom. Of ordinary
queries that are no examples, and of those of need, tests/test_need.py says how many do."""

_IGNORED = re.compile("['’‘`´ʼ\u00ad\u200b-\u200f\u2060\ufeff]")
_FOLDED = (("æ", "e"), ("ä", "e"), ("ae", "e"), ("ö", "ø"), ("oe", "ø"), ("å", "a"), ("aa", "a"))
_WORD = re.compile(r"[^\W_]+")
_DOUBLED = re.compile(r"([^\W\d_])\1+")


class Weights(TypedDict):
    """What a language's examples say of its words."""

    need: dict[int, str]
    """Words by their weight, in parts, with spaces between them."""
    violence: dict[int, str]
    """The same of violence, among queries of need."""
    enough: int
    """What a query of need weighs at least."""
    said: list[list[str]]
    """The words of examples of need that weigh less: a query of these, with one more at most, is heard, too."""


def words(query: str) -> set[str]:
    """The words of a query, folded as `crisis.js` folds them."""
    text = unicodedata.normalize("NFKC", _IGNORED.sub("", query)).lower()
    for written, letter in _FOLDED:
        text = text.replace(written, letter)
    return {_bare(word) for word in _WORD.findall(text)}


def _bare(word: str) -> str:
    word = _DOUBLED.sub(r"\1", word)
    if len(word) < 3:  # »dø« is not “do”
        return word
    plain = unicodedata.normalize("NFD", word.replace("ø", "o"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def typed(library: Library) -> dict[Language, list[str]]:
    """What readers of each language type for pages without the help box: it is ordinary."""
    calm = {article.key for article in library.articles.values() if not article.has_help and article.kind != "help"}
    return {
        lang: [said for place, phrases in of.items() if place.partition("#")[0] in calm for said in phrases]
        for lang, of in library.phrases.items()
    }


def weights(examples: Examples, typed: Collection[str]) -> Weights:
    """The weights of a language.

    Args:
        typed: what readers type for articles, few of whom are in need.
    """
    need, violence, chosen = (list(map(words, some)) for some in (examples.need, examples.violence, examples.ordinary))
    told = frozenset().union(*need, *violence, *chosen)
    of_need = _ratios([*need, *violence], [*chosen * CHOSEN, *(words(query) & told for query in typed)], SLIGHT["need"])
    of_violence = _ratios(violence, need, SLIGHT["violence"])
    heaviest = sorted((weight(query, of_need) for query in chosen), reverse=True)
    enough = heaviest[int(len(chosen) * MISTAKEN)] + 1 if chosen else 1
    ordinary = [*chosen, *map(words, typed)]
    missed = [query for query in (*need, *violence) if len(query) >= LEAST and weight(query, of_need) < enough]
    said = sorted({tuple(sorted(query)) for query in missed if not any(query <= other for other in ordinary)})
    return {"need": _listed(of_need), "violence": _listed(of_violence), "enough": enough, "said": [*map(list, said)]}


def weight(query: Collection[str], ratios: Mapping[str, int]) -> int:
    """What a query's words weigh, in parts."""
    return sum(ratios.get(word, 0) for word in query)


def _ratios(some: Collection[set[str]], others: Collection[set[str]], slight: int) -> dict[str, int]:
    """How much more often each word stands in some queries than in others, as a logarithm, in parts. Half a query more
    of each keeps a word that stands in none from deciding all."""
    in_some, in_others = (Counter(word for query in each for word in query) for each in (some, others))
    found = {}
    for word in in_some | in_others:
        share, other = (in_some[word] + 0.5) / (len(some) + 1), (in_others[word] + 0.5) / (len(others) + 1)
        if abs(parts := round(PARTS * log(share / other))) >= slight:
            found[word] = parts
    return found


def _listed(ratios: Mapping[str, int]) -> dict[int, str]:
    by_weight: defaultdict[int, list[str]] = defaultdict(list)
    for word, parts in sorted(ratios.items()):
        by_weight[parts].append(word)
    return {parts: " ".join(by_weight[parts]) for parts in sorted(by_weight)}


def packed(examples: Mapping[Language, Examples], typed: Mapping[Language, Collection[str]]) -> bytes:
    """The weights of all languages that have examples, as `crisis.js` fetches them."""
    return small.packed([weights(examples[lang], typed.get(lang, ())) for lang in examples])
