"""A public address: no site is built for one before its owner can be seen and reached."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import OWNERS_BOX, PUBLIC, ROOT, build, configured, owned
from knowledge.content.library import Library
from knowledge.content.public import OWNERS, is_public, unready
from knowledge.content.publisher import Publisher
from knowledge.content.settings import ConfigFile
from knowledge.core.language import LANGUAGES

URL = "https://trinvis.example/"
ADDRESSES = {
    "https://trinvis.example/": True,
    "https://user.example/repo/": True,
    "http://192.168.1.7/": True,
    "https://localhost.example/": True,
    "http://[2001:db8::1]/": True,
    "http://127.0.0.1:8000/": False,
    "http://127.1.2.3/": False,
    "http://localhost:8000/": False,
    "http://site.localhost/": False,
    "http://[::1]:8000/": False,
    "": False,
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_this_machine_is_not_public(address: str) -> None:
    assert is_public(address) == ADDRESSES[address]


@pytest.fixture
def about(tmp_path: Path) -> Path:
    """The site's own page about itself, in both languages."""
    (tmp_path / "docs").mkdir()
    for page in (ROOT / "docs").glob("about.*.md"):
        (tmp_path / "docs" / page.name).write_text(page.read_text("utf-8"), "utf-8")
    return tmp_path / "docs"


def told(docs: Path, url: str = URL, email: str | None = "hej@trinvis.example") -> list[str]:
    """Where something is missing: file, line and message."""
    section = ConfigFile.read(ROOT / "mkdocs.yml").section("publisher")
    library, _ = Library.read(docs)
    assert "about" in library.articles
    found = unready(url, Publisher(name="Os", email=email), section, library)
    assert all(problem.rule == "public" and problem.fix and problem.level == "error" for problem in found)
    return [f"{problem.file}:{problem.line} {problem.message}" for problem in found]


def line_of(file: Path, pattern: str) -> int:
    lines = file.read_text("utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if re.search(pattern, line))


def test_the_site_as_it_is_is_for_this_machine_alone(about: Path) -> None:
    assert told(about, "http://127.0.0.1:8000/", None) == []
    found = told(about, email=None)
    lines = [line_of(ROOT / "mkdocs.yml", r"^    email: null"), *(line_of(about / f"about.{lang}.md", pattern) for lang,
             pattern in (("da", "endnu ikke udfyldt"), ("en", "hasn’t been filled in")))]  # fmt: skip
    assert [place.split()[0] for place in found[:2]] == [f"mkdocs.yml:{lines[0]}", f"docs/about.da.md:{lines[1]}"]
    assert f"docs/about.en.md:{lines[2]}" in [place.split()[0] for place in found]
    assert len(found) == 1 + len(OWNERS) * len(LANGUAGES)


def test_once_the_owner_has_written_nothing_is_missing(about: Path) -> None:
    owned(about)
    assert told(about) == []
    assert len(told(about, email=None)) == 1


def in_the_box(text: str) -> str:
    """The boxes stay, and hold the owner's words."""
    return OWNERS_BOX.sub(
        lambda box: box[0].split("\n")[0] + "\n    Maja Holm, Viborg, psykolog. maja@x.example\n", text
    )


def without(pattern: str, new: str = "") -> Callable[[str], str]:
    def change(text: str) -> str:
        changed, count = re.subn(pattern, new, text, flags=re.MULTILINE)
        assert count
        return changed

    return change


CHANGES = [
    ("written in the boxes", in_the_box, 0),
    ("the boxes are deleted", lambda text: OWNERS_BOX.sub("", text), 4),
    ("the boxes are empty", lambda text: OWNERS_BOX.sub(lambda box: box[0].split("\n")[0] + "\n", text), 4),
    ("only a comment", lambda text: OWNERS_BOX.sub("<!-- Maja Holm skriver her -->\n", text), 4),
    ("only the first line is deleted", without(r"^    (?:Afsnittet er|This section is).*\n"), 4),
    ("only the first list is left", without(r"^    (?:Afsnittet er|This section is).*\n\n"), 4),
    ("to be done", lambda text: OWNERS_BOX.sub("TODO: Maja skriver noget her i morgen\n", text), 4),
    ("half a line", lambda text: OWNERS_BOX.sub("Maja Holm og …\n", text), 4),
    ("a section is deleted", lambda text: owned_text(text).replace(" {#interests}", ""), 2),
]


def owned_text(text: str) -> str:
    return OWNERS_BOX.sub("Maja Holm skriver og betaler.\n", text)


@pytest.mark.parametrize(("change", "count"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_what_the_owner_left_unwritten_is_told(about: Path, change: Callable[[str], str], count: int) -> None:
    for page in about.glob("about.*.md"):
        before = page.read_text("utf-8")
        page.write_text(change(before), "utf-8")
        assert page.read_text("utf-8") != before
    assert len(told(about)) == count, told(about)


def test_each_language_counts(about: Path) -> None:
    page = about / "about.da.md"
    page.write_text(owned_text(page.read_text("utf-8")), "utf-8")
    assert {place.split(":")[0] for place in told(about)} == {"docs/about.en.md"}


def test_a_build_for_a_public_address_stops_and_says_where(tmp_path: Path) -> None:
    config = configured(tmp_path, {})
    result = build(config, tmp_path / "site", URL)
    assert result.returncode == 1
    said = result.stdout + result.stderr
    assert re.search(r"mkdocs\.yml:\d+:3 public extra\.publisher: “email” is missing", said), said
    assert not (tmp_path / "site/index.html").exists()


def test_with_an_address_it_is_built(small_site_below_a_path: Path) -> None:
    assert PUBLIC["publisher"]["email"] in (small_site_below_a_path / "index.html").read_text("utf-8")
