"""Style sheets and scripts without what readers need not load."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from ..core.cache import Cache
from ..core.fingerprint import digest, libraries
from ..core.worker import in_parallel

TYPES = {"css": "text/css", "js": "application/javascript"}
"""What the minifier calls them, by the ending of their path."""


def small(sources: Mapping[str, str], kept: Cache) -> dict[str, str]:
    """Texts by path, each as it is where it cannot be read.

    Args:
        sources: texts by path.
        kept: what was made of the same texts before.
    """
    names = {path: digest("small", libraries(), path.rpartition(".")[2], source) for path, source in sources.items()}
    jobs = {
        path: partial(kept.value, names[path], str, partial(_made_small, TYPES[path.rpartition(".")[2]], source))
        for path, source in sources.items()
    }
    # By another process, as Go's threads would keep this one from sharing out work later.
    in_parallel(kept, [job for path, job in jobs.items() if not kept.has(names[path])], 1, shares=False)
    return {path: job() for path, job in jobs.items()}


def _made_small(kind: str, source: str) -> str:
    import minify  # which loads the runtime of Go, and only where something is new

    try:
        return minify.string(kind, source)
    except minify.MinifyError:
        return source
