"""Add the addresses of new pages to the lists of published ones: `make published`."""

from __future__ import annotations

import sys
from pathlib import Path

from ..content.library import Library
from ..content.published import extend
from ..core.command import run


def main(arguments: list[str]) -> None:
    """Add them, and say how many."""
    print(f"{extend(Library.load(Path('docs')), Path('published'))} addresses added to published/")


if __name__ == "__main__":
    sys.exit(run(main))
