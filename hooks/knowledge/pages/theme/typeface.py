"""Typefaces: `theme.font` of mkdocs.yml, from files of the site's own; nothing is loaded from anybody else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ...core.folder import files_in
from ...core.problems import did_you_mean
from .setting import Setting

FOLDER, ENDINGS = "assets/fonts", (".woff2", ".woff")
"""Where fonts lie, below `docs/` or `overrides/`."""
OWN: tuple[str, ...] = (f"{FOLDER}/atkinson-hyperlegible-next.woff2", f"{FOLDER}/literata-600.woff2")
"""The site's own: for text and for headings."""
SYSTEM = 'system-ui, "Segoe UI", Roboto, sans-serif'
CODE = "ui-monospace, Consolas, monospace"
KEYS = ("text", "code")
WEIGHT_NAMES = 1, 16
"""In a font's table of names: the family, and the family as people call it."""


@dataclass(frozen=True)
class Face:
    """A font's file."""

    name: str
    """Of the file."""
    family: str
    weights: tuple[int, int]
    """The lightest and the boldest that it holds."""
    italic: bool

    @property
    def rule(self) -> str:
        """Its `@font-face`, for the style sheet beside the folder `fonts/`."""
        lightest, boldest = self.weights
        weight = f"{lightest}" if lightest == boldest else f"{lightest} {boldest}"
        return (
            f'@font-face {{ font-family: "{self.family}"; src: url("fonts/{self.name}") '
            f'format("{self.name.rpartition(".")[2]}"); font-weight: {weight}; '
            f"font-style: {'italic' if self.italic else 'normal'}; font-display: optional; }}"
        )


@dataclass(frozen=True)
class Typefaces:
    """The fonts of a site."""

    css: str = ""
    preload: tuple[str, ...] = OWN
    """Files below the site's root that a page shows at once."""
    files: tuple[str, ...] = ()
    """Of these, what lies below `docs/`."""


def typefaces(setting: Setting, docs: Path, overrides: Path) -> Typefaces:
    """The fonts that `theme.font` asks for; what is wrong with it is told."""
    if not setting.is_written:
        return Typefaces()
    value = setting.value
    if value is False:
        return Typefaces(f":root {{ --text: {SYSTEM}; --heading: {SYSTEM}; }}\n", ())
    if not isinstance(value, Mapping):
        setting.tell(
            f"it is “{setting.written}”; expected false or names of fonts", "write font: false, or {text: …, code: …}"
        )
        return Typefaces()
    setting.tell_idle_keys(KEYS)
    faces = _faces(docs, overrides)
    css, preload, files = [], OWN, set()
    for key in KEYS:
        if key in value and setting[key].is_written:
            chosen = [face for face in faces if face.family.casefold() == str(value[key]).casefold()]
            if not chosen:
                put = f"put its files (.woff2) into {docs.name}/{FOLDER}/, or write font: false for those of the device"
                fix = did_you_mean(str(value[key]), {face.family for face in faces}, otherwise=put)
                setting[key].tell(
                    f"there is no file of the font “{setting[key].written}”, and the site loads none from others", fix
                )
                continue
            css += [face.rule for face in chosen]
            files |= {f"{FOLDER}/{face.name}" for face in chosen if (docs / FOLDER / face.name).is_file()}
            if key == "text":
                css.append(f':root {{ --text: "{chosen[0].family}", {SYSTEM}; --heading: var(--text); }}')
                preload = tuple(_first(chosen))
            else:
                css.append(f'code, kbd, pre, samp {{ font-family: "{chosen[0].family}", {CODE}; }}')
    return Typefaces("\n".join([*css, ""]), preload, tuple(sorted(files)))


def _first(faces: Iterable[Face]) -> list[str]:
    """The files for plain text and for headings."""
    upright = [face for face in faces if not face.italic]
    wanted = [next((f for f in upright if f.weights[0] <= weight <= f.weights[1]), None) for weight in (400, 600)]
    return list(dict.fromkeys(f"{FOLDER}/{face.name}" for face in wanted if face))


def _faces(docs: Path, overrides: Path) -> list[Face]:
    """The fonts that are there; a file below `docs/` stands for one of the same name of the site's own."""
    found: dict[str, Path] = {}
    for folder in (docs / FOLDER, overrides / FOLDER):
        for path in files_in(folder, "*"):
            if path.suffix in ENDINGS and path.is_file() and not path.is_symlink():
                found.setdefault(path.name, path)
    return [face for path in found.values() if (face := _face(path.name, path.read_bytes()))]


@lru_cache(maxsize=64)
def _face(name: str, content: bytes) -> Face | None:
    """What a font's file says of itself; None where it is none, which the checks tell."""
    import io

    from fontTools.ttLib import TTFont, TTLibError  # which most sites have no use for

    try:
        font = TTFont(io.BytesIO(content), lazy=True)
        names = [font["name"].getDebugName(number) for number in WEIGHT_NAMES]
        family = str(names[1] or names[0] or "")
        weight = font["OS/2"].usWeightClass
        axes = {axis.axisTag: axis for axis in font["fvar"].axes} if "fvar" in font else {}
        italic = bool(font["OS/2"].fsSelection & 1)
    except (TTLibError, KeyError, AttributeError, OSError, ValueError, AssertionError):
        return None
    wide = axes.get("wght")
    weights = (int(wide.minValue), int(wide.maxValue)) if wide else (weight, weight)
    return Face(name, family.replace('"', ""), weights, italic)
