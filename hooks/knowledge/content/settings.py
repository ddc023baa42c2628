"""The settings of one block in mkdocs.yml: read against a model, with the line of what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, Field, ValidationError

from ..core.problems import Problem, did_you_mean
from .record import lines_of

Email = Annotated[str, Field(pattern=r"^[^\s@,;:<>]+@[^\s@,;:<>]+\.[^\s@,;:<>]+$")]
Model = TypeVar("Model", bound=BaseModel)

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Hosts that are this machine: the only ones that need no https."""


@dataclass(frozen=True)
class Section:
    """A section below `extra` of mkdocs.yml."""

    file: str
    name: str
    lines: Mapping[str, int]
    """The line of each key of the file: `extra.newsletter.lists.da`."""

    @classmethod
    def of(cls, config_file: Path, name: str) -> Section:
        """The section of a file; a file that inherits it does not hold its lines."""
        node = yaml.compose(config_file.read_text("utf-8"), Loader=yaml.SafeLoader)
        return cls(config_file.name, name, dict(lines_of(node)))

    def problem(self, key: str, message: str, mend: str) -> Problem:
        """What is wrong with a key, at its line or at that of the section it is missing from."""
        parts = ["extra", self.name, *(key.split(".") if key else ())]
        paths = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
        line = next((self.lines[path] for path in paths if path in self.lines), 1)
        return Problem(self.file, line, 3, self.name, f"extra.{self.name}: {message}", mend)

    def read(self, model: type[Model], values: Any) -> tuple[Model | None, list[Problem]]:
        """The settings, or None and everything that is wrong with them; nothing set is an empty section."""
        try:
            return model.model_validate({} if values is None else values), []
        except ValidationError as error:
            return None, [self._explain(details, model) for details in error.errors()]

    def _explain(self, details: Any, model: type[BaseModel]) -> Problem:
        key = ".".join(str(part) for part in details["loc"])
        if details["type"] == "extra_forbidden":
            known = [*model.model_fields] if len(details["loc"]) == 1 else []
            mend = did_you_mean(key, known) if known else "delete it, or see the comments in mkdocs.yml"
            return self.problem(key, f"“{key}” is not a known setting", mend)
        if details["type"] == "string_pattern_mismatch":
            return self.problem(key, f"“{key}” is “{details['input']}”; expected an e-mail address", "correct it")
        return self.problem(key, f"“{key}”: {details['msg']}", "see the comments in mkdocs.yml")
