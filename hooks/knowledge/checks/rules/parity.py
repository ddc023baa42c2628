"""Rules on the two languages: a translation says what the Danish text says, and is not older."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ...content.article import Translation
from ...content.front_matter import Words
from ...content.library import Library
from ...content.outline import Target
from ...content.record import seen
from ...content.translation_state import read as read_state
from ...content.translation_state import stale, stamps
from ...core.language import english_name
from ...markdown.vocabulary import KIND_OF
from ..alignment import aligned, displaced, likeness
from ..structure import Block, Section, alike, answers, sections, side_by_side
from .rule import Finding, first_words, rule

COUNTED = ("subheading", "paragraph", "list item", "row", "box", "code", "quotation")
"""Kinds of block of which both languages have as many."""
Pair = tuple[Translation, Translation]
"""The original and a translation."""
PLACE = "#…"
"""Stands behind a page where a link leads to a place on it."""
BOTH = "write it in both, or in neither"


@rule("parity", is_local=True)
def parity(library: Library, docs: Path) -> Iterator[Finding]:
    """A translation says what the Danish text says, no more and no less."""
    for texts in library.pairs:
        original, translation = texts
        for key, counts in _lists(texts):
            there = f"the {english_name(original.lang)} file"
            message = f"{counts[1]} {key}; {there} has {counts[0]}"
            yield Finding(translation, translation.line_of((key,)), message, "translate each of them")
        raised = list(_raised(texts))
        if raised:
            yield from raised
            continue  # Everything below such a heading would be told.
        sides = [sections(text) for text in texts]
        yield from _order(texts, sides)
        asked = (answers(original), answers(translation))
        alone = {
            (text.path, line)
            for text, own, other in ((original, asked[0], asked[1]), (translation, asked[1], asked[0]))
            for id, section in own.items()
            if id not in other  # The rule on questions tells these.
            for line in section.lines
        }
        for pair in side_by_side(*texts):
            found = list(_section(texts, pair))
            alone |= {
                (finding.where.path, line)
                for finding, lines in found
                if isinstance(finding.where, Translation)  # which it is here
                for line in lines
            }
            yield from (finding for finding, _ in found)
        for one, other in (texts, texts[::-1]):
            for read, name, what in (
                (lambda t: t.outline.citations, _itself, "[@{}] is cited here"),
                (lambda t: t.outline.links, _led_to, "the link to “{}” is here"),
                (lambda t: t.outline.images, _itself, "the picture “{}” is here"),
            ):
                for finding in _missing(one, other, read, name, what):
                    if (one.path, finding.line) not in alone:  # What stands around it is told already.
                        yield finding


@rule("translation-old", "warning")
def old_translations(library: Library, docs: Path) -> Iterator[Finding]:
    """The Danish text is the original."""
    state, _ = read_state(docs.parent)
    for article in library.articles.values() if state else ():
        of = f"the {english_name(library.languages.original)} text"
        said = f"make translated ARTICLE={article.key}, or ask for it in your proposal"
        for _, translation in article.pairs:
            if stamps(article, translation.lang, state) is not None:
                continue
            fix = f"compare it with {of}, then run {said}"
            yield Finding(translation, 1, "nobody has said yet that this translation is up to date", fix)
        for old in stale(article, state):
            what = f"“{old.heading}”" if old.heading else ("the opening" if old.place else "the front matter")
            fix = f"translate what has changed, then run {said}"
            yield Finding(article[old.lang], old.line, f"{what} is older than {of}", fix, old.heading)


def _lists(texts: Pair) -> Iterator[tuple[str, list[int]]]:
    """Lists of the front matter that readers see and that are longer in one of the files, with their lengths."""
    for key in seen(Words):
        values = [getattr(text.words, key) for text in texts]
        if isinstance(values[0], list) and len(values[0]) != len(values[1]):
            yield key, [len(value) for value in values]


def _raised(texts: Pair) -> Iterator[Finding]:
    """The one heading whose level is another in the other language, where all else is alike."""
    original, translation = texts
    ours, theirs = (text.outline.headings for text in texts)
    if len(ours) != len(theirs):
        return
    differing = [(one, other) for one, other in zip(ours, theirs, strict=True) if one.level != other.level]
    asked = {question.id for text in texts for question in text.outline.questions if question.id}
    if len(differing) == 1 and not asked.intersection(heading.id for heading in differing[0]):  # Its rule tells that.
        one, other = differing[0]
        has, expected = ("#" * heading.level for heading in (other, one))
        message = f"“{other.text}” has {has}; its like in docs/{original.path}, line {one.line}, has {expected}"
        yield Finding(translation, other.line, message, "write as many # in both")


def _order(texts: Pair, sides: list[list[Section]]) -> Iterator[Finding]:
    """Whether the sections, and the questions, come one after the other in both languages."""
    original, translation = texts
    ours, theirs = sides
    places = displaced(alike(ours, theirs)) if len(ours) == len(theirs) else None
    if places:
        expected, found = ours[places[0]], theirs[places[0]]
        message = f"{found.name} is where {original.path} has {expected.name}: the sections are not in one order"
        yield Finding(translation, found.line, message, f"put them in the order of docs/{original.path}")
    ids = [[q.id for q in text.outline.questions if q.id] for text in texts]
    if ids[0] != ids[1] and set(ids[0]) == set(ids[1]) and len(set(ids[0])) == len(ids[0]) == len(ids[1]):
        place = next(i for i, (one, other) in enumerate(zip(*ids, strict=True)) if one != other)
        question = next(q for q in translation.outline.questions if q.id == ids[1][place])
        message = f"{{#{question.id}}} is where {original.path} has {{#{ids[0][place]}}}"
        yield Finding(translation, question.line, message, "put the questions in one order")


def _section(texts: Pair, pair: tuple[Section | None, Section | None]) -> Iterator[tuple[Finding, Iterable[int]]]:
    """What one section has and its like has not, with the lines that are told with it."""
    ours, theirs = pair
    if ours is None or theirs is None:
        section, here, there = (theirs, 1, 0) if ours is None else (ours, 0, 1)
        assert section is not None  # One of them is there.
        message = f"the section {section.name} is missing in {texts[there].path}"
        yield Finding(texts[here], section.line, message, "write it there too, or delete it here"), section.lines
        return
    for kind in COUNTED:
        yield from _blocks(texts, (ours, theirs), kind)


def _blocks(texts: Pair, pair: tuple[Section, Section], kind: str) -> Iterator[tuple[Finding, list[int]]]:
    """One problem for each kind of block of which one language has more, at the one that seems to be alone."""
    blocks = [section.of_kind(kind) for section in pair]
    here, there = (0, 1) if len(blocks[0]) > len(blocks[1]) else (1, 0)
    more, fewer = blocks[here], blocks[there]
    if len(more) == len(fewer):
        path, differ = texts[0].path, [both for both in zip(*blocks, strict=True) if len(set(map(_form, both))) > 1]
        for one, other in differ if kind == "box" else differ[:1]:  # Of a list and a table it is said once.
            message = f"the list has {other.form}; in docs/{path} it has {one.form}"
            if kind == "row":
                message = f"the table has {other.form} columns; in docs/{path} it has {one.form}"
            elif kind == "box":
                message = f"the box is “{_form(other)}”; in docs/{path} it is “{_form(one)}”"
            yield Finding(texts[1], other.line, message, "write the same kind in both"), []
        return
    pairs = aligned(likeness([block.text for block in more], [block.text for block in fewer])) if fewer else []
    alone = [more[i] for i, j in pairs if j is None and i is not None] or more
    message = (
        f"{pair[here].name} has {_count(len(more), kind)}; {pair[there].name} in {texts[there].path} has {len(fewer)}. "
        f"“{first_words(alone[0].text)}” seems to be here only"
    )
    fix = f"write it there too, after line {_place(pairs, more, fewer, alone[0], pair[there])}, or delete it here"
    lines = (range(block.line, block.line + block.text.count("\n") + 1) for block in alone)
    yield Finding(texts[here], alone[0].line, message, fix), [line for block in lines for line in block]


def _form(block: Block) -> str:
    """The kind of a box or a list, or the number of a table's columns."""
    return KIND_OF.get(block.text.lower().split(" ")[1], "") if block.kind == "box" else block.form


