"""The panel: in a preview, what is wrong, in the page itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from .article import LANGUAGES
from .problems import Problem
from .view import read_strings


@dataclass
class Panel:
    """What one build of a preview has to say."""

    overrides: Path = Path()
    problems: Sequence[Problem] = ()
    failure: str = ""
    """Why the site could not be built; what is shown is then older than the sources."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Which file each page is made of, by address."""

    def into(self, page: bytes, address: str) -> bytes:
        """A page with the panel, or as it was where there is nothing to tell.

        Args:
            address: the page's, such as `/en/help/`.
        """
        if not (self.problems or self.failure):
            return page
        start, end, rest = page.rpartition(b"</body>")
        return (start or rest) + self._html(address).encode() + (end + rest if start else b"")

    @cached_property
    def first_pages(self) -> dict[str, str]:
        """What stands in an empty site until it can be built."""
        template = self._templates.get_template("unbuilt.html")
        return {
            "index.html" if lang == LANGUAGES[0] else f"{lang}/index.html": template.render(lang=lang, t=words)
            for lang, words in self._strings.items()
        }

    def _html(self, address: str) -> str:
        lang = "en" if "/en/" in address else "da"
        here, order = self.files.get(address), {"error": 0, "warning": 1}
        told = sorted(self.problems, key=lambda p: (p.file != here, order[p.level], p))
        errors = sum(problem.level == "error" for problem in told)
        template = self._templates.get_template("partials/panel.html")
        return template.render(t=self._strings[lang], told=told, errors=errors, here=here, failure=self.failure)

    @cached_property
    def _strings(self):
        return read_strings(self.overrides / "strings")

    @cached_property
    def _templates(self) -> Environment:
        return Environment(loader=FileSystemLoader(self.overrides), autoescape=True, trim_blocks=True)
