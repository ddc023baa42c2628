"""Plain pages: what machines read. Each article as Markdown beside its page, and `llms.txt`, which lists them.

The Markdown is the article's own, with its links in full, so that it can be read elsewhere; a citation
says who and when, and the sources stand in the front matter. `llms.txt` has the form of
<https://llmstxt.org/>: a title, a summary, and lists of links.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import urlsplit

from ..content import urls
from ..content.article import Article
from ..content.outline import CITATION, cited_in
from ..content.prose import ATTRIBUTES
from ..content.site import Site
from ..core.fingerprint import code, digest
from ..core.language import Language
from ..pages.references import References

NAME = "index.md"
"""Beside `index.html`."""
LLMS = "llms.txt"
URGENT = ("danger", "suicide")
"""Kinds of help lines that stand in a plain page."""
IN_BRACKETS = r"(\]\()([^)\s]+)"
INLINE = re.compile(rf"{IN_BRACKETS}()()")
LINK = re.compile(rf"{IN_BRACKETS}|^(\[[^\]\n]+\]:\s+)(\S+)", re.MULTILINE)
"""The target of a link or a picture, in brackets or on a line of its own."""
NO_MARKDOWN = re.compile(ATTRIBUTES)
"""What is no Markdown elsewhere."""
ADMONITION = re.compile(r'^!!! [\w-]+(?: "([^"\n]*)")?\n((?:    .*\n|[ \t]*\n)*)', re.MULTILINE)


def plain_pages(site: Site, lang: Language, references: References) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """The plain pages of a language's articles: where each goes, of what it is made, and how."""
    library, help_page = site.library, site.page("help")
    placed = ((article.key, article) for article in library.placed)
    paths = {key: [library.path(article, other) for other in site.languages] for key, article in placed}
    pictures = {path: library.asset_path(path) for path in library.photographs}
    helping = library.help, help_page and help_page[lang].words.title
    said = site.publisher.name, library.people, library.sources, helping
    shared = digest(code(), lang, site.url, said, paths, pictures)
    for article in library.of_kind("article"):
        if is_plain(article, lang):
            name = digest(shared, article.key, article[lang].digest, article.original.head)
            yield f"{library.path(article, lang)}{NAME}", name, partial(markdown, site, article, lang, references)


def llms_path(site: Site, lang: Language) -> str:
    """Where the list of all articles of a language goes."""
    return f"{site.languages.folder(lang)}{LLMS}"


def is_plain(article: Article, lang: Language) -> bool:
    """Whether a page is an article that everybody may read, and is written in a language."""
    return article.kind == "article" and article.is_in(lang) and not article.is_hidden


def markdown(site: Site, article: Article, lang: Language, references: References) -> bytes:
    """An article, to be read elsewhere."""
    translation, shared = article[lang], article.shared
    address = site.address(article, lang)
    known = [key for key in translation.cited if key in site.library.sources]
    told: dict[str, object] = {
        "title": translation.words.title,
        "description": translation.words.description,
        "language": lang,
        "url": address,
        "published": shared.date and shared.date.isoformat(),
        "reviewed": shared.reviewed and shared.reviewed.isoformat(),
        "author": (author := site.library.people.get(shared.author or "")) and author.name,
        "reviewer": (reviewer := site.library.people.get(shared.reviewer or "")) and reviewer.name,
        "publisher": site.publisher.name,
    }
    head = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in told.items() if value]
    head += ["sources:"] if known else []
    for key in known:
        entry, link = references.entry(key), site.library.sources[key].link
        head.append(f"  - {json.dumps(f'{entry} {link}' if link else entry, ensure_ascii=False)}")

    def cited(found: re.Match[str]) -> str:
        known = (one for one in cited_in(found[1]) if one.key in site.library.sources)
        named = ((one.before, references.label(one.key) + (f", {one.place}" if one.place else "")) for one in known)
        labels = [" ".join(filter(None, one)) for one in named]
        return f"({'; '.join(labels)})" if labels else found[0]

    def linked(found: re.Match[str]) -> str:
        before, target = (found[1], found[2]) if found[1] else (found[3], found[4])
        return f"{before}{_absolute(site, article, lang, target)}"

    body = translation.body.rstrip() + "\n"
    if "!!! " in body:
        body = ADMONITION.sub(_quoted, body)
    body = CITATION.sub(cited, body)
    links = LINK if "]:" in body else INLINE  # The one for both looks at every letter.
    *parts, last = NO_MARKDOWN.split(links.sub(linked, body))
    body = "".join((*(part.rstrip(" \t") for part in parts), last))
    help_lines = [f"> {line}" for line in _help(site, lang)] if article.has_help else []
    above = ["", f"# {translation.words.title}", "", *help_lines, *([""] if help_lines else [])]
    return "\n".join(("---", *head, "---", *above, body.strip(), "")).encode()


def _help(site: Site, lang: Language) -> Iterator[str]:
    """Whom to call, which stands above the text on the page too."""
    lines = [line for line in site.library.help if line.kind in URGENT and line.number]
    for line in lines:
        yield f"**{line[lang].name}: {line.number}.** {line[lang].what}\\"
    if page := site.page("help"):
        yield f"[{page[lang].words.title}]({site.address(page, lang)})"


def llms(site: Site, lang: Language) -> str:
    """All articles of a language by topic, each with its questions."""
    library = site.library
    lines = [f"# {site.name}", "", f"> {site.description[lang]}", ""]
    for topic in library.topics.values():
        articles = [article for article in library.in_topic(topic.topic) if is_plain(article, lang)]
        if not articles or not topic.is_in(lang):
            continue
        lines += [f"## {topic[lang].words.title}", ""]
        for article in articles:
            words, address = article[lang].words, site.address(article, lang)
            lines.append(f"- [{words.title}]({address}{NAME}): {words.description}")
            lines += [f"  - [{asked.text}]({address}#{asked.id})" for asked in article[lang].outline.questions]
        lines.append("")
    return "\n".join(lines)


def _absolute(site: Site, article: Article, lang: Language, target: str) -> str:
    """A link's target in full."""
    parts = urlsplit(target)
    if parts.scheme or target.startswith("//"):
        return target
    place = f"#{parts.fragment}" if parts.fragment else ""
    if not parts.path:
        return f"{site.address(article, lang)}{place}"
    path = article[lang].path_to(parts.path)
    key, _, ending = path.removesuffix(".md").rpartition(".")
    other = site.library.articles.get(key)
    if path.endswith(".md") and other:
        return f"{site.address(other, ending)}{place}"
    return f"{urls.absolute(site.url, site.library.asset_path(path))}{place}"


def _quoted(found: re.Match[str]) -> str:
    """An admonition, which is no Markdown elsewhere, as a quotation below its title."""
    lines = [line[4:] if line.strip() else "" for line in found[2].rstrip("\n").split("\n")]
    title = [f"**{found[1]}**", ""] if found[1] else []
    return "".join(f"> {line}".rstrip() + "\n" for line in (*title, *lines)) + "\n"
