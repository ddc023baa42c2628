"""Everyday words: groups of words that mean much the same to somebody who searches."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

Group = Annotated[str, Field(pattern=r"^[a-zæøå0-9-]+(?: [a-zæøå0-9-]+)+$")]
"""Two words or more, with spaces between them; each is found where one of the others stands."""
