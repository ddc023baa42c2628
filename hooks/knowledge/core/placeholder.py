"""Placeholders: words in double braces that mkdocs.yml fills in, such as the site's name.

GitHub's preview shows them as they are written, and so does an editor's program.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

NAMES = ("site_name", "visits")
"""What a text may leave to the settings: the site's name, and whether visits are counted."""
PLACEHOLDER = re.compile(rf"\{{\{{ ?({'|'.join(NAMES)}) ?\}}\}}")


def filled(value: Any, values: Mapping[str, str]) -> Any:
    """A text, or texts in lists and mappings, with the placeholders filled in whose values are known."""
    if isinstance(value, str):
        return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), value) if "{{" in value else value
    if isinstance(value, dict):
        return {key: filled(item, values) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item, values) for item in value]
    return value
