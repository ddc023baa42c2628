"""The rules: what an editor may get wrong beyond one file's form, each in one place.

A rule is a function from the library to what it finds. It is an error unless it says otherwise:
a build stops at errors, `make check` also prints warnings.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from . import urls
from .article import ARTICLE_NEEDS, LANGUAGES, STEP_NEEDS, Translation
from .cache import NOTHING_KEPT, Cache
from .fingerprint import code, digest
from .outline import Heading
from .problems import Problem, did_you_mean

if TYPE_CHECKING:
    from .library import Library

Finding = tuple[Translation, int, str, str]
"""Where (file and line), what was found and expected, how to mend it."""

COVER_LIMIT = 15_000
"""Bytes of a cover."""
TITLE_LIMIT = 60
DESCRIPTION_LIMITS = (50, 160)
"""Characters that search engines show in full, more or less."""
OTHERS = {"da": "en/", "en": "en/en/"}
"""How a former address begins that names the language itself."""
OWN_FILES = tuple(
    "assets pagefind social 404.html robots.txt sitemap.xml feed.atom feed.json _headers _redirects".split()
)
"""First parts of addresses that no page can have had."""
REVIEW_DUE = dt.timedelta(days=3 * 365)
"""NHS content is planned to be reviewed within three years."""


@dataclass(frozen=True)
class Rule:
    """One rule."""

    id: str
    level: Literal["error", "warning"]
    find: Callable[[Library, Path], Iterator[Finding]]
    is_local: bool = False
    """Whether it looks at one article at a time, without its pictures and today's date."""

    @property
    def reason(self) -> str:
        """Why the rule is there."""
        return self.find.__doc__ or ""


RULES: list[Rule] = []


def rule(id: str, level: Literal["error", "warning"] = "error", is_local: bool = False):
    """Register a function as a rule; its docstring is the reason."""

    def register(find):
        RULES.append(Rule(id, level, find, is_local))
        return find

    return register


def problems(library: Library, docs: Path, kept: Cache = NOTHING_KEPT) -> list[Problem]:
    """Everything that the rules find in the content folder.

    Args:
        kept: what the local ones found in the same articles before.
    """
    shared = digest(
        "rules", code(), library.concepts, list(library.sources), library.help, library.strong_words,
        {name for name in library.unread if name.startswith("data/")},
    )  # fmt: skip
    found = _found((rule for rule in RULES if not rule.is_local), library, docs)
    for key, article in library.articles.items():
        alone = replace(library, articles={key: article})
        name = digest(shared, key, [(t.path, t.digest) for t in article.translations.values()])
        find = partial(_found, [rule for rule in RULES if rule.is_local], alone, docs)
        found += kept.object(name, find)
    return found


def _found(rules: Iterable[Rule], library: Library, docs: Path) -> list[Problem]:
    return [
        Problem(f"docs/{where.path}", line, 1, rule.id, message, mend, rule.level)
        for rule in rules
        for where, line, message, mend in rule.find(library, docs)
    ]


# --- Front matter and names -------------------------------------------------------------------


@rule("front-matter", is_local=True)
def complete(library: Library, docs: Path) -> Iterator[Finding]:
    """An article without a date, a cover's words or an evidence line cannot be trusted or shown."""
    for article in library.of_kind("article"):
        needs = ARTICLE_NEEDS + (STEP_NEEDS if article.shared.step else ())
        for translation in article.translations.values():
            for key in needs:
                if key in type(translation.words).model_fields and not getattr(translation.words, key):
                    yield translation, 1, f"“{key}” is missing", f"add a line “{key}: …”"


@rule("topic")
def topic(library: Library, docs: Path) -> Iterator[Finding]:
    """An article needs a topic page above it: its address, its breadcrumb and its menu rest on it."""
    for article in library.of_kind("article"):
        if article.topic not in library.topics:
            mend = f"write docs/{article.topic}/index.da.md and index.en.md with “kind: topic”"
            yield article["da"], 1, f"the folder “{article.topic}” has no topic page", mend


