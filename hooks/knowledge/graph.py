"""The graph: what a page is, for machines, as one JSON-LD `@graph` in the shape Yoast made standard.

Types and properties: <https://schema.org/>. A node's `@id` is the address of a page of this site, with
a fragment; that page's graph holds the node. What has no value has no key.
"""

from __future__ import annotations

from collections.abc import Sequence

from . import urls
from .article import Article, Language
from .collection import collections, term
from .node import Node, image, other, ref, twin, without_gaps
from .question import Question
from .site import Site

PAGE_TYPES = {"topic": "CollectionPage", "articles": "CollectionPage", "search": "SearchResultsPage"}
"""By kind; pages of other kinds are a `WebPage`."""
PAGE_TYPES_BY_KEY = {"about": "AboutPage", "contact": "ContactPage"}


def page_graph(
    site: Site,
    article: Article,
    lang: Language,
    questions: Sequence[Question],
    trail: Sequence[Article],
    picture: str,
) -> Node:
    """The graph of one page.

    Args:
        trail: the pages above this one, from the home page down.
        picture: the full address of the page's social picture.
    """
    nodes = site.nodes(lang)
    if article.kind != "notfound" and article.is_in(
        lang
    ):  # That page has no address: it stands for all that lead nowhere.
        nodes += _nodes(site, article, lang, questions, trail, picture)
    return {"@context": "https://schema.org", "@graph": [without_gaps(node) for node in nodes]}


def _nodes(
    site: Site,
    article: Article,
    lang: Language,
    questions: Sequence[Question],
    trail: Sequence[Article],
    picture: str,
) -> list[Node]:
    url, words = site.address(article, lang), article[lang].words
    images = [image(f"{url}#picture", picture, words.title, lang)]
    if article.has_cover:
        images.insert(0, image(f"{url}#cover", urls.absolute(site.url, article.cover), words.image_alt, lang))
    gathered = collections(site, article, lang)
    if article.kind == "article":
        main = [_question(question, i, lang, url) for i, question in enumerate(questions, 1)]
        rest = [{**_article(site, article, lang, url), "image": [ref(node) for node in images]}]
    else:
        main = [collection for collection, _ in gathered]
        rest = [node for _, own in gathered for node in own]
    page = {
        **_page(site, article, lang, url, questions),
        "primaryImageOfPage": ref(images[0]),
        "mainEntity": [ref(node) for node in main or rest],
    }
    return [page, _breadcrumb(site, article, lang, url, trail), *images, *rest, *main]


def _page(site: Site, article: Article, lang: Language, url: str, questions: Sequence[Question]) -> Node:
    words, shared = article[lang].words, article.shared
    is_faq = bool(questions) and article.kind == "article"
    kind = PAGE_TYPES.get(article.kind) or PAGE_TYPES_BY_KEY.get(article.key, "WebPage")
    return {
        "@type": ["WebPage", "FAQPage"] if is_faq else kind,
        "@id": url,
        "url": url,
        "name": words.title,
        "description": words.description,
        "inLanguage": lang,
        "isPartOf": {"@id": f"{site.home(lang)}#website"},
        "breadcrumb": {"@id": f"{url}#breadcrumb"},
        **(twin(site.address(article, other(lang)), lang) if article.is_paired else {}),
        "datePublished": shared.date and shared.date.isoformat(),
        "dateModified": article.changed and article.changed.isoformat(),
        "lastReviewed": shared.reviewed and shared.reviewed.isoformat(),
        "reviewedBy": shared.reviewer and {"@type": "Person", "name": shared.reviewer},
    }


def _breadcrumb(site: Site, article: Article, lang: Language, url: str, trail: Sequence[Article]) -> Node:
    items: list[Node] = [
        {"@type": "ListItem", "position": i, "name": page[lang].words.title, "item": site.address(page, lang)}
        for i, page in enumerate(trail, 1)
    ]
    items.append({"@type": "ListItem", "position": len(trail) + 1, "name": article[lang].words.title})
    return {"@type": "BreadcrumbList", "@id": f"{url}#breadcrumb", "itemListElement": items}


def _article(site: Site, article: Article, lang: Language, url: str) -> Node:
    words, shared, library = article[lang].words, article.shared, site.library
    cited = dict.fromkeys(citation.target for citation in article[lang].outline.citations)
    return {
        "@type": "Article",
        "@id": f"{url}#article",
        "headline": words.title,
        "description": words.description,
        "inLanguage": lang,
        "isPartOf": {"@id": url},
        "mainEntityOfPage": {"@id": url},
        **(twin(f"{site.address(article, other(lang))}#article", lang) if article.is_paired else {}),
        "author": {"@id": f"{site.url}#organization"},
        "publisher": {"@id": f"{site.url}#organization"},
        "datePublished": shared.date and shared.date.isoformat(),
        "dateModified": article.changed and article.changed.isoformat(),
        "articleSection": library.topics[article.topic][lang].words.title,
        "about": [term(site, key, lang) for key in shared.concepts],
        "citation": [library.sources[key].node() for key in cited],
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
