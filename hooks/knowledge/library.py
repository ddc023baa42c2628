"""The library: all articles in both languages with the data they rest on, read once per build."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from . import urls
from .article import (
    ARTICLE_NEEDS,
    LANGUAGES,
    STEP_NEEDS,
    Article,
    FrontMatter,
    Language,
    Line,
    Translation,
    _lines_of,
    _Model,
    read_translation,
)
from .concept import Concept
from .problems import Problem, did_you_mean, stop_on_errors
from .source import Https, References, Source


class HelpWords(_Model):
    """A help line in one language."""

    name: Line
    what: Line
    note: Line | None = None


class HelpLine(_Model):
    """One record of `docs/data/help.yml`."""

    key: Line
    number: str | None = None
    url: Https
    verified_on: dt.date = Field(description="When name, number and address were last checked.")
    da: HelpWords
    en: HelpWords

    def __getitem__(self, lang: Language) -> HelpWords:
        return self.da if lang == "da" else self.en


@dataclass(frozen=True)
class Library:
    """Everything that is read, validated.

    Attributes of the data files are keyed as in the files, in their order.
    """

    articles: dict[str, Article]
    """All pages of every kind, by key."""
    concepts: dict[str, Concept]
    sources: dict[str, Source]
    help: tuple[HelpLine, ...]

    @classmethod
    def load(cls, docs: Path) -> Library:
        """Read and check the content folder.

        Raises:
            ProblemsFound: with every error in it.
        """
        library, problems = cls.read(docs)
        stop_on_errors(problems)
        return library

    @classmethod
    def read(cls, docs: Path) -> tuple[Library, list[Problem]]:
        """Read the content folder: what could be understood of it, and its problems."""
        problems: list[Problem] = []
        concepts = _records(docs / "data/concepts.yml", dict[str, Concept], problems, docs)
        sources = _records(docs / "data/sources.yml", dict[str, Source], problems, docs)
        help_lines = _records(docs / "data/help.yml", list[HelpLine], problems, docs)
        pairs: dict[str, dict[Language, Translation]] = defaultdict(dict)
        broken: set[str] = set()
        for path in sorted(docs.rglob("*.md")):
            name = path.relative_to(docs).as_posix()
            key = name.removesuffix(".md").removesuffix(".da").removesuffix(".en")
            if not name.endswith((".da.md", ".en.md")):
                problems.append(Problem(f"docs/{name}", 1, 1, "pair", "the file's language is not in its name",
                                        f"call it {key}.da.md or {key}.en.md"))  # fmt: skip
                continue
            translation, found = read_translation(path.read_bytes(), name, f"docs/{name}")
            problems += found
            if translation:
                pairs[key][translation.lang] = translation
            else:
                broken.add(key)
        for key, pair in pairs.items():
            for lang in LANGUAGES:
                if lang not in pair and key not in broken:
                    there = next(iter(pair.values()))
                    problems.append(Problem(f"docs/{there.path}", 1, 1, "pair", "the article has no twin",
                                            f"write docs/{key}.{lang}.md"))  # fmt: skip
        articles = {
            key: Article(key, shared, pair)
            for key, pair in pairs.items()
            if len(pair) == len(LANGUAGES) and isinstance(shared := pair["da"].words, FrontMatter)
        }
        library = cls(articles, concepts or {}, sources or {}, tuple(help_lines or ()))
        problems += library._problems(docs, broken)
        return library, sorted(set(problems))

    # --- Lookup -----------------------------------------------------------------------------

    def __getitem__(self, key: str) -> Article:
        return self.articles[key]

    @cached_property
    def topics(self) -> dict[str, Article]:
        """Topic pages by folder, in the order of their folders' names."""
        return {a.topic: a for a in self.articles.values() if a.kind == "topic"}

    def of_kind(self, kind: str) -> list[Article]:
        """All pages of a kind, by key."""
        return [a for a in self.articles.values() if a.kind == kind]

    def in_topic(self, topic: str) -> list[Article]:
        """A topic's articles: first as its page orders them, then the newest first."""
        order = self.topics[topic].shared.order if topic in self.topics else []
        place = {name: i for i, name in enumerate(order)}
        articles = [a for a in self.of_kind("article") if a.topic == topic]
        return sorted(articles, key=lambda a: (place.get(a.name, len(place)), _newest_first(a), a.key))

    @cached_property
    def latest(self) -> list[Article]:
        """All articles, the newest first; ties by key."""
        return sorted(self.of_kind("article"), key=lambda a: (_newest_first(a), a.key))

    @cached_property
    def ladder(self) -> list[Article]:
        """The steps of the stress ladder, from the top."""
        steps = (a for a in self.of_kind("article") if a.shared.step)
        return sorted(steps, key=lambda a: a.shared.step or 0)

    @cached_property
    def sections(self) -> dict[str, dict[Language, str]]:
        """Each topic's folder in the addresses of each language."""
        return {
            topic: {lang: article[lang].words.slug or urls.slugify(topic) for lang in LANGUAGES}
            for topic, article in self.topics.items()
        }

    def path(self, article: Article, lang: Language) -> str:
        """The page's path below the site's root: `en/stress-ladder/heated/`."""
        return urls.path(article, lang, self.sections)

    @cached_property
    def references(self) -> dict[Language, References]:
        """The sources, formatted per language."""
        return {lang: References(self.sources, lang) for lang in LANGUAGES}

    # --- Problems ---------------------------------------------------------------------------

    def _problems(self, docs: Path, broken: set[str]) -> Iterable[Problem]:
        known = set(self.articles) | broken
        for article in self.articles.values():
            yield from self._needs(article)
            yield from self._names(article, known)
            for translation in article.translations.values():
                yield from self._targets(translation, docs)
            yield from _parity(article)
        yield from self._addresses()

    def _needs(self, article: Article) -> Iterable[Problem]:
        if article.kind != "article":
            return
        if article.topic not in self.topics:
            yield _at(article["da"], 1, "pair", f"the folder “{article.topic}” has no topic page",
                      f"write docs/{article.topic}/index.da.md and index.en.md with “kind: topic”")  # fmt: skip
        for lang, translation in article.translations.items():
            needs = ARTICLE_NEEDS + (STEP_NEEDS if article.shared.step else ())
            for key in needs:
                if key in type(translation.words).model_fields and not getattr(translation.words, key):
                    yield _at(translation, 1, "front-matter", f"“{key}” is missing", f"add a line “{key}: …”")
        if len({len(t.words.signs) for t in article.translations.values()}) > 1:
            yield _at(article["en"], article["en"].lines.get("signs", 1), "parity",
                      "“signs” has another number of lines than in the Danish file", "translate each sign")  # fmt: skip

    def _names(self, article: Article, known: set[str]) -> Iterable[Problem]:
        """Unknown concepts, pinned or ordered articles."""
        da, shared = article["da"], article.shared
        checks = [
            ("concepts", shared.concepts, self.concepts, "concept"),
            ("related.pin", shared.related.pin, known, "article"),
            ("related.exclude", shared.related.exclude, known, "article"),
            ("order", [f"{article.topic}/{name}" for name in shared.order], known, "article"),
        ]
        for key, names, there, noun in checks:
            for i, name in enumerate(names):
                if name not in there:
                    line = da.lines.get(f"{key}.{i}", da.lines.get(key, 1))
                    yield _at(da, line, noun, f"there is no {noun} “{name}”", did_you_mean(name, there))

    def _targets(self, translation: Translation, docs: Path) -> Iterable[Problem]:
        """Unknown sources, links to files that are not there, pictures without words."""
        folder = (docs / translation.path).parent
        for cite in translation.outline.citations:
            if cite.target not in self.sources:
                yield _at(translation, cite.line, "source", f"there is no source “{cite.target}”",
                          did_you_mean(cite.target, self.sources))  # fmt: skip
        for link in (*translation.outline.links, *translation.outline.images):
            target = link.target.partition("#")[0]
            if target and "://" not in target and not target.startswith(("mailto:", "tel:")):
                if target.startswith("/"):
                    yield _at(translation, link.line, "link", f"the link “{target}” begins with /",
                              "write it relative to this file: ../topic/article.da.md")  # fmt: skip
                elif not (folder / target).is_file():
                    yield _at(translation, link.line, "link", f"the link “{target}” leads to no file",
                              _nearest(folder / target, docs, folder))  # fmt: skip
                elif target.endswith(".md") and not target.endswith(f".{translation.lang}.md"):
                    yield _at(translation, link.line, "link", f"the link “{target}” leads to the other language",
                              f"link to the file that ends in .{translation.lang}.md")  # fmt: skip
        for image in translation.outline.images:
            if not image.text.strip():
                yield _at(translation, image.line, "alt", f"the picture “{image.target}” has no alternative text",
                          "write what it shows between the square brackets")  # fmt: skip

    def _addresses(self) -> Iterable[Problem]:
        seen: dict[str, Translation] = {}
        for article in self.articles.values():
            if article.topic and article.topic not in self.sections:
                continue
            for lang, translation in article.translations.items():
                path = self.path(article, lang)
                if path in seen:
                    yield _at(translation, translation.lines.get("slug", 1), "slug",
                              f"the address /{path} belongs to docs/{seen[path].path} already",
                              "choose another slug")  # fmt: skip
                seen.setdefault(path, translation)


