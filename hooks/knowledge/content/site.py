"""The site: its address, its names and its content, which all pages share."""

from __future__ import annotations

from dataclasses import dataclass

from ..core.language import Language, Languages
from . import urls
from .article import Article
from .library import Library
from .node import Node, image, ref, translations
from .publisher import Publisher

LOGO, LOGO_SIZE = "social/logo.png", 512
"""The publisher's logo: a square picture, with its path below the site's root and its side in pixels."""


@dataclass(frozen=True)
class Site:
    """What all pages share."""

    url: str
    """With a slash at its end."""
    name: str
    description: dict[Language, str]
    library: Library
    publisher: Publisher

    @property
    def languages(self) -> Languages:
        """Its languages, the original first."""
        return self.library.languages

    def address(self, article: Article, lang: Language) -> str:
        """The page's full address."""
        return urls.absolute(self.url, self.library.path(article, lang))

    def path(self, article: Article, lang: Language) -> str:
        """The page's path from the host's root."""
        return urls.rooted(self.url, self.library.path(article, lang))

    def home(self, lang: Language) -> str:
        """The full address of the language's home page."""
        return urls.absolute(self.url, self.languages.folder(lang))

    def page(self, kind: str) -> Article | None:
        """The one page of a kind, such as the glossary, where the site has it."""
        return next(iter(self.library.of_kind(kind)), None)

    def nodes(self, lang: Language) -> list[Node]:
        """What every page's graph says of the site: who publishes it, and what it is in this language."""
        logo = image(f"{self.url}#logo", urls.absolute(self.url, LOGO), self.publisher.name)
        organization = {
            "@type": "Organization",
            "@id": f"{self.url}#organization",
            "name": self.publisher.name,
            "url": self.url,
            "email": self.publisher.email,
            "logo": ref(logo),
        }
        home = self.home(lang)
        website = {
            "@type": "WebSite",
            "@id": f"{home}#website",
            "url": home,
            "name": self.name,
            "description": self.description[lang],
            "inLanguage": lang,
            "publisher": ref(organization),
            **translations(lang, self.languages, self.languages, lambda other: f"{self.home(other)}#website"),
            "potentialAction": self._search(lang),
        }
        return [organization, logo, website]

    def _search(self, lang: Language) -> Node | None:
        """Search as an action: an address with a place for the words, as Google documents it."""
        page = self.page("search")
        if page is None:
            return None
        return {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{self.address(page, lang)}?q={{search_term_string}}"},
            "query-input": {
                "@type": "PropertyValueSpecification",
                "valueRequired": True,
                "valueName": "search_term_string",
            },
        }
