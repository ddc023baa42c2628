"""An entry: a page as the search finds it, or a term of the glossary or a source, which are found on their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple

from ...content.article import Article
from ...content.library import Library
from ...content.record import seen_texts
from ...core.cache import NO_CACHE, Cache
from ...core.fingerprint import code, digest
from ...core.language import Language, known
from ...pages.references import References
from .piece import Piece, Stretch
from .words import step_word

ELSEWHERE = frozenset({"title", "description", "label", "image_alt"})
"""Front matter that is no part of a page's text: all else that readers see is."""

WIDELY = 30
"""What readers type in a language that many others read too: the first of a page, which come to mind first."""

Sections = tuple[str, Callable[[], Sequence[Stretch]]]
"""A page's text: its fingerprint, and the sections that it is taken apart into."""


class EntryText(NamedTuple):
    """What is said of an entry."""

    fingerprint: str
    piece: Callable[[], Piece]
    key: str = ""
    """Under which the piece is kept, where that is worth it."""


@dataclass(frozen=True)
class Sought:
    """Words by which an entry is looked for; the page shows them to nobody."""

    text: str
    kind: str
    """`search`: as readers put it; `term`: a concept of the article; `other`: of the other language."""
    section: str = ""
    """The question that they are about, by its id."""

    place: int = 0
    """Of a concept: its place among the article's, the weightiest first."""

    @property
    def worth(self) -> str:
        """What standing in them tells of a word."""
        return "typed" if self.kind == "search" and not self.section else "other" if self.kind == "other" else "asked"


@dataclass(frozen=True)
class Entry:
    """What is found, in one language."""

    lang: Language
    path: str
    """Below the site's root, with the place in the page."""
    kind: str
    topic: str
    """The topic's name in this language, by which results are narrowed, or an empty string."""
    title: str
    description: str
    """What a result says where no sentence of the text fits better."""
    asked: tuple[Sought, ...]
    text: EntryText
    linked: int = 0
    """How many pages lead to it: of what promises the same, that comes first to which most do."""

    @cached_property
    def fingerprint(self) -> str:
        """What its record in the index is made of."""
        own = self.lang, self.path, self.kind, self.topic, self.title, self.description
        return digest(own, self.asked, self.text.fingerprint, self.linked)


def entries(
    library: Library,
    lang: Language,
    texts: Mapping[str, Sections],
    references: References,
    kept: Cache = NO_CACHE,
) -> Iterator[Entry]:
    """Everything that is found in a language, in the order of keys."""
    linked = Counter(key for article in library.articles.values() for key in article.links)
    for _, article in sorted(library.articles.items()):
        if not article.is_searched or not article.is_in(lang):
            continue
        topic = library.topics[article.topic][lang].words if article.topic else None
        words = article[lang].words
        said = "\n".join(text for place, text, _ in seen_texts(words) if place[0] not in ELSEWHERE)
        help_lines = library.help if article.kind == "help" else ()
        called = ((line[lang].name, line.number, line[lang].what) for line in help_lines)
        numbers = "\n".join(". ".join(filter(None, line)) for line in called)
        yield Entry(
            lang,
            library.path(article, lang),
            article.kind,
            (topic.label or topic.title) if topic else "",
            words.title,
            words.description,
            tuple(_asked(library, article, lang)),
            _with(texts[article.key], said, numbers, lang, kept),
            linked[article.key],
        )
    yield from _terms(library, lang)
    yield from _sources(library, lang, references)


def _asked(library: Library, article: Article, lang: Language) -> Iterator[Sought]:
    others, label, step = library.languages.others(lang), article[lang].words.label, article.shared.step
    typed = [label] if label else []
    typed += [f"{step_word(lang)} {step}"] if step else []
    typed += library.phrases.get(lang, {}).get(article.key, ())
    typed += [line[lang].name for line in library.help if article.kind == "help"]
    yield from (Sought(text, "search") for text in typed)
    for question, phrases in library.question_phrases(article.key, lang).items():
        yield from (Sought(phrase, "search", question) for phrase in phrases)
    for other in others:
        theirs = library.phrases.get(other, {}).get(article.key, ()) if known(other).get("read_widely") else ()
        yield from (Sought(text, "other") for text in (article[other].words.title, *theirs[:WIDELY]))
    for place, key in enumerate(article.shared.concepts):
        terms = library.concepts[key]
        yield from (Sought(text, "term", place=place) for text in dict.fromkeys(terms[lang].words))
        elsewhere = dict.fromkeys(text for other in others for text in terms[other].words)
        yield from (Sought(text, "other", place=place) for text in elsewhere)


def _with(text: Sections, said: str, numbers: str, lang: Language, kept: Cache) -> EntryText:
    """A text with what its page says besides: the signs of a step of the ladder, the numbers of the help page."""
    fingerprint, sections = text
    if said or numbers:
        fingerprint = digest(fingerprint, said, numbers)
    key = digest("piece", code(), fingerprint, lang)

    def make() -> Piece:
        found = [*sections()]
        if said or numbers:
            lead = found.pop(0) if found and not found[0].id else Stretch("", "", False, "")
            found.insert(0, Stretch("", "", False, f"{lead.text}\n{said}".strip()))
        if numbers:
            found.append(Stretch("numbers", "", False, numbers))
        return Piece.of(found, lang)

    return EntryText(fingerprint, partial(kept.value, key, Piece, make), key)


def _terms(library: Library, lang: Language) -> Iterator[Entry]:
    """The terms of the glossary."""
    glossary = next(iter(library.of_kind("glossary")), None)
    if not glossary or not glossary.is_in(lang):
        return
    path, others = library.path(glossary, lang), library.languages.others(lang)
    for key, concept in sorted(library.concepts.items()):
        term = concept[lang]
        elsewhere = dict.fromkeys(text for other in others for text in concept[other].words)
        asked = [Sought(text, "term") for text in dict.fromkeys(term.words[1:])]
        asked += [Sought(text, "other") for text in elsewhere]
        text = _text(term.definition, lang)
        yield Entry(lang, f"{path}#{key}", "term", "", term.term, term.definition, tuple(asked), text)


def _sources(library: Library, lang: Language, references: References) -> Iterator[Entry]:
    """The sources, which are looked for by author and title."""
    sources = next(iter(library.of_kind("sources")), None)
    if not sources or not sources.is_in(lang):
        return
    path = library.path(sources, lang)
    for key, source in sorted(library.sources.items()):
        title, shows = references.entry(key), source.shows[lang]
        yield Entry(lang, f"{path}#source-{key}", "source", "", title, shows, (), _text("", lang))


def _text(text: str, lang: Language) -> EntryText:
    return EntryText(digest(text), lambda: Piece.of([Stretch("", "", False, text)], lang))
