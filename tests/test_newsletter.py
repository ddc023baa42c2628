"""The newsletter: each provider's form, and settings that stop a build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from knowledge.newsletter import Form, forms, providers

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
    "brevo": ("https://123.sibforms.com/serve/dansk", {"locale": "da"}),
    "kit": ("https://app.kit.com/forms/dansk/subscriptions", {}),
    "listmonk": ("https://post.trinvis.example/subscription/form", {"l": "dansk"}),
    "custom": ("https://post.trinvis.example/da", {}),
}


def read(tmp_path: Path, settings: object) -> tuple[dict[str, Form], list[str]]:
    """Forms and printed problems."""
    config = tmp_path / "mkdocs.yml"
    config.write_text("extra:\n  x: 1\n  newsletter: …\n")
    made, problems = forms(settings, config)
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


BAD = [
    ("unknown provider", {"provider": "buttodown"}, "there is no provider “buttodown”; did you mean “buttondown”?"),
    ("unknown setting", {"provder": "kit"}, "“provder”: Extra inputs are not permitted"),
    ("not settings", "kit", "Input should be a valid dictionary"),
    ("a missing account", {**BASE, "provider": "buttondown"}, "buttondown needs “account.user”"),
    ("a missing list", {**BASE, "provider": "kit", "lists": {"da": "x"}}, "there is no list for “en”"),
    ("no double opt-in", {**BASE, "provider": "kit", "double_opt_in": False}, "double opt-in is not declared"),
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
