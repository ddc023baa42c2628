"""The search index: what Pagefind is given of each page, with words that readers type and pages do not hold.

Pagefind reads a copy of the built page made here, so these words stand in the index only: never in
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
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import html
from lxml.html import HtmlElement, builder

from .article import LANGUAGES, Article, Language
from .compound import Vocabulary
from .library import Library
from .problems import Problem, stop_on_errors

FOLDER = "pagefind"
"""Where the index stands in the site."""
KINDS = frozenset({"article", "topic", "page", "help", "glossary", "sources", "selfcheck"})
"""Kinds of pages that are found. The others only lead to them."""
LISTS = frozenset({"glossary", "sources"})
"""Kinds of pages that say a little about everything: their words weigh half, so that articles stand first."""
WORDS = "search-words"
"""Id of the element after which the added words stand."""
KEEP = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "*.pagefind", "*.pf_*", "words.*.json")
"""What the browser needs of all that Pagefind writes: not its own dialogs and styles."""
WEIGHTS = {"h1": 7, "h2": 6, "h3": 5}
"""Pagefind's own weights of headings, which the added words take over."""
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
        for lang in LANGUAGES:
            path = library.path(article, lang)
            words = library.topics[article.topic][lang].words if article.topic else None
            yield Entry(
                lang,
                path,
                article.kind,
                (words.label or words.title) if words else "",
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
    keys: dict[Language, set[str]] = {lang: set() for lang in LANGUAGES}
    for lang in LANGUAGES:
        for concept in library.concepts.values():
            keys[lang].update(_words(" ".join([concept[lang].term, *concept[lang].synonyms])))
    for entry in entries:
        for heading in bodies[entry.path].iter(*WEIGHTS):
            keys[entry.lang].update(_words(_text(heading)))
    documents = [(entry.path, _document(entry, bodies[entry.path], compounds)) for entry in entries]
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    _run_pagefind(documents, site / FOLDER)
    for lang, words in keys.items():
        known = sorted(word for word in words if len(word) > 3)
        (site / FOLDER / f"words.{lang}.json").write_text(json.dumps(known, ensure_ascii=False), "utf-8")
    entry_file = site / FOLDER / "pagefind-entry.json"
    # Sorted, because Pagefind leaves the order of languages to chance.
    entry_file.write_text(json.dumps(json.loads(entry_file.read_text("utf-8")), sort_keys=True), "utf-8")
    kept = {path for pattern in KEEP for path in (site / FOLDER).rglob(pattern)}
    for path in (site / FOLDER).rglob("*"):
        if path.is_file() and path not in kept:
            path.unlink()


def topic_word(topic: str) -> str:
    """A word that stands on all pages of a topic: Pagefind's own filters differ from build to build."""
    return "qx" + re.sub("[^a-z]", "", topic.lower())


def added_words(body: HtmlElement, lang: Language, terms: Iterable[tuple[str, int]], compounds: Vocabulary):
    """Words by which a page is also found, each with its weight from 1 to 10.

    Spellings without æ, ø and å and the parts of compounds weigh what their words weigh on the page.
    """
    weights: Counter[str] = Counter()
    for word, weight in _weighted(body):
        weights[word] += weight
    for text, weight in terms:
        for word in _words(text):
            weights[word] = max(weights[word], weight)
    added: Counter[str] = Counter()
    for word, weight in weights.items():
        for other in {*_spellings(word), *(compounds.parts(word) if lang == "da" else ())}:
            added[other] += weight
            for spelling in _spellings(other):
                added[spelling] += weight
    for text, weight in terms:
        for word in _words(text):
            added[word] = max(added[word], weight)
    return {word: min(weight, 10) for word, weight in added.items()}


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


def _document(entry: Entry, body: HtmlElement, compounds: Vocabulary) -> str:
    """The page as Pagefind reads it."""
    by_weight: dict[int, list[str]] = defaultdict(list)
    for word, weight in sorted(added_words(body, entry.lang, entry.terms, compounds).items()):
        by_weight[weight].append(word)
    fields = {"description": entry.description, "kind": entry.kind, "topic": entry.topic or "–"}
    body.append(builder.DIV("·", id=WORDS))
    body.append(builder.P(topic_word(entry.topic)))
    for weight, words in sorted(by_weight.items()):
        body.append(builder.P(" ".join(words), {"data-pagefind-weight": str(weight)}))
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


def _weighted(body: HtmlElement) -> Iterator[tuple[str, int]]:
    for element in body.iter("*"):
        weight = next((WEIGHTS[e.tag] for e in (element, *element.iterancestors()) if e.tag in WEIGHTS), 1)
        for text in (element.text, element.tail if element is not body else None):
            for word in _words(text or ""):
                yield word, weight


_WORD = re.compile(r"[^\W\d_]{3,}")
_LONG = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
_SHORT = str.maketrans({"æ": "ae", "ø": "o"})
"""Pagefind itself reads å as a."""


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _spellings(word: str) -> set[str]:
    """The word as it is typed without æ, ø and å."""
    return {word.translate(_LONG), word.translate(_SHORT)} - {word, word.replace("å", "a")}


def _text(element: HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())
