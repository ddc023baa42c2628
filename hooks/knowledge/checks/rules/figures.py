"""Rules on figures: a number is the same in both languages, in the text, above it and in the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ...content.article import Article
from ...content.library import Library
from ...core.language import LANGUAGES, Language
from ..numbers import Number, are_alike, known, may_hold, numbers
from ..structure import answers, paired, sections
from .front_matter import record_line
from .rule import Finding, rule

FIELDS = ("title", "description", "label", "image_alt", "evidence", "today", "seek")
"""Front matter that both languages say."""
FIX = "look it up in the source, and write it in both, as a figure or as a word"


@rule(
    "figures",
    example="»12 studier« i den danske fil, ‘21 studies’ i den engelske",
    fix="Look the number up in the source, and write it in both files.",
    da=(
        "Et tal, der ikke er ens på de to sprog, er forkert på det ene. Tal og ord er lige gode: 12, tolv og twelve.",
        "Slå tallet op i kilden, og skriv det i begge filer. Er det rigtigt sådan, så skriv hvorfor under allow.",
    ),
    is_local=True,
)
def figures(library: Library, docs: Path) -> Iterator[Finding]:
    """A number that differs between the languages is wrong in one of them. Figures and words are alike: 12, twelve."""
    for article in filter(lambda article: article.is_paired, library.articles.values()):
        for texts in _texts(article):
            for lang, line, number in _differing({lang: text for lang, (text, _) in texts.items()}):
                (other,) = (article[other] for other in LANGUAGES if other != lang)
                message = f"the number {number.name} is not in docs/{other.path}"
                yield Finding(article[lang], texts[lang][1] + line, message, FIX, number.written)


@rule(
    "data-figures",
    example="shows: {da: I 12 studier …, en: In 21 studies …}",
    fix="Look the number up in the source, and write it in both languages.",
    da=(
        "Det, en kilde viser, og det, et begreb betyder, står på begge sprog på mange sider. Tallene skal være ens.",
        "Slå tallet op i kilden, og skriv det på begge sprog.",
    ),
)
def data_figures(library: Library, docs: Path) -> Iterator[Finding]:
    """What a source shows and what a concept means stands in both languages on many pages: its numbers must agree."""
    told = [("data/sources.yml", key, source.shows.da, source.shows.en) for key, source in library.sources.items()]
    told += [
        ("data/concepts.yml", key, concept.da.definition, concept.en.definition)
        for key, concept in library.concepts.items()
    ]
    for file, key, da, en in told:
        for lang, _, number in _differing({"da": da, "en": en}):
            line = record_line(docs / file, key, lang)
            message = f"“{key}”: the number {number.name} is in “{lang}” only"
            yield Finding(file, line, message, FIX, number.written)


def _texts(article: Article) -> Iterator[dict[Language, tuple[str, int]]]:
    """What belongs together in both languages, each text with its line: fields, signs, sections, answers."""
    da, en = (article[lang] for lang in LANGUAGES)
    for field in FIELDS:
        yield {t.lang: (getattr(t.words, field) or "", t.lines.get(field, 1)) for t in (da, en)}
    for i, signs in enumerate(zip(da.words.signs, en.words.signs, strict=False)):
        yield {t.lang: (sign, t.lines.get(f"signs.{i}", 1)) for t, sign in zip((da, en), signs, strict=True)}
    if not (may_hold(da.body, "da") or may_hold(en.body, "en")):
        return
    asked = [answers(t) for t in (da, en)]
    pairs = [*paired(sections(da), sections(en)), *((a, asked[1][id]) for id, a in asked[0].items() if id in asked[1])]
    for one, other in pairs:
        if one and other:  # A section that stands alone is told as a whole.
            yield {"da": (one.source, one.line), "en": (other.source, other.line)}


def _differing(texts: Mapping[Language, str]) -> Iterator[tuple[Language, int, Number]]:
    """Numbers of one text that the other does not hold: their language, how many lines down they stand, and they."""
    if not any(may_hold(text, lang) for lang, text in texts.items()) or are_alike(texts):
        return
    found = {lang: numbers(text, lang) for lang, text in texts.items()}
    for lang, other in (LANGUAGES, LANGUAGES[::-1]):
        there = known(found[other])
        for number in found[lang]:
            if number.is_claim and not number.is_in(there):
                yield lang, texts[lang].count("\n", 0, number.start), number
