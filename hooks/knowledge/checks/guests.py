"""An owner's hooks and other plugins: what goes wrong in them, at the line to look at."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from ..content.settings import ConfigFile
from ..core.folder import path_from
from ..core.problems import Problem


def stopped(
    method: Callable[..., Any], event: str, guest: str, why: BaseException | str, written: ConfigFile
) -> Problem:
    """What goes wrong in a method of a guest.

    Args:
        guest: under which name MkDocs knows it; a hook's is its path.
        why: what came up, or what is wrong with the method, in a sentence.
    """
    is_hook, came = guest.endswith(".py"), said(why) if isinstance(why, BaseException) else ""
    if not is_hook:
        message = f"the plugin “{guest}” stops in on_{event}: {came}" if came else str(why)
        fix = "correct its options, or take it out of “plugins”"
        return written.problem("config", ("plugins", guest), message, fix)
    hook, code = (written.folder / guest).resolve(), getattr(inspect.unwrap(method), "__code__", None)
    line = code.co_firstlineno if code and Path(code.co_filename).resolve() == hook else 1
    place = came_up(why, [hook]) if isinstance(why, BaseException) else None
    message = f"the hook stops in on_{event}: {came}" if came else str(why)
    return of_hook(*(place or (hook, line)), written.folder, message)


def in_a_hook(error: BaseException, written: ConfigFile) -> Problem | None:
    """What came up in one of an owner's hooks, if it did."""
    place = came_up(error, {hook for hook in hooks(written) if not is_ours(hook)})
    return of_hook(*place, written.folder, f"the hook stops: {said(error)}") if place else None


def hooks(written: ConfigFile) -> set[Path]:
    """The files of a configuration's hooks, ours too."""
    listed = written.values.get("hooks")
    return {
        (written.folder / name).resolve()
        for name in (listed if isinstance(listed, list) else ())
        if isinstance(name, str)
    }


def came_up(error: BaseException, files: Collection[Path]) -> tuple[Path, int] | None:
    """In which of some files, and at which line, something went wrong."""
    places = [(getattr(error, "filename", None) or "", getattr(error, "lineno", 1))]
    places += [(frame.filename, frame.lineno) for frame in reversed(traceback.extract_tb(error.__traceback__))]
    found = ((Path(str(name)).resolve(), line or 1) for name, line in places)
    return next((place for place in found if place[0] in files), None)


def said(error: BaseException) -> str:
    """An error in a line."""
    return ": ".join(filter(None, (type(error).__name__, " ".join(str(error).split()))))


def of_hook(file: Path, line: int, folder: Path, message: str) -> Problem:
    """What is wrong with a hook."""
    return Problem(
        path_from(folder, file), line, 1, "config", message, "correct it, or take it out of “hooks” in mkdocs.yml"
    )


def is_ours(hook: Path | str) -> bool:
    """Whether the path of a hook, as it is written, is that of the site's own."""
    return Path(str(hook)).parts[-2:] == ("hooks", "main.py")
