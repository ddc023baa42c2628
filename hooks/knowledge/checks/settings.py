"""Settings of mkdocs.yml that have no effect here, at their lines."""

from __future__ import annotations

from pathlib import Path

import yaml

from ..core.problems import Problem, did_you_mean
from ..pages.blocks import LISTED

TOP = frozenset(
    "INHERIT site_name site_url docs_dir site_dir exclude_docs draft_docs not_in_nav strict watch dev_addr theme hooks "
    "plugins markdown_extensions mdx_configs validation extra extra_templates remote_branch remote_name".split()
)
"""Top-level settings that this site, or MkDocs itself, follows."""
OURS = {
    "nav": "the menu follows “extra.topics”, and the foot of each page “extra.footer”",
    "extra_css": "styles stand in overrides/assets/css/",
    "extra_javascript": "scripts stand in overrides/assets/js/",
    "copyright": "the foot of each page names “extra.publisher”",
    "repo_url": "set “extra.publisher.edit”",
    "repo_name": "set “extra.publisher.edit”",
    "edit_uri": "set “extra.publisher.edit”",
    "edit_uri_template": "set “extra.publisher.edit”",
    "site_description": "write it as “site_description” in overrides/strings/",
    "site_author": "set “extra.publisher.name”",
    "use_directory_urls": "addresses end in a slash in any case",
}
"""Settings of MkDocs that have no effect here, and what has."""
THEME = {"name", "custom_dir"}
EXTRA = {"preview", "cache", "publisher", "topics", "footer", "newsletter", "comments", *(b.name for b in LISTED)}


def without_effect(config_file: Path, overrides: Path) -> list[Problem]:
    """What stands in mkdocs.yml and changes nothing.

    A setting of `extra` that a template or a hook of the owner names is taken for theirs.
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
        elif key.value == "theme":
            for name, _ in _pairs(value):
                if name.value not in THEME:
                    fix = "the look of the site stands in overrides/; delete the line"
                    problems.append(_problem(config_file, name, f"theme.{name.value}", fix))
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


def _problem(file: Path, key: yaml.ScalarNode, name: str, fix: str) -> Problem:
    message = f"the setting “{name}” has no effect here"
    return Problem(file.name, key.start_mark.line + 1, key.start_mark.column + 1, "setting", message, fix)


def _named_elsewhere(config_file: Path, overrides: Path) -> str:
    """The text of the owner's templates and hooks."""
    hooks = (path for path in config_file.parent.glob("*.py"))
    templates = overrides.rglob("*.html") if overrides.is_dir() else ()
    texts = (path.read_text("utf-8", errors="ignore") for path in (*templates, *hooks))
    return "\n".join(text for text in texts if "extra" in text)
