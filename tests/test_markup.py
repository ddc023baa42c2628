"""The HTML of an owner's templates: what browsers would mend in their own way, or refuse to run."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

import programs
from conftest import ROOT, build, configured
from knowledge.checks.markup import markup

FORBIDS = "the security policy of the pages forbids "
WRONG = {
    "script within the page": ("<div>\n<script>go()</script>\n</div>", 2, f"{FORBIDS}a script within the page"),
    "module within the page": ('<script type="module">go()</script>', 1, f"{FORBIDS}a script within the page"),
    "script of another site": ('<script src="https://cdn.example/x.js"></script>', 1, f"{FORBIDS}“https://cdn"),
    "styles of another site": ('<link rel="stylesheet" href="//fonts.example/x.css">', 1, f"{FORBIDS}“//fonts"),
    "frame of another site": ('<iframe src="https://film.example/"></iframe>', 1, f"{FORBIDS}“https://film"),
    "picture of another site": ('<img src="http://x.example/a.png" alt="">', 1, f"{FORBIDS}“http://x"),
    "event handler": ('<button\n  class="x"\n  onclick="go()">Go</button>', 3, f"{FORBIDS}onclick=…"),
    "event handler in a branch": ("<p{% if x %} onload='y'{% endif %}>a</p>", 1, f"{FORBIDS}onload=…"),
    "style of an element": ('<p>\n<b style="color: red">a</b></p>', 2, f"{FORBIDS}style=…"),
    "style sheet within the page": ("<style>p { color: red }</style>", 1, f"{FORBIDS}<style>"),
    "program as an address": ('<a href="javascript:go()">a</a>', 1, f"{FORBIDS}javascript:…"),
    "not closed": ("<div>\n<p>a\n</div>", 2, "<p> is not closed before </div> on line 3"),
    "not closed at the end": ("<div>\n<p>a</p>\n", 1, "<div> is not closed"),
    "crossed": ("<p><b>a</p></b>", 1, "<b> is not closed before </p> on line 1"),
    "closes nothing": ("<p>a</p>\n</div>", 2, "</div> closes nothing"),
    "without its end": ('<p class="x"\na</p>', 1, "the tag “<p” has no end"),
    "quotation mark": ('<p class="x>a</p>', 1, "the tag “<p” has no end"),
    "opened in a branch": ("{% if x %}<div>{% endif %}\n<p>a</p>", 1, "<div> is not closed"),
    "opened in a loop": ("<ul>{% for a in b %}<li>{{ a }}{% endfor %}</ul>", 1, "<li> is not closed"),
    "opened in a block": ("{% block a %}\n<div>{% endblock %}", 2, "<div> is not closed"),
}
"""A template, the line and what is told there, alone."""
RIGHT = {
    "data": '<script type="application/ld+json">{"a": "<b>"}</script>',
    "the script that the policy knows": '<script>{% include "partials/first.js" %}</script>',
    "script in a file": '<script type="module" src="{{ \'assets/js/x.js\' | asset }}"></script>',
    "link to another site": '<a href="https://x.example/">a</a><link rel="canonical" href="https://x.example/">',
    "opened and closed on one condition": "{% if x %}<a href='y'>{% endif %}a{% if x %}</a>{% endif %}",
    "one of two": "{% if x %}<ul>{% else %}<ol>{% endif %}a{% if x %}</ul>{% else %}</ol>{% endif %}",
    "opened in each branch": "{% if x %}<p class='a'>{% elif y %}<p>{% else %}<p>{% endif %}a</p>",
    "closed in each branch": "<p>{% if x %}a</p>{% else %}b</p>{% endif %}",
    "comparison": "<p{% if x > 1 %} class='b'{% endif %}>{{ 1 < 2 }}, and 1 < 2</p>",
    "nothing to close": "<p>a<br>b<img src='x' alt=''></p><svg><path d=''/></svg>",
    "comments": "<!-- <p> --><p>a</p>{# <div onclick=''> #}",
    "text on scripts": "<p>onclick= and style=x</p>",
    "text of a macro": "{% macro x(y) %}<b>{{ y }}</b>{% endmacro %}{% call x('a>b') %}<i>a</i>{% endcall %}",
}


def told(folder: Path, text: str) -> list[tuple[int, str]]:
    overrides = folder / "overrides"
    overrides.mkdir()
    (overrides / "page.html").write_text(text, "utf-8")
    return [(problem.line, problem.message) for problem in markup(overrides)]


@pytest.mark.parametrize("name", WRONG)
def test_what_no_browser_shows_as_it_stands_is_told_alone_at_its_line(tmp_path: Path, name: str) -> None:
    text, line, message = WRONG[name]
    ((where, said),) = told(tmp_path, text)
    assert where == line
    assert said.startswith(message)


@pytest.mark.parametrize("name", RIGHT)
def test_html_that_is_right_is_not_told(tmp_path: Path, name: str) -> None:
    assert told(tmp_path, RIGHT[name]) == []


def test_the_templates_of_the_site_are_right_and_hold_what_is_looked_at() -> None:
    assert list(markup(ROOT / "overrides")) == []
    texts = [path.read_text("utf-8") for path in (ROOT / "overrides").rglob("*.html")]
    assert sum(len(re.findall(r"<script|{% if|</", text)) for text in texts) > 500


@pytest.mark.parametrize("command", ["check", "build"])
def test_the_check_and_the_build_tell_it_with_file_and_line(tmp_path: Path, command: str) -> None:
    config = configured(tmp_path, {})
    overrides = shutil.copytree(ROOT / "overrides", tmp_path / "overrides")
    file = overrides / "partials/colophon.html"
    file.write_text(f"<p onclick='go()'>\n{file.read_text('utf-8')}", "utf-8")
    config.write_text(config.read_text("utf-8").replace(str(ROOT / "overrides"), str(overrides)), "utf-8")
    env = {**os.environ, "SITE_URL": "http://127.0.0.1:8000/"}
    if command == "check":
        result = programs.run("knowledge.checks", "--config", str(config), "--lang", "en", env=env)
    else:
        result = build(config, tmp_path / "site")
    said = result.stdout + result.stderr
    assert result.returncode == 1
    assert "overrides/partials/colophon.html:1:1 template the security policy of the pages forbids onclick=…" in said
    assert "colophon.html:1:1 template <p> is not closed" in said
