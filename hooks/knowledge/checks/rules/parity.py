"""The rule on the two languages: a translation says what the Danish text says, no more and no less."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from pathlib import Path

from ...content.article import Article, Translation
from ...content.library import Library
from ...content.outline import Target
from ...core.language import LANGUAGES
from ..alignment import aligned, displaced, likeness
from ..structure import Block, Section, alike, answers, paired, sections
from .rule import Finding, rule

COUNTED = ("subheading", "paragraph", "list item", "row", "box", "code")
"""Kinds of block of which both languages have as many."""
BOTH = "write it in both, or in neither"


@rule(
    "parity",
    example="Seks afsnit i den danske fil, fem i den engelske",
    fix="Translate what is missing, or take it out of both.",
    da=(
        "Oversættelsen siger det samme som den danske tekst: de samme afsnit i samme rækkefølge, lige så mange "
        "punkter, rækker og tegn, de samme kilder, links og billeder.",
        "Oversæt det, der mangler, eller tag det ud af begge filer. Skal de være forskellige, så skriv hvorfor under "
        "allow.",
    ),
    is_local=True,
)
def parity(library: Library, docs: Path) -> Iterator[Finding]:
    """A translation says what the Danish text says: the same sections and paragraphs in the same order, as many points,
    rows and signs, the same sources, links and pictures."""
    for article in filter(lambda article: article.is_paired, library.articles.values()):
        da, en = (article[lang] for lang in LANGUAGES)
        if len(da.words.signs) != len(en.words.signs):
            message = f"{len(en.words.signs)} signs; the Danish file has {len(da.words.signs)}"
            yield Finding(en, en.lines.get("signs", 1), message, "translate each sign")
        sides = [sections(translation) for translation in (da, en)]
        yield from _order(article, sides)
        asked = [answers(translation) for translation in (da, en)]
        pairs = paired(*sides) + [(asked[0][id], asked[1][id]) for id in asked[0] if id in asked[1]]
        alone = {
            (translation.path, line)
            for translation, own, other in ((da, *asked), (en, *asked[::-1]))
            for id, section in own.items()
            if id not in other  # The rule on questions tells these.
            for line in section.lines
        }
        for pair in pairs:
            found = list(_section(article, pair))
            alone |= {(finding.where.path, line) for finding, lines in found for line in lines}
            yield from (finding for finding, _ in found)
        for one, other in ((da, en), (en, da)):
            for read, name, what in (
                (lambda t: t.outline.citations, _itself, "[@{}] is cited here"),
                (lambda t: t.outline.links, _page, "the link to “{}” stands here"),
                (lambda t: t.outline.images, _itself, "the picture “{}” stands here"),
            ):
                for finding in _missing(one, other, read, name, what):
                    if (one.path, finding.line) not in alone:  # What stands around it is told already.
                        yield finding


def _order(article: Article, sides: list[list[Section]]) -> Iterator[Finding]:
    """Whether the sections, and the questions, come one after the other in both languages."""
    da, en = sides
    places = displaced(alike(da, en)) if len(da) == len(en) else None
    if places:
        expected, found = da[places[0]], en[places[0]]
        message = (
            f"{found.name} stands where {article['da'].path} has {expected.name}: the sections are not in one order"
        )
        fix = f"put them in the order of docs/{article['da'].path}"
        yield Finding(article["en"], found.line, message, fix)
    ids = [[q.id for q in article[lang].outline.questions if q.id] for lang in LANGUAGES]
    if ids[0] != ids[1] and set(ids[0]) == set(ids[1]) and len(set(ids[0])) == len(ids[0]) == len(ids[1]):
        place = next(i for i, (one, other) in enumerate(zip(*ids, strict=True)) if one != other)
        question = next(q for q in article["en"].outline.questions if q.id == ids[1][place])
        message = f"{{#{question.id}}} stands where {article['da'].path} has {{#{ids[0][place]}}}"
        yield Finding(article["en"], question.line, message, "put the questions in one order")


def _section(article: Article, pair: tuple[Section | None, Section | None]) -> Iterator[tuple[Finding, range]]:
    """What one section has and its like has not, with the lines that are told with it."""
    da, en = pair
    if da is None or en is None:
        here, there = ("en", "da") if da is None else ("da", "en")
        section = da or en
        message = f"the section {section.name} has no like in {article[there].path}"
        yield Finding(article[here], section.line, message, "write it there too, or delete it here"), section.lines
        return
    for kind in COUNTED:
        yield from _blocks(article, da, en, kind)


def _blocks(article: Article, da: Section, en: Section, kind: str) -> Iterator[tuple[Finding, range]]:
    """One problem for each kind of block of which one language has more, at the one that seems to be alone."""
    blocks = {"da": da.of_kind(kind), "en": en.of_kind(kind)}
    here, there = ("da", "en") if len(blocks["da"]) > len(blocks["en"]) else ("en", "da")
    more, fewer = blocks[here], blocks[there]
    if len(more) == len(fewer):
        return
    pairs = aligned(likeness([block.text for block in more], [block.text for block in fewer])) if fewer else []
    alone = [more[i] for i, j in pairs if j is None and i is not None] or more
    names = {"da": da.name, "en": en.name}
    message = (
        f"{names[here]} has {_count(len(more), kind)}; {names[there]} in {article[there].path} has {len(fewer)}. "
        f"“{_begins(alone[0])}” seems to be alone"
    )
    fix = f"write it there too, behind line {_place(pairs, more, fewer, alone[0], da, en, there)}, or delete it here"
    lines = (range(block.line, block.line + block.text.count("\n") + 1) for block in alone)
    yield Finding(article[here], alone[0].line, message, fix), [line for block in lines for line in block]


def _place(pairs, more: list[Block], fewer: list[Block], alone: Block, da: Section, en: Section, there: str) -> int:
    """The line of the block behind which the missing one belongs."""
    section = da if there == "da" else en
    before = [fewer[j].line for i, j in pairs if j is not None and i is not None and more[i].line < alone.line]
    return before[-1] if before else section.line


def _count(number: int, kind: str) -> str:
    return f"{number} {kind}" if number == 1 or kind == "code" else f"{number} {kind}{'es' if kind == 'box' else 's'}"


def _begins(block: Block) -> str:
    words = block.text.split()
    return " ".join(words[:5]) + (" …" if len(words) > 5 else "")


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
            yield Finding(one, target.line, message, BOTH, target.target)


def _itself(target: Target, translation: Translation) -> str:
    return target.target


def _page(target: Target, translation: Translation) -> str | None:
    """The page that a link leads to, without its language; None for links out of the site."""
    path = target.target.partition("#")[0]
    if not path.endswith(f".{translation.lang}.md") or "://" in path:
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(translation.path), path))[: -len(".da.md")]
