"""When: every MkDocs event that the site listens to, in the order in which it fires.

MkDocs runs all of them once per language: `mkdocs-static-i18n` builds the second language inside
the first one's `on_post_build`, with the same config object. What a build has read hangs on that
object, as `config.state`, and so lives exactly as long as it.
"""

from __future__ import annotations

import logging
import os
import sys
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import FileSystemLoader, pass_context
from mkdocs import utils
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from pydantic_core import to_json

import others
from compiled import Compiled
from garbage_collection import let_go, quieten, reading
from knowledge.build import SERVED, Build
from knowledge.checks.configuration import markdown_in, resolved
from knowledge.checks.essentials import essentials
from knowledge.content.urls import slugify
from knowledge.core.command import told
from knowledge.core.language import language_name, with_numbers_bound
from knowledge.core.problems import ProblemsFound
from knowledge.core.strings import in_words
from knowledge.outputs.output import Output, OutputError, Staging
from knowledge.outputs.panel import with_panel
from knowledge.pages.blocks.help_box import tapped
from knowledge.render import Renderer
from page import KeptPage, KeptTemplates

if TYPE_CHECKING:
    from preview import Preview

FIRST, BEFORE_I18N, AFTER_I18N, LAST = 1000, -50, -150, -1000
"""static-i18n runs at −100: after it, each build sees the files of one language only."""


@dataclass
class State:
    """What a build carries from event to event."""

    build: Build
    output: Output
    others: others.Others
    site: str
    """The folder in whose place the output comes, as mkdocs.yml or the command line names it."""
    staging: Staging | None
    """None in a preview, which writes in place."""
    read: dict[str, str] = field(default_factory=dict)
    """The files of docs/ as they were before they were read, where others take part, who may write there."""
    templates: list[str] = field(default_factory=list)
    """The folders of the theme: ours, Material's, MkDocs'."""
    named: dict[str, File] = field(default_factory=dict)
    """Pages whose address lacks the language's folder until static-i18n has seen them, by their address."""
    media: list[File] = field(default_factory=list)
    """Files beside pages, which static-i18n leaves as they are, but looks at one by one; at generated ones it stops."""
    renderer: Renderer | None = None
    """Of the language that is being built."""
    env: object = None
    """Jinja's environment, of that language."""
    preview: Preview | None = None
    """The preview, unless others take part in it: pages are made when somebody asks for them, and MkDocs sees few."""
    waiting: list[KeptPage] = field(default_factory=list)
    """Pages of that language that will be made so."""


def on_startup(command, dirty):
    """Let `mkdocs serve` build what it can, whatever is wrong."""
    if dirty:
        raise Abort("--dirty would skip pages; a build makes anew only what has changed in any case: leave it out")
    quieten()
    mkdocs = logging.getLogger("mkdocs")
    for handler in mkdocs.handlers:
        handler.addFilter(others.without_code)
    if command == "build":  # --quiet would hide from --strict what stops it.
        mkdocs.setLevel(min(mkdocs.level, logging.WARNING))
    logging.getLogger("mkdocs.commands.build").addFilter(lambda r: not str(r.msg).startswith("Page skipped"))
    if command == "serve":
        from mkdocs.commands import serve  # which a build has no use for

        # MkDocs knows the folder of a hook only while it loads it.
        sys.path.insert(0, str(Path(__file__).parent))
        from preview import Preview

        serve.build = preview = Preview(serve.build, serve.load_config)
        serve.load_config = preview.load  # type: ignore[assignment]  # It is called with keys alone.


@event_priority(FIRST)
def _look(config):
    """Look whether there is all that a site needs, before any plugin or hook of others begins."""
    if not hasattr(config, "state"):
        _stop_where_lacking(config)
        others.receive(config)


def _stop_where_lacking(config):
    if lacking := essentials(config, bool(getattr(config, "preview", None))):
        raise Abort("\n".join(map(str, lacking)))


@event_priority(BEFORE_I18N)
def _read(config):
    """Read and check everything, before anything is written, with the settings as others have left them."""
    if hasattr(config, "state"):
        return _hold(config)
    preview = getattr(config, "preview", None)
    overrides = Path(config.theme.custom_dir).resolve()
    taking_part = others.Others.of(config, overrides)
    if "config" in taking_part.events:  # They may have left it otherwise.
        _stop_where_lacking(config)
    extra = {**config.extra, "preview": SERVED if preview else config.extra.get("preview")}
    staging = None if extra["preview"] else Staging(Path(os.path.realpath(config.site_dir)))
    folder = staging.begin() if staging else Path(config.site_dir)
    for line in taking_part.not_run(bool(config.extra_templates)):
        print(line, file=sys.stderr)
    if not preview:  # Which lets go once its pages are shown.
        let_go()
    read = others.written(Path(config.docs_dir)) if staging and taking_part.events else {}
    try:
        with reading():
            build = Build.open(
                Path(config.config_file_path),
                Path(config.docs_dir),
                overrides,
                {**resolved(config), "extra": extra},
                preview.tell if preview else None,
                markdown_in(config),
            )
        if staging:
            staging.clear(build.kept)
        if staging and not taking_part.events and not config.extra_templates:  # Others may write into any file.
            staging.link(build.kept)
        output = Output(folder, build.kept)
    except (ProblemsFound, OSError) as found:
        if staging:
            staging.end()
        raise Abort(told(found) if isinstance(found, OSError) else str(found)) from None
    config.state = State(build, output, taking_part, config.site_dir, staging, read)
    if not taking_part.events and not taking_part.templates_use_navigation:  # Nobody can tell that a page waits.
        config.state.preview = preview
    _take_over(config)
    return _hold(config)


