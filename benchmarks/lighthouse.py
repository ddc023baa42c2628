"""`make lighthouse`: Lighthouse's four scores and what an article weighs, over the built site.

Serves `site/` on loopback with gzip, as a real host would, and runs the npm package `lighthouse`
in mobile mode with its default simulated throttling.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from benchmarks.pages import KEYS

from knowledge.content.library import Library
from knowledge.core.language import LANGUAGES

SCORES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


@functools.cache
def content(path: Path, packed: bool) -> bytes:
    """A file's content, compressed once, as a real host keeps it."""
    return gzip.compress(path.read_bytes()) if packed else path.read_bytes()


class Handler(http.server.SimpleHTTPRequestHandler):
    """Static files, compressed where that helps."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        packed = path.suffix not in (".woff2", ".png")
        body = content(path, packed)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)) + "; charset=utf-8" * packed)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=31536000")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


def audit(url: str, folder: Path) -> dict:
    """Lighthouse's report on one address."""
    report = folder / "report.json"
    command = ["npx", "--yes", "lighthouse", url, "--quiet", "--output=json", f"--output-path={report}"]
    command += [f"--chrome-flags={FLAGS} --user-data-dir={folder / 'profile'}"]
    subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": shutil.which("chromium") or ""})
    return json.loads(report.read_text())


def main(site: Path, paths: list[str]) -> None:
    """Print one line per page."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"{'page':44} perf  a11y  best   seo   LCP s   CLS   TBT ms  kB  scripts  requests")
    for path in paths:
        with tempfile.TemporaryDirectory() as folder:
            report = audit(f"http://127.0.0.1:{server.server_port}/{path}", Path(folder))
        audits = report["audits"]
        scores = [round(100 * (report["categories"][name]["score"] or 0)) for name in SCORES]
        listed = audits["network-requests"]["details"]["items"]
        requests = [item for item in listed if not item["url"].startswith("data:")]  # those are in the page
        size = sum(item["transferSize"] for item in requests) / 1000
        scripts = sum(item["transferSize"] for item in requests if item.get("resourceType") == "Script") / 1000
        lcp, cls, tbt = (audits[name]["numericValue"] for name in
                         ("largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time"))  # fmt: skip
        told = " ".join(f"{score:4} " for score in scores)
        told += f" {lcp / 1000:5.2f}  {cls:.3f}  {tbt:5.0f}  {size:4.0f}  {scripts:7.1f}  {len(requests)}"
        print(f"/{path:43} {told}", flush=True)
        for name in SCORES:
            for ref in report["categories"][name]["auditRefs"]:
                item = audits[ref["id"]]
                if ref["weight"] and item["score"] is not None and item["score"] < 1:
                    print(f"    {name}: {item['title']} {item.get('displayValue', '')}")
                    for detail in item.get("details", {}).get("items", [])[:3]:
                        print("       ", json.dumps(detail, ensure_ascii=False)[:300])
    server.shutdown()


if __name__ == "__main__":
    library, _ = Library.read(Path("docs"))
    chosen = [library.path(library[key], lang) for lang in LANGUAGES for key in KEYS]
    main(Path(sys.argv[1]), sys.argv[2:] or chosen)
