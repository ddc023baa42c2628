"""The same articles, written for each generator, and the command that builds them."""

from __future__ import annotations

import filecmp
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import material as material_theme
from articles import FAQ, LANGUAGES, ROOT, TOPICS, Sample, body, concepts, cover, samples, write_site

MATERIAL = Path(material_theme.__file__).parent / "templates/.icons/material"
TOOLS = Path(__file__).resolve().parent / ".cache"
"""Where the others are installed."""
BIN = TOOLS / "venv/bin"
ZENSICAL = TOOLS / "zensical/bin/zensical"
PACKAGES = TOOLS / "npm/node_modules"
NODE = {
    "PATH": f"{PACKAGES / '.bin'}:{os.environ['PATH']}",
    "ASTRO_TELEMETRY_DISABLED": "1",
    "NO_UPDATE_NOTIFIER": "1",
    "GIT_CEILING_DIRECTORIES": str(TOOLS),
}
"""For the Node.js that is pinned beside its programs; they ask nothing of the network, nor of this repository."""
OURS = "this site"
ICONS = "arrow-up content-copy email-outline facebook lifebuoy linkedin magnify phone printer share-variant translate"
"""What stands on an article's page, of Material's set."""
MKDOCS = [str(ROOT / ".venv/bin/mkdocs"), "build", "--quiet"]


@dataclass(frozen=True)
class Generator:
    """A generator of sites."""

    name: str
    write: Callable[[int, Path], list[str]]
    """Writes so many articles a language into a folder; returns the command that builds them there."""
    largest: int
    """Articles a language up to which it is measured."""
    lacks: str = ""
    """What of this site's pages it does not make here."""
    keeps: bool = False
    """Whether it keeps what it made: then it builds again, after one article was edited, and that is measured too."""
    environment: Mapping[str, str] = field(default_factory=dict)
    place: Path | None = None
    """Where its sites are written: beside the packages that they import, or anywhere."""


def trinvis(number: int, folder: Path) -> list[str]:
    """This site."""
    config = write_site(number, folder / "trinvis")
    return [*MKDOCS, "--strict", "-f", str(config), "-d", str(folder / "site")]


def material(number: int, folder: Path) -> list[str]:
    """Stock Material for MkDocs with static-i18n and its search."""
    _write(number, folder, "docs/{topic}/{name}.{lang}.md", "../{target}.{lang}.md", "title: {title}\n")
    for lang in LANGUAGES:
        (folder / f"docs/index.{lang}.md").write_text("# Home\n", "utf-8")
    (folder / "mkdocs.yml").write_text(
        "site_name: Site\nsite_url: https://example.org/\ntheme: {name: material, font: false}\n"
        "markdown_extensions: [attr_list, admonition, toc]\n"
        "plugins:\n  - search\n  - i18n:\n      docs_structure: suffix\n      languages:\n"
        "        - {locale: da, name: Dansk, default: true}\n        - {locale: en, name: English}\n",
        "utf-8",
    )
    return [*MKDOCS, "-f", str(folder / "mkdocs.yml"), "-d", str(folder / "site")]


def zensical(number: int, folder: Path) -> list[str]:
    """Zensical in Material's look with its search, a site for each language: it has no static-i18n."""
    _write(number, folder, "{lang}/docs/{topic}/{name}.md", "../{target}.md", "title: {title}\n")
    for lang in LANGUAGES:
        (folder / f"{lang}/docs/index.md").write_text("# Home\n", "utf-8")
        (folder / f"{lang}/mkdocs.yml").write_text(
            f"site_name: Site\nsite_url: https://example.org/{lang}/\n"
            f"theme: {{name: material, variant: classic, font: false, language: {lang}}}\n"
            "markdown_extensions: [attr_list, admonition, toc]\nplugins: [search]\n",
            "utf-8",
        )
    return ["sh", "-ec", "; ".join(f"{ZENSICAL} build -f {folder}/{lang}/mkdocs.yml" for lang in LANGUAGES)]


