"""Numbers of a text, however they are written: 12, twelve, tolv; 0,5 and a half; kl. 17.30 and 5.30 pm; 1990'erne.

A number may be read in several ways, and is the same as another if any reading is: `17.30` is a time of day or a
decimal, `1 546` one number or two. What is lenient here keeps editors from being told of what is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from itertools import zip_longest

from ...content.prose import ATTRIBUTES, blanked
from ...core.language import Language, words_for
from .figures import FIGURE, figures, holds_figure, named_dates, value
from .number import NEXT, RECENT, Number, clock, lengths, plain
from .units import MONEY, speaks_of, unit_of, units_of
from .words import may_hold_words, number_words, small_numbers, told_lengths, words

UNSAID = re.compile(
    r"\[(?:[^][@\n]{0,120}[^][@\w.\n])?@[^]\n]{0,300}\](?!\()"
    rf"|\]\([^)\n]{{0,2000}}\)|{ATTRIBUTES}|\[(?<=^\[)[^]\n]{{1,200}}\]:[^\n]*"
    rf"|\((?:(?:{words_for('about')}|~|≈)[ \u00a0]?)?(?:(?:[£$€]|(?:GBP|EUR|USD|DKK|SEK|NOK)[ \u00a0])\d[\d.,]*"
    rf"|\d[\d.,]*[ \u00a0]?(?:[£$€]|°F|(?:GBP|EUR|USD|{words_for('elsewhere')})\b))\)"
    r"|<https?://[^\s>)]+>?|https?://[^\s>)]+>?|www\.(?<!\wwww\.)[^\s>)]+",
    re.MULTILINE,
)
"""Keys of sources, addresses, ids, and between round brackets what the number before it is in another measure. Each
kind begins with a letter or mark of its own: `re` looks for these quickly."""
OUT_OF = re.compile(rf"\s+(?:{words_for('out_of')})\s+((?:{words_for('the')}) )?")
"""What stands between the two numbers of a share; of one of “the five” no share is meant."""


def numbers(text: str, lang: Language) -> list[Number]:
    """The numbers of a text, as it stands in the file, in its order."""
    found, rest = figures(UNSAID.sub(blanked, text), lang)
    found = sorted((*found, *words(rest, lang)), key=lambda number: number.start)
    return [_in_its_half(number, text) for number in _with_shares(found, text)]


def known(found: Iterable[Number]) -> frozenset[str]:
    """Everything that numbers may stand for."""
    return frozenset(reading for number in found for reading in (*number.readings, *number.parts, *number.within))


FIGURES = re.compile(r"\d[\d.,]*\d")
SECTION = re.compile(rf"(?:{words_for('section')})[ \u00a0]\d+[ \u00a0]?[a-z](?!\w)")
WHOLE = re.compile(r"[0-9](?:[0-9]|[.,:](?=[0-9]))*")
SMALL = re.compile(r"[1-9](?<![\w.,].)(?:(?<!1)|(?<=1)0)(?![.,]?\d)")


@lru_cache(RECENT)
def _glance(text: str, lang: Language) -> tuple[frozenset, ...] | None:
    """What a text holds, as far as one sees it quickly: values of figures, small numbers, lengths of time, units. Where
    two are alike, so are all their numbers. None where one must look closely: at larger numbers in words, at dates and
    a law's section 7 a, at a half hour, which one language counts from the hour before, one to the hour after."""
    shown = UNSAID.sub(" ", text)
    has_figure, half = holds_figure(shown), number_words(lang).said.get("half_to")
    is_dated = has_figure and (named_dates(lang).search(shown) or SECTION.search(shown))
    values = frozenset(value(figure, lang) for figure in FIGURES.findall(shown)) if has_figure else frozenset()
    if is_dated or (half and f"{half} " in text) or may_hold_words(shown, lang) or None in values:
        return None
    small = small_numbers(shown, lang).union(SMALL.findall(shown) if has_figure else ())
    return values, small, told_lengths(shown, lang), units_of(shown, lang)


def are_alike(texts: Mapping[Language, str]) -> bool:
    """Whether two texts surely hold the same numbers: quick, and true of most."""
    glances = {_glance(text, lang) for lang, text in texts.items()}
    return len(glances) == 1 and None not in glances


def in_order(text: str) -> list[str]:
    """The figures of a text: alike in most that belong together, which need no more."""
    return WHOLE.findall(text) if FIGURE.search(text) else []