@rule("name")
def names(library: Library, docs: Path) -> Iterator[Finding]:
    """A concept or an article that is named must be there."""
    articles = set(library.articles) | library.unread
    for article in library.articles.values():
        da, shared = article["da"], article.shared
        for key, noun, given, known in (
            ("concepts", "concept", shared.concepts, set(library.concepts)),
            ("related.pin", "article", shared.related.pin, articles),
            ("related.exclude", "article", shared.related.exclude, articles),
            ("order", "article", [f"{article.topic}/{name}" for name in shared.order], articles),
        ):
            for i, name in enumerate(given):
                if name not in known and not (noun == "concept" and "data/concepts.yml" in library.unread):
                    line = da.lines.get(f"{key}.{i}") or da.lines.get(key) or 1
                    yield da, line, f"there is no {noun} “{name}”", did_you_mean(name, known)


@rule("slug")
def addresses(library: Library, docs: Path) -> Iterator[Finding]:
    """Two pages cannot live at one address."""
    seen: dict[str, Translation] = {}
    for article in library.articles.values():
        if article.topic and article.topic not in library.sections:
            continue
        for lang, translation in article.translations.items():
            path = library.path(article, lang)
            if path in seen:
                message = f"the address /{path} belongs to docs/{seen[path].path} already"
                yield translation, translation.lines.get("slug", 1), message, "choose another slug"
            seen.setdefault(path, translation)


@rule("alias")
def aliases(library: Library, docs: Path) -> Iterator[Finding]:
    """A former address leads to one page, and never to one that has moved on."""
    live = {
        library.path(article, lang): article[lang]
        for article in library.articles.values()
        if not article.topic or article.topic in library.sections
        for lang in LANGUAGES
    }
    seen: dict[str, Translation] = {}
    for translation in library.translations():
        for i, alias in enumerate(translation.words.aliases):
            line = translation.lines.get(f"aliases.{i}") or translation.lines["aliases"]
            path = urls.former(alias, translation.lang)
            first = alias.strip("/").split("/")[0]
            if not re.fullmatch(r"/?[\w.-]+(/[\w.-]+)*/?", alias) or path.startswith(OTHERS[translation.lang]):
                mend = "write it as old/address/, without https:// and without /en/"
                yield translation, line, f"the alias “{alias}” is no address of this site", mend
            elif first in OWN_FILES:
                yield translation, line, f"the alias “{alias}” is a file of the site", "delete it: it was never a page"
            elif path in live:
                message = f"the alias “{alias}” is the address of docs/{live[path].path}"
                yield translation, line, message, "delete it, or give that page another slug"
            elif path in seen:
                message = f"the alias “{alias}” stands in docs/{seen[path].path} too"
                yield translation, line, message, "keep one of them"
            seen.setdefault(path, translation)


@rule("length", "warning")
def lengths(library: Library, docs: Path) -> Iterator[Finding]:
    """Search engines cut long titles and descriptions, and write their own where they are too short."""
    low, high = DESCRIPTION_LIMITS
    for translation in library.translations():
        title, description = len(translation.words.title), len(translation.words.description)
        if title > TITLE_LIMIT:
            message = f"the title has {title} characters; expected at most {TITLE_LIMIT}"
            yield translation, translation.lines["title"], message, "shorten it"
        if not low <= description <= high:
            message = f"the description has {description} characters; expected {low} to {high}"
            yield translation, translation.lines["description"], message, "say it in one or two sentences"


@rule("same-words", "warning")
def same_words(library: Library, docs: Path) -> Iterator[Finding]:
    """Two pages with one title or one description cannot be told apart in a list of results."""
    for key in ("title", "description"):
        seen: dict[tuple[str, str], Translation] = {}
        for translation in library.translations():
            text = (translation.lang, getattr(translation.words, key))
            if text in seen:
                message = f"the {key} is that of docs/{seen[text].path}"
                yield translation, translation.lines[key], message, f"give it a {key} of its own"
            seen.setdefault(text, translation)


