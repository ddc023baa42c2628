"""Visits: `extra.analytics` of mkdocs.yml, for programs that count without cookies on a server of the owner's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from ...content.article import Article
from ...content.public import is_public
from ...content.record import NonEmptyStr, Record
from ...content.settings import LOOPBACK, ExtraSettings
from ...content.urls import parts_of
from ...core.problems import Problem, did_you_mean
from .block import STRANGE, Policy


@dataclass(frozen=True)
class Program:
    """How a program counts."""

    title: str
    script: str
    """Of its own, below the server's root."""
    attributes: Mapping[str, str]
    """Of the element that loads it; {host} and {property} are filled in."""
    needs_property: bool = True
    picture: bool = False
    """Whether it falls back to asking for a picture."""


PROGRAMS = {
    "plausible": Program("Plausible", "/js/script.js", {"data-domain": "{property}"}),
    "umami": Program(
        "Umami",
        "/script.js",
        {"data-website-id": "{property}", "data-exclude-search": "true", "data-exclude-hash": "true"},
    ),
    "goatcounter": Program("GoatCounter", "/count.js", {"data-goatcounter": "{host}/count"}, False, True),
}
"""Sources: each program's own documentation of its script."""
WITH_COOKIES = ("google", "matomo", "hotjar", "clarity", "facebook", "yandex")
NOT_COUNTED = ("search", "selfcheck", "notfound")
"""Kinds of pages whose address, or whose being read, is nobody's business; nor is that of a page with the help box."""


class Visits(Record):
    """`extra.analytics` of mkdocs.yml."""

    provider: NonEmptyStr = Field(description="One of plausible, umami and goatcounter.")
    host: NonEmptyStr = Field(description="The address of the owner's own server: https://visits.example")
    property: NonEmptyStr | None = Field(
        None, description="What the program calls the site; GoatCounter has no need of it."
    )


@dataclass(frozen=True)
class Analytics:
    """How visits are counted."""

    title: str
    host: str
    """Of the server, without https://."""
    script: str
    attributes: Mapping[str, str]
    policy: Policy
    """What the security policy admits for it."""


def analytics(settings: Any, section: ExtraSettings, site_url: str) -> tuple[Analytics | None, list[Problem]]:
    """How visits are counted, or None where they are not or the settings do not say it rightly."""
    if settings is None:
        return None, []
    name = str(settings.get("provider", "")) if isinstance(settings, Mapping) else ""
    if name and name not in PROGRAMS:
        message = f"there is no provider “{name}”"
        if name.lower() in WITH_COOKIES:
            message = f"“{name}” tells others who reads here, and sets cookies"
        return None, [section.problem("provider", message, did_you_mean(name, PROGRAMS))]
    given, problems = section.read(Visits, settings)
    if not given:
        return None, problems
    program, parts = PROGRAMS[given.provider], parts_of(given.host)
    is_https = parts.scheme == "https" or parts.hostname in LOOPBACK
    if not is_https or parts.username or STRANGE & set(given.host):
        fix = "write the address of your own server: https://visits.example"
        return None, [section.problem("host", f"“host” is “{given.host}”; expected https://…", fix)]
    own = _domain(parts_of(site_url).hostname or "")
    if is_public(site_url) and _domain(parts.hostname or "") != own:
        message = f"“{parts.hostname}” is another's server than {site_url}, and the site loads nothing from others"
        return None, [section.problem("host", message, f"let it run on a server of your own: https://visits.{own}")]
    if program.needs_property and not given.property:
        fix = f"write what {program.title} calls the site"
        return None, [section.problem("property", "“property” is missing", fix)]
    origin = f"{parts.scheme}://{parts.netloc}"
    filled = {name: text.format(host=origin, property=given.property) for name, text in program.attributes.items()}
    policy = dict.fromkeys(("script-src", "connect-src", *(["img-src"] if program.picture else [])), (origin,))
    return Analytics(program.title, parts.netloc, origin + program.script, filled, policy), []


def is_counted(article: Article) -> bool:
    """Whether a visit to a page may be counted at all."""
    return not article.has_help and article.kind not in NOT_COUNTED


def _domain(host: str) -> str:
    """The part of a host that its owner has: its last two names."""
    return ".".join(host.split(".")[-2:])
