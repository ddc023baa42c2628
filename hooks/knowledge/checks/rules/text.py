"""Rules on the text: headings, words that promise too much, and help where it is needed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import zip_longest

from ...content.article import Translation
from ...content.data import CONCEPTS
from ...content.film import service_of
from ...content.library import Library
from ...content.outline import CITATION
from ...content.passage import Passage, passage_below
from ...content.prose import any_of, blanked, paragraphs, prose, without_fences
from ...content.record import seen_texts
from ...core.language import Language, known, words_for
from ..denial import is_asked, is_denied
from ..phrases import spoken
from .rule import Finding, passage_rule, rule, text_rule, texts_of

ADDRESS = re.compile(
    r"(?<![(\w/\"'=])(?<!\(<)(?:(?:https?|ftp)://|www\.)[^\s<>)\"']+"
    r"|(?<![\w.+/<(:@-])[\w+-]+(?:\.[\w+-]+)*@\w[\w-]*(?:\.\w[\w-]*)+(?![^\[\n]{0,300}\]\()",
    re.IGNORECASE,
)
"""An address, or one of email, that GitHub makes a link."""
EMAIL = re.compile(r"@(?<=[\w+-]@)\w")
"""What only an address of email holds, beside citations; it begins with its sign, for which `re` looks quickly."""
NOTE = (
    r"\b(?:TO-?DO|TB[CD]|FIXME|X{3,})\b|(?i:\btodo:)|(?i:\blorem ipsum\b)|\?{3,}|\[(?:\.{2,}|…|\?+|_+)\](?!\()"
    r"|(?<![\w-])(?:x{2,}(?=[ \u00a0]?(?:%|\w))|XX(?=[ \u00a0](?:%|[a-zæøå]{4})))(?!\w)"
    r"|\b(?:oaicite|turn\d+(?:search|view|news)\d+)\b|【[^】\n]{0,80}】"
    rf"|(?i:\b(?:{words_for('language_model')})\b)"
)
"""What people write where something is still to come, in any language, and what a language model has left."""
MARKS = r"(?P<marks>,{2,}|(?<=\w)[ ][,.](?=\s|$)|(?<=\w)\.\.(?![.\w/]))|(?P<tight>,)(?<=[^\W\d_]{3},)(?=[^\W\d_]{2})"
"""Marks that an edit has left: two commas, a space before one or before a full stop, two full stops, no space."""
CAPITALS, SHORT_LINE = re.compile(r"[A-ZÀ-ÖØ-Þ](?=[A-ZÀ-ÖØ-Þ]{2})[A-ZÀ-ÖØ-Þ ]*"), 120
"""What may be a note that is shouted, and letters of a line that may be nothing but a note."""
NOTE_GLANCE = (
    *map(re.compile, ("TO-?DO", "TB[CD]", "FIXME", "XX", "xx", r"\?\?\?", r"\[(?:\.\.|…|\?|_)", "oaicite", r"turn\d")),
    *map(re.compile, ("【", ",,", r" [,](?=\s|\Z)(?<=\w ,)", r" [.](?=\s|\Z)(?<=\w .)")),
    *map(re.compile, (r",(?=[^\W\d_]{2})(?<=[^\W\d_]{3},)", r"\.\.(?<=\w\.\.)(?![.\w/])")),
)
"""How most of it begins. Each begins with one letter or mark: `re` finds these ten times as quickly as one of many."""
GRAVE = tuple(words_for("grave").split("|"))
"""What is grave in any language, whatever docs/data/grave-words.yml says."""
BOLD = re.compile(
    r"(?P<mark>\*\*|__)(?:(?<=^..)|(?<=\n\n..))(?P<words>(?! )[^*_\n]{0,79}[^*_\n.!:…]):?(?P=mark):?[ \t]*"
    r"\n[ \t]*\n(?=[^\s|*+>#!{?:\d-])"
)
"""What stands in for a heading: a paragraph of a few bold words that are no statement, and text below it. A table or a
list they may name."""
BOLD_GLANCE = ("\n\n**", "\n\n__")
QUOTES = (("»", "«"), ("‘", "’"), ("(", ")"))
"""How quotations and brackets begin and end."""
ENDED = re.compile(r"«|’(?!\w)|\)")
"""What ends one: no apostrophe within a word. A genitive looks like one, so that some slip through."""
NOT_BARE = re.compile(r"^ {0,3}\[[^]\n]{1,300}\]:[ \t]*\S+|`[^`\n]{1,300}`", re.MULTILINE)
"""The address of `[words][reference]`, on a line of its own, and what is shown as code."""


@text_rule("heading")
def headings(translation: Translation) -> Iterator[Finding]:
    """Headings are how screen readers find their way: one title, then level by level."""
    level, sections = 1, dict[str, int]()
    for heading in translation.outline.headings:
        if heading.level == 2 and sections.setdefault(heading.text, heading.line) != heading.line:
            message = f"“{heading.text}” is the heading of line {sections[heading.text]}, too"
            yield Finding(translation, heading.line, message, "say what stands below it, or join the two sections")
        if not heading.text.strip():
            yield Finding(translation, heading.line, "the heading is empty", "write it, or delete the line")
        elif heading.level == 1:
            yield Finding(translation, heading.line, f"“{heading.text}” is a second title", "write ## for a section")
        elif heading.level > level + 1:
            message = f"“{heading.text}” is level {heading.level} below level {level}"
            yield Finding(translation, heading.line, message, f"write {'#' * (level + 1)}")
        level = heading.level
    whole = Passage.of(translation, without_fences(translation.body))
    for found in BOLD.finditer(whole.text) if any(mark in f"\n\n{whole.text}" for mark in BOLD_GLANCE) else ():
        message, fix = f"“{found['words']}” is bold and stands alone, like a heading", f"write ## {found['words']}"
        yield Finding.at(whole, found.start(), message, fix)


@rule("heading", is_local=True)
def empty_sections(library: Library) -> Iterator[Finding]:
    """Headings with nothing below them; of questions, and of the list of them, their own rule tells it, and below the
    last heading of other pages than articles stands what the template shows."""
    for translation in texts_of(library, "article"):
        headings, lines = translation.outline.headings, translation.body.split("\n")
        asked = {question.line for question in translation.outline.questions}
        for heading, after in zip_longest(headings, headings[1:]):
            end = after.line - translation.body_line if after else len(lines)
            is_told = heading.line in asked or heading.id == "faq" or heading.level == 1 or not heading.text.strip()
            below = "".join(lines[heading.line - translation.body_line + 1 : end])
            if not is_told and (not after or after.level <= heading.level) and not below.strip("-= \t"):
                message, fix = f"there is nothing below “{heading.text}”", "write the section, or delete its heading"
                yield Finding(translation, heading.line, message, fix)


@rule("strong-word", is_local=True, reads="strong_words")
def strong_words(library: Library) -> Iterator[Finding]:
    """“Proves” and “cures” promise more than any study can; whoever says so must at least say who found it."""
    for translation in texts_of(library, "article"):
        fields = [(place, text) for place, text, mark in seen_texts(translation.words) if not mark.may_promise]
        held = _held(
            "\n".join((translation.body, *(text for _, text in fields))), library.strong_words[translation.lang]
        )
        for paragraph in paragraphs(translation.body, translation.body_line) if held else ():
            if not CITATION.search(paragraph.text) and _held(paragraph.text, held):
                part = Passage.of(translation, prose(paragraph.text), paragraph.line)
                for found in _promises(part.text, held, translation.lang, library):
                    fix = "cite a source after it, or use a more careful word"
                    yield Finding.at(part, found.start(), f"“{found[0]}” without a source", fix)
        for place, text in fields if held else ():
            for found in _promises(text, held, translation.lang, library):
                message = f"“{found[0]}” in the {place[0]}, where there can be no source"
                yield Finding(translation, place, message, "use a more careful word", found[0])


@rule("strong-word")
def strong_definitions(library: Library) -> Iterator[Finding]:
    """A concept's definition says what a word means, and has no source to promise with."""
    for passage in library.data_passages:
        strong = library.strong_words[passage.lang] if passage.where == CONCEPTS else ()
        if held := _held(passage.text, strong):
            for found in _promises(passage.text, held, passage.lang, library):
                message = f"“{found[0]}” in a concept, where there can be no source"
                yield Finding.at(passage, found.start(), message, "use a more careful word")


