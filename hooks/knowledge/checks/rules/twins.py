"""Rules on the two languages: a translation says what the Danish text says, no more and no less."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from ...content.article import Translation
from ...content.library import Library
from ...content.outline import Heading, Target
from ...core.language import LANGUAGES
from .rule import Finding, rule


@rule(
    "question",
    example="### Må jeg tage en pause?",
    mend="Write an id behind the question, the same in both languages: {#micro-repair-pause}.",
    da=(
        "Et spørgsmåls id er dets adresse på begge sprog. Hvert spørgsmål har ét, det er ens i begge filer, "
        "og intet andet spørgsmål har det.",
        "Skriv et id efter spørgsmålet, det samme på begge sprog: {#micro-repair-pause}.",
    ),
)
def questions(library: Library, docs: Path) -> Iterator[Finding]:
    """A question's id is its address in both languages. Each question has one, the same in both files, and no other
    question has it."""
    seen: dict[tuple[str, str], Translation] = {}
    for article in filter(lambda article: article.is_paired, library.articles.values()):
        for lang, other in (LANGUAGES, LANGUAGES[::-1]):
            translation, twin = article[lang], article[other]
            there = {question.id for question in twin.outline.questions}
            for question in translation.outline.questions:
                name = f"the question “{question.text}”"
                if not question.id:
                    mend = "write one behind it, the same in both languages: {#change-therapist}"
                    yield Finding(translation, question.line, f"{name} has no id", mend)
                    continue
                if question.id not in there:
                    faq = next((h.line for h in twin.outline.headings if h.id == "faq"), 1)
                    message = f"the question {{#{question.id}}} of {translation.path} is missing"
                    yield Finding(twin, faq, message, "translate it, or give both the same id")
                if seen.setdefault((lang, question.id), translation) is not translation:
                    message = f"{{#{question.id}}} stands in docs/{seen[lang, question.id].path} too"
                    yield Finding(translation, question.line, message, "choose another id", question.id)


@rule(
    "parity",
    example="Seks afsnit i den danske fil, fem i den engelske",
    mend="Translate what is missing, or take it out of both.",
    da=(
        "Oversættelsen siger det samme som den danske tekst: lige så mange afsnit og tegn, de samme kilder, "
        "de samme links og de samme billeder.",
        "Oversæt det, der mangler, eller tag det ud af begge filer.",
    ),
    is_local=True,
)
def parity(library: Library, docs: Path) -> Iterator[Finding]:
    """A translation says what the Danish text says: as many sections and signs, the same sources, the same links and
    the same pictures."""
    for article in filter(lambda article: article.is_paired, library.articles.values()):
        da, en = (article[lang] for lang in LANGUAGES)
        if len(da.words.signs) != len(en.words.signs):
            message = f"{len(en.words.signs)} signs; the Danish file has {len(da.words.signs)}"
            yield Finding(en, en.lines.get("signs", 1), message, "translate each sign")
        yield from _sections(da, en)
        for one, other in ((da, en), (en, da)):
            yield from _missing(one, other, lambda t: t.outline.citations, _itself, "[@{}] is cited here")
            yield from _missing(one, other, lambda t: t.outline.links, _page, "the link to “{}” stands here")
            yield from _missing(one, other, lambda t: t.outline.images, _itself, "the picture “{}” stands here")


def _sections(da: Translation, en: Translation) -> Iterator[Finding]:
    """Count the sections, then what stands below each; questions have a rule of their own."""
    ours, theirs = ([(h, _below(h, t)) for h in t.outline.headings if h.level == 2] for t in (en, da))
    if len(ours) != len(theirs):
        line = ours[-1][0].line if ours else en.body_line
        message = f"{len(ours)} sections; the Danish file has {len(theirs)}"
        yield Finding(en, line, message, "translate each section")
        return
    for (heading, below), (twin, expected) in zip(ours, theirs, strict=True):
        if below != expected and heading.id != "faq":
            message = f"{below} subsections; “{twin.text}” in the Danish file has {expected}"
            yield Finding(en, heading.line, message, "translate each subsection")


def _below(section: Heading, translation: Translation) -> int:
    headings = translation.outline.headings
    count = 0
    for heading in headings[headings.index(section) + 1 :]:
        if heading.level <= 2:
            break
        count += 1
    return count


def _missing(
    one: Translation,
    other: Translation,
    read: Callable[[Translation], tuple[Target, ...]],
    name: Callable[[Target, Translation], str | None],
    what: str,
) -> Iterator[Finding]:
    """What one file names and the other does not."""
    theirs = {name(target, other) for target in read(other)}
    for target in read(one):
        key = name(target, one)
        if key is not None and key not in theirs:
            message = f"{what.format(key)}, but not in docs/{other.path}"
            yield Finding(one, target.line, message, "write it in both, or in neither", target.target)


def _itself(target: Target, translation: Translation) -> str:
    return target.target


def _page(target: Target, translation: Translation) -> str | None:
    """The page that a link leads to, without its language; None for links out of the site."""
    path = target.target.partition("#")[0]
    if not path.endswith(f".{translation.lang}.md") or "://" in path:
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(translation.path), path))[: -len(".da.md")]


@rule(
    "figures",
    example="»12 studier« i den danske fil, ‘21 studies’ i den engelske",
    mend="Look the number up in the source, and write it in both files.",
    da=(
        "Et tal, der ikke er ens på de to sprog, er forkert på det ene.",
        "Slå tallet op i kilden, og skriv det i begge filer.",
    ),
    is_local=True,
)
def figures(library: Library, docs: Path) -> Iterator[Finding]:
    """A number that differs between the languages is wrong in one of them."""
    for article in filter(lambda article: article.is_paired, library.of_kind("article")):
        numbers = {lang: list(_numbers(article[lang])) for lang in LANGUAGES}
        for lang, other in (LANGUAGES, LANGUAGES[::-1]):
            theirs = {number for number, _, _ in numbers[other]}
            for number, written, line in numbers[lang]:
                if number not in theirs:
                    message = f"the number {number} is not in docs/{article[other].path}"
                    yield Finding(article[lang], line, message, "write it in both, as a figure or as a word", written)


NUMBER = re.compile(r"[\d.](?:(?<=\d)(?<![\w@].)[\d.,]*\d|(?<=\.)(?<![\w.,].)\d+)")
"""It looks back only from a digit or a full stop: `re` finds these quickly."""
DIGIT = re.compile(r"\d")
UNSAID = re.compile(r"\[@[^]\n]*\]|\]\([^)\n]*\)|\{#[^}\n]*\}")
"""Keys of sources, addresses of links, ids."""


def _numbers(translation: Translation) -> Iterator[tuple[str, str, int]]:
    """Numbers of two digits or more, or with decimals: in one notation, as written, and their lines."""
    text = UNSAID.sub(" ", translation.body)
    for found in NUMBER.finditer(text) if DIGIT.search(text) else ():
        start, end = found.span()
        if text[start - 1 : start] in ("", "\n") and text.startswith(". ", end) and found[0].isdecimal():
            continue  # It counts an item of a list.
        yield _plain(found[0], translation), found[0], translation.body_line + text.count("\n", 0, start)


def _plain(number: str, translation: Translation) -> str:
    thousands, decimal = (".", ",") if translation.lang == "da" else (",", ".")
    number = number.strip(".,") if not number.startswith(".") else number
    if re.fullmatch(rf"\d{{1,3}}(\{thousands}\d{{3}})+", number):
        return number.replace(thousands, "")
    number = number.replace(decimal, ".")
    return f"0{number}" if number.startswith(".") else number
