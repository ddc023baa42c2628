"""The graph: what a page is, for machines, as one JSON-LD `@graph` in the shape Yoast made standard.

Types and properties: <https://schema.org/>.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from . import urls
from .article import Article, Language
from .library import Library
from .question import Question

Node = dict[str, Any]


@dataclass(frozen=True)
class Site:
    """What all pages share: the address, the names, the content."""

    url: str
    """With a slash at its end."""
    name: str
    description: dict[Language, str]
    library: Library

    def address(self, article: Article, lang: Language) -> str:
        """The page's full address."""
        return urls.absolute(self.url, self.library.path(article, lang))

    def path(self, article: Article, lang: Language) -> str:
        """The page's path from the host's root."""
        return urls.rooted(self.url, self.library.path(article, lang))


def page_graph(
    site: Site, article: Article, lang: Language, questions: Sequence[Question], trail: Sequence[Article]
) -> Node:
    """The graph of one page.

    Args:
        trail: the pages above this one, from the home page down.
    """
    url = site.address(article, lang)
    words = article[lang].words
    page: Node = {
        "@type": ["WebPage", "FAQPage"] if questions and article.kind == "article" else _page_type(article),
        "@id": url,
        "url": url,
        "name": words.title,
        "description": words.description,
        "inLanguage": lang,
        "isPartOf": {"@id": f"{site.url}{urls.prefix(lang)}#website"},
        "breadcrumb": {"@id": f"{url}#breadcrumb"},
    }
    other: Language = "en" if lang == "da" else "da"
    page["workTranslation" if lang == "da" else "translationOfWork"] = {"@id": site.address(article, other)}
    if article.shared.reviewed:
        page["lastReviewed"] = article.shared.reviewed.isoformat()
    nodes = [_organization(site), _website(site, lang), page, _breadcrumb(site, article, lang, url, trail)]
    if article.kind == "article":
        nodes += [_article(site, article, lang, url), _cover(site, article, lang, url)]
        page["primaryImageOfPage"] = {"@id": f"{url}#primaryimage"}
        page["datePublished"] = article.shared.date.isoformat() if article.shared.date else None
        page["mainEntity"] = [{"@id": f"{url}#{q.id}"} for q in questions] or {"@id": f"{url}#article"}
        nodes += [_question(q, i, lang, url) for i, q in enumerate(questions, 1)]
    return {"@context": "https://schema.org", "@graph": nodes}


def _page_type(article: Article) -> str:
    return {
        "topic": "CollectionPage",
        "articles": "CollectionPage",
        "about": "AboutPage",
        "search": "SearchResultsPage",
    }.get(article.kind, "WebPage")


def _organization(site: Site) -> Node:
    return {"@type": "Organization", "@id": f"{site.url}#organization", "name": site.name, "url": site.url}


def _website(site: Site, lang: Language) -> Node:
    home = f"{site.url}{urls.prefix(lang)}"
    return {
        "@type": "WebSite",
        "@id": f"{home}#website",
        "url": home,
        "name": site.name,
        "description": site.description[lang],
        "inLanguage": lang,
        "publisher": {"@id": f"{site.url}#organization"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{site.address(site.library['search'], lang)}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def _breadcrumb(site: Site, article: Article, lang: Language, url: str, trail: Sequence[Article]) -> Node:
    items: list[Node] = [
        {"@type": "ListItem", "position": i, "name": page[lang].words.title, "item": site.address(page, lang)}
        for i, page in enumerate(trail, 1)
    ]
    items.append({"@type": "ListItem", "position": len(trail) + 1, "name": article[lang].words.title})
    return {"@type": "BreadcrumbList", "@id": f"{url}#breadcrumb", "itemListElement": items}


def _article(site: Site, article: Article, lang: Language, url: str) -> Node:
    words, shared = article[lang].words, article.shared
    library = site.library
    cited = dict.fromkeys(c.target for c in article[lang].outline.citations)
    return {
        "@type": "Article",
        "@id": f"{url}#article",
        "headline": words.title,
        "description": words.description,
        "inLanguage": lang,
        "isPartOf": {"@id": url},
        "mainEntityOfPage": {"@id": url},
        "author": {"@id": f"{site.url}#organization"},
        "publisher": {"@id": f"{site.url}#organization"},
        "datePublished": shared.date.isoformat() if shared.date else None,
        "dateModified": max(d for d in (shared.date, shared.reviewed) if d).isoformat(),
        "image": {"@id": f"{url}#primaryimage"},
        "about": [{"@type": "DefinedTerm", "name": library.concepts[key][lang].term} for key in shared.concepts],
        "citation": [library.references[lang].entry(key) for key in cited],
    }


def _cover(site: Site, article: Article, lang: Language, url: str) -> Node:
    return {
        "@type": "ImageObject",
        "@id": f"{url}#primaryimage",
        "url": urls.absolute(site.url, article.cover),
        "contentUrl": urls.absolute(site.url, article.cover),
        "caption": article[lang].words.image_alt,
        "inLanguage": lang,
    }


def _question(question: Question, position: int, lang: Language, url: str) -> Node:
    return {
        "@type": "Question",
        "@id": f"{url}#{question.id}",
        "url": f"{url}#{question.id}",
        "position": position,
        "name": question.name,
        "answerCount": 1,
        "inLanguage": lang,
        "acceptedAnswer": {"@type": "Answer", "text": question.answer(url), "inLanguage": lang},
    }