def _promises(text: str, strong: tuple[str, ...], lang: Language, library: Library) -> Iterator[re.Match[str]]:
    """Strong words that promise: not where the sentence denies them, or where they mean something else."""
    harmless = list(spoken(text, library.strong_words.harmless.get(lang, ())))
    for found in _any(strong).finditer(text):
        means_else = any(start <= found.start() and found.end() <= end for start, end in harmless)
        if not (means_else or is_asked(text, found.start()) or is_denied(text, found.start(), lang)):
            yield found


@rule("term", is_local=True, reads="concepts")
def terms(library: Library) -> Iterator[Finding]:
    """One concept has one name; some translations mislead."""
    for translation in texts_of(library, "article"):
        never = library.concepts.never(translation.lang)
        if held := _held(translation.body, never):
            whole = passage_below(translation)
            for found in _any(held).finditer(whole.text):
                message, fix = f"“{found[0]}” is not used here", f"write “{never[found[0].lower()]}”"
                yield Finding.at(whole, found.start(), message, fix)


@rule("help-box", is_local=True, reads="grave_words")
def help_box(library: Library) -> Iterator[Finding]:
    """Whoever reads of suicide or self-harm must find help on the same page, without looking for it."""
    for article in library.of_kind("article"):
        if article.has_help:
            continue
        for translation in article.translations.values():
            whole = Passage.of(translation, translation.head + translation.body, 1)
            grave = grave_phrases(library.grave_words, translation.lang)
            start, end = min(spoken(whole.text, grave), default=(0, 0))
            if end:
                fix = f"add “help: true” to docs/{article.original.path}"
                message = f"“{' '.join(whole.text[start:end].split())}” without the help box"
                yield Finding.at(whole, start, message, fix)


