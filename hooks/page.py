"""A page as MkDocs sees it, whose text is converted only when it, or what it asked for, has changed."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from contextlib import contextmanager
from functools import cache, partial

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from jinja2.ext import Extension
from markdown import Markdown
from markupsafe import escape
from mkdocs.structure import pages

from knowledge.build import Build
from knowledge.core.cache import Cache
from knowledge.core.fingerprint import digest
from knowledge.pages.view import Rendered, Section, Text, View

WORDS = re.compile(r"\{\{ t\.(\w+) \}\}")
"""Where a template says one of its language's words, and nothing else."""


class KeptPage(pages.Page):
    """A page that reads its source through the library and its text through the cache."""

    def read_source(self, config) -> None:
        """The library has read the file; MkDocs and its plugins need nothing of it."""
        article, lang = config.build.article(self.file.src_uri)
        self.markdown = ""
        self.meta = {
            "title": article[lang].words.title,
            "template": "awaited.html" if article[lang].awaited else f"{article.kind}.html",
        }

    def render(self, config, files) -> None:
        """Take the text as it was kept, or convert it."""

        def convert(source: str, ask):
            with _heard() as messages:
                made = _convert(config.build, source, self.file, _Files(files, ask), config)
            return *made, not messages

        settings = config.build.markdown, self.file.url
        self.rendered = config.build.text(self.file.src_uri, settings, _asking(files), convert)
        self.content, self.present_anchor_ids = "", self.rendered.anchors
        self.links_to_anchors = {files.src_uris.get(path): links for path, links in self.rendered.links.items()}


def converter(config) -> Markdown:
    """The converter of a build, which all its pages use in turn."""
    return Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {})


def _convert(build: Build, source: str, file, files, config) -> tuple[Text, Rendered]:
    """What `Page.render` of MkDocs 1.6 does, with a converter that is used again: a fifth quicker."""
    md = build.converter
    md.reset()
    raw, title = pages._RawHTMLPreprocessor(), pages._ExtractTitleTreeprocessor()
    anchors = pages._ExtractAnchorsTreeprocessor(file, files, config)
    links = pages._RelativePathTreeprocessor(file, files, config)
    for processor in (raw, anchors, links, title):
        processor._register(md)
    html = md.convert(source)
    to_anchors = {target.src_uri: found for target, found in links.links_to_anchors.items()}
    ids = frozenset(raw.present_anchor_ids | anchors.present_anchor_ids)
    text = Text(html, Section.of(getattr(md, "toc_tokens", [])), build.questions.questions)
    return text, Rendered(digest(text), tuple(question.asked for question in text.questions), ids, to_anchors)


def _asking(files):
    """Answers what a link to a path of the source needs to know; it is asked often."""
    if not hasattr(files, "asked"):

        @cache
        def find(path: str):
            """A page by its name; static-i18n, which is slow, looks for any other file in both languages."""
            page = files.src_uris.get(path) if path.endswith(".md") else None
            return page or files.get_file_from_path(path)

        @cache
        def ask(path: str):
            file = find(path)
            return file and (file.src_uri, file.url, file.inclusion.value)

        files.asked, files.find = ask, find
    return files.asked


class _Files:
    """The files that a text may link to; each look-up is asked, so that it is noted."""

    def __init__(self, files, ask):
        self.files, self.ask = files, ask

    def get_file_from_path(self, path: str):
        self.ask("file", path)
        return self.files.find(path)


@contextmanager
def _heard():
    """What MkDocs has to say meanwhile: a text with a warning is converted, and so heard, in each build."""
    messages: list[logging.LogRecord] = []
    listener = logging.Handler()
    listener.emit = messages.append  # type: ignore[method-assign]
    logger = logging.getLogger("mkdocs")
    handlers, level, propagate = logger.handlers, logger.level, logger.propagate
    logger.handlers, logger.propagate = [listener], False
    logger.setLevel(logging.INFO)  # `--quiet` would hide a warning that a later build must hear.
    try:
        yield messages
    finally:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)
        for message in messages:
            if logger.isEnabledFor(message.levelno):
                logging.getLogger(message.name).handle(message)


class KeptTemplates(BytecodeCache):
    """Templates as Jinja compiled them before.

    Args:
        looks: the fingerprint of what Jinja works out while it compiles, such as the addresses of assets.
    """

    def __init__(self, kept: Cache, looks: str):
        self.kept, self.looks = kept, looks

    def load_bytecode(self, bucket: Bucket) -> None:
        content = self.kept.read(self._name(bucket))
        if content is not None:
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept.write(self._name(bucket), bucket.bytecode_to_string())

    def _name(self, bucket: Bucket) -> str:
        return digest("template", self.looks, bucket.key, bucket.checksum)


def spoken(strings: Mapping[str, str]) -> type[Extension]:
    """A Jinja extension that puts a language's words into templates before they are compiled."""

    class Spoken(Extension):
        def preprocess(self, source, name, filename=None):
            return WORDS.sub(lambda found: str(escape(strings[found[1]])), source)

    return Spoken


class Templates:
    """The environment for MkDocs' loop over pages: a template renders a page's view, and nothing else."""

    def __init__(self, env, build):
        self.env, self.build = env, build
        env.auto_reload = False  # Within one build no template changes; looking each time costs a third of a page.

    def get_template(self, name: str) -> Templates:
        """A page's template, for MkDocs: the page knows its name."""
        return self

    def render(self, context) -> str:
        """The page of a context."""
        page = context["page"]
        name = page.meta["template"]
        render = partial(self._render, name)
        return self.build.page(page.file.src_uri, page.file.dest_uri, page.rendered, name, render)

    def _render(self, name: str, view: View) -> str:
        return self.env.get_template(name).render(view=view)
