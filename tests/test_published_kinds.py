"""What may be published: pages and a few kinds of files below `docs/`, and nothing that lies there by accident."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, SITE, build
from knowledge.checks.check import check
from knowledge.content.files import list_files
from knowledge.core.language import LANGUAGES

HEADS = {
    ".png": b"\x89PNG\r\n\x1a\n0000",
    ".jpg": b"\xff\xd8\xff\xe0....JFIF",
    ".jpeg": b"\xff\xd8\xff\xe1....Exif",
    ".webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    ".avif": b"\x00\x00\x00\x1cftypavif",
    ".pdf": b"%PDF-1.7\n",
    ".mp3": b"ID3\x04\x00",
    ".mp4": b"\x00\x00\x00\x20ftypisom",
    ".vtt": b"WEBVTT\n\n",
    ".svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"/>',
}
"""How a file of each kind begins."""


def told(docs: Path) -> list[str]:
    """What is wrong with the files of a folder, as file, level and message with fix."""
    return [
        f"{p.file.removeprefix('docs/')} {p.level}: {p.message}; {p.fix}" for p in list_files(docs, LANGUAGES).problems
    ]


def put(docs: Path, path: str, content: bytes = b"x") -> Path:
    file = docs / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def allowed(docs: Path) -> set[str]:
    """What of a content folder may go into the site."""
    files = list_files(docs, LANGUAGES)
    return {*files.pages, *files.media}


@pytest.mark.parametrize("docs", [ROOT / "docs", SITE / "docs"], ids=["real", "small"])
def test_the_content_has_only_what_may_be_published(docs: Path) -> None:
    files = list_files(docs, LANGUAGES)
    assert files.problems == ()
    assert len(files.pages) > 30
    assert len(files.media) > 5


@pytest.mark.parametrize("ending", HEADS)
def test_each_kind_is_published(docs: Path, ending: str) -> None:
    for name in (f"alliance/x{ending}", f"alliance/img/Uden_Navn-1{ending}", f"æblegrød{ending}", f"a.b.min{ending}"):
        put(docs, name, HEADS[ending])
        assert name in allowed(docs), told(docs)
    assert told(docs) == []


def test_what_is_at_home_beside_texts_is_passed_over(docs: Path) -> None:
    before = list_files(docs, LANGUAGES)
    for name in (".gitkeep", "alliance/.gitignore", ".git/config", ".obsidian/app.json", "alliance/.vscode/x.js"):
        put(docs, name)
    put(docs, "data/more.yml")
    put(docs, "data/words.nb.txt")
    assert list_files(docs, LANGUAGES) == before


REFUSED = [
    # path, level, what is said
    ("alliance/.#repair.da.md", "warning", "belongs to a program that has a file open; save and close"),
    ("alliance/~$repair.docx", "error", "belongs to a program that has a file open"),
    ("alliance/.~lock.repair.odt#", "warning", "belongs to a program that has a file open"),
    ("alliance/.repair.da.md.swp", "warning", "belongs to a program that has a file open"),
    ("alliance/#repair.da.md#", "error", "belongs to a program that has a file open"),
    ("alliance/repair.da.md~", "error", "earlier copy of “repair.da.md”; delete it"),
    ("alliance/repair.da.md.bak", "error", "earlier copy of “repair.da.md”"),
    ("alliance/repair.da.md.orig", "error", "earlier copy of “repair.da.md”"),
    ("alliance/repair.svg~", "error", "earlier or unfinished copy of “repair.svg”"),
    ("alliance/photo.jpg.bak", "error", "earlier or unfinished copy of “photo.jpg”"),
    ("alliance/film.mp4.crdownload", "error", "earlier or unfinished copy of “film.mp4”"),
    (".DS_Store", "warning", "is a file that your computer keeps for itself"),
    ("alliance/._repair.svg", "warning", "is a file that your computer keeps for itself"),
    ("alliance/Thumbs.db", "error", "is a file that your computer keeps for itself"),
    ("desktop.ini", "error", "is a file that your computer keeps for itself"),
    (".htaccess", "error", "is hidden, because its name begins with a full stop; give it a name without"),
    ("alliance/.env", "error", "is hidden"),
    ("alliance/.skjult.da.md", "error", "is hidden"),
    (".drafts/x.da.md", "error", "the folder “.drafts” is hidden"),
    ("alliance/noter.docx", "error", "it is a document of an office program, and files of that kind are not published"),
    ("alliance/tal.xlsx", "error", "it is a spreadsheet"),
    ("alliance/oplæg.pptx", "error", "it is slides"),
    ("alliance/side.html", "error", "it is an HTML page, and files of that kind are not published; write it as Mark"),
    ("alliance/script.js", "error", "it is a script"),
    ("alliance/SCRIPT.JS", "error", "it is a script"),
    ("alliance/script.mjs", "error", "it is a script"),
    ("alliance/stil.css", "error", "it is a style sheet"),
    ("alliance/skrift.woff2", "error", "it is a font"),
    ("alliance/sjov.gif", "error", "it is a GIF picture, and files of that kind are not published; save it as PNG"),
    ("alliance/IMG_0001.HEIC", "error", "it is a picture of an iPhone"),
    ("alliance/lyd.wav", "error", "it is sound, and files of that kind are not published; save it as MP3"),
    ("alliance/film.mov", "error", "it is a film, and files of that kind are not published; save it as MP4"),
    ("alliance/film.srt", "error", "it is captions"),
    ("alliance/arkiv.zip", "error", "it is an archive"),
    ("alliance/tal.json", "error", "it is data"),
    ("alliance/noter.yml", "error", "it is data"),
    ("alliance/noter.txt", "error", "it is plain text"),
    ("alliance/program.exe", "error", "it is a program"),
    ("alliance/x.pem", "error", "it is a key or a certificate"),
    ("CNAME", "error", "it is a site's name for its host"),
    ("alliance/README", "error", "it has no ending, and files of that kind are not published; delete it, or save"),
    ("alliance/x.qqq", "error", "it ends in .qqq, and files of that kind are not published"),
    ("alliance/repair.de.md", "error", "none of the site's languages"),
    ("alliance/repair.dk.md", "error", "call it repair.da.md"),
    ("alliance/repair.md", "error", "the file's language is not in its name"),
    ("alliance/repair.da.MD", "error", "the ending .MD is written in capitals, so it is no page; call it repair.da.md"),
    ("alliance/repair.da.txt", "error", "call it repair.da.md"),
    ("alliance/Ny Side.da.md", "error", "call it ny-side-da.md"),
    (
        "alliance/børn.da.md",
        "error",
        "is no name for a page; expected a-z, 0-9 and - only; call it docs/alliance/boern.da",
    ),
    ("alliance/Boern.da.md", "error", "call it docs/alliance/boern.da.md"),
    ("data/concepts.yaml", "error", "no check reads a data file of that name; call it concepts.yml"),
    ("data/HELP.YML", "error", "call it HELP.yml"),
    ("data/more/x.yml", "error", "data files go directly in docs/data/; move it to docs/data/x.yml"),
    ("data/x.da.md", "error", "nothing in docs/data/ is published"),
    ("data/x.svg", "error", "nothing in docs/data/ is published"),
    ("data/x.csv", "error", "it is no data file"),
    ("templates/x.da.md", "error", "no folder here can be called “templates”"),
    ("assets/site.css", "error", "no setting in mkdocs.yml names this file"),
    ("social/x.png", "error", "no folder here can be called “social”"),
    ("pagefind/x.png", "error", "no folder here can be called “pagefind”"),
    ("en/x.da.md", "error", "no folder here can be called “en”: that is the address of a language"),
    ("alliance/a%20b.png", "error", "call it a-20b.png"),
    ("alliance/a b.png", "error", "holds what no address can, or Windows cannot store; call it a-b.png"),
    ("alliance/hvad?.png", "error", "call it hvad.png"),
    ("alliance/a#b.png", "error", "call it a-b.png"),
    ('alliance/"a".png', "error", "call it a.png"),
    ("alliance/a\nb.png", "error", "“a\\x0ab.png”"),
    ("alliance/a:b.png", "error", "call it a-b.png"),
    ("alliance/a..b.png", "error", "holds what no address can"),
    ("a b/c.png", "error", "call it a-b"),
]


@pytest.mark.parametrize(("path", "level", "says"), REFUSED, ids=[repr(row[0]) for row in REFUSED])
def test_what_is_no_page_is_told_and_left_out(docs: Path, path: str, level: str, says: str) -> None:
    before = allowed(docs)
    put(docs, path)
    (line,) = told(docs)
    assert f" {level}: " in line
    assert says in line
    assert allowed(docs) == before
    _, problems = check(docs)
    assert [p for p in problems if p.rule in ("file", "pair")], problems


CONTENTS = [
    ("alliance/x.png", b"", "the file is empty"),
    ("alliance/x.svg", b" \n", "the file is empty"),
    ("alliance/x.png", HEADS[".jpg"], "it is not a PNG picture, but a JPEG picture; call it x.jpg"),
    ("alliance/x.jpg", HEADS[".png"], "it is not a JPEG picture, but a PNG picture; call it x.png"),
    ("alliance/x.jpg", HEADS[".webp"], "but a WebP picture; call it x.webp"),
    ("alliance/x.jpg", b"\x00\x00\x00\x24ftypheic", "but a picture of an iPhone (HEIC); open it and save it as JPEG"),
    ("alliance/x.svg", HEADS[".png"], "it is not an SVG drawing, but a PNG picture; call it x.png"),
    ("alliance/x.png", b"<!doctype html><script>", "but an HTML page; save it again"),
    ("alliance/x.pdf", b"PK\x03\x04....word", "it is not a PDF, but an archive or an office document"),
    ("alliance/x.mp3", b"RIFF\x00\x00\x00\x00WAVE", "it is not MP3 sound, but WAV sound"),
    ("alliance/x.mp4", b"\x1a\x45\xdf\xa3", "it is not an MP4 film, but a WebM or Matroska film"),
    ("alliance/x.vtt", b"1\n00:00:01,000 --> ", "it is not WebVTT captions; save it again"),
    ("alliance/x.png", b"version https://git-lfs.github.com/spec/v1\n", "but a note of Git LFS in place of the file"),
    ("alliance/x.PNG", HEADS[".png"], "the ending .PNG is written in capitals; call it x.png"),
    ("alliance/x.Svg", HEADS[".svg"], "the ending .Svg is written in capitals; call it x.svg"),
    ("alliance/film.da.vtt", HEADS[".vtt"], "“.da” in the name would be taken for a language"),
    ("alliance/film.de.mp4", HEADS[".mp4"], "call it film-de.mp4"),
    ("alliance/film.pt-BR.mp4", HEADS[".mp4"], "call it film-pt-br.mp4"),
    (f"alliance/{unicodedata.normalize('NFD', 'blå')}.png", HEADS[".png"], "letters in two parts"),
]


@pytest.mark.parametrize(("path", "content", "says"), CONTENTS, ids=[f"{r[0]} {r[2][:30]}" for r in CONTENTS])
def test_a_file_that_is_not_what_its_name_says_is_told(docs: Path, path: str, content: bytes, says: str) -> None:
    put(docs, path, content)
    (line,) = told(docs)
    assert says in line
    assert path not in allowed(docs)


def test_a_page_in_decomposed_letters_is_told_with_what_to_call_it(docs: Path) -> None:
    put(docs, f"alliance/{unicodedata.normalize('NFD', 'får')}.da.md")
    (line,) = told(docs)
    assert "letters in two parts" in line


def test_names_that_only_capitals_tell_apart_are_told(docs: Path) -> None:
    put(docs, "alliance/photo.png", HEADS[".png"])
    put(docs, "alliance/Photo.png", HEADS[".png"])
    (line,) = told(docs)
    assert "but for capitals" in line


def test_a_name_that_is_no_text_is_told_in_letters_that_can_be_printed(docs: Path) -> None:
    put(Path(os.fsdecode(os.fsencode(docs))), os.fsdecode(b"alliance/\xff\xfe.png"), HEADS[".png"])
    (line,) = told(docs)
    assert "alliance/\\xff\\xfe.png error: " in line
    line.encode("utf-8")


def link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


LINKS = {
    "to a file": ("alliance/secret.png", link("/etc/hostname")),
    "to a page": ("alliance/other.da.md", link("repair.da.md")),
    "to a folder": ("alliance/folder", link("/etc")),
    "to itself": ("alliance/loop", link("loop")),
    "to the folder above": ("alliance/up", link("..")),
    "to nothing": ("alliance/nothing.svg", link("nowhere")),
    "of data": ("data/more.yml", link("concepts.yml")),
    "pipe": ("alliance/pipe.png", os.mkfifo),
    "pipe for a page": ("alliance/pipe.da.md", os.mkfifo),
}


@pytest.mark.parametrize("which", LINKS)
def test_links_and_pipes_are_refused(docs: Path, which: str) -> None:
    """None of them is opened: a pipe would never answer."""
    before = allowed(docs)
    path, make = LINKS[which]
    make(docs / path)
    (line,) = told(docs)
    assert line.startswith(f"{path} error: it is ")
    assert allowed(docs) == before
    _, problems = check(docs)
    assert [p for p in problems if p.file == f"docs/{path}"]


@pytest.mark.parametrize("path", ["alliance/repair.da.md", "data/help.yml", "data/people.yml"])
def test_a_folder_in_the_place_of_a_file_is_told_as_one(docs: Path, path: str) -> None:
    """A program that unpacks archives makes such, and so does a slip with the mouse."""
    (docs / path).unlink()
    (docs / path).mkdir()
    _, problems = check(docs)
    assert [p for p in problems if p.file == f"docs/{path}"], problems
    assert {p.message for p in problems if p.file == f"docs/{path}"} == {"it is a folder, and is called like a file"}


def test_an_editors_lock_is_no_reason_to_stop(docs: Path) -> None:
    """Emacs' lock is a link to a place that there is not."""
    (docs / "alliance/.#repair.da.md").symlink_to("nina@machine.4711")
    (line,) = told(docs)
    assert "warning" in line


