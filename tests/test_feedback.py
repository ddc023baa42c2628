"""“Was this page useful?” and sharing: plain links with the right title, address and language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from conftest import built, configured, serve
from knowledge.content.publisher import Publisher, publisher
from knowledge.content.settings import ConfigFile
from test_accessibility import context, violations

PAGES = {
    "da": ("alliancen/escaping/", "docs/alliance/escaping.da.md"),
    "en": ("en/alliance/escaping/", "docs/alliance/escaping.en.md"),
}
MAIL, REPOSITORY, EDIT = "hej+side@trinvis.example", "https://code.example/site", "edit/main/docs/"
SETTINGS = {
    "mail": ({"email": MAIL}, {}),
    "edit": ({}, {"repo_url": REPOSITORY, "edit_uri": EDIT}),
    "both": ({"email": MAIL}, {"repo_url": REPOSITORY, "edit_uri": EDIT}),
}


def links(site: Path, lang: str, block: str) -> tuple[str, list[str]]:
    """The page's title, and where a block's links lead."""
    page = html.fromstring((site / PAGES[lang][0] / "index.html").read_text("utf-8"))
    return page.xpath("string(//h1)"), page.xpath(f'//section[@class="{block}"]//a/@href')


def mail(link: str) -> tuple[str, str, str]:
    """To whom, subject and body."""
    parts = urlsplit(link)
    query = parse_qs(parts.query, strict_parsing=True)
    assert parts.scheme == "mailto" and "+" not in parts.query, "mail programs show a plus as a plus"  # noqa: PT018
    return parts.path, query["subject"][0], query["body"][0]


@pytest.mark.parametrize("settings", SETTINGS)
def test_the_links_of_a_page(tmp_path: Path, settings: str) -> None:
    publisher, top = SETTINGS[settings]
    config = configured(tmp_path, {"publisher": {"name": "Os", **publisher}})
    config.write_text(json.dumps({**json.loads(config.read_text("utf-8")), **top}), "utf-8")
    url = "https://trinvis.example/" if publisher else "http://127.0.0.1:8000/"
    site = built(config, tmp_path / "site", url)
    for lang, (path, file) in PAGES.items():
        title, found = links(site, lang, "feedback")
        edit = f"{REPOSITORY}/{EDIT}{file.removeprefix('docs/')}"
        assert (edit in (site / "index.html").read_text("utf-8").replace("index.da.md", "alliance/escaping.da.md")) == (
            "repo_url" in top and lang == "da"
        ), "pages that are no article say it at their foot"
        if settings == "edit":
            assert found == [edit]
            continue
        yes, change = found
        to, subject, body = mail(yes)
        assert (to.replace("%2B", "+"), body.split()[0]) == (MAIL, f"https://trinvis.example/{path}")
        assert subject == f"{'Jeg kunne bruge siden' if lang == 'da' else 'This page was useful'}: {title}"
        if settings == "both":
            assert change == edit
        else:
            warning = "dit eget eller andres helbred" if lang == "da" else "your own or other people’s health"
            assert warning in mail(change)[2]


WRONG = [
    ("no address", {"email": "hej"}, "“email” is “hej”; expected an e-mail address"),
    ("a second field", {"email": "a@b.dk?bcc=c@d.dk,e@f.dk"}, "expected an e-mail address"),
    ("edit", {"edit": "https://code.example/{path}"}, "“edit” has moved; write “repo_url” and “edit_uri” at the top"),
    ("an unknown key", {"mail": "a@b.dk"}, "did you mean “email”?"),
]


@pytest.mark.parametrize(("settings", "message"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_a_wrong_publisher_is_told(tmp_path: Path, settings: dict[str, str], message: str) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text("extra:\n  publisher:\n    email: x\n")
    given, problems = publisher(settings, ConfigFile.read(config).section("publisher"))
    assert message in " ".join(str(problem) for problem in problems)
    assert problems[0].line in (2, 3)
    assert given == Publisher(name=None).model_copy(update={"name": ""})


@pytest.mark.parametrize("lang", PAGES)
def test_share_links_carry_title_and_address(small_site: Path, lang: str) -> None:
    title, found = links(small_site, lang, "share")
    address = f"http://127.0.0.1:8000/{PAGES[lang][0]}"
    by_mail, facebook, linkedin = found
    assert mail(by_mail) == ("", title, address)
    for link, host, key in ((facebook, "www.facebook.com", "u"), (linkedin, "www.linkedin.com", "url")):
        assert (urlsplit(link).scheme, urlsplit(link).netloc) == ("https", host)
        assert parse_qs(urlsplit(link).query) == {key: [address]}


@pytest.fixture
def shared(chromium: Browser, small_url: str) -> Iterator[Page]:
    context = chromium.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.add_init_script("navigator.share = async (what) => { window.told = what; };")
    page.goto(f"{small_url}/{PAGES['en'][0]}")
    yield page
    context.close()


def test_copying_and_the_devices_own_sheet(shared: Page) -> None:
    address = f"http://127.0.0.1:8000/{PAGES['en'][0]}"
    shared.get_by_role("button", name="Copy link").click()
    expect(shared.locator(".share__status")).to_have_text("Link copied")
    assert shared.evaluate("navigator.clipboard.readText()") == address
    shared.get_by_role("button", name="Share …").click()
    assert shared.evaluate("window.told") == {"title": shared.locator("h1").inner_text(), "url": address}


def test_a_link_that_cannot_be_copied_is_shown(shared: Page) -> None:
    shared.evaluate("navigator.clipboard.writeText = async () => { throw new Error('no'); }; 0")
    shared.get_by_role("button", name="Copy link").click()
    expect(shared.locator(".share__status")).to_contain_text(f"Here it is: http://127.0.0.1:8000/{PAGES['en'][0]}")


def test_without_the_means_there_are_no_buttons(chromium: Browser, small_site: Path) -> None:
    for url in serve(small_site):
        context = chromium.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{url}/{PAGES['da'][0]}")
        expect(page.locator(".share a:visible")).to_have_count(3)
        expect(page.locator(".share button:visible")).to_have_count(0)
        context.close()


@pytest.fixture(scope="module")
def all_on(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    newsletter = {"provider": "kit", "lists": {"da": "1", "en": "2"}, "double_opt_in": True}
    words = dict.fromkeys(("title", "text", "price", "terms", "link_text"), "Ord") | {"link": "https://x.example"}
    offer = {"show": True, "da": words, "en": words}
    extra = {"newsletter": newsletter, "comments": {"isso": "http://127.0.0.1:9"}, "publisher": {"email": MAIL}}
    extra["training_client"] = offer
    folder = tmp_path_factory.mktemp("on")
    yield from serve(built(configured(folder, extra), folder / "site"))


def test_a_page_with_everything_on_asks_nobody_else(chromium: Browser, all_on: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{all_on}/{PAGES['da'][0]}", wait_until="networkidle")
    assert asked
    assert [address for address in asked if not address.startswith(all_on)] == []
    assert context.cookies() == []
    assert page.evaluate("localStorage.length") == 0
    context.close()


def test_axe_finds_nothing_with_everything_on_and_mistakes_shown(chromium: Browser, all_on: str) -> None:
    window = context(chromium, 320, "light")
    page = window.new_page()
    page.goto(f"{all_on}/{PAGES['da'][0]}")
    page.get_by_role("button", name="Tilmeld").click()
    expect(page.locator(".newsletter__error:visible")).to_have_count(2)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    window.close()
