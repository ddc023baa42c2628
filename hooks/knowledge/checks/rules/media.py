"""Rules on pictures, sound and films: whose they are, that nobody is left out, and that each is needed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from ...content.article import Translation
from ...content.film import captions_of
from ...content.library import Library
from ...content.outline import Target
from ...core.language import english_name, known
from .rule import Finding, rule

SOUND, FILM = ".mp3", ".mp4"
HEAVIEST = 25_000_000
"""Bytes that browsers can send to GitHub, and that hosts such as Cloudflare Pages publish."""
FOLDED = re.compile(r"\n*[ \t]*\?\?\?")
CAPTION = re.compile(r"/// *[\w-]*caption\b[^\n]*\n(.*?)\n *///|<figcaption>(.*?)</figcaption>", re.DOTALL)


@rule(
    "credit",
    "warning",
    example="docs/alliance/kemi.jpg som forside, uden image_credit i docs/alliance/kemi.da.md",
    fix="For a cover write image_credit: NAME. Below a photograph in the text write a caption with “Photo: NAME”.",
    da=(
        "Den, der har taget et foto, har ret til at blive nævnt. Er det en andens, skal licensen tillade, at vi "
        "bruger det.",
        "Skriv image_credit: NAVN ved en forside. Skriv under et foto i teksten en billedtekst med »Foto: NAVN«.",
    ),
)
def credits(library: Library, docs: Path) -> Iterator[Finding]:
    """Whoever took a photograph has a right to be named. If it is somebody else's, its licence must allow the use."""
    for article in library.articles.values():
        shared, photograph = article.shared, library.photographs.get(article.cover)
        if article.has_cover and photograph and not photograph.is_drawn and not shared.image_credit:
            message = f"nobody is named who took docs/{article.cover}"
            fix = "add a line “image_credit: NAME”, and “image_licence: CC BY 4.0” where it has a licence"
            yield Finding(article.original, article.original.line_of(("image_alt",)), message, fix)
        elif shared.image_licence and not shared.image_credit:
            message = "“image_licence” names a licence, and nobody whose picture it is"
            yield Finding(
                article.original,
                article.original.line_of(("image_licence",)),
                message,
                "add a line “image_credit: NAME”",
            )
    for translation in library.translations():
        words = known(translation.lang).get("credits")
        for image in translation.outline.images if words else ():
            photograph = library.photographs.get(place_of(image, translation))
            if (
                photograph
                and not photograph.is_drawn
                and not re.search(rf"\b(?:{words}) ?:", _below(image, translation))
            ):
                name = str(words).partition("|")[0]
                message = f"nobody is named who took “{image.target}”"
                fix = f"write below it a line /// caption, a line “{name}: NAME”, and a line ///"
                yield Finding(translation, image.line, message, fix, image.target)


def _below(image: Target, translation: Translation) -> str:
    """What is said of a picture: in the lines against it, or as its caption."""
    lines = translation.body.split("\n")[image.line - translation.body_line :]
    paragraph = "\n".join(lines).split("\n\n", 1)[0]
    rest = "\n".join(lines)[len(paragraph) :].lstrip("\n ")
    caption = CAPTION.match(rest)
    return f"{paragraph}\n{caption[1] or caption[2]}" if caption else paragraph


def place_of(target: Target, translation: Translation) -> str:
    """The path below `docs/` to which a link or a picture leads."""
    file = unquote(target.target.partition("#")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(translation.path), file))


@rule(
    "unused-file",
    "warning",
    example="docs/alliance/gammelt-foto.jpg, som ingen side viser",
    fix="Show it on a page, lead to it, or delete it.",
    da=(
        "En fil, som ingen side viser eller fører til, er glemt. Andre kan finde den, selv om ingen mente, at den "
        "skulle læses.",
        "Vis den på en side, før til den, eller slet den.",
    ),
)
def unused(library: Library, docs: Path) -> Iterator[Finding]:
    """A file that no page shows or leads to is forgotten. Others may find it, though nobody meant it to be read."""
    if library.unread:
        return  # Nobody knows what pages show that could not be read.
    used = {article.cover for article in library.articles.values()} | library.named
    for translation in library.translations():
        for target in (*translation.outline.images, *translation.outline.links):
            place = place_of(target, translation)
            used |= {place, *captions_of(place, translation.lang)} if place.endswith(FILM) else {place}
    for path in sorted(library.media - used):
        yield Finding(path, 1, "no page shows this file or leads to it", "show it on a page, lead to it, or delete it")


@rule(
    "transcript",
    example="[Hør øvelsen](ro.mp3), uden at der står, hvad der bliver sagt",
    fix="Write what is said in a box that can be unfolded, below the link; or put a film's captions beside it.",
    da=(
        "Den, der ikke kan høre, skal kunne læse, hvad der bliver sagt. Det gælder også den, der sidder i toget uden "
        "høretelefoner.",
        "Skriv det, der bliver sagt, i en boks under linket, som kan foldes ud. En film kan i stedet have undertekster "
        "ved siden af sig, fx ro-da.vtt til ro.mp4.",
    ),
)
def transcripts(library: Library, docs: Path) -> Iterator[Finding]:
    """Whoever cannot hear must be able to read what is said. So must whoever sits on a train without headphones."""
    for translation in library.translations():
        lines = translation.body.split("\n")
        outline = translation.outline
        for target in (*outline.links, *outline.images):
            place = place_of(target, translation)
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


@rule(
    "heavy-file",
    example="En film på 80 MB ved siden af en artikel",
    fix="Save it smaller, or put a film on YouTube or Vimeo and lead there.",
    da=(
        "En stor fil tager for lang tid at hente, og flere steder, hvor et websted kan ligge, nægter at vise den.",
        "Gem den mindre, eller læg en film på YouTube eller Vimeo, og før dertil.",
    ),
)
def heavy(library: Library, docs: Path) -> Iterator[Finding]:
    """A large file takes too long to fetch, and several places where a site can lie refuse it."""
    for path in sorted(library.media - library.originals):
        size = (docs / path).stat().st_size if (docs / path).is_file() else 0
        if size > HEAVIEST:
            message = f"the file has {size // 1_000_000} MB; expected at most {HEAVIEST // 1_000_000}"
            fix = "save it smaller, or put a film on YouTube or Vimeo and lead there"
            yield Finding(path, 1, message, fix)
