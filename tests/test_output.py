"""The output: there is a site at every moment, other builds and an owner's files are respected."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import programs
from conftest import ROOT
from knowledge.core.cache import NO_CACHE, Cache
from knowledge.core.command import told
from knowledge.outputs.output import Output, OutputError, Staging, _exchange
from project import ENVIRONMENT, Project, arguments, built, command, contents


def write(output: Output, *paths: str) -> None:
    for path in paths:
        output.write(path, path.encode())
    output.close()


def test_a_build_removes_what_an_earlier_one_wrote_and_nothing_else(tmp_path: Path) -> None:
    kept = Cache(tmp_path / "kept.sqlite")
    site = tmp_path / "site"
    write(Output(site, kept), "old/deep/page.html", "stays.html")
    (site / "CNAME").write_text("example.org")
    (site / ".well-known").mkdir()
    (site / ".well-known/security.txt").write_text("x")
    (site / "report.html").write_text("the owner's")
    write(Output(site, kept), "stays.html", "new.html")
    assert sorted(contents(site)) == [".well-known/security.txt", "CNAME", "new.html", "report.html", "stays.html"]
    assert not (site / "old").exists()


def test_what_another_plugin_writes_stays_until_it_does_not_write_it_again(tmp_path: Path) -> None:
    kept, site = Cache(tmp_path / "kept.sqlite"), tmp_path / "site"
    first = Output(site, kept)
    (site / "redirect.html").write_text("of a plugin")
    write(first, "page.html")
    assert "redirect.html" in contents(site)
    write(Output(site, kept), "page.html")
    assert sorted(contents(site)) == ["page.html"]


def test_without_a_manifest_all_but_hidden_files_and_cname_are_taken_for_ours(tmp_path: Path) -> None:
    for name in ("page.html", ".nojekyll", "CNAME"):
        (tmp_path / name).touch()
    write(Output(tmp_path, NO_CACHE), "new.html")
    assert sorted(contents(tmp_path)) == [".nojekyll", "CNAME", "new.html"]


def test_a_build_with_errors_removes_nothing(tmp_path: Path) -> None:
    kept = Cache(tmp_path / "kept.sqlite")
    write(Output(tmp_path / "site", kept), "page.html")
    output = Output(tmp_path / "site", kept)
    output.close(is_whole=False)
    assert sorted(contents(tmp_path / "site")) == ["page.html"]
    write(Output(tmp_path / "site", kept), "other.html")  # It is still known as ours.
    assert sorted(contents(tmp_path / "site")) == ["other.html"]


@pytest.mark.parametrize("link", [os.link, os.symlink])
def test_what_has_a_second_name_elsewhere_is_replaced_and_not_written_into(tmp_path: Path, link: Callable) -> None:
    site, owners = tmp_path / "site", tmp_path / "owners.html"
    owners.write_text("the owner's")
    site.mkdir()
    link(owners, site / "page.html")
    write(Output(site, NO_CACHE), "page.html")
    assert (site / "page.html").read_text() == "page.html"
    assert owners.read_text() == "the owner's"


def test_what_somebody_changes_while_a_build_runs_is_written_by_the_next(tmp_path: Path) -> None:
    kept, page = Cache(tmp_path / "kept.sqlite"), tmp_path / "site/page.html"
    made: list[int] = []
    for run in range(4):
        output = Output(page.parent, kept)
        output.write_once("page.html", "key", lambda run=run: made.append(run) or b"made")
        if run == 1:
            page.write_text("by hand")
        output.close()
    assert made == [0, 2]
    assert page.read_text() == "made"


@pytest.mark.parametrize(
    "path", ["../x", "a/../../x", "/x", "a//b", "./x", "a/./b", "", "a\\b", ".."], ids=lambda path: path or "empty"
)
def test_nothing_is_written_outside_the_folder(tmp_path: Path, path: str) -> None:
    output = Output(tmp_path / "site", NO_CACHE)
    with pytest.raises(OutputError, match="does not lie in"):
        output.write(path, b"x")


def test_no_file_is_written_over_another_of_the_same_build(tmp_path: Path) -> None:
    output = Output(tmp_path / "site", NO_CACHE)
    output.write("index.html", b"the home page")
    output.write("index.html", b"the home page")
    with pytest.raises(OutputError, match="is already another file"):
        output.write("index.html", b"a redirect")


def test_two_folders_are_exchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new, old = tmp_path / "new", tmp_path / "old"
    for way in ("in one step", "step by step"):
        if way == "step by step":
            monkeypatch.setattr(os, "name", "other")
        for folder in (new, old):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            (folder / folder.name).touch()
        _exchange(new, old)
        assert ([p.name for p in old.iterdir()], [p.name for p in new.iterdir()]) == (["new"], ["old"]), way


def test_a_second_build_of_the_same_folder_waits_and_says_so(tmp_path: Path) -> None:
    first = Staging(tmp_path / "site")
    first.begin()
    code = "from knowledge.outputs.output import Staging; from pathlib import Path; import sys\n"
    code += "Staging(Path(sys.argv[1])).begin(); print('has it', flush=True)"
    run = [sys.executable, "-c", code, str(tmp_path / "site")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "hooks")}
    second = subprocess.Popen(run, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert "waits" in second.stderr.readline()
    assert second.poll() is None
    first.end()
    assert second.communicate()[0] == "has it\n"


def test_two_builds_of_one_folder_at_once_leave_the_whole_site(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    expected = project.cold()
    assert isinstance(expected, dict)
    site = project.folder / "warm"
    builds = [programs.Program(*arguments(project, site), env=ENVIRONMENT) for _ in range(2)]
    assert [process.wait() for process in builds] == [0, 0]
    assert contents(site) == expected


def test_two_builds_of_two_folders_share_a_cache(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    expected = project.cold()
    assert isinstance(expected, dict)
    sites = [project.folder / "one", project.folder / "two"]
    builds = [programs.Program(*arguments(project, site), env=ENVIRONMENT) for site in sites]
    assert [process.wait() for process in builds] == [0, 0]
    assert [contents(site) == expected for site in sites] == [True, True]


def test_an_owners_files_stay_through_every_build(tmp_path: Path) -> None:
    project, site = built(tmp_path / "project"), tmp_path / "project/warm"
    assert isinstance(project.warm(), dict)  # A copied folder is another one, of which no build has noted its files.
    owners = {".nojekyll": b"", ".well-known/security.txt": b"x", "CNAME": b"example.org", "report/index.html": b"r"}
    for path, content in owners.items():
        (site / path).parent.mkdir(exist_ok=True)
        (site / path).write_bytes(content)
    owners["latest.html"] = b"r"
    (site / "latest.html").symlink_to(site / "report/index.html")
    for number in range(3):
        (site / "report/index.html").write_bytes(owners["report/index.html"])
        assert (site / "latest.html").is_symlink(), number
        now = project.warm()
        assert isinstance(now, dict)
        assert {path: now.get(path) for path in owners} == owners
    shutil.rmtree(site / "report")
    for _ in range(2):
        assert "report/index.html" not in project.warm()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs files of other kinds")
def test_an_owners_file_stays_the_same_file(tmp_path: Path) -> None:
    """A copy was the builder's, and of a pipe there was none: the build stopped."""
    project, site = built(tmp_path / "project"), tmp_path / "project/warm"
    assert isinstance(project.warm(), dict)
    os.mkfifo(site / "pipe")
    (site / "letter.txt").write_text("mine")
    before = {name: (site / name).stat().st_ino for name in ("pipe", "letter.txt")}
    for words in (("Say so", "Say it"), ("Say it", "Say so")):
        project.replace("docs/alliance/repair.en.md", *words)
        assert programs.run(*arguments(project, site), env=ENVIRONMENT).returncode == 0
        assert {name: (site / name).stat().st_ino for name in before} == before


