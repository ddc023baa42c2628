"""Rules on pictures, sound and films: whose they are, that nobody is left out, and that each is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ...content.article import Translation
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
CAPTION = re.compile(r"/// *[\w-]*caption\b[^\n]*\n(.*?)\n *///|<figcaption>(.*?)</figcaption>", re.DOTALL)


@rule("credit")
def credits(library: Library) -> Iterator[Finding]:
    """Whoever took a photograph owns it. Shown without a name and without leave it can cost money, years later too."""
    for article in library.articles.values():
        shared, photograph = article.shared, library.photographs.get(article.cover)
        is_taken = article.has_cover and photograph is not None and not photograph.is_drawn
        if is_taken and not shared.image_credit:
            message = f"it doesn't say who took docs/{article.cover}"
            fix = f"add a line “image_credit: NAME”, and below it {LICENCES}"
            yield Finding(article.original, ("image_alt",), message, fix)
        elif is_taken and not shared.image_licence:
            message = f"it doesn't say whether docs/{article.cover} may be shown"
            yield Finding(article.original, ("image_credit",), message, f"add a line {LICENCES}")
        elif shared.image_licence and not shared.image_credit:
            message = "“image_licence” names a licence, and nobody whose picture it is"
            yield Finding(article.original, ("image_licence",), message, "add a line “image_credit: NAME”")
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


def _missing(image: Target, below: str, words: Mapping[str, object]) -> str | None:
    """What is not said of a photograph in a text; None where all of it is."""
    if re.search(rf"\b(?:{words.get('own_credits', '(?!)')}) ?: *\w", below, re.IGNORECASE):
        return None
    credit = re.search(rf"\b(?:{words['credits']}) ?: *(\w[^,(\n]*)(?:[,(][ ]?(\w[^\n]*))?", below)
    if credit is None:
        return f"it doesn't say who took “{image.target}”"
    return None if credit[2] else f"it doesn't say whether “{image.target}” may be shown"


def _below(image: Target, translation: Translation) -> str:
    """What is said of a picture: in the lines against it, or as its caption."""
    paragraph, rest = _around(image, translation)
    caption = CAPTION.match(rest.lstrip("\n "))
    return f"{paragraph}\n{caption[1] or caption[2]}" if caption else paragraph


def _around(target: Target, translation: Translation) -> tuple[str, str]:
    """The paragraph of a link or a picture from its line on, and all below it."""
    lines = translation.body.split("\n")[target.line - translation.body_line :]
    paragraph, _, rest = "\n".join(lines).partition("\n\n")
    return paragraph, rest


@rule("unused-file", "warning")
def unused(library: Library) -> Iterator[Finding]:
    """A file that no page shows or leads to is forgotten. Others may find it, though nobody meant it to be read."""
    if library.unread:
        return  # Nobody knows what pages show that could not be read.
    used = {article.cover for article in library.articles.values()} | library.named
    for translation in library.translations():
        for target in translation.outline.targets:
            place = translation.path_to(target.target)
            used |= {place, *captions_of(place, translation.lang)} if place.endswith(FILM) else {place}
    for path in sorted(library.media - used):
        yield Finding(path, 1, "no page shows this file or links to it", "show it on a page, link to it, or delete it")


@rule("transcript")
def transcripts(library: Library) -> Iterator[Finding]:
    """Whoever cannot hear must be able to read what is said. So must whoever sits on a train without headphones."""
    for translation, target, place in _played(library, (SOUND, FILM)):
        names, is_film = captions_of(place, translation.lang), place.endswith(FILM)
        if FOLDED.match(_around(target, translation)[1]) or (is_film and library.media.intersection(names)):
            continue
        message = f"the sound “{target.target}” has no transcript"
        fix = 'write ??? quote "…" on a line below it, and below that what is said, with four spaces before it'
        if is_film:
            message = f"the film “{target.target}” has no captions in {english_name(translation.lang)}"
            fix = f'put them beside it as docs/{names[0]}, or write ??? quote "…" and what is said below it'
        yield Finding(translation, target.line, message, fix, target.target)


@rule("poster", "warning")
def posters(library: Library) -> Iterator[Finding]:
    """A film without a picture is a black box until somebody presses it."""
    for translation, target, _ in _played(library, (FILM,)):
        lines = ["", *translation.body.split("\n"), ""]
        above, line, below = lines[(at := target.line - translation.body_line) : at + 3]
        if not above.strip() and not below.strip() and PLAYED.fullmatch(line):
            message = f"the film “{target.target}” has no picture: readers see a black box"
            fix = f"write [![what one sees](picture.jpg)]({target.target}), with that picture beside the text"
            yield Finding(translation, target.line, message, fix, target.target)


def _played(library: Library, kinds: tuple[str, ...]) -> Iterator[tuple[Translation, Target, str]]:
    """Where texts lead to sounds or films of the site, with their paths below `docs/`."""
    if any(path.endswith(kinds) for path in library.media):
        for translation in library.translations():
            for target in translation.outline.targets:
                place = translation.path_to(target.target)
                if place.endswith(kinds) and place in library.media:
                    yield translation, target, place


@rule("heavy-file")
def heavy(library: Library) -> Iterator[Finding]:
    """A large file takes too long to fetch, and several places where a site can lie refuse it."""
    for path in sorted(library.media - library.photograph_files):
        size = (library.docs / path).stat().st_size if (library.docs / path).is_file() else 0
        if size > HEAVIEST:
            message = f"the file has {size // 1_000_000} MB; expected at most {HEAVIEST // 1_000_000}"
            fix = "save it smaller; if it is a film, put it on YouTube or Vimeo, and link to it"
            yield Finding(path, 1, message, fix)
