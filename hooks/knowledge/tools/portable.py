"""Let a built site open from a folder, by a click on `index.html`: `make portable`.

A pull request's preview is a folder to download, and not every editor has a server. Addresses become relative and name
their file. What a browser runs only from a server goes: the modules, without which every page works, and the policy.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

from ..core.command import run

ADDRESS = re.compile(r'(?<=[\s"])((?:href|src|action|poster)=")([^"]*)(?=")|(content="\d+; ?url=)([^"]*)(?=")')
SET = re.compile(r'(?<=\ssrcset=")[^"]*(?=")')
ONLY_SERVED = re.compile(
    r'<script type="module"[^>]*></script>\n?|<meta http-equiv="Content-Security-Policy"[^>]*>\n?'
    r'|<link rel="preload"[^>]*>\n?| data-script="[^"]*"'
)


def portable(site: Path) -> int:
    """Rewrite the pages of a built site, and say how many there are."""
    pages = sorted(site.rglob("*.html"))
    for page in pages:
        page.write_text(_portable(page.read_text("utf-8"), page.parent.relative_to(site).as_posix()), "utf-8")
    return len(pages)


def _portable(text: str, folder: str) -> str:
    """A page in a folder of the site, as it opens from the disk."""

    def sized(candidate: str) -> str:
        """One of the sizes of a picture: its address, and for which width it is."""
        address, *size = candidate.split()
        return " ".join((_relative(address, folder), *size))

    text = ONLY_SERVED.sub("", text)
    text = ADDRESS.sub(lambda m: (m[1] or m[3]) + _relative(m[2] if m[1] else m[4], folder), text)
    return SET.sub(lambda m: ", ".join(map(sized, m[0].split(", "))), text)


def _relative(address: str, folder: str) -> str:
    """An address as a page in a folder of the site reaches it from the disk."""
    parts = urlsplit(address)
    path = parts.path
    if parts.scheme or parts.netloc or not path:
        return address
    if path.startswith("/"):
        path = os.path.relpath(path, f"/{folder}") + "/" * path.endswith("/")
    return parts._replace(path=f"{path}index.html" if path.endswith("/") else path).geturl()


def main(arguments: list[str]) -> int:
    """Rewrite a site, and say how many pages it has."""
    site = Path(arguments[0] if arguments else "site")
    pages = portable(site)
    if not pages:
        print(f"There is no page in {site}/; run make build first", file=sys.stderr)
        return 1
    print(f"{pages} pages of {site}/ open from a folder now: begin with index.html")
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