def test_a_site_on_a_volume_of_its_own_is_told_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os.path, "ismount", lambda path: Path(path).name == "site")
    (tmp_path / "site").mkdir()
    with pytest.raises(OutputError, match="site is a volume of its own, which cannot be exchanged; name a folder in"):
        Staging(tmp_path / "site").begin()
    assert os.listdir(tmp_path) == ["site"]


def test_an_owners_files_stay_where_no_cache_knows_them(tmp_path: Path) -> None:
    """It may be deleted at any time, and a build may do without."""
    project, site = built(tmp_path / "project"), tmp_path / "project/warm"
    project.warm()
    (site / "ads.txt").write_text("mine")
    for keeps in (False, False, True):
        project.replace_everywhere("Say so", "Say it" if keeps else "Say it now")
        assert project.build(keeps, site)["ads.txt"] == b"mine"
        shutil.rmtree(project.folder / ".cache", ignore_errors=True)
    (site / "ads.txt").unlink()
    for _ in range(2):
        assert project.warm() == project.cold()


@pytest.mark.parametrize("left", [0, 1, 900], ids="empty begun half".split())
def test_what_is_noted_by_halves_is_not_noted(tmp_path: Path, left: int) -> None:
    """Or pages that are gone would be an owner's, and stay."""
    project = built(tmp_path / "project")
    project.warm()
    os.truncate(project.folder / ".warm.lock", left)
    project.replace_everywhere("slug: rapport", "slug: contact")
    assert project.warm() == project.cold()


