"""The configuration as MkDocs reads it: the one module below `knowledge` that knows MkDocs.

A build is given it by MkDocs; the checks ask for it themselves, so that they see what a build would.
"""

from __future__ import annotations

import inspect
import logging
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any
from urllib.parse import urlsplit

from ..content.redirects import MAPS, PLUGIN
from ..content.settings import ConfigFile, languages_of
from ..content.wrong_value import EXPECTED
from ..core.day import mistold
from ..core.document import KeyPath
from ..core.folder import path_from
from ..core.language import LANGUAGES, Languages
from ..core.problems import Level, Problem, did_you_mean, errors_of
from ..outputs.output import Staging, foreign
from .guests import came_up, hooks, is_ours, of_hook, stopped
from .html import BASIC, MarkdownSettings

UNKNOWN = "Unrecognised configuration name"
"""Of a setting without effect, which `knowledge.checks.settings` tells with what has one."""
PLAIN = (
    "site_name",
    "site_url",
    "extra",
    "extra_css",
    "copyright",
    "repo_url",
    "repo_name",
    "edit_uri",
    "edit_uri_template",
    "nav",
)
"""Settings whose values are plain."""
LEAVES_OUT = ("exclude_docs", "draft_docs")
"""Settings of what MkDocs builds no page of, or copies not."""
FOLDERS = {"docs_dir": "docs", "site_dir": "site"}
"""Settings that name folders, and those that they name as a rule."""
WITHIN = re.compile(r"\AThe '(?:docs|site)_dir' should not be ")
"""What MkDocs says where one of them lies in the other, or is the folder of mkdocs.yml."""
WITHIN_DOCS = ("data",)
WITHIN_OVERRIDES = ("assets", "assets/css", "assets/fonts", "assets/js", "partials", "partials/blocks", "strings")
"""Folders whose files many others need."""
BELOW = {
    "validation": "nav links omitted_files not_found absolute_links anchors unrecognized_links".split(),
    "validation.nav": "omitted_files not_found absolute_links".split(),
    "validation.links": "not_found absolute_links anchors unrecognized_links".split(),
    "extra_javascript": "path type async defer".split(),
}
"""Keys below a setting of MkDocs."""
ADDRESSES = ("site_url", "repo_url")
MANUAL = "see MkDocs' manual, Configuration"
INSTEAD = {
    "material/info": "it gathers files for Material's authors, and asks the network",
    "material/optimize": "the site makes photographs small itself",
    "material/search": "the site has a search of its own",
    "material/tags": "what an article is about stands in its “concepts”",
    "material/blog": "articles stand in topics, and the newest in the feeds",
    "material/meta": "each article says all of itself",
    "material/social": "the site draws its social pictures itself",
    "material/typeset": "contents and titles say what their headings do",
    "material/offline": "“make portable” lets the built site open from its folder",
}
"""Plugins of Material that would change nothing, write into docs/ or publish photographs whole, and what there is in
their place."""
I18N = {"docs_structure": "suffix", "fallback_to_default": False}
"""Options of static-i18n without which files of one language would be pages of another."""
OF_QUESTIONS = "{#"
"""With which a heading gets its id; Jinja's own begin of a comment too."""
OF_AN_OPTION = re.compile(r"Plugin '([^']{1,80})' option '([^']{1,80})': (.*)", re.DOTALL)
OF_A_KEY_BELOW = re.compile(r"Sub-option '([^']{1,80})': (.*)", re.DOTALL)
KINDS = re.compile(
    r"Expected type: <class '(?P<wanted>\w+)'> but received: <class '(\w+)'>"
    r"|Expected a (?:list[^,]*, but a|(?P<str>string, got|multiline string, but a)) <class '(\w+)'>"
    r"|(?P<dict>key-value mapping \(dict\) but received: |Invalid type )<class '(\w+)'>"
)
TYPES = {kind.removesuffix("_type").replace("string", "str"): said for kind, said in EXPECTED.items()}
TYPES["NoneType"] = ("empty", MANUAL)
"""Python's types in an owner's words, and how a value of each is written."""
WITHOUT_US = (("hooks",), "hooks/main.py is missing, without which no page is made", "write hooks: [hooks/main.py]")
"""What is said of a file without the site's own hook."""
PATH = re.compile(r"[Pp]ath (?:set in custom_dir )?\(?'([^']*)'\)? (?:isn't|does not)")
CALLED = FunctionType | MethodType | type
"""What a hook or plugin gives MkDocs to call, as a rule."""
ABOUT_THE_CONTENT = re.compile(r"Config value '(?:docs_dir'|site_dir'|plugins': Plugin 'i18n')")
"""What MkDocs says where nobody can tell which files are the content, and in which languages."""
ABOUT_A_KEY = re.compile(r"\AConfig value '([^']{1,80})': (.*)\Z", re.DOTALL)


