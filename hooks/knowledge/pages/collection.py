"""A collection, for machines: a topic's articles, the ladder, the glossary. Each stands on one page."""

from __future__ import annotations

from collections.abc import Sequence

from ..content.article import Article
from ..content.node import Node, ref, translations
from ..content.site import Site
from ..core.language import Language


def term(site: Site, key: str, lang: Language) -> Node:
    """A concept by its name, and where its definition stands."""
    node: Node = {"@type": "DefinedTerm", "name": site.library.concepts[key][lang].term, "termCode": key}
    if page := site.page("glossary"):
        url = site.address(page, lang)
        node |= {"@id": f"{url}#{key}", "url": f"{url}#{key}", "inDefinedTermSet": {"@id": f"{url}#glossary"}}
    return node


def collections(site: Site, article: Article, lang: Language) -> tuple[list[Node], list[Node]]:
    """The collections that stand on a page, and the nodes that only they define."""
    library, url, title = site.library, site.address(article, lang), article[lang].words.title
    if article.kind == "glossary":
        return _glossary(site, article, lang, url)
    if article.kind == "articles":
        return [_list(site, f"{url}#articles", title, library.latest, lang)], []
    if article.kind != "topic":
        return [], []
    found = [_list(site, f"{url}#articles", title, library.in_topic(article.topic), lang)]
    if steps := [step for step in library.ladder if step.topic == article.topic]:
        ladder = _list(site, f"{url}#ladder", title, steps, lang)
        found.append({**ladder, "itemListOrder": "https://schema.org/ItemListOrderAscending"})
    return found, []


def _list(site: Site, id: str, name: str, articles: Sequence[Article], lang: Language) -> Node:
    articles = [article for article in articles if article.is_in(lang)]
    return {
        "@type": "ItemList",
        "@id": id,
        "name": name,
        "numberOfItems": len(articles),
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": i,
                "name": article[lang].words.title,
                "url": site.address(article, lang),
                "item": {"@id": f"{site.address(article, lang)}#article"},
            }
            for i, article in enumerate(articles, 1)
        ],
    }


def _glossary(site: Site, article: Article, lang: Language, url: str) -> tuple[list[Node], list[Node]]:
    concepts = site.library.concepts
    terms = [
        {**term(site, key, lang), "description": concept[lang].definition, "alternateName": concept[lang].synonyms}
        for key, concept in concepts.items()
    ]
    glossary = {
        "@type": "DefinedTermSet",
        "@id": f"{url}#glossary",
        "name": article[lang].words.title,
        "inLanguage": lang,
        **translations(lang, site.languages, site.languages, lambda other: f"{site.address(article, other)}#glossary"),
        "hasDefinedTerm": [ref(node) for node in terms],
    }
    return [glossary], terms
