"""The files below `docs/`: which of them the site reads and publishes, and what is wrong with the others.

The checks and the build see the content folder through this module alone.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Container, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..core.language import Languages
from ..core.problems import Level, Problem
from .file_name import IN_TWO_PARTS, LeftOut, misnamed
from .kind import HEIC, MEDIA, PHOTOGRAPHS, SAVE_HEIC, SVG, kind_of, other_kinds
from .urls import slugify

RULE = "file"
DATA, DATA_ENDINGS = "data", (".yml", ".txt")
"""The folder of what is no page, and what may lie in it."""
RESERVED = {
    "templates": "MkDocs leaves a folder of that name out of the site",
    **dict.fromkeys(("pagefind", "social"), "the site keeps files of its own at that address"),
}
"""Names that no folder can have directly below `docs/`, beside those of languages, and why."""
ASSETS = "assets"
"""The folder of what settings name: a logo, fonts. Browsers keep what lies there for a year."""
QUIET_FOLDERS = frozenset(".git .hg .svn .obsidian .vscode .idea .trash .ipynb_checkpoints .vs __MACOSX".split())
QUIET_FILES = frozenset(".gitkeep .keep .gitignore .gitattributes .editorconfig .prettierrc .markdownlint.json".split())
"""What programs keep beside texts; nobody looks for it on a site."""
OF_A_COMPUTER = re.compile(
    r"\.DS_Store|\._.+|\.directory|\.localized|\.nfs.+|\.fuse_hidden.+|Thumbs\.db|ehthumbs\.db|desktop\.ini|Icon\r",
    re.IGNORECASE,
)
"""What macOS, Windows, KDE and network folders put into folders."""
LOCK = re.compile(r"^(?:\.#.+|~\$.+|\.~lock\..+#|\..+\.sw[a-z]|#.+#)$")
"""What Emacs, Word, LibreOffice and Vim keep beside a file while it is open."""
BACKUP = re.compile(r"(.+?)(?:~|\.(?:bak|orig|old|save|tmp|rej|sw[a-z]|part|crdownload|download))", re.IGNORECASE)
"""An earlier or an unfinished state of a file."""
BAD_IN_NAME = re.compile(r'[\s\x00-\x1f\x7f<>:"|?*\\#%\ud800-\udfff]|^\s|\s$|\.$|\.\.')
"""What Windows cannot store, an address cannot hold, or nobody sees."""
LANGUAGE = re.compile(r"\.([a-z]{2}(?:[-_][A-Za-z]{2,4})?)$")
"""What static-i18n takes for a language at the end of a name, and leaves out of the file's address."""
KEY = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*")
SURE = re.compile(rf"(?!data/|assets/)(?!.*(?:copy|kopi)){KEY.pattern}\.([a-z]{{2}})\.md")
"""What most names are: nothing is wrong with one if its language is one of the site's."""
A_FOLDER = "it is a folder, and is called like a file", "give the folder another name, and put the file back"
VISIBLE = "give it a name without the full stop in front, or delete it"
ELSE = f"delete it, or save it as one of: {', '.join(sorted(MEDIA))}"


@dataclass(frozen=True)
class Files:
    """The files of a content folder, by their paths in it, as they are spelt there."""

    pages: tuple[str, ...]
    """Markdown with a language in its name."""
    media: tuple[str, ...]
    """Pictures, sound, films and PDFs."""
    photographs: tuple[str, ...]
    """Those of them of which sizes are made: all pictures of pixels that no setting names."""
    problems: tuple[Problem, ...]
    """What is wrong with all others."""
    unread: frozenset[str]
    """Keys of pages that misnamed files were meant to be."""


def list_files(docs: Path, languages: Languages, named: Collection[str] = ()) -> Files:
    """Look through a content folder; links are not followed. What settings name may be style sheets, scripts and fonts
    too."""
    pages: list[str] = []
    media: list[str] = []
    problems: list[Problem] = []
    unread: set[str] = set()
    found = sorted(_walk(docs, languages), key=lambda walked: walked[0])
    paths = {path for path, _ in found}
    spelt: dict[str, str] = {}
    ours = tuple(f".{lang}.md" for lang in languages)
    for path, wrong in found:
        if wrong := wrong or next(_wrong_file(docs, path, paths, languages, named), None) or _twice(path, spelt):
            problems.append(wrong.problem)
            unread |= {wrong.key} if wrong.key and wrong.problem.level == "error" else set()
        elif path.endswith(".md"):
            pages += [path] if path.endswith(ours) else []
        elif not path.startswith(f"{DATA}/"):
            media.append(path)
    photographs = tuple(path for path in media if path.endswith(PHOTOGRAPHS) and path not in named)
    return Files(tuple(pages), tuple(media), photographs, tuple(problems), frozenset(unread))


