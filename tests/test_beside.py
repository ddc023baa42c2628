"""What YAML loses of a setting that readers see is told at its line, whichever setting it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from conftest import ROOT
from knowledge.checks.rules.beside import yaml
from knowledge.content.library import Library
from knowledge.content.record import said_by, seen
from knowledge.pages.blocks import training_client

OFFER = list(seen(said_by(training_client.TrainingClient)))
SEEN = {
    "site_name": "site_name: {}",
    "copyright": "copyright: {}",
    "publisher": "extra:\n  publisher:\n    name: {}",
    "newsletter": "extra:\n  newsletter:\n    sender: {}",
    "social": "extra:\n  social:\n    - link: https://a.example/\n      name: {}",
    "language": "plugins:\n  - i18n:\n      languages:\n        - locale: da\n          name: {}",
    "menu": "plugins:\n  - i18n:\n      languages:\n        - nav_translations:\n            Blog: {}",
    **{f"offer's {name}": f"extra:\n  training_client:\n    en:\n      {name}: {{}}" for name in OFFER},
}
HIDDEN = {
    "address": "site_url: {}",
    "folder": "docs_dir: {}",
    "provider": "extra:\n  newsletter:\n    provider: {}",
    "offer's link": "extra:\n  training_client:\n    en:\n      link: {}",
    "another's": "extra:\n  of_the_owner:\n    en:\n      title: {}",
}


def lost(folder: Path, settings: str) -> list[int]:
    """The lines of a mkdocs.yml of which the rule says that something is lost."""
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text(settings + "\n", "utf-8")
    library = replace(Library.load(ROOT / "tests/site/docs"), docs=folder / "docs")
    return [problem.line for problem in yaml.find(library) if "is lost" in problem.message]


@pytest.mark.parametrize("setting", SEEN.values(), ids=SEEN)
def test_what_a_number_sign_takes_from_a_setting_is_told(tmp_path: Path, setting: str) -> None:
    assert "link_text" in OFFER
    assert lost(tmp_path, setting.format("Skriv dig op # nu")) == [setting.count("\n") + 1]


@pytest.mark.parametrize("setting", HIDDEN.values(), ids=HIDDEN)
def test_a_comment_behind_what_nobody_reads_is_a_comment(tmp_path: Path, setting: str) -> None:
    assert lost(tmp_path, setting.format("abc # a comment")) == []
