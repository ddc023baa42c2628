"""A build: everything that the pages of one build share, from the first file to the last page."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from jinja2 import Template
from markupsafe import Markup

from .checks.check import CACHE, check
from .checks.html import MarkdownSettings
from .checks.looks import looks
from .checks.settings import without_effect
from .content import urls
from .content.article import Article, Translation
from .content.library import Library
from .content.public import is_public
from .content.settings import ConfigFile
from .content.site import Site
from .content.translation_state import read, stale
from .core.cache import NO_CACHE, Cache, cache
from .core.day import today
from .core.fingerprint import code, contents, digest
from .core.language import Language
from .core.problems import Problem, errors_of, stop_on_errors, told_once
from .core.strings import read_strings
from .markdown.foreign import marked
from .outputs import hosting
from .outputs.assets import Assets
from .outputs.feeds import feeds
from .outputs.font import Font
from .outputs.output import Output
from .outputs.photographs import Photographs
from .outputs.plain import llms, llms_path, plain_pages
from .outputs.search import index as search
from .outputs.search import need
from .outputs.search.entry import Sections, entries
from .outputs.social import Pictures
from .pages.blocks import DATA
from .pages.queries import Queries
from .pages.references import References
from .pages.settings import Beginning, Settings
from .relations import stem
from .relations.nearness import Nearness, is_worth_keeping, nearness, stems_of
from .relations.related import Suggestion, related

FIRST_SCRIPT = "partials/first.js"
"""The one script that stands in the page itself: it must run before the first paint."""
TITLE_FONT, ICON, SOCIAL = "assets/fonts/literata-600.woff2", "assets/icon.svg", "social.svg"
"""What social pictures are drawn with."""
PHOTOGRAPHS = ".cache/photographs.sqlite"
"""Beside the templates: what was made of photographs."""
KEPT, KEPT_OF_A_PAGE = 250_000_000, 1_000_000
"""Bytes that are kept for the next build, of all pages and of each, and so of their social pictures: three times what
one needs, for other branches and former versions of the code. Photographs may need more."""
SERVED = "served"
"""The setting `preview` of `mkdocs serve`, which builds again and again: what it made stays in memory."""


@dataclass(frozen=True, repr=False)
class Build:
    """What all pages of a build share: everything that was read, and the queries about it."""

    library: Library
    site: Site
    docs: Path
    assets: Assets
    queries: Queries
    pictures: Pictures
    kept: Cache = NO_CACHE
    is_preview: bool = False
    """Whether `mkdocs serve` builds, which shows what it can."""
    is_whole: bool = True
    """Whether there is no error in the content, so that no page is missing."""
    sections: dict[tuple[Language, str], Sections] = field(default_factory=dict)
    """Each page's text for the search, by language and key, filled as texts are rendered."""
    indexes: dict[Language, search.Index] = field(default_factory=dict)
    """The search index of each language, begun once its texts are known."""

    @classmethod
    def open(
        cls,
        config_file: Path,
        docs: Path,
        overrides: Path,
        values: Mapping[str, Any],
        tell: Callable[[list[Problem]], None] | None = None,
        markdown: MarkdownSettings | None = None,
    ) -> Build:
        """Read and check the content and the settings.

        Args:
            values: its settings, as MkDocs resolved them.
            tell: of a preview, which goes on: is given what cannot be read. Its panel looks for all else meanwhile.
            markdown: how texts are converted: of a build that stops it is told, too, what only a conversion finds.

        Raises:
            ProblemsFound: with everything that is wrong.
        """
        extra, languages = values["extra"], values["languages"]
        file = config_file.resolve().parent / CACHE if extra.get("cache", True) else None
        kept = cache(file, remembers=extra.get("preview") == SERVED)
        begun = Beginning.read(values, ConfigFile.read(config_file), docs, overrides)
        library, settings, is_whole = _read(begun, docs, overrides, kept, tell, markdown)
        strings = read_strings(overrides / "strings", languages, begun.given.words())
        descriptions = {lang: strings[lang]["site_description"] for lang in languages}
        site = Site(values["site_url"], begun.given.site_name, descriptions, library, settings.blocks.publisher)
        pictures = _pictures(site, settings, strings, docs, overrides)
        assets = Assets(overrides / "assets", site.url, library.crisis_words, settings.theme.css, languages, kept)
        first = (overrides / FIRST_SCRIPT).read_text("utf-8", "replace").removesuffix("\n")
        # A preview's page holds a script of MkDocs that reloads it.
        policy = "" if extra.get("preview") else hosting.policy([first], settings.blocks.policy)
        stamped = read(docs.parent)[0]
        old = {key: tuple(stale(article, stamped)) for key, article in library.articles.items()}
        references = {lang: References(library.sources, lang, kept) for lang in languages}
        found = strings, _related(library, kept), policy, pictures.drawing, pictures.address, references, old
        queries = Queries(site, docs, settings.extra, settings.blocks, settings.theme, *found)
        return cls(library, site, docs, assets, queries, pictures, kept, kept.remembers, is_whole)

    def article(self, src_uri: str) -> tuple[Article, Language]:
        """The article and the language of a file below `docs/`."""
        key, lang = src_uri.removesuffix(".md").rsplit(".", 1)
        return self.library[key], lang

    def destination(self, src_uri: str) -> str | None:
        """Where the HTML of a file below `docs/` goes, below the site's folder; None where it is no page that could be
        read."""
        key, _, lang = src_uri.removesuffix(".md").rpartition(".")
        if not src_uri.endswith(".md") or lang not in self.library.languages or key not in self.library.articles:
            return None
        path = self.library.path(self.library[key], lang)
        return f"{path}index.html" if not path or path.endswith("/") else path

    def untranslated(self, lang: Language) -> list[str]:
        """Files of a language that are not written yet, below `docs/`."""
        return [a[lang].path for a in self.library.articles.values() if not a.is_in(lang)]

    def pages(self, lang: Language) -> set[str]:
        """The files of a language's pages, below `docs/`."""
        return {article[lang].path for article in self.library.articles.values()}

    def is_medium(self, path: str | None) -> bool:
        """Whether a file that is no page goes into the site beside pages: a picture, sound, a film."""
        below = (path or "").removeprefix(f"{self.docs}{os.sep}")
        return below != path and below.replace(os.sep, "/") in self.library.media

    @cached_property
    def looks(self) -> str:
        """The fingerprint of what all pages depend on: templates, assets, code, libraries."""
        return digest(
            code(), contents(self.assets.folder.parent), self.library.foreign_words, self.library.crisis_words
        )

    @property
    def is_quick(self) -> bool:
        """Whether it makes neither search nor social pictures: a preview, where nobody sees them."""
        return bool(self.queries.settings.get("preview"))

    def write(
        self, lang: Language, texts: Mapping[str, str], template: Callable[[str], Template], output: Output
    ) -> None:
        """Write what stands beside the pages of a language, and with the last one what stands beside all.

        Args:
            texts: of the newest articles, by key, for feeds.
            template: gives the template of a name.
        """
        files = feeds(self.site, lang, texts, self.pictures.address)
        files[llms_path(self.site, lang)] = llms(self.site, lang).encode()
        for former, path in hosting.moved(self.library, [lang]).items():
            href, canonical = urls.rooted(self.site.url, path), urls.absolute(self.site.url, path)
            page = template("redirect.html").render(lang=lang, href=href, canonical=canonical, title=self.site.name)
            files[f"{former}index.html"] = page.encode()
        is_last = lang == self.library.languages[-1]
        for path, content in (files | (self._files_of_all_languages() if is_last else {})).items():
            output.write(path, content)
        made = plain_pages(self.site, lang, self.queries.references[lang])
        for path, name, make in (*made, *(self._made_of_all_languages() if is_last else ())):
            output.write_once(path, name, make)
        if is_last and not self.is_quick:
            self.pictures.write(template("social.svg").render, output)
            self._write_index(output)

    def write_photographs(self, output: Output) -> None:
        """Write the photographs that pages show, once all texts have been asked about."""
        shown = sorted(self.queries.photographs_shown | {a.cover for a in self.library.articles.values()})
        found = (self.library.photographs.get(path) for path in shown)
        self.pictures.photographs.write(filter(None, found), output)

    def begin_index(self, lang: Language) -> None:
        """Begin the search index of a language, once its texts are known; a preview has none, to stay quick."""
        if self.is_quick:
            return
        texts = {key: text for (other, key), text in self.sections.items() if other == lang}
        found = list(entries(self.library, lang, texts, self.queries.references[lang], self.kept))
        skip, same = self.queries.strings[lang]["search_skip"].split(), self.library.everyday_words.get(lang, [])
        self.indexes[lang] = search.Index(lang, found, skip, same, self.kept)
        self.indexes[lang].begin()

    def _write_index(self, output: Output) -> None:
        """Write the search index of all languages."""
        for path, content in search.files(self.indexes.values(), self.kept).items():
            output.write(path, content)
        records = {path: (name, make) for index in self.indexes.values() for path, name, make in index.records()}
        for path, (name, make) in records.items():
            output.write_once(path, name, make)

    def close(self) -> None:
        """End the build, once everything is written."""
        pages = sum(len(article.translations) for article in self.library.articles.values())
        for kept in (self.kept, self.pictures.cache):
            kept.trim(KEPT + KEPT_OF_A_PAGE * pages)
        if self.library.photographs:
            self.pictures.photographs.cache.trim()

    def _files_of_all_languages(self) -> dict[str, bytes]:
        texts = {
            **self.assets.made,
            "robots.txt": hosting.robots(self.site),
            "_headers": hosting.headers(self.site, self.queries.policy),
            "_redirects": hosting.redirects(self.site, hosting.moved(self.library, self.library.languages)),
        }
        return {path: text.encode() for path, text in texts.items()}

    def _made_of_all_languages(self) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
        """The sitemap, and what words weigh in queries of need: where each goes, of what it is made, and how."""
        pages, words = hosting.listed(self.site), (self.library.examples, need.typed(self.library))
        yield "sitemap.xml", digest("sitemap", code(), pages), partial(hosting.sitemap, pages)
        yield need.FILE, digest(need.FILE, code(), words), partial(need.packed, *words)

    def foreign(self, text: str, lang: Language) -> Markup:
        """A plain text of a page in a language, as HTML with other languages' words marked."""
        return marked(text, self.queries.ask("foreign", lang))


