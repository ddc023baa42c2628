"""An nginx configuration that serves a built site as its own `_headers` and `_redirects` say."""

from __future__ import annotations

import sys
from pathlib import Path

from jinja2 import Environment

DRAFT = Path(__file__).parent / "drafts/nginx.conf"


def configuration(headers: str, redirects: str, root: str) -> str:
    """One server block."""
    sent = _headers(headers)
    (base, common), *special = sent.items()
    rules = [line.split() for line in redirects.splitlines()]
    missing = {old.removesuffix("*"): new for old, new, code in rules if code == "404"}
    template = Environment(trim_blocks=True, keep_trailing_newline=True).from_string(DRAFT.read_text("utf-8"))
    return template.render(root=root, base=base, common=common, special=special, rules=rules, missing=missing)


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