def _walk(docs: Path, languages: Languages) -> Iterator[tuple[str, LeftOut | None]]:
    """Every file, and what cannot be one of the site's at all, with the reason."""
    folders = [""]
    while folders:
        below = folders.pop()
        try:
            entries = sorted(os.scandir(docs / below), key=lambda entry: entry.name)
        except FileNotFoundError:
            fix = "correct “docs_dir:” in mkdocs.yml, or begin in the site's own folder"
            yield below, _told(below, "there is no such folder", fix)
            continue
        except OSError as error:
            message = f"the folder cannot be read: {error.strerror}"
            yield below, _told(below, message, "let everybody read it, or delete it")
            continue
        for entry in entries:
            path = f"{below}/{entry.name}" if below else entry.name
            if entry.is_symlink():
                # Emacs' lock is a link to nowhere.
                told = _told(path, "it is a link (symlink)", "put the file itself here: links are not followed")
                yield path, None if entry.name.startswith(".#") else told
            elif entry.is_dir(follow_symlinks=False):
                if entry.name in QUIET_FOLDERS:
                    continue
                if wrong := next(_wrong_folder(path, entry.name, languages), None):
                    yield path, wrong
                else:
                    folders.append(path)
            elif entry.is_file(follow_symlinks=False):
                if entry.name not in QUIET_FILES:
                    yield path, None
            elif os.path.lexists(entry):  # A program may have replaced it meanwhile.
                message = "it is no file, but a pipe, a socket or a device"
                yield path, _told(path, message, "delete it: only files can be published")


# --- What is wrong with a file: of each, what comes first is told ----------------------------


def _wrong_file(
    docs: Path, path: str, paths: Container[str], languages: Languages, in_settings: Collection[str]
) -> Iterator[LeftOut]:
    """What is wrong with a file."""
    if (sure := SURE.fullmatch(path)) and sure[1] in languages:
        return
    name = path.rpartition("/")[2]
    stem, _, ending = name.rpartition(".")
    ending = f".{ending.lower()}" if stem else ""
    yield from _left_over(path, name)
    if name.endswith(".md"):  # A copy is told as one, whatever its name holds.
        yield from misnamed(path, languages, paths)
    yield from _badly_named(path, name)
    if path in in_settings:
        return  # Whoever names it has looked at it.
    if path.startswith(f"{DATA}/"):
        yield from _wrong_data(path, name)
    elif path.startswith(f"{ASSETS}/"):
        fix = "name it there, put a picture beside the page that shows it, or delete it"
        yield _told(path, "no setting in mkdocs.yml names this file, for which alone docs/assets/ is", fix)
    elif ending in MEDIA:
        yield from _wrong_media(docs, path, name, ending)
    elif name.endswith(".md"):
        yield from _wrong_key(path)
    elif ending == ".md":
        message = f"the ending {name[-3:]} is written in capitals, so it is no page"
        yield _told(path, message, f"call it {name[:-3]}.md", key=path[:-3].rpartition(".")[0])
    else:
        yield from misnamed(path, languages, paths)
        what, fix = other_kinds().get(ending) or other_kinds().get(name) or ("", ELSE)
        known = f"it is {what}" if what else f"it ends in {ending}" if ending else "it has no ending"
        yield _told(path, f"{known}, and files of that kind are not published", fix)


def _left_over(path: str, name: str) -> Iterator[LeftOut]:
    """What a program has left there: hidden files stop no build, which never publishes them."""
    level: Level = "warning" if name.startswith(".") else "error"
    if LOCK.match(name):
        fix = "save and close the file there; if it is closed, delete this one"
        yield _told(path, f"“{_shown(name)}” belongs to a program that has a file open", fix, level)
    if OF_A_COMPUTER.fullmatch(name):
        fix = "delete it; a line with its name in .gitignore keeps it away"
        yield _told(path, f"“{_shown(name)}” is a file that your computer keeps for itself", fix, level)
    backup = BACKUP.fullmatch(name)
    if backup and not backup[1].lower().endswith(".md"):
        message = f"“{_shown(name)}” is a program's earlier or unfinished copy of “{_shown(backup[1])}”"
        yield _told(path, message, "delete it: earlier versions are kept in any case")
    if name.startswith("."):
        message = f"“{_shown(name)}” is hidden, because its name begins with a full stop"
        yield _told(path, message, VISIBLE)