def grave_phrases(listed: Mapping[Language, Iterable[str]], lang: Language) -> tuple[str, ...]:
    """What is grave in a text: what is listed of its language, and of others all but plain single words.

    Young people write “I want to die” in Danish too. A word alone may mean something else in another language.
    """
    others = (phrase for other in listed if other != lang for phrase in listed[other])
    return (*GRAVE, *listed.get(lang, ()), *(phrase for phrase in others if " " in phrase or "*" in phrase))


class _Left:
    """What an editor may have left in texts of a language."""

    def __init__(self, lang: Language) -> None:
        left = {"once": "", **known(lang).get("left", {})}
        notes, shouted, alone, missing = (left.get(name, "(?!)") for name in ("notes", "shouted", "alone", "missing"))
        self.twice = [f"{word} {word}" for word in re.sub(r"\(\S+", "", left["once"]).casefold().split()]
        """Words that never stand twice."""
        begun = (rf"\[(?:{notes})", rf"\((?:{missing})", *words_for("language_model").split("|"))
        self.begun = [re.compile(beginning) for beginning in begun]
        """How notes begin that may stand anywhere, in small letters."""
        self.shouted = re.compile(shouted)
        self.alone = re.compile(rf"(?:[-*+] |#{{2,4}} |\d\. | {{4}}|[a-z_]{{1,30}}: )?[\"'*_]{{0,3}}(?i:{alone})")
        """How a line begins that may be nothing but a note."""
        words = left["once"].replace(" ", "|") or "(?!)"
        noted = rf"(?i:(?<!\])\[(?:{notes})\b[^\]\n]{{0,80}}\](?![(\[:])|\((?:{missing})\))"
        twice = rf"(?i:(?<![\w.’'-])(?P<word>{words})(?:[ \t]{{1,9}}|[ \t]{{0,9}}\n[ \t]{{0,9}})(?P=word)(?![\w’'-]))"
        begin = r"\A|(?<=\n\n)|(?<=\n[-*+] )|(?<=\n\d\. )|(?<=\n## )|(?<=\n### )|(?<=\n    )|(?<=[*_])"
        end = r"(?=[ ]?…?[*_]{0,2}[ ]*+(?:\n\n|\n[-*+] |\n?\Z))"
        nothing_else = rf"(?i:(?:{begin})(?:{alone})[.!:]?{end})"
        self.pattern = re.compile(rf"{NOTE}|{MARKS}|{noted}|{twice}|\b(?:{shouted})\b|{nothing_else}")
        """All of it: notes to oneself, in any language and in this one, and words that stand twice."""

    def may_be_in(self, text: str) -> bool:
        """Whether a glance, which takes a tenth of the time, finds something: most texts hold none."""
        lower = text.casefold()
        spaced = lower.replace("\n", " ").replace("\t", " ")
        words = " ".join(spaced.split()) if "  " in spaced else spaced
        return (
            any(pair in words and re.search(rf"{pair}(?<!\w{pair})(?!\w)", words) for pair in self.twice)
            or "lorem" in lower
            or "todo:" in lower
            or any(glance.search(text) for glance in NOTE_GLANCE)
            or any(begin.search(words) for begin in self.begun)
            or any(map(self.shouted.search, CAPITALS.findall(text)))
            or any(self.alone.match(line) for line in text.split("\n") if len(line) <= SHORT_LINE)
        )


