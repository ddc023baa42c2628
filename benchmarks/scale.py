"""Search in sites of many articles, measured in Chromium: what readers find, for how many bytes, and how soon.

    PYTHONPATH=hooks:tests python benchmarks/scale.py site 1000 5000

The first argument is the built site. Its own articles stay as they are; as many are added as make so many a language,
of the same length, each about something else, in words of `lexicon.py`. Of the first of them queries are derived as
readers might ask them: in other forms of the words, with words that say nothing, with a slip. The site's own judged
queries are asked beside, so that one sees whether the others come between readers and what they look for.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

from lexicon import Lexicon, inflected
from playwright.sync_api import Browser, sync_playwright

from conftest import CHROMIUM, FLAGS
from judging import FIND, JUDGED, NOTHING, PARTS, Judged, measures, places, queries
from knowledge.content.library import Library
from knowledge.core.language import LANGUAGES, Language
from knowledge.core.strings import read_strings
from knowledge.outputs.search import index as search
from knowledge.outputs.search.entry import Entry, EntryText, Sought
from knowledge.outputs.search.piece import Piece, Stretch
from search import ORDINARY, count_bytes, dearest, served, time_phone

ROOT = Path(__file__).parent.parent
GENERAL = 400
"""So many of the most frequent words are about nothing in particular."""
CLUSTER, SHARED = 20, 40
"""Articles of a cluster, and words that are what it is about; each is about some of them, and about more of its own."""
OWN, FOREMOST = 12, 6
"""Words that an article alone is about, and of all those that stand in its title, headings and questions."""
ABOUT = 0.2
"""Share of running words that say what the article is about."""
PARAGRAPHS, QUESTIONS = 9, 6
"""Sections, without those with questions."""
PHRASES, OTHER = 145, 60
"""What readers type who need an article, and of that what the other language brings."""
TELLING = (0.22, 0.44, 0.26, 0.08)
"""How many of these hold one telling word, two, three, four: as the site's own."""
TERMS = 8
"""Concepts."""
DERIVED = 400
"""Articles from which queries are derived."""


@dataclass(frozen=True)
class Added:
    """What an added article says in one language; the same number gives the same."""

    number: int
    lexicon: Lexicon

    @cached_property
    def words(self) -> list[str]:
        """The words that it is about, in their first form, the foremost first: its own, and those of its cluster."""
        chance = self._chance("words")
        own = self.lexicon.drawn(chance, OWN, GENERAL)
        cluster = self.lexicon.drawn(random.Random(f"{self.lexicon.lang} {self.number // CLUSTER}"), SHARED, GENERAL)
        return [word for pair in zip(own, chance.sample(cluster, OWN), strict=True) for word in pair]

    @cached_property
    def subjects(self) -> list[list[str]]:
        """Their forms; where there are compounds, of two in a row one is made now and then."""
        forms = [self.lexicon.forms(word) for word in self.words]
        if self.lexicon.has_compounds:
            forms[::5] = [self.lexicon.compound(*self.words[i : i + 2]) for i in range(0, len(forms) - 1, 5)]
        return forms

    @cached_property
    def title(self) -> str:
        """Its foremost words, and what goes with them."""
        chance = self._chance("title")
        one, two = (chance.choice(forms) for forms in self.subjects[:2])
        return f"{one} {self._plain(chance, 1)} {two}: {self._plain(chance, 3)}".capitalize()

    @property
    def asked(self) -> Iterator[tuple[str, str, int]]:
        """What readers type, and its concepts: text, kind, place."""
        chance = self._chance("phrases")
        for _ in range(PHRASES):
            more = chance.choices(range(4), TELLING)[0]
            general = map(self.lexicon.forms, self.lexicon.drawn(chance, more, len(self.lexicon.function_words)))
            others = (self._about(chance) if chance.random() < 0.5 else inflected(chance, word) for word in general)
            first = self._about(chance) if more else inflected(chance, chance.choice(self.subjects[:FOREMOST:2]))
            yield " ".join((first, *others, self._plain(chance, chance.choice((0, 1))))).strip(), "search", 0
        for place, forms in enumerate(self.subjects[1 : 2 * TERMS : 2]):
            for i in range(5):
                yield f"{chance.choice(forms)} {self._about(chance) if i % 2 else ''}".strip(), "term", place

    @property
    def sections(self) -> list[Stretch]:
        """Its text."""
        chance = self._chance("text")
        found = [Stretch("", "", False, self.paragraph(chance, 60))]
        for i in range(PARAGRAPHS):
            heading = f"{self._foremost(chance)} {self._plain(chance, 3)}".capitalize()
            found.append(Stretch(f"s-{i}", heading, False, "\n".join(self.paragraph(chance, 40) for _ in range(3))))
        for i in range(QUESTIONS):
            question = f"{self._plain(chance, 3)} {self._foremost(chance)} {self._plain(chance, 2)}?".capitalize()
            found.append(Stretch(f"q-{i}", question, True, self.paragraph(chance, 50)))
        return found

    def paragraph(self, chance: random.Random, words: int) -> str:
        """Sentences of so many words."""
        said = self.lexicon.text(chance, words)
        said = [self._about(chance) if chance.random() < ABOUT else word for word in said]
        sentences = (" ".join(said[i : i + 12]).capitalize() for i in range(0, words, 12))
        return "".join(f"{sentence}. " for sentence in sentences).strip()

    @property
    def query(self) -> tuple[str, str]:
        """What somebody might type who looks for it, and of what kind that is."""
        chance = self._chance("query")
        own, others = self.subjects[chance.choice((0, 2, 4))], self.subjects[chance.choice((1, 3, 5))]
        kinds = ["two words", "three words", "a slip", *(["a compound"] if self.lexicon.has_compounds else [])]
        kind = kinds[self.number % len(kinds)]
        said = [chance.choice(forms[1:] or forms) for forms in (own, others)]
        if kind == "three words":
            said.append(chance.choice(chance.choice(self.subjects[FOREMOST:])))
        elif kind == "a slip":
            said[0] = _slip(chance, said[0])
        elif kind == "a compound":  # that the article takes apart, or the other way round
            compound = chance.choice(self.lexicon.compound(*self.words[2:4]))
            said = chance.choice(([compound], [chance.choice(self.lexicon.forms(word)) for word in self.words[:2]]))
        said += self._plain(chance, chance.choice((0, 1, 2, 3))).split()
        chance.shuffle(said)
        return " ".join(said), kind

    def _plain(self, chance: random.Random, number: int) -> str:
        """Words that say nothing of what it is about."""
        return " ".join(self.lexicon.drawn(chance, number, last=GENERAL))

    def _foremost(self, chance: random.Random) -> str:
        return chance.choice(chance.choice(self.subjects[:FOREMOST]))

    def _about(self, chance: random.Random) -> str:
        """A word that it is about, the foremost most often."""
        place = int(len(self.subjects) ** chance.random()) - 1
        return inflected(chance, self.subjects[place])

    def _chance(self, what: str) -> random.Random:
        return random.Random(f"{what} {self.lexicon.lang} {self.number}")


