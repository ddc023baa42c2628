"""Rules on links and pictures: each leads somewhere, and who does not see a picture is told what it shows."""

from __future__ import annotations

import os
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from ...content import urls
from ...content.article import Translation
from ...content.file_name import key_of
from ...content.kind import PHOTOGRAPHS
from ...content.library import Library
from ...core.problems import did_you_mean
from .rule import Finding, rule

COVER_LIMIT = 15_000
"""Bytes of a cover that is drawn."""
DRAWING_LIMIT = 150_000
"""Bytes of a drawing in the text."""
COVER_WIDTH = 640
"""Pixels that a photograph must have as a cover."""
COVERS = (".svg", *PHOTOGRAPHS)
OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
"""The beginning of an address that leads out of the site."""


@rule("link")
def links(library: Library, docs: Path) -> Iterator[Finding]:
    """A link leads somewhere, in the reader's language, in the site and on a code host."""
    written = {translation.path: translation for translation in library.translations()}
    untranslated = {t.path for a in library.articles.values() for t in a.translations.values() if t.untranslated}
    for translation in written.values():
        for link in (*translation.outline.links, *translation.outline.images):
            place = translation.path_to(link.target)
            if place in untranslated and "#" not in link.target:  # Its page says where the text is.
                continue
            wrong = _wrong(link.target, translation, docs, written, library)
            wrong = wrong or _unpublished(link.target, place, library)
            # What is wrong in a file that could not be read is told there.
            if wrong and key_of(place, library.languages) not in library.unread:
                yield Finding(translation, link.line, *wrong, link.target)


def _wrong(
    address: str, translation: Translation, docs: Path, written: dict[str, Translation], library: Library
) -> tuple[str, str] | None:
    """What is wrong with a link in a file, and how to fix it."""
    target, _, anchor = address.partition("#")
    if OUTSIDE.match(target):
        if re.match(r"(?:https?://[^/\s]+|mailto:\S+@\S+|tel:\+?\d+)", address):
            return None
        return f"the link “{address}” is no address", "write https://…, mailto:… or a file of the site"
    if not address:
        return "the link leads nowhere", "write the address between the round brackets"
    if target.startswith("/"):
        return f"the link “{target}” begins with /", f"write {_relative(target, translation, library)}"
    place, lang = translation.path_to(target) if target else translation.path, translation.lang
    if place not in written and (place.startswith("../") or not _is_file(docs / place)):
        folder = (docs / translation.path).parent
        return f"the link “{target}” leads to no file", _nearest(folder / target, docs, folder, lang)
    if target.endswith(".md") and not target.endswith(f".{lang}.md"):
        own = re.sub(r"\.[a-z]{2}\.md$", f".{lang}.md", target)
        return f"the link “{target}” leads to the other language", f"write {own}"
    if anchor and place in written and anchor not in (there := _anchors(written[place])):
        return f"the link “{address}” leads to no heading", did_you_mean(anchor, there, shown=len(there))
    return None


def _unpublished(address: str, place: str, library: Library) -> tuple[str, str] | None:
    """What is wrong with a link to a file that is there, and is left out of the site."""
    target = address.partition("#")[0]
    if not target or target.endswith(".md") or OUTSIDE.match(target) or place in library.media:
        return None
    return f"the link “{target}” leads to a file that is not published", "see what is said of the file itself"


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name too long, or with a zero byte
        return False


def _anchors(translation: Translation) -> set[str]:
    """Ids of the page's headings, as `toc` gives them."""
    counts: dict[str, int] = defaultdict(int)
    found = {"sources"} if translation.outline.citations else set()
    for heading in translation.outline.headings:
        id = heading.id or urls.slugify(heading.text)
        found.add(f"{id}_{counts[id]}" if counts[id] else id)
        counts[id] += 1
    return found


def _relative(address: str, translation: Translation, library: Library) -> str:
    """The page that lives at an address from the site's root, seen from a file; else what such a link looks like."""
    lang, wanted = translation.lang, address.strip("/")
    for article in library.placed:
        if wanted in {library.path(article, other).strip("/") for other in article.translations}:
            return posixpath.relpath(article[lang].path, posixpath.dirname(translation.path))
    return f"it relative to this file: ../topic/article.{lang}.md"


