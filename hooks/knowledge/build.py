"""A build: everything that the pages of one build share, from the first file to the last page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markupsafe import Markup

from .checks.check import check
from .content import urls
from .content.article import Article, Translation
from .content.library import Library
from .content.site import Site
from .content.translation_state import read, stale
from .core.cache import NOTHING_KEPT, Ask, Cache, cache
from .core.fingerprint import code, digest, files
from .core.language import LANGUAGES, Language
from .core.problems import Problem, has_errors, stop_on_errors
from .core.strings import read_strings
from .core.worker import Helper
from .markdown.citation import CitationsExtension
from .markdown.foreign import ForeignExtension, marked
from .markdown.plain import PlainTextExtension
from .markdown.question import QuestionsExtension
from .markdown.stale import StaleExtension
from .markdown.table import TablesExtension
from .markdown.term import TermsExtension
from .outputs import hosting
from .outputs.assets import Assets
from .outputs.feeds import absolute, feeds, newest
from .outputs.font import Font
from .outputs.output import Output
from .outputs.search import index as search
from .outputs.sitemap import listed, sitemap
from .outputs.social import Pictures
from .pages.blocks import Blocks
from .pages.queries import Answers, Asking
from .pages.references import References
from .pages.view import Rendered, Text, View
from .pages.views import view
from .relations import stem
from .relations.nearness import is_worth_keeping, nearness, stems_of
from .relations.related import related

FIRST_SCRIPT = "partials/first.js"
"""The one script that stands in the page itself: it must run before the first paint."""
TITLE_FONT, ICON, SOCIAL = "assets/fonts/literata-600.woff2", "assets/icon.svg", "social.svg"
"""What social pictures are drawn with."""
SERVED = "served"
"""The setting `preview` of `mkdocs serve`, which builds again and again: what it made stays in memory."""
PAGES = ("index", "help", "faq", "search", "articles", "privacy", "self-check", "glossary", "sources", "about")
"""Pages outside the topics to which the templates link."""


@dataclass(repr=False)
class Build:
    """One build of the site in all its languages."""

    library: Library
    site: Site
    docs: Path
    assets: Assets
    answers: Answers
    pictures: Pictures
    bodies: dict[Language, dict[str, str]] = field(default_factory=lambda: {lang: {} for lang in LANGUAGES})
    """The texts of the newest articles, as the feeds tell them."""
    reading: tuple[str, Language] = ("index", "da")
    """The page that is being rendered: its key and language."""
    redirect: Callable[..., str] = str
    """Renders a redirect page; MkDocs gives it once it has made its Jinja environment."""
    questions: QuestionsExtension = field(default_factory=QuestionsExtension)
    """Finds the questions of the text that is being rendered."""
    extensions: list[Extension] = field(default_factory=list)
    markdown: str = ""
    """The settings of the Markdown converter, for the cache."""
    converter: Markdown | None = None
    """The Markdown converter, used for all pages in turn."""
    kept: Cache = NOTHING_KEPT
    helper: Helper = field(default_factory=lambda: Helper(NOTHING_KEPT, ()))
    """Does texts, then pages, from the other end."""
    output: Output | None = None
    is_whole: bool = True
    """Whether there is no error in the content, so that no page is missing."""
    pages: list[Any] = field(default_factory=list)
    """Files of the pages of the language that is being built, without the home page."""
    beside: dict[str, Any] = field(default_factory=dict)
    """Files that are no pages, by path: pictures beside articles, and our assets."""
    ask: Ask = field(init=False)
    """How the text that is being rendered learns of anything outside itself."""
    _texts: dict[str, Text] = field(default_factory=dict)
    """Texts that were rendered in this build, by file, until their page is made."""
    _again: dict[str, Callable[[], Text]] = field(default_factory=dict)
    """Render a text that was lost from the cache."""

    def __post_init__(self) -> None:
        self.ask = self.answers

    @classmethod
    def open(
        cls,
        config_file: Path,
        docs: Path,
        overrides: Path,
        site_url: str,
        name: str,
        extra: Mapping[str, Any],
        tell: Callable[[list[Problem]], None] = stop_on_errors,
    ) -> Build:
        """Read and check the content and the settings.

        Args:
            config_file: mkdocs.yml, which problems with its settings name.
            extra: its section `extra`.
            tell: is given everything that is wrong, and may raise.

        Raises:
            ProblemsFound: with everything that is wrong.
        """
        file = config_file.resolve().parent / ".cache/pages.sqlite" if extra.get("cache", True) else None
        kept = cache(file, remembers=extra.get("preview") == SERVED)
        library, problems = check(docs, kept)
        blocks, found = Blocks.read(extra, config_file, library, site_url)
        wrong = sorted({*problems, *found, *_missing_pages(library, extra, config_file)})
        tell(wrong)
        strings = read_strings(overrides / "strings")
        descriptions = {lang: strings[lang]["site_description"] for lang in LANGUAGES}
        site = Site(site_url, name, descriptions, library, blocks.publisher)
        drawn = Cache(overrides.parent / ".cache/social.sqlite")
        font = Font(overrides / TITLE_FONT, drawn)
        pictures = Pictures(site, strings, docs, overrides / ICON, overrides / SOCIAL, font, drawn)
        assets = Assets(overrides / "assets", site_url)
        first = (overrides / FIRST_SCRIPT).read_text("utf-8").removesuffix("\n")
        # A preview's page holds a script of MkDocs that reloads it.
        origins = (blocks.form_targets, blocks.comment_origins)
        policy = "" if extra.get("preview") else hosting.policy([first], *origins)
        articles = {a.key: a for a in library.of_kind("article")}

        def stems(text: Translation) -> str:
            return kept.object(digest("stems", code(), text.lang, text.digest), partial(stems_of, text))

        find = partial(nearness, articles, stems=stems)
        near = kept.latest(digest("nearness", code()), find, is_worth_keeping)
        stem.forget()
        stamped, lists = read(docs.parent), related(library, found=near)
        old = {key: tuple(stale(article, stamped.get(key))) for key, article in library.articles.items()}
        references = {lang: References(library.sources, lang, kept) for lang in LANGUAGES}
        answers = Answers(
            site, docs, extra, blocks, strings, lists, policy, pictures.cover, pictures.address, references, old
        )
        build = cls(library, site, docs, assets, answers, pictures, kept=kept, is_whole=not has_errors(wrong))
        build.extensions = [
            build.questions,
            CitationsExtension(lambda source: build.ask("mark", source, *build.reading)),
            TablesExtension(),
            TermsExtension(lambda: build.ask("terms", *build.reading)),
            ForeignExtension(lambda: build.ask("foreign", build.reading[1])),
            StaleExtension(lambda: build.ask("stale", *build.reading)),
            PlainTextExtension(),
        ]
        return build

    def article(self, src_uri: str) -> tuple[Article, Language]:
        """The article and the language of a file below `docs/`."""
        key, lang = src_uri.removesuffix(".md").rsplit(".", 1)
        return self.library[key], "en" if lang == "en" else "da"

    def destination(self, src_uri: str) -> str:
        """Where the page's HTML goes, below the site's folder."""
        path = self.library.path(*self.article(src_uri))
        return f"{path}index.html" if path.endswith("/") else path

    def awaited(self, lang: Language) -> list[str]:
        """Files of a language that are not written yet, below `docs/`."""
        return [a[lang].path for a in self.library.articles.values() if not a.is_in(lang)]

    def keeps(self, path: str | None) -> bool:
        """Whether a file that is no page goes into the site: pictures beside articles, and our assets."""
        return bool(path) and (Path(path).is_relative_to(self.docs) or self.assets.keeps(path))

    def text(
        self,
        src_uri: str,
        settings: tuple[str, ...],
        file: Callable[[str], Any],
        convert: Callable[[str, Ask], tuple[Text, Rendered, bool]],
    ) -> Rendered:
        """What is known of a page's text, rendered now or before.

        Args:
            settings: of the Markdown converter.
            file: answers what a link to a path needs to know of it.
            convert: renders Markdown, and says whether that may be kept.
        """
        article, lang = self.article(src_uri)
        address = self.site.address(article, lang)

        def ask(kind: str, *about: Any) -> Any:
            return file(*about) if kind == "file" else self.answers(kind, *about)

        def render(ask: Ask) -> tuple[Text, Rendered, bool]:
            self.reading, self.ask = (article.key, lang), ask
            text, rendered, may_be_kept = convert(article[lang].body, ask)
            for question in text.questions:
                question.answer(address)  # Kept with it.
            return text, rendered, may_be_kept

        def make(ask: Ask) -> tuple[Rendered, bool]:
            self._texts[src_uri], rendered, may_be_kept = render(ask)
            if may_be_kept:
                self.kept.store(rendered.digest, self._texts[src_uri])
            return rendered, may_be_kept

        name = digest("text", code(), src_uri, address, article[lang].digest, settings)
        rendered, _ = self.kept.traced(name, ask, make, is_small=True)
        self.helper.begin()
        self._again[src_uri] = lambda: render(ask)[0]
        self.answers.asked[lang, article.key] = rendered.asked
        if article.key in self._told[lang]:
            whole = partial(self._whole, src_uri, rendered)
            told = digest("feed", code(), rendered.digest, address)
            self.bodies[lang][article.key] = self.kept.object(told, lambda: absolute(whole().html, address))
        return rendered

    def _whole(self, src_uri: str, rendered: Rendered) -> Text:
        """A page's text itself, which a build need not read for a page that stands."""
        return self._texts.get(src_uri) or self.kept.object(rendered.digest, self._again[src_uri])

    @cached_property
    def _told(self) -> dict[Language, set[str]]:
        """The articles that feeds hold."""
        return {lang: {article.key for article in newest(self.site, lang)} for lang in LANGUAGES}

    def page(self, src_uri: str, path: str, rendered: Rendered, template: str, render: Callable[[View], str]) -> str:
        """A page, rendered now or before; every text of its language must have been.

        Args:
            path: where it goes, below the site's folder.
            render: the template's.

        Returns:
            Nothing, where the page stands in the site already.
        """
        article, lang = self.article(src_uri)

        def make(ask: Ask) -> tuple[str, bool]:
            return render(view(article, lang, self._whole(src_uri, rendered), Asking(ask))), True

        own = article[lang].digest, article[LANGUAGES[0]].head, article.is_paired, rendered.digest
        name = digest("page", self.looks, template, src_uri, own)
        page, known = self.kept.traced(
            name, self.answers, make, self.answers.known_by, stands=partial(self.output.stands, path)
        )
        self._texts.pop(src_uri, None)  # All pages' texts would be most of what a large site holds in memory.
        self.output.name(path, known or "")
        self.helper.begin()
        return page or ""

    @cached_property
    def looks(self) -> str:
        """The fingerprint of what all pages depend on: templates, assets, code, libraries."""
        return digest(code(), files(self.assets.folder.parent), self.library.foreign_words)

    def files(self, lang: Language) -> dict[str, bytes]:
        """What goes into the site beside the pages of a language: file contents by path."""
        files = feeds(self.site, lang, self.bodies[lang], self.pictures.address)
        if not self.answers.settings.get("preview"):  # where nobody sees them
            files |= self.pictures.files(lang)
        if lang == LANGUAGES[-1]:
            files |= self._files_of_all_languages()
        return files

    def redirects(self, lang: Language) -> dict[str, dict[str, str]]:
        """What the template of a redirect shows, by former path."""
        return {
            old: {
                "lang": lang,
                "href": urls.rooted(self.site.url, new),
                "canonical": urls.absolute(self.site.url, new),
                "title": self.site.name,
            }
            for old, new in hosting.moved(self.library).items()
            if old.startswith("en/") == (lang == "en")
        }

    def write_index(self, lang: Language, site: Path) -> None:
        """Write the search index once the last language's pages stand; a preview does without it, to stay quick."""
        if lang == LANGUAGES[-1] and not self.answers.settings.get("preview"):
            found = list(search.entries(self.library, site, self.output.names))
            skip = {code: words["search_skip"].split() for code, words in self.answers.strings.items()}
            for path, content in search.index(found, skip, self.library, self.kept).items():
                self.output.write(path, content)

    def close(self, lang: Language) -> None:
        """End the build once the last language's pages stand."""
        if lang == LANGUAGES[-1]:
            if self.is_whole:
                self.output.sweep()
            self.output.close()
            self.kept.trim()
            self.pictures.cache.trim()

    def _files_of_all_languages(self) -> dict[str, bytes]:
        texts = {
            **self.assets.made,
            "robots.txt": hosting.robots(self.site),
            "_headers": hosting.headers(self.site, self.answers.policy),
            "_redirects": hosting.redirects(self.site, hosting.moved(self.library)),
        }
        pages = listed(self.site)
        told = self.kept.get(digest("sitemap", code(), pages), partial(sitemap, pages))
        return {"sitemap.xml": told, **{path: text.encode() for path, text in texts.items()}}

    def foreign(self, text: str, lang: Language) -> Markup:
        """A plain text of a page in a language, as HTML with the other language's words marked."""
        return marked(text, *self.answers.foreign(lang))


def _missing_pages(library: Library, extra: Mapping[str, Any], config_file: Path) -> list[Problem]:
    pages = {*PAGES, *extra.get("footer", ()), *(f"{topic}/index" for topic in extra.get("topics", ()))}
    return [
        Problem(
            config_file.name, 1, 1, "pages", f"the page “{key}” is missing", f"write docs/{key}.da.md and {key}.en.md"
        )
        for key in sorted(pages - set(library.articles))
    ]
