"""Rules on the lines above the text: what is named there must exist; each address, title and step is one page's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter

from ...content import urls
from ...content.article import Article, Translation
from ...content.data import CONCEPTS, PEOPLE
from ...content.front_matter import ARTICLE_NEEDS, STEP_NEEDS
from ...content.library import Library
from ...core.language import Languages, words_for
from ...core.problems import Level, did_you_mean
from .rule import Finding, again, rule

OWN_FOLDERS = ("assets", "pagefind", "social")
OWN_FILES = frozenset(
    (*OWN_FOLDERS, *"404.html robots.txt sitemap.xml feed.atom feed.json _headers _redirects".split())
)
"""First parts of addresses that no page can have had."""
RECORDS = {"concept": f"docs/{CONCEPTS}", "person": f"docs/{PEOPLE}"}
"""Where what is named has its record, where it is no article."""
ALIAS = re.compile(r"/?[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*/?")
"""A former address: words as in a slug, so that no way leads out of the site or to a file of it."""


@rule("front-matter", is_local=True, is_firm=True)
def complete(library: Library) -> Iterator[Finding]:
    """The lines at the top of a file decide where and how the page is shown."""
    for article in library.of_kind("article"):
        needs = ARTICLE_NEEDS + (STEP_NEEDS if article.shared.step else ())
        for translation in article.texts:
            for key in needs:
                if key in type(translation.words).model_fields and not getattr(translation.words, key):
                    is_there = key in translation.lines
                    message = f"“{key}” is {'empty' if is_there else 'missing'}"
                    yield Finding(translation, (key,), message, "write it" if is_there else f"add a line “{key}: …”")


@rule("topic")
def topic(library: Library) -> Iterator[Finding]:
    """An article needs a topic page above it: its address, its breadcrumb and its menu rest on it."""
    for article in library.of_kind("article"):
        if article.topic not in library.topics and f"{article.topic}/index" not in library.unread:
            fix = f"write docs/{article.topic}/{' and '.join(library.languages.files('index'))} with “kind: topic”"
            yield Finding(article.original, 1, f"the folder “{article.topic}” has no topic page", fix)


@rule("name")
def names(library: Library) -> Iterator[Finding]:
    """A concept, a person or an article that is named must be there."""
    articles = set(library.articles) | library.unread
    for article in library.articles.values():
        original, shared = article.original, article.shared
        for key, noun, given, known in (
            ("concepts", "concept", shared.concepts, set(library.concepts)),
            ("author", "person", [*filter(None, [shared.author])], set(library.people)),
            ("reviewer", "person", [*filter(None, [shared.reviewer])], set(library.people)),
            ("related.pin", "article", shared.related.pin, articles),
            ("related.exclude", "article", shared.related.exclude, articles),
            ("order", "article", [f"{article.topic}/{name}" for name in shared.order], articles),
        ):
            for i, name in enumerate(given):
                listed = RECORDS.get(noun, "docs/, without language and ending")
                kind = library[name].kind if key == "related.pin" and name in library.articles else "article"
                level: Level | None = None
                if name in given[:i] or name == article.key:
                    message = f"“{name}” is there twice" if name in given[:i] else f"“{name}” is this article itself"
                    fix = "delete it"
                elif name not in known and listed.removeprefix("docs/") not in library.unread:
                    message, fix = f"there is no {noun} “{name}”", did_you_mean(name, known, listed)
                elif kind == "withdrawn":
                    message, level = f"“{name}” was withdrawn, and a list shows only articles that are out", "warning"
                    fix = "name another article, or delete it"
                elif kind != "article":
                    message = f"“{name}” is a page of the kind “{kind}”, and a list shows only articles"
                    fix = "name an article, or delete it"
                else:
                    continue
                yield Finding(original, (key, i), message, fix, name.rpartition("/")[2], level=level)


@rule("slug")
def addresses(library: Library) -> Iterator[Finding]:
    """Two pages cannot live at one address."""
    seen: dict[str, Translation] = {}
    for article in library.placed:
        for lang, translation in article.translations.items():
            path = library.path(article, lang)
            first = path.removeprefix(library.languages.folder(lang)).partition("/")[0]
            if article.kind not in ("article", "home") and first in {*OWN_FOLDERS, *library.languages}:
                message = f"the address /{path} begins with “{first}”, where the site keeps something else"
                yield Finding(translation, ("slug",), message, "choose another slug")
            if (other := seen.setdefault(path, translation)) is not translation:
                message = f"the address /{path} belongs to docs/{other.path} already"
                yield Finding(translation, ("slug",), message, "choose another slug")


@rule("alias")
def aliases(library: Library) -> Iterator[Finding]:
    """A former address leads to one page, and never to one that has moved on."""
    live = {library.path(article, lang): article[lang] for article in library.placed for lang in library.languages}
    seen: dict[str, Translation] = {}
    for translation in library.translations():
        for i, alias in enumerate(translation.words.aliases):
            path, languages = library.former_path(alias, translation.lang), library.languages
            first = alias.strip("/").split("/")[0]
            message = ""
            if first in OWN_FILES:
                message, fix = f"the alias “{alias}” is a file of the site", "delete it: it was never a page"
            elif not ALIAS.fullmatch(alias) or first in languages.translations:
                message, fix = f"the alias “{alias}” is no address of this site", _fix_of_alias(alias, languages)
            elif path in live:
                message = f"the alias “{alias}” is the address of docs/{live[path].path}"
                fix = "delete it, or give that page another slug"
            elif path in seen:
                message, fix = f"the alias “{alias}” is in docs/{seen[path].path} too", "keep one of them"
            if message:
                yield Finding(translation, ("aliases", i), message, fix, alias)
            seen.setdefault(path, translation)


def _fix_of_alias(alias: str, languages: Languages) -> str:
    """The address that was meant, where one can guess it."""
    parts = re.sub(r"^[a-z]+://[^/]*|[?#].*$", "", alias).split("/")
    words = [urls.slugify(re.sub(r"\.(?:html?|php|aspx?)$", "", part)) for part in parts]
    named = [word for word in words if word and word != "index"]
    path = "/".join(named[1:] if named[:1] and named[0] in languages.translations else named)
    return f"write it as {path or 'old/address'}/, without https:// and without a language before it"


@rule("concept-topic")
def concept_topics(library: Library) -> Iterator[Finding]:
    """A concept belongs to a topic, on which the glossary and the related lists rest."""
    unread = {key.removesuffix("/index") for key in library.unread}
    for key, concept in library.concepts.items():
        if concept.topic not in library.topics and concept.topic not in unread:
            message, fix = f"there is no topic “{concept.topic}”", did_you_mean(concept.topic, library.topics, "docs/")
            yield Finding(CONCEPTS, (key, "topic"), message, fix, concept.topic)


TITLE_LIMITS = (3, 60)
DESCRIPTION_LIMITS = (50, 160)
"""Characters that search engines show in full, more or less."""


@rule("length", "warning")
def lengths(library: Library) -> Iterator[Finding]:
    """Search engines cut long titles and descriptions, and write their own where they are too short."""
    for translation in library.translations():
        for key, (low, high) in (("title", TITLE_LIMITS), ("description", DESCRIPTION_LIMITS)):
            size = len(getattr(translation.words, key))
            if not low <= size <= high:
                message = f"the {key} has {size} characters; expected {low} to {high}"
                fix = "shorten it" if size > high else "write more"
                yield Finding(translation, (key,), message, fix)


OWN = ("title", "label", "description")
"""What each page has of its own."""


@rule("same-words", "warning")
def same_words(library: Library) -> Iterator[Finding]:
    """Two pages with one title, label or description cannot be told apart in a list of results."""
    said = ((text.lang, key, getattr(text.words, key), text) for text in library.translations() for key in OWN)
    for (*_, other), (_, key, words, translation) in again(said, key=itemgetter(slice(3))):
        if words:
            message = f"the {key} is the same as in docs/{other.path}"
            yield Finding(translation, (key,), message, f"give it a {key} of its own")


NAMED = re.compile(rf"\b(?:{words_for('step')}) (\d)\b", re.IGNORECASE)


@rule("ladder", is_local=True)
def named_steps(library: Library) -> Iterator[Finding]:
    """The title and the description of a step name that step. Where none of them does, its line `step` is wrong, which
    is told there."""
    for article in library.ladder:
        said = [(text, key, {*NAMED.findall(getattr(text.words, key))}) for text in article.texts for key in OWN[::2]]
        own = str(article.shared.step)
        for translation, key, named in said if any(own in named for *_, named in said) else ():
            if len(named) == 1 and own not in named:
                message = f"“{key}” names step {min(named)}; this is step {own}"
                yield Finding(translation, (key,), message, "write the number of this step in both")


STEPS = range(1, 6)
BEGUN = 3
"""So many steps make a ladder; with fewer it has not been written yet."""


@rule("ladder")
def ladder(library: Library) -> Iterator[Finding]:
    """Whoever looks for their step must find it, and in one place only. The ladder has steps 1 to 5."""
    steps: dict[int, Article] = {}
    for article in library.ladder:
        step, original = article.shared.step, article.original
        assert step is not None  # Else it were not on the ladder.
        if step in steps:
            message = f"step {step} is in docs/{steps[step].original.path} too"
            missing = [str(other) for other in STEPS if other not in {a.shared.step for a in library.ladder}]
            there = f"write step: {' or '.join(missing)} in the article on that step"
            fix = there if missing else "give one of them another step"
            yield Finding(original, ("step",), message, f"{fix}, or delete the line")
        steps.setdefault(step, article)
    repeated = len(library.ladder) > len(steps)
    if len(steps) < BEGUN or repeated or any("/" in key and not key.startswith("data/") for key in library.unread):
        return  # An article that cannot be read, or that has a wrong step, may be the one that is missing.
    for step in STEPS:
        if step not in steps:
            near = steps[min(steps, key=lambda there: abs(there - step))].original
            message = f"the ladder has no step {step}; this is step {library[near.path.rsplit('.', 2)[0]].shared.step}"
            fix = f"write “step: {step}” in the article on it, or write the article"
            yield Finding(near, ("step",), message, fix)
