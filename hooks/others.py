"""Other plugins and an owner's hooks: which events of theirs this site runs, and how that changes its own work."""

from __future__ import annotations

import logging
import os
import re
import sys
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import jinja2
from jinja2 import meta, nodes
from markdown import Extension
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError, MkDocsException
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from knowledge.checks.guests import is_ours, stopped
from knowledge.content.settings import ConfigFile
from knowledge.core.fingerprint import checksum, checksum_of, digest
from knowledge.core.folder import files_in

LANGUAGES = "i18n"
"""The name under which MkDocs knows the plugin that calls our hook for each language."""
NOT_RUN = {
    "page_read_source": "pages are read by the library",
    "pre_template": "the site writes sitemap.xml and its other files itself",
    "template_context": "the site writes sitemap.xml and its other files itself",
    "post_template": "the site writes sitemap.xml and its other files itself",
}
"""Events that never come, and why."""
NAVIGATION = re.compile(r"""\{[{%][^%{}]*?(?<!["'.\w-])(?:(?:page|config)\.\w|nav\b)""")
"""Where a template may use what MkDocs gives to themes, or a variable of that name."""
NAMES = {"page", "config", "nav"}
"""What MkDocs gives to themes; our own templates use the view alone."""
GIVE = {
    "config": MkDocsConfig,
    "files": Files,
    "nav": Navigation,
    "env": jinja2.Environment,
    "pre_page": Page,
    "page_markdown": str,
    "page_content": str,
    "page_context": dict,
    "post_page": str,
}
"""What an event's methods may give back, if anything."""
LARGE = 1_000_000
"""Bytes of a file that is not read only to see whether somebody has changed it."""
TRACEBACK = "Traceback (most recent call last)"
LIBRARIES = ("stdlib", "platstdlib", "purelib", "platlib", "scripts")
"""Where Python keeps code that is named by a version, and the commands that start it."""
PLACES = {"site_dir", "docs_dir", "config_file_path", "plugins", "hooks", "theme", "watch", "dev_addr", "strict"}
"""Settings that do not change what is built, or whose contents are looked at below."""


@dataclass(frozen=True)
class Others:
    """What takes part in a build beside us, by event: the names of plugins and hooks."""

    events: dict[str, tuple[str, ...]]
    templates_use_navigation: bool = False

    @classmethod
    def of(cls, config, overrides: Path) -> Others:
        """Who listens to what."""
        events: dict[str, tuple[str, ...]] = {}
        for event, methods in config.plugins.events.items():
            if found := list(filter(None, (_owner(method, config) for method in methods))):
                events[event] = tuple(dict.fromkeys(found))
        sources = (path.read_text("utf-8", "replace") for path in files_in(overrides, "**/*.html"))
        return cls(events, any(uses_navigation(source) for source in sources))

    @property
    def see_pages(self) -> bool:
        """Whether somebody takes part in a page in a way that no cache can follow: then all pages are rendered."""
        return bool(self.events.keys() & {"env", "page_content", "page_context"}) or self.templates_use_navigation

    def not_run(self, has_extra_templates: bool) -> list[str]:
        """A line for each plugin's event that this site does not run."""
        return [
            f"The plugin “{name}” listens to on_{event}, which this site does not run: {NOT_RUN[event]}"
            for event, names in sorted(self.events.items())
            if event in NOT_RUN and not (has_extra_templates and "template" in event)
            for name in names
        ]


class Stopped(BuildError):
    """What went wrong in a method of another's, at the line to look at."""


@dataclass(frozen=True, eq=False)
class Guest:
    """A method of another's, which MkDocs takes for the method itself: what goes wrong in it is told as its owner's."""

    method: Callable[..., Any]
    event: str
    owner: str
    config_file: Path

    def __call__(self, *given: Any, **named: Any) -> Any:
        page = named.get("page") or (given[0] if self.event == "pre_page" else None)
        attempt = getattr(page, "attempt", None)
        return attempt(lambda: self._call(*given, **named), None) if attempt else self._call(*given, **named)

    def _call(self, *given: Any, **named: Any) -> Any:
        try:
            gave = self.method(*given, **named)
        except MkDocsException:
            raise  # It says itself what is wrong.
        except (Exception, SystemExit) as error:
            if logging.getLogger("mkdocs").isEnabledFor(logging.DEBUG):
                raise
            raise self._stopped(error) from error
        wanted = GIVE.get(self.event)
        if wanted and gave is not None and not isinstance(gave, wanted):
            raise self._stopped(f"on_{self.event} gives back {type(gave).__name__}; expected {wanted.__name__}")
        if self.event == "post_page" and isinstance(gave, str) and given[0].strip() and not gave.strip():
            raise self._stopped("on_post_page gives back an empty page, which the site would lack")
        return gave

    def _stopped(self, why: BaseException | str) -> Stopped:
        return Stopped(str(stopped(self.method, self.event, self.owner, why, ConfigFile.read(self.config_file))))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.method, name)

    def __eq__(self, other: object) -> bool:
        return self.method == other

    def __hash__(self) -> int:
        return hash(self.method)


