"""One command says all: what a build refuses in mkdocs.yml and `overrides/`, `make check` says too, at the line."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import programs
from conftest import ROOT, SITE, build, configured, keep
from knowledge.checks.__main__ import main
from knowledge.checks.check import check_site
from knowledge.checks.html import BASIC
from project import ENVIRONMENT, contents

HOME = """\
INHERIT: {root}/mkdocs.yml
docs_dir: docs
theme: {{name: material, custom_dir: overrides}}
hooks: [{root}/hooks/main.py]
watch: []
extra:
  topics: [alliance, stress-ladder, nlp-tools]
  footer: [help, articles, privacy]
"""
FOOTER = "  footer: [help, articles, privacy]\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of tests/site with templates of its own, to break."""
    return copied(tmp_path)


def copied(folder: Path) -> Path:
    """Make such a copy in a folder."""
    shutil.copytree(SITE / "docs", folder / "site/docs")
    keep(folder / "site")
    for page in (ROOT / "docs").glob("newsletter-*.md"):
        shutil.copy(page, folder / "site/docs")
    shutil.copytree(ROOT / "overrides", folder / "site/overrides")
    (folder / "site/mkdocs.yml").write_text(HOME.format(root=ROOT), "utf-8")
    return folder / "site"


@pytest.fixture(scope="module")
def one_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of which only the settings are broken."""
    return copied(tmp_path_factory.mktemp("settings"))


@pytest.fixture
def home(one_copy: Path) -> Path:
    """A copy with right settings, of which nothing else may be changed."""
    (one_copy / "mkdocs.yml").write_text(HOME.format(root=ROOT), "utf-8")
    return one_copy


def told(site: Path) -> list[str]:
    """What the check says of all but spelling, which needs word lists that the small site has not."""
    _, problems = check_site(site / "mkdocs.yml")
    return [f"{p.file}:{p.line} {p.rule} {p.message}; {p.fix}" for p in problems if not p.rule.startswith("word-")]


def test_a_site_that_is_right_is_not_told(home: Path) -> None:
    assert [line for line in told(home) if " spelling " not in line] == []


NEWSLETTER = "  newsletter: {{provider: buttondown, account: {{user: x}}, double_opt_in: {}}}\n"
SETTINGS = {
    # what stands behind the footer (or instead of a line), the number of its line, and what is said
    "newsletter's provider": (
        "  newsletter: {provider: butondown}\n",
        9,
        "newsletter extra.newsletter: there is no provider",
    ),
    "newsletter's key": (
        "  newsletter:\n    provder: x\n",
        10,
        "“provder” is not a known setting; did you mean “provider”?",
    ),
    "newsletter's account": ("  newsletter:\n    provider: buttondown\n", 9, "buttondown needs “account.user”"),
    "newsletter's promise": (NEWSLETTER.format("false"), 9, "double opt-in is not declared"),
    "newsletter as text": ("  newsletter: buttondown\n", 9, "it is “buttondown”; expected keys below it"),
    "newsletter as list": ("  newsletter: [buttondown]\n", 9, "expected keys below it"),
    "comments' server": (
        "  comments:\n    isso: comments.example\n",
        10,
        "comments extra.comments: the server's address is",
    ),
    "comments' key": ("  comments: {server: https://x.example}\n", 9, "“server” is not a known setting"),
    "offer's key": ("  training_client: {shwo: true}\n", 9, "did you mean “show”?"),
    "offer's truth": ("  training_client: {show: maybe}\n", 9, "“show” is “maybe”; expected true or false"),
    "publisher's mail": ("  publisher: {name: X, email: kontakt}\n", 9, "“email” is “kontakt”; expected an e-mail"),
    "publisher's name": ("  publisher: {name: ''}\n", 9, "publisher extra.publisher: “name” is empty"),
    "publisher's edit": ("  publisher: {edit: https://x.example}\n", 9, "“edit” has moved; write “repo_url”"),
    "misspelt block": (
        "  newsleter: {}\n",
        9,
        "setting the setting “extra.newsleter” has no effect here; did you mean",
    ),
    "key twice": ("  footer: [help]\n", 9, "config “footer” is there twice: on line 8 too"),
    "alias": ("  publisher: &x {name: X}\n", 9, "config “&x” is read as a mark"),
    "no YAML": ("  publisher: {name: X\n", 9, "config the file cannot be read: the bracket { is not closed"),
    "braces without a colon": ("  newsletter: {provider, kit}\n", 9, "“provider” has no colon and no text after it"),
    "colour that begins a comment": ("  publisher:\n    name: #7a1fa2\n", 10, "“#7a1fa2” is lost"),
    "a block at the left edge": ("newsletter:\n  provider: kit\n", 9, "below “extra:”, two spaces further in"),
    "German quotation marks": ("  publisher: {name: „X“}\n", 9, 'belong to the text; write "X"'),
    "English quotation marks": ("  publisher: {name: ‘X’}\n", 9, 'belong to the text; write "X"'),
    "Danish quotation marks": ("  publisher:\n    name: »X: y«\n", 10, 'only a key may have after it; write "X: y"'),
    "tab": ("\tpublisher: {}\n", 9, "config the file cannot be read: "),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_a_block_of_mkdocs_yml_that_is_wrong_is_told_at_its_line(home: Path, name: str) -> None:
    text, line, says = SETTINGS[name]
    file = home / "mkdocs.yml"
    file.write_text(file.read_text("utf-8") + text, "utf-8")
    found = [told_line for told_line in told(home) if says in told_line]
    assert found, told(home)
    assert found[0].startswith(f"mkdocs.yml:{line} ")


LANGUAGES = """watch: []
plugins:
  - i18n:
      docs_structure: suffix
      fallback_to_default: false
      reconfigure_material: false
      languages: [{{locale: da, name: Dansk, default: true}}, {{locale: {}, name: X}}]"""
LISTS = {
    "footer's page": (FOOTER, "  footer: [hjaelp]\n", 8, "pages the page “hjaelp” is missing; "),
    "footer's second page": (FOOTER, "  footer:\n    - help\n    - artikles\n", 10, "did you mean “articles”?"),
    "footer as text": (
        FOOTER,
        "  footer: help\n",
        8,
        "pages extra.footer is “help”; expected a list such as [help, about]",
    ),
    "footer with a number": (FOOTER, "  footer: [help, 3]\n", 8, "pages “3” is no page"),
    "footer twice the same": (FOOTER, "  footer: [help, help]\n", 8, "pages “help” is there twice in extra.footer"),
    "topic": (
        "stress-ladder",
        "stres-ladder",
        7,
        "pages the page “stres-ladder/index” is missing; did you mean “stress-l",
    ),
    "topic left out": (
        "alliance, stress-ladder",
        "alliance",
        7,
        "pages the topic “stress-ladder” is not in",
    ),
    "first topic left out": (
        "alliance, stress-ladder",
        "stress-ladder",
        7,
        "pages the topic “alliance” is not in",
    ),
    "topics as text": (
        "[alliance, stress-ladder, nlp-tools]",
        "alliance",
        7,
        "pages extra.topics is “alliance”; expected",
    ),
    "topics with keys": ("[alliance, stress-ladder, nlp-tools]", "{a: b}", 7, "pages extra.topics is “{'a': 'b'}”"),
    "docs": ("docs_dir: docs", "docs_dir: tekster", 2, "config “docs_dir” names “tekster”"),
    "templates": ("custom_dir: overrides", "custom_dir: overrrides", 3, "config “theme” names “overrrides”"),
    "theme": ("name: material", "name: materiel", 3, "config there is no theme “materiel”"),
    "hook": ("/hooks/main.py", "/hooks/mian.py", 4, "config “hooks” names “mian.py”"),
    "inherited file": ("/mkdocs.yml", "/mkdocs.yaml", 1, "config “INHERIT”: there is no file"),
    "address": ("watch: []", "watch: []\nsite_url: trinvis.example", 6, "config “site_url” is no address"),
    "no address": (
        "watch: []",
        "watch: []\nsite_url: ''",
        6,
        "config “site_url” is missing, on which all addresses rest",
    ),
    "no name": ("watch: []", "watch: []\nsite_name: ' '", 6, "config “site_name” is empty"),
    "address and more": (
        "watch: []",
        "watch: []\nsite_url: https://a.example/?x=1",
        6,
        "config “site_url” is “https://a.example/?x=1”; expected the address of the site's first page, and no more",
    ),
    "address with a slash too many": (
        "watch: []",
        "watch: []\nsite_url: https://a.example//",
        6,
        "“https://a.example//”",
    ),
    "address that leads back": ("watch: []", "watch: []\nsite_url: https://a.example/x/../y/", 6, "first page, and no"),
    "address with a port that is none": (
        "watch: []",
        "watch: []\nsite_url: https://a.example:x/",
        6,
        "config “site_url”",
    ),
    "address with a bracket": ("watch: []", "watch: []\nsite_url: https://[a/", 6, "config “site_url” is no address"),
    "address of files": ("watch: []", "watch: []\nsite_url: ftp://a.example/", 6, "config “site_url” is “ftp://"),
    "address in Danish letters": (
        "watch: []",
        "watch: []\nsite_url: https://blåbær.example/så-ro/",
        6,
        "write site_url: https://xn--blbr-roah.example/s%C3%A5-ro/",
    ),
    "languages twice": ("watch: []", LANGUAGES.format("da"), 7, "config the language “da” is there twice"),
    "language without a code": (
        "watch: []",
        LANGUAGES.format("null"),
        11,
        "“plugins.i18n.languages.locale” is missing",
    ),
    "language that is a truth": ("watch: []", LANGUAGES.format("no"), 11, "config “plugins"),
    "pages left out": (
        "watch: []",
        "watch: []\nexclude_docs: |\n  data/\n  alliance/repair*",
        6,
        "“exclude_docs” leaves out docs/alliance/repair.en.md, which other pages show",
    ),
    "pictures left out": ("watch: []", "watch: []\ndraft_docs: '*.svg'", 6, "leaves out docs/alliance/repair.svg"),
    "switch": ("extra:\n", "extra:\n  drafts: ja\n", 7, "config “extra.drafts” is “ja”; expected true or false"),
    "file that inherits itself": (f"{ROOT}/mkdocs.yml", "mkdocs.yml", 1, "“mkdocs.yml” leads back to this file"),
    "no folder of templates": (
        "{name: material, custom_dir: overrides}",
        "material",
        3,
        "config “theme.custom_dir” is missing",
    ),
    "templates' folder left empty": (", custom_dir: overrides", ", custom_dir: ", 3, "“theme.custom_dir” is empty"),
    "bracket at the end": (
        "  footer: [help, articles, privacy]\n",
        "  footer: [\n",
        8,
        "the bracket [ is not closed",
    ),
    "unknown setting": (
        "watch: []",
        "wathc: []",
        5,
        "setting the setting “wathc” has no effect here; did you mean “watch”?",
    ),
    "plugin": (
        "watch: []",
        "watch: []\nplugins: [nothing-such]",
        6,
        "config there is no plugin “nothing-such”",
    ),
    "extension": (
        "watch: []",
        "watch: []\nmarkdown_extensions: [nothing.such]",
        6,
        "config “markdown_extensions”: the extension “nothing.such” cannot be loaded: ModuleNotFoundError: No module",
    ),
    "truth": ("watch: []", "watch: []\nstrict: perhaps", 6, "config “strict” is text; expected true or false"),
    "extra": ("extra:\n", "more:\n", 6, "setting the setting “more” has no effect here"),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_setting_that_is_wrong_is_told_at_its_line(home: Path, name: str) -> None:
    old, new, line, says = LISTS[name]
    file = home / "mkdocs.yml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    lines = told(home)
    found = [told_line for told_line in lines if says in told_line]
    assert found, lines
    assert found[0].startswith(f"mkdocs.yml:{line} ")
    assert not [told_line for told_line in lines if "Aborted" in told_line]


def test_an_inherited_setting_is_told_in_the_file_that_holds_it(home: Path) -> None:
    base = home.parent / "base.yml"
    base.write_text(f"INHERIT: {ROOT}/mkdocs.yml\nextra:\n  newsletter: {{provider: butondown}}\n", "utf-8")
    file = home / "mkdocs.yml"
    file.write_text(file.read_text("utf-8").replace(f"{ROOT}/mkdocs.yml", "../base.yml"), "utf-8")
    assert [line for line in told(home) if line.startswith("../base.yml:3 newsletter ")], told(home)


def test_what_an_offer_lacks_is_told_where_it_stands_empty(home: Path) -> None:
    file = home / "mkdocs.yml"
    offer = "  training_client:\n    show: true\n    da:\n      price: null\n"
    file.write_text(file.read_text("utf-8") + offer, "utf-8")
    assert [
        line for line in told(home) if line.startswith("mkdocs.yml:12 training_client ") and "“da.price” is" in line
    ]


def test_what_the_environment_says_counts(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = home / "mkdocs.yml"
    file.write_text(file.read_text("utf-8") + "  comments: {isso: !ENV [ISSO_ADDRESS, null]}\n", "utf-8")
    assert not [line for line in told(home) if " comments " in line]
    monkeypatch.setenv("ISSO_ADDRESS", "nowhere")
    assert [line for line in told(home) if line.startswith("mkdocs.yml:9 comments ") and "“nowhere”" in line]


def replace(file: str, old: str, new: str):
    def edit(site: Path) -> None:
        path = site / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return edit


def remove(file: str):
    return lambda site: (site / file).unlink()


BOTH = {
    "no name": replace("mkdocs.yml", "watch: []", "watch: []\nsite_name: ''"),
    "address and more": replace("mkdocs.yml", "watch: []", "watch: []\nsite_url: https://a.example/#x"),
    "no folder of templates": replace("mkdocs.yml", "{name: material, custom_dir: overrides}", "material"),
    "another theme": replace("mkdocs.yml", "name: material", "name: readthedocs"),
    "languages twice": replace("mkdocs.yml", "watch: []", LANGUAGES.format("da")),
    "two originals": replace("mkdocs.yml", "watch: []", LANGUAGES.format("en, default: true")),
    "pages left out": replace("mkdocs.yml", "watch: []", "watch: []\nexclude_docs: |\n  alliance/repair*"),
    "key twice": replace("mkdocs.yml", "watch: []", "watch: []\nwatch: []"),
    "no languages": replace("mkdocs.yml", "watch: []", "watch: []\nplugins: []"),
    "setting": replace("mkdocs.yml", FOOTER, "  footer: [hjaelp]\n  newsletter: {provider: x}\n"),
    "list as text": replace("mkdocs.yml", FOOTER, "  footer: help\n"),
    "template that cannot be read": replace("overrides/page.html", "{% extends", "{% extnds"),
    "template with an unknown name": replace("overrides/article.html", "view.words.title", "view.wrods.title"),
    "template with an unknown filter": replace("overrides/article.html", "| safe", "| saef"),
    "template that is gone": remove("overrides/partials/head.html"),
    "asset that is gone": remove("overrides/assets/icon.svg"),
    "font that is gone": remove("overrides/assets/fonts/literata-600.woff2"),
    "script that is gone": remove("overrides/assets/js/share.js"),
    "word that is gone": replace("overrides/strings/en.yml", "minutes:", "minuts:"),
    "words that cannot be read": replace("overrides/strings/da.yml", "skip: ", "skip: a: b: "),
    "blank that is broken": replace("overrides/strings/da.yml", "{minutes}", "{minutes"),
    "drawing with a program": replace("docs/alliance/repair.svg", "<svg ", '<svg onload="x()" '),
    "drawing that cannot be read": replace("docs/alliance/index.svg", "</svg>", ""),
    "page that cannot be read": replace("docs/alliance/repair.da.md", "title: ", "title: [: "),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BOTH)
def test_what_stops_a_build_is_said_by_the_check(site: Path, name: str) -> None:
    BOTH[name](site)
    result = build(site / "mkdocs.yml", site.parent / "built")
    said = result.stdout + result.stderr
    stopped = {line for line in said.splitlines() if line.startswith(("docs/", "mkdocs.yml", "overrides/"))}
    assert result.returncode != 0, said
    assert stopped, said
    assert "Traceback" not in said
    places = [line.split(" ")[0] + line.split(" ", 2)[2] for line in said.splitlines() if line in stopped]
    assert sorted({*places}) == sorted(places), "told twice"
    _, problems = check_site(site / "mkdocs.yml")
    assert stopped <= {str(problem) for problem in problems}


@pytest.mark.parametrize("seconds", ["", "tomorrow", "-5", "1e9", "99999999999999999"])
def test_a_time_that_is_none_is_told_before_anything_stumbles_on_it(
    home: Path, monkeypatch: pytest.MonkeyPatch, seconds: str
) -> None:
    """MkDocs would stop at it in the middle, and the checks would say that all is well."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    assert [line for line in told(home) if f"SOURCE_DATE_EPOCH in the environment is “{seconds}”" in line]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    assert not [line for line in told(home) if "SOURCE_DATE_EPOCH in the environment" in line]


