"""Settings of mkdocs.yml that have no effect here, at their lines."""

from __future__ import annotations

from pathlib import Path

from ..content.settings import ConfigFile
from ..core.document import KeyPath
from ..core.folder import files_in
from ..core.problems import Problem, did_you_mean
from ..pages.blocks import LISTED
from ..pages.theme import SUPPORTED

TOP = frozenset(
    "INHERIT site_name site_url docs_dir site_dir exclude_docs draft_docs not_in_nav strict watch dev_addr theme hooks "
    "plugins markdown_extensions mdx_configs validation extra extra_templates remote_branch remote_name "
    "extra_css extra_javascript copyright repo_url repo_name edit_uri edit_uri_template nav".split()
)
"""Top-level settings that this site, or MkDocs itself, follows."""
OURS = {
    "site_description": "write it as “site_description” in overrides/strings/",
    "site_author": "set “extra.publisher.name”",
    "use_directory_urls": "addresses end in a slash in any case",
    "extra.alternate": "the languages below “i18n” make the switch",
    "extra.consent": "the site sets no cookies, and need not ask",
    "extra.email": "write it below “publisher:” instead",
    "extra.generator": "no page says what made it",
    "extra.homepage": "the logo leads to the home page",
    "extra.tags": "an article's concepts are its tags",
    "extra.version": "a site has one version",
}
"""Settings of MkDocs and Material that have no effect here, and what has."""
EXTRA = frozenset("preview drafts cache publisher topics footer social analytics".split())
EXTRA |= {block.name for block in LISTED}
LANGUAGE = frozenset("locale name build default copyright nav_translations".split())
"""Settings of a language of static-i18n that this site follows."""


def without_effect(file: ConfigFile, folder: Path, overrides: Path) -> list[Problem]:
    """What stands in mkdocs.yml and changes nothing.

    A setting of `extra` that a template or a hook of the owner names is taken for theirs. Those of `theme` are told
    where they are read, in `knowledge.pages.theme`.
    """
    named = _named_elsewhere(folder, overrides)
    entries = {title for item in (file.values or {}).get("nav") or () if isinstance(item, dict) for title in item}
    problems = []
    for path in file.places if file.values else ():
        name = str(path[-1])
        full = ".".join(map(str, path))
        if full in OURS and not (path[0] == "extra" and name in named):
            problems.append(_problem(file, path, full, f"{OURS[full]}; delete the line"))
        elif len(path) == 1 and name not in TOP:
            above = "extra" if name in EXTRA else "theme" if name in SUPPORTED else ""
            fix = f"write it below “{above}:”, two spaces further in" if above else did_you_mean(name, TOP)
            problems.append(_problem(file, path, name, fix))
        elif path[0] == "plugins" and path[-4:-2] == ("i18n", "languages") and name not in LANGUAGE:
            problems.append(_problem(file, path, f"plugins.i18n.languages.{name}", did_you_mean(name, LANGUAGE)))
        elif path[0] == "plugins" and path[-2:-1] == ("nav_translations",) and entries and name not in entries:
            called = f"plugins.i18n.languages.nav_translations.{name}"
            problems.append(_problem(file, path, called, did_you_mean(name, entries)))
        elif path[0] == "extra" and len(path) == 2 and name not in EXTRA and name not in named:
            problems.append(_problem(file, path, f"extra.{name}", did_you_mean(name, EXTRA)))
    return problems


def _problem(file: ConfigFile, path: KeyPath, name: str, fix: str) -> Problem:
    return file.problem("setting", path, f"the setting “{name}” has no effect here", fix)


def _named_elsewhere(folder: Path, overrides: Path) -> str:
    """The text of the owner's templates and hooks."""
    files = (*files_in(overrides, "**/*.html"), *files_in(folder, "*.py"))
    texts = (path.read_text("utf-8", "ignore") for path in files)
    return "\n".join(text for text in texts if "extra" in text)
