"""A wrong setting: what MkDocs says of mkdocs.yml, in an owner's words, at the line of the setting."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from ..content.settings import ConfigFile
from ..content.wrong_value import EXPECTED
from ..core.folder import path_from
from ..core.problems import Level, Problem, did_you_mean
from .guests import came_up, hooks, of_hook

UNKNOWN = "Unrecognised configuration name"
"""Of a setting without effect, which `knowledge.checks.settings` tells with what has one."""
FOLDERS = {"docs_dir": "docs", "site_dir": "site"}
"""Settings that name folders, and those that they name as a rule."""
WITHIN = re.compile(r"\AThe '(?:docs|site)_dir' should not be ")
"""What MkDocs says where one of them lies in the other, or is the folder of mkdocs.yml."""
BELOW = {
    "validation": "nav links omitted_files not_found absolute_links anchors unrecognized_links".split(),
    "validation.nav": "omitted_files not_found absolute_links".split(),
    "validation.links": "not_found absolute_links anchors unrecognized_links".split(),
    "extra_javascript": "path type async defer".split(),
}
"""Keys below a setting of MkDocs."""
ADDRESSES = ("site_url", "repo_url")
MANUAL = "see MkDocs' manual, Configuration"
KINDS = re.compile(
    r"Expected type: <class '(?P<wanted>\w+)'> but received: <class '(\w+)'>"
    r"|Expected a (?:list[^,]*, but a|(?P<str>string, got|multiline string, but a)) <class '(\w+)'>"
    r"|(?P<dict>key-value mapping \(dict\) but received: |Invalid type )<class '(\w+)'>"
)
TYPES = {kind.removesuffix("_type").replace("string", "str"): said for kind, said in EXPECTED.items()}
TYPES["NoneType"] = ("empty", MANUAL)
"""Python's types in an owner's words, and how a value of each is written."""
PATH = re.compile(r"[Pp]ath (?:set in custom_dir )?\(?'([^']*)'\)? (?:isn't|does not)")
ABOUT_THE_CONTENT = re.compile(r"Config value '(?:docs_dir'|site_dir'|plugins': Plugin 'i18n')")
"""What MkDocs says where nobody can tell which files are the content, and in which languages."""
ABOUT_A_KEY = re.compile(r"\AConfig value '([^']{1,80})': (.*)\Z", re.DOTALL)
OF_AN_OPTION = re.compile(r"Plugin '([^']{1,80})' option '([^']{1,80})': (.*)", re.DOTALL)
OF_A_KEY_BELOW = re.compile(r"Sub-option '([^']{1,80})': (.*)", re.DOTALL)


def wrong_setting(written: ConfigFile, record: logging.LogRecord) -> Problem | None:
    """What MkDocs says of a key, at its line; None of one that it does not know."""
    message = record.getMessage()
    found = ABOUT_A_KEY.match(message)
    path, said = ((found[1],), found[2]) if found else ((), message)
    if path and said.startswith(UNKNOWN):
        return None
    text = said.strip().rstrip(".")
    # A build is strict: what MkDocs warns of in a key stops it.
    level: Level = "error" if path or record.levelno >= logging.ERROR else "warning"
    if path and WITHIN.search(text):
        moved = next((key for key, usual in FOLDERS.items() if written.values.get(key, usual) != usual), path[0])
        given = written.values.get(moved)
        message = f"“{moved}: {given}” is no folder beside the others, below that of mkdocs.yml"
        return written.problem("config", (moved,), message, f"write {moved}: {FOLDERS[moved]}")
    option = OF_AN_OPTION.match(text)
    file, line = written.place(*(("plugins", option[1], *option[2].split(".")) if option else path))
    explained, fix = _explained(path[0], text) if path else (" ".join(text.split()), MANUAL)
    return Problem(file, line, 1, "config", explained, fix, level)


def unforeseen(written: ConfigFile, error: Exception) -> Problem:
    """Why MkDocs cannot read a file, where it does not say of which key."""
    theme = written.values.get("theme")
    if isinstance(theme, Mapping) and not isinstance(theme.get("custom_dir", ""), str):
        message = f"“theme.custom_dir” is {theme['custom_dir'] or 'empty'}; expected a folder"
        return written.problem("config", ("theme", "custom_dir"), message, "write custom_dir: overrides")
    said = " ".join(str(error).split()).rstrip(".")
    for key in ADDRESSES:
        try:
            urlsplit(str(written.values.get(key) or os.environ.get(key.upper())))  # as the README has it set
        except ValueError:
            return written.problem("config", (key,), *_no_address(key))
    if isinstance(error, KeyError) and (told := _no_event(written, f"on_{error.args[0]}")):
        return told
    if place := came_up(error, hooks(written)):
        return of_hook(*place, written.folder, f"the hook cannot be read: {said}")
    return written.problem("config", (), said, MANUAL)


def _no_event(written: ConfigFile, event: str) -> Problem | None:
    """At which line a hook listens to an event that MkDocs does not have."""
    from mkdocs.plugins import EVENTS

    for hook in filter(os.path.isfile, sorted(hooks(written))):
        for number, line in enumerate(hook.read_text("utf-8", "replace").split("\n"), 1):
            if line.partition("(")[0].split() == ["def", event]:
                file, fix = path_from(written.folder, hook), did_you_mean(event, [f"on_{known}" for known in EVENTS])
                return Problem(file, number, 1, "config", f"MkDocs has no event “{event}”", fix)
    return None


def _explained(key: str, said: str) -> tuple[str, str]:
    """What MkDocs says of a key in an owner's words, and how to fix it."""
    if option := OF_AN_OPTION.match(said):
        return _explained(f"{key}.{option[1]}.{option[2]}", option[3])
    if option := OF_A_KEY_BELOW.match(said):
        return _explained(f"{key}.{option[1]}", option[2])
    if said.startswith("Required"):
        return f"“{key}” is missing", f"add a line “{key.rpartition('.')[2]}: …”"
    if kinds := KINDS.search(said):
        return _wrong_kind(key, kinds)
    if path := PATH.search(said):
        name = path[1].replace("\\", "/").rpartition("/")[2]
        return f"“{key}” names “{name}”, and there is no such file or folder", "correct the path, or delete the line"
    if said.startswith("Expected nav"):
        return "“nav” is no list of pages", "write each as “- Title: page.md” on a line of its own"
    if said.startswith("Could not find a default language"):
        message = "no language has both “default: true” and “build: true”"
        return message, "write both at the language in which texts are written first"
    if locale := re.match(r"Language code values must be .* received '([^']*)'", said):
        return f"“{key}” is “{locale[1]}”; expected a code such as en", "write it in two small letters"
    if "URL isn't valid" in said:
        return _no_address(key)
    if extension := re.match(r"Failed to load extension '([^']*)'\.\s", said):
        why = said.rpartition("\n")[2].strip()
        if option := re.fullmatch(r"KeyError: '(\w+)'", why):
            return f"the extension “{extension[1]}” has no option “{option[1]}”", "correct its name, or delete it"
        return f"“{key}”: the extension “{extension[1]}” cannot be loaded: {why}", "correct its name or its options"
    if theme := re.match(r"Unrecognised theme name: '([^']*)'", said):
        return f"there is no theme “{theme[1]}”", "write name: material"
    if plugin := re.match(r'The "([^"]*)" plugin is not installed', said):
        fix = "correct its name, or add its package to requirements.in and install it"
        return f"there is no plugin “{plugin[1]}” on this machine", fix
    if chosen := re.match(r"Expected one of: \[(.*)\] but received: '?([^']*)'?", said):
        names = [name.strip("' ") for name in chosen[1].split(",")]
        return f"“{key}” is “{chosen[2]}”; expected one of: {', '.join(names)}", did_you_mean(chosen[2], names)
    if said.startswith(UNKNOWN):
        return f"“{key}” is not a known setting", _known_below(key) or "correct its name, or delete the line"
    if twice := re.match(r"Plugin '([^']*)' was specified multiple times", said):
        return f"the plugin “{twice[1]}” is there twice", "delete one of the two"
    return f"“{key}”: {' '.join(said.split())}", MANUAL


def _no_address(key: str) -> tuple[str, str]:
    return f"“{key}” is no address", f"write {key}: https://your.example/"


def _wrong_kind(key: str, found: re.Match[str]) -> tuple[str, str]:
    kind = found["wanted"] or next((kind for kind in ("str", "dict") if found[kind]), "list")
    (wanted, fix), (given, _) = (TYPES.get(one, (one, MANUAL)) for one in (kind, found[found.lastindex or 0]))
    return f"“{key}” is {given}; expected {wanted}", fix


def _known_below(key: str) -> str:
    """The option of a plugin that is meant, or the key below another."""
    from mkdocs.plugins import get_plugins

    above, _, last = key.rpartition(".")
    if above in BELOW:
        return did_you_mean(last, BELOW[above])
    kind, _, rest = key.partition(".")
    name, _, option = rest.rpartition(".")
    plugin = get_plugins().get(name) or get_plugins().get(f"material/{name}")
    if kind != "plugins" or not plugin:
        return ""
    return did_you_mean(option, [known for known, _ in plugin.load().config_scheme])
