"""The output: the folder into which a build writes, and what in it is ours.

A build fills a folder beside the site, and puts it in the site's place in one step once all is well.
So there is never a moment without a site, and whatever stops a build leaves the last good one. The
folder is kept for the next build, which writes only what differs. A preview writes in place.

What a build wrote, itself or by other plugins, is listed in a manifest; the next build of the same
folder removes what is listed and not written again. Everything else (`.well-known/`, `CNAME`) is
the owner's, and stays. What it wrote into the site is noted beside it too, where no cache is needed.
"""

from __future__ import annotations

import ctypes
import filecmp
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ..core.cache import Cache
from ..core.fingerprint import checksum, digest

Stamp = tuple[int, int]
"""A file's size in bytes and time of change in nanoseconds."""
NOBODYS = "", (-1, -1)
"""In a manifest: a file of which nothing is noted."""
OWNERS = ("CNAME",)
"""Files of an owner, beside hidden ones, in a folder of which no manifest is known."""
SIGNS = ("_headers", "llms.txt")
"""Files by which a site of ours is known of which nothing is noted."""


class OutputError(Exception):
    """A file that no build may write."""


@dataclass
class Output:
    """The folder while a build fills it."""

    folder: Path
    kept: Cache
    keys: dict[str, str] = field(default_factory=dict)
    """Each page's key in the cache, by path, and that of each size of a photograph: what it was made of."""
    listed: list[str] = field(default_factory=list)
    """What builds have written, once this one has ended."""
    _written: set[str] = field(default_factory=set)
    """Paths that this build has seen to."""
    _found: dict[str, Stamp] = field(init=False)
    """What stood in the folder when the build began."""
    _before: dict[str, tuple[str, Stamp]] = field(init=False)
    """The manifest: what builds have written, each file's key, if it has one, and how it was left."""
    _ours: set[str] = field(init=False)
    """The paths that it names."""

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        places = [""]
        self._found = dict(_files(self.folder, places))
        shut = (place for place in places if not os.access(self.folder / place, os.W_OK | os.X_OK))
        if (place := next(shut, None)) is not None:
            name = self.folder.name
            said = f"nothing can be written into {name}/{place}, which may be another user's"
            raise OutputError(f"{said}; delete {name}/, which builds make anew, and build as one user")
        self._before = manifest(self.folder, self.kept, self._found)
        self._ours = {*self._before}

    def is_up_to_date(self, path: str, key: str) -> bool:
        """Whether a page is there already, made of the same, and nobody has touched it since."""
        self._written.add(path)
        self.keys[path] = key
        return self.is_there(path, key)

    def is_there(self, path: str, key: str) -> bool:
        """Whether the last build left a file that was made of the same, and nobody has touched it since."""
        return path in self._found and self._before.get(path) == (key, self._found[path])

    def __contains__(self, path: str) -> bool:
        """Whether this build has seen to the file already."""
        return path in self._written

    def is_unchanged(self, path: str, content: bytes) -> bool:
        """Whether the file, which is part of the site, has this content already; else none that lies elsewhere too, in
        the site or by an owner's link, or that another user has written, stands in the way of it."""
        self._written.add(path)
        name = f"{self.folder}/{path}"
        try:
            with open(name, "rb") as file:
                found = os.fstat(file.fileno())
                if found.st_size == len(content) and file.read() == content:
                    return True
            if found.st_nlink > 1 or os.path.islink(name) or not os.access(name, os.W_OK):
                os.unlink(name)
        except PermissionError:
            os.unlink(name)
        except (IsADirectoryError, NotADirectoryError):
            self._make_way(path)
        except OSError:
            pass
        return False

    def _make_way(self, path: str) -> None:
        """Take away a folder where a file is needed now, or a file where a folder is, but nothing of this build."""
        if (self.folder / path).is_dir():
            if not any(other.startswith(f"{path}/") for other in self._written):
                shutil.rmtree(self.folder / path)
        for place in _folders([path]):
            if os.path.isfile(self.folder / place) and place not in self._written:
                os.unlink(self.folder / place)

    def write(self, path: str, content: bytes) -> None:
        """Write a file of the site, unless it is there already.

        Raises:
            OutputError: if the path leaves the folder, or is that of another file of this build.
        """
        if "\\" in path or {"", ".", ".."} & {*path.split("/")}:
            raise OutputError(f"“{path}” does not lie in the site's folder")
        is_second = path in self._written
        if not self.is_unchanged(path, content):
            if is_second:
                raise OutputError(f"“{path}” is already another file of this site")
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def expect(self, path: str) -> None:
        """Leave a file as it is, if it is there: it is made when somebody asks for it."""
        self._written.add(path)

    def renew(self, path: str, content: bytes) -> None:
        """Write a file of which it was said that it is expected."""
        self._written.discard(path)
        self.write(path, content)

    def write_once(self, path: str, key: str, make: Callable[[], bytes]) -> None:
        """Write a file of which its key says all that it is made of, unless it is there."""
        if self.is_there(path, key):
            self.is_up_to_date(path, key)
        else:
            self.write(path, make())
            self.keys[path] = key

    def close(self, is_whole: bool = True) -> None:
        """End the build: note what was written, and remove what earlier builds wrote and this one did not.

        Args:
            is_whole: whether no page is missing because of an error.
        """
        now = dict(_files(self.folder))
        others = {path for path, stamp in now.items() if self._found.get(path) != stamp} - self._written
        stale = self._ours & now.keys() - self._written - others if is_whole else set()
        for path in stale:
            (self.folder / path).unlink()
        for folder in sorted({Path(path).parent for path in stale}, reverse=True):
            with suppress(OSError):  # It holds other files.
                os.removedirs(self.folder / folder)
        self.folder.mkdir(exist_ok=True)
        self.listed = sorted((self._written | others | self._ours - stale) & now.keys())
        left: dict[str, tuple[str, Stamp]] = {}
        for path in self.listed:  # What stood here already is noted as it was found: somebody may
            key = self.keys.get(path, "")  # have changed it, by its name in the site.
            left[path] = key, (self._found if self.is_there(path, key) else now)[path]
        self.kept.store(_name(self.folder), left)