@rule("review-due", "warning")
def review_due(library: Library, docs: Path) -> Iterator[Finding]:
    """Knowledge ages: each page is read whole again within three years."""
    for article in library.articles.values():
        reviewed = article.shared.reviewed
        if reviewed and reviewed + REVIEW_DUE < dt.date.today():
            mend = "read it whole, check its sources, then set today's date"
            yield article["da"], article["da"].lines["reviewed"], f"last reviewed {reviewed}", mend


# --- The two languages ------------------------------------------------------------------------


@rule("question")
def questions(library: Library, docs: Path) -> Iterator[Finding]:
    """A question's id is its address in both languages: each has one, the same, and no other has it."""
    seen: dict[tuple[str, str], Translation] = {}
    for article in library.articles.values():
        for lang, other in (LANGUAGES, LANGUAGES[::-1]):
            translation, twin = article[lang], article[other]
            there = {question.id for question in twin.outline.questions}
            for question in translation.outline.questions:
                name = f"the question “{question.text}”"
                if not question.id:
                    mend = "write one behind it, the same in both languages: {#change-therapist}"
                    yield translation, question.line, f"{name} has no id", mend
                    continue
                if question.id not in there:
                    faq = next((h.line for h in twin.outline.headings if h.id == "faq"), 1)
                    message = f"the question {{#{question.id}}} of {translation.path} is missing"
                    yield twin, faq, message, "translate it, or give both the same id"
                if seen.setdefault((lang, question.id), translation) is not translation:
                    message = f"{{#{question.id}}} stands in docs/{seen[lang, question.id].path} too"
                    yield translation, question.line, message, "choose another id"


@rule("parity", is_local=True)
def parity(library: Library, docs: Path) -> Iterator[Finding]:
    """A translation says what the Danish text says: as many sections and signs, the same sources."""
    for article in library.articles.values():
        da, en = (article[lang] for lang in LANGUAGES)
        if len(da.words.signs) != len(en.words.signs):
            message = f"{len(en.words.signs)} signs; the Danish file has {len(da.words.signs)}"
            yield en, en.lines.get("signs", 1), message, "translate each sign"
        sections = [[h for h in t.outline.headings if h.level == 2] for t in (da, en)]
        if len(sections[0]) != len(sections[1]):
            message = f"{len(sections[1])} sections; the Danish file has {len(sections[0])}"
            line = sections[1][-1].line if sections[1] else en.body_line
            yield en, line, message, "translate each section"
        cited = [Counter(cite.target for cite in t.outline.citations) for t in (da, en)]
        for one, other, theirs in ((da, en, cited[1]), (en, da, cited[0])):
            for cite in one.outline.citations:
                if cite.target not in theirs:
                    message = f"[@{cite.target}] is cited here, but not in docs/{other.path}"
                    yield one, cite.line, message, "cite it in both, or in neither"


@rule("figures", is_local=True)
def figures(library: Library, docs: Path) -> Iterator[Finding]:
    """A number that differs between the languages is wrong in one of them."""
    for article in library.of_kind("article"):
        numbers = {lang: set(_numbers(article[lang])) for lang in LANGUAGES}
        for lang, other in (LANGUAGES, LANGUAGES[::-1]):
            theirs = {number for number, _ in numbers[other]}
            for number, line in sorted(numbers[lang], key=lambda found: found[1]):
                if number not in theirs:
                    message = f"the number {number} is not in docs/{article[other].path}"
                    yield article[lang], line, message, "write it in both, as a figure or as a word"


# --- Text -------------------------------------------------------------------------------------


@rule("heading", is_local=True)
def headings(library: Library, docs: Path) -> Iterator[Finding]:
    """Headings are how screen readers find their way: one title, then level by level."""
    for translation in library.translations():
        level = 1
        for heading in translation.outline.headings:
            if heading.level == 1:
                yield translation, heading.line, f"“{heading.text}” is a second title", "write ## for a section"
            elif heading.level > level + 1:
                message = f"“{heading.text}” is level {heading.level} below level {level}"
                yield translation, heading.line, message, f"write {'#' * (level + 1)}"
            level = heading.level


