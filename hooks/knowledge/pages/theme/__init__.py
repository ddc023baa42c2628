"""The theme: what mkdocs.yml says of the site's looks and frame, in the settings that MkDocs and Material document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from ...content import urls
from ...content.kind import MEDIA, kind_of
from ...content.library import Library
from ...content.settings import ConfigFile
from ...core.fingerprint import checksum
from ...core.folder import files_in
from ...core.language import LANGUAGES, Language
from ...core.problems import Problem, did_you_mean
from ..parts import Link
from .menu import SCHEMES, MenuEntry, menu
from .palette import Palette, palette
from .setting import Setting, is_file
from .typeface import Typefaces, typefaces

ICONS = {
    "logo": "",
    "alternate": "material/translate",
    "search": "material/magnify",
    "repo": "fontawesome/brands/git-alt",
    "edit": "material/pencil",
}
"""Where `theme.icon` changes an icon, and the one that stands there otherwise; no logo: the site's own drawing."""
PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".ico")
DRAWN = (".svg", ".png", ".jpg", ".jpeg", ".webp")
"""Kinds of pictures that the drawings of shared links can hold."""
TYPES = {".svg": "image/svg+xml", ".ico": "image/x-icon", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
STYLES, SCRIPTS = (".css",), (".js", ".mjs")
KINDS_OF_SCRIPT = (None, "", "module", "text/javascript", "importmap", "speculationrules", "application/json")
"""Types with which a browser reads a script."""
SUPPORTED = ("name", "custom_dir", "palette", "logo", "icon", "favicon", "font", "language", "locale")
"""Settings of `theme` that this site follows."""
UNSUPPORTED = {
    "features": "the site's pages are its own, and have what they need; delete the lines",
    "direction": "the languages of the site are written from left to right; delete the line",
    "static_templates": "write a page in docs/ instead; delete the lines",
    "include_search_page": "the site has its own search; delete the line",
    "search_index_only": "the site has its own search; delete the line",
}
"""Settings of `theme` that have no effect here, and why."""
BRANCHED = ("github.com", "gitlab.com")
"""Hosts of which MkDocs knows where a file is changed, and takes `master` for the branch."""
INLINE = {"a": ("href", "rel", "target")} | dict.fromkeys("b br em i small span strong".split(), ("lang",))
"""What the line on copyright may hold."""


@dataclass(frozen=True)
class Script:
    """A script of the owner's."""

    href: str
    type: str = ""
    is_async: bool = False
    defer: bool = False


@dataclass(frozen=True)
class SiteIcon:
    """A picture that stands for the site."""

    href: str
    type: str
    file: Path


@dataclass(frozen=True)
class Social:
    """A place where the publisher is found."""

    href: str
    icon: str
    name: Mapping[Language, str]


@dataclass(frozen=True)
class Theme:
    """How the site looks, and what stands in its frame."""

    palette: Palette = field(default_factory=Palette)
    typefaces: Typefaces = field(default_factory=Typefaces)
    logo: SiteIcon | None = None
    favicon: SiteIcon | None = None
    icons: Mapping[str, str] = field(default_factory=lambda: dict(ICONS))
    styles: tuple[str, ...] = ()
    """Addresses of the owner's style sheets."""
    scripts: tuple[Script, ...] = ()
    copyright: Mapping[Language, str] = field(default_factory=dict)
    """HTML."""
    repository: Link | None = None
    """Where the site's files are kept."""
    social: tuple[Social, ...] = ()
    menu: tuple[MenuEntry, ...] = ()
    files: tuple[str, ...] = ()
    """Paths below `docs/` that only these settings name."""

    @property
    def css(self) -> str:
        """What follows the site's own style sheets."""
        return self.typefaces.css + self.palette.css

    @property
    def drawn_logo(self) -> Path | None:
        """The logo's file, where pictures can be drawn with it."""
        return self.logo.file if self.logo and self.logo.file.suffix in DRAWN else None

    @classmethod
    def read(
        cls, values: Mapping[str, Any], file: ConfigFile, docs: Path, overrides: Path, site_url: str
    ) -> tuple[Theme, list[Problem]]:
        """Read and check the settings that need no content."""
        languages = values.get("languages", LANGUAGES)
        settings = Setting(file, (), values, tuple(values.get("icons", ())), languages)
        return _Reader(settings, docs, overrides, site_url).theme(), settings.problems

    def with_menu(
        self, values: Mapping[str, Any], file: ConfigFile, library: Library, topics: list[str]
    ) -> tuple[Theme, list[Problem]]:
        """The same with what `nav` adds to the menu."""
        nav = Setting(file, ("nav",), values.get("nav"), languages=library.languages)
        return replace(self, menu=menu(nav, values.get("i18n"), library, topics)), nav.problems


@dataclass
class _Reader:
    """Reads the settings one by one; what is wrong is told."""

    settings: Setting
    """All of mkdocs.yml."""
    docs: Path
    overrides: Path
    site_url: str
    named: dict[str, Path] = field(default_factory=dict)
    """Files below `docs/` that settings name."""

    def theme(self) -> Theme:
        """Everything that can be used."""
        theme = self.settings["theme"]
        self.unknown(theme)
        styles = tuple(self.styles(self.settings["extra_css"]))
        own = _text(path for path in self.named.values() if path.suffix in STYLES)
        sheets = files_in(self.overrides, "assets/css/**/*.css") if theme["palette"].is_written else ()
        fonts = typefaces(theme["font"], self.docs, self.overrides)
        self.named |= {name: self.docs / name for name in fonts.files}
        made = Theme(
            palette=palette(theme["palette"], _text(sheets), own),
            typefaces=fonts,
            logo=self.picture(theme["logo"]),
            favicon=self.picture(theme["favicon"]),
            icons=self.icons(theme["icon"]),
            styles=styles,
            scripts=tuple(self.scripts(self.settings["extra_javascript"])),
            copyright=self.copyright(),
            repository=self.repository(self.settings["repo_url"]),
            social=tuple(self.social(self.settings["extra"]["social"])),
        )
        return replace(made, files=tuple(sorted(self.named)))

    # --- theme ------------------------------------------------------------------------------

    def unknown(self, theme: Setting) -> None:
        """Tell what of `theme` has no effect, or is not what the site is."""
        for path in self.settings.file.places:
            if len(path) == 2 and path[0] == "theme" and path[1] not in SUPPORTED:
                theme[path[1]].tell_idle(UNSUPPORTED.get(str(path[1])) or did_you_mean(str(path[1]), SUPPORTED))
        language, first = theme["language"], theme.languages.original
        if language.is_written and language.value != first:
            fix = f"write {first}, or delete the line; the languages are below “plugins”, “i18n”"
            language.tell(f"it is “{language.written}”, and the site's first language is “{first}”", fix)

    def icons(self, icons: Setting) -> dict[str, str]:
        """The icons of the frame."""
        named = icons.value if isinstance(icons.value, Mapping) else {}
        if icons.is_written and icons.value is not None and icons.value is not named:
            icons.tell(f"it is “{icons.written}”; expected names", "write {logo: material/stairs}")
        for name in named.keys() - ICONS:
            icons[name].tell_idle(did_you_mean(str(name), ICONS))
        return ICONS | {name: named[name] for name in ICONS if name in named and icons[name].is_icon()}

    def picture(self, picture: Setting) -> SiteIcon | None:
        """A logo or a favicon."""
        file = self.file_of(picture, PICTURES, "a picture") if picture.is_written else None
        if not file:
            return None
        expected, kind = MEDIA.get(file.suffix), kind_of(file.read_bytes()[:64])
        if expected and kind != expected:
            picture.tell(f"“{picture.value}” is not {expected.name}", "save it again")
            return None
        return SiteIcon(self.href(str(picture.value), file), TYPES.get(file.suffix, f"image/{file.suffix[1:]}"), file)

    # --- Files ------------------------------------------------------------------------------

    def file_of(self, setting: Setting, endings: tuple[str, ...], what: str) -> Path | None:
        """The file that a setting names by its path below `docs/`, or below `overrides/` where it is an asset; None
        where it is told why there is none."""
        name = setting.value
        if not isinstance(name, str) or not name:
            setting.tell(f"it is “{setting.written}”; expected the path of {what}", "write it as seen from docs/")
        elif urls.parts_of(name).scheme or name.startswith("//"):
            fix = "put the file into docs/, and write its path as seen from there"
            setting.tell(f"“{name}” is another's address, and the site loads nothing from others", fix)
        elif not (path := self.found(name)):
            files = [p for ending in endings for p in self.docs.rglob(f"*{ending}") if p.is_file()]
            known = [path.relative_to(self.docs).as_posix() for path in files]
            fix = did_you_mean(name, known, otherwise="put it there, or correct the name")
            setting.tell(f"there is no file “{self.docs.name}/{name}”", fix)
        elif path.suffix not in endings:
            setting.tell(f"“{name}” is not {what}", f"name a file that ends in {', '.join(endings)}")
        else:
            if path == self.docs / name:
                self.named[name] = path
            return path
        return None

    def found(self, name: str) -> Path | None:
        """The file of that path."""
        for folder in (self.docs, self.overrides):
            path = folder / name
            is_inside = is_file(path) and path.resolve().is_relative_to(folder.resolve()) and not path.is_symlink()
            if is_inside and (folder == self.docs or name.startswith("assets/")):
                return path
        return None

    def href(self, name: str, file: Path | None) -> str:
        """A file's address, with its version; one that a plugin adds is taken as it is."""
        version = f"?v={checksum(file.read_bytes())[:8]}" if file else ""
        return f"{urls.rooted(self.site_url, name)}{version}"

    def styles(self, styles: Setting) -> Iterator[str]:
        """The owner's style sheets."""
        for i, name in enumerate(map(str, styles.value or ())):
            sheet = replace(styles[i], value=name)
            if sheet.is_written and (self.overrides / "assets/css") in (self.overrides / name).parents:
                sheet.tell(f"“{name}” is part of the site's style sheet already", "delete the line")
                continue
            file = self.file_of(sheet, STYLES, "a style sheet") if sheet.is_written else None
            if file or not sheet.is_written:
                yield self.href(name, file)

    def scripts(self, scripts: Setting) -> Iterator[Script]:
        """The owner's scripts."""
        for i, item in enumerate(scripts.value or ()):
            given = item if isinstance(item, Mapping) else {"path": str(item)}
            script = replace(scripts[i], value=given.get("path"))
            file = self.file_of(script, SCRIPTS, "a script") if script.is_written else None
            if file or not script.is_written:
                name, kind = str(given.get("path")), given.get("type")
                if kind not in KINDS_OF_SCRIPT:
                    fix = did_you_mean(str(kind), [known for known in KINDS_OF_SCRIPT if known])
                    scripts[i]["type"].tell(f"there is no type “{kind}”, and the script would not run", fix)
                kind = kind or ("module" if name.endswith(".mjs") else "")
                yield Script(self.href(name, file), kind, bool(given.get("async")), bool(given.get("defer")))

    # --- The foot ---------------------------------------------------------------------------

    def copyright(self) -> dict[Language, str]:
        """The line on copyright in each language, where there is one."""
        found, setting = {}, self.settings["copyright"]
        own = {option["locale"]: option.get("copyright") for option in self.settings["i18n"].value or ()}
        for lang in setting.languages:
            text = str(own.get(lang) or setting.value or "")
            if wrong := _not_inline(text):
                setting.tell(f"“{wrong}” may not stand there", "write words and links alone")
            elif text:
                found[lang] = text
        return found

    def repository(self, address: Setting) -> Link | None:
        """Where the files are kept."""
        name, parts = self.settings["repo_name"].value, urls.parts_of(str(address.value or ""))
        if not address.value:
            for key in ("edit_uri", "edit_uri_template", "repo_name"):
                edit = self.settings[key]
                if edit.is_written and edit.value and (key == "repo_name" or not urls.parts_of(str(edit.value)).scheme):
                    edit.tell("“repo_url” is missing, to which it belongs", "write repo_url: https://…")
        elif parts.scheme != "https":
            address.tell(f"it is “{address.written}”; expected https://…", "write the address of the repository")
        else:
            if parts.hostname in BRANCHED and not any(
                self.settings[key].is_written for key in ("edit_uri", "edit_uri_template")
            ):
                fix = "write edit_uri: edit/main/docs/, with the name of your own branch"
                address.tell("without “edit_uri” its links to suggest a change lead to the branch “master”", fix)
            return Link(str(address.value), str(name or parts.hostname or ""))
        return None

    def social(self, social: Setting) -> Iterator[Social]:
        """Places where the publisher is found."""
        if social.value is not None and not isinstance(social.value, list):
            return social.tell(f"it is “{social.written}”; expected a list", "write - {icon: …, link: …, name: …}")
        for i, item in enumerate(social.value or ()):
            place = social[i]
            if not isinstance(item, Mapping):
                place.tell(
                    f"it is “{place.written}”; expected icon, link and name", "write {icon: …, link: …, name: …}"
                )
                continue
            place.tell_idle_keys(("icon", "link", "name"))
            link, name = item.get("link"), item.get("name")
            parts = urls.parts_of(link if isinstance(link, str) else "")
            if parts.scheme not in SCHEMES:
                place["link"].tell(
                    f"it is “{place['link'].written}”; expected an address", "write https://… or mailto:…"
                )
            elif all((place["icon"].is_icon(), place["name"].is_words())):
                yield Social(str(link), str(item["icon"]), social.in_languages(name or parts.hostname or parts.path))


def _text(files: Iterable[Path]) -> str:
    return "\n".join(path.read_text("utf-8", "replace") for path in files)


class _Inline(HTMLParser):
    """Finds the first of what is more than words and links."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong = ""
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        is_known = tag in INLINE and all(name in INLINE[tag] for name, _ in attrs)
        if not is_known or (tag == "a" and urls.parts_of(dict(attrs).get("href") or "").scheme not in SCHEMES):
            self.wrong = self.wrong or (self.get_starttag_text() or tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong = self.wrong or f"</{tag}>"

    def handle_comment(self, data: str) -> None:
        self.wrong = self.wrong or "<!--"


def _not_inline(text: str) -> str:
    """What of a line of HTML is more than words and links, or is not closed."""
    parser = _Inline()
    parser.feed(text)
    return parser.wrong or (f"<{parser.open[-1]}>" if parser.open else "") or ("<" if "<" in parser.rawdata else "")
