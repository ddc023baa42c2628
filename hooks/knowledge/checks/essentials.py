"""Essentials: what the site cannot do without, and a configuration may lack, as MkDocs has read it."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any

from ..content.settings import ConfigFile
from ..core.day import mistold
from ..core.document import KeyPath
from ..core.folder import path_from
from ..core.problems import Problem
from ..outputs.output import Staging, foreign
from .guests import is_ours, stopped

WITHIN_DOCS = ("data",)
WITHIN_OVERRIDES = ("assets", "assets/css", "assets/fonts", "assets/js", "partials", "partials/blocks", "strings")
"""Folders whose files many others need."""
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
WITHOUT_US = (("hooks",), "hooks/main.py is missing, without which no page is made", "write hooks: [hooks/main.py]")
"""What is said of a file without the site's own hook."""
CALLED = FunctionType | MethodType | type
"""What a hook or plugin gives MkDocs to call, as a rule."""


def essentials(config: Any, is_preview: bool = False) -> list[Problem]:
    """What the site cannot do without and a configuration lacks, as MkDocs has read it: its theme with the templates,
    its hook, the plugin for its languages, as it needs it, and a folder that a build may fill.

    Args:
        is_preview: which fills a folder of its own.
    """
    written = ConfigFile.read(Path(config.config_file_path))
    lacking = [
        written.problem("config", path, *said)
        for path, *said in (*_lacking(config), *(() if is_preview else _in_the_way(config)))
    ]
    folders = () if lacking else _lacking_folders(config)
    return [*lacking, *folders, *(stopped(*uncallable, written) for uncallable in _uncallable(config))]


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
    if not holds_pages(Path(config.docs_dir)):
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
    named = locales(config)
    for code in spoken_in(Path(config.docs_dir)) - {*named}:
        message = f"the pages in “{code}” are in none of the site's languages: {', '.join(named)}"
        yield ("plugins", "i18n"), message, f"add “{code}” to “languages”, or delete the files *.{code}.md"
    for locale in sorted({one for one in named if named.count(one) > 1}):
        yield ("plugins", "i18n"), f"the language “{locale}” is there twice", "delete one of the two lines"
    if sum(language.default for language in i18n.config.languages) > 1:
        fix = "keep it at the language in which texts are written first"
        yield ("plugins", "i18n"), "two languages have “default: true”, and only one is the original", fix
    for name, wanted in I18N.items():
        value = i18n.config.get(name)
        if value != wanted:
            shown, fix = (str(v).lower() if isinstance(v, bool) else str(v) for v in (value, wanted))
            yield ("plugins", "i18n"), f"“plugins.i18n.{name}” is “{shown}”; expected {fix}", f"write {name}: {fix}"


def locales(config: Any) -> list[str]:
    """The codes of the languages that a configuration names, those to come too."""
    i18n = config.plugins.get("i18n")
    return [language.locale for language in i18n.config.languages] if i18n else []


def spoken_in(docs: Path) -> set[str]:
    """The languages of a folder's home pages, as their names say."""
    return {path.name.split(".")[1] for path in docs.glob("index.*.md") if (docs / f"404{path.name[5:]}").is_file()}


def holds_pages(docs: Path) -> bool:
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
