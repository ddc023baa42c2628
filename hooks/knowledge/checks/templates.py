"""Templates: what a build would stumble on in `overrides/`, found by reading them with the shapes of what they show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from ..core.folder import files_in
from ..core.once import once
from ..core.problems import Problem, within_sentence
from .shapes import Shape

RULE = "template"
PARTIALS = tuple(f"partials/**/*.{ending}" for ending in ("html", "svg", "js"))
KINDS = ("*.html", "*.svg", *PARTIALS, "preview/*.html")
"""The files that Jinja reads."""
FILTERS = ("asset", "bound", "foreign", "in_words", "language", "tapped", "url", "script_tag")
"""What the site and MkDocs add to Jinja's own."""


@dataclass
class Used:
    """What templates use of the interface's words."""

    keys: dict[str, str] = field(default_factory=dict)
    """Each key, with a place."""
    beginnings: dict[str, str] = field(default_factory=dict)
    """Beginnings of keys whose end a page decides, with a place."""
    blanks: dict[str, list[tuple[str, frozenset[str]]]] = field(default_factory=dict)
    """What is filled in for each key: a place, and the blanks' names."""
    is_whole: bool = True
    """Whether all templates could be read."""


@dataclass
class Templates:
    """The templates of a site.

    Attributes:
        folder: `overrides/`, or what an owner calls it.
        shown: what templates show, by their names: the shape of each name in them.
        is_asset: whether there is a file that the site serves as `assets/…`.
    """

    folder: Path
    shown: Mapping[str, Mapping[str, Shape]]
    is_asset: Callable[[str], bool]
    problems: list[Problem] = field(default_factory=list)
    used: Used = field(default_factory=Used)

    def told(self, name: str, line: int, message: str, fix: str, root: str = "") -> None:
        """Note what is wrong in a template, once, and of which other one it is a part there."""
        file = f"{self.folder.name}/{name}"
        if not any((p.file, p.line) == (file, line) and p.message.startswith(message) for p in self.problems):
            message = f"{message}, as part of {root}" if root not in ("", name) else message
            self.problems.append(Problem(file, line, 1, RULE, message, fix))

    @property
    def names(self) -> list[str]:
        """The files that Jinja reads, by their path below the folder."""
        return sorted(path.relative_to(self.folder).as_posix() for path in files_in(self.folder, *KINDS))

    # --- Files ------------------------------------------------------------------------------

    def __post_init__(self) -> None:
        self.env = Environment()
        for name in FILTERS:
            self.env.filters[name] = str
        self._read: set[tuple] = set()

    def find(self, name: str, seen_from: str) -> str | None:
        """The template of a name, below the folder; None where there is none."""
        folders = ("preview/", "") if seen_from.startswith("preview/") else ("",)
        found = (folder + name for folder in folders if (self.folder / folder / name).is_file())
        return next(found, None)

    def is_icon(self, name: str) -> bool:
        """Whether a name is that of one of Material's icons."""
        theme = find_spec("material") if name.startswith(".icons/") else None
        places = (theme.submodule_search_locations or ()) if theme else ()
        return any(Path(place, "templates", name).is_file() for place in places)

    def begin(self, *what: object) -> bool:
        """Whether something has not been read yet; it has been from now on."""
        is_new = what not in self._read
        self._read.add(what)
        return is_new

    @once
    def tree(self, name: str) -> nodes.Template | None:
        """A template as it was parsed; None where it cannot be, which is told."""
        try:
            tree = self.env.parse((self.folder / name).read_text("utf-8"), name)
        except TemplateSyntaxError as error:
            fix = "correct the line; every {% if %}, {% for %} and {% block %} ends"
            self.told(name, error.lineno, f"the template cannot be read: {within_sentence(error.message or '')}", fix)
            return None
        except OSError as error:
            self.told(name, 1, f"the file cannot be read: {error.strerror}", "let everybody read it")
            return None
        blocks: set[str] = set()
        for block in tree.find_all(nodes.Block):
            if block.name in blocks:
                self.told(name, block.lineno, f"there are two blocks “{block.name}”", "give one another name")
            blocks.add(block.name)
        return tree

    @once
    def macros(self, name: str) -> dict[str, tuple[nodes.Macro, set[str]]]:
        """The macros of a template by name, with the names that stand in each."""
        tree = self.tree(name)
        found = tree.find_all(nodes.Macro) if tree else ()
        return {m.name: (m, {used.name for used in m.find_all(nodes.Name)}) for m in found}
