"""Rules on links and pictures: each leads somewhere, and who does not see a picture is told what it shows."""

from __future__ import annotations

import os
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from ...content import urls
from ...content.article import Translation
from ...content.file_name import key_of
from ...content.kind import PHOTOGRAPHS
from ...content.library import Library
from ...content.outline import Target
from ...content.prose import without_code
from ...core.folder import path_from
from ...core.language import known, words_for
from ...core.problems import did_you_mean
from ...pages.theme.setting import is_file
from .rule import Finding, rule, text_rule

COVER_LIMIT = 15_000
"""Bytes of a cover that is drawn."""
DRAWING_LIMIT = 150_000
"""Bytes of a drawing in the text."""
COVER_WIDTH = 640
"""Pixels that a photograph must have as a cover."""
COVERS = (".svg", *PHOTOGRAPHS)
SHOWN = (*COVERS, ".mp3", ".mp4", ".gif", ".heic", ".heif", ".tif", ".tiff", ".bmp")
"""What stands as a picture in a text; of the last ones it is told that they are no pictures for the web."""
OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
"""The beginning of an address that leads out of the site."""
TOLD_BY_HTML = re.compile(r"//|(?!https?:|mailto:|tel:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
"""An address that no page leads to, which the rule `html` tells."""
OWN_MACHINE = re.compile(r"https?://(?:localhost|127\.|0\.0\.0\.0|192\.168\.|\[::1\])", re.IGNORECASE)
SOURCE = re.compile(r"https://(?:www\.)?git(?:hub|lab)\.com/[^?#]+/(?:blob|edit|tree|raw)/[^?#]+\.md(?:[?#]|\Z)")
"""A page's file on a code host."""
FOLLOWED = re.compile(
    r"[?&](?P<name>(?:utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|igsh(?:id)?|_hs(?:enc|mi))=)"
    r"|//(?:(?:www|m)\.)?youtu(?:\.be|be\.com)/[^\s#?&]*[?&](?:[^\s#&]*&)*?(?P<film>si=)"
)
"""What tells another site from where its readers come."""
REDIRECTS = re.compile(
    r"https?://(?:(?:www\.)?google\.[\w.]+/url\?|l\.(?:facebook|instagram)\.com/|lnkd\.in/|t\.co/"
    r"|[\w.-]+\.safelinks\.protection\.outlook\.com/|urldefense\.(?:com|proofpoint\.com)/)",
    re.IGNORECASE,
)
"""The beginning of an address that a search, a letter or a network has put before the one that was meant."""
HOST = re.compile(r"https?://(?:[^/?#@]*@)?(?P<host>[^/?#:]+)(?::\d+)?(?:[/?#]|\Z)", re.IGNORECASE)
LABEL = re.compile(r"[\w-]+")
"""What stands between the full stops of a site's name."""
NOBODYS = re.compile(r"(?:.*\.)?example\.(?:com|net)")
"""The sites that stand for one that is still to be named."""
WORDS = re.compile(r"\[(?<!!\[)(?:https?://)?(?:www\.)?(?P<host>(?:[\w-]+\.)+[a-z]{2,6})/?\]\(<?", re.IGNORECASE)
"""The beginning of a link whose words name a site."""
DOMAIN = re.compile(r"(?:www\.[\w.-]+|(?:[\w-]+\.)+(?:dk|com|org|net|eu|uk|se|no|de|io|info|gov|edu))(?:/\S*)?")
"""What looks like the address of another site without its beginning."""
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
NO_ALTERNATIVE = re.compile(
    rf"(?:img|dscn?|{words_for('picture')})[ _-]?\d|(?:{words_for('filler')})\b"
    r"|(?s:.*)\.(?:svg|png|jpe?g|webp|gif|avif)\Z",
    re.IGNORECASE,
)
"""How cameras and telephones call their pictures, how a text begins that says what the picture is for and not what is
seen, and how a file's name ends."""
EMPHASIS = re.compile(r"(?<!\w)(?P<mark>[*_]{1,3}|~~|`)(?P<words>[^\s*_~`](?:[^*_~`]{0,200}[^\s*_~`])?)(?P=mark)(?!\w)")
"""Emphasis in an alternative text, which has none: GitHub takes its marks away, a page does not."""
SIZE = re.compile(r"\|(?P<width>\d{2,4})(?:x\d{2,4})?\Z")
"""How other programs write the width of a picture."""
LINK = re.compile(r"\[(?<!!\[)(?P<words>[^\[\]\n]{3,120})\]\((?P<target>[^()\s#]+\.md)\)")
"""A link to another page as a whole."""
STEP = re.compile(
    rf"\[(?P<words>(?:[^\[\]\n\d]{{0,40}}, )?(?:{words_for('step')}) (?P<step>\d)(?: [^\[\]\n\d]{{0,40}})?)\]"
    r"\((?P<target>[^()\s]+)\)",
    re.IGNORECASE,
)
"""A link that names one step of the ladder, and nothing before it that may say “after”."""


@rule("link")
def links(library: Library) -> Iterator[Finding]:
    """A link leads somewhere, in the reader's language, in the site and on a code host."""
    written = {translation.path: translation for translation in library.translations()}
    untranslated = {t.path for a in library.articles.values() for t in a.translations.values() if t.untranslated}
    for translation in written.values():
        for link in translation.outline.targets:
            place = translation.path_to(link.target)
            if place in untranslated and "#" not in link.target:  # Its page says where the text is.
                continue
            wrong = _wrong_link(link.target, translation, written, library)
            wrong = wrong or _unpublished(link.target, place, library)
            # What is wrong in a file that could not be read is told there.
            if wrong and key_of(place, library.languages) not in library.unread:
                yield Finding(translation, link.line, *wrong, link.target)


@rule("link")
def steps(library: Library) -> Iterator[Finding]:
    """A link that names a step of the ladder leads to that step."""
    there = {article.shared.step for article in library.articles.values()}
    for translation in library.translations():
        for found in STEP.finditer(without_code(translation.body)) if "](" in translation.body else ():
            article = library.articles.get(translation.page_at(found["target"]) or "")
            step = article and article.shared.step
            if step and step != int(found["step"]) and int(found["step"]) in there:
                message, fix = (
                    f"the link says “{found['words']}”, and leads to step {step}",
                    "write the step to which it leads",
                )
                yield Finding(translation, translation.line_at(found.start()), message, fix, found["target"])


@rule("link")
def titles(library: Library) -> Iterator[Finding]:
    """A link whose words are a page's title leads to that page."""
    for lang in library.languages:
        pages = [article for article in library.articles.values() if lang in article.written]
        named: dict[str, set[str]] = defaultdict(set)
        for article in pages:
            title, label = article[lang].words.title, article[lang].words.label
            for name in (title, title.partition(":")[0], label or ""):
                named[name.rstrip(".?!")].add(article.key)
        for article in pages:
            translation = article[lang]
            for found in LINK.finditer(without_code(translation.body)) if "](" in translation.body else ():
                there = named.get(found["words"].rstrip(".?!"))
                target = translation.page_at(found["target"]) if there else None
                if there and target in library.articles and target not in there:
                    to, own = (library.articles[key][lang].path for key in (target, min(there)))
                    message = f"the link says “{found['words']}”, and leads to docs/{to}"
                    fix = f"write the path of docs/{own}, or other words"
                    yield Finding(translation, translation.line_at(found.start()), message, fix, found["target"])


@text_rule("link", is_firm=True)
def words(translation: Translation) -> Iterator[Finding]:
    """The words of a link say where it leads."""
    lines = translation.body.split("\n")
    for link in translation.outline.targets:
        if wrong := _unsaid(link, translation, lines) or _other_site(link, translation, lines):
            yield Finding(translation, link.line, *wrong, link.target)


@text_rule("insecure-link")
def insecure(translation: Translation) -> Iterator[Finding]:
    """Whoever is on the same network can read and change what a page without https says."""
    for link in translation.outline.targets:
        if link.target[:7].lower() == "http://" and not OWN_MACHINE.match(link.target):
            fix = f"write https://{link.target[7:]}, and see whether it opens"
            yield Finding(translation, link.line, f"the link “{link.target}” is not encrypted", fix, link.target)


def _wrong_link(
    address: str, translation: Translation, written: dict[str, Translation], library: Library
) -> tuple[str, str] | None:
    """What is wrong with a link in a file, and how to fix it."""
    target, _, anchor = address.partition("#")
    if OUTSIDE.match(target):
        return _wrong_outside(address, translation.lang)
    if not address or address == "#":
        return "the link leads nowhere", "write the address between the round brackets"
    if target.startswith("/"):
        return f"the link “{target}” begins with /", f"write {_relative(target, translation, library)}"
    place, lang = translation.path_to(target) if target else translation.path, translation.lang
    if place not in written and (place.startswith("../") or not is_file(library.docs / place)):
        folder = (library.docs / translation.path).parent
        if found := re.match(r"https?:?/*", target) or DOMAIN.fullmatch(target):
            address = target.removeprefix(found[0]) if found.re is not DOMAIN else target
            return f"the link “{target}” leads to no file", f"write https://{address}"
        if MAIL.fullmatch(target):
            return f"the link “{target}” leads to no file", f"write mailto:{target}"
        near = _page_at(target, folder, lang, library) or _nearest(folder / target, library.docs, folder, lang)
        return f"the link “{target}” leads to no file", near
    if target.endswith(".md") and not target.endswith(f".{lang}.md"):
        own = re.sub(r"\.[a-z]{2}\.md$", f".{lang}.md", target)
        return f"the link “{target}” leads to the other language", f"write {own}"
    if anchor and place in written and anchor not in (there := _anchors(written[place])):
        return f"the link “{address}” leads to no heading", did_you_mean(anchor, there)
    return None


def _wrong_outside(address: str, lang: str) -> tuple[str, str] | None:
    """What is wrong with an address that leads out of the site."""
    if TOLD_BY_HTML.match(address):
        return None
    is_address = re.fullmatch(r"https?://(?!https?:?/)[^/\s]+(?:/\S*)?|mailto:\S+|tel:\+?\d+", address)
    if not is_address or "\u00a0" in address:
        return f"the link “{address}” is no address", "write https://…, mailto:… or a file of the site"
    if address.lower().startswith("mailto:") and not MAIL.fullmatch(unquote(address[7:].partition("?")[0])):
        return f"the link “{address}” is no address of email", "write mailto: and the address: mailto:name@site.dk"
    own = f"write the path of its file from this one: ../topic/article.{lang}.md"
    if OWN_MACHINE.match(address):
        return f"the link “{address}” leads to your own machine", own
    if SOURCE.match(address):
        return f"the link “{address}” leads to a page's source on a code host", own
    return wrong_site(address)


def wrong_site(address: str) -> tuple[str, str] | None:
    """What is wrong with the site to which an address leads, as far as one can tell without asking it."""
    found = HOST.match(address)
    is_whole = urls.parts_of(address).hostname and (found or "//[" in address)
    if not is_whole and re.match("https?:", address, re.IGNORECASE):
        return f"the link “{address}” is no address", "copy it from the browser again"
    host = found["host"] if found else ""
    labels = host.removeprefix("www.").split(".")
    is_named = (len(labels) > 1 and all(map(LABEL.fullmatch, labels))) or host.lower() == "localhost"
    is_odd = re.match(r"(?:ww|wwww+)\.", host, re.IGNORECASE)
    if is_odd or (found and not is_named and not host.startswith("[")):
        fix = "write www. with three w" if is_named else "copy it from the browser again"
        return f"the link “{address}” leads to “{host}”, and no site is called that", fix
    if NOBODYS.fullmatch(host.lower()):
        return f"the link “{address}” stands for one that is still to come", "write the address, or delete the link"
    if REDIRECTS.match(address):
        message = f"the link “{address}” leads through another site, which learns who follows it"
        return message, "open it in the browser, and copy the address where it ends"
    if address.endswith((".", ",", ";")):
        message = f"the link “{address}” ends with “{address[-1]}”, which belongs to the sentence"
        return message, "write it behind the round bracket"
    if found := FOLLOWED.search(address):
        message = f"the link “{address}” tells the other site where its readers come from"
        return message, f"delete “{found['name'] or found['film']}” and what stands behind it"
    return None


def _other_site(link: Target, translation: Translation, lines: list[str]) -> tuple[str, str] | None:
    """What is wrong with a link that names one site and leads to another."""
    said, found = _begun(link, translation, lines, WORDS), HOST.match(link.target)
    if not said or not found:
        return None
    name, host = said["host"].lower(), found["host"].lower().removeprefix("www.")
    if name == host or host.endswith(f".{name}") or name.endswith(f".{host}"):
        return None
    message = f"the link says “{said['host']}”, and leads to “{found['host']}”"
    return message, "write the site to which it leads, or the address that was meant"


def _unpublished(address: str, place: str, library: Library) -> tuple[str, str] | None:
    """What is wrong with a link to a file that is there, and is left out of the site."""
    target = address.partition("#")[0]
    if not target or target.endswith(".md") or OUTSIDE.match(target) or place in library.media:
        return None
    return f"the link “{target}” leads to a file that is not published", "see what is said of the file itself"


def _unsaid(link: Target, translation: Translation, lines: list[str]) -> tuple[str, str] | None:
    """What is wrong with the words of a link: a screen reader lists links without what stands around them."""
    empty = known(translation.lang).get("empty_links", "(?!)")
    found = _begun(link, translation, lines, re.compile(rf"\[(?<!!\[)((?:{empty})?)[.!]?\]\(", re.IGNORECASE))
    if not found:
        return None
    message = f"the words of the link, “{found[1]}”, do not say where it leads" if found[1] else "the link has no words"
    return message, "write where it leads between the square brackets: [your rights at work](…)"


def _begun(link: Target, translation: Translation, lines: list[str], pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The beginning of a link in its line, where that fits a pattern."""
    place = link.line - translation.body_line
    line = lines[place] if 0 <= place < len(lines) else ""
    ends = f"{link.target} ", f"{link.target})"
    return next((found for found in pattern.finditer(line) if line.startswith(ends, found.end())), None)


def _anchors(translation: Translation) -> set[str]:
    """Ids of the page's headings, as `toc` gives them."""
    counts: dict[str, int] = defaultdict(int)
    found = {"sources"} if translation.outline.citations else set()
    for heading in translation.outline.headings:
        id = heading.id or urls.slugify(heading.text)
        found.add(f"{id}_{counts[id]}" if counts[id] else id)
        counts[id] += 1
    return found


def _relative(address: str, translation: Translation, library: Library) -> str:
    """The page that lives at an address from the site's root, seen from a file; else what such a link looks like."""
    lang, wanted = translation.lang, address.strip("/")
    for article in library.placed:
        if wanted in {library.path(article, other).strip("/") for other in article.translations}:
            return posixpath.relpath(article[lang].path, posixpath.dirname(translation.path))
    return f"it relative to this file: ../topic/article.{lang}.md"


def _page_at(target: str, folder: Path, lang: str, library: Library) -> str:
    """The page that was meant by its address, its folder or its path from somewhere else; nothing where none is."""
    wanted = unquote(target).rstrip("/").removesuffix(".html").removesuffix("/index").rpartition("/")[2]
    plain = re.sub(r"(?:\.[a-z]{2})?\.md$", "", wanted)
    found = [
        article
        for article in library.articles.values()
        if lang in article.translations
        and plain in (article.name, article[lang].words.slug)
        and article.name != "index"
    ] or [article for key, article in library.articles.items() if key == f"{plain}/index"]
    if len(found) != 1 or not plain:
        return ""
    return f"did you mean “{path_from(folder, library.docs / found[0][lang].path)}”?"


def _nearest(target: Path, docs: Path, folder: Path, lang: str) -> str:
    """The file that was meant: in the text's own language, or a picture."""
    written = path_from(folder, target)
    own = re.sub(r"(?:\.[a-z]{2})?\.md$", f".{lang}.md", written)
    if own != written and is_file(folder / own):
        return f"did you mean “{own}”?"
    files = (p for p in docs.rglob("*") if p.is_file() and (p.suffix != ".md" or p.name.endswith(f".{lang}.md")))
    seen = {path_from(folder, p) for p in files}
    where = path_from(docs.parent, os.path.normpath(target.parent))
    otherwise = (
        "" if written.endswith(".md") or "." not in target.name else f"put it into {where}/, or correct the name"
    )
    return did_you_mean(written, seen, f"{where}/" if target.parent.is_dir() else "docs/", otherwise)


@rule("alt")
def alternatives(library: Library) -> Iterator[Finding]:
    """Who does not see a picture is told what it shows."""
    fix = "say what is seen, and why it is there"
    for translation in library.translations():
        title, alt = translation.words.title, translation.words.image_alt
        for image in translation.outline.images:
            if not image.text.strip():
                message = f"the picture “{image.target}” has no alternative text"
                write = "write what it shows between the square brackets"
                yield Finding(translation, image.line, message, write, f"]({image.target}")
            elif size := SIZE.search(image.text):
                message = f"the alternative text ends with “{size[0]}”, which is read aloud"
                delete = f'delete it, and write {{ width="{size[1]}" }} behind the picture'
                yield Finding(translation, image.line, message, delete, image.text)
            elif marked := EMPHASIS.search(image.text):
                message = f"the alternative text holds “{marked[0]}”, whose marks are read aloud"
                yield Finding(translation, image.line, message, f"write {marked['words']}", image.text)
            elif _says_nothing(image.text, title):
                message = f"the alternative text is “{image.text}”; expected a sentence"
                yield Finding(translation, image.line, message, fix, image.text)
        if alt and _says_nothing(alt, title):
            yield Finding(translation, ("image_alt",), f"“image_alt” is “{alt}”; expected a sentence", fix)


def _says_nothing(alt: str, title: str) -> bool:
    alt = alt.strip()
    return " " not in alt or alt.casefold() == title.casefold() or NO_ALTERNATIVE.match(alt) is not None


@rule("cover")
def covers(library: Library) -> Iterator[Finding]:
    """Every article has a picture of its own, light enough for a phone."""
    named: dict[str, list[str]] = defaultdict(list)
    for path in sorted(library.media):
        if path.endswith(COVERS):
            named[path.rpartition(".")[0]].append(f"docs/{path}")
    for article in filter(lambda article: article.has_cover, library.articles.values()):
        cover, photograph, same = article.cover, library.photographs.get(article.cover), named[article.key]
        file = library.docs / cover
        size = file.stat().st_size if file.is_file() else 0
        if len(same) > 1:
            message = f"the page has {len(same)} covers: {', '.join(same)}"
            yield Finding(article.original, 1, message, "keep one of them, and delete the others")
        elif not file.is_file():
            fix = f"put a photograph there, as docs/{article.key}.jpg, or draw one, 640 by 360"
            yield Finding(article.original, 1, f"the cover docs/{cover} is missing", fix)
        elif photograph and photograph.width < COVER_WIDTH:
            message = f"docs/{cover} is {photograph.width} pixels wide; expected at least {COVER_WIDTH}"
            yield Finding(article.original, 1, message, "take it from the camera in its full size")
        elif cover.endswith(".svg") and size > COVER_LIMIT:
            message = f"docs/{cover} has {size} bytes; expected at most {COVER_LIMIT}"
            yield Finding(article.original, 1, message, "simplify its paths")


@rule("picture")
def pictures(library: Library) -> Iterator[Finding]:
    """A page must arrive over a poor connection, and fetches nothing from elsewhere."""
    for translation in library.translations():
        for image in translation.outline.images:
            if TOLD_BY_HTML.match(image.target) and not image.target.startswith("//"):
                continue
            file, name = library.docs / Path(translation.path).parent / image.target, image.target.lower()
            if OUTSIDE.match(image.target):
                message = f"the picture “{image.target}” is on another site"
                fix = "put it beside the article: a page fetches nothing from elsewhere"
            elif not name.endswith(SHOWN):
                message = f"“{image.target}” is no picture"
                fix = "write the path of a picture, or lead there: without the exclamation mark before the brackets"
            elif image.target.endswith(".svg") and is_file(file) and file.stat().st_size > DRAWING_LIMIT:
                message = f"“{image.target}” has {file.stat().st_size} bytes; expected at most {DRAWING_LIMIT}"
                fix = "simplify its paths, or save it as PNG"
            else:
                continue
            yield Finding(translation, image.line, message, fix, image.target)