@dataclass(frozen=True)
class Configuration:
    """What the checks need of mkdocs.yml."""

    docs: Path
    overrides: Path | None
    markdown: MarkdownSettings = BASIC
    languages: Languages = LANGUAGES
    values: Mapping[str, Any] = field(default_factory=dict)
    """What `resolved` gives."""
    knows_content: bool = True
    """Whether it says where the content is and in which languages, so that it can be looked through."""
    stops: bool = False
    """Whether `mkdocs build --strict` stops at it, before this site has a say."""


def configuration(file: Path) -> tuple[Configuration, list[Problem]]:
    """Read mkdocs.yml, with all that MkDocs would say of it.

    Returns:
        The configuration; where MkDocs would stop, as far as it can be understood.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort

    written, failure = ConfigFile.read(file), None
    if errors_of(written.problems):
        return _as_written(file, written, stops=_stops(file)), list(written.problems)
    with logged(logging.WARNING) as records:
        try:
            try:
                config = load_config(str(file))
            except Abort:
                if any(record.levelno >= logging.ERROR for record in records):
                    raise
                records.clear()  # A warning stops a strict build, and keeps nobody from reading on.
                config = load_config(str(file), strict=False)
        except Exception as error:  # MkDocs' own, or what it did not foresee, such as custom_dir: without a folder.
            failure = error
    problems = list(dict.fromkeys(filter(None, (_problem(written, record) for record in records))))
    if failure:
        known = not any(ABOUT_THE_CONTENT.match(record.getMessage()) for record in records)
        understood = replace(_as_written(file, written, stops=True), knows_content=known)
        return understood, problems or [_unforeseen(written, failure)]
    theme, docs = config.theme.custom_dir, Path(config.docs_dir)
    overrides = Path(theme).resolve() if theme and (Path(theme) / "article.html").is_file() else None
    problems += (lacking := essentials(config))
    is_folder_lacking = any(problem.file != written.name for problem in lacking)
    found = Configuration(
        docs,
        overrides,
        markdown_in(config),
        languages_in(config),
        resolved(config),
        _holds_pages(docs) and _spoken(docs) <= {*_locales(config)} and not is_folder_lacking,
        stops=bool(records),
    )
    return found, problems


def _stops(file: Path) -> bool:
    """Whether MkDocs stops at a file by itself, which has less against one than we do."""
    from mkdocs.config import load_config

    with logged(logging.CRITICAL):
        try:
            load_config(str(file), strict=True)
        except Exception:
            return True
    return False


def _unforeseen(written: ConfigFile, error: Exception) -> Problem:
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
            return written.problem("config", (key,), f"“{key}” is no address", f"write {key}: https://your.example/")
    event = f"on_{error.args[0]}" if isinstance(error, KeyError) else ""
    for hook in sorted(hooks(written)) if event else ():
        lines = hook.read_text("utf-8", "replace").split("\n") if hook.is_file() else []
        if line := next(
            (number for number, one in enumerate(lines, 1) if one.partition("(")[0].split() == ["def", event]), 0
        ):
            from mkdocs.plugins import EVENTS

            fix = did_you_mean(event, [f"on_{known}" for known in EVENTS])
            return Problem(path_from(written.folder, hook), line, 1, "config", f"MkDocs has no event “{event}”", fix)
    if place := came_up(error, hooks(written)):
        return of_hook(*place, written.folder, f"the hook cannot be read: {said}")
    return written.problem("config", (), said, MANUAL)


def resolved(config: Any) -> dict[str, Any]:
    """The settings of the site's looks and content, as MkDocs read them, in plain values."""
    i18n, redirects = (config.plugins.get(name) for name in ("i18n", PLUGIN))
    scripts = [script if isinstance(script, str) else dict(script) for script in config.extra_javascript]
    return {
        **{key: config[key] for key in PLAIN},
        "theme": {key: config.theme[key] for key in config.theme},
        "icons": [Path(folder) / ".icons" for folder in config.theme.dirs],
        "extra_javascript": scripts,
        "languages": languages_in(config),
        "left_out": {key: config[key] for key in LEAVES_OUT},
        "i18n": [dict(language) for language in i18n.config.languages] if i18n else [],
        "redirects": redirects.config.get(MAPS) or {} if redirects else {},
    }


