"""The site's own style sheet, scripts and fonts, with addresses that change when they do."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from . import urls


@dataclass(frozen=True)
class Assets:
    """The files of `overrides/assets/`."""

    folder: Path
    site_url: str

    STYLES = "assets/site.css"
    """The one style sheet that a page loads, made of all files in `css/`."""

    @cached_property
    def styles(self) -> str:
        """All blocks' styles in one text, `_base.css` first."""
        return "\n".join(path.read_text("utf-8") for path in sorted((self.folder / "css").glob("*.css")))

    def keeps(self, path: str | None) -> bool:
        """Whether a file of the theme is ours and goes into the site as it is."""
        return bool(path) and Path(path).resolve().is_relative_to(self.folder) and Path(path).suffix != ".css"

    def href(self, name: str) -> str:
        """The address of `assets/…` with its version, so that browsers may keep it for ever."""
        content = self.styles.encode() if name == self.STYLES else (self.folder.parent / name).read_bytes()
        return f"{urls.rooted(self.site_url, name)}?v={hashlib.sha256(content).hexdigest()[:8]}"
