"""Sound and films: a link alone in its paragraph becomes what plays it; nothing is fetched before somebody asks.

Files of the site get the browser's own player. A film on another site stays a link, which says what is sent where.
Links to files say how large they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from ..content.film import service_of
from .tree import TreeExtension, file_at

PLAY = "M8 5v14l11-7z"


@dataclass(frozen=True)
class Attached:
    """A file of the site to which a text leads."""

    address: str
    """From the host's root."""
    note: str
    """Its kind and size: `MP3, 3.2 MB`."""
    player: str = ""
    """The element that plays it: `audio`, `video`, or none."""
    captions: str = ""
    """The address of a film's captions in the language of the page."""
    lang: str = ""
    """That language, and what it is called there."""
    language: str = ""


@dataclass(eq=False)
class RecordingsExtension(TreeExtension):
    """Python-Markdown extension."""

    url: str
    """Of the page."""
    attached: Callable[[str], Attached | None]
    """Gives a file by its path below the content folder; None where it is none that is looked at here."""
    words: Callable[[], Mapping[str, str]]
    name, priority = "recordings", -0.6
    """After the pictures (−0.5), one of which may stand for a film; before answers are read (−1)."""

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for place, element in enumerate(list(parent)):
                if element.tag == "p" and (instead := self._instead(element)) is not None:
                    instead.tail = element.tail
                    parent[place] = instead
                elif element.tag == "a" and (file := self._attached(element.get("href", ""))):
                    SubElement(element, "span", {"class": "file"}).text = f" ({file.note})"

    def _attached(self, address: str) -> Attached | None:
        return file_at(address, self.url, self.attached)

    def _instead(self, paragraph: Element) -> Element | None:
        """What stands in place of a paragraph that is a sound or a film, and nothing else."""
        if len(paragraph) != 1 or (paragraph.text or "").strip() or (paragraph[0].tail or "").strip():
            return None
        link = paragraph[0]
        if link.tag not in ("a", "img"):
            return None
        address = link.get("href" if link.tag == "a" else "src", "")
        if link.tag == "a" and (service := service_of(address)):
            return self._elsewhere(link, service)
        file = self._attached(address)
        return self._player(link, file) if file and file.player else None

    def _player(self, link: Element, file: Attached) -> Element:
        """A sound or a film of the site, with its title and the file; a picture in the link is the film's still."""
        still = link.find(".//img")
        title = link.get("alt", "") if link.tag == "img" else "".join(link.itertext()).strip()
        title = title or (still.get("alt", "") if still is not None else "")
        box = Element("div", {"class": f"player player--{file.player}"})
        SubElement(box, "p", {"class": "player__title"}).text = title
        about = {"controls": "controls", "preload": "none", "src": file.address, "aria-label": title}
        if file.player == "video":
            about |= {"playsinline": ""} | ({"poster": still.get("src", "")} if still is not None else {})
        player = SubElement(box, file.player, about)
        if file.captions:
            track = {"kind": "captions", "src": file.captions, "srclang": file.lang, "label": file.language}
            SubElement(player, "track", track | {"default": "default"})
        fetch = SubElement(SubElement(box, "p", {"class": "player__file"}), "a", {"href": file.address, "download": ""})
        words = self.words()
        fetch.text = words["file_fetch"].format(file=file.note)
        return box

    def _elsewhere(self, link: Element, service: str) -> Element:
        """A film on another site: a still that is drawn here, its title, and what happens when one goes there."""
        words = self.words()
        address, picture = link.get("href", ""), link.find(".//img")
        title = (picture.get("alt", "") if picture is not None else "".join(link.itertext())).strip()
        if not title or service_of(title):
            title = words["film_title"].format(service=service)
        box = Element("div", {"class": "film"})
        whole = SubElement(box, "a", {"class": "film__link", "href": address, "rel": "noreferrer"})
        still = SubElement(whole, "span", {"class": "film__still", "aria-hidden": "true"})
        if picture is not None:
            picture.set("alt", "")
            still.extend(list(link))
        icon = SubElement(still, "svg", {"class": "film__play", "viewBox": "0 0 24 24"})
        SubElement(icon, "path", {"d": PLAY})
        SubElement(whole, "span", {"class": "film__title"}).text = title
        note = SubElement(box, "p", {"class": "film__note"})
        note.text = words["film_note"].format(service=service)
        return box
