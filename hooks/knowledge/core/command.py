"""A command: what it could not do is said in a line, and where in the code only on request."""

from __future__ import annotations

import errno
import io
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from .problems import ProblemsFound

VERBOSE = "--verbose"
FIXES = {
    errno.EACCES: "it may be somebody else's: make it yours, or delete it",
    errno.EPERM: "it may be somebody else's: make it yours, or delete it",
    errno.EROFS: "name a folder that can be written",
    errno.ENOSPC: "make room, and try again",
}
"""What to do where a file cannot be written."""


def run(main: Callable[[list[str]], int | None], arguments: Sequence[str] | None = None) -> int:
    """Give a command what was typed, without `--verbose`.

    Returns:
        What the command returns, which the system is told: 0 or None: all is well; 1 where it failed.
    """
    speak()
    typed = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return main([word for word in typed if word != VERBOSE]) or 0
    except ProblemsFound as found:
        print(found, file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # Whoever read what is printed has seen enough.
        sys.stderr.close()
    except Exception as error:
        if VERBOSE in typed:
            traceback.print_exc()
        else:
            print(told(error), file=sys.stderr)
    return 1


def speak() -> None:
    """Let all that is printed be printed: in UTF-8 where the machine has ASCII, and nowhere where nobody listens."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  # It ends with the process.
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def told(error: BaseException) -> str:
    """An error that nobody foresaw, in a line: what it is, and in which template or module it came up."""
    said = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, OSError) and error.errno in (errno.EADDRINUSE, errno.EADDRNOTAVAIL):
        said = f"The preview's address, “dev_addr” or --dev-addr: {error.strerror}"
        return f"{said}; stop what is served there, or add --dev-addr 127.0.0.1:8001"
    if isinstance(error, OSError) and error.strerror:
        place = _shortened(str(error.filename)) if error.filename else "A file could not be read or written"
        return "; ".join(filter(None, (f"{place}: {error.strerror}", FIXES.get(error.errno or 0))))
    frames = traceback.extract_tb(error.__traceback__)
    template = next((f for f in reversed(frames) if f.filename.endswith((".html", ".svg"))), None)
    if template:
        return f"{_shortened(template.filename)}:{template.lineno}: {said}"
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {said}{place}. Nobody foresaw this: {VERBOSE} shows where it came up"


def _shortened(path: str) -> str:
    """A path as it is seen from here."""
    try:
        return Path(path).resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path
