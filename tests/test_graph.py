"""The graph of every page: schema.org's words, the page's words, and nodes that are there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
from lxml import html

import schema_org
from conftest import ROOT, Built
from knowledge.content.library import Library
from test_site import classes, graph, pages, text


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """All dicts in a value, outermost first."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(inner)


def graphs(built: Built) -> dict[str, list[dict[str, Any]]]:
    """Each page's graph, by path."""
    return {path: list(graph(page).values()) for path, page in pages(built.folder).items()}


def types(found: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """The type of every node of the site."""
    return {n["@id"]: n["@type"] for page in found.values() for n in nodes(page) if "@id" in n and "@type" in n}


def test_every_type_property_and_value_is_schema_orgs(any_site: Built) -> None:
    found = graphs(any_site)
    known = types(found)
    wrong = {f"{path}: {p}" for path, page in found.items() for node in page for p in schema_org.problems(node, known)}
    assert wrong == set()


WRONG = [
    ({"@type": "Artikel"}, "Artikel is no type"),
    ({"@type": "Article", "headlines": "x"}, "headlines is no property"),
    ({"@type": "Article", "lastReviewed": "2026-11-20"}, "lastReviewed is no property of Article"),
    ({"@type": "Article", "datePublished": "20. november"}, "datePublished is '20. november'"),
    ({"@type": "Article", "author": {"@type": "WebPage"}}, "author is {'@type': 'WebPage'}"),
    ({"@type": "Article", "author": {"@id": "#page"}}, "author is {'@id': '#page'}"),
    ({"@type": "Article", "isPartOf": {"@type": "WebPage", "lastReviewed": 3}}, "lastReviewed is 3"),
    ({"@type": "Question", "answerCount": "one"}, "answerCount is 'one'"),
    ({"@type": "Article", "image": None}, "image is None"),
    ({"@type": "ItemList", "itemListOrder": None}, "itemListOrder is None"),
    ({"@type": "Organization", "members": {"@type": "Person"}}, "members is superseded by schema:member"),
]


@pytest.mark.parametrize(("node", "message"), WRONG, ids=[message for _, message in WRONG])
def test_what_is_not_schema_orgs_is_found(node: dict[str, Any], message: str) -> None:
    assert any(found.startswith(message) for found in schema_org.problems(node, {"#page": "WebPage"}))


def test_no_key_is_there_without_a_value(any_site: Built) -> None:
    for path, page in graphs(any_site).items():
        for node in nodes(page):
            assert not [key for key, value in node.items() if value in (None, "", [], {})], path


def test_every_id_leads_to_the_page_that_holds_the_node(any_site: Built) -> None:
    found = graphs(any_site)
    there = {path: {node["@id"] for node in page} for path, page in found.items()}
    for path, page in found.items():
        for node in nodes(page):
            if id := node.get("@id"):
                assert id.startswith(any_site.url), f"{path}: {id}"
                assert id in there[id.partition("#")[0].removeprefix(any_site.url)], f"{path}: {id}"


def test_a_breadcrumb_leads_where_readers_are_led(any_site: Built) -> None:
    seen = 0
    for path, page in pages(any_site.folder).items():
        shown = page.xpath('//nav[@class="breadcrumb"]//li')
        if not shown or path.endswith("404.html"):  # That stands at no address of its own.
            continue
        (trail,) = (node for node in graph(page).values() if node["@type"] == "BreadcrumbList")
        items = trail["itemListElement"]
        assert [item["position"] for item in items] == list(range(1, len(shown) + 1)), path
        led = [urljoin(any_site.url, href) for item in shown for href in item.xpath("a/@href")]
        assert [item["item"] for item in items if "item" in item] == led, path
        assert items[-1] == {"@type": "ListItem", "position": len(shown), "name": text(shown[-1])}, path
        seen += 1
    assert seen


def test_questions_and_answers_are_those_that_are_read(any_site: Built) -> None:
    asked = 0
    for path, page in pages(any_site.folder).items():
        found = graph(page)
        if page.xpath("//meta[@name='robots']"):
            continue  # A booklet holds what stands elsewhere; crawlers are told so.
        details = page.xpath('//section[@class="faq"]/details')
        questions = [node for node in found.values() if node["@type"] == "Question"]
        assert len(questions) == len(details), path
        for question, element in zip(questions, details, strict=True):
            assert question["name"] == element.xpath("summary/h3")[0].text_content().strip()
            answer = html.fragment_fromstring(question["acceptedAnswer"]["text"], create_parent=True)
            assert text(answer) == text(element.xpath("div")[0])
            asked += 1
    assert asked


def test_an_independent_parser_reads_the_same(any_site: Built) -> None:
    import extruct  # It takes longer to load than half of all else, and every process reads this file.

    for path, page in pages(any_site.folder).items():
        source = html.tostring(page, encoding="unicode")
        read = extruct.extract(source, base_url=any_site.url + path, syntaxes=["json-ld", "opengraph"])
        assert [node for part in read["json-ld"] for node in part["@graph"]] == list(graph(page).values())
        properties = [dict(part["properties"]) for part in read["opengraph"]]
        if path.endswith("404.html"):
            assert properties == []
        else:
            assert properties[0]["og:url"] == any_site.url + path
            assert properties[0]["og:title"]


def test_search_is_an_action_of_each_languages_site(any_site: Built) -> None:
    found = pages(any_site.folder)
    for home, search in (("", "soeg/"), ("en/", "en/search/")):
        (website,) = [node for node in graph(found[home]).values() if node["@type"] == "WebSite"]
        target = f"{any_site.url}{search}?q={{search_term_string}}"
        assert website["potentialAction"]["target"]["urlTemplate"] == target
        assert website["potentialAction"]["query-input"]["valueName"] == "search_term_string"
        assert search in found


def test_twins_are_translations_of_each_other(any_site: Built) -> None:
    found = {node["@id"]: node for page in graphs(any_site).values() for node in page}
    pairs = 0
    for id, node in found.items():
        for one, other in (("workTranslation", "translationOfWork"), ("translationOfWork", "workTranslation")):
            if one in node:
                twin = found[node[one]["@id"]]
                assert twin[other]["@id"] == id
                assert twin["@type"] == node["@type"]
                assert {node["inLanguage"], twin["inLanguage"]} == {"da", "en"}
                pairs += 1
    assert pairs >= 2 * (15 + 5 + 1 + 1)  # pages, articles, sites, glossaries


@pytest.mark.parametrize("topic", ["stresstrappen/", "en/stress-ladder/"], ids=["da", "en"])
def test_the_ladder_is_a_list_of_its_steps_in_order(any_site: Built, topic: str) -> None:
    page = pages(any_site.folder)[topic]
    ladder = graph(page)[f"{any_site.url}{topic}#ladder"]
    (shown,) = classes(page, "ladder")
    assert [urlpath(any_site, item["url"]) for item in ladder["itemListElement"]] == shown.xpath(".//a/@href")
    assert ladder["numberOfItems"] == len(ladder["itemListElement"])
    assert graph(page)[any_site.url + topic]["@type"] == "CollectionPage"


@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_glossary_is_a_set_of_the_terms_that_are_read(any_site: Built, lang: str) -> None:
    ((path, page),) = [
        (path, page)
        for path, page in pages(any_site.folder).items()
        if page.get("lang") == lang and classes(page, "glossary")
    ]
    found = graph(page)
    terms = [found[ref["@id"]] for ref in found[f"{any_site.url}{path}#glossary"]["hasDefinedTerm"]]
    shown = {entry.get("id"): text(entry.xpath(".//dfn")[0]) for entry in classes(page, "glossary__entry")}
    assert {term["termCode"]: term["name"] for term in terms} == shown
    assert all(" ".join(term["description"].split()) in text(page) for term in terms)


def test_an_article_says_what_it_is_about_and_what_it_cites(small_site) -> None:
    page = pages(small_site)["en/alliance/repair/"]
    article = graph(page)["http://127.0.0.1:8000/en/alliance/repair/#article"]
    assert [term["name"] for term in article["about"]] == ["repair", "alliance"]
    assert article["citation"][0]["@type"] == "ScholarlyArticle"
    assert article["citation"][0]["author"][0] == {"@type": "Person", "name": "Edward S. Bordin"}
    assert article["publisher"] == {"@id": "http://127.0.0.1:8000/#organization"}


def test_dates_of_review_and_reviewers_are_those_that_are_read(any_site: Built) -> None:
    for path, page in pages(any_site.folder).items():
        node = graph(page).get(any_site.url + path, {})
        shown = [time.get("datetime") for time in page.xpath('//*[@class="reviewed"]/time')]
        if shown:
            assert node.get("lastReviewed") in shown, path
        reviewer = node.get("reviewedBy", {}).get("name")
        assert not reviewer or reviewer in text(classes(page, "reviewed")[0])


def test_only_a_named_reviewer_is_one(small_site) -> None:
    found = graphs(Built(small_site, "http://127.0.0.1:8000/"))
    reviewed = {path: n["reviewedBy"]["name"] for path, page in found.items() for n in page if "reviewedBy" in n}
    name = 'Prøvelæser "A" & B'
    assert reviewed == {"alliancen/escaping/": name, "en/alliance/escaping/": name}


def test_an_author_with_a_record_is_the_byline_and_else_the_publisher(small_site) -> None:
    found = pages(small_site)
    written = found["en/alliance/escaping/"]
    byline = " ".join(classes(written, "byline")[0].text_content().split())
    assert byline.startswith("By Prøveforfatter </script> C, test ·")
    assert classes(written, "byline")[0].xpath("./a/@href") == ["https://example.org/c"]
    address = "http://127.0.0.1:8000/en/alliance/escaping/#article"
    person = {
        "@type": "Person",
        "name": "Prøveforfatter </script> C",
        "jobTitle": "test",
        "url": "https://example.org/c",
    }
    assert graph(written)[address]["author"] == person
    assert graph(written)[address.removesuffix("#article")]["reviewedBy"]["jobTitle"] == "test"
    assert 'Clinically reviewed by Prøvelæser "A" & B, test.' in text(classes(written, "reviewed")[0])
    other = found["en/alliance/repair/"]
    assert text(classes(other, "byline")[0]).startswith("By Trinvis ")
    assert graph(other)[address.replace("escaping", "repair")]["author"] == {
        "@id": "http://127.0.0.1:8000/#organization"
    }
    assert "Next review by" in text(classes(other, "reviewed")[0])


def test_no_person_is_invented() -> None:
    library = Library.load(ROOT / "docs")
    assert library.people == {}
    assert not [a.key for a in library.articles.values() if a.shared.author or a.shared.reviewer]


def test_a_page_without_an_address_claims_none(any_site: Built) -> None:
    for path in ("404.html", "en/404.html"):
        page = pages(any_site.folder)[path]
        assert [node["@type"] for node in graph(page).values()] == ["Organization", "ImageObject", "WebSite"]
        assert not page.xpath("//head/link[@hreflang or @rel='canonical']")
        assert json.loads(page.xpath("//script[@type='application/ld+json']")[0].text)["@context"]


def urlpath(built: Built, url: str) -> str:
    """A full address as links of the site write it."""
    return "/" + url.removeprefix("/".join(built.url.split("/")[:3]) + "/")