IN_THE_WAY = {
    # what an owner has put into the site in place of what the site has there, and what is said of it
    "alliancen": ("alliancen", "warm/alliancen is a file of yours"),
    "robots.txt": ("robots.txt/mine", "warm/robots.txt/ is a folder of yours"),
    "": ("", "warm is a file, where the site needs a folder"),
}


@pytest.mark.parametrize("is_new", [True, False], ids=["a new folder", "the last but one"])
@pytest.mark.parametrize("path", IN_THE_WAY)
def test_an_owners_file_that_is_in_the_way_is_told_and_left(tmp_path: Path, path: str, is_new: bool) -> None:
    project, site = built(tmp_path / "project"), tmp_path / "project/warm"
    assert isinstance(project.warm(), dict)
    if is_new:
        shutil.rmtree(tmp_path / "project/.warm-other")
    owners, says = IN_THE_WAY[path]
    place = site / path
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    (site / owners).parent.mkdir(exist_ok=True)
    (site / owners).write_text("mine")
    stopped = programs.run(*arguments(project, site), env=ENVIRONMENT)
    said = stopped.stdout + stopped.stderr
    assert (stopped.returncode, said.count(says), "Nobody foresaw" in said) == (1, 1, False), said
    assert (site / owners).read_text() == "mine"
    (site / owners).unlink()
    assert project.warm() == project.cold()


def test_a_page_that_takes_the_place_of_an_owners_file_of_earlier_builds_waits_for_it(tmp_path: Path) -> None:
    project, site = built(tmp_path / "project"), tmp_path / "project/warm"
    assert isinstance(project.warm(), dict)
    (site / "cv").write_text("mine")
    for _ in range(2):
        assert "cv" in project.warm()
    project.replace("docs/alliance/index.da.md", "slug: alliancen", "slug: cv")
    stopped = programs.run(*arguments(project, site), env=ENVIRONMENT)
    assert "warm/cv is a file of yours" in stopped.stdout
    (site / "cv").unlink()
    assert project.warm() == project.cold()


@pytest.mark.parametrize("alike", [False, True], ids=["another", "the same"])
def test_an_owners_file_at_the_very_address_of_a_new_page_is_told_and_left(tmp_path: Path, alike: bool) -> None:
    """It went into the folder beside the site, and the build after that deleted it."""
    project, site = built(tmp_path / "project"), tmp_path / "project/warm"
    assert isinstance(project.warm(), dict)
    (site / "cv").mkdir()
    page = site / "cv/index.html"
    page.write_text("mine")
    assert "cv/index.html" in project.warm()
    project.replace("docs/alliance/index.da.md", "slug: alliancen", "slug: cv")
    cold = project.cold()
    if alike:
        page.write_bytes(cold["cv/index.html"])
    else:
        for _ in range(2):
            stopped = programs.run(*arguments(project, site), env=ENVIRONMENT)
            assert "warm/cv/index.html is a file of yours, where the site has one of its own" in stopped.stdout
            assert page.read_text() == "mine"
        page.unlink()
    assert project.warm() == cold


STOOD = {
    # what earlier builds left in the folder, at or above the address of a page
    "a folder": lambda folder: (folder / "topic/page/index.html/deep").mkdir(parents=True),
    "a folder with a file": lambda folder: put(folder / "topic/page/index.html/deep/old.html"),
    "a file above": lambda folder: put(folder / "topic"),
    "a file right above": lambda folder: put(folder / "topic/page"),
    "a link to a folder elsewhere": lambda folder: (folder / "topic").symlink_to(elsewhere(folder)),
    "a link to itself": lambda folder: (folder / "topic").symlink_to("topic"),
    "a link to a page elsewhere": lambda folder: link_page(folder),
}


