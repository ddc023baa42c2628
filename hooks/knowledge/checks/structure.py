"""The structure of a text: its sections, and the paragraphs, list items, rows and boxes in each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from itertools import combinations, pairwise, product
from typing import NamedTuple

from ..content.article import Translation
from ..content.containers import opened
from ..content.library import Library
from ..content.outline import CITATION, PARSER, Heading, taken_apart
from ..content.passage import Passage
from ..content.prose import without_fences
from ..content.record import said_in, seen_texts
from ..core.language import words_for
from ..markdown.slips import cells
from .alignment import SAME, aligned, likeness

BOX = re.compile(r"[!?](?<=^.)(?:(?<=!)!!|(?<=\?)\?\?\+?) .*$", re.MULTILINE)
FAQ = tuple(words_for("faq").split("|"))
LIKE_FAQ = re.compile("|".join({"faq", *(word[:4] for heading in FAQ for word in heading.split())}))
"""A glance: comparing letters takes its time."""
SENTENCE = re.compile(r"(?<=[.!?])(?!(?<=\b[NnKkCc][orla]\.)[ ]\d)[)«»”’\"*_]*+\s++(?=[^a-zæøå\s])")
"""Between two sentences; not behind “no.”, »nr.«, »kl.« and »ca.« before a figure."""
_KINDS = {"Item": "list item", "TableRow": "row", "TableHead": "row", "CodeBlock": "code", "BlockQuote": "quotation"}


Likes = tuple[Passage, Passage]
"""Two texts that say the same in two languages; of a file the original first."""


class TextBlock(NamedTuple):
    """A paragraph, or what counts as one."""

    kind: str
    """In an editor's words: `paragraph`, `list item`, `row`, `box`, `code`, `quotation`, `subheading`."""
    text: str
    line: int
    form: str = ""
    """What it must be in the other language too: the kind of a box or a list, the columns of a row."""


class Section(NamedTuple):
    """What stands below a heading of level 2, or before the first one."""

    heading: Heading | None
    """None: the opening."""
    line: int
    source: str
    """Its Markdown, with the heading."""
    blocks: tuple[TextBlock, ...]

    @property
    def name(self) -> str:
        """What a message calls it."""
        return f"“{self.heading.text}”" if self.heading else "the opening"

    @property
    def lines(self) -> range:
        """The lines of the file on which it stands."""
        return range(self.line, self.line + self.source.count("\n") + 1)

    def of_kind(self, kind: str) -> list[TextBlock]:
        """Its blocks of one kind."""
        return [block for block in self.blocks if block.kind == kind]


def sections(translation: Translation) -> list[Section]:
    """The opening, then each section; of the FAQ only what stands above its first question."""
    return [part for part in _parts_of(translation) if not part.heading or part.heading.level == 2]


def answers_of(translation: Translation) -> list[Section]:
    """Each question of the FAQ, with what stands below it, whether the FAQ is marked with `{#faq}` or not."""
    return [part for part in _parts_of(translation) if part.heading and part.heading.level == 3]


def answers(translation: Translation) -> dict[str, Section]:
    """Each question with what stands below it, by its id; one without an id is left out."""
    return {part.heading.id: part for part in answers_of(translation) if part.heading and part.heading.id}


def questions_of(translation: Translation) -> list[Heading]:
    """The questions of the FAQ, whether it is marked or not."""
    return [heading for heading in _heads(translation) if heading.level == 3]


def is_faq(heading: Heading) -> bool:
    """Whether a heading is that of the FAQ: by its id, or by its words where the id was forgotten."""
    if heading.id == "faq" or not LIKE_FAQ.search(heading.text.lower()):
        return heading.id == "faq"
    text = " ".join(re.findall(r"[^\W\d_]+", heading.text.lower()))
    return text == "faq" or bool(get_close_matches(text, FAQ, n=1, cutoff=0.85))


def _heads(translation: Translation) -> Iterator[Heading]:
    """Headings of level 2, and the questions."""
    inside = False
    for heading in translation.outline.headings:
        if heading.level <= 2:
            inside = is_faq(heading)
        if heading.level == 2 or (heading.level == 3 and inside):
            yield heading