def markdown_in(config: Any) -> MarkdownSettings:
    """How a configuration, as MkDocs has read it, has texts converted."""
    return MarkdownSettings(tuple(config.markdown_extensions), dict(config.mdx_configs or {}), _fills_in(config))


def _fills_in(config: Any) -> bool:
    """Whether a plugin or hook beside us may replace marks in texts before they are converted."""
    guests = (guest for name, guest in config.plugins.items() if name != "i18n" and not is_ours(name))
    return any(hasattr(guest, "on_page_markdown") for guest in guests)


def languages_in(config: Any) -> Languages:
    """The languages that a configuration names, as MkDocs has read it."""
    plugin = config.plugins.get("i18n")
    return Languages.of(plugin.config.languages if plugin else ()) or LANGUAGES


def _as_written(file: Path, written: ConfigFile, stops: bool) -> Configuration:
    """What can be taken from a file that MkDocs does not read."""
    values, root = written.values, file.resolve().parent
    theme = values.get("theme")
    docs, overrides = values.get("docs_dir"), theme.get("custom_dir") if isinstance(theme, dict) else None
    return Configuration(
        root / (docs if isinstance(docs, str) else "docs"),
        root / (overrides if isinstance(overrides, str) else "overrides"),
        languages=languages_of(file),
        stops=stops,
    )


def _problem(written: ConfigFile, record: logging.LogRecord) -> Problem | None:
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
    file, line = written.place(*written.plugin(option[1]), *option[2].split(".")) if option else written.place(*path)
    explained, fix = _explained(path[0], text) if path else (" ".join(text.split()), MANUAL)
    return Problem(file, line, 1, "config", explained, fix, level)


def _explained(key: str, said: str) -> tuple[str, str]:
    """What MkDocs says of a key in an owner's words, and how to fix it."""
    if option := OF_AN_OPTION.match(said):
        return _explained(f"{key}.{option[1]}.{option[2]}", option[3])
    if option := OF_A_KEY_BELOW.match(said):
        return _explained(f"{key}.{option[1]}", option[2])
    if said.startswith("Required"):
        return f"“{key}” is missing", f"add a line “{key.rpartition('.')[2]}: …”"
    if kinds := KINDS.search(said):
        kind = kinds["wanted"] or next((kind for kind in ("str", "dict") if kinds[kind]), "list")
        (wanted, fix), (given, _) = (TYPES.get(one, (one, MANUAL)) for one in (kind, kinds[kinds.lastindex or 0]))
        return f"“{key}” is {given}; expected {wanted}", fix
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
        return f"“{key}” is no address", f"write {key}: https://your.example/"
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
        return f"“{key}” is not a known setting", _known(key) or "correct its name, or delete the line"
    if twice := re.match(r"Plugin '([^']*)' was specified multiple times", said):
        return f"the plugin “{twice[1]}” is there twice", "delete one of the two"
    return f"“{key}”: {' '.join(said.split())}", MANUAL


def _known(key: str) -> str:
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


def essentials(config: Any, is_preview: bool = False) -> list[Problem]:
    """What the site cannot do without and a configuration lacks, as MkDocs has read it: its theme with the templates,
    its hook, the plugin for its languages, as it needs it, and a folder that a build may fill.

    Args:
        is_preview: which fills a folder of its own.
    """
    lacking = [*_lacking(config), *(() if is_preview else _in_the_way(config))]
    uncallable, folders = [*_uncallable(config)], [] if lacking else [*_lacking_folders(config)]
    if not lacking and not uncallable:
        return folders
    written = ConfigFile.read(Path(config.config_file_path))
    told = [
        written.problem("config", written.plugin(path[1]) if path[:1] == ("plugins",) and path[1:] else path, *said)
        for path, *said in lacking
    ]
    return told + folders + [stopped(method, event, guest, written, why) for method, event, guest, why in uncallable]


