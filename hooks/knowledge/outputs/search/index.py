"""The search index: Pagefind's, of words that are prepared here, and beside it what results show.

Pagefind is given a record for each entry: not its text but its stems (see `words.py`), each once, and
with an ending that no word has where it stands in a place that tells much (`PLACES`). So one stemmer
decides what is found, what is marked and which section is shown, `finder.js` alone decides what comes
first, and the index is a third of what Pagefind makes of whole texts. Stems that mean much the same
stand next to each other (`Tokens`), because Pagefind keeps its index in files by the alphabet, and a word
is looked for with all that stand for it. What a record is ranked by and the text that a result shows are
files of their own, called like the record, by the id with which Pagefind names it.

    pagefind/pagefind.js, wasm …   Pagefind's own
    pagefind/*.pf_meta, *.pf_index which record holds which stem
    pagefind/asked/ID.gz           what the browser ranks a record by
    pagefind/text/ID.gz            its sections' texts, of which a result shows sentences
    pagefind/lists.LANG.gz         what a query is read with: function words, everyday words, numbers; order of pages
    pagefind/words.LANG.gz         known words, the most frequent: fetched once a query holds one that is not
    pagefind/words.LANG.X.gz       the others that begin with X: fetched with them
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, combinations, takewhile
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from lxml import html
from lxml.html import builder

from ...core.cache import NO_CACHE, Ask, Cache
from ...core.fingerprint import code, digest
from ...core.language import Language, described, known
from ...core.worker import in_background
from ..small import packed, small
from .compound import Vocabulary, links
from .entry import Entry
from .piece import Piece
from .right import bloom, right_words
from .words import fold, lists, spellings, stem, step_word, words

FOLDER = "pagefind"
"""Where the index stands in the site."""
ABOUT = "pagefind-entry.json"
"""The file of the index that says which languages there are."""
SCRIPT = "pagefind.js"
PROGRAM = "wasm.unknown.pagefind"
META = ".pf_meta"
KEEP = (SCRIPT, PROGRAM, ABOUT, f"*{META}", "*.pf_index")
"""What the browser needs of all that Pagefind writes: not its own dialogs and styles, nor what it would show."""
RECORD = b"pagefind_dcd"
"""With this begins, unpacked, the file that Pagefind writes of a record; its name holds the record's id."""
STEMLESS = "zxx"
"""No language: Pagefind takes the stems as they are."""
PLACES = {"alone": "0za", "title": "0z9", "typed": "0z8", **dict.fromkeys(("asked", "other"), "0z5"), "entry": "0z3"}
"""Endings of stems in places that tell much, of several the last: titles and what readers type that say nothing else;
titles; what readers type; questions and concepts, and headings and what comes of another language; and of terms and
sources, behind which pages stand. A figure comes first: so they stand in the index next to the stem itself, and in the
same of its files."""
OF_WORDS = ("alone", "title", "typed")
"""Which tell of the word that stands there, and not of the parts of a compound."""
PAIRED = ("title", "typed", "asked")
"""Places whose stems stand in pairs too."""
AND, BESIDE = "+", "0y"
"""Between two stems that stand in one text that tells much, here and in the index, where it comes before the endings:
of many pages that hold all words of a query somewhere, those that say them together come first."""
TOGETHER, CROWD = 6, 50
"""Stems of such a text that are paired, the first of it, if more records than these hold each of them in such texts."""
ENTRIES = frozenset({"term", "source"})
"""Kinds that are no pages of their own."""
COMMON = 8
"""One page of so many: a stem in the running text of more says nothing of any, and the index does without it there."""
ALIKE = "qy"
"""With this and three letters for their group begin stems of words that mean much the same."""
HELP = "qhelp"
"""A word that stands on the page with the numbers to call, and in no text."""
STEP = re.compile(r"step\d")
"""A step of the ladder, as one word."""
NAME = re.compile(r"(?<=[\w,] )[^\W\d_a-zß-ÿ]\w+")
"""A word with a capital within a sentence."""
YEAR = re.compile(r"(?:1[89]|20)\d\d")
TIMES, LEAST, FULL = 40, 3, 20_000
"""Pagefind begins another file of its index after so many places and pages of words, and a query fetches all files that
hold its words. Each stem is written up to so many times, the more the smaller the site, or all would stand in three;
and at least so often, or the files of a large site were half as large again."""
SEEN = 2
"""A word of the texts that stands in so many pages is one that readers may mean."""
FIRST = 500
"""Pages to which most others lead, which come first of those that are worth the same."""
OFTEN = 10_000
"""So many of these are fetched at once: about 30 kB."""
MEMORY, ROOM = "/dev/shm", 1_000_000_000
"""A folder and the free bytes that it must have: about 40,000 are needed for an article."""


