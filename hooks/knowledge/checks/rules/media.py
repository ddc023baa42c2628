"""Rules on pictures, sound and films: whose they are, that nobody is left out, and that each is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from ...content.article import Article, Translation
from ...content.film import captions_of
from ...content.library import Library
from ...content.outline import Target
from ...core.language import english_name, known
from .rule import Finding, rule

SOUND, FILM = ".mp3", ".mp4"
HEAVIEST = 25_000_000
"""Bytes that browsers can send to GitHub, and that hosts such as Cloudflare Pages publish."""
PLAYED = re.compile(r"[ >]*!?\[[^\[\]]*\]\([^()]*\)[ ]*")
"""A link, or a picture, alone on a line; one whose words are a picture is none."""
FOLDED = re.compile(r"\n*[ \t]*\?\?\?")
NONE = "(?!)"
"""A pattern that nothing fits."""
CAPTION = re.compile(r"/// *[\w-]*caption\b[^\n]*\n(.*?)\n *///|<figcaption>(.*?)</figcaption>", re.DOTALL)


@rule("credit")
def credits(library: Library, docs: Path) -> Iterator[Finding]:
    """Whoever took a photograph owns it. Shown without a name and without leave it can cost money, years later too."""
    for article in library.articles.values():
        shared, photograph = article.shared, library.photographs.get(article.cover)
        is_taken = article.has_cover and photograph is not None and not photograph.is_drawn
        if is_taken and not shared.image_credit:
            message = f"it doesn't say who took docs/{article.cover}"
            yield _of_cover(article, "image_alt", message, f"add a line “image_credit: NAME”, and below it {LICENCES}")
        elif is_taken and not shared.image_licence:
            message = f"it doesn't say whether docs/{article.cover} may be shown"
            yield _of_cover(article, "image_credit", message, f"add a line {LICENCES}")
        elif shared.image_licence and not shared.image_credit:
            message = "“image_licence” names a licence, and nobody whose picture it is"
            yield _of_cover(article, "image_licence", message, "add a line “image_credit: NAME”")
    for translation in library.translations():
        words = known(translation.lang)
        if not words.get("credits"):
            continue
        films = {link.line for link in translation.outline.links if translation.path_to(link.target).endswith(FILM)}
        for image in translation.outline.images:
            photograph = library.photographs.get(translation.path_to(image.target))
            if photograph is None or image.line in films:
                continue  # A still belongs to its film.
            missing = _missing(image, _below(image, translation), words)
            if missing and not photograph.is_drawn:
                name, own = (str(words.get(key, "")).partition("|")[0] for key in ("credits", "own_credits"))
                fix = f"write below it a line /// caption, “{name}: NAME, CC BY 4.0” or “{own}: NAME”, and a line ///"
                yield Finding(translation, image.line, missing, fix, image.target)


LICENCES = "“image_licence: CC BY 4.0”, as its licence is called; “own” where you took it, “permission” where you may"


def _of_cover(article: Article, key: str, message: str, fix: str) -> Finding:
    return Finding(article.original, article.original.line_of((key,)), message, fix)


def _missing(image: Target, below: str, words: Mapping[str, object]) -> str | None:
    """What is not said of a photograph in a text; None where all of it is."""
    if re.search(rf"\b(?:{words.get('own_credits', NONE)}) ?: *\w", below, re.IGNORECASE):
        return None
    credit = re.search(rf"\b(?:{words['credits']}) ?: *(\w[^,(\n]*)(?:[,(][ ]?(\w[^\n]*))?", below)
    if credit is None:
        return f"it doesn't say who took “{image.target}”"
    return None if credit[2] else f"it doesn't say whether “{image.target}” may be shown"


def _below(image: Target, translation: Translation) -> str:
    """What is said of a picture: in the lines against it, or as its caption."""
    lines = translation.body.split("\n")[image.line - translation.body_line :]
    paragraph = "\n".join(lines).split("\n\n", 1)[0]
    rest = "\n".join(lines)[len(paragraph) :].lstrip("\n ")
    caption = CAPTION.match(rest)
    return f"{paragraph}\n{caption[1] or caption[2]}" if caption else paragraph


@rule("unused-file", "warning")
def unused(library: Library, docs: Path) -> Iterator[Finding]:
    """A file that no page shows or leads to is forgotten. Others may find it, though nobody meant it to be read."""
    if library.unread:
        return  # Nobody knows what pages show that could not be read.
    used = {article.cover for article in library.articles.values()} | library.named
    for translation in library.translations():
        for target in (*translation.outline.images, *translation.outline.links):
            place = translation.path_to(target.target)
            used |= {place, *captions_of(place, translation.lang)} if place.endswith(FILM) else {place}
    for path in sorted(library.media - used):
        yield Finding(path, 1, "no page shows this file or links to it", "show it on a page, link to it, or delete it")


@rule("transcript")
def transcripts(library: Library, docs: Path) -> Iterator[Finding]:
    """Whoever cannot hear must be able to read what is said. So must whoever sits on a train without headphones."""
    if not any(path.endswith((SOUND, FILM)) for path in library.media):
        return
    for translation in library.translations():
        lines = translation.body.split("\n")
        outline = translation.outline
        for target in (*outline.links, *outline.images):
            place = translation.path_to(target.target)
            if not place.endswith((SOUND, FILM)) or place not in library.media:
                continue
            rest = "\n".join(lines[target.line - translation.body_line :])
            below = rest[len(rest.split("\n\n", 1)[0]) :]
            names = captions_of(place, translation.lang)
            if FOLDED.match(below) or (place.endswith(FILM) and library.media.intersection(names)):
                continue
            if place.endswith(SOUND):
                message = f"the sound “{target.target}” has no transcript"
                fix = 'write ??? quote "…" on a line below it, and below that what is said, with four spaces before it'
            else:
                message = f"the film “{target.target}” has no captions in {english_name(translation.lang)}"
                fix = f'put them beside it as docs/{names[0]}, or write ??? quote "…" and what is said below it'
            yield Finding(translation, target.line, message, fix, target.target)


@rule("poster", "warning")
def posters(library: Library, docs: Path) -> Iterator[Finding]:
    """A film without a picture is a black box until somebody presses it."""
    if not any(path.endswith(FILM) for path in library.media):
        return
    for translation in library.translations():
        lines = ["", *translation.body.split("\n"), ""]
        for target in (*translation.outline.links, *translation.outline.images):
            place = translation.path_to(target.target)
            above, line, below = lines[(at := target.line - translation.body_line) : at + 3]
            is_alone = not above.strip() and not below.strip() and PLAYED.fullmatch(line)
            if is_alone and place.endswith(FILM) and place in library.media:
                message = f"the film “{target.target}” has no picture: readers see a black box"
                fix = f"write [![what one sees](picture.jpg)]({target.target}), with that picture beside the text"
                yield Finding(translation, target.line, message, fix, target.target)


@rule("heavy-file")
def heavy(library: Library, docs: Path) -> Iterator[Finding]:
    """A large file takes too long to fetch, and several places where a site can lie refuse it."""
    for path in sorted(library.media - library.photograph_files):
        size = (docs / path).stat().st_size if (docs / path).is_file() else 0
        if size > HEAVIEST:
            message = f"the file has {size // 1_000_000} MB; expected at most {HEAVIEST // 1_000_000}"
            fix = "save it smaller; if it is a film, put it on YouTube or Vimeo, and link to it"
            yield Finding(path, 1, message, fix)
