"""Material's settings: what each does, and what is said at its line of one that is wrong or changes nothing."""

from __future__ import annotations

import re
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from conftest import ROOT, SITE
from knowledge.checks.configuration import configuration
from knowledge.checks.settings import without_effect
from knowledge.content.library import Library
from knowledge.content.settings import ConfigFile
from knowledge.core.problems import Problem
from knowledge.pages.settings import Beginning
from knowledge.pages.theme import ICONS, Theme
from knowledge.pages.theme.colour import contrast
from knowledge.pages.theme.palette import COLOURS, GROUND, palette
from knowledge.pages.theme.setting import Setting

LIBRARY = Library.load(SITE / "docs")
BASE = """\
INHERIT: {root}/tests/site/mkdocs.yml
docs_dir: docs
hooks: [{root}/hooks/main.py]
watch: []
"""
THEME = "theme:\n  custom_dir: {root}/overrides\n"
LINES = BASE.count("\n") + THEME.count("\n")
"""Of mkdocs.yml before the settings that are tried; those of `theme` follow at once."""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8"/></svg>\n'


def a_font(path: Path, family: str, weight: str = "atkinson-hyperlegible-next") -> None:
    """A font's file with a name of its own."""
    font = TTFont(ROOT / f"overrides/assets/fonts/{weight}.woff2")
    for record in font["name"].names:
        if record.nameID in (1, 16):
            record.string = family
    path.parent.mkdir(parents=True, exist_ok=True)
    font.save(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Content with a logo, a style sheet, scripts and fonts."""
    folder = tmp_path_factory.mktemp("theme")
    docs = shutil.copytree(SITE / "docs", folder / "docs")
    for name, text in {
        "assets/logo.svg": DRAWING,
        "styles/own.css": "p { color: red; }\n",
        "styles/colours.css": ":root { --md-primary-fg-color: #EE0F0F; --md-accent-fg-color:#0a0; }\n",
        "scripts/own.js": "1;\n",
        "scripts/own.mjs": "1;\n",
        "assets/fake.png": DRAWING,
    }.items():
        (docs / name).parent.mkdir(exist_ok=True)
        (docs / name).write_text(text, "utf-8")
    a_font(docs / "assets/fonts/ro.woff2", "Ro Sans")
    a_font(docs / "assets/fonts/ro-bold.woff2", "Ro Sans", "literata-600")
    a_font(docs / "assets/fonts/fast.woff2", "Ro Mono")
    return folder


def settings(folder: Path, text: str) -> Path:
    """A mkdocs.yml with these lines behind the theme's folder."""
    file = folder / "mkdocs.yml"
    file.write_text((BASE + THEME).format(root=ROOT) + text, "utf-8")
    return file


def read(folder: Path, text: str, site_url: str = "https://roligt.example/") -> tuple[Theme, list[Problem], Any]:
    """What comes of settings, and what is said of them."""
    file = settings(folder, text)
    config, problems = configuration(file)
    values, written = {**config.values, "site_url": site_url}, ConfigFile.read(file)
    begun = Beginning.read(values, written, config.docs, config.overrides or Path())
    theme, wrong = begun.theme.with_menu(begun.values, written, LIBRARY, ["alliance", "nlp-tools"])
    told = [*problems, *begun.problems, *wrong, *without_effect(written, folder, ROOT / "overrides")]
    return theme, told, begun


# --- What is wrong ------------------------------------------------------------------------

LIST = "  palette:\n    - {scheme: default, toggle: {icon: material/weather-night}}\n"
WRONG = {
    # what stands in mkdocs.yml behind the theme's folder, at which of its lines it is told, and what is said
    "colour": ("  palette: {primary: tael}\n", 1, "there is no colour “tael”; did you mean “teal”?"),
    "accent that is none": ("  palette:\n    accent: brown\n", 2, "“theme.palette.accent”: there is no colour “brown”"),
    "own colour that is nowhere": ("  palette: {primary: custom}\n", 1, "no style sheet of yours sets this colour"),
    "colour in figures": (
        '  palette:\n    primary: "#7a1fa2"\n',
        2,
        "there is no colour “#7a1fa2”; write “primary: custom”, and --md-primary-fg-color: #7a1fa2; in a style sheet",
    ),
    "colour as a function": ("  palette: {accent: 'rgb(1, 2, 3)'}\n", 1, "and --md-accent-fg-color: rgb(1, 2, 3); in"),
    "scheme": ("  palette:\n    primary: teal\n    scheme: slat\n", 3, "there is no “slat”; did you mean “slate”?"),
    "media": (
        "  palette:\n    - {scheme: default}\n    - media: (prefers-color-scheme:dark)\n      scheme: slate\n",
        3,
        "did you mean “(prefers-color-scheme: dark)”?",
    ),
    "name with a bracket": ("site_name: 'Ro {x}'\n", 1, "“site_name” holds a curly bracket"),
    "palette's key": ("  palette: {primay: teal}\n", 1, "“theme.palette.primay” has no effect here; did you mean “pri"),
    "palette as text": ("  palette: teal\n", 1, "it is “teal”; expected colours"),
    "no palette": ("  palette: []\n", 1, "expected colours"),
    "palette in a list": ("  palette: [teal]\n", 1, "it is “teal”; expected colours such as {primary: teal}"),
    "toggle of one": (
        "  palette:\n    toggle: {icon: material/weather-night, name: x}\n",
        2,
        "“theme.palette.toggle” has no effect here; one palette leaves nothing to switch to",
    ),
    "toggle's icon": (
        f"{LIST}    - {{scheme: slate, toggle: {{icon: material/sunn}}}}\n",
        3,
        "there is no icon “",
    ),
    "toggle without": (f"{LIST}    - {{scheme: slate, toggle: {{name: x}}}}\n", 3, "“icon” is missing"),
    "toggle's key": (
        f"{LIST}    - {{scheme: slate, toggle: {{icon: material/weather-sunny, titel: x}}}}\n",
        3,
        "“theme.palette.toggle.titel” has no effect here",
    ),
    "toggle's name": (
        f"{LIST}    - {{scheme: slate, toggle: {{icon: material/weather-sunny, name: {{da: x}}}}}}\n",
        3,
        "expected words; write a text, or {da: …, en: …}",
    ),
    "two of a scheme": (f"{LIST}    - {{primary: teal}}\n", 3, "it is for the same scheme as one above it"),
    "logo": (
        "  logo: assets/loggo.svg\n",
        1,
        "“docs/assets/loggo.svg”; did you mean “assets/logo.svg”",
    ),
    "logo that is not there": ("  logo: pictures/brand.svg\n", 1, "; put it there, or correct the name"),
    "logo of no system": (f"  logo: {'a' * 300}.svg\n", 1, "there is no file"),
    "logo with a null": ('  logo: "a\\0b.svg"\n', 1, "there is no file"),
    "logo elsewhere": ("  logo: https://x.example/logo.svg\n", 1, "is another's address"),
    "logo without scheme": ("  logo: //x.example/logo.svg\n", 1, "is another's address"),
    "logo above": ("  logo: ../mkdocs.yml\n", 1, "there is no file"),
    "logo of another kind": ("  logo: styles/own.css\n", 1, "“styles/own.css” is not a picture; name a file that ends"),
    "logo as list": ("  logo: [assets/logo.svg]\n", 1, "expected the path of a picture"),
    "favicon that is no PNG": ("  favicon: assets/fake.png\n", 1, "“assets/fake.png” is not a PNG picture"),
    "logo's icon": (
        "  icon:\n    logo: material/stars-no\n",
        2,
        "“theme.icon.logo”: there is no icon “",
    ),
    "icon that is none here": ("  icon: {serach: material/magnify}\n", 1, "did you mean “search”?"),
    "icon of no system": (f"  icon: {{logo: {'a' * 300}}}\n", 1, "there is no icon"),
    "icon above": ("  icon: {logo: ../404}\n", 1, "there is no icon “../404”"),
    "icons as text": ("  icon: material/stairs\n", 1, "it is “material/stairs”; expected names"),
    "font": (
        "  font: {text: Roboto}\n",
        1,
        "the font “Roboto”, and the site loads none from others",
    ),
    "font nearly": ("  font:\n    text: Ro Sanss\n", 2, "did you mean “Ro Sans”?"),
    "code's font": (
        "  font: {code: Roboto Mono}\n",
        1,
        "“theme.font.code”: there is no file of the font",
    ),
    "font's key": ("  font: {txt: Ro Sans}\n", 1, "“theme.font.txt” has no effect here; did you mean “text”?"),
    "font as text": ("  font: Roboto\n", 1, "expected false or names of fonts"),
    "font as truth": ("  font: true\n", 1, "expected false or names of fonts"),
    "language": ("  language: en\n", 1, "it is “en”, and the site's first language is “da”; write da"),
    "the other languages": (
        "extra:\n  alternate: [{link: /en/}]\n",
        2,
        "“extra.alternate” has no effect here; the languages below “i18n” make the switch; delete the line",
    ),
    "an address in the wrong place": ("extra:\n  email: a@b.dk\n", 2, "write it below “publisher:” instead"),
    "colours at the left edge": ("palette: {scheme: slate}\n", 1, "write it below “theme:”, two spaces further in"),
    "name of no entry": (
        "nav:\n  - Klinikken: https://x.example/\nplugins:\n  - i18n:\n      docs_structure: suffix\n"
        "      fallback_to_default: false\n      reconfigure_material: false\n      languages:\n"
        "        - {locale: da, name: Dansk, default: true}\n"
        "        - {locale: en, name: English, nav_translations: {Kliniken: The clinic}}\n",
        10,
        "nav_translations.Kliniken” has no effect here; did you mean “Klinikken”?",
    ),
    "features": ("  features: [navigation.instant]\n", 1, "“theme.features” has no effect here; the site's pages"),
    "theme's key": ("  favicn: assets/logo.svg\n", 1, "“theme.favicn” has no effect here; did you mean “favicon”?"),
    "direction": ("  direction: ltr\n", 1, "“theme.direction” has no effect here"),
    "style sheet": ("extra_css:\n  - styles/own.css\n  - styles/onw.css\n", 3, "did you mean “styles/own.css”?"),
    "style sheet elsewhere": ("extra_css: ['https://x.example/a.css']\n", 1, "is another's address"),
    "style sheet of ours": ("extra_css: [assets/css/card.css]\n", 1, "is part of the site's style sheet already"),
    "style sheet of another kind": ("extra_css: [scripts/own.js]\n", 1, "is not a style sheet"),
    "script's type": (
        "extra_javascript:\n  - path: scripts/own.js\n    type: modul\n",
        3,
        "“extra_javascript.type”: there is no type “modul”, and the script would not run; did you mean “module”?",
    ),
    "script": ("extra_javascript: [scripts/onw.js]\n", 1, "did you mean “scripts/own.js”?"),
    "script elsewhere": (
        "extra_javascript:\n  - path: https://x.example/a.js\n    defer: true\n",
        2,
        "is another's ad",
    ),
    "copyright with a script": ("copyright: © <script>x</script>\n", 1, "“<script>” may not stand there"),
    "copyright with a handler": (
        'copyright: <a href="https://x.example" onclick="x">x</a>\n',
        1,
        "may not stand there",
    ),
    "copyright with a bad address": ('copyright: <a href="javascript:x">x</a>\n', 1, "may not stand there"),
    "copyright with half an address": ('copyright: <a href="https://[x">x</a>\n', 1, "may not stand there"),
    "copyright unclosed": ("copyright: <em>x\n", 1, "“<em>” may not stand there"),
    "copyright half a tag": ("copyright: x <a\n", 1, "may not stand there"),
    "edit without repository": ("edit_uri: edit/main/docs/\n", 1, "“repo_url” is missing, to which it belongs"),
    "repository": ("repo_url: http://code.example/x\n", 1, "expected https://…"),
    "repository without a branch": ("repo_url: https://github.com/x/y\n", 1, "lead to the branch “master”"),
    "social as keys": ("extra:\n  social: {icon: x}\n", 2, "it is “{icon: x}”; expected a list"),
    "social's icon": (
        "extra:\n  social:\n    - {icon: fontawesome/brands/masto, link: 'https://x.example'}\n",
        3,
        "no icon",
    ),
    "social without icon": (
        "extra:\n  social:\n    - {link: 'https://x.example'}\n",
        3,
        "“extra.social.icon”: it is missing",
    ),
    "social's link": ("extra:\n  social:\n    - {icon: material/email, link: hej}\n", 3, "expected an address"),
    "social's half an address": (
        "extra:\n  social:\n    - {icon: material/email, link: 'https://[x'}\n",
        3,
        "expected an address",
    ),
    "social's key": (
        "extra:\n  social:\n    - {icon: material/email, link: 'mailto:x@y.dk', titel: x}\n",
        3,
        "“extra.social.titel” has no effect here",
    ),
    "menu's page": ("nav:\n  - help.md\n  - kontakt.md\n", 3, "there is no page “kontakt.md”"),
    "menu's page nearly": (
        "nav:\n  - Priv: privacyy.md\n",
        2,
        "did you mean “privacy.md”?",
    ),
    "menu twice": ("nav: [privacy.md, privacy.md]\n", 1, "“privacy.md” is in the menu already"),
    "menu's topic": ("nav:\n  - alliance/index.md\n", 2, "is in the menu already"),
    "menu's search": ("nav:\n  - search.md\n", 2, "is in the menu already"),
    "menu in the menu": ("nav:\n  - Mere:\n    - privacy.md\n", 2, "“Mere” is a menu within the menu"),
    "menu's address without name": ("nav:\n  - https://x.example/\n", 2, "“https://x.example/” has no name"),
    "menu's half an address": ("nav:\n  - X: https://[x\n", 2, "there is no page “https://[x”"),
    "menu's address": ("nav:\n  - X: javascript:alert(1)\n", 2, "“javascript:alert(1)” is no address"),
    "visits by Google": (
        "extra:\n  analytics:\n    provider: google\n    property: G-1\n",
        3,
        "tells others who reads here",
    ),
    "visits by nobody": (
        "extra:\n  analytics: {provider: plausble, host: 'https://x.example'}\n",
        2,
        "“plausible”?",
    ),
    "visits at http": (
        "extra:\n  analytics:\n    provider: goatcounter\n    host: http://x.roligt.example\n",
        4,
        "https",
    ),
    "visits at more than an address": (
        "extra:\n  analytics: {provider: goatcounter, host: 'https://x.roligt.example; script-src *'}\n",
        2,
        "expected https://",
    ),
    "visits at half an address": (
        "extra:\n  analytics: {provider: goatcounter, host: 'https://[x'}\n",
        2,
        "expected https://",
    ),
    "visits at another's": (
        "extra:\n  analytics: {provider: goatcounter, host: 'https://roligt.goatcounter.com'}\n",
        2,
        "“roligt.goatcounter.com” is another's server than https://roligt.example/",
    ),
    "visits without property": (
        "extra:\n  analytics: {provider: umami, host: 'https://x.roligt.example'}\n",
        2,
        "“property” is missing; write what Umami calls the site",
    ),
    "visits without host": ("extra:\n  analytics: {provider: goatcounter}\n", 2, "“host” is missing"),
    "visits' key": (
        "extra:\n  analytics: {provider: goatcounter, host: 'https://x.roligt.example', feedback: {}}\n",
        2,
        "“feedback” is not a known setting",
    ),
    "extra of Material": ("extra:\n  generator: false\n", 2, "“extra.generator” has no effect here"),
    "option of a language": (
        "plugins:\n  - i18n:\n      docs_structure: suffix\n      languages:\n"
        "        - {locale: da, name: Dansk, default: true}\n        - {locale: en, name: English, site_name: Calm}\n",
        6,
        "“plugins.i18n.languages.site_name” has no effect here",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_setting_is_told_at_its_line(folder: Path, name: str) -> None:
    text, line, says = WRONG[name]
    _, problems, _ = read(folder, text)
    told = [f"{p.file}:{p.line} {p.message}; {p.fix}" for p in problems]
    found = [line for line in told if says in line]
    assert found, told
    assert found[0].startswith(f"mkdocs.yml:{LINES + line} ")


RIGHT = {
    "nothing": "",
    "colours": "  palette: {primary: deep purple, accent: light-green}\n",
    "own colours": "  palette: {primary: custom, accent: custom}\nextra_css: [styles/colours.css]\n",
    "dark": "  palette: {scheme: slate}\n",
    "logo and icons": "  logo: assets/logo.svg\n  favicon: assets/logo.svg\n"
    "  icon: {repo: simple/codeberg, logo: material/stairs}\n",
    "logo in overrides": "  logo: assets/icon.svg\n",
    "fonts": "  font: {text: ro sans, code: Ro Mono}\n",
    "the site's own font": "  font: {text: Literata}\n",
    "system": "  font: false\n  language: da\n",
    "files": "extra_css: [styles/own.css]\nextra_javascript:\n  - scripts/own.js\n  - scripts/own.mjs\n"
    "  - {path: scripts/own.js, defer: true}\n",
    "copyright": 'copyright: "&copy; 2026 <a href=\\"https://x.example\\">Os & jer</a><br>"\n',
    "repository": "repo_url: https://github.com/x/y\nrepo_name: y\nedit_uri: blob/main/docs/\n",
    "template of edits": "repo_url: https://code.example/x/y\nedit_uri_template: '?q={path!q}'\n",
    "edit elsewhere": "edit_uri_template: https://code.example/{path}\n",
    "social": "extra:\n  social:\n    - {icon: material/email, link: 'mailto:x@y.dk', name: {da: Skriv, en: Write}}\n"
    "    - {icon: fontawesome/brands/mastodon, link: 'https://x.example'}\n",
    "menu": "nav:\n  - privacy.md\n  - Alt: articles.md\n  - X: https://x.example/\n  - Ring: tel:+4512345678\n",
    "visits": "extra:\n  analytics: {provider: plausible, host: 'https://x.roligt.example', property: x}\n",
    "visits on this machine": "extra:\n  analytics: {provider: goatcounter, host: 'http://127.0.0.1:9'}\n",
    "names of entries": "plugins:\n  - i18n:\n      docs_structure: suffix\n      fallback_to_default: false\n"
    "      reconfigure_material: false\n      languages:\n        - {locale: da, name: Dansk, default: true}\n"
    "        - {locale: en, name: English, nav_translations: {Alt: All}, copyright: Ours}\n",
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_setting_is_not_told(folder: Path, name: str) -> None:
    site_url = "http://127.0.0.1:8000/" if "this machine" in name else "https://roligt.example/"
    _, problems, _ = read(folder, RIGHT[name], site_url)
    assert [str(problem) for problem in problems] == []


# --- What settings do ---------------------------------------------------------------------


def test_without_settings_nothing_is_added(folder: Path) -> None:
    theme, _, begun = read(folder, "")
    assert theme == Theme()
    assert (theme.css, theme.menu, begun.analytics) == ("", (), None)


def test_files_are_named_by_their_version(folder: Path) -> None:
    theme, _, _ = read(folder, RIGHT["files"] + RIGHT["repository"])
    (style,) = theme.styles
    assert re.fullmatch(r"/styles/own\.css\?v=[0-9a-f]{8}", style)
    assert [(s.type, s.defer) for s in theme.scripts] == [("", False), ("module", False), ("", True)]
    assert set(theme.files) == {"styles/own.css", "scripts/own.js", "scripts/own.mjs"}
    assert theme.repository
    sheet = folder / "docs/styles/own.css"
    sheet.write_text("p { color: blue; }\n", "utf-8")
    changed, _, _ = read(folder, RIGHT["files"])
    assert changed.styles[0] != style


def test_fonts_are_those_of_the_folder(folder: Path) -> None:
    theme, _, _ = read(folder, RIGHT["fonts"])
    assert theme.typefaces.preload == ("assets/fonts/ro.woff2", "assets/fonts/ro-bold.woff2")
    assert theme.css.count("@font-face") == 3
    assert '--text: "Ro Sans", system-ui' in theme.css
    assert 'code, kbd, pre, samp { font-family: "Ro Mono"' in theme.css
    assert {"assets/fonts/ro.woff2", "assets/fonts/ro-bold.woff2", "assets/fonts/fast.woff2"} == set(theme.files)
    system, _, _ = read(folder, RIGHT["system"])
    assert system.typefaces.preload == ()
    assert "@font-face" not in system.css


def test_a_colour_of_the_owners_style_sheet_is_read_too(folder: Path) -> None:
    theme, _, _ = read(folder, RIGHT["own colours"])
    for token, hue in (("accent", 0), ("hover", 1)):
        for colour, ground in zip(both(theme.css, token), ("#f4efe4", "#242d31"), strict=True):
            assert contrast(colour, ground) >= 7
            parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
            assert parts[hue] == max(parts)


SCHEMES = {
    "colours": ("light dark", True, ()),
    "dark": ("dark", False, ()),
    "light": ("light", False, ()),
    "by device": ("light dark", True, ("light", "dark")),
    "with automatic": ("light dark", True, ("auto", "light", "dark")),
    "dark at first": ("light dark", True, ("dark", "light")),
}
TOGGLE = "toggle: {icon: material/weather-night}"
PALETTES = {
    "colours": "  palette: {primary: teal}\n",
    "dark": "  palette: {scheme: slate}\n",
    "light": "  palette: {scheme: default, primary: teal}\n",
    "by device": f"  palette:\n    - {{media: '(prefers-color-scheme: light)', scheme: default, {TOGGLE}}}\n"
    f"    - {{media: '(prefers-color-scheme: dark)', scheme: slate, {TOGGLE}}}\n",
    "with automatic": f"  palette:\n    - {{media: '(prefers-color-scheme)', {TOGGLE}}}\n"
    f"    - {{media: '(prefers-color-scheme: light)', {TOGGLE}}}\n"
    f"    - {{media: '(prefers-color-scheme: dark)', scheme: slate, {TOGGLE}}}\n",
    "dark at first": f"  palette:\n    - {{scheme: slate, {TOGGLE}}}\n    - {{scheme: default, {TOGGLE}}}\n",
}


@pytest.mark.parametrize("name", SCHEMES)
def test_schemes_are_those_of_the_palette(folder: Path, name: str) -> None:
    theme, problems, _ = read(folder, PALETTES[name])
    assert problems == []
    modes = tuple(mode.scheme for mode in theme.palette.modes)
    assert (theme.palette.color_scheme, theme.palette.has_switch, modes) == SCHEMES[name]
    assert [mode.next for mode in theme.palette.modes] == [*modes[1:], *modes[:1]]


def styles() -> str:
    return "\n".join(path.read_text("utf-8") for path in (ROOT / "overrides/assets/css").rglob("*.css"))


def both(css: str, token: str) -> tuple[str, str]:
    """A token's values in the two schemes."""
    (found,) = re.findall(rf"--{token}: light-dark\((#\w+), (#\w+)\)", css)
    return found


@pytest.mark.parametrize("name", COLOURS["primary"])
def test_every_colour_is_read_on_every_ground(name: str) -> None:
    grounds = GROUND.findall(styles())
    assert len(grounds) >= 5
    accent = name if name in COLOURS["accent"] else "teal"
    file = ConfigFile("mkdocs.yml", {}, {("theme", "palette"): ("mkdocs.yml", 1)})
    setting = Setting(file, ("theme", "palette"), {"primary": name, "accent": accent})
    made, problems = palette(setting, styles()), setting.problems
    assert problems == []
    own = both(made.css, "band")
    for i, scheme in enumerate(("light", "dark")):
        for token in ("accent", "hover"):
            colour = both(made.css, token)[i]
            least = min(contrast(colour, ground[i]) for ground in [*grounds, own])
            assert least >= 7, (scheme, token, colour, least)
        inks = re.findall(r"--accent-ink: light-dark\((#\w+), (#\w+)\)", made.css)[0]
        assert contrast(inks[i], both(made.css, "accent")[i]) >= 7
        for token in ("ink", "muted", "alert"):
            assert contrast(both((ROOT / "overrides/assets/css/_base.css").read_text("utf-8"), token)[i], own[i]) >= 7


def test_the_colours_are_those_of_the_installed_material() -> None:
    spec = find_spec("material")
    assert spec
    assert spec.submodule_search_locations
    (sheet,) = Path(spec.submodule_search_locations[0], "templates/assets/stylesheets").glob("palette.*.min.css")
    css = sheet.read_text("utf-8")
    for kind, ours in COLOURS.items():
        theirs = re.findall(rf"\[data-md-color-{kind}=([a-z-]+)\]\{{--md-{kind}-fg-color:(#[0-9a-f]+)", css)
        assert len(theirs) > 12
        for name, colour in theirs:
            full = colour if len(colour) == 7 else "#" + "".join(digit * 2 for digit in colour[1:])
            assert ours[name.replace("-", " ")] == full
        named = set(re.findall(rf"data-md-color-{kind}=([a-z-]+)", css))
        assert {name.replace(" ", "-") for name in ours} >= named - {"custom"}


def test_each_icon_that_can_be_changed_stands_in_a_template() -> None:
    templates = "".join(path.read_text("utf-8") for path in (ROOT / "overrides").rglob("*.html"))
    for name in ICONS:
        assert f"view.theme.icons.{name}" in templates, name
