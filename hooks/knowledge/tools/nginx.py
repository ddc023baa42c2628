"""An nginx configuration that serves a built site as its own `_headers` and `_redirects` say."""

from __future__ import annotations

import sys
from pathlib import Path


def configuration(headers: str, redirects: str, root: str) -> str:
    """One server block."""
    sent = _headers(headers)
    (base, common), *special = sent.items()
    rules = [line.split() for line in redirects.splitlines()]
    lines = ["server {", "    listen 80;", "    server_name your.example;", f"    root {root};"]
    lines += ["    charset utf-8;", "    absolute_redirect off;", "    gzip on;"]
    lines += ["    gzip_types text/css text/javascript application/javascript application/json image/svg+xml;"]
    lines += [f"    {header}" for header in common]
    lines += ["    location ~ /_(headers|redirects)$ { return 404; }"]
    # nginx takes no header from outside where a block has one of its own: all of them again.
    lines += [
        f"    location ^~ {path} {{\n" + "".join(f"        {h}\n" for h in [*common, *own]) + "    }"
        for path, own in special
    ]
    lines += [f"    location = {old} {{ return 301 {new}; }}" for old, new, code in rules if code == "301"]
    missing = {old.removesuffix("*"): new for old, new, code in rules if code == "404"}
    lines += [f"    error_page 404 {missing[base]};"]
    lines += [
        f"    location {path} {{ error_page 404 {page}; try_files $uri $uri/ =404; }}" for path, page in missing.items()
    ]
    return "\n".join([*lines, "}"]) + "\n"


def _headers(text: str) -> dict[str, list[str]]:
    """The `add_header` lines of each path, in the order of the file."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if not line.startswith(" "):
            sent = found.setdefault(line.strip().removesuffix("*"), [])
            continue
        name, value = line.strip().split(": ", 1)
        sent.append(f'add_header {name} "{value}" always;')
    return found


if __name__ == "__main__":
    site = Path(sys.argv[1])
    headers, redirects = ((site / name).read_text("utf-8") for name in ("_headers", "_redirects"))
    print(configuration(headers, redirects, str(site.resolve())), end="")
