"""The preview survives mistakes, and says in its pages what is to be fixed."""

from __future__ import annotations

import contextlib
import json
import os
import py_compile
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from types import MappingProxyType

import pytest
from lxml import html
from PIL import Image
from playwright.sync_api import Browser, Locator, expect
from watchdog.events import FileSystemEvent, FileSystemEventHandler

import programs
from conftest import ROOT, configured
from knowledge.core.language import LANGUAGES
from knowledge.core.problems import Problem
from knowledge.outputs.panel import ADDRESS, Found, Panel, render, unbuilt, with_panel
from preview import Watcher

HOOK = Problem("owner.py", 2, 1, "config", "the hook stops in on_env: KeyError: 'a'", "correct it, or take it out")
ERROR = Problem("docs/a.da.md", 3, 1, "link", "the link <b> leads to no file", "fix it")
WARNING = Problem("docs/b.en.md", 7, 1, "length", "the title is long", "shorten it", "warning")
REPAIR = "docs/alliance/repair.da.md"


@pytest.mark.parametrize(
    ("problems", "failure", "expected"),
    [
        ([ERROR], str(ERROR), Found((ERROR,))),
        ([ERROR], f"{ERROR}\nAborted", Found((ERROR,))),
        ([WARNING], "TemplateError: x", Found((WARNING,), ("TemplateError: x",))),
        ([], "TemplateError: x\n\n", Found((), ("TemplateError: x",))),
        ([WARNING], "", Found((WARNING,))),
        ([ERROR], str(HOOK), Found((ERROR, HOOK))),
        ([], f"docs/b.da.md: {HOOK}\ndocs/c.da.md: {HOOK}", Found((HOOK,))),
    ],
    ids=[
        *("said once", "a consequence", "beside a warning", "something else", "a warning"),
        *("a hook beside a mistake that has nothing to do with it", "a hook that fails at two pages"),
    ],
)
def test_what_stopped_a_build_is_told_once(problems: list[Problem], failure: str, expected: Found) -> None:
    assert Found.of(problems, failure) == expected


@pytest.mark.parametrize(("lang", "heading"), [("da", "Skal rettes: 1"), ("en", "To fix: 1")])
def test_the_panel_names_line_problem_and_fix(lang: str, heading: str) -> None:
    panel = html.fromstring(render(ROOT / "overrides", "panel.html", lang, found=Found((ERROR, WARNING)), kept=True))
    errors, warnings = panel.xpath("//details")
    assert errors.xpath("summary")[0].text == heading
    assert [li.text_content() for li in errors.xpath(".//li")] == [
        "docs/a.da.md:3 the link <b> leads to no file. Fix it"
    ]
    assert ("open" in errors.attrib, "open" in warnings.attrib) == (True, False)


@pytest.mark.parametrize(("lang", "words"), [("da", "Intet at rette"), ("en", "Nothing to fix")])
def test_nothing_wrong_is_said_in_a_line(lang: str, words: str) -> None:
    panel = html.fromstring(render(ROOT / "overrides", "panel.html", lang, found=Found(), kept=False))
    (line,) = panel.xpath("//p[@role='status']")
    assert line.text == words