def _name(folder: Path) -> str:
    """A folder by its number in the file system, which stays when it is renamed."""
    found = os.stat(folder)
    return digest("manifest", found.st_dev, found.st_ino)


def manifest(folder: Path, kept: Cache, found: Iterable[str]) -> dict[str, tuple[str, Stamp]]:
    """The files of a folder that builds have written: as noted, or else all but an owner's, as nobody left them."""
    noted = kept.load(_name(folder), dict[str, tuple[str, Stamp]])
    if noted is not None:
        return noted
    return {path: NOBODYS for path in found if not path.startswith(".") and path not in OWNERS}


def _note(site: Path) -> Path:
    """The file beside a site that builds lock, and in which they note what of the site is theirs."""
    return site.with_name(f".{site.name}.lock")


def _noted(site: Path) -> set[str]:
    """What of a site is noted as written by a build, now or before."""
    try:
        said, _, paths = _note(site).read_bytes().partition(b"\0")
    except OSError:
        return set()
    # A build may have been killed while it wrote.
    return {os.fsdecode(path) for path in paths.split(b"\0")} if said.decode("latin-1") == checksum(paths) else set()


def foreign(site: Path) -> str | None:
    """A file or folder of a folder that no build of ours has filled, and none may; None where there is none."""
    if not site.is_dir() or _noted(site) or all((site / sign).is_file() for sign in SIGNS):
        return None
    return min((name for name in os.listdir(site) if not name.startswith(".") and name not in OWNERS), default=None)