def _badly_named(path: str, name: str) -> Iterator[LeftOut]:
    if BAD_IN_NAME.search(name):
        message = f"the name “{_shown(name)}” holds what no address can, or Windows cannot store"
        yield _told(path, message, f"call it {_plain(name)}")


def _wrong_folder(path: str, name: str, languages: Languages) -> Iterator[LeftOut]:
    if name.startswith("."):
        yield _told(path, f"the folder “{_shown(name)}” is hidden", VISIBLE)
    if path in RESERVED or path in languages:
        why = RESERVED.get(path, "that is the address of a language")
        yield _told(path, f"no folder here can be called “{name}”: {why}", "choose another name")
    if name.endswith(".md"):
        yield _told(path, *A_FOLDER)
    yield from _badly_named(path, name)


def _wrong_data(path: str, name: str) -> Iterator[LeftOut]:
    lower = name.lower()
    if lower.endswith((".md", *MEDIA)):
        yield _told(path, "nothing in docs/data/ is published", "move it to the topic that it belongs to")
    elif path.count("/") > 1:
        yield _told(path, "data files go directly in docs/data/", f"move it to docs/data/{name}")
    elif lower.endswith((".yaml", *DATA_ENDINGS)) and not name.endswith(DATA_ENDINGS):
        ending = ".txt" if lower.endswith(".txt") else ".yml"
        yield _told(path, "no check reads a data file of that name", f"call it {name.rpartition('.')[0]}{ending}")
    elif not lower.endswith(DATA_ENDINGS):
        yield _told(path, "it is no data file", "write it as YAML, in a file ending in .yml, or delete it")


def _wrong_media(docs: Path, path: str, name: str, ending: str) -> Iterator[LeftOut]:
    """What is wrong with a picture, a sound, a film or a PDF: its name, or that it is not what its ending says."""
    stem, written = name[: -len(ending)], name[-len(ending) :]
    if written != ending:
        yield _told(path, f"the ending {written} is written in capitals", f"call it {stem}{ending}")
    if not unicodedata.is_normalized("NFC", path):
        yield _told(path, IN_TWO_PARTS, f"call it {_plain(name)}")
    if said := LANGUAGE.search(stem):
        message = f"“{said[0]}” in the name would be taken for a language, and be lost from the file's address"
        yield _told(path, message, f"call it {stem[: said.start()]}-{said[1].lower()}{ending}")
    try:
        with open(docs / path, "rb") as file:
            head = file.read(64)
    except OSError as error:
        yield _told(path, f"it cannot be read: {error.strerror}", "let everybody read it")
        return
    if not head.strip():
        yield _told(path, "the file is empty", "save it again, or delete it")
    expected, kind = MEDIA[ending], kind_of(head)
    if kind != expected and (kind or expected != SVG):  # A drawing is read whole elsewhere.
        fix = f"call it {stem}{kind.ending}" if kind and kind.ending in MEDIA else "save it again"
        fix = SAVE_HEIC if kind == HEIC else fix
        yield _told(path, f"it is not {expected.name}{f', but {kind.name}' if kind else ''}", fix)


def _wrong_key(path: str) -> Iterator[LeftOut]:
    """What is wrong with the name of a page that says its language."""
    key, lang, _ = path.rsplit(".", 2)
    if not KEY.fullmatch(key):
        proposed = "/".join(_plain(part) for part in key.split("/"))
        message = f"“{_shown(key)}” is no name for a page; expected a-z, 0-9 and - only"
        yield _told(path, message, f"call it docs/{proposed}.{lang}.md", key=proposed)


def _twice(path: str, spelt: dict[str, str]) -> LeftOut | None:
    """Whether an earlier path is the same to Windows and macOS; `spelt` is added to."""
    earlier = spelt.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
    if earlier == path:
        return None
    return _told(path, f"its name is that of docs/{_shown(earlier)}, but for capitals", "choose another name")


def _told(path: str, message: str, fix: str, level: Level = "error", key: str = "") -> LeftOut:
    return LeftOut(Problem(f"docs/{_shown(path)}", 1, 1, RULE, message, fix, level), key)


def _shown(name: str) -> str:
    """A name that can be printed, whatever its bytes are."""
    return "".join(char if char.isprintable() else f"\\x{ord(char) & 0xFF:02x}" for char in name)


def _plain(name: str) -> str:
    """A name of plain letters for a file or a folder."""
    stem, dot, ending = name.rpartition(".")
    return f"{slugify(stem) or 'file'}.{slugify(ending)}" if dot and stem else slugify(name) or "file"
