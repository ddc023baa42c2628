"""Memory of `mkdocs serve` over many saves: prints the curve. `python benchmarks/memory.py [SAVES [PAUSE]]`.

Resident memory is read from /proc (Linux), in MB, after each tenth of the saves. With a pause of two seconds between
them the checks of each save come to their end; without one, they never do.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
TIMEOUT = 60
"""Seconds within which a save must be shown."""


def main(saves: int, pause: float = 0) -> None:
    """Save one sentence again and again, each time until the page shows it."""
    with tempfile.TemporaryDirectory() as folder:
        docs = Path(shutil.copytree(ROOT / "tests/site/docs", Path(folder, "docs")))
        config = Path(folder, "mkdocs.yml")
        settings = {
            "INHERIT": str(ROOT / "tests/site/mkdocs.yml"),
            "docs_dir": str(docs),
            "theme": {"custom_dir": str(ROOT / "overrides")},
            "hooks": [str(ROOT / "hooks/main.py")],
            "watch": [],
        }
        config.write_text(yaml.safe_dump(settings), "utf-8")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{probe.getsockname()[1]}"
        command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "-f", str(config), "-a", address]
        serve = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            article = docs / "alliance/repair.da.md"
            text = article.read_text("utf-8")
            page = f"http://{address}/alliancen/reparation/"
            _shown(page, "Et brud")
            for number in range(saves + 1):
                article.write_text(f"{text}\nSave number {number}.\n", "utf-8")
                _shown(page, f"Save number {number}.")
                time.sleep(pause)
                if number % max(1, saves // 10) == 0:
                    print(f"{number:>5} saves {_resident(serve.pid):>7.1f} MB", flush=True)
        finally:
            serve.terminate()
            serve.wait()


def _shown(page: str, words: str) -> None:
    end = time.monotonic() + TIMEOUT
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(page) as answer:
                if words in answer.read().decode():
                    return
        except OSError:  # It does not answer yet.
            pass
        time.sleep(0.05)
    raise TimeoutError(f"{page} does not show “{words}”")


def _resident(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300, float(sys.argv[2]) if len(sys.argv) > 2 else 0)