def _read(
    begun: Beginning,
    docs: Path,
    overrides: Path,
    kept: Cache,
    tell: Callable[[list[Problem]], None] | None,
    markdown: MarkdownSettings | None,
) -> tuple[Library, Settings, bool]:
    """The content that is shown, the settings, and whether no page is missing."""
    languages, given = begun.values["languages"], begun.values["extra"]
    look = partial(check, markdown=None) if tell is None else partial(Library.read, data=DATA)
    library, problems = look(docs, kept, languages=languages, given=begun.given)
    if tell is None and markdown and errors_of(problems):  # Of which some may only follow from marks that did not take.
        library, problems = check(docs, kept, markdown=markdown, languages=languages, given=begun.given)
    unfinished = any(article.is_draft for article in library.articles.values())
    shows_drafts = bool(given.get("preview") or given.get("drafts")) and not is_public(begun.values["site_url"])
    if not shows_drafts:
        library = library.out_on(today())
    settings, whole = Settings.read(begun, library), library
    wrong = told_once([*problems, *settings.problems])
    if tell is None:
        idle = without_effect(begun.file, begun.file.folder, overrides)
        stop_on_errors(told_once([*wrong, *idle, *looks(overrides, languages, kept)]))
    else:
        tell(wrong)
    if tell or (shows_drafts and unfinished):
        library = library.without_dangling_references()
    return library, settings, not errors_of(wrong) and len(library.articles) == len(whole.articles)


def _pictures(
    site: Site, settings: Settings, strings: Mapping[Language, Mapping[str, str]], docs: Path, overrides: Path
) -> Pictures:
    """What draws the social pictures and photographs."""
    theme = settings.theme
    drawn = Cache(overrides.parent / ".cache/social.sqlite")
    photographs = Photographs(docs, Cache(overrides.parent / PHOTOGRAPHS))
    own, colours = theme.drawn_logo, (theme.palette.accent, theme.palette.band)
    font, icon = Font(overrides / TITLE_FONT, drawn), own or overrides / ICON
    return Pictures(site, strings, docs, icon, overrides / SOCIAL, font, drawn, photographs, own, colours)


def _related(library: Library, kept: Cache) -> dict[str, tuple[Suggestion, ...]]:
    """The related articles of each, by how near their texts are."""
    articles = {a.key: a for a in library.of_kind("article")}

    def stems(text: Translation) -> str:
        return kept.value(digest("stems", code(), text.lang, text.digest), str, partial(stems_of, text))

    place = digest("nearness", code(), library.languages)
    before = kept.load(place, Nearness)
    near = nearness(articles, before, stems)
    if is_worth_keeping(near, before):
        kept.store(place, near)
    stem.forget()
    return related(library, found=near)
