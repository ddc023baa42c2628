"""The languages of the site."""

from __future__ import annotations

from typing import Literal

LANGUAGES = ("da", "en")
"""The original language first."""

Language = Literal["da", "en"]
