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
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lxml import html
from lxml.html import HtmlElement, builder

from .article import LANGUAGES, Article, Language
from .cache import NOTHING_KEPT, Ask, Cache
from .compound import Vocabulary
from .fingerprint import code, digest
from .helper import together
from .keywords import HEADING_WEIGHTS, keywords, words
from .library import Library
from .problems import Problem, ProblemsFound
from .stem import stems

FOLDER = "pagefind"
"""Where the index stands in the site."""
KINDS = frozenset({"article", "topic", "page", "help", "glossary", "sources", "selfcheck"})
"""Kinds of pages that are found. The others only lead to them."""
LISTS = frozenset({"glossary", "sources"})
"""Kinds of pages that say a little about everything: their words weigh half, so that articles stand first."""
WORDS = "search-words"
"""Id of the element after which the keywords stand."""
KEEP = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "*.pagefind", "*.pf_*", "words.*.json")
"""What the browser needs of all that Pagefind writes: not its own dialogs and styles."""
CONCEPT_WEIGHTS = (6, 5, 4)
"""Of an article's first concept, its second and all others: they stand weightiest first."""
TITLE_WEIGHT = 4
"""Of the title in the other language."""


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


def entries(library: Library, site: Path) -> Iterator[Entry]:
    """Every page that is found, in the order of keys.

    Args:
        site: the folder of the built site.
    """
    for _, article in sorted(library.articles.items()):
        if article.kind not in KINDS or article.is_hidden:
            continue
        for lang in filter(article.is_in, LANGUAGES):
            path = library.path(article, lang)
            topic = library.topics[article.topic][lang].words if article.topic else None
            yield Entry(
                lang,
                path,
                article.kind,
                (topic.label or topic.title) if topic else "",
                article[lang].words.description,
                site / path / "index.html",
                tuple(_terms(library, article, lang)),
            )


@dataclass(frozen=True)
class Text:
    """What of a page is found."""

    body: str
    """The marked element, as HTML, without what is not found."""
    stems: Counter[str]
    """How often each stem stands in it; of Danish pages only."""
    headings: frozenset[str]
    """The words of its headings."""


def write_index(
    entries: Sequence[Entry],
    skip: dict[Language, Iterable[str]],
    library: Library,
    site: Path,
    kept: Cache = NOTHING_KEPT,
) -> None:
    """Write the index of all languages into the site.

    Args:
        skip: function words per language, which are no parts of compounds.
        library: its concepts' words are known to the correction of slips.
        kept: what was made of the same pages before.

    Raises:
        ProblemsFound: if a page has lost the marking `data-pagefind-body`.
    """
    known = _known_terms(library)

    def counted() -> Iterator[Counter[str]]:
        # Each text is read again below: those of all pages at once would fill the memory.
        for entry, text in zip(
            entries, together(kept, (partial(_text, entry, kept) for entry in entries)), strict=True
        ):
            known[entry.lang] |= text.headings
            yield text.stems
        for concept in library.concepts.values():
            yield Counter(stem for term in (concept.da.term, *concept.da.synonyms) for stem in stems(term, "da"))

    compounds = Vocabulary.of(counted(), skip["da"])
    folder = site / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as pages:
        documents = together(kept, (partial(_document, entry, compounds, kept) for entry in entries))
        for entry, document in zip(entries, documents, strict=True):
            file = Path(pages, entry.path, "index.html")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(document, "utf-8")
        _run_pagefind(pages, folder)
    for lang in LANGUAGES:
        (folder / f"words.{lang}.json").write_text(json.dumps(sorted(known[lang]), ensure_ascii=False), "utf-8")
    _tidy(folder)


def topic_word(topic: str) -> str:
    """A word that stands on all pages of a topic: Pagefind's own filters differ from build to build."""
    return "qx" + re.sub("[^a-z]", "", topic.lower())


def _terms(library: Library, article: Article, lang: Language) -> Iterator[tuple[str, int]]:
    other: Language = "en" if lang == "da" else "da"
    yield article[other].words.title, TITLE_WEIGHT
    for i, key in enumerate(article.shared.concepts):
        concept = library.concepts[key]
        weight = CONCEPT_WEIGHTS[min(i, len(CONCEPT_WEIGHTS) - 1)]
        for term in (concept[lang], concept[other]):
            for text in (term.term, *term.synonyms):
                yield text, weight


def _text(entry: Entry, kept: Cache) -> Text:
    page = entry.page.read_text("utf-8")
    return kept.object(digest("found", code(), entry.kind, entry.lang, page), lambda: _read(entry, page))


def _read(entry: Entry, page: str) -> Text:
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
    return Text(
        html.tostring(body, encoding="unicode", with_tail=False),
        Counter(stems(_said(body), "da") if entry.lang == "da" else ()),
        frozenset(_long_words(_said(heading) for heading in body.iter(*HEADING_WEIGHTS))),
    )


def _known_terms(library: Library) -> dict[Language, set[str]]:
    """Words to which a slip may be corrected, beside those of headings: the concepts'."""
    terms = {
        lang: [term for concept in library.concepts.values() for term in (concept[lang].term, *concept[lang].synonyms)]
        for lang in LANGUAGES
    }
    return {lang: set(_long_words(told)) for lang, told in terms.items()}


def _long_words(texts: Iterable[str]) -> Iterator[str]:
    """Words of four letters or more: shorter ones are not corrected."""
    return (word for text in texts for word in words(text) if len(word) > 3)


def _document(entry: Entry, compounds: Vocabulary, kept: Cache) -> str:
    """The page as Pagefind reads it, which depends on all pages by the parts of its compounds alone."""
    text = _text(entry, kept)

    def make(ask: Ask) -> tuple[str, bool]:
        body = html.fragment_fromstring(text.body)
        found = keywords(body, entry.lang, entry.terms, ask)
        return _marked(entry, body, found), True

    fields = [getattr(entry, field.name) for field in dataclasses.fields(entry) if field.name != "page"]
    name = digest("document", code(), fields, text.body)
    return kept.traced(name, compounds.parts, make)


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


def _run_pagefind(pages: str, folder: Path) -> None:
    """Run Pagefind on a folder of pages; its program, because its Python interface waits 0.1 s for every page."""
    command = [sys.executable, "-m", "pagefind", "--site", pages, "--output-path", str(folder), "--quiet"]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode or not (folder / "pagefind-entry.json").is_file():
        raise RuntimeError(f"Pagefind wrote no search index: {result.stdout}{result.stderr}")


def _tidy(folder: Path) -> None:
    """Keep what the browser needs, and sort the languages, whose order Pagefind leaves to chance."""
    kept = {path for pattern in KEEP for path in folder.rglob(pattern)}
    for path in folder.rglob("*"):
        if path.is_file() and path not in kept:
            path.unlink()
    languages = folder / "pagefind-entry.json"
    languages.write_text(json.dumps(json.loads(languages.read_text("utf-8")), sort_keys=True), "utf-8")


def _said(element: HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())
