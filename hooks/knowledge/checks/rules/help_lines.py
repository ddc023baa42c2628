"""Rules on help lines: a wrong number can cost a life, so each is looked at from every side that a machine can see."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from ...content.article import Translation
from ...content.data import HELP
from ...content.help_line import HelpLine, HelpWords, dialled
from ...content.library import Library
from ...content.passage import Passage, passages_of
from ...content.prose import any_of
from ...content.record import seen
from ...content.urls import parts_of
from ...core import day
from ...core.language import Language, english_name, known, words_for
from ...core.table import table
from ..numbers import known as readings
from ..numbers import numbers as numbers_in
from .dates import before_all
from .rule import Finding, rule, text_rule

DUE, SOON = dt.timedelta(days=365), dt.timedelta(days=14)
"""Numbers and services change within a year: lines close, or get other hours."""
COUNTRIES: dict[str, dict[str, str]] = table(Path(__file__).with_name("telephone.yml"))
"""What numbers look like, by the country in which they are called."""
FORM = re.compile(r"\+?[0-9]+(?: [0-9]+)*")
STRANGE = re.compile(r"[^0-9 +]+")
ON_PAPER = re.compile(COUNTRIES["DK"]["on_paper"])
"""A Danish number of eight digits, in the ways in which they are grouped."""
_IN = "".join(rf"(?<!\b{word}[ ])" for word in words_for("in").split("|"))
_NUMBER = rf"""(
    116[ ]?\d{{3}} | 11\d
    | {_IN}18\d\d  # a year behind “in” is none
    | 9\d\d(?=[.,;:!?)*]|$|[ ](?:{words_for("behind_number")}|{words_for("or")}|{words_for("in")})\b)
    | \+?\d(?:[ ]?[\dOoIl]){{4,13}}  # with a digit too few, or a letter for a digit, too
)(?![\w-]|[.,]\d|[ ]?%)"""


AFTER_CALL = re.compile(
    rf"""\b(?:(?:{words_for("calls")})\b[^.!?\n]{{0,60}}?
    | (?:{words_for("number")})[ ])(?<![\w.,+-]){_NUMBER}""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
"""A number that somebody is told to call, in any language whose words for that are known."""
OTHER_NUMBER = re.compile(
    rf"\b(?:CVR|CPR|SE|EAN|ISBN|ISSN|IBAN|reg|{words_for('account')})\b[^.\n]{{0,24}}\Z", re.IGNORECASE
)
"""What says that the number behind it is none to call."""
MORE = re.compile(rf"(?:,|[ ](?:{words_for('or')}|{words_for('and')}))[ ]{_NUMBER}", re.VERBOSE)
"""A second number behind the first: “call 999 or 112”."""
LEAST_NAME = 4
"""Letters of a name that may be a word, and so many that it is none."""
DIGIT = re.compile(r"\d")
DIGITS = re.compile(r"[0-9](?<![\w.,-].)(?!\d{3}-\d\d-\d\d) ?[\dOoIlLi][ .‑-]?[\dOoIlLi]")
"""The beginning of a number, in any of the ways above: a glance. A day is none."""
TEXTS = tuple(seen(HelpWords))
"""What a record says to readers."""
LINK = re.compile(r"\[(?<!!\[)(?P<words>[^\]\[\n]{0,200})\]\(<?(?:tel|sms):(?P<number>[^()\s>]+)>?\)")
SAID = re.compile(r"(?<![\w.,])\+?\d[\d .‑-]{0,20}\d(?!\w|[.,]\d)")
"""A number in the words of a link."""
OFFERED = ("what", "note", "open")
"""Where a record says what a line offers."""
NEEDED = {"danger": "where a life is in danger", "suicide": "for thoughts of suicide"}
"""The kinds of lines without whose numbers no help box may be, and what each is for."""


