"""A comment server for trying comments on one's own machine: `make comments`.

Isso with a safe configuration: on loopback, every comment waits for approval, no address is asked for,
HTML is shown as text, and the salt is its own, made at the first start.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from ..content.settings import LOOPBACK

CONFIGURATION = Path(__file__).parent / "drafts/isso.cfg"
"""What the server's configuration begins as."""


def prepare(folder: Path, listen: str, sites: Sequence[str]) -> Path:
    """Write the configuration, for its owner's eyes only; the salt stays the same from start to start.

    Raises:
        ValueError: if the address is not on loopback.
    """
    if urlsplit(listen).hostname not in LOOPBACK:
        raise ValueError(f"the address is “{listen}”; expected one on loopback, such as http://127.0.0.1:8080")
    folder = folder.resolve()
    folder.mkdir(mode=0o700, exist_ok=True)
    salt, config = folder / "salt", folder / "isso.cfg"
    if not salt.exists():
        _write(salt, secrets.token_hex(32))
    hosts = "\n".join(f"    {site}" for site in sites)
    values = {"folder": folder, "listen": listen, "sites": hosts, "salt": salt.read_text()}
    _write(config, Template(CONFIGURATION.read_text("utf-8")).substitute(values))
    return config


def main() -> None:
    """Start the server and stay until Ctrl+C."""
    parser = argparse.ArgumentParser(prog="make comments", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path(".comments"), help="where the comments are kept")
    parser.add_argument("--listen", default="http://127.0.0.1:8080", help="the server's address")
    parser.add_argument("--site", action="append", help="origin of a site that may load it")
    given = parser.parse_args()
    sites = given.site or ["http://127.0.0.1:8000", "http://localhost:8000"]
    try:
        config = prepare(given.folder, given.listen, sites)
    except ValueError as error:
        sys.exit(str(error))
    print(f"Comments: {given.listen} for {', '.join(sites)}   (Ctrl+C stops)")
    print("A new comment is printed here with a link that publishes it and one that deletes it.", flush=True)
    os.execv(sys.executable, [sys.executable, "-c", "from isso import main; main()", "-c", str(config), "run"])


def _write(path: Path, text: str) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    main()