def hugo(number: int, folder: Path) -> list[str]:
    """Hugo with templates that make the pages of this site: all that stands on them, and what machines read."""
    shutil.copytree(Path(__file__).with_name("hugo"), folder, dirs_exist_ok=True)
    front = "title: {title}\ndescription: {description}\ndate: {date}\ntags: [{concepts}]\ncover: /{topic}/{name}.svg\n"
    _write(number, folder, "content/{topic}/{name}.{lang}.md", "/{target}/", front)
    for sample in samples(number):
        file = folder / f"static/{sample.topic}/{sample.name}.svg"
        os.makedirs(file.parent, exist_ok=True)
        file.write_text(cover(sample), "utf-8")
    for place in ("data", "i18n", "icons"):
        (folder / place).mkdir()
    for file in (*(MATERIAL / f"{name}.svg" for name in ICONS.split()), ROOT / "overrides/partials/first.js"):
        shutil.copy(file, folder / "icons")
    shutil.copy(ROOT / "overrides/assets/icon.svg", folder / "icons")
    (folder / "data/concepts.yaml").write_text(concepts(number), "utf-8")
    for lang in LANGUAGES:
        strings = (ROOT / f"overrides/strings/{lang}.yml").read_text("utf-8")
        (folder / f"i18n/{lang}.yaml").write_text(strings.replace("{{ site_name }}", "Trinvis"), "utf-8")
        for page in (*(f"{topic}/_index" for topic in TOPICS), "faq", "articles", "glossary"):
            name = page.removesuffix("/_index")
            layout = "" if name in TOPICS else f"layout: {name}\n"
            (folder / f"content/{page}.{lang}.md").write_text(f"---\ntitle: {name}\n{layout}---\n", "utf-8")
    return [str(BIN / "hugo"), "--quiet", "--source", str(folder), "--destination", str(folder / "site")]


def bare_hugo(number: int, folder: Path) -> list[str]:
    """Hugo with bare templates: title, text and related articles by concept, and lists per topic."""
    front = "title: {title}\ndescription: {description}\ndate: {date}\ntags: [{concepts}]\n"
    _write(number, folder, "content/{topic}/{name}.{lang}.md", "/{target}/", front)
    (folder / "hugo.toml").write_text(
        'baseURL = "https://example.org/"\ndefaultContentLanguage = "da"\ndisableKinds = ["taxonomy", "term"]\n'
        "[languages.da]\nweight = 1\n[languages.en]\nweight = 2\n[related]\nthreshold = 20\n[[related.indices]]\n"
        'name = "tags"\nweight = 100\n',
        "utf-8",
    )
    page = (
        "<!doctype html><html lang={{ .Site.Language.Lang }}><title>{{ .Title }}</title><main><h1>{{ .Title }}</h1>"
        "{{ .Content }}<ul>{{ range first 4 (.Site.RegularPages.Related .) }}<li><a href={{ .RelPermalink }}>"
        "{{ .Title }}</a> {{ .Description }}</li>{{ end }}</ul></main></html>\n"
    )
    several = (
        "<!doctype html><html lang={{ .Site.Language.Lang }}><title>{{ .Title }}</title><ul>{{ range .Pages }}<li>"
        "<a href={{ .RelPermalink }}>{{ .Title }}</a></li>{{ end }}</ul></html>\n"
    )
    layouts = folder / "layouts/_default"
    layouts.mkdir(parents=True)
    (layouts / "single.html").write_text(page, "utf-8")
    (layouts / "list.html").write_text(several, "utf-8")
    return [str(BIN / "hugo"), "--quiet", "--source", str(folder), "--destination", str(folder / "site")]