def _parts_of(translation: Translation) -> tuple[Section, ...]:
    return _parts(translation.body, translation.body_line, tuple(_heads(translation)))


@lru_cache(maxsize=8)  # Several rules look at an article's two files, one after the other.
def _parts(body: str, first_line: int, heads: tuple[Heading, ...]) -> tuple[Section, ...]:
    """The opening, the sections and the questions, each up to the next."""
    lines = [first_line, *(heading.line for heading in heads)]
    parts: list[list[TextBlock]] = [[] for _ in lines]
    for block in _blocks(body, first_line):
        parts[bisect_right(lines, block.line) - 1].append(block)
    source = body.split("\n")
    places = [line - first_line for line in (*lines, first_line + len(source))]
    texts = ["\n".join(source[begin:end]) for begin, end in pairwise(places)]
    return tuple(
        Section(heading, line, text, tuple(blocks))
        for heading, line, text, blocks in zip((None, *heads), lines, texts, parts, strict=True)
    )


def paired(ours: list[Section], theirs: list[Section]) -> list[tuple[Section | None, Section | None]]:
    """The sections of two languages side by side; None where one of them has no like."""
    if len(ours) == len(theirs):
        return list(zip(ours, theirs, strict=True))
    places = aligned(alike(ours, theirs))
    return [(None if i is None else ours[i], None if j is None else theirs[j]) for i, j in places]


def side_by_side(one: Translation, other: Translation) -> list[tuple[Section | None, Section | None]]:
    """The sections of a text beside those of its translation, then the answers that both have."""
    asked, answered = answers(one), answers(other)
    return paired(sections(one), sections(other)) + [(asked[id], answered[id]) for id in asked if id in answered]


def texts_side_by_side(one: Translation, other: Translation) -> Iterator[Likes]:
    """The texts above two pages, then the paragraphs and items on them."""
    yield from fields_side_by_side(one, other)
    yield from blocks_side_by_side(one, other)


def fields_side_by_side(one: Translation, other: Translation) -> Iterator[Likes]:
    """The texts above two pages. What only one of them has is nothing in the other, but for items of a list, which the
    rule on parity tells."""
    ours, theirs = ({place: text for place, text, _ in seen_texts(translation.words)} for translation in (one, other))
    for place in dict.fromkeys((*ours, *theirs)):
        if len(place) == 1 or (place in ours and place in theirs):
            own, like = ours.get(place, ""), theirs.get(place, "")
            yield Passage.of(one, own, one.line_of(place)), Passage.of(other, like, other.line_of(place))


def records_side_by_side(library: Library) -> Iterator[Likes]:
    """What the data files say in two languages."""
    for (file, key, record), langs in product(library.data_records, combinations(library.languages, 2)):
        said = [dict(said_in(record, lang)) for lang in langs]
        for place in (place for place in said[0] if place in said[1]):
            lines = (library.line_in(file, key, *(part or lang for part in place)) for lang in langs)
            one, other = (
                Passage(file, lang, own[place], line) for lang, own, line in zip(langs, said, lines, strict=True)
            )
            yield one, other


def blocks_side_by_side(one: Translation, other: Translation) -> Iterator[Likes]:
    """The paragraphs and items that belong together, where both languages have as many."""
    pairs = side_by_side(one, other)
    for kind in ("paragraph", "list item"):
        for ours, theirs in pairs:
            blocks = (ours.of_kind(kind), theirs.of_kind(kind)) if ours and theirs else ((), ())
            if len(blocks[0]) == len(blocks[1]):
                for block, like in zip(*blocks, strict=True):
                    yield Passage.of(one, block.text, block.line), Passage.of(other, like.text, like.line)