def without_code(record: logging.LogRecord) -> bool:
    """Take its code out of what a plugin warns of, which helps no editor; `--verbose` shows it."""
    said, code, _ = record.getMessage().partition(TRACEBACK)
    if code and not logging.getLogger("mkdocs").isEnabledFor(logging.DEBUG):
        lines = (line.strip("` ") for line in said.split("\n"))
        record.msg, record.args = "; ".join(filter(None, lines)), ()
    return True


def written(docs: Path) -> dict[str, str]:
    """Each file below a folder, and the checksum of what it holds; of a large one, when that was written."""
    files = (path for path in docs.rglob("*") if path.is_file())
    return {
        path.relative_to(docs).as_posix(): checksum(path.read_bytes())
        if (found := path.stat()).st_size < LARGE
        else str(found.st_mtime_ns)
        for path in files
    }


def receive(config) -> None:
    """Let what goes wrong in others' methods be told as theirs."""
    for event, methods in config.plugins.events.items():
        for number, method in enumerate(methods):
            if owner := _owner(method, config):
                methods[number] = Guest(method, event, owner, Path(config.config_file_path))


def _owner(method, config) -> str | None:
    """Whose method it is: the name of a plugin or hook beside us."""
    of_plugin = getattr(method, "__self__", None)
    if of_plugin is not None:
        name = next((name for name, plugin in config.plugins.items() if plugin is of_plugin), None)
    else:
        module, code = sys.modules.get(getattr(method, "__module__", "")), getattr(method, "__code__", None)
        file = Path((code.co_filename if code else getattr(module, "__file__", "")) or "").resolve()
        name = next((name for name, hook in config.hooks.items() if Path(hook.__file__ or "").resolve() == file), None)
    return name if name and name != LANGUAGES and not is_ours(name) else None


def uses_navigation(template: str) -> bool:
    """Whether a template's source uses what MkDocs gives to themes; variables of its own are its own affair."""
    if not NAVIGATION.search(template):
        return False
    env = jinja2.Environment()
    try:
        tree = env.parse(template)
        env.filters |= dict.fromkeys((node.name for node in tree.find_all(nodes.Filter)), str)
        return bool(meta.find_undeclared_variables(tree) & NAMES)
    except jinja2.TemplateSyntaxError:  # which the checks tell
        return False


def configured(config) -> str:
    """The fingerprint of the whole resolved configuration: plugins with their options, hooks, theme, extensions."""
    plugins = [(name, _stable(dict(getattr(plugin, "config", {})))) for name, plugin in config.plugins.items()]
    hooks = [(name, _as_begun(module)) for name, module in config.hooks.items()]
    look = config.theme.name, _stable({key: config.theme[key] for key in config.theme})
    settings = [(key, _stable(config[key])) for key in sorted(config) if key not in PLACES]
    # What they have imported from no library, whose version would name it.
    beside = [(Path(module.__file__ or "").name, _as_begun(module)) for module in _theirs(config)]
    return digest(plugins, hooks, beside, look, settings)


def changed(config) -> list[str]:
    """The files of our code and an owner's that hold something else than this process runs."""
    ours = f"{Path(__file__).parent}{os.sep}"
    modules = [*(module for file, module in _own().items() if file.startswith(ours)), *_theirs(config)]
    known = {module.__file__: _as_begun(module) for module in (*modules, *config.hooks.values())}
    return [file for file, begun in known.items() if checksum_of(file) != begun]


@cache
def _as_begun(module: ModuleType) -> str:
    """The checksum of a module's file when somebody first asked: Python runs it as it was, whatever it holds since."""
    return checksum_of(module.__file__ or "")


def _theirs(config) -> list[ModuleType]:
    """Modules that lie beside mkdocs.yml, or beside a hook, a plugin or an extension, and are no library's or ours."""
    ours, own = f"{Path(__file__).parent}{os.sep}", _own()
    named = [one if isinstance(one, str) else type(one).__module__ for one in config.markdown_extensions]
    named += [type(plugin).__module__ for plugin in config.plugins.values()]
    files = {name: getattr(sys.modules.get(name.partition(":")[0]), "__file__", None) for name in named}
    theirs = [file for file in files.values() if file in own and not file.startswith(ours)]
    theirs += [config.config_file_path, *(hook.__file__ for hook in config.hooks.values())]
    folders = tuple(f"{Path(file).parent}{os.sep}" for file in theirs)
    return [own[file] for file in sorted(own) if file.startswith(folders) and not file.startswith(ours)]


def _own() -> dict[str, ModuleType]:
    """The modules that are no library's, by file."""
    libraries = tuple(f"{sysconfig.get_path(name)}{os.sep}" for name in LIBRARIES)
    files = {getattr(module, "__file__", None) or "": module for module in [*sys.modules.values()]}
    return {file: module for file, module in files.items() if not file.startswith(libraries) and os.path.isfile(file)}


def _stable(value: object) -> str:
    """A value's representation, the same in every process."""
    if isinstance(value, dict):
        return repr(sorted((str(key), _stable(item)) for key, item in value.items()))
    if isinstance(value, (list, tuple)):
        return repr([_stable(item) for item in value])
    if isinstance(value, Extension):
        return repr((type(value).__qualname__, _stable(value.getConfigs())))
    return re.sub(r" at 0x[0-9a-f]+", "", repr(value))
