"""`make bench`: the same articles through this site and others; writes medians and a chart into README.md.

    python benchmarks/bench.py --sizes 20 200 1000 --rounds 3

The generators run in turn, round by round, so that whatever else the machine does meets them all.
Each starts without an earlier site or cache; “warm” is a full build over the last one's site, after a sentence was
added to one article; “title edited” one after its title was changed, which cards, lists, feeds, pictures and the
search show. Without search and pictures this site builds its preview: the pages, with their related lists, FAQ and
feeds.
"""

from __future__ import annotations

import argparse
import math
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from types import MappingProxyType

from generators import GENERATORS, Generator, install

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
BASE = "Hugo"
"""All others are shown as multiples of it."""
SEARCH = ", search"
"""What is measured with a search index is shown as a multiple of Hugo with Pagefind's."""
AGAIN, TITLE = ", warm", ", title edited"
PAUSE = 0.2
"""Seconds between two looks at the memory of a build: one takes about 10 ms for a gigabyte."""
ONCE = 1000
"""Articles a language above which the first round alone measures: it takes ten minutes."""
WIDTH = 40
"""Characters of the longest bar."""


@dataclass(frozen=True)
class Cost:
    """What one build cost."""

    cpu: float
    """Seconds, of all its processes."""
    wall: float
    """Seconds."""
    memory: float
    """Megabytes that all its processes held together, what they share counted once: the most seen by looking every
    `PAUSE` seconds, or, if more, the most that the largest had, which the system counts exactly."""


def measure(generator: Generator, number: int) -> dict[str, Cost]:
    """Build so many articles a language: the costs, by what was measured."""
    with tempfile.TemporaryDirectory(dir=generator.place) as name:
        folder = Path(name)
        command = generator.write(number, folder)
        costs = {generator.name: run(command, generator.environment)}
        if generator.keeps:
            article = next(iter(sorted(folder.rglob("article-00000.da.md"))))
            text = article.read_text("utf-8").rstrip() + " One sentence more.\n"
            for edit, edited in ((AGAIN, text), (TITLE, re.sub("(?m)^(title: .*)$", r"\1 med mere", text, count=1))):
                article.write_text(edited, "utf-8")
                costs[f"{generator.name}{edit}"] = run(command, generator.environment)
        return costs


def run(command: list[str], environment: Mapping[str, str] = MappingProxyType({})) -> Cost:
    """What a command cost."""
    start = time.monotonic()
    ours = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(
        command,
        env={**ours, "NO_MKDOCS_2_WARNING": "1", **environment},  # Python keeps compiled modules, as it does elsewhere.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    ended = Event()
    with ThreadPoolExecutor(1) as looking:
        peak = looking.submit(_peak, process.pid, ended)
        try:
            errors = process.stderr.read() if process.stderr else ""
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.monotonic() - start
        finally:
            ended.set()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}\n{errors}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, max(peak.result(), usage.ru_maxrss) / 1000)


def _peak(pid: int, ended: Event) -> int:
    """The most kilobytes that a process and those below it were seen to hold together; 0 if it was always alone."""
    most = 0
    while not ended.wait(PAUSE):
        if len(family := list(_family(pid))) > 1:
            most = max(most, sum(map(_share, family)))
    return most


def _family(pid: int) -> Iterator[int]:
    """The process and those below it."""
    yield pid
    with suppress(OSError):
        for file in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in file.read_text().split():
                yield from _family(int(child))


def _share(pid: int) -> int:
    """Kilobytes of a process, a page that n processes share being 1/n of one (PSS; proc(5), smaps_rollup)."""
    with suppress(OSError):
        if found := re.search(r"^Pss: *(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M):
            return int(found[1])
    return 0  # It ended meanwhile, or the system has no /proc.


def medians(sizes: list[int], rounds: int) -> dict[tuple[str, int], Cost]:
    """The median cost of each generator at each size."""
    runs: dict[tuple[str, int], list[Cost]] = defaultdict(list)
    for turn in range(rounds):
        for number in sizes if not turn else [size for size in sizes if size <= ONCE]:
            for generator in GENERATORS:
                if number <= generator.largest:
                    for name, cost in measure(generator, number).items():
                        runs[name, number].append(cost)
                        print(f"{turn + 1}/{rounds} {number:5} {name:34} {cost}", file=sys.stderr, flush=True)
    return {
        key: Cost(*(statistics.median(getattr(cost, part) for cost in costs) for part in ("cpu", "wall", "memory")))
        for key, costs in runs.items()
    }


def report(found: dict[tuple[str, int], Cost], sizes: list[int], rounds: int) -> str:
    """The table, the growth exponents and the chart, as Markdown."""
    lines = [f"Rounds: {rounds}. Load at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.", ""]
    lines += ["| articles a language | generator | CPU s | wall s | MB | CPU ÷ Hugo | wall ÷ Hugo | growth | without |"]
    lines += ["|---:|---|---:|---:|---:|---:|---:|---:|---|"]
    lacks = {generator.name: generator.lacks for generator in GENERATORS}
    for number in sizes:
        for name in dict.fromkeys(name for name, _ in found):
            if cost := found.get((name, number)):
                base = found[f"{BASE}{SEARCH}" if SEARCH in name else BASE, number]
                growth = _growth(found, name, sizes, number)
                lines.append(
                    f"| {number} | {name} | {cost.cpu:.1f} | {cost.wall:.1f} | {cost.memory:.0f} "
                    f"| {cost.cpu / base.cpu:.2f} | {cost.wall / base.wall:.2f} | {growth} | {lacks.get(name, '')} |"
                )
    largest = max(number for number in sizes if ("Material + static-i18n", number) in found)
    costs = {name: cost.cpu for (name, number), cost in found.items() if number == largest}
    lines += ["", f"Seconds of CPU at {largest} articles a language:", "", "```"]
    for name, cpu in costs.items():
        lines.append(f"{name:34} {'█' * max(1, round(WIDTH * cpu / max(costs.values())))} {cpu:.1f}")
    return "\n".join([*lines, "```"])


def _growth(found: dict[tuple[str, int], Cost], name: str, sizes: list[int], number: int) -> str:
    """The exponent with which CPU has grown since the size before: 1 is linear, 2 quadratic."""
    smaller = [size for size in sizes if size < number and (name, size) in found]
    if not smaller:
        return ""
    ratio = found[name, number].cpu / found[name, smaller[-1]].cpu
    return f"{math.log(ratio) / math.log(number / smaller[-1]):.2f}"


def main() -> None:
    """Measure, and write what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[20, 200, 1000])
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    install()
    text = report(medians(given.sizes, given.rounds), given.sizes, given.rounds)
    before, _, rest = README.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", "utf-8")
    print(text)


if __name__ == "__main__":
    main()
