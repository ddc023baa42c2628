"""Whom a picture is by, and what its licence lets others do with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

OWN, PERMITTED = "own", "permission"
"""What stands for a licence where whoever took it shows it, or has said that it may be shown."""
CREATIVE_COMMONS = re.compile(r"CC (BY(?:-NC)?(?:-(?:SA|ND))?) ([1-4]\.\d)|CC0 (1\.0)", re.IGNORECASE)


@dataclass(frozen=True)
class Credit:
    """Who made a picture."""

    name: str
    licence: str | None = None
    """As it is called: `CC BY 4.0`; or `own` or `permission`."""

    @property
    def is_own(self) -> bool:
        """Whether it is shown by whoever took it, who needs no licence."""
        return (self.licence or "").lower() == OWN

    @property
    def is_permitted(self) -> bool:
        """Whether whoever took it has said that it may be shown here."""
        return (self.licence or "").lower() == PERMITTED

    @property
    def address(self) -> str | None:
        """Where the licence can be read, if it is one of Creative Commons."""
        found = CREATIVE_COMMONS.fullmatch(self.licence or "")
        if not found:
            return None
        kind = f"licenses/{found[1].lower()}/{found[2]}" if found[1] else f"publicdomain/zero/{found[3]}"
        return f"https://creativecommons.org/{kind}/"