def pelican(number: int, folder: Path) -> list[str]:
    """Pelican with its own simple theme and related articles by concept."""
    front = "title: {title}\nslug: {name}\nlang: {lang}\ndate: {date}\ntags: {concepts}\nsummary: {description}\n"
    _write(number, folder, "content/{topic}/{name}.{lang}.md", "{{filename}}/{target}.{lang}.md", front)
    (folder / "settings.py").write_text(
        "SITENAME = 'Site'\nSITEURL = 'https://example.org'\nDEFAULT_LANG = 'da'\nTIMEZONE = 'UTC'\nTHEME = 'simple'\n"
        "FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None\nDEFAULT_PAGINATION = 50\n"
        "ARTICLE_TRANSLATION_ID = 'slug'\nPLUGINS = ['similar_posts']\nSIMILAR_POSTS_MAX_COUNT = 4\n"
        f"THEME_TEMPLATES_OVERRIDES = ['{folder / 'templates'}']\n",
        "utf-8",
    )
    (folder / "templates").mkdir()
    (folder / "templates/article.html").write_text(  # The plugin relates Danish articles only.
        '{% extends "!simple/article.html" %}{% block content %}{{ super() }}<ul>'
        "{% for related in article.similar_posts or article.translations[0].similar_posts %}"
        "{% for it in [related] + related.translations if it.lang == article.lang %}"
        '<li><a href="{{ SITEURL }}/{{ it.url }}">{{ it.title }}</a> {{ it.summary }}</li>'
        "{% endfor %}{% endfor %}</ul>{% endblock %}\n",
        "utf-8",
    )
    content, site = str(folder / "content"), str(folder / "site")
    return [str(BIN / "pelican"), "--quiet", "-s", str(folder / "settings.py"), "-o", site, content]


def eleventy(number: int, folder: Path) -> list[str]:
    """Eleventy with a bare layout, without related articles."""
    front = "title: {title}\nlayout: page.njk\npermalink: /{lang}/{topic}/{name}/\n"
    _write(number, folder, "content/{topic}/{name}.{lang}.md", "../../{target}/", front, ids=False)
    (folder / "content/_includes").mkdir()
    (folder / "content/_includes/page.njk").write_text(
        "<!doctype html><title>{{ title }}</title><main><h1>{{ title }}</h1>{{ content | safe }}</main>\n", "utf-8"
    )
    program = str(PACKAGES / ".bin/eleventy")
    return [program, "--quiet", "--input", str(folder / "content"), "--output", str(folder / "site")]


def starlight(number: int, folder: Path) -> list[str]:
    """Astro's Starlight without its search."""
    front = "title: {title}\ndescription: {description}\n"
    _write(number, folder, "src/content/docs/{lang}/{topic}/{name}.md", "../../{target}/", front)
    for lang in LANGUAGES:
        (folder / f"src/content/docs/{lang}/index.md").write_text("---\ntitle: Home\n---\n", "utf-8")
    (folder / "src/content.config.js").write_text(
        "import { defineCollection } from 'astro:content';\nimport { docsLoader } from '@astrojs/starlight/loaders';\n"
        "import { docsSchema } from '@astrojs/starlight/schema';\n"
        "export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };\n",
        "utf-8",
    )
    (folder / "astro.config.mjs").write_text(
        "import { satteri } from '@astrojs/markdown-satteri';\nimport starlight from '@astrojs/starlight';\n"
        "export default {\n  site: 'https://example.org',\n  outDir: 'site',\n"
        "  markdown: { processor: satteri({ features: { headingAttributes: true } }) },\n"
        "  integrations: [starlight({\n    title: 'Site', pagefind: false, defaultLocale: 'da',\n"
        "    locales: { da: { label: 'Dansk' }, en: { label: 'English' } },\n  })],\n};\n",
        "utf-8",
    )
    shutil.copy(PACKAGES.parent / "package.json", folder)
    return [str(PACKAGES / ".bin/astro"), "build", "--silent", "--root", str(folder)]


def docusaurus(number: int, folder: Path) -> list[str]:
    """Docusaurus with its classic preset, which has no search."""
    front = "title: {title}\ndescription: {description}\n"
    docs = "i18n/{lang}/docusaurus-plugin-content-docs/current"
    _write(number, folder, f"{docs}/{{topic}}/{{name}}.md", "../{target}.md", front)
    for lang in LANGUAGES:
        (folder / docs.format(lang=lang) / "index.md").write_text("---\nslug: /\n---\n# Home\n", "utf-8")
    (folder / "docusaurus.config.js").write_text(
        "module.exports = {\n  title: 'Site', url: 'https://example.org', baseUrl: '/', future: { v4: true },\n"
        "  i18n: { defaultLocale: 'da', locales: ['da', 'en'] },\n  onBrokenLinks: 'throw',\n"
        "  markdown: { mdx1Compat: { headingIds: true } },\n"
        f"  presets: [['classic', {{ docs: {{ path: '{docs.format(lang='da')}', routeBasePath: '/' }}, "
        "blog: false }]],\n};\n",
        "utf-8",
    )
    shutil.copy(PACKAGES.parent / "package.json", folder)
    return [str(PACKAGES / ".bin/docusaurus"), "build", str(folder), "--out-dir", str(folder / "site")]


