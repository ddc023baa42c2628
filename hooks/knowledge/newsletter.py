"""The newsletter: one plain HTML form per language, for whichever provider is set."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, ValidationError

from .article import LANGUAGES, Article, Language, Line, _Model
from .problems import Problem, did_you_mean


class Provider(_Model):
    """One record of `providers.yml`: what the provider documents of its form."""

    docs: str | None
    action: str
    email: str
    list: str | None = None
    hidden: dict[str, str] = Field({})
    consent: dict[str, str] = Field({})
    language: str | None = None
    honeypot: str | None = None


class Settings(_Model):
    """`extra.newsletter` of mkdocs.yml."""

    provider: Line | None = Field(None, description="A key of providers.yml; none: feeds are offered.")
    sender: Line = Field("Trinvis", description="Who sends the mails.")
    withdraw: Line | None = Field(None, description="E-mail address for withdrawing consent.")
    account: dict[str, str] = Field(
        {}, description="What the provider's action needs; {lang} and {list} are filled in."
    )
    lists: dict[str, str] = Field({}, description="List, form or tag of each language.")
    double_opt_in: bool = Field(False, description="Whether the provider mails a confirmation first.")


@dataclass(frozen=True)
class Form:
    """What the template needs to draw the form in one language."""

    action: str
    email: str
    hidden: dict[str, str]
    consent: dict[str, str]
    """The consent box's field and value; an empty mapping means a name of our own."""
    honeypot: str | None
    sender: str
    withdraw: str | None


def providers() -> dict[str, Provider]:
    """All providers, from the data file beside this module."""
    text = (Path(__file__).parent / "providers.yml").read_text("utf-8")
    return {key: Provider.model_validate(value) for key, value in yaml.safe_load(text).items()}


def forms(settings: Any, config_file: Path) -> tuple[dict[Language, Form], list[Problem]]:
    """The form of each language, or none where no provider is set.

    Args:
        settings: `extra.newsletter` of mkdocs.yml as it was read, or None.
        config_file: mkdocs.yml, whose line problems name.

    Returns:
        Forms by language, and what is wrong with the settings; with problems there are no forms.
    """
    made, wrong = _forms(settings)
    if not wrong:
        return made, []
    lines = config_file.read_text("utf-8").splitlines()
    line = next((i for i, text in enumerate(lines, 1) if text.startswith("  newsletter:")), 1)
    return {}, [
        Problem(config_file.name, line, 3, "newsletter", f"extra.newsletter: {message}", mend)
        for message, mend in wrong
    ]


def _forms(settings: Any) -> tuple[dict[Language, Form], list[tuple[str, str]]]:
    try:
        given = Settings.model_validate(settings or {})
    except ValidationError as error:
        return {}, [
            (f"“{'.'.join(map(str, e['loc']))}”: {e['msg']}", "see the comments in mkdocs.yml") for e in error.errors()
        ]
    if not given.provider:
        return {}, []
    known = providers()
    if given.provider not in known:
        return {}, [(f"there is no provider “{given.provider}”", did_you_mean(given.provider, known))]
    provider = known[given.provider]
    problems = list(_missing(given, provider))
    made = {} if problems else {lang: _form(given, provider, lang) for lang in LANGUAGES}
    problems += [
        (f"the form's address is “{form.action}”; expected https://", "use the provider's https address")
        for form in made.values()
        if not re.match(r"https://[^\s/]+\.[^\s]+", form.action)
    ]
    return ({} if problems else made), problems


def has_newsletter(article: Article) -> bool:
    """Whether the block may stand on the page: never with a help box, never on the gravest steps."""
    return article.kind in ("article", "home", "topic") and not article.has_help and not article.shared.noindex


def _missing(settings: Settings, provider: Provider):
    templates = " ".join([provider.action, provider.email, provider.honeypot or ""])
    needs = set(re.findall(r"\{(\w+)\}", templates))
    for name in sorted(needs - {"list"} - set(settings.account)):
        yield (f"{settings.provider} needs “account.{name}”", f"add “{name}: …” below “account:”")
    for lang in LANGUAGES:
        if ("list" in needs or provider.list) and lang not in settings.lists:
            yield (f"there is no list for “{lang}”", f"add “{lang}: …” below “lists:”")
    if not settings.double_opt_in:
        yield ("double opt-in is not declared", "switch it on at the provider, then set “double_opt_in: true”")


def _form(settings: Settings, provider: Provider, lang: Language) -> Form:
    chosen = settings.lists.get(lang, "")
    account = {key: v.replace("{lang}", lang).replace("{list}", chosen) for key, v in settings.account.items()}
    values = {**account, "list": chosen}
    hidden = dict(provider.hidden)
    if provider.list and settings.lists.get(lang):
        hidden[provider.list] = settings.lists[lang]
    if provider.language:
        hidden[provider.language] = lang
    return Form(
        action=provider.action.format_map(values),
        email=provider.email.format_map(values),
        hidden=hidden,
        consent=provider.consent,
        honeypot=provider.honeypot and provider.honeypot.format_map(values),
        sender=settings.sender,
        withdraw=settings.withdraw,
    )
