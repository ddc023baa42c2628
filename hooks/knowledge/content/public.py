"""A public address: what a site must say of itself before it is built for one.

Readers must be able to report a mistake, and to see who is behind what they read. A build for this machine alone, as a
preview is, needs neither.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from ..core.language import pattern_of
from ..core.problems import Problem
from .article import Translation
from .library import Library
from .prose import WORD
from .publisher import Publisher
from .settings import ExtraSettings

PAGE = "about"
OWNERS = ("who", "interests")
"""Ids of the sections of that page in which the owner writes, and nobody else."""
UNFINISHED = re.compile(r"…|\.\.\.|\b(?:todo|tbd|xxx+|lorem)\b", re.IGNORECASE)
TITLE = re.compile(r"^!!![^\n]*$|<!--.*?-->", re.MULTILINE | re.DOTALL)
"""The title of a box, which stands above nothing where the box is empty; a comment, which nobody reads."""
LEAST = 3
"""Words of a section that says something."""


def is_public(site_url: str) -> bool:
    """Whether an address is that of another machine than this one."""
    host = urlsplit(site_url).hostname or ""
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return bool(host) and host != "localhost" and not host.endswith(".localhost")


def unready(site_url: str, publisher: Publisher, section: ExtraSettings, library: Library) -> list[Problem]:
    """What is missing for a public address; nothing where the site is built for this machine."""
    if not is_public(site_url):
        return []
    problems = []
    if not publisher.email:
        message = f"“email” is missing, and the site is built for {site_url}; readers must be able to report a mistake"
        problem = section.problem("email", message, "write the address at which the publisher reads mail")
        problems.append(replace(problem, rule="public"))
    for lang in library[PAGE].written if PAGE in library.articles else ():
        problems += _unwritten(library[PAGE][lang])
    return problems


def _unwritten(translation: Translation) -> Iterator[Problem]:
    """The owner's sections that still say what is to stand there, or nothing."""
    for id in OWNERS:
        line, text = _section(translation, id)
        if not line:
            message, fix = f"there is no section {{#{id}}}", f"write it, with {{#{id}}} after its heading"
            yield _problem(translation, translation.body_line, message, fix)
        elif found := pattern_of(translation.lang, "unwritten").search(text) or UNFINISHED.search(text):
            at = line + text.count("\n", 0, found.start())
            yield _problem(translation, at, f"the owner has not written this yet: “{found[0]}”", WRITE)
        elif len(WORD.findall(TITLE.sub("", text))) < LEAST:
            yield _problem(translation, line, f"the section {{#{id}}} is empty", WRITE)


WRITE = "write who is behind the site, in both languages, in place of the words that ask for it"


def _section(translation: Translation, id: str) -> tuple[int, str]:
    """The line after a section's heading, and its text line by line; 0 where there is none."""
    sections = [heading for heading in translation.outline.headings if heading.level == 2]
    lines = translation.body.split("\n")
    ends = [heading.line - translation.body_line for heading in sections[1:]]
    for heading, end in zip(sections, (*ends, len(lines)), strict=False):
        if heading.id == id:
            return heading.line + 1, "\n".join(lines[heading.line - translation.body_line + 1 : end])
    return 0, ""


def _problem(translation: Translation, line: int, message: str, fix: str) -> Problem:
    return Problem(f"docs/{translation.path}", line, 1, "public", message, fix)
