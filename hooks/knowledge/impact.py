"""The impact of a change: which pages readers will find different, and in what.

`make impact BASE=main` builds the site as it was and as it is, and prints Markdown for a pull request.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import html

PARTS = {
    "title and description": "//title | //meta[@name='description']",
    "addresses": "//link[@rel='canonical' or @hreflang]",
    "FAQ": "//section[@class='faq']",
    "related list": "//section[@class='related']",
    "latest articles": "//section[@class='latest']",
    "graph": "//script[@type='application/ld+json']",
}
"""Parts of a page that are named by themselves; the rest of `main` is its text."""
FILES = ("feed.*", "en/feed.*", "sitemap.xml", "robots.txt", "_redirects", "_headers", "**/*.svg", "**/*.png")
"""What readers and machines are given beside pages, styles and scripts."""
MOST = 200
"""Pages named one by one; a comment of more would be read by nobody."""


@dataclass(frozen=True)
class Impact:
    """What differs between two built sites; pages by their path below the root."""

    changed: Mapping[str, tuple[str, ...]]
    """Pages whose HTML differs, each with the parts that do."""
    added: tuple[str, ...]
    removed: tuple[str, ...]
    moved: Mapping[str, str]
    """Pages that lead on to another address now."""
    files: tuple[str, ...]
    """What else differs: feeds, sitemap, redirects, headers, pictures."""

    def markdown(self) -> str:
        """A report for a pull request."""
        if not (self.changed or self.added or self.removed or self.moved or self.files):
            return "Nothing changes for readers.\n"
        counts = {"changed": self.changed, "new": self.added, "moved": self.moved, "gone": self.removed}
        lines = ["Pages " + ", ".join(f"{name}: {len(pages)}" for name, pages in counts.items()), ""]
        lines += [f"- gone: `/{path}` (an `aliases:` line would lead on from it)" for path in self.removed]
        lines += [f"- moved: `/{old}` leads on to `{new}`" for old, new in self.moved.items()]
        lines += [f"- new: `/{path}`" for path in self.added]
        lines += [f"- file: `/{path}`" for path in self.files[:MOST]]
        lines += [f"- … and {len(self.files) - MOST} more files"] if len(self.files) > MOST else []
        around = [path for path, parts in self.changed.items() if parts == (AROUND,)]
        told = {path: parts for path, parts in self.changed.items() if path not in set(around)}
        if told:
            lines += ["", "| page | what changes |", "|---|---|"]
            lines += [f"| `/{path}` | {', '.join(parts)} |" for path, parts in list(told.items())[:MOST]]
            lines += [f"| … | and {len(told) - MOST} more |"] if len(told) > MOST else []
        if around:
            lines += ["", f"<details><summary>{len(around)} pages change only {AROUND}</summary>", ""]
            lines += [f"- `/{path}`" for path in around[:MOST]] + ["", "</details>"]
        return "\n".join(lines) + "\n"


AROUND = "around the text (menus, styles, scripts)"


def impact(before: Path, after: Path) -> Impact:
    """Compare two built sites."""
    old, new = (_contents(site, "**/*.html") for site in (before, after))
    changed, moved = {}, {}
    for path in sorted(old.keys() & new.keys()):
        if target := new[path] != old[path] and _leads_to(new[path]):
            moved[path] = target
        elif parts := differences(old[path], new[path]):
            changed[path] = parts
    ours, theirs = (_contents(site, *FILES) for site in (before, after))
    files = tuple(name for name in sorted(ours.keys() | theirs.keys()) if ours.get(name) != theirs.get(name))
    added = tuple(path for path in sorted(new.keys() - old.keys()) if not _leads_to(new[path]))
    return Impact(changed, added, tuple(sorted(old.keys() - new.keys())), moved, files)


def differences(before: bytes, after: bytes) -> tuple[str, ...]:
    """The parts in which two versions of a page differ; nothing where they are the same."""
    if before == after:
        return ()
    old, new = _parts(before), _parts(after)
    return tuple(name for name in old if old[name] != new[name]) or (AROUND,)


def _parts(page: bytes) -> dict[str, list[str]]:
    tree = html.document_fromstring(page)
    parts = {name: [_words(e) + _links(e) for e in tree.xpath(path)] for name, path in PARTS.items()}
    for path in PARTS.values():
        for element in tree.xpath(path):
            element.drop_tree()
    return {"text": [_words(e) + _links(e) for e in tree.xpath("//main")], **parts}


def _words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _links(element: html.HtmlElement) -> str:
    return "".join(
        f" {link}" for link in element.xpath("descendant-or-self::*/@*[contains(' href src alt content ', name())]")
    )


def _leads_to(page: bytes) -> str:
    """Where a former address leads on to; nothing for a page of its own."""
    refresh = html.document_fromstring(page).xpath("string(//meta[@http-equiv='refresh']/@content)")
    return refresh.partition("url=")[2]


def _contents(site: Path, *patterns: str) -> dict[str, bytes]:
    files = {file for pattern in patterns for file in site.glob(pattern) if file.is_file()}
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in files}


def main(base: str) -> int:
    """Build both versions and print the report.

    Returns:
        0; 1 if one of them cannot be built.
    """
    with tempfile.TemporaryDirectory() as folder:
        tree, sites = Path(folder, "base"), [Path(folder, name) for name in ("before", "after")]
        found = subprocess.run(["git", "worktree", "add", "--detach", tree, base], capture_output=True, text=True)
        if found.returncode:
            print(f"There is no version “{base}”: {found.stderr.strip()}", file=sys.stderr)
            return 1
        try:
            for root, site in zip((tree, Path.cwd()), sites, strict=True):
                if not _build(root, site):
                    return 1
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", tree], check=True)
        print(impact(*sites).markdown(), end="")
    return 0


def _build(root: Path, site: Path) -> bool:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", root / "mkdocs.yml", "-d", site]
    paths = {**os.environ, "PYTHONPATH": str(root / "hooks")}
    built = subprocess.run(command, capture_output=True, text=True, env=paths)
    if built.returncode:
        print(f"The version in {root.name} cannot be built:\n{built.stdout}{built.stderr}", file=sys.stderr)
    return built.returncode == 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser("impact", description=__doc__)
    parser.add_argument("base", nargs="?", default="main")
    sys.exit(main(parser.parse_args().base or "main"))
