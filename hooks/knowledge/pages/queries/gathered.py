"""Queries of pages that gather others: topics, the FAQ, the glossary, corrections."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property
from itertools import accumulate, groupby, islice

from ...content.article import Article
from ...content.concept import Term as ConceptTerm
from ...content.data import Correction
from ...content.prose import word_pattern
from ...content.translation_state import Stale
from ...core.language import Language, sort_key
from ...core.once import once
from ...markdown.question import Asked
from ..glossary import by_letter
from ..parts import Card, Chapter, Corrected, Day, Entry, Letter, Link
from .sources import Sources

QUESTIONS = 3
"""So many questions at most stand with a term of the glossary."""
BETWEEN = "\n\0\n"
"""Between two questions that are searched together: no term goes on over it."""


class Gathered(Sources):
    """What a page asks that gathers others."""

    @once
    def topic_cards(self, topic: str, lang: Language) -> tuple[Card, ...]:
        """A topic's articles."""
        return self._cards(self._library.in_topic(topic), lang)

    @once
    def all_topic_cards(self, lang: Language) -> tuple[Card, ...]:
        """The topics."""
        return self._cards([self._library.topics[topic] for topic in self.settings["topics"]], lang)

    @once
    def all_article_cards(self, lang: Language) -> tuple[Card, ...]:
        """All articles, by title."""
        found = self._library.of_kind("article")
        return self._cards(sorted(found, key=lambda a: sort_key(a[lang].words.title, lang)), lang)

    @once
    def by_topic(self, lang: Language) -> tuple[tuple[Link, tuple[Card, ...]], ...]:
        """Each topic with its articles, in their order."""
        topics = [(topic, self._library.topics[topic].key) for topic in self.settings["topics"]]
        return tuple((self.link(key, lang), self.topic_cards(topic, lang)) for topic, key in topics)

    @once
    def chapters(self, topic: str, lang: Language) -> tuple[str, ...]:
        """The keys of a topic's articles, in their order."""
        return tuple(article.key for article in self._library.in_topic(topic) if article.is_in(lang))

    @once
    def chapter(self, key: str, lang: Language) -> Chapter:
        """An article whole."""
        article = self._library[key]
        step = next((step for step in self.ladder(lang, key) if step.current), None)
        alternate, references = self.alternate(key, lang), self.references_of(key, lang)
        text = self.texts.get((lang, key), "")
        return Chapter(article.name, article[lang].words, alternate, text, article.shared.certainty, step, references)

    @once
    def faq(self, lang: Language) -> tuple[tuple[Link, tuple[tuple[Link, tuple[Asked, ...]], ...]], ...]:
        """Each topic, its articles, their questions."""
        return tuple(
            (
                self.link(self._library.topics[topic].key, lang),
                tuple(
                    (self.link(a.key, lang), asked)
                    for a in self._library.in_topic(topic)
                    if (asked := self.asked.get((lang, a.key)))
                ),
            )
            for topic in self.settings["topics"]
        )

    @once
    def faq_words(self, lang: Language) -> Mapping[str, str]:
        """Words by which an article's questions are also found, by its address, and those of single questions."""
        found: dict[str, str] = {}
        for article in self._library.of_kind("article"):
            href, phrases = self.link(article.key, lang).href, self._library.question_phrases(article.key, lang)
            terms = (self._library.concepts[name][lang].term for name in article.shared.concepts)
            found[href] = " · ".join(terms)
            found |= {f"{href}#{id}": " · ".join(said) for id, said in phrases.items()}
        return found

    @once
    def picks(self, lang: Language) -> tuple[tuple[Link, Asked], ...]:
        """The first question of each topic's first article that has any."""
        return tuple((articles[0][0], articles[0][1][0]) for _, articles in self.faq(lang) if articles)

    @once
    def needs(self, lang: Language) -> tuple[Link, ...]:
        """What readers come with, each with where it leads."""
        there = (need for need in self._library.needs if self._is_in(need.page, lang))
        placed = ((need, f"#{need.question}" if need.question else "") for need in there)
        return tuple(Link(self.link(need.page, lang).href + place, need[lang]) for need, place in placed)

    @once
    def glossary(self, lang: Language) -> tuple[Letter, ...]:
        """The concepts by their first letter, each with the articles that are about it."""
        entries = [
            Entry(
                key,
                concept[lang],
                {other: concept[other].term for other in self._languages.others(lang)},
                self._about(key, lang),
                self._asking(concept[lang], lang),
            )
            for key, concept in self._library.concepts.items()
        ]
        return by_letter(sorted(entries, key=lambda entry: sort_key(entry.term.term, lang)), lang)

    @once
    def corrections(self, lang: Language) -> tuple[Corrected, ...]:
        """What was corrected, the newest first."""
        return tuple(
            Corrected(
                Day.of(correction.date, lang),
                correction[lang],
                tuple(self.link(key, lang) for key in correction.pages if self._is_in(key, lang)),
            )
            for correction in self._corrections
        )

    @once
    def corrections_of(self, key: str, lang: Language) -> tuple[Corrected, ...]:
        """What was corrected on a page the last time that something was."""
        mine = [correction for correction in self._corrections if key in correction.pages]
        last = (correction for correction in mine if correction.date == mine[0].date)
        return tuple(Corrected(Day.of(correction.date, lang), correction[lang], ()) for correction in last)

    @once
    def old_translations(self, lang: Language) -> tuple[tuple[Link, tuple[Stale, ...]], ...]:
        """Articles whose translation is older than the original, with the headings of what is."""
        old = sorted((key, sections) for key, sections in self.stale_sections.items() if sections)
        return tuple((self.link(key, lang), sections) for key, sections in old)

    @cached_property
    def _corrections(self) -> list[Correction]:
        """The newest first."""
        return sorted(self._library.corrections, key=lambda correction: correction.date, reverse=True)

    @cached_property
    def _with_concepts(self) -> Mapping[str, list[Article]]:
        found: dict[str, list[Article]] = {}
        for article in self._library.of_kind("article"):
            for concept in dict.fromkeys(article.shared.concepts):
                found.setdefault(concept, []).append(article)
        return found

    def _about(self, concept: str, lang: Language) -> tuple[Link, ...]:
        """The articles about a concept, first those that are mostly about it."""
        found = ((a.shared.concepts.index(concept), a) for a in self._with_concepts.get(concept, ()) if a.is_in(lang))
        ranked = sorted(found, key=lambda item: (item[0], sort_key(item[1][lang].words.title, lang)))
        return tuple(self.link(article.key, lang) for _, article in ranked)

    def _asking(self, term: ConceptTerm, lang: Language) -> tuple[tuple[Link, Asked], ...]:
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
