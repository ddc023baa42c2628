"""The site's own style sheet, scripts and fonts, with addresses that change when they do."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..content import urls

BUNDLES = {"site": ("scheme", "search"), "article": ("scheme", "questions", "notes", "share", "search")}
"""Scripts that a page loads as one, because each request of its own puts off the first sight of a page on a phone."""

KINDS = (".css", ".js", ".svg", ".woff2", ".woff", ".txt", ".png", ".jpg", ".webp", ".avif", ".ico", ".webmanifest")
"""Endings of what may lie in `overrides/assets/`; nothing else goes into the site."""


@dataclass(frozen=True)
class Assets:
    """The files of `overrides/assets/`."""

    folder: Path
    site_url: str

    @cached_property
    def made(self) -> dict[str, str]:
        """What stands in no file of its own, by path: all blocks' styles, `_base.css` first, and scripts in one."""
        styles = (path.read_text("utf-8") for path in sorted((self.folder / "css").glob("*.css")))
        return {"assets/site.css": "\n".join(styles)} | {
            f"assets/{bundle}.js": "".join(self._script(name) for name in names) for bundle, names in BUNDLES.items()
        }

    @property
    def names(self) -> frozenset[str]:
        """The paths of what is made, without making it."""
        return frozenset(("assets/site.css", *(f"assets/{bundle}.js" for bundle in BUNDLES)))

    def keeps(self, path: str | None) -> bool:
        """Whether a file of the theme is ours and goes into the site as it is."""
        if not path or not Path(path).resolve().is_relative_to(self.folder):
            return False
        name, bundled = Path(path).name, {f"{name}.js" for names in BUNDLES.values() for name in names}
        is_plain = name.endswith(KINDS) and not name.startswith(".") and not Path(path).is_symlink()
        return is_plain and not name.endswith(".css") and name not in bundled

    def href(self, name: str) -> str:
        """The address of `assets/…` with its version, so that browsers may keep it for ever."""
        content = self.made[name].encode() if name in self.made else (self.folder.parent / name).read_bytes()
        return f"{urls.rooted(self.site_url, name)}?v={hashlib.sha256(content).hexdigest()[:8]}"

    def _script(self, name: str) -> str:
        """A script in a block, so that its names are its own."""
        return "{\n" + (self.folder / f"js/{name}.js").read_text("utf-8") + "}\n"
