"""The site's own style sheet, scripts and fonts, with addresses that change when they do."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from ..content import urls
from ..content.data import CrisisWords
from ..core.cache import NO_CACHE, Cache
from ..core.fingerprint import checksum
from ..core.folder import files_in
from ..core.language import LANGUAGES, Language, Languages
from ..core.once import once
from ..markdown.vocabulary import EVERYWHERE
from .small import small

BUNDLES = {
    "site": ("scheme", "language", "contents", "crisis", "search"),
    "article": ("scheme", "language", "contents", "questions", "notes", "share", "crisis", "search"),
}
"""Scripts that a page loads as one, because each request of its own puts off the first sight of a page on a phone."""

FINDER = ("words", "known", "finder", "passages")
"""Modules that are fetched as one with the first search, behind the stems of their language."""
IMPORTS = re.compile(r"^import .*\n", re.MULTILINE)
"""What they need of each other stands beside them then."""

TOOLS = "tools"
"""The style sheet of pages that are one, which is loaded with the site's alone."""
WHOLE = {"figured": "figures", "equipped": TOOLS}
"""The site's style sheet with another's rules: articles with a figure, and pages that are a tool, load one, not two."""

LAST = "print"
"""The style sheet that comes after all blocks, so that paper has the last word; `_base` comes before them."""
SAFE = " =,.-"
"""What an icon's address holds as it is; all else could end it, or look like an address of its own."""
KINDS = (".css", ".js", ".svg", ".woff2", ".woff", ".txt", ".png", ".jpg", ".webp", ".avif", ".ico", ".webmanifest")
"""Endings of what may lie in `overrides/assets/`; nothing else goes into the site."""


ICONS = {
    "note": "pencil-circle",
    "abstract": "clipboard-text",
    "info": "information",
    "tip": "fire",
    "success": "check-circle",
    "question": "help-circle",
    "warning": "alert",
    "failure": "close-circle",
    "danger": "lightning-bolt-circle",
    "bug": "shield-bug",
    "example": "comment-text",  # Material has a test tube, which says nothing to readers of stories about people.
    "quote": "format-quote-close",
}
"""The icons of boxes, of those that Material brings: Material Design Icons, Apache License 2.0."""
VOCABULARY = "vocabulary"
"""The style sheet of what few texts hold, which brings the icons of the kinds of boxes that are rare."""


