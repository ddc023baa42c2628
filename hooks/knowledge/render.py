"""The renderer: the texts and pages of one language, made now or taken from the cache.

A text is a function of its Markdown and of the answers to its queries (labels of citations, terms,
targets of links); a page of its text, its own files and its queries. Both are kept by trace.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from markdown.extensions import Extension

from .build import Build
from .content.article import Article
from .core.cache import Ask
from .core.fingerprint import checksum, checksum_of, code, digest
from .core.language import Language
from .core.worker import in_parallel
from .markdown.checklist import ChecklistExtension
from .markdown.citation import CitationsExtension
from .markdown.fault import Fault
from .markdown.figure import FiguresExtension
from .markdown.foreign import ForeignExtension
from .markdown.github import GitHubExtension
from .markdown.needed import NeededExtension
from .markdown.picture import PicturesExtension
from .markdown.question import QuestionsExtension
from .markdown.recording import RecordingsExtension
from .markdown.safe import SafeExtension
from .markdown.stale import StaleExtension
from .markdown.table import TablesExtension
from .markdown.term import TermsExtension
from .markdown.vocabulary import VocabularyExtension
from .outputs.feeds import absolute, newest
from .outputs.output import Output
from .outputs.search.piece import Stretch, sections
from .pages.queries import Recorder
from .pages.view import PageText, Rendered, View
from .pages.views import view

Convert = Callable[[Ask], tuple[PageText, Rendered, bool]]
"""Converts a text, given how it asks; says also whether what came of it may be kept."""
SECTIONS = tuple[Stretch, ...]
Template = Callable[[View], str]
"""Renders a page."""


@dataclass(frozen=True)
class TextSource:
    """What a text is converted from."""

    article: Article
    markdown: str
    """The body, as other plugins may have changed it."""
    url: str
    """Where the page stands: links are relative to it."""
    path: str
    """Where the page goes, below the site's folder."""
    template: str
    """The name of the page's template."""
    find: Callable[[str], tuple[str, str, int] | None]
    """What a link needs to know of the file at a path."""
    convert: Convert
    edit: str | None = None
    """Where the page's file is edited."""


