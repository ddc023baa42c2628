"""The impact of a change: which pages readers will find different, and in what.

`make impact BASE=main` builds the site as it was and as it is, and prints Markdown for a pull request.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from lxml import html

from ..core.command import run

PARTS = {
    "title and description": "//title | //meta[@name='description']",
    "addresses": "//link[@rel='canonical' or @hreflang]",
    "FAQ": "//section[@class='faq']",
    "related list": "//section[@class='related']",
    "latest articles": "//section[@class='latest']",
    "lists of articles": "//main//ul[contains(@class, 'index')]/li"
    " | //main//li[@class='card'][not(ancestor::section[@class='related' or @class='latest'])]",
    "neighbours": "//nav[@class='neighbours']",
    "graph": "//script[@type='application/ld+json']",
}
"""Parts of a page that are named by themselves; the rest of `main` is its text."""
FILES = "feed.* en/feed.* sitemap.xml robots.txt _redirects _headers **/*.svg **/*.png **/*.jpg".split()
"""What readers and machines are given beside pages, styles and scripts."""
FIX = "write the address into `aliases:` of the page that replaces it"
OWN = frozenset({"title and description", "addresses", "text", "FAQ"})
"""Parts that hold what an editor writes; the others follow from it."""
MOST, FEW = 12, 4
"""So many pages are named where a part of their own changes, and where that only follows from another change."""


@dataclass(frozen=True)
class Impact:
    """What differs between two built sites; pages by their path below the root."""

    changed: Mapping[str, tuple[str, ...]]
    """Pages whose HTML differs, each with the parts that do."""
    added: tuple[str, ...]
    removed: tuple[str, ...]
    """Pages whose address answers no longer."""
    files: tuple[str, ...]
    """What else differs: feeds, sitemap, redirects, headers, pictures."""
    moved: Mapping[str, str] = field(default_factory=dict)
    """Addresses that now lead on, each with where to."""

    def markdown(self) -> str:
        """A report for a pull request."""
        if not (self.changed or self.added or self.removed or self.files or self.moved):
            return "Nothing changes for readers.\n"
        told = {"changed": self.changed, "new": self.added, "moved": self.moved, "gone": self.removed}
        lines = ["Pages: " + ", ".join(f"{len(pages)} {name}" for name, pages in told.items()) + ".", ""]
        lines += [f"- gone: `/{path}` ({FIX})" for path in self.removed]
        lines += [f"- moved: `/{path}` leads to `{target}`" for path, target in self.moved.items()]
        lines += [f"- new: {_named(self.added, MOST)}"] if self.added else []
        lines += [f"- files: {_named(self.files, FEW)}"] if self.files else []
        around = [path for path, parts in self.changed.items() if parts == (AROUND,)]
        inside = {path: parts for path, parts in self.changed.items() if parts != (AROUND,)}
        if inside:
            lines += ["", "| page | what changes |", "|---|---|"]
        # What an editor wrote comes before what follows from it everywhere.
        groups: dict[tuple[str, ...], list[str]] = {}
        for path, parts in inside.items():
            groups.setdefault(parts if OWN & {*parts} else (), []).append(path)
        for parts, paths in sorted(groups.items(), key=lambda group: (not group[0], len(group[1]))):
            named = parts or dict.fromkeys(part for path in paths for part in inside[path])
            lines.append(f"| {_named(paths, MOST if parts else FEW)} | {', '.join(named)} |")
        if around:
            lines += ["", f"Only {AROUND}:", "", f"- {_named(around, FEW)}"]
        return "\n".join(lines) + "\n"


def _named(paths: Sequence[str], most: int) -> str:
    """The first of some paths, and how many there are besides."""
    more = f" and {len(paths) - most} more" if len(paths) > most else ""
    return ", ".join(f"`/{path}`" for path in paths[:most]) + more


AROUND = "around the text (menus, styles, scripts)"


def impact(before: Path, after: Path) -> Impact:
    """Compare two built sites."""
    old, new = (_contents(site, "**/*.html") for site in (before, after))
    leads = {path: target for path, page in new.items() if old.get(path) != page and (target := leads_to(page))}
    changed = {
        path: parts
        for path in sorted(old.keys() & new.keys() - leads.keys())
        if (parts := differences(old[path], new[path]))
    }
    added, removed = sorted(new.keys() - old.keys() - leads.keys()), sorted(old.keys() - new.keys())
    ours, theirs = (_contents(site, *FILES) for site in (before, after))
    files = tuple(name for name in sorted(ours.keys() | theirs.keys()) if ours.get(name) != theirs.get(name))
    return Impact(changed, tuple(added), tuple(removed), files, dict(sorted(leads.items())))


def _contents(site: Path, *patterns: str) -> dict[str, bytes]:
    files = {file for pattern in patterns for file in site.glob(pattern) if file.is_file()}
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in files}


def leads_to(page: bytes) -> str | None:
    """Where a page sends its reader on to, if that is all it does."""
    refresh = html.document_fromstring(page).xpath("string(//meta[@http-equiv='refresh']/@content)")
    return refresh.partition("url=")[2] or None


def differences(before: bytes, after: bytes) -> tuple[str, ...]:
    """The parts in which two versions of a page differ; nothing where they are the same."""
    if before == after:
        return ()
    old, new = _parts(before), _parts(after)
    return tuple(name for name in old if old[name] != new[name]) or (AROUND,)


def _parts(page: bytes) -> dict[str, list[list[str]]]:
    tree = html.document_fromstring(page)
    parts = {name: [_said(element) for element in tree.xpath(path)] for name, path in PARTS.items()}
    for path in PARTS.values():
        for element in tree.xpath(path):
            element.drop_tree()
    return {"text": [_said(element) for element in tree.xpath("//main")], **parts}


def _said(element: html.HtmlElement) -> list[str]:
    """Its words, and all that its attributes say."""
    return [*element.text_content().split(), *element.xpath("descendant-or-self::*/@*[not(name() = 'class')]")]


def main(base: str, old: Path | None = None) -> int:
    """Build both versions and print the report; 1 if one of them cannot be built."""
    with tempfile.TemporaryDirectory() as folder:
        tree, sites = Path(folder, "base"), [old.resolve() if old else Path(folder, "before"), Path(folder, "after")]
        found = subprocess.run(["git", "worktree", "add", "--detach", tree, base], capture_output=True, text=True)
        if found.returncode:
            print(f"There is no version “{base}”: {found.stderr.strip()}", file=sys.stderr)
            return 1
        shared, cache = tree / ".cache", Path.cwd() / ".cache"
        cache.mkdir(exist_ok=True)
        try:
            with suppress(OSError):  # Some systems let nobody make links: it is built from nothing.
                shared.symlink_to(cache, target_is_directory=True)
            for root, site in zip((tree, Path.cwd()), sites, strict=True):
                if not _build(root, site):
                    return 1
        finally:
            if shared.is_symlink():  # No removal must follow it.
                shared.unlink()
            subprocess.run(["git", "worktree", "remove", "--force", tree], check=True)
        print(impact(*sites).markdown(), end="")
    return 0


def _build(root: Path, site: Path) -> bool:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(root / "mkdocs.yml"), "-d", str(site)]
    paths = {**os.environ, "PYTHONPATH": str(root / "hooks")}
    built = subprocess.run(command, capture_output=True, text=True, env=paths)
    if built.returncode:
        print(f"The version in {root.name} cannot be built:\n{built.stdout}{built.stderr}", file=sys.stderr)
    return built.returncode == 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser("impact", description=__doc__)
    parser.add_argument("base", nargs="?", default="main")
    parser.add_argument("--old", type=Path, help="a folder in which the site as it was is left")

    def _main(arguments: list[str]) -> int:
        chosen = parser.parse_args(arguments)
        return main(chosen.base or "main", chosen.old)

    sys.exit(run(_main))
