"""The search index: what Pagefind is given of each page, with the keywords that pages do not hold.

Pagefind reads a copy of the built page made here, so keywords stand in the index only: never in
the page, where a screen reader would say them, and never in an excerpt, because they follow the
element `WORDS`, at which `finder.js` ends the page's text.

Every page gets the same fields of `data-pagefind-meta`, and no picture (of which Pagefind makes a
field of its own): it numbers a page's fields by the page, and reads them by the site.
"""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any

from lxml import html
from lxml.html import HtmlElement, builder

from ...content.article import Article
from ...content.library import Library
from ...core.cache import NOTHING_KEPT, Ask, Cache
from ...core.fingerprint import checksum, code, digest
from ...core.language import Language
from ...core.problems import Problem, ProblemsFound
from ...core.worker import in_parallel
from ...relations.stem import stems
from .compound import Vocabulary, has_compounds
from .keywords import HEADING_WEIGHTS, keywords, words

FOLDER = "pagefind"
"""Where the index stands in the site."""
KINDS = frozenset({"article", "topic", "page", "help", "glossary", "sources", "selfcheck"})
"""Kinds of pages that are found. The others only lead to them."""
LISTS = frozenset({"glossary", "sources"})
"""Kinds of pages that say a little about everything: their words weigh half, so that articles stand first."""
ABOUT = "pagefind-entry.json"
"""The file of the index that says which languages there are."""
WORDS = "search-words"
"""Id of the element after which the keywords stand."""
KEEP = ("pagefind.js", "pagefind-worker.js", ABOUT, "*.pagefind", "*.pf_*")
"""What the browser needs of all that Pagefind writes: not its own dialogs and styles."""
CONCEPT_WEIGHTS = (6, 5, 4)
"""Of an article's first concept, its second and all others: they stand weightiest first."""
MEMORY, ROOM = "/dev/shm", 1_000_000_000
"""A folder and the free bytes that it must have: about 40,000 are needed for an article."""
TITLE_WEIGHT = 4
"""Of the title in another language."""


@dataclass(frozen=True)
class Entry:
    """A page as it is found, in one language."""

    lang: Language
    path: str
    """Below the site's root."""
    kind: str
    topic: str
    """The topic's name in this language, by which results are narrowed, or an empty string."""
    description: str
    page: Path
    """The built page."""
    terms: tuple[tuple[str, int], ...]
    """Words that are looked for and need not stand in it, with their weights."""
    made_of: str = ""
    """The fingerprint of all that the page was made of, where it is known."""


def entries(library: Library, site: Path, made_of: Mapping[str, str] | None = None) -> Iterator[Entry]:
    """Every page that is found, in the order of keys.

    Args:
        site: the folder of the built site.
        made_of: the fingerprints of pages, by path below it, where they are known.
    """
    for _, article in sorted(library.articles.items()):
        if article.kind not in KINDS or article.is_hidden:
            continue
        for lang in article.written:
            path = library.path(article, lang)
            page = f"{path}index.html"
            topic = library.topics[article.topic][lang].words if article.topic else None
            yield Entry(
                lang,
                path,
                article.kind,
                (topic.label or topic.title) if topic else "",
                article[lang].words.description,
                site / page,
                tuple(_terms(library, article, lang)),
                (made_of or {}).get(page, ""),
            )


@dataclass(frozen=True)
class Found:
    """What of a page is found, but for its text, which only its document holds."""

    text: str
    """The fingerprint of its text."""
    stems: dict[str, int]
    """How often each stem stands in it; in languages whose words are written as one only."""
    headings: frozenset[str]
    """The words of its headings."""


