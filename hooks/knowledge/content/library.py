"""The library: all articles in all languages with the data they rest on, read once per build."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from hashlib import file_digest
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from pydantic import BaseModel

from ..core.cache import NO_CACHE, Cache
from ..core.fingerprint import checksum, code, digest
from ..core.language import LANGUAGES, Language, Languages
from ..core.problems import Problem, stop_on_errors
from ..core.worker import made
from . import translation_state, urls
from .article import Article, Translation, read_translation
from .concept import Concepts
from .data import Correction, CrisisWords, Examples, Need, Person, StrongWords, data_of, examples_of, phrases_of
from .data_file import DataFile, read_data_file
from .file_name import key_of
from .files import Files, list_files
from .front_matter import is_ordinary
from .given import Given
from .help_line import HelpLine
from .outline import Outline
from .passage import Passage, passage, passages_of
from .photograph import Photograph, read_photograph
from .record import for_site
from .settings import languages_of
from .source import Source
from .untranslated import complete, misspelt, original_of


@dataclass(frozen=True)
class Library:
    """Everything that is read, validated.

    Attributes of the data files are keyed as in the files, in their order.
    """

    docs: Path
    """The folder from which it was read."""
    articles: dict[str, Article]
    """All pages of every kind, by key."""
    concepts: Concepts
    sources: dict[str, Source]
    help: tuple[HelpLine, ...]
    strong_words: StrongWords
    """Words of effect that need a source."""
    foreign_words: dict[Language, list[str]]
    """Words of each language that stand in texts of another, where they are marked."""
    crisis_words: dict[Language, CrisisWords]
    """What people type who may need help now."""
    grave_words: dict[Language, list[str]]
    """Ways of speaking of suicide and self-harm, beside which there must be help."""
    everyday_words: dict[Language, list[str]] = field(default_factory=dict)
    """Words that mean much the same to somebody who searches, in groups."""
    phrases: Mapping[Language, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    """What readers of each language type who need a page, by its key, or one of its questions, by `key#id`."""
    examples: Mapping[Language, Examples] = field(default_factory=dict)
    """What people who need help now type into a search, and others, as examples."""
    corrections: tuple[Correction, ...] = ()
    needs: tuple[Need, ...] = ()
    """What readers come with, for the home page."""
    people: dict[str, Person] = field(default_factory=dict)
    """Who writes and who reviews."""
    data_files: Mapping[str, DataFile] = field(default_factory=dict)
    """By their paths below `docs/`."""
    data_passages: tuple[Passage, ...] = ()
    """What the data files say to readers, with its places; empty where one of them could not be understood."""
    unread: frozenset[str] = frozenset()
    """Keys of articles, and data files, that could not be understood."""
    media: frozenset[str] = frozenset()
    """Paths below `docs/` of pictures, sound, films and PDFs, and of what settings name."""
    languages: Languages = LANGUAGES
    records: Mapping[str, Any] = field(default_factory=dict)
    """What further data files hold, by name; None where there is no such file."""
    site_name: str = ""
    photograph_files: frozenset[str] = frozenset()
    """Paths below `docs/` of photographs. Only resized copies are published."""
    photographs: Mapping[str, Photograph] = field(default_factory=dict)
    """Those that could be read, by path."""
    named: frozenset[str] = frozenset()
    """Paths below `docs/` of what settings name: a logo, fonts."""

    @classmethod
    def load(cls, docs: Path) -> Library:
        """Read the content folder.

        Raises:
            ProblemsFound: with everything in it that cannot be read.
        """
        library, problems = cls.read(docs)
        stop_on_errors(problems)
        return library

    @classmethod
    def read(
        cls,
        docs: Path,
        kept: Cache = NO_CACHE,
        languages: Languages | None = None,
        data: Mapping[str, Any] = MappingProxyType({}),
        given: Given | None = None,
    ) -> tuple[Library, list[Problem]]:
        """Read the content folder: what could be understood of it, and its problems.

        Args:
            languages: of the site; None: those of the mkdocs.yml beside the folder.
            data: the shapes of further data files, by name.
            given: what the settings give to the content; None: what that mkdocs.yml says of it.
        """
        languages = languages or languages_of(docs.parent / "mkdocs.yml")
        given = given or Given.beside(docs)
        shapes = {f"data/{name}.yml": shape for name, shape in {**data_of(languages), **data}.items()}
        words = given.words()
        data_files = {file: read_data_file(docs, file, shape, languages, words) for file, shape in shapes.items()}
        records = {Path(file).stem: found.records for file, found in data_files.items()}
        problems = [problem for found in data_files.values() for problem in found.problems]
        broken: set[str] = {problem.file.removeprefix("docs/") for problem in problems}
        files = list_files(docs, languages, given.files)
        pairs, unusable, found_in_pages = _pairs(docs, files, kept, languages, given)
        problems += [*files.problems, *found_in_pages]
        broken |= unusable
        photographs, unreadable_ones = _photographs(docs, files.photographs, kept)
        problems += unreadable_ones
        covers = {path.rpartition(".")[0]: path for path in files.photographs}
        covers |= {path.removesuffix(".svg"): "" for path in files.media if path.endswith(".svg")}
        articles = {
            key: kept.same(key, Article(key, shared, {lang: pair[lang] for lang in languages}, covers.get(key, "")))
            for key, pair in pairs.items()
            if len(pair) == len(languages) and (shared := original_of(pair, languages))
        }
        could_be_read = not any(name.startswith("data/") for name in broken)
        library = cls(
            docs=docs,
            articles=articles,
            concepts=Concepts(records["concepts"] or {}),
            sources=records["sources"] or {},
            help=tuple(records["help"] or ()),
            strong_words=records["strong-words"] or for_site(StrongWords, languages)(),
            foreign_words=records["foreign-words"] or {},
            crisis_words=records["crisis-words"] or {},
            grave_words=records["grave-words"] or {},
            everyday_words=records["everyday-words"] or {},
            phrases={lang: records[phrases_of(lang)] or {} for lang in languages},
            examples={lang: said for lang in languages if (said := records[examples_of(lang)])},
            corrections=tuple(records["corrections"] or ()),
            needs=tuple(records["needs"] or ()),
            people=records["people"] or {},
            data_files=data_files,
            data_passages=tuple(p for found in data_files.values() for p in found.passages) if could_be_read else (),
            unread=frozenset(broken),
            media=frozenset(files.media),
            languages=languages,
            records={name: records[name] for name in data},
            site_name=given.site_name,
            photograph_files=frozenset(files.photographs),
            photographs=photographs,
            named=frozenset(given.files),
        )
        problems += translation_state.read(docs.parent)[1]
        return library, sorted(set(problems))

    def without_dangling_references(self) -> Library:
        """The same without names of what does not exist, and without pages that have no topic: for a preview. Where a
        cover is missing, it is the topic's."""
        topics = {article.topic: article for article in self.articles.values() if article.kind == "topic"}

        def sound(article: Article) -> Article:
            concepts = [name for name in article.shared.concepts if name in self.concepts]
            shared = article.shared.model_copy(update={"concepts": concepts})
            is_there = article.cover in self.media or article.cover in self.photographs
            if is_there and len(concepts) == len(article.shared.concepts):
                return article
            cover = topics[article.topic].cover if article.topic and not is_there else article.photograph
            return replace(article, shared=shared, photograph=cover)

        sound_ones = {a.key: sound(a) for a in self.articles.values() if not a.topic or a.topic in topics}
        return replace(self, articles=sound_ones)

    def out_on(self, day: dt.date) -> Library:
        """The same as readers see it on a day: without drafts, without what is planned for later, and without the
        pictures and sources that only these use."""
        out = {key: article for key, article in self.articles.items() if article.out_from <= day}
        if len(out) == len(self.articles):
            return self
        hidden = [article for key, article in self.articles.items() if key not in out]
        files = {file for article in hidden for file in article.files}
        files.difference_update(file for article in out.values() for file in article.files)
        cited = {source for article in hidden for source in article.cited}
        cited.difference_update(source for article in out.values() for source in article.cited)
        sources = {key: source for key, source in self.sources.items() if key not in cited}
        return replace(self, articles=out, media=self.media - files, sources=sources)

    # --- Lookup -----------------------------------------------------------------------------

    def __getitem__(self, key: str) -> Article:
        return self.articles[key]

    def line_in(self, file: str, *path: str | int) -> int:
        """The line of a value of a data file, or of the closest record around it that is there."""
        return self.data_files[file].line(*path)

    @cached_property
    def topics(self) -> dict[str, Article]:
        """Topic pages by folder, in the order of their folders' names."""
        return {a.topic: a for a in self.articles.values() if a.kind == "topic"}

    @cached_property
    def booklets(self) -> dict[str, Article]:
        """By topic, the page that holds its articles whole, where there is one."""
        return {a.topic: a for a in self.of_kind("booklet") if a.topic}

    def of_kind(self, kind: str) -> list[Article]:
        """All pages of a kind, by key."""
        return self._kinds.get(kind, [])

    @cached_property
    def _kinds(self) -> dict[str, list[Article]]:
        kinds: dict[str, list[Article]] = defaultdict(list)
        for article in self.articles.values():
            kinds[article.kind].append(article)
        return kinds

    def translations(self) -> Iterator[Translation]:
        """Every file that is written, by key."""
        for article in self.articles.values():
            yield from article.texts

    @property
    def pairs(self) -> Iterator[tuple[Translation, Translation]]:
        """Every original with each of its translations that is written, by key."""
        return (pair for article in self.articles.values() for pair in article.pairs)

    @property
    def data_records(self) -> Iterator[tuple[str, str | int, BaseModel]]:
        """The records of all data files, each with its file and its key or its place in a list."""
        for file, read in self.data_files.items():
            named = read.records.items() if isinstance(read.records, dict) else enumerate(read.records or ())
            yield from ((file, key, record) for key, record in named if isinstance(record, BaseModel))

    def passages(self, lang: Language, may_hold: Callable[[str], object]) -> Iterator[Passage]:
        """What the data files say in a language, then what every page in it says whose source may hold what is looked
        for."""
        yield from (p for p in self.data_passages if p.lang == lang)
        for translation in self.translations():
            if translation.lang == lang and (may_hold(translation.head) or may_hold(translation.body)):
                yield from passages_of(translation)

    def phrase_passages(self, lang: Language) -> list[Passage]:
        """What readers of a language type, each phrase at its place in the data file."""
        name = f"data/{phrases_of(lang)}.yml"
        document = self.data_files[name].document if name in self.data_files else None
        if not document:
            return []
        phrases = (node for node in document.nodes.values() if isinstance(node, yaml.ScalarNode))
        lines = document.source.split("\n")
        return [passage(name, lang, phrase, lines, 1, str) for phrase in phrases]

    def in_topic(self, topic: str) -> list[Article]:
        """A topic's articles: first as its page orders them, then the newest first."""
        return self._rows.get(topic, [])

    def question_phrases(self, key: str, lang: Language) -> Mapping[str, Sequence[str]]:
        """What readers type who need a question of a page, by its id."""
        return self._question_phrases.get((lang, key), {})

    @cached_property
    def _question_phrases(self) -> dict[tuple[Language, str], dict[str, Sequence[str]]]:
        found: dict[tuple[Language, str], dict[str, Sequence[str]]] = defaultdict(dict)
        for lang, phrases in self.phrases.items():
            for place, said in phrases.items():
                key, is_question, id = place.partition("#")
                if is_question:
                    found[lang, key][id] = said
        return found

    def neighbours(self, article: Article, lang: Language) -> tuple[Article | None, Article | None]:
        """The articles before and after this one in its topic, of those that are written in a language."""
        row, i = self.in_topic(article.topic), self._places[article.key]
        before = (row[j] for j in range(i - 1, -1, -1) if row[j].is_in(lang))
        after = (row[j] for j in range(i + 1, len(row)) if row[j].is_in(lang))
        return next(before, None), next(after, None)

    @cached_property
    def _rows(self) -> dict[str, list[Article]]:
        rows: dict[str, list[Article]] = defaultdict(list)
        for article in self.of_kind("article"):
            rows[article.topic].append(article)
        for topic, row in rows.items():
            order = self.topics[topic].shared.order if topic in self.topics else []
            place = {name: i for i, name in enumerate(order)}
            row.sort(key=lambda a: (place.get(a.name, len(place)), _newest_first(a), a.key))
        return rows

    @cached_property
    def _places(self) -> dict[str, int]:
        return {article.key: i for row in self._rows.values() for i, article in enumerate(row)}

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
            topic: {lang: text.words.slug or urls.slugify(topic) for lang, text in article.translations.items()}
            for topic, article in self.topics.items()
        }

    @cached_property
    def placed(self) -> list[Article]:
        """The pages that have an address: all but those of a topic that is not there, which is told."""
        return [article for article in self.articles.values() if not article.topic or article.topic in self.sections]

    def path(self, article: Article, lang: Language) -> str:
        """The page's path below the site's root: `en/stress-ladder/heated/`."""
        return self._paths[lang, article.key]

    @cached_property
    def _paths(self) -> dict[tuple[Language, str], str]:
        return {
            (lang, article.key): self.languages.folder(lang) + self._path(article, lang)
            for article in self.placed
            for lang in self.languages
        }

    def _path(self, article: Article, lang: Language) -> str:
        """The page's path below the folder of its language: `stress-ladder/heated/`."""
        section = self.sections[article.topic][lang] + "/" if article.topic else ""
        if article.kind in ("home", "topic"):
            return section
        if article.kind == "notfound":
            return "404.html"
        return f"{section}{article[lang].words.slug or urls.slugify(article.name)}/"

    def asset_path(self, path: str) -> str:
        """Where a file below `docs/` that is no page stands below the site's root: of a photograph its largest size."""
        photograph = self.photographs.get(path)
        return photograph.largest if photograph else path

    def former_path(self, alias: str, lang: Language) -> str:
        """The path of a former address below the site's root, with the language before it and a slash at its end."""
        return f"{self.languages.folder(lang)}{alias.strip('/')}/"