@dataclass(frozen=True)
class Made:
    """What is made of one language."""

    name: str
    """The fingerprint of its entries."""
    files: dict[str, bytes]
    """By path: Pagefind's own, and lists."""
    records: tuple[tuple[str, bool], ...]
    """Of each entry, by what id Pagefind names it, and whether it has texts to show."""


@dataclass(eq=False)
class Index:
    """The index of one language."""

    lang: Language
    entries: Sequence[Entry]
    skip: Sequence[str]
    """Function words, which are looked for only where a query holds nothing else."""
    same: Sequence[str]
    """Everyday words in groups of those that mean much the same."""
    kept: Cache = NO_CACHE
    """What was made of the same entries before."""
    _wait: Callable[[], object] = lambda: None

    def begin(self) -> None:
        """Make it in the background, unless it is as it was."""
        if not self._made_before:
            self._wait = in_background(self.kept, self._make_all)

    @cached_property
    def made(self) -> Made:
        """It, made now or before."""
        self._wait()
        if not (made := self._made_before):
            made = self._make()
            self.kept.store(self._place, made)
        return made

    def records(self) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
        """What stands beside Pagefind's files: its path, the name of what it is made of, and how it is made."""
        for entry, (id, has_text) in zip(self.entries, self.made.records, strict=True):
            for kind, make in (("asked", _asked), ("text", _texts))[: 1 + has_text]:
                name = digest(kind, code(), entry.fingerprint)
                yield f"{FOLDER}/{kind}/{id}.gz", name, partial(self.kept.get, name, partial(make, entry))

    @property
    def _made_before(self) -> Made | None:
        before = self.kept.load(self._place, Made)
        return before if before and before.name == self._name else None

    def _make_all(self) -> None:
        """Leave in the cache whatever of it is not there yet."""
        for _, name, make in self.records():
            if not self.kept.has(name):
                make()

    @cached_property
    def _place(self) -> str:
        """Where it is kept."""
        return digest("index", code(), self.lang)

    @cached_property
    def _name(self) -> str:
        return digest([entry.fingerprint for entry in self.entries], self.skip, self.same)

    def _make(self) -> Made:
        lang, entries, skip, kept = self.lang, self.entries, self.skip, self.kept
        kept.read_ahead(entry.text.key for entry in entries if entry.text.key)
        pieces = [entry.text.piece() for entry in entries]
        asked = [Counter(words(" ".join(a.text for a in entry.asked), lang)) for entry in entries]
        compounds = Vocabulary.of(chain((piece.words for piece in pieces), asked) if links(lang) else (), lang, skip)
        folded = frozenset(map(fold, skip))
        names = [digest("record", code(), entry.fingerprint, sorted(folded)) for entry in entries]
        kept.read_ahead(names)
        of = zip(names, entries, pieces, strict=True)
        found = [_stems(name, entry, piece, compounds, folded, kept) for name, entry, piece in of]
        pages = [number for number, entry in enumerate(entries) if entry.kind not in ENTRIES]
        counts = Counter(stem for number in pages for stem in found[number])
        tokens = Tokens.of(self.same, lang)
        common, rare_pairs = _needless(counts, len(pages), tokens, {stem(word, lang) for word in folded})
        needless = common | rare_pairs
        written = [[tokens(stem) for stem in stems if stem not in needless] for stems in found]
        times = max(LEAST, TIMES * FULL // (FULL + sum(map(len, written))))
        records = [" ".join(t for t in stems for _ in range(times)) for stems in written]
        with ThreadPoolExecutor(1) as beside:
            pagefind = beside.submit(_run_pagefind, records)
            held = {stem(word, lang) for word in frozenset().union(*(piece.words for piece in pieces))}
            right = [word for word in right_words(lang) if stem(word, lang) not in held]
            often, rare = known_words(entries, pieces, lang)
            vocabulary = {"": packed({"words": written_short(often), "right": bloom(right)})}
            vocabulary |= {f".{letter}": packed(written_short(some)) for letter, some in rare.items()}
            made, ids = pagefind.result()
        same = [fold(group) for group in self.same]
        own = {"entries": len(entries), **lists(lang), "skip": sorted(skip), "same": same, "links": links(lang)}
        own |= {"common": " ".join(sorted(common)), "alike": ALIKE, "rare": "".join(sorted(rare))}
        first = sorted((-entries[number].linked, entries[number].path, ids[number]) for number in pages)
        own["first"] = [id for _, _, id in first[:FIRST]]
        own["meta"] = next(path for path in made if path.endswith(META))
        made |= {f"lists.{lang}.gz": packed(own), **{f"words.{lang}{of}.gz": some for of, some in vocabulary.items()}}
        return Made(self._name, made, tuple((ids[i], _has_text(piece)) for i, piece in enumerate(pieces)))


def files(indexes: Iterable[Index], kept: Cache = NO_CACHE) -> dict[str, bytes]:
    """What the indexes of all languages hold beside their records: file contents by path below the site's root."""
    found: dict[str, bytes] = {}
    about: dict[str, Any] = {}
    for index in indexes:
        found |= index.made.files
        own = json.loads(found[ABOUT])
        (one,) = own.pop("languages").values()
        about = {**own, "languages": {**about.get("languages", {}), index.lang: one}}
    found[ABOUT] = json.dumps(about, sort_keys=True).encode()
    if script := found.get(SCRIPT):
        found[SCRIPT] = small({SCRIPT: script.decode()}, kept)[SCRIPT].encode()
    return {f"{FOLDER}/{path}": content for path, content in found.items()}


def topic_word(topic: str) -> str:
    """A word that stands on all pages of a topic: Pagefind's own filters differ from build to build."""
    return "qx" + re.sub("[^a-z]", "", fold(topic))


def _needless(
    counts: Mapping[str, int], pages: int, tokens: Tokens, functions: Container[str]
) -> tuple[set[str], set[str]]:
    """What the index does without: stems in the running text of many pages that also stand in places that tell much,
    and are found by them; and pairs of stems of which one, unless it is a function word's, stands in such places of few
    records: these are all looked at."""
    told: set[str] = set()
    records: Counter[str] = Counter()
    for written, count in counts.items():
        if (bare := _bare(written)) != written:
            told.add(bare)
            records[tokens.key(bare)] += count

    def is_rare(stem: str) -> bool:
        return stem not in functions and records[tokens.key(stem)] <= CROWD

    common = {stem for stem, count in counts.items() if count * COMMON > pages and stem in told}
    return common, {pair for pair in counts if AND in pair and any(map(is_rare, pair.split(AND)))}


def _bare(stem: str) -> str:
    """A stem without the ending of its place."""
    return _PLACE.sub("", stem)


_PLACE = re.compile(f"(?:{'|'.join(PLACES.values())})$")


@dataclass(frozen=True)
class Tokens:
    """What stands in the index for a stem: itself, behind the sign of the first group of everyday words that holds it;
    and for two that stand together: their signs, or themselves, by the alphabet. `finder.js` asks for the same."""

    signs: Mapping[str, str]

    @classmethod
    def of(cls, same: Sequence[str], lang: Language) -> Tokens:
        """Of everyday words in groups."""
        signs: dict[str, str] = {}
        for place, group in enumerate(same):
            sign = ALIKE + "".join(chr(97 + place // 26**power % 26) for power in (2, 1, 0))
            for word in group.split():
                if len(read := words(word, lang)) == 1:
                    signs.setdefault(stem(read[0], lang), sign)
        return cls(signs)

    def __call__(self, stem: str) -> str:
        if AND in stem:
            return BESIDE.join(sorted(map(self.key, stem.split(AND))))
        return self.signs.get(_bare(stem), "") + stem

    def key(self, stem: str) -> str:
        """The sign of a stem's group, or itself, as it stands in pairs."""
        return self.signs.get(stem, stem)


def _stems(
    name: str, entry: Entry, piece: Piece, compounds: Vocabulary, skip: frozenset[str], kept: Cache
) -> list[str]:
    """An entry's stems with the endings of their places, and the words of its topic and kind; it depends on all other
    entries by the parts of its compounds alone."""

    def make(ask: Ask) -> tuple[list[str], bool]:
        found = found_by(entry, piece, ask, skip)
        own = [topic_word(entry.topic), *([HELP] if entry.kind == "help" else [])]
        return own + [word + max(endings, default="") for word, endings in sorted(found.items())], True

    return kept.traced(name, list[str], compounds.parts, make, compounds.fingerprint)[0] or []


def found_by(
    entry: Entry, piece: Piece, parts: Callable[[str], Iterable[str]], skip: Container[str] = ()
) -> dict[str, set[str]]:
    """Each stem by which an entry is found, with the endings of the places that tell much in which it stands; and pairs
    of stems that stand in one text.

    Args:
        parts: gives the parts of a compound.
        skip: function words, which tell something in titles and the like that hold nothing else.
    """
    lang = entry.lang
    is_source = entry.kind == "source"  # which is looked for by author, title, year and the names that it is about
    names = " ".join(NAME.findall(entry.description))
    told = words(names, lang) if is_source else [*words(entry.description, lang), *piece.words]
    places: dict[str, set[str]] = {word: set() for word in told if word not in skip}
    fields = [(entry.title, "title")] + [(section.title, "other") for section in piece.sections]
    fields += [(asked.text, asked.worth) for asked in entry.asked]
    pairs: set[tuple[str, str]] = set()
    for text, place in fields:
        read = words(text, lang)
        telling = [word for word in read if word not in skip] or ([] if is_source else read)
        if entry.kind in ENTRIES:
            place = "entry"
        elif place in PAIRED and len(telling) > 1:
            pairs.update(combinations(sorted({stem(word, lang) for word in telling[:TOGETHER]}), 2))
        elif place in PAIRED and telling:
            around = sorted({stem(word, lang) for word in read if word in skip})[:TOGETHER]
            pairs.update((stem(telling[0], lang), other) for other in around)
            place = "alone" if place in OF_WORDS else place
        for word in telling:
            if not is_source or YEAR.fullmatch(word) or not word.isdigit():
                places.setdefault(word, set()).add(PLACES[place])
    found: dict[str, set[str]] = {}
    has_parts, of_words = bool(links(lang)) and not is_source, {PLACES[place] for place in OF_WORDS}
    for word, endings in places.items():
        found.setdefault(stem(word, lang), set()).update(endings)
        for part in parts(word) if has_parts and word.isalpha() else ():
            found.setdefault(stem(part, lang), set()).update(endings - of_words)
        if word[:4] == "step" and STEP.fullmatch(word):
            found.setdefault(stem(step_word(lang), lang), set())
    return found | {AND.join(pair): set() for pair in pairs}


def _asked(entry: Entry) -> bytes:
    """What the browser ranks an entry by, packed."""
    own = {"path": entry.path, "kind": entry.kind, "topic": entry.topic, "title": entry.title}
    own["description"] = entry.description
    piece = entry.text.piece()
    sections = [[s.id, s.title, int(s.is_question)] for s in piece.sections] if _has_text(piece) else []
    asked = [[asked.text, asked.kind, asked.section, asked.place] for asked in entry.asked]
    return packed({**own, "sections": sections, "asked": asked})


def _texts(entry: Entry) -> bytes:
    """The texts of its sections, packed."""
    return packed([section.text for section in entry.text.piece().sections])


def _has_text(piece: Piece) -> bool:
    """Whether there is more to show of an entry than what it is ranked by."""
    return any(section.text for section in piece.sections)


def known_words(
    entries: Sequence[Entry], pieces: Sequence[Piece], lang: Language, most: int = OFTEN
) -> tuple[list[str], dict[str, list[str]]]:
    """Words that readers may mean: those of several pages, and those of titles, questions, headings and what is looked
    for; the most frequent first, those about as frequent by the alphabet.

    Returns:
        So many, and of the others those that begin with each letter; in a large site they are too many to fetch.
        Of these, words that only other languages say are left out: they would be two of three. Where one of these is
        read widely, they stay.
    """
    is_read_widely = any(known(other).get("read_widely") for other in described() if other != lang)
    pages: Counter[str] = Counter()
    told: set[str] = set()
    elsewhere: set[str] = set()
    spelled: dict[str, str] = {}
    for entry, piece in zip(entries, pieces, strict=True):
        pages.update(piece.words.keys())
        others = [asked.text for asked in entry.asked if asked.kind == "other"]
        texts = [entry.title, *(asked.text for asked in entry.asked if asked.kind != "other")]
        texts += [section.title for section in piece.sections]
        told.update(words(" ".join(texts), lang))
        elsewhere.update(words(" ".join(others), lang))
        spelled |= piece.spelled
        spelled |= spellings(" ".join(texts + others))
    own = {word for word, count in pages.items() if count >= SEEN} | told
    meant = {word: spelled.get(word, word) for word in own | elsewhere if len(word) > 2 and word.isalpha()}
    by_frequency = sorted(meant, key=lambda word: (-pages[word].bit_length(), meant[word]))
    rare: dict[str, list[str]] = {letter: [] for letter in ascii_lowercase}
    for word in by_frequency[most:]:
        if word in own or is_read_widely:
            rare.get(word[0], []).append(meant[word])
    return [meant[word] for word in by_frequency[:most]], {letter: some for letter, some in rare.items() if some}


def written_short(known: Iterable[str]) -> str:
    """Words in a row, each without the letters with which the one before it begins too, behind their number:
    `0angst2kre`. `finder.js` writes them out."""
    said, before = [], ""
    for word in known:
        alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before[:9], word, strict=False)))
        said.append(f"{alike}{word[alike:]}")
        before = word
    return "".join(said)


