"""A page as MkDocs sees it, whose text is converted, and whose template is rendered, only when that changes it.

MkDocs makes every page in every build. Here a page is kept by trace (see `knowledge.render`): at
1,000 articles a language a warm build takes a tenth of the time of a cold one. tests/test_cache.py
holds warm sites against cold ones, tests/test_reproducible.py MkDocs against ProperDocs.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from typing import TypeVar

import jinja2
from mkdocs.exceptions import Abort
from mkdocs.structure import pages

import reads
from knowledge.checks.configuration import logged
from knowledge.checks.html import located
from knowledge.content.article import Article
from knowledge.core.cache import Ask
from knowledge.core.fingerprint import digest
from knowledge.core.language import Language
from knowledge.markdown.fault import Fault
from knowledge.markdown.needed import needed
from knowledge.outputs.output import Output
from knowledge.pages.parts import ContentsHeading
from knowledge.pages.view import PageText, Rendered, View
from knowledge.render import Renderer, Template, TextSource
from others import Others, Stopped

T = TypeVar("T")
UNREAD = Rendered("", (), frozenset(), {})
"""Of a text that could not be converted."""


class KeptPage(pages.Page):
    """A page that reads its source through the library and its text through the cache."""

    renderer: Renderer
    others: Others
    source: TextSource
    """What its text is converted from."""
    rendered: Rendered
    """What is known of its text."""
    tell: Callable[[str], None] = print
    """Takes why it could not be made, in a preview."""
    failure: str = ""
    text: PageText | None = None
    """The text itself, where other plugins take part in it."""

    @classmethod
    def of(cls, file, config, files, renderer: Renderer, others: Others) -> KeptPage:
        """The page of a file, which MkDocs' navigation and loop will use."""
        page = cls(None, file, config)
        page.renderer, page.others = renderer, others
        page.tell = getattr(getattr(config, "preview", None), "fail", print)
        page._prepare(renderer.build.article(file.src_uri)[0][renderer.lang].body, config, files)
        return page

    def _prepare(self, markdown: str, config, files) -> None:
        article, _ = self.renderer.build.article(self.file.src_uri)
        convert = partial(self._convert, config, files)
        place = self.file.url, self.file.dest_uri, _template(article, self.renderer.lang)
        self.source = TextSource(article, markdown, *place, _finder(files), convert, self.edit_url)

    @property
    def may_wait(self) -> bool:
        """Whether it need not be made before somebody asks for it: the server reads 404.html, static-i18n the home."""
        return self.file.dest_uri.endswith("index.html") and self.source.article.kind != "home"

    def read_source(self, config) -> None:
        """The library has read the file already."""
        words = self.source.article[self.renderer.lang].words
        self.markdown = self.source.markdown if "page_markdown" in self.others.events else ""
        self.meta = words.model_dump(exclude_unset=True) if self.others.see_pages else {"title": words.title}
        self.meta["template"] = self.source.template

    def render(self, config, files) -> None:
        """Take the text as it was kept, or convert it."""
        if "page_markdown" in self.others.events:
            self._prepare(self.markdown or "", config, files)
        self.take_text()
        self.content = ""
        if "page_content" in self.others.events:
            self.text = self.renderer.whole(self.source, self.rendered)
            self.content = self.text.html
        self.present_anchor_ids = set(self.rendered.anchors)
        links = {} if self.source.article.is_draft else self.rendered.links
        self.links_to_anchors = {files.src_uris.get(path): found for path, found in links.items()}

    def take_text(self) -> None:
        """Take the text as it was kept, or convert it; its page need not be made yet."""
        self.rendered = self.attempt(lambda: self.renderer.text(self.source), UNREAD)

    def attempt(self, make: Callable[[], T], instead: T) -> T:
        """In a preview a page that fails stays as it was, and keeps no other from following its edit; so does a draft,
        which may be unfinished."""
        if not self.renderer.build.is_preview and not self.source.article.is_draft:
            return make()
        if self.failure:
            return instead
        try:
            return make()
        except Exception as error:
            kind = "" if isinstance(error, Stopped) else f"{type(error).__name__}: "
            self.failure = f"docs/{self.file.src_uri}: {kind}{error}"
            self.tell(self.failure)
            return instead

    def _convert(self, config, files, ask: Ask) -> tuple[PageText, Rendered, bool]:
        """The text, converted by MkDocs; one about which it warned is not kept, so that the warning is repeated."""
        faults: list[Fault] = []
        ask = reads.unnoted(ask)
        questions, extensions = self.renderer.extensions(self.source.article.key, self.source.url, ask, faults.append)
        own = copy.copy(config)
        own["markdown_extensions"] = needed([*config["markdown_extensions"], *extensions], self.source.markdown)
        converted = pages.Page(None, copy.copy(self.file), config)
        converted.markdown = self.source.markdown
        with _passed_on(is_told=not self.source.article.is_draft) as messages, reads.noted(ask):
            converted.render(own, _Files(files, ask))  # type: ignore[arg-type]  # It asks for files by their path only.
            for problem in located(faults, self.source.article[self.renderer.lang]):
                logging.getLogger("mkdocs.structure.pages").warning(str(problem))
        text = PageText(converted.content or "", _headings(converted.toc), questions.questions)
        links = {target.src_uri: found for target, found in (converted.links_to_anchors or {}).items()}
        asked = tuple(question.asked for question in text.questions)
        ids = frozenset(converted.present_anchor_ids or ())
        return text, Rendered(digest(text), asked, ids, links), not messages