_left = cache(_Left)


@passage_rule("unfinished", may_hold=lambda text, lang: _left(lang).may_be_in(text))
def unfinished(passage: Passage) -> Iterator[Finding]:
    """A note to oneself is not for readers; nor is a small word that an edit has left twice."""
    for found in _left(passage.lang).pattern.finditer(passage.text):
        text = " ".join(found[0].split())
        message, fix = f"“{text}” is a note that readers would see", "do what it says, and delete it"
        if found["marks"]:
            message, fix = f"“{found[0]}” was left by an edit", f"write “{text[0]}” alone, against the word"
        elif found["tight"]:
            message, fix = "there is no space after the comma", "write one there"
        elif found["word"]:
            message, fix = f"“{text}” is the same word twice", "delete one of the two words"
        yield Finding.at(passage, found.start(), message, fix)


@text_rule("unfinished")
def unclosed(translation: Translation) -> Iterator[Finding]:
    """A quotation or a bracket that begins and does not end: nobody sees whose the words behind it are."""
    quotes = () if "‚" in translation.body else QUOTES
    if not any(mark in translation.body for both in quotes for mark in both):
        return
    whole = list(paragraphs(prose(translation.body), translation.body_line))
    for paragraph, after in zip_longest(whole, whole[1:]):
        ended = Counter(ENDED.findall(paragraph.text))
        for begin, end in quotes:
            missing = paragraph.text.count(begin) - ended[end]
            if not missing:
                continue
            part = Passage.of(translation, paragraph.text, paragraph.line)
            if missing < 0 and (begin, end) == QUOTES[0]:
                fix = f"write {begin} where it begins"
                yield Finding.at(part, paragraph.text.find(end), f"“{end}” ends what does not begin", fix)
            last = re.search(rf"(?<![:;=-]){re.escape(begin)}(?=[^{re.escape(begin)}]*+\Z)", paragraph.text)
            if missing > 0 and last and not (after and after.text.lstrip().startswith(begin)):
                yield Finding.at(part, last.start(), f"“{begin}” is not closed", f"write {end} where it ends")


@text_rule("bare-address")
def bare_addresses(translation: Translation) -> Iterator[Finding]:
    """An address in running text says nothing, and a screen reader spells it out."""
    body = translation.body
    if "://" not in body and "www." not in body.lower() and not EMAIL.search(body):
        return
    seen = NOT_BARE.sub(blanked, without_fences(body))
    whole = Passage.of(translation, seen)
    for found in ADDRESS.finditer(seen):
        if service_of(found[0]) and _stands_alone(found):
            continue  # The page shows it as a film.
        is_mail = "@" in found[0] and "/" not in found[0]
        fix = f"write [{found[0]}](mailto:{found[0]})" if is_mail else "write [what is there](address)"
        yield Finding.at(whole, found.start(), f"the bare address {found[0]}", fix)


def _stands_alone(found: re.Match[str]) -> bool:
    """Whether it is a paragraph of its own, between angle brackets or not."""
    before, after = found.string[: found.start()], found.string[found.end() :]
    return bool(
        re.search(r"(?:\A|\n[ \t]*\n)[ \t]*<?\Z", before) and re.match(r">?[ \t]*(?:\Z|\n[ \t]*(?:\n|\Z))", after)
    )


def _held(text: str, words: Iterable[str]) -> tuple[str, ...]:
    """Those of the words that stand in a text, be it within another: a glance, which finds none in most texts."""
    folded = text.casefold()
    return tuple(word for word in words if word.casefold() in folded)


@cache
def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, whole."""
    return re.compile(rf"\b({any_of(words)})\b", re.IGNORECASE)