def _lacking_folders(config: Any) -> Iterator[Problem]:
    """Folders without which each file that needs one of theirs would be told."""
    root = Path(config.config_file_path).resolve().parent
    for base, names in ((config.docs_dir, WITHIN_DOCS), (config.theme.custom_dir, WITHIN_OVERRIDES)):
        for folder in (Path(base).resolve() / name for name in names):
            if not folder.is_dir() and folder.parent.is_dir():
                what = "it is a file, where the site needs a folder" if folder.exists() else "the folder is missing"
                name = path_from(root, folder)
                yield Problem(name, 1, 1, "config", what, "put the folder back: git has it")


def _uncallable(config: Any) -> Iterator[tuple[Callable[..., Any], str, str, str]]:
    """Methods of hooks and plugins that do not take what MkDocs gives: the event, whose each is, and what that is."""
    for guest, plugin in config.plugins.items():
        for event in config.plugins.events:
            method = getattr(plugin, f"on_{event}", None)
            given = inspect.signature(getattr(config.plugins, f"on_{event}")).parameters.values()
            named = {one.name: one for one in given if one.kind is one.KEYWORD_ONLY}
            for one in getattr(method, "methods", [method]):  # of a CombinedEvent
                takes = inspect.signature(one) if isinstance(one, CALLED) else None
                try:
                    if takes:
                        takes.bind(*(one for one in given if one.name not in named), **named)
                except TypeError:
                    arguments = ", ".join(one.name for one in given)
                    yield one, event, guest, f"on_{event} takes {takes}; MkDocs gives it ({arguments})"


def _lacking(config: Any) -> Iterator[tuple[KeyPath, str, str]]:
    yield from _lacking_of_theme(config)
    if not any(map(is_ours, config.hooks)):
        yield WITHOUT_US
    if not {str(name).rpartition(".")[2] for name in config.markdown_extensions} & {"attr_list", "extra"}:
        message = "the extension “attr_list” is missing, by which headings get their ids"
        yield ("markdown_extensions",), message, "add it to “markdown_extensions”"
    if (config.mdx_configs or {}).get("pymdownx.snippets", {}).get("auto_append"):
        message = "“auto_append” puts a text below each page that GitHub does not show there"
        yield ("markdown_extensions",), message, "take it out; docs/data/concepts.yml says what a term means"
    if (seconds := mistold()) is not None:
        message = f"SOURCE_DATE_EPOCH in the environment is “{seconds}”; expected seconds since 1970"
        yield (), message, "unset it, or write the number alone"
    if not _holds_pages(Path(config.docs_dir)):
        message = f"“docs_dir” names “{Path(config.docs_dir).name}”, which does not hold the site's pages"
        yield ("docs_dir",), message, "write docs_dir: docs"
    if not 0 < config.dev_addr.port < 65536:
        message = f"“dev_addr” names the port {config.dev_addr.port}, and there is none of that number"
        yield ("dev_addr",), message, "write dev_addr: 127.0.0.1:8000"
    for name in config.extra_templates:
        if not (Path(config.docs_dir) / name).is_file():
            message = f"“extra_templates”: there is no file “docs/{name}”"
            yield ("extra_templates",), message, "correct its path, seen from docs/, or delete the line"
    yield from _lacking_of_plugins(config)
    yield from _lacking_of_languages(config)


def _lacking_of_theme(config: Any) -> Iterator[tuple[KeyPath, str, str]]:
    if config.theme.name != "material":
        message = f"the theme is “{config.theme.name}”; expected material, for which the templates are written"
        yield ("theme",), message, "write name: material below theme:"
    if not config.theme.custom_dir:
        message = "“theme.custom_dir” is missing, where the templates are"
        yield ("theme",), message, "write custom_dir: overrides below theme:"
    elif not (Path(config.theme.custom_dir) / "article.html").is_file():
        message = f"“theme.custom_dir” names “{Path(config.theme.custom_dir).name}”, which does not hold the templates"
        yield ("theme", "custom_dir"), message, "write custom_dir: overrides"


