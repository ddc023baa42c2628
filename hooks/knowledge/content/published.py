"""Published addresses: every address that the site has had, so that none of them dies unnoticed.

`published/da.txt`, `en.txt` … hold one line for each: the address below the site's root, and the key
of the page that lived there. Lines are added by `make published`, and never taken away.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ..core.day import today
from ..core.decoding import CONFLICT, text_of
from ..core.language import Language
from ..core.problems import Problem, did_you_mean
from .article import Article
from .library import Library

ABOUT = "# Every address that the site has had, with its page's key. “make published” adds lines; none is taken away.\n"


class Address(NamedTuple):
    """One line of a list."""

    path: str
    """Below the site's root, with a slash before it: `/en/alliance/micro-repair/`."""
    key: str
    line: int


def vanished(library: Library, folder: Path) -> list[Problem]:
    """What is wrong with the lists in a folder: errors where an address has died, warnings where one is missing."""
    return [problem for lang in library.languages for problem in _problems(library, folder / f"{lang}.txt", lang)]


def extend(library: Library, folder: Path) -> int:
    """Add the present and former addresses of all pages to the lists, and say how many lines that were."""
    folder.mkdir(exist_ok=True)
    added = 0
    for lang in library.languages:
        file = folder / f"{lang}.txt"
        lines = {(a.path, a.key) for a in _read(file)[0]}
        known = {path for path, _ in lines}
        now = {**_former(library, lang), **_live(library, lang)}
        new = {(path, article.key) for path, article in now.items() if path not in known}
        text = "".join(f"{path} {key}\n" for path, key in sorted(lines | new))
        file.write_text(ABOUT + text, "utf-8")
        added += len(new)
    return added


def _problems(library: Library, file: Path, lang: Language) -> Iterator[Problem]:
    name = f"{file.parent.name}/{file.name}"
    addresses, unread = _read(file)
    live, former = _live(library, lang), _former(library, lang)
    for line in unread:
        message, fix = "the line is not an address and a key", "write it as the lines around it"
        yield Problem(name, line, 1, "published", message, fix)
    topics = {key.removesuffix("/index") for key in library.unread if key.endswith("/index")}
    for address in addresses:
        if address.key in library.unread or address.key.rpartition("/")[0] in topics:
            continue  # Where it leads is not known while the page cannot be read, which is told there.
        if address.path not in live and address.path not in former:
            message = f"the address {address.path} was published, and leads nowhere now"
            yield Problem(name, address.line, 1, "published", message, _fix(library, address, live, lang))
    known = {address.path for address in addresses}
    if addresses:
        for path, article in {**former, **live}.items():
            if path not in known and article.key not in library.unread:
                message = f"the address {path} of docs/{article[lang].path} is not in the list"
                fix = f"run “make published”, or add the line “{path} {article.key}”"
                yield Problem(name, 1, 1, "published", message, fix, "warning")


def _fix(library: Library, address: Address, live: dict[str, Article], lang: Language) -> str:
    """What to add, and to which file: the page's own where it still is, else the one with the closest address."""
    alias = address.path.removeprefix("/").removeprefix(library.languages.folder(lang))
    article = library.articles.get(address.key)
    if article and article.out_from > today():
        return f"delete “status” in docs/{article.original.path}, or write “status: withdrawn” and “withdrawn: why”"
    if address.key in library.articles:
        words = library[address.key][lang].words
        return f"add “aliases: [{', '.join([*words.aliases, alias])}]” to docs/{library[address.key][lang].path}"
    answers = f"add “{alias}” to “aliases:” of the page that answers instead; {did_you_mean(address.path, live)}"
    return f"{answers} If none does, bring its files back with “status: withdrawn” and “withdrawn: why”"


def _live(library: Library, lang: Language) -> dict[str, Article]:
    pages = (a for a in library.placed if a.out_from <= today() and a.kind != "notfound")
    return {f"/{library.path(article, lang)}": article for article in pages}


def _former(library: Library, lang: Language) -> dict[str, Article]:
    pages = (a for a in library.articles.values() if a.out_from <= today())
    return {f"/{library.former_path(alias, lang)}": a for a in pages for alias in a[lang].words.aliases}


def _read(file: Path) -> tuple[list[Address], list[int]]:
    """The addresses of a list, and the numbers of the lines that hold none."""
    addresses, unread = [], []
    text = text_of(file) if file.is_file() else ""
    lines = [] if CONFLICT.search(text) else text.splitlines()  # which is told by itself
    for number, line in enumerate(lines, 1):
        parts = line.split()
        if len(parts) == 2 and parts[0].startswith("/"):
            addresses.append(Address(parts[0], parts[1], number))
        elif parts and not line.startswith("#"):
            unread.append(number)
    return addresses, unread
