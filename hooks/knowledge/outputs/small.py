"""What browsers fetch, made small: style sheets and scripts without what nobody needs, and packed JSON."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from ..core.cache import Cache
from ..core.fingerprint import digest, libraries
from ..core.worker import made

TYPES = {"css": "text/css", "js": "application/javascript"}
"""What the minifier calls them, by the ending of their path."""


def small(sources: Mapping[str, str], kept: Cache) -> dict[str, str]:
    """Texts by path, each as it is where it cannot be read."""
    named = [(path.rpartition(".")[2], source) for path, source in sources.items()]
    makes = [(digest("small", libraries(), *one), partial(_made_small, *one)) for one in named]
    # By another process, as Go's threads would keep this one from sharing out work later.
    return dict(zip(sources, made(kept, str, makes, few=1, shares=False), strict=True))


def _made_small(ending: str, source: str) -> str:
    import minify  # which loads the runtime of Go, and only where something is new

    try:
        return minify.string(TYPES[ending], source)
    except minify.MinifyError:
        return source


def packed(value: Any) -> bytes:
    """A value as a script fetches it: packed JSON."""
    return gzip.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)
