"""MkDocs as it is; where it stops before this site has a say, its code is not shown, but the line of mkdocs.yml."""

from __future__ import annotations

import logging
import os
import runpy
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from ..checks.configuration import configuration
from ..checks.essentials import WITHOUT_US
from ..checks.guests import in_a_hook, is_ours
from ..checks.settings import without_effect
from ..content.settings import ConfigFile
from ..core.command import VERBOSE, speak, told
from ..core.problems import Problem, lines

FILE = Path("mkdocs.yml")


def main() -> int:
    """Do what MkDocs does with what was typed, and return what the system is told."""
    speak()
    if sys.stdin is None:  # MkDocs would take mkdocs.yml, the first file to be opened, for what is typed.
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115  # It ends with the process.
    told_below = not {"-f", "--config-file"} & {*sys.argv}
    if told_below and (lacking := _without_us()):
        print(*lacking, sep="\n", file=sys.stderr)
        return 1
    try:
        with _without_settings() if told_below else nullcontext():
            runpy.run_module("mkdocs", run_name="__main__", alter_sys=True)
        return 0
    except SystemExit as ended:
        if not ended.code:
            return 0
        unforeseen = ""
    except Exception as error:
        if VERBOSE in sys.argv:
            raise
        unforeseen = _of_an_owner(error) or told(error)
    except KeyboardInterrupt:  # It has not begun yet.
        return 130
    for line in _stops() or filter(None, [unforeseen]):
        print(line, file=sys.stderr)
    return 1


@contextmanager
def _without_settings() -> Iterator[None]:
    """Keep back what MkDocs says of wrong settings, which is said afterwards in an owner's words."""

    def is_other(record: logging.LogRecord) -> bool:
        return record.levelno < logging.ERROR or not str(record.msg).startswith("Config value")

    log = logging.getLogger("mkdocs.config")
    log.addFilter(is_other)
    try:
        yield
    finally:
        log.removeFilter(is_other)


def _of_an_owner(error: Exception) -> str:
    """What went wrong in an owner's hook, before this site had a say; empty where it was no hook."""
    found = in_a_hook(error, ConfigFile.read(FILE))
    of_hooks = (problem for problem in configuration(FILE)[1] if problem.file.endswith(".py"))
    return "\n".join(map(str, [found] if found else of_hooks))


def _without_us() -> list[Problem]:
    """Why the site would have no say, or none that the checks know: MkDocs might empty its folder, and stop then."""
    config = ConfigFile.read(FILE)
    if not FILE.exists():  # MkDocs would take mkdocs.yaml, of which no other command knows.
        return [*config.problems]
    hooks = config.values.get("hooks") or ()
    is_known = not config.problems and isinstance(hooks, list | tuple)
    return [config.problem("config", *WITHOUT_US)] if is_known and not any(map(is_ours, hooks)) else []


def _stops() -> list[str]:
    """What in mkdocs.yml MkDocs stops at; nothing where something else stopped it."""
    config, problems = configuration(FILE)
    if not config.stops:
        return []
    idle = without_effect(ConfigFile.read(FILE), FILE.parent, config.overrides or Path("overrides"))
    return list(lines(sorted({*problems, *idle})))


if __name__ == "__main__":
    sys.exit(main())
