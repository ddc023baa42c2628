"""The newsletter's form in Chromium: what is really sent to each provider, and what a reader is told."""

from __future__ import annotations

import contextlib
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from conftest import CHROMIUM, FLAGS, SITE, SPARING, built, configured, serve

Answer = Literal["return", "late", "error", "cut off"]
SITE_PATHS = {"da": "/alliancen/reparation/", "en": "/en/alliance/repair/"}
CHECK = {"da": "/nyhedsbrev/tjek-din-indbakke/", "en": "/en/newsletter/check-your-inbox/"}
HOSTS = ("buttondown.com", "*.list-manage.com", "*.sibforms.com", "app.kit.com", "*.trinvis.example")
BUTTON = {"da": "Tilmeld mig", "en": "Subscribe"}
ADDRESS = "maja+test@blåbær.example"


@dataclass
class Provider:
    """A provider on loopback behind every https address, which records what it is sent."""

    port: int
    answer: Answer = "return"
    returns: str = ""
    sent: list[tuple[str, str, str, bytes]] = field(default_factory=list)
    """Host, path with query, content type and body of each POST."""

    def reset(self, answer: Answer, returns: str) -> None:
        """Forget what was sent, and answer so from now on."""
        self.answer, self.returns = answer, returns
        self.sent.clear()


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    folder = tmp_path_factory.mktemp("tls")
    made = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=loopback -keyout key.pem -out cert.pem".split()
    subprocess.run(made, cwd=folder, check=True, capture_output=True)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            state.sent.append((self.headers["Host"], self.path, self.headers["Content-Type"], body))
            if state.answer == "error":
                self.send_error(503)
            elif state.answer != "cut off":
                time.sleep(1 if state.answer == "late" else 0)
                self.send_response(303)
                self.send_header("Location", state.returns)
                self.end_headers()

        def do_GET(self) -> None:
            self.send_error(404)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.handle_error = lambda *args: None  # a reader who leaves is no error
    state = Provider(server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield state
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def sender(chromium: Browser, provider: Provider) -> Iterator[Browser]:
    """A Chromium to which every provider is the one on loopback, and nobody else is there."""
    maps = [f"MAP {host} 127.0.0.1:{provider.port}" for host in HOSTS]
    rules = "--host-resolver-rules=" + ", ".join([*maps, "MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1"])
    browser = chromium.browser_type.launch(
        executable_path=CHROMIUM, args=[*FLAGS, *SPARING, rules, "--ignore-certificate-errors"]
    )
    yield browser
    browser.close()


def context(browser: Browser, javascript: bool = True) -> BrowserContext:
    """A reader who has asked for less motion: to draw each step of a scroll costs more than the rest of a test."""
    return browser.new_context(
        viewport={"width": 360, "height": 800},
        java_script_enabled=javascript,
        ignore_https_errors=True,
        reduced_motion="reduce",
    )


def served(folder: Path, newsletter: dict[str, Any]) -> Iterator[str]:
    config = configured(folder, {"newsletter": newsletter})
    yield from serve(built(config, folder / "site"))


@dataclass(frozen=True)
class Contract:
    """A provider as its documentation describes it, written down apart from providers.yml."""

    settings: dict[str, Any]
    target: dict[str, tuple[str, str]]
    """Host and path of each language."""
    fields: dict[str, list[tuple[str, str]]]
    """Everything that is sent, in order."""


PUNYCODE = "maja+test@" + "blåbær".encode("idna").decode() + ".example"
CONTRACTS = {
    "buttondown": Contract(
        {"account": {"user": "trinvis"}, "lists": {"da": "dansk", "en": "english"}},
        dict.fromkeys(("da", "en"), ("buttondown.com", "/api/emails/embed-subscribe/trinvis")),
        {
            lang: [("embed", "1"), ("tag", tag), ("email", "{email}"), ("metadata__consent", "yes")]
            for lang, tag in (("da", "dansk"), ("en", "english"))
        },
    ),
    "mailchimp": Contract(
        {"account": {"host": "trinvis.us1", "u": "abc123"}, "lists": {"da": "da1", "en": "en1"}},
        {
            "da": ("trinvis.us1.list-manage.com", "/subscribe/post?u=abc123&id=da1"),
            "en": ("trinvis.us1.list-manage.com", "/subscribe/post?u=abc123&id=en1"),
        },
        {
            "da": [("EMAIL", "{email}"), ("b_abc123_da1", "")],
            "en": [("EMAIL", "{email}"), ("b_abc123_en1", "")],
        },
    ),
    "brevo": Contract(
        {"account": {"host": "1a2b"}, "lists": {"da": "MUI-da", "en": "MUI-en"}},
        {"da": ("1a2b.sibforms.com", "/serve/MUI-da"), "en": ("1a2b.sibforms.com", "/serve/MUI-en")},
        {
            lang: [
                ("html_type", "simple"),
                ("locale", lang),
                ("EMAIL", "{email}"),
                ("OPT_IN", "1"),
                ("email_address_check", ""),
            ]
            for lang in ("da", "en")
        },
    ),
    "kit": Contract(
        {"lists": {"da": "111", "en": "222"}},
        {"da": ("app.kit.com", "/forms/111/subscriptions"), "en": ("app.kit.com", "/forms/222/subscriptions")},
        {lang: [("email_address", "{email}")] for lang in ("da", "en")},
    ),
    "listmonk": Contract(
        {"account": {"root": "https://post.trinvis.example"}, "lists": {"da": "uuid-da", "en": "uuid-en"}},
        dict.fromkeys(("da", "en"), ("post.trinvis.example", "/subscription/form")),
        {
            lang: [
                ("l", f"uuid-{lang}"),
                ("next", f"http://127.0.0.1:8000{CHECK[lang]}"),
                ("email", "{email}"),
                ("nonce", ""),
            ]
            for lang in ("da", "en")
        },
    ),
    "custom": Contract(
        {
            "account": {"action": "https://post.trinvis.example/{lang}/ny?x=1", "email": "adresse"},
            "hidden": {"sprog": "{lang}", "navn": "æ & ø"},
            "honeypot": "url",
        },
        {"da": ("post.trinvis.example", "/da/ny?x=1"), "en": ("post.trinvis.example", "/en/ny?x=1")},
        {lang: [("sprog", lang), ("navn", "æ & ø"), ("adresse", "{email}"), ("url", "")] for lang in ("da", "en")},
    ),
}


@pytest.fixture(scope="module")
def readers(sender: Browser) -> Iterator[dict[bool, Page]]:
    """A page with JavaScript and one without, which the tests use one after another."""
    pages = {javascript: context(sender, javascript).new_page() for javascript in (True, False)}
    yield pages
    for page in pages.values():
        page.context.close()


@pytest.mark.parametrize("name", CONTRACTS)
def test_what_is_sent_is_what_the_provider_documents(
    name: str, tmp_path: Path, readers: dict[bool, Page], provider: Provider, kit_url: str
) -> None:
    """In both languages, with JavaScript in one and without it in the other, and to one provider in each way; then
    the reader comes back to “check your inbox”."""
    contract = CONTRACTS[name]
    settings = {"provider": name, "double_opt_in": True, **contract.settings}
    for url in [kit_url] if name == "kit" else served(tmp_path, settings):
        for lang, javascript in (
            product(("da", "en"), (True, False)) if name == "kit" else (("da", True), ("en", False))
        ):
            page = readers[javascript]
            provider.reset("return", url + CHECK[lang])
            page.goto(url + SITE_PATHS[lang])
            page.locator("#newsletter-email").fill(ADDRESS)
            page.get_by_role("checkbox").check()
            page.get_by_role("button", name=BUTTON[lang]).click()
            expect(page).to_have_url(url + CHECK[lang])
            ((host, path, kind, body),) = provider.sent
            fields = [(key, value.format(email=PUNYCODE)) for key, value in contract.fields[lang]]
            assert (host, path) == contract.target[lang], javascript
            assert kind == "application/x-www-form-urlencoded"
            assert parse_qsl(body.decode("ascii"), keep_blank_values=True) == fields, javascript
        for page in readers.values():
            page.goto("about:blank")


@pytest.fixture(scope="module")
def kit_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = {"provider": "kit", "double_opt_in": True, **CONTRACTS["kit"].settings, "sender": "Os & jer"}
    yield from served(tmp_path_factory.mktemp("kit"), settings | {"withdraw": "nej@trinvis.example"})


@pytest.fixture(scope="module")
def errors(readers: dict[bool, Page]) -> list[str]:
    """What the scripts of the page with JavaScript fail with."""
    failed: list[str] = []
    readers[True].on("pageerror", lambda error: failed.append(str(error)))
    return failed


@pytest.fixture
def form(
    readers: dict[bool, Page], errors: list[str], kit_url: str, provider: Provider, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """The page with the form, Danish unless the test says otherwise."""
    provider.reset("return", kit_url + CHECK["da"])
    errors.clear()
    page = readers[True]
    page.goto(kit_url + SITE_PATHS[getattr(request, "param", "da")])
    yield page
    page.evaluate("sessionStorage.clear(); localStorage.clear()")
    assert errors == []


STRANGE = ("maja", "maja@", "@x.dk", "maja@x", "maja@@x.dk", "a b@x.dk", "a@x.dk, b@x.dk", "a@x.dk.")
STRANGE += ("Maja <maja@x.dk>", "mailto:maja@x.dk", "søren@x.dk", "'; drop table--@")
MISTAKES = [
    ("no address", "", True, "#newsletter-email", "Skriv din e-mailadresse."),
    ("only spaces", "   ", True, "#newsletter-email", "Skriv din e-mailadresse."),
    *(
        (f"address {address}", address, True, "#newsletter-email", "Adressen ser ikke rigtig ud.")
        for address in STRANGE
    ),
    ("an overlong address", "a" * 300 + "@x.dk", True, "#newsletter-email", "Adressen er for lang."),
    ("no consent", "maja@x.dk", False, "#newsletter-consent", "Sæt kryds, hvis du siger ja"),
    ("nothing at all", "", False, "#newsletter-email", "Skriv din e-mailadresse."),
]


TELL = """([address, consent]) => {
  const [email, box, button] = ["#newsletter-email", "#newsletter-consent", ".newsletter form [type=submit]"].map(
    (name) => document.querySelector(name));
  email.value = address;
  email.dispatchEvent(new Event("input", { bubbles: true }));
  if (box.checked !== consent) box.click();
  document.activeElement.blur();
  button.click();
  const wrong = document.activeElement, told = document.getElementById(wrong.getAttribute("aria-describedby"));
  return [`#${wrong.id}`, wrong.getAttribute("aria-invalid"), told?.checkVisibility(), told?.textContent, email.value];
}"""
"""Fills the form in, sends it, and says where the focus is and what is told of it."""


def test_a_mistake_is_told_where_it_is_and_nothing_is_sent(form: Page, provider: Provider) -> None:
    found = {name: form.evaluate(TELL, [address, consent]) for name, address, consent, _, _ in MISTAKES}
    for name, address, _, place, message in MISTAKES:
        focused, invalid, is_seen, told, kept = found[name]
        assert (focused, invalid, is_seen, kept) == (place, "true", True, address.strip()), name
        assert message in told, name
    form.locator("#newsletter-email").fill("a b@x.dk")
    form.locator("#newsletter-consent").check()
    form.get_by_role("button", name="Tilmeld").click()
    expect(form.locator("#newsletter-email")).to_be_focused()
    expect(form.locator("#newsletter-email-error")).to_be_visible()
    assert provider.sent == []


def test_a_mended_mistake_is_no_longer_told(form: Page) -> None:
    form.get_by_role("button", name="Tilmeld").click()
    email = form.locator("#newsletter-email")
    email.fill("maja@x.dk")
    expect(form.locator("#newsletter-email-error")).not_to_be_visible()
    assert email.get_attribute("aria-invalid") is email.get_attribute("aria-describedby") is None
    expect(form.locator("#newsletter-consent-error")).to_be_visible()
    form.locator("#newsletter-consent").check()
    expect(form.locator("#newsletter-consent-error")).not_to_be_visible()


@pytest.mark.parametrize("form", ["en"], indirect=True)
def test_mistakes_are_told_in_the_pages_language(form: Page) -> None:
    form.get_by_role("button", name="Subscribe").click()
    expect(form.locator("#newsletter-email-error")).to_have_text("Enter your email address.")
    expect(form.locator("#newsletter-consent-error")).to_have_text("Tick the box if you’d like the newsletter.")


def test_without_javascript_the_browser_stops_the_same_mistakes(
    readers: dict[bool, Page], kit_url: str, provider: Provider
) -> None:
    provider.reset("return", kit_url)
    page = readers[False]
    page.goto(kit_url + SITE_PATHS["da"])
    for address, consent in (("", True), ("maja", True), ("a" * 300 + "@x.dk", True), ("maja@x.dk", False)):
        page.locator("#newsletter-email").fill(address)
        page.locator("#newsletter-consent").set_checked(consent)
        page.get_by_role("button", name="Tilmeld").click()
        expect(page).to_have_url(kit_url + SITE_PATHS["da"])
        expect(page.locator("#newsletter-email")).to_have_value(address)
    assert provider.sent == []


def fill(page: Page) -> None:
    page.locator("#newsletter-email").fill("maja@x.dk")
    page.locator("#newsletter-consent").check()


CLICKS = """([pace, ...clicks]) => {
  const [button, status, email] = ["button", ".newsletter__status", "[type=email]"].map(
    (name) => document.querySelector(`.newsletter form ${name}`));
  const said = [];
  new MutationObserver(() => {
    said.push([status.textContent, email.value, button.ariaDisabled]);
    sessionStorage.said = JSON.stringify(said);
  }).observe(status, { childList: true });
  const real = setTimeout;
  window.setTimeout = (what, after) => real(what, after / pace);
  for (const after of clicks) real(() => button.click(), after);
}"""
"""Clicks after so many milliseconds and notes what the page says meanwhile, on a clock that runs so many times as
fast: while an answer is awaited, nobody outside the page can ask it."""


def said(page: Page) -> list[list[str | None]]:
    """What the status said, with the typed address and whether the button was busy."""
    return page.evaluate("JSON.parse(sessionStorage.said)")


def test_several_clicks_send_once(form: Page, provider: Provider, kit_url: str) -> None:
    provider.reset("late", kit_url + CHECK["da"])
    fill(form)
    form.evaluate(CLICKS, [1, 0, 0, 200, 400])
    expect(form).to_have_url(kit_url + CHECK["da"])
    assert len(provider.sent) == 1
    assert said(form)[0] == ["Sender …", "maja@x.dk", "true"]


def test_a_silent_provider_is_told_of_and_one_may_try_again(form: Page, provider: Provider, kit_url: str) -> None:
    provider.reset("late", kit_url + CHECK["da"])
    fill(form)
    form.evaluate(CLICKS, [100, 0, 500])
    expect(form).to_have_url(kit_url + CHECK["da"])
    assert len(provider.sent) == 2
    (_, (told, address, busy), *_) = said(form)
    assert "Det, du skrev, står her endnu." in (told or "")
    assert (address, busy) == ("maja@x.dk", None)


@pytest.mark.parametrize("answer", ["return", "error", "cut off"])
def test_going_back_keeps_what_was_typed_and_says_what_to_do(
    form: Page, provider: Provider, kit_url: str, answer: Answer
) -> None:
    """After an answer, an error page, and a connection that breaks."""
    provider.reset(answer, kit_url + CHECK["da"])
    fill(form)
    with form.expect_event("domcontentloaded"):
        form.get_by_role("button", name="Tilmeld").click(no_wait_after=True)
    expect(form.locator(".newsletter form")).to_have_count(0)
    form.go_back()
    expect(form.locator("#newsletter-email")).to_have_value("maja@x.dk")
    expect(form.locator("#newsletter-consent")).to_be_checked()
    expect(form.locator(".newsletter__status")).to_contain_text("Har du ikke fået en mail om et par minutter")
    provider.reset("return", kit_url + CHECK["da"])
    form.get_by_role("button", name="Tilmeld").click()
    expect(form).to_have_url(kit_url + CHECK["da"])
    assert len(provider.sent) == 1


def test_offline_the_form_stays_and_says_so(form: Page, provider: Provider, kit_url: str) -> None:
    """The browser's own page of errors would stand in the place of what was being read."""
    provider.reset("return", kit_url + CHECK["da"])
    fill(form)
    form.context.set_offline(True)
    form.get_by_role("button", name="Tilmeld").click()
    expect(form.locator(".newsletter__status")).to_contain_text("Det, du skrev, står her endnu.")
    form.context.set_offline(False)
    form.get_by_role("button", name="Tilmeld").click()
    expect(form).to_have_url(kit_url + CHECK["da"])
    assert len(provider.sent) == 1


def test_a_reload_does_not_speak_of_sending(form: Page) -> None:
    form.reload()
    expect(form.locator(".newsletter__status")).to_have_text("")


ALWAYS_TOLD = ("Os & jer", "nej@trinvis.example", "NLP", "stress")


@pytest.mark.parametrize("form", ["da", "en"], indirect=True)
def test_consent_names_sender_channel_subject_and_withdrawal(form: Page) -> None:
    """Markedsføringsloven § 10: told before consenting, never ticked beforehand, with the privacy page at hand."""
    box = form.locator("#newsletter-consent")
    expect(box).not_to_be_checked()
    label = form.locator("label[for=newsletter-consent]")
    danish = form.locator("html").get_attribute("lang") == "da"
    told = ("på e-mail", "trække mit samtykke tilbage", "gratis")
    for words in (*(told if danish else ("by email", "withdraw my consent", "free of charge")), *ALWAYS_TOLD):
        expect(label).to_contain_text(words)
    expect(form.locator(".newsletter__note a")).to_have_attribute("href", "/privatliv/" if danish else "/en/privacy/")


@pytest.fixture(scope="module")
def preview_url(preview_site: Path) -> Iterator[str]:
    yield from serve(preview_site)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("lang", ["da", "en"])
def test_a_previews_form_is_marked_and_sends_nothing(
    readers: dict[bool, Page], preview_url: str, provider: Provider, lang: str, javascript: bool
) -> None:
    provider.reset("return", "")
    page = readers[javascript]
    page.goto(preview_url + SITE_PATHS[lang])
    expect(page.locator(".newsletter__preview")).to_contain_text("Forhåndsvisning" if lang == "da" else "Preview")
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.is_navigation_request() or request.method != "GET":
            asked.append(request.url)

    page.on("request", note)
    fill(page)
    page.get_by_role("button", name=BUTTON[lang]).click()
    if javascript:
        expect(page.locator(".newsletter__status")).not_to_have_text("")
    expect(page).to_have_url(preview_url + SITE_PATHS[lang])
    expect(page.locator("#newsletter-email")).to_have_value("maja@x.dk")
    page.remove_listener("request", note)
    assert asked == provider.sent == []


def test_mkdocs_serve_itself_shows_the_preview_and_a_build_does_not(tmp_path: Path, small_site: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "-f", str(SITE / "mkdocs.yml"), "-a", address]
    with subprocess.Popen(command, env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PREVIEW": "false"}) as process:
        try:
            for _ in range(200):
                with contextlib.suppress(OSError), urllib.request.urlopen(f"http://{address}/en/") as answer:
                    served = answer.read().decode()
                    break
                time.sleep(0.1)
        finally:
            process.terminate()
    assert 'class="newsletter__preview"' in served
    assert "Content-Security-Policy" not in served
    built_page = (small_site / "en/index.html").read_text("utf-8")
    assert 'class="newsletter__preview"' not in built_page
    assert "Content-Security-Policy" in built_page