@rule("help-number")
def numbers(library: Library) -> Iterator[Finding]:
    """A number with a letter, a digit too few or a wrong short number leads nowhere."""
    listed = _listed_numbers(library)
    for i, line in enumerate(library.help):
        for key, number in (("number", line.number), ("sms", line.sms)):
            if number is not None and (wrong := _wrong_number(number, line)):
                message, fix = wrong
                yield Finding(HELP, (i, key), f"“{line.key}”: {message}", fix, number)
        known = listed | {COUNTRIES[line.country]["emergency"]}
        for lang in library.languages:
            for key in TEXTS:
                for _, number in _to_call(getattr(line[lang], key) or ""):
                    if _at_home(number) not in known:
                        message = f"“{line.key}” tells people to call “{number}”, which is no number of this file"
                        fix = "write it as its own record has it, or add a record for it"
                        yield Finding(HELP, (i, lang, key), message, fix, number)


def _wrong_number(number: str, line: HelpLine) -> tuple[str, str] | None:
    """What is wrong with a number, and what to do about it."""
    country, digits = COUNTRIES[line.country], dialled(number)
    found = STRANGE.search(number)
    if found:
        return f"“{number}” holds “{found[0]}”; expected digits and spaces", "write the digit that belongs there"
    if not FORM.fullmatch(number):
        return f"“{number}” is not written as digits with single spaces", "write it like 70 201 201"
    emergency, short = country["emergency"], country["short"].split()
    if line.kind == "danger" and digits != emergency:
        return f"“{number}” is not the emergency number; expected {emergency}", f"write {emergency}"
    if digits in short or re.fullmatch(country["long"], digits):
        return None
    if len(digits) < 7:
        message = f"“{number}” is no short number of {line.country} that is known here ({', '.join(short)})"
        return message, "look it up on the helpline's own page; a new one is added to checks/rules/telephone.yml"
    size = len(digits.lstrip("+"))
    message = f"“{number}” has {size} digits; a number of {line.country} has {country['digits']}"
    if str(size) in country["digits"]:
        message = f"“{number}” does not begin as a number of {line.country} does"
    return message, "look it up on the helpline's own page; set `country` if it belongs elsewhere"


@rule("help-number")
def needed(library: Library) -> Iterator[Finding]:
    """Whoever opens the help box must find whom to call, first of all."""
    if HELP in library.unread or not (library.help or any(a.has_help for a in library.articles.values())):
        return
    for kind, what in NEEDED.items():
        if not any(line.kind == kind and line.number is not None for line in library.help):
            message = f"the help box has no number {what}: no record of the kind “{kind}” has one"
            yield Finding(HELP, 1, message, f"write “kind: {kind}” and “number: …” in the record of that line")


@rule("help-twice")
def twice(library: Library) -> Iterator[Finding]:
    """When a key or a number stands twice, only one of the records is fixed next time."""
    places: dict[tuple[str, str], tuple[int, str]] = {}
    for i, line in enumerate(library.help):
        for name, written in (("key", line.key), ("number", line.number), ("sms", line.sms)):
            value = ("key", line.key) if name == "key" else (line.country, dialled(written or ""))
            first = places.setdefault(value, (i, name)) if written else (i, name)
            if written and first[0] != i:
                message = f"“{written}” is in the record at line {library.line_in(HELP, *first)} too"
                yield Finding(HELP, (i, name), message, "keep one of them", written)


@rule("help-due")
def due(library: Library) -> Iterator[Finding]:
    """A wrong number can cost a life."""
    today = day.today()
    fix = "look the number and the address up again, fix them, then write today's date in “checked”"
    more = f"{fix}, and delete or move `due`"
    for i, line in enumerate(library.help):
        seen, by = str(line.checked), str(line.due)
        if line.checked > day.latest():
            if before_all(library):
                return
            message = f"“{line.key}” was checked on {seen}, which is still to come"
            yield Finding(HELP, (i, "checked"), message, "write the day on which it was looked up", seen)
        elif line.checked + DUE < today:
            message = f"“{line.key}” was last checked {seen}, more than a year ago"
            yield Finding(HELP, (i, "checked"), message, fix, seen, level="warning")
        if not line.due or line.checked >= line.due:
            continue
        if line.due <= today:
            message = f"“{line.key}” was to be checked again by {by}, and was last checked {seen}"
            yield Finding(HELP, (i, "due"), message, more, by)
        elif line.checked < line.due - SOON <= today:
            message = f"“{line.key}” is to be checked again by {by}, and was last checked {seen}"
            yield Finding(HELP, (i, "due"), message, more, by, level="warning")


