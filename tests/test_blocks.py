"""Where the blocks after an article stand, over all pages, with everything switched on and with nothing."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Browser

from conftest import ROOT, SITE, build, built, configured, serve, shared
from knowledge.content.article import Article
from knowledge.content.library import Library
from knowledge.content.publisher import Publisher
from knowledge.content.settings import ConfigFile
from knowledge.core.language import LANGUAGES
from knowledge.pages.blocks import LISTED
from knowledge.pages.blocks.block import Context
from knowledge.pages.blocks.training_client import BLOCK

OFFER = {
    "title": "Bliv <b>træningsklient</b>",
    "text": "Du går hos en under uddannelse.",
    "price": "200 kr. for 50 minutter",
    "terms": "Ti samtaler med supervision",
    "link": "https://skole.example/traening?a=1&b=2",
    "link_text": "Skriv dig op",
}
ON: dict[str, Any] = {
    "newsletter": {"provider": "kit", "lists": {"da": "1", "en": "2"}, "double_opt_in": True},
    "comments": {"isso": "https://isso.trinvis.example"},
    "training_client": {"show": True, "da": OFFER, "en": OFFER},
    "publisher": {"name": "Trinvis", "email": "hej@trinvis.example"},
}
AFTER = """() => document.documentElement.scrollHeight - scrollY
  - document.querySelector(".article__end").getBoundingClientRect().top"""
AFTER_EACH = f"""async paths => {{
  const measured = [];
  for (const path of paths) {{
    const html = await (await fetch(path)).text();
    document.body.replaceWith(new DOMParser().parseFromString(html, "text/html").body);
    measured.push(({AFTER})());
  }}
  return measured;
}}"""
"""How much follows the end of each page's article, without its scripts."""
BLOCKS = ("newsletter", "comments", "offer", "feedback", "share")


def allowed(article: Article) -> dict[str, bool]:
    """Which blocks the design lets stand on a page, written down apart from the code."""
    calm = article.kind != "help" and not article.shared.help and article.shared.step not in (4, 5)
    is_article = article.kind == "article"
    return {
        "newsletter": calm and article.kind in ("article", "topic", "home"),
        "comments": calm and is_article,
        "offer": calm and is_article and article.topic == "alliance",
        "feedback": is_article,
        "share": is_article,
    }


def sections(site: Path, article: Article, library: Library, lang: Any) -> dict[str, list[html.HtmlElement]]:
    path = library.path(article, lang)
    page = html.fromstring((site / path / ("index.html" if not path.endswith(".html") else "")).read_text("utf-8"))
    return {name: page.xpath(f'//*[self::section or self::aside][@class="{name}"]') for name in (*BLOCKS, "help")}


@pytest.fixture(scope="module", params=[SITE, ROOT], ids=["the test site", "the site itself"])
def site(request: pytest.FixtureRequest) -> tuple[Path, Library]:
    """A site with every block on, built once for all processes of the run."""

    def make(folder: Path) -> None:
        built(configured(folder, ON, request.param), folder / "site", "https://trinvis.example/")

    folder = shared("on-real" if request.param == ROOT else "on-small", make)
    return folder / "site", Library.read(folder / "docs")[0]


def test_each_block_stands_where_the_design_lets_it_and_nowhere_else(site: tuple[Path, Library]) -> None:
    folder, library = site
    for article in library.articles.values():
        for lang in ("da", "en"):
            found = sections(folder, article, library, lang)
            counts = {name: len(found[name]) for name in BLOCKS}
            assert counts == {name: int(there) for name, there in allowed(article).items()}, f"{article.key} {lang}"
            if found["help"]:
                assert not any(found[name] for name in ("newsletter", "comments", "offer")), article.key


def test_every_block_has_its_partial_and_its_place() -> None:
    """All are listed, and each stands where a template says, or after the one before it."""
    template = (ROOT / "overrides/article.html").read_text("utf-8")
    assert {block.name for block in LISTED} == {path.stem for path in (ROOT / "overrides/partials/blocks").iterdir()}
    for block in LISTED:
        assert (f'"partials/blocks/{block.name}.html"' in template) == block.is_placed, block.name


def test_both_kinds_of_page_are_there(site: tuple[Path, Library]) -> None:
    """The test above must see pages with and without the help box."""
    _, library = site
    assert {article.has_help for article in library.of_kind("article")} == {True, False}


