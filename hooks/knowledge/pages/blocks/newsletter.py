"""The newsletter: one plain HTML form per language, for whichever provider is set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field

from ...content import urls
from ...content.record import NonEmptyStr, Record, Text
from ...content.settings import Email, ExtraSettings
from ...core.language import Language, Languages
from ...core.problems import Problem, did_you_mean
from ...core.table import table
from .block import Block, Context, Place, Policy

PAGES = ("newsletter-check", "newsletter-done")
"""Pages for the provider to return to: “check your inbox” and “you are on the list”."""


class Provider(Record):
    """One record of `providers.yml`: what the provider documents of its form."""

    docs: str | None = Field(description="Where the provider documents its form.")
    action: str = Field(description="The form's address; {…} are filled in from `account` and `lists`.")
    email: str = Field(description="The field of the reader's address.")
    list: str | None = Field(None, description="The field that carries the list, if it goes in the form.")
    hidden: dict[str, str] = Field({}, description="Hidden fields, sent as they are.")
    consent: dict[str, str] = Field({}, description="The consent box's field and value, if it is sent.")
    language: str | None = Field(None, description="The field that carries the page's language.")
    honeypot: str | None = Field(None, description="A field that people leave empty.")
    returns: str | None = Field(None, description="The field that carries the page to return to.")


class Newsletter(Record):
    """`extra.newsletter` of mkdocs.yml."""

    provider: NonEmptyStr | None = Field(None, description="A key of providers.yml; none: feeds are offered.")
    sender: Text | None = Field(None, description="Who sends the mails; none: they go by the site's name.")
    withdraw: Email | None = Field(None, description="E-mail address for withdrawing consent.")
    account: dict[str, NonEmptyStr] = Field(
        {}, description="What the provider's action needs; {lang} and {list} are filled in."
    )
    lists: dict[str, NonEmptyStr] = Field({}, description="List, form or tag of each language.")
    hidden: dict[str, str] = Field({}, description="Hidden fields of your own; {lang} and {list} are filled in.")
    honeypot: NonEmptyStr | None = Field(None, description="A field that people leave empty, if the provider has one.")
    double_opt_in: bool = Field(False, description="Whether the provider mails a confirmation first.")


@dataclass(frozen=True)
class Form:
    """What the template needs to draw the form in one language."""

    action: str
    """Empty in a preview, whose form sends nothing."""
    email: str
    hidden: Mapping[str, str] = field(default_factory=dict)
    consent: tuple[str, str] | None = None
    """The consent box's field and value; without them it is required, but not sent."""
    honeypot: str | None = None
    sender: str = ""
    withdraw: str | None = None


@dataclass(frozen=True)
class Following:
    """How to follow the site: by a form, or else by the feeds."""

    form: Form | None


def providers() -> dict[str, Provider]:
    """All providers, from the data file beside this module."""
    listed = table(Path(__file__).with_name("providers.yml"))
    return {key: Provider.model_validate(value) for key, value in listed.items()}


def forms(
    given: Newsletter,
    section: ExtraSettings,
    languages: Languages,
    returns: Mapping[Language, str],
    preview: bool = False,
    site_name: str = "",
) -> tuple[dict[Language, Form], list[Problem]]:
    """The form of each language, or none where no provider is set.

    Args:
        returns: the full address of the page “check your inbox” in each language.
        preview: whether a form that sends nothing stands in for a missing provider.
        site_name: who sends the mails, unless the settings say it.

    Returns:
        Forms by language, and what is wrong with the settings; with problems there are no forms.
    """
    sender = given.sender or site_name
    if not given.provider:
        form = Form("", "email", sender=sender, withdraw=given.withdraw)
        return (dict.fromkeys(languages, form) if preview else {}), []
    known = providers()
    if given.provider not in known:
        fix = did_you_mean(given.provider, known)
        return {}, [section.problem("provider", f"there is no provider “{given.provider}”", fix)]
    provider = known[given.provider]
    made: dict[Language, Form] = {}
    wrong = [*_missing(given, provider, languages, returns)]
    if not wrong:
        made = {lang: _form(given, provider, lang, returns[lang], sender) for lang in languages}
        wrong = [one for form in made.values() for one in _wrong(form)]
    return ({} if wrong else made), [section.problem(*one) for one in wrong]


