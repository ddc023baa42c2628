"""Everyday words: groups of words that mean much the same to somebody who searches."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

Group = Annotated[str, Field(pattern=r"^[a-z0-9ß-öø-ÿ-]+(?: [a-z0-9ß-öø-ÿ-]+)+$")]
"""Two words or more, with spaces between them; each is found where one of the others stands."""