@pytest.mark.parametrize(
    ("kind", "body", "shown"),
    [
        ("text/html", b"<body><p>1</p></body></html>", True),
        ("text/html", b"404", False),
        ("image/svg+xml", b"<svg><body></body></svg>", False),
    ],
    ids=["a page", "half a page", "a picture"],
)
def test_only_pages_ask_for_the_panel(tmp_path: Path, kind: str, body: bytes, shown: bool) -> None:
    def app(environ, start):
        start("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    headers: dict[str, str] = {}
    answer = with_panel(app, Panel(tmp_path, ROOT / "overrides", LANGUAGES), "/below/")
    sent = b"".join(answer({"PATH_INFO": "/below/"}, lambda status, found: headers.update(found)))
    assert (f"/below/{ADDRESS}".encode() in sent) == shown
    assert headers["Content-Length"] == str(len(sent))


def test_the_panel_outlives_broken_strings(tmp_path: Path) -> None:
    overrides = tmp_path / "overrides"
    for part in ("preview", "strings"):
        shutil.copytree(ROOT / "overrides" / part, overrides / part)
    panel = Panel(tmp_path / "mkdocs.yml", overrides, LANGUAGES)
    before, site = panel.loader("/"), tmp_path / "site"
    assert "Checking the texts" in before
    for lang in LANGUAGES:
        page = site / LANGUAGES.folder(lang) / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.touch()
    for broken in ("x: [", "", "- x", "x: y"):
        (overrides / "strings/da.yml").write_text(broken, "utf-8")
        panel.renew("overrides/strings/da.yml:1 it cannot be read")
        assert panel.loader("/") == before
        assert "Skal rettes" in panel.html("da")
    for file, broken in (("panel.css", b"\xe6"), ("panel.html", b"{% if %}"), ("loader.html", b"{{ nothing.at.all }}")):
        (overrides / "preview" / file).write_bytes(broken)
        panel.renew(f"overrides/preview/{file}:1 it cannot be read")
        assert panel.loader("/") == before, file
        assert "Skal rettes" in panel.html("da"), file
    (overrides / "preview/loader.html").unlink()
    shutil.rmtree(overrides)
    panel.renew("mkdocs.yml:3 “theme” names “overrides”, and there is no such file or folder")
    assert panel.loader("/") == before
    assert "Skal rettes" in panel.html("da")
    shutil.copytree(ROOT / "overrides", overrides)
    assert unbuilt(overrides, LANGUAGES, site, ["index.html", "en/index.html"]) == {}
    panel.end()


def free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


@pytest.mark.parametrize("arguments", [["build"], ["serve", "-a", ""], ["serve", "--clean", "-a", ""]], ids=" ".join)
def test_mkdocs_is_enough_as_one_types_it(tmp_path: Path, arguments: list[str]) -> None:
    """Nothing tells it where our modules are, as `make` does: MkDocs knows the folder of a hook while it loads it."""
    address, config = free_address(), configured(tmp_path, {})
    command = [sys.executable, "-m", "mkdocs", *(word or address for word in arguments), "--quiet", "-f", str(config)]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    environment |= {"NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, env=environment, cwd=tmp_path, stderr=subprocess.PIPE) as mkdocs:
        if arguments == ["build"]:
            assert mkdocs.wait(60) == 0
            assert (tmp_path / "site/index.html").is_file()
            return
        while mkdocs.poll() is None:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"http://{address}", timeout=20) as answer:
                assert b"<main" in answer.read()
                break
            time.sleep(0.1)
        else:
            raise AssertionError(mkdocs.stderr.read().decode())  # type: ignore[union-attr]
        mkdocs.terminate()


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Starts `mkdocs serve` of a copy of tests/site, and gives its address."""
    address = free_address()
    config = configured(tmp_path, {})
    command = ["mkdocs", "serve", "--quiet", "-f", str(config), "-a", address]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    processes: list[programs.Program] = []

    def start() -> str:
        with open(os.devnull, "w") as nobody:
            process = programs.Program(*command, env=environment, out=nobody, err=nobody)
        processes.append(process)
        for _ in range(150):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", int(address.partition(":")[2]))) == 0:
                    return f"http://{address}"
            moment(process)
        raise AssertionError("the preview does not begin")

    start.processes = processes  # type: ignore[attr-defined]
    yield start
    for process in processes:
        process.terminate()
        process.wait()


def moment(process: subprocess.Popen[bytes] | programs.Program) -> None:
    """A moment, in which the preview must not end."""
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.2)


def save(file: Path, text: str, shown: Locator, words: str) -> None:
    """Save a file, and again where the preview was not watching yet, until a page that nobody reloads shows words."""
    for seconds in (4, 8, 16, 32):
        file.write_text(text, "utf-8")
        with contextlib.suppress(AssertionError):
            expect(shown).to_contain_text(words, timeout=1000 * seconds)
            return
    raise AssertionError(f"no page shows “{words}”")


def test_a_mistake_is_told_while_the_pages_follow_the_text(
    tmp_path: Path, preview: Callable[[], str], chromium: Browser
) -> None:
    page, url = chromium.new_page(), preview()
    page.goto(f"{url}/alliancen/reparation/")
    panel, main, file = page.locator(".problems"), page.locator("main"), tmp_path / REPAIR
    right = file.read_text("utf-8")
    wrong = right.replace("rapport.da.md", "raport.da.md", 1)
    save(file, wrong, panel, "docs/alliance/repair.da.md:12")
    expect(panel).to_contain_text("Mente du »../nlp-tools/rapport.da.md«?")
    expect(panel).not_to_contain_text("Siden ser ud, som den gjorde før fejlen.")
    save(file, wrong.replace("Skriv en mail.", "Skriv et brev."), main, "Skriv et brev.")
    expect(panel).to_contain_text("raport.da.md", timeout=20_000)
    page.goto(f"{url}/en/alliance/repair/")
    expect(panel).to_contain_text("To fix:", timeout=20_000)
    page.goto(f"{url}/alliancen/reparation/")
    save(file, right, main, "Skriv en mail.")
    with page.expect_response(f"**/{ADDRESS}*") as answer:
        page.reload()
    assert "raport.da.md" not in answer.value.text()
    page.close()


def test_what_cannot_be_built_stays_as_it_was(tmp_path: Path, preview: Callable[[], str], chromium: Browser) -> None:
    page, url = chromium.new_page(), preview()
    page.goto(f"{url}/alliancen/reparation/")
    panel, main = page.locator(".problems"), page.locator("main")
    help_page, file = tmp_path / "docs/help.da.md", tmp_path / REPAIR
    save(
        help_page,
        help_page.read_text("utf-8").replace("title: ", "titel: ", 1),
        panel,
        "»titel« er ikke en nøgle, der findes",
    )
    expect(panel).to_contain_text("Siden ser ud, som den gjorde før fejlen.")
    expect(panel).not_to_contain_text("KeyError")
    file.write_text(file.read_text("utf-8").replace("title: ", "titel: ", 1), "utf-8")
    expect(panel).to_contain_text("docs/alliance/repair.da.md", timeout=20_000)
    expect(main).to_contain_text("Skriv en mail.")
    page.close()


def test_a_preview_begins_with_a_mistake_and_waits_for_it_to_be_fixed(
    tmp_path: Path, preview: Callable[[], str], chromium: Browser
) -> None:
    file = tmp_path / "docs/help.da.md"
    right = file.read_text("utf-8")
    file.write_text(right.replace("title: ", "titel: ", 1), "utf-8")
    page = chromium.new_page()
    page.goto(f"{preview()}/")
    expect(page.locator("p").first).to_contain_text("Siderne kan ikke vises endnu.")
    expect(page.locator(".problems")).to_contain_text("docs/help.da.md", timeout=20_000)
    save(file, right, page.locator("nav").first, "Alliancen")
    page.close()


def test_a_folder_that_goes_is_told_and_followed_again_when_it_is_back(
    tmp_path: Path, preview: Callable[[], str], chromium: Browser
) -> None:
    page, url = chromium.new_page(), preview()
    page.goto(f"{url}/alliancen/reparation/")
    docs, away, panel = tmp_path / "docs", tmp_path / "away", page.locator(".problems")
    for _ in range(2):
        docs.rename(away)
        expect(panel).to_contain_text("»docs_dir« nævner »docs«", timeout=20_000)
        shutil.copytree(away, docs)
        shutil.rmtree(away)
        expect(panel).not_to_contain_text("»docs_dir« nævner »docs«", timeout=20_000)
    text = (tmp_path / REPAIR).read_text("utf-8")
    save(tmp_path / REPAIR, text.replace("Skriv en mail.", "Skriv et brev."), page.locator("main"), "Skriv et brev.")
    page.close()


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs Linux's list of processes")
@pytest.mark.parametrize("asked", ["check.begin(print); check.found('')", "time.sleep(60)"], ids=["begun", "ready"])
def test_a_check_ends_with_the_preview_that_asked_for_it(tmp_path: Path, asked: str) -> None:
    endless = tmp_path / "mkdocs.yml"
    os.mkfifo(endless)
    ask = "import pathlib, sys, time; from knowledge.outputs.panel import Check"
    ask = f"{ask}; check = Check(pathlib.Path(sys.argv[1])); {asked}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "hooks")}
    with subprocess.Popen([sys.executable, "-c", ask, str(endless)], env=environment) as asker:
        children = Path(f"/proc/{asker.pid}/task/{asker.pid}/children")
        while not (found := children.read_text()):
            moment(asker)
        asker.kill()
    check = int(found)
    for _ in range(150):
        if not Path(f"/proc/{check}").exists():
            return
        time.sleep(0.2)
    os.kill(check, signal.SIGKILL)
    raise AssertionError("the check goes on")


UNREADABLE = {
    # an edit of mkdocs.yml, what is said of it, and whether the pages stay as they were meanwhile
    "no YAML": ('"watch": []', '"watch": [', "mkdocs.yml:", True),
    "a hook that is not there": ("hooks/main.py", "hooks/mian.py", "»hooks« nævner »mian.py«", True),
    "templates' folder left empty": ('"custom_dir": ', '"custom_dir": null, "x": ', "»theme.custom_dir« er tom", True),
    "no languages": ('"watch"', '"plugins": [], "watch"', "pluginet i18n mangler", True),
    "a misspelt setting": ('"watch"', '"wathc"', "Mente du »watch«?", False),
}


def test_a_mkdocs_yml_that_cannot_be_read_leaves_the_pages_and_is_told(
    tmp_path: Path, preview: Callable[[], str], chromium: Browser
) -> None:
    page, url, file = chromium.new_page(), preview(), tmp_path / "mkdocs.yml"
    page.goto(f"{url}/alliancen/reparation/")
    panel, main, right = page.locator(".problems"), page.locator("main"), file.read_text("utf-8")
    for name, (old, new, words, stays) in UNREADABLE.items():
        assert old in right, name
        save(file, right.replace(old, new, 1), panel, words)
        as_it_was = "Siden ser ud, som den gjorde"  # The checks may have read the file before the build has.
        expect(panel, name).to_contain_text(as_it_was) if stays else expect(panel, name).not_to_contain_text(as_it_was)
        expect(main).to_contain_text("Skriv en mail.")
    save(file, right.replace('"watch": []', '"watch": [', 1), panel, "mkdocs.yml:")
    expect(panel).to_contain_text(as_it_was, timeout=20_000)
    asked(f"{url}/nlp-vaerktoejer/rapport/", "<main")  # which nobody had asked for
    asked(f"{url}/{ADDRESS}?da", as_it_was)
    save(file, right.replace('"watch"', '"site_name": "Andet", "watch"', 1), page.locator(".masthead"), "Andet")
    page.close()


def test_a_photograph_is_shown_and_a_damaged_one_keeps_no_page_from_following(
    tmp_path: Path, preview: Callable[[], str], chromium: Browser
) -> None:
    file, photograph = tmp_path / REPAIR, tmp_path / "docs/alliance/talk.jpg"
    Image.effect_noise((900, 600), 50).convert("RGB").save(photograph)
    (tmp_path / "docs/alliance/repair.svg").unlink()
    shutil.copy(photograph, tmp_path / "docs/alliance/repair.jpg")
    text = file.read_text("utf-8").replace(
        "## Et brud", "![To mennesker taler sammen.](talk.jpg)\nEget foto: Anna\n\n## Et brud", 1
    )
    text = text.replace("certainty: low\n", "certainty: low\nimage_credit: Anna\nimage_licence: own\n", 1)
    file.write_text(text, "utf-8")
    page = chromium.new_page()
    page.goto(f"{preview()}/alliancen/reparation/")
    for picture in page.locator("picture img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("one => one.naturalWidth") >= 320
    for damaged in (photograph, tmp_path / "docs/alliance/repair.jpg"):
        damaged.write_bytes(photograph.read_bytes()[:9000])
    save(file, text.replace("Skriv en mail.", "Skriv et brev."), page.locator("main"), "Skriv et brev.")
    expect(page.locator(".problems")).to_contain_text("billedet er gået i stykker", timeout=20_000)
    page.close()


def test_no_built_page_knows_the_panel(small_site: Path) -> None:
    for file in small_site.rglob("*"):
        assert file.is_dir() or ADDRESS.encode() not in file.read_bytes(), file


MISTAKES = {
    "a concept that does not exist": ("concepts: [repair, alliance]", "concepts: [repare, alliance]"),
    "a pinned article that does not exist": ("certainty: low", "certainty: low\nrelated: {pin: [alliance/x]}"),
    "a source that does not exist": ("[@bordin1979]", "[@bordin1997]"),
    "a link that leads nowhere": ("rapport.da.md", "raport.da.md"),
    "a date that is none": ("date: 2026-11-20", "date: 20. november"),
    "a head without an end": ("certainty: low\nevidence", "certainty: [low\nevidence"),
    "the same question twice": ("{#repair-price}", "{#change-therapist}"),
    "a step that is taken": ("certainty: low", "certainty: low\nstep: 4"),
    "another kind of page": ("certainty: low", "certainty: low\nkind: glossary"),
    "an image that is not there": ("## Et brud", "![x](x.png)\n\n## Et brud"),
}


def test_no_mistake_in_one_article_keeps_another_from_following_its_edit(
    tmp_path: Path, preview: Callable[[], str]
) -> None:
    article, other = tmp_path / REPAIR, tmp_path / "docs/nlp-tools/rapport.da.md"
    address = preview()
    right, text = article.read_text("utf-8"), other.read_text("utf-8")

    def shows(words: str) -> bool:
        with urllib.request.urlopen(f"{address}/nlp-vaerktoejer/rapport/") as page:
            return words in page.read().decode()

    for number, (name, (old, new)) in enumerate(MISTAKES.items()):
        assert old in right, name
        article.write_text(right.replace(old, new), "utf-8")
        for _ in range(60):
            other.write_text(text + f"\nMistake number {number}.\n", "utf-8")
            if any(shows(f"Mistake number {number}.") or time.sleep(0.25) for _ in range(8)):
                break
        else:
            raise AssertionError(f"{name}: the other page does not follow")
        article.write_text(right, "utf-8")


def answered(address: str) -> tuple[int, str]:
    """The status and the text of an answer."""
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def asked(address: str, words: str, saved: Mapping[Path, str] = MappingProxyType({})) -> str:
    """A file of the preview, asked for until it holds words; without a browser, so that no other file is.

    Args:
        saved: what to save before, and again where the preview was not watching yet.
    """
    found = ""
    for attempt in range(150):
        if attempt % 30 == 0:
            for file, text in saved.items():
                file.write_text(text, "utf-8")
        status, found = answered(address)
        if status == 200 and words in found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"{address} does not say “{words}”, but: {found}")


def test_a_page_that_is_asked_for_late_follows_all_that_was_saved(tmp_path: Path, preview: Callable[[], str]) -> None:
    url, file, title = preview(), tmp_path / REPAIR, "Når noget går galt"
    assert title not in asked(f"{url}/artikler/", "<main") + asked(f"{url}/feed.atom", "<feed")
    text = re.sub("^title: .*", f"title: {title}", file.read_text("utf-8"), count=1, flags=re.MULTILINE)
    asked(f"{url}/alliancen/reparation/", title, {file: text})
    for late in ("alliancen/", "artikler/", "artikler/index.html", "alliancen/reparation", "nlp-vaerktoejer/rapport/"):
        assert title in asked(f"{url}/{late}", "<main"), late
    asked(f"{url}/feed.atom", title)  # which is written once pages are shown


def test_what_stands_beside_pages_is_there_as_soon_as_they_are(preview: Callable[[], str]) -> None:
    """A preview writes it last; who asks for it gets it all the same, and who asks for nothing is told so."""
    url = preview()
    for path, status in (("feed.atom", 200), ("en/feed.json", 200), ("nothing.txt", 404)):
        assert answered(f"{url}/{path}")[0] == status, path


def test_a_page_that_nobody_had_asked_for_stays_as_it_was_before_a_mistake(
    tmp_path: Path, preview: Callable[[], str]
) -> None:
    url, other, article = preview(), tmp_path / "docs/nlp-tools/rapport.da.md", tmp_path / REPAIR
    wrong = article.read_text("utf-8").replace("date: 2026-11-20", "date: 20. november").replace("mail", "besked")
    assert wrong.count("20. november") == 1
    right = other.read_text("utf-8") + "\nHusk det her.\n"
    asked(f"{url}/nlp-vaerktoejer/rapport/", "Husk det her.", {article: wrong, other: right})
    asked(f"{url}/alliancen/reparation/", "Skriv en mail.")


def test_a_page_whose_template_fails_stays_as_it_was_and_the_panel_says_why(
    tmp_path: Path, preview: Callable[[], str]
) -> None:
    templates = shutil.copytree(ROOT / "overrides", tmp_path / "overrides")
    config, article, template = tmp_path / "mkdocs.yml", tmp_path / REPAIR, templates / "article.html"
    config.write_text(config.read_text("utf-8").replace(str(ROOT / "overrides"), str(templates)), "utf-8")
    url = preview()
    asked(f"{url}/alliancen/reparation/", "Skriv en mail.")
    broken = template.read_text("utf-8").replace("{% block main %}", "{% block main %}{{ 1 // 0 }}")
    text = article.read_text("utf-8").replace("Skriv en mail.", "Skriv et brev.")
    other = tmp_path / "docs/articles.da.md"
    saved = {template: broken, article: text, other: other.read_text("utf-8").replace("Alle artikler.", "Alle.")}
    asked(f"{url}/artikler/", "<p>Alle.</p>", saved)
    asked(f"{url}/alliancen/reparation/", "Skriv en mail.")
    asked(f"{url}/{ADDRESS}?da", "ZeroDivisionError")
    asked(f"{url}/en/nlp-tools/rapport/", "The pages can’t be shown yet.")  # Nobody had asked for it before.
    whole = template.read_text("utf-8").replace("{{ 1 // 0 }}", "")
    asked(f"{url}/alliancen/reparation/", "Skriv et brev.", {template: whole, article: text + "\n"})


def test_a_save_ends_the_check_of_the_save_before(tmp_path: Path) -> None:
    told: list[tuple[Problem, ...]] = []
    panel = Panel(configured(tmp_path, {}), ROOT / "overrides", LANGUAGES, tell=told.append)
    first = panel.begin()
    page = tmp_path / "docs/about.en.md"
    page.write_text(page.read_text("utf-8").replace("title: ", "titel: ", 1), "utf-8")
    with ThreadPoolExecutor() as waiting:
        shown = waiting.submit(panel.html, "en")  # A page waits for the first already.
        panel.begin()
        assert "docs/about.en.md" in shown.result()
    assert first.found("") == Found()
    ((problem, *_),) = told
    assert problem.file == "docs/about.en.md"
    page.write_text(page.read_text("utf-8").replace("titel: ", "titles: ", 1), "utf-8")
    panel.begin()  # The next one was ready before the page was saved.
    assert "titles" in panel.html("en")
    panel.end()


@pytest.mark.parametrize("saves_a_copy", [False, True], ids=["in place", "as a copy that takes its name"])
def test_each_way_of_saving_the_settings_is_seen(tmp_path: Path, saves_a_copy: bool) -> None:
    for attempt in range(6):  # One watch beside another was told of some saves and not of others.
        folder = tmp_path / str(attempt)
        (folder / "docs/topic").mkdir(parents=True)
        file, copy, seen = folder / "mkdocs.yml", folder / "mkdocs.new", Event()
        file.touch()
        handler, observer = FileSystemEventHandler(), Watcher()
        handler.on_any_event = lambda event, seen=seen: seen.set()  # type: ignore[method-assign]
        for path in (folder / "docs", file):
            observer.schedule(handler, str(path), recursive=True)
        observer.start()
        (copy if saves_a_copy else file).write_text("site_name: x\n", "utf-8")
        if saves_a_copy:
            copy.replace(file)
        try:
            assert seen.wait(10), attempt
        finally:
            observer.stop()
            observer.join()


def test_what_python_compiles_beside_a_hook_is_no_change(tmp_path: Path) -> None:
    """A first preview had built three times, and again with each module of ours that a check was the first to need."""
    hook, told, seen = tmp_path / "hooks/owner.py", [], Event()
    hook.parent.mkdir()
    hook.write_text("", "utf-8")

    def tell(event: FileSystemEvent) -> None:
        told.append(event.src_path)
        if event.src_path == str(hook):
            seen.set()

    handler, observer = FileSystemEventHandler(), Watcher()
    handler.on_any_event = tell  # type: ignore[method-assign]
    observer.schedule(handler, str(hook.parent), recursive=True)
    observer.start()
    try:
        compiled = py_compile.compile(str(hook))
        assert compiled
        assert Path(compiled).parent.name == "__pycache__"
        hook.write_text("x = 1\n", "utf-8")
        assert seen.wait(10)  # What was told before has come by then.
    finally:
        observer.stop()
        observer.join()
    assert {*told} == {str(hook)} == observer.take()


WRITES = """
from pathlib import Path
def on_pre_build(config):
    folder = Path(config.config_file_path).parent
    with open(folder / "builds.txt", "a") as builds:
        builds.write("x")
    (folder / "docs/alliance/made.svg").write_text("<svg/>")
"""


def test_a_preview_rests_though_a_hook_writes_the_same_among_the_pages_each_time(
    tmp_path: Path, preview: Callable[[], str]
) -> None:
    """Each build asked for the next."""
    config, file, builds = tmp_path / "mkdocs.yml", tmp_path / REPAIR, tmp_path / "builds.txt"
    (tmp_path / "owner.py").write_text(WRITES)
    settings = json.loads(config.read_text("utf-8"))
    settings["hooks"].append(str(tmp_path / "owner.py"))
    config.write_text(json.dumps(settings), "utf-8")
    url, text = preview(), file.read_text("utf-8")
    for words in ("A first word.", "A second word."):
        asked(f"{url}/alliancen/reparation/", words, {file: f"{text}\n{words}\n"})
    numbers = []
    while len(numbers) < 3 or numbers[-1] > numbers[-3]:
        for _ in range(10):
            moment(preview.processes[0])  # type: ignore[attr-defined]
        numbers.append(len(builds.read_text()))
        assert len(numbers) < 8, numbers


def test_memory_does_not_grow_while_saves_come_quicker_than_checks_end(
    tmp_path: Path, preview: Callable[[], str]
) -> None:
    url, file = preview(), tmp_path / REPAIR
    right, sizes = file.read_text("utf-8"), []
    statm = Path(f"/proc/{preview.processes[0].pid}/statm")  # type: ignore[attr-defined]
    for number in range(40):
        asked(f"{url}/alliancen/reparation/", f"Save number {number}.", {file: f"{right}\nSave number {number}.\n"})
        sizes.append(int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE"))
    assert max(sizes) - sizes[9] < 15e6, sizes  # What builds leave was 1 MB each before it was let go.
