"""The search index: what Pagefind is given of each page, with the keywords that pages do not hold.

Pagefind reads a copy of the built page made here, so keywords stand in the index only: never in
the page, where a screen reader would say them, and never in an excerpt, because they follow the
element `WORDS`, at which `finder.js` ends the page's text.

Every page gets the same fields of `data-pagefind-meta`, and no picture (of which Pagefind makes a
field of its own): it numbers a page's fields by the page, and reads them by the site.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import html
from lxml.html import HtmlElement, builder

from .article import LANGUAGES, Article, Language
from .compound import Vocabulary
from .keywords import HEADING_WEIGHTS, keywords, words
from .library import Library
from .problems import Problem, stop_on_errors

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
    page: str
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
                (site / path / "index.html").read_text("utf-8"),
                tuple(_terms(library, article, lang)),
            )


def write_index(entries: Sequence[Entry], skip: dict[Language, Iterable[str]], library: Library, site: Path) -> None:
    """Write the index of all languages into the site.

    Args:
        skip: function words per language, which are no parts of compounds.
        library: its concepts' words are known to the correction of slips.

    Raises:
        ProblemsFound: if a page has lost the marking `data-pagefind-body`.
    """
    bodies = _bodies(entries)
    danish = [_text(bodies[entry.path]) for entry in entries if entry.lang == "da"]
    danish += [term for concept in library.concepts.values() for term in (concept.da.term, *concept.da.synonyms)]
    compounds = Vocabulary.of(danish, skip["da"])
    known = _known(entries, bodies, library)
    documents = [(entry.path, _document(entry, bodies[entry.path], compounds)) for entry in entries]
    folder = site / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    _run_pagefind(documents, folder)
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


def _bodies(entries: Sequence[Entry]) -> dict[str, HtmlElement]:
    """The part of each page that is found, by path."""
    marked = {e: html.document_fromstring(e.page).xpath("//*[@data-pagefind-body]") for e in entries}
    stop_on_errors(
        Problem(
            f"overrides/{entry.kind}.html",
            1,
            1,
            "search",
            f"{len(found)} elements of /{entry.path} are marked data-pagefind-body; expected 1",
            "mark the page's article, and nothing else, in the template",
        )
        for entry, found in marked.items()
        if len(found) != 1
    )
    bodies = {entry.path: found[0] for entry, found in marked.items()}
    for body in bodies.values():
        for element in body.xpath(".//*[@data-pagefind-ignore] | .//img | .//script"):
            element.drop_tree()
    return bodies


def _known(entries: Iterable[Entry], bodies: dict[str, HtmlElement], library: Library) -> dict[Language, set[str]]:
    """Words to which a slip may be corrected: those of headings and concepts, of four letters or more."""
    texts = [(entry.lang, _text(heading)) for entry in entries for heading in bodies[entry.path].iter(*HEADING_WEIGHTS)]
    for concept in library.concepts.values():
        texts += [(lang, " ".join([concept[lang].term, *concept[lang].synonyms])) for lang in LANGUAGES]
    return {lang: {w for code, text in texts if code == lang for w in words(text) if len(w) > 3} for lang in LANGUAGES}


def _document(entry: Entry, body: HtmlElement, compounds: Vocabulary) -> str:
    """The page as Pagefind reads it."""
    by_weight: dict[int, list[str]] = defaultdict(list)
    for word, weight in sorted(keywords(body, entry.lang, entry.terms, compounds).items()):
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


def _run_pagefind(documents: Iterable[tuple[str, str]], folder: Path) -> None:
    """Run Pagefind on documents by path; its program, because its Python interface waits 0.1 s for every page."""
    with tempfile.TemporaryDirectory() as pages:
        for path, document in documents:
            file = Path(pages, path, "index.html")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(document, "utf-8")
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


def _text(element: HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())