def _entries(folder: Path, folders: list[str] | None = None) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file below a folder, by its path there; the folders are added to a list that begins with this one."""
    folders = folders or [""]
    for place in folders:
        with os.scandir(f"{folder}/{place}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{place}{entry.name}/")
                else:
                    yield f"{place}{entry.name}", entry


def _folders(paths: Iterable[str]) -> list[str]:
    """The folders of these paths, each before those in it."""
    found: set[str] = set()
    for path in paths:
        while (path := path.rpartition("/")[0]) and path not in found:
            found.add(path)
    return sorted(found)


def _names(folder: Path) -> set[str]:
    return {path for path, _ in _entries(folder)}


def _files(folder: Path, folders: list[str] | None = None) -> Iterator[tuple[str, Stamp]]:
    """Every file below a folder, as it is."""
    for path, entry in _entries(folder, folders):
        found = entry.stat(follow_symlinks=False)
        yield path, (found.st_size, found.st_mtime_ns)


# --- A folder beside the site -------------------------------------------------------------------


@dataclass
class Staging:
    """The folder that is filled while the site stands, and the lock that keeps other builds away from both."""

    site: Path
    """The folder itself, and no link to it: a link stays what it is."""
    _lock: int | None = None

    @property
    def folder(self) -> Path:
        """Beside the site, so that the two can be exchanged."""
        return self.site.with_name(f".{self.site.name}-other")

    def in_the_way(self) -> tuple[str, str] | None:
        """What is no folder, or no file, where a build needs one, and what to do."""
        for place in (self.site, self.folder):
            if os.path.lexists(place) and not place.is_dir():
                return f"{place.name} is a file, where the site needs a folder", "move it elsewhere"
        if (note := _note(self.site)).is_dir():
            return f"{note.name} is a folder, where a build notes which files are its own", "move it elsewhere"
        if os.path.ismount(self.site):
            name = self.site.name
            return f"{name} is a volume of its own, which cannot be exchanged", f"name a folder in it: {name}/html"
        return None

    def begin(self) -> Path:
        """Wait until no other build writes this site.

        Returns:
            The folder to fill.

        Raises:
            OutputError: if one of the two is a file.
        """
        if told := self.in_the_way():
            raise OutputError("; ".join(told))
        self.site.parent.mkdir(parents=True, exist_ok=True)
        self._lock = os.open(_note(self.site), os.O_RDWR | os.O_CREAT, 0o644)
        try:
            import fcntl
        except ImportError:  # Windows
            return self.folder
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print(f"Another build is writing {self.site.name}/; this one waits for it", file=sys.stderr)
            fcntl.flock(self._lock, fcntl.LOCK_EX)
        return self.folder

    def clear(self, kept: Cache) -> None:
        """Take an owner's files out of the folder, which `publish` brings anew: a page may need a folder there now.
        Links, too: through one to a folder, pages would be written elsewhere."""
        if self.folder.is_dir():
            found = dict(_entries(self.folder))
            listed = manifest(self.folder, kept, found)
            for path, entry in found.items():
                if path not in listed or entry.is_symlink():
                    os.unlink(entry.path)

    def link(self, kept: Cache) -> None:
        """Let a new folder begin with the site's files as they are: `Output` never writes into them."""
        if self.site.is_dir() and not self.folder.exists():
            self.folder.mkdir()
            made = manifest(self.site, kept, ())
            for folder in _folders(made):
                os.mkdir(f"{self.folder}/{folder}")
            for path in made:
                with suppress(OSError):  # It is gone, or files here have one name only.
                    os.link(f"{self.site}/{path}", f"{self.folder}/{path}")
            kept.store(_name(self.folder), made)

    def publish(self, kept: Cache, listed: Iterable[str]) -> None:
        """Give the folder what an owner has put into the site, and put it in the site's place.

        Args:
            listed: what of the folder builds have written.

        Raises:
            OutputError: if an owner's file lies where the site has one of its own or needs a folder, or in a folder
                where it needs a file.
        """
        ours: set[str] = set()
        if self.site.is_dir():
            found, made = _names(self.site), _names(self.folder)
            noted, name = _noted(self.site), self.site.name
            ours = found & (noted or manifest(self.site, kept, found).keys())
            for path in sorted((found & made) - ours if noted else ()):
                if not filecmp.cmp(self.site / path, self.folder / path, shallow=False):
                    said = f"{name}/{path} is a file of yours, where the site has one of its own"
                    raise OutputError(f"{said}; move it, or give the page another address")
            owners = found - ours - made
            needed = {*_folders(made)}
            for path in sorted(owners):
                if path in needed:
                    raise OutputError(f"{name}/{path} is a file of yours, where the site needs a folder; move it")
                if in_the_way := made & {*_folders([path])}:
                    folder = in_the_way.pop()
                    raise OutputError(f"{name}/{folder}/ is a folder of yours, where the site needs a file; move it")
            for path in owners:
                (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
                with suppress(OSError):
                    (self.folder / path).unlink()  # A link to the same file cannot be copied over itself.
                try:  # It stays what it is, and whose it is.
                    os.link(self.site / path, self.folder / path, follow_symlinks=False)
                except (OSError, NotImplementedError):  # Files here have one name only.
                    shutil.copy2(self.site / path, self.folder / path, follow_symlinks=False)
        paths = b"\0".join(map(os.fsencode, sorted({*ours, *listed})))
        _note(self.site).write_bytes(checksum(paths).encode() + b"\0" + paths)
        _exchange(self.folder, self.site)

    def end(self) -> None:
        """Let other builds write the site."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _exchange(new: Path, old: Path) -> None:
    """Put a folder in another's place, and that one in its, in one step where the system can."""
    if not old.exists():
        os.rename(new, old)
        return
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE: linux/fs.h
    if rename and rename(here, os.fsencode(new), here, os.fsencode(old), exchange) == 0:
        return
    away = old.with_name(f".{old.name}-away")
    shutil.rmtree(away, ignore_errors=True)
    os.rename(old, away)
    os.rename(new, old)
    os.rename(away, new)
