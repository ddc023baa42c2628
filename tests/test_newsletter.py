"""The newsletter: each provider's form, and settings that stop a build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conftest import build, configured
from knowledge.content.settings import ConfigFile
from knowledge.core.language import LANGUAGES
from knowledge.pages.blocks.newsletter import Form, Newsletter, forms, providers

LISTS = {"da": "dansk", "en": "english"}
BASE: dict[str, Any] = {"lists": LISTS, "double_opt_in": True, "withdraw": "nej@trinvis.example"}
ACCOUNTS = {
    "buttondown": {"user": "trinvis"},
    "mailchimp": {"host": "trinvis.us1", "u": "abc"},
    "brevo": {"host": "123"},
    "kit": {},
    "listmonk": {"root": "https://post.trinvis.example"},
    "custom": {"action": "https://post.trinvis.example/{lang}", "email": "adresse"},
}
ACTIONS = {
    "buttondown": ("https://buttondown.com/api/emails/embed-subscribe/trinvis", {"embed": "1", "tag": "dansk"}),
    "mailchimp": ("https://trinvis.us1.list-manage.com/subscribe/post?u=abc&id=dansk", {}),
    "brevo": ("https://123.sibforms.com/serve/dansk", {"html_type": "simple", "locale": "da"}),
    "kit": ("https://app.kit.com/forms/dansk/subscriptions", {}),
    "listmonk": (
        "https://post.trinvis.example/subscription/form",
        {"l": "dansk", "next": "https://trinvis.example/tjek/"},
    ),
    "custom": ("https://post.trinvis.example/da", {}),
}


RETURNS = {"da": "https://trinvis.example/tjek/", "en": "https://trinvis.example/en/check/"}


def read(
    tmp_path: Path, settings: object, returns: dict[str, str] = RETURNS, preview: bool = False
) -> tuple[dict[str, Form], list[str]]:
    """Forms and printed problems."""
    config = tmp_path / "mkdocs.yml"
    config.write_text("extra:\n  x: 1\n  newsletter: …\n")
    section = ConfigFile.read(config).section("newsletter")
    given, problems = section.read(Newsletter, settings)
    made, problems = forms(given, section, LANGUAGES, returns, preview) if given else ({}, problems)
    return made, [str(problem) for problem in problems]


@pytest.mark.parametrize("provider", providers())
def test_each_provider_gets_the_form_it_documents(tmp_path: Path, provider: str) -> None:
    made, problems = read(tmp_path, {**BASE, "provider": provider, "account": ACCOUNTS[provider]})
    assert problems == []
    action, hidden = ACTIONS[provider]
    assert (made["da"].action, made["da"].hidden) == (action, hidden)
    assert made["en"].action == action.replace("dansk", "english").replace("/da", "/en")


def test_without_a_provider_there_is_no_form(tmp_path: Path) -> None:
    assert read(tmp_path, {}) == ({}, [])
    assert read(tmp_path, None) == ({}, [])


def test_a_preview_without_a_provider_has_a_form_that_goes_nowhere(tmp_path: Path) -> None:
    made, problems = read(tmp_path, {"sender": "Os"}, preview=True)
    assert (problems, set(made), made["da"].action, made["da"].sender) == ([], {"da", "en"}, "", "Os")


def test_fields_of_ones_own_are_filled_in_per_language(tmp_path: Path) -> None:
    settings = {**BASE, "provider": "kit", "hidden": {"fields[language]": "{lang}", "tag": "{list}!"}, "honeypot": "x"}
    made, problems = read(tmp_path, settings)
    assert problems == []
    assert made["en"].hidden == {"fields[language]": "en", "tag": "english!"}
    assert made["en"].honeypot == "x"


def test_every_provider_names_its_documentation() -> None:
    for key, provider in providers().items():
        assert (provider.docs or "").startswith("https://") or key == "custom", key


def test_the_line_is_that_of_the_setting(tmp_path: Path) -> None:
    settings = {**BASE, "provider": "kit", "lists": {"da": "1", "en": "2", "de": "3"}}
    config = tmp_path / "mkdocs.yml"
    config.write_text("a: !ENV [X, 1]\nextra:\n  newsletter:\n    provider: kit\n    lists:\n      de: 3\n")
    section = ConfigFile.read(config).section("newsletter")
    given, _ = section.read(Newsletter, settings)
    assert given
    _, problems = forms(given, section, LANGUAGES, RETURNS)
    assert [str(problem) for problem in problems] == [
        "mkdocs.yml:6:3 newsletter extra.newsletter: the site has no language “de”; use da and en"
    ]


def test_a_build_tells_every_mistake_and_writes_no_page(tmp_path: Path) -> None:
    config = configured(tmp_path, {"newsletter": {"provider": "kit", "lists": {"da": "1"}}})
    result = build(config, tmp_path / "site")
    assert result.returncode != 0
    assert "there is no list for “en”" in result.stdout
    assert "double opt-in is not declared" in result.stdout
    assert not (tmp_path / "site/index.html").exists()


BAD = [
    ("unknown provider", {"provider": "buttodown"}, "there is no provider “buttodown”; did you mean “buttondown”?"),
    ("unknown setting", {"provder": "kit"}, "“provder” is not a known setting; did you mean “provider”?"),
    ("not settings", "kit", "it is “kit”; expected keys below it"),
    ("a missing account", {**BASE, "provider": "buttondown"}, "buttondown needs “account.user”"),
    ("a missing list", {**BASE, "provider": "kit", "lists": {"da": "x"}}, "there is no list for “en”"),
    ("no double opt-in", {**BASE, "provider": "kit", "double_opt_in": False}, "double opt-in is not declared"),
    (
        "an unknown account",
        {**BASE, "provider": "buttondown", "account": {"user": "x", "usr": "y"}},
        "buttondown does not know “account.usr”; did you mean “user”?",
    ),
    ("an empty list", {**BASE, "provider": "kit", "lists": {"da": "", "en": "2"}}, "“lists.da” is empty"),
    (
        "a list that its address needs",
        {"provider": "custom", "account": {"action": "https://x.example/{list}", "email": "e"}, "double_opt_in": True},
        "there is no list for “da”",
    ),
    ("no address to write to", {**BASE, "provider": "kit", "withdraw": "nej"}, "expected an e-mail address"),
    ("no sender", {**BASE, "provider": "kit", "sender": ""}, "“sender” is empty"),
    (
        "a field there twice",
        {**BASE, "provider": "kit", "hidden": {"email_address": "x"}},
        "the field “email_address” is there twice",
    ),
    (
        "a password in the address",
        {**BASE, "provider": "listmonk", "account": {"root": "https://me:secret@post.example"}},
        "expected https://",
    ),
    *(
        (
            f"action {action}",
            {**BASE, "provider": "custom", "account": {"action": action, "email": "e"}},
            f"the form's address is “{action}”; expected https://",
        )
        for action in ("http://post.example/x", "javascript:alert(1)", "//post.example/x", "https://", "post")
    ),
    (
        "a listmonk without https",
        {**BASE, "provider": "listmonk", "account": {"root": "http://post.example"}},
        "expected https://",
    ),
]


@pytest.mark.parametrize(("settings", "message"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_a_bad_setting_stops_the_build_at_its_line(tmp_path: Path, settings: object, message: str) -> None:
    made, problems = read(tmp_path, settings)
    assert made == {}
    assert problems
    assert problems[0].startswith("mkdocs.yml:3:3 newsletter extra.newsletter: ")
    assert message in problems[0]


def test_a_provider_needs_pages_to_return_to(tmp_path: Path) -> None:
    made, problems = read(tmp_path, {**BASE, "provider": "kit"}, returns={})
    assert made == {}
    assert "the pages “newsletter-check” and “newsletter-done” are missing" in problems[0]
