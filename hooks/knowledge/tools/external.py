"""External links: whether what the site links to is still there. `make links`, because builds use no network."""

from __future__ import annotations

import sys
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from ..checks import report
from ..content.data import HELP, SOURCES
from ..content.library import Library
from ..core.command import run
from ..core.problems import Level, Problem, errors_of

TIMEOUT = 20
"""Seconds for one answer."""
AT_ONCE = 8
"""Hosts that are asked at the same time; each host is asked one thing at a time."""
AGENT = "Mozilla/5.0 (compatible; Trinvis link check)"
GONE = (404, 410)
NOT_WELCOME = (401, 403, 405, 406, 429)
"""Answers of sites that turn programs away; a reader may well get through."""
MOVED = (301, 308)


Place = tuple[str, int]
"""The file and line where an address stands."""


class Answer(NamedTuple):
    """What came back."""

    status: int
    """The HTTP status, or 0 where there was no answer."""
    detail: str = ""
    """The new address of what has moved for good, or why there was no answer."""


def addresses(library: Library) -> dict[str, list[Place]]:
    """Every address outside the site, with the places where it stands."""
    found: dict[str, list[Place]] = defaultdict(list)

    def place(file: str, *path: str | int) -> Place:
        return f"docs/{file}", library.line_in(file, *path)

    for translation in library.translations():
        for link in translation.outline.links:
            if link.target.startswith(("https://", "http://")):
                found[link.target].append((f"docs/{translation.path}", link.line))
    for key, source in library.sources.items():
        if source.link:
            found[source.link].append(place(SOURCES, key, "DOI" if source.DOI else "URL"))
    for i, record in enumerate(library.help):
        found[record.url].append(place(HELP, i, "url"))
        for lang in library.languages:
            if url := record[lang].url:
                found[url].append(place(HELP, i, lang, "url"))
    return dict(found)


def problems(found: dict[str, list[Place]], ask: Callable[[str], Answer]) -> list[Problem]:
    """What is wrong with the addresses, at each place where they stand."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in found:
        hosts[urlsplit(address).netloc].append(address)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = pool.map(lambda host: [(address, ask(address)) for address in host], hosts.values())
        told = [(address, answer) for host in answers for address, answer in host]
    return sorted(problem for address, answer in told for problem in _problems(address, answer, found[address]))


def _problems(address: str, answer: Answer, places: Iterable[Place]) -> Iterator[Problem]:
    level: Level
    if answer.status in GONE:
        level, message, fix = "error", f"{address} is gone ({answer.status})", "find its new address, or delete it"
    elif answer.status in MOVED:
        level, message, fix = "warning", f"{address} has moved", f"write {answer.detail}"
    elif answer.status in NOT_WELCOME:
        level, message = "warning", f"{address} turns programs away ({answer.status})"
        fix = "open it in a browser"
    elif answer.status == 0 or answer.status >= 400:
        level, message = "warning", f"{address} did not answer ({answer.detail or answer.status})"
        fix = "try again later, then look for its new address"
    else:
        return
    for file, line in places:
        yield Problem(file, line, 1, "external-link", message, fix, level)


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follow what moves for a while; stop at what has moved for good, and at a DOI, which is known once it moves."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        if code in MOVED or urlsplit(req.full_url).netloc == "doi.org":
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def ask(address: str) -> Answer:
    """Ask for an address: its head, or, where a site does not give that, the whole of it."""
    answer = _ask(address, "HEAD")
    return answer if answer.status in (200, *MOVED) else _ask(address, "GET")


def _ask(address: str, method: str) -> Answer:
    opener = urllib.request.build_opener(_Stay)
    request = urllib.request.Request(address, method=method, headers={"User-Agent": AGENT})
    try:
        with opener.open(request, timeout=TIMEOUT) as response:
            return Answer(response.status)
    except urllib.error.HTTPError as error:
        with error:
            if error.code in (302, 303, 307):
                return Answer(200)
            return Answer(error.code, error.headers.get("Location", ""))
    except (urllib.error.URLError, HTTPException, OSError, ValueError) as error:
        return Answer(0, str(getattr(error, "reason", error)))


def main(docs: Path) -> int:
    """Print what is wrong."""
    library, _ = Library.read(docs)
    found = addresses(library)
    wrong = problems(found, ask)
    print(*report.told(wrong), f"{len(found)} addresses of other sites: {len(wrong)} problems", sep="\n")
    return 1 if errors_of(wrong) else 0


if __name__ == "__main__":
    sys.exit(run(lambda arguments: main(Path("docs"))))