def test_a_clock_that_has_stopped_is_told_and_no_date_after_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It gave a line for each page, source and number to call."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    (line,) = [line for line in told(home) if "date-ahead" in line or "help-due" in line]
    assert "today is 1970-01-01 by the clock here, and all pages were reviewed later; set the clock, or" in line


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["overrides", "overrides/built", "mine"])
def test_a_site_takes_the_place_of_nothing_that_somebody_else_has_written(site: Path, folder: str) -> None:
    (site / "mine").mkdir()
    (site / "mine/letter.txt").write_text("mine")
    before = contents(site)
    replace("mkdocs.yml", "watch: []", f"watch: []\nsite_dir: {folder}")(site)
    stopped = programs.run("mkdocs", "build", "--strict", "-f", str(site / "mkdocs.yml"), env=ENVIRONMENT)
    said = stopped.stdout + stopped.stderr
    assert (stopped.returncode, said.count("mkdocs.yml:6:1 config the ")) == (1, 1), said
    assert {**contents(site), "mkdocs.yml": b""} == {**before, "mkdocs.yml": b""}
    assert [str(p) for p in check_site(site / "mkdocs.yml")[1] if str(p) in said]


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT / "hooks"), "NO_MKDOCS_2_WARNING": "1"}
    return programs.run(*arguments, env=environment, cwd=cwd)