def sentences_side_by_side(text: str, its_like: str) -> Iterator[tuple[str, str]]:
    """The sentences that belong together: where both texts have as many, or both of what lies between two sources."""
    parts = [[text], [its_like]]
    if len(_sentences(text)) != len(_sentences(its_like)):
        parts = [CITATION.split(one) for one in (text, its_like)]
        if parts[0][1::2] != parts[1][1::2]:
            return
    for ours, theirs in zip(parts[0][::2], parts[1][::2], strict=True):
        sentences = _sentences(ours), _sentences(theirs)
        yield from zip(*sentences, strict=True) if len(sentences[0]) == len(sentences[1]) else ()


def _sentences(text: str) -> list[str]:
    return SENTENCE.split(text.lstrip(". ").rstrip())


def cells_side_by_side(one: Translation, other: Translation) -> Iterator[Likes]:
    """The cells of two texts that belong together, where both have as many rows."""
    ours, theirs = _rows(one), _rows(other)
    for row, its_like in zip(ours, theirs, strict=True) if len(ours) == len(theirs) else ():
        yield from zip(row, its_like, strict=True) if len(row) == len(its_like) else ()


def _rows(translation: Translation) -> list[list[Passage]]:
    """The cells of a text's tables, row by row."""
    if "|" not in translation.body:
        return []
    lines = enumerate(without_fences(translation.body).split("\n"), translation.body_line)
    rows = ((number, cells(line)) for number, line in lines if line[:1] == "|")
    return [[Passage.of(translation, cell, number) for cell in row] for number, row in rows]


def alike(ours: list[Section], theirs: list[Section]) -> list[list[float]]:
    """How alike each section of one language is to each of the other; the openings and the FAQs belong together."""
    table = likeness([section.source for section in ours], [section.source for section in theirs])
    kinds = [["faq" if s.heading and is_faq(s.heading) else not s.heading for s in side] for side in (ours, theirs)]
    for i, own in enumerate(kinds[0]):
        for j, other in enumerate(kinds[1]):
            if own or other:
                table[i][j] = SAME if own == other else -SAME
    return table


def _blocks(markdown: str, first_line: int) -> Iterator[TextBlock]:
    """The blocks of a source whose first line has this number in its file, in reading order."""
    source = opened(markdown)
    written = source.encode()  # Places are counted in bytes.
    in_boxes = BOX.finditer(markdown)
    boxes = [TextBlock("box", box[0], first_line + markdown.count("\n", 0, box.start())) for box in in_boxes]
    found: list[TextBlock] = []
    inside: list[tuple[str, int, list[str]]] = []  # Blocks that have begun: kind, line, words.
    forms: list[str] = []  # Of the lists and tables that have begun.
    place, line = 0, first_line
    for kind, what, of, start, _ in taken_apart(PARSER.events_with_range(source, merge_text=True)):
        callout = of if what == "BlockQuote" else None
        if callout and kind == "Start":
            boxes.append(TextBlock("box", f"> {callout}", line + written.count(b"\n", place, start)))
        if what in ("List", "Table") and kind == "Start":
            forms.append(str(len(of)) if what == "Table" else "bullets" if of is None else "numbers")
        elif what in ("List", "Table") and kind == "End":
            forms.pop()
        is_block = not callout and (what in ("Paragraph", "Heading") or what in _KINDS)
        if kind == "Start" and is_block:
            line += written.count(b"\n", place, start)
            place = start
            inside.append((_KINDS.get(what, "paragraph"), line, []))
        elif kind == "End" and inside and is_block:
            name, begun, words = inside.pop()
            if what == "Heading" and int(of[1]) > 2 and "".join(words).strip():
                found.append(TextBlock("subheading", "".join(words).strip(), begun))
            if what == "Heading":
                continue
            if inside and name == "paragraph":  # Of a list's item.
                inside[-1][2].extend(words)
            elif "".join(words).strip():
                form = forms[-1] if forms and name in ("list item", "row") else ""
                found.append(TextBlock(name, "".join(words).strip(), begun, form))
        elif kind in ("Text", "Code") and inside:
            inside[-1][2].append(what)
        elif kind in ("SoftBreak", "HardBreak") and inside:
            inside[-1][2].append(" ")
    yield from sorted((*found, *boxes), key=lambda block: block.line)
