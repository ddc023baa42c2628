"""Colours: how light one is, and the nearest shade of it that can be read.

Lightness, chroma and hue are those of OKLCH (Björn Ottosson, “A perceptual color space for image processing”, 2020);
contrast is that of WCAG 2.2, success criterion 1.4.6, which asks for 7:1.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

ENOUGH = 7.05
"""A little above 7, so that no rounding goes below it."""
CALM = 0.14
"""The strongest chroma: what Material's brightest colours are toned down to."""


def channels(colour: str) -> tuple[float, float, float]:
    """Red, green and blue of `#rrggbb` or `#rgb`, without gamma."""
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    red, green, blue = (_linear(int(digits[i : i + 2], 16) / 255) for i in (0, 2, 4))
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """How well text of one colour is read on the other, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def shade(colour: str, lightness: float, chroma: float | None = None) -> str:
    """A colour's hue with another lightness, as strong as can be shown, and no stronger than it is."""
    _, own, hue = _oklch(colour)
    strength = min(own, CALM if chroma is None else chroma)
    while not _is_shown(lightness, strength, hue) and strength > 0.002:
        strength -= 0.002
    return _hex(lightness, strength, hue)


def legible(colour: str, grounds: Iterable[str]) -> str:
    """The shade of a colour, nearest to it in lightness, whose text is read on these grounds, all light or all dark."""
    grounds = list(grounds)
    is_light = sum(map(_luminance, grounds)) > len(grounds) * 0.2
    bad, good = _oklch(colour)[0], 0.0 if is_light else 1.0
    if _reads(shade(colour, bad), grounds):
        return shade(colour, bad)
    for _ in range(16):
        middle = (bad + good) / 2
        bad, good = (bad, middle) if _reads(shade(colour, middle), grounds) else (middle, good)
    return shade(colour, good)


def _reads(colour: str, grounds: list[str]) -> bool:
    return all(contrast(colour, ground) >= ENOUGH for ground in grounds)


def _luminance(colour: str) -> float:
    red, green, blue = channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _gamma(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _oklch(colour: str) -> tuple[float, float, float]:
    """Lightness from 0 to 1, chroma, and hue as an angle."""
    r, g, b = channels(colour)
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _channels_of(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _is_shown(lightness: float, chroma: float, hue: float) -> bool:
    return all(-0.0005 <= channel <= 1.0005 for channel in _channels_of(lightness, chroma, hue))


def _hex(lightness: float, chroma: float, hue: float) -> str:
    shown = (min(1.0, max(0.0, channel)) for channel in _channels_of(lightness, chroma, hue))
    return "#" + "".join(f"{round(_gamma(channel) * 255):02x}" for channel in shown)
