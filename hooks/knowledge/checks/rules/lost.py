"""Rules on the two languages: a sentence that a translation has lost, and names that have changed places in it.

What both have as many of, paragraphs and list items, belongs together. Where such a block has one sentence less in
the translation, the translator has joined two of the original, or lost one: whichever of the two fits the lengths of
the sentences better. Source of the idea: Gale & Church (1993), A program for aligning sentences in bilingual corpora,
<https://aclanthology.org/J93-1004/>.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product

from ...content.outline import CITATION
from ..structure import SENTENCE, blocks_side_by_side, cells_side_by_side, sentences_side_by_side
from .rule import Finding, Pair, first_words, pair_rule, path_of

CLEARLY = 0.2
"""By so much a lost sentence must fit better than two that were joined. In this site's articles, where nothing is lost,
ten blocks have a sentence less in English, and none reaches 0.11. Of sentences taken out one by one, half reach it."""
SHORT = 12
"""Letters that do not count: short sentences differ more in length."""
SMALL = "a-zæøåéäöü"
NAME = re.compile(rf"[A-ZÆØÅ](?<![^\W_].)(?<!-.)[{SMALL}]{{2,}}+(?![^\W_]|-)")
LEAST = 4
"""Letters of a name of which one may be wrong, and more: short ones are like many words."""


@pair_rule("parity")
def lost_sentences(pair: Pair) -> Iterator[Finding]:
    """A whole sentence of the original that the translation does not have; lengths alone prove nothing, so it warns."""
    for block, like in blocks_side_by_side(*pair):
        if sentence := _lost(block.text, like.text):
            message = f"“{first_words(sentence)}” seems to be missing in docs/{pair[1].path}, line {like.line}"
            fix = "translate it there, or delete it here"
            yield Finding(pair[0], block.line, message, fix, sentence.split()[0], level="warning")


def _lost(text: str, its_like: str) -> str:
    """The sentence of a text that its like has lost; none where it has as many, or where two were joined."""
    ours, theirs = (SENTENCE.split(CITATION.sub("", one).strip()) for one in (text, its_like))
    if len(ours) != len(theirs) + 1:
        return ""
    places = range(len(ours))
    without = [_unlike([*ours[:place], *ours[place + 1 :]], theirs) for place in places]
    joined = [_unlike([*ours[:i], f"{ours[i]} {ours[i + 1]}", *ours[i + 2 :]], theirs) for i in places[:-1]]
    sentence = ours[without.index(min(without))]
    is_lost = min(joined) - min(without) > CLEARLY and ours.count(sentence) == 1  # Twice is told as such.
    return sentence if is_lost else ""


def _unlike(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """How little the lengths of sentences fit those of others: 0 where each is as long as its like."""
    return sum(
        math.log((len(one) + SHORT) / (len(other) + SHORT)) ** 2 for one, other in zip(ours, theirs, strict=True)
    )


@pair_rule("parity")
def swapped_names(pair: Pair) -> Iterator[Finding]:
    """Somebody says or does in one language what somebody else says or does in the other."""
    names = _capital(*(text.body for text in pair))
    for block, like in blocks_side_by_side(*pair) if len(names) > 1 else ():
        ours, theirs = (_in_order(text, names) for text in (block.text, like.text))
        if len(ours) != len(theirs) or ours == theirs or len({*ours, *theirs}) < 2:
            continue
        for sentence, its_like in sentences_side_by_side(block.text, like.text):
            one, other = ({*_in_order(text, names)} for text in (sentence, its_like))
            if len(one) == len(other) == 1 and one != other:
                name, expected = *other, *one
                message = (
                    f"“{first_words(its_like)}” names {name}; "
                    f"its like in docs/{pair[0].path}, line {block.line}, names {expected}"
                )
                yield Finding(pair[1], like.line, message, "write the same name in both", name)
                break


@lru_cache(maxsize=4)
def _capitalised(body: str) -> frozenset[str]:
    """Words that begin with a capital."""
    return frozenset(NAME.findall(body))


@lru_cache(maxsize=2)
def _capital(*bodies: str) -> set[str]:
    """The words that both texts have, and always with a capital."""
    one, other = map(_capitalised, bodies)
    return {name for name in one & other if not any(_holds(body, name.lower()) for body in bodies)}


def _holds(body: str, word: str) -> bool:
    """Whether a text has a word in small letters."""
    return word in body and bool(re.search(rf"(?<![^\W_]){word}(?![{SMALL}])", body))


def _in_order(text: str, names: set[str]) -> list[str]:
    """The names of a text in their order, each without the genitive of Danish."""
    found = (word if word in names else word.removesuffix("s") for word in NAME.findall(text))
    return [word for word in found if word in names]


@pair_rule("parity")
def near_names(pair: Pair) -> Iterator[Finding]:
    """A name that both languages have, and one of them once with a letter wrong."""
    both = {name for name in _capital(pair[0].body, pair[1].body) if len(name) > LEAST}
    said = [_capitalised(text.body) if both else frozenset() for text in pair]
    alike = {(name[0], len(name)) for name in both}
    for text, alone in zip(pair, (said[0] - said[1], said[1] - said[0]), strict=True):
        may_be = sorted(name for name in alone if (name[0], len(name)) in alike)
        for name, meant in product(may_be, sorted(both) if may_be else ()):
            if _is_slip(name, meant) and name.lower() not in text.body:
                line, fix = text.line_at(text.body.find(name)), f"write “{meant}”, or the other name in both"
                yield Finding(text, line, f"“{name}” is nearly “{meant}”", fix, name, level="warning")


def _is_slip(name: str, meant: str) -> bool:
    """Whether a name is another with one letter wrong, or with two that have changed places."""
    if len(name) != len(meant) or name[0] != meant[0]:
        return False
    wrong = [i for i, (one, other) in enumerate(zip(name, meant, strict=True)) if one != other]
    return len(wrong) == 1 or (len(wrong) == 2 and name[wrong[0]] + name[wrong[1]] == meant[wrong[1]] + meant[wrong[0]])


@pair_rule("parity")
def empty_cells(pair: Pair) -> Iterator[Finding]:
    """A cell that is empty in one language alone."""
    told: set[int] = set()
    for both in cells_side_by_side(*pair):
        (empty, full), line = sorted(both, key=lambda cell: bool(cell.text)), both[0].line
        if full.text and not empty.text and line not in told:
            told.add(line)
            there = path_of(full.where)
            message = f"a cell is empty; that of docs/{there}, line {full.line}, has “{first_words(full.text)}”"
            yield Finding(empty.where, empty.line, message, "write it in both, or in neither")