Wrong = tuple[str, str, str]
"""The key, what was found and expected, how to fix it."""


def _missing(
    settings: Newsletter, provider: Provider, languages: Languages, returns: Mapping[Language, str]
) -> Iterator[Wrong]:
    needs = _names(provider.action, provider.email, provider.honeypot or "")
    account = needs - {"list"}
    for name in sorted(account - set(settings.account)):
        yield "account", f"{settings.provider} needs “account.{name}”", f"add “{name}: …” below “account:”"
    for name in sorted(set(settings.account) - account):
        fix = did_you_mean(name, account) if account else "delete it"
        yield f"account.{name}", f"{settings.provider} does not know “account.{name}”", fix
    needs_list = provider.list or "list" in needs | _names(*settings.account.values(), *settings.hidden.values())
    for lang in languages:
        if needs_list and lang not in settings.lists:
            yield "lists", f"there is no list for “{lang}”", f"add “{lang}: …” below “lists:”"
    for lang in sorted(set(settings.lists) - set(languages)):
        yield f"lists.{lang}", f"the site has no language “{lang}”", f"use {' and '.join(languages)}"
    if not returns:
        fix = f"write {' and '.join(f'docs/{file}' for page in PAGES for file in languages.files(page))}"
        yield "", f"the pages “{PAGES[0]}” and “{PAGES[1]}” are missing", fix
    if not settings.double_opt_in:
        fix = "switch it on at the provider, then set “double_opt_in: true”"
        yield "double_opt_in", "double opt-in is not declared", fix


def _names(*templates: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", " ".join(templates)))


def _wrong(form: Form) -> Iterator[Wrong]:
    if not re.fullmatch(r"https://[^\s/?#@]+\.[^\s/?#@]+(/\S*)?", form.action):
        message = f"the form's address is “{form.action}”; expected https://"
        yield "account", message, "use the provider's https address"
    names = [form.email, *form.hidden, *((form.honeypot,) if form.honeypot else ())]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield "hidden", f"the field “{name}” is there twice", "rename or delete one of them"


def _form(settings: Newsletter, provider: Provider, lang: Language, returns: str, sender: str) -> Form:
    chosen = settings.lists.get(lang, "")

    def fill(text: str) -> str:
        return text.replace("{lang}", lang).replace("{list}", chosen)

    values = {**{key: fill(value) for key, value in settings.account.items()}, "list": chosen}
    sent = {provider.list: chosen, provider.language: lang, provider.returns: returns}
    hidden = provider.hidden | {name: value for name, value in sent.items() if name}
    honeypot = provider.honeypot or settings.honeypot
    return Form(
        action=provider.action.format_map(values),
        email=provider.email.format_map(values),
        hidden=hidden | {name: fill(value) for name, value in settings.hidden.items()},
        consent=next(iter(provider.consent.items()), None),
        honeypot=honeypot and honeypot.format_map(values),
        sender=sender,
        withdraw=settings.withdraw,
    )


def _following(given: Newsletter, context: Context) -> tuple[dict[Language, Following], list[Problem]]:
    """What is offered in each language."""
    library, languages = context.library, context.library.languages
    check = library.articles.get(PAGES[0]) if PAGES[1] in library.articles else None
    returns = {lang: urls.absolute(context.site_url, library.path(check, lang)) for lang in languages if check}
    made, problems = forms(given, context.section, languages, returns, context.is_preview, library.site_name)
    return {lang: Following(made.get(lang)) for lang in languages}, problems


def _show(place: Place) -> Following | None:
    """It stands never with a help box, and so never on the gravest steps."""
    article = place.article
    is_here = article.kind in ("article", "home", "topic") and not article.has_help and not article.shared.noindex
    return place.made[place.lang] if is_here else None


def _policy(made: Mapping[Language, Following]) -> Policy:
    targets = {urlsplit(one.form.action) for one in made.values() if one.form and one.form.action}
    return {"form-action": sorted({f"{target.scheme}://{target.netloc}" for target in targets})}


BLOCK = Block("newsletter", Newsletter, Following, _show, _following, rule="newsletter", policy=_policy)