@rule("html", is_local=True)
def raw_html(library: Library, docs: Path) -> Iterator[Finding]:
    """Raw HTML can break a page, its accessibility and its security policy; Markdown cannot."""
    for translation in library.translations():
        for tag in translation.outline.html:
            yield translation, tag.line, f"raw HTML: {tag.target}", "write Markdown; for a plain < write &lt;"


@rule("source", is_local=True)
def sources(library: Library, docs: Path) -> Iterator[Finding]:
    """A claim rests on a source that a reader can look up."""
    if "data/sources.yml" in library.unread:
        return
    for translation in library.translations():
        for cite in translation.outline.citations:
            if cite.target not in library.sources:
                message = f"there is no source “{cite.target}”"
                yield translation, cite.line, message, did_you_mean(cite.target, library.sources)


@rule("strong-word", is_local=True)
def strong_words(library: Library, docs: Path) -> Iterator[Finding]:
    """“Proves” and “cures” promise more than any study can; whoever says so must at least say who found it."""
    for article in library.of_kind("article"):
        for translation in article.translations.values():
            words = library.strong_words.get(translation.lang, ())
            pattern = re.compile(rf"\b({'|'.join(map(re.escape, words))})\b", re.IGNORECASE) if words else None
            for line, paragraph in _paragraphs(translation):
                found = pattern and pattern.search(paragraph)
                if found and "[@" not in paragraph:
                    message = f"“{found[0]}” without a source"
                    at = line + paragraph.count("\n", 0, found.start())
                    yield translation, at, message, "cite a source behind it, or use a more careful word"


@rule("term", is_local=True)
def terms(library: Library, docs: Path) -> Iterator[Finding]:
    """One concept has one name; some translations mislead."""
    for lang in LANGUAGES:
        never = {word: concept[lang].term for concept in library.concepts.values() for word in concept[lang].never}
        if not never:
            continue
        pattern = re.compile(rf"\b({'|'.join(map(re.escape, never))})\b", re.IGNORECASE)
        names = {word.lower(): term for word, term in never.items()}
        for article in library.of_kind("article"):
            for line, paragraph in _paragraphs(article[lang]):
                for found in pattern.finditer(paragraph):
                    at = line + paragraph.count("\n", 0, found.start())
                    yield article[lang], at, f"“{found[0]}” is not used here", f"write “{names[found[0].lower()]}”"


@rule("help-box", is_local=True)
def help_box(library: Library, docs: Path) -> Iterator[Finding]:
    """Whoever reads of suicide must find help on the same page, without looking for it."""
    for article in library.of_kind("article"):
        if article.has_help:
            continue
        for translation in article.translations.values():
            found = re.search(r"selvmord|suicid", translation.body, re.IGNORECASE)
            if found:
                line = translation.body_line + translation.body.count("\n", 0, found.start())
                mend = f"add “help: true” to docs/{article['da'].path}"
                yield translation, line, f"“{found[0]}” without the help box", mend


# --- Links and pictures -----------------------------------------------------------------------


@rule("link")
def links(library: Library, docs: Path) -> Iterator[Finding]:
    """A link leads somewhere, in the reader's language, in the site and on a code host."""
    anchors = {translation.path: _anchors(translation) for translation in library.translations()}
    for translation in library.translations():
        folder = (docs / translation.path).parent
        for link in (*translation.outline.links, *translation.outline.images):
            target, _, anchor = link.target.partition("#")
            if "://" in target or target.startswith(("mailto:", "tel:")):
                continue
            if target.startswith("/"):
                mend = "write it relative to this file: ../topic/article.da.md"
                yield translation, link.line, f"the link “{target}” begins with /", mend
            elif target and not (folder / target).is_file():
                mend = _nearest(folder / target, docs, folder)
                yield translation, link.line, f"the link “{target}” leads to no file", mend
            elif target.endswith(".md") and not target.endswith(f".{translation.lang}.md"):
                mend = f"link to the file that ends in .{translation.lang}.md"
                yield translation, link.line, f"the link “{target}” leads to the other language", mend
            elif anchor and not target.endswith(".svg"):
                path = os.path.relpath(folder / target, docs) if target else translation.path
                there = anchors.get(path.replace(os.sep, "/"), set())
                if anchor not in there:
                    message = f"the link “{link.target}” leads to no heading"
                    yield translation, link.line, message, did_you_mean(anchor, there)


