"""The graph: what a page is, for machines, as one JSON-LD `@graph` in the shape Yoast made standard.

Types and properties: <https://schema.org/>. A node's `@id` is the address of a page of this site, with
a fragment; that page's graph holds the node. What has no value has no key.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..content.article import Article
from ..content.data import Person
from ..content.node import Node, image, ref, translations, without_gaps
from ..core.language import Language, Languages
from ..markdown.question import Question
from .queries import Recorder

PAGE_TYPES = {"topic": "CollectionPage", "articles": "CollectionPage", "search": "SearchResultsPage"}
"""By kind; pages of other kinds are a `WebPage`."""
PAGE_TYPES_BY_KEY = {"about": "AboutPage", "contact": "ContactPage"}


def page_graph(
    article: Article, lang: Language, questions: Sequence[Question], trail: Sequence[str], query: Recorder
) -> Node:
    """The graph of one page, given the keys of those above it."""
    nodes = []
    # That page has no address: it stands for all that lead nowhere. Of one that was withdrawn there is nothing to say.
    if article.kind not in ("notfound", "withdrawn") and article.is_in(lang):
        nodes = _nodes(article, lang, questions, trail, query)
    site = query.frame(lang).nodes
    if article.kind != "home":  # How to search is read from there, and costs every other page.
        site = [{key: said for key, said in node.items() if key != "potentialAction"} for node in site]
    return without_gaps({"@context": "https://schema.org", "@graph": [*site, *nodes]})


def _nodes(
    article: Article, lang: Language, questions: Sequence[Question], trail: Sequence[str], query: Recorder
) -> list[Node]:
    crumbs = [query.crumb(above, lang) for above in trail]
    url, words, key = query.alternate(article.key, lang).absolute, article[lang].words, article.key
    images = [image(f"{url}#picture", query.picture(key, lang), words.title, lang)]
    if article.has_cover:
        cover = image(f"{url}#cover", query.cover_address(key), words.image_alt, lang)
        if credit := article.shared.credit:
            cover |= {"creditText": credit.name, "license": credit.address}
        images.insert(0, cover)
    if article.kind == "article":
        main = [_question(question, i, lang, url) for i, question in enumerate(questions, 1)]
        rest = [{**_article(article, lang, url, crumbs[-1][0], query), "image": [ref(node) for node in images]}]
    else:
        main, rest = query.collections(key, lang)
    page = {
        **_page(article, lang, url, questions, query),
        "primaryImageOfPage": ref(images[0]),
        "mainEntity": [ref(node) for node in main or rest],
    }
    return [page, _breadcrumb(words.title, url, crumbs), *images, *rest, *main]


def _page(article: Article, lang: Language, url: str, questions: Sequence[Question], query: Recorder) -> Node:
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
        "isPartOf": {"@id": f"{query.frame(lang).home}#website"},
        "breadcrumb": {"@id": f"{url}#breadcrumb"},
        **_translations(article, lang, "", query),
        "datePublished": shared.date and shared.date.isoformat(),
        "dateModified": article.changed and article.changed.isoformat(),
        "lastReviewed": shared.reviewed and shared.reviewed.isoformat(),
        "reviewedBy": _person(query.person(shared.reviewer), lang),
    }


def _person(person: Person | None, lang: Language) -> Node | None:
    if not person:
        return None
    return {"@type": "Person", "name": person.name, "jobTitle": person[lang].title, "url": person.link}


def _translations(article: Article, lang: Language, fragment: str, query: Recorder) -> Node:
    """The same in other languages."""
    return translations(
        lang,
        Languages(article.translations),
        article.written,
        lambda other: f"{query.alternate(article.key, other).absolute}{fragment}",
    )


def _breadcrumb(title: str, url: str, crumbs: Sequence[tuple[str, str]]) -> Node:
    places = [*crumbs, (title, None)]
    items = [
        {"@type": "ListItem", "position": i, "name": name, "item": address}
        for i, (name, address) in enumerate(places, 1)
    ]
    return {"@type": "BreadcrumbList", "@id": f"{url}#breadcrumb", "itemListElement": items}


def _article(article: Article, lang: Language, url: str, section: str, query: Recorder) -> Node:
    words, shared, publisher = article[lang].words, article.shared, f"{query.frame(lang).url}#organization"
    return {
        "@type": "Article",
        "@id": f"{url}#article",
        "headline": words.title,
        "description": words.description,
        "inLanguage": lang,
        "isPartOf": {"@id": url},
        "mainEntityOfPage": {"@id": url},
        **_translations(article, lang, "#article", query),
        "author": _person(query.person(shared.author), lang) or {"@id": publisher},
        "publisher": {"@id": publisher},
        "datePublished": shared.date and shared.date.isoformat(),
        "dateModified": article.changed and article.changed.isoformat(),
        "articleSection": section,
        "about": [query.term(name, lang) for name in shared.concepts],
        "citation": [node for key in article[lang].cited if (node := query.citation(key))],
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
