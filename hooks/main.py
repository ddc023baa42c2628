"""When: every MkDocs event that the site listens to, in the order in which it fires.

MkDocs runs all of them once per language: `mkdocs-static-i18n` builds the second language inside
the first one's `on_post_build`, with the same config object. What a build has read hangs on that
object, as `config.build`, and so lives exactly as long as it.
"""

from __future__ import annotations

import gc
import logging
from functools import partial
from pathlib import Path

from mkdocs import utils
from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, InclusionLevel
from pydantic_core import to_json

from knowledge.build import SERVED, Build
from knowledge.content.urls import slugify
from knowledge.core.fingerprint import digest
from knowledge.core.problems import ProblemsFound, stop_on_errors
from knowledge.core.worker import Helper
from knowledge.outputs.output import Output
from knowledge.outputs.panel import with_panel
from page import KeptPage, KeptTemplates, Templates, converter, spoken
from preview import Preview, watch_at_once

LAST: list[Build] = []
"""The last build of this process."""
BEFORE_I18N = -50
"""static-i18n runs at −100: after it, each build sees the files of one language only."""
AFTER_I18N = -150


def on_startup(command, dirty):
    """Fill the site's folder without emptying it first, and let `mkdocs serve` build what it can, whatever is wrong."""
    if dirty:
        raise Abort("--dirty would skip pages; a build makes anew only what has changed in any case: leave it out")
    gc.set_threshold(100_000)  # Of what a build makes little is waste: looking for it less often saves a tenth.
    utils.clean_directory = lambda folder: None  # What is right already stays, and `Build.close` removes the rest.
    logging.getLogger("mkdocs.commands.build").addFilter(lambda record: not record.msg.startswith("Page skipped"))
    if command == "serve":
        from mkdocs.commands import serve  # which a build has no use for

        serve.build = Preview(serve.build)


def on_config(config):
    """Read and check everything, before anything is written."""
    if not hasattr(config, "build"):
        preview = getattr(config, "preview", None)
        gc.unfreeze()  # what a preview's last build has read
        gc.disable()
        try:
            config.build = Build.open(
                Path(config.config_file_path),
                Path(config.docs_dir),
                Path(config.theme.custom_dir).resolve(),
                config.site_url,
                config.site_name,
                {**config.extra, "preview": SERVED if preview else config.extra.get("preview")},
                preview.tell if preview else stop_on_errors,
            )
        except ProblemsFound as found:
            raise Abort(str(found)) from None
        finally:
            gc.freeze()  # What was read stays: looking through it for waste would cost a sixth of a large site's time.
            gc.enable()
        LAST[:] = [config.build]
        config.build.markdown = repr((config.markdown_extensions, config.mdx_configs, config.validation))
        config.markdown_extensions += config.build.extensions
        config.mdx_configs.setdefault("toc", {})["slugify"] = slugify
        config.build.converter = converter(config)
        config.theme.static_templates.clear()
        config.theme.dirs[:] = [config.theme.custom_dir]  # Of Material's 14,000 files the site uses none.
    return config


@event_priority(BEFORE_I18N)
def on_files(files, config):
    """Leave static-i18n the home page; the addresses of all others are known here."""
    lang = config.plugins["i18n"].current_language
    for path in config.build.awaited(lang):
        files.append(File(path, config.docs_dir, config.site_dir, config.use_directory_urls))
    config.build.pages.clear()
    for file in list(files):
        if file.src_uri == f"index.{lang}.md":
            continue
        files.remove(file)
        if file.src_uri.endswith(f".{lang}.md"):
            file.dest_uri = config.build.destination(file.src_uri)
            config.build.pages.append(file)
        elif not file.is_documentation_page() and config.build.keeps(file.abs_src_path):
            config.build.beside[file.src_uri] = file
    return files


@event_priority(AFTER_I18N)
def on_nav(nav, config, files):
    """Give back what static-i18n need not see, and every page's file a page that keeps its text."""
    for file in (*config.build.pages, *config.build.beside.values()):
        files.append(file)
    pages = [KeptPage(None, file, config) for file in files.documentation_pages()]
    config.build.helper = Helper(config.build.kept, (partial(page.render, config, files) for page in pages))
    return nav


def on_env(env, config, files):
    """Escape everything that a template does not call safe."""
    lang = config.plugins["i18n"].current_language
    env.add_extension(spoken(config.build.answers.strings[lang]))
    env.bytecode_cache = KeptTemplates(config.build.kept, digest(config.build.looks, config.site_url, lang))
    env.cache, env.make_globals = {}, lambda given: {**env.globals, **(given or {})}  # quicker than Jinja's own
    env.autoescape = env.trim_blocks = env.lstrip_blocks = True
    env.policies["json.dumps_function"], env.policies["json.dumps_kwargs"] = _json, {}
    env.filters["asset"] = config.build.assets.href
    env.filters["foreign"] = config.build.foreign
    config.build.redirect = lambda **values: env.get_template("redirect.html").render(**values)
    config.build.helper.end()
    config.build.pictures.template = env.get_template("social.svg").render
    output = config.build.output = config.build.output or Output(Path(config.site_dir), config.build.kept)
    for file in files:
        path = file.dest_uri
        if not file.is_documentation_page() and (path in output or output.has(path, file.content_bytes)):
            file.inclusion = InclusionLevel.EXCLUDED  # It is right already, and need not be copied.
    templates = Templates(env, config.build)
    pages = ({"page": file.page} for file in files.documentation_pages())
    config.build.helper = Helper(config.build.kept, (partial(templates.render, page) for page in pages))
    return templates


def on_post_page(output, page, config):
    """Leave a page alone that stands in the site already; MkDocs does not write empty ones."""
    return "" if not output or config.build.output.has(page.file.dest_uri, output.encode()) else output


def on_post_build(config):
    """Write what stands beside the pages of this language."""
    config.build.helper.end()
    lang = config.plugins["i18n"].current_language
    for path, content in config.build.files(lang).items():
        config.build.output.write(path, content)
    for path, values in config.build.redirects(lang).items():
        config.build.output.write(f"{path}index.html", config.build.redirect(**values).encode())
    try:
        config.build.write_index(lang, Path(config.site_dir))
    except ProblemsFound as found:
        raise Abort(str(found)) from None
    config.build.close(lang)


def on_serve(server, config, builder):
    """Show in every page of a preview what is wrong, and see a save at once."""
    server.set_app(with_panel(server.serve_request, config.preview.panel, server.mount_path))
    watch_at_once(server, (config.docs_dir, config.config_file_path))
    return server


def on_shutdown():
    """Leave the memory to the system, which takes it at once: freeing it object by object is a tenth of a build."""
    for build in LAST:
        build.itself = build  # A circle, through which nobody looks after this:
        gc.freeze()


def _json(value) -> str:
    """JSON without spaces, which is read by machines alone."""
    return to_json(value).decode()
