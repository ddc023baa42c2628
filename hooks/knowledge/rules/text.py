"""Rules on the text: headings, plain Markdown, words that promise too much, and help where it is needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..article import LANGUAGES, Translation
from ..prose import Paragraph, paragraphs, prose
from .rule import Finding, rule

if TYPE_CHECKING:
    from ..library import Library


@rule(
    "heading",
    example="#### Et afsnit (lige under ##)",
    mend="Write ## for a section and ### below it, without leaving a level out.",
    da=(
        "Overskrifter er den vej, skærmlæsere finder rundt ad: én titel, og så niveau for niveau.",
        "Skriv ## for et afsnit og ### under det, uden at springe et niveau over.",
    ),
    is_local=True,
)
def headings(library: Library, docs: Path) -> Iterator[Finding]:
    """Headings are how screen readers find their way: one title, then level by level."""
    for translation in library.translations():
        level = 1
        for heading in translation.outline.headings:
            if not heading.text.strip():
                yield Finding(translation, heading.line, "the heading is empty", "write it, or delete the line")
            elif heading.level == 1:
                message = f"“{heading.text}” is a second title"
                yield Finding(translation, heading.line, message, "write ## for a section")
            elif heading.level > level + 1:
                message = f"“{heading.text}” is level {heading.level} below level {level}"
                yield Finding(translation, heading.line, message, f"write {'#' * (level + 1)}")
            level = heading.level


@rule(
    "html",
    example="Det er <b>vigtigt</b>",
    mend="Write Markdown: **vigtigt**. For a plain < write &lt;.",
    da=(
        "HTML kan ødelægge en side, dens tilgængelighed og dens sikkerhed. Det kan Markdown ikke.",
        "Skriv Markdown: **vigtigt**. Skal der stå et <, så skriv &lt;.",
    ),
    is_local=True,
)
def raw_html(library: Library, docs: Path) -> Iterator[Finding]:
    """Raw HTML can break a page, its accessibility and its security policy; Markdown cannot."""
    for translation in library.translations():
        for tag in translation.outline.html:
            mend = "write Markdown; for a plain < write &lt;"
            yield Finding(translation, tag.line, f"raw HTML: {tag.target}", mend, tag.target)


@rule(
    "strong-word",
    example="Metoden helbreder stress.",
    mend="Cite a source in the same paragraph, or use a more careful word.",
    da=(
        "»Beviser« og »helbreder« lover mere, end nogen undersøgelse kan holde. Den, der siger det, må i det mindste "
        "sige, hvem der har fundet det.",
        "Henvis til en kilde i samme afsnit, eller vælg et mere forsigtigt ord. Ordene står i "
        "docs/data/strong-words.yml.",
    ),
    is_local=True,
)
def strong_words(library: Library, docs: Path) -> Iterator[Finding]:
    """“Proves” and “cures” promise more than any study can; whoever says so must at least say who found it."""
    for article in library.of_kind("article"):
        for translation in article.translations.values():
            pattern = _any(library.strong_words.get(translation.lang, ()))
            for paragraph in paragraphs(translation.body, translation.body_line):
                if pattern and "[@" not in paragraph.text and pattern.search(paragraph.text):
                    for found in pattern.finditer(prose(paragraph.text)):
                        mend = "cite a source behind it, or use a more careful word"
                        yield _at(translation, paragraph, found, f"“{found[0]}” without a source", mend)
            for key in ("title", "description", "today"):
                found = pattern and pattern.search(getattr(translation.words, key) or "")
                if found:
                    message = f"“{found[0]}” in the {key}, where no source can stand"
                    yield Finding(translation, translation.lines[key], message, "use a more careful word", found[0])


@rule(
    "term",
    example="raport",
    mend="Write the concept's own term, as the message says.",
    da=(
        "Ét begreb har ét navn, for nogle oversættelser vildleder. De ord, der ikke bruges, står som »never« i "
        "docs/data/concepts.yml.",
        "Skriv begrebets eget ord, som beskeden siger.",
    ),
    is_local=True,
)
def terms(library: Library, docs: Path) -> Iterator[Finding]:
    """One concept has one name; some translations mislead."""
    for lang in LANGUAGES:
        never = {
            word.lower(): concept[lang].term for concept in library.concepts.values() for word in concept[lang].never
        }
        pattern = _any(never)
        for article in library.of_kind("article") if pattern else ():
            for paragraph in paragraphs(prose(article[lang].body), article[lang].body_line):
                for found in pattern.finditer(paragraph.text):
                    message, mend = f"“{found[0]}” is not used here", f"write “{never[found[0].lower()]}”"
                    yield _at(article[lang], paragraph, found, message, mend)


@rule(
    "help-box",
    example="Mange får selvmordstanker.",
    mend="Add the line “help: true” to the Danish file.",
    da=(
        "Den, der læser om selvmord, skal finde hjælp på samme side uden at lede efter den.",
        "Skriv linjen »help: true« øverst i den danske fil.",
    ),
    is_local=True,
)
def help_box(library: Library, docs: Path) -> Iterator[Finding]:
    """Whoever reads of suicide must find help on the same page, without looking for it."""
    for article in library.of_kind("article"):
        if article.has_help:
            continue
        for translation in article.translations.values():
            found = re.search(r"selvmord|suicid", translation.head + translation.body, re.IGNORECASE)
            if found:
                line = (translation.head + translation.body).count("\n", 0, found.start()) + 1
                mend = f"add “help: true” to docs/{article['da'].path}"
                yield Finding(translation, line, f"“{found[0]}” without the help box", mend, found[0])


@rule(
    "bare-address",
    example="Se https://www.sundhed.dk",
    mend="Write [what is there](address).",
    da=(
        "En adresse midt i teksten siger ikke, hvad der er på den anden side, og en skærmlæser staver den.",
        "Skriv [det, man finder der](adressen).",
    ),
    is_local=True,
)
def bare_addresses(library: Library, docs: Path) -> Iterator[Finding]:
    """An address in running text says nothing, and a screen reader spells it out."""
    for translation in library.translations():
        for paragraph in paragraphs(translation.body, translation.body_line):
            for found in re.finditer(r"(?<![(\w/])(?:https?://|www\.)[^\s<>)]+", paragraph.text):
                mend = "write [what is there](address)"
                yield _at(translation, paragraph, found, f"the bare address {found[0]}", mend)


def _any(words: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for any of the words, the longest first."""
    escaped = [re.escape(word) for word in sorted(words, key=len, reverse=True)]
    return re.compile(rf"\b({'|'.join(escaped)})\b", re.IGNORECASE) if escaped else None


def _at(translation: Translation, paragraph: Paragraph, found: re.Match[str], message: str, mend: str) -> Finding:
    column = found.start() - (paragraph.text.rfind("\n", 0, found.start()) + 1) + 1
    return Finding(translation, paragraph.line_at(found.start()), message, mend, column=column)