def _lacking_of_plugins(config: Any) -> Iterator[tuple[KeyPath, str, str]]:
    for name, instead in INSTEAD.items():
        if name in config.plugins:
            yield ("plugins", name), f"the plugin “{name}” has no use here; {instead}", "take it out of “plugins”"
    macros = config.plugins.get("macros")
    if macros and (macros.config.get("j2_comment_start_string") or OF_QUESTIONS) == OF_QUESTIONS:
        message = f"the plugin “macros” takes “{OF_QUESTIONS}” for a comment, with which questions get their ids"
        fix = 'write below it: j2_comment_start_string: "[#" and j2_comment_end_string: "#]"'
        yield ("plugins", "macros"), message, fix


def _lacking_of_languages(config: Any) -> Iterator[tuple[KeyPath, str, str]]:
    i18n = config.plugins.get("i18n")
    if not i18n:
        fix = "put it back: git diff mkdocs.yml shows how it stood"
        yield ("plugins",), "the plugin i18n is missing, which knows the languages", fix
        return
    locales = _locales(config)
    for code in _spoken(Path(config.docs_dir)) - {*locales}:
        message = f"the pages in “{code}” are in none of the site's languages: {', '.join(locales)}"
        yield ("plugins", "i18n"), message, f"add “{code}” to “languages”, or delete the files *.{code}.md"
    for locale in sorted({one for one in locales if locales.count(one) > 1}):
        yield ("plugins", "i18n"), f"the language “{locale}” is there twice", "delete one of the two lines"
    if sum(language.default for language in i18n.config.languages) > 1:
        fix = "keep it at the language in which texts are written first"
        yield ("plugins", "i18n"), "two languages have “default: true”, and only one is the original", fix
    for name, wanted in I18N.items():
        value = i18n.config.get(name)
        if value != wanted:
            shown, fix = (str(v).lower() if isinstance(v, bool) else str(v) for v in (value, wanted))
            yield ("plugins", "i18n"), f"“plugins.i18n.{name}” is “{shown}”; expected {fix}", f"write {name}: {fix}"


def _locales(config: Any) -> list[str]:
    """The codes of the languages that a configuration names, those to come too."""
    i18n = config.plugins.get("i18n")
    return [language.locale for language in i18n.config.languages] if i18n else []


def _spoken(docs: Path) -> set[str]:
    """The languages of a folder's home pages, as their names say."""
    return {path.name.split(".")[1] for path in docs.glob("index.*.md") if (docs / f"404{path.name[5:]}").is_file()}


def _holds_pages(docs: Path) -> bool:
    """Whether a folder looks like that of a site's pages."""
    return (docs / "data").is_dir() or any(docs.glob("404.*.md"))


def _in_the_way(config: Any) -> Iterator[tuple[KeyPath, str, str]]:
    """Why a folder is none that a build may fill."""
    site, hooks = Path(os.path.realpath(config.site_dir)), Path(__file__).parents[2]
    for sources in (Path(config.theme.custom_dir or hooks).resolve(), hooks):
        if sources in site.parents:
            message = f"the site would be written into {sources.name}/, of which pages are made"
            yield ("site_dir",), message, "write site_dir: site"
    if told := Staging(site).in_the_way():
        yield ("site_dir",), *told
    elif name := foreign(site):
        message = f"the folder “{site.name}” holds files that no build of this site has written, such as “{name}”"
        yield ("site_dir",), message, "delete them or move them elsewhere, or name a new folder"


@contextmanager
def logged(level: int) -> Iterator[list[logging.LogRecord]]:
    """What MkDocs logs meanwhile from a level on, instead of printing it; neither `--quiet` nor a worker, which prints
    nothing, hides any: what is warned of must not be kept as if it were right."""
    records: list[logging.LogRecord] = []
    listener = logging.Handler()
    listener.emit = records.append  # type: ignore[assignment, method-assign]  # its one purpose
    logger = logging.getLogger("mkdocs")
    handlers, before, propagate = logger.handlers, logger.level, logger.propagate
    logger.handlers, logger.propagate = [listener], False
    logger.setLevel(level)
    disabled = logging.root.manager.disable
    logging.disable(logging.NOTSET)
    try:
        yield records
    finally:
        logging.disable(disabled)
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(before)
