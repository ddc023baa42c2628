"""The palette: `theme.palette` of mkdocs.yml as Material documents it, in shades that keep the contrast of AAA."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...core.language import Language
from ...core.problems import did_you_mean
from ...core.table import table
from .colour import contrast, legible, shade
from .setting import Setting

COLOURS: dict[str, dict[str, str]] = table(Path(__file__).with_name("colours.yml"))
"""Material's colours by name: `primary`, and `accent` for what is pointed at."""
OWN = "custom"
"""The colour that a style sheet of the owner's sets, as Material's manual tells: `--md-primary-fg-color: #ee0f0f`."""
OWN_COLOUR = re.compile(r"--md-(primary|accent)-fg-color:\s*(#(?:[0-9a-fA-F]{3}){1,2})\b")
SCHEMES = {"default": "light", "slate": "dark"}
MEDIA = {
    "(prefers-color-scheme: light)": "light",
    "(prefers-color-scheme: dark)": "dark",
    "(prefers-color-scheme)": "auto",
}
GROUNDS = ("paper", "card", "tint", "band", "alert-tint")
"""Tokens on which there are links."""
GROUND = re.compile(rf"--(?:{'|'.join(GROUNDS)}): light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\)")
BAND = {"light": (0.957, 0.012), "dark": (0.272, 0.018)}
"""Lightness and chroma of the band behind a page's head, whatever its hue."""
INK = 0.22
"""Lightness of the ink on a light accent."""
KEYS = ("media", "scheme", "primary", "accent", "toggle")


@dataclass(frozen=True)
class Mode:
    """A position of the switch between light and dark, as it is shown while it holds."""

    scheme: str
    """`light`, `dark` or `auto`: as the device has it."""
    icon: str
    name: Mapping[Language, str]
    """What the switch does next; empty: the interface's own words."""
    next: str


@dataclass(frozen=True)
class Palette:
    """The colours of a site and the switch between its schemes."""

    css: str = ""
    modes: tuple[Mode, ...] = ()
    """What the switch leads through; empty: the site's own switch, if any."""
    has_switch: bool = True
    color_scheme: str = "light dark"
    """What browsers are told before any style."""
    accent: str = ""
    """In the light scheme; empty: the site's own."""
    band: str = ""


def palette(setting: Setting, styles: str, own: str = "") -> Palette:
    """The palette that `theme.palette` asks for; what is wrong with it is told. The site's style sheets say on what
    grounds its text stands; the owner's own may name colours."""
    if not setting.is_written:
        return Palette()
    value = setting.value
    if isinstance(value, list) and value:
        entries = [setting[i] for i in range(len(value))]
    elif isinstance(value, Mapping) and value:
        entries = [setting]
    else:
        expected = "expected colours such as {primary: teal}, or a list of them with “media” and “toggle”"
        setting.tell(f"it is “{setting.written}”; {expected}", "write it as Material's manual shows it")
        return Palette()
    customs, told = dict(OWN_COLOUR.findall(own)), len(setting.problems)
    for entry in entries:
        _look(entry, len(entries), customs)
    if len(setting.problems) > told:
        return Palette()
    read = [entry.value for entry in entries]
    schemes = [_scheme(entry) or ("light" if len(read) > 1 else "") for entry in read]
    twice = next((i for i, scheme in enumerate(schemes) if scheme in schemes[:i]), None)
    if twice is not None:
        fix = "give one of them “scheme: slate”, or delete one"
        entries[twice].tell("it is for the same scheme as one above it", fix)
        return Palette()
    toggles = [(entry["toggle"], scheme) for entry, scheme in zip(read, schemes, strict=True) if "toggle" in entry]
    modes = tuple(
        Mode(scheme, str(toggle["icon"]), setting.in_languages(toggle.get("name") or ""), following)
        for (toggle, scheme), (_, following) in zip(toggles, [*toggles[1:], *toggles[:1]], strict=True)
    )
    first = "" if any("media" in entry for entry in read) else schemes[0]
    rules = [f":root{'' if modes else ', :root[data-scheme]'} {{ color-scheme: {first}; }}"] if first else []
    light, dark = (_tokens(read, schemes, scheme, customs, styles) for scheme in ("light", "dark"))
    return Palette(
        "\n".join([*rules, *_rules(light, dark), ""]),
        modes,
        bool(modes) or schemes == [""],
        first if first and not modes else "light dark",
        light.get("accent", ""),
        light.get("band", ""),
    )


