"""A draft: the files of a new article, filled in as far as can be, and what to do next. `make new`."""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path
from string import Template

from ..content.data import phrases_of
from ..content.front_matter import SHARED
from ..content.library import Library
from ..content.settings import languages_of
from ..core.command import run
from ..core.language import ENGLISH, Language, Languages, english_name
from ..core.messages import said
from ..core.problems import did_you_mean

FOLDER = Path(__file__).parent / "drafts"
"""What a new article's files begin as."""
NEXT = """\
{files}

What to do next:
1. Write title, description, image_alt and evidence in every file. The slug is the address: a-z, 0-9 and -.
2. Choose 3 to 6 concepts of docs/data/concepts.yml, and a certainty (high, moderate, low, very-low, or rule).
3. Write the {original} text, then its translation, with the sources as [@key] from docs/data/sources.yml.
4. Draw the cover in {cover}, 640 by 360, or put a photograph of that name ending in .jpg in its place.
5. Add {name} to “order” in docs/{topic}/{index}.
6. Write what readers type who need it below {key}: in {phrases}.
7. Run make check: it says what is still missing, at its line."""


class NotMade(Exception):
    """The article cannot be begun; the message says why, and what to do."""


def make(key: str, docs: Path, today: dt.date) -> str:
    """Write the files of a new article, and say what was written and what to do next.

    Raises:
        NotMade: where the key cannot be used, or a file of that name is there; nothing is written then.
    """
    languages = languages_of(docs.parent / "mkdocs.yml")
    files = _files(key, docs, languages)
    title = key.rpartition("/")[2].replace("-", " ").capitalize()
    values = {"title": title, "slug": key.rpartition("/")[2], "today": today.isoformat()}
    for draft, target in files:
        target.write_text(Template(draft).substitute(values), "utf-8")
    topic, _, last = key.rpartition("/")
    index, original = languages.files("index")[0], english_name(languages.original)
    borrowed = {docs / f"{key}.{lang}.md" for lang in languages if not (FOLDER / f"article.{lang}.md").is_file()}
    written = "\n".join(
        f"wrote docs/{target.relative_to(docs).as_posix()}{f', in {original}' if target in borrowed else ''}"
        for _, target in files
    )
    phrases = " and ".join(f"docs/data/{phrases_of(lang)}.yml" for lang in languages)
    places = {"topic": topic, "index": index, "cover": f"docs/{key}.svg", "phrases": phrases}
    return NEXT.format(files=written, key=key, name=last, original=original, **places)


def _files(key: str, docs: Path, languages: Languages) -> list[tuple[str, Path]]:
    """The files to write, each behind what it begins as."""
    if not re.fullmatch(r"[a-z0-9-]+/[a-z0-9]+(-[a-z0-9]+)*", key):
        raise NotMade(f"“{key}” is no key; write topic/english-words, such as ARTICLE=alliance/my-title")
    topic, _, last = key.rpartition("/")
    topics = sorted(path.parent.name for path in docs.glob(f"*/{languages.files('index')[0]}"))
    if topic not in topics:
        raise NotMade(f"there is no topic “{topic}”; {did_you_mean(topic, topics)}")
    if last == "index":
        raise NotMade(f"docs/{topic}/index is the topic's own page; choose another name")
    files = [(_draft(lang, languages.original), docs / f"{key}.{lang}.md") for lang in languages]
    files.append(((FOLDER / "cover.svg").read_text("utf-8"), docs / f"{key}.svg"))
    there = [f"docs/{path.relative_to(docs).as_posix()}" for _, path in files if path.exists()]
    if there:
        raise NotMade(f"{', '.join(there)} is there already; edit it, or choose another name")
    taken = {question.id for t in Library.read(docs)[0].translations() for question in t.outline.questions}
    if f"{last}-question" in taken:
        raise NotMade(f"the question id {{#{last}-question}} is taken; choose another name")
    return files


def _draft(lang: Language, original: Language) -> str:
    """What an article begins as in a language: its own draft, or that of the original, to be translated."""
    drafts = (FOLDER / f"article.{known}.md" for known in (lang, original, ENGLISH))
    text = next(draft for draft in drafts if draft.is_file()).read_text("utf-8")
    shared = "|".join(SHARED)
    return text if lang == original else re.sub(rf"^(?:{shared}): .*\n", "", text, flags=re.MULTILINE)


def main(arguments: list[str]) -> int:
    """Begin an article, or say why it cannot be."""
    try:
        print(said(make(arguments[0] if arguments else "", Path("docs"), dt.date.today())))
    except NotMade as reason:
        print(said(str(reason)), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
