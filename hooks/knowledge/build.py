"""A build: everything that the pages of one build share, from the first file to the last page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markdown.extensions import Extension
from markupsafe import Markup

from . import hosting, search, urls
from .article import LANGUAGES, Article, Language
from .assets import Assets
from .blocks import Blocks
from .cache import Cache
from .citation import CitationsExtension
from .feeds import feeds
from .font import Font
from .foreign import ForeignExtension, marked
from .library import Library
from .problems import Problem, stop_on_errors
from .published import vanished
from .question import QuestionsExtension
from .related import related
from .site import Site
from .sitemap import sitemap
from .social import Pictures
from .term import Term, TermsExtension
from .view import View, Views, read_strings

FIRST_SCRIPT = "partials/first.js"
"""The one script that stands in the page itself: it must run before the first paint."""
TITLE_FONT, ICON = "assets/fonts/literata-600.woff2", "assets/icon.svg"
"""What social pictures are drawn with."""
PAGES = ("index", "help", "faq", "search", "articles", "privacy", "self-check", "glossary", "sources", "about")
"""Pages outside the topics to which the templates link."""


@dataclass
class Build:
    """One build of the site in all its languages."""

    library: Library
    site: Site
    docs: Path
    assets: Assets
    views: Views
    pictures: Pictures
    bodies: dict[Language, dict[str, str]] = field(default_factory=lambda: {lang: {} for lang in LANGUAGES})
    """Rendered articles, for the feeds."""
    reading: tuple[str, Language] = ("index", "da")
    """The page that is being rendered: its key and language."""
    redirect: Callable[..., str] = str
    """Renders a redirect page; MkDocs gives it once it has made its Jinja environment."""
    extensions: list[Extension] = field(default_factory=list)

    @classmethod
    def open(
        cls, config_file: Path, docs: Path, overrides: Path, site_url: str, name: str, extra: Mapping[str, Any]
    ) -> Build:
        """Read and check the content and the settings.

        Args:
            config_file: mkdocs.yml, which problems with its settings name.
            extra: its section `extra`.

        Raises:
            ProblemsFound: with everything that is wrong.
        """
        library, problems = Library.read(docs)
        blocks, found = Blocks.read(extra, config_file, library, site_url)
        lost = vanished(library, docs.parent / "published")
        stop_on_errors([*problems, *found, *lost, *_missing_pages(library, extra, config_file)])
        strings = read_strings(overrides / "strings")
        descriptions = {lang: strings[lang]["site_description"] for lang in LANGUAGES}
        site = Site(site_url, name, descriptions, library, blocks.publisher)
        cache = Cache(overrides.parent / ".cache/social")
        font = Font(overrides / TITLE_FONT, cache)
        pictures = Pictures(site, strings, docs, overrides / ICON, font, cache)
        assets = Assets(overrides / "assets", site_url)
        first = (overrides / FIRST_SCRIPT).read_text("utf-8").removesuffix("\n")
        # A preview's page holds a script of MkDocs that reloads it.
        origins = (blocks.form_targets, blocks.comment_origins)
        policy = "" if extra.get("preview") else hosting.policy([first], *origins)
        views = Views(site, extra, blocks, strings, related(library), policy, pictures)
        build = cls(library, site, docs, assets, views, pictures)
        build.extensions = [QuestionsExtension(), CitationsExtension(build._label), TermsExtension(build._terms)]
        build.extensions.append(ForeignExtension(lambda: build._foreign(build.reading[1])))
        return build

    def article(self, src_uri: str) -> tuple[Article, Language]:
        """The article and the language of a file below `docs/`."""
        key, lang = src_uri.removesuffix(".md").rsplit(".", 1)
        return self.library[key], "en" if lang == "en" else "da"

    def destination(self, src_uri: str) -> str:
        """Where the page's HTML goes, with the language's suffix, which static-i18n takes off again."""
        article, lang = self.article(src_uri)
        path = self.library.path(article, "da" if lang == "da" else "en").removeprefix("en/")
        if article.kind == "notfound":
            return f"404.{lang}.html"
        return (
            f"{path.rstrip('/') or 'index'}.{lang}/index.html"
            if article.kind not in ("home", "topic")
            else (f"{path}index.{lang}/index.html")
        )

    def keeps(self, path: str | None) -> bool:
        """Whether a file that is no page goes into the site: pictures beside articles, and our assets."""
        return bool(path) and (Path(path).is_relative_to(self.docs) or self.assets.keeps(path))

    def begin(self, src_uri: str) -> str:
        """Begin to render a page.

        Returns:
            The template of its kind.
        """
        article, lang = self.article(src_uri)
        self.reading = article.key, lang
        return f"{article.kind}.html"

    def end(self, html: str) -> None:
        """Take the text and the questions of the page that has just been rendered."""
        key, lang = self.reading
        if self.library[key].kind == "article":
            self.bodies[lang][key] = html
        self.views.questions[lang, key] = self.extensions[0].questions

    def view(self, src_uri: str, body: str, contents: Sequence[Any]) -> View:
        """What the page's template shows; every page of the language must have been rendered."""
        article, lang = self.article(src_uri)
        return self.views.view(article, lang, body, contents)

    def files(self, lang: Language) -> dict[str, bytes]:
        """What goes into the site beside the pages of a language: file contents by path."""
        files = feeds(self.site, lang, self.bodies[lang], self.pictures.address) | self.pictures.files(lang)
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
        if lang == LANGUAGES[-1] and not self.views.settings.get("preview"):
            found = list(search.entries(self.library, site))
            skip = {code: words["search_skip"].split() for code, words in self.views.strings.items()}
            search.write_index(found, skip, self.library, site)

    def _files_of_all_languages(self) -> dict[str, bytes]:
        texts = {
            Assets.STYLES: self.assets.styles,
            "robots.txt": hosting.robots(self.site),
            "_headers": hosting.headers(self.site, self.views.policy),
            "_redirects": hosting.redirects(self.site, hosting.moved(self.library)),
        }
        return {"sitemap.xml": sitemap(self.site), **{path: text.encode() for path, text in texts.items()}}

    def _label(self, key: str) -> tuple[str, str, str] | None:
        _, lang = self.reading
        source, strings = self.library.sources.get(key), self.views.strings[lang]
        if not source:
            return None
        meaning = f"{strings['grade']}: {strings[f'grade_{source.grade}']}"
        return self.library.references[lang].label(key), source.grade, meaning

    def foreign(self, text: str, lang: Language) -> Markup:
        """A plain text of a page in a language, as HTML with the other language's words marked."""
        return marked(text, *self._foreign(lang))

    def _foreign(self, lang: Language) -> tuple[Language, list[str]]:
        other: Language = "da" if lang == "en" else "en"
        return other, self.library.foreign_words.get(other, [])

    def _terms(self) -> list[Term]:
        key, lang = self.reading
        glossary = self.site.path(self.library["glossary"], lang)
        chosen = [(name, self.library.concepts[name][lang]) for name in self.library[key].shared.concepts]
        return [Term((c.term, *c.synonyms), c.definition, f"{glossary}#{name}") for name, c in chosen]


def _missing_pages(library: Library, extra: Mapping[str, Any], config_file: Path) -> list[Problem]:
    pages = {*PAGES, *extra.get("footer", ()), *(f"{topic}/index" for topic in extra.get("topics", ()))}
    return [
        Problem(
            config_file.name, 1, 1, "pages", f"the page “{key}” is missing", f"write docs/{key}.da.md and {key}.en.md"
        )
        for key in sorted(pages - set(library.articles))
    ]