def _place(pairs, more: list[Block], fewer: list[Block], alone: Block, section: Section) -> int:
    """The line of the block behind which the missing one belongs."""
    before = [fewer[j].line for i, j in pairs if j is not None and i is not None and more[i].line < alone.line]
    return before[-1] if before else section.line


def _count(number: int, kind: str) -> str:
    return f"{number} {kind}" if number == 1 or kind == "code" else f"{number} {kind}{'es' if kind == 'box' else 's'}"


def _missing(
    one: Translation,
    other: Translation,
    read: Callable[[Translation], tuple[Target, ...]],
    name: Callable[[Target, Translation], str | None],
    what: str,
) -> Iterator[Finding]:
    """What one file names and the other does not."""
    theirs = {name(target, other) for target in read(other)}
    theirs |= {key.removesuffix(PLACE) for key in theirs if key}  # A link to the page itself is less, and told there.
    for target in read(one):
        key = name(target, one)
        if key is not None and key not in theirs:
            message = f"{what.format(key)}, but not in docs/{other.path}"
            yield Finding(one, target.line, message, BOTH, target.target)


def _led_to(link: Target, translation: Translation) -> str | None:
    """The page of a link, with a mark where it leads to a place on it: what that is called differs."""
    page = translation.page_at(link.target)
    return page and page + (PLACE if "#" in link.target else "")


def _itself(target: Target, translation: Translation) -> str:
    return target.target