def index(
    entries: Sequence[Entry], skip: dict[Language, Iterable[str]], library: Library, kept: Cache = NOTHING_KEPT
) -> dict[str, bytes]:
    """The index of all languages: file contents by path below the site's root.

    Args:
        skip: function words per language, which are no parts of compounds.
        library: its concepts' words are known to the correction of slips.
        kept: what was made of the same pages before; the index of a language is made anew if one of its pages is.

    Raises:
        ProblemsFound: if a page has lost the marking `data-pagefind-body`.
    """
    in_parallel(kept, [partial(_found, entry, kept) for entry in entries if not kept.has(_found_key(entry))])
    found = [_found(entry, kept) for entry in entries]
    concepts = library.concepts.values()
    compounds: dict[Language, Vocabulary] = {}
    for lang in library.languages:
        terms = (stems(term, lang) for concept in concepts for term in concept[lang].words)
        own = (page.stems for entry, page in zip(entries, found, strict=True) if entry.lang == lang)
        compounds[lang] = Vocabulary.of(chain(own, map(Counter, terms)), lang, skip[lang])
    documents = [Document(entry, page, compounds[entry.lang], kept) for entry, page in zip(entries, found, strict=True)]
    files: dict[str, bytes] = {}
    languages: dict[str, Any] = {}
    for lang in library.languages:
        own = [document for document in documents if document.entry.lang == lang]
        made, about = _index_of(lang, own, kept)
        files |= made
        languages |= about.pop("languages")
        known = _known_terms(library, lang).union(*(document.found.headings for document in own))
        files[f"words.{lang}.json"] = json.dumps(sorted(known), ensure_ascii=False).encode()
    files[ABOUT] = json.dumps({**about, "languages": languages}, sort_keys=True).encode()
    return {f"{FOLDER}/{path}": content for path, content in files.items()}


def topic_word(topic: str) -> str:
    """A word that stands on all pages of a topic: Pagefind's own filters differ from build to build."""
    return "qx" + re.sub("[^a-z]", "", topic.lower())


def _terms(library: Library, article: Article, lang: Language) -> Iterator[tuple[str, int]]:
    others = library.languages.others(lang)
    for other in others:
        yield article[other].words.title, TITLE_WEIGHT
    for i, key in enumerate(article.shared.concepts):
        concept = library.concepts[key]
        weight = CONCEPT_WEIGHTS[min(i, len(CONCEPT_WEIGHTS) - 1)]
        for term in (concept[lang], *(concept[other] for other in others)):
            for text in term.words:
                yield text, weight


def _found(entry: Entry, kept: Cache) -> Found:
    return kept.value(_found_key(entry), Found, partial(_read, entry)) if entry.made_of else _read(entry)


def _found_key(entry: Entry) -> str:
    return digest("found", entry.kind, entry.lang, entry.made_of)


def _read(entry: Entry) -> Found:
    body = _body(entry)
    return Found(
        checksum(html.tostring(body)),
        dict(Counter(stems(_said(body), entry.lang) if has_compounds(entry.lang) else ())),
        frozenset(_long_words(_said(heading) for heading in body.iter(*HEADING_WEIGHTS))),
    )


def _body(entry: Entry) -> HtmlElement:
    """The marked element, without what is not found."""
    page = entry.page.read_text("utf-8")
    found = html.document_fromstring(page).xpath("//*[@data-pagefind-body]")
    if len(found) != 1:
        problem = Problem(
            f"overrides/{entry.kind}.html",
            1,
            1,
            "search",
            f"{len(found)} elements of /{entry.path} are marked data-pagefind-body; expected 1",
            "mark the page's article, and nothing else, in the template",
        )
        raise ProblemsFound([problem])
    (body,) = found
    for element in body.xpath(".//*[@data-pagefind-ignore] | .//img | .//script"):
        element.drop_tree()
    return html.fragment_fromstring(html.tostring(body, encoding="unicode", with_tail=False))


def _known_terms(library: Library, lang: Language) -> set[str]:
    """Words to which a slip may be corrected, beside those of headings: the concepts'."""
    concepts = (concept[lang] for concept in library.concepts.values())
    return set(_long_words(text for concept in concepts for text in concept.words))


def _long_words(texts: Iterable[str]) -> Iterator[str]:
    """Words of four letters or more: shorter ones are not corrected."""
    return (word for text in texts for word in words(text) if len(word) > 3)


