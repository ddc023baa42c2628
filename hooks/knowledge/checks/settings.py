"""Settings of mkdocs.yml that have no effect here, at their lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from ..core.problems import Problem, did_you_mean
from ..pages.blocks import LISTED

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
}
"""Settings of MkDocs that have no effect here, and what has."""
EXTRA = frozenset("preview drafts cache publisher topics footer newsletter comments social analytics".split())
EXTRA |= {block.name for block in LISTED}
LANGUAGE = frozenset("locale name build default copyright nav_translations".split())
"""Settings of a language of static-i18n that this site follows."""


def without_effect(config_file: Path, overrides: Path) -> list[Problem]:
    """What stands in mkdocs.yml and changes nothing.

    A setting of `extra` that a template or a hook of the owner names is taken for theirs. Those of `theme` are told
    where they are read, in `knowledge.pages.theme`.
    """
    try:
        root = yaml.compose(config_file.read_text("utf-8"), Loader=yaml.SafeLoader)
    except (OSError, yaml.YAMLError, UnicodeDecodeError):
        return []  # MkDocs says what is wrong.
    named = _named_elsewhere(config_file, overrides)
    problems = []
    for key, value in _pairs(root):
        if key.value in OURS:
            problems.append(_problem(config_file, key, key.value, f"{OURS[key.value]}; delete the line"))
        elif key.value not in TOP:
            problems.append(_problem(config_file, key, key.value, did_you_mean(key.value, TOP)))
        elif key.value == "plugins":
            for name in _of_languages(value):
                if name.value not in LANGUAGE:
                    fix = did_you_mean(name.value, LANGUAGE)
                    problems.append(_problem(config_file, name, f"plugins.i18n.languages.{name.value}", fix))
        elif key.value == "extra":
            for name, _ in _pairs(value):
                if name.value not in EXTRA and name.value not in named:
                    fix = did_you_mean(name.value, EXTRA)
                    problems.append(_problem(config_file, name, f"extra.{name.value}", fix))
    return problems


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        return []
    return [(key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)]


def _of_languages(plugins: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """The keys of the languages of static-i18n."""
    listed = plugins.value if isinstance(plugins, yaml.SequenceNode) else [plugins]
    for name, options in (pair for plugin in listed for pair in _pairs(plugin)):
        for key, languages in _pairs(options) if name.value == "i18n" else ():
            if key.value == "languages" and isinstance(languages, yaml.SequenceNode):
                yield from (key for language in languages.value for key, _ in _pairs(language))


def _problem(file: Path, key: yaml.ScalarNode, name: str, fix: str) -> Problem:
    message = f"the setting “{name}” has no effect here"
    return Problem(file.name, key.start_mark.line + 1, key.start_mark.column + 1, "setting", message, fix)


def _named_elsewhere(config_file: Path, overrides: Path) -> str:
    """The text of the owner's templates and hooks."""
    hooks = (path for path in config_file.parent.glob("*.py"))
    templates = overrides.rglob("*.html") if overrides.is_dir() else ()
    texts = (path.read_text("utf-8", errors="ignore") for path in (*templates, *hooks))
    return "\n".join(text for text in texts if "extra" in text)