def _slip(chance: random.Random, word: str) -> str:
    """A long word with one letter left out, doubled, or changed with the next."""
    if len(word) < 6:
        return word
    i = chance.randrange(1, len(word) - 1)
    return word[:i] + chance.choice(("", 2 * word[i], word[i + 1] + word[i])) + word[i + 1 :]


def own_entries(site: Path, lang: Language, library: Library) -> list[Entry]:
    """What the built site holds, read back from its index."""
    linked = Counter(key for article in library.articles.values() for key in article.links)
    paths = {library.path(article, lang): linked[key] for key, article in library.articles.items()}
    found = []
    for file in sorted((site / search.FOLDER / "asked").iterdir()):
        said = json.loads(gzip.decompress(file.read_bytes()))
        if said["path"].startswith("en/") != (lang == "en"):
            continue
        texts = file.parent.parent / "text" / file.name
        shown = json.loads(gzip.decompress(texts.read_bytes())) if texts.is_file() else []
        parts = [Stretch(id, title, bool(q), t) for (id, title, q), t in zip(said["sections"], shown, strict=True)]
        own = {name: said[name] for name in ("path", "kind", "topic", "title", "description")}
        asked = tuple(Sought(*one) for one in said["asked"])
        text = _text(file.stem, parts, lang)
        found.append(Entry(lang, **own, asked=asked, text=text, linked=paths.get(said["path"], 0)))
    return found


