"""The preview: `mkdocs serve` builds again and again, and writes only what has changed."""

from __future__ import annotations

from collections.abc import Callable

from mkdocs import utils


def without_emptying(build: Callable[[], None]) -> Callable[[], None]:
    """A build that finds the site of the last one in its folder, which MkDocs would empty first."""

    def again() -> None:
        empty, utils.clean_directory = utils.clean_directory, lambda folder: None
        try:
            build()
        finally:
            utils.clean_directory = empty

    return again