def _pairs(
    docs: Path, files: Files, kept: Cache, languages: Languages, given: Given
) -> tuple[dict[str, dict[Language, Translation]], set[str], list[Problem]]:
    """The texts of each page by its key, what cannot be used as it is, and what is wrong."""
    pairs: dict[str, dict[Language, Translation]] = defaultdict(dict)
    broken = {*files.unread}
    texts, problems = _translations(docs, files.pages, kept, languages, given)
    for name in files.pages:
        key = key_of(name, languages)
        if translation := texts.get(name):
            pairs[key][translation.lang] = translation
        else:
            broken.add(key)
    other_names = misspelt({key: pair for key, pair in pairs.items() if key not in broken}, languages)
    for key, pair in pairs.items():
        told, is_alone = complete(key, pair, languages, key not in broken, other_names)
        problems += told
        shared = original_of(pair, languages)
        status = shared.status if shared and is_ordinary(key, shared) else None
        if is_alone and status != "draft":
            broken.add(key)
        if status == "withdrawn":  # What it said is not for readers any more: only its first lines are read.
            nothing: dict[str, Any] = {"written": None, "body": "", "outline": Outline(), "length": 0}
            pair.update({lang: replace(text, **nothing) for lang, text in pair.items()})
    return pairs, broken, problems


