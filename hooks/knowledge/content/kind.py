"""A kind of file: what may lie beside the pages, what else people put there, and what a file's first bytes say."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from ..core.table import table


class FileKind(NamedTuple):
    """What a file is."""

    name: str
    """As it is called in a message."""
    ending: str
    """Which files of the kind have."""


SVG, PNG = FileKind("an SVG drawing", ".svg"), FileKind("a PNG picture", ".png")
JPEG, WEBP = FileKind("a JPEG picture", ".jpg"), FileKind("a WebP picture", ".webp")
AVIF, PDF = FileKind("an AVIF picture", ".avif"), FileKind("a PDF", ".pdf")
MP3, MP4 = FileKind("MP3 sound", ".mp3"), FileKind("an MP4 film", ".mp4")
VTT = FileKind("WebVTT captions", ".vtt")
MEDIA = {kind.ending: kind for kind in (SVG, PNG, JPEG, WEBP, AVIF, PDF, MP3, MP4, VTT)} | {".jpeg": JPEG}
"""What may lie beside the pages, by ending; of photographs sizes are published, all else as it is."""
PHOTOGRAPHS = tuple(ending for ending, kind in MEDIA.items() if kind in (PNG, JPEG, WEBP, AVIF))
"""Endings of pictures of pixels."""

SAVE_HEIC = "open it and save it as JPEG; under Settings, Camera, Formats, “Most Compatible” the iPhone does so itself"

HEIC = FileKind("a picture of an iPhone (HEIC)", ".heic")
_FTYP = {b"avif": AVIF, b"avis": AVIF}
_FTYP |= dict.fromkeys((b"heic", b"heix", b"hevc", b"mif1", b"msf1"), HEIC)
_FTYP |= {b"M4A ": FileKind("sound (M4A)", ".m4a"), b"qt  ": FileKind("a QuickTime film", ".mov")}
_RIFF = {b"WEBP": WEBP, b"WAVE": FileKind("WAV sound", ".wav"), b"AVI ": FileKind("an AVI film", ".avi")}
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF8", FileKind("a GIF picture", ".gif")),
    (b"BM", FileKind("a BMP picture", ".bmp")),
    (b"II*\x00", FileKind("a TIFF picture", ".tif")),
    (b"MM\x00*", FileKind("a TIFF picture", ".tif")),
    (b"%PDF-", PDF),
    (b"%!PS", FileKind("a PostScript drawing", ".eps")),
    (b"ID3", MP3),
    (b"OggS", FileKind("Ogg sound", ".ogg")),
    (b"fLaC", FileKind("FLAC sound", ".flac")),
    (b"\x1a\x45\xdf\xa3", FileKind("a WebM or Matroska film", ".webm")),
    (b"WEBVTT", VTT),
    (b"\xef\xbb\xbfWEBVTT", VTT),
    (b"PK\x03\x04", FileKind("an archive or an office document", ".zip")),
    (b"\xd0\xcf\x11\xe0", FileKind("an old office document", ".doc")),
    (b"\x1f\x8b", FileKind("a packed file", ".gz")),
    (b"version https://git-lfs", FileKind("a note of Git LFS in place of the file", ".txt")),
)


@cache
def other_kinds() -> dict[str, tuple[str, str]]:
    """What else people put beside pages, by ending or name: what it is, and what to do."""
    listed = table(Path(__file__).with_name("other-kinds.yml"))
    return {name: (kind["what"], kind["fix"]) for kind in listed for name in kind["names"].split()}


def kind_of(head: bytes) -> FileKind | None:
    """What a file's first 64 bytes say it is; None where they say nothing."""
    if head[4:8] == b"ftyp":
        found = _FTYP.get(head[8:12], MP4)
        return AVIF if found == HEIC and b"avif" in head[16:] else found  # It names what it is like, too.
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2:  # An MPEG frame, layer III, without a tag.
        return MP3
    known = next((kind for beginning, kind in _BEGINNINGS if head.startswith(beginning)), None)
    if known or b"\x00" in head:
        return known
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:20].lower()
    if text.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<script")):
        return FileKind("an HTML page", ".html")
    if text.startswith((b"<?xml", b"<svg", b"<!doctype svg", b"<!--")):
        return SVG
    return None