@pytest.mark.slow
def test_the_command_checks_the_site_that_it_stands_in(site: Path) -> None:
    BOTH["setting"](site)
    result = run("knowledge.checks", "--json", cwd=site)
    found = [p for p in json.loads(result.stdout)["problems"] if p["rule"] == "newsletter"]
    assert [(p["file"], p["line"]) for p in found] == [("mkdocs.yml", 9)]
    assert (result.returncode, result.stderr) == (1, "")


@pytest.mark.slow
@pytest.mark.parametrize("module", ["knowledge.checks", "knowledge.tools.mkdocs build --strict --quiet"])
@pytest.mark.parametrize("way", ["in ASCII", "without stdout", "without stdin"])
def test_a_command_says_what_is_wrong_wherever_it_is_called(site: Path, module: str, way: str) -> None:
    """It had stopped at the first letter that ASCII lacks, or because there was nothing to print to."""
    BOTH["setting"](site)
    run = f'"{sys.executable}" -m {module} ' + {"in ASCII": "2>&1", "without stdin": "2>&1 <&-"}.get(way, "2>&1 >&-")
    ascii_alone = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    env = {**ENVIRONMENT, "PYTHONPATH": str(ROOT / "hooks"), **(ascii_alone if way == "in ASCII" else {})}
    result = subprocess.run(run, shell=True, cwd=site, env=env, capture_output=True)
    said = result.stdout.decode()
    assert result.returncode == 1, said
    assert "Nobody foresaw" not in said
    if way != "without stdout":
        assert "mkdocs.yml:9:3 newsletter" in said
        assert "“" in said


