"""Films: those of the site with their captions, and what an address on another site says."""

from __future__ import annotations

import re

from ..core.language import Language

SERVICES = {
    "YouTube": re.compile(
        r"https://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#\s]{0,200}&)?v=|shorts/|live/|embed/)|youtu\.be/)"
        r"[\w-]{6,}+[^\s<>]*+"
    ),
    "Vimeo": re.compile(r"https://(?:www\.|player\.)?vimeo\.com/(?:video/|channels/[\w-]+/)?\d++[^\s<>]*+"),
}
"""By name, what the address of one film looks like."""


def service_of(address: str) -> str | None:
    """The site on which an address shows a film; None for any other address."""
    return next((name for name, film in SERVICES.items() if film.fullmatch(address)), None)


def captions_of(path: str, lang: Language) -> tuple[str, str]:
    """What a film's captions in a language may be called: as the film with the language behind, or as the film."""
    stem = path.rpartition(".")[0]
    return f"{stem}-{lang}.vtt", f"{stem}.vtt"
