"""Comments: the Isso server that an article's readers may ask for."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic import Field

from ...content.record import NonEmptyStr, Record
from ...content.settings import LOOPBACK
from ...content.urls import parts_of
from ...core.problems import Problem
from .block import STRANGE, Block, Context, Place, Policy


class Comments(Record):
    """`extra.comments` of mkdocs.yml."""

    isso: NonEmptyStr | None = Field(None, description="Address of the Isso server; none: there are no comments.")


@dataclass(frozen=True)
class CommentServer:
    """Where comments are kept."""

    address: str
    """Without a slash at the end."""

    @property
    def origin(self) -> str:
        """Scheme, host and port: what the security policy admits."""
        return "{0.scheme}://{0.netloc}".format(urlsplit(self.address))

    @property
    def host(self) -> str:
        """The name by which readers are told where their words go."""
        return urlsplit(self.address).netloc


def _server(given: Comments, context: Context) -> tuple[CommentServer | None, list[Problem]]:
    """The comment server, if one is set: a site that others can reach needs one that they can reach."""
    if given.isso and (wrong := _wrong(given.isso, context.site_url)):
        fix = "write the address at which Isso answers, or delete the line"
        message = f"the server's address is “{given.isso}”; expected {wrong}"
        return None, [context.section.problem("isso", message, fix)]
    return CommentServer(given.isso.rstrip("/")) if given.isso else None, []


def _wrong(address: str, site_url: str) -> str | None:
    """What is expected instead of a wrong address."""
    parts = parts_of(address)
    host = parts.hostname
    if not host or parts.port == 0 or parts.username or parts.query or parts.fragment or STRANGE & set(address):
        return "an address such as https://comments.example.dk"
    if host in LOOPBACK and urlsplit(site_url).hostname not in LOOPBACK:
        return "a server that others can reach, since the site is published"
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        return "https://"
    return None


def _show(place: Place) -> CommentServer | None:
    """It stands below articles, and not beside a help box, since nobody answers there in time."""
    article, shared = place.article, place.article.shared
    is_here = article.kind == "article" and shared.comments and not article.has_help and not shared.noindex
    return place.made if is_here else None


def _policy(server: CommentServer) -> Policy:
    return {"script-src": (server.origin,), "connect-src": (server.origin,)}


BLOCK = Block("comments", Comments, CommentServer, _show, _server, rule="comments", policy=_policy, is_placed=True)
