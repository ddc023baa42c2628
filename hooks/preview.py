"""The preview: `mkdocs serve` builds what it can, writes only what has changed, and survives mistakes."""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from threading import RLock, Timer
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import Abort, MkDocsException
from watchdog import events
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

import others
from garbage_collection import let_go
from knowledge.checks.configuration import languages_in
from knowledge.checks.essentials import essentials
from knowledge.core.fingerprint import checksum_of
from knowledge.core.folder import path_from
from knowledge.core.problems import Problem, errors_of
from knowledge.outputs.panel import App, Panel, unbuilt

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer


SHOWN = 0.5
"""Seconds within which a page that waits for what the checks find has got it."""
MOST_HELD = 3
"""Builds whose memory is held where saves come so quickly that no check ends between them."""
IN_A_ROW, CALM = 3, 5
"""Builds in each of which the same files were written meanwhile, by a hook then; and seconds before the next one."""


class Preview:
    """The build of a preview, which stops at nothing: what cannot be built stays as it was, and the panel says why.

    MkDocs would serve no page at all after a mistake, and would not begin with one.
    """

    panel: Panel
    config: Any
    """The last configuration that could be read."""
    waiting: dict[str, Callable[[], None]]
    """What makes the pages that nobody has asked for since the last build, by path."""
    watcher: Watcher | None = None

    def __init__(self, build: Callable[..., None], load_config: Callable[..., Any]):
        self.build, self.load_config = build, load_config
        self.unread = ""
        """Why mkdocs.yml, as it is now, cannot be read."""
        self.errors: list[str] = []
        self.failures: list[str] = []
        """Why pages could not be made."""
        self.waiting = {}
        self.once_shown: list[Callable[[], None]] = []
        """What is left to do of the last build, which no page waits for."""
        self._seen: dict[str, str] = {}
        """The checksums of files that were written since the preview began, as the last build found them."""
        self._began = self._ended = 0.0
        self._row = 0
        """Builds in a row that were asked for by what was written while the last one ran, from its begin to its end."""
        self._held = 0
        """Builds since memory was let go."""
        self._making = RLock()
        """Held while pages are made, by a build or because somebody asks for one."""

    def load(self, **options: Any) -> Any:
        """The configuration; where it cannot be read, the last that could, which is then not built again."""
        self.unread = ""
        try:
            config = self.load_config(**{**options, "strict": False})
            self.unread = "\n".join(map(str, essentials(config, is_preview=True)))
            return self.config if self.unread else config
        except Exception as error:  # also what MkDocs did not foresee, such as custom_dir: without a folder
            self.unread = str(error) or type(error).__name__
            return self.config

    def __call__(self, config: Any, **options: Any) -> None:
        """Build the site, but for pages that nobody asks for."""
        saved = self._saved()
        if saved == []:
            return
        with self._making:
            self._end()
            self._held += 1
            if self._held > MOST_HELD:
                self._let_go()
            self._began = time.time()
            self._build(config, options, saved or () if self._row >= IN_A_ROW else ())
            self._ended = time.time()

    def _saved(self) -> list[str] | None:
        """Where others take part in builds, who may write into docs/ each time: the files that are other than the last
        build found them; None where nobody can tell."""
        changed = self.watcher.take() if self.watcher else set()
        state = getattr(getattr(self, "config", None), "state", None)
        if not changed or not (state and state.others.events):
            return None
        now = {path: checksum_of(path) for path in changed}
        saved = sorted(path for path, found in now.items() if self._seen.get(path) != found)
        self._seen |= now
        times = [os.path.getmtime(path) for path in saved if os.path.exists(path)]
        self._row = self._row + 1 if times and self._began < min(times) and max(times) < self._ended else 0
        if self._row >= IN_A_ROW:
            time.sleep(CALM)  # Or no page could be read, and no check would end.
        return saved

    def _build(self, config: Any, options: Mapping[str, Any], written: Iterable[str]) -> None:
        self.config = config
        if hasattr(self, "panel"):
            self.panel.begin()
        if self.unread:
            print(f"{self.unread}\nThe preview stays as it is until mkdocs.yml can be read", file=sys.stderr)
            self.panel.renew(self.unread)
            return
        if lacking := essentials(config, is_preview=True):
            raise Abort("\n".join(map(str, lacking)))
        overrides, failure = Path(config.theme.custom_dir).resolve(), ""
        languages = languages_in(config)
        config.preview, config.strict, self.errors, self.failures = self, False, [], []
        print("Building …", file=sys.stderr)
        before, self.waiting = self.waiting, {}
        for path in written:
            name = path_from(Path(config.config_file_path).parent, path)
            self.fail(f"{name} is written anew by each build, which begins the next: let the hook write what changes")
        for path in others.changed(config):
            name = path_from(Path(config.config_file_path).parent, path)
            self.fail(f"{name} has changed, and the preview runs it as it was: stop it with Ctrl+C, and begin it again")
        try:
            self.build(config, **options)
            failure = "\n".join(self.failures)
        except Exception as stopped:  # MkDocs' own, `Abort`, is an exception too.
            failure = "\n".join(self.errors) or f"{type(stopped).__name__}: {stopped}"
            if not self.errors:
                print(failure, file=sys.stderr) if isinstance(stopped, MkDocsException) else traceback.print_exc()
            self.waiting = before
        if self.errors or self.failures:
            self.waiting = {**before, **self.waiting}  # What cannot be made now is shown as it was.
        if not hasattr(self, "panel"):
            self.panel = Panel(Path(config.config_file_path), overrides, languages, tell=self._report)
            self.panel.begin()
        self._fill({f"{languages.folder(lang)}index.html" for lang in languages} - self.waiting.keys())
        self.panel.renew(failure)
        print("Built", file=sys.stderr)

    def making_first(self, app: App, root: str) -> App:
        """A WSGI application that serves files, each of which is made before, if it waits.

        Args:
            root: the path below which the site stands, with a slash at its end.
        """

        def answer(environ: Mapping[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            address = environ["PATH_INFO"].removeprefix(root).removesuffix("index.html").strip("/")
            path = f"{address}/index.html".lstrip("/")
            with self._making:
                if make := self.waiting.pop(path, None):
                    known = len(self.failures)
                    make()
                    self._fill([path])
                    self.panel.failure = "\n".join(filter(None, (self.panel.failure, *self.failures[known:])))
                elif self.once_shown and not os.path.lexists(os.path.join(self.config.site_dir, address)):
                    self._end()  # A feed is not written yet, or there is no such page.
            return app(environ, start)

        return answer

    def _fill(self, paths: Iterable[str]) -> None:
        """Put a page that shows the panel in the place of each of these that could never be made."""
        site = Path(self.config.site_dir)
        for path, page in unbuilt(self.panel.overrides, self.panel.languages, site, paths).items():
            file = site / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page, "utf-8")

    def _report(self, problems: Iterable[Problem]) -> None:
        """Say where the preview was begun what the checks find, beside what it says itself."""
        errors = dict.fromkeys(map(str, errors_of(problems)))
        print(*(f"{error}\n" for error in errors if error not in self.errors), sep="", end="", file=sys.stderr)
        print(f"To fix: {len(errors) + len(self.failures)}", file=sys.stderr)
        later = Timer(SHOWN, self._let_go)
        later.daemon = True
        later.start()

    def _end(self) -> None:
        """Do what is left of a build."""
        work, self.once_shown = self.once_shown, []
        try:
            for do in work:
                do()
        except Exception as stopped:
            self.fail(str(stopped))

    def _let_go(self) -> None:
        with self._making:
            self._end()
            self._held = 0
            let_go()

    def fail(self, reason: str) -> None:
        """Take why a page could not be made; the others are."""
        self.failures.append(reason)
        print(reason, file=sys.stderr)

    def tell(self, problems: Iterable[Problem]) -> None:
        """Take the problems of a build, which goes on."""
        self.errors = [*map(str, errors_of(problems))]
        print(*self.errors, sep="\n", end="\n" if self.errors else "", file=sys.stderr)


def watch_at_once(server: LiveReloadServer, watched: Iterable[str]) -> Watcher:
    """Let the system tell of a save; MkDocs looks at every file twice a second.

    Args:
        watched: what the server watches already.
    """
    for path in watched:
        server.unwatch(path)
    server.observer = Watcher()
    server.build_delay = 0.05  # Seconds without a save, so that files saved together are built together.
    for path in watched:
        server.watch(path)
    return server.observer


class Watcher(Observer):  # type: ignore[valid-type, misc]
    """Tells of changes only: that a build opens and closes a file is none. It follows files and folders that go and
    come back, as they do when a program saves a copy and gives it the name."""

    def __init__(self) -> None:
        super().__init__()
        self._changed: set[str] = set()

    def take(self) -> set[str]:
        """The files of which was told since somebody asked."""
        changed, self._changed = self._changed, set()
        return changed

    def schedule(self, handler: events.FileSystemEventHandler, path: str, *, recursive: bool = False) -> ObservedWatch:
        def tell(event: events.FileSystemEvent) -> None:
            if COMPILED in Path(os.fsdecode(event.src_path)).parts:
                return
            self._changed |= {str(one) for one in (event.src_path, event.dest_path) if one}
            handler.dispatch(event)

        below = events.FileSystemEventHandler()
        below.on_any_event = tell  # type: ignore[method-assign]

        def within() -> ObservedWatch:
            return super(Watcher, self).schedule(below, path, recursive=recursive, event_filter=CHANGES)

        watch = within() if os.path.isdir(path) else None

        def changed(event: events.FileSystemEvent) -> None:
            nonlocal watch
            if path in (event.src_path, event.dest_path):
                if os.path.isdir(path):  # The system watches a folder, and not its name.
                    if watch:
                        self.unschedule(watch)
                    watch = within()
                tell(events.FileModifiedEvent(path))

        itself = events.FileSystemEventHandler()
        itself.on_any_event = changed  # type: ignore[method-assign]
        beside = super().schedule(itself, os.path.dirname(path), event_filter=[*CHANGES, *FOLDERS])
        return watch or beside


COMPILED = "__pycache__"
"""Where Python keeps what it has compiled of a module, once it is needed."""
CHANGES = [events.FileCreatedEvent, events.FileModifiedEvent, events.FileMovedEvent, events.FileDeletedEvent]
FOLDERS = [events.DirCreatedEvent, events.DirMovedEvent, events.DirDeletedEvent]
