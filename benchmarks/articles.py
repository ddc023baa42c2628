"""Articles for measuring: bilingual, of about 1,200 words, with FAQ, links and concepts.

Words are drawn by Zipf's law, half of them from the vocabulary of the article's cluster (about
twenty articles that a related list should find), half from one that all share. The same seed and
number give the same articles, so that every generator builds the same text.

In a Danish article of this site 15 % of the words hold æ, ø or å, and the search index adds 270
keywords; 375 if it knew every word of Hunspell's dictionary as a part of compounds. Here, among a
thousand articles, it is 18 % and about 385.

    python benchmarks/articles.py 200 FOLDER    # a site of 200 articles a language, ready to build
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLAIN_PAGES = ROOT / "tests/site/docs"
"""The pages that are no articles (home, help, topics …) are those of the smallest site."""
TOPICS = ("alliance", "stress-ladder", "nlp-tools")
LANGUAGES = ("da", "en")
CLUSTER = 20
NAMES = ("Alfa", "Beta", "Gamma", "Delta", "Epsilon", "Zeta")
SECTIONS, QUESTIONS, SENTENCES, WORDS = len(NAMES), 4, 5, 14
"""Of an article: sections of two paragraphs, questions, sentences of a paragraph, words of a sentence."""
FIRST_DAY = dt.date(2016, 1, 1)
DANISH = "be for ud ind sam skab hed lig ning trin ro søv lyt hvil tro tan ke følg sin stemt dig vand re kro liv mod"
ENGLISH = "re con tion ing able ment heal rest step work self care mind calm ten sion ly talk er feel est ness"
SYLLABLES = {"da": DANISH.split(), "en": ENGLISH.split()}
FAQ = {"da": "Ofte stillede spørgsmål", "en": "Frequently asked questions"}
COVER = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360"><rect width="640" height="360" fill="#e4efe8"/>'
    '<circle cx="{x}" cy="{y}" r="{r}" fill="#3f6b5c"/><path d="M40 300h{x}v-60h{y}v-60h80" '
    'fill="none" stroke="#2d4d42" stroke-width="8"/></svg>\n'
)


@dataclass(frozen=True)
class Text:
    """An article in one language."""

    title: str
    description: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    """Headings with their paragraphs; a link is `[words](TOPIC/NAME)`, for each generator to write its own way."""
    questions: tuple[tuple[str, str, str], ...]
    """Id, question, answer."""


@dataclass(frozen=True)
class Sample:
    """An article in both languages."""

    topic: str
    name: str
    date: dt.date
    concepts: tuple[str, ...]
    texts: dict[str, Text]


def samples(number: int, seed: int = 1) -> Iterator[Sample]:
    """So many articles."""
    names = [(TOPICS[i % 3], f"article-{i:05}") for i in range(number)]
    common = {lang: _Vocabulary(lang, 4000, f"{seed}") for lang in LANGUAGES}
    clusters = max(1, number // CLUSTER)
    vocabularies: dict[tuple[str, int], _Vocabulary] = {}
    for i, (topic, name) in enumerate(names):
        cluster = i // 3 % clusters
        rng = random.Random(f"{seed} {i}")
        texts = {}
        targets = rng.sample(names, min(4, number))  # The same in both languages, or the checks would say so.
        for lang in LANGUAGES:
            own = vocabularies.setdefault((lang, cluster), _Vocabulary(lang, 300, f"{seed} {cluster}"))
            texts[lang] = _text(rng, i, lang, common[lang], own, targets)
        concepts = tuple(
            dict.fromkeys(f"concept-{(cluster * 3 + k) % _concepts(number)}" for k in (0, rng.randrange(3)))
        )
        yield Sample(topic, name, FIRST_DAY + dt.timedelta(days=rng.randrange(3800)), concepts, texts)


def write_site(number: int, folder: Path) -> Path:
    """A site of this project with so many articles a language.

    Returns:
        Its mkdocs.yml.
    """
    docs = folder / "docs"
    shutil.copytree(PLAIN_PAGES, docs)
    shutil.copytree(ROOT / "overrides", folder / "overrides")  # Pictures that were drawn are kept beside it.
    for page in docs.glob("*/*.md"):
        if not page.name.startswith("index."):
            page.unlink()
            page.with_name(page.name.split(".")[0] + ".svg").unlink(missing_ok=True)
    for phrases in docs.glob("data/search.*.yml"):  # What readers type who need those.
        phrases.unlink()
    for page in docs.glob("*/index.da.md"):
        lines = [line for line in page.read_text("utf-8").splitlines() if not line.startswith("order:")]
        page.write_text("\n".join(lines) + "\n", "utf-8")
    with (docs / "data/concepts.yml").open("a", encoding="utf-8") as file:
        file.write(concepts(number))
    for sample in samples(number):
        for lang in LANGUAGES:
            path = docs / sample.topic / f"{sample.name}.{lang}.md"
            path.write_text(_markdown(sample, lang), "utf-8")
        (docs / sample.topic / f"{sample.name}.svg").write_text(cover(sample), "utf-8")
    config = folder / "mkdocs.yml"
    config.write_text(
        f"INHERIT: {ROOT / 'mkdocs.yml'}\ndocs_dir: docs\ntheme: {{custom_dir: overrides}}\n"
        f"hooks: [{ROOT / 'hooks/main.py'}]\nwatch: []\nextra:\n  footer: [help, articles, privacy]\n",
        "utf-8",
    )
    return config


def write_dictionaries(docs: Path, folder: Path) -> None:
    """Dictionaries for `DICPATH` with every word of a site: the checks would look up what each made-up word is meant
    to be, of which a real text has few."""
    texts = [file.read_text("utf-8") for file in docs.rglob("*") if file.suffix in (".md", ".yml", ".txt")]
    words = sorted({word for text in texts for word in re.findall(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*", text)})
    folder.mkdir()
    for name in ("da_DK", "en_GB"):
        (folder / f"{name}.aff").write_text("SET UTF-8\n", "utf-8")
        (folder / f"{name}.dic").write_text("\n".join([str(len(words)), *words, ""]), "utf-8")


def concepts(number: int) -> str:
    """The concepts of so many articles, as YAML."""
    lines = []
    for i in range(_concepts(number)):
        term = _Vocabulary("da", 2, f"concept {i}").words
        lines += [f"concept-{i}:", f"  topic: {TOPICS[i % 3]}"]
        lines += [f"  {lang}: {{term: {term[0]} {i}, definition: {term[1]} {i}.}}" for lang in LANGUAGES]
    return "\n".join(lines) + "\n"


def cover(sample: Sample) -> str:
    """An article's picture, which no other has."""
    number = int(sample.name.rpartition("-")[2])
    x = 60 + number * 5 % 485
    return COVER.format(x=x, y=60 + x // 3, r=40 + number % 60)


def body(text: Text, link, faq: str) -> str:
    """An article's Markdown below its title.

    Args:
        link: from `TOPIC/NAME` to the address that the generator wants.
        faq: the heading of the questions.
    """
    parts = []
    for heading, paragraphs in text.sections:
        parts += [f"## {heading}", *(_linked(paragraph, link) for paragraph in paragraphs)]
    parts.append(faq)
    for id, question, answer in text.questions:
        parts += [f"### {question} {{#{id}}}", _linked(answer, link)]
    return "\n\n".join(parts) + "\n"


def _markdown(sample: Sample, lang: str) -> str:
    text = sample.texts[lang]
    lines = [f"title: {text.title}", f"description: {text.description}", f"slug: {sample.name}-{lang}"]
    lines += ["image_alt: A circle above some steps.", "evidence: Made for measuring."]
    if lang == "da":
        lines += [f"date: {sample.date}", f"reviewed: {sample.date}", "certainty: very-low"]
        lines += [f"concepts: [{', '.join(sample.concepts)}]"]
    content = body(text, lambda target: f"../{target}.{lang}.md", f"## {FAQ[lang]} {{#faq}}")
    return "---\n" + "\n".join(lines) + "\n---\nMade for measuring [@bordin1979].\n\n" + content


class _Vocabulary:
    def __init__(self, lang: str, size: int, seed: str):
        rng = random.Random(f"{lang} {seed}")
        self.words = ["".join(rng.choices(SYLLABLES[lang], k=rng.choice((2, 2, 2, 3, 3, 3)))) for _ in range(size)]
        self.weights = list(accumulate(1 / rank for rank in range(1, size + 1)))

    def draw(self, rng: random.Random, number: int) -> list[str]:
        return rng.choices(self.words, cum_weights=self.weights, k=number)


def _text(rng, i: int, lang: str, common: _Vocabulary, own: _Vocabulary, targets) -> Text:
    def sentence(number: int = WORDS) -> str:
        words = [w for pair in zip(common.draw(rng, number), own.draw(rng, number), strict=True) for w in pair]
        return " ".join(words[:number]).capitalize()

    def paragraph() -> str:
        return " ".join(f"{sentence()}." for _ in range(SENTENCES))

    sections = []
    for n in range(SECTIONS):
        first = paragraph()
        if n < len(targets):
            topic, name = targets[n]
            first += f" {sentence(3)} [{sentence(2)}]({topic}/{name}), **{sentence(2)}** *{sentence(2)}*."
        second = paragraph() if n % 3 else "\n".join(f"- {sentence()}." for _ in range(SENTENCES))
        sections.append((f"{sentence(4)} {NAMES[n]}", (first, second)))  # In both languages it is the same one.
    questions = tuple((f"q-{i:05}-{n}", f"{sentence(5)}?", paragraph()) for n in range(QUESTIONS))
    return Text(f"{sentence(4)} {lang}", f"{sentence(14)}.", tuple(sections), questions)


def _linked(paragraph: str, link) -> str:
    before, mark, rest = paragraph.partition("](")
    if not mark:
        return paragraph
    target, _, after = rest.partition(")")
    return f"{before}]({link(target)}){after}"


def _concepts(number: int) -> int:
    return max(6, number // 7)


def main() -> None:
    """Write a site."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", type=int, help="articles a language")
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    print(write_site(given.number, given.folder))


if __name__ == "__main__":
    main()