def in_words(text: str, lang: Language) -> set[str]:
    """The numbers that a text has as words, but for those before a mark: as quick."""
    values = _several(lang)
    return {values[word] for word in values.keys() & text.lower().split()}


@cache
def _several(lang: Language) -> dict[str, str]:
    """Words for numbers from two on, in figures: “one” says much else."""
    said = number_words(lang)
    return {word: number for word, number in (said.values | said.in_figures).items() if number not in ("0", "1")}


def are_bare(texts: Mapping[Language, str]) -> bool:
    """Whether two texts surely hold no number."""
    return all((glance := _glance(text, lang)) and not any(glance) for lang, text in texts.items())


def _with_shares(found: list[Number], text: str) -> Iterator[Number]:
    """Let “three out of four” be 75 per cent, too, which both languages must say."""
    for number, after in zip_longest(found, found[1:]):
        between = after and OUT_OF.fullmatch(text, number.end, after.start)
        if between:
            values = [[Decimal(r) for r in n.readings if r.isdecimal()] for n in (number, after)]
            shares = {plain(a / b) for a in values[0] or [Decimal(1)] for b in values[1] if 0 < a < b}
            readings = number.readings | shares | {share[:4] for share in shares}
            is_claim = number.is_claim or bool(shares and not between[1])
            number = number._replace(readings=readings, is_claim=is_claim)
        yield number


HALF = re.compile(
    rf"(?:[ ]o['’]clock)?[ \u00a0\n](?:(?P<a>{words_for('before_noon')})|(?P<p>{words_for('after_noon')})"
    rf"|(?:{words_for('at_night')}))(?!\w)"
)
"""Behind a time of day, which half of the day is meant."""


def _in_its_half(number: Number, text: str) -> Number:
    """Let “8 in the evening” be 20:00 and not 8:00; a night has hours of two days."""
    said = HALF.match(text, number.end)
    if not said:
        return number
    times = [r for r in number.readings if ":" in r] or [f"{r}:00" for r in number.readings if r.isdecimal()]
    for hour, minute in {(int(time.split(":")[0]) % 12, int(time.split(":")[1])) for time in times}:
        half = said.lastgroup or ("p" if hour >= 6 else "a")
        readings = number.readings - clock(hour or 12, minute) | clock(hour or 12, minute, half)
        number = number._replace(readings=readings)
    return number


def differing(texts: Mapping[Language, str]) -> Iterator[tuple[Language, Number]]:
    """Numbers of one of two texts that the other does not hold, with their language."""
    if are_alike(texts):
        return
    found = {lang: numbers(text, lang) for lang, text in texts.items()}
    both = (tuple(texts), tuple(texts)[::-1])
    for lang, other in both:
        there = known(found[other])
        if not number_words(other).said:  # It may say them in words that nobody has listed.
            found[lang] = [number._replace(is_claim=False, is_small=True) for number in found[lang]]
        for number in found[lang]:
            if number.is_claim and not number.is_in(there):
                yield lang, number
                continue
            unit = _other_unit(number, found[other], (texts[lang], lang), (texts[other], other))
            if unit:
                yield lang, number._replace(name=f"{number.name} {unit}")
    # Three in one language and nothing in the other is a way of saying it; three and four are two numbers.
    small = {lang: [n for n in found[lang] if n.is_small and not n.is_claim] for lang in texts}
    lone = {lang: [n for n in small[lang] if not n.is_in(known(found[other]))] for lang, other in both}
    if all(lone.values()):
        yield from ((lang, number) for lang, numbers_there in lone.items() for number in numbers_there)


def _other_unit(number: Number, others: list[Number], here: tuple[str, Language], there: tuple[str, Language]) -> str:
    """What a number counts, if the other text says that it counts something else: 20 minutes, 20 hours; 900 kr., £900;
    50 mg, 50 g."""
    alike = [other for other in others if number.readings & other.readings]
    length, unit = lengths(number), unit_of(number, *here)
    if length and alike and all(lengths(other) and length.isdisjoint(lengths(other)) for other in alike):
        behind = NEXT.match(here[0], number.end)
        return behind[1] if behind else unit
    units = {unit_of(other, *there) for other in alike} if unit else set()
    if not units or unit in units:
        return ""
    if "" in units and (unit not in MONEY or speaks_of(unit, *there)):
        return ""  # It may be said elsewhere: at the end of “900 to 1,200 kroner”, at the head of a table.
    return unit
