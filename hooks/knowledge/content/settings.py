"""The settings in mkdocs.yml: read against a model, with the line of what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from ..core.decoding import decode
from ..core.document import TYPOGRAPHIC, Document, KeyPath, closest, in_yaml, read_document
from ..core.folder import path_from
from ..core.language import LANGUAGES, Languages
from ..core.problems import Problem, did_you_mean
from .wrong_value import EXPECTED

Email = Annotated[str, Field(pattern=r"^[^\s@,;:<>]+@[^\s@,;:<>]+\.[^\s@,;:<>]+$")]
Model = TypeVar("Model", bound=BaseModel)

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Hosts that are this machine: the only ones that need no https."""


TAGS = ("!ENV", "!relative", "tag:yaml.org,2002:python/name:")
"""Beginnings of the tags that MkDocs knows."""


@dataclass(frozen=True)
class ConfigFile:
    """mkdocs.yml as it is written, with the files that it inherits from."""

    name: str
    values: Mapping[str, Any]
    """As far as they can be read; a key at the top of an inheriting file stands for all of that key."""
    places: Mapping[KeyPath, tuple[str, int]]
    """Each key and item with its file and line; of a key that stands in several files, the first of them."""
    problems: tuple[Problem, ...] = ()
    plugins: Any = None
    """The setting “plugins”, the file's own or the nearest that it inherits."""
    folder: Path = Path()
    """In which the file lies."""

    @classmethod
    def read(cls, file: Path) -> ConfigFile:
        """Read the file and what it inherits from."""
        places: dict[KeyPath, tuple[str, int]] = {}
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        next_file: Path | None = file.resolve()
        seen: set[Path] = set()
        plugins = None
        while next_file:
            seen.add(next_file)
            name = path_from(file.resolve().parent, next_file)
            document = _document(next_file, name)
            problems += document.problems
            for path, (line, _) in document.places.items():
                places.setdefault(path, (name, line))
            own = document.values if isinstance(document.values, dict) else {}
            values, plugins = {**own, **values}, plugins or own.get("plugins")
            parent = own.get("INHERIT")
            if not isinstance(parent, str | None):
                fix = "write the path of one file, seen from this one"
                problems.append(document.problem(("INHERIT",), "“INHERIT” is no path", fix))
            next_file = (next_file.parent / parent).resolve() if isinstance(parent, str) else None
            if next_file and (next_file in seen or not next_file.is_file()):
                message, fix = f"“INHERIT”: there is no file “{parent}”", "correct its path, seen from this file"
                if next_file in seen:
                    message, fix = f"“INHERIT”: “{parent}” leads back to this file", "delete the line"
                problems.append(document.problem(("INHERIT",), message, fix))
                next_file = None
        return cls(file.name, values, places, tuple(problems), plugins, file.resolve().parent)

    def place(self, *path: str | int) -> tuple[str, int]:
        """The file and line of a key, or of what it is missing from; of a plugin by the name that MkDocs knows."""
        match path:
            case "plugins", str(name), *below:
                path = (*self._plugin(name), *below)
        return closest(self.places, path) or (self.name, 1)

    def _plugin(self, name: str) -> KeyPath:
        """Where a plugin stands in the list."""
        listed = self.plugins if isinstance(self.plugins, list) else ()
        for number, one in enumerate(listed):
            written = next(iter(one), "") if isinstance(one, dict) else one
            if str(written).rpartition("/")[2] == name.rpartition("/")[2]:
                return ("plugins", number, written) if isinstance(one, dict) else ("plugins", number)
        return "plugins", name

    def problem(self, rule: str, path: KeyPath, message: str, fix: str) -> Problem:
        """What is wrong with a key."""
        file, line = self.place(*path)
        return Problem(file, line, 1, rule, message, fix)

    def section(self, name: str, rule: str = "") -> ExtraSettings:
        """A section below `extra`, of this file or of one that it inherits from."""
        return ExtraSettings(self, name, rule)


def languages_of(config_file: Path) -> Languages:
    """The languages that mkdocs.yml names, for whoever is not told them by MkDocs."""
    plugins = ConfigFile.read(config_file).plugins if config_file.is_file() else None
    plugins = plugins if isinstance(plugins, list) else []
    options = [one["i18n"] for one in plugins if isinstance(one, dict) and isinstance(one.get("i18n"), dict)]
    return (options and Languages.of(options[0].get("languages") or ())) or LANGUAGES


def _document(file: Path, name: str) -> Document:
    try:
        return _read(file.read_bytes(), name)
    except OSError as error:
        problem = Problem(name, 1, 1, "config", f"the file cannot be read: {error.strerror}", "correct its name")
        return Document(name, "config", "", 1, problems=[problem])


@lru_cache(maxsize=16)
def _read(content: bytes, name: str) -> Document:
    """Read once in a process: a build asks for it several times, and a preview at each save; nobody may change it."""
    source, problems = decode(content, name, "config")
    document = read_document(source or "", name, "config", tags=TAGS)
    document.problems += problems
    for path, node in document.nodes.items():
        value = getattr(node, "value", None)
        if isinstance(value, str) and TYPOGRAPHIC.fullmatch(value):
            message = f"to YAML, “{value[0]}” and “{value[-1]}” belong to the text"
            document.problems.append(document.problem(path, message, f'write "{value[1:-1]}"'))
    if document.root and not document.problems and not isinstance(document.values, dict):
        document.tell(document.root.start_mark, "the file has no keys", "write lines such as “site_name: …”")
    return document


@dataclass(frozen=True)
class ExtraSettings:
    """A section below `extra` of mkdocs.yml."""

    file: ConfigFile
    name: str
    rule: str = ""
    """Of its problems; empty: the section's own."""

    def problem(self, key: str, message: str, fix: str) -> Problem:
        """What is wrong with a key, at its line or at that of the section it is missing from."""
        parts = (int(part) if part.isdecimal() else part for part in key.split(".") if part)
        file, line = self.file.place("extra", self.name, *parts)
        return Problem(file, line, 3, self.rule or self.name, f"extra.{self.name}: {message}", fix)

    def read(self, model: type[Model], values: Any) -> tuple[Model | None, list[Problem]]:
        """The settings, or None and everything that is wrong with them; nothing set is an empty section."""
        try:
            return model.model_validate({} if values is None else values), []
        except ValidationError as error:
            return None, [self._explain(details, model) for details in error.errors()]

    def _explain(self, details: Any, model: type[BaseModel]) -> Problem:
        key, kind = ".".join(map(str, details["loc"])), details["type"]
        if kind == "extra_forbidden":
            known = [*model.model_fields] if len(details["loc"]) == 1 else []
            fix = did_you_mean(key, known) if known else "delete it, or see the comments in mkdocs.yml"
            return self.problem(key, f"“{key}” is not a known setting", fix)
        if kind == "string_pattern_mismatch":
            return self.problem(
                key, f"“{key}” is “{in_yaml(details['input'])}”; expected an e-mail address", "correct it"
            )
        if kind in ("missing", "string_too_short"):
            return self.problem(key, f"“{key}” is {'missing' if kind == 'missing' else 'empty'}", "write it")
        if kind not in EXPECTED:
            return self.problem(key, f"“{key}”: {details['msg']}", "see the comments in mkdocs.yml")
        expected, fix = EXPECTED[kind]
        found = f"“{key}” is “{in_yaml(details['input'])}”" if key else f"it is “{in_yaml(details['input'])}”"
        return self.problem(key, f"{found}; expected {expected}", fix)
