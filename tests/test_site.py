"""The built test site, page by page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from conftest import SITE, Built
from knowledge.outputs.assets import BUNDLES, FINDER

BASE = "http://127.0.0.1:8000/"
REPAIR = ("alliancen/reparation/", "en/alliance/repair/")


def read(site: Path, path: str) -> html.HtmlElement:
    """The page at a path."""
    file = site / path / "index.html" if path.endswith("/") or not path else site / path
    return html.fromstring(file.read_text("utf-8"))


def pages(site: Path) -> dict[str, html.HtmlElement]:
    """All pages by path, without redirects."""
    found = {}
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix().removesuffix("index.html")
        page = html.fromstring(file.read_text("utf-8"))
        if not page.xpath('//meta[@http-equiv="refresh"]'):
            found[path] = page
    return found


def graph(page: html.HtmlElement) -> dict[str, dict]:
    """The page's graph by @id."""
    (script,) = page.xpath('//script[@type="application/ld+json"]')
    return {node["@id"]: node for node in json.loads(script.text)["@graph"]}


def classes(page: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    """Elements with a class."""
    return page.xpath(f'.//*[contains(concat(" ", @class, " "), " {name} ")]')


def text(element: html.HtmlElement) -> str:
    """Visible words, white space folded."""
    return " ".join(element.text_content().split())


def test_every_page_stands_in_both_languages(small_site: Path) -> None:
    found = pages(small_site)
    assert len([p for p in found if p.startswith("en/")]) == len([p for p in found if not p.startswith("en/")]) == 19
    for path, page in found.items():
        assert page.get("lang") == ("en" if path.startswith("en/") else "da"), path


def test_twins_name_each_other_and_themselves(small_site: Path) -> None:
    found = pages(small_site)
    for path, page in found.items():
        if page.xpath('//meta[@name="robots"]'):
            continue
        alternates = {a.get("hreflang"): a.get("href") for a in page.xpath("//head/link[@hreflang]")}
        assert page.xpath("//link[@rel='canonical']/@href") == [BASE + path]
        assert BASE + path in alternates.values()
        assert alternates["x-default"] == alternates["da"]
        for href in alternates.values():
            twin = found[href.removeprefix(BASE)]
            assert {a.get("hreflang"): a.get("href") for a in twin.xpath("//head/link[@hreflang]")} == alternates
        (switch,) = page.xpath("//header//a[@hreflang]")
        assert urljoin(BASE, switch.get("href")) == alternates[switch.get("hreflang")]


@pytest.mark.parametrize("path", REPAIR, ids=["da", "en"])
def test_a_faq_is_marked_up_exactly_as_it_is_read(small_site: Path, path: str) -> None:
    page = read(small_site, path)
    nodes = graph(page)
    assert nodes[BASE + path]["@type"] == ["WebPage", "FAQPage"]
    questions = [nodes[ref["@id"]] for ref in nodes[BASE + path]["mainEntity"]]
    details = page.xpath('//section[@class="faq"]/details')
    assert len(questions) == len(details) == 2
    for question, element in zip(questions, details, strict=True):
        (heading,) = element.xpath("summary/h3")
        assert question["name"] == text(heading)
        assert question["url"] == f"{BASE}{path}#{heading.get('id')}"
        marked = question["acceptedAnswer"]["text"]
        assert text(html.fragment_fromstring(marked, create_parent=True)) == text(element.xpath("div")[0])
        assert all(href.startswith(BASE) for href in html.fromstring(marked).xpath("//@href"))


def test_a_question_is_marked_up_on_one_page_only(small_site: Path) -> None:
    where: dict[str, str] = {}
    for path, page in pages(small_site).items():
        for id, node in graph(page).items():
            if node["@type"] == "Question":
                assert id not in where, f"{path} and {where[id]}"
                where[id] = path
    assert len(where) == 2 * 6


@pytest.mark.parametrize(("path", "lang"), [("spoergsmaal/", "da"), ("en/questions/", "en")])
def test_the_faq_page_gathers_every_question_of_its_language(small_site: Path, path: str, lang: str) -> None:
    found = pages(small_site)
    marked = {
        node["url"]: node["name"]
        for page in found.values()
        for node in graph(page).values()
        if node["@type"] == "Question" and node["inLanguage"] == lang
    }
    links = {urljoin(BASE, a.get("href")): text(a) for a in found[path].xpath('//ul[@class="questions"]//a')}
    assert links == marked


def test_related_lists_are_the_same_in_both_languages(small_site: Path) -> None:
    lists = []
    for path in REPAIR:
        page = read(small_site, path)
        lists.append([img.get("src") for img in page.xpath('//section[@class="related"]//img')])
        for card in classes(page, "related")[0].xpath(".//li"):
            assert text(classes(card, "card__reason")[0])
            (link,) = card.xpath(".//a")
            assert text(link).endswith(text(card.xpath(".//h3")[0]))
    assert lists[0] == lists[1] != []


def test_the_reason_is_said_in_the_pages_language(small_site: Path) -> None:
    heated = [read(small_site, path) for path in ("stresstrappen/opvarmet/", "en/stress-ladder/heated/")]
    reasons = [text(classes(page, "card__reason")[0]) for page in heated]
    assert reasons == ["Begge handler om stress", "Both are about stress"]


def test_latest_never_repeats_a_card(small_site: Path) -> None:
    for path, page in pages(small_site).items():
        links = page.xpath('//li[@class="card"]//a/@href')
        assert len(links) == len(set(links)), path
        assert f"/{path}" not in links


def test_the_gravest_steps_have_help_and_no_newsletter(small_site: Path) -> None:
    for path in ("stresstrappen/nedsmeltet/", "en/stress-ladder/meltdown/"):
        page = read(small_site, path)
        assert classes(page, "help")
        assert not classes(page, "newsletter")
        calls = classes(page, "help")[0].xpath('.//a[starts-with(@href, "tel:")]/@href')
        assert calls == ["tel:112", "tel:70201201", "tel:1813", "tel:116111"]
    for path in ("stresstrappen/opvarmet/", "en/alliance/repair/", "", "en/"):
        page = read(small_site, path)
        assert classes(page, "newsletter")
        assert not classes(page, "help")


def test_without_a_provider_the_block_offers_feeds_and_no_form(small_site: Path) -> None:
    block = classes(read(small_site, ""), "newsletter")[0]
    assert not block.xpath(".//form")
    assert block.xpath(".//a/@href") == ["/feed.atom", "/feed.json"]


def test_a_ladder_page_says_where_one_is(small_site: Path) -> None:
    (ladder,) = classes(read(small_site, "en/stress-ladder/heated/"), "ladder")
    assert [text(a) for a in ladder.xpath(".//a")] == ["Step 2 Heated", "Step 4 Meltdown"]
    assert [text(a) for a in ladder.xpath('.//a[@aria-current="step"]')] == ["Step 2 Heated"]


@pytest.mark.parametrize("path", ["alliancen/escaping/", "en/alliance/escaping/"])
def test_whatever_stands_in_a_title_is_shown_and_escaped(small_site: Path, path: str) -> None:
    source = (small_site / path / "index.html").read_text("utf-8")
    page = html.fromstring(source)
    title = '"Citat" </script><b>fed</b> & 🙂' if path[0] == "a" else '"Quote" </script><b>bold</b> & 🙂'
    assert text(page.xpath("//h1")[0]) == title
    assert graph(page)[f"{BASE}{path}#article"]["headline"] == title
    assert not page.xpath("//h1/*")
    assert len(re.findall("</script>", source)) == len(re.findall("<script", source))


def test_cited_sources_stand_at_the_end_with_what_they_are(small_site: Path) -> None:
    page = read(small_site, REPAIR[0])
    (source,) = classes(page, "source")
    assert source.get("id") == "source-bordin1979"
    assert "Bordin, E.S. (1979)" in text(source)
    assert "teori" in text(source)
    assert set(page.xpath('//a[@class="cite"]/@href')) == {"#source-bordin1979"}
    assert graph(page)[f"{BASE}{REPAIR[0]}#article"]["citation"]


def test_every_reference_in_a_graph_leads_somewhere(small_site: Path) -> None:
    nodes = [(path, graph(page)) for path, page in pages(small_site).items()]
    known = {id for _, page in nodes for id in page}

    def references(value: object) -> list[str]:
        if isinstance(value, dict):
            return [value["@id"]] if set(value) == {"@id"} else [r for v in value.values() for r in references(v)]
        return [r for v in value for r in references(v)] if isinstance(value, list) else []

    for path, page in nodes:
        for node in page.values():
            assert set(references(node)) <= known, path


def test_nothing_of_the_themes_own_goes_into_the_site(small_site: Path) -> None:
    assets = {p.relative_to(small_site).as_posix() for p in (small_site / "assets").rglob("*") if p.is_file()}
    overrides = SITE.parent.parent / "overrides"
    ours = {p.relative_to(overrides).as_posix() for p in (overrides / "assets").rglob("*") if p.is_file()}
    names = {*FINDER, "stem", "stem.da", "stem.en", *(name for names in BUNDLES.values() for name in names)}
    folders = {path.name for path in (overrides / "assets/css").iterdir() if path.is_dir()}
    sheets = {"site", "figured", "equipped", *folders} - {"tools"}
    made = {
        *(f"assets/{name}.css" for name in sheets),
        *(f"assets/{bundle}.js" for bundle in (*BUNDLES, "finder.da", "finder.en")),
    }
    ours = {name for name in ours - {f"assets/js/{name}.js" for name in names} if not name.endswith(".css")}
    assert assets == ours | made
    assert not list(small_site.rglob("*.yml"))


def test_no_form_tells_the_server_what_a_reader_does(any_site: Built) -> None:
    """With no script yet, or none: a form without a method would put what was entered into an address."""
    seen = set()
    for path, page in pages(any_site.folder).items():
        for form in page.iter("form"):
            kind = form.get("role") or form.get("method")
            assert kind in ("search", "dialog", "post"), f"{path}: {form.get('class')}"
            assert form.get("action") if kind != "dialog" else not form.get("action"), path
            seen.add(kind)
    assert {"search", "dialog"} <= seen


def test_no_page_asks_another_host_for_anything(small_site: Path) -> None:
    for path, page in pages(small_site).items():
        for target in page.xpath(
            "//script/@src | //img/@src | //link[not(@rel='alternate' or @rel='canonical')]/@href"
        ):
            assert not urlsplit(target).netloc, f"{path}: {target}"
            assert urlsplit(target).scheme in ("", "data"), f"{path}: {target}"
    styles = (small_site / "assets/site.css").read_text()
    styles = styles.replace("http://www.w3.org/2000/svg", "")  # a name, which nobody fetches
    assert "//" not in re.sub(r"/\*.*?\*/", "", styles, flags=re.DOTALL)
