"""Other plugins and an owner's hooks, each with its real package: they work, or a line says what is not run."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from mkdocs.config import load_config

import programs
from conftest import ROOT
from knowledge.checks.check import check_site
from knowledge.checks.essentials import INSTEAD, essentials
from others import changed, configured, uses_navigation
from project import ENVIRONMENT, Project, arguments, built, command, contents

NOT_RUN = "which this site does not run"


def build(project: Project) -> tuple[dict[str, bytes], list[str]]:
    """The site, and what was said about events that are not run."""
    site = project.folder / "warm"
    done = programs.run(*arguments(project, site), env=ENVIRONMENT)
    assert done.returncode == 0, done.stderr
    return contents(site), [line for line in done.stderr.splitlines() if NOT_RUN in line]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A site that was built before the plugin came."""
    return built(tmp_path / "project")


@pytest.mark.parametrize("template", sorted((ROOT / "overrides").rglob("*.html")), ids=lambda path: path.stem)
def test_no_template_of_ours_keeps_pages_from_being_kept(template: Path) -> None:
    assert not uses_navigation(template.read_text("utf-8"))


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ page.title }}", True),
        ("{% if config.site_name %}x{% endif %}", True),
        ("{% for item in nav %}{{ item.title }}{% endfor %}", True),
        ("{% for page in view.pages %}{{ page.title }}{% endfor %}", False),
        ("{{ view.page.title }}", False),
        ("{{ view.title | foreign(view.lang) }}{{ page.meta.x | safe }}", True),
        ("{{ page.title", False),
    ],
)
def test_a_template_that_uses_what_mkdocs_gives_is_known(template: str, expected: bool) -> None:
    assert uses_navigation(template) == expected


def test_redirects_are_written_and_stay(project: Project) -> None:
    redirects = {"redirect_maps": {"old-page.md": "about.da.md"}}
    project.settings["plugins"].insert(0, {"redirects": redirects})
    for _ in range(2):
        site, said = build(project)
        assert b'href="../om/"' in site["old-page/index.html"]
    assert said == []
    project.settings["plugins"].pop(0)
    assert "old-page/index.html" not in build(project)[0]


REDIRECTS = {
    # what stands below redirect_maps, and what is said of it
    "to a page that is gone": (("old.md", "abuot.da.md"), "leads to “abuot.da.md”", "did you mean “about.da.md”?"),
    "to no page": (("old.md", 5), "leads to “5”, and there is no such page", "docs/"),
    "to itself": (("old.md", "old.md"), "leads to “old.md”, and there is no such page", "docs/"),
    "to a script": (("old.md", "javascript:alert(1)"), "leads to “javascript:alert(1)”", "docs/"),
    "in the place of a page": (("om.md", "help.da.md"), "“om.md” has the address of a page", "another slug"),
    "in the place of the home page": (("en/index.md", "help.en.md"), "“en/index.md” has the address", "delete"),
    "in the place of an alias": (("alliancen/gammel.md", "help.da.md"), "is among a page's “aliases”", "delete"),
    "out of the site": (("../../x.md", "help.da.md"), "“../../x.md” is no former page", "correct it"),
    "at the root of the disk": (("/x.md", "help.da.md"), "“/x.md” is no former page", "correct it"),
    "of another kind": (("old.html", "help.da.md"), "“old.html” is no former page", "correct it"),
}


@pytest.mark.parametrize("name", REDIRECTS)
def test_a_redirect_that_is_wrong_is_told_at_its_line_by_build_and_check(project: Project, name: str) -> None:
    """The plugin itself knows of no page's address, and wrote over them."""
    before = contents(project.folder / "warm")
    project.replace("docs/alliance/repair.da.md", "\n---\n", "\naliases: [alliancen/gammel]\n---\n")
    (old, new), says, fix = REDIRECTS[name]
    project.settings["plugins"].insert(0, {"redirects": {"redirect_maps": {old: new}}})
    done = programs.run(*arguments(project, project.folder / "warm"), env=ENVIRONMENT)
    file = project.folder / "mkdocs.yml"
    line = file.read_text("utf-8").partition("redirect_maps:")[0].count("\n") + 2
    (said,) = (line for line in done.stdout.splitlines() if line)
    assert said.startswith(f"mkdocs.yml:{line}:1 config “{old}” ")
    assert says in said
    assert fix in said
    assert contents(project.folder / "warm") == before
    assert said in [str(problem) for problem in check_site(file)[1]]


