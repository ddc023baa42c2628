"""Rules on sources: a claim rests on one, and each that is kept is cited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...content.data import SOURCES
from ...content.library import Library
from ...content.passage import Passage
from ...content.prose import prose, without_fences
from ...core.language import words_for
from ...core.problems import did_you_mean
from .rule import Finding, rule

NAME, AND, OTHERS = r"[A-ZÀ-ÖØ-Þ][\w’'-]+", f"(?:{words_for('and')}|&)", f"(?:{words_for('and_others')})"
TYPED = re.compile(
    rf"\((?P<name>{NAME})"
    rf"(?: {OTHERS},?|,(?= \d)|(?:,? {NAME}){{0,3}},? {AND} {NAME},?)"
    rf" (?P<year>(?:19|20)\d\d)[a-z]?(?:[,:;] ?(?:{words_for('page')})? ?[\d–-]+)?\)"
)
"""A source as books name it: (Bordin, 1979), (Horvath & Luborsky, 1993)."""
YEAR = re.compile(r"[12](?<=[ (].)[09]\d\d")
"""What both kinds hold: a glance, for the first letter of a name is one of many."""
NAMED = re.compile(
    rf"(?P<open>[(\[])?(?<![\w’'-])(?P<name>{NAME})"
    rf"(?:,? {OTHERS},?|(?:(?:,|,? {AND}) {NAME}){{0,3}},?)? "
    r"(?P<bracket>\()?(?P<year>(?:19|20)\d\d)[a-z]?(?(bracket)\)|(?(open)[\])]|))"
)
"""A name and a year, as in “Bordin (1979) writes”, (see Bordin 1979) and [Bordin, 1979]: a source where one is kept."""
CITED_TWICE = re.compile(r"\[[^\[\]\n]{0,300}?@(?P<key>[\w-]+)(?=[;,\]])[^\[\]\n]{0,300}; @(?P=key)(?![\w-])")
KEY = re.compile(
    r"[@\[](?:(?<![\w\]!].)(?:(?<=@)\[|(?<=\[)) ?@? ?(?P<key>[a-z][\w-]*)\](?![(\[:])"
    r"|(?<=\[)\[@(?P<double>[\w-]+)\]\])"
)
"""A key between brackets, with its sign in the wrong place or without one. It begins with either mark, for which `re`
looks quickly."""


@rule("source", is_local=True, reads="sources unread", is_firm=True)
def sources(library: Library) -> Iterator[Finding]:
    """A claim rests on a source that a reader can look up."""
    if SOURCES in library.unread:
        return
    for translation in library.translations():
        for cite in translation.outline.citations:
            if cite.target not in library.sources:
                message = f"there is no source “{cite.target}”"
                fix = did_you_mean(cite.target, library.sources, f"docs/{SOURCES}")
                yield Finding(translation, cite.line, message, fix, cite.target)
        whole = Passage.of(translation, translation.body)
        for found in CITED_TWICE.finditer(whole.text) if "; @" in whole.text else ():
            message = f"“{found['key']}” is cited twice between two brackets"
            yield Finding.at(whole, found.start(), message, "keep it once")


@rule("typed-citation", is_local=True, reads="sources")
def typed_citations(library: Library) -> Iterator[Finding]:
    """A source that is typed by hand is in no list: readers cannot look it up."""
    called: dict[tuple[str, int], list[str]] = {}
    for key, kept in library.sources.items():
        for name in filter(None, (kept.author[0].family, kept.author[0].literal)):
            called.setdefault((name, kept.issued or 0), []).append(key)
    for translation in library.translations():
        body = translation.body
        is_seen = YEAR.search(body) and (TYPED.search(body) or NAMED.search(body))
        # Nor is there one without code and addresses, where spaces stand in their place.
        text, told = prose(body) if is_seen else "", set[int]()
        for found in (*TYPED.finditer(text), *NAMED.finditer(text)):
            keys = called.get((found["name"], int(found["year"])), [])
            is_known = found.re is TYPED or (keys and not _is_cited(body, found.start(), keys))
            if is_known and found.start("name") not in told:
                told.add(found.start("name"))
                fix = f"write [@{keys[0]}]" if keys else f"add it to docs/{SOURCES}, and write [@its-key]"
                message = f"“{' '.join(found[0].split())}” is not in the list of sources"
                yield Finding.at(Passage.of(translation, text), found.start(), message, fix)


@rule("typed-citation", is_local=True, reads="sources")
def keys_left(library: Library) -> Iterator[Finding]:
    """Keys of sources that stand in the text as they are."""
    for translation in library.translations():
        whole = Passage.of(translation, without_fences(translation.body))
        for found in KEY.finditer(whole.text) if "[" in whole.text else ():
            key, is_right = found["key"] or found["double"], found[0] == f"[@{found['key']}]"
            is_code = whole.text[found.start() - 1 : found.start()] == "`"
            is_cited = found[0].startswith("[ @")  # It is read as a citation.
            if key in library.sources and not (is_right or is_code or is_cited):
                yield Finding.at(whole, found.start(), f"readers see “{found[0]}”, and no source", f"write [@{key}]")


def _is_cited(body: str, place: int, keys: list[str]) -> bool:
    """Whether the paragraph at a place cites one of these sources."""
    start, end = body.rfind("\n\n", 0, place) + 1, body.find("\n\n", place)
    paragraph = body[start : end if end >= 0 else len(body)]
    return any(re.search(rf"@{re.escape(key)}(?![\w-])", paragraph) for key in keys)


@rule("uncited", is_local=True, reads="sources")
def uncited(library: Library) -> Iterator[Finding]:
    """Nobody can check an article without sources."""
    for article in library.of_kind("article"):
        if library.sources and not any(t.outline.citations for t in article.translations.values()):
            fix = "cite the sources on which it rests: [@key] just before the full stop"
            yield Finding(article.original, article.original.body_line, "the article cites no source", fix)


@rule("source-unused", "warning")
def unused(library: Library) -> Iterator[Finding]:
    """The sources page shows what the articles rest on: a source that none of them uses does not belong there."""
    if library.unread:
        return
    cited = {cite.target for translation in library.translations() for cite in translation.outline.citations}
    for key in library.sources:
        if key not in cited:
            message = f"no article cites “{key}”"
            yield Finding(SOURCES, (key,), message, "cite it, or delete the record")


@rule("accessed")
def accessed(library: Library) -> Iterator[Finding]:
    """A web page changes, and so does a law: readers must see on which day it was read."""
    for key, source in library.sources.items():
        is_dated = source.accessed or (source.type == "legislation" and source.issued)
        if source.type in ("webpage", "legislation") and not is_dated and not source.unverified:
            message = f"“{key}” does not say when it was read"
            fix = "add “accessed: …”, or “unverified: true” where nobody has seen it"
            yield Finding(SOURCES, (key,), message, fix)