def added_entry(number: int, lang: Language, lexicons: Mapping[Language, Lexicon], topics: list[str]) -> Entry:
    """An article that is added."""
    here, *others = (Added(number, lexicons[one]) for one in (lang, *(o for o in lexicons if o != lang)))
    chance = random.Random(f"{number}")
    asked = [Sought(text, kind, "", place) for text, kind, place in here.asked]
    for other in others:
        theirs = [other.title, *(text for text, kind, _ in other.asked if kind == "search")]
        asked += [Sought(text, "other") for text in theirs[:OTHER]]
    description = here.paragraph(random.Random(f"{lang} {number}"), 25)
    text = _text(f"{lang} {number}", here.sections, lang)
    topic, linked = topics[number // CLUSTER % len(topics)], chance.randrange(10)
    return Entry(lang, path_of(number, lang), "article", topic, here.title, description, tuple(asked), text, linked)


def path_of(number: int, lang: Language) -> str:
    """An added article's address; it has no page."""
    return f"{'en/' if lang == 'en' else ''}added/{number}/"


def _text(name: str, parts: list[Stretch], lang: Language) -> EntryText:
    return EntryText(name, lambda: Piece.of(parts, lang))


def grow(site: Path, library: Library, lexicons: Mapping[Language, Lexicon], articles: int, target: Path) -> None:
    """A copy of the site with an index of so many articles a language."""
    shutil.copytree(site, target, ignore=shutil.ignore_patterns(search.FOLDER))
    indexes = []
    for lang in LANGUAGES:
        own = own_entries(site, lang, library)
        topics = sorted({entry.topic for entry in own} - {""})
        more = articles - sum(entry.kind == "article" for entry in own)
        found = [*own, *(added_entry(number, lang, lexicons, topics) for number in range(more))]
        skip, same = lexicons[lang].function_words, library.everyday_words.get(lang, [])
        indexes.append(search.Index(lang, found, skip, same))
    records = ((path, make()) for index in indexes for path, _, make in index.records())
    for path, made in chain(records, search.files(indexes).items()):
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(made)


def find(browser: Browser, site: Path, library: Library, lang: Language, asked: list[str]) -> dict[str, list[str]]:
    """What the site's own search answers."""
    with served(site) as url:
        page = browser.new_page()
        page.goto(f"{url}/{library.path(library['search'], lang)}")
        page.set_default_timeout(0)
        found = dict(zip(asked, page.evaluate(FIND, asked), strict=True))
        page.close()
    return found


def measure(browser: Browser, site: Path, library: Library, lexicon: Lexicon, articles: int) -> Iterator[str]:
    """The cells of a row of the table."""
    lang = lexicon.lang
    paths = {key: library.path(article, lang) for key, article in library.articles.items()}
    derived: Judged = {}
    for number in range(min(DERIVED, articles - len(library.of_kind("article")))):
        query, kind = Added(number, lexicon).query
        derived.setdefault(kind, {})[query] = [f"{number}"]
    asked = [*queries(lang, *PARTS), *(query for kind in derived.values() for query in kind)]
    found = find(browser, site, library, lang, asked)
    yield f"{articles} {lang}"
    noes: list[int | None] = []
    for parts in (("earlier", "tune"), ("test",)):
        ranks = [places(found, JUDGED[lang][part], paths) for part in parts]
        noes += [place for one in ranks for (kind, _), place in one.items() if kind == NOTHING]
        yield told([place for one in ranks for (kind, _), place in one.items() if kind != NOTHING])
    yield f"{sum(map(bool, noes))} of {len(noes)}"
    ranks = places(found, derived, {f"{number}": path_of(number, lang) for number in range(DERIVED)})
    yield told([*ranks.values()])
    for kind in derived:
        print(f"{articles} {lang} {kind}: {told([place for (k, _), place in ranks.items() if k == kind])}")
    query = ORDINARY[lang]
    yield f"{count_bytes(browser, site, library, lang, query) / 1000:.0f}"
    yield f"{dearest(browser, site, library, lang)[0] / 1000:.0f}"
    yield f"{time_phone(browser, site, library, lang, query)[0] / 1000:.2f}"


def told(places: list[int | None]) -> str:
    """Success at the first place and among the first three, and the mean reciprocal rank."""
    return " / ".join(f"{value:.3f}" for value in measures(places)) if places else ""


HEAD = ("articles", "judged", "judged, test", "honest noes", "derived", "first query, kB", "dearest, kB", "slow 4G, s")


def main() -> None:
    """Measure the site, and sites of more articles."""
    parser = argparse.ArgumentParser()
    parser.add_argument("site", type=Path)
    parser.add_argument("articles", type=int, nargs="*", default=[1000])
    given = parser.parse_args()
    library, _ = Library.read(ROOT / "docs")
    strings = read_strings(ROOT / "overrides/strings")
    lexicons = {lang: Lexicon(lang, strings[lang]["search_skip"].split()) for lang in LANGUAGES}
    rows = [HEAD, ("---",) * len(HEAD)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for articles in (0, *given.articles):
            with tempfile.TemporaryDirectory() as folder:
                site = given.site
                if articles:
                    site = Path(folder, "site")
                    grow(given.site, library, lexicons, articles, site)
                number = articles or len(library.of_kind("article"))
                rows += [tuple(measure(browser, site, library, lexicons[lang], number)) for lang in LANGUAGES]
        browser.close()
    print("\n".join(f"| {' | '.join(row)} |" for row in rows))


if __name__ == "__main__":
    main()
