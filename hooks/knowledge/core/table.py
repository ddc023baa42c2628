"""Tables: what stands as YAML of our own beside a module, or in `overrides/strings/`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def table(file: Path) -> Any:
    """What a file says, in plain values; what an editor writes is read by `document`, which says what is wrong in it.

    Raises:
        OSError: where there is no such file.
    """
    return yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
