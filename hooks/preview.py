"""The preview: `mkdocs serve` builds what it can again and again, and shows in its pages what is wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mkdocs import utils

from knowledge.panel import Panel
from knowledge.problems import Problem, has_errors, lines

log = logging.getLogger("mkdocs.preview")


@contextmanager
def without_emptying() -> Iterator[None]:
    """Meanwhile a build finds the site of the last one in its folder, which MkDocs would empty first."""
    empty, utils.clean_directory = utils.clean_directory, lambda folder: None
    try:
        yield
    finally:
        utils.clean_directory = empty


class Preview:
    """The build of a preview: it writes only what has changed, and never gives up.

    What cannot be built stays as it was.
    """

    def __init__(self, build: Callable[..., None]):
        self.build = build
        self.panel = Panel()

    def __call__(self, config: Any, **options: Any) -> None:
        """Build the site."""
        config.preview, config.strict = self, False
        self.panel = Panel(Path(config.theme.custom_dir))
        try:
            with without_emptying():
                self.build(config, **options)
            self.panel.files = config.build.addresses
        except Exception as error:
            self.panel.failure = f"{type(error).__name__}: {error}"
            if not has_errors(self.panel.problems):
                log.exception("The preview cannot be built")
            for path, page in self.panel.first_pages.items():
                file = Path(config.site_dir, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                if not file.exists():
                    file.write_text(page, "utf-8")

    def tell(self, problems: Iterable[Problem]) -> None:
        """Take a build's problems, which do not stop it."""
        self.panel.problems = tuple(problems)
        for line in lines(problem for problem in self.panel.problems if problem.level == "error"):
            log.error(line)

    def shown(self, app: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
        """A server's application, with the panel in every page."""

        def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            started: list[Any] = []
            body = app(environ, lambda *response: started.extend(response))
            status, headers, *rest = started
            if dict(headers).get("Content-Type") == "text/html":
                body = [self.panel.into(b"".join(body), environ["PATH_INFO"])]
                headers = [(name, value) for name, value in headers if name != "Content-Length"]
            start_response(status, headers, *rest)
            return body

        return serve