@rule("help-languages")
def both_languages(library: Library) -> Iterator[Finding]:
    """A number, an age or a time that differs between the languages is wrong in one of them."""
    original = library.languages.original
    for (i, line), lang in product(enumerate(library.help), library.languages.translations):
        if (line[original].region is None) != (line[lang].region is None):
            message = f"“{line.key}” has a region in one language only"
            yield Finding(HELP, (i, original), message, "write it in both")
        yield from _offered_in_one(i, line, original, lang)
        yield from _figures_in_one(i, line, original, lang)


def _offered_in_one(i: int, line: HelpLine, original: Language, lang: Language) -> Iterator[Finding]:
    """What a line offers as one language says, and the other does not."""
    for offer, in_original in known(original).get("offers", {}).items():
        words = {original: in_original, lang: known(lang).get("offers", {}).get(offer)}
        said = {spoken: " ".join(getattr(line[spoken], key) or "" for key in OFFERED).lower() for spoken in words}
        saying = [spoken for spoken in words if words[spoken] and re.search(rf"\b(?:{words[spoken]})", said[spoken])]
        if words[lang] and len(saying) == 1:
            one, other = saying[0], lang if saying[0] == original else original
            message = f"“{line.key}”: “{words[one].partition('|')[0]}” is said in {english_name(one)} only"
            yield Finding(HELP, (i, other, OFFERED[0]), message, "say the same in both", level="warning")


def _figures_in_one(i: int, line: HelpLine, original: Language, lang: Language) -> Iterator[Finding]:
    """Figures in what a line says in one language, which the other does not have, be it in other words: »kl. 21« is 9
    pm."""
    for key in TEXTS:
        texts = {spoken: getattr(line[spoken], key) or "" for spoken in (original, lang)}
        ours, theirs = ({*re.findall(r"\d+", text)} for text in texts.values())
        if ours == theirs:
            continue
        read = [numbers_in(text, spoken) for spoken, text in texts.items()]
        both = ((number, other) for own, other in (read, read[::-1]) for number in own)
        if any(DIGIT.search(number.written) and not number.is_in(readings(other)) for number, other in both):
            there, figure = (original, min(ours - theirs)) if ours - theirs else (lang, min(theirs - ours))
            said = f"{_listed(ours)} in {english_name(original)} and {_listed(theirs)} in {english_name(lang)}"
            yield Finding(HELP, (i, there, key), f"“{line.key}”: “{key}” has {said}", "write the same in both", figure)


@rule("help-page", "warning")
def pages(library: Library) -> Iterator[Finding]:
    """Somebody who is unwell cannot search a portal."""
    for i, line in enumerate(library.help):
        for path, url in ((("url",), line.url), *(((lang, "url"), line[lang].url) for lang in library.languages)):
            parts = parts_of(url or "")
            is_front = url and parts.path in ("", "/") and not parts.query
            if url and is_front and not _is_own(parts.hostname or "", line.key):
                message = f"“{line.key}” leads to the front page of {parts.hostname}"
                yield Finding(HELP, (i, *path), message, "link to the page about the line", url)


def _is_own(host: str, key: str) -> bool:
    """Whether a site is a line's own: its name is in the record's key, or the other way round."""
    name, own = host.removeprefix("www.").split(".")[0].replace("-", ""), key.replace("-", "")
    return name in own or own in name


@rule("help-text", is_local=True, reads="help unread")
def in_texts(library: Library) -> Iterator[Finding]:
    """A number in a text is not fixed when the line gets a new one."""
    if HELP in library.unread:
        return
    listed = _listed_numbers(library)
    # While a number there is wrong, which is told there, nobody knows which texts are.
    is_sure = not any(
        number and _wrong_number(number, line) for line in library.help for number in (line.number, line.sms)
    )
    for article in library.articles.values():
        said: dict[Language, dict[str, tuple[Passage, int, str]]] = {}
        for lang in article.written:
            said[lang] = {}
            for passage, start, number in _called_in(article[lang]):
                if _at_home(number) in listed:
                    said[lang][_at_home(number)] = passage, start, number
                elif is_sure:
                    fix = "write it as it is there, or add a record for it"
                    yield Finding.at(passage, start, f"“{number}” is no number of docs/data/help.yml", fix)
        pairs = (pair for pair in article.pairs if all("calls" in known(text.lang).get("words", ()) for text in pair))
        for one, other in (both for pair in pairs for both in (pair, pair[::-1])):
            for dials in said[one.lang].keys() - said[other.lang].keys():
                passage, start, number = said[one.lang][dials]
                message = f"the number “{number}” is not in docs/{other.path}"
                yield Finding.at(passage, start, message, "write it in both languages")


