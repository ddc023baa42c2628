"""A setting of mkdocs.yml at its place: its value, its line, and what can be wrong with any."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from ...content.settings import ConfigFile
from ...core.document import KeyPath, in_yaml
from ...core.language import LANGUAGES, Language, Languages
from ...core.problems import Problem, did_you_mean

RULE = "setting"


@dataclass(frozen=True)
class Setting:
    """One key of mkdocs.yml, or an item of a list there."""

    file: ConfigFile
    path: KeyPath
    value: Any
    """As MkDocs resolved it."""
    icons: tuple[Path, ...] = ()
    """Folders of the theme that hold icons."""
    languages: Languages = LANGUAGES
    """Of the site."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with it, and with all that are read with it."""

    @cached_property
    def is_written(self) -> bool:
        """Whether the owner set it: most settings of a theme have a value in any case."""
        return self.path in self.file.places

    @cached_property
    def name(self) -> str:
        """As a message names it: `theme.icon.logo`."""
        return ".".join(str(part) for part in self.path if isinstance(part, str))

    @cached_property
    def written(self) -> str:
        """Its value, as a message shows it."""
        return in_yaml(self.value)

    def __getitem__(self, key: str | int) -> Setting:
        """A key below it; its value is None where there is none."""
        if isinstance(key, int):
            value = self.value[key] if isinstance(self.value, list) and key < len(self.value) else None
        else:
            value = self.value.get(key) if isinstance(self.value, Mapping) else None
        return replace(self, path=(*self.path, key), value=value)

    def tell(self, message: str, fix: str) -> None:
        """Say what is wrong with it, at its line."""
        self.problems.append(self.file.problem(RULE, self.path, f"“{self.name}”: {message}", fix))

    def tell_idle(self, fix: str) -> None:
        """Say that it changes nothing, at its line."""
        message = f"the setting “{self.name}” has no effect here"
        self.problems.append(self.file.problem(RULE, self.path, message, fix))

    def tell_idle_keys(self, known: Collection[str]) -> None:
        """Say which keys below it change nothing: all but those that are known."""
        for key in self.value:
            if key not in known:
                self[key].tell_idle(did_you_mean(str(key), known))

    def is_icon(self) -> bool:
        """Whether it names an icon; else it is told."""
        name = self.value
        if name is None:
            self.tell("it is missing", "write the name of an icon: material/heart")
            return False
        if isinstance(name, str) and ".." not in name and any(is_file(f / f"{name}.svg") for f in self.icons):
            return True
        known = (path.relative_to(f) for f in self.icons for path in f.rglob("*.svg"))
        fix = did_you_mean(str(name), [path.with_suffix("").as_posix() for path in known], "Material's icon search")
        self.tell(f"there is no icon “{self.written}”", fix)
        return False

    def is_words(self) -> bool:
        """Whether it is nothing or a text for readers, one for all languages or one for each; else it is told."""
        if self.value is None or isinstance(self.value, str):
            return True
        if isinstance(self.value, Mapping) and {*self.value} == {*self.languages}:
            if all(isinstance(text, str) for text in self.value.values()):
                return True
        languages = ", ".join(f"{lang}: …" for lang in self.languages)
        self.tell(f"it is “{self.written}”; expected words", f"write a text, or {{{languages}}}")
        return False

    def in_languages(self, words: str | Mapping[Language, str]) -> dict[Language, str]:
        """A text for readers, in each language."""
        return {lang: words if isinstance(words, str) else words[lang] for lang in self.languages}


def is_file(path: Path) -> bool:
    """Whether there is a file; there is none of a name that no system has."""
    try:
        return path.is_file()
    except (OSError, ValueError):  # too long; with a null in it
        return False
