"""`make format`: write texts that GitHub and Python-Markdown read differently so that both read the same."""

from __future__ import annotations

from pathlib import Path

from ..checks.configuration import configuration
from ..checks.html import converter_of
from ..content.library import Library
from ..core.command import run
from ..markdown.github import GitHubExtension


def main(arguments: list[str]) -> int:
    """Write the texts that a build would rewrite for itself; the others stay as they are."""
    config, _ = configuration(Path(arguments[0] if arguments else "mkdocs.yml"))
    github = GitHubExtension(lambda fault: None)
    converter = converter_of(config.markdown, lambda fault: None, github)
    library, _ = Library.read(config.docs)
    for translation in library.translations():
        converter.reset().convert(translation.body)
        if github.written.strip() != translation.body.strip():
            file = config.docs / translation.path
            file.write_text(translation.head + github.written.rstrip("\n") + "\n", "utf-8")
            print(f"Written anew: docs/{translation.path}")
    return 0


if __name__ == "__main__":
    run(main)