@rule("help-text", is_local=True, reads="help unread")
def of_another(library: Library) -> Iterator[Finding]:
    """The number right behind a line's name is that line's own, or the one where a life is in danger."""
    if HELP in library.unread:
        return
    own: dict[str, set[str]] = {}
    for line in library.help:
        for name in {line[lang].name.partition(" (")[0].rstrip(" 0123456789") for lang in library.languages}:
            own.setdefault(name.lower(), set()).update(map(_at_home, line.numbers))
    own = {name: numbers for name, numbers in own.items() if numbers and len(name) > LEAST_NAME}
    named = re.compile(
        rf"\b(?P<name>{any_of(own)})(?:[ ,:(]{{1,2}}(?:(?:{words_for('by_number')}) )?)\[?(?P<number>\+?\d[\d ]*\d)\b",
        re.I,
    )
    listed = _listed_numbers(library)
    danger = {_at_home(number) for line in library.help if line.kind == "danger" for number in line.numbers}
    for translation in library.translations():
        body, lower = translation.body, translation.body.lower()
        for found in named.finditer(body) if any(name in lower for name in own) else ():
            called = _at_home(found["number"])
            if called in listed - danger - own[found["name"].lower()]:
                message = f"“{found['number']}” is not the number of {found['name']}"
                place, fix = translation.line_at(found.start("number")), "write it as it is in docs/data/help.yml"
                yield Finding(translation, place, message, fix, found["number"])


@text_rule("help-text")
def in_links(translation: Translation) -> Iterator[Finding]:
    """Whoever presses a number calls it, and no other one."""
    whole = Passage.of(translation, translation.body)
    for found in LINK.finditer(whole.text):
        numbers = [number for number in SAID.findall(found["words"]) if len(dialled(number)) > 2]
        if numbers and _at_home(found["number"]) not in map(_at_home, numbers):
            message = f"the link says “{numbers[0]}”, and calls “{found['number']}”"
            fix = "write the same number between both kinds of brackets"
            yield Finding.at(whole, found.start("number"), message, fix)


def _at_home(written: str) -> str:
    """A number as it is dialled in Denmark."""
    return dialled(written).removeprefix(COUNTRIES["DK"]["code"])


def _listed_numbers(library: Library) -> set[str]:
    """The numbers that a text may tell its reader to call: not even another country's emergency number without a
    record, which says where it can be called."""
    return {_at_home(number) for line in library.help for number in line.numbers}


def _called_in(translation: Translation) -> Iterator[tuple[Passage, int, str]]:
    """The numbers of a page to call, in its text and in its links, each at its place in a passage."""
    whole = Passage.of(translation, translation.body)
    if DIGITS.search(translation.head + whole.text) or LINK.search(whole.text):
        for passage in passages_of(translation):
            yield from ((passage, start, number) for start, number in _to_call(passage.text))
        yield from ((whole, found.start("number"), found["number"]) for found in LINK.finditer(whole.text))


def _to_call(text: str) -> list[tuple[int, str]]:
    """Numbers that a text tells its reader to call, each with its place."""
    if not DIGIT.search(text):
        return []
    found = {match.start(): match[0] for match in ON_PAPER.finditer(text)}
    for match in AFTER_CALL.finditer(text):
        for one in filter(None, (match, MORE.match(text, match.end(1)))):
            found.setdefault(one.start(1), one[1])
    return sorted(one for one in found.items() if not OTHER_NUMBER.search(text[max(0, one[0] - 40) : one[0]]))


def _listed(figures: set[str]) -> str:
    return ", ".join(sorted(figures)) or "no figure"