def hugo_and_pagefind(number: int, folder: Path) -> list[str]:
    """Hugo, then Pagefind's index of its pages."""
    build = hugo(number, folder)
    pagefind = [sys.executable, "-m", "pagefind", "--site", str(folder / "site"), "--quiet"]
    return ["sh", "-ec", f"{shlex.join(build)}; {shlex.join(pagefind)}"]


STOCK = "related articles, FAQ and what machines read of it, source lists, social pictures, search"
GENERATORS = [
    Generator(OURS, trinvis, 5000, "search, social pictures", keeps=True, environment={"PREVIEW": "true"}),
    Generator(f"{OURS}, search, pictures", trinvis, 5000, keeps=True),
    Generator("Hugo", hugo, 5000, "checks, search, social pictures, related articles by their text"),
    Generator("Hugo, bare templates", bare_hugo, 5000, "all but title, text, lists and related articles"),
    Generator("Hugo, search", hugo_and_pagefind, 5000, "checks, social pictures, related articles by their text"),
    Generator("Pelican", pelican, 1000, "all but title, text, lists and related articles"),
    *(
        [
            Generator("Eleventy", eleventy, 200, "all but title and text", environment=NODE),
            Generator("Astro Starlight", starlight, 200, STOCK, environment=NODE, place=PACKAGES.parent),
            Generator("Docusaurus", docusaurus, 200, STOCK, environment=NODE, place=PACKAGES.parent),
        ]
        if shutil.which("npm")
        else []
    ),
    Generator("Zensical", zensical, 200, f"pairs of languages, {STOCK.removesuffix(', search')}"),
    Generator("Material + static-i18n", material, 1000, STOCK.removesuffix(", search")),
]


def install() -> None:
    """Install what is compared with, as pinned, where nothing else of the project looks."""
    for pins, program in ("requirements.txt", BIN), ("requirements-zensical.txt", ZENSICAL.parent):
        pip = ["bin/pip", "install", "--quiet", "-r", pins]
        _install(pins, program.parent, ["python3", "-m", "venv", "."], pip)
    if shutil.which("npm"):
        _install("package.json", PACKAGES.parent, ["npm", "install", "--silent"])


def _install(pins: str, folder: Path, *commands: list[str]) -> None:
    """Run the commands in the folder, unless they have been run there for these pins."""
    wanted, installed = Path(__file__).with_name(pins), folder / "installed"
    if installed.exists() and filecmp.cmp(wanted, installed, shallow=False):
        return
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(wanted, folder)
    for command in commands:
        subprocess.run(command, check=True, cwd=folder)
    shutil.copy(wanted, installed)


def _write(number: int, folder: Path, path: str, link: str, front: str, ids: bool = True) -> None:
    for sample in samples(number):
        for lang in LANGUAGES:
            file = folder / path.format(topic=sample.topic, name=sample.name, lang=lang)
            os.makedirs(file.parent, exist_ok=True)
            file.write_text(_file(sample, lang, link, front, ids), "utf-8")


def _file(sample: Sample, lang: str, link: str, front: str, ids: bool) -> str:
    text = sample.texts[lang]
    values = {"title": text.title, "description": text.description, "date": sample.date, "lang": lang}
    values |= {"concepts": ", ".join(sample.concepts), "topic": sample.topic, "name": sample.name}
    content = body(text, lambda target: link.format(target=target, lang=lang), f"## {FAQ[lang]} {{#faq}}")
    if not ids:
        content = re.sub(r" \{#.+\}$", "", content, flags=re.M)
    return f"---\n{front.format(**values)}---\n{content}"
