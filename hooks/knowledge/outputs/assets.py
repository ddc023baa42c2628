"""The site's own style sheet, scripts and fonts, with addresses that change when they do."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
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
        made = small({path: make() for path, make in self._makes.items()}, self.kept)
        rare = frozenset(ICONS) - EVERYWHERE
        for sheet, kinds in (("site", EVERYWHERE), *((name, EVERYWHERE) for name in WHOLE), (VOCABULARY, rare)):
            made[f"assets/{sheet}.css"] = made.get(f"assets/{sheet}.css", "") + icons(kinds)  # with their licence
        return made

    @property
    def names(self) -> frozenset[str]:
        """The paths of what is made, without making it."""
        return frozenset(self._makes)

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
    def _makes(self) -> dict[str, Callable[[], str]]:
        """What makes each, by path."""
        names = [path.stem for path in files_in(self._scripts, "*.js")]
        # In each language, whose words are their own stems where it has none.
        stems = {lang: f"stem.{lang}" if f"stem.{lang}" in names else "stem" for lang in self.languages}
        bundled = {name for bundle in BUNDLES.values() for name in bundle} | {*FINDER}
        alone = [name for name in names if name not in bundled and name.partition(".")[0] != "stem"]
        sheets = sorted(path.name for path in self._styles.glob("*") if path.is_dir() and path.name != TOOLS)
        makes: dict[str, Callable[[], str]] = {f"{name}.css": partial(self._sheet, name) for name in sheets}
        makes |= {f"{name}.css": partial(self._site_sheet, added) for name, added in (("site", ""), *WHOLE.items())}
        makes |= {f"{name}.js": partial(self._bundle, names) for name, names in BUNDLES.items()}
        makes |= {f"finder.{lang}.js": partial(self._modules, (stem, *FINDER)) for lang, stem in stems.items()}
        makes |= {f"js/{name}.js": partial(self._source, name) for name in alone}
        return {f"assets/{path}": make for path, make in makes.items()}

    @property
    def _styles(self) -> Path:
        return self.folder / "css"

    @property
    def _scripts(self) -> Path:
        return self.folder / "js"

    def _site_sheet(self, added: str) -> str:
        """The site's own style sheet, with the settings' and another's rules before those that come last."""
        sheets = {path.stem: _text(path) for path in files_in(self._styles, "*.css")}
        last = [sheets.pop(LAST)] if LAST in sheets else []
        between = [self.css] if self.css else []
        return "\n".join([*sheets.values(), *between, *([self._sheet(added)] if added else []), *last])

    def _sheet(self, name: str) -> str:
        return "\n".join(_text(path) for path in files_in(self._styles / name, "*.css"))

    def _source(self, name: str) -> str:
        return _text(self._scripts / f"{name}.js")

    def _modules(self, names: Iterable[str]) -> str:
        """Modules as one, in which they need no imports of each other."""
        return "".join(IMPORTS.sub("", self._source(name)) for name in names)

    def _bundle(self, names: Iterable[str]) -> str:
        """Scripts, each in a function, whose names are its own and become short; `crisis` with its words as `data`."""
        data = {"crisis": self._crisis_data}
        return "".join("(() => {" + data.get(name, "") + self._source(name) + "})();\n" for name in names)

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
    import material

    folder = Path(material.__file__).parent / "templates/.icons/material"
    chosen = {
        kind: (folder / f"{name}.svg").read_text("utf-8").strip() for kind, name in ICONS.items() if kind in kinds
    }
    addresses = {kind: f"data:image/svg+xml,{quote(icon, SAFE)}" for kind, icon in chosen.items()}
    found = "".join(f"--md-admonition-icon--{kind}:url('{address}');" for kind, address in addresses.items())
    return f"/* Material Design Icons, Apache License 2.0 */\n:root{{{found}}}\n"
