"""What mkdocs.yml gives to the content: the words for its placeholders, and files that only a setting names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..core.folder import files_in
from ..core.language import Language
from .settings import ConfigFile


@dataclass(frozen=True)
class Given:
    """What the content is read with."""

    site_name: str = ""
    """Without one, the placeholder stays in the texts."""
    visits: Mapping[Language, str] = field(default_factory=dict)
    """Whether visits are counted, as the page on privacy says it."""
    files: frozenset[str] = frozenset()
    """Paths below `docs/` of what settings name: a logo, style sheets, scripts, fonts."""

    @classmethod
    def beside(cls, docs: Path) -> Given:
        """For whoever has the content folder alone: what the mkdocs.yml beside it says, if there is one."""
        file = docs.parent / "mkdocs.yml"
        values = ConfigFile.read(file).values if file.is_file() else {}
        name, theme = values.get("site_name"), values.get("theme")
        pictures = [theme.get(key) for key in ("logo", "favicon")] if isinstance(theme, Mapping) else []
        listed = [*(values.get("extra_css") or ()), *(values.get("extra_javascript") or ())]
        paths = [item.get("path") if isinstance(item, Mapping) else item for item in (*pictures, *listed)]
        fonts = [path.relative_to(docs).as_posix() for path in files_in(docs, "assets/fonts/*.wof*")]
        files = frozenset(path for path in (*paths, *fonts) if path and isinstance(path, str))
        return cls(name if isinstance(name, str) else "", files=files)

    def words(self, lang: Language | None = None) -> dict[str, str]:
        """What placeholders stand for, in texts of a language."""
        name = {"site_name": self.site_name} if self.site_name else {}
        return name | ({"visits": self.visits[lang]} if lang and lang in self.visits else {})


NOTHING_GIVEN = Given()