def test_a_redirect_may_lead_to_a_heading_and_to_other_sites(project: Project) -> None:
    maps = {"old.md": "about.da.md#x", "en/old/index.md": "about.en.md", "away.md": "https://x.example/"}
    project.settings["plugins"].insert(0, {"redirects": {"redirect_maps": maps}})
    site, _ = build(project)
    assert b"../om/#x" in site["old/index.html"]
    assert b"../about/" in site["en/old/index.html"]
    assert b"https://x.example/" in site["away/index.html"]


def test_what_a_plugin_warns_of_stops_a_strict_build_that_is_quiet(project: Project) -> None:
    warns = "import logging\ndef on_nav(nav, **more):\n    logging.getLogger('mkdocs.plugins.x').warning('nowhere.md')"
    (project.folder / "owner.py").write_text(warns)
    project.settings["hooks"].append(str(project.folder / "owner.py"))
    run = [*arguments(project, project.folder / "warm"), "--strict"]
    done = programs.run(*run, env=ENVIRONMENT)
    assert "nowhere.md" in done.stderr
    assert done.returncode != 0


def test_glightbox_changes_pages_and_its_files_stay(project: Project) -> None:
    project.settings["plugins"].insert(0, "glightbox")
    project.replace("docs/alliance/repair.da.md", "## Et brud", "![En cirkel på grøn bund](repair.svg)\n\n## Et brud")
    project.replace("docs/alliance/repair.en.md", "## A rupture", "![A circle on green](repair.svg)\n\n## A rupture")
    for _ in range(2):
        site, said = build(project)
        assert b"glightbox" in site["alliancen/reparation/index.html"]
        assert "assets/javascripts/glightbox.min.js" in site
    assert said == []


def test_macros_are_replaced_in_texts(project: Project) -> None:
    # Jinja's own mark of a comment, {#, is how questions get their ids.
    marks = {"j2_comment_start_string": "[#", "j2_comment_end_string": "#]"}
    project.settings["plugins"].insert(0, {"macros": marks})
    project.replace("docs/alliance/repair.da.md", "Skriv en mail.", "Skriv {{ 6 * 7 }} mail.")
    for _ in range(2):
        page = build(project)[0]["alliancen/reparation/index.html"].decode()
        assert "Skriv 42 mail." in page


def test_what_a_plugin_warns_of_shows_none_of_its_code(project: Project) -> None:
    marks = {"j2_comment_start_string": "[#", "j2_comment_end_string": "#]"}
    project.settings["plugins"].insert(0, {"macros": marks})
    project.replace("docs/alliance/repair.da.md", "Skriv en mail.", "Skriv {{ nothing.at.all }} mail.")
    done = programs.run(*arguments(project, project.folder / "warm"), "--strict", env=ENVIRONMENT)
    (line,) = [line for line in done.stderr.splitlines() if "repair.da.md" in line]
    assert "'nothing' is undefined" in line
    assert "Traceback" not in done.stderr
    assert done.returncode == 1
    told = [problem for problem in check_site(project.folder / "mkdocs.yml")[1] if "repair.da.md" in problem.file]
    assert not [problem for problem in told if "nothing" in problem.message], "a check does not run plugins"