def a_hook(source: str) -> Callable[[Path], None]:
    """A hook of the owner's beside ours."""

    def edit(site: Path) -> None:
        (site / "own.py").write_text(source, "utf-8")
        replace("mkdocs.yml", "hooks/main.py]", "hooks/main.py, own.py]")(site)

    return edit


TWICE = LANGUAGES.format("en") + "\n  - search\n  - search"
UNREAD = {
    # what MkDocs stops at without saying what it is, or with its own code; and what is said then, or by the build
    "unknown setting": (replace("mkdocs.yml", "watch: []", "wathc: []"), "did you mean “watch”?"),
    "templates' folder left empty": (replace("mkdocs.yml", ", custom_dir: overrides", ", custom_dir: "), "is empty"),
    "no YAML": (replace("mkdocs.yml", FOOTER, "  footer: [\n"), "the bracket [ is not closed"),
    "a list": (lambda site: (site / "mkdocs.yml").write_text("- a\n"), "mkdocs.yml:1:1 config the file has no keys"),
    "a list of files": (replace("mkdocs.yml", f"{ROOT}/mkdocs.yml", "[a.yml, b.yml]"), "“INHERIT” is no path"),
    "another ending": (
        lambda site: (site / "mkdocs.yml").rename(site / "mkdocs.yaml"),
        "mkdocs.yml:1:1 config the file cannot be read",
    ),
    "nothing of ours": (replace("mkdocs.yml", f"[{ROOT}/hooks/main.py]", "[]"), "config hooks/main.py is missing"),
    "a key twice": (replace("mkdocs.yml", "watch: []", "watch: []\nwatch: []"), "“watch” is there twice"),
    "a plugin twice": (
        replace("mkdocs.yml", "watch: []", TWICE),
        "the plugin “material/search” is there twice; delete",
    ),
    "a plugin that takes the marks of ours": (
        replace("mkdocs.yml", "watch: []", LANGUAGES.format("en") + "\n  - macros"),
        "the plugin “macros” takes “{#” for a comment, with which questions get their ids; write below it: j2_comment",
    ),
    "a plugin's option": (
        replace("mkdocs.yml", "watch: []", LANGUAGES.format("en") + "\n  - glightbox: {zoomabl: true}"),
        "“plugins.glightbox.zoomabl” is not a known setting; did you mean “zoomable”?",
    ),
    "a number": (replace("mkdocs.yml", "watch: []", "watch: []\nsite_url: 5"), "“site_url” is a whole number"),
    "no list of plugins": (replace("mkdocs.yml", "watch: []", "watch: []\nplugins: 3"), "“plugins”: Invalid Plugins"),
    "no address": (replace("mkdocs.yml", "watch: []", 'watch: []\nrepo_url: "https://[x"'), "“repo_url” is no"),
    "a file that inherits itself": (replace("mkdocs.yml", f"{ROOT}/mkdocs.yml", "mkdocs.yml"), "back to this file"),
    "a hook without what it needs": (a_hook("\nimport nothing_there"), "own.py:2:1 config the hook cannot be read"),
    "a hook that is no Python": (a_hook("\ndef x(:"), "own.py:2:1 config the hook cannot be read"),
    "a hook for no event": (
        a_hook("\ndef on_page_markdwn(text): pass"),
        "own.py:2:1 config MkDocs has no event “on_page",
    ),
    "a hook that takes too little": (
        a_hook("\ndef on_page_markdown(markdown): pass"),
        "own.py:2:1 config on_page_markdown takes (markdown); MkDocs gives it (markdown, page, config, files)",
    ),
    "a hook that takes nothing at the start": (
        a_hook("\ndef on_startup(): pass"),
        "own.py:2:1 config on_startup takes",
    ),
    "a plugin of which the site has its own": (
        replace("mkdocs.yml", "watch: []", LANGUAGES.format("en") + "\n  - search"),
        "the plugin “material/search” has no use here",
    ),
    "a template that is not there": (
        replace("mkdocs.yml", "watch: []", "watch: []\nextra_templates: [x.html]"),
        "there is no file “docs/x.html”",
    ),
    "a page": (replace("docs/alliance/repair.da.md", "title: ", "title: [: "), "front-matter"),
    "a block": (replace("mkdocs.yml", FOOTER, "  footer: help\n"), "extra.footer is “help”"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", UNREAD)
def test_what_stops_mkdocs_before_the_site_has_a_say_is_said_in_lines(site: Path, name: str) -> None:
    edit, says = UNREAD[name]
    edit(site)
    result = run("knowledge.tools.mkdocs", "build", "--strict", "--quiet", cwd=site)
    said = result.stdout + result.stderr
    assert result.returncode == 1
    assert len([line for line in said.splitlines() if says in line]) == 1, said
    assert "Traceback" not in said
    told = {str(problem) for problem in check_site(site / "mkdocs.yml")[1] if problem.level == "error"}
    assert [line for line in told if says in line], told


ALONE = {
    # what would be followed by an error for each file, and is told alone
    "the folder itself": ("docs_dir: docs", "docs_dir: .", "“docs_dir: .” is no folder beside the others"),
    "a folder above": ("docs_dir: docs", "docs_dir: ..", "“docs_dir: ..” is no folder beside the others"),
    "the site": ("docs_dir: docs", "docs_dir: site", "“docs_dir: site” is no folder beside the others"),
    "a site among the pages": ("watch: []", "watch: []\nsite_dir: docs/site", "“site_dir: docs/site” is no folder"),
    "another folder": ("docs_dir: docs", "docs_dir: overrides", "“docs_dir” names “overrides”, which does not hold"),
    "a topic": ("docs_dir: docs", "docs_dir: docs/alliance", "“docs_dir” names “alliance”, which does not hold"),
    "no folder": ("docs_dir: docs", "docs_dir: texts", "“docs_dir” names “texts”, and there is no such"),
    "templates": ("custom_dir: overrides", "custom_dir: docs", "“theme.custom_dir” names “docs”, which does not hold"),
    "a language less": (
        "watch: []",
        LANGUAGES.format("en").replace(", {locale: en, name: X}", ""),
        "the pages in “en” are in none",
    ),
    "a region": (
        "watch: []",
        LANGUAGES.format("en_GB"),
        "the pages in “en” are in none of the site's languages: da, en_GB",
    ),
    "capitals": ("watch: []", LANGUAGES.format("EN"), "“plugins.i18n.languages.locale” is “EN”; expected a code"),
    "no original": (
        "watch: []",
        LANGUAGES.format("en").replace(", default: true", ""),
        "no language has both “default: true” and “build: true”",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ALONE)
def test_a_setting_that_says_where_the_pages_are_is_told_and_no_page_with_it(site: Path, name: str) -> None:
    old, new, says = ALONE[name]
    (site / "site").mkdir()
    replace("mkdocs.yml", old, new)(site)
    for stopped in (
        run("knowledge.checks", "--lang", "en", cwd=site),
        run("knowledge.tools.mkdocs", "build", "--strict", "--quiet", cwd=site),
    ):
        said = stopped.stdout + stopped.stderr
        (line,) = [line for line in said.splitlines() if re.match(r"[\w./]+:\d+:\d+ ", line)]
        assert line.startswith("mkdocs.yml:")
        assert says in line
        assert stopped.returncode == 1
        assert "Config value" not in said


LACKING = {
    # what lies in the place of a folder of which many files need something: nothing, or a file
    "docs/data": False,
    "overrides/assets": True,
    "overrides/assets/js": False,
    "overrides/partials": True,
    "overrides/strings": True,
}


@pytest.mark.slow
@pytest.mark.parametrize("folder", LACKING)
def test_a_folder_that_is_lacking_is_told_and_nothing_that_follows_from_it(site: Path, folder: str) -> None:
    """A file in its place gave 53 errors."""
    shutil.rmtree(site / folder)
    if LACKING[folder]:
        (site / folder).touch()
    for stopped in (
        run("knowledge.checks", "--lang", "en", cwd=site),
        run("knowledge.tools.mkdocs", "build", "--strict", "--quiet", cwd=site),
    ):
        (line,) = re.findall(r"(?m)^[\w./]+:\d+:\d+ .*", stopped.stdout + stopped.stderr)
        assert line.startswith(f"{folder}:1:1 config ")
        assert ("it is a file" in line) == LACKING[folder]
        assert stopped.returncode == 1


@pytest.mark.slow
@pytest.mark.parametrize(("name", "kind"), [(".site.lock", "folder"), (".site-other", "file"), ("site", "file")])
def test_what_lies_in_the_way_of_a_build_is_told_by_the_check_too(site: Path, name: str, kind: str) -> None:
    (site / name).mkdir() if kind == "folder" else (site / name).touch()
    built = run("knowledge.tools.mkdocs", "build", "--strict", "--quiet", cwd=site)
    (line,) = filter(None, (built.stdout + built.stderr).splitlines())
    assert line.startswith(f"mkdocs.yml:1:1 config {name} is a {kind}, where ")
    assert built.returncode == 1
    assert line in map(str, check_site(site / "mkdocs.yml")[1])


def test_what_is_wrong_with_a_plugins_option_is_told_at_its_line(home: Path) -> None:
    replace("mkdocs.yml", "watch: []", LANGUAGES.format("en") + "\n  - minify: {minfy: 1}")(home)
    line = (home / "mkdocs.yml").read_text("utf-8").partition("minfy")[0].count("\n") + 1
    (found,) = [one for one in told(home) if " config " in one]
    assert found.startswith(f"mkdocs.yml:{line} config “plugins.minify.minfy” is not a known setting")


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_whoever_stops_a_build_before_it_has_begun_sees_no_code(site: Path) -> None:
    """Most of a second is spent in reading libraries, of which this one stands for all."""
    heard = "signal.signal(signal.SIGINT, signal.default_int_handler)"  # A shell lets what it runs behind it be deaf.
    (site / "click.py").write_text(f"import signal\n{heard}\nsignal.raise_signal(signal.SIGINT)\n")
    environment = {**ENVIRONMENT, "PYTHONPATH": f"{site}:{ROOT / 'hooks'}"}
    command = [sys.executable, "-m", "knowledge.tools.mkdocs", "build"]
    stopped = subprocess.run(command, cwd=site, env=environment, capture_output=True, text=True)
    assert (stopped.returncode, stopped.stdout + stopped.stderr) == (130, "")


TOOLS = {
    "check without a site": (["knowledge.checks"], "mkdocs.yml"),
    "check of another folder": (["knowledge.checks", "--docs", "nowhere"], "1 error, 0 warnings"),
    "published": (["knowledge.tools.published"], "docs/alliance/repair.da.md"),
    "new": (["knowledge.tools.new", "alliance/x"], ""),
    "translated": (["knowledge.tools.translated", "alliance/nothing"], "There is no page"),
    "impact": (["knowledge.tools.impact", "no-such-version"], "There is no version"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", TOOLS)
def test_no_tool_shows_where_in_its_code_it_failed(site: Path, name: str) -> None:
    arguments, says = TOOLS[name]
    BOTH["page that cannot be read"](site)
    if name.startswith("check"):
        (site / "mkdocs.yml").unlink()
    result = run(*arguments, cwd=site)
    said = result.stdout + result.stderr
    assert "Traceback" not in said
    assert says in said
    assert name == "new" or result.returncode in (1, 2)


def test_the_command_s_own_failure_is_a_line_and_where_it_came_up_on_request(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from knowledge.core.command import run as run_command

    def fail(arguments: list[str]) -> int:
        raise KeyError("alliance/repair")

    assert run_command(fail, []) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("KeyError: 'alliance/repair' (test_one_command.py:")
    assert run_command(fail, ["--verbose"]) == 1
    assert "Traceback" in capsys.readouterr().err
    assert run_command(main, ["--docs", str(site / "docs"), "--json"]) in (0, 1)


OWN_WORDS = {
    # what stands behind `docs_dir`, the rule's message and what to do about it
    "no truth": ("strict: ja", "“strict” is text; expected true or false", "write true or false"),
    "text as a list": ("watch: overrides", "“watch” is text; expected a list", "put it in square brackets"),
    "number as text": ("site_name: 2026", "“site_name” is a whole number; expected text", "put it in quotation marks"),
    "folder that is not there": (
        "watch: [overides]",
        "“watch” names “overides”, and there is no such",
        "correct the path",
    ),
    "address without a scheme": ("site_url: trinvis.example", "“site_url” is no address", "https://your.example/"),
    "plugin that is not there": ("plugins: [serch]", "there is no plugin “serch”", "requirements.in"),
    "option of a plugin": (
        "plugins: [{i18n: {docs_structure: suffix, fallback_to_default: false, "
        "languages: [{locale: da, default: true, name: Dansk}, {locale: en, name: X}]}}, {minify: {minfy_html: true}}]",
        "“plugins.minify.minfy_html” is not",
        "did you mean “minify_html”?",
    ),
    "key below a setting": ("validation: {links: {anchor: warn}}", "“validation.links.anchor”", "mean “anchors”?"),
    "port that is none": ("dev_addr: 127.0.0.1:99999", "“dev_addr” names the port 99999", "127.0.0.1:8000"),
    "extension taken out": (
        "markdown_extensions: [footnotes]",
        "the extension “attr_list” is missing, by which headings get their ids",
        "add it",
    ),
    "text at the end of each page": (
        "markdown_extensions: [admonition, attr_list, pymdownx.snippets: {auto_append: [docs/abbreviations.md]}]",
        "“auto_append” puts a text below each page that GitHub does not show there",
        "docs/data/concepts.yml",
    ),
    "option of an extension": (
        "markdown_extensions: [attr_list, toc: {markr: x}]",
        "the extension “toc” has no option “markr”",
        "correct",
    ),
    "plugin taken out": ("plugins: []", "the plugin i18n is missing", "git diff mkdocs.yml"),
    "hook taken out": ("hooks: []", "hooks/main.py is missing", "write hooks: [hooks/main.py]"),
    "another theme": ("theme: {name: mkdocs, custom_dir: overrides}", "the theme is “mkdocs”", "write name: material"),
    "theme that is not there": ("theme: {name: materiel}", "there is no theme “materiel”", "write name: material"),
    "folders for languages": (
        "plugins: [{i18n: {docs_structure: folder, fallback_to_default: false, "
        "languages: [{locale: da, default: true, name: Dansk}, {locale: en, name: X}]}}]",
        "“plugins.i18n.docs_structure” is “folder”; expected suffix",
        "write docs_structure: suffix",
    ),
}


@pytest.mark.parametrize("name", OWN_WORDS)
def test_what_mkdocs_says_of_a_setting_is_said_once_and_in_an_owners_words(home: Path, name: str) -> None:
    line, says, fix = OWN_WORDS[name]
    file = home / "mkdocs.yml"
    key = line.partition(":")[0]
    blocks = re.split(r"(?m)^(?=\S)", file.read_text("utf-8"))
    file.write_text("".join(block for block in blocks if not block.startswith(f"{key}:")) + line + "\n", "utf-8")
    found = [told_line for told_line in told(home) if " config " in told_line]
    assert len(found) == 1, found
    assert says in found[0]
    assert fix in found[0]
    assert not re.search(r"<class|'|Unrecognised|" + re.escape(str(home)), found[0].replace("MkDocs'", ""))


@pytest.mark.parametrize("name", ["admonition", "attr_list", "footnotes", "pymdownx.tabbed"])
def test_an_extension_taken_out_is_told_once_with_the_texts_that_need_it(site: Path, name: str) -> None:
    """Hundreds of lines would ask for texts to be mended, and none name the file that was changed."""
    for lang, source in (("da", "Forskere måler alliancen."), ("en", "Researchers measure the alliance.")):
        text = site / f"docs/alliance/repair.{lang}.md"
        written = f'\n\n!!! note "Husk"\n    Vent.\n\n=== "Før"\n    Vent.\n\n{source}[^1]\n\n[^1]: Vent.\n\n## '
        text.write_text(text.read_text("utf-8").replace("\n\n## ", written, 1), "utf-8")
    options = BASIC.options | {"toc": {"marker": ""}, "footnotes": {"BACKLINK_TEXT": "back"}}
    file = site / "mkdocs.yml"
    settings = file.read_text("utf-8")
    line = settings.count("\n") + 1
    for without in ("", name):
        named = [{one: dict(options.get(one, {}))} for one in BASIC.extensions if one != without]
        file.write_text(f"{settings}markdown_extensions: {json.dumps(named)}\n", "utf-8")
        found = [one for one in told(site) if re.search(" (config|html|markup-left|shows-differently) ", one)]
        assert len(found) == bool(without), found
    assert f"mkdocs.yml:{line} config the extension “{name}” is missing" in found[0]
    assert name == "attr_list" or "docs/alliance/repair.da.md" in found[0]


def test_a_file_that_is_no_yaml_is_told_once(home: Path) -> None:
    file = home / "mkdocs.yml"
    file.write_text(file.read_text("utf-8") + "site_name: Trinvis: ro\n", "utf-8")
    assert len([line for line in told(home) if "the text holds “: ”" in line]) == 1


def test_a_build_that_stops_tells_the_cause_as_the_check_does(tmp_path: Path) -> None:
    """A build converts nothing before its checks, and had told what only follows: a paragraph more than in Danish."""
    config = configured(tmp_path, {"preview": False})
    article = tmp_path / "docs/alliance/repair.en.md"
    article.write_text(article.read_text("utf-8") + "\nSee [it](javascript:x) now.\n", "utf-8")
    result = build(config, tmp_path / "site")
    assert result.returncode == 1
    said = [line for line in (result.stdout + result.stderr).splitlines() if "repair.en.md" in line]
    assert [" html the address “javascript:x”" in line for line in said] == [True], said
