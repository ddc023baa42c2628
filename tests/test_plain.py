"""Plain pages: articles as Markdown, and llms.txt, for machines."""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from lxml import html

from conftest import SITE
from knowledge.content.library import Library
from knowledge.core.language import LANGUAGES

HOST = "http://127.0.0.1:8000/"


def test_each_article_is_markdown_at_its_own_address(small_site: Path) -> None:
    library, _ = Library.read(SITE / "docs")
    articles = library.of_kind("article")
    assert len(articles) > 3
    for article in articles:
        for lang in LANGUAGES:
            path = library.path(article, lang)
            file = small_site / path / "index.md"
            page = html.fromstring((small_site / path / "index.html").read_text("utf-8"))
            alternate = page.xpath("//link[@rel='alternate'][@type='text/markdown']/@href")
            assert file.is_file() == bool(alternate) == article.is_in(lang)
            if not article.is_in(lang):
                continue
            assert alternate == [f"{HOST}{path}index.md"]
            _, head, body = file.read_text("utf-8").split("---\n", 2)
            told = yaml.safe_load(head)
            assert told["title"] == article[lang].words.title
            assert (told["language"], told["url"]) == (lang, f"{HOST}{path}")
            assert told["reviewed"] == article.shared.reviewed.isoformat()
            assert len(told.get("sources", [])) == len(article[lang].cited)
            for link in filter(None, (library.sources[key].link for key in article[lang].cited)):
                assert any(entry.endswith(f" {link}") for entry in told["sources"])
            assert f"# {article[lang].words.title}\n" in body
            assert re.findall(r"\]\((?!https?:|mailto:|tel:)[^)]*\)", body) == []
            assert re.findall(r"^\[[^\]\n]+\]:\s+(?!https?:|mailto:|tel:)", body, re.MULTILINE) == []
            assert re.findall(r"\[@|\{#|^!!!", body, re.MULTILINE) == []


def test_links_and_citations_can_be_read_elsewhere(small_site: Path) -> None:
    text = (small_site / "alliancen/reparation/index.md").read_text("utf-8")
    assert f"[rapport]({HOST}nlp-vaerktoejer/rapport/)" in text
    assert "kan repareres (Bordin" in text
    assert "> **Eksempel**\n>\n> Terapeuten siger undskyld." in text


def test_a_grave_step_says_first_whom_to_call(small_site: Path) -> None:
    text = (small_site / "stresstrappen/nedsmeltet/index.md").read_text("utf-8")
    assert "112" in text.split("# Nedsmeltet\n")[1].split("\n")[1]


def test_llms_lists_articles_by_topic_with_their_questions(small_site: Path) -> None:
    for lang, folder in (("da", ""), ("en", "en/")):
        text = (small_site / folder / "llms.txt").read_text("utf-8")
        library, _ = Library.read(SITE / "docs")
        assert text.startswith("# ")
        assert re.search(r"^> .", text, re.MULTILINE)
        listed = re.findall(r"^- \[.*\]\((.*)\): ", text, re.MULTILINE)
        assert sorted(listed) == sorted(
            f"{HOST}{library.path(a, lang)}index.md" for a in library.of_kind("article") if a.is_in(lang)
        )
        asked = re.findall(r"^  - \[.*\?\]\((.*)#.*\)$", text, re.MULTILINE)
        assert f"{HOST}{library.path(library['alliance/repair'], lang)}" in asked
        assert [t for t in library.topics.values() if f"## {t[lang].words.title}" in text]
