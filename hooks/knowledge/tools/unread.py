"""What in mkdocs.yml MkDocs stops at, before this site has a say: `make build` and `make serve` ask where they fail."""

from __future__ import annotations

import sys
from pathlib import Path

from ..checks.configuration import configuration
from ..checks.settings import without_effect
from ..content.settings import ConfigFile
from ..core.command import run
from ..core.problems import lines


def main(arguments: list[str]) -> int:
    """Print it, at its lines; nothing where something else stopped the build, which is told."""
    file = Path(arguments[0] if arguments else "mkdocs.yml")
    config, problems = configuration(file)
    if config.stops:
        idle = without_effect(ConfigFile.read(file), file.parent, config.overrides or Path("overrides"))
        print(*lines(sorted({*problems, *idle})), sep="\n", file=sys.stderr)
    return 0


if __name__ == "__main__":
    run(main)
