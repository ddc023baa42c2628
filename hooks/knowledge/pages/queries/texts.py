"""Queries that a text asks while it is converted."""

from __future__ import annotations

from collections.abc import Mapping

from ...content import urls
from ...content.film import captions_of
from ...content.translation_state import changed_on
from ...core.language import Language, language_name
from ...core.once import once
from ...core.strings import file_size, in_words
from ...markdown.recording import Attached
from ...markdown.term import Term
from .sources import Sources

ATTACHED = {".mp3": "audio", ".mp4": "video", ".pdf": ""}
"""By ending, which element plays a file to which texts lead."""


class Texts(Sources):
    """What a text asks."""

    @once
    def terms(self, key: str, lang: Language) -> list[Term]:
        """The terms that a page explains."""
        found = [(name, self._library.concepts[name][lang]) for name in self._library[key].shared.concepts]
        return [Term(term.words, term.definition, self.tag(name, lang).href) for name, term in found]

    @once
    def foreign(self, lang: Language) -> Mapping[str, Language]:
        """Words of other languages that stand in texts of this one, in small letters, each with its language."""
        listed = self._library.foreign_words
        return {word.lower(): other for other in self._languages.others(lang) for word in listed.get(other, ())}

    @once
    def vocabulary(self, lang: Language) -> dict[str, str]:
        """What boxes are called, by kind, and what a text says of footnotes, pictures, sound and films."""
        words = self.strings[lang]
        boxes = {key.removeprefix("box_"): text for key, text in words.items() if key.startswith("box_")}
        own = {key: words[key] for key in ("picture_large", "file_fetch", "film_title", "film_note")}
        return {**boxes, **own, "footnote": words["footnote_back"]}

    @once
    def stale(self, key: str, lang: Language) -> tuple[str, list[int]]:
        """The words above a translation that is older than the original, and the places of its old sections."""
        places = [old.place for old in self.stale_sections.get(key, ()) if old.lang == lang]
        if not places:
            return "", []
        day, words = changed_on(self.docs, self._library[key].original), self.strings[lang]
        return words["stale_on"].format(date=in_words(day, lang)) if day else words["stale"], places

    @once
    def attached(self, path: str, lang: Language) -> Attached | None:
        """A file to which a text leads: sound, a film or a PDF; None where it is none of them."""
        kind = ATTACHED.get(path[path.rfind(".") :])
        if kind is None or path not in self._library.media:
            return None
        address, size = urls.rooted(self.site.url, path), (self.docs / path).stat().st_size
        captions = next((name for name in captions_of(path, lang) if name in self._library.media), "")
        return Attached(
            address,
            f"{path[path.rfind('.') + 1 :].upper()}, {file_size(size, lang)}",
            kind,
            urls.rooted(self.site.url, captions) if captions else "",
            lang,
            language_name(lang, lang),
        )