def _template(article: Article, lang: Language) -> str:
    """The name of a page's template."""
    is_untranslated = article[lang].untranslated and not article.is_withdrawn
    return "untranslated.html" if is_untranslated else f"{article.kind}.html"


def _headings(toc) -> tuple[ContentsHeading, ...]:
    return tuple(ContentsHeading(link.id, link.title, _headings(link.children)) for link in toc)


def _finder(files) -> Callable[[str], tuple[str, str, int] | None]:
    """Answers what a link to a path of the source needs to know; it is asked often."""
    if not hasattr(files, "finder"):

        @cache
        def find(path: str) -> tuple[str, str, int] | None:
            file = files.get_file_from_path(path)
            return file and (file.src_uri, file.url, file.inclusion.value)

        files.finder = find
    return files.finder


class _Files:
    """The files that a text may link to; each look-up is recorded."""

    def __init__(self, files, ask: Ask):
        self._files, self._ask = files, ask

    def get_file_from_path(self, path: str):
        self._ask("file", path)
        return self._files.get_file_from_path(path)


@contextmanager
def _passed_on(is_told: bool) -> Iterator[list[logging.LogRecord]]:
    """What MkDocs logs meanwhile; it is passed on afterwards, unless only the checks tell it."""
    try:
        with logged(logging.INFO) as messages:  # A warning that nobody can see must be repeated by a later build, too.
            yield messages
    finally:
        for message in messages if is_told else ():
            if logging.getLogger("mkdocs").isEnabledFor(message.levelno):
                logging.getLogger(message.name).handle(message)


class KeptTemplates:
    """Stands in for Jinja's environment in MkDocs' loop over pages: a page's template renders its view."""

    def __init__(self, env: jinja2.Environment, output: Output, others: Others):
        self._env, self._output, self._others = env, output, others

    def prepare(self, made: list[KeptPage]) -> None:
        """Render ahead what is not kept, if that is much."""
        if made and not self._others.see_pages:
            made[0].renderer.prepare_pages(list(map(self._row, made)), self._output)

    def make(self, page: KeptPage) -> None:
        """Make a page that has waited for somebody to ask for it."""
        if made := page.attempt(lambda: self._page(page, {}), ""):
            self._output.renew(page.file.dest_uri, made.encode())

    def get_template(self, name: str) -> KeptTemplates:
        """For MkDocs; the page knows its template, and so does `render`."""
        return self

    def render(self, context) -> str:
        """The page of a context; nothing where it stands in the site already."""
        page = context["page"]
        return "" if page.failure else page.attempt(lambda: self._page(page, context), "")

    def _page(self, page: KeptPage, context) -> str:
        if self._others.see_pages:
            text = page.text or page.renderer.whole(page.source, page.rendered)
            if "page_content" in self._others.events:
                text = PageText(page.content or "", text.contents, text.questions)
            view = page.renderer.view(page.source, text, page.renderer.build.queries.ask)
            return self._rendered(page.source.template, view, context)
        # None is up to date that somebody changes after it was rendered.
        output = None if "post_page" in self._others.events else self._output
        return page.renderer.page(*self._row(page), output)

    def _row(self, page: KeptPage) -> tuple[TextSource, Rendered, Template]:
        return page.source, page.rendered, partial(self._rendered, page.source.template)

    def _rendered(self, name: str, view: View, context=()) -> str:
        """A page; MkDocs would leave out one that is empty, without a word."""
        made = self._env.get_template(name).render(context, view=view)
        if not made.strip():
            raise Abort(f"{name} makes an empty page, which the site would lack; correct the template")
        return made