def test_what_follows_an_article_fits_four_screens_of_a_phone(chromium: Browser, site: tuple[Path, Library]) -> None:
    """From the end of its text, sources and all, to the end of the page, with every block on."""
    folder, library = site
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    paths = [f"/{library.path(article, lang)}" for article, lang in product(library.of_kind("article"), ("da", "en"))]
    for url in serve(folder):
        page.goto(url + paths[0])
        follows = dict(zip(paths, page.evaluate(AFTER_EACH, paths), strict=True))
        for path in sorted(paths, key=lambda path: -follows[path])[:5]:  # With its scripts, too.
            page.goto(url + path)
            follows[path] = max(follows[path], page.evaluate(AFTER))
    page.close()
    assert [(path, after) for path, after in follows.items() if not 0 < after <= 4 * 740] == []


def test_the_newest_articles_repeat_nothing_above_them(site: tuple[Path, Library]) -> None:
    folder, library = site
    seen = 0
    for article, lang in product(library.of_kind("article"), ("da", "en")):
        page = html.fromstring((folder / library.path(article, lang) / "index.html").read_text("utf-8"))
        places = [page.xpath(f'//*[@class="{name}"]//a/@href') for name in ("neighbours", "related", "latest")]
        *above, latest = places
        assert not set(latest) & {f"/{library.path(article, lang)}", *above[0], *above[1]}, f"{article.key} {lang}"
        assert len(latest) == len(set(latest))
        assert not page.xpath('//*[@class="latest"]//img')
        seen += len(latest) + len(above[1])
    assert seen > 2 * len(library.of_kind("article"))


def test_switched_off_a_block_shows_nothing(small_site: Path) -> None:
    library = Library.read(SITE / "docs")[0]
    for article in library.articles.values():
        found = sections(small_site, article, library, "da")
        assert not any(found[name] for name in ("comments", "offer", "feedback")), article.key
        assert not any(block.xpath(".//form") for block in found["newsletter"]), article.key


def test_the_offer_says_what_is_set_and_escapes_it(site: tuple[Path, Library]) -> None:
    folder, library = site
    article = next(a for a in library.of_kind("article") if allowed(a)["offer"])
    (block,) = sections(folder, article, library, "da")["offer"]
    text = " ".join(block.text_content().split())
    for name in ("title", "text", "price", "terms", "link_text"):
        assert OFFER[name] in text
    assert block.xpath('.//a[@class="offer__link"]/@href') == [OFFER["link"]]
    (interest,) = block.xpath(f".//p[a/@href='/{library.path(library['about'], 'da')}#interests']")
    assert "har en interesse i, at du siger ja" in interest.text
    assert block.xpath(".//p[@class='offer__note']/a/@href")[0] == "/" + library.path(library["help"], "da")


def offer(**changes: object) -> Mapping[str, Any]:
    return {"show": True, "da": OFFER, "en": OFFER | changes}


WRONG = [
    *(
        (f"{name} not set", offer(**{name: None}), f"“en.{name}” is not set")
        for name in ("title", "text", "price", "terms", "link", "link_text")
    ),
    *(
        (f"a placeholder {value}", offer(price=value), f"“en.price” is still a placeholder: “{value}”")
        for value in ("…", "TODO", "[pris]", "<price>", "xxx kr.", "-", "fra ... kr.")
    ),
    ("an http link", offer(link="http://skole.example"), "expected https://… or mailto:…"),
    ("a script", offer(link="javascript:alert(1)"), "expected https://… or mailto:…"),
    ("an unknown key", offer(prise="x"), "“en.prise” is not a known setting"),
    ("a language missing", {"show": True, "da": OFFER}, "“en.title” is not set"),
]


@pytest.mark.parametrize(("settings", "message"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_an_unfinished_offer_is_refused(tmp_path: Path, settings: Mapping[str, Any], message: str) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text("extra:\n  training_client:\n    show: true\n")
    section = ConfigFile.read(config).section("training_client")
    shown, problems = BLOCK.read(
        settings, Context(section, SimpleNamespace(languages=LANGUAGES), Publisher(), "", False)
    )
    assert shown is None
    assert message in str(problems[0])
    assert str(problems[0]).startswith("mkdocs.yml:2:3 training_client extra.training_client: ")


def test_the_offer_as_it_is_delivered_cannot_be_published_by_its_switch_alone(tmp_path: Path) -> None:
    result = build(configured(tmp_path, {"training_client": {"show": True}}), tmp_path / "site")
    assert result.returncode != 0
    for lang in ("da", "en"):
        for name in ("price", "terms", "link", "link_text"):
            assert f"“{lang}.{name}” is not set" in result.stdout
    assert "title" not in result.stdout.replace("extra.training_client", "")
