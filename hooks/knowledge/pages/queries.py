"""Queries: what a page may ask about everything outside its own two files.

A page is a function of its files and of the answers to what it asks; so it is made again only
when one of these answers is another than last time. Each answer is given once per build (`ask`); what is asked
for other answers, too, remembers its own.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import accumulate, groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..content import svg, urls
from ..content.article import Article
from ..content.concept import Term
from ..content.data import Correction, Person
from ..content.film import captions_of
from ..content.library import Library
from ..content.node import Node
from ..content.prose import word_pattern
from ..content.site import Site
from ..content.translation_state import Stale, changed_on
from ..core.cache import Ask
from ..core.day import today
from ..core.fingerprint import digest
from ..core.language import Language, language_name, locale_name, sort_key
from ..core.once import once
from ..core.strings import file_size, in_words
from ..markdown.citation import Mark
from ..markdown.picture import ShownPicture
from ..markdown.question import Asked
from ..markdown.recording import Attached
from ..markdown.term import ExplainedTerm
from ..relations.related import Suggestion
from .blocks import LISTED, Blocks
from .blocks.block import Place
from .blocks.help_box import help_box
from .collection import collections, term
from .glossary import by_letter
from .parts import (
    Alternate,
    Card,
    Chapter,
    GlossaryEntry,
    Letter,
    Link,
    Reference,
    SiteLanguage,
    Step,
)
from .references import References
from .theme import Theme
from .view import Frame

ATTACHED = {".mp3": "audio", ".mp4": "video", ".pdf": ""}
"""By ending, which element plays a file to which texts lead."""
QUESTIONS = 3
"""So many questions at most stand with a term of the glossary."""
BETWEEN = "\n\0\n"
"""Between two questions that are searched together: no term goes on over it."""
UNQUOTED = "!$()*+,-./:;=@_~"
"""Marks that may stand as they are in an address (RFC 3986, section 3.3) and in HTML."""


@dataclass
class Queries:
    """What the pages of one build may query: every public method below.

    Attributes:
        lists: the related lists, by article.
        asked: questions of the FAQ, by language and article, filled as texts are rendered.
        stale_sections: of translations that are older than their original, by article.
    """

    site: Site
    docs: Path
    settings: Mapping[str, Any]
    blocks: Blocks
    theme: Theme
    strings: Mapping[Language, Mapping[str, str]]
    lists: Mapping[str, tuple[Suggestion, ...]]
    policy: str
    drawing: Callable[[str], bytes]
    """A drawing below the content folder, by its path."""
    picture_of: Callable[[Article, Language], str]
    """The address of a page's social picture."""
    references: Mapping[Language, References]
    stale_sections: Mapping[str, tuple[Stale, ...]]
    asked: dict[tuple[Language, str], tuple[Asked, ...]] = field(default_factory=dict)
    texts: dict[tuple[Language, str], str] = field(default_factory=dict)
    """The texts of topics that have a booklet, as HTML, filled as they are rendered."""
    photographs_shown: set[str] = field(default_factory=set)
    """Those that pages show, by path, filled as they are asked for."""

    @once
    def ask(self, kind: str, *about: Any) -> Any:
        """The answer to a query."""
        return getattr(self, kind)(*about)

    @once
    def fingerprint(self, kind: str, *about: Any) -> str:
        """An answer's fingerprint."""
        return digest(self.ask(kind, *about))

    @property
    def _library(self) -> Library:
        return self.site.library

    @cached_property
    def _topics(self) -> list[Article]:
        """Their pages, in the order of the menu."""
        return [self._library.topics[topic] for topic in self.settings["topics"]]

    # --- Of a text, while it is converted ---------------------------------------------------

    def terms(self, key: str, lang: Language) -> list[ExplainedTerm]:
        """The terms that a page explains."""
        found = [(name, self._library.concepts[name][lang]) for name in self._library[key].shared.concepts]
        return [ExplainedTerm(term.words, term.definition, self.tag(name, lang).href) for name, term in found]

    def foreign(self, lang: Language) -> Mapping[str, Language]:
        """Words of other languages that stand in texts of this one, in small letters, each with its language."""
        listed = self._library.foreign_words.items()
        return {word.lower(): other for other, words in listed if other != lang for word in words}

    def vocabulary(self, lang: Language) -> dict[str, str]:
        """What boxes are called, by kind, and what a text says of footnotes, pictures, sound and films."""
        words = self.strings[lang]
        boxes = {key.removeprefix("box_"): text for key, text in words.items() if key.startswith("box_")}
        own = {key: words[key] for key in ("picture_large", "file_fetch", "film_title", "film_note")}
        return {**boxes, **own, "footnote": words["footnote_back"]}

    def stale(self, key: str, lang: Language) -> tuple[str, list[int]]:
        """The words above a translation that is older than the original, and the places of its old sections."""
        places = [old.place for old in self.stale_sections.get(key, ()) if old.lang == lang]
        if not places:
            return "", []
        day, words = changed_on(self.docs, self._library[key].original), self.strings[lang]
        return words["stale_on"].format(date=in_words(day, lang)) if day else words["stale"], places

    def attached(self, path: str, lang: Language) -> Attached | None:
        """A file to which a text leads: sound, a film or a PDF; None where it is none of them."""
        ending = path[path.rfind(".") :]
        if ending not in ATTACHED or path not in self._library.media:
            return None
        address, size = urls.rooted(self.site.url, path), file_size((self.docs / path).stat().st_size, lang)
        captions = next((name for name in captions_of(path, lang) if name in self._library.media), "")
        captions = urls.rooted(self.site.url, captions) if captions else ""
        words = f"{ending[1:].upper()}, {size}"
        return Attached(address, words, ATTACHED[ending], captions, lang, language_name(lang, lang))

    # --- Of single pages, as others lead to them and show them ------------------------------

    @once
    def link(self, key: str, lang: Language, current: bool = False) -> Link:
        """A link to a page."""
        article = self._library[key]
        words = article[lang].words
        return Link(self.site.path(article, lang), words.label or words.title, current)

    @once
    def alternate(self, key: str, lang: Language) -> Alternate:
        """A page's addresses."""
        article = self._library[key]
        return Alternate(lang, self.site.path(article, lang), self.site.address(article, lang), article.is_in(lang))

    def crumb(self, key: str, lang: Language) -> tuple[str, str]:
        """The title and the full address of a page, for those below it."""
        return self._library[key][lang].words.title, self.alternate(key, lang).absolute

    def person(self, key: str | None) -> Person | None:
        """Who wrote or reviewed a page; None where that is nobody of the records."""
        return self._library.people.get(key or "")

    def neighbours(self, key: str, lang: Language) -> tuple[Link | None, Link | None]:
        """The articles before and after an article in its topic."""
        before, after = self._library.neighbours(self._library[key], lang)
        return self.link(before.key, lang) if before else None, self.link(after.key, lang) if after else None

    @once
    def tag(self, concept: str, lang: Language) -> Link:
        """A concept, in the glossary."""
        glossary = self.site.path(self._library["glossary"], lang)
        return Link(f"{glossary}#{concept}", self._library.concepts[concept][lang].term)

    def _is_in(self, key: str, lang: Language) -> bool:
        return key in self._library.articles and self._library[key].is_in(lang)

    def cover(self, key: str) -> ShownPicture:
        """A page's own picture. A drawing stands in the address itself: it is smaller than asking for it is slow."""
        path = self._library[key].cover
        if not path.endswith(".svg"):
            return self._cover(path)
        drawing = " ".join(self.drawing(path).decode().split())
        return ShownPicture(f"data:image/svg+xml,{quote(drawing, safe=UNQUOTED)}", *svg.COVER)

    def cover_address(self, key: str) -> str:
        """The full address of a page's own picture, for machines."""
        return urls.absolute(self.site.url, self._library.asset_path(self._library[key].cover))

    def _cover(self, path: str) -> ShownPicture:
        """A cover; in a preview also one that cannot be read."""
        return self.shown(path) or ShownPicture(urls.rooted(self.site.url, path), *svg.COVER)

    def picture(self, key: str, lang: Language) -> str:
        """The full address of a page's social picture."""
        return self.picture_of(self._library[key], lang)

    @once
    def shown(self, path: str) -> ShownPicture | None:
        """A picture below the content folder; None where there is none that can be shown.

        A photograph that is asked for is added to `photographs_shown`, of which sizes are written.
        """
        if photograph := self._library.photographs.get(path):
            self.photographs_shown.add(path)
            most, fallback, rooted = photograph.widths[-1], photograph.fallback, partial(urls.rooted, self.site.url)

            def sizes(ending: str) -> str:
                return ", ".join(f"{rooted(photograph.size(width, ending))} {width}w" for width in photograph.widths)

            src, large = rooted(photograph.size(photograph.column, fallback)), rooted(photograph.largest)
            return ShownPicture(src, most, photograph.height_at(most), sizes(fallback), sizes(".webp"), large)
        size = svg.size_of(self.drawing(path)) if path.endswith(".svg") and path in self._library.media else None
        return ShownPicture(urls.rooted(self.site.url, path), *size) if size else None

    @once
    def card(self, key: str, lang: Language) -> Card:
        """An article, as it is offered elsewhere."""
        article = self._library[key]
        words, image = article[lang].words, self._cover(article.cover)
        return Card(self.site.path(article, lang), words.title, words.description, image, step=article.shared.step)

    def _cards(self, articles: Iterable[Article], lang: Language) -> tuple[Card, ...]:
        return tuple(self.card(article.key, lang) for article in articles if article.is_in(lang))

    def menu(self, lang: Language, key: str, topic: str) -> tuple[Link, ...]:
        """The topics, as a page of a topic shows them."""
        links = ((page.topic, self.link(page.key, lang, page.key == key)) for page in self._topics)
        return tuple(replace(link, here=name == topic) for name, link in links)

    def entries(self, lang: Language, key: str) -> tuple[Link, ...]:
        """What the settings add to the menu, as a page shows it."""
        links = []
        for entry in self.theme.menu:
            link = self.link(entry.key, lang, entry.key == key) if entry.key else Link(entry.href, "")
            links.append(replace(link, title=entry.titles[lang]) if entry.titles else link)
        return tuple(links)

    def instead(self, key: str, lang: Language) -> Link:
        """The article to read instead of one that was withdrawn, else its topic."""
        article = self._library[key]
        other = article.shared.instead or ""
        return self.link(other if self._is_in(other, lang) else self._library.topics[article.topic].key, lang)

    def unpublished_notice(self, key: str, lang: Language) -> str:
        """What a preview says of a page that readers do not see yet; nothing of one that they do."""
        day, words = self._library[key].out_from, self.strings[lang]
        if day <= today():
            return ""
        return words["draft"] if day == dt.date.max else words["planned"].format(date=in_words(day, lang))

    @once
    def ladder(self, lang: Language, key: str) -> tuple[Step, ...]:
        """The steps of the ladder, as a page shows them."""
        steps = []
        for article in self._library.ladder:
            link, words = self.link(article.key, lang, article.key == key), article[lang].words
            said = tuple(words.signs), words.today or "", words.seek or ""
            steps.append(Step(article.shared.step or 0, link.href, link.title, link.current, *said))
        return tuple(steps)

    def booklet(self, topic: str, lang: Language) -> Link | None:
        """The page that holds a topic's articles whole, where there is one."""
        found = self._library.booklets.get(topic)
        return self.link(found.key, lang) if found and found.is_in(lang) else None

    def related(self, key: str, lang: Language) -> tuple[tuple[str, str], ...]:
        """An article's related list: the others' keys, each with the reason in words."""
        found = []
        for other, reason in ((one.key, one.reason) for one in self.lists.get(key, ())):
            if self._library[other].is_in(lang):
                concept = self._library.concepts[reason.concept][lang] if reason.concept else None
                about = concept and (concept.about or concept.term)
                found.append((other, self.strings[lang][f"reason_{reason.kind}"].format(concept=about)))
        return tuple(found)

    def latest(self, lang: Language, number: int) -> tuple[str, ...]:
        """The keys of the newest articles; a page asks for the cards of those that it shows."""
        return tuple(islice((article.key for article in self._library.latest if article.is_in(lang)), number))

    def block(self, name: str, key: str, lang: Language, edit: str | None) -> Any:
        """What a block shows on a page; None where it does not stand there."""
        block, article = next(block for block in LISTED if block.name == name), self._library[key]
        made, records = self.blocks.made[name], self._library.records.get(name)
        address, words = self.site.address(article, lang), self.strings[lang]
        return block.show(Place(article, lang, made, records, today(), address, words, edit))

    # --- Of sources: how they are cited, and by whom ----------------------------------------

    @once
    def reference(self, source: str, lang: Language) -> Reference | None:
        """A source as a page shows it; None where it is not known."""
        found = self._library.sources.get(source)
        if not found:
            return None
        return Reference(
            key=source,
            entry=self.references[lang].entry(source),
            link=found.link,
            accessed=found.accessed,
            study=found.study,
            certainty=found.certainty,
            shows=found.shows[lang],
            unverified=found.unverified,
            lang=found.language if found.language != lang else None,
        )

    @once
    def references_of(self, key: str, lang: Language) -> tuple[Reference, ...]:
        """The sources of a page, in the order of their numbers, which is that of their first use."""
        return tuple(filter(None, (self.reference(source, lang) for source in self._numbers(key, lang))))

    def all_references(self, lang: Language) -> tuple[Reference, ...]:
        """All sources by entry, each with the articles that cite it, by title."""
        citing: dict[str, list[Link]] = defaultdict(list)
        for article in self._library.of_kind("article"):
            for source in article[lang].cited if article.is_in(lang) else ():
                citing[source].append(self.link(article.key, lang))
        by_title = {
            source: sorted(links, key=lambda link: sort_key(link.title, lang)) for source, links in citing.items()
        }
        found = filter(None, (self.reference(source, lang) for source in self._library.sources))
        listed = (replace(reference, articles=tuple(by_title.get(reference.key, ()))) for reference in found)
        return tuple(sorted(listed, key=lambda reference: sort_key(reference.entry, lang)))

    def mark(self, source: str, key: str, lang: Language) -> Mark | None:
        """How the text of a page marks a source; None where it is not known."""
        reference, number = self.reference(source, lang), self._numbers(key, lang).get(source)
        if not reference or not number:
            return None
        label, words = self.references[lang].label(source), self.strings[lang]
        if reference.accessed and not self._library.sources[source].issued:  # No year is known.
            label = f"{label}, {words['accessed'].format(date=in_words(reference.accessed, lang))}"
        return Mark(number, words["source_number"].format(number=number, label=label), f"{label}: {reference.shows}")

    def citation(self, source: str) -> Node | None:
        """A source, for machines; None where it is not known."""
        found = self._library.sources.get(source)
        return found.node() if found else None

    @once
    def _numbers(self, key: str, lang: Language) -> Mapping[str, int]:
        """The numbers of a page's sources."""
        known = (source for source in self._library[key][lang].cited if source in self._library.sources)
        return {source: number for number, source in enumerate(known, 1)}

    # --- Of pages that gather others --------------------------------------------------------

    @once
    def topic_cards(self, topic: str, lang: Language) -> tuple[Card, ...]:
        """A topic's articles."""
        return self._cards(self._library.in_topic(topic), lang)

    def all_topic_cards(self, lang: Language) -> tuple[Card, ...]:
        """The topics."""
        return self._cards(self._topics, lang)

    def all_article_cards(self, lang: Language) -> tuple[Card, ...]:
        """All articles, by title."""
        found = self._library.of_kind("article")
        return self._cards(sorted(found, key=lambda a: sort_key(a[lang].words.title, lang)), lang)

    def by_topic(self, lang: Language) -> tuple[tuple[Link, tuple[Card, ...]], ...]:
        """Each topic with its articles, in their order."""
        return tuple((self.link(page.key, lang), self.topic_cards(page.topic, lang)) for page in self._topics)

    def chapters(self, topic: str, lang: Language) -> tuple[Chapter, ...]:
        """A topic's articles whole, in their order."""
        return tuple(self._chapter(article, lang) for article in self._library.in_topic(topic) if article.is_in(lang))

    def _chapter(self, article: Article, lang: Language) -> Chapter:
        step = next((step for step in self.ladder(lang, article.key) if step.current), None)
        words, certainty, text = article[lang].words, article.shared.certainty, self.texts.get((lang, article.key), "")
        references = self.references_of(article.key, lang)
        return Chapter(article.name, words, self.alternate(article.key, lang), text, certainty, step, references)

    @once
    def faq(self, lang: Language) -> tuple[tuple[Link, tuple[tuple[Link, tuple[Asked, ...]], ...]], ...]:
        """Each topic, its articles, their questions."""

        def asked(topic: Article) -> tuple[tuple[Link, tuple[Asked, ...]], ...]:
            found = (
                (article.key, self.asked.get((lang, article.key))) for article in self._library.in_topic(topic.topic)
            )
            return tuple((self.link(key, lang), questions) for key, questions in found if questions)

        return tuple((self.link(topic.key, lang), asked(topic)) for topic in self._topics)

    def faq_words(self, lang: Language) -> Mapping[str, str]:
        """Words by which an article's questions are also found, by its address, and those of single questions."""
        found: dict[str, str] = {}
        for article in self._library.of_kind("article"):
            href, phrases = self.link(article.key, lang).href, self._library.question_phrases(article.key, lang)
            terms = (self._library.concepts[name][lang].term for name in article.shared.concepts)
            found[href] = " · ".join(terms)
            found |= {f"{href}#{id}": " · ".join(said) for id, said in phrases.items()}
        return found

    def picks(self, lang: Language) -> tuple[tuple[Link, Asked], ...]:
        """The first question of each topic's first article that has any."""
        return tuple((articles[0][0], articles[0][1][0]) for _, articles in self.faq(lang) if articles)

    def needs(self, lang: Language) -> tuple[Link, ...]:
        """What readers come with, each with where it leads."""
        there = (need for need in self._library.needs if self._is_in(need.page, lang))
        placed = ((need, f"#{need.question}" if need.question else "") for need in there)
        return tuple(Link(self.link(need.page, lang).href + place, need[lang]) for need, place in placed)

    def glossary(self, lang: Language) -> tuple[Letter, ...]:
        """The concepts by their first letter, each with the articles that are about it, first those that mostly are."""
        about: dict[str, list[tuple[int, str, Link]]] = defaultdict(list)
        for article in self._library.of_kind("article"):
            for place, key in enumerate(dict.fromkeys(article.shared.concepts) if article.is_in(lang) else ()):
                title = sort_key(article[lang].words.title, lang)
                about[key].append((place, title, self.link(article.key, lang)))
        entries = [
            GlossaryEntry(
                key,
                concept[lang],
                {other: concept[other].term for other in self.site.languages.others(lang)},
                tuple(link for _, _, link in sorted(about[key], key=itemgetter(0, 1))),
                self._asking(concept[lang], lang),
            )
            for key, concept in self._library.concepts.items()
        ]
        return by_letter(sorted(entries, key=lambda entry: sort_key(entry.term.term, lang)), lang)

    def corrections(self, lang: Language) -> tuple[tuple[Correction, tuple[Link, ...]], ...]:
        """What was corrected, the newest first, each with the pages on which it was."""
        found = self._corrections
        return tuple((one, tuple(self.link(key, lang) for key in one.pages if self._is_in(key, lang))) for one in found)

    def corrections_of(self, key: str) -> tuple[Correction, ...]:
        """What was corrected on a page the last time that something was."""
        mine = [correction for correction in self._corrections if key in correction.pages]
        return tuple(correction for correction in mine if correction.date == mine[0].date)

    def old_translations(self, lang: Language) -> tuple[tuple[Link, tuple[Stale, ...]], ...]:
        """Articles whose translation is older than the original, with the headings of what is."""
        old = sorted((key, sections) for key, sections in self.stale_sections.items() if sections)
        return tuple((self.link(key, lang), sections) for key, sections in old)

    @cached_property
    def _corrections(self) -> list[Correction]:
        """The newest first."""
        return sorted(self._library.corrections, key=lambda correction: correction.date, reverse=True)

    def _asking(self, term: Term, lang: Language) -> tuple[tuple[Link, Asked], ...]:
        """The first questions in which a term stands, or what it is also called."""
        words = (term.term, *term.synonyms)
        questions, names, lowered, places = self._questions(lang)
        if not any(word.lower() in lowered for word in words):  # Seen a hundred times as fast as by a pattern.
            return ()
        met = (bisect_right(places, found.start()) - 1 for found in word_pattern(words).finditer(names))
        return tuple(questions[place] for place, _ in islice(groupby(met), QUESTIONS))

    @once
    def _questions(self, lang: Language) -> tuple[list[tuple[Link, Asked]], str, str, list[int]]:
        """All questions, and their names in one text, to be searched in one go, the same in lower case, and where
        each begins in the first."""
        questions = [(link, one) for _, articles in self.faq(lang) for link, asked in articles for one in asked]
        lengths = (len(one.name) + len(BETWEEN) for _, one in questions)
        names = BETWEEN.join(one.name for _, one in questions)
        return questions, names, names.lower(), list(accumulate(lengths, initial=0))

    # --- Of all pages -----------------------------------------------------------------------

    def frame(self, lang: Language) -> Frame:
        """What all pages of a language show."""
        pages = [article.key for article in self._library.articles.values() if not article.topic]
        feed = urls.rooted(self.site.url, f"{self.site.languages.folder(lang)}feed.")
        return Frame(
            site=self.site.name,
            url=self.site.url,
            home=self.site.home(lang),
            strings=self.strings[lang],
            root=urls.rooted(self.site.url, ""),
            footer=tuple(self.settings["footer"]),
            places={key: self.link(key, lang) for key in pages},
            languages={other: self._language(other) for other in self.strings},
            urgent=help_box(self._library.help, lang),
            preview=bool(self.settings.get("preview")),
            publisher=self.blocks.publisher,
            theme=self.theme,
            analytics=self.blocks.analytics,
            blocks=tuple(self.blocks.made),
            blocks_on=tuple(b.name for b in LISTED if b.name in self.blocks.made and not b.is_placed),
            policy=self.policy,
            feeds={kind: f"{feed}{kind}" for kind in ("atom", "json")},
            nodes=self.site.nodes(lang),
        )

    def _language(self, lang: Language) -> SiteLanguage:
        return SiteLanguage(locale_name(lang), self.strings[lang], self.link("search", lang).href)

    def term(self, concept: str, lang: Language) -> Node:
        """A concept, for machines."""
        return term(self.site, concept, lang)

    def collections(self, key: str, lang: Language) -> tuple[list[Node], list[Node]]:
        """The collections that stand on a page, and what only they define, for machines."""
        return collections(self.site, self._library[key], lang)


class Recorder:
    """The answers, to somebody whose questions are noted: `query.link(key, lang)`."""

    def __init__(self, query: Ask):
        self._ask = query

    def __getattr__(self, kind: str) -> Callable[..., Any]:
        question = partial(self._ask, kind)
        setattr(self, kind, question)  # It is asked again.
        return question