def _take_over(config):
    """Let MkDocs leave to this site what it makes itself, once for all languages."""
    if not config.use_directory_urls:
        print("Addresses end in a slash in any case: “use_directory_urls” changes nothing", file=sys.stderr)
    config.mdx_configs.setdefault("toc", {})["slugify"] = slugify
    config.theme.static_templates.clear()  # sitemap.xml and 404.html are ours.
    # MkDocs lists all files of a theme in each build: with Material's 14,000, which no page links to, a save takes
    # 0.3 s longer. Templates find them all the same (see on_env): that is where the icons come from.
    config.state.templates = list(config.theme.dirs)
    config.theme.dirs[:] = [config.theme.custom_dir]


def _hold(config):
    """Keep what this site needs otherwise; a hook sets it anew for each language."""
    config.site_dir = str(config.state.output.folder)
    config.nav = None  # It adds to the menu of our templates; static-i18n would miss the home page in it.
    config.use_directory_urls = True
    return config


on_config = CombinedEvent(_look, _read)


def on_pre_build(config):
    """Keep the folder as it is: what is right already stays, and the rest is removed at the end."""
    utils.clean_directory = lambda directory: None


@event_priority(BEFORE_I18N)
def _name_pages(files, config):
    """Give every page its address in the language that is being built."""
    state, lang = config.state, config.plugins["i18n"].current_language
    build = state.build
    if "files" in state.others.events:
        _stop_where_taken(files, build)
    for path in build.untranslated(lang):
        files.append(File(path, config.docs_dir, config.site_dir, config.use_directory_urls))
    for file in list(files):
        if lang == build.library.languages.original and file.is_documentation_page() and file.generated_by:
            line = f"“{file.generated_by}” makes the page “{file.src_uri}”, left out here: pages are read from docs/"
            print(line, file=sys.stderr)
        if path := build.destination(file.src_uri):
            _name_page(file, path, files, state, lang)
        elif file.is_documentation_page():
            files.remove(file)  # It could not be read, which a preview tells and survives.
        elif file.generated_by or build.is_medium(file.abs_src_path):
            files.remove(file)
            state.media.append(file)
        elif not build.assets.keeps(file.abs_src_path):
            files.remove(file)
    return files


def _stop_where_taken(files, build):
    """A medium that pages show must not be taken from under them."""
    for gone in sorted(build.library.media - files.src_uris.keys()):
        if (build.docs / gone).exists():
            raise Abort(f"docs/{gone}: a hook or plugin takes this file away; let it stay, or delete it in docs/")


def _name_page(file, path, files, state, lang):
    """Give a page its address, or leave it out where it is in another language and nobody asks for that."""
    if file.src_uri.endswith(f".{lang}.md"):
        # static-i18n puts the language's folder before a copy of the file.
        _address(file, path.removeprefix(state.build.library.languages.folder(lang)))
        state.named[path] = file
    elif state.others.events or state.others.templates_use_navigation:
        _address(file, path)
    else:
        files.remove(file)  # Our templates know their pages' other languages without static-i18n.


@event_priority(AFTER_I18N)
def _keep_pages(files, config):
    """Let pages be kept; the texts that are not are converted ahead."""
    state, lang = config.state, config.plugins["i18n"].current_language
    for path, file in state.named.items():
        _address(file, path)  # Other plugins have kept it.
    state.named.clear()
    for file in state.media:
        files.append(file)
    state.media.clear()
    state.renderer = Renderer(state.build, lang, others.configured(config))  # as all others have left it
    for gone in sorted(state.build.pages(lang) - {file.src_uri for file in files.documentation_pages()}):
        fix = "which others know of; give it “status: draft” instead"
        raise Abort(f"docs/{gone}: a hook or plugin takes this page away, {fix}")
    pages = [KeptPage.of(file, config, files, state.renderer, state.others) for file in files.documentation_pages()]
    if "page_markdown" not in state.others.events:  # Else they may say something else.
        state.renderer.prepare_texts([page.source for page in pages])
    if not state.preview:
        return files
    state.waiting = [page for page in pages if page.may_wait]
    files_of_waiting = {page.file.src_uri for page in state.waiting}
    return Files([file for file in files if file.src_uri not in files_of_waiting])


def _address(file: File, path: str) -> None:
    """Say where a page goes, below the site's folder."""
    for cached in ("url", "abs_dest_path"):
        file.__dict__.pop(cached, None)
    file.dest_uri = path


on_files = CombinedEvent(_name_pages, _keep_pages)


