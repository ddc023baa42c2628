"""When: every MkDocs event that the site listens to, in the order in which it fires.

MkDocs runs all of them once per language: `mkdocs-static-i18n` builds the second language inside
the first one's `on_post_build`, with the same config object. What a build has read hangs on that
object, as `config.build`, and so lives exactly as long as it.
"""

from __future__ import annotations

from pathlib import Path

import click
from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from mkdocs.utils import write_file

from knowledge.build import Build
from knowledge.problems import ProblemsFound
from knowledge.urls import slugify

BEFORE_I18N = -50
"""static-i18n runs at −100: after it, each build sees the files of one language only."""


def on_config(config):
    """Read and check everything, before MkDocs empties the site's folder."""
    if not hasattr(config, "build"):
        try:
            config.build = Build.open(
                Path(config.config_file_path),
                Path(config.docs_dir),
                Path(config.theme.custom_dir).resolve(),
                config.site_url,
                config.site_name,
                {**config.extra, "preview": config.extra.get("preview") or _is_served()},
            )
        except ProblemsFound as found:
            raise Abort(str(found)) from None
        config.markdown_extensions += config.build.extensions
        config.mdx_configs.setdefault("toc", {})["slugify"] = slugify
        config.theme.static_templates.clear()
    return config


@event_priority(BEFORE_I18N)
def on_files(files, config):
    """Give every page its address, and keep of the theme's own files none."""
    for file in list(files):
        if file.is_documentation_page():
            file.dest_uri = config.build.destination(file.src_uri)
        elif not config.build.keeps(file.abs_src_path):
            files.remove(file)
    return files


def on_page_markdown(markdown, page, config, files):
    """Begin a page, and choose the template of its kind."""
    page.meta["template"] = config.build.begin(page.file.src_uri)
    return markdown


def on_page_content(html, page, config, files):
    """End a page: its questions have been read off the rendered tree."""
    config.build.end(html)
    return html


def on_env(env, config, files):
    """Escape everything that a template does not call safe."""
    env.autoescape = env.trim_blocks = env.lstrip_blocks = True
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    env.filters["asset"] = config.build.assets.href
    env.filters["foreign"] = config.build.foreign
    config.build.redirect = env.get_template("redirect.html").render
    config.build.pictures.template = env.get_template("social.svg").render
    return env


def on_page_context(context, page, config, nav):
    """Give the template its view."""
    context["view"] = config.build.view(page.file.src_uri, page.content, page.toc)
    return context


def on_post_build(config):
    """Write what stands beside the pages of this language."""
    lang = config.plugins["i18n"].current_language
    for path, content in config.build.files(lang).items():
        write_file(content, str(Path(config.site_dir, path)))
    for path, values in config.build.redirects(lang).items():
        write_file(config.build.redirect(**values).encode(), str(Path(config.site_dir, path, "index.html")))
    try:
        config.build.write_index(lang, Path(config.site_dir))
    except ProblemsFound as found:
        raise Abort(str(found)) from None


def _is_served() -> bool:
    """Whether this is `mkdocs serve`: what it shows is a preview."""
    command = click.get_current_context(silent=True)
    return bool(command) and command.info_name == "serve"