@dataclass(frozen=True)
class Assets:
    """The files of `overrides/assets/`."""

    folder: Path
    site_url: str
    crisis_words: Mapping[Language, CrisisWords]
    css: str = ""
    """What the settings of the theme add to the style sheet."""
    languages: Languages = LANGUAGES
    kept: Cache = NO_CACHE

    @cached_property
    def made(self) -> dict[str, str]:
        """What stands in no file of its own, by path: all blocks' styles and scripts, each as one."""
        sheets = sorted(files_in(self._styles, "*.css"), key=lambda path: (path.stem == LAST, path))
        styles = [_text(path) for path in sheets]
        if self.css:
            styles.insert(-1 if sheets and sheets[-1].stem == LAST else len(styles), self.css)
        whole = {f"assets/{name}.css": self._sheet(name) for name in self._sheets}
        whole["assets/site.css"] = "\n".join(styles)
        for name, added in WHOLE.items():
            whole[f"assets/{name}.css"] = "\n".join([*styles[:-1], self._sheet(added), *styles[-1:]])
        whole |= {f"assets/{bundle}.js": "".join(map(self._script, names)) for bundle, names in BUNDLES.items()}
        whole |= {f"assets/{bundle}.js": "".join(map(self._module, names)) for bundle, names in self._finders.items()}
        whole |= {f"assets/js/{name}.js": self._source(name) for name in self._alone}
        made = small(whole, self.kept)
        rare = frozenset(ICONS) - EVERYWHERE
        for sheet, kinds in (("site", EVERYWHERE), *((name, EVERYWHERE) for name in WHOLE), (VOCABULARY, rare)):
            made[f"assets/{sheet}.css"] = made.get(f"assets/{sheet}.css", "") + icons(kinds)  # with their licence
        return made

    @property
    def names(self) -> frozenset[str]:
        """The paths of what is made, without making it."""
        bundles = (f"assets/{bundle}.js" for bundle in BUNDLES | self._finders)
        sheets = (f"assets/{name}.css" for name in ("site", *WHOLE, *self._sheets))
        return frozenset((*sheets, *bundles, *(f"assets/js/{name}.js" for name in self._alone)))

    def keeps(self, path: str | None) -> bool:
        """Whether a file of the theme is ours and goes into the site as it is."""
        if not path:
            return False
        above, name = os.path.split(path)
        if not name.endswith(KINDS) or name.endswith(".css") or name.startswith(".") or os.path.islink(path):
            return False
        folder = self._resolved(above)
        return folder.is_relative_to(self.folder) and folder != self._resolved(str(self._scripts))

    @once
    def href(self, name: str) -> str:
        """The address of `assets/…` with its version, so that browsers may keep it for ever."""
        content = self.made[name].encode() if name in self.made else (self.folder.parent / name).read_bytes()
        return f"{urls.rooted(self.site_url, name)}?v={checksum(content)[:8]}"

    @once
    def _resolved(self, folder: str) -> Path:
        """A folder itself, where a path leads to it by links: few folders hold all files of a theme."""
        return Path(folder).resolve()

    @cached_property
    def _finders(self) -> dict[str, tuple[str, ...]]:
        """For each language, whose words are their own stems where it has none."""
        there = {path.name for path in self._scripts.glob("stem*.js")}
        stems = {lang: f"stem.{lang}" if f"stem.{lang}.js" in there else "stem" for lang in self.languages}
        return {f"finder.{lang}": (name, *FINDER) for lang, name in stems.items()}

    @cached_property
    def _alone(self) -> list[str]:
        """The scripts that a page loads on their own; not the stems of languages that the site lacks."""
        bundled = {name for names in BUNDLES.values() for name in names} | {*FINDER}
        names = (path.stem for path in files_in(self._scripts, "*.js"))
        return [name for name in names if name not in bundled and name.partition(".")[0] != "stem"]

    @property
    def _styles(self) -> Path:
        return self.folder / "css"

    @cached_property
    def _sheets(self) -> list[str]:
        """The style sheets that some pages load beside `site.css`: the folders of `css/`."""
        return sorted(path.name for path in self._styles.glob("*") if path.is_dir() and path.name != TOOLS)

    def _sheet(self, name: str) -> str:
        return "\n".join(_text(path) for path in files_in(self._styles / name, "*.css"))

    @property
    def _scripts(self) -> Path:
        return self.folder / "js"

    def _source(self, name: str) -> str:
        return _text(self._scripts / f"{name}.js")

    def _module(self, name: str) -> str:
        return IMPORTS.sub("", self._source(name))

    def _script(self, name: str) -> str:
        """A script in a block, so that its names are its own; `crisis` with its words, as `data`."""
        return "{" + (self._crisis_data if name == "crisis" else "") + self._source(name) + "}\n"

    @property
    def _crisis_data(self) -> str:
        """All languages' words: who searches in one may despair in another. A list is a text, which takes less."""
        lists = [words.model_dump() for words in self.crisis_words.values()]
        words = {
            name: ",".join(one if isinstance(one, str) else ",".join(one) for one in (words[name] for words in lists))
            for name in CrisisWords.model_fields
        }
        return f"const data = {json.dumps(words, ensure_ascii=False, separators=(',', ':'))};\n"


def _text(file: Path) -> str:
    """What a file says, whatever wrote it: a preview shows pages meanwhile, and no build gets here with such a one."""
    return file.read_text("utf-8", "replace")


@cache
def icons(kinds: frozenset[str]) -> str:
    """The icons of some kinds of boxes for a style sheet, under Material's names for them, taken from its package."""
    package = find_spec("material")
    places = package.submodule_search_locations if package else None
    folder = Path(*places) / "templates/.icons/material" if places else Path()
    chosen = ((kind, name) for kind, name in ICONS.items() if kind in kinds)
    drawn = ((kind, (folder / f"{name}.svg").read_text("utf-8").strip()) for kind, name in chosen)
    found = "".join(
        f"--md-admonition-icon--{kind}:url('data:image/svg+xml,{quote(icon, SAFE)}');" for kind, icon in drawn
    )
    return f"/* Material Design Icons, Apache License 2.0 */\n:root{{{found}}}\n"