def _look(entry: Setting, count: int, customs: Mapping[str, str]) -> None:
    """Tell what is wrong with one palette of so many."""
    value = entry.value
    if not isinstance(value, Mapping):
        return entry.tell(
            f"it is “{entry.written}”; expected colours such as {{primary: teal}}", "write keys and values"
        )
    entry.tell_idle_keys(KEYS)
    for key, known in (("scheme", SCHEMES), ("media", MEDIA)):
        if key in value and value[key] not in known:
            entry[key].tell(f"there is no “{value[key]}”", did_you_mean(str(value[key]), known))
    for key, colours in COLOURS.items():
        name = str(value.get(key, OWN)).replace("-", " ")
        if name not in (*colours, OWN):
            fix = did_you_mean(name, (*colours, OWN))
            if re.match(r"#|\w+\(", name):
                fix = (
                    f"write “{key}: {OWN}”, and --md-{key}-fg-color: {value[key]}; in a style sheet, "
                    "and name that below “extra_css”"
                )
            entry[key].tell(f"there is no colour “{value[key]}”", fix)
        elif name == OWN and key in value and key not in customs:
            fix = f"write --md-{key}-fg-color: #…; in a style sheet, and name that below “extra_css”"
            entry[key].tell("no style sheet of yours sets this colour", fix)
    if "toggle" in value:
        toggle = entry["toggle"]
        if count < 2:
            toggle.tell_idle("one palette leaves nothing to switch to; write a list of two, or delete it")
        elif not isinstance(toggle.value, Mapping) or "icon" not in toggle.value:
            toggle.tell("“icon” is missing", "write {icon: material/weather-night, name: …}")
        else:
            toggle.tell_idle_keys(("icon", "name"))
            toggle["icon"].is_icon()
            toggle["name"].is_words()


def _scheme(entry: Mapping[str, Any]) -> str:
    """For whom a palette of a list is: `light`, `dark`, `auto`; nothing where it does not say."""
    media = MEDIA.get(entry.get("media", ""), "")
    return media if media == "auto" else SCHEMES.get(entry.get("scheme", ""), media)


def _rules(light: Mapping[str, str], dark: Mapping[str, str]) -> list[str]:
    """The rules that set the tokens: for all browsers, and for those that know both schemes."""
    if not light:
        return []
    plain = " ".join(f"--{name}: {light[name]};" for name in light)
    both = " ".join(f"--{name}: light-dark({light[name]}, {dark[name]});" for name in light)
    rules = [f":root {{ {plain} }}", f"@supports (color: light-dark(#000, #fff)) {{ :root {{ {both} }} }}"]
    if "hover" in light:
        rules.append(".prose a:not([class]):hover { color: var(--hover); }")
        rules.append(":focus-visible { outline-color: var(--hover); }")
    return rules


def _tokens(
    read: list[Mapping[str, Any]], schemes: list[str], scheme: str, customs: Mapping[str, str], styles: str
) -> dict[str, str]:
    """The values of the tokens in a scheme; where its palette names no colour, that of another is taken."""
    own = [entry for entry, its in zip(read, schemes, strict=True) if its == scheme]

    def colour(key: str) -> str | None:
        name = next((str(entry[key]).replace("-", " ") for entry in (*own, *read) if key in entry), "")
        return customs.get(key) if name == OWN else COLOURS[key].get(name)

    grounds = [pair[scheme == "dark"] for pair in GROUND.findall(styles)]
    tokens = {}
    if primary := colour("primary"):
        tokens["band"] = shade(primary, *BAND[scheme])
        grounds.append(tokens["band"])
        tokens["accent"] = legible(primary, grounds)
        tokens["accent-ink"] = "#fff" if scheme == "light" else ink(primary, tokens["accent"])
    if accent := colour("accent"):
        tokens["hover"] = legible(accent, grounds)
    return tokens


def ink(colour: str, accent: str) -> str:
    """The ink on a light accent: dark, with its hue."""
    dark = shade(colour, INK, 0.03)
    return dark if contrast(dark, accent) >= 7 else "#000"