def put(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("old")


def elsewhere(folder: Path) -> Path:
    put(folder.parent / "elsewhere/page/index.html")
    return folder.parent / "elsewhere"


def link_page(folder: Path) -> None:
    (folder / "topic/page").mkdir(parents=True)
    (folder / "topic/page/index.html").symlink_to(elsewhere(folder) / "page/index.html")


@pytest.mark.parametrize("is_known", [True, False], ids=["listed", "of which nothing is known"])
@pytest.mark.parametrize("stood", STOOD)
def test_what_stands_in_the_way_of_a_page_beside_the_site_goes(tmp_path: Path, stood: str, is_known: bool) -> None:
    """Each build had stopped until somebody deleted the folder beside the site; through a link it wrote elsewhere."""
    kept, staging = Cache(tmp_path / "kept.sqlite") if is_known else NO_CACHE, Staging(tmp_path / "site")
    staging.folder.mkdir()
    if is_known:
        write(Output(staging.folder, kept), "other.html")
    STOOD[stood](staging.folder)
    staging.clear(kept)
    output = Output(staging.folder, kept)
    write(output, "topic/page/index.html", "other.html")
    assert contents(staging.folder) == {p: p.encode() for p in ("other.html", "topic/page/index.html")}
    if "elsewhere" in stood:
        assert (tmp_path / "elsewhere/page/index.html").read_text() == "old"


@pytest.mark.parametrize("paths", [("a", "a/b"), ("a/b", "a"), ("a/b/c", "a/b")])
def test_a_page_never_takes_another_of_the_same_build_away(tmp_path: Path, paths: tuple[str, str]) -> None:
    output = Output(tmp_path / "site", NO_CACHE)
    with pytest.raises(OSError, match="a"):
        write(output, *paths)
    assert (tmp_path / "site" / paths[0]).read_text() == paths[0]


@pytest.mark.skipif(not shutil.which("setpriv"), reason="needs Linux's rights")
def test_what_another_user_has_written_is_replaced_or_the_folder_to_delete_is_named(tmp_path: Path) -> None:
    """The second build after root's had stopped at a file, and the third at the next."""
    project, site, other = built(tmp_path / "project"), tmp_path / "project/warm", tmp_path / "project/.warm-other"
    without_rights = ["setpriv", "--bounding-set=-all"] if os.geteuid() == 0 else []  # or root may write everywhere

    def build(**said: str) -> subprocess.CompletedProcess[str]:
        for old, new in said.items():
            project.replace_everywhere(old, new)
        run = [*without_rights, *command(project, site)]
        return subprocess.run(run, env=ENVIRONMENT, capture_output=True, text=True)

    assert build(mail="fax").returncode == 0
    for file in other.rglob("*.html"):
        file.chmod(0o444)
    done = build(fax="brev")
    assert done.returncode == 0, done.stdout + done.stderr
    assert project.cold() == contents(site)
    (other / "alliancen").chmod(0o555)
    done = build(brev="mail")
    said = "nothing can be written into .warm-other/alliancen/, which may be another user's; delete .warm-other/, "
    assert (done.stdout + done.stderr).strip() == f"{said}which builds make anew, and build as one user"
    (other / "alliancen").chmod(0o755)
    shutil.rmtree(other)
    assert project.warm() == project.cold()


def test_a_link_that_leads_to_itself_is_told_in_a_line(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(link)
    stopped = programs.run(*arguments(Project(tmp_path / "project"), link), env=ENVIRONMENT)
    assert (stopped.returncode, stopped.stdout.strip().splitlines()[-1:]) == (
        1,
        ["mkdocs.yml:1:1 config link is a file, where the site needs a folder; move it elsewhere"],
    )
    assert "Traceback" not in stopped.stderr


def test_a_site_that_is_a_link_stays_one_and_leads_to_the_new_pages(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    link, served = tmp_path / "link", tmp_path / "served/html"
    served.mkdir(parents=True)
    link.symlink_to(served)
    for words in (("Say so", "Say it"), ("Say it", "Say so")):
        project.replace("docs/alliance/repair.en.md", *words)
        assert programs.run(*arguments(project, link), env=ENVIRONMENT).returncode == 0
        assert link.is_symlink()
        assert contents(served) == project.cold()


@pytest.mark.skipif(os.name != "posix", reason="needs limits of a process")
def test_a_full_disk_is_said_in_a_line_and_leaves_the_site(tmp_path: Path) -> None:
    project, site = built(tmp_path / "project"), tmp_path / "project/warm"
    before = contents(site)
    assert before
    project.replace("docs/alliance/repair.en.md", "Say so", "Say it")
    limited = (
        "import resource, runpy, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)); runpy.run_module('mkdocs', run_name='__main__')"
    )
    (tmp_path / "limited.py").write_text(limited, "utf-8")
    stopped = programs.run("limited", *arguments(project, site)[1:], env=ENVIRONMENT, cwd=tmp_path)
    assert stopped.returncode != 0
    said = stopped.stdout + stopped.stderr
    assert "File too large" in said
    assert not re.search("Traceback|Nobody foresaw", said)
    assert contents(site) == before
    assert ": No space left on device; make room" in told(OSError(28, "No space left on device"))  # as `write` says it
    assert told(PermissionError(13, "Permission denied", "site/x")).startswith("site/x: Permission denied; it may be")
    assert told(OSError(98, "Address already in use")).startswith("The preview's address, “dev_addr”")


def test_there_is_a_site_at_every_moment(tmp_path: Path) -> None:
    project, site = built(tmp_path / "project"), tmp_path / "project/warm"
    project.replace("overrides/partials/card.html", '<li class="card">', '<li class="card card--new">')
    build = programs.Program(*arguments(project, site), env=ENVIRONMENT)
    looks = 0
    while build.poll() is None:
        assert (site / "index.html").is_file()
        assert (site / "en/index.html").is_file()
        looks += 1
    assert build.returncode == 0
    assert looks > 100
    assert b"card--new" in (site / "index.html").read_bytes()


@pytest.mark.parametrize("hindrance", ["killed once it has linked", "files have one name"])
def test_a_build_into_a_folder_that_begins_with_the_sites_pages_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hindrance: str
) -> None:
    project, site = built(tmp_path / "project"), tmp_path / "project/warm"
    other, page = site.with_name(".warm-other"), "en/about/index.html"
    before = project.warm()
    assert isinstance(before, dict)
    shutil.rmtree(other)
    with monkeypatch.context() as hindered:
        if hindrance == "files have one name":
            hindered.setattr(os, "link", lambda *names: os.stat("/none"))
        Staging(site).link(Cache(project.folder / ".cache/pages.sqlite"))
    assert (other / page).exists() == (hindrance != "files have one name")
    assert contents(site) == before
    (site / page).write_text("by hand")
    project.replace("docs/alliance/repair.en.md", "Say so", "Say it")
    assert project.warm() == project.cold() != before
    assert project.warm() == project.cold(), "of the folder that was the site's before"


BREAK = {
    "a template with a mistake": ("overrides/article.html", "{% block main %}", "{% block main %}{{ view.words.x.y }}"),
    "a template that is no template": ("overrides/article.html", "{% block main %}", "{% block main %}{% if %}"),
    "a warning in strict mode": ("docs/alliance/repair.da.md", "## Et brud", "[x](#nowhere)\n\n## Et brud"),
    "an error in a text": ("docs/alliance/repair.da.md", "rapport.da.md", "raport.da.md"),
}


@pytest.mark.parametrize("broken", BREAK.values(), ids=BREAK)
def test_whatever_stops_a_build_leaves_the_last_site(tmp_path: Path, broken: tuple[str, str, str]) -> None:
    project, site = built(tmp_path / "project"), tmp_path / "project/warm"
    before = contents(site)
    assert before
    project.replace("docs/alliance/repair.en.md", "Say so", "Say it")
    project.replace(*broken)
    run = [*arguments(project, site), "--strict"]
    stopped = programs.run(*run, env=ENVIRONMENT)
    assert stopped.returncode != 0
    assert contents(site) == before
    project.replace(broken[0], broken[2], broken[1])
    assert programs.run(*run, env=ENVIRONMENT).returncode == 0
    assert contents(site) == project.cold() != before


def test_killed_again_and_again_a_build_leaves_one_of_the_two_sites(tmp_path: Path) -> None:
    """At every eighth of the time that a whole build of it takes here and now."""
    whole, project = (built(tmp_path / name) for name in ("whole", "project"))
    site, kept = project.folder / "warm", shutil.copytree(project.folder / ".cache", tmp_path / "kept")
    old = contents(site)
    assert old
    for one in (whole, project):
        one.replace("overrides/partials/card.html", '<li class="card">', '<li class="card card--new">')
    begun = time.monotonic()
    assert programs.run(*arguments(whole, whole.folder / "warm"), env=ENVIRONMENT).returncode == 0
    eighth, new = (time.monotonic() - begun) / 8, contents(whole.folder / "warm")
    assert new != old
    for number in range(1, 8):
        shutil.rmtree(project.folder / ".cache")
        shutil.copytree(kept, project.folder / ".cache")  # It takes as long again.
        build = programs.Program(*arguments(project, site), env=ENVIRONMENT)
        time.sleep(number * eighth)
        if build.poll() is None:
            os.killpg(build.pid, signal.SIGKILL)
        build.wait()
        assert contents(site) in (old, new), number
    assert programs.run(*arguments(project, site), env=ENVIRONMENT).returncode == 0
    assert contents(site) == new == project.cold()
