"""Say that a translation is up to date: `make translated ARTICLE=alliance/micro-repair`."""

from __future__ import annotations

import sys
from pathlib import Path

from ..content.library import Library
from ..content.translation_state import FILE, fingerprints, read, write
from ..core.command import run
from ..core.messages import said
from ..core.problems import did_you_mean


def main(key: str) -> int:
    """Stamp a page, perhaps in one of its languages (`alliance/micro-repair.de`), or all, as translated from the
    original as it is now; 1 if there is no such page."""
    docs = Path("docs")
    library, _ = Library.read(docs)
    articles = {article.key: article for article in library.articles.values() if any(article.pairs)}
    page, _, lang = key.rpartition(".")
    if page not in articles or lang not in (translation.lang for _, translation in articles[page].pairs):
        page, lang = key, ""
    if key and page not in articles:
        print(said(f"There is no page “{key}” in two languages; {did_you_mean(key, articles)}"), file=sys.stderr)
        return 1
    known = {*articles, *library.unread}
    known |= {f"{name}.{other}" for name in known for other in library.languages.translations}
    state = {name: stamped for name, stamped in read(docs.parent)[0].items() if name in known}
    for name in [page] if key else articles:
        now = fingerprints(articles[name].original)
        if lang:
            state[key] = now
            continue
        state[name] = now
        for other in library.languages:
            state.pop(f"{name}.{other}", None)
    write(docs.parent, state)
    print(said(f"“{key}” is stamped in {FILE}" if key else f"{len(articles)} pages are stamped in {FILE}"))
    return 0


if __name__ == "__main__":
    sys.exit(run(lambda arguments: main(arguments[0] if arguments else "")))
