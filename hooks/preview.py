"""The preview: `mkdocs serve` builds again and again, writes only what has changed, and survives mistakes."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable

from mkdocs import utils

from knowledge.panel import Panel


def without_emptying(build: Callable[[], None]) -> Callable[[], None]:
    """A build that finds the site of the last one in its folder, which MkDocs would empty first."""

    def again() -> None:
        empty, utils.clean_directory = utils.clean_directory, lambda folder: None
        try:
            build()
        finally:
            utils.clean_directory = empty

    return again


def telling(build: Callable[[], None], panel: Panel) -> Callable[[], None]:
    """A build that tells the panel how it ended: MkDocs would serve no page at all after a mistake."""

    def told() -> None:
        failure = ""
        try:
            build()
        except Exception as stopped:  # MkDocs' own, `Abort`, is an exception too.
            failure = str(stopped)
            if isinstance(stopped, SystemExit):
                print(failure, file=sys.stderr)
            else:
                failure = f"{type(stopped).__name__}: {failure}"
                traceback.print_exc()
        panel.renew(failure)

    return told