def test_a_pages_date_of_revision_can_be_shown(project: Project) -> None:
    for run in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *run], cwd=project.folder, check=True)
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *who, "commit", "-qm", "x"], cwd=project.folder, check=True)
    project.settings["plugins"].append({"git-revision-date-localized": {"type": "iso_date"}})
    old = "</article>"
    new = "<p>{{ page.meta.git_revision_date_localized | safe }} {{ config.site_name }}</p></article>"
    project.replace("overrides/article.html", old, new)
    for _ in range(2):
        page = build(project)[0]["alliancen/reparation/index.html"].decode()
        assert "git-revision-date-localized-plugin-iso_date" in page
        assert "Trinvis</p></article>" in page


def test_minify_changes_a_standing_site_and_is_told_what_is_not_run(project: Project) -> None:
    before = contents(project.folder / "warm")["index.html"]
    project.settings["plugins"].append({"minify": {"minify_html": True}})
    for _ in range(2):
        site, said = build(project)
        assert len(site["index.html"]) < len(before)
    assert all("“minify” listens to on_" in line for line in said)
    project.settings["plugins"].pop()
    assert build(project)[0]["index.html"] == before


BESIDE = "import sys; from pathlib import Path; sys.path.insert(0, str(Path(__file__).parent))\n"
EXTENSION = """
from markdown import Extension
from markdown.postprocessors import Postprocessor
class Says(Extension):
    def __init__(self, **options):
        self.config = {"what": ["", "what it says"]}
        super().__init__(**options)
    def extendMarkdown(self, md):
        says = Postprocessor(md)
        says.run = lambda text: f"{text}<p>{self.getConfig('what')}</p>"
        md.postprocessors.register(says, "says", 1)
def makeExtension(**options):
    return Says(what="WHAT")
"""
TOLD = {
    # the owner's hook, and the file in which what pages show stands
    "a filter that reads a file": (
        "def on_env(env, **more):\n    told = Path(__file__).with_name('told').read_text()\n"
        "    env.filters['upper'] = lambda text: told",
        "told",
        "WHAT",
    ),
    "a filter of a module beside the hook": (
        "import beside\ndef on_env(env, **more):\n    env.filters['upper'] = lambda text: beside.SAID",
        "beside.py",
        "SAID = 'WHAT'",
    ),
    "an extension of a module beside the hook": (
        "import beside\ndef on_config(config):\n    config.markdown_extensions.append(beside.makeExtension())",
        "beside.py",
        EXTENSION,
    ),
    "an extension that is told what it says": (
        "import beside\ndef on_config(config):\n    what = Path(__file__).with_name('told').read_text()\n"
        "    config.markdown_extensions.append(beside.Says(what=what))",
        "told",
        "WHAT",
    ),
    "an extension that reads a file while it converts": (
        "import beside\nfrom markdown.postprocessors import Postprocessor\nclass Reads(beside.Says):\n"
        "    def extendMarkdown(self, md):\n        reads = Postprocessor(md)\n"
        "        reads.run = lambda text: f'{text}<p>{Path(__file__).with_name(\"told\").read_text()}</p>'\n"
        "        md.postprocessors.register(reads, 'reads', 1)\n"
        "def on_config(config):\n    config.markdown_extensions.append(Reads())",
        "told",
        "WHAT",
    ),
    "an extension that is added once we have read": (
        "import beside\nfrom mkdocs.plugins import event_priority\n@event_priority(-100)\n"
        "def on_config(config):\n    what = Path(__file__).with_name('told').read_text()\n"
        "    config.markdown_extensions.append(beside.Says(what=what))",
        "told",
        "WHAT",
    ),
}