def _run_pagefind(records: Sequence[str]) -> tuple[dict[str, bytes], dict[int, str]]:
    """What Pagefind makes of records, and the ids that it gives them, by their number; its program, because its
    Python interface waits 0.1 s for every page."""
    with _folder() as folder:
        pages, made = Path(folder, "pages"), Path(folder, "made")
        for number, text in enumerate(records):
            file = pages / str(number) / "index.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            title = "<span data-pagefind-meta='title'>x</span>"  # or Pagefind looks for a heading, or says so
            body = html.tostring(builder.P(text), encoding="unicode")
            file.write_text(f"<!doctype html><html lang={STEMLESS}>{title}<body>{body}", "utf-8")
        command = [sys.executable, "-m", "pagefind", "--site", str(pages), "--output-path", str(made), "--quiet"]
        result = subprocess.run(command, capture_output=True, text=True)
        if result.returncode or not (made / ABOUT).is_file():
            raise RuntimeError(f"Pagefind wrote no search index: {result.stdout}{result.stderr}")
        ids = {}
        for file in sorted((made / "fragment").iterdir()):
            record = json.loads(gzip.decompress(file.read_bytes()).removeprefix(RECORD))
            ids[int(record["url"].strip("/"))] = file.name.split(".")[0]
        if sorted(ids) != [*range(len(records))]:
            raise RuntimeError(f"Pagefind indexed {len(ids)} of {len(records)} records")
        files = {path for pattern in KEEP for path in made.rglob(pattern)}
        return {path.relative_to(made).as_posix(): path.read_bytes() for path in sorted(files)}, ids


def _folder() -> tempfile.TemporaryDirectory[str]:
    """A folder in memory, where Linux has one with room that we may use: making thousands of files on a disk may take
    longer than the index."""
    with suppress(OSError):
        if shutil.disk_usage(MEMORY).free > ROOM:
            return tempfile.TemporaryDirectory(dir=MEMORY)
    return tempfile.TemporaryDirectory()
