"""The rule on the ladder: five steps, each once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...content.article import Article
from ...content.library import Library
from .rule import Finding, rule

STEPS = range(1, 6)
BEGUN = 3
"""So many steps make a ladder; with fewer it has not been written yet."""


@rule("ladder")
def ladder(library: Library, docs: Path) -> Iterator[Finding]:
    """Whoever looks for their step must find it, and in one place only. The ladder has steps 1 to 5."""
    steps: dict[int, Article] = {}
    for article in library.ladder:
        step, da = article.shared.step, article.original
        assert step is not None  # Else it were not on the ladder.
        if step in steps:
            message = f"step {step} is in docs/{steps[step].original.path} too"
            missing = [str(other) for other in STEPS if other not in {a.shared.step for a in library.ladder}]
            fix = f"write the step that it is: {' or '.join(missing)}" if missing else "give one of them another step"
            yield Finding(da, da.lines["step"], message, f"{fix}, or delete the line")
        steps.setdefault(step, article)
    repeated = len(library.ladder) > len(steps)
    if len(steps) < BEGUN or repeated or any("/" in key and not key.startswith("data/") for key in library.unread):
        return  # An article that cannot be read, or that has a wrong step, may be the one that is missing.
    for step in STEPS:
        if step not in steps:
            near = steps[min(steps, key=lambda there: abs(there - step))].original
            message = f"the ladder has no step {step}; this is step {library[near.path.rsplit('.', 2)[0]].shared.step}"
            fix = f"write “step: {step}” in the article on it, or write the article"
            yield Finding(near, near.lines["step"], message, fix)
