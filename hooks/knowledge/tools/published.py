"""Add the addresses of new pages to the lists of published ones: `make published`."""

from __future__ import annotations

from pathlib import Path

from ..content.library import Library
from ..content.published import extend

if __name__ == "__main__":
    print(f"{extend(Library.load(Path('docs')), Path('published'))} addresses added to published/")
