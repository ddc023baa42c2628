"""What it costs that pages show what GitHub shows: seconds a text, beside the extensions that the site had at first.

`python benchmarks/converting.py [ROUNDS] [--profile]`. All texts of `docs/` are converted by turns with both, with the
answers of a real build and a converter of its own each, as MkDocs does it; the quickest round of each counts.
"""

from __future__ import annotations

import cProfile
import gc
import pstats
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from markdown import Markdown

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "hooks"))

from knowledge.build import Build  # noqa: E402
from knowledge.checks.configuration import configuration  # noqa: E402
from knowledge.markdown.needed import needed  # noqa: E402
from knowledge.render import Renderer  # noqa: E402

BY_MKDOCS = ("toc", "tables", "fenced_code")
AT_FIRST = (*BY_MKDOCS, "admonition", "attr_list", "pymdownx.tasklist", "pymdownx.betterem")
OF_OURS = frozenset("QuestionsExtension CitationsExtension TermsExtension ForeignExtension StaleExtension".split())
"""What of ours took part at first."""


def main(rounds: int, is_profiled: bool) -> None:
    """Print milliseconds a text of both, and their ratio."""
    found, _ = configuration(ROOT / "mkdocs.yml")
    assert found.overrides
    build = Build.open(ROOT / "mkdocs.yml", found.docs, found.overrides, found.values)
    renderers = {lang: Renderer(build, lang, "") for lang in build.library.languages}
    now, options, *_ = found.markdown

    def converted(choose: Callable[[list[Any], str], list[Any]]) -> int:
        length = 0
        for text in build.library.translations():
            key = text.path.removesuffix(f".{text.lang}.md")
            url = build.library.path(build.library[key], text.lang)
            _, ours = renderers[text.lang].extensions(key, url, build.queries.ask, lambda fault: None)
            chosen = choose(ours, text.body)
            known = {name: value for name, value in options.items() if name in chosen}
            length += len(Markdown(extensions=chosen, extension_configs=known).convert(text.body))
        return length

    ways = {
        "at first": lambda: converted(lambda ours, _: [*AT_FIRST, *(o for o in ours if type(o).__name__ in OF_OURS)]),
        "now": lambda: converted(lambda ours, text: needed([*now, *ours], text)),
    }
    for way in ways.values():
        assert way() > 1_000_000  # Every text was converted, and every query has been answered once.
    if is_profiled:
        with cProfile.Profile() as profile:
            for _ in range(rounds):
                ways["now"]()
        pstats.Stats(profile).sort_stats("tottime").print_stats(45)
        pstats.Stats(profile).sort_stats("cumulative").print_stats(70)
        return
    took: dict[str, list[float]] = {name: [] for name in ways}
    gc.disable()
    for _ in range(rounds):
        for name, way in ways.items():
            begun = time.process_time()
            way()
            took[name].append(time.process_time() - begun)
            gc.collect()
    texts = len(list(build.library.translations()))
    best = {name: min(seconds) for name, seconds in took.items()}
    for name, seconds in best.items():
        print(f"{name:<9} {seconds:6.2f} s, {seconds / texts * 1000:5.1f} ms a text")
    print(f"ratio     {best['now'] / best['at first']:6.2f}   ({texts} texts, {rounds} rounds)")


if __name__ == "__main__":
    main(next((int(one) for one in sys.argv[1:] if one.isdecimal()), 5), "--profile" in sys.argv)