def both(project: Project, env: Mapping[str, str] = ENVIRONMENT) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The site as it is built with what is kept, and without, each in a process of its own."""
    sites = []
    for name, kept in (("warm", True), ("cold", False)):
        run = command(project, project.folder / name)
        project.configured(kept)
        if env is ENVIRONMENT:
            done = programs.run(*run[2:], env=env)
        else:
            done = subprocess.run(run, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        sites.append(contents(project.folder / name))
    return sites[0], sites[1]


@pytest.mark.parametrize("name", TOLD)
def test_what_an_owners_code_shows_is_what_it_says_now(project: Project, name: str) -> None:
    source, file, text = TOLD[name]
    (project.folder / "beside.py").write_text(EXTENSION)
    (project.folder / "owner.py").write_text(BESIDE + source)
    project.settings["hooks"].append(str(project.folder / "owner.py"))
    project.replace("overrides/topic.html", "</h1>", '</h1><i>{{ "x" | upper }}</i>')
    for said in ("one", "another"):
        (project.folder / file).write_text(text.replace("WHAT", said))
        warm, cold = both(project)
        assert f">{said}<".encode() in cold["alliancen/index.html"]
        assert warm == cold


def test_a_hook_that_changes_under_a_preview_counts_as_what_runs_and_is_named(project: Project) -> None:
    """What the former one made was kept under the name of the new one, and shown by the next builds."""
    hook = project.folder / "owner.py"
    hook.write_text("def on_env(env, **more): pass")
    project.settings["hooks"].append(str(hook))
    config = load_config(str(project.configured(True)))
    before = configured(config)
    assert changed(config) == []
    hook.write_text("def on_env(env, **more): env.filters['upper'] = str.lower")
    assert changed(config) == [str(hook)]
    assert configured(config) == before


def test_an_extension_that_no_library_holds_is_what_it_says_now(project: Project) -> None:
    lib = project.folder.parent / "lib"
    lib.mkdir()
    project.settings["markdown_extensions"] = ["attr_list", "admonition", "says"]
    env = {**ENVIRONMENT, "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "hooks", lib)))}
    for said in ("one", "another"):
        (lib / "says.py").write_text(EXTENSION.replace("WHAT", said))
        warm, cold = both(project, env)
        assert f"<p>{said}</p>".encode() in cold["alliancen/index.html"]
        assert warm == cold


def test_what_one_command_has_made_another_need_not_make_anew(project: Project) -> None:
    """A command lies below mkdocs.yml where the virtual environment does, and is no code of the owner's."""
    (project.folder / ".venv").symlink_to(sys.prefix)
    scripts, settings = project.folder / ".venv/bin", project.configured(True)
    options = ["build", "--strict", "-f", str(settings), "-d", str(project.folder / "other")]
    kept = []
    for begin in (["-m", "mkdocs"], ["-m", "mkdocs"], [str(scripts / "mkdocs")]):  # The second knows both folders.
        done = subprocess.run([scripts / "python", *begin, *options], env=ENVIRONMENT, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        with closing(sqlite3.connect(project.folder / ".cache/pages.sqlite")) as cache:
            kept.append(cache.execute("SELECT count(*) FROM kept").fetchone())
    assert kept[1] == kept[2] > (100,)


@pytest.mark.parametrize("name", INSTEAD)
def test_a_plugin_without_use_is_told_before_it_does_anything(project: Project, name: str) -> None:
    project.settings["plugins"].append(name)
    (told,) = essentials(load_config(str(project.configured(True))))
    assert f"the plugin “{name}” has no use here; {INSTEAD[name]}" in str(told)


HOOK = """
from pathlib import Path
def on_pre_page(page, config, files): note(config, "pre_page", page)
def on_page_read_source(page, config): note(config, "page_read_source", page)
def on_page_markdown(markdown, page, config, files):
    note(config, "page_markdown", page)
    return markdown.replace("Skriv en mail.", "Skriv et langt brev.")
def on_page_content(html, page, config, files):
    note(config, "page_content", page)
    assert html
    return html.replace("langt brev", "kort brev")
def on_page_context(context, page, config, nav):
    note(config, "page_context", page)
    page.meta["mine"] = "mit eget"
    return context
def on_post_page(output, page, config):
    note(config, "post_page", page)
    return output.replace("</body>", "<!-- mine --></body>")
def on_post_template(output_content, template_name, config): note(config, "post_template", None)
def on_post_build(config):
    Path(config.site_dir, "mine.txt").write_text("mine")
def note(config, event, page):
    with open(Path(config.config_file_path).parent / "events.txt", "a") as file:
        file.write(f"{event} {page and page.file.src_uri}\\n")
"""


FILES = """
from mkdocs.structure.files import File
def on_files(files, config):
    FILES
    return files
"""


def with_files(project: Project, edit: str) -> subprocess.CompletedProcess[str]:
    """A build with a hook of the owner's that changes which files there are."""
    (project.folder / "owner.py").write_text(FILES.replace("FILES", edit))
    project.settings["hooks"].append(str(project.folder / "owner.py"))
    return programs.run(*arguments(project, project.folder / "warm"), env=ENVIRONMENT)


def test_what_a_hook_makes_is_in_the_site_unless_it_is_a_page_which_is_told(project: Project) -> None:
    edit = "[files.append(File.generated(config, name, content='x')) for name in ('made.md', 'made.txt')]"
    done = with_files(project, edit)
    assert done.returncode == 0, done.stdout + done.stderr
    assert contents(project.folder / "warm")["made.txt"] == b"x"
    (line,) = done.stderr.splitlines()
    assert "owner.py” makes the page “made.md”, left out here" in line


def test_a_photograph_that_a_hook_has_published_goes_with_the_hook(project: Project) -> None:
    """It says where it was taken."""
    copies = "import shutil\ndef on_post_build(config):\n    for path in ['stress-ladder/talk.jpg']:\n"
    copies += "        shutil.copy(f'{config.docs_dir}/{path}', f'{config.site_dir}/{path}')\n"
    (project.folder / "owner.py").write_text(copies)
    project.settings["hooks"].append(str(project.folder / "owner.py"))
    assert "stress-ladder/talk.jpg" in build(project)[0]
    project.settings["hooks"].pop()
    for _ in range(2):
        assert "stress-ladder/talk.jpg" not in build(project)[0]


def test_a_page_that_a_hook_takes_away_is_told_and_the_site_stays(project: Project) -> None:
    before = contents(project.folder / "warm")
    done = with_files(project, "files.remove(files.get_file_from_path('alliance/repair.en.md'))")
    said = [line for line in (done.stdout + done.stderr).splitlines() if line]
    assert [line.partition(",")[0] for line in said] == [
        "docs/alliance/repair.en.md: a hook or plugin takes this page away"
    ]
    assert contents(project.folder / "warm") == before


def test_a_page_that_a_hook_makes_one_of_its_own_kind_is_told_and_the_site_stays(project: Project) -> None:
    """As section-index does with the page of a folder."""
    before = contents(project.folder / "warm")
    own = "from mkdocs.structure.pages import Page\n\nclass Own(Page):\n    pass\n\ndef on_nav(nav, config, files):\n"
    own += "    files.get_file_from_path('alliance/index.da.md').page.__class__ = Own\n"
    (project.folder / "owner.py").write_text(own)
    project.settings["hooks"].append(str(project.folder / "owner.py"))
    done = programs.run(*arguments(project, project.folder / "warm"), env=ENVIRONMENT)
    (line,) = filter(None, (done.stdout + done.stderr).splitlines())
    assert line.startswith("docs/alliance/index.da.md: the hook or plugin “owner” makes this page one of its own kind")
    assert contents(project.folder / "warm") == before


def test_a_picture_that_a_hook_takes_away_is_told_and_the_site_stays(project: Project) -> None:
    before = contents(project.folder / "warm")
    done = with_files(project, "files.remove(files.get_file_from_path('alliance/repair.svg'))")
    (line,) = filter(None, (done.stdout + done.stderr).splitlines())
    assert line.startswith("docs/alliance/repair.svg: a hook or plugin takes this file away; ")
    assert done.returncode == 1
    assert contents(project.folder / "warm") == before


SETTINGS = """
from pathlib import Path
def on_config(config):
    config.site_name, config.site_url = "Ro", "https://ro.example/x/"
    config.extra["footer"], config.nav = ["help"], [{"Mere": "privacy.md"}]
    config.use_directory_urls = False
    config.site_dir = str(Path(config.config_file_path).with_name("elsewhere"))
"""


@pytest.mark.parametrize("place", [0, 1], ids=["before ours", "behind ours"])
def test_what_a_hook_does_to_settings_counts_wherever_it_is_named(project: Project, place: int) -> None:
    """Behind ours it changed the folder alone, into which half a site was written."""
    (project.folder / "owner.py").write_text(SETTINGS)
    project.settings["hooks"].insert(place, str(project.folder / "owner.py"))
    before = contents(project.folder / "warm")
    done = programs.run(*arguments(project, project.folder / "warm"), env=ENVIRONMENT)
    (line,) = filter(None, (done.stdout + done.stderr).splitlines())
    assert "“use_directory_urls” changes nothing" in line
    assert contents(project.folder / "warm") == before
    site = contents(project.folder / "elsewhere")
    assert site.keys() == before.keys()
    for path in ("index.html", "en/index.html"):
        page = site[path].decode()
        assert ">Ro<" in page
        assert 'href="/x/' in page
        assert "Mere" in page
        assert "index.html" not in page


@pytest.mark.parametrize("folder", ["overrides", "mine"])
def test_a_folder_that_a_hook_names_is_looked_at_as_any(project: Project, folder: str) -> None:
    (project.folder / "mine").mkdir()
    (project.folder / "mine/letter.txt").write_text("mine")
    before = contents(project.folder / folder)
    (project.folder / "owner.py").write_text(SETTINGS.replace("elsewhere", folder))
    project.settings["hooks"].append(str(project.folder / "owner.py"))
    done = programs.run(*arguments(project, project.folder / "warm"), env=ENVIRONMENT)
    assert done.returncode == 1
    assert "config the " in done.stdout + done.stderr
    assert contents(project.folder / folder) == before


WRITES = """
from pathlib import Path
def on_{event}({takes}, **more):
    page = Path(config.docs_dir, "alliance/repair.en.md")
    page.write_text(page.read_text("utf-8").replace("Say so", "Say it"), "utf-8")
"""


@pytest.mark.parametrize(
    ("event", "takes", "is_told"),
    [("config", "config", False), ("pre_build", "config", True), ("env", "env, config", True)],
)
def test_what_a_hook_writes_among_the_pages_is_in_the_site_or_it_is_told(
    project: Project, event: str, takes: str, is_told: bool
) -> None:
    (project.folder / "owner.py").write_text(WRITES.format(event=event, takes=takes))
    project.settings["hooks"].append(str(project.folder / "owner.py"))
    done = programs.run(*arguments(project, project.folder / "warm"), env=ENVIRONMENT)
    assert done.returncode == 0
    said = [line.partition(" was ")[0] for line in (done.stdout + done.stderr).splitlines() if line]
    assert said == (["docs/alliance/repair.en.md"] if is_told else [])
    page = contents(project.folder / "warm")["en/alliance/repair/index.html"]
    assert (b"Say it" in page) == (not is_told)


def test_an_owners_hook_with_every_page_event_takes_part(project: Project) -> None:
    (project.folder / "owner.py").write_text(HOOK)
    project.settings["hooks"].append(str(project.folder / "owner.py"))
    project.replace("overrides/article.html", "</article>", "{{ page.meta.mine }}</article>")
    pages = len(list(project.docs.rglob("*.md")))
    for _ in range(2):
        (project.folder / "events.txt").unlink(missing_ok=True)
        site, said = build(project)
        page = site["alliancen/reparation/index.html"].decode()
        assert "Skriv et kort brev." in page
        assert "mit eget</article>" in page
        assert "<!-- mine -->" in page
        assert site["mine.txt"] == b"mine"
        seen = (project.folder / "events.txt").read_text().split("\n")[:-1]
        for event in ("pre_page", "page_markdown", "page_content", "page_context", "post_page"):
            assert len({line for line in seen if line.startswith(f"{event} ")}) == pages, event
    names = sorted(line.partition("on_")[2].partition(",")[0] for line in said)
    assert names == ["page_read_source", "post_template"]
    assert all("owner.py" in line for line in said)
    project.settings["hooks"].pop()
    project.replace("overrides/article.html", "{{ page.meta.mine }}", "")
    site, said = build(project)
    assert "mine.txt" not in site
    assert b"Skriv en mail." in site["alliancen/reparation/index.html"]
    assert said == []


WRONG = {
    # what an owner's hook does, and what is said of it at its line
    "gives back a number": (
        "def on_page_markdown(markdown, **more):\n    return 5",
        "owner.py:1:1 config on_page_markdown gives back int; expected str; ",
    ),
    "is a coroutine": (
        "async def on_page_content(html, **more):\n    return html",
        "owner.py:1:1 config on_page_content gives back coroutine; expected str; ",
    ),
    "gives back bytes": (
        "def on_post_page(output, **more):\n    return output.encode()",
        "owner.py:1:1 config on_post_page gives back bytes; expected str; ",
    ),
    "gives back other files": (
        "def on_files(files, **more):\n    return list(files)",
        "owner.py:1:1 config on_files gives back list; expected Files; ",
    ),
    "fails at a page": (
        "def on_page_context(context, **more):\n    return context['nothing']",
        "owner.py:2:1 config the hook stops in on_page_context: KeyError: 'nothing'; ",
    ),
    "fails before anything is read": (
        "def on_config(config):\n    1 / 0",
        "owner.py:2:1 config the hook stops in on_config: ZeroDivisionError: division by zero; ",
    ),
    "fails at the end": (
        "def on_post_build(config):\n    open('/nowhere/x')",
        "owner.py:2:1 config the hook stops in on_post_build: FileNotFoundError: ",
    ),
    "ends the program as if all were well": (
        "import sys\ndef on_env(env, **more):\n    sys.exit(0)",
        "owner.py:3:1 config the hook stops in on_env: SystemExit: 0; ",
    ),
    "leaves out a page": (
        "def on_post_page(output, page, **more):\n    return '' if 'repair' in page.file.src_uri else output",
        "owner.py:1:1 config on_post_page gives back an empty page, which the site would lack; ",
    ),
    "says itself what is wrong": (
        "from mkdocs.exceptions import PluginError\ndef on_nav(nav, **more):\n    raise PluginError('No menu.')",
        "No menu.",
    ),
}


@pytest.mark.parametrize("first", [False, True], ids=["behind ours", "before ours"])
@pytest.mark.parametrize("name", WRONG)
def test_what_goes_wrong_in_a_hook_is_told_at_its_line_and_the_site_stays(
    project: Project, name: str, first: bool
) -> None:
    before = contents(project.folder / "warm")
    source, says = WRONG[name]
    (project.folder / "owner.py").write_text(source)
    project.settings["hooks"].insert(0 if first else 1, "owner.py")
    done = programs.run(*arguments(project, project.folder / "warm"), env=ENVIRONMENT)
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert says in said
    assert "Nobody foresaw" not in said
    assert "Traceback" not in said
    assert contents(project.folder / "warm") == before


def test_a_template_that_makes_an_empty_page_stops_the_build(project: Project) -> None:
    before = contents(project.folder / "warm")
    (project.overrides / "topic.html").write_text("{% if view.lang == 'nn' %}{{ view.words.title }}{% endif %}")
    done = programs.run(*arguments(project, project.folder / "warm"), env=ENVIRONMENT)
    assert done.returncode == 1
    assert "topic.html makes an empty page, which the site would lack" in done.stdout + done.stderr
    assert contents(project.folder / "warm") == before