def _translations(
    docs: Path, names: Iterable[str], kept: Cache, languages: Languages, given: Given
) -> tuple[dict[str, Translation], list[Problem]]:
    """The files by path, each with everything that can be said of it alone, and what is wrong with them and others."""
    makes: dict[str, tuple[str, Callable[[], tuple[Translation | None, list[Problem]]]]] = {}
    problems: list[Problem] = []
    for name in names:
        try:
            with open(f"{docs}/{name}", "rb") as file:
                data = file.read()
        except OSError as error:
            message, fix = f"it cannot be read: {error.strerror}", "let everybody read it"
            problems.append(Problem(f"docs/{name}", 1, 1, "file", message, fix))
            continue
        filled_in = [given.site_name, given.visits] if b"{{" in data else []
        key = digest("translation", code(), languages.original, name, checksum(data), filled_in)
        makes[name] = key, partial(read_translation, data, name, f"docs/{name}", languages, given)
    read = made(kept, tuple[Translation | None, list[Problem]], makes.values())
    problems += [problem for _, told in read for problem in told]
    return {name: text for name, (text, _) in zip(makes, read, strict=True) if text}, problems


def _photographs(docs: Path, names: Iterable[str], kept: Cache) -> tuple[dict[str, Photograph], list[Problem]]:
    """The photographs, by path, and what is wrong with others."""
    makes: dict[str, tuple[str, Callable[[], tuple[Photograph | None, list[Problem]]]]] = {}
    for name in names:
        try:
            with open(docs / name, "rb") as file:
                key = digest("photograph", code(), name, file_digest(file, "sha256").hexdigest())
        except OSError:  # It is gone since it was listed.
            continue
        makes[name] = key, partial(_photograph, docs, name)
    read = made(kept, tuple[Photograph | None, list[Problem]], makes.values(), few=2)
    problems = [problem for _, told in read for problem in told]
    return {name: found for name, (found, _) in zip(makes, read, strict=True) if found}, problems


def _photograph(docs: Path, name: str) -> tuple[Photograph | None, list[Problem]]:
    return read_photograph((docs / name).read_bytes(), name)


def _newest_first(article: Article) -> int:
    return -(article.shared.date or dt.date.min).toordinal()