def _parity(article: Article) -> Iterable[Problem]:
    """The same question ids in both languages."""
    da, en = (article[lang] for lang in LANGUAGES)
    for one, other in ((da, en), (en, da)):
        theirs = {q.id for q in other.outline.questions}
        for question in one.outline.questions:
            if not question.id:
                yield _at(one, question.line, "question", f"the question “{question.text}” has no id",
                          "write one behind it, the same in both languages: {#change-therapist}")  # fmt: skip
            elif question.id not in theirs:
                faq = next((h.line for h in other.outline.headings if h.id == "faq"), 1)
                yield _at(other, faq, "question", f"the question {{#{question.id}}} of {one.path} is missing",
                          "translate it, or give both the same id")  # fmt: skip


def _records(path: Path, shape: Any, problems: list[Problem], docs: Path) -> Any:
    file = f"docs/{path.relative_to(docs).as_posix()}"
    if not path.is_file():
        return None
    try:
        source = path.read_text("utf-8")
        node, values = yaml.compose(source, Loader=yaml.CSafeLoader), yaml.load(source, yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        problems.append(Problem(file, mark.line + 1 if mark else 1, 1, "data", f"the file cannot be read: {error}",
                                "see the line above it for a missing quotation mark"))  # fmt: skip
        return None
    lines = dict(_lines_of(node, ""))
    try:
        return TypeAdapter(shape).validate_python(values or shape())
    except ValidationError as error:
        for details in error.errors():
            loc = [str(part) for part in details["loc"] if part != "[key]"]
            line = next((lines[".".join(loc[:n])] for n in range(len(loc), 0, -1) if ".".join(loc[:n]) in lines), 2)
            problems.append(Problem(file, line - 1, 1, "data", f"“{'.'.join(loc)}”: {details['msg']}",
                                    "write it as the records around it do"))  # fmt: skip
        return None


def _nearest(target: Path, docs: Path, folder: Path) -> str:
    import os

    files = {os.path.relpath(p, folder).replace(os.sep, "/") for p in docs.rglob("*") if p.is_file()}
    return did_you_mean(os.path.relpath(target, folder).replace(os.sep, "/"), files)


def _newest_first(article: Article) -> int:
    return -(article.shared.date or dt.date.min).toordinal()


def _at(translation: Translation, line: int, rule: str, message: str, mend: str) -> Problem:
    return Problem(f"docs/{translation.path}", line, 1, rule, message, mend)