@dataclass
class Renderer:
    """Makes the texts and pages of one language.

    Attributes:
        settings: the fingerprint of the whole resolved configuration.
    """

    build: Build
    lang: Language
    settings: str
    feed_texts: dict[str, str] = field(default_factory=dict)
    """The texts of the newest articles, as the feeds tell them, by key."""
    _texts: dict[str, PageText] = field(default_factory=dict)
    """Texts that were converted in this build, by key, until their page is made."""
    _kept: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    """Names of texts' traces, and their keys where they are true, by the texts' key, until they are taken."""
    _standing: set[str] = field(default_factory=set)
    """Paths of pages that the output holds."""

    def __post_init__(self) -> None:
        self._in_feeds = {article.key for article in newest(self.build.site, self.lang)}

    # --- Texts ------------------------------------------------------------------------------

    def extensions(
        self, key: str, url: str, query: Ask, report: Callable[[Fault], object]
    ) -> tuple[QuestionsExtension, list[Extension]]:
        """What of ours takes part in converting a page's text, and the one that gathers its questions."""
        questions, lang = QuestionsExtension(), self.lang
        return questions, [
            questions,
            ChecklistExtension(),
            FiguresExtension(),
            CitationsExtension(lambda source: query("mark", source, key, lang)),
            TablesExtension(),
            TermsExtension(lambda: query("terms", key, lang)),
            ForeignExtension(lambda: query("foreign", lang)),
            StaleExtension(lambda: query("stale", key, lang)),
            VocabularyExtension(lambda: query("vocabulary", lang)),
            PicturesExtension(url, lambda path: query("shown", path), lambda: query("vocabulary", lang)),
            RecordingsExtension(url, lambda path: query("attached", path, lang), lambda: query("vocabulary", lang)),
            GitHubExtension(report),
            SafeExtension(report),
            NeededExtension(),
        ]

    def prepare_texts(self, sources: Sequence[TextSource]) -> None:
        """Convert ahead what is not kept, if that is much."""
        kept = self.build.kept
        names = [self._text_name(source) for source in sources]
        kept.read_ahead(names)
        for source, name in zip(sources, names, strict=True):
            self._kept[source.article.key] = name, kept.traced_key(name, partial(self._fingerprint, source))
        in_parallel(kept, [partial(self.text, source) for source in sources if not self._kept[source.article.key][1]])
        kept.read_ahead(key for _, key in self._kept.values() if key)

    def text(self, source: TextSource) -> Rendered:
        """What everybody but its own page needs to know of a page's text."""
        key, kept = source.article.key, self.build.kept

        def make(record: Ask) -> tuple[Rendered, bool]:
            text, rendered, may_be_kept = source.convert(record)
            self._texts[key] = text
            if may_be_kept:
                kept.store(rendered.digest, text)
            self._note_sections(source, rendered, text)
            return rendered, may_be_kept

        ask, fingerprint = partial(self._ask, source), partial(self._fingerprint, source)
        name, found = self._kept.pop(key) if key in self._kept else (self._text_name(source), None)
        rendered, _ = kept.traced(name, Rendered, ask, make, fingerprint, key=found)
        assert rendered
        if (self.lang, key) not in self.build.sections:
            self._note_sections(source, rendered)
        self.build.queries.asked[self.lang, key] = rendered.asked
        if source.article.kind == "article" and source.article.topic in self.build.library.booklets:
            self.build.queries.texts[self.lang, key] = self.whole(source, rendered).html
        if key in self._in_feeds:
            address = self.build.site.address(source.article, self.lang)
            name = digest("feed", code(), rendered.digest, address)
            self.feed_texts[key] = kept.value(name, str, lambda: absolute(self.whole(source, rendered).html, address))
        return rendered

    def _note_sections(self, source: TextSource, rendered: Rendered, text: PageText | None = None) -> None:
        """Say what the search makes of a page's text; at once where it was just converted."""
        if self.build.is_quick:
            return
        name, kept = digest("sections", code(), rendered.digest), self.build.kept

        def make() -> tuple[Stretch, ...]:
            whole = text or self.whole(source, rendered)
            return sections(whole.html, frozenset(question.id for question in whole.questions))

        made = kept.value(name, SECTIONS, make) if text else None
        keep = (lambda: made) if made is not None and not kept.file else partial(kept.value, name, SECTIONS, make)
        self.build.sections[self.lang, source.article.key] = rendered.digest, keep

    def whole(self, source: TextSource, rendered: Rendered) -> PageText:
        """A page's text itself, which a build need not read for a page that is up to date."""
        if source.article.key in self._texts:
            return self._texts[source.article.key]
        return self.build.kept.value(rendered.digest, PageText, lambda: source.convert(partial(self._ask, source))[0])

    def _text_name(self, source: TextSource) -> str:
        body = checksum(source.markdown.encode())
        return digest("text", code(), self.settings, source.article.key, self.lang, source.url, body)

    def _ask(self, source: TextSource, kind: str, *about: Any) -> Any:
        if kind == "read":
            return None  # An extension has read the file itself.
        return source.find(*about) if kind == "file" else self.build.queries.ask(kind, *about)

    def _fingerprint(self, source: TextSource, kind: str, *about: str) -> str:
        if kind == "read":
            return checksum_of(*about)
        return repr(source.find(*about)) if kind == "file" else self.build.queries.fingerprint(kind, *about)

    # --- Pages ------------------------------------------------------------------------------

    def prepare_pages(self, pages: Sequence[tuple[TextSource, Rendered, Template]], output: Output) -> None:
        """Make ahead what is not kept, if that is much; every text of the language must have been."""
        kept, queries = self.build.kept, self.build.queries
        missing = []
        names = [self._page_name(source, rendered) for source, rendered, _ in pages]
        kept.read_ahead(names)
        for name, page in zip(names, pages, strict=True):
            path, key = page[0].path, kept.traced_key(name, queries.fingerprint)
            if not key:
                missing.append(page)
            elif output.is_up_to_date(path, key):
                self._standing.add(path)
        in_parallel(kept, [partial(self.page, *page, output) for page in missing])

    def page(self, source: TextSource, rendered: Rendered, render: Template, output: Output | None) -> str:
        """A page, made now or before.

        Args:
            output: where it may be up to date; None: the page itself is wanted.

        Returns:
            The page, or nothing where the output holds it.
        """
        path = source.path
        if output and path in self._standing:
            return ""

        def make(record: Ask) -> tuple[str, bool]:
            return render(self.view(source, self.whole(source, rendered), record)), True

        kept, queries = self.build.kept, self.build.queries
        name = self._page_name(source, rendered)
        is_up_to_date = partial(output.is_up_to_date, path) if output else lambda key: False
        page, key = kept.traced(name, str, queries.ask, make, queries.fingerprint, is_up_to_date)
        self._texts.pop(source.article.key, None)  # All texts would be most of what a large site holds in memory.
        if output:
            output.keys[path] = key or ""
        return page or ""

    def view(self, source: TextSource, text: PageText, ask: Ask) -> View:
        """Everything that a page's template shows."""
        return view(source.article, self.lang, text, Recorder(ask), source.edit)

    def _page_name(self, source: TextSource, rendered: Rendered) -> str:
        article = source.article
        own = article[self.lang].digest, article.original.head, article.written, rendered.digest
        return digest("page", self.build.looks, self.settings, source.template, article.key, self.lang, own)