def _nearest(target: Path, docs: Path, folder: Path, lang: str) -> str:
    """The file that was meant: in the text's own language, or a picture."""
    written = os.path.relpath(target, folder).replace(os.sep, "/")
    own = re.sub(r"(?:\.[a-z]{2})?\.md$", f".{lang}.md", written)
    if own != written and _is_file(folder / own):
        return f"did you mean “{own}”?"
    files = (p for p in docs.rglob("*") if p.is_file() and (p.suffix != ".md" or p.name.endswith(f".{lang}.md")))
    seen = {os.path.relpath(p, folder).replace(os.sep, "/") for p in files}
    where = os.path.relpath(os.path.normpath(target.parent), docs.parent).replace(os.sep, "/")
    return did_you_mean(written, seen, f"{where}/" if target.parent.is_dir() else "docs/")


@rule("alt")
def alternatives(library: Library, docs: Path) -> Iterator[Finding]:
    """Who does not see a picture is told what it shows."""
    for translation in library.translations():
        title = translation.words.title
        for image in translation.outline.images:
            if not image.text.strip():
                message = f"the picture “{image.target}” has no alternative text"
                fix = "write what it shows between the square brackets"
                yield Finding(translation, image.line, message, fix, f"]({image.target}")
            elif _says_nothing(image.text, title):
                message = f"the alternative text is “{image.text}”; expected a sentence"
                yield Finding(translation, image.line, message, "say what is seen, and why it is there", image.text)
        alt = translation.words.image_alt
        if alt and _says_nothing(alt, title):
            message = f"“image_alt” is “{alt}”; expected a sentence"
            fix = "say what is seen, and why it is there"
            yield Finding(translation, translation.lines["image_alt"], message, fix)


def _says_nothing(alt: str, title: str) -> bool:
    alt = alt.strip()
    is_file = re.search(r"\.(svg|png|jpe?g|webp|gif|avif)$", alt, re.IGNORECASE)
    return " " not in alt or alt.casefold() == title.casefold() or bool(is_file)


@rule("cover")
def covers(library: Library, docs: Path) -> Iterator[Finding]:
    """Every article has a picture of its own, light enough for a phone."""
    named: dict[str, list[str]] = {}
    for path in library.media:
        named.setdefault(path.rpartition(".")[0], []).append(path)
    for article in filter(lambda article: article.has_cover, library.articles.values()):
        cover, photograph = docs / article.cover, library.photographs.get(article.cover)
        same = sorted(path for path in named.get(article.key, ()) if path.endswith(COVERS))
        if len(same) > 1:
            message = f"the page has {len(same)} covers: {', '.join(f'docs/{path}' for path in same)}"
            yield Finding(article.original, 1, message, "keep one of them, and delete the others")
        elif not cover.is_file():
            message = f"the cover docs/{article.cover} is missing"
            fix = f"put a photograph there, as docs/{article.key}.jpg, or draw one, 640 by 360"
            yield Finding(article.original, 1, message, fix)
        elif photograph and photograph.width < COVER_WIDTH:
            message = f"docs/{article.cover} is {photograph.width} pixels wide; expected at least {COVER_WIDTH}"
            yield Finding(article.original, 1, message, "take it from the camera in its full size")
        elif article.cover.endswith(".svg") and cover.stat().st_size > COVER_LIMIT:
            message = f"docs/{article.cover} has {cover.stat().st_size} bytes; expected at most {COVER_LIMIT}"
            yield Finding(article.original, 1, message, "simplify its paths")


@rule("picture")
def pictures(library: Library, docs: Path) -> Iterator[Finding]:
    """A page must arrive over a poor connection, and fetches nothing from elsewhere."""
    for translation in library.translations():
        for image in translation.outline.images:
            file = docs / Path(translation.path).parent / image.target
            is_drawn = image.target.endswith(".svg") and not OUTSIDE.match(image.target)
            if is_drawn and _is_file(file) and file.stat().st_size > DRAWING_LIMIT:
                message = f"“{image.target}” has {file.stat().st_size} bytes; expected at most {DRAWING_LIMIT}"
                yield Finding(translation, image.line, message, "simplify its paths, or save it as PNG", image.target)
            elif OUTSIDE.match(image.target):
                message = f"the picture “{image.target}” is on another site"
                fix = "put it beside the article: a page fetches nothing from elsewhere"
                yield Finding(translation, image.line, message, fix, image.target)
