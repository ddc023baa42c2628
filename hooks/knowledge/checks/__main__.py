"""`make check`: every problem of the site, at its line."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from ..content.library import Library
from ..core.cache import NO_CACHE
from ..core.command import run
from ..core.messages import languages_of_messages, spoken, translated
from ..core.problems import errors_of
from . import report
from .allowance import allowed
from .check import cache_beside, check, check_site
from .configuration import configuration


def main(arguments: list[str]) -> int:
    """Print the problems."""
    parser = argparse.ArgumentParser("knowledge", description=__doc__)
    parser.add_argument("--config", type=Path, help="mkdocs.yml, which says where all else is")
    parser.add_argument("--docs", type=Path, help="the content folder alone")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--lang", choices=languages_of_messages(), default=spoken(), help="the language of the messages"
    )
    parser.add_argument("--verbose", action="store_true", help="where the check itself fails, show where")
    parser.add_argument("--allowed", action="store_true", help="print what “allow:” silences, with the reasons")
    parser.add_argument("--for", type=int, dest="asker", help="the process with which the check ends")
    parser.add_argument("--wait", action="store_true", help="be ready, and begin at a line of standard input")
    options = parser.parse_args(arguments)
    if options.asker and hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, lambda *_: os.getppid() == options.asker or sys.exit(1))
        signal.setitimer(signal.ITIMER_REAL, 1, 1)
    config_file = options.config or (Path("mkdocs.yml") if not options.docs else None)
    if options.wait and config_file:
        configuration(config_file)  # It loads MkDocs; what the file says by then is read again.
        if not sys.stdin.readline():
            return 1
    kept = cache_beside(config_file) if config_file else NO_CACHE
    library, problems = check_site(config_file, kept) if config_file else check(options.docs, with_spelling=True)
    errors = len(errors_of(problems))
    if options.json:
        print(json.dumps(report.data(library, problems, kept), ensure_ascii=False, indent=2))
    elif options.allowed:
        listed = allowed(library)
        summary = f"{_count(len(listed), 'finding')} allowed, each with its reason"
        print(*(translated(str(line), options.lang) for line in (*listed, summary)), sep="\n")
    else:
        found = f"{_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}"
        summary = f"{len(library.articles)} pages in {_languages(library)}: {found} (RULES.md explains them)"
        told = report.told(problems, options.lang)
        readable = report.readability(library, options.lang, kept)
        print(translated(summary, options.lang), *told, *readable, sep="\n")
    kept.close()
    return 1 if errors else 0


def _languages(library: Library) -> str:
    number = len(library.languages)
    return {1: "one language", 2: "two languages"}.get(number, f"{number} languages")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


if __name__ == "__main__":
    status = run(main)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # Whoever read it has seen enough.
            stream.flush()
    os._exit(status)  # Python would first take apart all that was read, for which a panel would wait.