@dataclass(frozen=True)
class Document:
    """A page as Pagefind reads it, which depends on all pages by the parts of its compounds alone."""

    entry: Entry
    found: Found
    compounds: Vocabulary
    kept: Cache

    def known(self) -> str | None:
        """Its name in the cache, if it is there."""
        return self.kept.traced_key(self._name, self._parts_known_by)

    def html(self) -> str:
        """Its text."""

        def make(ask: Ask) -> tuple[str, bool]:
            body = _body(self.entry)
            return _marked(self.entry, body, keywords(body, self.entry.lang, self.entry.terms, ask)), True

        return self.kept.traced(self._name, str, self.compounds.parts, make, self._parts_known_by)[0] or ""

    def _parts_known_by(self, word: str) -> str:
        return " ".join(self.compounds.parts(word))

    @cached_property
    def _name(self) -> str:
        names = (field.name for field in dataclasses.fields(self.entry) if field.name not in ("page", "made_of"))
        fields = [getattr(self.entry, name) for name in names]
        return digest("document", code(), fields, self.found.text)


def _marked(entry: Entry, body: HtmlElement, found: Mapping[str, int]) -> str:
    by_weight: dict[int, list[str]] = defaultdict(list)
    for word, weight in sorted(found.items()):
        by_weight[weight].append(word)
    fields = {"description": entry.description, "kind": entry.kind, "topic": entry.topic or "–"}
    body.append(builder.DIV("·", id=WORDS))
    body.append(builder.P(topic_word(entry.topic)))
    for weight, added in sorted(by_weight.items()):
        body.append(builder.P(" ".join(added), {"data-pagefind-weight": str(weight)}))
    metas = [builder.META({"data-pagefind-meta": f"{name}[content]", "content": text}) for name, text in fields.items()]
    if entry.kind in LISTS:
        body.set("data-pagefind-weight", "0.5")
    page = builder.HTML(builder.BODY(*metas, body), lang=entry.lang)
    return "<!doctype html>" + html.tostring(page, encoding="unicode")


Made = tuple[list[str | None], dict[str, bytes]]
"""The keys of an index's documents, and its files."""


def _index_of(lang: Language, documents: Sequence[Document], kept: Cache) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The index of one language, by path below its folder, and what Pagefind says about it."""
    names = [document.known() for document in documents]
    if kept.file:
        new = [document for document, name in zip(documents, names, strict=True) if not name]
        in_parallel(kept, [document.html for document in new])
        for document in new:
            document.html()
        names = [name or document.known() for document, name in zip(documents, names, strict=True)]

    def text(document: Document, name: str | None) -> str:
        return kept.value(name, str, document.html) if name else document.html()

    def renew(before: Made | None) -> Made:
        if before and before[0] == names:
            return before
        paths = (document.entry.path for document in documents)
        return names, _run_pagefind(zip(paths, map(text, documents, names), strict=True))

    made = dict(kept.latest(digest("index", code(), lang), Made, renew)[1])
    return made, json.loads(made.pop(ABOUT))


def _run_pagefind(documents: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """What Pagefind makes of pages; its program, because its Python interface waits 0.1 s for every page.

    Args:
        documents: each page's path below the site's root, and its text.
    """
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        pages, made = Path(folder, "pages"), Path(folder, "made")
        for path, text in documents:
            file = pages / path / "index.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        command = [sys.executable, "-m", "pagefind", "--site", str(pages), "--output-path", str(made), "--quiet"]
        result = subprocess.run(command, capture_output=True, text=True)
        if result.returncode or not (made / ABOUT).is_file():
            raise RuntimeError(f"Pagefind wrote no search index: {result.stdout}{result.stderr}")
        files = {path for pattern in KEEP for path in made.rglob(pattern)}
        return {path.relative_to(made).as_posix(): path.read_bytes() for path in sorted(files)}


def _memory() -> str | None:
    """Linux's folder in memory, if it has room: making thousands of files on a disk may take longer than the index."""
    with suppress(OSError):
        return MEMORY if shutil.disk_usage(MEMORY).free > ROOM else None
    return None  # the system's own folder for what is not kept


def _said(element: HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())
