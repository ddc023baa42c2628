"""An article without a translation yet: a short, honest page stands in its place.

The Danish file says what that page is called, as `twin: {title, description, slug}`.
"""

from __future__ import annotations

from ..core.fingerprint import digest
from ..core.language import Language
from ..core.problems import Problem
from .article import Translation
from .front_matter import FrontMatter, Words

WAITING = ", or let an article wait for it: twin: {title: …, description: …, slug: …} in the Danish file"
"""How to fix a pair that is not one yet."""


def add_awaited(key: str, pair: dict[Language, Translation]) -> list[Problem]:
    """Add the awaited English translation to a pair whose Danish file announces it.

    Returns:
        A problem where the translation is there already, or where readers cannot do without it.
    """
    danish = pair.get("da")
    twin = danish.words.twin if danish and isinstance(danish.words, FrontMatter) else None
    if not twin:
        return []
    if "en" in pair:
        fix = "delete the key and the lines below it; the English file says its own title"
        return [Problem(f"docs/{danish.path}", danish.lines["twin"], 1, "pair", "the twin is written already", fix)]
    if danish.words.kind or "/" not in key or danish.words.step:
        fix = f"delete the key, and write docs/{key}.en.md"
        message = "only an article may wait for its twin, and no step of the ladder"
        return [Problem(f"docs/{danish.path}", danish.lines["twin"], 1, "pair", message, fix)]
    words = Words(title=twin.title, description=twin.description, slug=twin.slug)
    pair["en"] = Translation("en", f"{key}.en.md", words, "", 1, {}, digest=digest(repr(twin)), awaited=True)
    return []
