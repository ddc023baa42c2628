"""Rules on the two languages: a translation says what the Danish text says, and is not older."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...content.article import Translation
from ...content.front_matter import Words
from ...content.library import Library
from ...content.outline import Target
from ...content.record import seen
from ...content.translation_state import read as read_state
from ...content.translation_state import stale, stamps
from ...core.language import english_name, words_for
from ...markdown.vocabulary import KIND_OF
from ..alignment import aligned, displaced, likeness
from ..structure import SENTENCE, Section, TextBlock, alike, answers, sections, side_by_side
from .rule import Finding, Pair, first_words, pair_rule, path_of, rule

COUNTED = ("subheading", "paragraph", "list item", "row", "box", "code", "quotation")
"""Kinds of block of which both languages have as many."""
COMMA = re.compile(rf"[,;]|[ ](?:{words_for('and')}|{words_for('or')})[ ]")
"""What stands between things that a sentence lists."""
PLACE = "#…"
"""Stands behind a page where a link leads to a place on it."""


@pair_rule("parity")
def parity(texts: Pair) -> Iterator[Finding]:
    """A translation says what the Danish text says, no more and no less."""
    original, translation = texts
    for key in seen(Words):  # Lists that readers see.
        values = [getattr(text.words, key) for text in texts]
        if isinstance(values[0], list) and len(values[0]) != len(values[1]):
            there = f"the {english_name(original.lang)} file"
            message = f"{len(values[1])} {key}; {there} has {len(values[0])}"
            yield Finding(translation, (key,), message, "translate each of them")
    raised = list(_raised(texts))
    if raised:
        yield from raised
        return  # Everything below such a heading would be told.
    disordered = list(_order(texts, [sections(text) for text in texts]))
    yield from disordered
    asked = [answers(text) for text in texts]
    alone = {  # The rule on questions tells these.
        (text.path, line)
        for text, own, other in zip(texts, asked, asked[::-1], strict=True)
        for id in own.keys() - other.keys()
        for line in own[id].lines
    }
    for pair in side_by_side(*texts):
        for finding, lines in _section(texts, pair):
            alone |= {(path_of(finding.where), line) for line in lines}
            yield finding
        yield from () if disordered else _cited_elsewhere(texts, pair, alone)
    for one, other in (texts, texts[::-1]):
        theirs = {key for key, *_ in _named(other)}
        theirs |= {key.removesuffix(PLACE) for key in theirs}  # A link to the page itself is less, and told there.
        for key, said, target in _named(one):
            if key not in theirs and (one.path, target.line) not in alone:  # What stands around it is told already.
                message = f"{said}, but not in docs/{other.path}"
                yield Finding(one, target.line, message, "write it in both, or in neither", target.target)


def _cited_elsewhere(
    texts: Pair, pair: tuple[Section | None, Section | None], alone: set[tuple[str, int]]
) -> Iterator[Finding]:
    """A source that one section cites and its like does not, though the file does."""
    if not pair[0] or not pair[1]:
        return
    cited = [
        {c.target: c for c in t.outline.citations if c.line in s.lines} for t, s in zip(texts, pair, strict=True) if s
    ]
    for here, there in ((0, 1), (1, 0)):
        for key in cited[here].keys() - cited[there].keys() & {c.target for c in texts[there].outline.citations}:
            line, other = cited[here][key].line, pair[there]
            if (texts[here].path, line) not in alone and other:
                message = f"[@{key}] is cited here, but not in {other.name} of docs/{texts[there].path}"
                yield Finding(texts[here], line, message, "write it in both, or in neither", key)


def _named(text: Translation) -> Iterator[tuple[str, str, Target]]:
    """What a text cites, leads to and shows: each by a name that both languages have, and as a message says it."""
    outline = text.outline
    yield from ((f"@{cite.target}", f"[@{cite.target}] is cited here", cite) for cite in outline.citations)
    for link in outline.links:
        if page := text.page_at(link.target):  # What a place on it is called differs.
            page += PLACE if "#" in link.target else ""
            yield page, f"the link to “{page}” is here", link
    yield from ((f"!{image.target}", f"the picture “{image.target}” is here", image) for image in outline.images)


@rule("parity")
def other_places(library: Library) -> Iterator[Finding]:
    """A link to a place of a page that has the same name in both languages leads to the same one in both."""
    for original, translation in library.pairs:
        ours, theirs = (dict(_places(text, library)) for text in (original, translation))
        here, expected = theirs.keys() - ours.keys(), ours.keys() - theirs.keys()
        for place, other in zip(sorted(here), sorted(expected), strict=False):
            line = ours[other].line
            message = f"the link leads to “{place}”; its like in docs/{original.path}, line {line}, to “{other}”"
            fix = "look which of the two is right, and write the same in both"
            yield Finding(translation, theirs[place].line, message, fix, theirs[place].target)


def _places(text: Translation, library: Library) -> Iterator[tuple[str, Target]]:
    """The links of a text to places that have the same id in all languages."""
    for link in text.outline.links:
        path, _, id = link.target.partition("#")
        article = library.articles.get(text.page_at(path or text.path.rpartition("/")[2]) or "") if id else None
        if article and all(any(id == h.id for h in t.outline.headings) for t in article.translations.values()):
            yield f"{article.key}#{id}", link


@rule("translation-old", "warning")
def old_translations(library: Library) -> Iterator[Finding]:
    """The Danish text is the original."""
    state, _ = read_state(library.docs.parent)
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
    if kind == "paragraph" and all(_is_split(more.index(block), more, fewer, pairs) for block in alone):
        return
    if kind == "list item" and _is_sentence(alone, pair[here], pair[there]):
        return
    message = (
        f"{pair[here].name} has {_count(len(more), kind)}; {pair[there].name} in {texts[there].path} has {len(fewer)}. "
        f"“{first_words(alone[0].text)}” seems to be here only"
    )
    fix = f"write it there too, after line {_place(pairs, more, fewer, alone[0], pair[there])}, or delete it here"
    lines = (range(block.line, block.line + block.text.count("\n") + 1) for block in alone)
    yield Finding(texts[here], alone[0].line, message, fix), [line for block in lines for line in block]


def _is_split(place: int, more: list[TextBlock], fewer: list[TextBlock], pairs) -> bool:
    """Whether the other language says a paragraph, too, in the paragraph that is the like of the one beside it."""
    likes = {i: fewer[j].text for i, j in pairs if i is not None and j is not None}
    own, beside = more[place].text, {i: more[i].text for i in (place - 1, place + 1) if i in likes}
    count = {text: len(SENTENCE.split(text)) for text in (own, *beside.values(), *likes.values())}
    return any(
        count[likes[i]] == count[own] + count[text] and 0.7 < len(likes[i]) / len(own + text) < 1.4
        for i, text in beside.items()
    )


def _is_sentence(items: list[TextBlock], here: Section, there: Section) -> bool:
    """Whether the other language says the items of a list one after the other in the paragraph above it."""
    leads, likes = here.of_kind("paragraph"), there.of_kind("paragraph")
    place = max((i for i, lead in enumerate(leads) if lead.line < items[0].line), default=-1)
    if place < 0 or len(leads) != len(likes) or items[-1].line - leads[place].line > len(items) + 2:
        return False
    said, whole = likes[place].text, " ".join(block.text for block in (leads[place], *items))
    commas = len(COMMA.findall(said)) - len(COMMA.findall(leads[place].text))
    return commas >= len(items) - 1 and 0.6 < len(said) / len(whole) < 1.6


def _form(block: TextBlock) -> str:
    """The kind of a box or a list, or the number of a table's columns."""
    return KIND_OF.get(block.text.lower().split(" ")[1], "") if block.kind == "box" else block.form


def _place(pairs, more: list[TextBlock], fewer: list[TextBlock], alone: TextBlock, section: Section) -> int:
    """The line of the block behind which the missing one belongs."""
    before = [fewer[j].line for i, j in pairs if j is not None and i is not None and more[i].line < alone.line]
    return before[-1] if before else section.line


def _count(number: int, kind: str) -> str:
    return f"{number} {kind}" if number == 1 or kind == "code" else f"{number} {kind}{'es' if kind == 'box' else 's'}"
