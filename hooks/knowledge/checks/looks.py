"""How the site looks: what is wrong with templates, words, drawings, style sheets and scripts in `overrides/`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

from jinja2 import ChainableUndefined, Environment, TemplateError

from ..content import svg
from ..content.front_matter import PageKind
from ..core.cache import NO_CACHE, Cache
from ..core.decoding import stored
from ..core.fingerprint import code, contents, digest
from ..core.folder import files_in, path_from
from ..core.language import LANGUAGES, Languages
from ..core.problems import Problem
from ..outputs.assets import BUNDLES, KINDS, Assets
from ..pages.view import View
from ..pages.views import VIEWS
from .markup import markup
from .scripts import scripts
from .strings import strings
from .styles import styles
from .template_reader import read
from .templates import Templates

PAGES = {f"{name}.html" for name in (*get_args(PageKind), *VIEWS, "main", "untranslated", "redirect")}
"""Templates that pages are made with."""
NEEDED = ("assets/fonts/literata-600.woff2", "assets/icon.svg", "social.svg", "partials/first.js")
"""Files that a build cannot do without, beside these."""
FONTS = {".woff2": b"wOF2", ".woff": b"wOFF"}
"""How a font's file begins."""


def looks(overrides: Path, languages: Languages, kept: Cache = NO_CACHE) -> list[Problem]:
    """What a build would stumble on."""
    name = digest("looks", code(), overrides.name, languages, contents(overrides))
    return kept.value(name, list[Problem], lambda: _looks(overrides, languages))


def static_files(overrides: Path, kept: Cache = NO_CACHE) -> list[Problem]:
    """What browsers would pass over in style sheets and scripts, without a word."""
    name = digest("styles", code(), overrides.name, contents(overrides))
    found = kept.value(name, list[Problem], lambda: styles(overrides, _is_asset(overrides, LANGUAGES)))
    return sorted([*found, *scripts(overrides)])


def _looks(overrides: Path, languages: Languages) -> list[Problem]:
    shown: dict[str, dict[str, Any]] = {
        path.name: {"view": VIEWS[path.stem][0] if path.stem in VIEWS else View}
        for path in files_in(overrides, "*.html")
    }
    shown["redirect.html"] = dict.fromkeys(("lang", "href", "canonical", "title"), str)
    templates = Templates(overrides, shown, _is_asset(overrides, languages))
    if unreadable := sorted(_saved_in_another_way(overrides, templates.names)):
        return unreadable  # Whatever else is told of them may not be so.
    read(templates)
    missing = [*_files(overrides)]
    templates.used.is_whole = not templates.problems and not missing
    words = strings(overrides / "strings", languages, templates.used, overrides / "assets/js")
    unread = {f"{overrides.name}/{name}" for name in templates.names if not templates.tree(name)}
    tags = {problem for problem in markup(overrides) if problem.file not in unread}
    gone = {f"there is no template “{problem.file.partition('/')[2]}”" for problem in missing}
    found = [problem for problem in templates.problems if problem.message not in gone]
    return sorted({*found, *tags, *words, *missing, *_drawings(overrides)})


def _is_asset(overrides: Path, languages: Languages):
    assets = Assets(overrides / "assets", "https://trinvis.example/", {}, languages=languages)
    return lambda name: name in assets.names or (name.startswith("assets/") and (overrides / name).is_file())


def _saved_in_another_way(overrides: Path, templates: Iterable[str]) -> Iterator[Problem]:
    """Templates, style sheets and scripts that are not UTF-8, or that git could not merge."""
    static = files_in(overrides, "**/*.css", "**/*.js")
    for name in {*templates, *(path_from(overrides, path) for path in static)}:
        if (overrides / name).is_file():
            yield from stored((overrides / name).read_bytes(), f"{overrides.name}/{name}", "looks")[1]


def _files(overrides: Path) -> Iterator[Problem]:
    """Files that are missing, and files that would be published and are nothing that a page uses."""
    bundled = (f"assets/js/{name}.js" for names in BUNDLES.values() for name in names)
    for name in (*sorted(PAGES), *NEEDED, *bundled):
        if not (overrides / name).is_file():
            yield _told(overrides, name, "the file is missing, and the site is made with it", "put it back: git has it")
        elif name in PAGES and not (overrides / name).read_bytes().strip():
            yield _told(overrides, name, "the template is empty, and no page would be made", "put it back: git has it")
    for path in files_in(overrides, "assets/**/*"):
        name = path_from(overrides, path)
        if path.is_symlink():
            yield _told(overrides, name, "it is a link (symlink)", "put the file itself here: links are not followed")
        elif path.is_file() and not path.name.endswith(KINDS):
            fix = f"delete it; what is here is published, and pages use {', '.join(sorted(KINDS))}"
            yield _told(overrides, name, "no page uses a file of this kind", fix)
        elif path.suffix in FONTS and path.is_file() and path.read_bytes()[:4] != FONTS[path.suffix]:
            yield _told(overrides, name, f"it is no font of the kind {path.suffix[1:].upper()}", "save the font again")


def _drawings(overrides: Path) -> Iterator[Problem]:
    """The icons, and the template that draws the pictures of shared links."""
    for path in files_in(overrides, "assets/**/*.svg"):
        if path.is_file() and not path.is_symlink():
            for line, message, fix in svg.flaws(path.read_bytes()):
                yield _told(overrides, path_from(overrides, path), message, fix, line, "drawing")
    look = overrides / "social.svg"
    try:
        drawn = Environment(autoescape=True, undefined=_Anything).from_string(look.read_text("utf-8")).render()
    except (OSError, UnicodeDecodeError, TemplateError, TypeError, ValueError):
        return  # It is told as a file, or as a template.
    for _, message, fix in svg.flaws(drawn.encode(), pictures=svg.ANY_PICTURE):
        yield _told(overrides, "social.svg", message, fix, rule="drawing")


def _told(overrides: Path, name: str, message: str, fix: str, line: int = 1, rule: str = "looks") -> Problem:
    return Problem(f"{overrides.name}/{name}", line, 1, rule, message, fix)


class _Anything(ChainableUndefined):
    """Stands for whatever a template is given: a number and a text."""

    def _one(self, *others: object) -> float:
        return 1.0

    # Jinja's own raise, so that their type is another.
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _one  # type: ignore[assignment]
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = _one  # type: ignore[assignment]
    __mod__ = __rmod__ = __pow__ = __neg__ = __pos__ = __float__ = _one  # type: ignore[assignment]

    def __str__(self) -> str:
        return "1"

    def __call__(self, *args: object, **kwargs: object) -> _Anything:  # type: ignore[override]  # Jinja's raises
        return self
