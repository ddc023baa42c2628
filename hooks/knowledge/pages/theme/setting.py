"""A setting of mkdocs.yml at its place: its value, its line, and what can be wrong with any."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from ...content.settings import ConfigFile
from ...core.document import KeyPath
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

    @cached_property
    def is_written(self) -> bool:
        """Whether the owner set it: most settings of a theme have a value in any case."""
        return self.path in self.file.places

    @cached_property
    def name(self) -> str:
        """As a message names it: `theme.icon.logo`."""
        return ".".join(str(part) for part in self.path if isinstance(part, str))

    def __getitem__(self, key: str | int) -> Setting:
        """A key below it; its value is None where there is none."""
        if isinstance(key, int):
            value = self.value[key] if isinstance(self.value, list) and key < len(self.value) else None
        else:
            value = self.value.get(key) if isinstance(self.value, Mapping) else None
        return replace(self, path=(*self.path, key), value=value)

    def problem(self, message: str, fix: str) -> Problem:
        """What is wrong with it, at its line."""
        return self.file.problem(RULE, self.path, f"“{self.name}”: {message}", fix)

    def without_effect(self, fix: str) -> Problem:
        """That it changes nothing, at its line."""
        return self.file.problem(RULE, self.path, f"the setting “{self.name}” has no effect here", fix)

    def idle_keys(self, known: Collection[str]) -> list[Problem]:
        """That keys below it change nothing, but for those that are known."""
        return [self[key].without_effect(did_you_mean(str(key), known)) for key in self.value if key not in known]

    def wrong_icon(self) -> list[Problem]:
        """What is wrong with the name of an icon."""
        name = self.value
        if isinstance(name, str) and ".." not in name and any(is_file(f / f"{name}.svg") for f in self.icons):
            return []
        known = (path.relative_to(f) for f in self.icons for path in f.rglob("*.svg"))
        fix = did_you_mean(str(name), [path.with_suffix("").as_posix() for path in known], "Material's icon search")
        return [self.problem(f"there is no icon “{name}”", fix)]

    def wrong_words(self) -> list[Problem]:
        """What is wrong with a text for readers: one for all languages, or one for each."""
        if self.value is None or isinstance(self.value, str):
            return []
        if isinstance(self.value, Mapping):
            missing = [lang for lang in self.languages if not isinstance(self.value.get(lang), str)]
            surplus = [lang for lang in self.value if lang not in self.languages]
            if not missing and not surplus:
                return []
        languages = ", ".join(f"{lang}: …" for lang in self.languages)
        return [self.problem(f"it is “{self.value}”; expected words", f"write a text, or {{{languages}}}")]

    def in_languages(self, words: str | Mapping[Language, str]) -> dict[Language, str]:
        """A text for readers, in each language."""
        return {lang: words if isinstance(words, str) else words[lang] for lang in self.languages}


def is_file(path: Path) -> bool:
    """Whether there is a file; there is none of a name that no system has."""
    try:
        return path.is_file()
    except (OSError, ValueError):  # too long; with a null in it
        return False