@rule("bare-address", is_local=True)
def bare_addresses(library: Library, docs: Path) -> Iterator[Finding]:
    """An address in running text says nothing, and a screen reader spells it out."""
    for translation in library.translations():
        for line, paragraph in _paragraphs(translation) if "://" in translation.body else ():
            for found in re.finditer(r"(?<![(<\w])https?://\S+", paragraph):
                at = line + paragraph.count("\n", 0, found.start())
                yield translation, at, f"the bare address {found[0]}", "write [what is there](address)"


@rule("alt")
def alternatives(library: Library, docs: Path) -> Iterator[Finding]:
    """Who does not see a picture is told what it shows."""
    for translation in library.translations():
        for image in translation.outline.images:
            if not image.text.strip():
                message = f"the picture “{image.target}” has no alternative text"
                yield translation, image.line, message, "write what it shows between the square brackets"
        alt = translation.words.image_alt
        if alt and (alt == translation.words.title or " " not in alt or re.search(r"\.(svg|png|jpe?g)$", alt)):
            message = f"“image_alt” is “{alt}”; expected a sentence"
            yield translation, translation.lines["image_alt"], message, "say what is seen, and why it is there"


@rule("cover")
def covers(library: Library, docs: Path) -> Iterator[Finding]:
    """Every article has a picture of its own, light enough for a phone."""
    for article in filter(lambda article: article.has_cover, library.articles.values()):
        cover = docs / article.cover
        if not cover.is_file():
            yield article["da"], 1, f"the cover docs/{article.cover} is missing", "draw one, 640 by 360"
        elif cover.stat().st_size > COVER_LIMIT:
            message = f"docs/{article.cover} has {cover.stat().st_size} bytes; expected at most {COVER_LIMIT}"
            yield article["da"], 1, message, "simplify its paths"


# --- What the rules need ----------------------------------------------------------------------


def _paragraphs(translation: Translation) -> Iterator[tuple[int, str]]:
    """Blocks of lines between blank lines, each with its first line in the file."""
    line = translation.body_line
    for block in re.split(r"(\n\s*\n)", translation.body):
        if block.strip():
            leading = len(block) - len(block.lstrip("\n"))
            yield line + leading, block.lstrip("\n")
        line += block.count("\n")


def _anchors(translation: Translation) -> set[str]:
    """Ids of the page's headings, as `toc` gives them."""

    def name(heading: Heading) -> str:
        return heading.id or urls.slugify(heading.text)

    counts: dict[str, int] = defaultdict(int)
    found = {"sources"} if translation.outline.citations else set()
    for heading in translation.outline.headings:
        id = name(heading)
        found.add(f"{id}_{counts[id]}" if counts[id] else id)
        counts[id] += 1
    return found


def _nearest(target: Path, docs: Path, folder: Path) -> str:
    files = {os.path.relpath(p, folder).replace(os.sep, "/") for p in docs.rglob("*") if p.is_file()}
    return did_you_mean(os.path.relpath(target, folder).replace(os.sep, "/"), files)


def _numbers(translation: Translation) -> Iterator[tuple[str, int]]:
    """Numbers of two digits or more, or with decimals, written one way, with their lines."""
    for number, line in enumerate(translation.body.splitlines(), translation.body_line):
        text = re.sub(r"\[@[^]]*\]|\]\([^)]*\)|\{#[^}]*\}|^\d+\. ", " ", line)
        for found in re.findall(r"(?<![\w@])\d[\d.,]*\d|(?<![\w.,])\.\d+", text):
            yield _plain(found, translation), number


def _plain(number: str, translation: Translation) -> str:
    thousands, decimal = (".", ",") if translation.lang == "da" else (",", ".")
    number = number.strip(".,") if not number.startswith(".") else number
    if re.fullmatch(rf"\d{{1,3}}(\{thousands}\d{{3}})+", number):
        return number.replace(thousands, "")
    number = number.replace(decimal, ".")
    return f"0{number}" if number.startswith(".") else number
