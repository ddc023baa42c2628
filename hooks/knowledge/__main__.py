"""`make check`: every problem of the content, at its line."""

from __future__ import annotations

import sys
from pathlib import Path

from .library import Library
from .published import vanished


def main(docs: Path) -> int:
    """Print the problems.

    Returns:
        1 if any of them is an error, else 0.
    """
    library, problems = Library.read(docs)
    problems += vanished(library, docs.parent / "published")
    for problem in problems:
        print(problem)
    errors = sum(problem.level == "error" for problem in problems)
    print(f"{len(library.articles)} pages in two languages: {errors} errors, {len(problems) - errors} warnings")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(Path("docs")))