def test_a_folder_without_end_ends(docs: Path) -> None:
    folder = docs / "alliance"
    for _ in range(60):
        folder = folder / "a"
    folder.mkdir(parents=True)
    for up in range(6):
        (folder / f"up{up}").symlink_to("../../..")
    assert len(told(docs)) == 6


# --- The build sees the same --------------------------------------------------------------


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of tests/site that builds, with the site's own templates."""
    folder = shutil.copytree(SITE, tmp_path / "copy")
    text = (SITE / "mkdocs.yml").read_text("utf-8").replace("../../", f"{ROOT}/")
    (folder / "mkdocs.yml").write_text(text, "utf-8")
    return folder


def test_a_build_publishes_pictures_and_no_leftovers(site: Path, tmp_path: Path) -> None:
    """What stops no build is left out of the site: hidden files, a program's lock."""
    docs = site / "docs"
    put(docs, "alliance/æble.svg", HEADS[".svg"])
    put(docs, "alliance/IMG_1.pdf", HEADS[".pdf"])
    for name in (".DS_Store", "alliance/._repair.svg", "alliance/.repair.da.md.swp", ".gitkeep", ".obsidian/app.json"):
        put(docs, name)
    (docs / "alliance/.#repair.da.md").symlink_to("nina@machine.4711")
    result = build(site / "mkdocs.yml", tmp_path / "site")
    assert result.returncode == 0, result.stdout + result.stderr
    published = {path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("*")}
    assert {"alliance/æble.svg", "alliance/IMG_1.pdf", "alliance/repair.svg"} <= published
    leftovers = [
        path for path in published if "obsidian" in path or "DS_Store" in path or "/._" in path or "swp" in path
    ]
    assert leftovers == []


STOPS = ["alliance/x.js", "alliance/~$x.docx", "alliance/x.html", "Thumbs.db", "alliance/repair.da.md~"]


def test_a_build_stops_at_what_the_check_refuses(site: Path, tmp_path: Path) -> None:
    for path in STOPS:
        put(site / "docs", path)
    (site / "docs/alliance/link.png").symlink_to("/etc/hostname")
    result = build(site / "mkdocs.yml", tmp_path / "site")
    said = result.stdout + result.stderr
    assert result.returncode != 0
    assert "Traceback" not in said
    assert [path for path in (*STOPS, "alliance/link.png") if f"docs/{path}:1:1 " not in said] == []
    assert not (tmp_path / "site").exists()