@event_priority(LAST)
def on_nav(nav, config, files):
    """Stop where others have made another page of one of ours, which would not be converted."""
    for file in files.documentation_pages():
        if not isinstance(file.page, KeptPage):
            whose = Path(type(file.page).__module__).name.partition(".")[0]
            said = f"the hook or plugin “{whose}” makes this page one of its own kind, which this site cannot show"
            raise Abort(f"docs/{file.src_uri}: {said}; take it out of mkdocs.yml")
    return nav


@event_priority(LAST)
def on_env(env, config, files):
    """Escape everything that a template does not call safe. What others add to Jinja's environment is there by now."""
    state = config.state
    env.loader = FileSystemLoader(state.templates)
    env.autoescape = env.trim_blocks = env.lstrip_blocks = True
    env.auto_reload = False  # Within one build no template changes; looking each time costs a third of a page.
    env.policies["json.dumps_function"] = lambda value: to_json(value).decode()  # without spaces: machines read it
    env.policies["json.dumps_kwargs"] = {}
    if "env" not in state.others.events:  # Else somebody's filters may say something else in each build.
        env.bytecode_cache = Compiled()
    env.filters["asset"] = pass_context(lambda context, name: state.build.assets.href(name))
    env.filters["foreign"] = pass_context(lambda context, text, lang: state.build.foreign(text, lang))
    env.filters["tapped"] = tapped
    env.filters["in_words"] = in_words
    env.filters["language"] = language_name
    env.filters["bound"] = with_numbers_bound
    state.env = env
    for file in files:
        path = file.dest_uri
        if file.src_uri in state.build.library.photograph_files:
            file.inclusion = InclusionLevel.EXCLUDED  # It says where it was taken: sizes of it are published.
        elif not file.is_documentation_page() and (
            path in state.output or state.output.is_unchanged(path, file.content_bytes)
        ):
            file.inclusion = InclusionLevel.EXCLUDED  # It is right already, and need not be copied.
    state.build.begin_index(config.plugins["i18n"].current_language)
    templates = KeptTemplates(env, state.output, state.others)
    templates.prepare([file.page for file in files.documentation_pages()])
    for page in state.waiting:
        page.take_text()
        if not page.failure:
            state.output.expect(page.file.dest_uri)
            state.preview.waiting[page.file.dest_uri] = partial(templates.make, page)
    return templates


@event_priority(LAST)
def on_post_page(output, page, config):
    """Leave a page alone that stands in the site already; MkDocs does not write empty ones."""
    return "" if not output or config.state.output.is_unchanged(page.file.dest_uri, output.encode()) else output


def _write_files(config):
    """Write what stands beside the pages of this language, and once all stand, what is made of them."""
    state, lang = config.state, config.plugins["i18n"].current_language
    if lang == state.build.library.languages[-1]:
        state.build.write_photographs(state.output)
    _once_shown(
        config, partial(state.build.write, lang, state.renderer.feed_texts, state.env.get_template, state.output)
    )


@event_priority(LAST)
def _finish(config):
    """Once every language and every plugin has written: put the output in the site's place."""
    if config.plugins["i18n"].building:
        return
    state = config.state
    if state.read and (late := sorted(dict(others.written(state.build.docs).items() - state.read.items()))):
        line = "was written while the site was made, which may not show it: a hook that does so needs on_config"
        print(f"docs/{late[0]}{f' and {len(late) - 1} more' if late[1:] else ''} {line}", file=sys.stderr)
    _once_shown(config, partial(state.output.close, state.build.is_whole))
    if state.staging and not _warned(config):
        state.staging.publish(state.build.kept, state.output.listed)
    _once_shown(config, state.build.close)
    config.site_dir = state.site
    if state.staging:
        state.staging.end()


def _once_shown(config, do):
    """Do what pages need not wait for: in a preview once they are shown."""
    if config.state.preview:
        config.state.preview.once_shown.append(do)
    else:
        do()


on_post_build = CombinedEvent(_write_files, _finish)


def on_build_error(error, config=None):
    """Say in a line what stops the build; `--verbose` shows where in the code. The site stands as it did."""
    if isinstance(error, (ProblemsFound, OutputError, others.Stopped)):
        raise Abort(str(error)) from None
    if not isinstance(error, MkDocsException) and not logging.getLogger("mkdocs").isEnabledFor(logging.DEBUG):
        raise Abort(told(error)) from None


def on_serve(server, config, builder):
    """Show in every page of a preview what is wrong, and see a save at once; `--clean` serves plain builds."""
    if not hasattr(config, "preview"):
        return server
    from preview import watch_at_once

    preview, root = config.preview, server.mount_path
    server.set_app(with_panel(preview.making_first(server.serve_request, root), preview.panel, root))
    preview.watcher = watch_at_once(server, (config.docs_dir, config.config_file_path))
    return server


def _warned(config) -> bool:
    """Whether MkDocs will stop because of a warning, in strict mode."""
    handlers = logging.getLogger("mkdocs").handlers
    return config.strict and any(h.get_counts() for h in handlers if isinstance(h, utils.CountHandler))
